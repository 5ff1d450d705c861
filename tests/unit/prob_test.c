#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "command/command.h"

/* A graph with outputs npv, payback (may be never), late (a condition), "a b" and never; inputs wage and npv; a
 * draw and a series. */
static roi_node draw(roi_graph *g, const char *name) {
  roi_error err = {0};
  roi_node p[2] = {roi_constant(g, 0, &err), roi_constant(g, 1, &err)};
  roi_node node = roi_draw(g, roi_dist(g, ROI_FAMILY_UNIFORM, ROI_FORM_NATURAL, p, 2, &err), name, 0, &err);
  assert_int_not_equal(node, ROI_NONE);
  return node;
}

static int make(void **state) {
  roi_error err = {0};
  roi_graph *g = roi_graph_new("m", 12, ROI_MONTH, &err);
  roi_node wage = draw(g, "wage"), other = draw(g, "incident.loss"), npv = draw(g, "x");
  roi_node pair[2] = {wage, other}, late = roi_apply(g, ROI_GT, pair, 2, &err);
  roi_node time = roi_time(g, 1, &err), product[2] = {time, wage}, series = roi_apply(g, ROI_MUL, product, 2, &err);
  roi_node first = roi_apply(g, ROI_FIRST, &series, 1, &err);
  assert_int_equal(roi_graph_add_output(g, "npv", npv, &err), ROI_OK);
  assert_int_equal(roi_graph_add_output(g, "payback", first, &err), ROI_OK);
  assert_int_equal(roi_graph_add_output(g, "late", late, &err), ROI_OK);
  assert_int_equal(roi_graph_add_output(g, "a b", wage, &err), ROI_OK);
  assert_int_equal(roi_graph_add_output(g, "never", other, &err), ROI_OK);
  assert_int_equal(roi_graph_add_input(g, "wage", wage, &err), ROI_OK);
  assert_int_equal(roi_graph_add_input(g, "npv", other, &err), ROI_OK);
  assert_int_equal(roi_graph_add_input(g, "flow", series, &err), ROI_OK);
  assert_int_equal(roi_graph_add_label(g, "net flow", series, &err), ROI_OK);
  *state = g;
  return 0;
}

static int drop(void **state) {
  roi_graph_free(*state);
  return 0;
}

/* The tree of a node as text, so that binding and names show. */
static void show(const roi_graph *g, roi_node n, char *buf, size_t size) {
  const roi_node_row *row = &g->nodes[n];
  size_t used = strlen(buf);
  if (row->op == ROI_CONST) snprintf(buf + used, size - used, "%g", row->value);
  else if (row->op == ROI_DRAW) snprintf(buf + used, size - used, "%s", roi_graph_text(g, row->name));
  else if (row->op == ROI_FIRST) snprintf(buf + used, size - used, "payback");
  else {
    snprintf(buf + used, size - used, "%s(", roi_op_rows[row->op].name);
    for (uint32_t i = 0; i < row->n_args; i++) {
      used = strlen(buf);
      if (i) snprintf(buf + used, size - used, ",");
      show(g, g->args[row->first_arg + i], buf, size);
    }
    used = strlen(buf);
    snprintf(buf + used, size - used, ")");
  }
}

static void compiles(void **state) {
  static const struct { const char *text, *tree; } cases[] = {
      {"npv < 0", "lt(x,0)"},
      {"payback <= 12", "le(payback,12)"},
      {" npv>=1e3 ", "ge(x,1000)"},
      {"npv == 1", "eq(x,1)"},
      {"npv ~= .5", "ne(x,0.5)"},
      {"late", "gt(wage,incident.loss)"},
      {"not late", "no(gt(wage,incident.loss))"},
      {"not payback <= 12", "no(le(payback,12))"},
      {"not not late", "no(no(gt(wage,incident.loss)))"},
      {"npv > 1 or npv < 2 and late", "any(gt(x,1),all(lt(x,2),gt(wage,incident.loss)))"},
      {"(npv > 1 or npv < 2) and late", "all(any(gt(x,1),lt(x,2)),gt(wage,incident.loss))"},
      {"npv - wage - 1 > 0", "gt(sub(sub(x,wage),1),0)"},
      {"npv - (wage - 1) > 0", "gt(sub(x,sub(wage,1)),0)"},
      {"npv + wage * 3 / 2 < -4", "lt(add(x,div(mul(wage,3),2)),-4)"},
      {"-npv < 1", "lt(neg(x),1)"},
      {"- - npv < 1", "lt(x,1)"},
      {"incident.loss > 5", "gt(incident.loss,5)"},
      {"[\"a b\"] > 1", "gt(wage,1)"},
      {"['a b'] > 1", "gt(wage,1)"},
      {"payback < never", "lt(payback,inf)"},
      {"[\"never\"] < 1", "lt(incident.loss,1)"},
      {"late == 1", "eq(gt(wage,incident.loss),1)"},
      {"1 < 2", "1"},
      {"npv<-1", "lt(x,-1)"},
      {"npv < 1e+2", "lt(x,100)"},
      {"flow[6] < 1", "lt(element(mul(time(),wage)),1)"},
      {"flow [ 12 ] * 2 < 1", "lt(mul(element(mul(time(),wage)),2),1)"},
      {"[\"net flow\"][3] < 1", "lt(element(mul(time(),wage)),1)"},
  };
  roi_graph *g = *state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    roi_error err = {0};
    roi_node n = roi_prob_compile(g, cases[i].text, &err);
    assert_string_equal(err.text, "");
    assert_int_not_equal(n, ROI_NONE);
    char tree[400] = "";
    show(g, n, tree, sizeof tree);
    assert_string_equal(tree, cases[i].tree);
  }
}

