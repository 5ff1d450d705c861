/* Methods on trials already run: estimators against numbers computed elsewhere, methods against closed forms, and
 * what must not change a bit of them. */
#include "study.h"

#include "sensitivity/estimators.h"

/* -- Estimators on columns ----------------------------------------------------------------------------------------- */

/* 24 trials of three inputs, the second with ties, and a target; NumPy 1.24.2 and SciPy 1.10.1 give the numbers
 * below: pearsonr, spearmanr, least squares of standardised columns, correlations of the residuals of ranks. */
enum { FEW = 24 };
static const double few[4][FEW] = {{10.0, 10.9, 9.2, 7.3,  8.6, 7.0, 10.2, 14.0, 8.5, 8.1, 11.5, 11.1,
                                    10.3, 7.2,  9.9, 12.1, 6.0, 8.6, 4.3,  6.1,  4.5, 9.3, 6.2,  10.8},
                                   {1, 0, 0, 2, 3, 1, 3, 3, 3, 2, 1, 2, 1, 1, 1, 0, 3, 0, 0, 0, 3, 2, 3, 0},
                                   {0.45, 0.97, 2.42, 0.56, 0.89, 1.12, 1.07, 0.29, 1.08, 3.89, 0.21, 2.36,
                                    1.13, 0.53, 7.39, 2.14, 0.3,  1.08, 1.78, 0.83, 1.98, 0.94, 1.95, 4.21},
                                   {9.3,  21.9, 24.0, -0.5, -13.0, 10.5, -6.4, -11.1, -7.2,  10.4, 4.1,   19.1,
                                    14.6, 6.8,  32.4, 34.1, -19.4, 17.1, 9.8,  10.8,  -12.5, 5.3,  -11.9, 34.7}};
static const double few_pearson[3] = {0.3715400547528973, -0.83557068724798, 0.562556594677492};
static const double few_spearman[3] = {0.4044357564622673, -0.8364440577649975, 0.5731680935669551};
static const double few_src[3] = {0.2682990279695363, -0.7286816978858196, 0.4045576652963874};
static const double few_prcc[3] = {0.7488204883470806, -0.930275426510178, 0.8341420114471189};
static const double few_r2 = 0.9361354851692416, few_rank_r2 = 0.9319828209278606;

/* Columns that may be written to. */
static void copy_few(double room[4][FEW], double *columns[4]) {
  memcpy(room, few, sizeof few);
  for (int i = 0; i < 4; i++) columns[i] = room[i];
}

/* Of two columns; NaN where one never varies. */
static double correlation(const double *x, const double *y) {
  double room[2][FEW], *columns[2] = {room[0], room[1]}, r[4];
  roi_scaled scaled[2];
  memcpy(room[0], x, sizeof room[0]);
  memcpy(room[1], y, sizeof room[1]);
  assert_int_equal(roi_correlations(columns, 2, FEW, 1, NULL, scaled, r, &why), ROI_OK);
  return scaled[0].constant || scaled[1].constant ? NAN : r[1];
}

static void correlations_as_elsewhere(void **state) {
  (void)state;
  double room[4][FEW], *columns[4], r[16];
  roi_scaled scaled[4];
  roi_linear_fit fit;
  copy_few(room, columns);
  for (int i = 0; i < 3; i++) near(correlation(few[i], few[3]), few_pearson[i], 1e-14);
  assert_int_equal(roi_correlations(columns, 4, FEW, 2, NULL, scaled, r, &why), ROI_OK);
  for (int i = 0; i < 3; i++) near(r[3 * 4 + i], few_pearson[i], 1e-14);
  assert_int_equal(roi_linear_fit_new(r, 3, scaled, &fit, &why), ROI_OK);
  for (int i = 0; i < 3; i++) near(fit.b[i], few_src[i], 1e-13);
  near(1 - fit.rest, few_r2, 1e-13);
  roi_linear_fit_free(&fit);
  assert_int_equal(roi_rank_columns(columns, 4, FEW, 2, &why), ROI_OK);
  assert_int_equal(roi_correlations(columns, 4, FEW, 1, NULL, scaled, r, &why), ROI_OK);
  for (int i = 0; i < 3; i++) near(r[3 * 4 + i], few_spearman[i], 1e-14);
  assert_int_equal(roi_linear_fit_new(r, 3, scaled, &fit, &why), ROI_OK);
  near(1 - fit.rest, few_rank_r2, 1e-13);
  for (int i = 0; i < 3; i++) {
    double b = fit.b[i];
    near(b / sqrt(b * b + fit.rest * fit.inverse[i * 3 + i]), few_prcc[i], 1e-13);
  }
  roi_linear_fit_free(&fit);
}

static void correlations_stop(void **state) {
  (void)state;
  double room[4][FEW], *columns[4], r[16] = {0};
  roi_scaled scaled[4];
  volatile int stop = 1;
  copy_few(room, columns);
  assert_int_equal(roi_correlations(columns, 4, FEW, 1, &stop, scaled, r, &why), ROI_ERR_INTERRUPTED);
  assert_string_equal(why.text, "interrupted");
  for (int i = 0; i < 16; i++) assert_true(r[i] == 0);
}

