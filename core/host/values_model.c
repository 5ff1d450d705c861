/* The graph's tables as functions: model, inputs, outputs, components, warnings, settings, functions run each trial. The rules
 * of the language on them are in lua/roisim.lua. */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/state.h"
#include "base/text.h"
#include "host/values_state.h"

#define FINISH_KEY "roisim.finish"
#define ROI_KEY "roisim.roi"
#define PER_TRIAL_KEY "roisim.per_trial"

static void check(lua_State *L, roi_values *v, roi_status status, const roi_error *err) {
  if (status != ROI_OK) roi_v_raise(L, v, err);
}

/* set_model(name, currency, horizon, period 0 to 3, defaults) */
static int model_set(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_error err;
  check(L, v, roi_graph_set_model(v->g, roi_v_text(L, v, 1), roi_v_text(L, v, 2), (int)lua_tointeger(L, 3),
                                  (roi_period)lua_tointeger(L, 4), (uint32_t)lua_tointeger(L, 5), &err), &err);
  v->has_model = 1;
  roi_v_take_plain(L, v);
  return 0;
}

/* horizon(what): the horizon; an error that names `what` before the model is made */
static int model_horizon(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_v_need_model(L, v, lua_tostring(L, 1));
  lua_pushinteger(L, (lua_Integer)v->g->horizon);
  return 1;
}

/* discount_rate(rate): a number or a scalar */
static int model_discount_rate(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_v_here(L, v);
  v->g->discount_rate = roi_v_scalar(L, v, 1, "discount_rate");
  v->g->defaults &= ~2u;
  return 0;
}

static int model_has_flows(lua_State *L) {
  roi_v_state(L)->g->has_flows = 1;
  return 0;
}

/* add_input(name, value, unit, doc, source) */
static int model_add_input(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_error err;
  roi_v_here(L, v);
  uint32_t file = v->g->here_file, line = v->g->here_line;
  check(L, v, roi_graph_add_input(v->g, roi_v_text(L, v, 1), roi_v_node(L, v, 2, "an input"), &err), &err);
  check(L, v, roi_graph_annotate_input(v->g, v->g->n_inputs - 1, roi_v_text(L, v, 3), roi_v_text(L, v, 4), roi_v_text(L, v, 5),
                                       file, line, &err), &err);
  return 0;
}

/* annotate(name, unit, doc, source) of an input already there */
static int model_annotate(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_error err;
  for (size_t i = 0; i < v->g->n_inputs; i++) {
    const roi_input_row *row = &v->g->inputs[i];
    if (strcmp(roi_graph_text(v->g, row->name), roi_v_text(L, v, 1)) != 0) continue;
    check(L, v, roi_graph_annotate_input(v->g, i, roi_v_text(L, v, 2), roi_v_text(L, v, 3), roi_v_text(L, v, 4), row->file,
                                         row->line, &err), &err);
  }
  return 0;
}

/* add_output(name, value, standard) */
static int model_add_output(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_error err;
  roi_v_here(L, v);
  const char *what = lua_pushfstring(L, "output '%s'", roi_v_text(L, v, 1));
  check(L, v, roi_graph_add_output(v->g, roi_v_text(L, v, 1), roi_v_scalar(L, v, 2, what), &err), &err);
  v->g->outputs[v->g->n_outputs - 1].standard = lua_toboolean(L, 3) ? 1 : 0;
  return 0;
}

/* add_component(name, kind 0 to 2, value) */
static int model_add_component(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_error err;
  roi_v_here(L, v);
  check(L, v, roi_graph_add_component(v->g, roi_v_text(L, v, 1), (roi_component_kind)lua_tointeger(L, 2),
                                      roi_v_scalar(L, v, 3, "a component"), &err), &err);
  return 0;
}

