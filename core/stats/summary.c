/* What is reported of a column, from its moments and order statistics.
 *
 * REFERENCE the error of a standard deviation: Cramer, Mathematical methods of statistics (1946), section 27.4, the variance of
 * a sample variance. Of a mean of a tail: Manistre and Hancock, Variance of the CTE estimator (North American Actuarial Journal
 * 9, 2005). Quantiles and their errors: stats/ranks.h. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "stats/ranks.h"
#include "stats/stats.h"

const double roi_quantile_levels[ROI_QUANTILES] = {0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99};

#define LEAST_COLLECTED ((size_t)1 << 19) /* bytes; what a small column may use for collected values */
#define LEAST_SUM 1e-290                  /* smaller sums of squares have lost digits below the least double */
#define FEWEST_IN_TAIL 2                  /* whole values that the error of a tail's mean rests on */

static void count_trials(roi_summary *s, const roi_moments *m) {
  s->n = m->n;
  s->never = m->never;
  s->self_funded = m->state[ROI_STATE_SELF_FUNDED];
  s->no_cost = m->state[ROI_STATE_NO_COST];
  s->no_irr = m->state[ROI_STATE_NO_IRR];
  s->many_irr = m->state[ROI_STATE_MANY_IRR];
  for (int i = 0; i < ROI_STATE_COUNT; i++) s->undefined += m->state[i];
  s->trials = m->n + m->never + s->undefined;
}

/* Whether a sum of powers is one that doubles hold with all their digits: neither too large nor too small. Else nothing is known of the
 * spread, which must not pass for none. */
static int is_held(double sum) { return isfinite(sum) && sum >= LEAST_SUM; }

static double sd_of(const roi_moments *m) {
  if (m->n < 2) return NAN;
  if (m->min == m->max) return 0;
  return is_held(m->m2) ? sqrt(m->m2 / (double)(m->n - 1)) : NAN;
}

double roi_mean_se(const roi_moments *m) { return sd_of(m) / sqrt((double)m->n); }

static void mean_and_sd(roi_summary *s, const roi_moments *m) {
  double n = (double)m->n;
  s->mean = m->n > 0 ? m->mean : NAN;
  s->min = m->n > 0 ? m->min : NAN;
  s->max = m->n > 0 ? m->max : NAN;
  s->mean_se = roi_mean_se(m);
  s->sd = sd_of(m);
  s->sd_se = s->sd == 0 ? 0 : NAN;
  if (m->n < 2 || s->sd == 0 || !is_held(m->m2) || !is_held(m->m4)) return;
  double variance = m->m2 / (n - 1);
  /* In units of the variance, so that neither money of 1e15 nor of 1e-9 leaves the range of doubles. */
  double kurtosis = m->m4 / n / variance / variance;
  double of_variance = (kurtosis - (n - 3) / (n - 1)) / n;
  s->sd_se = s->sd * sqrt(of_variance > 0 ? of_variance : 0) / 2;
}

/* A number and never give never: nothing is known between them. */
static double quantile(const roi_ranker *r, double p, uint64_t n) {
  roi_place at = roi_place_of(p, n);
  double a = roi_ranker_value(r, at.low);
  if (at.weight == 0 || isinf(a)) return a;
  double b = roi_ranker_value(r, at.low + 1);
  if (isinf(b) || a == b) return b;
  double x = (1 - at.weight) * a + at.weight * b;
  return x < a ? a : x > b ? b : x;
}

static void quantiles(roi_summary *s, const roi_ranker *r, uint64_t n) {
  for (int i = 0; i < ROI_QUANTILES; i++) {
    double p = roi_quantile_levels[i], below, above;
    s->quantile[i] = r && n > 0 ? quantile(r, p, n) : NAN;
    s->quantile_se[i] = NAN;
    if (!r || n == 0 || !roi_levels_around(p, n, &below, &above)) continue;
    double high = quantile(r, above, n);
    if (isfinite(high)) s->quantile_se[i] = (high - quantile(r, below, n)) / 2;
  }
}