static void correlation_of_odd_columns(void **state) {
  (void)state;
  double x[FEW], y[FEW], same[FEW], huge[FEW], tiny[FEW];
  for (int i = 0; i < FEW; i++) {
    y[i] = 2 + 2 * (i % 4) + 2 * (i % 4 == 3);
    x[i] = 1e9 + y[i] / 2;
    same[i] = 7;
    huge[i] = y[i] * 1e307;
    tiny[i] = y[i] * 0x1p-1073;
  }
  near(correlation(x, y), 1, 1e-15);
  near(correlation(huge, y), 1, 1e-15);
  near(correlation(tiny, huge), 1, 1e-15);
  for (int i = 0; i < FEW; i++) huge[i] = -huge[i];
  near(correlation(x, huge), -1, 1e-15);
  assert_true(isnan(correlation(x, same)));
}

static void ranks_of(const double *x, size_t n, const double *expected) {
  double rank[64];
  assert_true(n <= 64);
  assert_int_equal(roi_ranks(x, n, rank, &why), ROI_OK);
  for (size_t i = 0; i < n; i++) near(rank[i], expected[i], 0);
}

static void ranks_with_ties(void **state) {
  (void)state;
  ranks_of((double[]){3, 1, 3, 2, 3}, 5, (double[]){4, 1, 4, 2, 4});
  ranks_of((double[]){0.0, -0.0, -1, 5e-324}, 4, (double[]){2.5, 2.5, 1, 4});
  ranks_of((double[]){7}, 1, (double[]){1});
  ranks_of((double[]){-1e308, 1e308, -1e-308, 1e-308}, 4, (double[]){1, 4, 2, 3});
}

/* Of many values, by what ranks mean: sorted by qsort. */
static int by_value(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}
static double mean_rank(const double *sorted, size_t n, double x) {
  size_t below = 0, up_to = n, low, high;
  for (low = 0, high = n; low < high;) {
    size_t mid = (low + high) / 2;
    if (sorted[mid] < x)
      low = mid + 1;
    else
      high = mid;
  }
  below = low;
  for (low = 0, high = n; low < high;) {
    size_t mid = (low + high) / 2;
    if (sorted[mid] <= x)
      low = mid + 1;
    else
      high = mid;
  }
  up_to = low;
  return ((double)below + 1 + (double)up_to) / 2;
}

/* Columns that packed keys find hard: few values, values that agree in their leading bits with one far away, every
 * size. */
static double hard_value(int kind, size_t i) {
  switch (kind) {
    case 0:
      return dice_between(-1, 1);
    case 1:
      return dice(5);
    case 2:
      return i == 7 ? 1e300 : i == 9 ? -1e300 : 1 + dice(1000) * 0x1p-52;
    case 3:
      return ldexp(dice_between(-1, 1), (int)dice(2000) - 1000);
    default:
      return i % 2 ? 0 : dice_between(0, 1e-300);
  }
}

static void ranks_of_many(void **state) {
  (void)state;
  static const size_t sizes[] = {2, 15, 16, 17, 48, 49, 100, 2047, 2049, 40000};
  double *x = roi_alloc(40000, sizeof *x), *sorted = roi_alloc(40000, sizeof *x), *rank = roi_alloc(40000, sizeof *x);
  uint32_t *order = roi_alloc(40000, sizeof *order);
  uint64_t *room = roi_alloc(80000, sizeof *room);
  for (int kind = 0; kind < 5; kind++) {
    for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
      size_t n = sizes[s];
      for (size_t i = 0; i < n; i++) x[i] = hard_value(kind, i);
      memcpy(sorted, x, n * sizeof *x);
      qsort(sorted, n, sizeof *sorted, by_value);
      assert_int_equal(roi_ranks(x, n, rank, &why), ROI_OK);
      for (size_t i = 0; i < n; i++) near(rank[i], mean_rank(sorted, n, x[i]), 0);
      roi_sorted_order(x, n, order, room);
      for (size_t i = 1; i < n; i++)
        assert_true(x[order[i - 1]] < x[order[i]] || (x[order[i - 1]] == x[order[i]] && order[i - 1] < order[i]));
    }
  }
  roi_free(x);
  roi_free(sorted);
  roi_free(rank);
  roi_free(order);
  roi_free(room);
}

