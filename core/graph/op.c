#include <math.h>
#include <string.h>

#include "base/state.h"
#include "graph/graph.h"
#include "math/scalar.h"

enum { LEAF = ROI_LEAF, MAP = ROI_MAP, SHAPE = ROI_SHAPE, SCAN = ROI_SCAN, REDUCE = ROI_REDUCE, DIST = ROI_DIST_CLASS };

const roi_op_row roi_op_rows[ROI_OP_COUNT] = {
#define ROI_OP(id, name, min_args, max_args, cls, doc) {name, min_args, max_args, (roi_class)cls, doc},
#include "graph/op.def"
#undef ROI_OP
};

const char *const roi_period_names[ROI_PERIOD_COUNT] = {"week", "month", "quarter", "year"};
const double roi_periods_per_year[ROI_PERIOD_COUNT] = {52.0, 12.0, 4.0, 1.0};

int roi_op_find(const char *name) {
  for (int i = 0; i < ROI_OP_COUNT; i++)
    if (strcmp(roi_op_rows[i].name, name) == 0) return i;
  return -1;
}

static double truth(int condition) { return condition ? 1.0 : 0.0; }

static double condition(double a, double b, int holds) {
  return isnan(a) || isnan(b) ? roi_condition_of_nan(a, b, truth(holds)) : truth(holds);
}

/* NaN if either is, a's first, so that a state is never lost in a minimum. */
static double smaller(double a, double b) { return isnan(a) ? a : isnan(b) ? b : a < b ? a : b; }
static double larger(double a, double b) { return isnan(a) ? a : isnan(b) ? b : a > b ? a : b; }

static double one_argument(roi_opcode op, double a) {
  switch (op) {
    case ROI_NEG: return -a;
    case ROI_ABS: return fabs(a);
    case ROI_FLOOR: return floor(a);
    case ROI_CEIL: return ceil(a);
    case ROI_ROUND: return roi_round(a);
    case ROI_SQRT: return sqrt(a);
    case ROI_EXP: return roi_exp(a);
    case ROI_LOG: return roi_log(a);
    case ROI_LOG10: return roi_log10(a);
    case ROI_LOG1P: return roi_log1p(a);
    case ROI_EXPM1: return roi_expm1(a);
    case ROI_SIN: return roi_sin(a);
    case ROI_COS: return roi_cos(a);
    case ROI_TAN: return roi_tan(a);
    case ROI_TANH: return roi_tanh(a);
    case ROI_ATAN: return roi_atan(a);
    case ROI_SIGMOID: return roi_sigmoid(a);
    case ROI_NCDF: return roi_normal_cdf(a);
    case ROI_NQUANT: return roi_normal_quantile(a);
    case ROI_NOT: return isnan(a) ? roi_condition_of_nan(a, a, 0.0) : truth(a == 0.0);
    default: return NAN;
  }
}

static double two_arguments(roi_opcode op, double a, double b) {
  switch (op) {
    case ROI_ADD: return a + b;
    case ROI_SUB: return a - b;
    case ROI_MUL: return a * b;
    case ROI_DIV: return a / b;
    case ROI_MOD: return roi_mod(a, b);
    case ROI_IDIV: return roi_idiv(a, b);
    case ROI_POW: return roi_pow(a, b);
    case ROI_MIN: return smaller(a, b);
    case ROI_MAX: return larger(a, b);
    case ROI_LT: return condition(a, b, a < b);
    case ROI_LE: return condition(a, b, a <= b);
    case ROI_GT: return condition(a, b, a > b);
    case ROI_GE: return condition(a, b, a >= b);
    case ROI_EQ: return condition(a, b, a == b);
    case ROI_NE: return condition(a, b, a < b || a > b);
    case ROI_AND: return condition(a, b, a != 0.0 && b != 0.0);
    case ROI_OR: return condition(a, b, a != 0.0 || b != 0.0);
    case ROI_STATE: return b != 0.0 ? a : roi_state_value(ROI_STATE_NO_COST);
    default: return NAN;
  }
}

double roi_op_value(roi_opcode op, const double *a, size_t n) {
  if (op == ROI_WHERE) return isnan(a[0]) ? a[0] : a[0] != 0.0 ? a[1] : a[2];
  return n == 1 ? one_argument(op, a[0]) : two_arguments(op, a[0], a[1]);
}