/* add_expectation(name, kind 1 to 5, value, level 0 to 8, expected, within); or (name, 0, why it failed, or nil) */
static int model_add_expectation(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_error err;
  roi_v_here(L, v);
  roi_expectation_row row = {.kind = (uint32_t)lua_tointeger(L, 2), .node = ROI_NONE};
  const char *text = NULL;
  if (row.kind == ROI_EXPECT_PLAIN) {
    text = roi_v_text(L, v, 3);
    row.failed = text != NULL;
  } else {
    row.node = roi_v_scalar(L, v, 3, "what is expected");
    row.level = (uint32_t)lua_tointeger(L, 4);
    row.expected = lua_tonumber(L, 5);
    row.within = lua_tonumber(L, 6);
  }
  check(L, v, roi_graph_add_expectation(v->g, roi_v_text(L, v, 1), text, row, &err), &err);
  return 0;
}

/* expectations(): how many there are */
static int model_expectations(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)roi_v_state(L)->g->n_expectations);
  return 1;
}

/* add_label(name, value): a name by which conditions and reports find the value */
static int model_add_label(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_error err;
  roi_v_here(L, v);
  check(L, v, roi_graph_add_label(v->g, roi_v_text(L, v, 1), roi_v_node(L, v, 2, "a label"), &err), &err);
  return 0;
}

/* add_decision(name, condition, pass, stop): a gate and what its part is worth either way */
static int model_add_decision(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_error err;
  roi_v_here(L, v);
  roi_node condition = roi_v_scalar(L, v, 2, "a gate's condition"), pass = roi_v_scalar(L, v, 3, "a gate's worth");
  check(L, v, roi_graph_add_decision(v->g, roi_v_text(L, v, 1), condition, pass, roi_v_scalar(L, v, 4, "a gate's worth"), &err), &err);
  return 0;
}

/* place(): the script's place: file and line, nil if there is none */
static int script_place(lua_State *L) {
  roi_place p = roi_v_place(L, roi_v_state(L));
  if (!p.line) return 0;
  lua_pushstring(L, p.file);
  lua_pushinteger(L, (lua_Integer)p.line);
  return 2;
}

/* stand_at(file, line): new nodes get that place; without arguments, the script's own again */
static int script_stand_at(lua_State *L) {
  roi_values *v = roi_v_state(L);
  v->fixed_file = lua_isnoneornil(L, 1) ? 0 : roi_v_string(L, v, lua_tostring(L, 1));
  v->fixed_line = (uint32_t)lua_tointeger(L, 2);
  return 0;
}

/* fail(text): an error at the script's place. What the script wrote may hold zero bytes, at which the message must not end. */
static int script_fail(lua_State *L) {
  size_t size;
  const char *text = luaL_checklstring(L, 1, &size), *end = text + size;
  luaL_Buffer b;
  luaL_buffinit(L, &b);
  for (const char *zero; (zero = memchr(text, '\0', (size_t)(end - text))) != NULL; text = zero + 1) {
    luaL_addlstring(&b, text, (size_t)(zero - text));
    luaL_addstring(&b, "\\0");
  }
  luaL_addlstring(&b, text, (size_t)(end - text));
  luaL_pushresult(&b);
  return roi_v_fail(L, roi_v_state(L), "%s", lua_tostring(L, -1));
}

/* warn(file, line, text, rule = "model", level = 0, when = nil): see roi_warning_row */
static int script_warn(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_error err;
  lua_settop(L, 6);
  roi_finding f = {.file = roi_v_string(L, v, lua_tostring(L, 1)), .line = (uint32_t)lua_tointeger(L, 2), .text = lua_tostring(L, 3),
                   .rule = luaL_optstring(L, 4, "model"), .level = (uint32_t)lua_tointeger(L, 5), .when = ROI_NONE};
  if (!lua_isnil(L, 6)) f.when = roi_v_scalar(L, v, 6, "what a warning depends on");
  check(L, v, roi_graph_add_finding(v->g, &f, &err), &err);
  return 0;
}

/* suggest(word, list of names): "; did you mean 'x'?" or "" */
static int script_suggest(lua_State *L) {
  size_t n = (size_t)lua_rawlen(L, 2);
  const char **names = lua_newuserdatauv(L, (n ? n : 1) * sizeof *names, 0);
  for (size_t i = 0; i < n; i++) { /* the list keeps the strings */
    lua_rawgeti(L, 2, (lua_Integer)i + 1);
    names[i] = lua_tostring(L, -1);
    lua_pop(L, 1);
  }
  roi_v_suggest(L, lua_tostring(L, 1), names, n);
  return 1;
}

