/* What a test script may expect, as rows of the graph, and when a run bears it out. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "command/judge.h"
#include "graph/wire.h"

static roi_graph *g;
static roi_node scalar, series;

static int begin(void **state) {
  (void)state;
  roi_error err;
  g = roi_graph_new("judged", 12, ROI_MONTH, &err);
  double p[2] = {0, 1};
  roi_node bounds[2] = {roi_constant(g, p[0], &err), roi_constant(g, p[1], &err)};
  scalar = roi_draw(g, roi_dist(g, ROI_FAMILY_UNIFORM, ROI_FORM_NATURAL, bounds, 2, &err), "u", 0, &err);
  series = roi_time(g, 1, &err);
  return scalar == ROI_NONE || series == ROI_NONE;
}

static int end(void **state) {
  (void)state;
  roi_graph_free(g);
  return 0;
}

/* -- Rows -------------------------------------------------------------------------------------------------------------- */

static roi_expectation_row row_of(roi_expectation_kind kind, double expected, double within) {
  return (roi_expectation_row){.kind = (uint32_t)kind, .node = scalar, .expected = expected, .within = within};
}

static void refused(roi_expectation_row row, const char *text, const char *what) {
  roi_error err = {0};
  size_t before = g->n_expectations;
  if (roi_graph_add_expectation(g, "x", text, row, &err) == ROI_OK) fail_msg("accepted: %s", what);
  if (!strstr(err.text, what)) fail_msg("%s: %s", what, err.text);
  assert_int_equal(g->n_expectations, before);
}

static void rows_are_checked(void **state) {
  (void)state;
  roi_expectation_row row = row_of(ROI_EXPECT_MEAN, 1, 0);
  row.kind = ROI_EXPECTATION_KINDS;
  refused(row, NULL, "unknown kind");
  row = row_of(ROI_EXPECT_MEAN, 1, 0);
  row.node = series;
  refused(row, NULL, "no scalar");
  row.node = (roi_node)g->n_nodes;
  refused(row, NULL, "no scalar");
  row.node = ROI_NONE;
  refused(row, NULL, "no scalar");
  refused(row_of(ROI_EXPECT_MEAN, NAN, 0), NULL, "no number");
  refused(row_of(ROI_EXPECT_MEAN, 1, -1), NULL, "no number");
  refused(row_of(ROI_EXPECT_SD, 1, INFINITY), NULL, "no number");
  refused(row_of(ROI_EXPECT_MEAN, 1, 0), "text", "decided before the run");
  refused(row_of(ROI_EXPECT_PROBABILITY, 1.5, 0), NULL, "no probability");
  refused(row_of(ROI_EXPECT_BOUNDS, 2, 1), NULL, "out of order");
  refused(row_of(ROI_EXPECT_BOUNDS, NAN, 1), NULL, "out of order");
  row = row_of(ROI_EXPECT_QUANTILE, 1, 0);
  row.level = ROI_QUANTILES;
  refused(row, NULL, "unknown quantile");
  row = row_of(ROI_EXPECT_MEAN, 1, 0);
  row.level = 1;
  refused(row, NULL, "unknown quantile");
  refused(row_of(ROI_EXPECT_PLAIN, 0, 0), NULL, "plain numbers");
  row = (roi_expectation_row){.node = ROI_NONE, .failed = 2};
  refused(row, NULL, "plain numbers");
}

