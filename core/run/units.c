/* What one unit of trials leaves behind, and how units are merged in order. */
#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/memory.h"
#include "run/simulation.h"

void roi_group_copy(size_t group, const double *x, size_t n, double *own) {
  for (size_t i = group - 1; i < n; i += ROI_REPLICATES) *own++ = x[i];
}

size_t roi_sums_size(const simulation *s) {
  return s->groups * (s->n_moments * sizeof(roi_moments) + s->q->n_ratios * sizeof(roi_comoments) + s->q->n_shares * sizeof(uint64_t));
}

sums roi_sums_open(const simulation *s, void *memory) {
  sums r = {.moments = memory};
  r.comoments = (roi_comoments *)(r.moments + s->groups * s->n_moments);
  r.shares = (uint64_t *)(r.comoments + s->groups * s->q->n_ratios);
  return r;
}

size_t roi_unit_inputs(const simulation *s, const roi_unit *u) {
  if (s->q->n_inputs == 0 || u->first_trial >= s->input_trials) return 0;
  uint64_t left = s->input_trials - u->first_trial;
  return left < u->n ? (size_t)left : u->n;
}

static int is_input_moment(const simulation *s, size_t i) {
  size_t first = s->q->n_outputs + s->q->n_means;
  return i >= first && i < first + s->q->n_inputs;
}

static int may_be_never(const simulation *s, roi_node node) { return (s->g->nodes[node].flags & ROI_MAY_NEVER) != 0; }

int roi_is_value(const simulation *s, roi_node node, double x) {
  return isfinite(x) || roi_state_of(x) != ROI_STATE_NONE || (x == INFINITY && may_be_never(s, node));
}

static int is_bad(const roi_moments *m, int may_never) { return m->state[0] > 0 || (m->never > 0 && !may_never); }

/* The named values of a unit whose moments are taken, as (target, node, name). */
static const roi_target *moment_target(const simulation *s, size_t i, size_t *column) {
  const roi_request *q = s->q;
  if (i < q->n_outputs) return *column = s->at.outputs + i, &q->outputs[i];
  i -= q->n_outputs;
  if (i < q->n_means) return *column = s->at.means + i, &q->means[i];
  i -= q->n_means;
  if (i < q->n_inputs) return *column = s->at.inputs + i, &q->inputs[i];
  i -= q->n_inputs;
  return *column = s->at.shares + i, &q->shares[i];
}

static int needs_mean_only(const simulation *s, size_t i) {
  const roi_request *q = s->q;
  return (i >= q->n_outputs && i < q->n_outputs + q->n_means) || i >= s->n_moments - q->n_shares;
}

static int is_true(double x) { return x != 0.0 && !isnan(x); } /* what is NaN here is a state: moments tell others */

static uint64_t count_true(const double *x, size_t n) {
  uint64_t k = 0;
  for (size_t t = 0; t < n; t++) k += (uint64_t)is_true(x[t]);
  return k;
}

/* One group's moments of the unit: x is scratch for as many values as a replicate has in it. from_columns: of outputs and inputs alone. */
static void take_moments(const simulation *s, const roi_unit *u, sums r, size_t group, int from_columns, double *x) {
  size_t inputs = roi_unit_inputs(s, u);
  for (size_t i = 0; i < s->n_moments; i++) {
    size_t column, in_unit = is_input_moment(s, i) ? inputs : u->n, n = roi_group_count(group, in_unit);
    roi_moments *m = &r.moments[group * s->n_moments + i];
    if (from_columns && needs_mean_only(s, i)) continue;
    moment_target(s, i, &column);
    const double *values = u->columns[column];
    if (group) roi_group_copy(group, values, in_unit, x), values = x;
    roi_moments_clear(m);
    if (n) (needs_mean_only(s, i) ? roi_moments_mean_unit : roi_moments_unit)(m, values, n);
    if (i + s->q->n_shares >= s->n_moments)
      r.shares[group * s->q->n_shares + i + s->q->n_shares - s->n_moments] = count_true(values, n);
  }
}

