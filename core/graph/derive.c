/* What a node's op and arguments make of it: shape, start, flags; and the rules that they must keep. The constructors build with
 * it and the validator repeats it, so that a graph from elsewhere can't claim what its nodes don't bear out. */
#include <math.h>

#include "base/error.h"
#include "base/state.h"
#include "dist/dist.h"
#include "graph/graph.h"

static roi_status broken(roi_error *err, const roi_node_row *row, const char *rule) {
  return roi_fail(err, ROI_ERR_MODEL, "%s: %s", roi_op_rows[row->op].name, rule);
}

/* An argument of the row. */
static const roi_node_row *arg(const roi_graph *g, const roi_node_row *row, uint32_t i) {
  return &g->nodes[g->args[row->first_arg + i]];
}

static int is_comparison(unsigned op) {
  return (op >= ROI_LT && op <= ROI_OR) || op == ROI_NOT;
}

/* Flags of an element-by-element operation. A minimum is never only if all that it is of are: what is cut off at a number, as the
 * curves that begin at a gate are, is a number again. */
static unsigned map_flags(const roi_graph *g, const roi_node_row *row) {
  unsigned never = 0, always = ROI_MAY_NEVER, condition = ROI_CONDITION;
  uint32_t first = row->op == ROI_WHERE ? 1 : 0, last = row->op == ROI_STATE ? 1 : row->n_args;
  for (uint32_t i = first; i < last; i++) {
    never |= arg(g, row, i)->flags & ROI_MAY_NEVER;
    always &= arg(g, row, i)->flags;
    condition &= arg(g, row, i)->flags;
  }
  if (row->op == ROI_MIN) never = always;
  if (is_comparison(row->op)) return ROI_CONDITION;
  if (row->op == ROI_INTERP) return 0;
  int keeps = row->op == ROI_WHERE || row->op == ROI_MUL || row->op == ROI_MIN || row->op == ROI_MAX;
  return never | (keeps ? condition : 0u);
}

static roi_status derive_map(const roi_graph *g, roi_node_row *row, roi_error *err) {
  row->shape = ROI_SCALAR;
  row->start = 0;
  for (uint32_t i = 0; i < row->n_args; i++) {
    const roi_node_row *a = arg(g, row, i);
    if (a->shape == ROI_DIST_SHAPE) return broken(err, row, "a distribution is not a number: draw from it first");
    if (a->shape != ROI_SERIES_SHAPE) continue;
    if (row->shape == ROI_SCALAR || a->start < row->start) row->start = a->start;
    row->shape = ROI_SERIES_SHAPE;
  }
  if (row->op == ROI_INTERP) {
    uint32_t n = row->n_data / 2;
    if (n < 1 || row->n_data % 2) return broken(err, row, "needs as many xs as ys, at least one");
    const double *x = g->data + row->first_data;
    for (uint32_t i = 0; i < row->n_data; i++)
      if (!isfinite(x[i])) return broken(err, row, "every point must be finite");
    for (uint32_t i = 1; i < n; i++)
      if (!(x[i - 1] < x[i])) return broken(err, row, "the xs must rise");
  }
  row->flags = (uint8_t)map_flags(g, row);
  return ROI_OK;
}

static roi_status derive_shape(const roi_graph *g, roi_node_row *row, roi_error *err) {
  const roi_node_row *a = arg(g, row, 0);
  unsigned keep = a->flags & (ROI_MAY_NEVER | ROI_CONDITION);
  row->start = 0;
  switch (row->op) {
    case ROI_ELEMENT:
      if (a->shape != ROI_SERIES_SHAPE) return broken(err, row, "only a series has periods");
      if (row->imm < 0 || row->imm > (int32_t)g->horizon)
        return roi_fail(err, ROI_ERR_MODEL, "period %d is outside 0 to the horizon, %u", row->imm, g->horizon);
      row->shape = ROI_SCALAR;
      break;
    case ROI_AT:
      if (a->shape != ROI_SCALAR) return broken(err, row, "the period must be a scalar");
      if (arg(g, row, 1)->shape == ROI_DIST_SHAPE) return broken(err, row, "a distribution is not a number: draw from it first");
      row->shape = ROI_SERIES_SHAPE;
      keep = arg(g, row, 1)->flags & (ROI_MAY_NEVER | ROI_CONDITION);
      break;
    case ROI_SERIES:
      if (row->imm != 0 && row->imm != 1) return broken(err, row, "must begin at period 0 or 1");
      if (row->n_args > g->horizon + 1 - (uint32_t)row->imm)
        return roi_fail(err, ROI_ERR_MODEL, "series: %u values, but periods %d to %u are only %u", row->n_args, row->imm,
                        g->horizon, g->horizon + 1 - (uint32_t)row->imm);
      keep = ROI_CONDITION;
      for (uint32_t i = 0; i < row->n_args; i++) {
        if (arg(g, row, i)->shape != ROI_SCALAR) return broken(err, row, "every value must be a number or a scalar");
        keep = (keep & arg(g, row, i)->flags & ROI_CONDITION) | ((keep | arg(g, row, i)->flags) & ROI_MAY_NEVER);
      }
      row->shape = ROI_SERIES_SHAPE;
      row->start = (uint8_t)row->imm;
      break;
    default: /* LAG */
      if (a->shape != ROI_SERIES_SHAPE) return broken(err, row, "needs a series");
      if (row->imm < 0) return broken(err, row, "the number of periods must be 0 or more");
      row->shape = ROI_SERIES_SHAPE;
      row->start = a->start;
  }
  row->flags = (uint8_t)keep;
  return ROI_OK;
}

