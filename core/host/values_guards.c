/* What the guards against usual mistakes ask of the graph while it stands as the script wrote it (lua/roisim/guards.lua). They ask at
 * the end of the script, before promises are settled; nothing here adds to the graph. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "graph/fold.h"
#include "host/values_state.h"

static roi_node arg_of(const roi_graph *g, const roi_node_row *row, uint32_t i) { return g->args[row->first_arg + i]; }

/* The distribution of a draw, ROI_NONE for anything else. */
static roi_node dist_of(const roi_graph *g, roi_node node) {
  return g->nodes[node].op == ROI_DRAW ? arg_of(g, &g->nodes[node], 0) : ROI_NONE;
}

/* A value's node without drawing it; ROI_NONE if it has none. */
static roi_node node_at(lua_State *L, roi_values *v, int idx) {
  const roi_value *x = roi_v_test(L, v, idx);
  return x ? x->node : ROI_NONE;
}

/* Writes a fixed distribution's value at probability p; 0 if its parameters are uncertain. */
static int fixed_quantile(lua_State *L, const roi_graph *g, roi_node dist, double p, double *x) {
  roi_error err;
  if (dist == ROI_NONE || !(g->nodes[dist].flags & ROI_FIXED)) return 0;
  roi_distribution *d = roi_dist_tree(g, dist, &err);
  if (!d) return luaL_error(L, "%s", err.text);
  *x = roi_dist_quantile(d, p, 1 - p);
  roi_free(d);
  return 1;
}

/* checking(): whether findings of level 1 are wanted */
static int is_checking(lua_State *L) {
  lua_pushboolean(L, roi_v_state(L)->checking);
  return 1;
}

void roi_lua_set_checking(lua_State *L) { roi_v_registry_state(L)->checking = 1; }

/* explain_rule(rule, why) */
static int explain_rule(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_error err;
  if (roi_graph_explain_rule(v->g, luaL_checkstring(L, 1), luaL_checkstring(L, 2), &err) != ROI_OK) return roi_v_raise(L, v, &err);
  return 0;
}

/* quantile(x, p): the value at probability p of a number or of a draw with fixed parameters; nil of anything else */
static int value_quantile(lua_State *L) {
  roi_values *v = roi_v_state(L);
  double x;
  if (lua_type(L, 1) == LUA_TNUMBER) return lua_settop(L, 1), 1;
  const roi_value *value = roi_v_test(L, v, 1);
  roi_node dist = !value ? ROI_NONE : value->dist != ROI_NONE ? roi_lua_distribution(L, 1) : dist_of(v->g, value->node);
  if (!fixed_quantile(L, v->g, dist, luaL_checknumber(L, 2), &x)) return 0;
  lua_pushnumber(L, x);
  return 1;
}

/* placed(s): the period in which a series has its only value, if a plain number says so */
static int series_placed(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_node node = node_at(L, v, 1);
  double period;
  if (node == ROI_NONE || v->g->nodes[node].op != ROI_AT || !roi_graph_constant(v->g, arg_of(v->g, &v->g->nodes[node], 0), &period))
    return 0;
  lua_pushnumber(L, ceil(period));
  return 1;
}

/* is_placed(s): whether a series has a value in one period alone, be it uncertain in which */
static int series_is_placed(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_node node = node_at(L, v, 1);
  lua_pushboolean(L, node != ROI_NONE && v->g->nodes[node].op == ROI_AT);
  return 1;
}

/* -- draws and what rests on them ------------------------------------------------------------------------------------------ */

static void set_place(lua_State *L, const roi_graph *g, const roi_node_row *row) {
  lua_pushstring(L, roi_graph_text(g, row->name));
  lua_setfield(L, -2, "name");
  lua_pushstring(L, roi_graph_text(g, row->file));
  lua_setfield(L, -2, "file");
  lua_pushinteger(L, (lua_Integer)row->line);
  lua_setfield(L, -2, "line");
}

/* all_draws(): { name, file, line, dist =, each_period =, yes_no =, standard = } of every draw that something is computed from, in
 * order. dist: equal for equal distributions with fixed parameters, else nil; standard: normal(0, 1) or uniform(0, 1), of which a model
 * may have many. */