/* The mean of the lowest 5%: the quantile function of the values as they are, a step function, averaged over 0 .. 1/20. With
 * k = floor(n / 20) and r = n - 20 k that is (20 (x[0] + ... + x[k-1]) + r x[k]) / n. Reaching into never it is never. */
static void lowest_mean(roi_summary *s, const roi_moments *m, const roi_ranker *r, uint64_t n) {
  roi_tail tail = roi_tail_of(n);
  s->cvar5 = s->cvar5_se = NAN;
  if (!r || n == 0) return;
  if (tail.whole >= m->n) {
    s->cvar5 = tail.whole == m->n && tail.twentieths == 0 && m->n > 0 ? m->mean : ROI_NEVER;
    return;
  }
  double count = (double)n, part = (double)tail.twentieths / count, whole = 20 / count;
  double edge = roi_ranker_value(r, tail.whole), lowest = m->min;
  double mean = whole * roi_ranker_tail_sum(r) + part * edge;
  s->cvar5 = mean < lowest ? lowest : mean > edge ? edge : mean;
  if (tail.whole < FEWEST_IN_TAIL || (lowest < m->max && !is_held(m->m2))) return;
  double d = edge - m->mean, from_mean = s->cvar5 - m->mean;
  double variance = whole * roi_ranker_tail_squares(r) + part * (d * d) - from_mean * from_mean;
  if (variance < 0 || lowest == edge) variance = 0;
  double to_edge = edge - s->cvar5;
  s->cvar5_se = sqrt((variance + 0.95 * to_edge * to_edge) * 20 / count);
}

static void losses(roi_summary *s, const roi_moments *m) {
  double k = (double)m->negative, low, high;
  s->p_negative = s->p_negative_se = s->p_never = s->p_never_se = s->loss_given_loss = s->loss_given_loss_se = NAN;
  if (s->trials > 0) {
    roi_share(m->negative, s->trials, &s->p_negative, &s->p_negative_se, &low, &high);
    roi_share(m->never, s->trials, &s->p_never, &s->p_never_se, &low, &high);
  }
  if (m->negative > 0) s->loss_given_loss = -m->loss_mean;
  if (m->negative > 1) s->loss_given_loss_se = sqrt(m->loss_m2 / (k - 1) / k);
}

void roi_summarise(roi_summary *s, const roi_moments *m, const roi_ranker *r) {
  size_t skip = offsetof(roi_summary, trials); /* the name is the caller's */
  memset((char *)s + skip, 0, sizeof *s - skip);
  uint64_t ranked = m->n + m->never;
  if (r && roi_ranker_needs_pass(r)) r = NULL; /* cut short */
  count_trials(s, m);
  mean_and_sd(s, m);
  quantiles(s, r, ranked);
  lowest_mean(s, m, r, ranked);
  losses(s, m);
  if (r) s->bins = roi_ranker_histogram(r, s->edges, s->counts);
}

roi_status roi_summarise_column(roi_summary *s, const roi_moments *m, const double *x, size_t n, roi_error *err) {
  size_t budget = n / 9 * sizeof *x;
  roi_ranker *r = roi_ranker_new(m, x, n < ROI_PILOT ? n : ROI_PILOT, budget > LEAST_COLLECTED ? budget : LEAST_COLLECTED);
  if (!r) return roi_fail_memory(err, "summarising a column");
  roi_status status = ROI_OK;
  for (int pass = 1; status == ROI_OK && roi_ranker_needs_pass(r); pass++) {
    roi_ranker_part *part = pass <= ROI_MOST_PASSES ? roi_ranker_part_new(r) : NULL;
    if (!part) {
      status = pass > ROI_MOST_PASSES ? roi_fail(err, ROI_ERR_INTERNAL, "a column is not summed up in %d passes", ROI_MOST_PASSES)
                                      : roi_fail_memory(err, "summarising a column");
      break;
    }
    roi_ranker_feed(part, x, n);
    status = roi_ranker_end_pass(r, &part, 1, err);
  }
  if (status == ROI_OK) roi_summarise(s, m, r);
  roi_ranker_free(r);
  return status;
}