static roi_status derive_over_series(const roi_graph *g, roi_node_row *row, roi_error *err) {
  const roi_node_row *a = arg(g, row, 0);
  if (a->shape != ROI_SERIES_SHAPE) return broken(err, row, "needs a series, one number a period");
  int scan = roi_op_rows[row->op].cls == ROI_SCAN;
  row->shape = scan ? ROI_SERIES_SHAPE : ROI_SCALAR;
  row->start = scan ? a->start : 0;
  unsigned keep = a->flags & ROI_MAY_NEVER;
  if (row->op == ROI_LAST || row->op == ROI_MAX_OVER || row->op == ROI_MIN_OVER || row->op == ROI_CUMPROD)
    keep |= a->flags & ROI_CONDITION;
  if (row->op == ROI_FIRST || row->op == ROI_PAYBACK) keep = ROI_MAY_NEVER;
  row->flags = (uint8_t)keep;
  return ROI_OK;
}

static roi_status derive_family(const roi_graph *g, const roi_node_row *row, roi_error *err) {
  if (row->family >= ROI_FAMILY_COUNT || row->form >= ROI_FORM_COUNT) return broken(err, row, "unknown family or form");
  if (roi_dist_offers((roi_family)row->family, (roi_form)row->form, err) != ROI_OK) return ROI_ERR_MODEL;
  const roi_family_row *f = roi_family_get((roi_family)row->family);
  uint32_t least = (uint32_t)f->min_args, most = f->max_args < 0 ? UINT32_MAX : (uint32_t)f->max_args;
  if (row->form == ROI_FORM_QUANTILES) least = most = 4;
  if (row->form == ROI_FORM_MEAN_SD) least = most = 2;
  if (row->n_args < least || row->n_args > most)
    return roi_fail(err, ROI_ERR_MODEL, "%s(%s): %u parameters given", f->name, f->params, row->n_args);
  if ((row->family == ROI_FAMILY_EMPIRICAL) != (row->n_data > 0))
    return broken(err, row, "data go with an empirical distribution, which needs at least one value");
  for (uint32_t i = 0; i < row->n_data; i++) {
    double x = g->data[row->first_data + i];
    if (!isfinite(x) || (i > 0 && g->data[row->first_data + i - 1] > x)) return broken(err, row, "data must be finite and sorted");
  }
  return ROI_OK;
}

static roi_status derive_dist(const roi_graph *g, roi_node_row *row, roi_error *err) {
  int depth = 1, parts = 1;
  row->shape = ROI_DIST_SHAPE;
  row->start = 0;
  row->flags = 0;
  if (row->op == ROI_MIXTURE && row->n_args % 2) return broken(err, row, "needs a weight for every distribution");
  for (uint32_t i = 0; i < row->n_args; i++) {
    const roi_node_row *a = arg(g, row, i);
    int wants_dist = row->op == ROI_MIXTURE ? i % 2 == 1 : row->op != ROI_DIST && i == 0;
    if ((a->shape == ROI_DIST_SHAPE) != wants_dist)
      return broken(err, row, wants_dist ? "needs a distribution" : "a parameter must be a number, not a distribution");
    if (a->shape == ROI_SERIES_SHAPE || (a->flags & ROI_BY_PERIOD)) row->flags = ROI_BY_PERIOD;
    if (a->shape != ROI_DIST_SHAPE) continue;
    if (roi_dist_depth(a) >= depth) depth = roi_dist_depth(a) + 1;
    parts += roi_dist_parts(a);
    if (depth > ROI_DIST_MAX_DEPTH || parts > ROI_DIST_MAX_PARTS)
      return roi_fail(err, ROI_ERR_MODEL, "%s: a distribution may be built of at most %d parts, nested at most %d deep",
                      roi_op_rows[row->op].name, ROI_DIST_MAX_PARTS, ROI_DIST_MAX_DEPTH);
  }
  row->imm = parts << 8 | depth;
  return row->op == ROI_DIST ? derive_family(g, row, err) : ROI_OK;
}

