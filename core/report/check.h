/* check.h - what `roisim check` found in a model, for people and programs. */
#ifndef ROI_REPORT_CHECK_H
#define ROI_REPORT_CHECK_H

#include "graph/graph.h"
#include "report/buffer.h"

/* The graph's warnings by file and line: order[0..n_warnings - 1], the caller's. */
void roi_check_order(const roi_graph *g, size_t *order);

/* The first thousand findings, each with its place, rule and reason, at most 80 columns where words allow; how many at the end. */
void roi_check_terminal(roi_buffer *out, const roi_graph *g, const size_t *order);

/* Schema roisim.check/1, ending in a newline. */
roi_status roi_check_json(roi_buffer *out, const roi_graph *g, const size_t *order, const char *lua_version, const char *sleef_version,
                          roi_error *err);

#endif