static void rows_cross_and_are_not_believed(void **state) {
  (void)state;
  roi_error err = {0};
  roi_expectation_row plain = {.node = ROI_NONE, .failed = 1};
  assert_int_equal(roi_graph_add_expectation(g, "a", "is 1, expected 2", plain, &err), ROI_OK);
  assert_int_equal(roi_graph_add_expectation(g, "b", NULL, row_of(ROI_EXPECT_BOUNDS, -INFINITY, 3), &err), ROI_OK);
  size_t size;
  void *buffer = roi_graph_write(g, &size, &err);
  assert_non_null(buffer);
  roi_graph *read = roi_graph_read(buffer, size, &err);
  assert_non_null(read);
  assert_int_equal(read->n_expectations, 2);
  assert_string_equal(roi_graph_text(read, read->expectations[0].text), "is 1, expected 2");
  assert_true(read->expectations[1].expected == -INFINITY && read->expectations[1].node == scalar);
  read->expectations[1].node = series;
  assert_int_equal(roi_graph_validate(read, &err), ROI_ERR_MODEL);
  read->expectations[1].node = scalar;
  read->expectations[1].name = UINT32_MAX;
  assert_int_equal(roi_graph_validate(read, &err), ROI_ERR_MODEL);
  roi_graph_free(read);
  roi_free(buffer);
}

/* -- Verdicts ---------------------------------------------------------------------------------------------------------- */

static roi_summary summary_of(double mean, double se, uint64_t trials) {
  roi_summary s = {.trials = trials, .n = trials, .mean = mean, .mean_se = se, .sd = 10, .sd_se = 1, .min = -5, .max = 90};
  for (int i = 0; i < ROI_QUANTILES; i++) {
    s.quantile[i] = 10 * i;
    s.quantile_se[i] = 0.5;
  }
  return s;
}

/* text: NULL if it must pass, else a part of what is said. */
static void judged(roi_expectation_row row, const roi_summary *s, const char *text) {
  roi_verdict v = roi_judge(g, &row, s, NULL);
  if (v.passed != !text || (text && !strstr(v.text, text))) fail_msg("%s: passed %d: %s", text ? text : "-", v.passed, v.text);
}

static void an_estimate_may_be_off_by_its_error(void **state) {
  (void)state;
  roi_summary s = summary_of(100, 2, 10000);
  judged(row_of(ROI_EXPECT_MEAN, 107.9, 0), &s, NULL);
  judged(row_of(ROI_EXPECT_MEAN, 108.1, 0), &s, "mean 100 (se 2), expected 108.1 within 8, 4 standard errors");
  judged(row_of(ROI_EXPECT_MEAN, 117.9, 10), &s, NULL);
  judged(row_of(ROI_EXPECT_MEAN, 118.1, 10), &s, "expected 118.1 within 10");
  judged(row_of(ROI_EXPECT_MEAN, 101, 7.9), &s,
         "10000 trials can't tell whether it is 101 within 7.9, for 4 standard errors are 8; try --trials 12000");
  judged(row_of(ROI_EXPECT_MEAN, 200, 1), &s, "expected 200 within 1");
  judged(row_of(ROI_EXPECT_SD, 13, 0), &s, NULL);
  judged(row_of(ROI_EXPECT_SD, 15, 0), &s, "sd 10 (se 1)");
  roi_expectation_row row = row_of(ROI_EXPECT_QUANTILE, 11, 0);
  row.level = 1;
  judged(row, &s, NULL);
  row.expected = 13;
  judged(row, &s, "P5 10 (se 0.5), expected 13");
}

static void what_is_certain_has_no_error(void **state) {
  (void)state;
  roi_summary s = summary_of(100, NAN, 1);
  s.min = s.max = 100;
  judged(row_of(ROI_EXPECT_MEAN, 100, 0), &s, NULL);
  judged(row_of(ROI_EXPECT_MEAN, 100.5, 1), &s, NULL);
  judged(row_of(ROI_EXPECT_MEAN, 100.5, 0), &s, "mean 100, expected 100.5");
  s.max = 101;
  judged(row_of(ROI_EXPECT_MEAN, 100, 0), &s, "its error is unknown");
}

