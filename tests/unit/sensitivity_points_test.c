/* Methods that choose their own points, but for Sobol' indices: elementary effects, thresholds, swings; and for all of them what memory
 * may do. */
#include "study.h"

#include "sensitivity/trajectories.h"

static roi_node normal(const char *name, double mean, double sd) {
  return draw(dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, num(mean), num(sd)), name);
}
static roi_node bernoulli(const char *name, double p) { return draw(dist(ROI_FAMILY_BERNOULLI, ROI_FORM_NATURAL, 1, num(p)), name); }
static double cell(const roi_sensitivity *r, size_t measure, size_t f) { return roi_cell(r, measure, f)->value; }

/* -- Elementary effects -------------------------------------------------------------------------------------------------------- */

/* 3 a - 2 b + 5 c + 4 yes with a on (0, 10), b on (1, 4): effects over the whole of the probability are 30 and -6; of the normal c, of
 * standard deviation 2, 10 (q(0.625) - q(0.125)) / 0.5 wherever it starts (R: qnorm(0.625) 0.318639363964375, qnorm(0.125)
 * -1.15034938037601); of yes its coefficient. */
static void effects_of_a_linear_model(void **state) {
  (void)state;
  begin(1);
  roi_node a = uniform("a", 0, 10), b = uniform("b", 1, 4), c = normal("c", 1, 2), yes = bernoulli("yes", 0.05);
  roi_node y = op2(ROI_SUB, op2(ROI_MUL, num(3), a), op2(ROI_MUL, num(2), b));
  y = op2(ROI_ADD, op2(ROI_ADD, y, op2(ROI_MUL, num(5), c)), op2(ROI_MUL, num(4), yes));
  roi_study s = study_of(y, 10);
  roi_sensitivity *r = measured(&s, ROI_METHOD_MORRIS);
  const double mu[4] = {30, -6, 10 * (0.318639363964375 + 1.15034938037601) / 0.5, 4};
  for (size_t f = 0; f < 4; f++) {
    near(cell(r, ROI_MORRIS_MU, f), mu[f], 1e-7);
    near(cell(r, ROI_MORRIS_MU_STAR, f), fabs(mu[f]), 1e-7);
    near(cell(r, ROI_MORRIS_SIGMA, f), 0, 1e-7);
    near(roi_cell(r, ROI_MORRIS_MU_STAR, f)->low, fabs(mu[f]), 1e-7);
    near(roi_cell(r, ROI_MORRIS_MU_STAR, f)->high, fabs(mu[f]), 1e-7);
  }
  assert_int_equal(r->evaluations, 10 * 5);
  assert_int_equal(r->n, 10);
  roi_sensitivity_free(r);
  end();
}

/* a b of two uniforms on (0, 1): the effect of each is the other's level, of mean 1/2 and standard deviation sqrt(5)/8. Of
 * a (b - 1/2) the effect of a is as often negative: mu near 0, mu_star not. */
static void effects_that_depend_on_others(void **state) {
  (void)state;
  begin(1);
  roi_node a = uniform("a", 0, 1), b = uniform("b", 0, 1);
  roi_study s = study_of(op2(ROI_MUL, a, b), 2000);
  roi_sensitivity *r = measured(&s, ROI_METHOD_MORRIS);
  for (size_t f = 0; f < 2; f++) {
    near(cell(r, ROI_MORRIS_MU, f), 0.5, 0.03);
    near(cell(r, ROI_MORRIS_SIGMA, f), sqrt(5) / 8, 0.02);
    const roi_estimate *e = roi_cell(r, ROI_MORRIS_MU_STAR, f);
    assert_true(e->low < e->value && e->value < e->high && e->high - e->low < 0.06);
  }
  roi_sensitivity_free(r);
  roi_node way = op2(ROI_SUB, b, num(0.5));
  s.target.node = op2(ROI_MUL, a, way);
  r = measured(&s, ROI_METHOD_MORRIS);
  near(cell(r, ROI_MORRIS_MU, 0), 0, 0.03);
  near(cell(r, ROI_MORRIS_MU_STAR, 0), 0.25, 0.02); /* the mean of 3/8, 1/8, 1/8, 3/8 */
  roi_sensitivity_free(r);
  end();
}

