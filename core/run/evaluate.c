/* Evaluating a plan at chosen points, and replaying a single trial. */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "run/engine.h"

static uint32_t draw_count(const roi_graph *g) {
  uint32_t n = 0;
  for (size_t i = 0; i < g->n_nodes; i++) n += g->nodes[i].op == ROI_DRAW;
  return n;
}

/* A plan with its workspace. */
typedef struct single { roi_tables *own_tables; roi_plan *plan; const roi_kernel_set *kernels; roi_workspace w; } single;

static void close_single(single *s) {
  roi_workspace_free(&s->w);
  roi_plan_free(s->plan);
  roi_tables_free(s->own_tables);
}

static roi_status open_single(single *s, const roi_graph *g, const roi_request *q, const roi_plan_target *targets, size_t n,
                              uint32_t lanes, roi_error *err) {
  roi_error own;
  if (!err) err = &own;
  memset(s, 0, sizeof *s);
  err->status = ROI_ERR_MODEL;
  s->kernels = roi_kernels(q->options.isa, err);
  if (!s->kernels) return err->status;
  roi_tables *tables = roi_request_tables(g, q, &s->own_tables, err);
  if (tables) s->plan = roi_plan_new(g, targets, n, tables, 0, q->options.threads ? q->options.threads : 2, err);
  if (!s->plan) return close_single(s), err->status;
  roi_bind_externs(s->plan, q);
  if (roi_workspace_new(&s->w, s->plan, lanes ? lanes : roi_choose_lanes(s->plan, q->block), q->options.seed, 0) == 0) return ROI_OK;
  close_single(s);
  return roi_fail_memory(err, "the columns of a block of trials");
}

roi_status roi_evaluate_at(const roi_graph *g, const roi_request *request, const roi_target *targets, size_t n_targets,
                           const double *u, size_t n, double *values, roi_error *err) {
  uint32_t draws = draw_count(g);
  single s;
  roi_plan_target *list = roi_alloc_zero(n_targets + 1, sizeof *list);
  if (!list) return roi_fail_memory(err, "planning the model");
  for (size_t i = 0; i < n_targets; i++) list[i].node = targets[i].node;
  roi_status status = open_single(&s, g, request, list, n_targets, 0, err);
  roi_free(list);
  if (status != ROI_OK) return status;
  uint32_t lanes = s.w.block.lanes, stride = s.w.block.stride;
  double *points = roi_alloc_aligned((size_t)draws * stride + stride, sizeof *points);
  if (!points) status = roi_fail_memory(err, "points of evaluation");
  s.w.block.points = points;
  for (size_t at = 0; at < n && status == ROI_OK; at += lanes) {
    size_t count = n - at < lanes ? n - at : lanes;
    for (uint32_t d = 0; d < draws; d++)
      for (size_t i = 0; i < lanes; i++) points[(size_t)d * stride + i] = u[(at + (i < count ? i : 0)) * draws + d];
    roi_block_run(s.plan, s.kernels, &s.w, 0);
    for (size_t i = 0; i < n_targets; i++) roi_block_result(s.plan, &s.w, (uint32_t)i, count, values + i * n + at);
  }
  roi_free(points);
  close_single(&s);
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
  roi_status status = open_single(&s, g, request, list, total, ROI_LANE_UNIT, err);
  roi_free(list);
  if (status != ROI_OK) return status;
  double lane[ROI_LANE_UNIT];
  roi_block_run(s.plan, s.kernels, &s.w, trial - trial % ROI_LANE_UNIT);
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