/* proxy(metatable): a userdata with that metatable, which scripts can neither change nor look into */
static int script_proxy(lua_State *L) {
  lua_newuserdatauv(L, 0, 0);
  lua_pushvalue(L, 1);
  lua_setmetatable(L, -2);
  return 1;
}

/* -- settings ----------------------------------------------------------------------------------------------------------- */

static void push_setting_environment(lua_State *L) {
  lua_createtable(L, 0, 1);
  lua_getfield(L, LUA_REGISTRYINDEX, ROI_KEY);
  lua_setfield(L, -2, "roi");
  lua_createtable(L, 0, 1);
  lua_pushvalue(L, lua_upvalueindex(2));
  lua_setfield(L, -2, "__index");
  lua_setmetatable(L, -2);
}

/* Raises the error on top, of reading or evaluating a setting, with the setting as it was given. */
static int fail_setting(lua_State *L, roi_values *v, const char *name, const char *text, const char *chunk) {
  const char *why = lua_tostring(L, -1);
  size_t n = strlen(chunk) - 1; /* "=--set NAME", as in "--set NAME:1: text" */
  if (!why || strncmp(why, chunk + 1, n) != 0 || strncmp(why + n, ":1: ", 4) != 0) return lua_error(L);
  why += n + 4;
  return roi_v_fail(L, v, "--set %s=%s: %s%s", name, text, why,
                    strstr(why, "a nil value (global") ? "; the expression sees roi, and no name of the script's" : "");
}

/* Raises the syntax error on top, or what was meant most likely by 35%. */
static int refuse_setting(lua_State *L, roi_values *v, const char *name, const char *text, const char *chunk) {
  char number[32], share[32];
  double x;
  size_t n = strlen(text);
  if (n < 2 || n > sizeof number || text[n - 1] != '%') return fail_setting(L, v, name, text, chunk);
  memcpy(number, text, n - 1);
  number[n - 1] = '\0';
  if (roi_parse_number(number, &x) != 0) return fail_setting(L, v, name, text, chunk);
  return roi_v_fail(L, v, "--set %s=%s: a percentage is written as a share: %s", name, text, roi_format_shortest(share, x / 100));
}

/* More than one value: most likely a decimal comma. */
static int refuse_values(lua_State *L, roi_values *v, const char *name, const char *text) {
  int is_comma = strspn(text, "0123456789,-") == strlen(text) && strchr(text, ',') == strrchr(text, ',');
  return roi_v_fail(L, v, "--set %s=%s: needs one value%s", name, text,
                    is_comma ? "; decimals have a point: 9.5, not 9,5" : "");
}

/* setting(name): true and the value of --set name=EXPR, or false. The last of several counts. Upvalue 2: the environment. */
static int setting_value(lua_State *L) {
  roi_values *v = roi_v_state(L);
  const char *name = lua_tostring(L, 1), *text = NULL;
  for (size_t i = 0; i < v->n_settings; i++) {
    if (strcmp(v->settings[i].name, name) != 0) continue;
    v->setting_used[i] = 1;
    text = v->settings[i].text;
  }
  if (!text) return 0;
  const char *code = lua_pushfstring(L, "return %s", text);
  const char *chunk = lua_pushfstring(L, "=--set %s", name);
  if (luaL_loadbufferx(L, code, strlen(code), chunk, "t") != LUA_OK) return refuse_setting(L, v, name, text, chunk);
  push_setting_environment(L);
  lua_setupvalue(L, -2, 1);
  int base = lua_gettop(L);
  if (lua_pcall(L, 0, LUA_MULTRET, 0) != LUA_OK) return fail_setting(L, v, name, text, chunk);
  if (lua_gettop(L) != base) return refuse_values(L, v, name, text);
  roi_error err;
  check(L, v, roi_graph_add_setting(v->g, name, text, &err), &err);
  lua_pushboolean(L, 1);
  lua_insert(L, -2);
  return 2;
}