static void effects_of_the_g_function(void **state) {
  (void)state;
  begin(1);
  roi_study s = study_of(g_function(g_of_saltelli, 8), 0);
  roi_sensitivity *r = measured(&s, ROI_METHOD_MORRIS);
  assert_int_equal(r->n, 64);
  for (size_t f = 0; f + 1 < 5; f++)
    assert_true(cell(r, ROI_MORRIS_MU_STAR, f) > cell(r, ROI_MORRIS_MU_STAR, f + 1));
  assert_true(cell(r, ROI_MORRIS_MU_STAR, 4) < 0.05 * cell(r, ROI_MORRIS_MU_STAR, 0));
  roi_sensitivity_free(r);
  end();
}

/* 12 uniforms drawn each month move together. A group has a size of effect alone. */
static void effects_of_periods_and_groups(void **state) {
  (void)state;
  begin(12);
  roi_node d = dist(ROI_FAMILY_UNIFORM, ROI_FORM_NATURAL, 2, num(0), num(1)), noise = roi_draw(g, d, "noise", 1, &why);
  roi_node a = uniform("a", 0, 1), b = uniform("b", 0, 1), y = op2(ROI_ADD, op2(ROI_ADD, op1(ROI_SUM, noise), a), b);
  roi_study s = study_of(y, 8);
  roi_sensitivity *r = measured(&s, ROI_METHOD_MORRIS);
  /* SciPy: norm.cdf(norm.ppf(0.625) / sqrt(12)) - norm.cdf(norm.ppf(0.125) / sqrt(12)), in 12 periods, per half */
  near(cell(r, ROI_MORRIS_MU, 0), 24 * 0.1667288711367234, 1e-9);
  near(cell(r, ROI_MORRIS_MU, 1), 1, 1e-9);
  roi_sensitivity_free(r);
  static const uint32_t both[2] = {1, 2};
  roi_factor group = {.name = "both", .draws = both, .n_draws = 2, .node = ROI_NONE};
  s.factors = &group; /* the noise is in no factor: it is the same at all points of a trajectory */
  s.n_factors = 1;
  s.base = 400;
  r = measured(&s, ROI_METHOD_MORRIS);
  near(cell(r, ROI_MORRIS_MU_STAR, 0), 1, 0.1); /* both up or down: 2, else 0 */
  assert_true(isnan(cell(r, ROI_MORRIS_MU, 0)) && isnan(cell(r, ROI_MORRIS_SIGMA, 0)));
  assert_true(has_note(r, "group"));
  roi_sensitivity_free(r);
  end();
}

static double pair_distance(const roi_trajectories *t, size_t a, size_t b) {
  double sum = 0;
  for (size_t i = 0; i <= t->factors; i++) {
    for (size_t j = 0; j <= t->factors; j++) {
      double square = 0;
      for (size_t f = 0; f < t->factors; f++) {
        double d = roi_level_at(t, a, i, f, f) - roi_level_at(t, b, j, f, f);
        square += d * d;
      }
      sum += sqrt(square);
    }
  }
  return sum;
}
static double spread(const roi_trajectories *t, size_t n) {
  double sum = 0;
  for (size_t a = 0; a < n; a++)
    for (size_t b = a + 1; b < n; b++) sum += pair_distance(t, a, b) * pair_distance(t, a, b);
  return sum;
}

/* Each step moves one factor by two levels; every level of every factor starts equally often; those chosen among candidates lie
 * farther apart than those made without a choice. */
