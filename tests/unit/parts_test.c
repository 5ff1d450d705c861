/* A pilot with its gate, and pools, against numbers that were computed apart (mpmath 1.3, 30 digits, tanh-sinh quadrature): each
 * estimate lies within four and a half of its standard errors, which are small beside what is estimated. */
#include "unit/model.h"

#include <unistd.h>

#include "graph/sheets.h"
#include "host/host.h"
#include "sensitivity/gate_threshold.h"

#define TRIALS 400000

/* Builds the script's graph as g. */
static void build(const char *script) {
  char path[] = "/tmp/parts_test.XXXXXX";
  int fd = mkstemp(path);
  assert_true(fd >= 0);
  FILE *f = fdopen(fd, "w");
  assert_non_null(f);
  fputs(script, f);
  assert_int_equal(fclose(f), 0);
  roi_host *host = NULL;
  roi_status status = roi_host_build(&(roi_host_options){.model_path = path}, &g, &host, &why);
  unlink(path);
  if (status != ROI_OK) fail_msg("line %d: %s", why.line, why.text);
  roi_host_free(host);
}

static roi_node output(const char *name) {
  for (size_t i = 0; i < g->n_outputs; i++)
    if (strcmp(roi_graph_text(g, g->outputs[i].name), name) == 0) return g->outputs[i].node;
  fail_msg("no output %s", name);
  return ROI_NONE;
}

/* What the mean of a sheet's first row is of. */
static roi_node cell_of(const char *sheet, const char *column) {
  for (size_t i = 0; i < g->n_sheets; i++) {
    const roi_sheet_row *s = &g->sheets[i];
    if (strcmp(roi_graph_text(g, s->key), sheet) != 0) continue;
    for (uint32_t k = 0; k < s->n_columns; k++)
      if (strcmp(roi_graph_text(g, g->columns[s->first_column + k].key), column) == 0) return g->cells[s->first_cell + k].a;
  }
  fail_msg("no column %s of %s", column, sheet);
  return ROI_NONE;
}

static void assert_near(const char *what, double estimate, double se, double expected, double scale) {
  if (!(se > 0) || se > scale / 100 || fabs(estimate - expected) > 4.5 * se)
    fail_msg("%s: %.8g +- %.2g, not %.8g", what, estimate, se, expected);
}

typedef struct expected { const char *what; roi_node node; double mean, sd; } expected; /* sd 0: not known */

static roi_report *run(const expected *e, size_t n) {
  roi_target target[8];
  for (size_t i = 0; i < n; i++) target[i] = (roi_target){e[i].what, e[i].node};
  roi_request request = {.options = {.trials = TRIALS, .seed = 3}, .outputs = target, .n_outputs = n};
  roi_report *report = NULL;
  if (roi_simulate(g, &request, &report, &why) != ROI_OK) fail_msg("%s", why.text);
  for (size_t i = 0; i < n; i++) {
    const roi_summary *s = &report->outputs[i];
    assert_near(e[i].what, s->mean, s->mean_se, e[i].mean, fmax(fabs(e[i].mean), s->sd));
    if (e[i].sd > 0) assert_near(e[i].what, s->sd, s->sd_se, e[i].sd, e[i].sd);
  }
  return report;
}

/* The effect is normal(m, t); the pilot reads it with the error s = 0.8 sqrt(1/300 + 1/200), and all goes on where the reading is at
 * least c = 0.08. So a trial of effect x goes on with the chance F((x - c) / s), and is worth (1000 x - 60) A(1, 24) - 200 d(1) then,
 * else (1000 x - 60) A(1, 3) - 200 d(1) - 150 d(3), with d(p) = 1.1^(-p/12) and A(i, j) = d(i) + ... + d(j): integrals over x give the
 * chance, the mean, the deviation and the chance of a loss. Going on is worth more than stopping from the reading r on at which
 * 1000 E[x | r] - 60 = -150 d(3) / A(4, 24), with E[x | r] = m + (r - m) t^2 / (t^2 + s^2). */