static void cells_of_a_column(void **state) {
  (void)state;
  uint16_t cell[10];
  int values;
  assert_int_equal(roi_cells((double[]){1, 1, 2, 2, 2, 9}, 6, 3, cell, &values), 3);
  assert_true(values);
  assert_memory_equal(cell, ((uint16_t[]){0, 0, 1, 1, 1, 2}), 6 * sizeof *cell);
  assert_int_equal(roi_cells((double[]){1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 10, 5, cell, &values), 5);
  assert_false(values);
  assert_memory_equal(cell, ((uint16_t[]){0, 0, 1, 1, 2, 2, 3, 3, 4, 4}), sizeof cell);
  /* Six equal values straddle what would be three cells: all are in the cell of their mean rank. */
  assert_int_equal(roi_cells((double[]){1, 2, 3, 3, 3, 3, 3, 3, 4, 5}, 10, 4, cell, &values), 4);
  assert_memory_equal(cell, ((uint16_t[]){0, 0, 2, 2, 2, 2, 2, 2, 3, 3}), sizeof cell);
}

/* -- Methods on models with known answers -------------------------------------------------------------------------- */

static void covered(roi_estimate e, double truth, double slack) {
  if (!(e.low - slack <= truth && truth <= e.high + slack))
    fail_msg("%.9g is outside of [%.9g, %.9g]", truth, e.low, e.high);
  assert_true(e.low <= e.value && e.value <= e.high);
}

static roi_study study_with(roi_node target, uint64_t trials) {
  roi_study s = study_of(target, 0);
  study_request.options.trials = trials;
  return s;
}

static void given_data_of_ishigami(void **state) {
  (void)state;
  /* Delta by integration: conditional histograms of 250, 500 and 1,000 cells on midpoint grids of 2,000 x 2,000 and
   * 150 points, NumPy; the last two digits are extrapolated. */
  static const double first[3] = {0.313905, 0.442411, 0}, delta[3] = {0.2625, 0.4249, 0.2102};
  begin(1);
  roi_node y = ishigami();
  roi_node inert = uniform("inert", 0, 1);
  assert_int_not_equal(inert, ROI_NONE);
  roi_study s = study_with(y, 65536);
  roi_sensitivity *r = measured(&s, ROI_METHOD_GIVEN_DATA);
  assert_int_equal(r->n, 65536);
  assert_int_equal(r->evaluations, 65536);
  near(r->mean, 3.5, 0.05);
  near(r->variance, 13.844588, 0.2);
  for (size_t f = 0; f < 3; f++) {
    near(roi_cell(r, ROI_GIVEN_FIRST, f)->value, first[f], 0.012);
    covered(*roi_cell(r, ROI_GIVEN_FIRST, f), first[f], 0.002);
    near(roi_cell(r, ROI_GIVEN_DELTA, f)->value, delta[f], 0.018);
    covered(*roi_cell(r, ROI_GIVEN_DELTA, f), delta[f], 0.004);
    assert_true(roi_cell(r, ROI_GIVEN_FIRST, f)->high - roi_cell(r, ROI_GIVEN_FIRST, f)->low < 0.03);
  }
  for (size_t m = ROI_GIVEN_FIRST; m <= ROI_GIVEN_PAWN; m++) {
    near(roi_cell(r, m, 3)->value, 0, 0.012);
    covered(*roi_cell(r, m, 3), 0, 0.002);
  }
  assert_int_equal(r->n_notes, 0);
  roi_sensitivity_free(r);
  end();
}

/* An input without influence has 0 on average, and intervals that hold 0 nearly always: over 60 seeds. */
static void inert_inputs(void **state) {
  (void)state;
  enum { SEEDS = 60, MOST_MEASURES = 4 };
  static const roi_method_id methods[] = {ROI_METHOD_GIVEN_DATA, ROI_METHOD_RANK, ROI_METHOD_REGRESSION};
  begin(1);
  roi_node y = ishigami();
  roi_node inert = uniform("inert", 0, 1);
  assert_int_not_equal(inert, ROI_NONE);
  roi_study s = study_with(y, 1000);
  for (size_t i = 0; i < 3; i++) {
    size_t held[MOST_MEASURES] = {0};
    double mean[MOST_MEASURES] = {0};
    size_t measures = roi_methods[methods[i]].n_measures;
    for (int seed = 1; seed <= SEEDS; seed++) {
      study_request.options.seed = (uint64_t)seed;
      roi_sensitivity *r = measured(&s, methods[i]);
      for (size_t m = 0; m < measures; m++) {
        const roi_estimate *e = roi_cell(r, m, 3);
        mean[m] += e->value / SEEDS;
        held[m] += e->low <= 0 && e->high >= 0;
      }
      roi_sensitivity_free(r);
    }
    for (size_t m = 0; m < measures; m++) {
      near(mean[m], 0, 0.025);
      assert_in_range(held[m], 52, SEEDS);
    }
  }
  end();
}

/* What happens once in a hundred trials, and inputs that have no part in it: their intervals hold 0, as nearly always. */
static void shares_of_a_rare_event(void **state) {
  (void)state;
  enum { INERT = 20, SEEDS = 5 };
  begin(1);
  roi_node a = uniform("a", 0, 1), b = uniform("b", 0, 1), coin = draw(dist(ROI_FAMILY_BERNOULLI, ROI_FORM_NATURAL, 1, num(0.6)), "coin");
  for (int i = 0; i < INERT; i++) {
    char name[16];
    snprintf(name, sizeof name, "inert%d", i);
    uniform(name, 0, 1);
  }
  roi_study s = study_with(op2(ROI_LT, op2(ROI_MUL, a, b), num(0.0018)), 10000); /* t (1 - log t): 0.0132 */
  assert_int_not_equal(coin, ROI_NONE);
  size_t held = 0, coins = 0;
  for (int seed = 1; seed <= SEEDS; seed++) {
    study_request.options.seed = (uint64_t)seed;
    roi_sensitivity *r = measured(&s, ROI_METHOD_GIVEN_DATA);
    for (size_t f = 3; f < 3 + INERT; f++) {
      const roi_estimate *e = roi_cell(r, ROI_GIVEN_FIRST, f);
      held += e->low <= 0 && e->high >= 0;
    }
    const roi_estimate *e = roi_cell(r, ROI_GIVEN_FIRST, 2);
    coins += e->low <= 0 && e->high >= 0;
    roi_sensitivity_free(r);
  }
  assert_in_range(held, 90, SEEDS * INERT);
  assert_in_range(coins, 4, SEEDS);
  end();
}

static void given_data_of_the_g_function(void **state) {
  (void)state;
  static const double first[8] = {0.716192, 0.179048, 0.023676, 0.007162, 0.0000716, 0.0000716, 0.0000716, 0.0000716};
  begin(1);
  roi_study s = study_with(g_function(g_of_saltelli, 8), 65536);
  for (int sampling = ROI_SAMPLING_MC; sampling < ROI_SAMPLING_COUNT; sampling++) {
    study_request.options.sampling = (roi_sampling)sampling;
    roi_sensitivity *r = measured(&s, ROI_METHOD_GIVEN_DATA);
    for (size_t f = 0; f < 8; f++) {
      near(roi_cell(r, ROI_GIVEN_FIRST, f)->value, first[f], 0.015);
      covered(*roi_cell(r, ROI_GIVEN_FIRST, f), first[f], 0.006);
    }
    assert_int_equal(has_note(r, "plain sampling"), sampling != ROI_SAMPLING_MC);
    roi_sensitivity_free(r);
  }
  end();
}

static roi_node normal(const char *name) {
  return draw(dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, num(0), num(1)), name);
}

