/* Memory may run out at any allocation: the Nth fails for N = 0, 1, 2, ... until the work goes through. Every failure must be
 * ROI_ERR_MEMORY, nothing may leak (the address sanitizer sees to that), and what goes through in the end has the same bits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "graph/merge.h"
#include "graph/wire.h"
#include "run/run.h"
#include "sensitivity/achieved.h"

#define FEW 500
#define SEVERAL_UNITS 4200 /* of statistics, one of them not full */
#define TOO_MANY 20000

static roi_node apply2(roi_graph *g, roi_opcode op, roi_node a, roi_node b, roi_error *err) {
  return roi_apply(g, op, (roi_node[]){a, b}, 2, err);
}

static roi_node draw(roi_graph *g, const char *name, roi_family family, double a, double b, int each_period, roi_error *err) {
  roi_node p[] = {roi_constant(g, a, err), roi_constant(g, b, err)};
  return roi_draw(g, roi_dist(g, family, ROI_FORM_NATURAL, p, 2, err), name, each_period, err);
}

/* A model with a bit of everything that allocates: tables, uncertain parameters, data, series, powers, an internal rate. */
static roi_graph *build(roi_error *err) {
  roi_graph *g = roi_graph_new("sweep", 3, ROI_YEAR, err);
  if (g == NULL) return NULL;
  roi_node share = draw(g, "share", ROI_FAMILY_BETA, 8, 12, 0, err);
  roi_node price = draw(g, "price", ROI_FAMILY_NORMAL, 100, 15, 0, err);
  roi_node noise = draw(g, "noise", ROI_FAMILY_UNIFORM, 0.9, 1.1, 1, err);
  roi_node size = roi_dist(g, ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, (roi_node[]){roi_constant(g, 4, err), share}, 2, err);
  roi_node claims = roi_draw(g, size, "claims", 0, err);
  roi_node data = roi_draw(g, roi_dist_empirical(g, (double[]){3, 1, 2, 5}, 4, err), "data", 0, err);
  roi_node tariff = roi_interp(g, price, (double[]){80, 100, 120}, (double[]){1, 0.9, 0.7}, 3, err);
  roi_node growth = apply2(g, ROI_POW, apply2(g, ROI_ADD, share, roi_constant(g, 1, err), err), roi_time(g, 1, err), err);
  roi_node income = apply2(g, ROI_MUL, apply2(g, ROI_MUL, noise, growth, err), apply2(g, ROI_MUL, price, tariff, err), err);
  roi_node outlay = apply2(g, ROI_AT, roi_constant(g, 0, err), apply2(g, ROI_MUL, price, data, err), err);
  roi_node net = apply2(g, ROI_SUB, income, outlay, err);
  roi_node total = apply2(g, ROI_SUB, roi_apply(g, ROI_SUM, &net, 1, err), claims, err);
  const roi_node together[] = {share, price, claims};
  const double matrix[] = {1, 0.9, 0.9, 0.9, 1, -0.9, 0.9, -0.9, 1}; /* to be repaired */
  if (total != ROI_NONE && roi_graph_correlate(g, together, 3, matrix, ROI_CORRELATION_PEARSON, NULL, err) != ROI_OK) total = ROI_NONE;
  roi_node cumulative = roi_apply(g, ROI_CUMSUM, &net, 1, err);
  roi_node payback = roi_apply(g, ROI_PAYBACK, &cumulative, 1, err), irr = roi_apply(g, ROI_IRR, &net, 1, err);
  if (irr == ROI_NONE || payback == ROI_NONE || total == ROI_NONE || roi_graph_add_input(g, "share", share, err) != ROI_OK ||
      roi_graph_add_output(g, "total", total, err) != ROI_OK || roi_graph_add_output(g, "payback", payback, err) != ROI_OK ||
      roi_graph_add_output(g, "irr", irr, err) != ROI_OK) {
    roi_graph_free(g);
    return NULL;
  }
  return g;
}

