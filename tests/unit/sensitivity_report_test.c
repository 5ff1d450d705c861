#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "command/factors.h"
#include "report/sensitivity_report.h"
#include "report/width.h"

/* -- Factors ------------------------------------------------------------------------------------------------------ */

static roi_node uniform(roi_graph *g, const char *name, int each_period) {
  roi_error err = {0};
  roi_node p[2] = {roi_constant(g, 0, &err), roi_constant(g, 1, &err)};
  return roi_draw(g, roi_dist(g, ROI_FAMILY_UNIFORM, ROI_FORM_NATURAL, p, 2, &err), name, each_period, &err);
}

/* out = a + c + sum(d); b is drawn and has no part in it; "x,y" has a comma in its name; occurs is a yes-or-no. */
static int make(void **state) {
  roi_error err = {0};
  roi_graph *g = roi_graph_new("m", 3, ROI_MONTH, &err);
  roi_node p = roi_constant(g, 0.25, &err);
  roi_node a = uniform(g, "a", 0), b = uniform(g, "b", 0), c = uniform(g, "x,y", 0), d = uniform(g, "d", 1);
  roi_node occurs = roi_draw(g, roi_dist(g, ROI_FAMILY_BERNOULLI, ROI_FORM_NATURAL, &p, 1, &err), "occurs", 0, &err);
  roi_node sum = roi_apply(g, ROI_SUM, &d, 1, &err), terms[4] = {a, c, sum, occurs};
  roi_node out = a;
  for (int i = 1; i < 4; i++) out = roi_apply(g, ROI_ADD, (roi_node[]){out, terms[i]}, 2, &err);
  assert_int_equal(roi_graph_add_output(g, "out", out, &err), ROI_OK);
  assert_int_equal(roi_graph_add_output(g, "other", b, &err), ROI_OK);
  *state = g;
  return 0;
}

static int drop(void **state) {
  roi_graph_free(*state);
  return 0;
}

static roi_status factors_of(roi_factors *f, roi_graph *g, const char **groups, size_t n, int independent, roi_error *err) {
  roi_list list = {groups, n, n};
  roi_target target = {"out", g->outputs[0].node};
  return roi_factors_make(f, g, &target, &list, independent, err);
}

static void draws_behind_the_target(void **state) {
  roi_graph *g = *state;
  roi_error err = {0};
  roi_factors f;
  assert_int_equal(factors_of(&f, g, NULL, 0, 0, &err), ROI_OK);
  static const char *const names[] = {"a", "x,y", "d", "occurs"};
  static const uint32_t draws[] = {0, 2, 3, 4};
  assert_int_equal(f.n, 4);
  for (size_t i = 0; i < 4; i++) {
    assert_string_equal(f.row[i].name, names[i]);
    assert_int_equal(f.row[i].n_draws, 1);
    assert_int_equal(f.row[i].draws[0], draws[i]);
    assert_int_equal(f.row[i].each_period, i == 2);
    assert_int_equal(f.row[i].yes_no, i == 3);
    assert_int_equal(g->nodes[f.row[i].node].shape, ROI_SCALAR);
  }
  assert_int_equal(f.n_without, 1);
  assert_string_equal(f.without[0], "b");
  roi_factors_free(&f);
}

static void groups_are_one_factor(void **state) {
  roi_graph *g = *state;
  roi_error err = {0};
  roi_factors f;
  const char *groups[] = {"late=d,[\"x,y\"]"};
  assert_int_equal(factors_of(&f, g, groups, 1, 0, &err), ROI_OK);
  assert_int_equal(f.n, 3);
  assert_string_equal(f.row[1].name, "late");
  assert_int_equal(f.row[1].n_draws, 2);
  assert_int_equal(f.row[1].draws[0], 2);
  assert_int_equal(f.row[1].draws[1], 3);
  assert_int_equal(f.row[1].node, ROI_NONE);
  assert_int_equal(f.row[1].each_period, 1);
  roi_factors_free(&f);
}