/* y = x1 + x2 of two standard normals. Delta: the expected difference of two normal distribution functions between
 * the two points where the densities cross, integrated by SciPy. PAWN: likewise, means of 2,000 conditional
 * distribution functions in each of ten slices. Lowest mean of a tenth of x: -phi(z) / 0.1 at the 10% quantile.
 * Spearman: 6 / pi asin(r / 2). */
static void linear_normal_model(void **state) {
  (void)state;
  begin(1);
  roi_node a = normal("a"), b = normal("b");
  roi_study s = study_with(op2(ROI_ADD, a, b), 100000);
  roi_sensitivity *r = measured(&s, ROI_METHOD_GIVEN_DATA);
  for (size_t f = 0; f < 2; f++) {
    near(roi_cell(r, ROI_GIVEN_FIRST, f)->value, 0.5, 0.01);
    near(roi_cell(r, ROI_GIVEN_DELTA, f)->value, 0.30599382, 0.01);
    covered(*roi_cell(r, ROI_GIVEN_DELTA, f), 0.30599382, 0.001);
    near(roi_cell(r, ROI_GIVEN_PAWN, f)->value, 0.25277225, 0.01);
    covered(*roi_cell(r, ROI_GIVEN_PAWN, f), 0.25277225, 0);
    near(roi_cell(r, ROI_GIVEN_PAWN_MAX, f)->value, 0.52614050, 0.01);
    covered(*roi_cell(r, ROI_GIVEN_PAWN_MAX, f), 0.52614050, 0);
  }
  roi_sensitivity_free(r);
  r = measured(&s, ROI_METHOD_BINNED);
  for (size_t f = 0; f < 2; f++) {
    covered(*roi_cell(r, ROI_BINNED_LOW, f), -1.75498332, 0.01);
    covered(*roi_cell(r, ROI_BINNED_HIGH, f), 1.75498332, 0.01);
    near(roi_cell(r, ROI_BINNED_SWING, f)->value, 2 * 1.75498332, 0.04);
    near(roi_cell(r, ROI_BINNED_SWING, f)->high - roi_cell(r, ROI_BINNED_SWING, f)->low, 0.06, 0.01);
  }
  assert_true(has_note(r, "without influence shows a swing"));
  roi_sensitivity_free(r);
  r = measured(&s, ROI_METHOD_RANK);
  for (size_t f = 0; f < 2; f++) covered(*roi_cell(r, ROI_RANK_SPEARMAN, f), 0.69018344, 0.001);
  roi_sensitivity_free(r);
  r = measured(&s, ROI_METHOD_REGRESSION);
  near(r->r2, 1, 1e-12);
  for (size_t f = 0; f < 2; f++) covered(*roi_cell(r, ROI_REGRESSION_SRC, f), sqrt(0.5), 0.0005);
  assert_int_equal(r->n_notes, 0);
  roi_sensitivity_free(r);
  end();
}

