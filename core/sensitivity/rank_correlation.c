/* Rank correlations of each input with the target: Spearman's, and the partial one, which holds the ranks of the
 * other inputs fixed.
 *
 * REFERENCE Spearman (1904), ties by mean ranks. The partial rank correlation is that of the ranks' residuals after a
 * linear fit on the ranks of all other inputs (Iman and Conover 1979), computed from the fit of the target's ranks on
 * all of them: with coefficients b, inverse P of the inputs' correlations and unexplained share v, it is b / sqrt(b^2
 * + v P).
 * ACCURACY Intervals by Fisher's z, with the errors of rank_errors.c. */
#include <math.h>
#include <stdatomic.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "math/scalar.h"
#include "sensitivity/estimators.h"
#include "sensitivity/methods.h"

/* The share of the target's variance that the other inputs must leave for a partial correlation to mean anything. */
#define NOTHING_LEFT 1e-12

/* Fisher's z is atanh r = log((1 + r) / (1 - r)) / 2, with the derivative 1 / (1 - r^2). */
static roi_estimate with_interval(double r, double error) {
  if (fabs(r) >= 1) return (roi_estimate){r, r, r};
  double z = (roi_log1p(r) - roi_log1p(-r)) / 2, half = ROI_Z95 * error / (1 - r * r);
  return (roi_estimate){r, roi_tanh(z - half), roi_tanh(z + half)};
}

typedef struct ranking {
  double *const *x;
  size_t n;
  atomic_int failed;
} ranking;

static void rank_column(void *data, size_t i) {
  ranking *w = data;
  if (roi_ranks(w->x[i], w->n, w->x[i], NULL) != ROI_OK) atomic_store(&w->failed, 1);
}

roi_status roi_rank_columns(double *const *x, size_t k, size_t n, int threads, roi_error *err) {
  ranking w = {.x = x, .n = n};
  roi_parallel(threads, k, NULL, rank_column, &w);
  return atomic_load(&w.failed) ? roi_fail_memory(err, "ranking trials") : ROI_OK;
}

static void fill(roi_sensitivity *out, const roi_linear_fit *fit, const roi_scaled *scaled, const double *r,
                 const size_t *factor, const double *whole_error, const double *partial_error) {
  size_t k = fit->k;
  for (size_t i = 0; i < k; i++) {
    if (scaled[i].constant) continue;
    *roi_cell(out, ROI_RANK_SPEARMAN, factor[i]) = with_interval(r[k * (k + 1) + i], whole_error[i]);
    if (fit->state[i] != ROI_FIT_USED) continue;
    double b = fit->b[i], p = fit->inverse[i * k + i];
    if (fit->rest + b * b / p < NOTHING_LEFT) continue;
    *roi_cell(out, ROI_RANK_PRCC, factor[i]) = with_interval(b / sqrt(b * b + fit->rest * p), partial_error[i]);
  }
}

static roi_status correlate(const roi_study *s, roi_sensitivity *out, const roi_trials *t, const roi_fit_room *room, roi_error *err) {
  double **columns = room->columns, *r = room->r;
  size_t *factor = room->factor;
  roi_scaled *scaled = room->scaled;
  size_t k = roi_data_columns(t, columns, factor);
  int threads = s->request->options.threads;
  roi_status status = roi_rank_columns(columns, k + 1, t->n, threads, err);
  if (status == ROI_OK) status = roi_correlations(columns, k + 1, t->n, threads, s->request->options.stop, scaled, r, err);
  if (status != ROI_OK) return status;
  roi_linear_fit fit;
  status = roi_linear_fit_new(r, k, scaled, &fit, err);
  if (status != ROI_OK) return status;
  double *error = roi_alloc_zero(2 * k + 1, sizeof *error);
  status = error ? roi_rank_errors(columns, t->n, scaled, r, &fit, threads, s->request->options.stop, error, error + k, err)
                 : roi_fail_memory(err, "correlating trials");
  if (status == ROI_OK) {
    fill(out, &fit, scaled, r, factor, error, error + k);
    roi_note_fit(s, out, &fit, factor, "partial correlation");
  }
  roi_free(error);
  roi_linear_fit_free(&fit);
  return status;
}

roi_status roi_rank_run(const roi_study *s, roi_sensitivity *out, roi_error *err) {
  return roi_fit_run(s, out, correlate, "correlating trials", err);
}