static void a_pilot_and_its_gate(void **state) {
  (void)state;
  build("local roi = require 'roisim'\n"
        "local model = roi.model { horizon = 24, discount_rate = 0.1 }\n"
        "local u = model:use_case('triage')\n"
        "u.inputs.effect = roi.normal(0.10, 0.15)\n"
        "u:benefit('gain', 1000 * u.inputs.effect, { every = 'month' })\n"
        "local pilot = u:pilot { weeks = 13, cost = 200, reads = { cut = { of = u.inputs.effect, sd = 0.8, n = 300, control = 200 } } }\n"
        "local gate = u:gate { after = pilot, continue_if = roi.ge(pilot.cut, 0.08), stop_cost = 150 }\n"
        "u:cost('running', 60, { every = 'month' })\n"
        "model.outputs.passed, model.outputs.reading = gate.passed, pilot.cut\n"
        "return model\n");
  const expected e[] = {{"passed", output("passed"), 0.547710967229913, 0},
                        {"npv", output("triage.npv"), 1270.47620315889, 2411.60657045854},
                        {"reading", output("reading"), 0.10, sqrt(0.15 * 0.15 + 0.8 * 0.8 / 120)},
                        {"npv, committed at once", cell_of("gates", "at_once"), 870.582706967071, 0},
                        {"the gain", cell_of("gates", "gain"), 1270.47620315889 - 870.582706967071, 0}};
  roi_report *report = run(e, sizeof e / sizeof *e);
  const roi_summary *npv = &report->outputs[1];
  assert_near("chance of a loss", npv->p_negative, npv->p_negative_se, 0.501299264269813, 1);
  roi_report_free(report);

  roi_gate_thresholds *t = NULL;
  assert_int_equal(roi_gate_thresholds_find(g, &(roi_request){.options = {.trials = TRIALS, .seed = 3}}, TRIALS, &t, &why), ROI_OK);
  assert_int_equal(t->n, 1);
  assert_true(t->row[0].threshold == 0.08);
  assert_true(fabs((double)t->row[0].going_on / (double)t->trials - 0.547710967229913) < 0.005);
  assert_near("npv at 0.08", t->row[0].worth, t->row[0].worth_se, 1270.47620315889, 1270);
  assert_near("npv at the best threshold", t->row[0].best_worth, t->row[0].best_worth_se, 1297.71197439328, 1298);
  assert_true(t->row[0].low < 0.0408869769564136 && 0.0408869769564136 < t->row[0].high);
  assert_true(fabs(t->row[0].best - 0.0408869769564136) < 0.02);
  roi_gate_thresholds_free(t);
  end();
}

/* X of gamma(4, 2) and Y of gamma(6, 2) hours are asked of h = 18. S = X + Y is gamma(10, 2) and independent of X / S, which is
 * beta(4, 6); so pro rata X gets (X / S) min(S, h), of mean 0.4 E[min(S, h)] and second moment (4 5 / (10 11)) E[min(S, h)^2], with
 * E[min(S, h)^k] from incomplete gamma functions. In order, Y first, Y gets min(Y, h) and X min(S, h) - min(Y, h). */
static void pools(void **state) {
  (void)state;
  build("local roi = require 'roisim'\n"
        "local model = roi.model { horizon = 6 }\n"
        "local a, b, o, t = model:use_case('a'), model:use_case('b'), model.outputs, model.time\n"
        "a.inputs.hours, b.inputs.hours = roi.gamma(4, 2), roi.gamma(6, 2)\n"
        "for _, rule in ipairs { 'pro_rata', 'order' } do\n"
        "  local pool = model:pool(rule, { hours = 18, rule = rule })\n"
        "  local y = b:free_hours('y ' .. rule, { hours = b.inputs.hours, every = 'month', pool = pool })\n"
        "  local x = a:free_hours('x ' .. rule, { hours = a.inputs.hours, every = 'month', pool = pool })\n"
        "  a:benefit(rule, x)\n"
        "  b:benefit(rule, y)\n"
        "  o['x ' .. rule], o['y ' .. rule] = x[4], y[5]\n"
        "  o['sum ' .. rule] = x[6] + y[6]\n"
        "end\n"
        "return model\n");
  const expected e[] = {{"x, pro rata", output("x pro_rata"), 6.58143279646588, 2.65476127163173},
                        {"y, pro rata", output("y pro_rata"), 9.87214919469883, 2.88149300042313},
                        {"x, in order", output("x order"), 4.85252269434551, 0},
                        {"y, in order", output("y order"), 11.6010592968192, 0},
                        {"both, pro rata", output("sum pro_rata"), 16.4535819911647, 0},
                        {"both, in order", output("sum order"), 16.4535819911647, 0},
                        {"the pool binds", cell_of("pools", "binds"), 0.587408244331941, 0}};
  roi_report_free(run(e, sizeof e / sizeof *e));
  end();
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(a_pilot_and_its_gate), cmocka_unit_test(pools)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