static void trajectories_lie_apart(void **state) {
  (void)state;
  begin(1);
  roi_study s = study_of(g_function(g_of_saltelli, 6), 0);
  roi_trajectories t, random;
  assert_int_equal(roi_trajectories_new(&t, &s, 8, &why), ROI_OK);
  assert_true(t.candidates > 1);
  int starts[6][4] = {{0}};
  for (size_t i = 0; i < 8; i++) {
    unsigned moved = 0;
    for (size_t f = 0; f < 6; f++) starts[f][roi_level_at(&t, i, 0, f, f)]++;
    for (size_t j = 0; j < 6; j++) {
      moved |= 1u << t.order[i * 6 + j];
      for (size_t f = 0; f < 6; f++) {
        int step = abs(roi_level_at(&t, i, j + 1, f, f) - roi_level_at(&t, i, j, f, f));
        assert_int_equal(step, f == t.order[i * 6 + j] ? 2 : 0);
      }
    }
    assert_int_equal(moved, 63);
  }
  for (size_t f = 0; f < 6; f++)
    for (int level = 0; level < 4; level++) assert_int_equal(starts[f][level], 2);
  assert_int_equal(roi_trajectories_new(&random, &s, 4000, &why), ROI_OK);
  assert_int_equal(random.candidates, 1);
  double mean = 0;
  for (size_t i = 0; i < 50; i++) {
    roi_trajectories part = random;
    part.from += i * 8 * 6;
    part.to += i * 8 * 6;
    part.step += i * 8 * 6;
    mean += spread(&part, 8) / 50;
  }
  assert_true(spread(&t, 8) > 1.03 * mean);
  roi_trajectories_free(&t);
  roi_trajectories_free(&random);
  end();
}

/* What happens in 5% of cases is at none of the levels; that is said. */
static void effects_of_a_rare_event(void **state) {
  (void)state;
  begin(1);
  roi_node a = uniform("a", 0, 1), rare = draw(dist(ROI_FAMILY_POISSON, ROI_FORM_NATURAL, 1, num(0.05)), "rare");
  roi_study s = study_of(op2(ROI_ADD, a, rare), 10);
  roi_sensitivity *r = measured(&s, ROI_METHOD_MORRIS);
  assert_true(cell(r, ROI_MORRIS_MU_STAR, 1) == 0);
  assert_true(has_note(r, "rare: no effect"));
  roi_sensitivity_free(r);
  end();
}

/* -- Thresholds ---------------------------------------------------------------------------------------------------------------- */

static void holds(const roi_estimate *e, double truth, double tolerance) {
  near(e->value, truth, tolerance);
  assert_true(e->low < e->value && e->value < e->high);
  if (!(e->low - tolerance / 4 <= truth && truth <= e->high + tolerance / 4)) fail_msg("%g not in [%g, %g]", truth, e->low, e->high);
}

/* x - 7 + z with x ~ normal(10, 3), z ~ normal(0, 1), each fixed alone: x at 7, z at -3. R: pnorm(-1) 0.158655253931457, pnorm(-3)
 * 0.00134989803163009. */
static void thresholds_of_normals(void **state) {
  (void)state;
  begin(1);
  roi_node x = normal("x", 10, 3), z = normal("z", 0, 1), calm = uniform("calm", 0, 0.1);
  roi_study s = study_of(op2(ROI_ADD, op2(ROI_ADD, op2(ROI_SUB, x, num(7)), z), op2(ROI_SUB, calm, num(0.05))), 0);
  study_request.options.trials = 40000;
  roi_sensitivity *r = measured(&s, ROI_METHOD_THRESHOLD);
  holds(roi_cell(r, ROI_THRESHOLD_PERCENTILE, 0), 0.158655253931457, 0.004);
  holds(roi_cell(r, ROI_THRESHOLD_VALUE, 0), 7, 0.03);
  holds(roi_cell(r, ROI_THRESHOLD_CHANCE, 0), 0.158655253931457, 0.004);
  holds(roi_cell(r, ROI_THRESHOLD_VALUE, 1), -3, 0.08);
  holds(roi_cell(r, ROI_THRESHOLD_PERCENTILE, 1), 0.00134989803163009, 0.0004);
  for (size_t m = 0; m < 3; m++) assert_true(isnan(cell(r, m, 2)));
  near(r->mean, 3, 0.06);
  near(cell(r, ROI_THRESHOLD_AT_LOW, 0), 3 - 3 * 1.6448536269514722, 0.03);
  near(cell(r, ROI_THRESHOLD_AT_HIGH, 0), 3 + 3 * 1.6448536269514722, 0.03);
  near(roi_cell(r, ROI_THRESHOLD_VALUE, 0)->high - roi_cell(r, ROI_THRESHOLD_VALUE, 0)->low, 2 * 1.96 * sqrt(1.00083 / 40000), 0.002);
  roi_sensitivity_free(r);
  end();
}

