/* candidates.h - what a choice among use cases rests on: which there are, what each brings and spends, and the ceilings of budgets.
 *
 * Only a script that was run for a portfolio hands this over. Each use case has a switch, a draw that is 1 where it is taken, and its
 * flows and what it asks of pools are multiplied by it; so the value of any set of them is that of the same nodes with the switches set.
 * The value of a set is the sum of the terms: of npv, and of what is spent under each ceiling. Where nothing is taken all sums are 0. */
#ifndef ROI_GRAPH_CANDIDATES_H
#define ROI_GRAPH_CANDIDATES_H

#include "graph/graph.h"

/* Append a row each; the place is the graph's own (roi_graph_here). Errors name the use case or budget. */
roi_status roi_graph_add_candidate(roi_graph *g, const char *name, roi_node taken, roi_error *err);
roi_status roi_graph_add_ceiling(roi_graph *g, const char *budget, roi_node node, roi_error *err);
/* candidate and span as in roi_term_row; a term of the model's own is added after all candidates. */
roi_status roi_graph_add_term(roi_graph *g, uint32_t candidate, uint32_t span, roi_node node, roi_error *err);

/* The rules that the rows of a graph keep; strings are checked already. */
roi_status roi_candidates_check(const roi_graph *g, roi_error *err);

#endif
