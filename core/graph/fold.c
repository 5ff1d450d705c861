#include "graph/fold.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/state.h"
#include "math/irr.h"

size_t roi_hash_text(const char *s) { /* FNV-1a */
  uint64_t h = UINT64_C(0xcbf29ce484222325);
  for (; *s; s++) h = (h ^ (unsigned char)*s) * UINT64_C(0x100000001b3);
  return (size_t)(h ^ (h >> 32));
}

double roi_interp_value(const double *xs, const double *ys, size_t n, double x) {
  if (isnan(x)) return x;
  if (x <= xs[0]) return ys[0];
  if (x >= xs[n - 1]) return ys[n - 1];
  size_t lo = 0, hi = n - 1; /* xs[lo] <= x < xs[hi], so that a given point gives its y exactly */
  while (hi - lo > 1) {
    size_t mid = lo + (hi - lo) / 2;
    if (xs[mid] <= x) lo = mid;
    else hi = mid;
  }
  double t = (x - xs[lo]) / (xs[hi] - xs[lo]);
  return fma(t, ys[hi] - ys[lo], ys[lo]);
}

static roi_node arg_of(const roi_graph *g, const roi_node_row *row, uint32_t i) { return g->args[row->first_arg + i]; }

/* The value of argument i in period p, whatever its shape; its series values are there already. */
static double arg_at(const roi_graph *g, const roi_node_row *row, uint32_t i, uint32_t p) {
  roi_node a = arg_of(g, row, i);
  const roi_node_row *r = &g->nodes[a];
  if (r->shape == ROI_SCALAR) return r->op == ROI_CONST ? r->value : g->fixed[a][0];
  return p < r->start ? 0.0 : g->fixed[a][p];
}

static double map_at(const roi_graph *g, const roi_node_row *row, uint32_t p) {
  double a[3];
  for (uint32_t i = 0; i < row->n_args; i++) a[i] = arg_at(g, row, i, p);
  if (row->op == ROI_INTERP) {
    const double *xs = g->data + row->first_data;
    return roi_interp_value(xs, xs + row->n_data / 2, row->n_data / 2, a[0]);
  }
  return roi_op_value((roi_opcode)row->op, a, row->n_args);
}

static double series_at(const roi_graph *g, const roi_node_row *row, uint32_t p, const double *before) {
  double a = row->op == ROI_SERIES || row->op == ROI_TIME ? 0.0 : arg_at(g, row, 0, p);
  switch (row->op) {
    case ROI_TIME: return p;
    case ROI_AT:
      if (isnan(a)) return roi_condition_of_nan(a, a, 0.0);
      return ceil(a) == (double)p ? arg_at(g, row, 1, p) : 0.0;
    case ROI_SERIES: return p - row->start < row->n_args ? arg_at(g, row, p - row->start, p) : 0.0;
    case ROI_LAG: return p >= (uint32_t)row->imm ? arg_at(g, row, 0, p - (uint32_t)row->imm) : 0.0;
    case ROI_DIFF: return p > row->start ? a - arg_at(g, row, 0, p - 1) : a;
    case ROI_CUMSUM: return before ? *before + a : a;
    case ROI_CUMPROD: return before ? *before * a : a;
    default: return map_at(g, row, p);
  }
}

static double payback(const double *cumulative, uint32_t start, uint32_t horizon) {
  double found = ROI_NEVER;
  int was_negative = 0;
  for (uint32_t p = start; p <= horizon; p++) {
    if (isnan(cumulative[p])) return cumulative[p];
    was_negative |= cumulative[p] < 0.0;
    if (p >= 1 && cumulative[p] >= 0.0 && found == ROI_NEVER) found = p;
  }
  return was_negative ? found : roi_state_value(ROI_STATE_SELF_FUNDED);
}

static double reduce(const roi_node_row *row, const double *x, uint32_t start, uint32_t horizon, double *scratch) {
  double r = x[start];
  switch (row->op) {
    case ROI_LAST: return x[horizon];
    case ROI_PAYBACK: return payback(x, start, horizon);
    case ROI_IRR: return roi_irr(x + start, horizon - start + 1, scratch);
    case ROI_FIRST:
      for (uint32_t p = start; p <= horizon; p++) {
        if (isnan(x[p])) return x[p];
        if (x[p] != 0.0) return p;
      }
      return ROI_NEVER;
    case ROI_MAX_OVER:
    case ROI_MIN_OVER:
      for (uint32_t p = start + 1; p <= horizon; p++) {
        double pair[2] = {r, x[p]};
        r = roi_op_value(row->op == ROI_MAX_OVER ? ROI_MAX : ROI_MIN, pair, 2);
      }
      return r;
    default: /* SUM, MEAN */
      for (uint32_t p = start + 1; p <= horizon; p++) r += x[p];
      return row->op == ROI_MEAN ? r / (double)(horizon - start + 1) : r;
  }
}

