/* The bindings without the child around them: what a script's run leaves in the graph, and every allocation failing once. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <lauxlib.h>
#include <lualib.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "host/values.h"

typedef struct roi_embedded { const char *name; const unsigned char *text; size_t size; } roi_embedded;
extern const roi_embedded roi_lua_library[];

static const char script[] =
    "local roi = require 'roisim'\n"
    "local model = roi.model { name = 'Small', horizon = 24, discount_rate = 0.1, currency = 'EUR' }\n"
    "local x, t = model.inputs, model.time\n"
    "x.calls = roi.pert(800, 1000, 1500):unit('calls'):doc('a month'):source('log')\n"
    "x.share = roi.share(0.2, 0.5)\n"
    "x.cost = roi.mixture { { 0.7, roi.normal(5, 1) }, { 0.3, roi.lognormal { p5 = 4, p95 = 20 } } }\n"
    "x.late = roi.triangular(2, 3, 9):truncate(2.5, 8)\n"
    "local noise = roi.each_period(roi.normal(1, 0.1)):name('noise')\n"
    "local saved = x.calls * x.share * x.cost * roi.curve.logistic(t, 0.5, x.late) * noise\n"
    "model:benefit('saved', saved:name('money saved'))\n"
    "model:cost('setup', roi.at(0, 5000))\n"
    "model:cost('fee', 300, { every = 'quarter' })\n"
    "model:risk('outage', { probability = 0.1, loss = roi.uniform(1000, 3000), at = 6 })\n"
    "local wait = roi.exponential(2)\n"
    "local waits = roi.per_trial('wait', function(rng, a) return a + rng:draw(wait) end, x.share)\n"
    "model.outputs.tax = roi.interp(roi.sum(saved), { 0, 1e4, 1e5 }, { 0, 0, 3e4 })\n"
    "model.outputs.good = roi.all(roi.gt(model.npv, 0), roi.lt(waits, 9))\n"
    "if roi.gt(x.cost, 5) then x.never = 1 end\n"
    "wait_of = wait\n"
    "return model\n";

/* Values that wait for the end: promises, what-ifs, sheets of them. */
static const char parts[] =
    "local roi = require 'roisim'\n"
    "local model = roi.model { name = 'Parts', horizon = 12, discount_rate = 0.1, inflation = 0.02 }\n"
    "local a, b, rival = model:use_case('a', { department = 'sales' }), model:use_case('b'), model:actor('rival')\n"
    "a.inputs.effect = roi.normal(10, 5)\n"
    "local pool = model:pool('people', { hours = 20 })\n"
    "local pilot = a:pilot { weeks = 8, cost = roi.uniform(5, 9), reads = { cut = { of = a.inputs.effect, sd = 3, n = 20 } } }\n"
    "local gate = a:gate { after = pilot, continue_if = roi.gt(pilot.cut, 8), stop_cost = 3 }\n"
    "a:benefit('gain', a:free_hours('calls', { hours = a.inputs.effect, every = 'month', pool = pool }), { basis = 'real' })\n"
    "b:benefit('more', b:free_hours('mails', { hours = 12, every = 'month', pool = pool }), { delay = 1 })\n"
    "b:cost('seats', roi.at(gate.next, 5))\n"
    "model:cost('licence', 2, { every = 'month', spread = 'benefits' })\n"
    "rival:benefit('sales', a.inputs.effect, { every = 'quarter' })\n"
    "b:kpi('early', { dimension = 'financial', value = a.npv - b:npv_to(6), target = 5, by = { 6, 12 } })\n"
    "model.outputs.best = roi.gt(a.npv, rival.npv)\n"
    "return model\n";

static int run(lua_State *L) {
  const roi_lua_setting *settings = lua_touserdata(L, 2);
  luaL_openlibs(L);
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_PRELOAD_TABLE);
  int preload = lua_gettop(L);
  for (const roi_embedded *e = roi_lua_library; e->name; e++) {
    lua_pushfstring(L, ROI_LIBRARY_CHUNK "%s]", e->name + strlen("roisim"));
    if (luaL_loadbufferx(L, (const char *)e->text, e->size, lua_tostring(L, -1), "t") != LUA_OK) lua_error(L);
    lua_setfield(L, preload, e->name);
    lua_pop(L, 1);
  }
  lua_pushglobaltable(L);
  lua_getfield(L, preload, "roisim");
  roi_lua_open_values(L, lua_touserdata(L, 1), settings, settings ? 1 : 0, NULL, preload + 1);
  lua_pushvalue(L, -1);
  lua_setglobal(L, "native"); /* what scripts never see: for functions that only the library calls */
  lua_call(L, 1, 1);
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  lua_insert(L, -2);
  lua_setfield(L, -2, "roisim");
  const char *text = lua_touserdata(L, 3);
  if (luaL_loadbufferx(L, text, strlen(text), "@some/folder/small.lua", "t") != LUA_OK) lua_error(L);
  lua_call(L, 0, 1);
  roi_lua_finish(L);
  return 0;
}

