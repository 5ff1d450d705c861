/* Sobol' indices: what share of the target's variance goes when a factor is known (first order), what share stays when all others
 * are (total), and what two factors bring together beyond their own shares (second order).
 *
 * REFERENCE First order: Saltelli et al. (2010), table 2 (b): mean of f(B) (f(AB_i) - f(A)), where AB_i is A with factor i from B.
 *   Total: Jansen: Analysis of variance designs for model output (1999): mean of (f(A) - f(AB_i))^2 / 2. Second order, closed: Saltelli:
 *   Making best use of model evaluations to compute sensitivity indices (2002): mean of f(BA_i) f(AB_j) - f(A) f(B); less the two
 *   first-order indices it is the pair's own.
 * ACCURACY Ishigami and g-function against their closed forms in tests/unit/sobol_indices_test.c. Estimates are not cut to
 *   [0, 1]: one below 0 is a small index with its noise, and the interval says so.
 * What was changed: the mean of A and B together is taken from all values first, since the products would otherwise carry the square of
 *   the mean and its noise; the variance is that of A and B together. In a resample of the bootstrap (bootstrap.c) the variance is the
 *   resample's own, the mean stays. */
#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/text.h"
#include "kernel/kernel.h"
#include "sensitivity/bootstrap.h"
#include "sensitivity/methods.h"
#include "sensitivity/sobol_points.h"

#define COLUMNS ROI_BOOTSTRAP_COLUMNS
#define FACTORS_AT_ONCE (COLUMNS / 2)
#define MOST_POINTS (UINT64_C(1) << 31)
#define CENTRED_AT_ONCE 4096
#define MOST_PAIRED 1000

typedef struct indices {
  const roi_study *s;
  roi_sensitivity *out;
  size_t k;                     /* factors */
  size_t matrices;
  uint64_t n;                   /* base points, a power of two: also the way from one matrix to the next */
  double *y;                    /* matrices as sobol_points.h has them */
  double variance;
  roi_bootstrap bootstrap;
  double *resampled_variance;   /* by resample */
  double *resampled_first;      /* [factor * resamples + resample] */
  unsigned char *failed;        /* by piece of work: memory was out */
} indices;

static const double *matrix(const indices *x, size_t i) { return x->y + i * x->n; }
static const double *a_with(const indices *x, size_t factor) { return matrix(x, 2 + factor); }
static const double *b_with(const indices *x, size_t factor) { return matrix(x, 2 + x->k + factor); }

/* -- Sums over units of base points, and what their resamples make of them ----------------------------------------------------- */

typedef struct sums {
  double *unit;      /* [unit * COLUMNS + column] */
  double *resample;  /* [resample * COLUMNS + column] */
  double *values;    /* one for each resample: room to sort */
} sums;

static int sums_new(sums *s, const indices *x) {
  s->unit = roi_alloc_zero(x->bootstrap.units * COLUMNS, sizeof *s->unit);
  s->resample = roi_alloc_zero(x->bootstrap.resamples * COLUMNS, sizeof *s->resample);
  s->values = roi_alloc(x->bootstrap.resamples, sizeof *s->values);
  return s->unit && s->resample && s->values;
}

static void sums_free(sums *s) {
  roi_free(s->unit);
  roi_free(s->resample);
  roi_free(s->values);
}

/* The mean over the base points. */
static double mean_of(const indices *x, const sums *s, size_t column) {
  double total = 0;
  for (size_t u = 0; u < x->bootstrap.units; u++) total += s->unit[u * COLUMNS + column];
  return total / (double)x->n;
}

static double resampled_mean(const indices *x, const sums *s, size_t resample, size_t column) {
  return s->resample[resample * COLUMNS + column] / (double)x->n;
}

static roi_estimate estimate(const indices *x, sums *s, double value) {
  roi_estimate e = {.value = value};
  roi_bootstrap_interval(s->values, x->bootstrap.resamples, &e.low, &e.high);
  return e;
}

