/* ranks.h - which order statistics a summary rests on, and where a ranker keeps what it found. */
#ifndef ROI_STATS_RANKS_H
#define ROI_STATS_RANKS_H

#include "stats/stats.h"

/* A quantile lies at x[low] + weight (x[low + 1] - x[low]), ranks counted from 0; weight < 1. */
typedef struct roi_place { uint64_t low; double weight; } roi_place;

/* R's type 7 quantile at level p in [0, 1] of n >= 1 values: REFERENCE Hyndman and Fan, Sample quantiles in statistical packages
 * (1996). */
static inline roi_place roi_place_of(double p, uint64_t n) {
  double at = (double)(n - 1) * p;
  uint64_t low = (uint64_t)at;
  if (low >= n - 1) return (roi_place){n - 1, 0};
  return (roi_place){low, at - (double)low};
}

/* Levels one standard error below and above p, whose quantiles give that of p its error: REFERENCE Woodruff, Confidence intervals
 * for medians and other position measures (1952). 0 where they leave [0, 1] or n is 1. */
int roi_levels_around(double p, uint64_t n, double *below, double *above);

/* The lowest 5%: `whole` values and twentieth/20 of the next. */
typedef struct roi_tail { uint64_t whole; unsigned twentieths; } roi_tail;
static inline roi_tail roi_tail_of(uint64_t n) { return (roi_tail){n / 20, (unsigned)(n % 20)}; }

/* Of a ranker that needs no more passes: the value of a rank that the summary rests on (never for ranks beyond the numbers). */
double roi_ranker_value(const roi_ranker *r, uint64_t rank);
/* The exact sum of the `whole` lowest values, and of their squared distances from the mean of the moments. */
double roi_ranker_tail_sum(const roi_ranker *r);
double roi_ranker_tail_squares(const roi_ranker *r);
int roi_ranker_histogram(const roi_ranker *r, double *edges, uint64_t *counts);

#endif
