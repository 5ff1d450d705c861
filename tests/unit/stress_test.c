/* What correlations that a model leaves out are worth, against closed forms for normals: of a sum of normals with correlations r the
 * deviation is sqrt(sum of all sd_i sd_j r_ij), and a rank correlation s of normals is r = 2 sin(pi s / 6). */
#include "unit/study.h"

#include "sensitivity/stress.h"

static roi_node normal(const char *name, double mean, double sd) {
  return draw(dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, num(mean), num(sd)), name);
}

static roi_stress stress_of(roi_node node, uint64_t trials) {
  roi_stress s;
  const roi_target t = {"y", node};
  roi_request q = {.options = {.trials = 10, .seed = 3, .threads = 2}};
  if (roi_stress_find(g, &q, &t, trials, NULL, &s, &why) != ROI_OK) fail_msg("%s", why.text);
  return s;
}

static double pearson(double spearman) { return 2 * sin(PI * spearman / 6); }
static double below_0(double mean, double sd) { return 0.5 * erfc(mean / sd / sqrt(2)); }

/* Within five of the errors that are stated, which must be of the right size themselves. */
static void check_case(const roi_stress_case *c, double mean, double sd, double n) {
  double p = below_0(mean, sd);
  near(c->mean, mean, 5 * sd / sqrt(n));
  near(c->sd, sd, 5 * c->sd_se);
  near(c->sd_se, sd / sqrt(2 * n), 0.1 * sd / sqrt(2 * n));
  near(c->p_negative, p, 5 * c->p_negative_se);
  near(c->p_negative_se, sqrt(p * (1 - p) / n), 0.05 * sqrt(p * (1 - p) / n));
}

/* y = 5 + 2 a - b: b works against a, so that both move y alike where they are correlated by -0.5. */
static void two_normals(void **state) {
  (void)state;
  enum { N = 200000 };
  begin(1);
  roi_node a = normal("a", 0, 1), b = normal("b", 0, 3);
  roi_node y = op2(ROI_SUB, op2(ROI_ADD, num(5), op2(ROI_MUL, num(2), a)), b);
  roi_stress s = stress_of(y, N);
  assert_int_equal(s.n, 2);
  assert_string_equal(s.draw[0], "b"); /* the one that moves it most */
  assert_string_equal(s.draw[1], "a");
  assert_true(s.falls[0] && !s.falls[1]);
  assert_true(s.trials == N && !s.missing[0]);
  const double asked[] = {0, 0.5, -0.5};
  for (int i = 0; i < ROI_STRESS_CASES; i++) {
    assert_true(s.row[i].asked == asked[i] && s.row[i].low == asked[i] && s.row[i].high == asked[i] && !s.row[i].repaired);
    check_case(&s.row[i], 5, sqrt(4 + 9 + 2 * 2 * 3 * pearson(asked[i])), N);
  }
  assert_int_equal(g->n_groups, 0); /* the model itself is left as it was */
  end();
}

/* Four equal normals and a fifth that moves less. All six pairs at -0.5 can't be: of equal correlations -1/3 is the least, and the nearest
 * matrix is that one, for what is changed is the same for all. */
static void four_of_five(void **state) {
  (void)state;
  enum { N = 200000 };
  begin(1);
  static const char *const names[] = {"small", "a", "b", "c", "d"};
  roi_node y = num(0.5);
  for (int i = 0; i < 5; i++) y = op2(ROI_ADD, y, normal(names[i], 0, i == 0 ? 0.5 : 1));
  roi_stress s = stress_of(y, N);
  assert_int_equal(s.n, 4);
  for (size_t i = 0; i < 4; i++) assert_string_not_equal(s.draw[i], "small");
  check_case(&s.row[0], 0.5, sqrt(4.25), N);
  check_case(&s.row[1], 0.5, sqrt(4.25 + 12 * pearson(0.5)), N);
  assert_true(!s.row[1].repaired && s.row[2].repaired);
  double least = 6 / PI * asin(-1.0 / 3 / 2); /* Spearman's of Pearson's -1/3 */
  near(s.row[2].low, least, 1e-6);
  near(s.row[2].high, least, 1e-6);
  check_case(&s.row[2], 0.5, 0.5, N);
  end();
}