/* given(x): x itself; from then on an infinity may be the script's never. never_given(): whether that is so */
static int never_note(lua_State *L) {
  if (lua_tonumber(L, 1) == ROI_NEVER) roi_v_state(L)->never_given = 1;
  lua_settop(L, 1);
  return 1;
}

static int never_noted(lua_State *L) {
  lua_pushboolean(L, roi_v_state(L)->never_given);
  return 1;
}

/* is_state(x): whether a plain number is a state, such as that of a rate of return that is not there */
static int number_is_state(lua_State *L) {
  lua_pushboolean(L, roi_state_of(lua_tonumber(L, 1)) != ROI_STATE_NONE);
  return 1;
}

static int held_done(lua_State *L, int status, lua_KContext context) {
  (void)status, (void)context;
  return lua_gettop(L);
}

static int held_call(lua_State *L) {
  lua_pushvalue(L, lua_upvalueindex(2));
  lua_insert(L, 1);
  lua_callk(L, lua_gettop(L) - 1, LUA_MULTRET, 0, held_done); /* a coroutine of the script may yield in it */
  return held_done(L, LUA_OK, 0);
}

/* held(f): f, called in a way that its caller's place is still known where a script writes `return f(...)` */
static int function_held(lua_State *L) {
  lua_settop(L, 1);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_pushcclosure(L, held_call, 2);
  return 1;
}

/* unused_setting(): name and text of a --set that nothing used, or nothing */
static int setting_unused(lua_State *L) {
  roi_values *v = roi_v_state(L);
  for (size_t i = 0; i < v->n_settings; i++) {
    if (v->setting_used[i]) continue;
    lua_pushstring(L, v->settings[i].name);
    lua_pushstring(L, v->settings[i].text);
    return 2;
  }
  return 0;
}

/* ready(roi, finish): what settings see, and what completes the model */
static int library_ready(lua_State *L) {
  lua_pushvalue(L, 2);
  lua_setfield(L, LUA_REGISTRYINDEX, FINISH_KEY);
  lua_pushvalue(L, 1);
  lua_setfield(L, LUA_REGISTRYINDEX, ROI_KEY);
  return 0;
}

/* -- functions run each trial ------------------------------------------------------------------------------------------- */

/* per_trial(name, function, ...) */
static int per_trial(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_error err;
  int n = lua_gettop(L) - 2;
  if (lua_type(L, 1) != LUA_TSTRING || lua_rawlen(L, 1) == 0 || lua_type(L, 2) != LUA_TFUNCTION)
    return roi_v_fail(L, v, "roi.per_trial(name, function, ...) takes a name and a function first, not %s and %s",
                      roi_v_kind(L, v, 1), roi_v_kind(L, v, 2));
  const char *name = roi_v_name(L, v, 1, "roi.per_trial");
  roi_v_here(L, v);
  roi_node *node = lua_newuserdatauv(L, (size_t)(n ? n : 1) * sizeof *node, 0);
  for (int i = 0; i < n; i++) node[i] = roi_v_node(L, v, i + 3, "roi.per_trial: an argument");
  roi_node x = roi_extern_node(v->g, name, node, (size_t)n, &err);
  luaL_getsubtable(L, LUA_REGISTRYINDEX, PER_TRIAL_KEY);
  lua_pushvalue(L, 1);
  lua_pushvalue(L, 2);
  if (x != ROI_NONE) lua_rawset(L, -3);
  return roi_v_push(L, v, x, &err);
}

int roi_lua_push_per_trial(lua_State *L, const char *name) {
  luaL_getsubtable(L, LUA_REGISTRYINDEX, PER_TRIAL_KEY);
  int found = lua_getfield(L, -1, name) == LUA_TFUNCTION;
  lua_remove(L, -2);
  if (!found) lua_pop(L, 1);
  return found;
}

/* -- the end ------------------------------------------------------------------------------------------------------------ */

enum { USED = 1, IN_CONDITION = 2 };

