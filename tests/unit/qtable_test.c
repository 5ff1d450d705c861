/* Tables against the distribution functions they invert, and step lists. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/memory.h"
#include "dist/qtable.h"

#define PAR(...) (const double[]){__VA_ARGS__}, sizeof((const double[]){__VA_ARGS__}) / sizeof(double)

static roi_distribution leaf(const char *name, const double *par, size_t n) {
  return (roi_distribution){
      .kind = ROI_DIST_FAMILY, .family = (roi_family)roi_family_find(name), .par = par, .n_par = n};
}

/* The contract at u: |F(Q(u)) - u| in the nearer tail, where one rounding of the value itself moves F by less than that. */
static void holds_at(const char *name, const roi_distribution *d, const roi_qtable *t, double u) {
  double x = roi_qtable_value(t, u), p, q, p1, q1, p2, q2;
  roi_dist_cdf(d, x, &p, &q);
  roi_dist_cdf(d, nextafter(x, -INFINITY), &p1, &q1);
  roi_dist_cdf(d, nextafter(x, INFINITY), &p2, &q2);
  double tail = u < 0.5 ? u : 1.0 - u, off = u < 0.5 ? fabs(p - u) : fabs(q - (1.0 - u));
  double rounding = 2.0 * (u < 0.5 ? fabs(p2 - p1) : fabs(q2 - q1));
  double allowed = 1e-10 < 1e-6 * tail ? 1e-10 : 1e-6 * tail;
  if (!(off <= allowed + rounding)) fail_msg("%s at %.17g: %.3g off in probability", name, u, off);
}

/* deepest: the smallest tail in which the distribution function itself is accurate enough to judge by. */
static void check(const char *name, const roi_distribution *d, double direct_allowed, double low, double high, double deepest) {
  roi_qtable t;
  assert_int_equal(roi_dist_check(d, NULL), ROI_OK);
  assert_int_equal(roi_qtable_build(&t, d, NULL), ROI_OK);
  assert_true(t.m >= ROI_QTABLE_MIN_M && t.m <= ROI_QTABLE_MAX_M);
  assert_int_equal(t.cells, ROI_QTABLE_OCTAVES << t.m);
  if ((double)t.direct_cells > direct_allowed * 2.0 * t.cells)
    fail_msg("%s: %u of %u cells go the direct route", name, t.direct_cells, 2 * t.cells);
  const int n = 3000;
  double before = -INFINITY;
  for (int i = 0; i < n; i++) {
    double u = (i + 0.5) / n;
    double x = roi_qtable_value(&t, u);
    if (!(x >= before - 1e-13 * fabs(before)) || !(x >= low && x <= high)) fail_msg("%s at %.17g: %.17g", name, u, x);
    before = x;
    holds_at(name, d, &t, u);
  }
  for (int i = 0; i < 400; i++) { /* every octave of either tail, down to 1e-12 */
    double tail = ldexp(0.5 + 0.5 * ((i * 37) % 400 + 0.5) / 400, -i / 10);
    if (tail < deepest || tail >= 0.5) continue;
    holds_at(name, d, &t, tail);
    holds_at(name, d, &t, 1.0 - tail);
    double x = roi_qtable_value(&t, 1.0 - tail);
    assert_true(x >= low && x <= high);
  }
  /* Neighbouring cells meet, and the table meets the direct route. */
  for (uint32_t i = 0; i <= t.cells; i += 5) {
    double at = ldexp(1.0 + (double)(i % (1u << t.m)) / (1u << t.m), -ROI_QTABLE_OCTAVES - 1 + (int)(i >> t.m));
    if (at >= 0.5) continue;
    double a = roi_qtable_value(&t, nextafter(at, 0.0)), b = roi_qtable_value(&t, at);
    if (!(a <= b + 1e-13 * fabs(b))) fail_msg("%s: a step down of %g at %.17g", name, a - b, at);
  }
  roi_qtable_free(&t);
}

static void families(void **state) {
  (void)state;
  static const struct {
    const char *name;
    double par[4];
    size_t n;
    double low, high;
  } hard[] = {
      {"normal", {0, 1}, 2, -INFINITY, INFINITY},     {"beta", {0.5, 0.5}, 2, 0, 1},
      {"beta", {200, 3}, 2, 0, 1},                     {"beta", {8, 12}, 2, 0, 1},
      {"beta", {0.05, 8}, 2, 0, 1},                    {"beta", {8, 0.05}, 2, 0, 1},
      {"beta", {30000, 50000}, 2, 0, 1},               {"gamma", {0.1, 1}, 2, 0, INFINITY},
      {"gamma", {150, 2}, 2, 0, INFINITY},             {"gamma", {0.02, 1}, 2, 0, INFINITY},
      {"student_t", {2.5}, 1, -INFINITY, INFINITY},    {"student_t", {0.3}, 1, -INFINITY, INFINITY},
      {"student_t", {1e6}, 1, -INFINITY, INFINITY},    {"pert", {0, 0, 1, 4}, 4, 0, 1},
      {"pert", {0, 1, 1, 4}, 4, 0, 1},                 {"pert", {6, 9, 15, 4}, 4, 6, 15},
      {"pert", {2, 2, 2, 4}, 4, 2, 2},                 {"lognormal", {0, 3}, 2, 0, INFINITY},
      {"weibull", {0.3, 1}, 2, 0, INFINITY},           {"pareto", {0.5, 1}, 2, 1, INFINITY},
      {"gumbel", {0, 1}, 2, -INFINITY, INFINITY},      {"logistic", {0, 1}, 2, -INFINITY, INFINITY},
      {"triangular", {0, 0.3, 1}, 3, 0, 1},
  };
  for (size_t i = 0; i < sizeof hard / sizeof *hard; i++) {
    roi_distribution d = leaf(hard[i].name, hard[i].par, hard[i].n);
    check(hard[i].name, &d, 0.02, hard[i].low, hard[i].high, 1e-12);
  }
}