/* The variance of A and B together in each resample, from values whose mean has been taken. */
static roi_status resample_variance(indices *x, roi_error *err) {
  sums s;
  size_t run = (size_t)x->n / x->bootstrap.units;
  x->resampled_variance = roi_alloc(x->bootstrap.resamples, sizeof *x->resampled_variance);
  int whole = sums_new(&s, x) && x->resampled_variance;
  for (size_t u = 0; u < x->bootstrap.units && whole; u++) {
    const double *a = matrix(x, 0) + u * run, *b = matrix(x, 1) + u * run;
    double *sum = s.unit + u * COLUMNS;
    for (size_t i = 0; i < run; i++) {
      sum[0] += a[i] + b[i];
      sum[1] += a[i] * a[i] + b[i] * b[i];
    }
  }
  if (whole) roi_bootstrap_sums(&x->bootstrap, s.unit, s.resample);
  for (size_t r = 0; r < x->bootstrap.resamples && whole; r++) {
    double mean = resampled_mean(x, &s, r, 0) / 2, square = resampled_mean(x, &s, r, 1) / 2;
    double variance = square - mean * mean;
    x->resampled_variance[r] = variance > 0 ? variance : (double)NAN;
  }
  sums_free(&s);
  return whole ? ROI_OK : roi_fail_memory(err, "bootstrap intervals");
}

/* First order and total of a few factors. */
static void factor_indices(void *data, size_t piece) {
  indices *x = data;
  size_t first = piece * FACTORS_AT_ONCE, end = first + FACTORS_AT_ONCE < x->k ? first + FACTORS_AT_ONCE : x->k;
  size_t run = (size_t)x->n / x->bootstrap.units, resamples = x->bootstrap.resamples;
  sums s;
  if (!sums_new(&s, x)) {
    x->failed[piece] = 1;
    sums_free(&s);
    return;
  }
  for (size_t f = first; f < end; f++) {
    const double *a = matrix(x, 0), *b = matrix(x, 1), *ab = a_with(x, f);
    for (size_t u = 0; u < x->bootstrap.units; u++) {
      double *sum = s.unit + u * COLUMNS + 2 * (f - first);
      for (size_t i = u * run; i < (u + 1) * run; i++) {
        double change = ab[i] - a[i];
        sum[0] += b[i] * change;
        sum[1] += change * change;
      }
    }
  }
  roi_bootstrap_sums(&x->bootstrap, s.unit, s.resample);
  for (size_t f = first; f < end; f++) {
    size_t column = 2 * (f - first);
    double *kept = x->resampled_first + f * resamples;
    for (size_t r = 0; r < resamples; r++)
      kept[r] = s.values[r] = resampled_mean(x, &s, r, column) / x->resampled_variance[r];
    *roi_cell(x->out, ROI_SOBOL_FIRST, f) = estimate(x, &s, mean_of(x, &s, column) / x->variance);
    for (size_t r = 0; r < resamples; r++)
      s.values[r] = resampled_mean(x, &s, r, column + 1) / (2 * x->resampled_variance[r]);
    *roi_cell(x->out, ROI_SOBOL_TOTAL, f) = estimate(x, &s, mean_of(x, &s, column + 1) / (2 * x->variance));
  }
  sums_free(&s);
}

/* Second order of a few pairs, whose factors' first-order indices are known. */
static void pair_indices(void *data, size_t piece) {
  indices *x = data;
  size_t first = piece * COLUMNS, end = first + COLUMNS < x->out->n_pairs ? first + COLUMNS : x->out->n_pairs;
  size_t run = (size_t)x->n / x->bootstrap.units, resamples = x->bootstrap.resamples;
  sums s;
  if (!sums_new(&s, x)) {
    x->failed[piece] = 1;
    sums_free(&s);
    return;
  }
  for (size_t p = first; p < end; p++) {
    const double *a = matrix(x, 0), *b = matrix(x, 1), *ba = b_with(x, x->out->pairs[p].a), *ab = a_with(x, x->out->pairs[p].b);
    for (size_t u = 0; u < x->bootstrap.units; u++) {
      double *sum = s.unit + u * COLUMNS + (p - first);
      for (size_t i = u * run; i < (u + 1) * run; i++) *sum += ba[i] * ab[i] - a[i] * b[i];
    }
  }
  roi_bootstrap_sums(&x->bootstrap, s.unit, s.resample);
  for (size_t p = first; p < end; p++) {
    roi_pair_estimate *pair = &x->out->pairs[p];
    const double *of_a = x->resampled_first + pair->a * resamples, *of_b = x->resampled_first + pair->b * resamples;
    for (size_t r = 0; r < resamples; r++)
      s.values[r] = resampled_mean(x, &s, r, p - first) / x->resampled_variance[r] - of_a[r] - of_b[r];
    double closed = mean_of(x, &s, p - first) / x->variance;
    double alone = roi_cell(x->out, ROI_SOBOL_FIRST, pair->a)->value + roi_cell(x->out, ROI_SOBOL_FIRST, pair->b)->value;
    pair->second = estimate(x, &s, closed - alone);
  }
  sums_free(&s);
}

