/* kernels_arithmetic.h - arithmetic, elementary functions, conditions, running products. Part of kernels.c. */
#ifndef ROI_KERNEL_KERNELS_ARITHMETIC_H
#define ROI_KERNEL_KERNELS_ARITHMETIC_H

#include "base/state.h"
#include "kernel/kernels_map.h"
#include "math/scalar.h"

INLINE vdouble truth(vmask m) { return v_select(m, v_set(1.0), v_set(0.0)); }
/* Not 0; a state is not 0. */
INLINE vmask is_true(vdouble a) { return m_not(v_eq(a, v_set(0.0))); }

/* The condition over a and b, and a failed calculation's NaN where one of them is that. */
static double nan_of(double a, double b) { return roi_condition_of_nan(a, b, 0.0); }
INLINE vdouble condition(vmask holds, vdouble a, vdouble b) {
  vdouble result = truth(holds);
  if (!RARELY(m_lanes(v_unordered(a, b)))) return result;
  vdouble failed = each_lane2(a, b, nan_of);
  return keep_nan(failed, result);
}

INLINE vdouble round_away(vdouble a) {
  vdouble t = v_trunc(a);
  vmask up = v_le(v_set(0.5), v_abs(v_sub(a, t)));
  return v_select(up, v_add(t, v_copysign(v_set(1.0), a)), t);
}
/* v_lesser and v_greater give b where either is NaN. */
INLINE vdouble min_of(vdouble a, vdouble b) { return keep_nan(a, v_lesser(a, b)); }
INLINE vdouble max_of(vdouble a, vdouble b) { return keep_nan(a, v_greater(a, b)); }

MAP_KERNEL(COPY, 1, a)
MAP_KERNEL(NEG, 1, v_neg(a))
MAP_KERNEL(ABS, 1, v_abs(a))
MAP_KERNEL(FLOOR, 1, v_floor(a))
MAP_KERNEL(CEIL, 1, v_ceil(a))
MAP_KERNEL(ROUND, 1, round_away(a))
MAP_KERNEL(SQRT, 1, v_sqrt(a))
MAP_KERNEL(EXP, 1, v_exp(a))
MAP_KERNEL(LOG, 1, v_log(a))
MAP_KERNEL(LOG10, 1, v_log10(a))
MAP_KERNEL(LOG1P, 1, v_log1p(a))
MAP_KERNEL(EXPM1, 1, v_expm1(a))
MAP_KERNEL(SIN, 1, v_sin(a))
MAP_KERNEL(COS, 1, v_cos(a))
MAP_KERNEL(TAN, 1, v_tan(a))
MAP_KERNEL(TANH, 1, v_tanh(a))
MAP_KERNEL(ATAN, 1, v_atan(a))
MAP_KERNEL(NCDF, 1, v_mul(v_set(0.5), v_erfc(v_mul(v_neg(a), v_set(0.70710678118654752440)))))
MAP_KERNEL(NQUANT, 1, each_lane(a, roi_normal_quantile))
MAP_KERNEL(NOT, 1, condition(v_eq(a, v_set(0.0)), a, a))

SETTLED_KERNEL(ADD, 2, v_add(a, b))
SETTLED_KERNEL(SUB, 2, v_sub(a, b))
SETTLED_KERNEL(MUL, 2, v_mul(a, b))
SETTLED_KERNEL(DIV, 2, v_div(a, b))
MAP_KERNEL(MOD, 2, each_lane2(a, b, roi_mod))
SETTLED_KERNEL(IDIV, 2, v_floor(v_div(a, b)))
MAP_KERNEL(POW, 2, v_pow(a, b))
MAP_KERNEL(MIN, 2, min_of(a, b))
MAP_KERNEL(MAX, 2, max_of(a, b))

MAP_KERNEL(LT, 2, condition(v_lt(a, b), a, b))
MAP_KERNEL(LE, 2, condition(v_le(a, b), a, b))
MAP_KERNEL(EQ, 2, condition(v_eq(a, b), a, b))
MAP_KERNEL(NE, 2, condition(v_ne(a, b), a, b))
MAP_KERNEL(AND, 2, condition(m_and(is_true(a), is_true(b)), a, b))
MAP_KERNEL(OR, 2, condition(m_or(is_true(a), is_true(b)), a, b))
MAP_KERNEL(WHERE, 3, keep_nan(a, v_select(v_eq(a, v_set(0.0)), c, b)))
MAP_KERNEL(STATE, 2, v_select(v_eq(b, v_set(0.0)), v_set(roi_state_value(ROI_STATE_NO_COST)), a))

SETTLED_KERNEL(FMA, 3, v_fma(a, b, c))
SETTLED_KERNEL(FMS, 3, v_fms(a, b, c))
SETTLED_KERNEL(FNMA, 3, v_fnma(a, b, c))

/* Two or three operations in one: the same roundings, without the way through memory between them (plan/schedule.c). */
INLINE vdouble div_sum(vdouble a, vdouble b, vdouble c) {
  vdouble result = v_div(a, v_add(b, c));
  if (!RARELY(m_lanes(v_isnan(result)))) return result;
  vdouble sum = settled(v_add(b, c), b, c, c);
  return settled(v_div(a, sum), a, sum, sum);
}
INLINE vdouble mul_div_sum(vdouble a, vdouble b, vdouble c, vdouble d) {
  vdouble result = v_mul(a, v_div(b, v_add(c, d)));
  if (!RARELY(m_lanes(v_isnan(result)))) return result;
  vdouble quotient = div_sum(b, c, d);
  return settled(v_mul(a, quotient), a, quotient, quotient);
}
INLINE vdouble add_fnma(vdouble a, vdouble b, vdouble c, vdouble d) {
  vdouble result = v_add(a, v_fnma(b, c, d));
  if (!RARELY(m_lanes(v_isnan(result)))) return result;
  vdouble difference = settled(v_fnma(b, c, d), b, c, d);
  return settled(v_add(a, difference), a, difference, difference);
}

