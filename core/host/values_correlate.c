/* Correlated draws: finding them by value or name, and handing the pairs to the graph. What a script may say is in
 * lua/roisim/correlate.lua. */
#include <string.h>

#include "base/memory.h"
#include "host/values_state.h"

/* draw_node(x, plain): the node of a draw, made now if it is not yet, or of the draw with that name; nil if there is none, or if it
 * became part of another distribution. plain: under a scenario that has no such draw, that of the plain model counts, so that what
 * it is correlated with stays as it is there. */
static int draw_node(lua_State *L) {
  roi_values *v = roi_v_state(L);
  if (lua_type(L, 1) == LUA_TSTRING) {
    const char *name = roi_v_text(L, v, 1);
    for (size_t i = v->g->n_nodes; i-- > 0;) { /* of two of one name the plain model's is the first */
      if (v->g->nodes[i].op != ROI_DRAW || strcmp(roi_graph_text(v->g, v->g->nodes[i].name), name) != 0) continue;
      if (!lua_toboolean(L, 2) && roi_v_is_waiting(v, (roi_node)i)) return 0;
      lua_pushinteger(L, (lua_Integer)i);
      return 1;
    }
    return 0;
  }
  roi_value *x = roi_v_test(L, v, 1);
  if (!x || x->dist == ROI_NONE || x->part) return 0;
  if (x->node == ROI_NONE) roi_v_draw(L, v, x);
  lua_pushinteger(L, (lua_Integer)(x->node < v->n_settled ? v->settled[x->node] : x->node));
  return 1;
}

/* draw_names(): the names of all draws, in order */
static int draw_names(lua_State *L) {
  roi_values *v = roi_v_state(L);
  lua_Integer n = 0;
  lua_newtable(L);
  for (size_t i = 0; i < v->g->n_nodes; i++) {
    if (v->g->nodes[i].op != ROI_DRAW) continue;
    lua_pushstring(L, roi_graph_text(v->g, v->g->nodes[i].name));
    lua_rawseti(L, -2, ++n);
  }
  return 1;
}

/* is_input(name): whether the model has an input of that name */
static int is_input(lua_State *L) {
  const roi_graph *g = roi_v_state(L)->g;
  int found = 0;
  for (size_t i = 0; i < g->n_inputs && !found; i++)
    found = strcmp(roi_graph_text(g, g->inputs[i].name), lua_tostring(L, 1)) == 0;
  lua_pushboolean(L, found);
  return 1;
}

static double number_at(lua_State *L, lua_Integer field) {
  lua_rawgeti(L, -1, field);
  double x = lua_tonumber(L, -1);
  lua_pop(L, 1);
  return x;
}

/* correlate(rows): each { node, node, correlation, kind, file, line } */
static int correlate(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_error err;
  size_t n = (size_t)lua_rawlen(L, 1);
  roi_correlation_row *rows = lua_newuserdatauv(L, (n + 1) * sizeof *rows, 0);
  for (size_t i = 0; i < n; i++) {
    lua_rawgeti(L, 1, (lua_Integer)i + 1);
    lua_rawgeti(L, -1, 5);
    uint32_t file = roi_v_string(L, v, lua_tostring(L, -1));
    lua_pop(L, 1);
    rows[i] = (roi_correlation_row){.a = (roi_node)number_at(L, 1), .b = (roi_node)number_at(L, 2), .asked = number_at(L, 3),
                                    .kind = (uint32_t)number_at(L, 4), .file = file, .line = (uint32_t)number_at(L, 6)};
    lua_pop(L, 1);
  }
  roi_status status = roi_graph_correlate_pairs(v->g, rows, n, &err);
  return status == ROI_OK ? 0 : roi_v_raise(L, v, &err);
}

void roi_v_open_correlations(lua_State *L, int state, int t) {
  roi_v_function(L, state, t, "draw_node", draw_node);
  roi_v_function(L, state, t, "draw_names", draw_names);
  roi_v_function(L, state, t, "is_input", is_input);
  roi_v_function(L, state, t, "correlate", correlate);
}