/* A normal number drawn each period and added up over 12 periods moves as the sum does, which is normal(0, 2 sqrt(12)) itself: from
 * P10 to P90, and below -6 with the chance 0.19323811538561636 (SciPy: norm.cdf(-6 / sqrt(48))). */
static void all_periods_move_as_their_sum(void **state) {
  (void)state;
  begin(12);
  roi_node e = roi_draw(g, dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, num(0), num(2)), "e", 1, &why), calm = uniform("calm", 0, 0.1);
  roi_study s = study_of(op2(ROI_ADD, op2(ROI_ADD, op1(ROI_SUM, e), num(5.95)), calm), 0);
  roi_sensitivity *r = measured(&s, ROI_METHOD_TORNADO);
  near(cell(r, ROI_TORNADO_HIGH, 0), 6 + 1.2815515655446 * sqrt(48), 1e-8);
  near(cell(r, ROI_TORNADO_LOW, 0), 6 - 1.2815515655446 * sqrt(48), 1e-8);
  near(cell(r, ROI_TORNADO_SWING, 1), 0.08, 1e-9);
  assert_true(has_note(r, "anew each period"));
  roi_sensitivity_free(r);
  uint32_t both[2] = {0, 1};
  roi_factor group = {.name = "both", .draws = both, .n_draws = 2, .node = ROI_NONE, .each_period = 1};
  roi_study grouped = s;
  grouped.factors = &group;
  grouped.n_factors = 1;
  r = measured(&grouped, ROI_METHOD_TORNADO);
  near(cell(r, ROI_TORNADO_SWING, 0), 2 * 1.2815515655446 * sqrt(48) + 0.08, 1e-8);
  roi_sensitivity_free(r);
  r = measured(&s, ROI_METHOD_THRESHOLD);
  holds(roi_cell(r, ROI_THRESHOLD_PERCENTILE, 0), 0.19323811538561636, 0.001);
  near(cell(r, ROI_THRESHOLD_AT_LOW, 0), 6 - 1.6448536269514722 * sqrt(48), 0.01);
  roi_sensitivity_free(r);
  end();
}

/* 3.5 - poisson(2): negative from 4 on, P(X <= 3) = 0.857123460498547 (R: ppois(3, 2)). 1 - 3 yes: a yes of chance 0.2 turns it. */
static void thresholds_of_steps(void **state) {
  (void)state;
  begin(1);
  roi_node count = draw(dist(ROI_FAMILY_POISSON, ROI_FORM_NATURAL, 1, num(2)), "count"), yes = bernoulli("yes", 0.2);
  roi_study s = study_of(op2(ROI_SUB, num(3.5), count), 0);
  roi_sensitivity *r = measured(&s, ROI_METHOD_THRESHOLD);
  near(cell(r, ROI_THRESHOLD_PERCENTILE, 0), 0.857123460498547, 0.0003);
  near(cell(r, ROI_THRESHOLD_CHANCE, 0), 1 - 0.857123460498547, 0.0003);
  assert_true(cell(r, ROI_THRESHOLD_VALUE, 0) == 4);
  assert_true(isnan(roi_cell(r, ROI_THRESHOLD_VALUE, 0)->low));
  assert_true(isnan(cell(r, ROI_THRESHOLD_PERCENTILE, 1)));
  roi_sensitivity_free(r);
  s.target.node = op2(ROI_SUB, num(1), op2(ROI_MUL, num(3), yes));
  r = measured(&s, ROI_METHOD_THRESHOLD);
  near(cell(r, ROI_THRESHOLD_PERCENTILE, 1), 0.8, 1e-12);
  near(cell(r, ROI_THRESHOLD_CHANCE, 1), 0.2, 1e-12);
  assert_true(cell(r, ROI_THRESHOLD_VALUE, 1) == 1);
  assert_true(cell(r, ROI_THRESHOLD_AT_LOW, 1) == 1 && cell(r, ROI_THRESHOLD_AT_HIGH, 1) == -2);
  roi_sensitivity_free(r);
  end();
}

