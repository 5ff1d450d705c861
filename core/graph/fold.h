/* fold.h - computing at build time what depends on no draw, and constant distributions as trees. */
#ifndef ROI_GRAPH_FOLD_H
#define ROI_GRAPH_FOLD_H

#include "dist/dist.h"
#include "graph/graph.h"

/* The value of a FIXED scalar row (which need not be in the graph yet; its arguments are). */
roi_status roi_fold(roi_graph *g, const roi_node_row *row, double *value, roi_error *err);

/* Piecewise linear through n points, constant beyond both ends; a NaN gives that NaN. */
double roi_interp_value(const double *xs, const double *ys, size_t n, double x);

/* Checks a distribution node whose parameters are all constant; one with others is left to each trial. */
roi_status roi_dist_node_check(const roi_graph *g, roi_node dist, roi_error *err);

/* The tree of a distribution whose parameters are all constant: one block of memory, to be released with roi_free. The data of an
 * empirical distribution stay in the graph. NULL when memory is out. */
roi_distribution *roi_dist_tree(const roi_graph *g, roi_node dist, roi_error *err);

/* Appends the natural parameters that a script may leave out; par has room for 4. Returns how many there are then. */
size_t roi_fill_defaults(roi_family family, double *par, size_t n);

size_t roi_hash_text(const char *s);

#endif
