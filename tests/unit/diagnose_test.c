/* A number that is not finite ends the run: the message names the output, the first trial, the line where it first
 * arose, what was computed there and the trial's inputs. States and never do not. */
#include "unit/model.h"

enum { TRIALS = 9000 };

/* The model's line of nodes made from now on. */
static void line(uint32_t n) { roi_graph_here(g, roi_graph_string(g, "m.lua"), n); }

static roi_status run(roi_node n, int threads, uint64_t max_memory) {
  roi_report *report = NULL;
  roi_target out = {"out", n};
  roi_request q = {.options = {.trials = TRIALS, .seed = 3, .threads = threads, .max_memory = max_memory},
                   .outputs = &out,
                   .n_outputs = 1};
  why = (roi_error){0};
  roi_status s = roi_simulate(g, &q, &report, &why);
  assert_true((s == ROI_OK) == (report != NULL));
  roi_report_free(report);
  return s;
}

static void says(const char *part) {
  if (!strstr(why.text, part)) print_message("expected \"%s\" in \"%s\"\n", part, why.text);
  assert_non_null(strstr(why.text, part));
}

/* The first trial of the draw x, uniform on [lo, hi], below a bound. */
static uint64_t first_below(const char *name, double lo, double hi, double bound) {
  for (uint64_t trial = 0; trial < TRIALS; trial++)
    if (lo + (hi - lo) * roi_uniform_at(3, roi_name_key(name), trial, 0) < bound) return trial;
  fail();
  return 0;
}

static void the_first_trial_and_its_line(void **state) {
  (void)state;
  begin(6);
  line(1);
  roi_node x = uniform("x", -0.01, 10), y = uniform("y", 5, 5);
  assert_int_equal(roi_graph_add_input(g, "x", x, &why), ROI_OK);
  assert_int_equal(roi_graph_add_input(g, "y", y, &why), ROI_OK);
  line(7);
  roi_node bad = op1(ROI_SQRT, x);
  line(8);
  roi_node s = op1(ROI_CUMSUM, op2(ROI_MUL, op2(ROI_ADD, bad, per(1)), y));
  line(9);
  roi_node out = op2(ROI_ADD, op1(ROI_SUM, s), num(3));
  char expected[64];
  snprintf(expected, sizeof expected, "trial %llu: out is not a number",
           (unsigned long long)first_below("x", -0.01, 10, 0) + 1);
  for (int threads = 1; threads <= 3; threads++)
    for (uint64_t memory = 0; memory <= 1; memory++) { /* in columns; streamed */
      assert_int_equal(run(out, threads, memory), ROI_ERR_RUN);
      assert_int_equal(why.status, ROI_ERR_RUN);
      assert_string_equal(why.file, "m.lua");
      assert_int_equal(why.line, 7);
      says(expected);
      says("sqrt(-0.00");
      says("inputs: x = -0.00");
      says("y = 5");
    }
  end();
}

static void arithmetic(void **state) {
  (void)state;
  begin(6);
  line(1);
  roi_node x = uniform("x", 1, 2), zero = op2(ROI_SUB, x, x), big = op2(ROI_MUL, x, num(1e308));
  line(2);
  const struct { const char *says; roi_node n; } cases[] = {
      {"div(", op2(ROI_DIV, x, zero)},
      {"infinite", op2(ROI_DIV, x, zero)},
      {"minus infinite", op2(ROI_SUB, zero, op2(ROI_DIV, x, zero))},
      {"add(", op2(ROI_ADD, op1(ROI_ABS, big), op1(ROI_ABS, big))},
      {"exp(", op1(ROI_EXP, op2(ROI_ADD, x, num(1000)))},
      {"log(0)", op1(ROI_LOG, zero)},
      {" * ", op2(ROI_ADD, op2(ROI_MUL, op1(ROI_ABS, big), num(-1)), op2(ROI_MUL, num(-1e308), x))},
      {"pow", op1(ROI_SUM, op2(ROI_POW, op2(ROI_MUL, x, num(1e300)), per(1)))},
      {"exp", op1(ROI_LAST, op1(ROI_EXP, op2(ROI_MUL, op2(ROI_MUL, x, num(1000)), per(1))))},
      {"mod(", op2(ROI_MOD, x, zero)},
      {"normal_quantile(", op1(ROI_NQUANT, op2(ROI_ADD, x, num(3)))},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    assert_int_equal(run(cases[i].n, 1, 0), ROI_ERR_RUN);
    says(cases[i].says);
    says("trial 1: out is");
    assert_int_equal(why.line, 2);
  }
  end();
}

