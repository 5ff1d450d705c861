/* Cells that compare the trials with the one calculation that many would do: every input at its median. */
#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "command/command.h"
#include "graph/sheets.h"

static int is_of_median(const roi_cell_row *c) { return c->stat == ROI_CELL_AT_MEDIAN || c->stat == ROI_CELL_RANK; }
static roi_node node_of(const roi_cell_row *c) { return c->stat == ROI_CELL_RANK ? c->b : c->a; }

/* The cell as one of those that need no such calculation. */
static roi_status settle(roi_graph *g, roi_cell_row *c, double x, roi_error *err) {
  if (!isfinite(x)) {
    *c = (roi_cell_row){.stat = ROI_CELL_EMPTY, .a = ROI_NONE, .b = ROI_NONE};
    return ROI_OK;
  }
  if (c->stat == ROI_CELL_AT_MEDIAN) {
    *c = (roi_cell_row){.stat = ROI_CELL_VALUE, .a = ROI_NONE, .b = ROI_NONE, .level = x};
    return ROI_OK;
  }
  roi_node pair[2] = {c->a, roi_constant(g, x, err)};
  roi_node at_most = roi_apply(g, ROI_LE, pair, 2, err);
  *c = (roi_cell_row){.stat = ROI_CELL_SHARE, .a = at_most, .b = ROI_NONE};
  return at_most == ROI_NONE ? err->status : ROI_OK;
}

roi_status roi_settle_median_cells(roi_graph *g, const roi_request *request, roi_error *err) {
  size_t n = 0, draws = roi_graph_draws(g), k = 0;
  for (size_t i = 0; i < g->n_cells; i++) n += (size_t)is_of_median(&g->cells[i]);
  if (n == 0) return ROI_OK;
  roi_target *targets = roi_alloc(n, sizeof *targets);
  double *u = roi_alloc(draws + 1, sizeof *u), *value = roi_alloc(n, sizeof *value);
  roi_status status = targets && u && value ? ROI_OK : roi_fail_memory(err, "calculating with every input at its median");
  for (size_t i = 0; i < g->n_cells && !status; i++)
    if (is_of_median(&g->cells[i])) targets[k++] = (roi_target){"with every input at its median", node_of(&g->cells[i])};
  for (size_t i = 0; i < draws && !status; i++) u[i] = 0.5;
  if (!status) status = roi_evaluate_at(g, request, targets, n, u, 1, value, err);
  k = 0;
  for (size_t i = 0; i < g->n_cells && !status; i++)
    if (is_of_median(&g->cells[i])) status = settle(g, &g->cells[i], value[k++], err);
  roi_free(targets);
  roi_free(u);
  roi_free(value);
  return status;
}