static void trials_without_a_value_are_named(void **state) {
  (void)state;
  roi_summary s = summary_of(100, 2, 10000);
  s.n = 9000;
  s.never = 1000;
  s.quantile[8] = INFINITY;
  judged(row_of(ROI_EXPECT_MEAN, 100, 0), &s, NULL);
  judged(row_of(ROI_EXPECT_MEAN, 300, 0), &s, "(9000 of 10000 trials have a number)");
  roi_expectation_row row = row_of(ROI_EXPECT_QUANTILE, 11, 0);
  row.level = 8;
  judged(row, &s, "P99 is never, expected 11");
  judged(row_of(ROI_EXPECT_BOUNDS, -5, INFINITY), &s, NULL); /* never is above any number */
  judged(row_of(ROI_EXPECT_BOUNDS, -5, 90), &s, "in 1000 of 10000 trials no number");
  s.mean = NAN;
  s.n = 0;
  s.never = 10000;
  judged(row_of(ROI_EXPECT_MEAN, 1, 0), &s, "mean is unknown, expected 1: 0 of 10000 trials");
}

static void bounds_hold_of_every_trial(void **state) {
  (void)state;
  roi_summary s = summary_of(100, 2, 10000);
  judged(row_of(ROI_EXPECT_BOUNDS, -5, 90), &s, NULL);
  judged(row_of(ROI_EXPECT_BOUNDS, -4.9, INFINITY), &s, "from -5 to 90, expected at least -4.9");
  judged(row_of(ROI_EXPECT_BOUNDS, -INFINITY, 89), &s, "expected at most 89");
  judged(row_of(ROI_EXPECT_BOUNDS, 0, 89), &s, "expected at least 0 and at most 89");
}

static void judged_share(double expected, double within, uint64_t k, uint64_t n, const char *text) {
  roi_share_result r = {.k = k, .n = n};
  roi_share(k, n, &r.p, &r.se, &r.low, &r.high);
  roi_expectation_row row = row_of(ROI_EXPECT_PROBABILITY, expected, within);
  roi_verdict v = roi_judge(g, &row, NULL, &r);
  if (v.passed != !text || (text && !strstr(v.text, text))) fail_msg("%s: passed %d: %s", text ? text : "-", v.passed, v.text);
}

static void probabilities_have_the_error_that_they_would_have(void **state) {
  (void)state;
  judged_share(0.5, 0, 5199, 10000, NULL); /* 4 sqrt(0.25 / 10000) = 0.02 */
  judged_share(0.5, 0, 5201, 10000, "expected 0.5 within 0.02");
  judged_share(0.01, 0, 0, 100, NULL);
  judged_share(0.5, 0, 0, 100, "probability 0, expected 0.5");
  judged_share(0, 0, 0, 100, NULL);
  judged_share(0, 0, 1, 100, "expected 0"); /* what can't be was seen */
  judged_share(1, 0, 100, 100, NULL);
  judged_share(0.1, 0.1, 0, 10, "10 trials can't tell"); /* none of ten is no proof that it is rare */
  judged_share(0.1, 0.1, 0, 10000, NULL);
  judged_share(0.2, 0.05, 2400, 10000, NULL);
  judged_share(0.2, 0.05, 2700, 10000, "expected 0.2 within 0.05");
}

static void plain_cases_are_as_decided(void **state) {
  (void)state;
  roi_expectation_row row = {.node = ROI_NONE};
  judged(row, NULL, NULL);
  row.failed = 1;
  row.text = roi_graph_string(g, "is 1, expected 2");
  judged(row, NULL, "is 1, expected 2");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(rows_are_checked, begin, end),
      cmocka_unit_test_setup_teardown(rows_cross_and_are_not_believed, begin, end),
      cmocka_unit_test_setup_teardown(an_estimate_may_be_off_by_its_error, begin, end),
      cmocka_unit_test_setup_teardown(what_is_certain_has_no_error, begin, end),
      cmocka_unit_test_setup_teardown(trials_without_a_value_are_named, begin, end),
      cmocka_unit_test_setup_teardown(bounds_hold_of_every_trial, begin, end),
      cmocka_unit_test_setup_teardown(probabilities_have_the_error_that_they_would_have, begin, end),
      cmocka_unit_test_setup_teardown(plain_cases_are_as_decided, begin, end),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
