/* Uncertain values: the userdata, its metatable and the life of the state behind it. */
#include "host/values.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "host/values_state.h"

#define STATE_KEY "roisim.state"

roi_values *roi_v_registry_state(lua_State *L) {
  lua_getfield(L, LUA_REGISTRYINDEX, STATE_KEY);
  roi_values *v = lua_touserdata(L, -1);
  lua_pop(L, 1);
  return v;
}

void roi_v_function(lua_State *L, int state, int t, const char *name, lua_CFunction f) {
  lua_pushvalue(L, state);
  lua_pushcclosure(L, f, 1);
  lua_setfield(L, t, name);
}

roi_value *roi_v_test(lua_State *L, roi_values *v, int idx) {
  if (lua_type(L, idx) != LUA_TUSERDATA || !lua_getmetatable(L, idx)) return NULL;
  const void *meta = lua_topointer(L, -1);
  lua_pop(L, 1);
  return meta == v->meta ? lua_touserdata(L, idx) : NULL;
}

roi_value *roi_v_receiver(lua_State *L, roi_values *v, const char *method) {
  roi_value *x = roi_v_test(L, v, 1);
  if (!x) roi_v_fail(L, v, "write value:%s(text) with a colon: it is called on an uncertain value, not on %s", method, roi_v_kind(L, v, 1));
  return x;
}

int roi_v_push(lua_State *L, roi_values *v, roi_node n, const roi_error *err) {
  double number;
  if (n == ROI_NONE) return roi_v_raise(L, v, err);
  if (roi_graph_constant(v->g, n, &number)) {
    lua_pushnumber(L, number);
    return 1;
  }
  roi_value *x = lua_newuserdatauv(L, sizeof *x, 0);
  *x = (roi_value){.node = n, .dist = ROI_NONE};
  lua_getfield(L, LUA_REGISTRYINDEX, ROI_VALUE_META);
  lua_setmetatable(L, -2);
  return 1;
}

void roi_v_note_used(lua_State *L, roi_values *v, roi_node n) {
  if (v->n_folded > 0 && v->folded[v->n_folded - 1] == n) return;
  if (roi_grow((void **)&v->folded, v->n_folded, &v->cap_folded, sizeof *v->folded) != 0)
    luaL_error(L, "out of memory while building a model");
  v->folded[v->n_folded++] = n;
}

int roi_v_push_from(lua_State *L, roi_values *v, roi_node n, roi_node from, const roi_error *err) {
  roi_v_push(L, v, n, err);
  if (lua_type(L, -1) == LUA_TNUMBER) roi_v_note_used(L, v, from);
  return 1;
}

int roi_v_is_series(roi_values *v, roi_node n) { return v->g->nodes[n].shape == ROI_SERIES_SHAPE; }

void roi_v_need_model(lua_State *L, roi_values *v, const char *what) {
  if (!v->has_model)
    roi_v_fail(L, v, "%s before roi.model { ... }: the horizon is not known yet; make the model first", what);
}

roi_node roi_v_node(lua_State *L, roi_values *v, int idx, const char *what) {
  roi_error err;
  if (lua_type(L, idx) == LUA_TNUMBER) {
    double number = lua_tonumber(L, idx);
    roi_node n = roi_constant(v->g, number, &err);
    if (n == ROI_NONE && isnan(number))
      roi_v_fail(L, v, "%s is not a number (nan): a plain calculation gave it, such as 0/0", what);
    if (n == ROI_NONE) roi_v_raise(L, v, &err);
    return n;
  }
  roi_value *x = roi_v_test(L, v, idx);
  if (!x) roi_v_fail(L, v, "%s must be a number or an uncertain value, not %s", what, roi_v_kind(L, v, idx));
  if (x->node == ROI_NONE) roi_v_draw(L, v, x);
  return x->node;
}

roi_node roi_v_scalar(lua_State *L, roi_values *v, int idx, const char *what) {
  roi_node n = roi_v_node(L, v, idx, what);
  if (roi_v_is_series(v, n))
    roi_v_fail(L, v, "%s must be one number a trial, not a series: take one period s[p], or reduce it (roi.sum, roi.last)",
               what);
  return n;
}

/* -- operators ---------------------------------------------------------------------------------------------------------- */

/* Upvalue 2: the operation, 3: how the script writes it. */
static int value_binary(lua_State *L) {
  return roi_v_binary(L, roi_v_state(L), (roi_opcode)lua_tointeger(L, lua_upvalueindex(2)), 1, 2,
                      lua_tostring(L, lua_upvalueindex(3)));
}

static int value_negate(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_error err;
  roi_v_here(L, v);
  roi_node a = roi_v_node(L, v, 1, "'-'");
  return roi_v_push(L, v, roi_apply(v->g, ROI_NEG, &a, 1, &err), &err);
}

