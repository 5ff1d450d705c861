/* What the methods on trials already run have in common. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "sensitivity/estimators.h"
#include "stats/stats.h"

size_t roi_name_factors(const roi_study *s, const unsigned char *marks, char *text, size_t size) {
  enum { NAMED = 5 };
  size_t n = 0, shown = 0, at = 0;
  for (size_t i = 0; i < s->n_factors; i++) n += marks[i] != 0;
  size_t show = n > NAMED + 1 ? NAMED : n;
  text[0] = 0;
  for (size_t i = 0; i < s->n_factors && shown < show && at < size; i++) {
    if (!marks[i]) continue;
    const char *between = shown == 0 ? "" : shown + 1 == n ? " and " : ", ";
    char name[104];
    at += (size_t)snprintf(text + at, size - at, "%s%s", between, roi_escape(name, sizeof name, s->factors[i].name));
    shown++;
  }
  if (shown < n && at < size) snprintf(text + at, size - at, " and %zu more", n - shown);
  return n;
}

size_t roi_data_columns(const roi_trials *t, double **columns, size_t *factor) {
  size_t k = 0;
  for (size_t i = 0; i < t->n_factors; i++) {
    if (!t->x[i]) continue;
    factor[k] = i;
    columns[k++] = t->x[i];
  }
  columns[k] = t->y;
  factor[k] = t->n_factors;
  return k;
}

static void note_factors(const roi_study *s, roi_sensitivity *out, const roi_trials *t) {
  char names[800];
  unsigned char *marks = roi_alloc_zero(s->n_factors + 1, 1);
  if (!marks) return;
  for (size_t i = 0; i < s->n_factors; i++) marks[i] = t->x[i] == NULL && !s->groups_elsewhere;
  size_t n = roi_name_factors(s, marks, names, sizeof names);
  if (n > 0) {
    roi_sensitivity_note(out, "%s %s no single value a trial, so this method can't rank %s: sobol can", names,
                         n == 1 ? "has" : "have", n == 1 ? "it" : "them");
  }
  for (size_t i = 0; i < s->n_factors; i++) marks[i] = t->x[i] && s->factors[i].each_period;
  n = roi_name_factors(s, marks, names, sizeof names);
  if (n > 0) {
    roi_sensitivity_note(out, "%s %s drawn anew each period; the mean over the periods is looked at here", names,
                         n == 1 ? "is" : "are");
  }
  roi_free(marks);
}

void roi_note_fit(const roi_study *s, roi_sensitivity *out, const roi_linear_fit *fit, const size_t *factor,
                  const char *what) {
  char names[800];
  unsigned char *marks = roi_alloc_zero(s->n_factors + 1, 1);
  if (!marks) return;
  for (size_t i = 0; i < fit->k; i++) marks[factor[i]] = fit->state[i] == ROI_FIT_CONSTANT;
  size_t n = roi_name_factors(s, marks, names, sizeof names);
  if (n > 0) roi_sensitivity_note(out, "%s %s the same value in every trial", names, n == 1 ? "has" : "have");
  for (size_t i = 0; i < fit->k; i++) marks[factor[i]] = fit->state[i] == ROI_FIT_COLLINEAR;
  if (roi_name_factors(s, marks, names, sizeof names) > 0)
    roi_sensitivity_note(out, "%s move together exactly, so they have no %s of their own", names, what);
  roi_free(marks);
}

/* 1 if all are equal. */
static int describe_target(roi_sensitivity *out, const roi_trials *t) {
  roi_moments all, unit;
  roi_moments_clear(&all);
  for (size_t from = 0; from < t->n; from += ROI_UNIT) {
    roi_moments_clear(&unit);
    roi_moments_mean_unit(&unit, t->y + from, t->n - from < ROI_UNIT ? t->n - from : ROI_UNIT);
    roi_moments_merge(&all, &unit);
  }
  out->n = t->n;
  out->undefined = t->undefined;
  out->never = t->never;
  out->evaluations = t->n + t->undefined;
  out->mean = all.mean;
  out->variance = all.m2 / ((double)t->n - 1);
  for (size_t i = 1; i < t->n; i++)
    if (t->y[i] != t->y[0]) return 0;
  return 1;
}

roi_status roi_data_trials(const roi_study *s, roi_sensitivity *out, uint64_t least, roi_trials **trials,
                           roi_error *err) {
  *trials = NULL;
  roi_trials *t;
  roi_status status = roi_trials_new(s, &t, err);
  if (status != ROI_OK) return status;
  if (least < out->method->least) least = out->method->least;
  if (t->n < least) {
    if (t->n == 0) {
      status =
          roi_fail(err, ROI_ERR_USAGE, "%s has no number in any of %llu trials: name another --output, such as npv",
                   s->target.name, (unsigned long long)s->request->options.trials);
    } else if (t->undefined > 0) {
      status = roi_fail(err, ROI_ERR_USAGE,
                        "%s has a number in %zu of %llu trials; %s of %zu inputs needs at least %llu: run more trials",
                        s->target.name, t->n, (unsigned long long)s->request->options.trials, out->method->name,
                        s->n_factors, (unsigned long long)least);
    } else {
      status = roi_fail(err, ROI_ERR_USAGE, "%zu trials are too few for %s of %zu inputs; it needs at least %llu", t->n,
                        out->method->name, s->n_factors, (unsigned long long)least);
    }
  } else if (t->n > UINT32_MAX) {
    status = roi_fail(err, ROI_ERR_USAGE, "%zu trials are too many to rank: at most %u", t->n, UINT32_MAX);
  } else if (describe_target(out, t)) {
    out->variance = 0;
    roi_sensitivity_note(out, "%s is %.6g in every trial: there is no uncertainty to explain", s->target.name, t->y[0]);
  } else {
    note_factors(s, out, t);
    if (s->request->options.sampling != ROI_SAMPLING_MC) {
      roi_sensitivity_note(out, "intervals are those of plain sampling; with %s they are wider than needed, as a rule",
                           s->request->options.sampling == ROI_SAMPLING_LHS ? "lhs" : "sobol");
    }
    *trials = t;
    return ROI_OK;
  }
  roi_trials_free(t);
  return status;
}

roi_status roi_fit_run(const roi_study *s, roi_sensitivity *out, roi_fit_work work, const char *what, roi_error *err) {
  roi_trials *t;
  roi_status status = roi_data_trials(s, out, s->n_factors + 5, &t, err);
  if (status != ROI_OK || !t) return status;
  size_t most = s->n_factors + 1;
  roi_fit_room room = {.columns = roi_alloc(most, sizeof *room.columns), .factor = roi_alloc(most, sizeof *room.factor),
                       .r = roi_alloc(most * most, sizeof *room.r), .scaled = roi_alloc(most, sizeof *room.scaled)};
  status = room.columns && room.factor && room.r && room.scaled ? work(s, out, t, &room, err) : roi_fail_memory(err, what);
  roi_free(room.columns);
  roi_free(room.factor);
  roi_free(room.r);
  roi_free(room.scaled);
  roi_trials_free(t);
  return status;
}
