/* Sobol' indices against closed forms, and what must not change a bit of them. */
#include "study.h"

#include "sensitivity/bootstrap.h"
#include "sensitivity/sobol_points.h"

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


static roi_node normal(const char *name, double mean, double sd) {
  return draw(dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, num(mean), num(sd)), name);
}
static double first_of(const roi_sensitivity *r, size_t f) { return roi_cell(r, ROI_SOBOL_FIRST, f)->value; }
static double total_of(const roi_sensitivity *r, size_t f) { return roi_cell(r, ROI_SOBOL_TOTAL, f)->value; }

/* Variances 1, 4, 4/3: nothing but first order. */
static void of_a_sum(void **state) {
  (void)state;
  begin(1);
  roi_node a = normal("a", 5, 1), b = normal("b", 0, 2), c = uniform("c", 0, 4);
  roi_study s = study_of(op2(ROI_ADD, op2(ROI_ADD, a, b), c), 4096);
  roi_sensitivity *r = measured(&s, ROI_METHOD_SOBOL);
  const double share[3] = {1 / (19.0 / 3), 4 / (19.0 / 3), 4.0 / 3 / (19.0 / 3)};
  for (size_t f = 0; f < 3; f++) {
    near(first_of(r, f), share[f], 0.005);
    near(total_of(r, f), share[f], 0.005);
  }
  near(first_of(r, 0) + first_of(r, 1) + first_of(r, 2), 1, 0.005);
  roi_sensitivity_free(r);
  end();
}

/* P(a + b > 0) of two standard normals: given a it is F(a), uniform, so 1/12 of the variance 1/4. */
static void of_a_probability(void **state) {
  (void)state;
  begin(1);
  roi_study s = study_of(op2(ROI_GT, op2(ROI_ADD, normal("a", 0, 1), normal("b", 0, 1)), num(0)), 8192);
  s.second_order = 1;
  roi_sensitivity *r = measured(&s, ROI_METHOD_SOBOL);
  near(r->mean, 0.5, 0.005);
  for (size_t f = 0; f < 2; f++) {
    near(first_of(r, f), 1.0 / 3, 0.01);
    near(total_of(r, f), 2.0 / 3, 0.01);
  }
  near(r->pairs[0].second.value, 1.0 / 3, 0.02);
  roi_sensitivity_free(r);
  end();
}

static void of_groups(void **state) {
  (void)state;
  begin(1);
  roi_study s = study_of(ishigami(), 4096);
  static const uint32_t all[3] = {0, 1, 2}, ends[2] = {0, 2}, middle[1] = {1};
  roi_factor whole = {.name = "all", .draws = all, .n_draws = 3, .node = ROI_NONE};
  roi_factor parts[2] = {{.name = "ends", .draws = ends, .n_draws = 2, .node = ROI_NONE},
                         {.name = "middle", .draws = middle, .n_draws = 1, .node = ROI_NONE}};
  s.factors = &whole;
  s.n_factors = 1;
  roi_sensitivity *r = measured(&s, ROI_METHOD_SOBOL);
  near(first_of(r, 0), 1, 0.02);
  near(total_of(r, 0), 1, 0.02);
  roi_sensitivity_free(r);
  s.factors = parts;
  s.n_factors = 2;
  r = measured(&s, ROI_METHOD_SOBOL);
  near(first_of(r, 0), 0.557589, 0.01); /* x1, x3 and what they bring together */
  near(total_of(r, 0), 0.557589, 0.01);
  near(first_of(r, 1), 0.442411, 0.01);
  roi_sensitivity_free(r);
  end();
}

/* Standard normals a and b of correlation 0.8 with an independent c: a + b has variance 3.6, c 1, and a + b as a group no interaction
 * with c. */
static void of_a_correlated_group(void **state) {
  (void)state;
  begin(1);
  roi_node a = normal("a", 0, 1), c = normal("c", 0, 1), b = normal("b", 0, 1);
  correlate(a, b, 0.8);
  roi_study s = study_of(op2(ROI_ADD, op2(ROI_ADD, a, b), c), 4096);
  static const uint32_t both[2] = {0, 2}, alone[1] = {1};
  roi_factor parts[2] = {{.name = "a and b", .draws = both, .n_draws = 2, .node = ROI_NONE},
                         {.name = "c", .draws = alone, .n_draws = 1, .node = ROI_NONE}};
  s.factors = parts;
  s.n_factors = 2;
  s.correlated = 1;
  roi_sensitivity *r = measured(&s, ROI_METHOD_SOBOL);
  near(r->variance, 4.6, 0.02);
  near(first_of(r, 0), 3.6 / 4.6, 0.01);
  near(total_of(r, 0), 3.6 / 4.6, 0.01);
  near(first_of(r, 1), 1 / 4.6, 0.01);
  roi_sensitivity_free(r);
  end();
}

