/* simd_avx512.h - vectors of eight lanes with AVX-512 F, DQ, VL; see simd_baseline.h for what each name means. */
#ifndef ROI_KERNEL_SIMD_AVX512_H
#define ROI_KERNEL_SIMD_AVX512_H

#include <immintrin.h>
#include <sleef.h>
#include <stdint.h>

#define VLANES 8
typedef __m512d vdouble;
typedef uint64_t vint __attribute__((vector_size(64)));
typedef __mmask8 vmask;

static inline vdouble v_load(const double *p) { return _mm512_load_pd(p); }
static inline void v_store(double *p, vdouble a) { _mm512_store_pd(p, a); }
static inline vdouble v_set(double x) { return _mm512_set1_pd(x); }

static inline vdouble v_add(vdouble a, vdouble b) { return _mm512_add_pd(a, b); }
static inline vdouble v_sub(vdouble a, vdouble b) { return _mm512_sub_pd(a, b); }
static inline vdouble v_mul(vdouble a, vdouble b) { return _mm512_mul_pd(a, b); }
static inline vdouble v_div(vdouble a, vdouble b) { return _mm512_div_pd(a, b); }
static inline vdouble v_fma(vdouble a, vdouble b, vdouble c) { return _mm512_fmadd_pd(a, b, c); }
static inline vdouble v_fms(vdouble a, vdouble b, vdouble c) { return _mm512_fmsub_pd(a, b, c); }
static inline vdouble v_fnma(vdouble a, vdouble b, vdouble c) { return _mm512_fnmadd_pd(a, b, c); }
static inline vdouble v_sqrt(vdouble a) { return _mm512_sqrt_pd(a); }
static inline vdouble v_neg(vdouble a) { return _mm512_xor_pd(a, _mm512_set1_pd(-0.0)); }
static inline vdouble v_abs(vdouble a) { return _mm512_andnot_pd(_mm512_set1_pd(-0.0), a); }
static inline vdouble v_copysign(vdouble a, vdouble sign) {
  return _mm512_or_pd(v_abs(a), _mm512_and_pd(sign, _mm512_set1_pd(-0.0)));
}
static inline vdouble v_floor(vdouble a) { return _mm512_roundscale_pd(a, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC); }
static inline vdouble v_ceil(vdouble a) { return _mm512_roundscale_pd(a, _MM_FROUND_TO_POS_INF | _MM_FROUND_NO_EXC); }
static inline vdouble v_trunc(vdouble a) { return _mm512_roundscale_pd(a, _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC); }
static inline vdouble v_lesser(vdouble a, vdouble b) { return _mm512_min_pd(a, b); }
static inline vdouble v_greater(vdouble a, vdouble b) { return _mm512_max_pd(a, b); }

static inline vmask v_lt(vdouble a, vdouble b) { return _mm512_cmp_pd_mask(a, b, _CMP_LT_OQ); }
static inline vmask v_le(vdouble a, vdouble b) { return _mm512_cmp_pd_mask(a, b, _CMP_LE_OQ); }
static inline vmask v_eq(vdouble a, vdouble b) { return _mm512_cmp_pd_mask(a, b, _CMP_EQ_OQ); }
static inline vmask v_ne(vdouble a, vdouble b) { return _mm512_cmp_pd_mask(a, b, _CMP_NEQ_OQ); }
static inline vmask v_unordered(vdouble a, vdouble b) { return _mm512_cmp_pd_mask(a, b, _CMP_UNORD_Q); }
static inline vmask v_isnan(vdouble a) { return _mm512_cmp_pd_mask(a, a, _CMP_UNORD_Q); }
static inline vmask m_and(vmask a, vmask b) { return a & b; }
static inline vmask m_or(vmask a, vmask b) { return a | b; }
static inline vmask m_not(vmask a) { return _knot_mask8(a); }
static inline unsigned m_lanes(vmask a) { return a; }
static inline vdouble v_select(vmask m, vdouble a, vdouble b) { return _mm512_mask_blend_pd(m, b, a); }
static inline vint i_select(vmask m, vint a, vint b) {
  return (vint)_mm512_mask_blend_epi64(m, (__m512i)b, (__m512i)a);
}

