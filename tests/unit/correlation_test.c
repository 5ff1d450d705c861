/* Correlation matrices: eigenvalues, factors, the nearest one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "math/correlation.h"

#define MOST 40

static uint64_t dice_state = 88172645463325252u;
static double dice(void) { /* in (-1, 1): xorshift64* */
  dice_state ^= dice_state >> 12;
  dice_state ^= dice_state << 25;
  dice_state ^= dice_state >> 27;
  return (double)(dice_state * UINT64_C(2685821657736338717) >> 11) * 0x1p-52 - 1.0;
}

/* The matrix whose numbers below the diagonal are given row by row. */
static void fill(double *a, size_t n, const double *below) {
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j <= i; j++) a[i * n + j] = a[j * n + i] = i == j ? 1.0 : *below++;
}

static void random_symmetric(double *a, size_t n) {
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j <= i; j++) a[i * n + j] = a[j * n + i] = i == j ? 1.0 : dice();
}

/* A correlation matrix of that rank: the angles between random vectors. */
static void random_correlation(double *a, size_t n, size_t rank) {
  double v[MOST][MOST];
  for (size_t i = 0; i < n; i++) {
    double squares = 0;
    for (size_t k = 0; k < rank; k++) {
      v[i][k] = dice();
      squares += v[i][k] * v[i][k];
    }
    for (size_t k = 0; k < rank; k++) v[i][k] /= sqrt(squares);
  }
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < n; j++) {
      a[i * n + j] = i == j ? 1.0 : 0.0;
      for (size_t k = 0; k < rank && i != j; k++) a[i * n + j] += v[i][k] * v[j][k];
    }
}

static double least_eigenvalue(const double *a, size_t n) {
  double copy[MOST * MOST], vectors[MOST * MOST] = {0}, values[MOST], least = 1e300;
  memcpy(copy, a, n * n * sizeof *a);
  for (size_t i = 0; i < n; i++) vectors[i * n + i] = 1.0;
  roi_symmetric_eigen(copy, n, values, vectors);
  for (size_t i = 0; i < n; i++) least = values[i] < least ? values[i] : least;
  return least;
}

static int by_size(const void *a, const void *b) { return *(const double *)a < *(const double *)b ? -1 : 1; }

/* numpy.linalg.eigvalsh of NumPy 1.24. */
static void known_eigenvalues(void **state) {
  (void)state;
  static const double below[] = {-0.62, -0.13, 0.34, -0.22, -0.63, -0.31, -0.36, 0.85, -0.06, 0.39, -0.6, 0.77, 0.36, 0.7, 0.29};
  static const double expected[] = {-0.6291008078049, 0.3065891050053, 0.5942697995602, 1.0815847100552, 1.7589963898505,
                                    2.8876608033337};
  double a[36], vectors[36] = {0}, values[6];
  fill(a, 6, below);
  for (size_t i = 0; i < 6; i++) vectors[i * 7] = 1.0;
  roi_symmetric_eigen(a, 6, values, vectors);
  qsort(values, 6, sizeof *values, by_size);
  for (size_t i = 0; i < 6; i++) assert_true(fabs(values[i] - expected[i]) < 1e-12);
}

/* a = sum of value v v', from any basis, and the vectors are orthogonal. */
static void eigenvectors_rebuild_the_matrix(void **state) {
  (void)state;
  for (size_t n = 1; n <= MOST; n += 3) {
    static double a[MOST * MOST], work[MOST * MOST], vectors[MOST * MOST], values[MOST];
    random_symmetric(a, n);
    memcpy(work, a, sizeof a);
    memset(vectors, 0, sizeof vectors);
    for (size_t i = 0; i < n; i++) vectors[i * n + i] = 1.0;
    roi_symmetric_eigen(work, n, values, vectors);
    for (size_t i = 0; i < n; i++)
      for (size_t j = 0; j < n; j++) {
        double sum = 0, dot = 0;
        for (size_t k = 0; k < n; k++) {
          sum += values[k] * vectors[k * n + i] * vectors[k * n + j];
          dot += vectors[i * n + k] * vectors[j * n + k];
        }
        assert_true(fabs(sum - a[i * n + j]) < 1e-13 * (double)n);
        assert_true(fabs(dot - (i == j)) < 1e-13);
      }
  }
}

static void factors(void **state) {
  (void)state;
  for (size_t n = 1; n <= MOST; n += 3)
    for (size_t rank = 1; rank <= n; rank += n < 8 ? 1 : 7) {
      static double a[MOST * MOST], l[MOST * MOST];
      random_correlation(a, n, rank);
      assert_int_equal(roi_correlation_factor(a, n, l), 0);
      for (size_t i = 0; i < n; i++) {
        double squares = 0;
        for (size_t k = 0; k < n; k++) squares += l[i * n + k] * l[i * n + k];
        assert_true(fabs(squares - 1) < 1e-14);
        for (size_t j = 0; j < n; j++) {
          double sum = 0;
          for (size_t k = 0; k < n; k++) sum += l[i * n + k] * l[j * n + k];
          double off = fabs(sum - a[i * n + j]);
          if (off > (rank < n ? 1e-6 : 1e-12)) fail_msg("n %zu rank %zu: %.2g off", n, rank, off);
          assert_true(j <= i || l[i * n + j] == 0.0);
        }
      }
    }
}

