/* set_search.h - looking for the best set among too many to measure all.
 *
 * The heuristic: beginning with nothing, take the use case that adds most, again and again, until none fits the budget any more, also where
 * it adds less than nothing, for what use cases share may pay only for several; do the same with the one that adds most for what it
 * spends. From the best set on each of the two ways go on to the best of the sets that differ by one use case put in, left out or exchanged
 * for another, as long as that is better. Only feasible sets count. */
#ifndef ROI_PORTFOLIO_SET_SEARCH_H
#define ROI_PORTFOLIO_SET_SEARCH_H

#include "portfolio/set_figures.h"

/* Whether a set may be chosen. */
static inline int roi_set_is_feasible(const roi_set_figures *f, double confidence) { return f->within.p >= confidence; }
/* Whether a is the better one: the higher mean; of equals the fewer use cases, then those that come first. */
int roi_set_is_better(const roi_set_figures *a, const roi_set_figures *b);

/* Measures all sets of the candidates. */
roi_status roi_sets_measure_all(roi_set_list *l, roi_set_columns *c, size_t cases, roi_error *err);
/* Searches; what was measured is in the list, with all neighbours of the best. */
roi_status roi_sets_search(roi_set_list *l, roi_set_columns *c, size_t cases, double confidence, roi_error *err);

#endif
