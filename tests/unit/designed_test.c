/* Runs under designs of points: the same bits however the run is arranged, errors that tell the truth, what falls back to plain
 * sampling, replays. */
#include "unit/reports.h"

#include "sample/design.h"

static const roi_sampling designs[] = {ROI_SAMPLING_LHS, ROI_SAMPLING_SOBOL};

static roi_request designed(const r1 *m, roi_sampling sampling, uint64_t trials) {
  roi_request q = everything(m, trials);
  q.options.sampling = sampling;
  q.input_trials = 9003;
  return q;
}

static roi_report *run(const roi_request *q) {
  roi_report *report = NULL;
  if (roi_simulate(g, q, &report, &why) != ROI_OK) print_message("%s\n", why.text);
  assert_non_null(report);
  return report;
}

static void however_the_run_is_arranged(void **state) {
  (void)state;
  static const struct { int threads; uint32_t block; const char *isa; uint64_t memory; } cases[] = {
      {2, 0, NULL, 0}, {3, 16, NULL, 0},      {1, 48, "avx2", 0}, {2, 4096, "avx512", 0},
      {1, 0, "baseline", 0}, {1, 0, NULL, 1}, {3, 48, NULL, 1},   {2, 0, "avx2", 5 << 20},
  };
  r1 m = build_r1();
  for (size_t d = 0; d < 2; d++) {
    roi_request q = designed(&m, designs[d], 20001);
    roi_report *wanted = run(&q);
    assert_int_equal(wanted->replicates, ROI_REPLICATES);
    assert_int_equal(wanted->n_plain_draws, 0);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
      roi_error no;
      if (cases[i].isa && !roi_kernels(cases[i].isa, &no)) continue; /* this processor lacks it */
      q.options.threads = cases[i].threads;
      q.options.isa = cases[i].isa;
      q.options.max_memory = cases[i].memory;
      q.block = cases[i].block;
      roi_report *report = run(&q);
      if (cases[i].memory) assert_true(report->timing.passes > 1);
      same_reports(wanted, report);
      roi_report_free(report);
    }
    roi_report_free(wanted);
  }
  end();
}

/* -- Errors -------------------------------------------------------------------------------------------------------- */

enum { SEEDS = 200 };

/* Estimates over seeds with the errors that were reported: the spread of the ones against the size of the others. */
typedef struct spread { double sum, squares, errors; } spread;

static void look(spread *s, double x, double se) {
  assert_true(isfinite(x) && isfinite(se));
  s->sum += x;
  s->squares += x * x;
  s->errors += se * se;
}

/* The variance over seeds by the mean of the squared errors. Each of these is known to within about 10% and sqrt(2 / 15 / SEEDS) =
 * 3%, so that 1 should be met within 0.3 or so; an error of independent trials would be off by several times. */
static void agree(const char *what, roi_sampling sampling, const spread *s, double low, double high) {
  double variance = (s->squares - s->sum * s->sum / SEEDS) / (SEEDS - 1), ratio = variance / (s->errors / SEEDS);
  if (ratio > low && ratio < high) return;
  print_message("%s under %s: variance %g of what the errors say\n", what, roi_sampling_names[sampling], ratio);
  fail();
}

