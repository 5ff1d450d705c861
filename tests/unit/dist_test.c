/* Families, trees of them and parameters in other forms. tests/data/distributions.txt comes from
 * scripts/reference_distributions.py (mpmath). */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "dist/dist.h"

#define PAR(...) (const double[]){__VA_ARGS__}, sizeof((const double[]){__VA_ARGS__}) / sizeof(double)

static roi_distribution leaf(const char *name, const double *par, size_t n) {
  return (roi_distribution){
      .kind = ROI_DIST_FAMILY, .family = (roi_family)roi_family_find(name), .par = par, .n_par = n};
}

static void near(const char *what, double got, double want, double allowed) {
  double off = got == want ? 0.0 : fabs(got - want) / fabs(want);
  if (!(off <= allowed)) fail_msg("%s: %.17g, not %.17g (%.2g off)", what, got, want, off);
}

static void known_answers(void **state) {
  (void)state;
  char line[512];
  int count = 0;
  FILE *f = fopen("tests/data/distributions.txt", "r");
  assert_non_null(f);
  while (fgets(line, sizeof line, f)) {
    line[strcspn(line, "\n")] = '\0';
    char kind[16], name[32];
    int n, used;
    if (line[0] == '#') continue;
    assert_int_equal(sscanf(line, "%15s %31s %d%n", kind, name, &n, &used), 3);
    double v[8];
    char *at = line + used;
    for (int i = 0; i < n + 3; i++) v[i] = strtod(at, &at);
    const roi_family_row *row = roi_family_get((roi_family)roi_family_find(name));
    const double *r = v + n;
    if (kind[0] == 'q') { /* p q x */
      roi_distribution d = leaf(name, v, (size_t)n);
      near(line, row->quantile(v, (size_t)n, r[0], r[1]), r[2], 2e-12);
      near(line, roi_dist_quantile(&d, r[0], r[1]), r[2], 2e-12);
    } else { /* x p q: x is a rounded quantile, so p moves by as much as the rounding of x does where F is steep in x */
      double p, q, p1, q1, p2, q2;
      row->cdf(v, (size_t)n, r[0], &p, &q);
      row->cdf(v, (size_t)n, nextafter(r[0], -INFINITY), &p1, &q1);
      row->cdf(v, (size_t)n, nextafter(r[0], INFINITY), &p2, &q2);
      double steep = row->discrete ? 0.0 : 8.0;
      near(line, p, r[1], 1e-12 + steep * fabs(p2 - p1) / r[1]);
      near(line, q, r[2], 1e-12 + steep * fabs(q2 - q1) / r[2]);
    }
    count++;
  }
  fclose(f);
  assert_true(count > 1400);
}