/* 12 uniforms drawn anew each month have a sum of variance 1, a uniform beside them 1/12; the first's share is 12/13. */
static void of_draws_made_each_period(void **state) {
  (void)state;
  begin(12);
  roi_node d = dist(ROI_FAMILY_UNIFORM, ROI_FORM_NATURAL, 2, num(0), num(1)), noise = roi_draw(g, d, "noise", 1, &why);
  roi_study s = study_of(op2(ROI_ADD, op1(ROI_SUM, noise), uniform("once", 0, 1)), 16384);
  roi_sensitivity *r = measured(&s, ROI_METHOD_SOBOL);
  assert_true(s.factors[0].each_period && !s.factors[1].each_period);
  near(first_of(r, 0), 12.0 / 13, 0.03);
  near(total_of(r, 0), 12.0 / 13, 0.03);
  near(first_of(r, 1), 1.0 / 13, 0.02);
  covers(*roi_cell(r, ROI_SOBOL_TOTAL, 0), 12.0 / 13, 0.01);
  assert_true(has_note(r, "each period"));
  roi_sensitivity_free(r);
  end();
}

/* x ~ normal(m, 1), m ~ normal(0, 1): as a function of its two uniforms x is a sum of equal parts. */
static void of_an_uncertain_parameter(void **state) {
  (void)state;
  begin(1);
  roi_node m = normal("m", 0, 1), x = draw(dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, m, num(1)), "x");
  roi_study s = study_of(x, 4096);
  roi_sensitivity *r = measured(&s, ROI_METHOD_SOBOL);
  for (size_t f = 0; f < 2; f++) {
    near(first_of(r, f), 0.5, 0.005);
    near(total_of(r, f), 0.5, 0.005);
  }
  roi_sensitivity_free(r);
  end();
}

/* A per-trial function's own chance: uniform by the trial's number, so it has the share of variance of a uniform beside it. */
static int own_chance(void *data, uint32_t index, int worker, uint64_t first_trial, uint32_t lanes, const double *const *args,
                      const int *constant, uint32_t n_args, double *dst) {
  (void)data, (void)index, (void)worker, (void)constant, (void)n_args;
  for (uint32_t i = 0; i < lanes; i++) dst[i] = args[0][i] + roi_uniform_at(99, 7, first_trial + i, 0);
  return 0;
}
static void of_per_trial_functions(void **state) {
  (void)state;
  begin(1);
  roi_node u = uniform("u", 0, 1);
  roi_study s = study_of(roi_extern_node(g, "own", &u, 1, &why), 8192);
  study_request.external = own_chance;
  roi_sensitivity *r = measured(&s, ROI_METHOD_SOBOL);
  near(r->variance, 2.0 / 12, 0.005);
  near(first_of(r, 0), 0.5, 0.02);
  near(total_of(r, 0), 0.5, 0.02);
  assert_true(has_note(r, "per_trial"));
  roi_sensitivity_free(r);
  end();
}

/* Period y is ceil(x), x uniform on (0, 20); from 11 on it is never within 10 periods, and counts as 11: mean 8.25. */
static void of_periods_that_may_be_never(void **state) {
  (void)state;
  begin(10);
  roi_study s = study_of(op1(ROI_FIRST, op2(ROI_GE, per(1), uniform("x", 0, 20))), 1024);
  roi_sensitivity *r = measured(&s, ROI_METHOD_SOBOL);
  near(r->mean, 8.25, 0.01);
  assert_int_equal(r->evaluations, 3 * 1024);
  near((double)r->never, 1.5 * 1024, 10);
  near(first_of(r, 0), 1, 0.01);
  roi_sensitivity_free(r);
  end();
}

static void what_is_refused(void **state) {
  (void)state;
  begin(1);
  roi_node u = uniform("u", 0, 1), v = uniform("v", 0, 1), half = op2(ROI_SUB, u, num(0.5));
  roi_study s = study_of(op2(ROI_STATE, v, op2(ROI_GT, half, num(0))), 256);
  refused(&s, ROI_METHOD_SOBOL, ROI_ERR_RUN, "y has no value in 5"); /* half of 1024 */
  s.target.node = op1(ROI_LOG, half);
  refused(&s, ROI_METHOD_SOBOL, ROI_ERR_RUN, "not a number or infinite in 5");
  s.target.node = op2(ROI_GT, u, num(2)); /* not refused, but empty */
  roi_sensitivity *r = measured(&s, ROI_METHOD_SOBOL);
  assert_true(r->variance == 0 && r->mean == 0 && isnan(roi_cell(r, ROI_SOBOL_TOTAL, 0)->value));
  assert_true(has_note(r, "no uncertainty to explain"));
  roi_sensitivity_free(r);
  s.target.node = u;
  s.base = 20;
  refused(&s, ROI_METHOD_SOBOL, ROI_ERR_USAGE, "at least 64");
  s.base = UINT64_C(1) << 40;
  refused(&s, ROI_METHOD_SOBOL, ROI_ERR_USAGE, "base points");
  s.base = 1 << 20;
  study_request.options.max_memory = 1 << 20;
  refused(&s, ROI_METHOD_SOBOL, ROI_ERR_LIMIT, "fewer base points");
  study_request.options.max_memory = 0;
  s.base = 1000;
  r = measured(&s, ROI_METHOD_SOBOL);
  assert_int_equal(r->n, 1024);
  assert_true(has_note(r, "1,024 base points in place of 1,000"));
  roi_sensitivity_free(r);
  end();
}

