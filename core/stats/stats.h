/* stats.h - statistics of columns of trials. Results depend on the values and their order alone: not on threads, blocks or on
 * whether columns were kept or generated again.
 *
 * Trials come in units of ROI_UNIT trials in order; each unit is reduced by itself and units are merged in order.
 * Values that are not numbers (base/state.h): states are counted apart; +infinity counts as never. */
#ifndef ROI_STATS_STATS_H
#define ROI_STATS_STATS_H

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
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
  double loss_mean, loss_m2;        /* the same of the numbers below 0 */
  double mean_rest, loss_mean_rest; /* what those two lack of the means that the sums are about */
  double min, max;                  /* +inf, -inf when n is 0 */
} roi_moments;

void roi_moments_clear(roi_moments *m);
/* One unit: n values, n <= ROI_UNIT. Two passes, the sums in eight interleaved partial sums (value i to sum i mod 8) that are
 * added pairwise, so that every instruction set gives the same bits. */
void roi_moments_unit(roi_moments *m, const double *x, size_t n);
/* The same for what needs the mean and its error alone: mean and m2 are those of roi_moments_unit, to the last bit; the third and
 * fourth powers and the negative numbers may be left 0. A third of the work. */
void roi_moments_mean_unit(roi_moments *m, const double *x, size_t n);
/* The standard error of the mean; NaN below two numbers. */
double roi_mean_se(const roi_moments *m);
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
 * from any thread, as often as it asks; each pass must feed the same values. Memory is bounded by its budget and never changes
 * a number.
 *
 * A column that is generated again in each pass takes two passes as a rule: the first computes the moments and feeds the
 * ranker at the same time (moments NULL in roi_ranker_new, roi_ranker_set_moments before its end), the second is the ranker's
 * alone. A column whose moments are known and whose few values near the wanted ranks fit the budget takes one. More are needed
 * when the first trials mislead about the rest, or the budget is very small. */
typedef struct roi_ranker roi_ranker;
typedef struct roi_ranker_part roi_ranker_part; /* one thread's share of one pass */

/* The pilot: the first trials of a column, as many as there are up to this number. It steers the search and, being the same
 * however the run is arranged, fixes the edges of the histogram. */
#define ROI_PILOT 65536

/* Passes that a ranker may need of whatever columns; more are the sign of moments that are not the column's. */
#define ROI_MOST_PASSES 1000

/* For the statistics of roi_summary of one column. moments: of the whole column, or NULL when they come later. pilot: the first
 * n_pilot = min(trials, ROI_PILOT) values, not kept; budget: bytes for collected values. NULL when memory is out. */
roi_ranker *roi_ranker_new(const roi_moments *moments, const double *pilot, size_t n_pilot, size_t budget);
void roi_ranker_free(roi_ranker *r);
/* The moments of the whole column; at the latest before the first roi_ranker_end_pass. */
void roi_ranker_set_moments(roi_ranker *r, const roi_moments *moments);
/* 1 while another pass over all the values is needed. */
int roi_ranker_needs_pass(const roi_ranker *r);
/* Begins a thread's share of the pass; NULL when memory is out. Release one that is not handed to roi_ranker_end_pass. */
roi_ranker_part *roi_ranker_part_new(roi_ranker *r);
void roi_ranker_part_free(roi_ranker_part *p);
void roi_ranker_feed(roi_ranker_part *p, const double *x, size_t n);
/* Joins all parts of the pass (their order is of no effect) and releases them, whatever it returns; ROI_ERR_MEMORY when memory
 * is or was out, ROI_ERR_INTERNAL when the moments are not those of what was fed, as far as that shows. */
roi_status roi_ranker_end_pass(roi_ranker *r, roi_ranker_part *const *parts, size_t n, roi_error *err);

/* Puts away a ranker in the middle of a pass, with what its n parts of the pass have been fed so far; parts may be NULL where no pass is
 * under way. The ranker and its parts stay as they are. */
void roi_ranker_save(const roi_ranker *r, roi_ranker_part *const *parts, size_t n, roi_byte_sink *to);
/* About how many bytes that takes for each part. */
size_t roi_ranker_part_size(const roi_ranker_part *p);
/* Takes one up again: what was saved, whoever wrote it, is checked to be a ranker's. moments: of the whole column, or NULL where they come
 * later; values: how many numbers the pass has been fed at most; budget as for roi_ranker_new. *part is what the parts held, NULL if there
 * was none. NULL when it is no ranker's (from->failed) or memory is out. */
roi_ranker *roi_ranker_restore(roi_byte_source *from, const roi_moments *moments, uint64_t values, size_t budget, roi_ranker_part **part);

/* Everything of roi_summary but the name, from the moments and a ranker that needs no more passes. With r NULL or one that was cut
 * short, what rests on ranks is unknown: NaN, and no bins. */
void roi_summarise(roi_summary *s, const roi_moments *m, const roi_ranker *r);

/* The whole for a column in memory, in one call: the same numbers. Scratch memory is at most about a tenth of the column plus
 * two megabytes. */
roi_status roi_summarise_column(roi_summary *s, const roi_moments *m, const double *x, size_t n, roi_error *err);

#endif