/* Runs a script; LUA_OK or the status, the message on the stack. */
static int run_text(lua_State *L, roi_graph *g, const roi_lua_setting *setting, const char *text) {
  lua_pushcfunction(L, run);
  lua_pushlightuserdata(L, g);
  lua_pushlightuserdata(L, (void *)(uintptr_t)setting);
  lua_pushlightuserdata(L, (void *)(uintptr_t)text);
  return lua_pcall(L, 3, 0, 0);
}

static int run_script(lua_State *L, roi_graph *g, const roi_lua_setting *setting) { return run_text(L, g, setting, script); }

static const roi_node_row *find_draw(const roi_graph *g, const char *name) {
  for (size_t i = 0; i < g->n_nodes; i++)
    if ((g->nodes[i].op == ROI_DRAW || g->nodes[i].op == ROI_EXTERN) && strcmp(roi_graph_text(g, g->nodes[i].name), name) == 0)
      return &g->nodes[i];
  return NULL;
}

static const roi_input_row *find_input(const roi_graph *g, const char *name) {
  for (size_t i = 0; i < g->n_inputs; i++)
    if (strcmp(roi_graph_text(g, g->inputs[i].name), name) == 0) return &g->inputs[i];
  return NULL;
}

static void check_tables(const roi_graph *g) {
  static const char *const outputs[] = {"npv", "roi", "payback", "discounted_payback", "irr", "bcr",
                                        "pv_benefit", "pv_cost", "peak_funding", "tax", "good"};
  assert_int_equal(g->n_outputs, 11);
  for (size_t i = 0; i < 11; i++) {
    assert_string_equal(roi_graph_text(g, g->outputs[i].name), outputs[i]);
    assert_int_equal(g->outputs[i].standard, i < 9);
    assert_string_equal(roi_graph_text(g, g->outputs[i].file), "some/folder/small.lua");
  }
  assert_int_equal(g->outputs[9].line, 16);
  assert_true(g->nodes[g->outputs[10].node].flags & ROI_CONDITION);
  assert_int_equal(g->n_components, 4);
  assert_string_equal(roi_graph_text(g, g->components[3].name), "outage");
  assert_int_equal(g->components[3].kind, ROI_RISK);
  static const char *const labels[] = {"money saved", "net", "cumulative"}; /* the last two are every model's with flows */
  assert_int_equal(g->n_labels, 3);
  for (size_t i = 0; i < 3; i++) {
    assert_string_equal(roi_graph_text(g, g->labels[i].name), labels[i]);
    assert_int_equal(g->nodes[g->labels[i].node].shape, ROI_SERIES_SHAPE);
  }
  assert_int_equal(g->n_warnings, 2);
  assert_int_equal(g->warnings[0].line, 18); /* a number that nothing reads */
  assert_int_equal(g->warnings[1].line, 18); /* the condition */
}

static void graph_of_a_script(void **state) {
  (void)state;
  roi_error err;
  roi_lua_setting setting = {"late", "roi.uniform(3, 4)"};
  roi_graph *g = roi_graph_new("", 12, ROI_MONTH, &err);
  lua_State *L = luaL_newstate();
  if (run_script(L, g, &setting) != LUA_OK) fail_msg("%s", lua_tostring(L, -1));
  assert_int_equal(roi_graph_validate(g, &err), ROI_OK);
  assert_string_equal(roi_graph_text(g, g->name), "Small");
  assert_string_equal(roi_graph_text(g, g->currency), "EUR");
  assert_int_equal(g->horizon, 24);
  assert_int_equal(g->defaults, 0);
  check_tables(g);
  const roi_input_row *calls = find_input(g, "calls");
  assert_string_equal(roi_graph_text(g, calls->unit), "calls");
  assert_string_equal(roi_graph_text(g, calls->doc), "a month");
  assert_string_equal(roi_graph_text(g, calls->source), "log");
  assert_int_equal(calls->line, 4);
  assert_non_null(find_input(g, "outage.occurs"));
  assert_non_null(find_input(g, "outage.loss"));
  assert_int_equal(find_draw(g, "noise")->flags & ROI_EACH_PERIOD, ROI_EACH_PERIOD);
  assert_int_equal(find_draw(g, "cost")->line, 6);
  assert_null(find_draw(g, "small.lua:6"));
  assert_int_equal(g->n_settings, 1);
  assert_int_equal(g->nodes[g->args[find_draw(g, "late")->first_arg]].family, ROI_FAMILY_UNIFORM);

  assert_true(roi_lua_push_per_trial(L, "wait"));
  assert_true(lua_isfunction(L, -1));
  assert_false(roi_lua_push_per_trial(L, "weight"));
  lua_getglobal(L, "wait_of");
  roi_node wait = roi_lua_distribution(L, -1);
  assert_int_equal(g->nodes[wait].family, ROI_FAMILY_EXPONENTIAL);
  lua_pushnumber(L, 1);
  assert_true(roi_lua_distribution(L, -1) == ROI_NONE);
  lua_close(L);
  roi_graph_free(g);
}

