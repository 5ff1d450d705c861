/* Scenarios: what the script says of them, and the second run in which one of them holds.
 *
 * The plain model is built first and finds what the scenario that was asked for overrides; its graph and these values stay. Then the
 * script runs again from the start, and what it sets is overridden at the moment it sets it. The plain model's draws are taken over
 * before anything else (graph/merge.h): they keep their order, expressions of them can be taken over at any moment, and a draw that the
 * script makes again is found to be the same. */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "graph/merge.h"
#include "host/values_state.h"

/* add_scenario(name): lists it at the script's place */
static int scenario_add(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_error err;
  roi_v_here(L, v);
  if (roi_graph_add_scenario(v->g, roi_v_text(L, v, 1), v->g->here_file, v->g->here_line, &err) != ROI_OK) roi_v_raise(L, v, &err);
  return 0;
}

static int rests_on_function(lua_State *L, const roi_graph *g, roi_node node) {
  unsigned char *mark = lua_newuserdatauv(L, (size_t)node + 1, 0);
  for (roi_node i = 0; i <= node; i++) {
    const roi_node_row *row = &g->nodes[i];
    mark[i] = row->op == ROI_EXTERN;
    for (uint32_t k = 0; k < row->n_args && !mark[i]; k++) mark[i] = mark[g->args[row->first_arg + k]];
  }
  int found = mark[node];
  lua_pop(L, 1);
  return found;
}

static void check_functions(lua_State *L, roi_values *v, roi_node node, const char *scenario, const char *name) {
  if (rests_on_function(L, v->g, node))
    roi_v_fail(L, v, "scenario '%s': '%s' rests on a roi.per_trial function, which belongs to one run of the script: write the "
                     "override without it", scenario, name);
}

/* Keeps an override of the scenario that was asked for. */
static void keep(lua_State *L, roi_values *v, const char *name, const roi_lua_override *o) {
  roi_lua_scenario *s = v->scenario;
  char *copy = roi_copy_string(name);
  if (!copy || roi_grow((void **)&s->overrides, s->n, &s->cap, sizeof *s->overrides) != 0) {
    roi_free(copy);
    luaL_error(L, "out of memory while reading a scenario");
  }
  s->overrides[s->n] = *o;
  s->overrides[s->n++].name = copy;
}

/* override_is(scenario, name, value): takes note of a value that a scenario sets: a number, an uncertain value, or a distribution, which
 * is not drawn. */
static int override_is(lua_State *L) {
  roi_values *v = roi_v_state(L);
  const char *scenario = roi_v_text(L, v, 1), *name = roi_v_text(L, v, 2);
  roi_lua_override o = {.kind = ROI_OVERRIDE_NUMBER, .node = ROI_NONE};
  roi_value *x = roi_v_test(L, v, 3);
  roi_v_here(L, v);
  if (x && x->dist != ROI_NONE && x->node == ROI_NONE && !x->part) {
    if (x->name)
      return roi_v_fail(L, v, "scenario '%s': the distribution for '%s' has a name, '%s'; there it takes the name of what it overrides",
                        scenario, name, roi_v_draw_name(L, v, x));
    o.kind = ROI_OVERRIDE_DISTRIBUTION;
    o.node = x->dist;
    o.each_period = x->each_period;
  } else if (x) {
    o.kind = ROI_OVERRIDE_VALUE;
    o.node = roi_v_node(L, v, 3, "an override");
  } else {
    o.number = lua_tonumber(L, 3);
    o.is_integer = lua_isinteger(L, 3);
    if (o.is_integer) o.integer = lua_tointeger(L, 3);
  }
  if (o.node != ROI_NONE) {
    check_functions(L, v, o.node, scenario, name);
    roi_v_note_used(L, v, o.node);
  }
  if (v->scenario && !v->scenario->plain && strcmp(v->scenario->name, scenario) == 0) keep(L, v, name, &o);
  return 0;
}

/* asked_scenario(): the name that was asked for, or nothing */
static int scenario_asked(lua_State *L) {
  const roi_values *v = roi_v_state(L);
  if (!v->scenario) return 0;
  lua_pushstring(L, v->scenario->name);
  return 1;
}

void roi_v_finish_scenario(lua_State *L, roi_values *v) {
  roi_lua_scenario *s = v->scenario;
  if (!s || s->plain) return;
  for (size_t i = 0; i < s->n; i++) {
    roi_lua_override *o = &s->overrides[i];
    if (o->node == ROI_NONE) continue;
    if (o->node < v->n_settled) o->node = v->settled[o->node];
    check_functions(L, v, o->node, s->name, o->name);
  }
}

/* -- the second run ------------------------------------------------------------------------------------------------------- */

