/* Designs: what they promise of each replicate, and how the errors of means fall. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "base/sha256.h"
#include "math/philox.h"
#include "sample/design.h"
#include "sample/lhs.h"

#define REPLICATES ((size_t)ROI_REPLICATES)

static roi_design *new_design(roi_sampling sampling, uint64_t trials, size_t dimensions, uint64_t seed) {
  roi_error err;
  roi_design *d = roi_design_new(sampling, trials, dimensions, seed, &err);
  assert_non_null(d);
  return d;
}

/* Uniforms of trials 0 to lanes - 1 in one dimension. */
static void fill(const roi_design *d, size_t dimension, uint64_t seed, uint32_t lanes, double *u) {
  double *plain = malloc(lanes * sizeof *plain);
  assert_non_null(plain);
  for (uint32_t i = 0; i < lanes; i++)
    plain[i] = roi_uniform_at(seed, dimension, i, 0);
  roi_design_fill(d, dimension, 0, lanes, plain, u);
  free(plain);
}

static uint32_t whole_blocks(uint64_t trials) { return (uint32_t)((trials + REPLICATES - 1) / REPLICATES * REPLICATES); }

/* -- One point in each cell --------------------------------------------------------------------------------------------- */

static void check_cells(roi_sampling sampling, uint64_t trials, size_t dimension) {
  uint32_t lanes = whole_blocks(trials);
  double *u = malloc(lanes * sizeof *u);
  unsigned char *seen = malloc(lanes);
  roi_design *d = new_design(sampling, trials, dimension + 1, trials);
  assert_true(u && seen);
  fill(d, dimension, 3, lanes, u);
  for (size_t r = 0; r < REPLICATES; r++) {
    size_t n = trials / REPLICATES + (r < trials % REPLICATES);
    memset(seen, 0, n);
    for (size_t i = 0; i < n; i++) {
      double at = u[i * REPLICATES + r];
      assert_true(at > 0 && at < 1 && 1 - (1 - at) == at);
      assert_int_equal(seen[(size_t)(at * (double)n)]++, 0);
    }
  }
  roi_design_free(d);
  free(u);
  free(seen);
}

static void lhs_has_one_point_a_cell(void **state) {
  (void)state;
  for (uint64_t trials = 32; trials < 700; trials += trials < 100 ? 1 : 13)
    check_cells(ROI_SAMPLING_LHS, trials, trials % 5);
  static const uint64_t more[] = {10000, 65536, 99999, 250007};
  for (size_t i = 0; i < sizeof more / sizeof *more; i++)
    check_cells(ROI_SAMPLING_LHS, more[i], 3 * i);
}

static void sobol_has_one_point_a_cell(void **state) {
  (void)state;
  for (uint64_t trials = 32; trials <= 65536; trials *= 2)
    check_cells(ROI_SAMPLING_SOBOL, trials, (size_t)trials % 31);
  check_cells(ROI_SAMPLING_SOBOL, 4096, 4095);
}

/* -- The order of the cells --------------------------------------------------------------------------------------------- */

/* Permutations of n numbers are all equally likely: Pearson's statistic over n! of them, `dimensions` times 16 drawn. */
static double permutation_z(size_t n, size_t dimensions) {
  size_t all = 1;
  for (size_t i = 2; i <= n; i++)
    all *= i;
  uint32_t *count = calloc(all, sizeof *count);
  uint64_t cells[ROI_LHS_LANES];
  roi_lhs lhs;
  roi_lhs_keys keys;
  assert_non_null(count);
  for (size_t r = 0; r < REPLICATES; r++)
    cells[r] = n;
  roi_lhs_init(&lhs, cells);
  for (size_t d = 0; d < dimensions; d++) {
    double cell[8 * ROI_LHS_LANES];
    roi_lhs_keys_init(&keys, 11, d);
    roi_lhs_cells(&lhs, &keys, 0, n, cell);
    for (size_t r = 0; r < REPLICATES; r++) {
      size_t which = 0;
      for (size_t i = 0; i < n; i++) {
        size_t less = 0;
        for (size_t j = i + 1; j < n; j++)
          less += cell[j * REPLICATES + r] < cell[i * REPLICATES + r];
        which = which * (n - i) + less;
      }
      count[which]++;
    }
  }
  double expected = (double)(dimensions * REPLICATES) / (double)all, chi = 0;
  for (size_t i = 0; i < all; i++)
    chi += (count[i] - expected) * (count[i] - expected) / expected;
  free(count);
  return (chi - (double)(all - 1)) / sqrt(2 * (double)(all - 1));
}

