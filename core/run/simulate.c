/* A whole run: plans, the first pass with moments, further passes for order statistics of columns that memory does not hold. */
#include <string.h>

#include "base/cpu.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/memory.h"
#include "math/philox.h"
#include "run/simulation.h"

static roi_status check_request(const roi_request *q, roi_error *err) {
  const roi_options *o = &q->options;
  if (o->trials < 1 || o->trials > ROI_MAX_TRIALS)
    return roi_fail(err, ROI_ERR_USAGE, "trials must be from 1 to %llu", (unsigned long long)ROI_MAX_TRIALS);
  if (o->threads < 0 || o->threads > 1024) return roi_fail(err, ROI_ERR_USAGE, "threads must be from 1 to 1024");
  if (q->block % ROI_LANE_UNIT || q->block > ROI_MAX_LANES)
    return roi_fail(err, ROI_ERR_USAGE, "a block must be a multiple of %d lanes, at most %d", ROI_LANE_UNIT, ROI_MAX_LANES);
  if (!roi_cpu_is_supported())
    return roi_fail(err, ROI_ERR_USAGE, "this processor lacks AVX2 and FMA (x86-64-v3), which roisim needs");
  for (size_t i = 0; q->stored && i < q->stored->n; i++) /* units have room for the run's trials alone */
    if (q->stored->range[i].first >= q->stored->range[i].end || q->stored->range[i].end > o->trials)
      return roi_fail(err, ROI_ERR_IO, "what was stored are not trials of this run");
  return ROI_OK;
}

/* -- Plans -------------------------------------------------------------------------------------------------------------- */

static void set_layout(simulation *s) {
  const roi_request *q = s->q;
  s->at.outputs = 0;
  s->at.shares = q->n_outputs;
  s->at.means = s->at.shares + q->n_shares;
  s->at.ratios = s->at.means + q->n_means;
  s->at.inputs = s->at.ratios + 2 * q->n_ratios;
  s->at.total = s->at.inputs + q->n_inputs;
  s->n_moments = q->n_outputs + q->n_means + q->n_inputs + q->n_shares;
  s->n_columns = q->n_outputs + q->n_inputs;
}

static roi_status make_plans(simulation *s) {
  const roi_request *q = s->q;
  roi_plan_target *targets = roi_alloc_zero(s->at.total + 1, sizeof *targets);
  s->tables = roi_request_tables(s->g, q, &s->own_tables, s->err);
  if (!targets || !s->tables) {
    roi_free(targets);
    return roi_fail_memory(s->err, "planning the model");
  }
  for (size_t i = 0; i < q->n_outputs; i++) targets[s->at.outputs + i].node = q->outputs[i].node;
  for (size_t i = 0; i < q->n_shares; i++) targets[s->at.shares + i].node = q->shares[i].node;
  for (size_t i = 0; i < q->n_means; i++) targets[s->at.means + i].node = q->means[i].node;
  for (size_t i = 0; i < q->n_ratios; i++) {
    targets[s->at.ratios + 2 * i].node = q->ratios[i].x;
    targets[s->at.ratios + 2 * i + 1].node = q->ratios[i].y;
  }
  for (size_t i = 0; i < q->n_inputs; i++) targets[s->at.inputs + i].node = q->inputs[i].node;
  roi_status status = ROI_OK;
  if (q->n_inputs) {
    s->early = roi_plan_new(s->g, targets, s->at.total, s->tables, 0, s->threads, s->err);
    if (!s->early) status = ROI_ERR_MODEL;
  }
  if (status == ROI_OK && (!s->early || s->early_units * ROI_UNIT < s->trials)) {
    s->plan = roi_plan_new(s->g, targets, s->at.inputs, s->tables, 0, s->threads, s->err);
    if (!s->plan) status = ROI_ERR_MODEL;
  }
  roi_free(targets);
  if (status != ROI_OK) return s->err && s->err->status != ROI_OK ? s->err->status : status;
  if (s->plan) roi_bind_externs(s->plan, s->q);
  if (s->early) roi_bind_externs(s->early, s->q);
  status = roi_designed_new(&s->designed, s->g, q, s->trials, s->kernels, s->err);
  if (status != ROI_OK) return status;
  roi_designed_add_plan(s->designed, s->plan);
  roi_designed_add_plan(s->designed, s->early);
  return ROI_OK;
}

void roi_simulation_release(simulation *s) {
  roi_columns_free(s);
  roi_keeping_free(s);
  roi_free(s->sums.moments); /* all sums are one block */
  roi_free(s->of_replicates);
  roi_free(s->ranks);
  roi_designed_free(s->designed);
  roi_plan_free(s->plan);
  roi_plan_free(s->early);
  roi_tables_free(s->own_tables);
}