typedef struct outcome { double mean[3], median[3], share_mean, p_loss, achieved; } outcome;

/* The way of the command: what the child writes the parent reads, and everything a report needs is asked for. */
static roi_status work(uint64_t trials, uint64_t max_memory, int threads, roi_sampling sampling, outcome *o, roi_error *err) {
  roi_status status = ROI_ERR_INTERNAL;
  roi_graph *g = build(err), *copy = NULL;
  roi_report *report = NULL;
  size_t size;
  void *buffer = g ? roi_graph_write(g, &size, err) : NULL;
  if (buffer) copy = roi_graph_read(buffer, size, err);
  if (copy) {
    roi_target outputs[3], input = {"share", copy->inputs[0].node};
    for (size_t i = 0; i < 3; i++) outputs[i] = (roi_target){"output", copy->outputs[i].node};
    roi_pair ratio = {copy->outputs[0].node, copy->inputs[0].node};
    roi_node zero = roi_constant(copy, 0, err), loss = apply2(copy, ROI_LT, copy->outputs[0].node, zero, err);
    roi_target condition = {"loss", loss};
    roi_request request = {.options = {.trials = trials, .seed = 7, .threads = threads, .max_memory = max_memory,
                                       .sampling = sampling},
                           .outputs = outputs, .n_outputs = 3, .inputs = &input, .n_inputs = 1, .input_trials = 300,
                           .shares = &condition, .n_shares = 1, .means = outputs, .n_means = 1, .ratios = &ratio, .n_ratios = 1};
    status = loss == ROI_NONE ? err->status : roi_simulate(copy, &request, &report, err);
    roi_achieved *achieved = NULL;
    if (status == ROI_OK) status = roi_achieved_find(copy, &request, trials, &achieved, err);
    if (achieved) o->achieved = achieved->row[0].achieved;
    roi_achieved_free(achieved);
    if (status == ROI_OK) {
      for (size_t i = 0; i < 3; i++) {
        o->mean[i] = report->outputs[i].mean;
        o->median[i] = report->outputs[i].quantile[4];
      }
      o->share_mean = report->inputs[0].mean;
      o->p_loss = report->shares[0].p;
    }
  } else {
    status = err->status;
  }
  roi_report_free(report);
  roi_graph_free(copy);
  roi_free(buffer);
  roi_graph_free(g);
  return status;
}

/* step: only every so many allocations fail, where a run makes thousands. */
static void sweep(uint64_t trials, uint64_t max_memory, int threads, roi_sampling sampling, long step) {
  outcome expected, got;
  memset(&expected, 0, sizeof expected);
  memset(&got, 0, sizeof got);
  roi_error err = {0};
  for (long n = 0;; n += step) {
    assert_in_range(n, 0, TOO_MANY);
    memset(&err, 0, sizeof err);
    roi_memory_fail_after(n);
    roi_status status = work(trials, max_memory, threads, sampling, &got, &err);
    roi_memory_fail_after(-1);
    if (status == ROI_OK) {
      assert_true(n > 20); /* or the sweep did not reach the code it is for */
      break;
    }
    if (status != ROI_ERR_MEMORY || err.status != ROI_ERR_MEMORY || err.text[0] == 0)
      fail_msg("allocation %ld failed: status %d, error %d '%s'", n, (int)status, (int)err.status, err.text);
  }
  assert_int_equal(work(trials, max_memory, threads, sampling, &expected, &err), ROI_OK);
  assert_memory_equal(&got, &expected, sizeof got);
  assert_true(expected.median[0] > expected.share_mean);
}