MAP_KERNEL(DIV_SUM, 3, div_sum(a, b, c))
MAP_KERNEL(MUL_DIV_SUM, 4, mul_div_sum(a, b, c, d))
MAP_KERNEL(ADD_FNMA, 4, add_fnma(a, b, c, d))

/* A running product is kept where it is far from overflow and underflow; elsewhere (and for NaN) the direct formula
 * is used. That is rare, so the formula is computed only for a vector that has such a lane. */
#define RUN_LEAST 1e-28
#define RUN_MOST 1e28
INLINE vmask run_is_safe(vdouble r) { return m_and(v_lt(v_set(RUN_LEAST), r), v_lt(r, v_set(RUN_MOST))); }

typedef vdouble (*direct_formula)(vdouble c, vdouble d, vdouble imm);

/* The loop of running products: what the direct formula needs is read only where it is needed. All loads come before the stores,
 * for dst may be an operand. */
INLINE void run(const roi_block *block, const roi_instr *instr, int n, int either_sign, direct_formula direct) {
  operand a = operand_of(block, instr->arg[0]), b = operand_of(block, instr->arg[1]), c = operand_of(block, instr->arg[2]);
  operand d = n > 3 ? operand_of(block, instr->arg[3]) : c;
  const vdouble imm = v_set(instr->imm);
  double *dst = column_of(block, instr->dst), *end = dst + block->lanes;
  for (; dst < end; dst += 2 * VLANES) {
    vdouble first = v_mul(v_load(a.p), v_load(b.p)), second = v_mul(v_load(a.p + a.step), v_load(b.p + b.step));
    vmask safe_first = run_is_safe(either_sign ? v_abs(first) : first);
    vmask safe_second = run_is_safe(either_sign ? v_abs(second) : second);
    if (RARELY((m_lanes(safe_first) & m_lanes(safe_second)) != ALL_LANES)) {
      first = v_select(safe_first, first, direct(v_load(c.p), v_load(d.p), imm));
      second = v_select(safe_second, second, direct(v_load(c.p + c.step), v_load(d.p + d.step), imm));
    }
    v_store(dst, first);
    v_store(dst + VLANES, second);
    a.p += 2 * a.step;
    b.p += 2 * b.step;
    c.p += 2 * c.step;
    d.p += 2 * d.step;
  }
}

#define RUN_KERNEL(id, n, either_sign, value)                                 \
  INLINE vdouble direct_##id(vdouble c, vdouble d, vdouble imm) {             \
    (void)c, (void)d, (void)imm;                                              \
    return value;                                                             \
  }                                                                           \
  static void kernel_##id(const roi_block *block, const roi_instr *instr) { run(block, instr, n, either_sign, direct_##id); }

INLINE vdouble exponent_center(vdouble c, vdouble d, vdouble imm) { return settled(v_mul(c, v_sub(imm, d)), c, d, d); }
INLINE vdouble exponent_offset(vdouble c, vdouble d, vdouble imm) { return settled(v_add(v_mul(c, imm), d), c, d, d); }
INLINE vdouble step_exp(vdouble a) {
  return keep_nan(a, v_select(v_le(v_abs(a), v_set(8.0)), v_exp(a), v_set((double)NAN)));
}

RUN_KERNEL(RUN_POW, 3, 1, v_pow(c, imm))
MAP_KERNEL(STEP_EXP, 1, step_exp(a))
RUN_KERNEL(RUN_EXP, 3, 0, v_exp(c))
RUN_KERNEL(RUN_EXP_CENTER, 4, 0, v_exp(exponent_center(c, d, imm)))
RUN_KERNEL(RUN_EXP_OFFSET, 4, 0, v_exp(exponent_offset(c, d, imm)))

/* Piecewise linear through the points, constant beyond the ends: roi_interp_value of graph/fold.h. */
INLINE vdouble interpolate(const roi_interp_table *t, vdouble a) {
  const uint64_t last = t->n - 1u;
  vint k = i_set(0); /* becomes the last point with x[k] <= a, or 0 */
  for (uint64_t n = t->n; n > 1;) {
    uint64_t half = n / 2;
    vint middle = k + i_set(half);
    k = i_select(v_le(v_gather(t->x, middle), a), middle, k);
    n -= half;
  }
  vmask inside = m_and(v_lt(v_set(t->x[0]), a), v_lt(a, v_set(t->x[last])));
  vdouble x0 = v_gather(t->x, k), y0 = v_gather(t->y, k);
  vint next = i_select(inside, k + i_set(1), k);
  vdouble x1 = v_gather(t->x, next), y1 = v_gather(t->y, next);
  vdouble between = v_fma(v_div(v_sub(a, x0), v_sub(x1, x0)), v_sub(y1, y0), y0);
  return v_select(inside, between, keep_nan(a, y0));
}

static void kernel_INTERP(const roi_block *block, const roi_instr *instr) {
  operand a = operand_of(block, instr->arg[0]);
  double *dst = column_of(block, instr->dst), *end = dst + block->lanes;
  for (; dst < end; dst += VLANES, a.p += a.step) v_store(dst, interpolate(instr->aux, v_load(a.p)));
}

#endif
