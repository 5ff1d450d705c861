/* From a sheet's cells to their figures: what is asked of the run, and what comes back, against the plain formulas and in every way
 * of running. */
#include "unit/model.h"

#include "command/command.h"
#include "graph/sheets.h"

static const roi_column columns[] = {{"name", "", ROI_COLUMN_TEXT, 1}, {"npv", "", ROI_COLUMN_MONEY, 1},
                                     {"loss", "", ROI_COLUMN_SHARE, 1}, {"back", "", ROI_COLUMN_PERIODS, 1},
                                     {"ratio", "", ROI_COLUMN_SHARE, 1}, {"all", "", ROI_COLUMN_NUMBER, 0}};
enum { NAME, NPV, LOSS, BACK, RATIO, ALL, COLUMNS };

static r1 m;
static roi_node extra; /* no output, no component */

static roi_cell text(const char *s) { return (roi_cell){.stat = ROI_CELL_TEXT, .text = s}; }
static roi_cell of(roi_cell_stat stat, roi_node a) { return (roi_cell){.stat = stat, .a = a}; }
static roi_cell median(roi_node a) { return (roi_cell){.stat = ROI_CELL_QUANTILE, .a = a, .level = 0.5}; }

/* The reference model with its outputs and a sheet: a row of what is asked for anyway, a row of what is not. */
static void build(void) {
  static const char *const standard[] = {"npv", "roi", "payback", "pv_cost"};
  m = build_r1();
  extra = op2(ROI_SUB, op1(ROI_EXP, op2(ROI_MUL, m.in[1].node, num(20))), num(1.2));
  const roi_node node[] = {m.out[0].node, m.out[1].node, m.out[2].node, m.ratio.y};
  for (size_t i = 0; i < 4; i++) {
    assert_int_equal(roi_graph_add_output(g, standard[i], node[i], &why), ROI_OK);
    g->outputs[i].standard = 1;
  }
  assert_int_equal(roi_graph_add_output(g, "irr", m.irr, &why), ROI_OK);
  assert_int_equal(roi_graph_add_component(g, "costs", ROI_COST, m.ratio.y, &why), ROI_OK);
  g->has_flows = 1;
  const roi_cell cells[] = {text("listed"), of(ROI_CELL_MEAN, m.out[0].node), of(ROI_CELL_SHARE, m.share[0].node), median(m.out[2].node),
                            {.stat = ROI_CELL_RATIO, .a = m.out[0].node, .b = m.ratio.y}, of(ROI_CELL_SUMMARY, m.out[1].node),
                            text("own"), of(ROI_CELL_MEAN, extra), of(ROI_CELL_SHARE, op2(ROI_GT, extra, num(0.1))), median(m.in[3].node),
                            {.stat = ROI_CELL_RATIO, .a = extra, .b = m.in[3].node}, of(ROI_CELL_SUMMARY, m.irr)};
  assert_int_equal(roi_graph_add_sheet(g, "use_cases", "", "", columns, COLUMNS, cells, 2, &why), ROI_OK);
  assert_int_equal(roi_graph_validate(g, &why), ROI_OK);
}

typedef struct run { roi_ask ask; roi_report *report; } run;

static run begin_run(const roi_cli *c, int with_inputs) {
  run r = {.report = NULL};
  assert_int_equal(roi_ask_make(&r.ask, g, c, with_inputs, &why), ROI_OK);
  assert_int_equal(roi_ask_sheets(&r.ask, g, &why), ROI_OK);
  return r;
}

static run run_all(const roi_cli *c) {
  run r = begin_run(c, 0);
  assert_int_equal(roi_simulate(g, &r.ask.request, &r.report, &why), ROI_OK);
  return r;
}

static void end_run(run *r) {
  roi_report_free(r->report);
  roi_ask_free(&r->ask);
}