static void table_agrees_with_family_def(void **state) {
  (void)state;
#define ROI_FAMILY(id, text, least, most, parameters, doc)               \
  {                                                                      \
    const roi_family_row *row = roi_family_get(ROI_FAMILY_##id);         \
    assert_string_equal(row->name, text);                                \
    assert_string_equal(row->params, parameters);                        \
    assert_int_equal(row->min_args, least);                              \
    assert_int_equal(row->max_args, most);                               \
    assert_int_equal(roi_family_find(text), ROI_FAMILY_##id);            \
  }
#include "dist/family.def"
#undef ROI_FAMILY
  assert_int_equal(roi_family_find("cauchy"), -1);
}

static void constants(void **state) {
  (void)state;
  roi_distribution d[] = {leaf("pert", PAR(5, 5, 5)), leaf("triangular", PAR(5, 5, 5)), leaf("uniform", PAR(5, 5)),
                          leaf("normal", PAR(5, 0))};
  for (size_t i = 0; i < sizeof d / sizeof *d; i++) {
    assert_int_equal(roi_dist_check(&d[i], NULL), ROI_OK);
    for (double u = 0x1p-53; u < 1.0; u = u < 0.5 ? 3.0 * u : u + 0.1) assert_true(roi_dist_quantile(&d[i], u, 1.0 - u) == 5.0);
    double p, q;
    roi_dist_cdf(&d[i], 4.9999, &p, &q);
    assert_true(p == 0.0 && q == 1.0);
    roi_dist_cdf(&d[i], 5.0, &p, &q);
    assert_true(p == 1.0 && q == 0.0);
  }
}

static void refuses(roi_distribution d, const char *want) {
  roi_error err;
  assert_int_equal(roi_dist_check(&d, &err), ROI_ERR_MODEL);
  if (strcmp(err.text, want) != 0) fail_msg("\"%s\" instead of \"%s\"", err.text, want);
}

static void bad_parameters_name_the_rule(void **state) {
  (void)state;
  refuses(leaf("triangular", PAR(8, 20, 13)), "triangular(min, mode, max): mode 20 is above max 13");
  refuses(leaf("normal", PAR(0, -1)), "normal(mean, sd): sd -1 is below 0");
  refuses(leaf("pert", PAR(0, 1, 2, 0)), "pert(min, mode, max, lambda = 4): lambda 0 is not above 0");
  refuses(leaf("pert", PAR(0, 1, 2, 1e200)), "pert(min, mode, max, lambda = 4): lambda 1e+200 is above 1e15, the largest that can be "
                                             "computed");
  refuses(leaf("beta", PAR(0, 1)), "beta(a, b): a 0 is not above 0");
  refuses(leaf("gamma", PAR(1, NAN)), "gamma(shape, scale): scale nan is not a finite number");
  refuses(leaf("student_t", PAR(3, 0, -2)), "student_t(df, location = 0, scale = 1): scale -2 is not above 0");
  refuses(leaf("bernoulli", PAR(1.5)), "bernoulli(p): p 1.5 is above 1 (35% is written 0.35)");
  refuses(leaf("binomial", PAR(2.5, 0.1)), "binomial(n, p): n 2.5 is not a whole number");
  refuses(leaf("discrete", PAR(1, 0, 2, 0)),
          "discrete(value, weight, ...): the sum of the weights 0 is not above 0 and finite");
  refuses(leaf("discrete", PAR(1, 1, 2, -3)), "discrete(value, weight, ...): weight -3 is below 0");
  refuses(leaf("uniform", PAR(3, 2)), "uniform(min, max): min 3 is above max 2");
  refuses(leaf("metalog", PAR(0, 0, 0, 0.5, 1, 0.1, 2)),
          "metalog(bounds, min, max, p, x, p, x, ...): probability 0.1 does not rise: it stands after 0.5");
  roi_distribution n = leaf("normal", PAR(0, 1)), *part = &n;
  roi_distribution t = {.kind = ROI_DIST_TRUNCATE, .part = (const roi_distribution *const *)&part, .n_part = 1, .lo = 2, .hi = 1};
  refuses(t, "truncate(lo, hi): lo 2 is not below hi 1");
  t.lo = 50;
  t.hi = 51;
  refuses(t, "truncate(lo, hi): the distribution has no probability between 50 and 51");
}

/* Keelin's three-term case: P10 35, P50 50, P90 75; P5 and P95 as published with Frontline's example. */
static void metalog(void **state) {
  (void)state;
  roi_distribution d = leaf("metalog", PAR(0, 0, 0, 0.1, 35, 0.5, 50, 0.9, 75));
  assert_int_equal(roi_dist_check(&d, NULL), ROI_OK);
  near("P5", roi_dist_quantile(&d, 0.05, 0.95), 30.736466, 2e-8);
  near("P95", roi_dist_quantile(&d, 0.95, 0.05), 84.339343, 2e-8);
  near("P10", roi_dist_quantile(&d, 0.1, 0.9), 35.0, 1e-13);
  double p, q;
  roi_dist_cdf(&d, 75.0, &p, &q);
  near("F(75)", q, 0.1, 1e-12);
  roi_distribution bounded = leaf("metalog", PAR(3, 10, 90, 0.1, 20, 0.5, 40, 0.9, 70));
  assert_int_equal(roi_dist_check(&bounded, NULL), ROI_OK);
  assert_true(roi_dist_quantile(&bounded, 1e-12, 1.0) >= 10.0 && roi_dist_quantile(&bounded, 1.0, 1e-12) <= 90.0);
  near("bounded P50", roi_dist_quantile(&bounded, 0.5, 0.5), 40.0, 1e-13);
  /* Two far quantiles and a median close to one of them: the curve would fall. */
  roi_error err;
  roi_distribution falls = leaf("metalog", PAR(0, 0, 0, 0.1, 0, 0.5, 99, 0.9, 100));
  assert_int_equal(roi_dist_check(&falls, &err), ROI_ERR_MODEL);
  assert_non_null(strstr(err.text, "quantile function would fall"));
}

/* mpmath: the root of the truncated distribution function at 50 digits. */
static void truncated(void **state) {
  (void)state;
  static const struct {
    double mean, lo, hi, p, q, x, allowed;
  } known[] = {
      {1, 0, INFINITY, 1e-12, 1, 3.4770518116976494523e-12, 1e-8}, /* distance from an end: as a tail, 1e-6 is promised */
      {1, 0, INFINITY, 1e-6, 1 - 1e-6, 3.4770457667800621802e-6, 1e-8},
      {1, 0, INFINITY, 0.3, 0.7, 0.77517749210133783952, 1e-14},
      {1, 0, INFINITY, 0.8, 0.2, 1.961028379967197442, 1e-14},
      {1, 0, INFINITY, 1, 1e-12, 8.058533487912384474, 1e-14},
      {0, 8, INFINITY, 1e-6, 1 - 1e-6, 8.0000001231320239039, 6e-16},
      {0, 8, INFINITY, 0.3, 0.7, 8.0438016529280543241, 1e-15},
      {0, 8, INFINITY, 0.8, 0.2, 8.1958451930585916516, 1e-15},
      {0, 8, INFINITY, 1, 1e-12, 10.893038042514783425, 1e-15},
      {0, -1, 1.5, 1e-12, 1, -0.9999999999967990444, 6e-16},
      {0, -1, 1.5, 1e-6, 1 - 1e-6, -0.99999679904952670325, 6e-16},
      {0, -1, 1.5, 0.3, 0.7, -0.27667061822895220277, 1e-14},
      {0, -1, 1.5, 0.8, 0.2, 0.76641498306050875562, 1e-14},
      {0, -1, 1.5, 1, 1e-12, 1.4999999999940198276, 6e-16},
  };
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    roi_distribution n = leaf("normal", (const double[]){known[i].mean, 1}, 2);
    const roi_distribution *part = &n;
    roi_distribution t = {
        .kind = ROI_DIST_TRUNCATE, .part = &part, .n_part = 1, .lo = known[i].lo, .hi = known[i].hi};
    assert_int_equal(roi_dist_check(&t, NULL), ROI_OK);
    near("truncated", roi_dist_quantile(&t, known[i].p, known[i].q), known[i].x, known[i].allowed);
  }
  roi_distribution b = leaf("poisson", PAR(3));
  const roi_distribution *part = &b;
  roi_distribution t = {.kind = ROI_DIST_TRUNCATE, .part = &part, .n_part = 1, .lo = 2, .hi = 4};
  double p, q, mass = exp(-3) * (4.5 + 4.5 + 3.375); /* atoms 2, 3, 4 */
  assert_true(roi_dist_quantile(&t, 0.01, 0.99) == 2.0 && roi_dist_quantile(&t, 0.99, 0.01) == 4.0);
  roi_dist_cdf(&t, 2.0, &p, &q);
  near("an atom at lo stays", p, exp(-3) * 4.5 / mass, 1e-13);
}

static void mixtures(void **state) {
  (void)state;
  roi_distribution a = leaf("uniform", PAR(0, 1)), b = leaf("uniform", PAR(2, 3)), c = leaf("normal", PAR(0, 1)),
                   d = leaf("gamma", PAR(0.1, 1));
  const roi_distribution *gap[] = {&a, &b}, *far[] = {&d, &c};
  const double weight[] = {3, 7};
  roi_distribution m = {.kind = ROI_DIST_MIXTURE, .part = gap, .n_part = 2, .weight = weight};
  assert_int_equal(roi_dist_check(&m, NULL), ROI_OK);
  near("below the gap", roi_dist_quantile(&m, 0.15, 0.85), 0.5, 1e-12);
  near("above the gap", roi_dist_quantile(&m, 0.65, 0.35), 2.5, 1e-12);
  near("near the top", 3.0 - roi_dist_quantile(&m, 1.0 - 7e-10, 7e-10), 1e-9, 1e-6);
  near("mean", roi_dist_mean(&m), 0.3 * 0.5 + 0.7 * 2.5, 1e-15);
  m.part = far;
  for (double tail = 1e-12; tail < 0.5; tail *= 7.0)
    for (int upper = 0; upper < 2; upper++) {
      double p, q, x = roi_dist_quantile(&m, upper ? 1.0 - tail : tail, upper ? tail : 1.0 - tail);
      roi_dist_cdf(&m, x, &p, &q);
      near("mixture tail", upper ? q : p, tail, 1e-9);
    }
  /* An atom: bernoulli(0.5) with weight 0.3 beside uniform(0, 1): F jumps from 0 to 0.15 at 0 and from 0.85 to 1 at 1. */
  roi_distribution e = leaf("bernoulli", PAR(0.5));
  const roi_distribution *atoms[] = {&e, &a};
  m.part = atoms;
  assert_true(roi_dist_quantile(&m, 0.1, 0.9) == 0.0);
  assert_true(roi_dist_quantile(&m, 0.9, 0.1) == 1.0);
  near("between the atoms", roi_dist_quantile(&m, 0.5, 0.5), 0.5, 1e-12);
}

/* The values of steps are the steps themselves, to the last bit, from whichever side the search came upon them. */
static void mixtures_of_atoms(void **state) {
  (void)state;
  roi_distribution a = leaf("poisson", PAR(40)), b = leaf("binomial", PAR(100, 0.2)), c = leaf("normal", PAR(0, 1)),
                   d = leaf("normal", PAR(3, 1));
  const roi_distribution *steps[] = {&a, &b}, *inner = &c;
  const double weight[] = {1, 1};
  roi_distribution m = {.kind = ROI_DIST_MIXTURE, .part = steps, .n_part = 2, .weight = weight};
  for (int i = 1; i < 1000; i++) {
    double x = roi_dist_quantile(&m, i / 1000.0, 1.0 - i / 1000.0);
    assert_true(x == floor(x));
  }
  roi_distribution clamp = {.kind = ROI_DIST_CLAMP, .part = &inner, .n_part = 1, .lo = -1, .hi = 1};
  const roi_distribution *clamped[] = {&clamp, &d};
  m.part = clamped; /* F jumps by half of 0.1587 at -1 and at 1 */
  for (int i = 1; i < 8; i++) {
    assert_true(roi_dist_quantile(&m, i / 100.0, 1.0 - i / 100.0) == -1.0);
    assert_true(roi_dist_quantile(&m, 0.434 + i / 100.0, 0.566 - i / 100.0) == 1.0);
  }
}

static void clamps_and_steps(void **state) {
  (void)state;
  roi_distribution n = leaf("normal", PAR(0, 1));
  const roi_distribution *part = &n;
  roi_distribution c = {.kind = ROI_DIST_CLAMP, .part = &part, .n_part = 1, .lo = -1, .hi = 2};
  assert_true(roi_dist_quantile(&c, 0.01, 0.99) == -1.0 && roi_dist_quantile(&c, 0.999, 0.001) == 2.0);
  assert_true(isnan(roi_dist_mean(&c)));
  roi_distribution d = leaf("discrete", PAR(3, 1, 1, 2, 2, 0, 1, 1));
  assert_true(roi_dist_quantile(&d, 0.75, 0.25) == 1.0 && roi_dist_quantile(&d, 0.76, 0.24) == 3.0);
  near("mean", roi_dist_mean(&d), 1.5, 1e-15);
  roi_distribution e = leaf("empirical", PAR(1, 1, 2, 5));
  assert_int_equal(roi_dist_check(&e, NULL), ROI_OK);
  assert_true(roi_dist_quantile(&e, 0.5, 0.5) == 1.0 && roi_dist_quantile(&e, 0.51, 0.49) == 2.0);
}

static void other_forms_are_met(void **state) {
  (void)state;
  static const char *const name[] = {"normal", "lognormal", "uniform", "beta",  "gamma",
                                     "weibull", "logistic", "gumbel",  "pareto"};
  static const double quantiles[][4] = {{0.05, 0.2, 0.95, 0.7}, {0.1, 0.3, 0.9, 0.35}, {0.01, 1e-3, 0.5, 0.4},
                                        {0.25, 0.6, 0.99, 0.999}};
  static const double moments[][2] = {{0.3, 0.1}, {0.5, 0.01}, {0.9, 0.2}};
  for (size_t i = 0; i < sizeof name / sizeof *name; i++) {
    roi_family f = (roi_family)roi_family_find(name[i]);
    double par[4];
    size_t n;
    for (size_t k = 0; k < sizeof quantiles / sizeof *quantiles; k++) {
      const double *v = quantiles[k];
      assert_int_equal(roi_dist_natural(f, ROI_FORM_QUANTILES, v, 4, par, &n, NULL), ROI_OK);
      roi_distribution d = leaf(name[i], par, n);
      assert_int_equal(roi_dist_check(&d, NULL), ROI_OK);
      double p, q;
      roi_dist_cdf(&d, v[1], &p, &q);
      if (!(fabs(p - v[0]) <= 1e-11 * v[0])) fail_msg("%s, case %zu: p %.17g, not %g", name[i], k, p, v[0]);
      roi_dist_cdf(&d, v[3], &p, &q);
      if (!(fabs(p - v[2]) <= 1e-11 * (1.0 - v[2]))) fail_msg("%s, case %zu: p %.17g, not %g", name[i], k, p, v[2]);
    }
    for (size_t k = 0; k < sizeof moments / sizeof *moments; k++) {
      assert_int_equal(roi_dist_natural(f, ROI_FORM_MEAN_SD, moments[k], 2, par, &n, NULL), ROI_OK);
      const roi_family_row *row = roi_family_get(f);
      near(name[i], row->mean(par, n), moments[k][0], 1e-12);
      near(name[i], row->sd(par, n), moments[k][1], 1e-10);
    }
  }
}

static void other_forms_refused(void **state) {
  (void)state;
  double par[4];
  size_t n;
  roi_error err;
  assert_int_equal(roi_dist_natural(ROI_FAMILY_LOGNORMAL, ROI_FORM_QUANTILES, (double[]){0.05, -1, 0.95, 3}, 4, par, &n, &err),
                   ROI_ERR_MODEL);
  assert_string_equal(err.text, "lognormal by two quantiles: quantile -1 is not above 0, as its values are");
  assert_int_equal(roi_dist_natural(ROI_FAMILY_BETA, ROI_FORM_MEAN_SD, (double[]){0.5, 0.6}, 2, par, &n, &err), ROI_ERR_MODEL);
  assert_int_equal(roi_dist_natural(ROI_FAMILY_NORMAL, ROI_FORM_QUANTILES, (double[]){0.05, 4, 0.95, 3}, 4, par, &n, &err),
                   ROI_ERR_MODEL);
  assert_int_equal(roi_dist_natural(ROI_FAMILY_POISSON, ROI_FORM_MEAN_SD, (double[]){4, 2}, 2, par, &n, &err), ROI_ERR_MODEL);
  assert_string_equal(err.text, "poisson can't be given by mean and sd; give its own parameters: poisson(mean)");
  assert_int_equal(roi_dist_natural(ROI_FAMILY_BINOMIAL, ROI_FORM_MEAN_SD, (double[]){3, sqrt(2.1)}, 2, par, &n, &err), ROI_OK);
  assert_true(par[0] == 10.0);
  assert_int_equal(roi_dist_natural(ROI_FAMILY_NORMAL, ROI_FORM_MEAN_SD, (double[]){3, 0}, 2, par, &n, &err), ROI_OK);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(known_answers),
                                     cmocka_unit_test(table_agrees_with_family_def),
                                     cmocka_unit_test(constants),
                                     cmocka_unit_test(bad_parameters_name_the_rule),
                                     cmocka_unit_test(metalog),
                                     cmocka_unit_test(truncated),
                                     cmocka_unit_test(mixtures), cmocka_unit_test(mixtures_of_atoms),
                                     cmocka_unit_test(clamps_and_steps),
                                     cmocka_unit_test(other_forms_are_met),
                                     cmocka_unit_test(other_forms_refused)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