/* a and "x,y" correlated; and d... stays alone. What is drawn along with a draw of the target goes where it goes. */
static void correlated_draws(void **state) {
  roi_graph *g = *state;
  roi_error err = {0};
  roi_factors f;
  roi_node draw[5], three[3];
  size_t n = 0;
  for (size_t i = 0; i < g->n_nodes; i++)
    if (g->nodes[i].op == ROI_DRAW) draw[n++] = (roi_node)i;
  const double matrix[9] = {1, 0.5, 0.2, 0.5, 1, 0.1, 0.2, 0.1, 1};
  three[0] = draw[0], three[1] = draw[1], three[2] = draw[2]; /* a, b, "x,y": b is not behind the target */
  assert_int_equal(roi_graph_correlate(g, three, 3, matrix, ROI_CORRELATION_PEARSON, NULL, &err), ROI_OK);
  assert_int_equal(factors_of(&f, g, NULL, 0, 0, &err), ROI_OK);
  assert_int_equal(f.correlated, 1);
  assert_int_equal(f.n, 4);
  assert_int_equal(f.n_without, 1);
  roi_factors_free(&f);
  assert_int_equal(factors_of(&f, g, NULL, 0, 1, &err), ROI_OK);
  assert_int_equal(f.n, 3);
  assert_string_equal(f.row[0].name, "a+x,y");
  assert_int_equal(f.joined[0], 1);
  assert_int_equal(f.row[0].n_draws, 3);
  for (uint32_t i = 0; i < 3; i++) assert_int_equal(f.row[0].draws[i], i);
  assert_int_equal(f.n_without, 1); /* b, though it is varied with the others */
  assert_null(f.taken_along);
  roi_factors_free(&f);
  const char *groups[] = {"late=d,a", "soon=[\"x,y\"]"};
  assert_int_equal(factors_of(&f, g, groups, 1, 1, &err), ROI_OK); /* the group takes what is correlated with one of it */
  assert_string_equal(f.taken_along, "late takes along what is correlated with a: x,y");
  assert_int_equal(f.n, 2);
  assert_string_equal(f.row[0].name, "late");
  assert_int_equal(f.row[0].n_draws, 4);
  roi_factors_free(&f);
  assert_int_equal(factors_of(&f, g, groups, 2, 1, &err), ROI_ERR_USAGE);
  assert_string_equal(err.text, "--group 'soon=[\"x,y\"]': 'x,y' is correlated with 'a' of --group 'late=d,a'; put them into one group");
  roi_factors_free(&f);
}

