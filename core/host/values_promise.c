/* Promises and what-ifs: values that stay open until the script has ended, and values as they would be with others in the place of
 * some they depend on (graph/copy.h). */
#include "base/error.h"
#include "base/memory.h"
#include "graph/copy.h"
#include "host/values_state.h"

/* promise(shape, name): a value that native.keep gives later; shape "scalar", "period" (may be never), "from 0" or "from 1". */
static int promise(lua_State *L) {
  static const char *const shapes[] = {"scalar", "from 0", "from 1", "period", NULL};
  roi_values *v = roi_v_state(L);
  roi_error err;
  roi_v_here(L, v);
  int shape = luaL_checkoption(L, 1, NULL, shapes);
  return roi_v_push(L, v, roi_promise(v->g, shape, roi_v_text(L, v, 2), &err), &err);
}

/* The value as a series with the start that is asked for, where it is a scalar or starts later. */
static roi_node as_series(lua_State *L, roi_values *v, roi_node x, int start) {
  roi_error err;
  const roi_node_row *row = &v->g->nodes[x];
  if (row->shape == ROI_SERIES_SHAPE && row->start == start) return x;
  roi_node time = roi_time(v->g, start, &err), zero = roi_constant(v->g, 0.0, &err), blank[2] = {time, zero};
  roi_node sum[2] = {x, roi_apply(v->g, ROI_MUL, blank, 2, &err)};
  roi_node series = roi_apply(v->g, ROI_ADD, sum, 2, &err);
  if (series == ROI_NONE) roi_v_raise(L, v, &err);
  return series;
}

/* keep(promise, value): what a promise stands for. */
static int keep(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_v_here(L, v);
  roi_node open = roi_v_node(L, v, 1, "a promise"), value = roi_v_node(L, v, 2, "what was promised");
  if (v->g->nodes[open].shape == ROI_SERIES_SHAPE) value = as_series(L, v, value, v->g->nodes[open].start);
  if (roi_grow((void **)&v->promises, v->n_promises, &v->cap_promises, sizeof *v->promises))
    return luaL_error(L, "out of memory while keeping a promise");
  v->promises[v->n_promises++] = (roi_kept_promise){open, value};
  return 0;
}

/* By node what promises stand for, as memory that Lua releases. */
static roi_node *kept_by_node(lua_State *L, const roi_values *v) {
  size_t n = v->g->n_nodes;
  roi_node *kept = lua_newuserdatauv(L, (n + 1) * sizeof *kept, 0);
  for (size_t i = 0; i < n; i++) kept[i] = ROI_NONE;
  for (size_t i = 0; i < v->n_promises; i++) kept[v->promises[i].promise] = v->promises[i].value;
  return kept;
}

/* what_if(value, { old, new, old, new, ... }): the value as it would be with each new in the place of its old; all promises that it
 * rests on must have been kept. nil and why if a draw depends on what is replaced. */
static int what_if(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_error err = {0};
  roi_copy c;
  roi_v_here(L, v);
  roi_node value = roi_v_node(L, v, 1, "a value");
  lua_Integer n = luaL_len(L, 2);
  roi_node *pair = lua_newuserdatauv(L, ((size_t)n + 1) * sizeof *pair, 0);
  for (lua_Integer i = 1; i <= n; i++) {
    lua_rawgeti(L, 2, i);
    pair[i - 1] = roi_v_node(L, v, -1, "a value to replace");
    lua_pop(L, 1);
  }
  const roi_node *kept = kept_by_node(L, v);
  roi_node made = ROI_NONE;
  if (roi_copy_begin(&c, v->g, v->g, &err) == ROI_OK) {
    c.kept = kept;
    for (lua_Integer i = 0; i + 1 < n; i += 2) c.map[pair[i]] = pair[i + 1];
    made = roi_copy_node(&c, value, &err);
  }
  roi_copy_end(&c);
  if (made != ROI_NONE) return roi_v_push(L, v, made, &err);
  if (err.status != ROI_ERR_MODEL) return roi_v_raise(L, v, &err);
  lua_pushnil(L);
  lua_pushstring(L, err.text);
  return 2;
}

