/* simd_baseline.h - a vector of one lane in portable C: the reference for the bits of the other sets.
 *
 * Every simd_*.h defines the same names: the types vdouble, vint (64-bit, unsigned) and vmask, VLANES, and the
 * functions below. Integer vectors also take the operators + - & | ^ << >> of C. */
#ifndef ROI_KERNEL_SIMD_BASELINE_H
#define ROI_KERNEL_SIMD_BASELINE_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "math/scalar.h"

#define VLANES 1
typedef double vdouble;
typedef uint64_t vint;
typedef int vmask;

static inline vdouble v_load(const double *p) { return *p; }
static inline void v_store(double *p, vdouble a) { *p = a; }
static inline vdouble v_set(double x) { return x; }

static inline vdouble v_add(vdouble a, vdouble b) { return a + b; }
static inline vdouble v_sub(vdouble a, vdouble b) { return a - b; }
static inline vdouble v_mul(vdouble a, vdouble b) { return a * b; }
static inline vdouble v_div(vdouble a, vdouble b) { return a / b; }
static inline vdouble v_fma(vdouble a, vdouble b, vdouble c) { return fma(a, b, c); }   /* a * b + c */
static inline vdouble v_fms(vdouble a, vdouble b, vdouble c) { return fma(a, b, -c); }  /* a * b - c */
static inline vdouble v_fnma(vdouble a, vdouble b, vdouble c) { return fma(-a, b, c); } /* c - a * b */
static inline vdouble v_sqrt(vdouble a) { return sqrt(a); }
static inline vdouble v_neg(vdouble a) { return -a; }
static inline vdouble v_abs(vdouble a) { return fabs(a); }
static inline vdouble v_copysign(vdouble a, vdouble sign) { return copysign(a, sign); }
static inline vdouble v_floor(vdouble a) { return floor(a); }
static inline vdouble v_ceil(vdouble a) { return ceil(a); }
static inline vdouble v_trunc(vdouble a) { return trunc(a); }
/* b where either is NaN or they are equal, as x86 has it. */
static inline vdouble v_lesser(vdouble a, vdouble b) { return a < b ? a : b; }
static inline vdouble v_greater(vdouble a, vdouble b) { return a > b ? a : b; }

static inline vmask v_lt(vdouble a, vdouble b) { return a < b; }
static inline vmask v_le(vdouble a, vdouble b) { return a <= b; }
static inline vmask v_eq(vdouble a, vdouble b) { return a == b; }
static inline vmask v_ne(vdouble a, vdouble b) { return a < b || a > b; } /* 0 for NaN */
static inline vmask v_unordered(vdouble a, vdouble b) { return isnan(a) || isnan(b); } /* either is NaN */
static inline vmask v_isnan(vdouble a) { return isnan(a); }
static inline vmask m_and(vmask a, vmask b) { return a && b; }
static inline vmask m_or(vmask a, vmask b) { return a || b; }
static inline vmask m_not(vmask a) { return !a; }
static inline unsigned m_lanes(vmask a) { return a ? 1u : 0u; } /* bit i: lane i is true */
static inline vdouble v_select(vmask m, vdouble a, vdouble b) { return m ? a : b; }
static inline vint i_select(vmask m, vint a, vint b) { return m ? a : b; }

static inline vint v_bits(vdouble a) {
  vint b;
  memcpy(&b, &a, sizeof b);
  return b;
}
static inline vdouble i_bits(vint a) {
  vdouble b;
  memcpy(&b, &a, sizeof b);
  return b;
}
static inline vint i_set(uint64_t x) { return x; }
/* The product of the low halves; the high half in the low one's place, anything above it. */
static inline vint i_mul32(vint a, vint b) { return (uint64_t)(uint32_t)a * (uint32_t)b; }
static inline vint i_high(vint a) { return a >> 32; }
static inline vint i_xor3(vint a, vint b, vint c) { return a ^ b ^ c; }
/* The low halves of a and b as one: b's above a's. */
static inline vint i_pack32(vint a, vint b) { return (a & UINT32_MAX) | b << 32; }
/* first, first + 1, ... in such an order that interleave() of their even and odd results is in the order of the
 * trials. */
static inline vint i_count_pairs(uint64_t first) { return first; }
static inline void v_interleave(vdouble even, vdouble odd, vdouble *first, vdouble *second) {
  *first = even;
  *second = odd;
}

static inline vdouble v_gather(const double *p, vint index) { return p[index]; }
static inline vint i_gather32(const uint32_t *p, vint index) { return p[index]; }
/* Rows of eight, one for each lane, as eight vectors: c[k] has rows[index][k]. */
static inline void v_rows(double (*rows)[8], vint index, vdouble c[8]) {
  for (int k = 0; k < 8; k++) c[k] = rows[index][k];
}

static inline vdouble v_exp(vdouble a) { return roi_exp(a); }
static inline vdouble v_log(vdouble a) { return roi_log(a); }
static inline vdouble v_log10(vdouble a) { return roi_log10(a); }
static inline vdouble v_log1p(vdouble a) { return roi_log1p(a); }
static inline vdouble v_expm1(vdouble a) { return roi_expm1(a); }
static inline vdouble v_sin(vdouble a) { return roi_sin(a); }
static inline vdouble v_cos(vdouble a) { return roi_cos(a); }
static inline vdouble v_tan(vdouble a) { return roi_tan(a); }
static inline vdouble v_tanh(vdouble a) { return roi_tanh(a); }
static inline vdouble v_atan(vdouble a) { return roi_atan(a); }
static inline vdouble v_erfc(vdouble a) { return roi_erfc(a); }
static inline vdouble v_pow(vdouble a, vdouble b) { return roi_pow(a, b); }

#endif
