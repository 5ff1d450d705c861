/* Sobol' points against SciPy's, their net property, and what scrambling must keep and must not. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/sha256.h"
#include "sample/scramble.h"
#include "sample/sobol.h"

/* scipy.stats.qmc.Sobol(4096, scramble=False, bits=32) of SciPy 1.10.1: all its direction numbers, little-endian, by hash. */
static void known_directions(void **state) {
  (void)state;
  roi_sha256 h;
  uint8_t digest[32];
  static const uint8_t expected[32] = {0x09, 0x94, 0x74, 0x81, 0x54, 0x86, 0xf9, 0x1b, 0x51, 0xa7, 0x53,
                                       0xbb, 0x0a, 0x6f, 0xe3, 0xc9, 0xb3, 0x38, 0x91, 0x6e, 0x45, 0x41,
                                       0xda, 0x79, 0x6d, 0x87, 0xd9, 0x24, 0x88, 0x06, 0xbb, 0xdd};
  roi_sha256_start(&h);
  for (size_t d = 0; d < ROI_SOBOL_DIMENSIONS; d++) {
    uint32_t v[ROI_SOBOL_BITS];
    roi_sobol_directions(d, v);
    for (size_t j = 0; j < ROI_SOBOL_BITS; j++)
      roi_sha256_add(&h, (const uint8_t[4]){(uint8_t)v[j], (uint8_t)(v[j] >> 8), (uint8_t)(v[j] >> 16), (uint8_t)(v[j] >> 24)}, 4);
  }
  roi_sha256_end(&h, digest);
  assert_memory_equal(digest, expected, 32);
}

/* The same generator's points, times 2^32. It goes in the order of the Gray code, so point i here is its
 * point j with j ^ j >> 1 = i. */
static void known_points(void **state) {
  (void)state;
  static const size_t dimensions[7] = {0, 1, 2, 9, 99, 999, 4095};
  static const struct {
    uint32_t i, x[7];
  } known[] = {
      {0u, {0, 0, 0, 0, 0, 0, 0}},
      {1u, {0x80000000, 0x80000000, 0x80000000, 0x80000000, 0x80000000, 0x80000000, 0x80000000}},
      {2u, {0x40000000, 0xc0000000, 0xc0000000, 0x40000000, 0x40000000, 0x40000000, 0xc0000000}},
      {3u, {0xc0000000, 0x40000000, 0x40000000, 0xc0000000, 0xc0000000, 0xc0000000, 0x40000000}},
      {5u, {0xa0000000, 0x20000000, 0xe0000000, 0x60000000, 0x20000000, 0xe0000000, 0x20000000}},
      {100u, {0x26000000, 0xc6000000, 0xb2000000, 0xfe000000, 0xee000000, 0xbe000000, 0xe2000000}},
      {4095u, {0xfff00000, 0x11100000, 0x00b00000, 0xea700000, 0x92500000, 0x62d00000, 0x34900000}},
      {12345u, {0x9c0c0000, 0x70440000, 0xe4f40000, 0x5b540000, 0x1cfc0000, 0x48b40000, 0x6ecc0000}},
      {65535u, {0xffff0000, 0x00010000, 0xb0ff0000, 0xf7570000, 0xb9cd0000, 0x54ab0000, 0x96b70000}},
  };
  for (size_t d = 0; d < 7; d++) {
    uint32_t v[ROI_SOBOL_BITS], x;
    roi_sobol_directions(dimensions[d], v);
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
      roi_sobol_points(v, known[k].i, 1, &x);
      assert_int_equal(x, known[k].x[d]);
    }
  }
}

static void points_from_anywhere(void **state) {
  (void)state;
  uint32_t v[ROI_SOBOL_BITS], run[100], one;
  static const uint32_t starts[] = {0, 1, 63, 0x7fffffc0u, 0xffffff9cu};
  roi_sobol_directions(77, v);
  for (size_t s = 0; s < sizeof starts / sizeof *starts; s++) {
    roi_sobol_points(v, starts[s], 100, run);
    for (uint32_t i = 0; i < 100; i++) {
      roi_sobol_points(v, starts[s] + i, 1, &one);
      assert_int_equal(run[i], one);
    }
  }
}

/* Of any 2^m points from a multiple of 2^m on, each of 2^m cells has one, scrambled or not. */
static void each_dimension_is_a_net(void **state) {
  (void)state;
  uint32_t v[ROI_SOBOL_BITS], x[1024];
  double u[1024];
  for (size_t d = 0; d < ROI_SOBOL_DIMENSIONS; d++) {
    unsigned m = d % 16 == 0 ? 10 : 7;
    size_t n = (size_t)1 << m;
    unsigned char plain[1024] = {0}, scrambled[1024] = {0};
    roi_sobol_directions(d, v);
    roi_sobol_points(v, (uint32_t)(d * n), n, x);
    roi_sobol_scramble(x, n, roi_sobol_seed(1, 2, d), u);
    for (size_t i = 0; i < n; i++) {
      plain[x[i] >> (32 - m)]++;
      scrambled[(size_t)(u[i] * (double)n)]++;
    }
    for (size_t i = 0; i < n; i++)
      assert_true(plain[i] == 1 && scrambled[i] == 1);
  }
}

