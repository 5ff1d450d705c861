/* kernels_sampling.h - uniforms and the quantile functions that turn them into draws. Part of kernels.c. */
#ifndef ROI_KERNEL_KERNELS_SAMPLING_H
#define ROI_KERNEL_KERNELS_SAMPLING_H

#include <string.h>

#include "kernel/kernels_map.h"
#include "math/philox.h"

#if defined(__clang__)
#define UNROLL _Pragma("unroll")
#else
#define UNROLL _Pragma("GCC unroll 16")
#endif

/* Philox with one counter a lane. Each word sits in the low half of a 64-bit lane; the upper half holds remains that
 * the multiplication does not look at. */
typedef struct philox_keys {
  vint k0[10], k1[10];
} philox_keys;

INLINE void philox_vector(vint x[4], const philox_keys *keys) {
  const vint m0 = i_set(ROI_PHILOX_M0), m1 = i_set(ROI_PHILOX_M1);
  UNROLL
  for (int round = 0; round < 10; round++) {
    vint p0 = i_mul32(x[0], m0), p1 = i_mul32(x[2], m1);
    x[0] = i_xor3(i_high(p1), x[1], keys->k0[round]);
    x[1] = p1;
    x[2] = i_xor3(i_high(p0), x[3], keys->k1[round]);
    x[3] = p0;
  }
}

/* (k + 1/2) / 2^52 of the top 52 bits k of the words high:low. */
INLINE vdouble unit_interval(vint low, vint high) {
  vdouble from_one = i_bits(i_pack32(low, high) >> 12 | v_bits(v_set(1.0)));
  return v_sub(from_one, v_set(1.0 - 0x1p-53)); /* exact */
}

static void kernel_UNIFORM(const roi_block *block, const roi_instr *instr) {
  const roi_stream *stream = instr->aux;
  double *dst = column_of(block, instr->dst);
  if (block->points && block->points[stream->index]) {
    memcpy(dst, block->points[stream->index], block->lanes * sizeof *dst);
    return;
  }
  const uint64_t seed = block->seeds ? block->seeds[stream->index] : block->seed;
  philox_keys keys;
  for (uint32_t round = 0; round < 10; round++) {
    keys.k0[round] = i_set((uint32_t)seed + round * ROI_PHILOX_W0);
    keys.k1[round] = i_set((uint32_t)(seed >> 32) + round * ROI_PHILOX_W1);
  }
  const vint period = i_set((uint32_t)(stream->period << 16));
  const vint name_low = i_set((uint32_t)stream->name_key), name_high = i_set(stream->name_key >> 32);
  for (uint32_t lane = 0; lane < block->lanes; lane += 2 * VLANES) { /* two trials to a counter */
    vint pair = i_count_pairs((block->first_trial + lane) / 2);
    vint x[4] = {pair, pair >> 32 | period, name_low, name_high};
    philox_vector(x, &keys);
    vdouble first, second;
    v_interleave(unit_interval(x[0], x[1]), unit_interval(x[2], x[3]), &first, &second);
    v_store(dst + lane, first);
    v_store(dst + lane + VLANES, second);
  }
}

static void kernel_MARGINAL(const roi_block *block, const roi_instr *instr) {
  const roi_stream *stream = instr->aux;
  operand a = operand_of(block, instr->arg[0]);
  const double *from = block->marginal ? block->marginal[stream->index] : NULL;
  double *dst = column_of(block, instr->dst);
  if (from) {
    memcpy(dst, from, block->lanes * sizeof *dst);
    return;
  }
  for (double *end = dst + block->lanes; dst < end; dst += VLANES, a.p += a.step) v_store(dst, v_load(a.p));
}

/* Puts the direct quantile in the lanes of `which` (bits). */
static void direct_lanes(const roi_distribution *d, vdouble u, unsigned which, double *dst) {
  _Alignas(64) double p[VLANES];
  v_store(p, u);
  for (int i = 0; i < VLANES; i++) {
    if (which >> i & 1u) dst[i] = roi_dist_quantile(d, p[i], 1.0 - p[i]);
  }
}