static int all_draws(lua_State *L) {
  const roi_graph *g = roi_v_state(L)->g;
  lua_Integer n = 0;
  unsigned char *used = lua_newuserdatauv(L, g->n_nodes + 1, 0);
  memset(used, 0, g->n_nodes + 1);
  for (size_t i = 0; i < g->n_args; i++) used[g->args[i]] = 1;
  for (size_t i = 0; i < g->n_outputs; i++) used[g->outputs[i].node] = 1;
  lua_newtable(L);
  for (size_t i = 0; i < g->n_nodes; i++) {
    const roi_node_row *row = &g->nodes[i];
    if (row->op != ROI_DRAW || !used[i]) continue;
    roi_node dist = arg_of(g, row, 0);
    const roi_node_row *d = &g->nodes[dist];
    double a = 1, b = 0;
    lua_createtable(L, 0, 7);
    set_place(L, g, row);
    if (d->flags & ROI_FIXED) {
      lua_pushinteger(L, (lua_Integer)dist);
      lua_setfield(L, -2, "dist");
    }
    lua_pushboolean(L, row->flags & ROI_EACH_PERIOD);
    lua_setfield(L, -2, "each_period");
    lua_pushboolean(L, d->op == ROI_DIST && d->family == ROI_FAMILY_BERNOULLI);
    lua_setfield(L, -2, "yes_no");
    int plain = d->op == ROI_DIST && d->form == ROI_FORM_NATURAL && d->n_args == 2 && roi_graph_constant(g, arg_of(g, d, 0), &a) &&
                roi_graph_constant(g, arg_of(g, d, 1), &b);
    lua_pushboolean(L, plain && a == 0 && b == 1 && (d->family == ROI_FAMILY_NORMAL || d->family == ROI_FAMILY_UNIFORM));
    lua_setfield(L, -2, "standard");
    lua_rawseti(L, -2, ++n);
  }
  return 1;
}

/* sources(x): the names of the draws that a value rests on, in order; promises count as what they stand for */
static int value_sources(lua_State *L) {
  roi_values *v = roi_v_state(L);
  const roi_graph *g = v->g;
  lua_newtable(L);
  roi_node node = node_at(L, v, 1);
  if (node == ROI_NONE) return 1;
  unsigned char *mark = lua_newuserdatauv(L, g->n_nodes + 1, 0);
  roi_node *stack = lua_newuserdatauv(L, (g->n_nodes + 1) * sizeof *stack, 0);
  memset(mark, 0, g->n_nodes + 1);
  size_t n = 0;
  for (stack[n++] = node, mark[node] = 1; n > 0;) {
    roi_node at = stack[--n];
    const roi_node_row *row = &g->nodes[at];
    for (size_t i = 0; row->op == ROI_PROMISE && i < v->n_promises; i++)
      if (v->promises[i].promise == at && !mark[v->promises[i].value])
        stack[n++] = v->promises[i].value, mark[v->promises[i].value] = 1;
    for (uint32_t k = 0; k < row->n_args; k++)
      if (!mark[arg_of(g, row, k)]) stack[n++] = arg_of(g, row, k), mark[arg_of(g, row, k)] = 1;
  }
  lua_Integer found = 0;
  lua_pushvalue(L, -3);
  for (size_t i = 0; i < g->n_nodes; i++) {
    if (!mark[i] || g->nodes[i].op != ROI_DRAW) continue;
    lua_pushstring(L, roi_graph_text(g, g->nodes[i].name));
    lua_rawseti(L, -2, ++found);
  }
  return 1;
}

/* -- rates that compound each period ---------------------------------------------------------------------------------------- */

/* 1 if a node is the time itself, or a number of periods before or after it. */
static int is_time(const roi_graph *g, roi_node node) {
  const roi_node_row *row = &g->nodes[node];
  double x;
  if (row->op == ROI_TIME) return 1;
  if (row->op != ROI_ADD && row->op != ROI_SUB) return 0;
  roi_node a = arg_of(g, row, 0), b = arg_of(g, row, 1);
  return (g->nodes[a].op == ROI_TIME && roi_graph_constant(g, b, &x)) ||
         (row->op == ROI_ADD && g->nodes[b].op == ROI_TIME && roi_graph_constant(g, a, &x));
}

/* If a node is 1 + x or 1 - x of a draw x: x and the sign; else ROI_NONE. */
static roi_node rate_of(const roi_graph *g, roi_node base, int *sign) {
  const roi_node_row *row = &g->nodes[base];
  double one = 0;
  if (row->op != ROI_ADD && row->op != ROI_SUB) return ROI_NONE;
  roi_node a = arg_of(g, row, 0), b = arg_of(g, row, 1);
  *sign = row->op == ROI_SUB ? -1 : 1;
  if (row->op == ROI_ADD && roi_graph_constant(g, b, &one) && one == 1) b = a;
  else if (!roi_graph_constant(g, a, &one) || one != 1) return ROI_NONE;
  return g->nodes[b].op == ROI_DRAW ? b : ROI_NONE;
}

/* compounded(periods, low, high): { name, file, line, rate = } of what compounds each period, (1 + rate)^t, and makes less than low or
 * more than high of 1 in so many periods. The rate is the median of a draw, whose name it has, or a plain number without a name. What
 * is raised to a time in years does not compound each period. */
