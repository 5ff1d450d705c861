/* values_state.h - what the values_*.c files share: the userdata behind uncertain values and the state of one script's run.
 *
 * A value is a userdata with a roi_value. Expressions name their node. A draw names its distribution and gets its node the
 * first time it is used as a number, so that it can still be truncated, mixed or named before. All functions named roi_v_* may
 * raise Lua errors; none holds memory of roi_alloc across a call that can. */
#ifndef ROI_HOST_VALUES_STATE_H
#define ROI_HOST_VALUES_STATE_H

#include <lauxlib.h>
#include <lua.h>

#include "graph/copy.h"
#include "host/values.h"

#define ROI_VALUE_META "roisim.value" /* registry key of the metatable */

typedef struct roi_place {
  const char *file; /* as shown, until the graph gets its next string; "" when the place is not in a script */
  uint32_t source;  /* index in roi_values.sources */
  uint32_t line;    /* 0 unknown */
} roi_place;

typedef struct roi_value {
  roi_node node;    /* ROI_NONE: a distribution that was not drawn yet */
  roi_node dist;    /* ROI_NONE: not a draw */
  uint32_t name;                     /* graph string: the draw's given name; 0: its automatic one */
  uint32_t file, base;               /* graph strings: file of the call, with and without folders */
  uint32_t line, number;             /* place of the call, and which draw on that line, from 1 */
  uint32_t used_line;                /* where it was drawn or became part of another distribution */
  uint64_t trial;                    /* of a distribution that a per-trial function made: the call; 0: the script made it */
  uint8_t each_period, part;         /* part 1: now part of another distribution */
} roi_value;

typedef struct roi_source { char *source; uint32_t file, base; } roi_source; /* chunk name; graph strings */
typedef struct roi_line_count { uint32_t base, line, count; } roi_line_count; /* draws made on one line */
typedef struct roi_seen_condition { roi_node node; uint32_t file, line; } roi_seen_condition;

typedef struct roi_kept_promise { roi_node promise, value; } roi_kept_promise;

typedef struct roi_values {
  roi_graph *g;
  const void *meta;               /* identity of the values' metatable */
  int has_model;                  /* the horizon is known */
  int finished;                   /* the graph is complete: plain numbers only */
  uint64_t trial;                 /* the call of a per-trial function being run, counted from 1; 0 before */
  uint64_t most_bytes;            /* of the graph; 0: any number */
  int checking;                   /* the script is run to be checked: findings of level 1 are wanted too */
  int never_given;                /* the script holds never as a plain number: not every infinity is a mistake */
  uint32_t fixed_file, fixed_line; /* the place of new nodes where the library names one itself; line 0: the script's */
  const roi_lua_setting *settings; size_t n_settings;
  unsigned char *setting_used;
  roi_source *sources; size_t n_sources, cap_sources, last_source;
  roi_line_count *lines; size_t n_lines, cap_lines; uint32_t *line_index; size_t line_index_size;
  roi_seen_condition *conditions; size_t n_conditions, cap_conditions;
  roi_node *folded; size_t n_folded, cap_folded; /* series that gave a plain number, values of scenarios: the script has used them */
  roi_kept_promise *promises; size_t n_promises, cap_promises;
  roi_node *settled; size_t n_settled; /* once promises are settled: where the nodes made before went */
  roi_lua_scenario *scenario;     /* NULL: the model as written */
  roi_copy plain;                 /* second run of a scenario: the plain model's values, taken over */
  int plain_open;
  roi_node *waiting; size_t n_waiting; /* likewise, by a name's string: the plain draw that the script has not made again; or ROI_NONE */
} roi_values;

/* The state: upvalue 1 of every native function. */
static inline roi_values *roi_v_state(lua_State *L) { return lua_touserdata(L, lua_upvalueindex(1)); }
/* The state by way of the registry, for functions that the host calls. */
roi_values *roi_v_registry_state(lua_State *L);

/* Pushes a closure over the state at stack index `state` and `n` more upvalues, already pushed, into the table at index t. */
void roi_v_function(lua_State *L, int state, int t, const char *name, lua_CFunction f);

/* -- places and errors (values_place.c) */

/* The innermost script line being run. */
roi_place roi_v_place(lua_State *L, roi_values *v);
/* Gives the nodes made from now on that line; raises an error once the graph is complete. */
void roi_v_here(lua_State *L, roi_values *v);
/* The same for what makes distributions, which a per-trial function may do too, to draw from by rng:draw. */
void roi_v_here_distribution(lua_State *L, roi_values *v);
/* Raises "FILE:LINE: text" with a format of lua_pushfstring. */
int roi_v_fail(lua_State *L, roi_values *v, const char *format, ...);
/* Warns with the script's place; rule: the kind of mistake (docs/CHECK.md). */
void roi_v_warn(lua_State *L, roi_values *v, const char *rule, const char *text);
/* Raises what err says, at its place, or the script's if it has none. */
int roi_v_raise(lua_State *L, roi_values *v, const roi_error *err);
/* ", did you mean 'x'?" for the nearest of the names, or "": pushes a string and returns it. */
const char *roi_v_suggest(lua_State *L, const char *word, const char *const *names, size_t n);
/* Text for the value at idx in messages: "nil", "a string", "an uncertain series". */
const char *roi_v_kind(lua_State *L, roi_values *v, int idx);
/* Fails if the table at idx, a list of n entries, has anything beside them: a named field would be passed over. entry: which one of
 * what's entries the list is, 0 if it is the whole. */