static void a_variable_more_changes_no_row(void **state) {
  (void)state;
  static double a[MOST * MOST], part[MOST * MOST], l[MOST * MOST], m[MOST * MOST];
  size_t n = 12;
  random_correlation(a, n, 20);
  assert_int_equal(roi_correlation_factor(a, n, l), 0);
  for (size_t i = 0; i < n - 1; i++) memcpy(part + i * (n - 1), a + i * n, (n - 1) * sizeof *a);
  assert_int_equal(roi_correlation_factor(part, n - 1, m), 0);
  for (size_t i = 0; i < n - 1; i++) assert_memory_equal(m + i * (n - 1), l + i * n, (n - 1) * sizeof *l);
}

static void refused(void **state) {
  (void)state;
  double l[16];
  assert_int_equal(roi_correlation_factor((double[]){1, 1.0000001, 1.0000001, 1}, 2, l), -1);
  assert_int_equal(roi_correlation_factor((double[]){1, NAN, NAN, 1}, 2, l), -1);
  assert_int_equal(roi_correlation_factor((double[]){1, 1, 0, 1, 1, 1, 0, 1, 1}, 3, l), -1);
  /* a least eigenvalue of -1e-3: 1 - 2 * 0.5005 */
  assert_int_equal(roi_correlation_factor((double[]){1, -.5005, -.5005, -.5005, 1, -.5005, -.5005, -.5005, 1}, 3, l), -1);
  /* the two first are one, and disagree on the third */
  assert_int_equal(roi_correlation_factor((double[]){1, 1, .5, 1, 1, .6, .5, .6, 1}, 3, l), -1);
}

static void is_correlation(const double *a, size_t n) {
  for (size_t i = 0; i < n; i++) {
    assert_true(a[i * n + i] == 1.0);
    for (size_t j = 0; j < n; j++) assert_true(a[i * n + j] == a[j * n + i] && fabs(a[i * n + j]) <= 1.0);
  }
  assert_true(least_eigenvalue(a, n) > -1e-12);
  static double l[MOST * MOST];
  assert_int_equal(roi_correlation_factor(a, n, l), 0);
}

static void nearest_is(const double *below, const double *expected, size_t n, double distance) {
  double a[MOST * MOST], want[MOST * MOST], moved;
  fill(a, n, below);
  fill(want, n, expected);
  assert_int_equal(roi_nearest_correlation(a, n, &moved, NULL), ROI_OK);
  is_correlation(a, n);
  for (size_t i = 0; i < n * n; i++)
    if (fabs(a[i] - want[i]) > 1e-9) fail_msg("entry %zu: %.12f, expected %.12f", i, a[i], want[i]);
  assert_true(fabs(moved - distance) < 1e-9);
}

/* Higham (2002), section 4: 0.7607, 0.1573 and 0.5278. More digits, and the second case, by the same projections written in
 * NumPy with numpy.linalg.eigh, run until nothing moved by 1e-15. */
static void known_nearest(void **state) {
  (void)state;
  nearest_is((double[]){1, 0, 1}, (double[]){0.76068985340229, 0.15729810613838, 0.76068985340229}, 3, 0.52779046358183);
  nearest_is((double[]){-0.62, -0.13, 0.34, -0.22, -0.63, -0.31, -0.36, 0.85, -0.06, 0.39, -0.6, 0.77, 0.36, 0.7, 0.29},
             (double[]){-0.576126698410, -0.126779092886, 0.367144855605, -0.183963999981, -0.326299215572, -0.287704162175,
                        -0.382791893546, 0.657916640444, -0.074101575146, 0.232229426604, -0.629217035861, 0.523767435205,
                        0.341923124294, 0.497753157659, 0.417916208744}, 6, 0.746036286150995);
}

static void what_is_a_correlation_matrix_stays(void **state) {
  (void)state;
  for (size_t n = 2; n <= MOST; n += 7) {
    static double a[MOST * MOST], was[MOST * MOST];
    double moved;
    random_correlation(a, n, n / 2 + 1);
    memcpy(was, a, sizeof a);
    assert_int_equal(roi_nearest_correlation(a, n, &moved, NULL), ROI_OK);
    for (size_t i = 0; i < n * n; i++) assert_true(fabs(a[i] - was[i]) < 1e-9);
    assert_true(moved < 1e-9 * (double)n);
  }
}

/* The nearest point x of a convex set to a: no other point y of it lies on a's side, <a - x, y - x> <= 0. */
static void random_nearest_are_nearest(void **state) {
  (void)state;
  for (size_t n = 3; n <= 24; n += 3) {
    static double a[MOST * MOST], x[MOST * MOST], y[MOST * MOST];
    double moved;
    random_symmetric(a, n);
    memcpy(x, a, sizeof a);
    assert_int_equal(roi_nearest_correlation(x, n, &moved, NULL), ROI_OK);
    is_correlation(x, n);
    for (int turn = 0; turn < 50; turn++) {
      double dot = 0;
      random_correlation(y, n, 1 + (size_t)turn % n);
      for (size_t i = 0; i < n * n; i++) dot += (a[i] - x[i]) * (y[i] - x[i]);
      assert_true(dot < 1e-6);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(known_eigenvalues), cmocka_unit_test(eigenvectors_rebuild_the_matrix), cmocka_unit_test(factors),
      cmocka_unit_test(a_variable_more_changes_no_row), cmocka_unit_test(refused), cmocka_unit_test(known_nearest),
      cmocka_unit_test(what_is_a_correlation_matrix_stays), cmocka_unit_test(random_nearest_are_nearest)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
