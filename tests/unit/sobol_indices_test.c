/* Sobol' indices against closed forms, and what must not change a bit of them. */
#include "study.h"

#include "sensitivity/bootstrap.h"

static const double ishigami_first[3] = {0.313905, 0.442411, 0}, ishigami_total[3] = {0.557589, 0.442411, 0.243684};
/* SALib's formulas for a = (0, 1, 4.5, 9, 99, 99, 99, 99). */
static const double g_first[8] = {0.716192, 0.179048, 0.023676, 0.007162, 0.0000716, 0.0000716, 0.0000716, 0.0000716};
static const double g_total[8] = {0.787144, 0.242198, 0.034317, 0.010460, 0.000105, 0.000105, 0.000105, 0.000105};

static void covers(roi_estimate e, double truth, double slack) {
  if (!(e.low - slack <= truth && truth <= e.high + slack)) fail_msg("%.9g is outside of [%.9g, %.9g]", truth, e.low, e.high);
  assert_true(e.low <= e.value && e.value <= e.high);
}

static void of_ishigami(void **state) {
  (void)state;
  begin(1);
  roi_study s = study_of(ishigami(), 8192);
  s.second_order = 1;
  roi_sensitivity *r = measured(&s, ROI_METHOD_SOBOL);
  assert_int_equal(r->evaluations, 8192 * 8);
  assert_int_equal(r->n, 8192);
  near(r->mean, 3.5, 0.005);
  near(r->variance, 13.844588, 0.05);
  for (size_t f = 0; f < 3; f++) {
    near(roi_cell(r, ROI_SOBOL_FIRST, f)->value, ishigami_first[f], 0.01);
    near(roi_cell(r, ROI_SOBOL_TOTAL, f)->value, ishigami_total[f], 0.01);
    covers(*roi_cell(r, ROI_SOBOL_FIRST, f), ishigami_first[f], 0.001);
    covers(*roi_cell(r, ROI_SOBOL_TOTAL, f), ishigami_total[f], 0.001);
  }
  assert_int_equal(r->n_pairs, 3);
  for (size_t p = 0; p < 3; p++) {
    double truth = r->pairs[p].a == 0 && r->pairs[p].b == 2 ? 0.243684 : 0;
    near(r->pairs[p].second.value, truth, 0.02);
    covers(r->pairs[p].second, truth, 0.002);
    assert_true(r->pairs[p].second.high - r->pairs[p].second.low < 0.15);
  }
  roi_sensitivity_free(r);
  end();
}

static void of_the_g_function(void **state) {
  (void)state;
  begin(1);
  roi_study s = study_of(g_function(g_of_saltelli, 8), 4096);
  roi_sensitivity *r = measured(&s, ROI_METHOD_SOBOL);
  near(r->mean, 1, 0.002);
  near(r->variance, 0.465424, 0.01);
  for (size_t f = 0; f < 8; f++) {
    near(roi_cell(r, ROI_SOBOL_FIRST, f)->value, g_first[f], 0.01);
    near(roi_cell(r, ROI_SOBOL_TOTAL, f)->value, g_total[f], 0.01);
    covers(*roi_cell(r, ROI_SOBOL_TOTAL, f), g_total[f], 1e-4);
  }
  roi_sensitivity_free(r);
  end();
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(of_ishigami), cmocka_unit_test(of_the_g_function)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
