/* kernels_periods.h - kernels that pick out periods, and what looks at whole flows. Part of kernels.c. */
#ifndef ROI_KERNEL_KERNELS_PERIODS_H
#define ROI_KERNEL_KERNELS_PERIODS_H

#include "base/state.h"
#include "kernel/kernels_map.h"
#include "math/irr.h"

INLINE vdouble first_step(vdouble found, vdouble cond, vdouble period) {
  const vdouble never = v_set(ROI_NEVER);
  vdouble now = v_select(v_eq(cond, v_set(0.0)), never, keep_nan(cond, period));
  return v_select(v_eq(found, never), now, found);
}

/* Payback in one column. The magnitude tells the first period p >= 1 in which the cumulative flow was not negative:
 * PAY_FAR - p, or 0 while there is none, so that the larger magnitude is the earlier period. The sign is set once the
 * cumulative flow has been negative. Before the first period the state is 0; a NaN takes its place for good. */
#define PAY_FAR 65536.0 /* above any period */

INLINE vdouble pay_step(vdouble state, vdouble flow, vdouble period) {
  const vdouble sign = v_set(-0.0);
  vdouble mark = v_select(v_le(v_set(1.0), period), v_sub(v_set(PAY_FAR), period), v_set(0.0));
  vdouble ahead = v_copysign(v_greater(mark, v_abs(state)), state); /* v_greater gives |state| where that is NaN */
  vdouble behind = v_copysign(state, sign);
  return keep_nan(state, keep_nan(flow, v_select(v_lt(flow, v_set(0.0)), behind, ahead)));
}
INLINE vdouble pay_end(vdouble state) {
  vdouble size = v_abs(state);
  vdouble period = v_select(v_eq(size, v_set(0.0)), v_set(ROI_NEVER), v_sub(v_set(PAY_FAR), size));
  vmask was_negative = v_lt(v_copysign(v_set(1.0), state), v_set(0.0));
  vdouble end = v_select(was_negative, period, v_set(roi_state_value(ROI_STATE_SELF_FUNDED)));
  return keep_nan(state, end);
}

/* A state is no period, so nothing is placed. */
INLINE vdouble at_step(vdouble a, vdouble b, vdouble imm) {
  vdouble placed = v_select(v_eq(v_ceil(a), imm), b, v_set(0.0));
  if (!RARELY(m_lanes(v_isnan(a)))) return placed;
  return keep_nan(each_lane2(a, a, nan_of), placed);
}

MAP_KERNEL(AT_STEP, 2, at_step(a, b, imm))
MAP_KERNEL(FIRST_STEP, 2, first_step(a, b, imm))
MAP_KERNEL(PAY_STEP, 2, pay_step(a, b, imm))
MAP_KERNEL(PAY_END, 1, pay_end(a))

static void kernel_IRR(const roi_block *block, const roi_instr *instr) {
  const roi_columns *flows = instr->aux;
  double *dst = column_of(block, instr->dst);
  for (size_t lane = 0; lane < block->lanes; lane++) {
    for (uint32_t p = 0; p < flows->n; p++) {
      block->scratch[p] = operand_lane(operand_of(block, flows->arg[p]), lane);
    }
    dst[lane] = roi_irr(block->scratch, flows->n, block->scratch + flows->n);
  }
}

static void kernel_EXTERN(const roi_block *block, const roi_instr *instr) {
  const roi_extern *ext = instr->aux;
  double *dst = column_of(block, instr->dst);
  if (ext->call(ext, block, dst) == 0) return;
  for (size_t lane = 0; lane < block->lanes; lane++) dst[lane] = (double)NAN;
}

#endif