static roi_status derive_leaf(const roi_graph *g, roi_node_row *row, roi_error *err) {
  unsigned each = row->flags & ROI_EACH_PERIOD;
  row->shape = ROI_SCALAR;
  row->start = 0;
  row->flags = 0;
  switch (row->op) {
    case ROI_CONST:
      if (isnan(row->value) && roi_state_of(row->value) == ROI_STATE_NONE) return broken(err, row, "not a number");
      row->flags = row->value == 0.0 || row->value == 1.0 ? ROI_CONDITION : row->value == INFINITY ? ROI_MAY_NEVER : 0;
      return ROI_OK;
    case ROI_TIME:
      if (row->imm != 0 && row->imm != 1) return broken(err, row, "must begin at period 0 or 1");
      row->shape = ROI_SERIES_SHAPE;
      row->start = (uint8_t)row->imm;
      return ROI_OK;
    case ROI_PROMISE:
      if (row->imm < ROI_PROMISE_SCALAR || row->imm > ROI_PROMISE_PERIOD) return broken(err, row, "unknown shape");
      if (row->imm == ROI_PROMISE_FROM_0 || row->imm == ROI_PROMISE_FROM_1) row->shape = ROI_SERIES_SHAPE;
      row->start = row->imm == ROI_PROMISE_FROM_1;
      row->flags = row->imm == ROI_PROMISE_PERIOD ? ROI_MAY_NEVER : 0;
      return ROI_OK;
    case ROI_DRAW:
      if (arg(g, row, 0)->shape != ROI_DIST_SHAPE) return broken(err, row, "needs a distribution");
      if (row->name == 0) return broken(err, row, "needs a name");
      if (!each && (arg(g, row, 0)->flags & ROI_BY_PERIOD))
        return broken(err, row, "a parameter that varies by period needs roi.each_period(...)");
      row->flags = (uint8_t)(each | (arg(g, row, 0)->family == ROI_FAMILY_BERNOULLI && arg(g, row, 0)->op == ROI_DIST
                                         ? (unsigned)ROI_CONDITION : 0u));
      if (each) row->shape = ROI_SERIES_SHAPE, row->start = 1;
      return ROI_OK;
    default: /* EXTERN */
      if (row->name == 0) return broken(err, row, "needs a name");
      for (uint32_t i = 0; i < row->n_args; i++)
        if (arg(g, row, i)->shape == ROI_DIST_SHAPE) return broken(err, row, "an argument must be a number, scalar or series");
      return ROI_OK;
  }
}

roi_status roi_node_derive(const roi_graph *g, roi_node_row *row, roi_error *err) {
  if (row->op >= ROI_OP_COUNT) return roi_fail(err, ROI_ERR_MODEL, "unknown operation %u", row->op);
  const roi_op_row *op = &roi_op_rows[row->op];
  if (row->n_args < (uint32_t)op->min_args || (op->max_args >= 0 && row->n_args > (uint32_t)op->max_args))
    return roi_fail(err, ROI_ERR_MODEL, "%s: %u arguments given", op->name, row->n_args);
  roi_status s = ROI_OK;
  switch (op->cls) {
    case ROI_LEAF: s = derive_leaf(g, row, err); break;
    case ROI_MAP: s = derive_map(g, row, err); break;
    case ROI_SHAPE: s = derive_shape(g, row, err); break;
    case ROI_SCAN:
    case ROI_REDUCE: s = derive_over_series(g, row, err); break;
    case ROI_DIST_CLASS: s = derive_dist(g, row, err); break;
  }
  if (s != ROI_OK) return s;
  int fixed = row->op != ROI_DRAW && row->op != ROI_EXTERN && row->op != ROI_PROMISE;
  for (uint32_t i = 0; i < row->n_args; i++) fixed &= (arg(g, row, i)->flags & ROI_FIXED) != 0;
  if (fixed && !(row->flags & ROI_BY_PERIOD)) row->flags |= ROI_FIXED; /* a distribution of each period is no constant */
  return ROI_OK;
}