void roi_v_whole_list(lua_State *L, roi_values *v, int idx, size_t n, const char *what, size_t entry);
uint32_t roi_v_string(lua_State *L, roi_values *v, const char *s); /* of the graph */
/* The text at idx, for the graph, whose strings end at a zero byte: a text that holds one is an error. NULL if there is no text. */
const char *roi_v_text(lua_State *L, roi_values *v, int idx);
/* The same of a name that a script gives, which is bounded as the library's are (lua/roisim.lua); what: for messages. */
const char *roi_v_name(lua_State *L, roi_values *v, int idx, const char *what);

/* -- values (values.c) */

/* The value at idx or NULL. */
roi_value *roi_v_test(lua_State *L, roi_values *v, int idx);
/* The value at index 1, on which the method was called; anything else is an error. */
roi_value *roi_v_receiver(lua_State *L, roi_values *v, const char *method);
/* Pushes the node: a plain number if it is a constant scalar. ROI_NONE raises err. */
int roi_v_push(lua_State *L, roi_values *v, roi_node n, const roi_error *err);
/* The same for what was made of the series `from`, which counts as used if it gave a plain number. */
int roi_v_push_from(lua_State *L, roi_values *v, roi_node n, roi_node from, const roi_error *err);
/* Notes that the script has used a value in a way that leaves no trace in its graph. */
void roi_v_note_used(lua_State *L, roi_values *v, roi_node n);
/* The node of a number or value at idx, drawn now if it is a draw. what: for messages, e.g. "roi.exp: argument 1". */
roi_node roi_v_node(lua_State *L, roi_values *v, int idx, const char *what);
/* The same, which must be a scalar. */
roi_node roi_v_scalar(lua_State *L, roi_values *v, int idx, const char *what);
int roi_v_is_series(roi_values *v, roi_node n);
/* Raises an error unless roi.model{} has run. */
void roi_v_need_model(lua_State *L, roi_values *v, const char *what);

/* -- operations (values_ops.c, values_series.c), promises (values_promise.c), scenarios (values_scenario.c), draws (values_draw.c,
 * values_family.c, values_correlate.c), the graph's tables (values_model.c, values_sheet.c, values_portfolio.c), guards
 * (values_guards.c); each adds functions to the table at index t */
void roi_v_open_ops(lua_State *L, int state, int t);
void roi_v_open_series(lua_State *L, int state, int t);
void roi_v_open_draws(lua_State *L, int state, int t);
void roi_v_open_families(lua_State *L, int state, int t);
void roi_v_open_correlations(lua_State *L, int state, int t);
void roi_v_open_promises(lua_State *L, int state, int t);
void roi_v_open_scenarios(lua_State *L, int state, int t);
void roi_v_open_model(lua_State *L, int state, int t);
void roi_v_open_sheets(lua_State *L, int state, int t);
void roi_v_open_portfolio(lua_State *L, int state, int t);
void roi_v_open_guards(lua_State *L, int state, int t);
/* Applies op to two operands at stack indices a and b and pushes the result. name: for messages. */
int roi_v_binary(lua_State *L, roi_values *v, roi_opcode op, int a, int b, const char *name);
/* Notes that a condition was made here, to be warned about if nothing depends on it. */
void roi_v_condition(lua_State *L, roi_values *v, roi_node n);
/* Pushes a distribution called on the current script line, not yet drawn. */
roi_value *roi_v_new_draw(lua_State *L, roi_values *v, roi_node dist);
/* The same of a distribution that is given a name at once, and so takes none of the line's numbers. */
roi_value *roi_v_new_draw_to_name(lua_State *L, roi_values *v, roi_node dist, int each_period);
/* Draws now: gives the value its node. */
void roi_v_draw(lua_State *L, roi_values *v, roi_value *d);
/* The name of a draw, as graph text: given or automatic. Pushes a string and returns it. */
const char *roi_v_draw_name(lua_State *L, roi_values *v, const roi_value *d);

/* -- scenarios (values_scenario.c) */

/* Once the model is known, in the second run of a scenario: takes over the plain model's draws. */
void roi_v_take_plain(lua_State *L, roi_values *v);
/* A draw of the script: in that second run the plain model's, if it is the same. */
roi_node roi_v_make_draw(roi_values *v, roi_node dist, const char *name, int each_period, roi_error *err);
/* Whether a draw was taken over and not made by the script so far. */
int roi_v_is_waiting(const roi_values *v, roi_node draw);
/* At the end of the first run: the overrides' nodes, which must not rest on per-trial functions. */
void roi_v_finish_scenario(lua_State *L, roi_values *v);

#endif