/* Negative as it is: the chance, and the side of a step, are those of turning positive. ppois(1, 2) 0.406005849709838. */
static void thresholds_to_the_rescue(void **state) {
  (void)state;
  begin(12);
  roi_node u = uniform("u", 0, 1), count = draw(dist(ROI_FAMILY_POISSON, ROI_FORM_NATURAL, 1, num(2)), "count");
  roi_node yes = bernoulli("yes", 0.2);
  roi_study s = study_of(op2(ROI_SUB, u, num(0.7)), 0);
  roi_sensitivity *r = measured(&s, ROI_METHOD_THRESHOLD);
  near(cell(r, ROI_THRESHOLD_PERCENTILE, 0), 0.7, 1e-6);
  near(cell(r, ROI_THRESHOLD_CHANCE, 0), 0.3, 1e-6);
  const roi_estimate *chance = roi_cell(r, ROI_THRESHOLD_CHANCE, 0);
  assert_true(chance->low <= chance->value && chance->value <= chance->high);
  assert_true(strstr(r->doc, "turns positive") != NULL);
  roi_sensitivity_free(r);
  s.target.node = op2(ROI_SUB, num(1.5), count);
  r = measured(&s, ROI_METHOD_THRESHOLD);
  near(cell(r, ROI_THRESHOLD_CHANCE, 1), 0.406005849709838, 0.0003);
  assert_true(cell(r, ROI_THRESHOLD_VALUE, 1) == 1);
  roi_sensitivity_free(r);
  s.target.node = op2(ROI_SUB, op2(ROI_MUL, num(3), yes), num(1));
  r = measured(&s, ROI_METHOD_THRESHOLD);
  near(cell(r, ROI_THRESHOLD_CHANCE, 2), 0.2, 1e-12);
  assert_true(cell(r, ROI_THRESHOLD_VALUE, 2) == 1);
  roi_sensitivity_free(r);
  s.target.node = op1(ROI_FIRST, op2(ROI_GT, op2(ROI_MUL, per(1), u), num(6)));
  refused(&s, ROI_METHOD_THRESHOLD, ROI_ERR_USAGE, "never negative");
  end();
}

/* x ~ normal(m, 1), m ~ normal(2, 1): m at 0 makes the mean 0, percentile pnorm(-2) 0.0227501319481792. The input's value is asked of
 * the model. */
static void thresholds_of_a_parameter(void **state) {
  (void)state;
  begin(1);
  roi_node m = normal("m", 2, 1), x = draw(dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, m, num(1)), "x");
  roi_study s = study_of(x, 0);
  roi_sensitivity *r = measured(&s, ROI_METHOD_THRESHOLD);
  holds(roi_cell(r, ROI_THRESHOLD_VALUE, 0), 0, 0.04);
  holds(roi_cell(r, ROI_THRESHOLD_PERCENTILE, 0), 0.0227501319481792, 0.002);
  holds(roi_cell(r, ROI_THRESHOLD_PERCENTILE, 1), 0.0227501319481792, 0.002); /* x alone: its uniform, around a mean of 2 */
  roi_sensitivity_free(r);
  end();
}

/* 1/2 - 8 (u - 0.4)^2 is zero at 0.15 and 0.65: the second is nearer to the median; it is negative below the first and above the second.
 * Its opposite is negative between them, and a product of three has three places: 0.2, 0.6 (told) and 0.9. */
