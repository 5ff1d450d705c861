/* set_figures.h - what is known of each set of use cases that was looked at, all on the same trials. */
#ifndef ROI_PORTFOLIO_SET_FIGURES_H
#define ROI_PORTFOLIO_SET_FIGURES_H

#include "portfolio/set_columns.h"

/* The trials in as many stretches: what is chosen on all but one can be measured on that one. */
#define ROI_FOLDS 10

typedef struct roi_set_figures {
  uint64_t set;                  /* bit i: candidate i is taken */
  double mean, mean_se, sd, cvar5, cvar5_se; /* of npv; cvar5: mean of the worst 5% of trials */
  roi_share_result loss;         /* P(npv < 0) */
  roi_share_result within;       /* P(spent within the budget in all its spans); of n trials k without a budget */
  double spent, spent_se;        /* under all ceilings together; 0 without a budget */
  double fold_mean[ROI_FOLDS];   /* of npv */
  uint64_t fold_within[ROI_FOLDS];
} roi_set_figures;

/* Sets by their bits, in the order in which they were measured. */
typedef struct roi_set_list {
  roi_set_figures *item; size_t n, cap;
  size_t *slot; size_t slots;    /* item + 1 by hash */
  void (*progress)(void *data, size_t sets); /* told now and then how many there are, from the calling thread; may be NULL */
  void *progress_data;
} roi_set_list;
#define ROI_NO_SET ((size_t)-1)

void roi_set_list_free(roi_set_list *l);
size_t roi_set_list_find(const roi_set_list *l, uint64_t set); /* ROI_NO_SET: not there */

/* Measures those of n sets that are not in the list yet, over the request's threads. ROI_ERR_INTERRUPTED, ROI_ERR_LIMIT, ... as
 * roi_set_columns_prepare. */
roi_status roi_sets_measure(roi_set_list *l, roi_set_columns *c, const uint64_t *sets, size_t n, roi_error *err);

/* The difference of two sets' npv in the same trials: mean, its error, the shares of trials in which the first is above and below. */
typedef struct roi_set_difference { double mean, se; roi_share_result above, below; } roi_set_difference;
/* A set minus each of n others. */
roi_status roi_sets_compare(roi_set_columns *c, uint64_t set, const uint64_t *others, size_t n, roi_set_difference *out, roi_error *err);

/* The first trial of a fold; of fold ROI_FOLDS, how many trials there are. */
static inline uint64_t roi_fold_begin(uint64_t trials, size_t fold) {
  return (uint64_t)((double)trials * (double)fold / ROI_FOLDS);
}

#endif