/* 95% intervals should hold the truth in about 95% of runs; of Sobol' points they are wider than need be. */
static void intervals_cover(void **state) {
  (void)state;
  int held[2] = {0, 0}, n = 0;
  begin(1);
  roi_study s = study_of(ishigami(), 128);
  s.bootstrap = 200;
  for (uint64_t seed = 1; seed <= 60; seed++) {
    study_request.options.seed = seed;
    roi_sensitivity *r = measured(&s, ROI_METHOD_SOBOL);
    for (size_t f = 0; f < 3; f++, n++) {
      const roi_estimate *a = roi_cell(r, ROI_SOBOL_FIRST, f), *b = roi_cell(r, ROI_SOBOL_TOTAL, f);
      held[0] += a->low <= ishigami_first[f] && ishigami_first[f] <= a->high;
      held[1] += b->low <= ishigami_total[f] && ishigami_total[f] <= b->high;
    }
    roi_sensitivity_free(r);
  }
  assert_true(held[0] >= n * 85 / 100);
  assert_true(held[1] >= n * 85 / 100);
  end();
}

static double error_at(uint64_t base) {
  begin(1);
  double sum = 0;
  roi_study s = study_of(ishigami(), base);
  for (uint64_t seed = 1; seed <= 5; seed++) {
    study_request.options.seed = seed;
    roi_sensitivity *r = measured(&s, ROI_METHOD_SOBOL);
    for (size_t f = 0; f < 3; f++) sum += fabs(first_of(r, f) - ishigami_first[f]) + fabs(total_of(r, f) - ishigami_total[f]);
    roi_sensitivity_free(r);
  }
  end();
  return sum;
}
static void errors_fall_faster_than_of_random_points(void **state) {
  (void)state;
  assert_true(error_at(16384) < error_at(256) / 16); /* of random points a factor of 8 */
}

static roi_sensitivity *reference(int threads, const char *isa, uint32_t block, uint64_t memory) {
  r1 m = build_r1();
  roi_study s = study_of(m.out[1].node, 1024);
  s.second_order = 1;
  study_request.options.threads = threads;
  study_request.options.isa = isa;
  study_request.block = block;
  study_request.options.max_memory = memory;
  roi_sensitivity *r = measured(&s, ROI_METHOD_SOBOL);
  end();
  return r;
}
static void bits_depend_on_nothing_else(void **state) {
  (void)state;
  roi_sensitivity *one = reference(1, NULL, 0, 0), *other[4] = {reference(3, NULL, 0, 0), reference(2, "baseline", 0, 0),
                                                                 reference(1, NULL, 48, 0), reference(2, NULL, 0, 400000)};
  for (size_t i = 0; i < 4; i++) {
    assert_memory_equal(one->cell, other[i]->cell, 2 * 15 * sizeof *one->cell);
    assert_int_equal(other[i]->n_pairs, 105);
    for (size_t p = 0; p < one->n_pairs; p++) assert_memory_equal(&one->pairs[p].second, &other[i]->pairs[p].second, sizeof(roi_estimate));
    roi_sensitivity_free(other[i]);
  }
  roi_sensitivity_free(one);
}