/* Room for values of nodes up to the graph's last. */
static int reserve(roi_graph *g) {
  if (g->n_fixed >= g->n_nodes) return 0;
  double **p = roi_resize(g->fixed, g->cap_nodes, sizeof *p);
  if (!p) return -1;
  memset(p + g->n_fixed, 0, (g->cap_nodes - g->n_fixed) * sizeof *p);
  g->fixed = p;
  g->n_fixed = g->cap_nodes;
  return 0;
}

/* The value of a scalar whose arguments have theirs. scratch is there if row is IRR. */
static double scalar_value(const roi_graph *g, const roi_node_row *row, double *scratch) {
  if (roi_op_rows[row->op].cls == ROI_MAP) return map_at(g, row, 0);
  roi_node a = arg_of(g, row, 0);
  uint32_t start = g->nodes[a].start;
  if (row->op == ROI_ELEMENT) return (uint32_t)row->imm < start ? 0.0 : g->fixed[a][row->imm];
  return reduce(row, g->fixed[a], start, g->horizon, scratch);
}

static roi_status need_scratch(const roi_graph *g, double **scratch, roi_error *err) {
  if (!*scratch) *scratch = roi_alloc(roi_irr_scratch(g->horizon + 1), sizeof **scratch);
  return *scratch ? ROI_OK : roi_fail_memory(err, "the internal rate of return");
}

/* Computes the values of one node whose arguments have theirs. */
static roi_status compute(roi_graph *g, roi_node node, double **scratch, roi_error *err) {
  const roi_node_row *row = &g->nodes[node];
  size_t n = row->shape == ROI_SERIES_SHAPE ? g->horizon + 1 : 1;
  double *x = roi_alloc_zero(n, sizeof *x);
  if (!x) return roi_fail_memory(err, "computing a series of plain numbers");
  if (row->op == ROI_IRR && need_scratch(g, scratch, err) != ROI_OK) return roi_free(x), ROI_ERR_MEMORY;
  if (n == 1) x[0] = scalar_value(g, row, *scratch);
  else
    for (uint32_t p = row->start; p <= g->horizon; p++) x[p] = series_at(g, row, p, p > row->start ? &x[p - 1] : NULL);
  g->fixed[node] = x;
  return ROI_OK;
}

/* Computes what the row's arguments need, deepest first, with a stack of its own since graphs may be deep. */
static roi_status compute_arguments(roi_graph *g, const roi_node_row *row, double **scratch, roi_error *err) {
  roi_node *stack = NULL;
  size_t depth = 0, capacity = 0;
  roi_status s = ROI_OK;
  for (uint32_t i = 0; i < row->n_args && s == ROI_OK; i++) {
    if (roi_grow((void **)&stack, depth, &capacity, sizeof *stack) != 0) s = roi_fail_memory(err, "folding constants");
    else stack[depth++] = arg_of(g, row, i);
    while (s == ROI_OK && depth > 0) {
      roi_node node = stack[depth - 1];
      const roi_node_row *r = &g->nodes[node];
      if (r->op == ROI_CONST || g->fixed[node]) {
        depth--;
        continue;
      }
      size_t before = depth;
      for (uint32_t k = 0; k < r->n_args && s == ROI_OK; k++) {
        roi_node a = arg_of(g, r, k);
        if (g->nodes[a].op == ROI_CONST || g->fixed[a]) continue;
        if (roi_grow((void **)&stack, depth, &capacity, sizeof *stack) != 0) s = roi_fail_memory(err, "folding constants");
        else stack[depth++] = a;
      }
      if (s == ROI_OK && depth == before) s = compute(g, node, scratch, err), depth--;
    }
  }
  roi_free(stack);
  return s;
}

roi_status roi_fold(roi_graph *g, const roi_node_row *row, double *value, roi_error *err) {
  double *scratch = NULL;
  if (reserve(g) != 0) return roi_fail_memory(err, "folding constants");
  roi_status s = compute_arguments(g, row, &scratch, err);
  if (s == ROI_OK && row->op == ROI_IRR) s = need_scratch(g, &scratch, err);
  if (s == ROI_OK) *value = scalar_value(g, row, scratch);
  roi_free(scratch);
  return s;
}
