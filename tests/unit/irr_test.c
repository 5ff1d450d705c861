#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/state.h"
#include "math/irr.h"

#define MOST 600

static void check(const double *flow, size_t n, const double *want, size_t count) {
  static double scratch[6 * MOST + 16], rates[MOST];
  assert_true(roi_irr_scratch(n) <= sizeof scratch / sizeof *scratch);
  size_t found = roi_irr_all(flow, n, rates, MOST, scratch);
  assert_int_equal(found, count);
  for (size_t i = 0; i < count; i++)
    if (!(fabs(rates[i] - want[i]) <= 1e-12 * (1.0 + want[i]))) fail_msg("rate %zu: %.17g, not %.17g", i, rates[i], want[i]);
}

#define FLOW(...) (const double[]){__VA_ARGS__}, sizeof((const double[]){__VA_ARGS__}) / sizeof(double)
#define RATES(...) (const double[]){__VA_ARGS__}, sizeof((const double[]){__VA_ARGS__}) / sizeof(double)

static void known_answers(void **state) {
  (void)state;
  check(FLOW(-100, 39, 59, 55, 20), RATES(0.2809484211599611)); /* ClickHouse documentation */
  check(FLOW(-1000, 2300, -1320), RATES(0.1, 0.2));             /* numpy-financial issues */
  check(FLOW(100, -200, 150), NULL, 0);
  check(FLOW(-100, 50, 50), RATES(0.0));
  check(FLOW(-100, 0, 121), RATES(0.1));
  check(FLOW(-1, 0.5), RATES(-0.5));
  check(FLOW(-1, 6, -11, 6), RATES(0.0, 1.0, 2.0)); /* (w - 1)(w - 2)(w - 3), w = 1 + rate */
}

static void zeros_and_ends(void **state) {
  (void)state;
  check(FLOW(0, 0, 0), NULL, 0);
  check(FLOW(5), NULL, 0);
  check(FLOW(1, 2, 3), NULL, 0);
  check(FLOW(0, 0, -100, 110, 0, 0), RATES(0.1));
  check(NULL, 0, NULL, 0);
}

static void touching_roots_count_once(void **state) {
  (void)state;
  check(FLOW(1, -2, 1), RATES(0.0));
  check(FLOW(-4, 12, -9), RATES(0.5));    /* -(2 w - 3)^2 */
  check(FLOW(1, -3, 3, -1), RATES(0.0));  /* (w - 1)^3 */
  check(FLOW(1, -5, 8, -4), RATES(0.0, 1.0)); /* (w - 1)(w - 2)^2 */
}

static void any_scale(void **state) {
  (void)state;
  check(FLOW(-1e15, 0, 1.21e15), RATES(0.1));
  check(FLOW(-1e-9, 0, 1.21e-9), RATES(0.1));
  check(FLOW(-1e-9, 1e15), RATES(1e24));
  check(FLOW(-1000e12, 2300e12, -1320e12), RATES(0.1, 0.2));
}

/* A flow with chosen roots: the product of (1 + r) v - 1, times a factor with no positive root, spread over many periods. */
static void long_horizons(void **state) {
  (void)state;
  static const double root[] = {-0.04, 0.015, 0.06};
  for (size_t length = 36; length <= 520; length *= 2) {
    double flow[MOST] = {0}, next[MOST];
    for (size_t i = 0; i + 3 <= length; i++) flow[i] = 1.0; /* no positive root: no change of sign */
    size_t n = length - 2;
    for (int k = 0; k < 3; k++) {
      for (size_t i = 0; i <= n; i++) next[i] = (i > 0 ? (1.0 + root[k]) * flow[i - 1] : 0.0) - (i < n ? flow[i] : 0.0);
      n++;
      for (size_t i = 0; i < n; i++) flow[i] = next[i];
    }
    double scratch[6 * MOST + 16], rates[MOST];
    size_t found = roi_irr_all(flow, n, rates, MOST, scratch);
    assert_int_equal(found, 3);
    for (int k = 0; k < 3; k++) assert_true(fabs(rates[k] - root[k]) < 1e-9);
  }
}

/* Every rate returned makes the present value change sign, and rates rise. */
static void random_flows(void **state) {
  (void)state;
  unsigned long long seed = 12345;
  double scratch[6 * MOST + 16], rates[MOST];
  for (int trial = 0; trial < 300; trial++) {
    double flow[61];
    size_t n = 5 + (size_t)trial % 56;
    for (size_t i = 0; i < n; i++) {
      seed = seed * 6364136223846793005ull + 1442695040888963407ull;
      flow[i] = (double)(seed >> 11) / 9007199254740992.0 - 0.5;
    }
    size_t found = roi_irr_all(flow, n, rates, MOST, scratch);
    /* Coming from rate inf to -1, the sign starts as flow[0]'s and ends as the last one's. */
    assert_int_equal(found % 2, (flow[0] < 0.0) != (flow[n - 1] < 0.0));
    for (size_t k = 0; k < found; k++) {
      double below = 0.0, above = 0.0;
      double v = 1.0 / (1.0 + rates[k]), low = v * (1.0 - 1e-9), high = v * (1.0 + 1e-9);
      for (size_t i = n; i-- > 0;) {
        below = below * low + flow[i];
        above = above * high + flow[i];
      }
      assert_true(below * above < 0.0);
      assert_true(k == 0 || rates[k] > rates[k - 1]);
    }
  }
}

static void states(void **state) {
  (void)state;
  double scratch[64];
  assert_int_equal(roi_state_of(roi_irr(FLOW(1, 2), scratch)), ROI_STATE_NO_IRR);
  assert_int_equal(roi_state_of(roi_irr(FLOW(-1000, 2300, -1320), scratch)), ROI_STATE_MANY_IRR);
  double flow[3] = {-1, roi_state_value(ROI_STATE_NO_COST), 2};
  assert_int_equal(roi_state_of(roi_irr(flow, 3, scratch)), ROI_STATE_NO_COST);
  assert_true(fabs(roi_irr(FLOW(-100, 110), scratch) - 0.1) < 1e-15);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(known_answers), cmocka_unit_test(zeros_and_ends), cmocka_unit_test(touching_roots_count_once),
      cmocka_unit_test(any_scale),     cmocka_unit_test(long_horizons),  cmocka_unit_test(random_flows),
      cmocka_unit_test(states)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