static void numbers_are_values(void **state) {
  roi_graph *g = *state;
  roi_error err = {0};
  int condition = 7;
  char tree[100] = "";
  show(g, roi_value_compile(g, "--output", "npv + flow[2]", &condition, &err), tree, sizeof tree);
  assert_string_equal(tree, "add(x,element(mul(time(),wage)))");
  assert_int_equal(condition, 0);
  assert_int_not_equal(roi_value_compile(g, "--output", "npv < 0", &condition, &err), ROI_NONE);
  assert_int_equal(condition, 1);
  assert_int_equal(roi_value_compile(g, "--output", "npv npv", &condition, &err), ROI_NONE);
  assert_string_equal(err.text, "--output 'npv npv': column 5: nothing should follow here; conditions are joined by 'and' or 'or'");
}

static void outputs_before_inputs(void **state) {
  roi_graph *g = *state;
  roi_error err = {0};
  char tree[100] = "";
  show(g, roi_prob_compile(g, "npv < 1", &err), tree, sizeof tree);
  assert_string_equal(tree, "lt(x,1)"); /* the input npv is another draw */
}

/* A label that the script gave does not take the name of a quantity of the model's, whichever was first. */
static void own_before_given(void **state) {
  roi_graph *g = *state;
  roi_error err = {0};
  char tree[100] = "";
  assert_int_equal(roi_graph_add_label(g, "AI.spent", g->inputs[0].node, &err), ROI_OK);
  g->labels[g->n_labels - 1].given = 1;
  assert_int_equal(roi_graph_add_label(g, "AI.spent", g->outputs[0].node, &err), ROI_OK);
  show(g, roi_prob_compile(g, "['AI.spent'] < 1", &err), tree, sizeof tree);
  assert_string_equal(tree, "lt(x,1)");
}