static roi_mean_result mean_at(const run *r, size_t cell) {
  const roi_view v = {.graph = g, .request = &r->ask.request, .report = r->report, .cells = r->ask.cells};
  return roi_view_mean(&v, cell);
}
static size_t index_at(const run *r, size_t cell, roi_cell_from from) {
  assert_int_equal(r->ask.cells[cell].from, from);
  return r->ask.cells[cell].index;
}
#define SHARE_AT(r, cell) (&(r)->report->shares[index_at(r, cell, ROI_FROM_SHARE)])
#define RATIO_AT(r, cell) (&(r)->report->ratios[index_at(r, cell, ROI_FROM_RATIO)])
#define SUMMARY_AT(r, cell) (&(r)->report->outputs[index_at(r, cell, ROI_FROM_OUTPUT)])

/* -- What is asked ---------------------------------------------------------------------------------------------------------- */

static void what_is_there_serves(void **state) {
  (void)state;
  build();
  run r = begin_run(&(roi_cli){.trials = 100, .seed = 1}, 0);
  const roi_request *q = &r.ask.request;
  assert_int_equal(roi_listed(q), 4); /* npv, roi, payback, irr */
  assert_int_equal(q->n_unlisted, 1); /* the median of an input */
  assert_string_equal(q->outputs[4].name, "use_cases: own, back");
  assert_int_equal(q->n_shares, 2);
  assert_string_equal(q->shares[1].name, "use_cases: own, loss");
  assert_int_equal(q->n_ratios, 2);   /* E[npv]/E[cost] is there already */
  assert_int_equal(q->n_means, 2);    /* the component's, and one of what is no output */
  assert_string_equal(q->means[1].name, "use_cases: own, npv");
  assert_int_equal(index_at(&r, NPV, ROI_FROM_OUTPUT), 0);
  assert_int_equal(index_at(&r, BACK, ROI_FROM_OUTPUT), 2);
  assert_int_equal(index_at(&r, RATIO, ROI_FROM_RATIO), 0);
  assert_int_equal(index_at(&r, COLUMNS + NPV, ROI_FROM_MEAN), 1);
  assert_int_equal(index_at(&r, COLUMNS + ALL, ROI_FROM_OUTPUT), 3);
  assert_int_equal(r.ask.cells[NAME].from, ROI_FROM_NOTHING);
  end_run(&r);
  r = begin_run(&(roi_cli){.trials = 100, .seed = 1, .outputs = "irr"}, 0);
  assert_int_equal(roi_listed(&r.ask.request), 1);
  assert_int_equal(r.ask.request.n_unlisted, 3); /* payback, roi, the input; npv needs no more than its mean */
  assert_int_equal(r.ask.request.n_ratios, 2);
  end_run(&r);
  end();
}

static roi_status count_columns(void *data, uint64_t first, size_t n, const double *const *x, size_t n_columns, roi_error *err) {
  (void)first, (void)err;
  assert_int_equal(n_columns, 1 + 15);
  assert_true(n > 7 && x[1][7] == ((const double *)data)[7]);
  return ROI_OK;
}

/* Samples are of listed outputs and of inputs; what is between them in the plan is not written. */
static void samples_are_of_what_is_listed(void **state) {
  (void)state;
  build();
  run r = begin_run(&(roi_cli){.trials = 100, .seed = 1, .outputs = "irr"}, 2);
  double column[100], *one = column;
  assert_string_equal(r.ask.request.inputs[0].name, "tickets");
  assert_int_equal(roi_evaluate(g, &r.ask.request, NULL, &r.ask.inputs[0], 1, 100, &one, &why), ROI_OK);
  r.ask.request.rows = count_columns;
  r.ask.request.rows_data = column;
  assert_int_equal(roi_simulate(g, &r.ask.request, &r.report, &why), ROI_OK);
  end_run(&r);
  end();
}

/* -- What comes back -------------------------------------------------------------------------------------------------------- */

enum { TRIALS = 20000 };
static double x[5][TRIALS]; /* npv, extra, wage, payback, pv_cost */