/* Where a whole list of values goes in, the one that is no number is followed back. */
static void through_lists(void **state) {
  (void)state;
  begin(6);
  line(1);
  roi_node x = uniform("x", 1, 2);
  line(5);
  roi_node bad = op1(ROI_LOG, op1(ROI_NEG, x)), huge = op1(ROI_EXP, op2(ROI_ADD, x, num(999)));
  line(6);
  roi_node nan_flow = op2(ROI_ADD, op2(ROI_MUL, per(1), bad), op2(ROI_AT, num(0), num(-1)));
  roi_node inf_flow = op2(ROI_ADD, op2(ROI_MUL, per(1), huge), op2(ROI_AT, num(0), num(-1)));
  roi_node direct = draw(dist(ROI_FAMILY_BETA, ROI_FORM_NATURAL, 2, bad, num(1)), "b");
  line(7);
  const roi_node cases[] = {op1(ROI_IRR, nan_flow), op1(ROI_IRR, inf_flow), direct, op1(ROI_PAYBACK, nan_flow)};
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    assert_int_equal(run(cases[i], 1, 0), ROI_ERR_RUN);
    says(i == 1 ? "exp(" : "log(-1.");
    assert_int_equal(why.line, 5);
  }
  end();
}

/* Parameters of distributions that break their rule in some trial, whether the family has a closed form or not. */
static void parameters(void **state) {
  (void)state;
  begin(6);
  line(1);
  roi_node x = uniform("x", 1, 2), minus = op1(ROI_NEG, x), t = per(1);
  roi_node normal = dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, num(0), num(1));
  line(4);
  const struct { const char *says; roi_node dist; int each; } cases[] = {
      {"normal(mean, sd): sd -1.", dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, x, minus), 0},
      {"normal(mean, sd): sd -3", dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, x, num(-3)), 0},
      {"lognormal(mu, sigma): sigma -3", dist(ROI_FAMILY_LOGNORMAL, ROI_FORM_NATURAL, 2, x, num(-3)), 0},
      {"uniform(min, max)", dist(ROI_FAMILY_UNIFORM, ROI_FORM_NATURAL, 2, x, num(0)), 0},
      {"triangular(min, mode, max): min 1.", dist(ROI_FAMILY_TRIANGULAR, ROI_FORM_NATURAL, 3, x, num(0), num(5)), 0},
      {"triangular(min, mode, max)", dist(ROI_FAMILY_TRIANGULAR, ROI_FORM_NATURAL, 3, num(3), num(2), x), 0},
      {"bernoulli(p): p 1.", dist(ROI_FAMILY_BERNOULLI, ROI_FORM_NATURAL, 1, x), 0},
      {"exponential(rate): rate -1.", dist(ROI_FAMILY_EXPONENTIAL, ROI_FORM_NATURAL, 1, minus), 0},
      {"weibull(shape, scale): scale 0", dist(ROI_FAMILY_WEIBULL, ROI_FORM_NATURAL, 2, x, num(0)), 0},
      {"weibull(shape, scale): shape -2", dist(ROI_FAMILY_WEIBULL, ROI_FORM_NATURAL, 2, num(-2), x), 0},
      {"logistic(location, scale): scale -1", dist(ROI_FAMILY_LOGISTIC, ROI_FORM_NATURAL, 2, x, num(-1)), 0},
      {"gumbel(location, scale): scale -1", dist(ROI_FAMILY_GUMBEL, ROI_FORM_NATURAL, 2, x, num(-1)), 0},
      {"pareto(shape, scale): scale -1", dist(ROI_FAMILY_PARETO, ROI_FORM_NATURAL, 2, x, num(-1)), 0},
      {"beta(a, b): a -1.", dist(ROI_FAMILY_BETA, ROI_FORM_NATURAL, 2, minus, num(1)), 0},
      {"poisson(mean): mean -1.", dist(ROI_FAMILY_POISSON, ROI_FORM_NATURAL, 1, minus), 0},
      {"gamma by mean and sd: mean -1.", dist(ROI_FAMILY_GAMMA, ROI_FORM_MEAN_SD, 2, minus, num(1)), 0},
      {"normal by two quantiles", dist(ROI_FAMILY_NORMAL, ROI_FORM_QUANTILES, 4, num(.1), x, num(.9), minus), 0},
      {"truncate(lo, hi): lo", op3(ROI_TRUNCATE, normal, x, num(0)), 0},
      {"clamp(lo, hi): lo", op3(ROI_CLAMP, normal, x, num(0)), 0},
      {"mixture: weight -1.", roi_apply(g, ROI_MIXTURE, (roi_node[]){minus, normal, num(2), normal}, 4, &why), 0},
      {"normal(mean, sd): sd -", dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, x, op2(ROI_SUB, num(3.5), t)), 1},
      {"normal(mean, sd): sd -", dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, num(1), op2(ROI_SUB, num(3.5), t)), 1},
      {"beta(a, b): b -0.5", dist(ROI_FAMILY_BETA, ROI_FORM_NATURAL, 2, num(1), op2(ROI_SUB, num(3.5), t)), 1},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    char name[32];
    snprintf(name, sizeof name, "d%zu", i);
    line(5);
    if (cases[i].dist == ROI_NONE) print_message("case %zu: %s\n", i, why.text);
    roi_node d = roi_draw(g, cases[i].dist, name, cases[i].each, &why);
    assert_int_not_equal(d, ROI_NONE);
    line(6);
    roi_status s = run(cases[i].each ? op1(ROI_SUM, d) : op2(ROI_ADD, d, num(1)), 1, 0);
    if (s != ROI_ERR_RUN) print_message("case %zu, %s\n", i, cases[i].says);
    assert_int_equal(s, ROI_ERR_RUN);
    says(cases[i].says);
    says("trial 1: out is not a number");
    assert_int_equal(why.line, 5);
  }
  end();
}