/* y = x + u, x 0 or 1 with even chances, u uniform: y is uniform on (0, 2), on half of it once x is known. Delta and
 * PAWN are 1/2, the variances 1/4 of 1/4 + 1/12. And a yes or no as the target: delta is the mean of |P(y | x) -
 * P(y)|. */
static void yes_and_no(void **state) {
  (void)state;
  begin(1);
  roi_node x = draw(dist(ROI_FAMILY_BERNOULLI, ROI_FORM_NATURAL, 1, num(0.5)), "x"), u = uniform("u", 0, 1),
           y = op2(ROI_ADD, x, u);
  roi_study s = study_with(y, 40000);
  roi_sensitivity *r = measured(&s, ROI_METHOD_GIVEN_DATA);
  near(roi_cell(r, ROI_GIVEN_FIRST, 0)->value, 0.75, 0.01);
  covered(*roi_cell(r, ROI_GIVEN_FIRST, 0), 0.75, 0.001);
  near(roi_cell(r, ROI_GIVEN_DELTA, 0)->value, 0.5, 0.005);
  near(roi_cell(r, ROI_GIVEN_PAWN, 0)->value, 0.5, 0.01);
  near(roi_cell(r, ROI_GIVEN_PAWN_MAX, 0)->value, 0.5, 0.01);
  roi_sensitivity_free(r);
  r = measured(&s, ROI_METHOD_BINNED); /* a bin for each value */
  near(roi_cell(r, ROI_BINNED_LOW, 0)->value, 0.5, 0.01);
  near(roi_cell(r, ROI_BINNED_HIGH, 0)->value, 1.5, 0.01);
  roi_sensitivity_free(r);
  s.target.node = op2(ROI_GT, y, num(1.5)); /* 1/4; x = 1: 1/2, x = 0: never; u > 1/2: 1/2, else never */
  r = measured(&s, ROI_METHOD_GIVEN_DATA);
  near(r->mean, 0.25, 0.01);
  for (size_t f = 0; f < 2; f++) near(roi_cell(r, ROI_GIVEN_DELTA, f)->value, 0.25, 0.01);
  roi_sensitivity_free(r);
  end();
}

/* Where the target is the input: ten slices of a uniform have distances 0.9, 0.8, ..., 0.5, 0.5, ..., 0.9. */
static void one_input_alone(void **state) {
  (void)state;
  begin(1);
  roi_node x = uniform("x", 0, 1);
  roi_study s = study_with(op1(ROI_EXP, x), 20000);
  roi_sensitivity *r = measured(&s, ROI_METHOD_GIVEN_DATA);
  near(roi_cell(r, ROI_GIVEN_PAWN, 0)->value, 0.7, 0.01);
  near(roi_cell(r, ROI_GIVEN_PAWN_MAX, 0)->value, 0.9, 0.01);
  near(roi_cell(r, ROI_GIVEN_FIRST, 0)->value, 1, 0.001);
  near(roi_cell(r, ROI_GIVEN_DELTA, 0)->value, 1 - 1.0 / 128, 0.002); /* all that 128 cells can show */
  near(roi_cell(r, ROI_GIVEN_DELTA, 0)->high, 1, 0);
  roi_sensitivity_free(r);
  r = measured(&s, ROI_METHOD_RANK);
  near(roi_cell(r, ROI_RANK_SPEARMAN, 0)->value, 1, 1e-15);
  near(roi_cell(r, ROI_RANK_PRCC, 0)->value, 1, 1e-15);
  roi_sensitivity_free(r);
  end();
}

/* 1 / u^2 has no variance, and the largest of its trials make up most of what a run shows: no interval that they give could be believed.
 * Those of its logarithm don't. */
static void few_trials_decide(void **state) {
  (void)state;
  begin(1);
  roi_node u = uniform("u", 0, 1), v = uniform("v", 0, 1), large = op2(ROI_DIV, num(1), op2(ROI_MUL, u, u));
  roi_study s = study_with(op2(ROI_ADD, large, v), 2000);
  roi_sensitivity *r = measured(&s, ROI_METHOD_GIVEN_DATA);
  assert_true(has_note(r, "up half of the variance of y"));
  assert_true(!isnan(roi_cell(r, ROI_GIVEN_FIRST, 0)->value) && isnan(roi_cell(r, ROI_GIVEN_FIRST, 0)->low));
  assert_true(roi_cell(r, ROI_GIVEN_DELTA, 0)->low > 0.5);
  roi_sensitivity_free(r);
  s.target.node = op2(ROI_ADD, op1(ROI_LOG, large), v);
  r = measured(&s, ROI_METHOD_GIVEN_DATA);
  assert_true(!has_note(r, "up half of the variance of y") && !isnan(roi_cell(r, ROI_GIVEN_FIRST, 0)->low));
  roi_sensitivity_free(r);
  end();
}

