/* portfolio.h - which use cases to take: the set with the highest expected npv among those that stay within a budget.
 *
 * Up to ROI_EXACT_CASES use cases, all sets are measured. Beyond, sets are looked for (portfolio/set_search.h), which finds a good one and
 * not surely the best; the result says which it was. All sets are measured on the same trials, so differences between them have small
 * errors; but the best of many is chosen partly by luck, and `honest` says what it brings in trials that did not choose it. */
#ifndef ROI_PORTFOLIO_PORTFOLIO_H
#define ROI_PORTFOLIO_PORTFOLIO_H

#include "portfolio/set_figures.h"

#define ROI_EXACT_CASES 12

typedef struct roi_portfolio_ask {
  const roi_request *request;  /* trials, seed, threads, memory, per-trial functions; plain sampling */
  const char *budget;          /* whose ceilings count; NULL: none, and every set is feasible */
  double confidence;           /* a set is feasible if it stays within the budget in at least this share of trials; 0 to 1 */
  void (*progress)(void *data, size_t sets); /* as of roi_set_list */
  void *progress_data;
} roi_portfolio_ask;

/* What a use case adds to the best set, or would add if it is not in it. */
typedef struct roi_portfolio_member {
  int taken;
  roi_set_difference adds;     /* npv of the best set with it minus without, in the same trials */
  size_t other;                /* the set with it put in, or left out: its index in the list */
} roi_portfolio_member;

typedef struct roi_portfolio {
  size_t cases;
  int exact;                   /* all sets were measured; else the search's */
  double confidence;
  size_t spans;                /* of the budget; 0: none counts */
  roi_set_list sets;           /* that were measured */
  size_t best, next;           /* in the list: the highest mean among the feasible, and the second; next may be ROI_NO_SET */
  roi_set_difference lead;     /* best minus next */
  size_t rivals;               /* feasible sets whose expected npv is less than two standard errors below the best one's */
  double honest;               /* mean npv, in each tenth of the trials, of what the other nine choose; NaN: too few trials */
  int same_choice;             /* of the ten, how many choose the best set */
  size_t *frontier, n_frontier; /* feasible sets that none has a higher mean and a higher cvar5 than; by falling mean */
  size_t n_feasible;
  roi_portfolio_member *member; /* by candidate */
  uint64_t evaluations;        /* of the model for one trial; the largest number of use cases that depend on each other: */
  size_t largest;
} roi_portfolio;

/* Chooses; sums are added to the graph as nodes. *out is released with roi_portfolio_free; NULL on errors: ROI_ERR_MODEL (no
 * candidates), ROI_ERR_LIMIT (memory), ROI_ERR_RUN (what is not a number), ROI_ERR_INTERRUPTED. */
roi_status roi_portfolio_choose(roi_graph *g, const roi_portfolio_ask *ask, roi_portfolio **out, roi_error *err);
void roi_portfolio_free(roi_portfolio *p);

#endif