static void small_permutations_are_even(void **state) {
  (void)state;
  for (size_t n = 2; n <= 7; n++) {
    double z = permutation_z(n, 10000);
    assert_true(z < 4.5 && z > -4.5);
  }
}

/* Over many permutations: the mean square of the correlation between two orders is 1 / (n - 1), of cells with trials and of
 * cells in one dimension with those in the next; fixed points have mean 1 and variance 1; a cell is followed by the next one
 * 1 - 1 / n times. */
static void large_permutations_are_even(void **state) {
  (void)state;
  static const size_t sizes[] = {16, 65, 130, 625, 1000};
  for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
    size_t n = sizes[s], dimensions = n < 200 ? 600 : 150;
    double middle = ((double)n - 1) / 2, variance = ((double)n * (double)n - 1) / 12;
    double trend = 0, cross = 0, fixed = 0, fixed2 = 0, next = 0;
    double *u = malloc(n * REPLICATES * sizeof *u), *before = calloc(n * REPLICATES, sizeof *before);
    assert_true(u && before);
    roi_design *d = new_design(ROI_SAMPLING_LHS, n * REPLICATES, dimensions, 5);
    for (size_t k = 0; k < dimensions; k++) {
      fill(d, k, 6, (uint32_t)(n * REPLICATES), u);
      for (size_t r = 0; r < REPLICATES; r++) {
        double a = 0, b = 0, same = 0;
        for (size_t i = 0; i < n; i++) {
          double cell = floor(u[i * REPLICATES + r] * (double)n);
          a += (cell - middle) * ((double)i - middle);
          b += k ? (cell - middle) * (before[i * REPLICATES + r] - middle) : 0;
          same += cell == (double)i;
          next += i && cell == before[(i - 1) * REPLICATES + r] + 1;
          before[i * REPLICATES + r] = cell;
        }
        trend += (a / ((double)n * variance)) * (a / ((double)n * variance));
        cross += (b / ((double)n * variance)) * (b / ((double)n * variance));
        fixed += same;
        fixed2 += same * same;
      }
    }
    double count = (double)(dimensions * REPLICATES), spread = sqrt(2 / count);
    double in_pairs = (double)((dimensions - 1) * REPLICATES);
    assert_true(fabs(trend / count * ((double)n - 1) - 1) < 4.5 * spread);
    assert_true(fabs(cross / in_pairs * ((double)n - 1) - 1) < 4.5 * spread);
    assert_true(fabs(fixed / count - 1) < 4.5 / sqrt(count));
    assert_true(fabs(fixed2 / count - 2) < 4.5 * sqrt(11 / count)); /* the variance of a Poisson number's square is 11 */
    assert_true(fabs(next / count - (1 - 1 / (double)n)) < 4.5 / sqrt(count));
    roi_design_free(d);
    free(u);
    free(before);
  }
}

/* -- Errors of means ---------------------------------------------------------------------------------------------------- */

typedef double (*integrand)(const double *u);

/* Mean and variance, over `seeds` designs of 16 replicates with n points, of a replicate's mean of f in three dimensions. */
static void spread_of_means(roi_sampling sampling, size_t n, uint64_t seeds, integrand f, double *mean, double *variance) {
  size_t lanes = n * REPLICATES;
  double *u[3], sum = 0, squares = 0;
  for (size_t k = 0; k < 3; k++)
    assert_non_null(u[k] = malloc(lanes * sizeof *u[k]));
  for (uint64_t seed = 0; seed < seeds; seed++) {
    roi_design *d = new_design(sampling, lanes, 3, seed);
    double total[ROI_REPLICATES] = {0};
    for (size_t k = 0; k < 3; k++)
      fill(d, k, seed, (uint32_t)lanes, u[k]);
    for (size_t i = 0; i < lanes; i++)
      total[i % REPLICATES] += f((const double[3]){u[0][i], u[1][i], u[2][i]}) / (double)n;
    for (size_t r = 0; r < REPLICATES; r++) {
      sum += total[r];
      squares += total[r] * total[r];
    }
    roi_design_free(d);
  }
  for (size_t k = 0; k < 3; k++)
    free(u[k]);
  double count = (double)(seeds * REPLICATES);
  *mean = sum / count;
  *variance = (squares - sum * sum / count) / (count - 1);
}

/* All have mean 0, so that sums of squares lose nothing. */
static double line(const double *u) { return u[1] - 0.5; }
static double plane(const double *u) { return u[0] + u[1] + u[2] - 1.5; }
static double product(const double *u) { return (u[0] - 0.5) * (u[1] - 0.5); }
static double smooth(const double *u) { return (0.5 + u[0]) * (0.25 + 1.5 * u[1]) * (u[2] * u[2] + 2.0 / 3) - 1; }