static void regression_says_what_it_misses(void **state) {
  (void)state;
  begin(1);
  roi_study s = study_with(ishigami(), 20000);
  roi_sensitivity *r = measured(&s, ROI_METHOD_REGRESSION);
  /* A line in x1 explains cov^2 / (var x1 var y), with cov = 1 + pi^4 / 50: x sin x has mean 1, x3^4 pi^4 / 5. */
  near(r->r2, 0.190831, 0.015);
  assert_true(has_note(r, "explains only 1"));
  covered(*roi_cell(r, ROI_REGRESSION_SRC, 1), 0, 0.005);
  covered(*roi_cell(r, ROI_REGRESSION_SRC, 2), 0, 0.005);
  roi_sensitivity_free(r);
  end();
}

/* -- Dependence, and inputs that can't be told apart --------------------------------------------------------------- */

static void correlated_inputs(void **state) {
  (void)state;
  begin(1);
  roi_node x[2] = {normal("a"), normal("b")};
  double matrix[4] = {1, 0.8, 0.8, 1};
  assert_int_equal(roi_graph_correlate(g, x, 2, matrix, ROI_CORRELATION_PEARSON, NULL, &why), ROI_OK);
  roi_study s = study_with(op2(ROI_ADD, x[0], op2(ROI_MUL, num(0.1), normal("noise"))), 40000);
  s.correlated = 1;
  roi_sensitivity *r = measured(&s, ROI_METHOD_RANK); /* b goes with a, but says nothing that a does not */
  near(roi_cell(r, ROI_RANK_SPEARMAN, 1)->value, 0.7818, 0.01);
  near(roi_cell(r, ROI_RANK_PRCC, 1)->value, 0, 0.02);
  covered(*roi_cell(r, ROI_RANK_PRCC, 1), 0, 0.003);
  assert_true(roi_cell(r, ROI_RANK_PRCC, 0)->value > 0.95);
  roi_sensitivity_free(r);
  r = measured(&s, ROI_METHOD_REGRESSION);
  near(roi_cell(r, ROI_REGRESSION_SRC, 1)->value, 0, 1e-14); /* the model is linear in the others */
  roi_sensitivity_free(r);
  r = measured(&s, ROI_METHOD_GIVEN_DATA);
  near(roi_cell(r, ROI_GIVEN_FIRST, 0)->value, 1 / 1.01, 0.01);
  near(roi_cell(r, ROI_GIVEN_FIRST, 1)->value, 0.64 / 1.01, 0.02);
  covered(*roi_cell(r, ROI_GIVEN_FIRST, 1), 0.64 / 1.01, 0);
  roi_sensitivity_free(r);
  end();
}

static void twins_and_constants(void **state) {
  (void)state;
  begin(1);
  roi_node a = uniform("a", 0, 1), b = uniform("b", 0, 1), y = op2(ROI_ADD, op1(ROI_EXP, a), b);
  roi_study s = study_with(y, 2000);
  roi_factor f[4] = {
      study_factors[0], study_factors[1], {.name = "twin", .draws = study_draws, .n_draws = 1}, {.name = "fixed"}};
  f[2].node = op2(ROI_ADD, op2(ROI_MUL, a, num(-3)), num(7));
  f[3].node = num(5);
  s.factors = f;
  s.n_factors = 4;
  roi_sensitivity *r = measured(&s, ROI_METHOD_RANK);
  near(roi_cell(r, ROI_RANK_SPEARMAN, 2)->value, -roi_cell(r, ROI_RANK_SPEARMAN, 0)->value, 1e-15);
  assert_true(isnan(roi_cell(r, ROI_RANK_PRCC, 0)->value) && isnan(roi_cell(r, ROI_RANK_PRCC, 2)->value));
  assert_true(roi_cell(r, ROI_RANK_PRCC, 1)->value > 0.8);
  assert_true(isnan(roi_cell(r, ROI_RANK_SPEARMAN, 3)->value));
  assert_true(has_note(r, "fixed has the same value in every trial"));
  assert_true(has_note(r, "a and twin move together exactly, so they have no partial correlation of their own"));
  roi_sensitivity_free(r);
  r = measured(&s, ROI_METHOD_REGRESSION);
  assert_true(isnan(roi_cell(r, 0, 0)->value) && isnan(roi_cell(r, 0, 2)->value) && isnan(roi_cell(r, 0, 3)->value));
  assert_true(r->r2 > 0.95 && r->r2 < 1);
  roi_sensitivity_free(r);
  r = measured(&s, ROI_METHOD_GIVEN_DATA);
  near(roi_cell(r, ROI_GIVEN_PAWN, 2)->value, roi_cell(r, ROI_GIVEN_PAWN, 0)->value, 0.02);
  assert_true(isnan(roi_cell(r, ROI_GIVEN_DELTA, 3)->value));
  assert_true(has_note(r, "fixed has the same value"));
  roi_sensitivity_free(r);
  r = measured(&s, ROI_METHOD_BINNED);
  near(roi_cell(r, ROI_BINNED_SWING, 3)->value, 0, 0);
  roi_sensitivity_free(r);
  end();
}