static void refuses(void **state) {
  static const struct { const char *text, *error; } cases[] = {
      {"", "--prob needs a condition, as in --prob 'payback <= 12'"},
      {"npv + 1", "--prob 'npv + 1': column 1: this is a number, not a condition: compare it, as in 'npv < 0'"},
      {"(npv < 1) + 1",
       "--prob '(npv < 1) + 1': column 1: this is a number, not a condition: compare it, as in 'npv < 0'"},
      {"not npv", "--prob 'not npv': column 5: this is a number, not a condition: compare it, as in 'npv < 0'"},
      {"npv and late",
       "--prob 'npv and late': column 1: this is a number, not a condition: compare it, as in 'npv < 0'"},
      {"late or 1", "--prob 'late or 1': column 9: this is a number, not a condition: compare it, as in 'npv < 0'"},
      {"npv <", "--prob 'npv <': column 6: a number or a name is missing at the end"},
      {"npv < )", "--prob 'npv < )': column 7: a number or a name should stand here"},
      {"(npv < 1", "--prob '(npv < 1': column 9: a closing parenthesis is missing"},
      {"npv < 1)", "--prob 'npv < 1)': column 8: nothing should follow here; conditions are joined by 'and' or 'or'"},
      {"npv < 1e308*10", "--prob 'npv < 1e308*10': column 12: this is no number: it is too large, or divided by 0"},
      {"0 < npv < 1", "--prob '0 < npv < 1': column 9: comparisons can't be chained: write 'a < b and b < c'"},
      {"npv != 1", "--prob 'npv != 1': column 5: 'not equal' is written ~="},
      {"npv = 1", "--prob 'npv = 1': column 5: 'equal' is written =="},
      {"paybak <= 12",
       "--prob 'paybak <= 12': column 1: no output or input is called 'paybak'; did you mean 'payback'?"},
      {"zzzzzz > 1", "--prob 'zzzzzz > 1': column 1: no output or input is called 'zzzzzz'; there is npv"},
      {"npv > 20%", "--prob 'npv > 20%': column 9: write shares as fractions: 0.2 for 20%"},
      {"npv > 1k", "--prob 'npv > 1k': column 7: this is not a number: write it like 12, 0.5 or 1e6"},
      {"flow > 1",
       "--prob 'flow > 1': column 1: 'flow' is a series, one number a period: write which, as in flow[12]"},
      {"flow[0] > 1", "--prob 'flow[0] > 1': column 6: the periods of 'flow' are 1 to 12"},
      {"flow[13] > 1", "--prob 'flow[13] > 1': column 6: the periods of 'flow' are 1 to 12"},
      {"flow[99999999999] > 1", "--prob 'flow[99999999999] > 1': column 6: the periods of 'flow' are 1 to 12"},
      {"flow[x] > 1", "--prob 'flow[x] > 1': column 6: a period is a whole number, as in cumulative[12]"},
      {"flow[1.5] > 1", "--prob 'flow[1.5] > 1': column 7: the bracket after the period is missing: ]"},
      {"npv[3] > 1", "--prob 'npv[3] > 1': column 4: 'npv' is one number, so it has no periods"},
      {"x.wage > 1", "--prob 'x.wage > 1': column 1: no output or input is called 'x.wage'; did you mean 'wage'?"},
      {"[\"a b > 1", "--prob '[\"a b > 1': column 1: a name in brackets must end in \"]"},
      {"caf\xc3\xa9 > ", "--prob 'caf\xc3\xa9 > ': column 1: no output or input is called 'caf\xc3\xa9'; there is npv"},
      {"late and caf\xc3\xa9 ! 1",
       "--prob 'late and caf\xc3\xa9 ! 1': column 10: no output or input is called 'caf\xc3\xa9'; there is npv"},
      {"npv > or", "--prob 'npv > or': column 7: a number or a name should stand here"},
  };
  roi_graph *g = *state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    roi_error err = {0};
    assert_int_equal(roi_prob_compile(g, cases[i].text, &err), ROI_NONE);
    assert_string_equal(err.text, cases[i].error);
    assert_int_equal(err.status, ROI_ERR_USAGE);
  }
}

static void depth_is_bounded(void **state) {
  char text[4000] = "";
  roi_error err = {0};
  memset(text, '(', 3000);
  assert_int_equal(roi_prob_compile(*state, text, &err), ROI_NONE);
  assert_non_null(strstr(err.text, "too deeply nested"));
  memset(text, '-', 3000);
  err.text[0] = '\0';
  assert_int_equal(roi_prob_compile(*state, text, &err), ROI_NONE);
  assert_non_null(strstr(err.text, "too deeply nested"));
  text[0] = '\0';
  for (int i = 0; i < 900; i++) strcat(text, "not ");
  assert_int_equal(roi_prob_compile(*state, text, &err), ROI_NONE);
  assert_non_null(strstr(err.text, "too deeply nested"));
}

/* Whatever allocation fails, the result is an error and the graph stays usable. */
static void memory_failures(void **state) {
  for (long n = 0; n < 40; n++) {
    roi_error err = {0};
    roi_memory_fail_after(n);
    roi_node node = roi_prob_compile(*state, "npv * 7.25 + wage < 19.5 or zzz > 1", &err);
    roi_memory_fail_after(-1);
    assert_int_equal(node, ROI_NONE);
    assert_int_not_equal(err.status, ROI_OK);
  }
}

static roi_cli cli;
static roi_error cli_error;
static roi_status read_words(const char *a, const char *b, const char *c, const char *d) {
  const char *words[] = {"roisim", a, b, c, d, NULL};
  int n = d ? 5 : c ? 4 : b ? 3 : 2;
  roi_cli_free(&cli);
  memset(&cli_error, 0, sizeof cli_error);
  return roi_cli_read(&cli, n, (char **)words, &cli_error);
}

