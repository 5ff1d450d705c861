#include "command/judge.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

#define ERRORS 4.0 /* standard errors that an estimate may be off */

const char *const roi_expectation_names[ROI_EXPECTATION_KINDS] = {"plain", "mean", "sd", "quantile", "probability", "bounds"};

/* "P5" of a quantile, else the kind. */
static void statistic_name(char *buf, size_t size, const roi_expectation_row *row) {
  if (row->kind == ROI_EXPECT_QUANTILE) snprintf(buf, size, "P%g", 100 * roi_quantile_levels[row->level]);
  else snprintf(buf, size, "%s", roi_expectation_names[row->kind]);
}

/* The trials that would do, rounded up to a number that is easily typed. */
static void trials_needed(char *buf, size_t size, double n, double ratio) {
  double needed = n * ratio * ratio * 1.1, scale = 1;
  while (needed / scale >= 100) scale *= 10;
  snprintf(buf, size, "%.15g", ceil(needed / scale) * scale);
}

/* se: the error that is allowed for; far: how far the value is from what is expected. */
static void compare(roi_verdict *v, const roi_expectation_row *row, double se, uint64_t trials) {
  double far = fabs(v->value - row->expected), allowed = ERRORS * se;
  char name[40], needed[40];
  statistic_name(name, sizeof name, row);
  int n = snprintf(v->text, sizeof v->text, "%s %.7g", name, v->value);
  if (v->se > 0) n += snprintf(v->text + n, sizeof v->text - (size_t)n, " (se %.2g)", v->se);
  if (v->n < trials)
    n += snprintf(v->text + n, sizeof v->text - (size_t)n, " (%llu of %llu trials have a number)", (unsigned long long)v->n,
                  (unsigned long long)trials);
  char *rest = v->text + n;
  size_t room = sizeof v->text - (size_t)n;
  if (!(far <= row->within + allowed)) {
    int m = snprintf(rest, room, ", expected %.10g", row->expected);
    if (row->within > 0) snprintf(rest + m, room - (size_t)m, " within %.10g", row->within);
    else if (se > 0) snprintf(rest + m, room - (size_t)m, " within %.2g, %g standard errors", allowed, ERRORS);
  } else if (row->within > 0 && allowed > row->within) {
    trials_needed(needed, sizeof needed, (double)trials, allowed / row->within);
    snprintf(rest, room, ": %llu trials can't tell whether it is %.10g within %.10g, for %g standard errors are %.2g; try --trials %s",
             (unsigned long long)trials, row->expected, row->within, ERRORS, allowed, needed);
  } else {
    v->passed = 1;
  }
}

static void judge_share(roi_verdict *v, const roi_expectation_row *row, const roi_share_result *r) {
  double n = (double)r->n, z = ERRORS, middle = ((double)r->k + z * z / 2) / (n + z * z);
  v->value = r->p;
  v->se = r->se;
  v->n = r->n;
  double se = row->within > 0 ? sqrt(middle * (1 - middle) / (n + z * z)) : sqrt(row->expected * (1 - row->expected) / n);
  compare(v, row, se, r->n);
}

static void judge_bounds(roi_verdict *v, const roi_expectation_row *row, const roi_summary *s) {
  int low = isfinite(row->expected), high = isfinite(row->within);
  uint64_t without = s->trials - s->n - (high ? 0 : s->never); /* never is above any number */
  int n = s->n ? snprintf(v->text, sizeof v->text, "from %.7g to %.7g", s->min, s->max) : snprintf(v->text, sizeof v->text, "no value");
  v->passed = !without && (!s->n || (!(low && s->min < row->expected) && !(high && s->max > row->within)));
  if (v->passed) return;
  if (without)
    n += snprintf(v->text + n, sizeof v->text - (size_t)n, ", in %llu of %llu trials no number", (unsigned long long)without,
                  (unsigned long long)s->trials);
  n += snprintf(v->text + n, sizeof v->text - (size_t)n, ", expected");
  if (low) n += snprintf(v->text + n, sizeof v->text - (size_t)n, " at least %.10g", row->expected);
  if (high) snprintf(v->text + n, sizeof v->text - (size_t)n, "%s at most %.10g", low ? " and" : "", row->within);
}

roi_verdict roi_judge(const roi_graph *g, const roi_expectation_row *row, const roi_summary *s, const roi_share_result *share) {
  roi_verdict v = {.value = NAN, .se = NAN};
  char name[40];
  statistic_name(name, sizeof name, row);
  if (row->kind == ROI_EXPECT_PLAIN) {
    v.passed = !row->failed;
    snprintf(v.text, sizeof v.text, "%s", roi_graph_text(g, row->text));
    return v;
  }
  if (row->kind == ROI_EXPECT_PROBABILITY) {
    judge_share(&v, row, share);
    return v;
  }
  v.n = s->n;
  if (row->kind == ROI_EXPECT_BOUNDS) {
    judge_bounds(&v, row, s);
    return v;
  }
  int is_mean = row->kind == ROI_EXPECT_MEAN, is_quantile = row->kind == ROI_EXPECT_QUANTILE, fixed = s->min == s->max && s->n == s->trials;
  if (is_quantile) v.n += s->never; /* which are above every number, and so have their place */
  v.value = is_mean ? s->mean : is_quantile ? s->quantile[row->level] : s->sd;
  v.se = fixed ? 0 : is_mean ? s->mean_se : is_quantile ? s->quantile_se[row->level] : s->sd_se;
  if (isfinite(v.value) && isfinite(v.se)) compare(&v, row, v.se, s->trials);
  else if (isfinite(v.value))
    snprintf(v.text, sizeof v.text, "%s %.7g, but its error is unknown: %llu of %llu trials have a value", name, v.value,
             (unsigned long long)s->n, (unsigned long long)s->trials);
  else
    snprintf(v.text, sizeof v.text, "%s is %s, expected %.10g: %llu of %llu trials have a value", name,
             v.value == (double)INFINITY ? "never" : "unknown", row->expected, (unsigned long long)s->n, (unsigned long long)s->trials);
  return v;
}