static void plain_mean(const double *a, double *mean, double *se) {
  long double sum = 0, squares = 0;
  for (size_t i = 0; i < TRIALS; i++) sum += a[i];
  for (size_t i = 0; i < TRIALS; i++) squares += (a[i] - sum / TRIALS) * (a[i] - sum / TRIALS);
  *mean = (double)(sum / TRIALS);
  *se = (double)sqrtl(squares / (TRIALS - 1) / TRIALS);
}

static void assert_near(double got, double expected, double relative) {
  if (!(fabs(got - expected) <= relative * fabs(expected))) print_message("%.17g is not %.17g\n", got, expected), fail();
}

static int by_size(const void *a, const void *b) {
  double p = *(const double *)a, q = *(const double *)b;
  return p < q ? -1 : p > q;
}

static void check_ratio(const roi_ratio_result *got, const double *a, const double *b) {
  static double residual[TRIALS];
  double ea, eb, se;
  plain_mean(a, &ea, &se);
  plain_mean(b, &eb, &se);
  for (size_t i = 0; i < TRIALS; i++) residual[i] = a[i] - ea / eb * b[i];
  double nothing;
  plain_mean(residual, &nothing, &se);
  assert_near(got->ratio, ea / eb, 1e-12);
  assert_near(got->se, se / fabs(eb), 1e-9);
  assert_int_equal(got->n, TRIALS);
}

static void figures_are_those_of_plain_formulas(void **state) {
  (void)state;
  build();
  run r = run_all(&(roi_cli){.trials = TRIALS, .seed = 3});
  const roi_target targets[] = {m.out[0], {"extra", extra}, m.in[3], m.out[2], {"cost", m.ratio.y}};
  double *into[] = {x[0], x[1], x[2], x[3], x[4]}, mean, se;
  assert_int_equal(roi_evaluate(g, &r.ask.request, NULL, targets, 5, TRIALS, into, &why), ROI_OK);
  for (size_t i = 0; i < 2; i++) {
    plain_mean(x[i], &mean, &se);
    assert_near(mean_at(&r, i * COLUMNS + NPV).mean, mean, 1e-12);
    assert_near(mean_at(&r, i * COLUMNS + NPV).se, se, 1e-12);
    assert_int_equal(mean_at(&r, i * COLUMNS + NPV).n, TRIALS);
  }
  uint64_t losses = 0, large = 0;
  for (size_t i = 0; i < TRIALS; i++) losses += x[0][i] < 0, large += x[1][i] > 0.1;
  assert_int_equal(SHARE_AT(&r, LOSS)->k, losses);
  assert_int_equal(SHARE_AT(&r, COLUMNS + LOSS)->k, large);
  assert_true(large > 100 && large < TRIALS - 100);
  check_ratio(RATIO_AT(&r, RATIO), x[0], x[4]);
  check_ratio(RATIO_AT(&r, COLUMNS + RATIO), x[1], x[2]);
  qsort(x[2], TRIALS, sizeof x[2][0], by_size);
  qsort(x[3], TRIALS, sizeof x[3][0], by_size);
  assert_near(SUMMARY_AT(&r, COLUMNS + BACK)->quantile[4], (x[2][TRIALS / 2 - 1] + x[2][TRIALS / 2]) / 2, 1e-15);
  assert_near(SUMMARY_AT(&r, BACK)->quantile[4], (x[3][TRIALS / 2 - 1] + x[3][TRIALS / 2]) / 2, 1e-15);
  assert_int_equal(SUMMARY_AT(&r, ALL)->trials, TRIALS);
  end_run(&r);
  end();
}

/* All that the cells show, as one row of numbers. */
static size_t all_figures(const run *r, double *to) {
  size_t n = 0;
  for (size_t row = 0; row < 2; row++) {
    size_t at = row * COLUMNS;
    roi_mean_result mean = mean_at(r, at + NPV);
    const roi_share_result *share = SHARE_AT(r, at + LOSS);
    const roi_ratio_result *ratio = RATIO_AT(r, at + RATIO);
    const roi_summary *back = SUMMARY_AT(r, at + BACK), *all = SUMMARY_AT(r, at + ALL);
    const double figures[] = {mean.mean, mean.se, share->p, share->se, share->low, share->high, ratio->ratio, ratio->se,
                              back->quantile[4], back->quantile_se[4], all->mean, all->mean_se, all->sd, all->sd_se, all->cvar5,
                              all->cvar5_se, all->quantile[0], all->quantile_se[8], (double)all->undefined, (double)all->counts[30]};
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) to[n++] = figures[i];
  }
  return n;
}