/* In the first two dimensions each box of 2^-a by 2^-(10-a) has one point of 2^10. */
static void first_two_are_a_net(void **state) {
  (void)state;
  uint32_t v[2][ROI_SOBOL_BITS], x[2][1024];
  double u[2][1024];
  for (uint32_t start = 0; start < 4; start++) {
    for (size_t d = 0; d < 2; d++) {
      roi_sobol_directions(d, v[d]);
      roi_sobol_points(v[d], start * 1024, 1024, x[d]);
      roi_sobol_scramble(x[d], 1024, roi_sobol_seed(start, 0, d), u[d]);
    }
    for (unsigned a = 0; a <= 10; a++) {
      unsigned char count[1024] = {0};
      for (size_t i = 0; i < 1024; i++)
        count[((size_t)ldexp(u[0][i], (int)a) << (10 - a)) + (size_t)ldexp(u[1][i], 10 - (int)a)]++;
      for (size_t i = 0; i < 1024; i++)
        assert_int_equal(count[i], 1);
    }
  }
}

static uint32_t scrambled_digits(uint32_t reversed, const uint32_t k[ROI_SCRAMBLE_KEYS]) {
  return roi_scramble_all(roi_scramble_six(reversed, k[0], k[1]), k[2], k[3], k[4], k[5], k[6], k[7]);
}

/* Two coordinates agree in as many first digits after scrambling as before. */
static void scrambling_is_nested(void **state) {
  (void)state;
  uint64_t any = 88172645463325252u;
  for (int i = 0; i < 200000; i++) {
    any = any * 6364136223846793005u + 1442695040888963407u;
    uint32_t agree = (uint32_t)(any >> 59), x[2];
    x[0] = (uint32_t)(any >> 20);
    x[1] = x[0] ^ 0x80000000u >> agree ^ (uint32_t)(any >> 32) % (0x80000000u >> agree);
    double u[2];
    roi_sobol_scramble(x, 2, (uint64_t)i, u);
    uint32_t differ = (uint32_t)(u[0] * 0x1p32) ^ (uint32_t)(u[1] * 0x1p32);
    assert_int_equal(__builtin_clz(differ), agree);
    assert_true(u[0] > 0 && u[0] < 1 && 1 - (1 - u[0]) == u[0]);
  }
}

/* z-value of Pearson's statistic over `n` equally likely cells, by its normal approximation. */
static double chi_square_z(const uint32_t *count, size_t n) {
  double total = 0, chi = 0, df = (double)n - 1;
  for (size_t i = 0; i < n; i++)
    total += count[i];
  for (size_t i = 0; i < n; i++)
    chi += (count[i] - total / (double)n) * (count[i] - total / (double)n) / (total / (double)n);
  return (chi - df) / sqrt(2 * df);
}

/* Of the 2^15 scramblings of the first four digits all are equally likely over seeds. A poor hash reaches few of them. */
static void every_scrambling_of_four_digits(void **state) {
  (void)state;
  uint32_t *count = calloc(1 << 15, sizeof *count);
  assert_non_null(count);
  for (uint64_t seed = 0; seed < 20u << 15; seed++) {
    uint32_t k[ROI_SCRAMBLE_KEYS], which = 0;
    roi_scramble_keys(seed, k);
    for (uint32_t x = 0; x < 8; x++) {
      uint32_t flips = scrambled_digits(x, k) ^ x;
      for (uint32_t j = 0; j < 4; j++) {
        uint32_t node = (1u << j) - 1 + (x & ((1u << j) - 1));
        which = (which & ~(1u << node)) | (flips >> j & 1) << node;
      }
    }
    count[which]++;
  }
  assert_true(fabs(chi_square_z(count, 1 << 15)) < 4.5);
  free(count);
}

/* z-value for: what one digit's flips are after each of n prefixes, 2^n possibilities, is even over seeds. */
static double flips_z(uint32_t digit, const uint32_t *prefix, size_t n, const uint32_t (*keys)[ROI_SCRAMBLE_KEYS], size_t seeds) {
  uint32_t *count = calloc((size_t)1 << n, sizeof *count);
  assert_non_null(count);
  for (size_t seed = 0; seed < seeds; seed++) {
    uint32_t which = 0;
    for (size_t i = 0; i < n; i++)
      which = which << 1 | (scrambled_digits(prefix[i], keys[seed]) >> digit & 1);
    count[which]++;
  }
  double z = chi_square_z(count, (size_t)1 << n);
  free(count);
  return z;
}

/* Digits further down. The fifth after all of its 16 prefixes, the sixth after every other of its 32; then each digit after
 * prefixes that are corners of boxes, near and far: a hash of few operations leaves traces there. */
