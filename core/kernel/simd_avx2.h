/* simd_avx2.h - vectors of four lanes with AVX2 and FMA; see simd_baseline.h for what each name means. */
#ifndef ROI_KERNEL_SIMD_AVX2_H
#define ROI_KERNEL_SIMD_AVX2_H

#include <immintrin.h>
#include <sleef.h>
#include <stdint.h>

#define VLANES 4
typedef __m256d vdouble;
typedef uint64_t vint __attribute__((vector_size(32)));
typedef __m256d vmask; /* all bits of a lane set or none */

static inline vdouble v_load(const double *p) { return _mm256_load_pd(p); }
static inline void v_store(double *p, vdouble a) { _mm256_store_pd(p, a); }
static inline vdouble v_set(double x) { return _mm256_set1_pd(x); }

static inline vdouble v_add(vdouble a, vdouble b) { return _mm256_add_pd(a, b); }
static inline vdouble v_sub(vdouble a, vdouble b) { return _mm256_sub_pd(a, b); }
static inline vdouble v_mul(vdouble a, vdouble b) { return _mm256_mul_pd(a, b); }
static inline vdouble v_div(vdouble a, vdouble b) { return _mm256_div_pd(a, b); }
static inline vdouble v_fma(vdouble a, vdouble b, vdouble c) { return _mm256_fmadd_pd(a, b, c); }
static inline vdouble v_fms(vdouble a, vdouble b, vdouble c) { return _mm256_fmsub_pd(a, b, c); }
static inline vdouble v_fnma(vdouble a, vdouble b, vdouble c) { return _mm256_fnmadd_pd(a, b, c); }
static inline vdouble v_sqrt(vdouble a) { return _mm256_sqrt_pd(a); }
static inline vdouble v_neg(vdouble a) { return _mm256_xor_pd(a, _mm256_set1_pd(-0.0)); }
static inline vdouble v_abs(vdouble a) { return _mm256_andnot_pd(_mm256_set1_pd(-0.0), a); }
static inline vdouble v_copysign(vdouble a, vdouble sign) {
  return _mm256_or_pd(v_abs(a), _mm256_and_pd(sign, _mm256_set1_pd(-0.0)));
}
static inline vdouble v_floor(vdouble a) { return _mm256_floor_pd(a); }
static inline vdouble v_ceil(vdouble a) { return _mm256_ceil_pd(a); }
static inline vdouble v_trunc(vdouble a) { return _mm256_round_pd(a, _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC); }
static inline vdouble v_lesser(vdouble a, vdouble b) { return _mm256_min_pd(a, b); }
static inline vdouble v_greater(vdouble a, vdouble b) { return _mm256_max_pd(a, b); }

static inline vmask v_lt(vdouble a, vdouble b) { return _mm256_cmp_pd(a, b, _CMP_LT_OQ); }
static inline vmask v_le(vdouble a, vdouble b) { return _mm256_cmp_pd(a, b, _CMP_LE_OQ); }
static inline vmask v_eq(vdouble a, vdouble b) { return _mm256_cmp_pd(a, b, _CMP_EQ_OQ); }
static inline vmask v_ne(vdouble a, vdouble b) { return _mm256_cmp_pd(a, b, _CMP_NEQ_OQ); }
static inline vmask v_unordered(vdouble a, vdouble b) { return _mm256_cmp_pd(a, b, _CMP_UNORD_Q); }
static inline vmask v_isnan(vdouble a) { return _mm256_cmp_pd(a, a, _CMP_UNORD_Q); }
static inline vmask m_and(vmask a, vmask b) { return _mm256_and_pd(a, b); }
static inline vmask m_or(vmask a, vmask b) { return _mm256_or_pd(a, b); }
static inline vmask m_not(vmask a) { return _mm256_xor_pd(a, _mm256_castsi256_pd(_mm256_set1_epi64x(-1))); }
static inline unsigned m_lanes(vmask a) { return (unsigned)_mm256_movemask_pd(a); }
static inline vdouble v_select(vmask m, vdouble a, vdouble b) { return _mm256_blendv_pd(b, a, m); }