/* The summary of the run itself stands for the first case. */
static void the_base_is_taken(void **state) {
  (void)state;
  begin(1);
  roi_node y = op2(ROI_ADD, normal("a", 0, 1), normal("b", 0, 1));
  const roi_summary base = {.mean = 7, .mean_se = 1, .sd = 8, .sd_se = 2, .p_negative = 0.25, .p_negative_se = 0.125};
  const roi_target t = {"y", y};
  roi_request q = {.options = {.trials = 10, .seed = 3, .threads = 1}};
  roi_stress s;
  assert_int_equal(roi_stress_find(g, &q, &t, 1000, &base, &s, &why), ROI_OK);
  assert_true(s.row[0].mean == 7 && s.row[0].sd == 8 && s.row[0].sd_se == 2 && s.row[0].p_negative == 0.25);
  assert_true(s.row[1].sd > 1 && s.row[1].sd < 2);
  end();
}

/* Draws that are correlated already, and those made each period, are left alone; with fewer than two others nothing is run. */
static void too_few(void **state) {
  (void)state;
  begin(3);
  roi_node a = normal("a", 0, 1), b = normal("b", 0, 1), c = normal("c", 0, 1), d = normal("d", 0, 0.1);
  roi_node each = roi_draw(g, dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, num(0), num(9)), "each", 1, &why);
  correlate(a, b, 0.3);
  roi_node y = op2(ROI_ADD, op2(ROI_ADD, op2(ROI_ADD, a, b), c), op1(ROI_SUM, each));
  roi_stress s = stress_of(y, 100);
  assert_int_equal(s.n, 1);
  assert_string_equal(s.draw[0], "c");
  assert_non_null(strstr(s.missing, "fewer than two"));
  s = stress_of(op2(ROI_ADD, y, d), 100);
  assert_int_equal(s.n, 2);
  assert_true(!s.missing[0]);
  assert_int_equal(stress_of(num(3), 100).n, 0);
  roi_node x = roi_extern_node(g, "f", &a, 1, &why);
  s = stress_of(op2(ROI_ADD, op2(ROI_ADD, x, c), d), 100);
  assert_non_null(strstr(s.missing, "per_trial"));
  end();
}

static void stops(void **state) {
  (void)state;
  volatile int stop = 1;
  begin(1);
  const roi_target t = {"y", op2(ROI_ADD, normal("a", 0, 1), normal("b", 0, 1))};
  roi_request q = {.options = {.trials = 10, .seed = 3, .threads = 1, .stop = &stop}};
  roi_stress s;
  assert_int_equal(roi_stress_find(g, &q, &t, 1000, NULL, &s, &why), ROI_ERR_INTERRUPTED);
  end();
}

/* Memory that runs out at any allocation is said, and what goes through in the end is as ever. */
static void memory_runs_out(void **state) {
  (void)state;
  begin(1);
  roi_node y = normal("a", 0, 1);
  for (int i = 0; i < 3; i++) y = op2(ROI_ADD, y, normal((const char *const[]){"b", "c", "d"}[i], 0, 1));
  const roi_target t = {"y", y};
  roi_request q = {.options = {.trials = 10, .seed = 3, .threads = 1}};
  roi_stress s, expected = stress_of(y, 100);
  roi_status status = ROI_ERR_MEMORY;
  for (long n = 0; status != ROI_OK; n++) {
    why = (roi_error){0};
    roi_memory_fail_after(n);
    status = roi_stress_find(g, &q, &t, 100, NULL, &s, &why);
    roi_memory_fail_after(-1);
    if (status != ROI_OK && status != ROI_ERR_MEMORY) fail_msg("allocation %ld failed: status %d '%s'", n, (int)status, why.text);
    assert_in_range(n, 0, 20000);
  }
  for (int i = 0; i < ROI_STRESS_CASES; i++)
    assert_true(s.row[i].sd == expected.row[i].sd && s.row[i].p_negative == expected.row[i].p_negative);
  end();
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(two_normals), cmocka_unit_test(four_of_five), cmocka_unit_test(the_base_is_taken),
                                     cmocka_unit_test(too_few), cmocka_unit_test(stops), cmocka_unit_test(memory_runs_out)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
