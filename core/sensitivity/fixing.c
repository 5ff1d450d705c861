/* A total-effect index bounds what fixing an input takes from the variance on average over the values that it may be fixed at; the median
 * is one of these, and says nothing of the mean. So what is recommended is tried. */
#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/state.h"
#include "run/source.h"
#include "sensitivity/sensitivity.h"

#define MOST_TRIALS 1000000 /* more would show nothing more */

typedef struct fixed { const roi_study *s; const size_t *which; size_t n; } fixed;

static void fill(const void *data, uint64_t first, uint32_t lanes, roi_uniforms *u) {
  const fixed *x = data;
  (void)first;
  for (uint32_t i = 0; i < lanes; i++) u->room[i] = 0.5;
  for (size_t k = 0; k < x->n; k++) {
    const roi_factor *f = &x->s->factors[x->which[k]];
    for (size_t i = 0; i < f->n_draws; i++) u->points[f->draws[i]] = u->marginal[f->draws[i]] = u->room;
  }
}

static double number(const roi_study *s, double y) { return y == ROI_NEVER ? s->never : y; }

/* Mean and standard deviation of a column over the trials in which both have a number. */
static void moments(const roi_study *s, const double *y, const double *other, uint64_t n, uint64_t *known, double *mean,
                    double *sd) {
  double sum = 0, squares = 0;
  *known = 0;
  for (uint64_t i = 0; i < n; i++) {
    double x = number(s, y[i]);
    if (!isfinite(x) || !isfinite(number(s, other[i]))) continue;
    sum += x;
    ++*known;
  }
  *mean = *known > 0 ? sum / (double)*known : (double)NAN;
  for (uint64_t i = 0; i < n; i++) {
    double x = number(s, y[i]);
    if (isfinite(x) && isfinite(number(s, other[i]))) squares += (x - *mean) * (x - *mean);
  }
  *sd = *known > 1 ? sqrt(squares / (double)(*known - 1)) : (double)NAN;
}

roi_status roi_fixing_run(const roi_study *s, const size_t *which, size_t n, roi_fixing *out, roi_error *err) {
  roi_request q = *s->request;
  q.options.sampling = ROI_SAMPLING_MC;
  uint64_t trials = q.options.trials < MOST_TRIALS ? q.options.trials : MOST_TRIALS;
  fixed x = {s, which, n};
  roi_source source = {.room = 1, .fill = fill, .data = &x};
  double *plain = roi_alloc((size_t)trials, sizeof *plain), *at_median = roi_alloc((size_t)trials, sizeof *at_median);
  roi_status status = plain && at_median ? ROI_OK : roi_fail_memory(err, "fixing inputs");
  if (!status) status = roi_evaluate(s->g, &q, NULL, &s->target, 1, trials, &plain, err);
  if (!status) status = roi_evaluate(s->g, &q, &source, &s->target, 1, trials, &at_median, err);
  out->evaluations = 2 * trials;
  if (!status) {
    moments(s, plain, at_median, trials, &out->n, &out->mean, &out->sd);
    moments(s, at_median, plain, trials, &out->n, &out->fixed_mean, &out->fixed_sd);
  }
  roi_free(plain);
  roi_free(at_median);
  return status;
}
