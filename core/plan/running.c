/* Running products: base^e(p), exp(b (e(p) - m)) and exp(a + b e(p)) over consecutive periods, where e grows by the same step
 * each period, cost one multiplication a period instead of a power or an exponential.
 *
 * ACCURACY within 1e-13 relative of the direct formula, by three rules.
 * - Every ROI_RUNNING_RESTART = 64 periods the direct formula starts anew; a multiplication adds at most half a unit in the last
 *   place and the step's own error one (two with a step that is itself a power), so 64 of them stay below 3e-14.
 * - The kernels use the direct formula in every lane where the product leaves (1e-28, 1e28), so that the exponent stays below 65
 *   in size and its own rounding, which both ways share but place differently, below 3e-14; no product over- or underflows.
 * - STEP_EXP gives NaN for a step beyond e^8, and the constant term of a + b e must be at most 64, or its lane goes the direct
 *   way too (a NaN step makes the product NaN, which is outside the interval).
 * tests/unit/running_test.c measures it. */
#include <math.h>
#include <string.h>

#include "plan/lowering.h"

static const roi_node_row *row_of(const roi_graph *g, roi_node n) { return &g->nodes[n]; }
static roi_node arg_of(const roi_graph *g, roi_node n, uint32_t i) { return g->args[g->nodes[n].first_arg + i]; }

static int is_scalar(const roi_graph *g, roi_node n) { return row_of(g, n)->shape == ROI_SCALAR; }

/* 1 if the node is a series of plain numbers that grows evenly; its step. Between any two periods that one stretch of products may
 * span, the steps must lead to the exponent itself but for its rounding: b^x is kept only while |x log b| < 65, so that an
 * exponent off by 5e-16 of its size moves the power by 3.3e-14. */
static int grows_evenly(const roi_graph *g, roi_node n, const double *(*fixed)(void *, roi_node), void *data, double *step) {
  const roi_node_row *r = row_of(g, n);
  if (r->shape != ROI_SERIES_SHAPE || !(r->flags & ROI_FIXED) || g->horizon < r->start + 1u) return 0;
  const double *e = fixed(data, n);
  if (!e) return 0;
  *step = (e[g->horizon] - e[r->start]) / (double)(g->horizon - r->start);
  if (!isfinite(*step) || *step == 0.0) return 0;
  for (uint32_t from = r->start; from < g->horizon; from++)
    for (uint32_t k = 1; k < ROI_RUNNING_RESTART && from + k <= g->horizon; k++) {
      double size = fmax(fabs(e[from]), fabs(e[from + k]));
      if (!(fabs(e[from] + *step * (double)k - e[from + k]) <= 5e-16 * size)) return 0;
    }
  return 1;
}

/* T, T - m, m - T, T + m as a centre; 0 if the node is none of these. */
static int find_center(const roi_graph *g, roi_node n, const double *(*fixed)(void *, roi_node), void *data, roi_running *r) {
  if (grows_evenly(g, n, fixed, data, &r->step)) {
    r->exponent = n;
    return 1;
  }
  unsigned op = row_of(g, n)->op;
  if (op != ROI_ADD && op != ROI_SUB) return 0;
  for (uint32_t i = 0; i < 2; i++) {
    roi_node t = arg_of(g, n, i), m = arg_of(g, n, 1 - i);
    if (!is_scalar(g, m) || !grows_evenly(g, t, fixed, data, &r->step)) continue;
    r->exponent = t;
    r->other = m;
    r->negate_other = op == ROI_ADD;
    if (op == ROI_SUB && i == 1) r->negate = !r->negate;
    return 1;
  }
  return 0;
}

/* slope * X, X * slope, X / slope, or X alone, X as find_center says. */
static int find_product(const roi_graph *g, roi_node n, const double *(*fixed)(void *, roi_node), void *data, roi_running *r) {
  unsigned op = row_of(g, n)->op;
  if (op == ROI_MUL || op == ROI_DIV) {
    for (uint32_t i = 0; i < (op == ROI_MUL ? 2u : 1u); i++) {
      roi_node x = arg_of(g, n, i), slope = arg_of(g, n, 1 - i);
      if (!is_scalar(g, slope) || !find_center(g, x, fixed, data, r)) continue;
      r->base = slope;
      r->divide = op == ROI_DIV;
      return 1;
    }
  }
  return find_center(g, n, fixed, data, r);
}

static void find_exponential(const roi_graph *g, roi_node n, const double *(*fixed)(void *, roi_node), void *data, roi_running *r) {
  while (row_of(g, n)->op == ROI_NEG) {
    n = arg_of(g, n, 0);
    r->negate = !r->negate;
  }
  roi_running center = *r;
  if (find_product(g, n, fixed, data, &center)) {
    *r = center;
    r->kind = ROI_RUNNING_CENTER;
    return;
  }
  unsigned op = row_of(g, n)->op;
  if (op != ROI_ADD && op != ROI_SUB) return;
  for (uint32_t i = 0; i < 2; i++) {
    roi_running offset = *r;
    roi_node product = arg_of(g, n, i), term = arg_of(g, n, 1 - i);
    if (!is_scalar(g, term) || !find_product(g, product, fixed, data, &offset) || offset.other != ROI_NONE) continue;
    offset.kind = ROI_RUNNING_OFFSET;
    offset.other = term;
    offset.negate_other = r->negate != (op == ROI_SUB && i == 0);
    if (op == ROI_SUB && i == 1) offset.negate = !offset.negate;
    *r = offset;
    return;
  }
}