/* Threads, blocks, memory, other outputs: the same bits, under each way of sampling. */
static void nothing_changes_a_figure(void **state) {
  (void)state;
  build();
  for (int sampling = 0; sampling < ROI_SAMPLING_COUNT; sampling++) {
    const roi_cli plain = {.trials = TRIALS, .seed = 5, .threads = 1, .sampling = (roi_sampling)sampling};
    roi_cli ways[5] = {plain, plain, plain, plain, plain};
    ways[1].threads = 3;
    ways[2].max_memory = 1 << 20; /* columns are not kept */
    ways[3].outputs = "irr";
    ways[4].outputs = "all";
    double first[64], other[64];
    for (size_t i = 0; i < 5; i++) {
      run r = run_all(&ways[i]);
      size_t n = all_figures(&r, i ? other : first);
      assert_int_equal(r.report->timing.passes > 1, i == 2);
      for (size_t k = 0; k < n && i; k++)
        if (!same(first[k], other[k])) print_message("%d, way %zu, figure %zu\n", sampling, i, k), fail();
      end_run(&r);
    }
  }
  end();
}

/* -- What fails ------------------------------------------------------------------------------------------------------------- */

/* A logarithm of what is at times negative, in each kind of cell; without a text in its row the row has a number. */
static void failures_are_named(void **state) {
  (void)state;
  static const roi_cell_stat stats[] = {ROI_CELL_MEAN, ROI_CELL_QUANTILE, ROI_CELL_SUMMARY, ROI_CELL_SHARE, ROI_CELL_RATIO};
  for (size_t i = 0; i < 2 * sizeof stats / sizeof *stats; i++) {
    roi_cell_stat stat = stats[i / 2];
    int named = i % 2;
    build();
    roi_node bad = op1(ROI_LOG, extra);
    if (stat == ROI_CELL_SHARE) bad = op2(ROI_GT, bad, num(0));
    const roi_cell cells[] = {named ? text("triage") : (roi_cell){.stat = ROI_CELL_EMPTY},
                              {.stat = stat, .a = bad, .b = m.ratio.y, .level = 0.5}};
    assert_int_equal(roi_graph_add_sheet(g, "parts", "", "", columns, 2, cells, 1, &why), ROI_OK);
    run r = begin_run(&(roi_cli){.trials = 1000, .seed = 1, .threads = 1}, 0);
    assert_int_equal(roi_simulate(g, &r.ask.request, &r.report, &why), ROI_ERR_RUN);
    assert_non_null(strstr(why.text, named ? "parts: triage, npv is not a number" : "parts: row 1, npv is not a number"));
    end_run(&r);
    end();
  }
}

static void allocations_fail(void **state) {
  (void)state;
  build();
  roi_status status = ROI_ERR_MEMORY;
  int failures = 0;
  for (long n = 0; status != ROI_OK; n++) {
    run r = {.report = NULL};
    assert_int_equal(roi_ask_make(&r.ask, g, &(roi_cli){.trials = 100, .seed = 1}, 0, &why), ROI_OK);
    roi_memory_fail_after(n);
    status = roi_ask_sheets(&r.ask, g, &why);
    roi_memory_fail_after(-1);
    if (status != ROI_OK) assert_int_equal(status, ROI_ERR_MEMORY), failures++;
    end_run(&r);
  }
  assert_true(failures > 6);
  end();
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_there_serves),                cmocka_unit_test(samples_are_of_what_is_listed),
      cmocka_unit_test(figures_are_those_of_plain_formulas), cmocka_unit_test(nothing_changes_a_figure),
      cmocka_unit_test(failures_are_named),                  cmocka_unit_test(allocations_fail),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