/* Points that are computed where they are asked for are the points that are kept; B takes the place of A in one factor. */
static void points_of_the_matrices(void **state) {
  (void)state;
  enum { LANES = 64 };
  begin(1);
  roi_study s = study_of(g_function(g_of_saltelli, 4), 256);
  roi_sobol_pair kept, asked;
  assert_int_equal(roi_sobol_pair_new(&kept, &s, 256, &why), ROI_OK);
  assert_int_equal(roi_sobol_pair_new(&asked, &s, 256, &why), ROI_OK);
  roi_free(asked.points);
  asked.points = NULL;
  double room[4 * LANES];
  const double *p[4] = {NULL}, *q[4] = {NULL};
  uint64_t seeds[4];
  roi_uniforms u = {.points = p, .seeds = seeds, .stride = LANES}, v = {.points = q, .seeds = seeds, .room = room, .stride = LANES};
  for (size_t m = 0; m < 2 + 2 * 4; m++) {
    roi_sobol_pair_set(&kept, m, 128, LANES, &u);
    roi_sobol_pair_set(&asked, m, 128, LANES, &v);
    for (size_t d = 0; d < 4; d++) {
      assert_memory_equal(p[d], q[d], LANES * sizeof(double));
      int of_b = m < 2 ? m == 1 : ((m - 2) % 4 == d) != (m >= 6);
      assert_ptr_equal(p[d], kept.points + (d + (of_b ? 4 : 0)) * 256 + 128);
    }
  }
  roi_sobol_pair_free(&kept);
  roi_sobol_pair_free(&asked);
  end();
}

static void resamples(void **state) {
  (void)state;
  roi_bootstrap b;
  assert_int_equal(roi_bootstrap_new(&b, 5, 100, 300, 2, NULL, &why), ROI_OK);
  double squares = 0;
  for (size_t r = 0; r < 300; r++) {
    int sum = 0;
    for (size_t u = 0; u < 100; u++) {
      int k = b.count[r * 100 + u];
      sum += k;
      squares += (k - 1.0) * (k - 1.0);
    }
    assert_int_equal(sum, 100);
  }
  near(squares / 30000, 0.99, 0.05); /* the variance of one count of a multinomial of 100 */
  double sums[100 * ROI_BOOTSTRAP_COLUMNS], *out = roi_alloc(300 * ROI_BOOTSTRAP_COLUMNS, sizeof *out);
  for (size_t i = 0; i < 100 * ROI_BOOTSTRAP_COLUMNS; i++) sums[i] = i % 8 == 0 ? 1 : (double)i;
  roi_bootstrap_sums(&b, sums, out);
  for (size_t r = 0; r < 300; r++) {
    double expected = 0;
    for (size_t u = 0; u < 100; u++) expected += b.count[r * 100 + u] * (double)(u * 8 + 3);
    assert_true(out[r * 8] == 100);
    assert_true(out[r * 8 + 3] == expected);
  }
  double values[101], low, high;
  for (int i = 0; i < 101; i++) values[i] = (i * 37) % 101;
  roi_bootstrap_interval(values, 101, &low, &high);
  assert_true(low == 2.5 && high == 97.5);
  for (int i = 0; i < 101; i++) values[i] = i < 60 ? (double)NAN : 1;
  roi_bootstrap_interval(values, 101, &low, &high);
  assert_true(isnan(low) && isnan(high));
  roi_free(out);
  roi_bootstrap_free(&b);
}

/* A hundred thousand resamples take long: the stop is heeded while they are drawn and while they are summed. */
static void resamples_stop(void **state) {
  (void)state;
  volatile int stop = 1;
  roi_bootstrap b;
  assert_int_equal(roi_bootstrap_new(&b, 5, 100, 300, 2, &stop, &why), ROI_ERR_INTERRUPTED);
  assert_string_equal(why.text, "interrupted");
  roi_bootstrap_free(&b);
  stop = 0;
  assert_int_equal(roi_bootstrap_new(&b, 5, 1, 100, 1, &stop, &why), ROI_OK);
  double sums[ROI_BOOTSTRAP_COLUMNS] = {1}, out[100 * ROI_BOOTSTRAP_COLUMNS] = {0};
  stop = 1;
  roi_bootstrap_sums(&b, sums, out);
  for (size_t i = 0; i < 100 * ROI_BOOTSTRAP_COLUMNS; i++) assert_true(out[i] == 0);
  stop = 0;
  roi_bootstrap_sums(&b, sums, out);
  assert_true(out[99 * ROI_BOOTSTRAP_COLUMNS] == 1);
  roi_bootstrap_free(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(of_ishigami), cmocka_unit_test(of_the_g_function), cmocka_unit_test(of_a_sum),
      cmocka_unit_test(of_a_probability), cmocka_unit_test(of_groups), cmocka_unit_test(of_a_correlated_group),
      cmocka_unit_test(of_draws_made_each_period),
      cmocka_unit_test(of_an_uncertain_parameter), cmocka_unit_test(of_per_trial_functions),
      cmocka_unit_test(of_periods_that_may_be_never), cmocka_unit_test(what_is_refused), cmocka_unit_test(intervals_cover),
      cmocka_unit_test(errors_fall_faster_than_of_random_points), cmocka_unit_test(bits_depend_on_nothing_else),
      cmocka_unit_test(points_of_the_matrices), cmocka_unit_test(resamples), cmocka_unit_test(resamples_stop)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
