/* A run put away between two units, and taken up again: how far it got, its sums, and its columns or what stands for them. What follows
 * from the request (plans, budgets, room) is not saved but made again, so a progress fits the same request alone. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "run/simulation.h"

/* Trials that the sums count. */
static uint64_t summed(const simulation *s) { return s->phase == PHASE_TRIALS ? s->reached : s->trials; }

/* -- Saving --------------------------------------------------------------------------------------------------------------- */

static void save_columns(const simulation *s, uint64_t reached, roi_byte_sink *to) {
  for (size_t i = 0; i < s->n_columns; i++)
    roi_put_bytes(to, s->store[roi_column_target(s, i)], (size_t)roi_column_trials(s, i, reached) * sizeof(double));
}

static void save_rankers(const simulation *s, roi_byte_sink *to) {
  size_t threads = (size_t)s->threads;
  roi_ranker_part **mine = roi_alloc(threads + 1, sizeof(roi_ranker_part *));
  if (!mine) to->failed = 1;
  for (size_t i = 0; i < s->n_rankers && !to->failed; i++) {
    for (size_t t = 0; s->parts && t < threads; t++) mine[t] = s->parts[t * s->n_rankers + i];
    roi_ranker_save(s->rankers[i], s->parts ? mine : NULL, threads, to);
  }
  roi_free(mine);
}

/* The counts of all threads together. */
static void save_counts(const simulation *s, roi_byte_sink *to) {
  size_t n = roi_counts_size(s);
  for (size_t i = 0; i < n; i++) {
    uint64_t sum = 0;
    for (size_t t = 0; t < (size_t)s->threads; t++) sum += s->ranks[t * n + i];
    roi_put_u64(to, sum);
  }
}

void roi_progress_save(const simulation *s, uint64_t reached, const void *added, roi_byte_sink *to) {
  const uint64_t head[] = {s->phase, (uint64_t)s->pass, reached, (uint64_t)s->streaming, s->groups, s->n_moments, s->q->n_ratios,
                           s->q->n_shares, s->n_columns, s->input_trials};
  roi_put_bytes(to, head, sizeof head);
  roi_put_bytes(to, added, roi_sums_size(s));
  if (!s->streaming) save_columns(s, reached, to);
  else save_rankers(s, to);
  if (s->phase == PHASE_COUNTS) save_counts(s, to);
}

double roi_progress_size(const simulation *s, uint64_t reached) {
  double bytes = (double)roi_sums_size(s);
  for (size_t i = 0; i < s->n_columns && !s->streaming; i++) bytes += 8.0 * (double)roi_column_trials(s, i, reached);
  for (size_t i = 0; s->parts && i < (size_t)s->threads * s->n_rankers; i++)
    if (s->parts[i]) bytes += (double)roi_ranker_part_size(s->parts[i]);
  return bytes;
}

/* -- Taking up ------------------------------------------------------------------------------------------------------------ */

static int shares_hold(const simulation *s, double *const *columns) {
  int hold = 1;
  for (size_t i = 0; i < s->groups * s->q->n_shares; i++)
    hold &= roi_share_holds(s, i % s->q->n_shares, i / s->q->n_shares, s->sums.shares[i], columns, (size_t)summed(s));
  return hold;
}

/* Sums must count the trials that they are said to be of. */
static int sums_hold(const simulation *s) {
  size_t first_input = s->q->n_outputs + s->q->n_means;
  uint64_t inputs = s->input_trials < summed(s) ? s->input_trials : summed(s);
  for (size_t i = 0; i < s->groups * s->n_moments; i++) {
    size_t group = i / s->n_moments, k = i % s->n_moments, is_input = k >= first_input && k < first_input + s->q->n_inputs;
    if (!roi_moments_hold(&s->sums.moments[i], roi_group_count(group, (size_t)(is_input ? inputs : summed(s))))) return 0;
  }
  return shares_hold(s, NULL);
}

/* A column must hold what its moments counted, of a group's trials. */
static int group_holds(const roi_moments *m, size_t group, const double *x, size_t n) {
  uint64_t numbers = 0, never = 0, outside = 0;
  for (size_t i = group ? group - 1 : 0, step = group ? ROI_REPLICATES : 1; i < n; i += step) {
    int number = isfinite(x[i]) != 0;
    numbers += (uint64_t)number;
    never += x[i] == INFINITY;
    outside += number && (x[i] < m->min || x[i] > m->max);
  }
  return numbers == m->n && never == m->never && outside == 0;
}

static int column_holds(const simulation *s, size_t column) {
  const double *x = s->store[roi_column_target(s, column)];
  size_t n = (size_t)roi_column_trials(s, column, summed(s));
  int hold = 1;
  for (size_t group = 0; group < s->groups; group++) hold &= group_holds(roi_column_moments(s, group, column), group, x, n);
  return hold;
}

