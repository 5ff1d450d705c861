/* The choice among use cases as functions: what the library written in Lua hands over where the script is run for a portfolio
 * (graph/candidates.h). */
#include "graph/candidates.h"
#include "host/values_state.h"

/* add_candidate(name, taken): a use case and its switch */
static int add_candidate(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_error err;
  roi_v_here(L, v);
  roi_node taken = roi_v_scalar(L, v, 2, "a use case's switch");
  if (roi_graph_add_candidate(v->g, roi_v_text(L, v, 1), taken, &err) != ROI_OK) return roi_v_raise(L, v, &err);
  return 0;
}

/* add_ceiling(budget, value): what may be spent in the next span of a budget */
static int add_ceiling(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_error err;
  roi_v_here(L, v);
  roi_node node = roi_v_scalar(L, v, 2, "a ceiling");
  if (roi_graph_add_ceiling(v->g, roi_v_text(L, v, 1), node, &err) != ROI_OK) return roi_v_raise(L, v, &err);
  return 0;
}

/* add_term(candidate, span, value): candidates from 1, 0 for the model's own, once all are there; span 0: npv; k: spent under ceiling k */
static int add_term(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_error err;
  roi_v_here(L, v);
  lua_Integer candidate = luaL_checkinteger(L, 1), span = luaL_checkinteger(L, 2);
  roi_node node = roi_v_scalar(L, v, 3, "a use case's worth");
  uint32_t whose = candidate == 0 ? (uint32_t)v->g->n_candidates : (uint32_t)candidate - 1;
  if (roi_graph_add_term(v->g, whose, (uint32_t)span, node, &err) != ROI_OK) return roi_v_raise(L, v, &err);
  return 0;
}

void roi_v_open_portfolio(lua_State *L, int state, int t) {
  roi_v_function(L, state, t, "add_candidate", add_candidate);
  roi_v_function(L, state, t, "add_ceiling", add_ceiling);
  roi_v_function(L, state, t, "add_term", add_term);
}