/* The Nth allocation of the project fails, for every N: an error and no crash, and nothing is lost (the address sanitizer's part). */
static void allocations_fail(const char *text) {
  roi_error err;
  int status = LUA_ERRRUN;
  for (long n = 0; status != LUA_OK && n < 100000; n++) {
    lua_State *L = luaL_newstate();
    roi_memory_fail_after(n);
    roi_graph *g = roi_graph_new("", 12, ROI_MONTH, &err);
    if (g) status = run_text(L, g, NULL, text);
    if (g && status != LUA_OK && !strstr(lua_tostring(L, -1), "memory")) fail_msg("%ld: %s", n, lua_tostring(L, -1));
    roi_memory_fail_after(-1);
    lua_close(L);
    roi_graph_free(g);
  }
  assert_int_equal(status, LUA_OK);
}
static void allocations_fail_in_a_script(void **state) {
  (void)state;
  allocations_fail(script);
}
static void allocations_fail_in_parts(void **state) {
  (void)state;
  allocations_fail(parts);
}

/* -- Sheets --------------------------------------------------------------------------------------------------------------- */

#define SHEET_BEGIN \
  "local roi = require 'roisim'\n" \
  "local model = roi.model { name = 'Sheets' }\n" \
  "local x = model.inputs\n" \
  "x.a, x.b = roi.normal(1, 2), roi.uniform(1, 2)\n" \
  "model.outputs.b = x.b\n" \
  "local columns = { { key = 'name', title = 'part', kind = 'text' }, { key = 'npv', title = 'npv', kind = 'money', shown = false } }\n"

static void sheets_of_a_script(void **state) {
  (void)state;
  static const char text[] = SHEET_BEGIN
      "native.add_sheet('parts', 'Parts', 'of the model', columns, {\n"
      "  { 'one', { stat = 'mean', a = x.a } },\n"
      "  { false, { stat = 'quantile', a = x.a, level = 0.05 } },\n"
      "  { 'three', 12 },\n"
      "  { 'four' },\n"
      "  { 'five', { stat = 'ratio', a = x.a, b = 3 } },\n"
      "})\n"
      "native.add_sheet('empty', '', '', columns, {})\n"
      "return model\n";
  roi_error err;
  roi_graph *g = roi_graph_new("", 12, ROI_MONTH, &err);
  lua_State *L = luaL_newstate();
  if (run_text(L, g, NULL, text) != LUA_OK) fail_msg("%s", lua_tostring(L, -1));
  assert_int_equal(roi_graph_validate(g, &err), ROI_OK);
  assert_int_equal(g->n_sheets, 2);
  assert_int_equal(g->sheets[0].n_rows, 5);
  assert_int_equal(g->sheets[1].n_rows, 0);
  assert_string_equal(roi_graph_text(g, g->sheets[0].title), "Parts");
  assert_string_equal(roi_graph_text(g, g->sheets[0].note), "of the model");
  assert_int_equal(g->columns[0].flags, ROI_COLUMN_SHOWN);
  assert_int_equal(g->columns[1].flags, 0);
  assert_int_equal(g->columns[1].kind, ROI_COLUMN_MONEY);
  static const int stats[] = {ROI_CELL_TEXT, ROI_CELL_MEAN, ROI_CELL_EMPTY, ROI_CELL_QUANTILE, ROI_CELL_TEXT, ROI_CELL_VALUE,
                              ROI_CELL_TEXT, ROI_CELL_EMPTY, ROI_CELL_TEXT, ROI_CELL_RATIO};
  for (size_t i = 0; i < sizeof stats / sizeof *stats; i++) assert_int_equal(g->cells[i].stat, stats[i]);
  assert_string_equal(roi_graph_text(g, g->cells[4].text), "three");
  assert_int_equal(g->cells[1].a, find_input(g, "a")->node);
  assert_true(g->cells[3].level == 0.05 && g->cells[5].level == 12);
  assert_int_equal(g->nodes[g->cells[9].b].op, ROI_CONST);
  assert_int_equal(g->n_warnings, 0); /* what a sheet shows has an effect */
  lua_close(L);
  roi_graph_free(g);
}