static void errors_are_those_of_many_seeds(void **state) {
  (void)state;
  r1 m = build_r1();
  roi_tables *tables = roi_tables_new(g, NULL);
  for (size_t d = 0; d < 2; d++) {
    spread mean = {0}, sd = {0}, median = {0}, p5 = {0}, cvar = {0}, below = {0}, share = {0}, cost = {0}, ratio = {0}, loss = {0},
           never = {0};
    roi_request q = designed(&m, designs[d], 2048);
    roi_target costs = {"cost", m.ratio.y};
    q.means = &costs;
    q.n_means = 1;
    q.n_inputs = 0;
    q.tables = tables;
    double plain = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
      q.options.seed = seed;
      roi_report *r = run(&q);
      const roi_summary *x = &r->outputs[0], *back = &r->outputs[2];
      look(&mean, x->mean, x->mean_se);
      look(&sd, x->sd, x->sd_se);
      look(&median, x->quantile[4], x->quantile_se[4]);
      look(&p5, x->quantile[1], x->quantile_se[1]);
      look(&cvar, x->cvar5, x->cvar5_se);
      look(&below, x->p_negative, x->p_negative_se);
      look(&loss, x->loss_given_loss, x->loss_given_loss_se);
      look(&never, back->p_never, back->p_never_se);
      look(&share, r->shares[1].p, r->shares[1].se);
      look(&cost, r->means[0].mean, r->means[0].se);
      look(&ratio, r->ratios[0].ratio, r->ratios[0].se);
      plain += x->sd * x->sd / 2048;
      roi_report_free(r);
    }
    agree("mean", designs[d], &mean, 0.7, 1.4);
    agree("share", designs[d], &share, 0.7, 1.4);
    agree("share below zero", designs[d], &below, 0.7, 1.4);
    agree("share that is never", designs[d], &never, 0.7, 1.4);
    agree("mean of a component", designs[d], &cost, 0.7, 1.4);
    agree("ratio", designs[d], &ratio, 0.7, 1.4);
    agree("sd", designs[d], &sd, 0.6, 1.6); /* what is not a mean over trials agrees roughly */
    agree("median", designs[d], &median, 0.6, 1.6);
    agree("p5", designs[d], &p5, 0.5, 1.6);
    agree("tail", designs[d], &cvar, 0.5, 1.6);
    agree("loss given loss", designs[d], &loss, 0.6, 1.6);
    assert_true(mean.errors < plain / 4); /* and the design is worth something */
  }
  roi_tables_free(tables);
  end();
}

/* One dimension alone, where a replicate's own quantile is bound to a cell, and values in steps, where it jumps: neither is a guide to
 * the error. At the levels 0.05, 0.1, 0.9 and 0.95 a replicate of 64 has no cell's edge; of steps the error may be too large. */
static void errors_of_quantiles(void **state) {
  (void)state;
  begin(1);
  roi_node x = uniform("x", 0, 1), y = uniform("y", 0, 1), sum = op2(ROI_ADD, x, y);
  roi_target out[2] = {{"one", x}, {"steps", op1(ROI_FLOOR, op2(ROI_MUL, num(7), sum))}};
  for (size_t d = 0; d < 2; d++) {
    spread of[2][ROI_QUANTILES] = {0};
    roi_request q = {.options = {.trials = 1024, .threads = 1, .sampling = designs[d]}, .outputs = out, .n_outputs = 2};
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
      q.options.seed = seed;
      roi_report *r = run(&q);
      for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < ROI_QUANTILES; i++) look(&of[k][i], r->outputs[k].quantile[i], r->outputs[k].quantile_se[i]);
      roi_report_free(r);
    }
    for (size_t i = 0; i < ROI_QUANTILES; i++) {
      if (i == 1 || i == 2 || i == 6 || i == 7) agree("quantile of one dimension", designs[d], &of[0][i], 0.5, 1.6);
      if (of[1][i].errors > 0) agree("quantile of steps", designs[d], &of[1][i], -1, 2);
    }
  }
  end();
}

/* A loss so rare that hardly ever each replicate has one. */
static void errors_of_rare_losses(void **state) {
  (void)state;
  begin(1);
  roi_node x = uniform("x", 0, 1), y = uniform("y", 0, 1), hit = op2(ROI_LT, x, num(0.01));
  roi_target out = {"rare", op2(ROI_SUB, num(1), op2(ROI_MUL, hit, op2(ROI_ADD, num(1), y)))};
  for (size_t d = 0; d < 2; d++) {
    spread loss = {0};
    roi_request q = {.options = {.trials = 1024, .threads = 1, .sampling = designs[d]}, .outputs = &out, .n_outputs = 1};
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
      q.options.seed = seed;
      roi_report *r = run(&q);
      look(&loss, r->outputs[0].loss_given_loss, r->outputs[0].loss_given_loss_se);
      roi_report_free(r);
    }
    agree("rare loss given loss", designs[d], &loss, 0.6, 1.6);
  }
  end();
}

