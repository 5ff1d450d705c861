/* merge.h - versions of one model in one graph.
 *
 * A scenario's model differs from the plain one in a few values. In one graph, what they have in common is there once: equal expressions
 * are one node anyhow, and a draw of the same name, distribution and correlations is the same draw. A draw that differs stands beside the
 * other and reads the same stream, so that what differs between two versions is what was changed and not the luck of the draw: common
 * random numbers. Every node has in every trial the bits that it has in its own graph. */
#ifndef ROI_GRAPH_MERGE_H
#define ROI_GRAPH_MERGE_H

#include "graph/copy.h"

/* Begins a copy (graph/copy.h) of another version of the model that `to` holds: all draws and per-trial functions of `from` are in `to`
 * afterwards, and roi_copy_node takes over whatever is made of them. Per-trial functions are never shared, for each belongs to its own
 * script: those of `from` follow those that `to` had, in their order. Release with roi_copy_end, also after an error. */
roi_status roi_merge_begin(roi_copy *c, roi_graph *to, const roi_graph *from, roi_error *err);

/* The same for a graph in which the script of a scenario is about to build its own model: the plain model's draws come first and keep
 * their order, which decides their places in a design and in groups of correlated draws. They are not correlated yet, and those that rest
 * on a per-trial function are left out, like what rests on them. */
roi_status roi_merge_plain(roi_copy *c, roi_graph *to, const roi_graph *plain, roi_error *err);

#endif