static void sweep_with_columns(void **state) {
  (void)state;
  sweep(FEW, 0, 1, ROI_SAMPLING_MC, 1);
}
static void sweep_drawing_again(void **state) {
  (void)state;
  sweep(FEW, 1, 1, ROI_SAMPLING_MC, 1);
}
static void sweep_with_threads(void **state) {
  (void)state;
  sweep(SEVERAL_UNITS, 0, 3, ROI_SAMPLING_MC, 1);
}
static void sweep_with_a_design(void **state) {
  (void)state;
  sweep(FEW, 0, 1, ROI_SAMPLING_LHS, 1);
}
static void sweep_drawing_a_design_again(void **state) {
  (void)state;
  sweep(FEW, 1, 1, ROI_SAMPLING_SOBOL, 23);
}

/* Every allocation of work that gives one number fails in turn. */
static void sweep_number(roi_status (*run)(double *mean, roi_error *err)) {
  roi_error err;
  double mean = 0, expected = 0;
  roi_status status;
  long n = 0;
  do {
    memset(&err, 0, sizeof err);
    roi_memory_fail_after(n);
    status = run(&mean, &err);
    roi_memory_fail_after(-1);
    if (status != ROI_OK && status != ROI_ERR_MEMORY) fail_msg("allocation %ld failed: status %d '%s'", n, (int)status, err.text);
    assert_in_range(++n, 0, TOO_MANY);
  } while (status != ROI_OK);
  assert_int_equal(run(&expected, &err), ROI_OK);
  assert_true(mean == expected);
}

/* The public interface alone. */
static roi_status embed(double *mean, roi_error *err) {
  roi_graph *g = build(err);
  roi_result *result = NULL;
  roi_options options = {.trials = FEW, .seed = 7, .threads = 1};
  roi_status status = g ? roi_run(g, &options, &result, err) : err->status;
  if (status == ROI_OK) *mean = roi_result_output(result, "total")->mean;
  roi_result_free(result);
  roi_graph_free(g);
  return status;
}
static void sweep_embedded(void **state) {
  (void)state;
  sweep_number(embed);
}

/* Two versions of the model in one graph. */
static roi_status merge(double *mean, roi_error *err) {
  roi_graph *g = build(err), *whole = g ? roi_graph_new("", 3, ROI_YEAR, err) : NULL;
  roi_copy c = {0};
  roi_node total = ROI_NONE;
  roi_status status = whole ? roi_merge_begin(&c, whole, g, err) : err->status;
  if (status == ROI_OK && (total = roi_copy_node(&c, g->outputs[0].node, err)) == ROI_NONE) status = err->status;
  roi_copy_end(&c);
  if (status == ROI_OK) { /* again, with other correlations */
    for (size_t i = 0; i < g->n_scores; i++) g->scores[i] /= 2;
    status = roi_merge_begin(&c, whole, g, err);
    roi_node other = status == ROI_OK ? roi_copy_node(&c, g->outputs[0].node, err) : ROI_NONE;
    if (status == ROI_OK && other != ROI_NONE) total = apply2(whole, ROI_ADD, total, other, err);
    if (status == ROI_OK && (other == ROI_NONE || total == ROI_NONE)) status = err->status;
    roi_copy_end(&c);
  }
  if (status == ROI_OK) status = roi_graph_add_output(whole, "total", total, err);
  roi_result *result = NULL;
  roi_options options = {.trials = FEW, .seed = 7, .threads = 1};
  if (status == ROI_OK) status = roi_run(whole, &options, &result, err);
  if (status == ROI_OK) *mean = roi_result_output(result, "total")->mean;
  roi_result_free(result);
  roi_graph_free(whole);
  roi_graph_free(g);
  return status;
}
static void sweep_merging(void **state) {
  (void)state;
  sweep_number(merge);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(sweep_with_columns), cmocka_unit_test(sweep_drawing_again),
                                     cmocka_unit_test(sweep_with_threads), cmocka_unit_test(sweep_with_a_design),
                                     cmocka_unit_test(sweep_drawing_a_design_again), cmocka_unit_test(sweep_embedded),
                                     cmocka_unit_test(sweep_merging)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