static void intervals_of_shares(void **state) {
  (void)state;
  begin(1);
  roi_node x = uniform("x", 0, 1), y = uniform("y", 0, 1), sum = op2(ROI_ADD, x, y);
  roi_target out = {"sum", sum}, share[4] = {{"some", op2(ROI_LT, sum, num(0.7))}, {"none", op2(ROI_LT, sum, num(0))},
                                             {"all", op2(ROI_GE, sum, num(0))}, {"few", op2(ROI_LT, sum, num(0.05))}};
  for (size_t d = 0; d < 2; d++) {
    roi_request q = {.options = {.trials = 4096, .seed = 3, .threads = 1, .sampling = designs[d]}, .outputs = &out, .n_outputs = 1,
                     .shares = share, .n_shares = 4};
    roi_report *r = run(&q);
    const roi_share_result *s = r->shares;
    assert_true(s[0].se > 0 && s[0].low < 0.245 && s[0].high > 0.245);
    assert_true(fabs(s[0].high - s[0].p - 2.131449545559323 * s[0].se) < 1e-12); /* R: qt(0.975, 15) */
    double p, se, low, high; /* where none is or all are, or fewer than a replicate each, Wilson's */
    roi_share(0, 4096, &p, &se, &low, &high);
    assert_true(s[1].p == 0 && s[1].se == 0 && s[1].low == 0 && s[1].high == high && high > 0);
    roi_share(4096, 4096, &p, &se, &low, &high);
    assert_true(s[2].p == 1 && s[2].low == low && s[2].high == 1);
    assert_in_range(s[3].k, 1, ROI_REPLICATES - 1);
    roi_share(s[3].k, 4096, &p, &se, &low, &high);
    assert_true(s[3].se > 0 && s[3].low == low && s[3].high == high);
    roi_report_free(r);
  }
  end();
}

/* -- What a design leaves out -------------------------------------------------------------------------------------- */

static void draws_of_each_period_are_plain(void **state) {
  (void)state;
  enum { TRIALS = 640 };
  begin(3);
  roi_node a = uniform("a", 0, 1), unused = uniform("unused", 0, 1);
  roi_node d = roi_draw(g, dist(ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, 2, num(0), num(1)), "demand", 1, &why), b = uniform("b", 0, 1);
  roi_node demand = op1(ROI_SUM, d);
  roi_target target[3] = {{"demand", demand}, {"a", a}, {"b", b}};
  double memory[2][3][TRIALS], *columns[2][3];
  assert_int_not_equal(unused, ROI_NONE);
  for (size_t i = 0; i < 6; i++) columns[i / 3][i % 3] = memory[i / 3][i % 3];
  roi_request q = {.options = {.trials = TRIALS, .seed = 5, .threads = 1}, .outputs = target, .n_outputs = 3};
  assert_int_equal(roi_evaluate(g, &q, NULL, target, 3, TRIALS, columns[0], &why), ROI_OK);
  for (size_t k = 0; k < 2; k++) {
    q.options.sampling = designs[k];
    roi_report *r = run(&q);
    assert_int_equal(r->n_plain_draws, 1);
    assert_int_equal(r->plain_draws[0], d);
    roi_report_free(r);
    assert_int_equal(roi_evaluate(g, &q, NULL, target, 3, TRIALS, columns[1], &why), ROI_OK);
    assert_memory_equal(memory[0][0], memory[1][0], sizeof memory[0][0]);
    for (int i = 1; i < 3; i++) { /* one value in each of 40 cells, in every replicate */
      assert_memory_not_equal(memory[0][i], memory[1][i], sizeof memory[0][i]);
      for (size_t replicate = 0; replicate < ROI_REPLICATES && designs[k] == ROI_SAMPLING_LHS; replicate++) {
        int cell[40] = {0};
        for (size_t t = replicate; t < TRIALS; t += ROI_REPLICATES) cell[(int)(memory[1][i][t] * 40)]++;
        for (int c = 0; c < 40; c++) assert_int_equal(cell[c], 1);
      }
    }
  }
  end();
}