static void a_target_that_does_not_move(void **state) {
  (void)state;
  static const roi_method_id methods[] = {ROI_METHOD_BINNED, ROI_METHOD_RANK, ROI_METHOD_REGRESSION,
                                          ROI_METHOD_GIVEN_DATA};
  begin(1);
  uniform("a", 0, 1);
  roi_study s = study_with(num(3), 500);
  for (size_t i = 0; i < 4; i++) {
    roi_sensitivity *r = measured(&s, methods[i]);
    assert_true(has_note(r, "y is 3 in every trial"));
    near(r->variance, 0, 0);
    assert_true(isnan(r->cell[0].value));
    roi_sensitivity_free(r);
  }
  end();
}

static void groups_and_periods(void **state) {
  (void)state;
  begin(3);
  roi_node a = uniform("a", 0, 1), b = uniform("b", 0, 1),
           many = roi_draw(g, dist(ROI_FAMILY_UNIFORM, ROI_FORM_NATURAL, 2, num(0), num(1)), "many", 1, &why);
  roi_study s = study_with(op2(ROI_ADD, op2(ROI_ADD, a, b), op1(ROI_SUM, many)), 1000);
  roi_factor f[2] = {
      {.name = "both", .draws = study_draws, .n_draws = 2, .node = ROI_NONE},
      {.name = "many", .draws = study_draws + 2, .n_draws = 1, .node = at_imm(ROI_ELEMENT, many, 1), .each_period = 1}};
  s.factors = f;
  s.n_factors = 2;
  roi_sensitivity *r = measured(&s, ROI_METHOD_GIVEN_DATA);
  assert_true(isnan(roi_cell(r, ROI_GIVEN_FIRST, 0)->value));
  near(roi_cell(r, ROI_GIVEN_FIRST, 1)->value, 0.2, 0.1);
  assert_true(has_note(r, "both has no single value a trial"));
  assert_true(has_note(r, "many is drawn anew each period"));
  roi_sensitivity_free(r);
  end();
}

/* -- Trials without a number, and bad requests --------------------------------------------------------------------- */

static void never_counts_and_states_do_not(void **state) {
  (void)state;
  begin(12);
  roi_node u = uniform("u", 0, 1),
           late = op1(ROI_FIRST, op2(ROI_GT, op2(ROI_MUL, per(1), u), num(6))); /* never: u <= 1/2 */
  roi_study s = study_with(late, 4000);
  roi_trials *t;
  assert_int_equal(roi_trials_new(&s, &t, &why), ROI_OK);
  assert_int_equal(t->n, 4000);
  assert_in_range(t->never, 1800, 2200);
  for (size_t i = 0; i < t->n; i++) assert_true(t->x[0][i] <= 0.5 ? t->y[i] == 13 : t->y[i] <= 12);
  roi_trials_free(t);
  s.target.node = op2(ROI_STATE, op2(ROI_MUL, u, num(2)), op2(ROI_GT, u, num(0.25)));
  roi_sensitivity *r = measured(&s, ROI_METHOD_RANK);
  assert_int_equal(r->n + r->undefined, 4000);
  assert_in_range(r->undefined, 900, 1100);
  assert_int_equal(r->evaluations, 4000);
  near(r->mean, 1.25, 0.02);
  near(roi_cell(r, ROI_RANK_SPEARMAN, 0)->value, 1, 1e-15);
  roi_sensitivity_free(r);
  s.target.node = op2(ROI_STATE, u, op2(ROI_GT, u, num(0.999)));
  refused(&s, ROI_METHOD_RANK, ROI_ERR_USAGE, "y has a number in ");
  refused(&s, ROI_METHOD_RANK, ROI_ERR_USAGE, " of 4000 trials; rank of 1 inputs needs at least 20: run more trials");
  s.target.node = op1(ROI_LOG, op2(ROI_SUB, u, num(0.5)));
  refused(&s, ROI_METHOD_GIVEN_DATA, ROI_ERR_RUN, "not a number");
  end();
}

static void too_few_trials(void **state) {
  (void)state;
  begin(1);
  roi_node y = num(0);
  char name[MOST_FACTORS][16];
  for (int i = 0; i < 30; i++) {
    snprintf(name[i], sizeof name[i], "x%d", i);
    y = op2(ROI_ADD, y, uniform(name[i], 0, 1));
  }
  roi_study s = study_with(y, 19);
  refused(&s, ROI_METHOD_RANK, ROI_ERR_USAGE, "rank: --trials 19 is too few for an answer; it needs at least 20");
  study_request.options.trials = 199;
  refused(&s, ROI_METHOD_GIVEN_DATA, ROI_ERR_USAGE, "at least 200");
  study_request.options.trials = 34;
  refused(&s, ROI_METHOD_REGRESSION, ROI_ERR_USAGE,
          "34 trials are too few for regression of 30 inputs; it needs at least 35");
  study_request.options.trials = 35;
  roi_sensitivity_free(measured(&s, ROI_METHOD_REGRESSION));
  study_request.options.trials = 1000000000000;
  study_request.options.max_memory = 8 << 20;
  refused(&s, ROI_METHOD_RANK, ROI_ERR_LIMIT, "more than the memory allowed (8 MB): at most 29");
  study_request.options.trials = 29000;
  roi_sensitivity_free(measured(&s, ROI_METHOD_RANK));
  s.n_factors = 0;
  refused(&s, ROI_METHOD_RANK, ROI_ERR_USAGE, "no uncertain input");
  end();
}