static inline vint v_bits(vdouble a) { return (vint)_mm256_castpd_si256(a); }
static inline vdouble i_bits(vint a) { return _mm256_castsi256_pd((__m256i)a); }
static inline vint i_set(uint64_t x) { return (vint)_mm256_set1_epi64x((long long)x); }
static inline vint i_select(vmask m, vint a, vint b) { return v_bits(v_select(m, i_bits(a), i_bits(b))); }
static inline vint i_mul32(vint a, vint b) { return (vint)_mm256_mul_epu32((__m256i)a, (__m256i)b); }
static inline vint i_high(vint a) { return a >> 32; }
static inline vint i_xor3(vint a, vint b, vint c) { return a ^ b ^ c; }
static inline vint i_pack32(vint a, vint b) {
  return (vint)_mm256_blend_epi32((__m256i)a, _mm256_slli_epi64((__m256i)b, 32), 0xAA);
}
static inline vint i_count_pairs(uint64_t first) { return first + (vint){0, 2, 1, 3}; }
static inline void v_interleave(vdouble even, vdouble odd, vdouble *first, vdouble *second) {
  *first = _mm256_unpacklo_pd(even, odd);
  *second = _mm256_unpackhi_pd(even, odd);
}

static inline vdouble v_gather(const double *p, vint index) { return _mm256_i64gather_pd(p, (__m256i)index, 8); }
static inline vint i_gather32(const uint32_t *p, vint index) {
  return (vint)_mm256_cvtepu32_epi64(_mm256_i64gather_epi32((const int *)p, (__m256i)index, 4));
}
/* Loads put two numbers of each row in place; one shuffle is left to each result. */
static inline void v_row_pairs(const double *p, vint at, vdouble c[2]) {
  vdouble even = _mm256_insertf128_pd(_mm256_castpd128_pd256(_mm_load_pd(p + at[0])), _mm_load_pd(p + at[2]), 1);
  vdouble odd = _mm256_insertf128_pd(_mm256_castpd128_pd256(_mm_load_pd(p + at[1])), _mm_load_pd(p + at[3]), 1);
  c[0] = _mm256_unpacklo_pd(even, odd);
  c[1] = _mm256_unpackhi_pd(even, odd);
}
static inline void v_rows(double (*rows)[8], vint index, vdouble c[8]) {
  vint at = index << 3;
  v_row_pairs(rows[0], at, c);
  v_row_pairs(rows[0] + 2, at, c + 2);
  v_row_pairs(rows[0] + 4, at, c + 4);
  v_row_pairs(rows[0] + 6, at, c + 6);
}

/* A NaN goes through as it is, with its payload; SLEEF may give another. */
static inline vdouble v_keep_nan(vdouble a, vdouble result) { return v_select(v_isnan(a), a, result); }
static inline vdouble v_exp(vdouble a) { return v_keep_nan(a, Sleef_finz_expd4_u10avx2(a)); }
static inline vdouble v_log(vdouble a) { return v_keep_nan(a, Sleef_finz_logd4_u10avx2(a)); }
static inline vdouble v_log10(vdouble a) { return v_keep_nan(a, Sleef_finz_log10d4_u10avx2(a)); }
static inline vdouble v_log1p(vdouble a) { return v_keep_nan(a, Sleef_finz_log1pd4_u10avx2(a)); }
static inline vdouble v_expm1(vdouble a) { return v_keep_nan(a, Sleef_finz_expm1d4_u10avx2(a)); }
static inline vdouble v_sin(vdouble a) { return v_keep_nan(a, Sleef_finz_sind4_u10avx2(a)); }
static inline vdouble v_cos(vdouble a) { return v_keep_nan(a, Sleef_finz_cosd4_u10avx2(a)); }
static inline vdouble v_tan(vdouble a) { return v_keep_nan(a, Sleef_finz_tand4_u10avx2(a)); }
static inline vdouble v_tanh(vdouble a) { return v_keep_nan(a, Sleef_finz_tanhd4_u10avx2(a)); }
static inline vdouble v_atan(vdouble a) { return v_keep_nan(a, Sleef_finz_atand4_u10avx2(a)); }
static inline vdouble v_erfc(vdouble a) { return v_keep_nan(a, Sleef_finz_erfcd4_u15avx2(a)); }
static inline vdouble v_pow(vdouble a, vdouble b) {
  return v_keep_nan(a, v_keep_nan(b, Sleef_finz_powd4_u10avx2(a, b)));
}

#endif
