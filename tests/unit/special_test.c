/* Special functions against tests/data/special.txt (mpmath, see scripts/reference_distributions.py) and their own inverses. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "math/scalar.h"
#include "math/special.h"

static double off(double got, double want) { return fabs(got - want) / fabs(want); }

static void check(const char *line, double got, double want, double allowed) {
  if (!(off(got, want) <= allowed)) fail_msg("%s: got %.17g, %.2g off", line, got, off(got, want));
}

static void known_answers(void **state) {
  (void)state;
  char line[512];
  int count = 0;
  FILE *f = fopen("tests/data/special.txt", "r");
  assert_non_null(f);
  while (fgets(line, sizeof line, f)) {
    double a, b, x, y, p, q, gp, gq;
    line[strcspn(line, "\n")] = '\0';
    if (sscanf(line, "lgamma %lf %lf", &x, &p) == 2) {
      check(line, roi_lgamma(x), p, 1e-14);
    } else if (sscanf(line, "gamma %lf %lf %lf %lf", &a, &x, &p, &q) == 4) {
      roi_gamma_pq(a, x, &gp, &gq);
      check(line, gp, p, 1e-12);
      check(line, gq, q, 1e-12);
    } else if (sscanf(line, "beta %lf %lf %lf %lf %lf %lf", &a, &b, &x, &y, &p, &q) == 6) {
      roi_beta_pq(a, b, x, y, &gp, &gq);
      check(line, gp, p, 1e-12);
      check(line, gq, q, 1e-12);
    } else {
      assert_true(line[0] == '#');
      count--;
    }
    count++;
  }
  fclose(f);
  assert_true(count > 250);
}

/* mpmath: erfc at 50 digits, and Newton's method on it. */
static void normal(void **state) {
  (void)state;
  static const double cdf[][2] = {{-37.5, 4.6053530095819548438e-308}, {-20.0, 2.7536241186062336951e-89},
                                  {-8.0, 6.2209605742717841235e-16}, {-1.0, 0.1586552539314570514},
                                  {0.0, 0.5},                       {3.0, 0.9986501019683699054}};
  for (size_t i = 0; i < sizeof cdf / sizeof *cdf; i++) check("normal_cdf", roi_normal_cdf(cdf[i][0]), cdf[i][1], 1e-12);
  static const double quantile[][2] = {{1e-300, -37.047096299361199237}, {1e-12, -7.0344838253011319326},
                                       {0.025, -1.9599639845400542118},   {0.3, -0.52440051270804081597},
                                       {0.975, 1.9599639845400538556}};
  for (size_t i = 0; i < sizeof quantile / sizeof *quantile; i++)
    check("normal_quantile", roi_normal_quantile(quantile[i][0]), quantile[i][1], 1e-12);
  assert_true(roi_normal_quantile(0.0) == -(double)INFINITY);
  assert_true(roi_normal_quantile(1.0) == (double)INFINITY);
  assert_true(isnan(roi_normal_quantile(-1e-9)) && isnan(roi_normal_quantile(1.1)));
}

static void large_and_small_shapes_invert(void **state) {
  (void)state;
  static const double shape[] = {1e-3, 0.03, 0.7, 1, 4, 60, 2000, 1e6, 1e9};
  static const double tail[] = {1e-15, 1e-9, 1e-4, 0.02, 0.3, 0.5};
  for (size_t i = 0; i < sizeof shape / sizeof *shape; i++)
    for (size_t k = 0; k < 2 * sizeof tail / sizeof *tail; k++) {
      double t = tail[k / 2], p = k % 2 ? 1.0 - t : t, q = k % 2 ? t : 1.0 - t, bp, bq;
      double x = roi_gamma_quantile(shape[i], p, q);
      roi_gamma_pq(shape[i], x, &bp, &bq);
      if (x > 1e-290) check("gamma quantile", k % 2 ? bq : bp, t, 1e-9);
      for (size_t j = 0; j < sizeof shape / sizeof *shape; j++) {
        double y;
        roi_beta_quantile(shape[i], shape[j], p, q, &x, &y);
        if (x < 1e-290 || y < 1e-290) continue;
        roi_beta_pq(shape[i], shape[j], x, y, &bp, &bq);
        check("beta quantile", k % 2 ? bq : bp, t, 1e-9);
      }
    }
}

static void beta_function_without_cancellation(void **state) {
  (void)state;
  /* mpmath: log(beta(a, b)). */
  check("lbeta", roi_lbeta(1e8, 2e8), -190954258.57711312928, 1e-14);
  check("lbeta", roi_lbeta(0.5, 1e10), -10.940560522033028333, 1e-14);
  check("lbeta", roi_lbeta(3.0, 4.0), -4.0943445622221006848, 1e-14);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(known_answers), cmocka_unit_test(normal),
                                     cmocka_unit_test(large_and_small_shapes_invert),
                                     cmocka_unit_test(beta_function_without_cancellation)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