static void thresholds_that_come_twice(void **state) {
  (void)state;
  begin(12);
  roi_node u = uniform("u", 0, 1), d = op2(ROI_SUB, u, num(0.4));
  roi_study s = study_of(op2(ROI_SUB, num(0.5), op2(ROI_MUL, num(8), op2(ROI_MUL, d, d))), 0);
  study_request.options.trials = 500;
  roi_sensitivity *r = measured(&s, ROI_METHOD_THRESHOLD);
  near(cell(r, ROI_THRESHOLD_VALUE, 0), 0.65, 1e-6);
  near(cell(r, ROI_THRESHOLD_CHANCE, 0), 0.35 + 0.15, 1e-4);
  assert_true(isnan(roi_cell(r, ROI_THRESHOLD_CHANCE, 0)->low));
  assert_true(has_note(r, "u: expected") && has_note(r, "more than once"));
  roi_sensitivity_free(r);
  s.target.node = op2(ROI_SUB, op2(ROI_MUL, num(8), op2(ROI_MUL, d, d)), num(0.5));
  r = measured(&s, ROI_METHOD_THRESHOLD);
  near(cell(r, ROI_THRESHOLD_CHANCE, 0), 0.65 - 0.15, 1e-4);
  roi_sensitivity_free(r);
  s.target.node = op2(ROI_MUL, op2(ROI_SUB, u, num(0.2)), op2(ROI_MUL, op2(ROI_SUB, u, num(0.6)), op2(ROI_SUB, u, num(0.9))));
  r = measured(&s, ROI_METHOD_THRESHOLD);
  near(cell(r, ROI_THRESHOLD_VALUE, 0), 0.6, 1e-6);
  near(cell(r, ROI_THRESHOLD_CHANCE, 0), 0.2 + 0.9 - 0.6, 1e-3);
  roi_sensitivity_free(r);
  s.target.node = op2(ROI_SUB, u, num(2));
  r = measured(&s, ROI_METHOD_THRESHOLD);
  assert_true(has_note(r, "negative as it is") && has_note(r, "no input alone"));
  roi_sensitivity_free(r);
  s.target.node = op2(ROI_LT, u, num(0.5));
  refused(&s, ROI_METHOD_THRESHOLD, ROI_ERR_USAGE, "never negative");
  end();
}

/* With thousands of trials more than the search takes, the place found in a few is moved to where the mean of all is zero: a target that
 * is the mean of trials by hand. Held at u, y is u^2 - 0.09 + z, so the place is sqrt(0.09 - mean of z). */
static void thresholds_rest_on_all_trials(void **state) {
  (void)state;
  begin(1);
  roi_node u = uniform("u", 0, 1), z = normal("z", 0, 0.2);
  roi_study s = study_of(op2(ROI_ADD, op2(ROI_SUB, op2(ROI_MUL, u, u), num(0.09)), z), 0);
  study_request.options.trials = 20000;
  roi_sensitivity *r = measured(&s, ROI_METHOD_THRESHOLD);
  double *column = roi_alloc(20000, sizeof *column), mean = 0;
  roi_target target = {"z", z};
  assert_int_equal(roi_evaluate(g, &study_request, NULL, &target, 1, 20000, &column, &why), ROI_OK);
  for (int i = 0; i < 20000; i++) mean += column[i] / 20000;
  near(cell(r, ROI_THRESHOLD_VALUE, 0), sqrt(0.09 - mean), 2e-5);
  roi_free(column);
  roi_sensitivity_free(r);
  end();
}

/* -- Swings -------------------------------------------------------------------------------------------------------------------- */