/* -- The whole ----------------------------------------------------------------------------------------------------------------- */

static roi_status over_pieces(indices *x, size_t pieces, void (*work)(void *, size_t), roi_error *err) {
  const roi_options *o = &x->s->request->options;
  x->failed = roi_alloc_zero(pieces + 1, 1);
  if (!x->failed) return roi_fail_memory(err, "bootstrap intervals");
  roi_parallel(o->threads, pieces, o->stop, work, x);
  int failed = 0;
  for (size_t i = 0; i < pieces; i++) failed |= x->failed[i];
  roi_free(x->failed);
  x->failed = NULL;
  if (failed) return roi_fail_memory(err, "bootstrap intervals");
  return o->stop && *o->stop ? roi_fail(err, ROI_ERR_INTERRUPTED, "interrupted") : ROI_OK;
}

static void centre_stretch(void *data, size_t i) {
  indices *x = data;
  double *y = x->y + i * CENTRED_AT_ONCE;
  size_t left = x->matrices * (size_t)x->n - i * CENTRED_AT_ONCE;
  for (size_t j = 0; j < left && j < CENTRED_AT_ONCE; j++) y[j] -= x->out->mean;
}

/* Mean and variance over A and B; takes the mean from all values. Where these are all the same the variance is 0. */
static void centre(indices *x) {
  roi_moments all, part;
  roi_moments_clear(&all);
  for (size_t m = 0; m < 2; m++) {
    for (uint64_t i = 0; i < x->n; i += ROI_UNIT) {
      roi_moments_mean_unit(&part, matrix(x, m) + i, x->n - i < ROI_UNIT ? (size_t)(x->n - i) : ROI_UNIT);
      roi_moments_merge(&all, &part);
    }
  }
  x->out->mean = all.mean;
  x->variance = all.m2 / (double)all.n;
  x->out->variance = all.m2 / (double)(all.n - 1);
  if (!(all.max > all.min)) {
    x->variance = x->out->variance = 0;
    roi_sensitivity_note(x->out, "%.100s is %.6g in all of %llu points: there is no uncertainty to explain", x->s->target.name, all.mean,
                         (unsigned long long)all.n);
    return;
  }
  roi_parallel(x->s->request->options.threads, (x->matrices * (size_t)x->n + CENTRED_AT_ONCE - 1) / CENTRED_AT_ONCE, NULL,
               centre_stretch, x);
}

static roi_status list_pairs(indices *x, roi_error *err) {
  roi_sensitivity *out = x->out;
  if (!x->s->second_order || x->k < 2) return ROI_OK;
  out->pairs = roi_alloc(x->k * (x->k - 1) / 2, sizeof *out->pairs);
  if (!out->pairs) return roi_fail_memory(err, "the pairs of inputs");
  for (size_t a = 0; a < x->k; a++)
    for (size_t b = a + 1; b < x->k; b++) out->pairs[out->n_pairs++] = (roi_pair_estimate){a, b, {NAN, NAN, NAN}};
  return ROI_OK;
}