/* See dist/qtable.h for the layout. */
static void kernel_Q_TABLE(const roi_block *block, const roi_instr *instr) {
  const roi_qtable *table = instr->aux;
  const int m = table->m;
  const vint base = i_set(table->base), cells = i_set(table->cells), zero = i_set(0);
  const vint mantissa = i_set((UINT64_C(1) << 52) - 1), one = v_bits(v_set(1.0));
  const vdouble least = v_set(0x1p-17), half = v_set(0.5);
  operand a = operand_of(block, instr->arg[0]);
  double *dst = column_of(block, instr->dst), *end = dst + block->lanes;
  for (; dst < end; dst += VLANES, a.p += a.step) {
    vdouble u = v_load(a.p);
    vmask lower = v_lt(u, half);
    vdouble t = v_select(lower, u, v_sub(v_set(1.0), u));
    vmask inside = m_and(v_le(least, t), v_lt(t, half));
    vint index = (v_bits(t) >> (52 - m)) - base + i_select(lower, zero, cells);
    vdouble f = v_sub(i_bits(one | (v_bits(t) << m & mantissa)), v_set(1.0));
    vdouble c[8];
    v_rows(table->coef, i_select(inside, index, zero), c);
    vdouble y = c[7];
    UNROLL
    for (int k = 6; k >= 0; k--) y = v_fma(y, f, c[k]);
    v_store(dst, y);
    unsigned direct = m_lanes(m_or(m_not(inside), v_isnan(c[0])));
    if (RARELY(direct)) direct_lanes(table->dist, u, direct, dst);
  }
}

/* x whole, 0 <= x < 2^52. */
INLINE vint whole_number(vdouble x) { return v_bits(v_add(x, v_set(0x1p52))) ^ v_bits(v_set(0x1p52)); }

/* The first step whose cum reaches u, searched from the guide on. */
INLINE vint find_step(const roi_steps *steps, vdouble u) {
  const vdouble guides = v_set((double)steps->guides), last = v_set((double)(steps->guides - 1));
  vint i = i_gather32(steps->guide, whole_number(v_lesser(v_floor(v_mul(u, guides)), last)));
  for (;;) {
    vmask below = v_lt(v_gather(steps->cum, i), u);
    if (!m_lanes(below)) return i;
    i = i_select(below, i + i_set(1), i);
  }
}

static void kernel_Q_STEPS(const roi_block *block, const roi_instr *instr) {
  const roi_steps *steps = instr->aux;
  const vdouble from = v_set(steps->from), last = v_set(steps->n ? steps->cum[steps->n - 1] : 0.0);
  operand a = operand_of(block, instr->arg[0]);
  double *dst = column_of(block, instr->dst), *end = dst + block->lanes;
  for (; dst < end; dst += VLANES, a.p += a.step) {
    vdouble u = v_load(a.p);
    vmask inside = m_and(v_lt(from, u), v_le(u, last));
    unsigned direct = m_lanes(m_not(inside));
    if (direct != ALL_LANES) v_store(dst, v_gather(steps->value, find_step(steps, v_select(inside, u, v_set(0.0)))));
    if (RARELY(direct)) direct_lanes(steps->dist, u, direct, dst);
  }
}

/* See kernel.h for the table. Each half is computed from its own tail, so that the upper one is rounded once. */
INLINE vdouble copula(const roi_normal_tail *table, vdouble a) {
  vdouble t = v_abs(a);
  vmask inside = v_lt(t, v_set(ROI_TAIL_END));
  vdouble cell = v_select(inside, v_floor(v_mul(t, v_set(ROI_TAIL_WIDTH))), v_set(0.0));
  vdouble h = v_sub(t, v_mul(v_add(cell, v_set(0.5)), v_set(1.0 / ROI_TAIL_WIDTH)));
  vdouble c[8];
  v_rows((double (*)[8])(uintptr_t)table->coef, whole_number(cell), c);
  vdouble tail = c[7];
  UNROLL
  for (int k = 6; k >= 0; k--) tail = v_fma(tail, h, c[k]);
  tail = v_greater(v_select(inside, tail, v_set(0.0)), v_set(0x1p-53));
  return keep_nan(a, v_select(v_lt(a, v_set(0.0)), tail, v_sub(v_set(1.0), tail)));
}

static void kernel_COPULA(const roi_block *block, const roi_instr *instr) {
  operand a = operand_of(block, instr->arg[0]);
  double *dst = column_of(block, instr->dst), *end = dst + block->lanes;
  for (; dst < end; dst += VLANES, a.p += a.step) v_store(dst, copula(instr->aux, v_load(a.p)));
}