/* R: qnorm(0.9) 1.2815515655446. */
static void swings(void **state) {
  (void)state;
  begin(10);
  roi_node x = normal("x", 10, 3), u = uniform("u", 0, 1), yes = bernoulli("yes", 0.01);
  roi_study s = study_of(op2(ROI_SUB, op2(ROI_SUB, x, op2(ROI_MUL, num(5), u)), op2(ROI_MUL, num(7), yes)), 0);
  roi_sensitivity *r = measured(&s, ROI_METHOD_TORNADO);
  near(r->at_median, 7.5, 1e-9);
  near(cell(r, ROI_TORNADO_SWING, 0), 6 * 1.2815515655446, 1e-8);
  near(cell(r, ROI_TORNADO_LOW, 0), 7.5 - 3 * 1.2815515655446, 1e-8);
  near(cell(r, ROI_TORNADO_HIGH, 0), 7.5 + 3 * 1.2815515655446, 1e-8);
  near(cell(r, ROI_TORNADO_INPUT_LOW, 0), 10 - 3 * 1.2815515655446, 1e-8);
  near(cell(r, ROI_TORNADO_SWING, 1), -4, 1e-12);
  near(cell(r, ROI_TORNADO_INPUT_HIGH, 1), 0.9, 1e-12);
  near(cell(r, ROI_TORNADO_SWING, 2), -7, 1e-12);
  assert_true(cell(r, ROI_TORNADO_INPUT_LOW, 2) == 0 && cell(r, ROI_TORNADO_INPUT_HIGH, 2) == 1);
  assert_int_equal(r->evaluations, 7);
  roi_sensitivity_free(r);
  /* No value where u is high; never where it is low. */
  s.target.node = op2(ROI_STATE, x, op2(ROI_LT, u, num(0.6)));
  r = measured(&s, ROI_METHOD_TORNADO);
  assert_true(isnan(cell(r, ROI_TORNADO_SWING, 1)));
  assert_int_equal(r->undefined, 1);
  assert_true(has_note(r, "no value at P10 or P90"));
  roi_sensitivity_free(r);
  s.target.node = op1(ROI_FIRST, op2(ROI_GE, per(1), op2(ROI_MUL, num(12), u)));
  r = measured(&s, ROI_METHOD_TORNADO);
  assert_true(cell(r, ROI_TORNADO_LOW, 1) == 2 && cell(r, ROI_TORNADO_HIGH, 1) == 11);
  assert_int_equal(r->never, 1);
  roi_sensitivity_free(r);
  end();
}

static void swings_need_points_that_compare(void **state) {
  (void)state;
  begin(1);
  roi_node u = uniform("u", 0, 1);
  roi_study s = study_of(roi_extern_node(g, "own", &u, 1, &why), 0);
  refused(&s, ROI_METHOD_TORNADO, ROI_ERR_USAGE, "per_trial");
  end();
}

/* -- Correlated draws ---------------------------------------------------------------------------------------------------------- */

/* x ~ normal(1, 1) and z ~ normal(0, 1), of correlation 0.9: in x + 3 z each is moved or fixed alone. If z followed x, the threshold of x
 * would be at 2.7 / 3.7, its effect and swing 3.7 times as large. */
static void correlated_draws_move_alone(void **state) {
  (void)state;
  begin(1);
  roi_node x = normal("x", 1, 1), z = normal("z", 0, 1);
  correlate(x, z, 0.9);
  roi_study s = study_of(op2(ROI_ADD, x, op2(ROI_MUL, num(3), z)), 16);
  s.correlated = 1;
  study_request.options.trials = 40000;
  roi_sensitivity *r = measured(&s, ROI_METHOD_THRESHOLD);
  holds(roi_cell(r, ROI_THRESHOLD_VALUE, 0), 0, 0.06);
  holds(roi_cell(r, ROI_THRESHOLD_VALUE, 1), -1.0 / 3, 0.03);
  assert_true(has_note(r, "correlated"));
  roi_sensitivity_free(r);
  r = measured(&s, ROI_METHOD_MORRIS);
  near(cell(r, ROI_MORRIS_MU, 0), (0.318639363964375 + 1.15034938037601) / 0.5, 1e-7);
  near(cell(r, ROI_MORRIS_SIGMA, 1), 0, 1e-7);
  assert_true(has_note(r, "correlated"));
  roi_sensitivity_free(r);
  s.factors++; /* z alone: x, in no factor, varies as it does */
  s.n_factors = 1;
  r = measured(&s, ROI_METHOD_MORRIS);
  near(cell(r, ROI_MORRIS_MU, 0), 3 * (0.318639363964375 + 1.15034938037601) / 0.5, 1e-7);
  near(cell(r, ROI_MORRIS_SIGMA, 0), 0, 1e-7);
  roi_sensitivity_free(r);
  s.factors--;
  s.n_factors = 2;
  r = measured(&s, ROI_METHOD_TORNADO);
  near(cell(r, ROI_TORNADO_SWING, 0), 2 * 1.2815515655446, 1e-8);
  near(cell(r, ROI_TORNADO_SWING, 1), 6 * 1.2815515655446, 1e-8);
  roi_sensitivity_free(r);
  end();
}