/* Upvalue 2: what to say. */
static int value_refuse(lua_State *L) { return roi_v_fail(L, roi_v_state(L), "%s", lua_tostring(L, lua_upvalueindex(2))); }

static int value_period(lua_State *L, roi_values *v, roi_value *x, double p) {
  if (x->node == ROI_NONE) roi_v_draw(L, v, x);
  if (!roi_v_is_series(v, x->node))
    return roi_v_fail(L, v, "this is one number a trial, not a series, so it has no periods to take by [ ]");
  if (!(p >= 0) || p > v->g->horizon || p != floor(p)) {
    lua_pushvalue(L, 2);
    return roi_v_fail(L, v, "[%s]: periods are whole numbers from 0 to the horizon %d", lua_tostring(L, -1),
                      (int)v->g->horizon);
  }
  roi_error err;
  roi_v_here(L, v);
  return roi_v_push_from(L, v, roi_apply_at(v->g, ROI_ELEMENT, &x->node, 1, (int32_t)p, &err), x->node, &err);
}

/* Upvalue 2: the methods. */
static int value_index(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_value *x = roi_v_test(L, v, 1);
  if (x && lua_type(L, 2) == LUA_TNUMBER) return value_period(L, v, x, lua_tonumber(L, 2));
  if (lua_type(L, 2) == LUA_TSTRING) {
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(2)) != LUA_TNIL) return 1;
    static const char *const names[] = {"truncate", "clamp", "name", "unit", "doc", "source"};
    const char *word = lua_tostring(L, 2);
    return roi_v_fail(L, v, "an uncertain value has no '%s'%s", word,
                      roi_v_suggest(L, word, names, sizeof names / sizeof *names));
  }
  if (roi_v_test(L, v, 2))
    return roi_v_fail(L, v, "[ ] takes a plain whole period; for the value in an uncertain period p write "
                            "roi.sum(roi.where(roi.eq(model.time, p), s, 0))");
  return roi_v_fail(L, v, "[ ] takes a plain whole period, not %s", roi_v_kind(L, v, 2));
}

/* A method that the library adds, called on a value: on anything else its own code would fail in words that say nothing. A text alone is
 * left to it, for it knows the call without a colon. Upvalue 2: the method, 3: its name. */
static int value_method(lua_State *L) {
  roi_values *v = roi_v_state(L);
  if (lua_gettop(L) != 1 || lua_type(L, 1) != LUA_TSTRING) roi_v_receiver(L, v, lua_tostring(L, lua_upvalueindex(3)));
  lua_pushvalue(L, lua_upvalueindex(2));
  lua_insert(L, 1);
  lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
  return lua_gettop(L);
}

static int add_method(lua_State *L) {
  lua_settop(L, 3);
  lua_pushvalue(L, 2);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_pushvalue(L, 3);
  lua_pushvalue(L, 2);
  lua_pushcclosure(L, value_method, 3);
  lua_rawset(L, 1);
  return 0;
}

static int value_tostring(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_value *x = roi_v_test(L, v, 1);
  if (!x) lua_pushliteral(L, "uncertain value");
  else if (x->dist != ROI_NONE) lua_pushfstring(L, "draw '%s'", roi_v_draw_name(L, v, x));
  else lua_pushstring(L, roi_v_is_series(v, x->node) ? "uncertain series" : "uncertain number");
  return 1;
}

static const struct { const char *event; roi_opcode op; const char *sign; } operators[] = {
    {"__add", ROI_ADD, "'+'"}, {"__sub", ROI_SUB, "'-'"}, {"__mul", ROI_MUL, "'*'"}, {"__div", ROI_DIV, "'/'"},
    {"__mod", ROI_MOD, "'%'"}, {"__idiv", ROI_IDIV, "'//'"}, {"__pow", ROI_POW, "'^'"}};

static const struct { const char *event, *text; } refused[] = {
    {"__lt", "'<' or '>' between uncertain values has no one answer, since each trial has its own: write roi.lt(a, b) or "
             "roi.gt(a, b), and roi.where(cond, a, b) to choose"},
    {"__le", "'<=' or '>=' between uncertain values has no one answer, since each trial has its own: write roi.le(a, b) or "
             "roi.ge(a, b), and roi.where(cond, a, b) to choose"},
    {"__eq", "'==' or '~=' between uncertain values has no one answer, since each trial has its own: write roi.eq(a, b) or "
             "roi.ne(a, b)"},
    {"__concat", "'..' joins texts, and an uncertain value is no text: it has a number only in each trial; to see it, make "
                 "it an output (model.outputs.NAME = value)"},
    {"__len", "'#' of an uncertain value: a series always has the periods up to model.horizon"},
    {"__newindex", "an uncertain value can't be changed: make another with roi.where, roi.series or roi.at"},
    {"__call", "an uncertain value can't be called"},
    {"__band", "'&' works on bits: for conditions write roi.all(a, b)"},
    {"__bor", "'|' works on bits: for conditions write roi.any(a, b)"},
    {"__bxor", "'~' works on bits: for conditions write roi.ne(a, b)"},
    {"__bnot", "'~' works on bits: for a condition write roi.no(a)"},
    {"__shl", "'<<' works on bits: write a multiplication"},
    {"__shr", "'>>' works on bits: write a division"},
    {"__pairs", "an uncertain value has no fields to go through: loop p from 1 to model.horizon and take s[p]"}};