static void deeper_digits_are_even(void **state) {
  (void)state;
  enum { SEEDS = 20 << 16, FEWER = 12000, BOXES = 20 };
  uint32_t(*keys)[ROI_SCRAMBLE_KEYS] = malloc(SEEDS * sizeof *keys), prefix[16];
  assert_non_null(keys);
  for (uint64_t seed = 0; seed < SEEDS; seed++)
    roi_scramble_keys(seed << 32 | 5, keys[seed]);
  const uint32_t(*const k)[ROI_SCRAMBLE_KEYS] = (const uint32_t(*)[ROI_SCRAMBLE_KEYS])keys;
  for (uint32_t step = 1; step <= 2; step++) {
    for (uint32_t i = 0; i < 16; i++)
      prefix[i] = i * step;
    assert_true(fabs(flips_z(step + 3, prefix, 16, k, SEEDS)) < 4.5);
  }
  uint64_t any = 1;
  for (uint32_t digit = 6; digit < 32; digit++)
    for (int box = 0; box < BOXES; box++) {
      uint32_t below = (1u << digit) - 1, tops = 0;
      any = any * 6364136223846793005u + 1442695040888963407u;
      prefix[0] = (uint32_t)(any >> 30) & below;
      for (uint32_t corners = 1; corners < 8; corners *= 2) {
        uint32_t top;
        do { /* edges with a highest bit of their own are independent, so that all corners differ */
          any = any * 6364136223846793005u + 1442695040888963407u;
          top = 1u << (uint32_t)((any >> 33) % digit);
        } while (tops & top);
        tops |= top;
        uint32_t edge = box % 2 ? top : top | ((uint32_t)(any >> 20) & (top - 1));
        for (uint32_t i = 0; i < corners; i++)
          prefix[corners + i] = prefix[i] ^ edge;
      }
      assert_true(flips_z(digit, prefix, 8, k, FEWER) < 5.5); /* 520 tests */
    }
  free(keys);
}

/* What lies below the 32nd digit: even over points of one seed, over seeds of one point, and unlike between neighbours. */
static void rest_is_even(void **state) {
  (void)state;
  uint32_t by_point[256] = {0}, by_seed[256] = {0}, pair[256] = {0};
  uint32_t k[ROI_SCRAMBLE_KEYS];
  for (uint32_t i = 0; i < 50000; i++) {
    roi_scramble_keys(77, k);
    by_point[roi_scramble_rest(roi_reverse_bits(i), k[8], k[9]) & 255]++;
    roi_scramble_keys(i, k);
    uint32_t a = roi_scramble_rest(0, k[8], k[9]), b = roi_scramble_rest(1, k[8], k[9]);
    by_seed[a >> 12]++;
    pair[(a & 15) << 4 | (b & 15)]++;
  }
  assert_true(fabs(chi_square_z(by_point, 256)) < 4.5);
  assert_true(fabs(chi_square_z(by_seed, 256)) < 4.5);
  assert_true(fabs(chi_square_z(pair, 256)) < 4.5);
}

/* The same point in neighbouring dimensions and randomisations, and under neighbouring seeds: 16 x 16 cells of the pair. */
static void randomisations_are_independent(void **state) {
  (void)state;
  uint32_t dimension[256] = {0}, replicate[256] = {0}, seed[256] = {0}, x = 0x12345678;
  for (uint32_t i = 0; i < 200; i++)
    for (uint32_t r = 0; r < 128; r++) {
      double u, v[3];
      roi_sobol_scramble(&x, 1, roi_sobol_seed(9, r, i), &u);
      roi_sobol_scramble(&x, 1, roi_sobol_seed(9, r, i + 1), &v[0]);
      roi_sobol_scramble(&x, 1, roi_sobol_seed(9, r + 1, i), &v[1]);
      roi_sobol_scramble(&x, 1, roi_sobol_seed(10, r, i), &v[2]);
      uint32_t row = (uint32_t)(u * 16) * 16;
      dimension[row + (uint32_t)(v[0] * 16)]++;
      replicate[row + (uint32_t)(v[1] * 16)]++;
      seed[row + (uint32_t)(v[2] * 16)]++;
    }
  assert_true(fabs(chi_square_z(dimension, 256)) < 4.5);
  assert_true(fabs(chi_square_z(replicate, 256)) < 4.5);
  assert_true(fabs(chi_square_z(seed, 256)) < 4.5);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(known_directions),
      cmocka_unit_test(known_points),
      cmocka_unit_test(points_from_anywhere),
      cmocka_unit_test(each_dimension_is_a_net),
      cmocka_unit_test(first_two_are_a_net),
      cmocka_unit_test(scrambling_is_nested),
      cmocka_unit_test(every_scrambling_of_four_digits),
      cmocka_unit_test(deeper_digits_are_even),
      cmocka_unit_test(rest_is_even),
      cmocka_unit_test(randomisations_are_independent),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