static void states_and_never_are_results(void **state) {
  (void)state;
  begin(6);
  roi_node x = uniform("x", 1, 2), never = op1(ROI_FIRST, op2(ROI_GT, op2(ROI_MUL, x, per(1)), num(1e6)));
  assert_int_equal(run(op2(ROI_STATE, x, op2(ROI_SUB, x, x)), 1, 0), ROI_OK);
  assert_int_equal(run(never, 1, 0), ROI_OK);
  assert_int_equal(run(op2(ROI_ADD, never, x), 1, 0), ROI_OK);
  assert_int_equal(run(op1(ROI_PAYBACK, op2(ROI_MUL, x, per(1))), 1, 0), ROI_OK);
  assert_int_equal(run(op1(ROI_IRR, op2(ROI_MUL, x, per(1))), 1, 0), ROI_OK);
  assert_int_equal(run(op2(ROI_SUB, never, never), 1, 0), ROI_ERR_RUN); /* neither */
  end();
}

/* Constants: a model may be plain numbers. */
static void constants(void **state) {
  (void)state;
  begin(6);
  line(3);
  assert_int_equal(run(num(5), 1, 0), ROI_OK);
  assert_int_equal(run(op1(ROI_LOG, num(-1)), 1, 0), ROI_ERR_RUN);
  says("trial 1: out is not a number");
  assert_int_equal(why.line, 3);
  says("log(-1)");
  assert_int_equal(run(op2(ROI_STATE, num(1), num(0)), 1, 0), ROI_OK);
  roi_node bad = op1(ROI_LOG, num(-2)), x = uniform("x", 1, 2);
  line(4);
  assert_int_equal(run(op2(ROI_ADD, num(1), bad), 1, 0), ROI_ERR_RUN);
  says("log(-2)");
  assert_int_equal(why.line, 3);
  assert_int_equal(run(op2(ROI_ADD, x, op2(ROI_ADD, num(1), bad)), 1, 0), ROI_ERR_RUN);
  says("log(-2)");
  assert_int_equal(why.line, 3);
  end();
}

static void many_inputs_are_cut(void **state) {
  (void)state;
  char name[300];
  begin(2);
  roi_node sum = num(0);
  for (int i = 0; i < 200; i++) {
    snprintf(name, sizeof name, "%s %d", "an input with a rather long name, so that they do not all find room", i);
    roi_node x = uniform(name, 0, 1);
    assert_int_equal(roi_graph_add_input(g, name, x, &why), ROI_OK);
    sum = op2(ROI_ADD, sum, x);
  }
  assert_int_equal(run(op1(ROI_LOG, op1(ROI_NEG, sum)), 1, 0), ROI_ERR_RUN);
  says("more: see explain --trial 1");
  assert_true(strlen(why.text) < sizeof why.text);
  end();
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_first_trial_and_its_line),
      cmocka_unit_test(arithmetic),
      cmocka_unit_test(through_lists),
      cmocka_unit_test(parameters),
      cmocka_unit_test(states_and_never_are_results),
      cmocka_unit_test(constants),
      cmocka_unit_test(many_inputs_are_cut),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