/* -- What must not change a bit ------------------------------------------------------------------------------------ */

static void same_cells(const roi_sensitivity *a, const roi_sensitivity *b) {
  for (size_t i = 0; i < a->n_factors * a->method->n_measures; i++) {
    const double *x = &a->cell[i].value, *y = &b->cell[i].value;
    assert_true(same(x[0], y[0]));
    assert_true(same(a->cell[i].low, b->cell[i].low) && same(a->cell[i].high, b->cell[i].high));
  }
}

static void threads_change_nothing(void **state) {
  (void)state;
  static const roi_method_id methods[] = {ROI_METHOD_BINNED, ROI_METHOD_RANK, ROI_METHOD_REGRESSION,
                                          ROI_METHOD_GIVEN_DATA};
  static const int threads[] = {2, 3, 7};
  r1 m = build_r1();
  roi_study s = study_with(m.out[1].node, 20011);
  for (size_t i = 0; i < 4; i++) {
    study_request.options.threads = 1;
    roi_sensitivity *one = measured(&s, methods[i]);
    for (size_t t = 0; t < 3; t++) {
      study_request.options.threads = threads[t];
      roi_sensitivity *more = measured(&s, methods[i]);
      same_cells(one, more);
      assert_true(same(one->r2, more->r2) && same(one->rank_r2, more->rank_r2) && same(one->mean, more->mean));
      roi_sensitivity_free(more);
    }
    roi_sensitivity_free(one);
  }
  end();
}

/* A rising function of the target leaves its ranks, and so all but first order indices, as they are. */
static void rising_functions_change_nothing(void **state) {
  (void)state;
  begin(1);
  roi_node y = ishigami();
  roi_study s = study_with(y, 3000);
  roi_sensitivity *before = measured(&s, ROI_METHOD_RANK), *data = measured(&s, ROI_METHOD_GIVEN_DATA);
  s.target.node = op1(ROI_EXP, y);
  roi_sensitivity *after = measured(&s, ROI_METHOD_RANK), *data_after = measured(&s, ROI_METHOD_GIVEN_DATA);
  same_cells(before, after);
  for (size_t m = ROI_GIVEN_DELTA; m <= ROI_GIVEN_PAWN_MAX; m++)
    for (size_t f = 0; f < 3; f++) near(roi_cell(data_after, m, f)->value, roi_cell(data, m, f)->value, 0);
  assert_true(roi_cell(data_after, ROI_GIVEN_FIRST, 0)->value != roi_cell(data, ROI_GIVEN_FIRST, 0)->value);
  roi_sensitivity_free(before);
  roi_sensitivity_free(after);
  roi_sensitivity_free(data);
  roi_sensitivity_free(data_after);
  end();
}

static void memory_may_run_out(void **state) {
  (void)state;
  static const roi_method_id methods[] = {ROI_METHOD_BINNED, ROI_METHOD_RANK, ROI_METHOD_REGRESSION,
                                          ROI_METHOD_GIVEN_DATA};
  begin(1);
  roi_study s = study_with(ishigami(), 300);
  for (size_t i = 0; i < 4; i++) {
    roi_status status = ROI_ERR_MEMORY;
    for (long n = 0; status != ROI_OK; n++) {
      assert_true(n < 2000);
      roi_sensitivity *r = NULL;
      roi_memory_fail_after(n);
      status = roi_sensitivity_run(&s, methods[i], &r, &why);
      roi_memory_fail_after(-1);
      if (status != ROI_OK) {
        assert_int_equal(status, ROI_ERR_MEMORY);
        assert_null(r);
      }
      roi_sensitivity_free(r);
    }
  }
  end();
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(correlations_as_elsewhere),
      cmocka_unit_test(correlations_stop), cmocka_unit_test(correlation_of_odd_columns),
      cmocka_unit_test(ranks_with_ties),
      cmocka_unit_test(ranks_of_many),
      cmocka_unit_test(cells_of_a_column),
      cmocka_unit_test(given_data_of_ishigami),
      cmocka_unit_test(inert_inputs), cmocka_unit_test(shares_of_a_rare_event),
      cmocka_unit_test(given_data_of_the_g_function),
      cmocka_unit_test(linear_normal_model),
      cmocka_unit_test(yes_and_no),
      cmocka_unit_test(one_input_alone),
      cmocka_unit_test(few_trials_decide),
      cmocka_unit_test(regression_says_what_it_misses),
      cmocka_unit_test(correlated_inputs),
      cmocka_unit_test(twins_and_constants),
      cmocka_unit_test(a_target_that_does_not_move),
      cmocka_unit_test(groups_and_periods),
      cmocka_unit_test(never_counts_and_states_do_not),
      cmocka_unit_test(too_few_trials),
      cmocka_unit_test(threads_change_nothing),
      cmocka_unit_test(rising_functions_change_nothing),
      cmocka_unit_test(memory_may_run_out),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