/* One group's trials of the unit: y is scratch as x. */
static void take_group(const simulation *s, const roi_unit *u, sums r, size_t group, double *x, double *y) {
  const roi_request *q = s->q;
  take_moments(s, u, r, group, 0, x);
  for (size_t i = 0; i < q->n_ratios; i++) {
    const double *a = u->columns[s->at.ratios + 2 * i], *b = u->columns[s->at.ratios + 2 * i + 1];
    if (group) {
      roi_group_copy(group, a, u->n, x), a = x;
      roi_group_copy(group, b, u->n, y), b = y;
    }
    roi_comoments_unit(&r.comoments[group * q->n_ratios + i], a, b, roi_group_count(group, u->n));
  }
}

roi_status roi_unit_take(void *data, const roi_unit *u) {
  simulation *s = data;
  double x[ROI_UNIT / ROI_REPLICATES], y[ROI_UNIT / ROI_REPLICATES];
  sums r = roi_sums_open(s, u->result);
  for (size_t group = 0; group < s->groups; group++) take_group(s, u, r, group, x, y);
  for (size_t i = 0; i < s->n_moments; i++) {
    size_t column;
    if (is_bad(&r.moments[i], may_be_never(s, moment_target(s, i, &column)->node))) return ROI_ERR_RUN;
  }
  if (s->streaming && !roi_feeds_in_order(s)) roi_columns_feed(s, u);
  return ROI_OK;
}

void roi_show_progress(simulation *s, uint64_t done) {
  if (!s->q->progress) return;
  double now = roi_seconds();
  if (now - s->last_progress < 0.1) return;
  s->last_progress = now;
  roi_progress p = {.done = done, .total = s->trials, .pass = s->pass, .passes = s->streaming ? (s->pass > 2 ? s->pass : 2) : 1,
                    .before = s->before, .seconds = now - s->begin};
  s->q->progress(s->q->progress_data, &p);
}

/* Remembers the first trial of the unit in which something is not a number. It is explained when the pass has ended: that takes
 * plans and runs of their own, and the workers of per-trial functions, which other threads are using now. */
static roi_status remember_bad(simulation *s, const roi_unit *u, const sums *r) {
  size_t first = u->n;
  for (size_t i = 0; i < s->n_moments; i++) {
    size_t column;
    const roi_target *t = moment_target(s, i, &column);
    if (!is_bad(&r->moments[i], may_be_never(s, t->node))) continue;
    for (size_t k = 0; k < first; k++) {
      double x = u->columns[column][k];
      if (roi_is_value(s, t->node, x)) continue;
      first = k;
      s->bad = t;
      s->bad_trial = u->first_trial + k;
      s->bad_value = x;
    }
  }
  return ROI_ERR_RUN;
}

roi_status roi_unit_check(simulation *s, const roi_unit *u) {
  sums r = roi_sums_open(s, u->result);
  for (size_t i = 0; i < s->n_moments; i++) {
    size_t column;
    if (is_bad(&r.moments[i], may_be_never(s, moment_target(s, i, &column)->node))) return remember_bad(s, u, &r);
  }
  return ROI_OK;
}

/* A mean lies among what it is of, but for its rounding; where the squares of so large numbers overflow it need not. */
static int mean_holds(const roi_moments *m) {
  double slack = (fabs(m->min) + fabs(m->max)) * 1e-12;
  if (m->n == 0 || fabs(m->min) > 1e150 || fabs(m->max) > 1e150) return 1;
  return m->mean >= m->min - slack && m->mean <= m->max + slack;
}

int roi_moments_hold(const roi_moments *m, uint64_t trials) {
  uint64_t left = trials;
  if (m->n > left || m->never > left - m->n) return 0;
  left -= m->n + m->never;
  for (int i = 0; i < ROI_STATE_COUNT; i++) {
    if (m->state[i] > left) return 0;
    left -= m->state[i];
  }
  if (m->n > 0 && !(isfinite(m->min) && isfinite(m->max) && m->min <= m->max)) return 0;
  return left == 0 && m->negative <= m->n && mean_holds(m);
}

