/* What makes, shifts and reduces series. The library in Lua puts lists of plain numbers on top (lua/roisim.lua). */
#include <math.h>

#include "base/memory.h"
#include "host/sandbox.h"
#include "host/values_state.h"
#include "math/irr.h"

/* A series at idx; anything else is an error. */
static roi_node series_at(lua_State *L, roi_values *v, int idx, const char *name) {
  roi_value *x = roi_v_test(L, v, idx);
  if (x && x->node == ROI_NONE) roi_v_draw(L, v, x);
  if (!x || !roi_v_is_series(v, x->node))
    roi_v_fail(L, v, "%s takes a series (one number a period) or a list { v1, v2, ... }, not %s; a value that stays the same "
                     "becomes a series by roi.series, by roi.at or next to model.time", name, roi_v_kind(L, v, idx));
  return x->node;
}

/* Reductions and scans of one series. Upvalue 2: the operation, 3: its name. */
static int series_op(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_error err;
  roi_v_here(L, v);
  roi_node s = series_at(L, v, 1, lua_tostring(L, lua_upvalueindex(3)));
  roi_opcode op = (roi_opcode)lua_tointeger(L, lua_upvalueindex(2));
  return roi_v_push_from(L, v, roi_apply(v->g, op, &s, 1, &err), s, &err);
}

/* lag(s, periods): periods a whole number >= 0. */
static int series_lag(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_error err;
  roi_v_here(L, v);
  roi_node s = series_at(L, v, 1, "roi.lag");
  return roi_v_push(L, v, roi_apply_at(v->g, ROI_LAG, &s, 1, (int32_t)lua_tointeger(L, 2), &err), &err);
}

/* series(list): a series from period 1 of a list of numbers and scalars, as long as the horizon at most. */
static int series_list(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_error err;
  roi_v_need_model(L, v, "roi.series");
  roi_v_here(L, v);
  roi_sandbox_see_through(L, 1);
  lua_Unsigned n = lua_rawlen(L, 1);
  if (n > v->g->horizon)
    return roi_v_fail(L, v, "roi.series: %d values, but the horizon is %d: raise roi.model's horizon or give fewer", (int)n,
                      (int)v->g->horizon);
  roi_node *node = lua_newuserdatauv(L, n * sizeof *node, 0);
  for (lua_Unsigned i = 0; i < n; i++) {
    lua_rawgeti(L, 1, (lua_Integer)i + 1);
    const char *what = lua_pushfstring(L, "roi.series: value %d", (int)i + 1);
    node[i] = roi_v_scalar(L, v, -2, what);
    lua_pop(L, 2);
  }
  return roi_v_push(L, v, roi_apply_at(v->g, ROI_SERIES, node, n, 1, &err), &err);
}

static int series_place(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_error err;
  roi_v_need_model(L, v, "roi.at");
  roi_v_here(L, v);
  if (lua_gettop(L) != 2) return roi_v_fail(L, v, "roi.at(period, value) takes 2 arguments, not %d", lua_gettop(L));
  roi_node node[2];
  if (lua_type(L, 1) == LUA_TSTRING)
    return roi_v_fail(L, v, "roi.at(period, value): the period is a number of periods from now (0 = now), not %s",
                      roi_v_kind(L, v, 1));
  node[0] = roi_v_scalar(L, v, 1, "roi.at(period, value): period");
  node[1] = roi_v_node(L, v, 2, "roi.at(period, value): value");
  if (lua_type(L, 1) == LUA_TNUMBER && !(lua_tonumber(L, 1) > -1.0))
    return roi_v_fail(L, v, "roi.at(period, value): period %s is before 0, the moment of decision", roi_v_kind(L, v, 1));
  return roi_v_push(L, v, roi_apply(v->g, ROI_AT, node, 2, &err), &err);
}

/* time(start): the period index from start, 0 or 1. */
static int series_time(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_error err;
  roi_v_here(L, v);
  return roi_v_push(L, v, roi_time(v->g, (int)lua_tointeger(L, 1), &err), &err);
}