void roi_running_find(const roi_graph *g, roi_node node, const double *(*fixed)(void *, roi_node), void *data,
                      roi_running *found) {
  const roi_node_row *row = row_of(g, node);
  memset(found, 0, sizeof *found);
  found->base = found->other = found->exponent = ROI_NONE;
  if (row->shape != ROI_SERIES_SHAPE || (row->flags & ROI_FIXED)) return;
  if (row->op == ROI_POW) {
    roi_node base = arg_of(g, node, 0), exponent = arg_of(g, node, 1);
    if (!is_scalar(g, base) || !grows_evenly(g, exponent, fixed, data, &found->step)) return;
    found->kind = ROI_RUNNING_POW;
    found->base = base;
    found->exponent = exponent;
  } else if (row->op == ROI_EXP || row->op == ROI_SIGMOID) {
    found->negate = row->op == ROI_SIGMOID;
    find_exponential(g, arg_of(g, node, 0), fixed, data, found);
  }
}

static int32_t put_power(roi_lowering *l, const roi_running *r, double exponent, int32_t before, int32_t base) {
  int32_t one = roi_put_constant(l, 1.0);
  if (before == ROI_NO_OPERAND)
    return exponent == 1.0 ? base : roi_put2(l, ROI_K_POW, base, roi_put_constant(l, exponent));
  int32_t step = base;
  if (r->step == -1.0) step = roi_put2(l, ROI_K_DIV, one, base);
  else if (r->step != 1.0) step = roi_put2(l, ROI_K_POW, base, roi_put_constant(l, r->step));
  return roi_put(l, ROI_K_RUN_POW, before, step, base, 0, exponent, NULL);
}

/* The exponent as the script has it, for a division: by a slope that is 1 / base it would be rounded once more, too often where the
 * result is far from 1. */
static int32_t divided_exponent(roi_lowering *l, const roi_running *r, double exponent, int32_t base, int32_t other) {
  int center = r->kind == ROI_RUNNING_CENTER;
  int32_t x = roi_put_constant(l, exponent);
  if (center) x = roi_put2(l, ROI_K_SUB, x, other);
  x = roi_put2(l, ROI_K_DIV, x, base);
  if (r->negate) x = roi_put1(l, ROI_K_NEG, x);
  return center ? x : roi_put2(l, ROI_K_ADD, x, other);
}

static int32_t put_exponential(roi_lowering *l, const roi_running *r, double exponent, int32_t before, int32_t base, int32_t other) {
  int offset = r->kind == ROI_RUNNING_OFFSET;
  int32_t slope = r->divide ? roi_put2(l, ROI_K_DIV, roi_put_constant(l, 1.0), base) : base;
  if (r->negate) slope = roi_put1(l, ROI_K_NEG, slope);
  if (before == ROI_NO_OPERAND) {
    int32_t e = roi_put_constant(l, exponent);
    if (r->divide) return roi_put1(l, ROI_K_EXP, divided_exponent(l, r, exponent, base, other));
    if (offset) { /* a product that is NaN takes the kernel's own formula, whose product and sum are rounded apart as everywhere */
      int32_t nan = roi_put_constant(l, NAN);
      return roi_put(l, ROI_K_RUN_EXP_OFFSET, nan, nan, slope, other, exponent, NULL);
    }
    return roi_put1(l, ROI_K_EXP, roi_put2(l, ROI_K_MUL, slope, roi_put2(l, ROI_K_SUB, e, other)));
  }
  int32_t step = roi_put1(l, ROI_K_STEP_EXP, roi_put2(l, ROI_K_MUL, slope, roi_put_constant(l, r->step)));
  if (offset) {
    int32_t small = roi_put2(l, ROI_K_LE, roi_put1(l, ROI_K_ABS, other), roi_put_constant(l, 64.0));
    step = roi_put3(l, ROI_K_WHERE, small, step, roi_put_constant(l, NAN));
  }
  if (r->divide)
    return roi_put3(l, ROI_K_RUN_EXP, before, step, divided_exponent(l, r, exponent, base, other));
  return roi_put(l, offset ? ROI_K_RUN_EXP_OFFSET : ROI_K_RUN_EXP_CENTER, before, step, slope, other, exponent, NULL);
}

int32_t roi_running_put(roi_lowering *l, const roi_running *r, uint32_t period, double exponent, int32_t before, int32_t base,
                        int32_t other) {
  l->period = period;
  if (r->kind == ROI_RUNNING_POW) return put_power(l, r, exponent, before, base);
  if (r->negate_other) other = roi_put1(l, ROI_K_NEG, other);
  return put_exponential(l, r, exponent, before, base, other);
}