static void options_are_read(void **unused) {
  (void)unused;
  assert_int_equal(read_words("m.lua", NULL, NULL, NULL), ROI_OK);
  assert_int_equal(cli.trials, 10000);
  assert_int_equal(cli.seed, 1);
  assert_int_equal(cli.command, ROI_COMMAND_RUN);
  assert_int_equal(read_words("run", "m.lua", "--trials=2M", "--quiet"), ROI_OK);
  assert_int_equal(cli.trials, 2000000);
  assert_int_equal(cli.quiet, 1);
  assert_int_equal(read_words("--seed", "0", "--", "--odd.lua"), ROI_OK);
  assert_int_equal(cli.seed, 0);
  assert_string_equal(cli.model, "--odd.lua");
  assert_int_equal(read_words("m.lua", "--seed", "18446744073709551615", NULL), ROI_OK);
  assert_true(cli.seed == UINT64_MAX);
  assert_int_equal(read_words("explain", "m.lua", "--trial", "7"), ROI_OK);
  assert_int_equal(cli.command, ROI_COMMAND_EXPLAIN);
  assert_int_equal(cli.trial, 7);
  assert_int_equal(read_words("m.lua", "--max-memory", "512M", "--time-limit=0.5"), ROI_OK);
  assert_true(cli.max_memory == UINT64_C(512) << 20);
  assert_true(cli.time_limit == 0.5);
  assert_int_equal(read_words("--help", NULL, NULL, NULL), ROI_OK);
  assert_int_equal(cli.command, ROI_COMMAND_HELP);
  roi_cli_free(&cli);
  memset(&cli, 0, sizeof cli);
}

static void options_are_refused(void **unused) {
  (void)unused;
  static const struct { const char *words[4]; const char *error; } cases[] = {
      {{"--trails", "5", "m.lua"}, "unknown option --trails; did you mean --trials?"},
      {{"--xyzzy", "m.lua"}, "unknown option --xyzzy; roisim --help lists them"},
      {{"--trails=5", "m.lua"}, "unknown option --trails; did you mean --trials?"},
      {{"m.lua", "--trials"}, "--trials needs a value: --trials N"},
      {{"m.lua", "--trials", "0"}, "--trials '0': a whole number from 1 to 562949953421312 (2^49) is needed, such as 5000, 10k, 1e6 or 2M"},
      {{"m.lua", "--seed", "-1"}, "--seed '-1': a whole number from 0 to 18446744073709551615 is needed"},
      {{"m.lua", "--seed", "18446744073709551616"},
       "--seed '18446744073709551616': a whole number from 0 to 18446744073709551615 is needed"},
      {{"m.lua", "--threads", "1e9"}, "--threads '1e9': a whole number from 1 to 1024 is needed"},
      {{"m.lua", "--max-memory", "much"}, "--max-memory 'much': a size in bytes, below 2^64, is needed, such as 512M or 2G"},
      {{"m.lua", "--time-limit", "0"}, "--time-limit '0': a number of seconds above 0, at most 1e8, is needed, such as 0.5 or 60"},
      {{"m.lua", "--quiet=yes"}, "--quiet takes no value; 'yes' was given"},
      {{"m.lua", "--set", "price"}, "--set 'price': write NAME=EXPR, as in --set price=4e-6"},
      {{"m.lua", "--json", ""}, "--json '': it may not be empty"},
      {{"m.lua", "--samples", "-"}, "--samples needs a file name; for standard output write --samples /dev/stdout"},
      {{"m.lua", "--trial", "1"}, "--trial belongs to roisim explain"},
      {{"explain", "m.lua", "--trials", "9"}, "--trials does not belong to roisim explain without --trial"},
      {{"explian", "m.lua"}, "unknown command 'explian'; did you mean explain?"},
      {{"a.lua", "b.lua"}, "two models were named, 'a.lua' and 'b.lua'; run one at a time"},
      {{"--quiet"}, "no model was named; usage: roisim MODEL.lua [OPTION]..., see roisim --help"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const char *const *w = cases[i].words;
    assert_int_equal(read_words(w[0], w[1], w[2], w[3]), ROI_ERR_USAGE);
    assert_string_equal(cli_error.text, cases[i].error);
  }
  roi_cli_free(&cli);
  memset(&cli, 0, sizeof cli);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(compiles, make, drop),
      cmocka_unit_test_setup_teardown(numbers_are_values, make, drop),
      cmocka_unit_test_setup_teardown(outputs_before_inputs, make, drop),
      cmocka_unit_test_setup_teardown(own_before_given, make, drop),
      cmocka_unit_test_setup_teardown(refuses, make, drop),
      cmocka_unit_test_setup_teardown(depth_is_bounded, make, drop),
      cmocka_unit_test_setup_teardown(memory_failures, make, drop),
      cmocka_unit_test(options_are_read),
      cmocka_unit_test(options_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