int roi_share_holds(const simulation *s, size_t i, size_t group, uint64_t count, double *const *columns, size_t n) {
  const roi_request *q = s->q;
  size_t output = 0, step = group ? ROI_REPLICATES : 1;
  if (count > roi_group_count(group, n)) return 0;
  while (output < q->n_outputs && q->outputs[output].node != q->shares[i].node) output++;
  if (!columns || output == q->n_outputs) return 1;
  const double *x = columns[s->at.outputs + output];
  uint64_t k = 0;
  for (size_t t = group ? group - 1 : 0; t < n; t += step) k += (uint64_t)is_true(x[t]);
  return k == count;
}

roi_status roi_unit_sums_check(const simulation *s, const roi_unit *u) {
  double x[ROI_UNIT / ROI_REPLICATES];
  sums r = roi_sums_open(s, u->result);
  void *memory = roi_alloc(1, roi_sums_size(s) + 1);
  if (!memory) return ROI_ERR_MEMORY; /* its text follows at the pass's end: several threads come here */
  int hold = 1;
  for (size_t group = 0; hold && group < s->groups; group++) {
    sums own = roi_sums_open(s, memory);
    size_t first = group * s->n_moments;
    take_moments(s, u, own, group, 1, x);
    for (size_t i = 0; i < s->n_moments; i++) {
      size_t in_unit = is_input_moment(s, i) ? roi_unit_inputs(s, u) : u->n;
      int same = needs_mean_only(s, i) || memcmp(&own.moments[first + i], &r.moments[first + i], sizeof *r.moments) == 0;
      size_t column;
      int bad = is_bad(&r.moments[first + i], may_be_never(s, moment_target(s, i, &column)->node));
      hold &= same && !bad && roi_moments_hold(&r.moments[first + i], roi_group_count(group, in_unit));
    }
    for (size_t i = 0; i < s->q->n_shares; i++)
      hold &= roi_share_holds(s, i, group, r.shares[group * s->q->n_shares + i], u->columns, u->n);
  }
  roi_free(memory);
  return hold ? ROI_OK : ROI_ERR_IO;
}

static roi_status give_rows(simulation *s, const roi_unit *u, size_t inputs) {
  const roi_request *q = s->q;
  const double *columns[64] = {0}, **list = columns;
  size_t listed = roi_listed(q), n = listed + (inputs == u->n ? q->n_inputs : 0);
  if (n > 64 && !(list = roi_alloc(n, sizeof *list))) return roi_fail_memory(s->err, "writing samples");
  for (size_t i = 0; i < n; i++) list[i] = u->columns[roi_column_target(s, i < listed ? i : i + q->n_unlisted)];
  roi_status status = q->rows(q->rows_data, u->first_trial, u->n, list, n, s->err);
  if (list != columns) roi_free(list);
  return status;
}

roi_status roi_unit_merge(void *data, const roi_unit *u) {
  simulation *s = data;
  const roi_request *q = s->q;
  sums r = roi_sums_open(s, u->result);
  size_t inputs = roi_unit_inputs(s, u);
  roi_status status = roi_unit_check(s, u);
  if (status != ROI_OK) return status;
  for (size_t i = 0; i < s->groups * s->n_moments; i++)
    if (!is_input_moment(s, i % s->n_moments) || inputs) roi_moments_merge(&s->sums.moments[i], &r.moments[i]);
  for (size_t i = 0; i < s->groups * q->n_ratios; i++) roi_comoments_merge(&s->sums.comoments[i], &r.comoments[i]);
  for (size_t i = 0; i < s->groups * q->n_shares; i++) s->sums.shares[i] += r.shares[i];
  if (s->streaming && roi_feeds_in_order(s)) roi_columns_feed(s, u);
  if (q->rows) status = give_rows(s, u, inputs);
  if (status == ROI_OK) roi_show_progress(s, u->first_trial + u->n);
  return status;
}