static void draws_past_the_last_dimension_are_plain(void **state) {
  (void)state;
  enum { PAST = 3, TRIALS = 64 };
  char name[32];
  size_t most = roi_design_dimensions(ROI_SAMPLING_SOBOL);
  begin(1);
  roi_node sum = num(0), last = ROI_NONE;
  for (size_t i = 0; i < most + PAST; i++) {
    snprintf(name, sizeof name, "d%zu", i);
    sum = op2(ROI_ADD, sum, last = uniform(name, 0, 1));
  }
  roi_target out[2] = {{"sum", sum}, {"last", last}};
  roi_request q = {.options = {.trials = TRIALS, .seed = 1, .threads = 2, .sampling = ROI_SAMPLING_SOBOL}, .outputs = out, .n_outputs = 2};
  roi_report *r = run(&q);
  assert_int_equal(r->n_plain_draws, PAST);
  assert_int_equal(r->plain_draws[PAST - 1], last);
  roi_report_free(r);
  double x[2][TRIALS], *columns[2] = {x[0], x[1]};
  assert_int_equal(roi_evaluate(g, &q, NULL, out, 2, TRIALS, columns, &why), ROI_OK);
  for (uint64_t t = 0; t < TRIALS; t++) assert_true(x[1][t] == roi_uniform_at(1, roi_name_key(name), t, 0));
  q.options.sampling = ROI_SAMPLING_LHS; /* has room for them */
  r = run(&q);
  assert_int_equal(r->n_plain_draws, 0);
  roi_report_free(r);
  end();
}

/* -- Single trials ------------------------------------------------------------------------------------------------- */

static void replays_agree_with_the_run(void **state) {
  (void)state;
  enum { TRIALS = 5001 };
  r1 m = build_r1();
  double *memory = roi_alloc(TRIALS * 18, sizeof *memory), *columns[18];
  roi_target target[18];
  roi_node nodes[18];
  size_t offsets[18];
  for (size_t i = 0; i < 18; i++) {
    target[i] = i < 3 ? m.out[i] : m.in[i - 3];
    nodes[i] = target[i].node;
    offsets[i] = i;
    columns[i] = memory + i * TRIALS;
  }
  for (size_t d = 0; d < 2; d++) {
    roi_request q = designed(&m, designs[d], TRIALS);
    assert_int_equal(roi_evaluate(g, &q, NULL, target, 18, TRIALS, columns, &why), ROI_OK);
    roi_report *r = run(&q);
    double least = columns[0][0];
    for (size_t t = 0; t < TRIALS; t++) least = columns[0][t] < least ? columns[0][t] : least;
    assert_true(r->outputs[0].min == least);
    roi_report_free(r);
    for (uint64_t trial = 0; trial < TRIALS; trial += 250) {
      double values[18];
      assert_int_equal(roi_replay(g, &q, trial, nodes, offsets, 18, values, &why), ROI_OK);
      for (size_t i = 0; i < 18; i++) assert_true(bits_of(values[i]) == bits_of(columns[i][trial]));
    }
  }
  roi_free(memory);
  end();
}

/* The trial that failed is explained with its own values, not those that it would have under plain sampling. */
/* Some trials of a run are those trials, also of a Latin hypercube, whose points depend on how many the run has. */
static void the_first_trials_alone(void **state) {
  (void)state;
  enum { TRIALS = 1000, SOME = 77 };
  double whole[TRIALS], some[SOME], *column;
  r1 m = build_r1();
  for (size_t d = 0; d < 2; d++) {
    roi_request q = designed(&m, designs[d], TRIALS);
    assert_int_equal(roi_evaluate(g, &q, NULL, m.out, 1, TRIALS, (column = whole, &column), &why), ROI_OK);
    assert_int_equal(roi_evaluate(g, &q, NULL, m.out, 1, SOME, (column = some, &column), &why), ROI_OK);
    assert_memory_equal(whole, some, sizeof some);
  }
  end();
}

