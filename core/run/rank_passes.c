/* The columns that a run's order statistics rest on: kept in memory, or, where they don't fit, searched in passes that generate them
 * again. */
#include <string.h>

#include "base/cpu.h"
#include "base/error.h"
#include "base/memory.h"
#include "run/simulation.h"

size_t roi_column_target(const simulation *s, size_t column) {
  return column < s->q->n_outputs ? s->at.outputs + column : s->at.inputs + column - s->q->n_outputs;
}

uint64_t roi_column_trials(const simulation *s, size_t column, uint64_t trials) {
  return column >= s->q->n_outputs && s->input_trials < trials ? s->input_trials : trials;
}

const roi_moments *roi_column_moments(const simulation *s, size_t group, size_t column) {
  return &s->sums.moments[group * s->n_moments + (column < s->q->n_outputs ? column : column + s->q->n_means)];
}

/* -- Kept columns ------------------------------------------------------------------------------------------------------- */

static uint64_t memory_limit(const simulation *s) {
  return s->q->options.max_memory ? s->q->options.max_memory : roi_half_of_memory();
}

/* Whether all columns fit; inputs up to input_trials. */
int roi_columns_fit(const simulation *s) {
  double bytes = 0;
  for (size_t i = 0; i < s->n_columns; i++) bytes += 8.0 * (double)roi_column_trials(s, i, s->trials);
  return bytes * 1.15 + (double)(UINT64_C(4) << 20) <= (double)memory_limit(s);
}

int roi_columns_keep(simulation *s, uint64_t trials) {
  size_t n = s->at.total + 1;
  s->store = roi_alloc_zero(n, sizeof *s->store);
  s->store_trials = roi_alloc_zero(n, sizeof *s->store_trials);
  if (!s->store || !s->store_trials) return -1;
  for (size_t i = 0; i < s->n_columns; i++) {
    size_t target = roi_column_target(s, i);
    uint64_t count = i >= s->q->n_outputs && s->early_units * ROI_UNIT < trials ? s->early_units * ROI_UNIT : trials;
    s->store[target] = roi_alloc_aligned(count, sizeof **s->store);
    if (!s->store[target]) return -1;
    s->store_trials[target] = count;
  }
  return 0;
}

static void drop_columns(simulation *s) {
  for (size_t i = 0; s->store && i < s->at.total; i++) roi_free(s->store[i]);
  roi_free(s->store);
  roi_free(s->store_trials);
  s->store = NULL;
  s->store_trials = NULL;
}

/* -- Rankers ------------------------------------------------------------------------------------------------------------ */

static void free_parts(simulation *s) {
  for (size_t i = 0; s->parts && i < (size_t)s->threads * s->n_rankers; i++) roi_ranker_part_free(s->parts[i]);
  roi_free(s->parts);
  s->parts = NULL;
}

int roi_parts_make(simulation *s) {
  s->parts = roi_alloc_zero((size_t)s->threads * s->n_rankers + 1, sizeof *s->parts);
  if (!s->parts) return -1;
  for (size_t i = 0; i < (size_t)s->threads * s->n_rankers; i++) {
    roi_ranker *r = s->rankers[i % s->n_rankers];
    if (s->pass > 1 && !roi_ranker_needs_pass(r)) continue;
    if (!(s->parts[i] = roi_ranker_part_new(r))) return -1;
  }
  return 0;
}

static roi_status end_parts(simulation *s) {
  roi_status status = ROI_OK;
  roi_ranker_part **mine = roi_alloc((size_t)s->threads + 1, sizeof(roi_ranker_part *));
  if (!mine) return roi_fail_memory(s->err, "order statistics");
  for (size_t i = 0; i < s->n_rankers && status == ROI_OK; i++) {
    if (!s->parts[i]) continue;
    for (int t = 0; t < s->threads; t++) {
      mine[t] = s->parts[(size_t)t * s->n_rankers + i];
      s->parts[(size_t)t * s->n_rankers + i] = NULL;
    }
    status = roi_ranker_end_pass(s->rankers[i], mine, (size_t)s->threads, s->err);
  }
  roi_free(mine);
  free_parts(s);
  return status;
}

/* One group's ranker of a column, steered by the column's first n trials. own: scratch for as many values as a replicate has. */
static roi_ranker *make_ranker(size_t group, const double *x, size_t n, double *own, size_t budget) {
  if (group) roi_group_copy(group, x, n, own), x = own;
  return roi_ranker_new(NULL, x, roi_group_count(group, n), budget);
}

/* What a ranker may collect, however little memory there is: its bins take about as much, and with less each pass leaves many of them to
 * be cut again, in pass after pass. */
#define LEAST_BUDGET 32768u