/* start(s): the first period of a series, 0 or 1. */
static int series_start(lua_State *L) {
  roi_values *v = roi_v_state(L);
  lua_pushinteger(L, v->g->nodes[series_at(L, v, 1, "a flow")].start);
  return 1;
}

/* late(s): the period where a value is placed by a plain number beyond the horizon, else nothing; never is not late. */
static int series_late(lua_State *L) {
  roi_values *v = roi_v_state(L);
  const roi_node_row *row = &v->g->nodes[series_at(L, v, 1, "a flow")];
  double period;
  if (row->op != ROI_AT || !roi_graph_constant(v->g, v->g->args[row->first_arg], &period)) return 0;
  if (!(ceil(period) > v->g->horizon) || isinf(period)) return 0;
  lua_pushnumber(L, ceil(period));
  return 1;
}

/* is_plain(s): whether a series depends on nothing uncertain. */
static int series_is_plain(lua_State *L) {
  roi_values *v = roi_v_state(L);
  lua_pushboolean(L, (v->g->nodes[series_at(L, v, 1, "a flow")].flags & ROI_FIXED) != 0);
  return 1;
}

/* irr_list(list of plain numbers): the internal rate of return a period. */
static int irr_list(lua_State *L) {
  roi_sandbox_see_through(L, 1);
  size_t n = (size_t)lua_rawlen(L, 1);
  double *flow = lua_newuserdatauv(L, (n + roi_irr_scratch(n)) * sizeof *flow, 0);
  for (size_t i = 0; i < n; i++) {
    lua_rawgeti(L, 1, (lua_Integer)i + 1);
    flow[i] = lua_tonumber(L, -1);
    lua_pop(L, 1);
  }
  lua_pushnumber(L, roi_irr(flow, n, flow + n));
  return 1;
}

/* shape(x): "number", "scalar", "series", or nil if x is no value; a distribution is drawn. */
static int value_shape(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_value *x = roi_v_test(L, v, 1);
  if (lua_type(L, 1) == LUA_TNUMBER) {
    lua_pushliteral(L, "number");
  } else if (!x) {
    lua_pushnil(L);
  } else {
    roi_v_here(L, v);
    lua_pushstring(L, roi_v_is_series(v, roi_v_node(L, v, 1, "a value")) ? "series" : "scalar");
  }
  return 1;
}

/* describe(x): what x is, for messages. */
static int value_describe(lua_State *L) {
  lua_pushstring(L, roi_v_kind(L, roi_v_state(L), 1));
  return 1;
}

void roi_v_open_series(lua_State *L, int state, int t) {
  static const roi_opcode ops[] = {ROI_DIFF,     ROI_CUMSUM,   ROI_CUMPROD, ROI_SUM,  ROI_MEAN, ROI_LAST, ROI_FIRST,
                                   ROI_MAX_OVER, ROI_MIN_OVER, ROI_PAYBACK, ROI_IRR};
  for (size_t i = 0; i < sizeof ops / sizeof *ops; i++) {
    lua_pushvalue(L, state);
    lua_pushinteger(L, (lua_Integer)ops[i]);
    lua_pushfstring(L, "roi.%s", roi_op_rows[ops[i]].name);
    lua_pushcclosure(L, series_op, 3);
    lua_setfield(L, t, roi_op_rows[ops[i]].name);
  }
  roi_v_function(L, state, t, "lag", series_lag);
  roi_v_function(L, state, t, "series", series_list);
  roi_v_function(L, state, t, "at", series_place);
  roi_v_function(L, state, t, "time", series_time);
  roi_v_function(L, state, t, "start", series_start);
  roi_v_function(L, state, t, "late", series_late);
  roi_v_function(L, state, t, "is_plain", series_is_plain);
  roi_v_function(L, state, t, "irr_list", irr_list);
  roi_v_function(L, state, t, "shape", value_shape);
  roi_v_function(L, state, t, "describe", value_describe);
}