static void make_metatable(lua_State *L, roi_values *v, int state, int methods) {
  lua_createtable(L, 0, 32);
  int t = lua_gettop(L);
  for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
    lua_pushvalue(L, state);
    lua_pushinteger(L, (lua_Integer)operators[i].op);
    lua_pushstring(L, operators[i].sign);
    lua_pushcclosure(L, value_binary, 3);
    lua_setfield(L, t, operators[i].event);
  }
  for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
    lua_pushvalue(L, state);
    lua_pushstring(L, refused[i].text);
    lua_pushcclosure(L, value_refuse, 2);
    lua_setfield(L, t, refused[i].event);
  }
  roi_v_function(L, state, t, "__unm", value_negate);
  roi_v_function(L, state, t, "__tostring", value_tostring);
  lua_pushvalue(L, state);
  lua_pushvalue(L, methods);
  lua_pushcclosure(L, value_index, 2);
  lua_setfield(L, t, "__index");
  lua_pushliteral(L, "uncertain value");
  lua_setfield(L, t, "__name");
  lua_pushboolean(L, 0);
  lua_setfield(L, t, "__metatable");
  v->meta = lua_topointer(L, t);
  lua_setfield(L, LUA_REGISTRYINDEX, ROI_VALUE_META);
}

/* From here on methods are the library's. */
static void guard_methods(lua_State *L, int state, int native) {
  lua_getfield(L, native, "methods");
  lua_createtable(L, 0, 1);
  roi_v_function(L, state, lua_gettop(L), "__newindex", add_method);
  lua_setmetatable(L, -2);
  lua_pop(L, 1);
}

/* -- the state ---------------------------------------------------------------------------------------------------------- */

static int state_release(lua_State *L) {
  roi_values *v = lua_touserdata(L, 1);
  for (size_t i = 0; i < v->n_sources; i++) roi_free(v->sources[i].source);
  roi_free(v->sources);
  roi_free(v->lines);
  roi_free(v->line_index);
  roi_free(v->conditions);
  roi_free(v->folded);
  roi_free(v->setting_used);
  roi_free(v->promises);
  roi_free(v->settled);
  roi_free(v->waiting);
  roi_copy_end(&v->plain);
  return 0;
}

void roi_lua_open_values(lua_State *L, roi_graph *g, const roi_lua_setting *settings, size_t n_settings, roi_lua_scenario *scenario,
                         int env) {
  env = lua_absindex(L, env);
  luaL_checkstack(L, 12, "opening the values");
  roi_values *v = lua_newuserdatauv(L, sizeof *v, 0);
  int state = lua_gettop(L);
  memset(v, 0, sizeof *v);
  lua_createtable(L, 0, 1);
  lua_pushcfunction(L, state_release);
  lua_setfield(L, -2, "__gc");
  lua_setmetatable(L, state);
  v->g = g;
  v->settings = settings;
  v->n_settings = n_settings;
  v->scenario = scenario;
  v->setting_used = roi_alloc_zero(n_settings ? n_settings : 1, 1);
  if (!v->setting_used) luaL_error(L, "out of memory while opening the values");
  lua_pushvalue(L, state);
  lua_setfield(L, LUA_REGISTRYINDEX, STATE_KEY);

  lua_createtable(L, 0, 128);
  int native = lua_gettop(L);
  lua_newtable(L);
  make_metatable(L, v, state, native + 1);
  lua_setfield(L, native, "methods");
  lua_pushvalue(L, env);
  lua_setfield(L, native, "env");
  roi_v_open_ops(L, state, native);
  roi_v_open_series(L, state, native);
  roi_v_open_draws(L, state, native);
  roi_v_open_families(L, state, native);
  roi_v_open_correlations(L, state, native);
  roi_v_open_promises(L, state, native);
  roi_v_open_scenarios(L, state, native);
  roi_v_open_model(L, state, native);
  roi_v_open_sheets(L, state, native);
  roi_v_open_portfolio(L, state, native);
  roi_v_open_guards(L, state, native);
  guard_methods(L, state, native);
  lua_remove(L, state);
}