size_t roi_ranker_budget(const simulation *s) {
  uint64_t budget = memory_limit(s) / 2 / (s->n_rankers ? s->n_rankers : 1);
  return budget < LEAST_BUDGET ? LEAST_BUDGET : (size_t)budget;
}

static roi_status make_rankers(simulation *s) {
  uint64_t pilot = s->trials < ROI_PILOT ? s->trials : ROI_PILOT;
  s->n_rankers = s->groups * s->n_columns;
  s->rankers = roi_alloc_zero(s->n_rankers + 1, sizeof *s->rankers);
  double *own = roi_alloc(ROI_PILOT / ROI_REPLICATES, sizeof *own);
  roi_status status = ROI_OK;
  if (!s->rankers || !own || roi_columns_keep(s, pilot) != 0) status = roi_fail_memory(s->err, "the first trials");
  if (status == ROI_OK) status = roi_run_pilot(s, pilot);
  for (size_t i = 0; i < s->n_rankers && status == ROI_OK; i++) {
    size_t column = i % s->n_columns;
    s->rankers[i] = make_ranker(i / s->n_columns, s->store[roi_column_target(s, column)], (size_t)roi_column_trials(s, column, pilot),
                                own, roi_ranker_budget(s));
    if (!s->rankers[i]) status = roi_fail_memory(s->err, "order statistics");
  }
  roi_free(own);
  drop_columns(s);
  return status;
}

roi_status roi_columns_begin(simulation *s) {
  s->streaming = !roi_columns_fit(s);
  if (!s->streaming)
    return roi_columns_keep(s, s->trials) == 0 ? ROI_OK
                                               : roi_fail_memory(s->err, "the columns of results: try a smaller --max-memory");
  roi_status status = make_rankers(s);
  return status == ROI_OK && roi_parts_make(s) != 0 ? roi_fail_memory(s->err, "order statistics") : status;
}

void roi_columns_feed(simulation *s, const roi_unit *u) {
  double own[ROI_UNIT / ROI_REPLICATES];
  size_t inputs = roi_unit_inputs(s, u);
  for (size_t i = 0; i < s->n_rankers; i++) {
    size_t group = i / s->n_columns, column = i % s->n_columns, in_unit = column < s->q->n_outputs ? u->n : inputs;
    roi_ranker_part *part = s->parts[(size_t)u->thread * s->n_rankers + i];
    const double *x = u->columns[roi_column_target(s, column)];
    if (!part || in_unit == 0) continue;
    if (group) roi_group_copy(group, x, in_unit, own), x = own;
    roi_ranker_feed(part, x, roi_group_count(group, in_unit));
  }
}

int roi_feeds_in_order(const simulation *s) { return (s->plan && s->plan->n_externs) || (s->early && s->early->n_externs); }

static roi_status feed_unit(void *data, const roi_unit *u) {
  if (!roi_feeds_in_order(data)) roi_columns_feed(data, u);
  return ROI_OK;
}

static roi_status end_unit(void *data, const roi_unit *u) {
  if (roi_feeds_in_order(data)) roi_columns_feed(data, u);
  roi_show_progress(data, u->first_trial + u->n);
  return ROI_OK;
}

roi_status roi_columns_finish(simulation *s) {
  roi_status status = ROI_OK;
  if (!s->streaming || s->phase > PHASE_RANKS) return ROI_OK;
  if (s->phase == PHASE_TRIALS) {
    for (size_t i = 0; i < s->n_rankers; i++)
      roi_ranker_set_moments(s->rankers[i], roi_column_moments(s, i / s->n_columns, i % s->n_columns));
    status = end_parts(s);
    s->phase = PHASE_RANKS;
  }
  for (;; s->taken_up = 0) {
    size_t left = 0;
    for (size_t i = 0; i < s->n_rankers && status == ROI_OK; i++) left += roi_ranker_needs_pass(s->rankers[i]) != 0;
    if (status != ROI_OK || left == 0) return status;
    uint64_t done;
    if (!s->taken_up) {
      if (s->pass == ROI_MOST_PASSES)
        return roi_fail(s->err, ROI_ERR_INTERNAL, "order statistics are not found in %d passes; please report this", s->pass);
      s->pass++;
      if (roi_parts_make(s) != 0) return roi_fail_memory(s->err, "order statistics");
    }
    status = roi_run_pass(s, s->trials, feed_unit, end_unit, &done);
    if (status == ROI_OK) status = end_parts(s);
  }
}

void roi_columns_free(simulation *s) {
  drop_columns(s);
  free_parts(s);
  for (size_t i = 0; s->rankers && i < s->n_rankers; i++) roi_ranker_free(s->rankers[i]);
  roi_free(s->rankers);
}