static void kernel_Q_DATA(const roi_block *block, const roi_instr *instr) {
  const roi_distribution *d = instr->aux;
  const vdouble n = v_set((double)d->n_par), last = v_set((double)(d->n_par - 1)), zero = v_set(0.0);
  operand a = operand_of(block, instr->arg[0]);
  double *dst = column_of(block, instr->dst), *end = dst + block->lanes;
  for (; dst < end; dst += VLANES, a.p += a.step) {
    vdouble rank = v_sub(v_ceil(v_mul(v_load(a.p), n)), v_set(1.0));
    v_store(dst, v_gather(d->par, whole_number(v_greater(v_lesser(rank, last), zero))));
  }
}

/* With the mode at or near a bound the other side's root reaches up to that bound, and its distance from it is the difference of
 * two like numbers: width - s, written width (rise + u fall) / (width + s) at min, likewise at max. Where the tail beyond is
 * above 1e-8 the difference keeps more digits than are promised, so the division is rare. */
INLINE vdouble triangular_far(vmask left, vdouble u, vdouble a, vdouble mode, vdouble b, vdouble s, vdouble x) {
  vdouble width = v_sub(b, a), rise = v_sub(mode, a), fall = v_sub(b, mode), sum = v_add(width, s);
  vdouble from_min = v_mul(width, v_div(v_fma(u, fall, rise), sum));
  vdouble from_max = v_mul(width, v_div(v_fma(v_sub(v_set(1.0), u), rise, fall), sum));
  vdouble far = v_select(left, v_sub(b, from_max), v_add(a, from_min));
  return v_select(v_lt(v_set(0.0), width), far, x);
}

/* Either side of the mode is a square root of its own; the operands are chosen first so that one root is taken. Each
 * side is held at the mode, so that rounding leaves the whole monotone and inside [a, b]. */
INLINE vdouble triangular(vdouble u, vdouble a, vdouble mode, vdouble b) {
  vdouble width = v_sub(b, a), rise = v_sub(mode, a);
  vmask left = v_lt(v_mul(u, width), rise);
  vdouble p = v_select(left, u, v_sub(v_set(1.0), u)), part = v_select(left, rise, v_sub(b, mode));
  vdouble s = v_sqrt(v_mul(v_mul(p, width), part));
  vdouble x = v_select(left, v_lesser(v_add(a, s), mode), v_greater(v_sub(b, s), mode));
  vdouble beyond = v_select(left, v_sub(v_set(1.0), u), u);
  vmask far = v_lt(beyond, v_set(1e-8));
  if (RARELY(m_lanes(far))) x = v_select(far, triangular_far(left, u, a, mode, b, s, x), x);
  vmask valid = m_and(m_and(v_le(a, mode), v_le(mode, b)), v_lt(width, v_set((double)INFINITY)));
  if (!RARELY(m_lanes(valid) != ALL_LANES)) return x;
  vdouble nan = keep_nan(a, keep_nan(mode, keep_nan(b, v_set((double)NAN))));
  return v_select(valid, x, nan);
}
/* 1 for the upper part of the uniform, so that the value rises with it. */
INLINE vdouble bernoulli(vdouble u, vdouble p) {
  const vdouble one = v_set(1.0);
  vmask valid = m_and(v_le(v_set(0.0), p), v_le(p, one));
  vdouble nan = keep_nan(p, v_set((double)NAN));
  return v_select(valid, v_select(v_lt(v_sub(one, p), u), one, v_set(0.0)), nan);
}

MAP_KERNEL(Q_TRIANGULAR, 4, triangular(a, b, c, d))
MAP_KERNEL(Q_BERNOULLI, 2, bernoulli(a, b))

static void kernel_Q_DIRECT(const roi_block *block, const roi_instr *instr) {
  const roi_direct *direct = instr->aux;
  operand a = operand_of(block, instr->arg[0]);
  double *dst = column_of(block, instr->dst);
  for (size_t lane = 0; lane < block->lanes; lane++) {
    for (uint32_t k = 0; k < direct->params.n; k++) {
      block->scratch[k] = operand_lane(operand_of(block, direct->params.arg[k]), lane);
    }
    dst[lane] = direct->value(direct, block->scratch, operand_lane(a, lane));
  }
}

#endif
