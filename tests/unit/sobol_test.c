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

/* The same generator's points, times 2^32. It goes in the order of the Gray code, so point i here is its point j with j ^ j >> 1 = i. */
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

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(known_directions),      cmocka_unit_test(known_points),      cmocka_unit_test(points_from_anywhere),
      cmocka_unit_test(each_dimension_is_a_net), cmocka_unit_test(first_two_are_a_net),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