void roi_v_take_plain(lua_State *L, roi_values *v) {
  roi_error err;
  roi_graph *g = v->g;
  if (!v->scenario || !v->scenario->plain || v->plain_open) return;
  size_t n = g->n_nodes;
  v->plain_open = 1;
  if (roi_merge_plain(&v->plain, g, v->scenario->plain, &err) != ROI_OK) roi_v_raise(L, v, &err);
  v->n_waiting = g->n_strings;
  v->waiting = roi_alloc(v->n_waiting, sizeof *v->waiting);
  if (!v->waiting) luaL_error(L, "out of memory while taking over the plain model");
  for (size_t i = 0; i < v->n_waiting; i++) v->waiting[i] = ROI_NONE;
  for (size_t i = n; i < g->n_nodes; i++)
    if (g->nodes[i].op == ROI_DRAW) v->waiting[g->nodes[i].name] = (roi_node)i;
  for (size_t i = 0; i < n; i++) /* what the script drew before it made the model is its own */
    if (g->nodes[i].op == ROI_DRAW) v->waiting[g->nodes[i].name] = ROI_NONE;
}

int roi_v_is_waiting(const roi_values *v, roi_node draw) {
  uint32_t name = v->g->nodes[draw].name;
  return v->waiting && name < v->n_waiting && v->waiting[name] == draw;
}

roi_node roi_v_make_draw(roi_values *v, roi_node dist, const char *name, int each_period, roi_error *err) {
  roi_graph *g = v->g;
  uint32_t stream = v->waiting ? roi_graph_stream(g, name) : 0;
  roi_node plain = stream && stream < v->n_waiting ? v->waiting[stream] : ROI_NONE;
  if (plain == ROI_NONE || dist == ROI_NONE) return roi_draw(g, dist, name, each_period, err);
  v->waiting[stream] = ROI_NONE;
  const roi_node_row *row = &g->nodes[plain];
  if (g->args[row->first_arg] == dist && !(row->flags & ROI_EACH_PERIOD) == !each_period) return plain;
  return roi_draw_beside(g, dist, name, each_period, err);
}

/* A --set of what the scenario overrides acts on the plain model, and so on the scenario only where that is computed from it: a number
 * may have been, so what is said holds either way. */
static void tell_setting(lua_State *L, roi_values *v, const roi_lua_override *o) {
  roi_error err;
  for (size_t i = 0; i < v->n_settings; i++) {
    if (strcmp(v->settings[i].name, o->name) != 0) continue;
    v->setting_used[i] = 1;
    roi_status status = roi_graph_add_setting(v->g, o->name, v->settings[i].text, &err);
    if (status == ROI_OK && o->kind != ROI_OVERRIDE_VALUE) {
      const char *text = lua_pushfstring(L, "--set %s=%s: the scenario '%s' has a '%s' of its own, so this acts on nothing but what it "
                                            "is computed from", o->name, v->settings[i].text, v->scenario->name, o->name);
      const roi_finding f = {.rule = "set-scenario", .text = text, .when = ROI_NONE};
      status = roi_graph_add_finding(v->g, &f, &err);
      lua_pop(L, 1);
    }
    if (status != ROI_OK) roi_v_raise(L, v, &err);
  }
}

/* override(name): true and the value that the scenario has in place of the script's, or nothing */
static int override(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_error err;
  const char *name = lua_tostring(L, 1);
  const roi_lua_override *o = NULL;
  if (!v->scenario || !v->scenario->plain) return 0;
  for (size_t i = 0; i < v->scenario->n && !o; i++)
    if (strcmp(v->scenario->overrides[i].name, name) == 0) o = &v->scenario->overrides[i];
  if (!o) return 0;
  tell_setting(L, v, o);
  lua_pushboolean(L, 1);
  if (o->kind == ROI_OVERRIDE_NUMBER && o->is_integer) return lua_pushinteger(L, o->integer), 2;
  if (o->kind == ROI_OVERRIDE_NUMBER) return lua_pushnumber(L, o->number), 2;
  roi_v_here(L, v);
  roi_node node = roi_copy_node(&v->plain, o->node, &err);
  if (o->kind == ROI_OVERRIDE_VALUE) return roi_v_push(L, v, node, &err), 2;
  if (node == ROI_NONE) return roi_v_raise(L, v, &err);
  roi_v_new_draw_to_name(L, v, node, o->each_period);
  return 2;
}

void roi_v_open_scenarios(lua_State *L, int state, int t) {
  roi_v_function(L, state, t, "add_scenario", scenario_add);
  roi_v_function(L, state, t, "override_is", override_is);
  roi_v_function(L, state, t, "asked_scenario", scenario_asked);
  roi_v_function(L, state, t, "override", override);
}