/* In one dimension both designs are stratified: a mean of n points of u has variance 1 / (12 n^3); of independent
 * dimensions, the sum. What is left to a Latin hypercube is the part that is not additive: of (u - 1/2) (v - 1/2) the
 * variance 1/144 over n. */
static void known_variances(void **state) {
  (void)state;
  double mean, variance;
  static const size_t sizes[] = {4, 64, 1000};
  for (size_t i = 0; i < 3; i++) {
    double n = (double)sizes[i], seeds = sizes[i] > 500 ? 40 : 200;
    double allowed = 4.5 * sqrt(2 / (16 * seeds)); /* as for normal means; these are nearly, or with shorter tails */
    spread_of_means(ROI_SAMPLING_LHS, sizes[i], (uint64_t)seeds, plane, &mean, &variance);
    assert_true(fabs(variance * 4 * n * n * n - 1) < allowed);
    assert_true(fabs(mean) < 4.5 * sqrt(variance / (16 * seeds)));
    spread_of_means(ROI_SAMPLING_LHS, sizes[i], (uint64_t)seeds, product, &mean, &variance);
    assert_true(i == 0 || fabs(variance * 144 * n - 1) < allowed + 2 / n);
    assert_true(fabs(mean) < 4.5 * sqrt(variance / (16 * seeds)));
  }
  for (size_t n = 4; n <= 1024; n *= 16) {
    spread_of_means(ROI_SAMPLING_SOBOL, n, 100, line, &mean, &variance);
    assert_true(fabs(variance * 12 * (double)n * (double)n * (double)n - 1) < 4.5 * sqrt(2 / 1600.0));
    assert_true(fabs(mean) < 4.5 * sqrt(variance / 1600));
  }
}

/* Owen 1997: the variance of a smooth integrand's mean falls as n^-3, but for powers of log n; that of plain points as n^-1. */
static void sobol_errors_fall_fast(void **state) {
  (void)state;
  double mean, first, last;
  spread_of_means(ROI_SAMPLING_SOBOL, 64, 60, smooth, &mean, &first);
  assert_true(fabs(mean) < 4.5 * sqrt(first / 960));
  spread_of_means(ROI_SAMPLING_SOBOL, 2048, 20, smooth, &mean, &last);
  assert_true(fabs(mean) < 4.5 * sqrt(last / 320));
  double slope = log2(last / first) / 5;
  assert_true(slope < -2.6 && slope > -3.3);
  /* Numbers of points that are no power of 2 are served too, with no bias. */
  spread_of_means(ROI_SAMPLING_SOBOL, 1000, 20, smooth, &mean, &last);
  assert_true(fabs(mean) < 4.5 * sqrt(last / 320) && last < first / 50);
}

/* -- Use ---------------------------------------------------------------------------------------------------------------- */

/* Trials do not depend on how they are asked for; past the last they are inside (0, 1). */
static void any_stretch(void **state) {
  (void)state;
  static const uint64_t trials[] = {32, 33, 1000, 4097};
  for (int sampling = ROI_SAMPLING_LHS; sampling <= ROI_SAMPLING_SOBOL; sampling++)
    for (size_t t = 0; t < sizeof trials / sizeof *trials; t++) {
      double plain[8192], whole[8192], part[8192];
      for (uint32_t i = 0; i < 8192; i++)
        plain[i] = roi_uniform_at(1, 1, i, 0);
      roi_design *d = new_design((roi_sampling)sampling, trials[t], 3, 1);
      roi_design_fill(d, 2, 0, 8192, plain, whole);
      for (uint32_t first = 0, lanes = 16; first < 8192; first += lanes, lanes = lanes % 240 + 16) {
        lanes = lanes < 8192 - first ? lanes : 8192 - first;
        roi_design_fill(d, 2, first, lanes, plain + first, part + first);
      }
      assert_memory_equal(whole, part, sizeof whole);
      for (size_t i = 0; i < 8192; i++)
        assert_true(whole[i] > 0 && whole[i] < 1);
      roi_design_free(d);
    }
}

