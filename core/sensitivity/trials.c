/* Trials for the methods that need no points of their own: the values of the factors and of the target, side by side.
 */
#include <math.h>

#include "base/cpu.h"
#include "base/error.h"
#include "base/memory.h"
#include "run/engine.h"
#include "sensitivity/sensitivity.h"

void roi_trials_free(roi_trials *t) {
  if (!t) return;
  for (size_t i = 0; t->x && i < t->n_factors; i++) roi_free(t->x[i]);
  roi_free(t->x);
  roi_free(t->y);
  roi_free(t);
}

/* Columns of all trials, and what the methods need beside them: a few columns a thread. */
static roi_status check_size(const roi_study *s, roi_error *err) {
  const roi_options *o = &s->request->options;
  int threads = o->threads ? o->threads : roi_cpu_count();
  double trials = (double)o->trials, each = 8.0 * (double)(s->n_factors + 3) + 24.0 * threads;
  double limit = (double)(o->max_memory ? o->max_memory : roi_half_of_memory());
  if (trials * each <= limit) return ROI_OK;
  return roi_fail(err, ROI_ERR_LIMIT,
                  "%.0f trials of %zu inputs take %.0f MB to be looked at, more than the memory allowed (%.0f MB): "
                  "at most %.0f trials, or a higher --max-memory",
                  trials, s->n_factors, trials * each / 1048576, limit / 1048576, floor(limit / each));
}

static roi_status allocate(const roi_study *s, size_t n, roi_trials **out, roi_error *err) {
  roi_trials *t = *out = roi_alloc_zero(1, sizeof *t);
  if (!t) return roi_fail_memory(err, "the trials");
  t->n = n;
  t->n_factors = s->n_factors;
  t->x = roi_alloc_zero(s->n_factors + 1, sizeof *t->x);
  t->y = roi_alloc(n, sizeof *t->y);
  int whole = t->x && t->y;
  for (size_t i = 0; whole && i < s->n_factors; i++)
    if (s->factors[i].node != ROI_NONE) whole = (t->x[i] = roi_alloc(n, sizeof **t->x)) != NULL;
  if (whole) return ROI_OK;
  return roi_fail_memory(err, "the columns of trials: fewer trials need less");
}

static roi_status simulate(const roi_study *s, roi_trials *t, roi_error *err) {
  size_t n_targets = 0;
  roi_target *targets = roi_alloc(s->n_factors + 1, sizeof *targets);
  double **columns = roi_alloc(s->n_factors + 1, sizeof *columns);
  roi_status status = targets && columns ? ROI_OK : roi_fail_memory(err, "the columns of trials");
  if (status == ROI_OK) {
    targets[n_targets] = s->target;
    columns[n_targets++] = t->y;
    for (size_t i = 0; i < s->n_factors; i++) {
      if (!t->x[i]) continue;
      targets[n_targets] = (roi_target){s->factors[i].name, s->factors[i].node};
      columns[n_targets++] = t->x[i];
    }
    status = roi_evaluate(s->g, s->request, NULL, targets, n_targets, t->n, columns, err);
  }
  roi_free(targets);
  roi_free(columns);
  return status;
}

/* A number that is neither finite nor a state, nor never where there may be one, ends the run, as in any run. */
static roi_status check(const roi_study *s, const char *name, roi_node node, const double *x, size_t n,
                        roi_error *err) {
  int may_never = (s->g->nodes[node].flags & ROI_MAY_NEVER) != 0;
  for (size_t i = 0; i < n; i++) {
    if (isfinite(x[i]) || roi_state_of(x[i]) != ROI_STATE_NONE || (may_never && x[i] == ROI_NEVER)) continue;
    return roi_diagnose(s->g, s->request, name, node, i, x[i], err);
  }
  return ROI_OK;
}

/* Leaves out the trials in which the target, or a factor, has no number. */
static void keep_numbers(const roi_study *s, roi_trials *t) {
  size_t kept = 0;
  for (size_t i = 0; i < t->n; i++) {
    double y = t->y[i];
    int whole = !isnan(y);
    for (size_t f = 0; whole && f < t->n_factors; f++) whole = !t->x[f] || isfinite(t->x[f][i]);
    if (!whole) {
      t->undefined++;
      continue;
    }
    if (y == ROI_NEVER) t->never++, y = s->never;
    t->y[kept] = y;
    for (size_t f = 0; f < t->n_factors; f++)
      if (t->x[f]) t->x[f][kept] = t->x[f][i];
    kept++;
  }
  t->n = kept;
}

roi_status roi_trials_new(const roi_study *s, roi_trials **out, roi_error *err) {
  *out = NULL;
  roi_trials *t = NULL;
  uint64_t trials = s->request->options.trials;
  roi_status status = check_size(s, err);
  if (status == ROI_OK) status = allocate(s, (size_t)trials, &t, err);
  if (status == ROI_OK) status = simulate(s, t, err);
  if (status == ROI_OK) status = check(s, s->target.name, s->target.node, t->y, t->n, err);
  for (size_t i = 0; status == ROI_OK && i < s->n_factors; i++)
    if (t->x[i]) status = check(s, s->factors[i].name, s->factors[i].node, t->x[i], t->n, err);
  if (status == ROI_OK) {
    keep_numbers(s, t);
    *out = t;
  } else {
    roi_trials_free(t);
  }
  return status;
}