/* Marks the nodes that the outputs, sheets and plain numbers of the script rest on, and the operands of the conditions it made. */
static void mark_used(const roi_values *v, unsigned char *used) {
  const roi_graph *g = v->g;
  for (size_t i = 0; i < v->n_conditions; i++) {
    const roi_node_row *row = &g->nodes[v->conditions[i].node];
    for (uint32_t k = 0; k < row->n_args; k++) used[g->args[row->first_arg + k]] = IN_CONDITION;
  }
  for (size_t i = 0; i < g->n_outputs; i++) used[g->outputs[i].node] |= USED;
  for (size_t i = 0; i < g->n_expectations; i++)
    if (g->expectations[i].node != ROI_NONE) used[g->expectations[i].node] |= USED;
  for (size_t i = 0; i < g->n_cells; i++) {
    const roi_cell_row *c = &g->cells[i];
    if (c->a != ROI_NONE) used[c->a] |= USED;
    if (c->b != ROI_NONE) used[c->b] |= USED;
  }
  for (size_t i = 0; i < v->n_folded; i++) used[v->folded[i]] |= USED;
  for (size_t i = g->n_nodes; i-- > 0;) { /* arguments come before what uses them */
    if (!(used[i] & USED)) continue;
    const roi_node_row *row = &g->nodes[i];
    for (uint32_t k = 0; k < row->n_args; k++) used[g->args[row->first_arg + k]] |= USED;
  }
}

/* warn_unused(): warnings for inputs and conditions that no output depends on */
static int warn_unused(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_graph *g = v->g;
  roi_error err;
  double number;
  unsigned char *used = lua_newuserdatauv(L, g->n_nodes + 1, 0);
  memset(used, 0, g->n_nodes + 1);
  mark_used(v, used);
  for (size_t i = 0; i < g->n_inputs; i++) {
    roi_input_row row = g->inputs[i];
    if ((used[row.node] & USED) || roi_graph_constant(g, row.node, &number)) continue;
    const char *text = lua_pushfstring(L, "input '%s' has no effect on any output", roi_graph_text(g, row.name));
    const roi_finding f = {.file = row.file, .line = row.line, .rule = "unused-input", .text = text, .when = ROI_NONE};
    check(L, v, roi_graph_add_finding(g, &f, &err), &err);
    lua_pop(L, 1);
  }
  for (size_t i = 0; i < v->n_conditions; i++) {
    roi_seen_condition c = v->conditions[i];
    if (used[c.node]) continue; /* of a condition within another, the outer one is named */
    const roi_finding f = {.file = c.file, .line = c.line, .rule = "unused-condition", .when = ROI_NONE,
                           .text = "this condition has no effect on any output: 'if' can't test an uncertain value, "
                                   "choose with roi.where(cond, a, b)"};
    check(L, v, roi_graph_add_finding(g, &f, &err), &err);
  }
  return 0;
}

void roi_lua_finish(lua_State *L) {
  roi_values *v = roi_v_registry_state(L);
  lua_getfield(L, LUA_REGISTRYINDEX, FINISH_KEY);
  lua_insert(L, -2);
  lua_call(L, 1, 0);
  roi_v_finish_scenario(L, v);
  v->finished = 1;
}

void roi_v_open_model(lua_State *L, int state, int t) {
  static const struct { const char *name; lua_CFunction f; } functions[] = {
      {"set_model", model_set}, {"horizon", model_horizon}, {"discount_rate", model_discount_rate},
      {"has_flows", model_has_flows}, {"add_input", model_add_input}, {"annotate", model_annotate},
      {"add_output", model_add_output}, {"add_component", model_add_component},
      {"add_label", model_add_label}, {"add_decision", model_add_decision}, {"place", script_place},
      {"add_expectation", model_add_expectation}, {"expectations", model_expectations},
      {"stand_at", script_stand_at}, {"fail", script_fail}, {"warn", script_warn}, {"suggest", script_suggest},
      {"held", function_held}, {"given", never_note}, {"never_given", never_noted}, {"is_state", number_is_state},
      {"proxy", script_proxy}, {"unused_setting", setting_unused}, {"ready", library_ready}, {"per_trial", per_trial}, {"warn_unused", warn_unused}};
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
    roi_v_function(L, state, t, functions[i].name, functions[i].f);
  lua_pushvalue(L, state);
  lua_getfield(L, t, "env");
  lua_pushcclosure(L, setting_value, 2);
  lua_setfield(L, t, "setting");
}