/* The largest designs, at their ends. */
static void last_trials(void **state) {
  (void)state;
  static const struct {
    roi_sampling sampling;
    uint64_t trials;
  } largest[] = {{ROI_SAMPLING_LHS, UINT64_C(1) << 49},
                 {ROI_SAMPLING_LHS, (UINT64_C(1) << 49) - 5},
                 {ROI_SAMPLING_SOBOL, UINT64_C(1) << 36}};
  for (size_t i = 0; i < sizeof largest / sizeof *largest; i++) {
    double plain[64], u[64], sum = 0;
    for (size_t k = 0; k < 64; k++)
      plain[k] = 1 - 0x1p-53;
    roi_design *d = new_design(largest[i].sampling, largest[i].trials, 1, 1);
    for (uint64_t back = 64; back <= 6400; back += 64) {
      roi_design_fill(d, 0, whole_blocks(largest[i].trials % 4096) + largest[i].trials / 4096 * 4096 - back, 64, plain, u);
      for (size_t k = 0; k < 64; k++) {
        assert_true(u[k] > 0 && u[k] < 1);
        sum += u[k];
      }
    }
    assert_true(fabs(sum / 6400 - 0.5) < 4.5 * sqrt(1 / 12.0 / 6400));
    roi_design_free(d);
  }
}

/* The bits of both designs, so that a change of them does not pass unseen. Made by this program; nothing else knows them. */
static void golden_bits(void **state) {
  (void)state;
  static const char *const expected[] = {"37b90990998cd0989ff35a37c0a4b4abf97cee2285728f469447d9c6fbea09ca",
                                         "74aadae58f6149fc3592fb7c8b87a57ddf3888fd94f350e59a7eaac14adbc1eb"};
  for (int sampling = ROI_SAMPLING_LHS; sampling <= ROI_SAMPLING_SOBOL; sampling++) {
    double u[8][1008];
    char hex[65];
    roi_design *d = new_design((roi_sampling)sampling, 1000, 8, 1);
    for (size_t k = 0; k < 8; k++)
      fill(d, k, 1, 1008, u[k]);
    roi_sha256_hex(u, sizeof u, hex);
    assert_string_equal(hex, expected[sampling - ROI_SAMPLING_LHS]);
    roi_design_free(d);
  }
}

static void refused(roi_sampling sampling, uint64_t trials, size_t dimensions, const char *expected) {
  roi_error err;
  assert_null(roi_design_new(sampling, trials, dimensions, 1, &err));
  assert_int_equal(err.status, ROI_ERR_USAGE);
  assert_string_equal(err.text, expected);
}

static void limits(void **state) {
  (void)state;
  refused(ROI_SAMPLING_LHS, 31, 1,
          "lhs sampling needs at least 32 trials, 2 in each of its 16 replicates, not 31: ask for more trials, or for mc sampling");
  refused(ROI_SAMPLING_SOBOL, 1, 1,
          "sobol sampling needs at least 32 trials, 2 in each of its 16 replicates, not 1: ask for more trials, or for mc sampling");
  refused(ROI_SAMPLING_SOBOL, (UINT64_C(1) << 36) + 1, 1,
          "sobol sampling has at most 68719476736 trials, not 68719476737: ask for fewer trials, or for mc sampling");
  refused(ROI_SAMPLING_LHS, (UINT64_C(1) << 49) + 1, 1,
          "lhs sampling has at most 562949953421312 trials, not 562949953421313: ask for fewer trials, or for mc sampling");
  refused(ROI_SAMPLING_SOBOL, 64, 4097,
          "sobol sampling has at most 4096 dimensions, not 4097: the others need mc sampling");
  assert_null(roi_design_new(ROI_SAMPLING_MC, 64, 1, 1, NULL));
  assert_int_equal(roi_design_dimensions(ROI_SAMPLING_SOBOL), 4096);
  assert_true(roi_design_dimensions(ROI_SAMPLING_LHS) > 100000);
  assert_int_equal(roi_design_dimensions(ROI_SAMPLING_MC), 0);
  roi_design_free(new_design(ROI_SAMPLING_SOBOL, 64, 0, 1));
  roi_design_free(NULL);
}

static void memory_runs_out(void **state) {
  (void)state;
  for (int sampling = ROI_SAMPLING_LHS; sampling <= ROI_SAMPLING_SOBOL; sampling++)
    for (long n = 0;; n++) {
      roi_error err;
      roi_memory_fail_after(n);
      roi_design *d = roi_design_new((roi_sampling)sampling, 64, 5, 1, &err);
      roi_memory_fail_after(-1);
      if (d) {
        assert_true(n > 0);
        roi_design_free(d);
        break;
      }
      assert_int_equal(err.status, ROI_ERR_MEMORY);
    }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(lhs_has_one_point_a_cell),
      cmocka_unit_test(sobol_has_one_point_a_cell),
      cmocka_unit_test(small_permutations_are_even),
      cmocka_unit_test(large_permutations_are_even),
      cmocka_unit_test(known_variances),
      cmocka_unit_test(sobol_errors_fall_fast),
      cmocka_unit_test(any_stretch),
      cmocka_unit_test(last_trials),
      cmocka_unit_test(golden_bits),
      cmocka_unit_test(limits),
      cmocka_unit_test(memory_runs_out),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
