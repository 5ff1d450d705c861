/* Evaluating a plan at chosen points, and replaying a single trial. */
#include <string.h>

#include "base/cpu.h"
#include "base/error.h"
#include "base/memory.h"
#include "run/designed.h"
#include "run/engine.h"

/* A plan with its workspace. */
typedef struct single {
  roi_tables *own_tables;
  roi_plan *plan;
  const roi_kernel_set *kernels;
  roi_designed *designed;
  roi_workspace w;
} single;

static void close_single(single *s) {
  roi_workspace_free(&s->w);
  roi_designed_free(s->designed);
  roi_plan_free(s->plan);
  roi_tables_free(s->own_tables);
}

static roi_status open_single(single *s, const roi_graph *g, const roi_request *q, const roi_plan_target *targets, size_t n,
                              roi_error *err) {
  roi_error own;
  if (!err) err = &own;
  memset(s, 0, sizeof *s);
  err->status = ROI_ERR_MODEL;
  s->kernels = roi_kernels(q->options.isa, err);
  if (!s->kernels) return err->status;
  roi_tables *tables = roi_request_tables(g, q, &s->own_tables, err);
  if (tables) s->plan = roi_plan_new(g, targets, n, tables, 0, q->options.threads ? q->options.threads : 2, err);
  if (!s->plan || roi_designed_new(&s->designed, g, q, q->options.trials, s->kernels, err) != ROI_OK) return close_single(s), err->status;
  roi_bind_externs(s->plan, q);
  roi_designed_add_plan(s->designed, s->plan);
  if (roi_workspace_new(&s->w, s->plan, ROI_LANE_UNIT, q->options.seed, 0, roi_designed_source(s->designed), roi_graph_draws(g)) == 0)
    return ROI_OK;
  close_single(s);
  return roi_fail_memory(err, "the columns of a block of trials");
}

/* Given uniforms, point by point: the draw's own probability, whether or not it is correlated. */
typedef struct given { const double *u; size_t n, draws; } given;

static void fill_given(const void *data, uint64_t first, uint32_t lanes, roi_uniforms *u) {
  const given *x = data;
  for (size_t d = 0; d < x->draws; d++) {
    double *column = u->room + d * u->stride;
    for (uint32_t i = 0; i < lanes; i++) {
      size_t point = first + i < x->n ? (size_t)first + i : x->n - 1;
      column[i] = x->u[point * x->draws + d];
    }
    u->points[d] = u->marginal[d] = column;
  }
}

roi_status roi_evaluate_at(const roi_graph *g, const roi_request *request, const roi_target *targets, size_t n_targets,
                           const double *u, size_t n, double *values, roi_error *err) {
  given points = {.u = u, .n = n, .draws = roi_graph_draws(g)};
  roi_source source = {.room = points.draws, .fill = fill_given, .data = &points};
  roi_request q = *request;
  if (n <= ROI_UNIT) q.options.threads = 1; /* few points: threads would cost more than they bring */
  double **columns = roi_alloc(n_targets + 1, sizeof *columns);
  if (!columns) return roi_fail_memory(err, "points of evaluation");
  for (size_t i = 0; i < n_targets; i++) columns[i] = values + i * n;
  roi_status status = roi_evaluate(g, &q, &source, targets, n_targets, n, columns, err);
  roi_free(columns);
  return status;
}

roi_status roi_evaluate(const roi_graph *g, const roi_request *request, const roi_source *source, const roi_target *targets,
                        size_t n_targets, uint64_t n, double *const *columns, roi_error *err) {
  roi_error own;
  if (!err) err = &own;
  err->status = ROI_ERR_MODEL;
  const roi_options *o = &request->options;
  const roi_kernel_set *kernels = roi_kernels(o->isa, err);
  if (!kernels) return err->status;
  int threads = o->threads ? o->threads : roi_cpu_count();
  roi_plan_target *list = roi_alloc_zero(n_targets + 1, sizeof *list);
  double **store = roi_alloc_zero(n_targets + 1, sizeof *store);
  uint64_t *store_trials = roi_alloc_zero(n_targets + 1, sizeof *store_trials);
  roi_tables *own_tables = NULL, *tables = roi_request_tables(g, request, &own_tables, err);
  roi_plan *plan = NULL;
  roi_designed *designed = NULL;
  roi_status status = list && store && store_trials && tables ? ROI_OK : roi_fail_memory(err, "points of evaluation");
  for (size_t i = 0; i < n_targets && !status; i++) {
    list[i].node = targets[i].node;
    store[i] = columns[i];
    store_trials[i] = n;
  }
  if (!status) {
    plan = roi_plan_new(g, list, n_targets, tables, 0, threads, err);
    if (!plan) status = err->status;
  }
  if (!status) {
    roi_bind_externs(plan, request);
    /* Points of a Latin hypercube depend on how many trials the run has, not on how many are asked for here. */
    if (!source) status = roi_designed_new(&designed, g, request, o->trials > n ? o->trials : n, kernels, err);
  }
  if (!status) {
    roi_designed_add_plan(designed, plan);
    if (!source) source = roi_designed_source(designed);
    roi_pass pass = {.plan = plan, .kernels = kernels, .trials = n, .seed = o->seed, .source = source, .draws = roi_graph_draws(g),
                     .threads = threads, .block = request->block, .store = store, .store_trials = store_trials, .stop = o->stop};
    status = roi_pass_run(&pass, err);
    if (status == ROI_ERR_INTERRUPTED) roi_fail(err, status, "interrupted");
  }
  roi_designed_free(designed);
  roi_plan_free(plan);
  roi_tables_free(own_tables);
  roi_free(list);
  roi_free(store);
  roi_free(store_trials);
  return status;
}

roi_status roi_replay(const roi_graph *g, const roi_request *request, uint64_t trial, const roi_node *nodes,
                      const size_t *offsets, size_t n, double *values, roi_error *err) {
  size_t total = 0, at = 0;
  for (size_t i = 0; i < n; i++) total += g->nodes[nodes[i]].shape == ROI_SERIES_SHAPE ? g->horizon + 1 : 1;
  roi_plan_target *list = roi_alloc_zero(total + 1, sizeof *list);
  if (!list) return roi_fail_memory(err, "planning the model");
  for (size_t i = 0; i < n; i++) {
    uint32_t last = g->nodes[nodes[i]].shape == ROI_SERIES_SHAPE ? g->horizon : 0;
    for (uint32_t p = 0; p <= last; p++) list[at++] = (roi_plan_target){.node = nodes[i], .period = p};
  }
  single s;
  roi_status status = open_single(&s, g, request, list, total, err);
  roi_free(list);
  if (status != ROI_OK) return status;
  double lane[ROI_LANE_UNIT];
  roi_block_run_one(s.plan, s.kernels, &s.w, trial);
  for (size_t i = 0, result = 0; i < n; i++) {
    uint32_t last = g->nodes[nodes[i]].shape == ROI_SERIES_SHAPE ? g->horizon : 0;
    for (uint32_t p = 0; p <= last; p++, result++) {
      roi_block_result(s.plan, &s.w, (uint32_t)result, ROI_LANE_UNIT, lane);
      values[offsets[i] + p] = lane[trial % ROI_LANE_UNIT];
    }
  }
  close_single(&s);
  return ROI_OK;
}