/* settle(): puts what they stand for in place of all promises. Uncertain values made before can't be used after it. */
static int settle(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_error err;
  if (v->n_promises == 0) return 0;
  const roi_node *kept = kept_by_node(L, v);
  roi_free(v->settled);
  v->n_settled = v->g->n_nodes;
  v->settled = roi_alloc(v->n_settled + 1, sizeof *v->settled);
  if (!v->settled) return luaL_error(L, "out of memory while settling the model");
  if (roi_graph_settle(v->g, kept, v->settled, &err) != ROI_OK) return roi_v_raise(L, v, &err);
  for (size_t i = 0; i < v->n_conditions; i++) v->conditions[i].node = v->settled[v->conditions[i].node];
  for (size_t i = 0; i < v->n_folded; i++) v->folded[i] = v->settled[v->folded[i]];
  return 0;
}

/* is_condition(value): whether it is always 1 or 0. A promise counts as what it stands for, one not yet kept as no condition. */
static int is_condition(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_node value = roi_v_node(L, v, 1, "a value");
  for (size_t i = v->n_promises; i-- > 0;) /* what a promise stands for may be one that was kept before */
    if (v->promises[i].promise == value) value = v->promises[i].value;
  lua_pushboolean(L, (v->g->nodes[value].flags & ROI_CONDITION) != 0);
  return 1;
}

/* first_draw(value, { known, ... }): the name of a draw, per-trial function or promise not yet kept that the value depends on otherwise
 * than through the known values, the first in the script's order; nil if there is none. Other promises count as what they stand for. */
static int first_draw(lua_State *L) {
  enum { SEEN = 1, KNOWN = 2 };
  roi_values *v = roi_v_state(L);
  const roi_graph *g = v->g;
  roi_node value = roi_v_node(L, v, 1, "a value"), found = ROI_NONE;
  unsigned char *mark = lua_newuserdatauv(L, g->n_nodes + 1, 0);
  for (size_t i = 0; i < g->n_nodes; i++) mark[i] = 0;
  for (lua_Integer i = 1, n = luaL_len(L, 2); i <= n; i++) {
    lua_rawgeti(L, 2, i);
    mark[roi_v_node(L, v, -1, "a known value")] = KNOWN;
    lua_pop(L, 1);
  }
  const roi_node *kept = kept_by_node(L, v);
  roi_node *stack = lua_newuserdatauv(L, (g->n_nodes + 1) * sizeof *stack, 0);
  size_t n = 0;
  if (!mark[value]) stack[n++] = value, mark[value] = SEEN;
  while (n > 0) {
    roi_node node = stack[--n];
    const roi_node_row *row = &g->nodes[node];
    int is_open = row->op == ROI_PROMISE && kept[node] == ROI_NONE;
    if ((is_open || row->op == ROI_DRAW || row->op == ROI_EXTERN) && (found == ROI_NONE || node < found)) found = node;
    if (kept[node] != ROI_NONE && !mark[kept[node]]) stack[n++] = kept[node], mark[kept[node]] = SEEN;
    for (uint32_t k = 0; k < row->n_args; k++) {
      roi_node arg = g->args[row->first_arg + k];
      if (!mark[arg]) stack[n++] = arg, mark[arg] = SEEN;
    }
  }
  if (found == ROI_NONE) return 0;
  lua_pushstring(L, roi_graph_text(g, g->nodes[found].name));
  return 1;
}

/* may_be_never(value): whether some trial may have never in it. */
static int may_be_never(lua_State *L) {
  roi_values *v = roi_v_state(L);
  lua_pushboolean(L, (v->g->nodes[roi_v_node(L, v, 1, "a value")].flags & ROI_MAY_NEVER) != 0);
  return 1;
}

void roi_v_open_promises(lua_State *L, int state, int t) {
  roi_v_function(L, state, t, "promise", promise);
  roi_v_function(L, state, t, "keep", keep);
  roi_v_function(L, state, t, "what_if", what_if);
  roi_v_function(L, state, t, "settle", settle);
  roi_v_function(L, state, t, "first_draw", first_draw);
  roi_v_function(L, state, t, "is_condition", is_condition);
  roi_v_function(L, state, t, "may_be_never", may_be_never);
}