static roi_status estimate_all(indices *x, roi_error *err) {
  size_t units = x->n < ROI_BOOTSTRAP_MOST_UNITS ? (size_t)x->n : ROI_BOOTSTRAP_MOST_UNITS;
  const roi_options *o = &x->s->request->options;
  roi_status status = roi_bootstrap_new(&x->bootstrap, o->seed, units, x->s->bootstrap, o->threads, o->stop, err);
  if (!status) status = resample_variance(x, err);
  if (!status) {
    x->resampled_first = roi_alloc(x->k * x->bootstrap.resamples, sizeof *x->resampled_first);
    if (!x->resampled_first) status = roi_fail_memory(err, "bootstrap intervals");
  }
  if (!status) status = over_pieces(x, (x->k + FACTORS_AT_ONCE - 1) / FACTORS_AT_ONCE, factor_indices, err);
  if (!status) status = list_pairs(x, err);
  if (!status) status = over_pieces(x, (x->out->n_pairs + COLUMNS - 1) / COLUMNS, pair_indices, err);
  roi_bootstrap_free(&x->bootstrap);
  roi_free(x->resampled_variance);
  roi_free(x->resampled_first);
  return status;
}

static void explain(const indices *x, const roi_sobol_pair *points, uint64_t asked) {
  char n[32], wanted[32];
  if (x->n != asked)
    roi_sensitivity_note(x->out, "Sobol' points come in powers of two: %s base points in place of %s", roi_format_count(n, x->n),
                         roi_format_count(wanted, asked));
  if (points->each_period)
    roi_sensitivity_note(x->out, "draws made anew each period (%zu) are plain random numbers, not Sobol' points", points->each_period);
  if (points->beyond)
    roi_sensitivity_note(x->out, "draws past the first %zu (%zu of them) are plain random numbers, not Sobol' points",
                         points->dimensions, points->beyond);
  for (size_t i = 0; i < x->s->g->n_nodes; i++) {
    if (x->s->g->nodes[i].op != ROI_EXTERN) continue;
    roi_sensitivity_note(x->out, "what roi.per_trial functions draw for themselves is no input here: its share of the variance is "
                         "missing from the sum of the indices");
    break;
  }
}

static roi_status check_size(const roi_study *s, uint64_t asked, size_t matrices, roi_error *err) {
  if (asked > MOST_POINTS)
    return roi_fail(err, ROI_ERR_USAGE, "sobol: %llu base points are more than the %llu that a Sobol' sequence has here; some thousands do",
                    (unsigned long long)asked, (unsigned long long)MOST_POINTS);
  if (s->second_order && s->n_factors > MOST_PAIRED)
    return roi_fail(err, ROI_ERR_USAGE, "second order of %zu inputs would be %zu pairs; it takes %d inputs at most: put them in groups",
                    s->n_factors, s->n_factors * (s->n_factors - 1) / 2, MOST_PAIRED);
  double bytes = 8.0 * (double)matrices * (double)asked, most = (double)s->request->options.max_memory;
  if (most > 0 && bytes > most)
    return roi_fail(err, ROI_ERR_LIMIT, "%zu matrices of %llu base points take %.0f MB, more than the memory allowed (%.0f MB): fewer base "
                    "points or a higher limit", matrices, (unsigned long long)asked, bytes / 1048576, most / 1048576);
  return ROI_OK;
}

roi_status roi_sobol_run(const roi_study *s, roi_sensitivity *out, roi_error *err) {
  uint64_t asked = s->base ? s->base : out->method->base;
  indices x = {.s = s, .out = out, .k = s->n_factors, .n = ROI_LANE_UNIT};
  x.matrices = s->second_order ? 2 + 2 * x.k : 2 + x.k;
  roi_status status = check_size(s, asked, x.matrices, err);
  if (status) return status;
  while (x.n < asked) x.n *= 2;
  roi_sobol_pair points = {0};
  x.y = roi_alloc_aligned(x.matrices * (size_t)x.n, sizeof *x.y);
  status = x.y ? roi_sobol_pair_new(&points, s, x.n, err) : roi_fail_memory(err, "the evaluations of Sobol' indices");
  if (!status) {
    roi_matrices run = {.count = x.matrices, .rows = x.n, .room = points.room, .set = roi_sobol_pair_set, .data = &points};
    status = roi_matrices_run(s, &run, x.y, out, err);
  }
  if (!status) {
    out->n = x.n;
    centre(&x);
    explain(&x, &points, asked);
    if (x.variance > 0) status = estimate_all(&x, err);
  }
  roi_sobol_pair_free(&points);
  roi_free(x.y);
  return status;
}