static void wrong_sheets_are_named(void **state) {
  (void)state;
  static const struct { const char *call, *message; } cases[] = {
      {"'run', '', '', columns, {}", "sheet 'run': the report has a part of that name"},
      {"'s', '', '', columns, { { 'a', x.a } }", "sheet 's', row 1, column 'npv': must be a text, a number, { stat = ... } or false"},
      {"'s', '', '', columns, { { 'a', { stat = 'median', a = x.a } } }",
       "sheet 's', row 1, column 'npv': stat = 'median' must be one of mean, share, quantile, ratio, summary"},
      {"'s', '', '', columns, { { 'a', { stat = 'quantile', a = x.a } } }", "row 1, column 'npv': its level must be 0.01, 0.05"},
      {"'s', '', '', columns, { { 'a', { stat = 'mean', a = model.time * x.a } } }",
       "sheet 's', row 1, column 'npv' must be one number a trial, not a series"},
      {"'s', '', '', columns, { { 'a', { stat = 'mean' } } }", "sheet 's', row 1, column 'npv'"},
      {"'s', '', '', columns, { { 'a', 1, 2 } }", "sheet 's': row 1 must be a list of at most 2 cells"},
      {"'s', '', '', columns, 3", "sheet 's': its columns and rows must be lists"},
      {"'s', '', '', { 1 }, {}", "sheet 's': column 1 must be a table"},
      {"'s', '', '', { { key = 'a', kind = 'mony' } }, {}", "sheet 's', column 'a': kind = 'mony' must be one of text"},
      {"'s', '', '', { { kind = 'money' } }, {}", "sheet 's', column '': a key has letters"},
      {"nil, '', '', columns, {}", "sheet '': a key has letters"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char text[1000];
    roi_error err;
    snprintf(text, sizeof text, SHEET_BEGIN "native.add_sheet(%s)\nreturn model\n", cases[i].call);
    roi_graph *g = roi_graph_new("", 12, ROI_MONTH, &err);
    lua_State *L = luaL_newstate();
    assert_int_equal(run_text(L, g, NULL, text), LUA_ERRRUN);
    if (!strstr(lua_tostring(L, -1), cases[i].message) || !strstr(lua_tostring(L, -1), "small.lua:7: "))
      fail_msg("%s: %s", cases[i].call, lua_tostring(L, -1));
    assert_int_equal(g->n_sheets, 0);
    lua_close(L);
    roi_graph_free(g);
  }
}

static void check_hint(const char *message, const char *expected) {
  char room[200];
  const char *hint = roi_lua_hint(message, room, sizeof room);
  if (expected ? !hint || !strstr(hint, expected) : hint != NULL) fail_msg("%s: %s", message, hint ? hint : "no hint");
}

static void hints(void **state) {
  (void)state;
  check_hint("m.lua:3: 'for' limit must be a number", "roi.per_trial");
  check_hint("bad 'for' limit (number expected, got uncertain value)", "roi.per_trial");
  check_hint("bad argument #1 to 'floor' (number expected, got uncertain value)", "roi.floor");
  check_hint("m.lua:3: roi.exp: operand 1 must be a number or an uncertain value, not nil", NULL);
  check_hint("m.lua:3: attempt to index a nil value (global 'os')", "os is not available");
  check_hint("m.lua:3: attempt to call a nil value (global 'weibull')", "roi.weibull");
  check_hint("m.lua:3: attempt to call a nil value (global 'price')", NULL);
  check_hint("m.lua:3: attempt to call a nil value (global 'price", NULL);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(graph_of_a_script), cmocka_unit_test(allocations_fail_in_a_script),
                                     cmocka_unit_test(allocations_fail_in_parts),
                                     cmocka_unit_test(sheets_of_a_script), cmocka_unit_test(wrong_sheets_are_named),
                                     cmocka_unit_test(hints)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