static inline vint v_bits(vdouble a) { return (vint)_mm512_castpd_si512(a); }
static inline vdouble i_bits(vint a) { return _mm512_castsi512_pd((__m512i)a); }
static inline vint i_set(uint64_t x) { return (vint)_mm512_set1_epi64((long long)x); }
static inline vint i_mul32(vint a, vint b) { return (vint)_mm512_mul_epu32((__m512i)a, (__m512i)b); }
static inline vint i_high(vint a) { return a >> 32; }
static inline vint i_xor3(vint a, vint b, vint c) {
  return (vint)_mm512_ternarylogic_epi64((__m512i)a, (__m512i)b, (__m512i)c, 0x96);
}
static inline vint i_pack32(vint a, vint b) {
  return (vint)_mm512_mask_shuffle_epi32((__m512i)a, 0xAAAA, (__m512i)b, _MM_PERM_CCAA);
}
static inline vint i_count_pairs(uint64_t first) { return first + (vint){0, 4, 1, 5, 2, 6, 3, 7}; }
static inline void v_interleave(vdouble even, vdouble odd, vdouble *first, vdouble *second) {
  *first = _mm512_unpacklo_pd(even, odd);
  *second = _mm512_unpackhi_pd(even, odd);
}

static inline vdouble v_gather(const double *p, vint index) { return _mm512_i64gather_pd((__m512i)index, p, 8); }
static inline vint i_gather32(const uint32_t *p, vint index) {
  return (vint)_mm512_cvtepu32_epi64(_mm512_i64gather_epi32((__m512i)index, p, 4));
}

/* Half a row of lane i and of lane i + 4. */
static inline vdouble v_row_halves(const double *low, const double *high) {
  return _mm512_insertf64x4(_mm512_castpd256_pd512(_mm256_load_pd(low)), _mm256_load_pd(high), 1);
}
static inline void v_transpose_halves(const double *p, vint at, vdouble c[4]) {
  const __m512i first = _mm512_setr_epi64(0, 1, 8, 9, 4, 5, 12, 13);
  const __m512i second = _mm512_setr_epi64(2, 3, 10, 11, 6, 7, 14, 15);
  vdouble r0 = v_row_halves(p + at[0], p + at[4]), r1 = v_row_halves(p + at[1], p + at[5]);
  vdouble r2 = v_row_halves(p + at[2], p + at[6]), r3 = v_row_halves(p + at[3], p + at[7]);
  vdouble even01 = _mm512_unpacklo_pd(r0, r1), odd01 = _mm512_unpackhi_pd(r0, r1);
  vdouble even23 = _mm512_unpacklo_pd(r2, r3), odd23 = _mm512_unpackhi_pd(r2, r3);
  c[0] = _mm512_permutex2var_pd(even01, first, even23);
  c[1] = _mm512_permutex2var_pd(odd01, first, odd23);
  c[2] = _mm512_permutex2var_pd(even01, second, even23);
  c[3] = _mm512_permutex2var_pd(odd01, second, odd23);
}
/* Loads and a transposition, at a third of the cost of eight gathers. */
static inline void v_rows(double (*rows)[8], vint index, vdouble c[8]) {
  vint at = index << 3;
  v_transpose_halves(rows[0], at, c);
  v_transpose_halves(rows[0] + 4, at, c + 4);
}

/* A NaN goes through as it is, with its payload; SLEEF may give another. */
static inline vdouble v_keep_nan(vdouble a, vdouble result) { return v_select(v_isnan(a), a, result); }
static inline vdouble v_exp(vdouble a) { return v_keep_nan(a, Sleef_finz_expd8_u10avx512f(a)); }
static inline vdouble v_log(vdouble a) { return v_keep_nan(a, Sleef_finz_logd8_u10avx512f(a)); }
static inline vdouble v_log10(vdouble a) { return v_keep_nan(a, Sleef_finz_log10d8_u10avx512f(a)); }
static inline vdouble v_log1p(vdouble a) { return v_keep_nan(a, Sleef_finz_log1pd8_u10avx512f(a)); }
static inline vdouble v_expm1(vdouble a) { return v_keep_nan(a, Sleef_finz_expm1d8_u10avx512f(a)); }
static inline vdouble v_sin(vdouble a) { return v_keep_nan(a, Sleef_finz_sind8_u10avx512f(a)); }
static inline vdouble v_cos(vdouble a) { return v_keep_nan(a, Sleef_finz_cosd8_u10avx512f(a)); }
static inline vdouble v_tan(vdouble a) { return v_keep_nan(a, Sleef_finz_tand8_u10avx512f(a)); }
static inline vdouble v_tanh(vdouble a) { return v_keep_nan(a, Sleef_finz_tanhd8_u10avx512f(a)); }
static inline vdouble v_atan(vdouble a) { return v_keep_nan(a, Sleef_finz_atand8_u10avx512f(a)); }
static inline vdouble v_erfc(vdouble a) { return v_keep_nan(a, Sleef_finz_erfcd8_u15avx512f(a)); }
static inline vdouble v_pow(vdouble a, vdouble b) {
  return v_keep_nan(a, v_keep_nan(b, Sleef_finz_powd8_u10avx512f(a, b)));
}

#endif
