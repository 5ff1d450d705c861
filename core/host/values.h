/* values.h - what scripts see of the graph: uncertain values as Lua userdata, and the native half of `require "roisim"`.
 *
 * The child opens the values, runs the embedded library lua/roisim.lua with the table of native functions as its only
 * argument, gives the library's result to scripts, runs the model's script and finishes with the value it returned:
 *
 *     roi_lua_open_values(L, g, settings, n, scenario, env);   pushes the table of native functions
 *     ... load the chunk of "roisim" under the name ROI_LIBRARY_CHUNK, its environment the same env; call it with that table
 *     ... run the script; its one result on top
 *     roi_lua_finish(L);
 *
 * All functions that take a lua_State may raise a Lua error (call them protected): a string "FILE:LINE: text", the place being
 * the script's own. FILE is the chunk name of the script without its first character ("@dir/model.lua" shows as
 * "dir/model.lua"; draws are named after its last part); frames of chunks whose name begins with ROI_LIBRARY_CHUNK are passed
 * over. The native table must reach nothing but the library's chunk. */
#ifndef ROI_HOST_VALUES_H
#define ROI_HOST_VALUES_H

#include <lua.h>

#include "graph/graph.h"

/* The chunk name of the embedded library; its pieces, if any, are called "=[roisim.NAME]". */
#define ROI_LIBRARY_CHUNK "=[roisim"

typedef struct roi_lua_setting { const char *name, *text; } roi_lua_setting; /* one --set NAME=EXPR */

/* What a scenario has in place of what the script sets: a number, a distribution to draw, or an uncertain value of the plain model. */
typedef enum roi_override_kind { ROI_OVERRIDE_NUMBER, ROI_OVERRIDE_DISTRIBUTION, ROI_OVERRIDE_VALUE } roi_override_kind;
typedef struct roi_lua_override {
  char *name;                           /* of the input or parameter */
  roi_override_kind kind;
  int each_period;                      /* of a distribution */
  int is_integer;                       /* of a number: how Lua keeps it */
  lua_Integer integer;
  double number;
  roi_node node;                        /* of the plain graph: the distribution or the value */
} roi_lua_override;

/* The scenario that was asked for. The first run of the script, with plain NULL, is the plain model and fills the overrides; the second,
 * with plain set to the first run's graph, builds the scenario's model. */
typedef struct roi_lua_scenario {
  const char *name;
  const roi_graph *plain;
  roi_lua_override *overrides; size_t n, cap; /* of roi_alloc, names too */
} roi_lua_scenario;

/* Pushes the table of native functions (one value). scenario: NULL for the model as written; it must outlive L. g: an empty graph of roi_graph_new, whose model roi.model{} sets; it and
 * the settings (with their strings) must outlive L. env: stack index of the environment in which settings are evaluated. */
void roi_lua_open_values(lua_State *L, roi_graph *g, const roi_lua_setting *settings, size_t n_settings, roi_lua_scenario *scenario,
                         int env);

/* The bytes that a graph takes, beside Lua's own, and how many the script's may take: more are an error at the next call. */
uint64_t roi_lua_graph_bytes(const roi_graph *g);
void roi_lua_limit_graph(lua_State *L, uint64_t bytes);

/* From here on findings are wanted that only `roisim check` shows. */
void roi_lua_set_checking(lua_State *L);

/* Takes the script's result from the top of the stack and completes the graph: standard outputs, components, warnings;
 * settings that nothing used are errors. From then on scripts can compute with plain numbers only. */
void roi_lua_finish(lua_State *L);

/* Pushes the function given to roi.per_trial under that name; returns 0 (and pushes nothing) if there is none. */
int roi_lua_push_per_trial(lua_State *L, const char *name);

/* Warns that a script read a name that was never set, at the script's place; nothing before the values are open or once the graph is
 * complete. */
void roi_lua_missing_name(lua_State *L, const char *name);

/* A call of a per-trial function begins: the distributions that it makes end with it, and what was kept of them is refused. */
void roi_lua_begin_trial(lua_State *L);

/* The distribution node behind the value at that index, for rng:draw; ROI_NONE if the value is not a distribution. */
roi_node roi_lua_distribution(lua_State *L, int index);

/* What to add to an error message of Lua's own ("'for' limit must be a number") so that it says what to write; NULL: nothing. It
 * may be made in the room given. */
const char *roi_lua_hint(const char *message, char *room, size_t size);

#endif