static void failures_are_explained(void **state) {
  (void)state;
  begin(1);
  roi_node x = uniform("x", 0, 1);
  assert_int_equal(roi_graph_add_input(g, "x", x, &why), ROI_OK);
  roi_target out = {"out", op1(ROI_LOG, op2(ROI_SUB, x, num(1e-3)))};
  for (size_t d = 0; d < 2; d++) {
    roi_report *r = NULL;
    roi_request q = {.options = {.trials = 100000, .seed = 2, .threads = 1, .sampling = designs[d]}, .outputs = &out, .n_outputs = 1};
    assert_int_equal(roi_simulate(g, &q, &r, &why), ROI_ERR_RUN);
    assert_null(r);
    assert_non_null(strstr(why.text, "log(-"));
    const char *shown = strstr(why.text, "inputs: x = ");
    assert_non_null(shown);
    double value = strtod(shown + strlen("inputs: x = "), NULL);
    assert_true(value > 0 && value < 1e-3);
  }
  end();
}

/* -- Ends before the end ------------------------------------------------------------------------------------------- */

typedef struct brake { int stop; } brake;
static roi_status stop_after(void *data, uint64_t first, size_t n, const double *const *columns, size_t n_columns, roi_error *err) {
  (void)columns, (void)n_columns, (void)err;
  if (first + n >= 20000) ((brake *)data)->stop = 1;
  return ROI_OK;
}

static void stops_leave_partial_results(void **state) {
  (void)state;
  r1 m = build_r1();
  for (size_t d = 0; d < 2; d++)
    for (uint64_t memory = 0; memory < 2; memory++) {
      brake b = {0};
      roi_request q = designed(&m, designs[d], 400000);
      roi_report *r = NULL;
      q.rows = stop_after;
      q.rows_data = &b;
      q.options.stop = &b.stop;
      q.options.max_memory = memory;
      assert_int_equal(roi_simulate(g, &q, &r, &why), ROI_ERR_INTERRUPTED);
      assert_non_null(r);
      assert_true(!r->complete && r->trials >= 20000 && r->trials < 400000);
      assert_true(r->outputs[0].mean_se > 0 && r->outputs[0].mean_se < r->outputs[0].sd / 100);
      assert_true(r->shares[0].se > 0 && r->ratios[0].se > 0 && r->means[0].se > 0);
      if (memory == 0) assert_true(r->outputs[0].quantile_se[4] > 0);
      else assert_true(isnan(r->outputs[0].quantile_se[4])); /* columns were not kept */
      roi_report_free(r);
    }
  end();
}

static void wrong_requests(void **state) {
  (void)state;
  r1 m = build_r1();
  roi_report *r = NULL;
  roi_node node = m.out[0].node;
  size_t offset = 0;
  double value, *column = &value;
  for (size_t d = 0; d < 2; d++) {
    roi_request q = designed(&m, designs[d], 20);
    assert_int_equal(roi_simulate(g, &q, &r, &why), ROI_ERR_USAGE);
    assert_null(r);
    assert_non_null(strstr(why.text, "at least 32 trials"));
    assert_int_equal(roi_replay(g, &q, 3, &node, &offset, 1, &value, &why), ROI_ERR_USAGE);
    assert_int_equal(roi_evaluate(g, &q, NULL, m.out, 1, 1, &column, &why), ROI_ERR_USAGE);
  }
  roi_request q = designed(&m, ROI_SAMPLING_COUNT, 100);
  assert_int_equal(roi_simulate(g, &q, &r, &why), ROI_ERR_USAGE);
  assert_non_null(strstr(why.text, "mc, lhs or sobol"));
  end();
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(however_the_run_is_arranged),
      cmocka_unit_test(errors_are_those_of_many_seeds),
      cmocka_unit_test(errors_of_quantiles),
      cmocka_unit_test(errors_of_rare_losses),
      cmocka_unit_test(intervals_of_shares),
      cmocka_unit_test(draws_of_each_period_are_plain),
      cmocka_unit_test(draws_past_the_last_dimension_are_plain),
      cmocka_unit_test(replays_agree_with_the_run),
      cmocka_unit_test(the_first_trials_alone),
      cmocka_unit_test(failures_are_explained),
      cmocka_unit_test(stops_leave_partial_results),
      cmocka_unit_test(wrong_requests),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