static void trees(void **state) {
  (void)state;
  roi_distribution n = leaf("normal", PAR(0, 1)), far = leaf("normal", PAR(5, 1)), u = leaf("uniform", PAR(0, 1)),
                   v = leaf("uniform", PAR(2, 3)), b = leaf("beta", PAR(8, 12)), g = leaf("gamma", PAR(0.1, 1));
  const roi_distribution *part = &n;
  roi_distribution t = {.kind = ROI_DIST_TRUNCATE, .part = &part, .n_part = 1, .lo = 8, .hi = INFINITY};
  check("normal beyond 8", &t, 0.0, 8, INFINITY, 1e-7);
  part = &b;
  t.lo = 0.2;
  t.hi = 0.6;
  check("beta within", &t, 0.0, 0.2, 0.6, 1e-7);
  const double weight[] = {0.3, 0.7};
  const roi_distribution *pair[2] = {&n, &far};
  roi_distribution m = {.kind = ROI_DIST_MIXTURE, .part = pair, .n_part = 2, .weight = weight};
  check("two normals", &m, 0.01, -INFINITY, INFINITY, 1e-12);
  pair[0] = &u;
  pair[1] = &v;
  check("a gap", &m, 0.01, 0, 3, 1e-12);
  pair[0] = &b;
  pair[1] = &g;
  check("beta and gamma", &m, 0.01, 0, INFINITY, 1e-12);
  part = &n;
  roi_distribution c = {.kind = ROI_DIST_CLAMP, .part = &part, .n_part = 1, .lo = -1, .hi = 2};
  roi_qtable q;
  assert_int_equal(roi_qtable_build(&q, &c, NULL), ROI_OK);
  assert_true(roi_qtable_value(&q, 0.01) == -1.0 && roi_qtable_value(&q, 0.99) == 2.0);
  roi_qtable_free(&q);
}

static void step_lists(void **state) {
  (void)state;
  static const struct {
    const char *name;
    double par[6];
    size_t n;
  } family[] = {{"bernoulli", {0.15}, 1},   {"bernoulli", {0}, 1},       {"binomial", {40, 0.3}, 2},
                {"binomial", {7, 1}, 2},    {"poisson", {0.7}, 1},       {"poisson", {250}, 1},
                {"poisson", {4e8}, 1},      {"geometric", {0.2}, 1},     {"geometric", {1e-5}, 1},
                {"negative_binomial", {3.5, 0.2}, 2}, {"discrete", {3, 1, 1, 2, 2, 0}, 6}, {"poisson", {0}, 1}};
  for (size_t i = 0; i < sizeof family / sizeof *family; i++) {
    roi_distribution d = leaf(family[i].name, family[i].par, family[i].n);
    roi_steps s;
    assert_true(roi_dist_discrete(&d));
    assert_int_equal(roi_steps_build(&s, &d, NULL), ROI_OK);
    double before = -INFINITY;
    for (int k = 0; k < 500; k++) {
      double u = (k + 0.5) / 500, x = roi_steps_value(&s, u), p, q, p1, q1;
      assert_true(x >= before);
      before = x;
      roi_dist_cdf(&d, x, &p, &q);
      roi_dist_cdf(&d, nextafter(x, -INFINITY), &p1, &q1);
      if (!(p >= u - 1e-15 && p1 <= u + 1e-15)) fail_msg("%s at %g: %g", family[i].name, u, x);
    }
    assert_true(roi_steps_value(&s, 0x1p-53) <= roi_steps_value(&s, 1.0 - 0x1p-53));
    roi_steps_free(&s);
  }
}

static void memory_runs_out(void **state) {
  (void)state;
  roi_distribution d = leaf("triangular", PAR(0, 0.3, 1)), e = leaf("poisson", PAR(250));
  for (long n = 0; n < 40; n++) {
    roi_qtable t;
    roi_steps s;
    roi_error err;
    roi_memory_fail_after(n);
    roi_status a = roi_qtable_build(&t, &d, &err);
    assert_true(a == ROI_OK || a == ROI_ERR_MEMORY);
    roi_memory_fail_after(n);
    roi_status b = roi_steps_build(&s, &e, &err);
    assert_true(b == ROI_OK || b == ROI_ERR_MEMORY);
    assert_true(n > 0 || (a == ROI_ERR_MEMORY && b == ROI_ERR_MEMORY));
    assert_true(n < 39 || (a == ROI_OK && b == ROI_OK));
    roi_memory_fail_after(-1);
    roi_qtable_free(&t);
    roi_steps_free(&s);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(families), cmocka_unit_test(trees), cmocka_unit_test(step_lists),
                                     cmocka_unit_test(memory_runs_out)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