/* -- All ----------------------------------------------------------------------------------------------------------------------- */

static const roi_method_id all[] = {ROI_METHOD_TORNADO, ROI_METHOD_SOBOL, ROI_METHOD_MORRIS, ROI_METHOD_THRESHOLD};

static roi_sensitivity *reference(roi_method_id method, int threads, const char *isa) {
  r1 m = build_r1();
  roi_study s = study_of(m.out[0].node, method == ROI_METHOD_SOBOL ? 64 : 0);
  study_request.options = (roi_options){.trials = 5000, .seed = 3, .threads = threads, .isa = isa};
  roi_sensitivity *r = measured(&s, method);
  end();
  return r;
}
static void bits_depend_on_nothing_else(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    roi_sensitivity *a = reference(all[i], 1, NULL), *b = reference(all[i], 3, "baseline");
    assert_memory_equal(a->cell, b->cell, a->method->n_measures * a->n_factors * sizeof *a->cell);
    roi_sensitivity_free(a);
    roi_sensitivity_free(b);
  }
}

/* The Nth allocation fails for N = 0, 1, 2, ... until the work goes through. */
static void memory_may_run_out_anywhere(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    begin(3);
    roi_node d = dist(ROI_FAMILY_UNIFORM, ROI_FORM_NATURAL, 2, num(0.9), num(1.1)), noise = roi_draw(g, d, "noise", 1, &why);
    roi_node x = normal("x", 1, 1), yes = bernoulli("yes", 0.3);
    roi_study s = study_of(op2(ROI_SUB, op2(ROI_MUL, x, op1(ROI_SUM, noise)), yes), all[i] == ROI_METHOD_MORRIS ? 4 : 64);
    s.second_order = 1;
    study_request.options.trials = 300;
    s.bootstrap = 20;
    roi_sensitivity *r = NULL;
    roi_status status = ROI_ERR_MEMORY;
    long n = 0;
    for (; status != ROI_OK; n++) {
      assert_in_range(n, 0, 5000);
      roi_error err = {0};
      roi_memory_fail_after(n);
      status = roi_sensitivity_run(&s, all[i], &r, &err);
      roi_memory_fail_after(-1);
      if (status != ROI_OK && (status != ROI_ERR_MEMORY || r || !err.text[0]))
        fail_msg("%s, allocation %ld: status %d '%s'", roi_methods[all[i]].name, n, (int)status, err.text);
    }
    assert_true(n > 10);
    roi_sensitivity *again = measured(&s, all[i]);
    assert_memory_equal(r->cell, again->cell, r->method->n_measures * r->n_factors * sizeof *r->cell);
    roi_sensitivity_free(r);
    roi_sensitivity_free(again);
    end();
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(effects_of_a_linear_model), cmocka_unit_test(effects_that_depend_on_others),
      cmocka_unit_test(effects_of_a_rare_event),
      cmocka_unit_test(effects_of_the_g_function), cmocka_unit_test(effects_of_periods_and_groups),
      cmocka_unit_test(trajectories_lie_apart), cmocka_unit_test(thresholds_of_normals), cmocka_unit_test(thresholds_of_steps),
      cmocka_unit_test(thresholds_to_the_rescue),
      cmocka_unit_test(all_periods_move_as_their_sum),
      cmocka_unit_test(thresholds_of_a_parameter), cmocka_unit_test(thresholds_that_come_twice),
      cmocka_unit_test(thresholds_rest_on_all_trials), cmocka_unit_test(swings),
      cmocka_unit_test(swings_need_points_that_compare),
      cmocka_unit_test(correlated_draws_move_alone), cmocka_unit_test(bits_depend_on_nothing_else),
      cmocka_unit_test(memory_may_run_out_anywhere)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