void roi_tell_stop(simulation *s, roi_status status) {
  if (status == ROI_ERR_INTERRUPTED) roi_fail(s->err, status, "interrupted");
  else roi_fail(s->err, status, "the time limit of %g s is used up; raise it with --time-limit", s->q->deadline);
}

static roi_status begin_columns(simulation *s) {
  roi_status status = roi_columns_begin(s);
  return status == ROI_OK && s->groups > 1 ? roi_counts_allocate(s) : status;
}

/* Says why a value is not a number. One that was stored may be so alone: then it is not the model that is to blame. */
static roi_status explain_bad(simulation *s) {
  size_t offset = 0;
  double x;
  int is_stored_alone = s->q->stored && roi_replay(s->g, s->q, s->bad_trial, &s->bad->node, &offset, 1, &x, NULL) == ROI_OK &&
                        roi_is_value(s, s->bad->node, x);
  if (is_stored_alone)
    return roi_fail(s->err, ROI_ERR_IO, "what was stored of trial %llu does not hold together: %.200s is not what the model gives there",
                    (unsigned long long)s->bad_trial + 1, s->bad->name);
  return roi_diagnose(s->g, s->q, s->bad->name, s->bad->node, s->bad_trial, s->bad_value, s->err);
}

/* Everything after the plans. Partial ends leave a report too. */
static roi_status simulate(simulation *s) {
  double start = roi_seconds();
  uint64_t done = s->trials;
  s->pass = 1;
  roi_keeping_begin(s);
  roi_byte_source *from = s->q->keeper ? s->q->keeper->from : NULL;
  roi_status status = from ? roi_progress_restore(s, from) : begin_columns(s);
  if (s->phase == PHASE_TRIALS && status != ROI_OK) done = s->reached; /* stopped before the first */
  else if (s->phase == PHASE_TRIALS) status = roi_run_pass(s, s->trials, roi_unit_take, roi_unit_merge, &done);
  if (s->bad) return explain_bad(s);
  int ordered = !s->streaming;
  if (status == ROI_OK) ordered = (status = roi_columns_finish(s)) == ROI_OK;
  if (status == ROI_OK && s->groups > 1 && s->streaming) status = roi_count_again(s);
  if (status != ROI_OK && !roi_is_stop(status)) return status;
  s->report->trials = done;
  s->report->complete = status == ROI_OK;
  double ran = roi_seconds();
  roi_status filled = roi_results_fill(s, done, ordered);
  if (filled != ROI_OK) return filled;
  s->report->timing.run = ran - start;
  s->report->timing.statistics = roi_seconds() - ran;
  s->report->timing.passes = s->pass;
  if (status == ROI_ERR_INTERRUPTED && done == 0) roi_fail(s->err, status, "interrupted before the first trial was done");
  else if (roi_is_stop(status)) roi_tell_stop(s, status);
  return status;
}

roi_status roi_simulation_begin(simulation *s) {
  const roi_request *q = s->q;
  s->begin = roi_seconds();
  s->trials = q->options.trials;
  s->err->status = ROI_OK;
  roi_status status = check_request(q, s->err);
  if (status != ROI_OK) return status;
  s->kernels = roi_kernels(q->options.isa, s->err);
  if (!s->kernels) return s->err->status;
  s->threads = q->options.threads ? q->options.threads : roi_cpu_count();
  s->input_trials = q->input_trials < s->trials ? q->input_trials : s->trials;
  s->early_units = q->n_inputs ? (s->input_trials + ROI_UNIT - 1) / ROI_UNIT : 0;
  s->groups = q->options.sampling == ROI_SAMPLING_MC ? 1 : 1 + ROI_REPLICATES;
  set_layout(s);
  status = roi_results_allocate(s);
  if (status == ROI_OK) status = make_plans(s);
  if (status != ROI_OK) return status;
  s->report->timing.tables = roi_tables_seconds(s->tables);
  s->report->timing.plan = roi_seconds() - s->begin - s->report->timing.tables;
  s->report->timing.isa = s->kernels->name;
  return ROI_OK;
}

roi_status roi_simulate(const roi_graph *g, const roi_request *request, roi_report **report, roi_error *err) {
  roi_error own;
  simulation s = {.g = g, .q = request, .err = err ? err : &own};
  *report = NULL;
  roi_status status = roi_simulation_begin(&s);
  if (status == ROI_OK) status = simulate(&s);
  roi_byte_source *from = request->keeper ? request->keeper->from : NULL;
  if (status == ROI_ERR_INTERNAL && (request->stored || from)) { /* numbers that contradict each other were not ours */
    status = roi_fail(s.err, ROI_ERR_IO, "what was kept of the run does not hold together");
    if (from) from->failed = 1;
  }
  roi_simulation_release(&s);
  if (status == ROI_OK || (roi_is_stop(status) && s.report && s.report->timing.passes)) {
    *report = s.report;
  } else {
    roi_report_free(s.report);
  }
  return status;
}