static void groups_that_can_not_be(void **state) {
  static const struct { const char *group[2]; const char *error; } cases[] = {
      {{"late", NULL}, "--group 'late': write NAME=DRAW,DRAW, as in --group people=wage,hours"},
      {{"=a", NULL}, "--group '=a': write NAME=DRAW,DRAW, as in --group people=wage,hours"},
      {{"late=", NULL}, "--group 'late=': write NAME=DRAW,DRAW, as in --group people=wage,hours"},
      {{"late=a,,d", NULL}, "--group 'late=a,,d': names are separated by single commas"},
      {{"late=a,", NULL}, "--group 'late=a,': names are separated by single commas"},
      {{"late=a,occur", NULL}, "--group 'late=a,occur': the model draws no 'occur'; did you mean 'occurs'?"},
      {{"late=zzzzzz", NULL}, "--group 'late=zzzzzz': the model draws no 'zzzzzz'; the first that it draws is 'a'"},
      {{"late=a,d", "soon=d"}, "--group 'soon=d': 'd' is in the group 'late=a,d' already"},
      {{"late=a", "late=d"}, "--group 'late=d': the name is taken by --group 'late=a'"},
      {{"d=a", NULL}, "--group 'd=a': 'd' is the name of a draw that is not in the group"},
      {{"late=b", NULL}, "--group 'late=b': out does not depend on any of these"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    roi_error err = {0};
    roi_factors f;
    const char *groups[2] = {cases[i].group[0], cases[i].group[1]};
    assert_int_equal(factors_of(&f, *state, groups, groups[1] ? 2 : 1, 0, &err), ROI_ERR_USAGE);
    assert_string_equal(err.text, cases[i].error);
    roi_factors_free(&f);
  }
}

static void factors_without_memory(void **state) {
  roi_status status = ROI_ERR_MEMORY;
  const char *groups[] = {"late=d,a"};
  for (long n = 0; status; n++) {
    roi_error err = {0};
    roi_factors f;
    roi_memory_fail_after(n);
    status = factors_of(&f, *state, groups, 1, 0, &err);
    roi_memory_fail_after(-1);
    if (status) assert_int_equal(status, ROI_ERR_MEMORY);
    roi_factors_free(&f);
    assert_true(n < 100);
  }
}

/* -- Reports, of results made by hand ----------------------------------------------------------------------------- */

enum { FACTORS = 200 };

static const roi_measure share_measures[] = {{"first", "first", .has_interval = 1}, {"total", "total", .has_interval = 1}};
static const roi_measure range_measures[] = {{"low", "at P10", .is_target_unit = 1}, {"high", "at P90", .is_target_unit = 1},
                                             {"input_low", "input P10", .is_input_unit = 1}};
static const roi_method shares = {.name = "sobol", .doc = "shares of variance", .measures = share_measures, .n_measures = 2,
                                  .rank_by = 1, .base = 64};
static const roi_method ranges = {.name = "tornado", .doc = "one input at a time", .measures = range_measures, .n_measures = 3,
                                  .rank_by = 1, .base = 1};

typedef struct bench {
  roi_graph *g;
  roi_request request;
  roi_factor factor[FACTORS];
  char name[FACTORS][100];
  roi_study study;
  roi_sensitivity part[2];
  roi_estimate cell[2][3 * FACTORS];
  roi_pair_estimate pair[1];
  const roi_sensitivity *parts[2];
  roi_sensitivity_view view;
} bench;

static bench b;

/* n factors of falling importance; totals and firsts are halves of the one before, known to `half`. */
static void set_up(roi_graph *g, size_t n, double half) {
  memset(&b, 0, sizeof b);
  b.g = g;
  b.request.options.seed = 7;
  b.study = (roi_study){.g = g, .request = &b.request, .target = {"roi", 0}, .factors = b.factor, .n_factors = n, .never = 4};
  double share = 0.5;
  for (size_t i = 0; i < n; i++, share /= 2) {
    snprintf(b.name[i], sizeof b.name[i], "input%zu", i);
    b.factor[i] = (roi_factor){.name = b.name[i]};
    b.cell[0][i] = b.cell[0][n + i] = (roi_estimate){share, share - half, share + half};
    b.cell[1][i] = (roi_estimate){-12345 * share, NAN, NAN};
    b.cell[1][n + i] = (roi_estimate){54321 * share, NAN, NAN};
    b.cell[1][2 * n + i] = (roi_estimate){1e-7 * (double)(i + 1), NAN, NAN};
  }
  for (int k = 0; k < 2; k++) {
    b.part[k] = (roi_sensitivity){.method = k ? &ranges : &shares, .n_factors = n, .cell = b.cell[k], .evaluations = 100, .n = 64,
                                  .mean = k ? NAN : 1.5, .variance = k ? NAN : 4, .r2 = NAN, .rank_r2 = NAN, .at_median = k ? 2 : NAN};
    b.parts[k] = &b.part[k];
  }
  b.view = (roi_sensitivity_view){.graph = g, .evaluations = 200, .study = &b.study, .kind = ROI_KIND_MONEY,
                                  .target = "profit", .parts = b.parts,
                                  .n_parts = 2, .lua_version = "5.4", .sleef_version = "3.5"};
}

static char *print(const roi_sensitivity_view *v, int utf8) {
  static char text[100000];
  roi_buffer out = {0};
  roi_style style = {.utf8 = utf8};
  roi_error err = {0};
  assert_int_equal(roi_report_sensitivity(&out, v, &style, &err), ROI_OK);
  assert_true(out.n < sizeof text);
  memcpy(text, out.text, out.n + 1);
  roi_buffer_free(&out);
  char line[1000];
  for (const char *s = text; *s;) { /* 80 columns, whatever there is to say */
    size_t n = strcspn(s, "\n");
    assert_true(n < sizeof line);
    memcpy(line, s, n);
    line[n] = '\0';
    if (roi_text_width(line) > 80) fail_msg("too wide: %s", line);
    for (size_t i = 0; i < n && !utf8; i++) assert_true((unsigned char)line[i] < 0x80);
    s += n + 1;
  }
  return text;
}

static void has(const char *text, const char *part) {
  if (!strstr(text, part)) fail_msg("missing: %s\nin:\n%s", part, text);
}

static void says_what_matters(void **state) {
  set_up(*state, 10, 0.001);
  const char *text = print(&b.view, 1);
  has(text, "At least 74% of the variance of profit comes from input0 and input1: measure\nthese first.");
  assert_null(strstr(text, "Fixing")); /* nothing was tried */
  size_t order[10];
  roi_conclusions c;
  roi_error err = {0};
  assert_int_equal(roi_sensitivity_order(&b.view, order, &err), ROI_OK);
  roi_sensitivity_conclude(&b.view, order, &c);
  assert_int_equal(c.n_first, 2);
  assert_true(fabs(c.least - 0.748) < 1e-12);
  assert_int_equal(c.n_small, 5); /* 1/64 + ... + 1/1024 and 0.001 for each of five are below 0.05; with 1/32 they are not */
  const roi_fixing fixing = {.n = 100, .mean = 1000, .sd = 400, .fixed_mean = 1030, .fixed_sd = 390};
  b.view.fixing = &fixing;
  b.view.n_fixed = 5;
  text = print(&b.view, 1);
  has(text, "Fixing input5, input6, input7, input8 and input9 at their medians moves the mean\n"
            "from 1,000 to 1,030 and the standard deviation from 400 to 390: they need no\nmore work.");
  has(text, "profit: mean 1,000; standard deviation 400;");
  has(text, "input0");
  has(text, "50.0% ±0.1%");
  has(text, "200 evaluations  seed 7");
  has(text, "Last column: one input at a time.");
}

static void says_no_more_than_the_intervals(void **state) {
  set_up(*state, 10, 0.2); /* nothing is sure to be small, and only the first is sure to be large */
  const char *text = print(&b.view, 0);
  size_t order[10];
  roi_conclusions c;
  roi_error err = {0};
  assert_int_equal(roi_sensitivity_order(&b.view, order, &err), ROI_OK);
  roi_sensitivity_conclude(&b.view, order, &c);
  assert_int_equal(c.n_small, 0);
  has(text, "At least 35% of the variance of profit comes from input0 and input1: measure\nthese first; 8 more may matter as much.");
  set_up(*state, 10, 0.6);
  text = print(&b.view, 0);
  has(text, "Too little is known to tell what moves profit: the share of input0 is 50.0%\n+-60.0%. Try --base 1024.");
  set_up(*state, 1, 0.001);
  text = print(&b.view, 1);
  has(text, "input0 is the only uncertain input behind profit.");
  set_up(*state, 2, 0.001);
  text = print(&b.view, 1);
  has(text, "input0 matters most for profit, but neither input can be left out.");
}

/* y = 3 a + 4 b + exp(c), normal draws: without b the standard deviation loses 4 in quadrature; c at its median takes exp(1/2) - 1 off the
 * mean, for exp(c) has the mean exp(1/2) and the median 1. */
static void fixing_is_tried(void **state) {
  (void)state;
  roi_error err = {0};
  roi_graph *g = roi_graph_new("m", 1, ROI_YEAR, &err);
  roi_node draw[3];
  static const char *const names[] = {"a", "b", "c"};
  roi_node p[2] = {roi_constant(g, 0, &err), roi_constant(g, 1, &err)};
  for (int i = 0; i < 3; i++)
    draw[i] = roi_draw(g, roi_dist(g, ROI_FAMILY_NORMAL, ROI_FORM_NATURAL, p, 2, &err), names[i], 0, &err);
  roi_node y = roi_apply(g, ROI_EXP, &draw[2], 1, &err);
  for (int i = 0; i < 2; i++) {
    roi_node term = roi_apply(g, ROI_MUL, (roi_node[]){draw[i], roi_constant(g, 3 + i, &err)}, 2, &err);
    y = roi_apply(g, ROI_ADD, (roi_node[]){y, term}, 2, &err);
  }
  assert_int_not_equal(y, ROI_NONE);
  static const uint32_t number[3] = {0, 1, 2};
  roi_factor factor[3];
  for (int i = 0; i < 3; i++) factor[i] = (roi_factor){.name = names[i], .draws = &number[i], .n_draws = 1, .node = draw[i]};
  roi_request request = {.options = {.trials = 100000, .seed = 1}};
  roi_study study = {.g = g, .request = &request, .target = {"y", y}, .factors = factor, .n_factors = 3, .never = 2};
  roi_fixing f;
  const size_t second[] = {1}, third[] = {2}, all[] = {2, 0, 1};
  double e = exp(1), variance = e * e - e; /* of exp(c) */
  assert_int_equal(roi_fixing_run(&study, second, 1, &f, &err), ROI_OK);
  assert_int_equal(f.n, 100000);
  assert_true(fabs(f.mean - exp(0.5)) < 5 * sqrt((25 + variance) / 1e5));
  assert_true(fabs(f.sd - sqrt(25 + variance)) < 0.1 && fabs(f.fixed_sd - sqrt(9 + variance)) < 0.1);
  assert_true(fabs(f.fixed_mean - f.mean) < 5 * 4 / sqrt(1e5));
  assert_int_equal(roi_fixing_is_harmless(&f), 0);
  assert_int_equal(roi_fixing_run(&study, third, 1, &f, &err), ROI_OK);
  assert_true(fabs(f.mean - f.fixed_mean - (exp(0.5) - 1)) < 5 * sqrt(variance / 1e5));
  assert_int_equal(roi_fixing_is_harmless(&f), 0); /* 0.65 of 5.4 */
  assert_int_equal(roi_fixing_run(&study, all, 3, &f, &err), ROI_OK);
  assert_true(f.fixed_mean == 1 && f.fixed_sd == 0);
  request.options.trials = 500;
  roi_status status = ROI_ERR_MEMORY;
  for (long n = 0; status; n++) {
    roi_memory_fail_after(n);
    status = roi_fixing_run(&study, all, 3, &f, &err);
    roi_memory_fail_after(-1);
    if (status) assert_int_equal(status, ROI_ERR_MEMORY);
    assert_true(n < 2000);
  }
  f = (roi_fixing){.n = 10, .mean = 5, .sd = 1, .fixed_mean = 5.09, .fixed_sd = 0.96};
  assert_int_equal(roi_fixing_is_harmless(&f), 1);
  f.fixed_sd = 0.94;
  assert_int_equal(roi_fixing_is_harmless(&f), 0);
  f.fixed_sd = NAN;
  assert_int_equal(roi_fixing_is_harmless(&f), 0);
  roi_graph_free(g);
}

static void many_inputs_and_long_names(void **state) {
  set_up(*state, FACTORS, 0.001);
  for (size_t i = 0; i < FACTORS; i++)
    snprintf(b.name[i], sizeof b.name[i], "a name that goes on and on until nobody reads it any more, number %zu.loss", i);
  b.view.target = "a target whose name goes on and on as well, and then some more, beyond the width of a terminal";
  b.cell[0][3].value = b.cell[1][FACTORS + 2].value = NAN;
  for (int utf8 = 0; utf8 < 2; utf8++) {
    b.view.method = NULL;
    const char *text = print(&b.view, utf8);
    has(text, "and 180 more that rank below");
    has(text, utf8 ? "… more, number 0.loss " : "...more, number 0.loss "); /* cut, and told apart */
    has(text, "ore, number 19.loss ");
    b.view.method = "sobol";
    has(print(&b.view, utf8), "0.500");
    b.parts[0] = &b.part[1];
    has(print(&b.view, utf8), "|"); /* bars around the median */
    b.parts[0] = &b.part[0];
  }
}

/* What stands for never reads as never, a range of nothing as a dash, halves of periods have a digit all the same. */
static void periods(void **state) {
  set_up(*state, 3, 0.001);
  b.view.kind = ROI_KIND_PERIODS;
  b.part[0].never = 10;
  b.part[0].mean = 2.5;
  b.part[1].at_median = 4;
  static const double low[3] = {3, 2.5, (double)NAN}, high[3] = {4, 3, (double)NAN};
  for (size_t i = 0; i < 3; i++) b.cell[1][i].value = low[i], b.cell[1][3 + i].value = high[i];
  const char *text = print(&b.view, 1);
  has(text, "profit: mean 2.5 (never counted as month 4); standard deviation 2;\n  all inputs at median never; 10 of 100 never\n");
  has(text, "  3.0 to never\n");
  has(text, "  2.5 to   3.0\n");
  has(text, "             -\n");
  const roi_fixing fixing = {.n = 100, .mean = 2.5, .sd = 1, .fixed_mean = 2.5, .fixed_sd = 1};
  b.view.fixing = &fixing;
  b.view.n_fixed = 1;
  has(print(&b.view, 1), "leaves the mean (never counted as 4) at 2.5 and the\nstandard deviation at 1.0:");
}

/* Among equals none is told to be first, nor that it needs no more work; shares of unknown error tell nothing. */
static void equals(void **state) {
  set_up(*state, 40, 0.001);
  for (size_t i = 0; i < 80; i++) b.cell[0][i] = (roi_estimate){0.025, 0.024, 0.026};
  size_t order[40];
  roi_conclusions c;
  roi_error err = {0};
  assert_int_equal(roi_sensitivity_order(&b.view, order, &err), ROI_OK);
  roi_sensitivity_conclude(&b.view, order, &c);
  assert_int_equal(c.n_first, 0);
  assert_int_equal(c.n_small, 0);
  has(print(&b.view, 1), "No single input stands out: the largest share of the variance of profit is 2.5%\n±0.1%.");
  for (size_t i = 0; i < 80; i++) b.cell[0][i] = (roi_estimate){0.5, NAN, NAN};
  has(print(&b.view, 1), "Shares of the variance don't tell what moves profit");
}

static void conclude(roi_conclusions *c) {
  size_t order[FACTORS];
  roi_error err = {0};
  assert_int_equal(roi_sensitivity_order(&b.view, order, &err), ROI_OK);
  roi_sensitivity_conclude(&b.view, order, c);
}

/* A condition that is hardly ever so, or hardly ever not so, tells little, however narrow its intervals look. */
static void rare_conditions(void **state) {
  set_up(*state, 3, 0.001);
  b.view.kind = ROI_KIND_CONDITION;
  b.part[0].n = 10000;
  b.part[0].mean = 0.0049;
  const char *text = print(&b.view, 1);
  has(text, "Too rare here to tell what decides it: profit is so in 0.5% of 10,000 points.\nTry --base 32768.");
  roi_conclusions c;
  conclude(&c);
  assert_int_equal(c.doubt, ROI_DOUBT_RARE);
  assert_int_equal(c.n_first + c.n_small, 0);
  b.part[0].mean = 0.996;
  has(print(&b.view, 1), "profit is not so in 0.4% of 10,000\npoints. Try --base 32768.");
  b.part[0].mean = 0.0051;
  has(print(&b.view, 1), "At least 74% of the variance of whether profit comes from input0 and input1:\nmeasure these first.");
  b.view.kind = ROI_KIND_MONEY;
  b.part[0].mean = 0;
  conclude(&c);
  assert_int_equal(c.doubt, ROI_DOUBT_NONE);
}

/* Wide though it is the second: what is said of the first would hang in the air. */
static void a_wide_interval(void **state) {
  set_up(*state, 3, 0.001);
  b.cell[0][3 + 1].low = -0.05;
  has(print(&b.view, 1), "Too little is known to tell what moves profit: the share of input1 is 25.0%\n±30.0%. Try --base 1024.");
}

/* A share that may be next to nothing is no reason to measure; nor is an input named both as first and as needing no work. */
static void names_that_are_sure(void **state) {
  set_up(*state, 3, 0.001);
  for (size_t i = 0; i < 6; i++) b.cell[0][i] = (roi_estimate){0.1 - 0.01 * (double)(i % 3), 0.006, 0.2};
  has(print(&b.view, 1), "No single input stands out: the largest share of the variance of profit is 10.0%\n±10.0%.");
  set_up(*state, 3, 0.001);
  b.cell[0][2] = b.cell[0][5] = (roi_estimate){0.04, 0.038, 0.042};
  const roi_fixing fixing = {.n = 100, .mean = 1000, .sd = 400, .fixed_mean = 1000.1, .fixed_sd = 390};
  b.view.fixing = &fixing;
  b.view.n_fixed = 1;
  const char *text = print(&b.view, 1);
  has(text, "At least 74% of the variance of profit comes from input0 and input1: measure\nthese first.");
  has(text, "Fixing input2 at its median leaves the mean at 1,000 and moves the standard\ndeviation from 400 to 390: it needs no more work.");
}

/* "Through what inputs do together" is said where it is so at the ends of the intervals. */
static void together_or_not(void **state) {
  set_up(*state, 10, 0.001);
  for (size_t i = 0; i < 10; i++) b.cell[0][i] = (roi_estimate){0.02, 0.01, 0.04};
  has(print(&b.view, 1), "input0, input1, input2 and input3 matter most for profit.");
  for (size_t i = 0; i < 10; i++) {
    b.cell[0][i] = (roi_estimate){0.02, 0.01, 0.03};
    b.cell[0][10 + i] = (roi_estimate){0.2, 0.19, 0.21};
  }
  has(print(&b.view, 1), "input0, input1, input2 and input3 matter for profit, but more through what\ninputs do together than alone.");
}

/* Sets of correlated inputs stand for their rows in the sentence; coins and what is drawn anew each period are chance. */
static void sets_and_chance(void **state) {
  static const uint32_t d = 3, occurs = 4, a = 0, both[2] = {0, 2};
  set_up(*state, 4, 0.001);
  b.factor[0].draws = &d, b.factor[0].n_draws = 1;
  b.factor[1].draws = &occurs, b.factor[1].n_draws = 1;
  const char *text = print(&b.view, 1);
  has(text, "comes from input0 and input1: these are\nchance, which no measurement foretells.");
  b.factor[1].draws = &a;
  has(print(&b.view, 1), "comes from input0 and input1: measure\ninput1 first (input0 is chance).");
  roi_estimate cell[4] = {{0.6, 0.59, 0.61}, {0.3, 0.29, 0.31}, {0.6, 0.59, 0.61}, {0.3, 0.29, 0.31}};
  roi_factor factor[2] = {{.name = "x+y", .draws = both, .n_draws = 2, .node = ROI_NONE}, {.name = "z", .draws = &d, .n_draws = 1}};
  roi_study study = b.study;
  study.factors = factor;
  study.n_factors = 2;
  roi_sensitivity sets = {.method = &shares, .n_factors = 2, .cell = cell, .n = 64, .mean = 0, .variance = 1};
  b.view.sets = &sets;
  b.view.sets_study = &study;
  has(print(&b.view, 1), "At least 59% of the variance of profit comes from x+y: measure these first.");
  roi_conclusions c;
  conclude(&c);
  assert_int_equal(c.n_first, 1);
  assert_true(c.study == &study && c.n_small == 0);
}

static void nothing_known(void **state) {
  set_up(*state, 3, 0.001);
  for (size_t i = 0; i < 9; i++) b.cell[0][i] = b.cell[1][i] = (roi_estimate){NAN, NAN, NAN};
  b.part[0].mean = b.part[0].variance = NAN;
  b.part[0].undefined = 64;
  const char *text = print(&b.view, 1);
  has(text, "No single input stands out");
  assert_null(strstr(text, "nan"));
  b.view.n_parts = 0;
  has(print(&b.view, 1), "profit depends on no uncertain input");
}

static double number_at(const cJSON *o, const char *key) {
  const cJSON *item = cJSON_GetObjectItemCaseSensitive(o, key);
  assert_true(cJSON_IsNumber(item));
  return item->valuedouble;
}

static void json(void **state) {
  set_up(*state, 3, 0.25);
  roi_buffer out = {0};
  roi_error err = {0};
  const char *without[] = {"b"};
  static const uint32_t draws[] = {1, 2};
  b.cell[0][1] = (roi_estimate){NAN, NAN, NAN};
  b.factor[2] = (roi_factor){.name = "late", .draws = draws, .n_draws = 2, .node = ROI_NONE};
  b.pair[0] = (roi_pair_estimate){0, 2, {-0.5, -1, 0.5}};
  b.part[0].pairs = b.pair;
  b.part[0].n_pairs = 1;
  b.view.without = without;
  b.view.n_without = 1;
  assert_int_equal(roi_report_sensitivity_json(&out, &b.view, &err), ROI_OK);
  cJSON *root = cJSON_Parse(out.text);
  assert_non_null(root);
  assert_string_equal(cJSON_GetObjectItem(root, "schema")->valuestring, "roisim.sensitivity/1");
  assert_string_equal(cJSON_GetObjectItem(root, "method")->valuestring, "default");
  assert_string_equal(cJSON_GetObjectItem(root, "target")->valuestring, "profit");
  assert_true(number_at(root, "evaluations") == 200);
  const cJSON *inputs = cJSON_GetObjectItem(root, "inputs"), *first = cJSON_GetObjectItem(inputs, "input0");
  assert_true(number_at(first, "total") == 0.5 && number_at(first, "low") == -6172.5 && number_at(first, "high") == 27160.5);
  const cJSON *ci = cJSON_GetObjectItem(first, "total_ci");
  assert_int_equal(cJSON_GetArraySize(ci), 2);
  assert_true(cJSON_GetArrayItem(ci, 0)->valuedouble == 0.25 && cJSON_GetArrayItem(ci, 1)->valuedouble == 0.75);
  assert_true(cJSON_IsNull(cJSON_GetObjectItem(cJSON_GetObjectItem(inputs, "input1"), "first")));
  const cJSON *pair = cJSON_GetArrayItem(cJSON_GetObjectItem(root, "pairs"), 0), *names = cJSON_GetObjectItem(pair, "inputs");
  assert_string_equal(cJSON_GetArrayItem(names, 1)->valuestring, "late");
  assert_true(number_at(pair, "second") == -0.5);
  const cJSON *group = cJSON_GetObjectItem(cJSON_GetObjectItem(cJSON_GetObjectItem(root, "groups"), "late"), "draws");
  assert_string_equal(cJSON_GetArrayItem(group, 0)->valuestring, "b");
  assert_string_equal(cJSON_GetArrayItem(group, 1)->valuestring, "x,y");
  assert_string_equal(cJSON_GetArrayItem(cJSON_GetObjectItem(root, "without_influence"), 0)->valuestring, "b");
  cJSON_Delete(root);
  roi_buffer_free(&out);
}

static void reports_without_memory(void **state) {
  set_up(*state, 5, 0.01);
  roi_status status[2] = {ROI_ERR_MEMORY, ROI_ERR_MEMORY};
  for (long n = 0; status[0] || status[1]; n++) {
    roi_error err = {0};
    roi_style style = {.utf8 = 1};
    for (int k = 0; k < 2; k++) {
      roi_buffer out = {0};
      roi_memory_fail_after(n);
      status[k] = k ? roi_report_sensitivity_json(&out, &b.view, &err) : roi_report_sensitivity(&out, &b.view, &style, &err);
      roi_memory_fail_after(-1);
      if (!status[k] && out.failed) status[k] = ROI_ERR_MEMORY; /* the printing would say so */
      if (status[k]) assert_int_equal(status[k], ROI_ERR_MEMORY);
      roi_buffer_free(&out);
    }
    assert_true(n < 2000);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(draws_behind_the_target, make, drop),
      cmocka_unit_test_setup_teardown(groups_are_one_factor, make, drop),
      cmocka_unit_test_setup_teardown(correlated_draws, make, drop),
      cmocka_unit_test_setup_teardown(groups_that_can_not_be, make, drop),
      cmocka_unit_test_setup_teardown(factors_without_memory, make, drop),
      cmocka_unit_test_setup_teardown(says_what_matters, make, drop),
      cmocka_unit_test_setup_teardown(says_no_more_than_the_intervals, make, drop),
      cmocka_unit_test(fixing_is_tried),
      cmocka_unit_test_setup_teardown(many_inputs_and_long_names, make, drop),
      cmocka_unit_test_setup_teardown(nothing_known, make, drop),
      cmocka_unit_test_setup_teardown(equals, make, drop),
      cmocka_unit_test_setup_teardown(periods, make, drop),
      cmocka_unit_test_setup_teardown(rare_conditions, make, drop),
      cmocka_unit_test_setup_teardown(a_wide_interval, make, drop),
      cmocka_unit_test_setup_teardown(names_that_are_sure, make, drop),
      cmocka_unit_test_setup_teardown(together_or_not, make, drop),
      cmocka_unit_test_setup_teardown(sets_and_chance, make, drop),
      cmocka_unit_test_setup_teardown(json, make, drop),
      cmocka_unit_test_setup_teardown(reports_without_memory, make, drop),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