static int compounded(lua_State *L) {
  const roi_graph *g = roi_v_state(L)->g;
  double periods = luaL_checknumber(L, 1), low = luaL_checknumber(L, 2), high = luaL_checknumber(L, 3);
  lua_Integer n = 0;
  lua_newtable(L);
  for (size_t i = 0; i < g->n_nodes; i++) {
    const roi_node_row *row = &g->nodes[i];
    if (row->op != ROI_POW || !is_time(g, arg_of(g, row, 1))) continue;
    int sign = 1;
    double x = 0;
    roi_node base = arg_of(g, row, 0), rate = rate_of(g, base, &sign);
    if (rate == ROI_NONE) {
      if (!roi_graph_constant(g, base, &x)) continue;
      x -= 1;
    } else if (!fixed_quantile(L, g, dist_of(g, rate), 0.5, &x)) {
      continue;
    }
    double power[2] = {1 + sign * x, periods}, becomes = roi_op_value(ROI_POW, power, 2);
    if (becomes >= low && becomes <= high) continue;
    lua_createtable(L, 0, 4);
    set_place(L, g, rate == ROI_NONE ? row : &g->nodes[rate]);
    lua_pushnumber(L, sign * x);
    lua_setfield(L, -2, "rate");
    lua_rawseti(L, -2, ++n);
  }
  return 1;
}

/* -- conversions of units ---------------------------------------------------------------------------------------------------- */

/* What turns a value into another unit: a factor between periods, the 100 of percent, any number (a rate of exchange). */
enum { BY_PERIOD, BY_PERCENT, BY_ANY };

/* 1 for a number by which, or by whose inverse, values are turned into another unit. */
static int turns_units(double x, int by_what) {
  static const double known[] = {3, 4, 7, 12, 13, 24, 30, 52, 90, 91, 250, 260, 360, 365};
  if (by_what == BY_ANY) return 1;
  if (by_what == BY_PERCENT) return x == 100 || x == 0.01;
  double by = x < 1 ? 1 / x : x;
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (fabs(by - known[i]) < 0.3) return 1;
  return 0;
}

/* 1 for a list of plain numbers that differ, such as the one by which a value falls once a year. */
static int is_pattern(const roi_graph *g, const roi_node_row *row) {
  if (row->op != ROI_SERIES || !(row->flags & ROI_FIXED)) return 0;
  for (uint32_t i = 1; i < row->n_args; i++)
    if (arg_of(g, row, i) != arg_of(g, row, 0)) return 1;
  return row->n_args < g->horizon;
}

/* What a row that uses a value directly does to it: 1 if it may turn it into another unit (times 12, the logarithm of a yearly rate, a
 * power of a time in years), 2 if it only adds to it or turns its sign,
 * so that the next one decides. */
static int converts(const roi_graph *g, const roi_node_row *row, roi_node node, int by_what) {
  double x;
  if (row->op == ROI_LOG1P || row->op == ROI_EXPM1) return 1;
  if (row->op == ROI_NEG) return 2;
  if (row->n_args != 2) return 0;
  roi_node other = arg_of(g, row, arg_of(g, row, 0) == node ? 1 : 0);
  int plain = roi_graph_constant(g, other, &x);
  if (row->op == ROI_MUL || row->op == ROI_DIV) return plain ? turns_units(x, by_what) : is_pattern(g, &g->nodes[other]);
  if (row->op == ROI_ADD || row->op == ROI_SUB) return plain ? 2 : 0;
  return row->op == ROI_POW && arg_of(g, row, 0) == node && (g->nodes[other].flags & ROI_FIXED) && !is_time(g, other);
}

/* converted(x, "period" | "percent" | "any"): whether something that is computed from a value directly may turn it into another unit */
static int value_converted(lua_State *L) {
  static const char *const ways[] = {"period", "percent", "any", NULL};
  roi_values *v = roi_v_state(L);
  const roi_graph *g = v->g;
  roi_node node = node_at(L, v, 1);
  int found = 0, by_what = luaL_checkoption(L, 2, NULL, ways);
  if (node != ROI_NONE) {
    unsigned char *mark = lua_newuserdatauv(L, g->n_nodes + 1, 0);
    memset(mark, 0, g->n_nodes + 1);
    mark[node] = 1;
    for (size_t i = (size_t)node + 1; i < g->n_nodes && !found; i++)
      for (uint32_t k = 0; k < g->nodes[i].n_args; k++) {
        roi_node arg = arg_of(g, &g->nodes[i], k);
        if (!mark[arg]) continue;
        int does = converts(g, &g->nodes[i], arg, by_what);
        found = found || does == 1;
        if (does == 2) mark[i] = 1;
      }
  }
  lua_pushboolean(L, found);
  return 1;
}

void roi_v_open_guards(lua_State *L, int state, int t) {
  static const struct { const char *name; lua_CFunction f; } functions[] = {
      {"checking", is_checking}, {"explain_rule", explain_rule}, {"quantile", value_quantile}, {"placed", series_placed},
      {"is_placed", series_is_placed}, {"all_draws", all_draws}, {"sources", value_sources}, {"compounded", compounded},
      {"converted", value_converted}};
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
    roi_v_function(L, state, t, functions[i].name, functions[i].f);
}
