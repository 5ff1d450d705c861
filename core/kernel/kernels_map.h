/* kernels_map.h - operands, and the loop of the kernels that are a function of their operands' vectors. Part of
 * kernels.c. */
#ifndef ROI_KERNEL_KERNELS_MAP_H
#define ROI_KERNEL_KERNELS_MAP_H

#include <stddef.h>

#include "kernel/kernel.h"

/* An operand to be read vector after vector; a constant stays where it is, for its copies fill a vector. */
typedef struct operand {
  const double *p;
  size_t step;
} operand;

static inline operand operand_of(const roi_block *block, int32_t arg) {
  if (arg >= 0) return (operand){block->columns + (size_t)arg * block->stride, VLANES};
  return (operand){block->constants + (size_t)~arg * ROI_CONST_COPIES, 0};
}
static inline double operand_lane(operand o, size_t lane) { return o.p[o.step ? lane : 0]; }

static inline double *column_of(const roi_block *block, int32_t dst) {
  return block->columns + (size_t)dst * block->stride;
}

#define INLINE static inline __attribute__((always_inline))
#define RARELY(condition) __builtin_expect((condition) != 0, 0)
#define ALL_LANES ((1u << VLANES) - 1u) /* m_lanes() of a mask that is true everywhere */

/* a where it is NaN, with its payload, else the result. */
INLINE vdouble keep_nan(vdouble a, vdouble result) { return v_select(v_isnan(a), a, result); }

/* Of several NaN operands the processor takes one or another, by the order in which the compiler had them; which
 * state comes out must not depend on that, so it is the first. */
INLINE vdouble settled(vdouble result, vdouble a, vdouble b, vdouble c) {
  return v_select(v_isnan(result), keep_nan(a, keep_nan(b, keep_nan(c, result))), result);
}

/* What a kernel does to one vector of each operand and the instruction's number. */
typedef vdouble (*lane_function)(vdouble a, vdouble b, vdouble c, vdouble d, vdouble imm);

/* The loop around f, for n operands. f, n and settle are constants where this is called, so that the whole is
 * inlined. Two vectors a turn, and all loads before the stores, for dst may be an operand. settle: f needs settled(),
 * of n <= 3 operands; one test for both vectors finds out. */
INLINE void map(const roi_block *block, const roi_instr *instr, int n, int settle, lane_function f) {
  operand a = operand_of(block, instr->arg[0]);
  operand b = n > 1 ? operand_of(block, instr->arg[1]) : a;
  operand c = n > 2 ? operand_of(block, instr->arg[2]) : b;
  operand d = n > 3 ? operand_of(block, instr->arg[3]) : c;
  const vdouble imm = v_set(instr->imm);
  double *dst = column_of(block, instr->dst), *end = dst + block->lanes;
  for (; dst < end; dst += 2 * VLANES) {
    vdouble a0 = v_load(a.p), a1 = v_load(a.p + a.step), b0 = v_load(b.p), b1 = v_load(b.p + b.step);
    vdouble c0 = v_load(c.p), c1 = v_load(c.p + c.step), d0 = v_load(d.p), d1 = v_load(d.p + d.step);
    vdouble first = f(a0, b0, c0, d0, imm), second = f(a1, b1, c1, d1, imm);
    if (settle && RARELY(m_lanes(v_unordered(first, second)))) {
      first = settled(first, a0, b0, c0);
      second = settled(second, a1, b1, c1);
    }
    v_store(dst, first);
    v_store(dst + VLANES, second);
    a.p += 2 * a.step;
    b.p += 2 * b.step;
    c.p += 2 * c.step;
    d.p += 2 * d.step;
  }
}

/* MAP_KERNEL(id, n, value): the kernel whose lanes are `value`, of the vectors a, b, c, d (the first n of them) and
 * imm. SETTLED_KERNEL: the same where an operation of the processor meets several operands that may be NaN. */
#define MAP_KERNEL(id, n, value) LANES_OF(id, n, 0, value)
#define SETTLED_KERNEL(id, n, value) LANES_OF(id, n, 1, value)
#define LANES_OF(id, n, settle, value)                                                        \
  INLINE vdouble lanes_##id(vdouble a, vdouble b, vdouble c, vdouble d, vdouble imm) {        \
    (void)a, (void)b, (void)c, (void)d, (void)imm;                                            \
    return value;                                                                             \
  }                                                                                           \
  static void kernel_##id(const roi_block *block, const roi_instr *instr) { map(block, instr, n, settle, lanes_##id); }

/* The value of each lane of a by a function of plain numbers, for what is too rare or too long for vectors. */
INLINE vdouble each_lane(vdouble a, double (*f)(double)) {
  _Alignas(64) double x[VLANES];
  v_store(x, a);
  for (int i = 0; i < VLANES; i++) x[i] = f(x[i]);
  return v_load(x);
}
INLINE vdouble each_lane2(vdouble a, vdouble b, double (*f)(double, double)) {
  _Alignas(64) double x[VLANES], y[VLANES];
  v_store(x, a);
  v_store(y, b);
  for (int i = 0; i < VLANES; i++) x[i] = f(x[i], y[i]);
  return v_load(x);
}

#endif