static roi_status restore_columns(simulation *s, roi_byte_source *from) {
  if (roi_columns_keep(s, s->trials) != 0) return roi_fail_memory(s->err, "the columns of results: try a smaller --max-memory");
  for (size_t i = 0; i < s->n_columns && !from->failed; i++) {
    roi_get_bytes(from, s->store[roi_column_target(s, i)], (size_t)roi_column_trials(s, i, summed(s)) * sizeof(double));
    if (!from->failed && !column_holds(s, i)) from->failed = 1;
  }
  if (!from->failed && !shares_hold(s, s->store)) from->failed = 1;
  return ROI_OK;
}

/* One ranker, and what it had been fed, which thread 0 goes on with. */
static roi_status restore_ranker(simulation *s, size_t i, roi_ranker_part **part, roi_byte_source *from) {
  const roi_moments *m = roi_column_moments(s, i / s->n_columns, i % s->n_columns);
  s->rankers[i] = roi_ranker_restore(from, s->phase == PHASE_TRIALS ? NULL : m, m->n, roi_ranker_budget(s), part);
  return s->rankers[i] || from->failed ? ROI_OK : roi_fail_memory(s->err, "order statistics");
}

static roi_status restore_rankers(simulation *s, roi_byte_source *from) {
  roi_status status = ROI_OK;
  s->n_rankers = s->groups * s->n_columns;
  s->rankers = roi_alloc_zero(s->n_rankers + 1, sizeof *s->rankers);
  roi_ranker_part **first = roi_alloc_zero(s->n_rankers + 1, sizeof(roi_ranker_part *));
  if (!s->rankers || !first) status = roi_fail_memory(s->err, "order statistics");
  for (size_t i = 0; i < s->n_rankers && !status && !from->failed; i++) status = restore_ranker(s, i, &first[i], from);
  if (!status && !from->failed && s->phase != PHASE_COUNTS && roi_parts_make(s) != 0) status = roi_fail_memory(s->err, "order statistics");
  for (size_t i = 0; first && i < s->n_rankers; i++) {
    int wanted = !status && !from->failed && s->parts && s->parts[i];
    if (wanted && !first[i]) from->failed = 1;
    if (wanted && first[i]) {
      roi_ranker_part_free(s->parts[i]);
      s->parts[i] = first[i];
    } else {
      roi_ranker_part_free(first[i]);
    }
  }
  roi_free(first);
  return status;
}

static roi_status restore_counts(simulation *s, roi_byte_source *from) {
  roi_status status = roi_counts_allocate(s);
  for (size_t i = 0; status == ROI_OK && s->phase == PHASE_COUNTS && i < roi_counts_size(s); i++)
    s->ranks[i] = roi_get_count(from, s->trials);
  for (size_t i = 0; status == ROI_OK && s->phase == PHASE_COUNTS && i < s->n_rankers; i++)
    if (roi_ranker_needs_pass(s->rankers[i])) from->failed = 1;
  return status;
}

/* Where the run stands, if it is one of this request. */
static void restore_head(simulation *s, roi_byte_source *from) {
  s->phase = (phase)roi_get_count(from, PHASE_COUNT - 1);
  s->pass = (int)roi_get_count(from, ROI_MOST_PASSES);
  s->reached = roi_get_count(from, s->trials);
  s->streaming = (int)roi_get_count(from, 1);
  const uint64_t expected[] = {s->groups, s->n_moments, s->q->n_ratios, s->q->n_shares, s->n_columns, s->input_trials};
  for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
    if (roi_get_u64(from) != expected[i]) from->failed = 1;
  int between = s->reached % ROI_UNIT == 0 || s->reached == s->trials, later = s->phase != PHASE_TRIALS;
  if (!between || s->streaming != !roi_columns_fit(s) || (later && !s->streaming) || (s->pass > 1) != later ||
      (s->phase == PHASE_COUNTS && s->groups == 1))
    from->failed = 1;
}

roi_status roi_progress_restore(simulation *s, roi_byte_source *from) {
  roi_status status = ROI_OK;
  restore_head(s, from);
  if (!from->failed) roi_get_bytes(from, s->sums.moments, roi_sums_size(s));
  if (!from->failed && !sums_hold(s)) from->failed = 1;
  if (!from->failed) status = s->streaming ? restore_rankers(s, from) : restore_columns(s, from);
  if (!from->failed && status == ROI_OK && s->groups > 1) status = restore_counts(s, from);
  s->taken_up = s->phase != PHASE_TRIALS;
  s->before = (uint64_t)(s->pass - 1) * s->trials + s->reached;
  if (status == ROI_OK && from->failed) return roi_fail(s->err, ROI_ERR_IO, "what was kept of the run does not hold together");
  return status;
}
