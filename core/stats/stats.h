/* stats.h - statistics of columns of trials. Results depend on the values and their order alone: not on threads, blocks or on
 * whether columns were kept or generated again.
 *
 * Trials come in units of ROI_UNIT trials in order; each unit is reduced by itself and units are merged in order.
 * Values that are not numbers (base/state.h): states are counted apart; +infinity counts as never. */
#ifndef ROI_STATS_STATS_H
#define ROI_STATS_STATS_H

#include <stddef.h>
#include <stdint.h>

#include "base/state.h"
#include "roisim.h"

#define ROI_UNIT 4096

/* Moments of a stretch of trials: power sums about the mean, merged by the formulas of Chan, Golub and LeVeque (1979) and Pebay
 * (2008) for the third and fourth. */
typedef struct roi_moments {
  uint64_t n;                       /* numbers */
  uint64_t never;                   /* +infinity */
  uint64_t state[ROI_STATE_COUNT];  /* state[0]: NaN or -infinity that no state explains */
  uint64_t negative;                /* numbers below 0 */
  double mean, m2, m3, m4;          /* sums of powers of deviations of the n numbers */
  double min, max;                  /* +inf, -inf when n is 0 */
} roi_moments;

void roi_moments_clear(roi_moments *m);
/* One unit: n values, n <= ROI_UNIT. Two passes, the sums in eight interleaved partial sums (value i to sum i mod 8) that are
 * added pairwise, so that every instruction set gives the same bits. */
void roi_moments_unit(roi_moments *m, const double *x, size_t n);
/* Appends the trials of `next` after those of m. */
void roi_moments_merge(roi_moments *m, const roi_moments *next);

/* Sums of x, y, xx, xy, yy about their means for a ratio of two means E[x]/E[y] and its error by the delta method. */
typedef struct roi_comoments {
  uint64_t n;
  double mean_x, mean_y, xx, xy, yy;
} roi_comoments;
void roi_comoments_unit(roi_comoments *m, const double *x, const double *y, size_t n); /* clears m first */
void roi_comoments_merge(roi_comoments *m, const roi_comoments *next);
void roi_ratio_of_means(const roi_comoments *m, double *ratio, double *se);

/* Wilson's 95% interval and the plain standard error of a share k of n (n >= 1). */
void roi_share(uint64_t k, uint64_t n, double *p, double *se, double *low, double *high);

/* An exact sum of doubles, whatever their order: a fixed-point accumulator wide enough for every double.
 * REFERENCE Neal: Fast exact summation using small and large superaccumulators (2015). */
typedef struct roi_exact_sum { int64_t chunk[67]; uint32_t since_carry; uint64_t n; } roi_exact_sum;
void roi_exact_clear(roi_exact_sum *s);
void roi_exact_add(roi_exact_sum *s, const double *x, size_t n); /* finite values */
void roi_exact_merge(roi_exact_sum *s, const roi_exact_sum *other);
double roi_exact_value(const roi_exact_sum *s);                  /* correctly rounded */

/* -- Order statistics in passes ------------------------------------------------------------------------------------------
 * A ranker finds exact order statistics, tail sums and a histogram of a column that is fed to it in units, in any order and
 * from any thread, as often as it asks: once if all the column's values are at hand, twice or more when they are generated
 * again in each pass. Memory is bounded by its budget and never changes a number. */
typedef struct roi_ranker roi_ranker;
typedef struct roi_ranker_part roi_ranker_part; /* one thread's share of one pass */

/* For the statistics of roi_summary of a column with the given moments. pilot: some of the column's values (the first ones),
 * n_pilot of them; budget: bytes for collected values. NULL when memory is out. */
roi_ranker *roi_ranker_new(const roi_moments *moments, const double *pilot, size_t n_pilot, size_t budget);
void roi_ranker_free(roi_ranker *r);
/* 1 while another pass over all the values is needed. */
int roi_ranker_needs_pass(const roi_ranker *r);
roi_ranker_part *roi_ranker_part_new(roi_ranker *r);  /* begins this thread's share of the pass */
void roi_ranker_feed(roi_ranker_part *p, const double *x, size_t n);
/* Joins all parts of the pass (their order is of no effect) and releases them; on memory failure ROI_ERR_MEMORY. */
roi_status roi_ranker_end_pass(roi_ranker *r, roi_ranker_part *const *parts, size_t n, roi_error *err);

/* Everything of roi_summary but the name, from the moments and a ranker that needs no more passes. */
void roi_summarise(roi_summary *s, const roi_moments *m, const roi_ranker *r);

/* The whole for a column in memory, in one call: the same numbers, by a faster way. Values of x may be read by several passes;
 * scratch memory is at most about a sixteenth of the column plus a megabyte. */
roi_status roi_summarise_column(roi_summary *s, const roi_moments *m, const double *x, size_t n, roi_error *err);

#endif
