/* A worker: calls the model's per-trial functions on plain numbers, trial by trial. */
#include <lauxlib.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/sha256.h"
#include "graph/fold.h"
#include "host/channel.h"
#include "host/confine.h"
#include "host/sandbox.h"
#include "host/script.h"
#include "host/trial.h"
#include "math/philox.h"

#define DRAWS_A_KEY 65536u /* the period field of a stream's counter has 16 bits */

typedef struct tree { roi_node node; roi_distribution *distribution; } tree;

/* The random numbers of one trial of one function. Draw k of the trial is the uniform of (seed, NAME, trial, period k); from the
 * 65536th on that of the name NAME, unit separator, k / 65536 in decimal, period k mod 65536. */
typedef struct streams {
  uint64_t seed, key, trial, draws;
  const char *name;
  int running; /* 0 outside a call: the object may have been kept */
  tree *trees; size_t n_trees, cap_trees;
  const double *data; /* of the graph, when the trees were made */
} streams;

typedef struct function {
  roi_node node;
  const char *name;
  uint64_t columns;          /* which the parent bounds before it asks for a trial */
  roi_trial_job past;        /* a trial of the job before (lanes 0: there was none), its arguments and result */
  double *past_arguments, past_result;
} function;

typedef struct server {
  roi_script *s;
  function *functions; size_t n, cap;
  size_t n_nodes;            /* of the model's graph; what a trial adds comes after */
  streams *rng;              /* the userdata at stack index 1 */
  const roi_trial_job *job;
  double *values, *results;  /* of the job */
} server;

/* -- rng --------------------------------------------------------------------------------------------------------------- */

static streams *rng_of(lua_State *L) {
  streams *r = luaL_checkudata(L, 1, "rng");
  if (!r->running) luaL_error(L, "this rng belongs to a trial that has ended; use the one given to the function");
  return r;
}

static double next_uniform(streams *r) {
  uint64_t k = r->draws++, high = k / DRAWS_A_KEY;
  if (k > 0 && high > 0 && k % DRAWS_A_KEY == 0) {
    char name[512];
    snprintf(name, sizeof name, "%.480s\x1f%llu", r->name, (unsigned long long)high);
    r->key = roi_name_key(name);
  }
  return roi_uniform_at(r->seed, r->key, r->trial, (uint32_t)(k % DRAWS_A_KEY));
}

static int rng_uniform(lua_State *L) {
  lua_pushnumber(L, next_uniform(rng_of(L)));
  return 1;
}

static const roi_distribution *tree_of(lua_State *L, streams *r, roi_node node) {
  const double *data = roi_script_of(L)->graph->data;
  if (data != r->data) /* empirical trees point into it, and a distribution made in a trial has moved it */
    while (r->n_trees > 0) roi_free(r->trees[--r->n_trees].distribution);
  r->data = data;
  for (size_t i = r->n_trees; i-- > 0;)
    if (r->trees[i].node == node) return r->trees[i].distribution;
  roi_error err;
  if (roi_grow((void **)&r->trees, r->n_trees, &r->cap_trees, sizeof *r->trees) != 0)
    luaL_error(L, "out of memory while preparing a distribution");
  roi_distribution *d = roi_dist_tree(roi_script_of(L)->graph, node, &err);
  if (!d) luaL_error(L, "%s", lua_pushstring(L, err.text));
  r->trees[r->n_trees++] = (tree){node, d};
  return d;
}

/* 1 if everything the distribution is made of is known now. */
static int is_constant(const roi_graph *g, roi_node node) {
  const roi_node_row *row = &g->nodes[node];
  double value;
  if (row->shape != ROI_DIST_SHAPE) return roi_graph_constant(g, node, &value);
  for (uint32_t i = 0; i < row->n_args; i++)
    if (!is_constant(g, g->args[row->first_arg + i])) return 0;
  return 1;
}

static int rng_draw(lua_State *L) {
  streams *r = rng_of(L);
  roi_node node = roi_lua_distribution(L, 2);
  if (node == ROI_NONE) return luaL_error(L, "rng:draw takes a distribution, such as roi.exponential(2)");
  if (!is_constant(roi_script_of(L)->graph, node))
    return luaL_error(L, "rng:draw takes a distribution with plain numbers as parameters; pass uncertain ones to the function "
                         "and compute from rng:uniform()");
  const roi_distribution *d = tree_of(L, r, node);
  double u = next_uniform(r);
  lua_pushnumber(L, roi_dist_quantile(d, u, 1.0 - u));
  return 1;
}

static streams *push_rng(lua_State *L) {
  static const luaL_Reg methods[] = {{"uniform", rng_uniform}, {"draw", rng_draw}, {NULL, NULL}};
  streams *r = lua_newuserdatauv(L, sizeof *r, 0);
  memset(r, 0, sizeof *r);
  luaL_newmetatable(L, "rng");
  luaL_newlib(L, methods);
  lua_setfield(L, -2, "__index");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_setmetatable(L, -2);
  return r;
}

/* -- Calls ------------------------------------------------------------------------------------------------------------- */

static void push_arguments(lua_State *L, const server *v, const function *f, uint32_t lane) {
  const roi_graph *g = v->s->graph;
  const double *p = v->values + lane;
  const roi_node_row *row = &g->nodes[f->node];
  luaL_checkstack(L, (int)row->n_args + 2, "too many arguments");
  for (uint32_t i = 0; i < row->n_args; i++) {
    const roi_node_row *a = &g->nodes[g->args[row->first_arg + i]];
    if (a->shape == ROI_SCALAR) {
      lua_pushnumber(L, *p);
      p += v->job->lanes;
      continue;
    }
    lua_createtable(L, (int)g->horizon, 0);
    for (uint32_t t = 1; t <= g->horizon; t++, p += v->job->lanes) {
      lua_pushnumber(L, *p);
      lua_rawseti(L, -2, t);
    }
  }
}

/* An error at the line of the script's roi.per_trial. */
static void fail(lua_State *L, const server *v, const function *f, const char *format, ...) {
  va_list args;
  const roi_node_row *row = &v->s->graph->nodes[f->node];
  lua_pushfstring(L, "%s:%d: ", roi_graph_text(v->s->graph, row->file), (int)row->line);
  va_start(args, format);
  lua_pushvfstring(L, format, args);
  va_end(args);
  lua_concat(L, 2);
  lua_error(L);
}

/* Distributions that the trial made go with it, so that trials without end need no memory without end. */
static void forget_trial(server *v) {
  streams *r = v->rng;
  roi_graph *g = v->s->graph;
  if (g->n_nodes == v->n_nodes) return;
  for (size_t i = 0; i < r->n_trees; i++)
    while (i < r->n_trees && r->trees[i].node >= v->n_nodes) {
      roi_free(r->trees[i].distribution);
      r->trees[i] = r->trees[--r->n_trees];
    }
  roi_graph_shrink(g, v->n_nodes);
}

static double call(lua_State *L, server *v, const function *f, uint32_t lane) {
  streams *r = v->rng;
  r->seed = v->job->seed;
  r->trial = v->job->first_trial + lane;
  r->draws = 0;
  r->name = f->name;
  r->key = roi_name_key(f->name);
  v->s->trial = r->trial;
  v->s->deadline = roi_seconds() + v->s->job->seconds;
  int top = lua_gettop(L);
  roi_lua_begin_trial(L);
  if (!roi_lua_push_per_trial(L, f->name)) luaL_error(L, "the function was lost");
  lua_pushvalue(L, 1);
  push_arguments(L, v, f, lane);
  r->running = 1;
  lua_call(L, lua_gettop(L) - top - 1, LUA_MULTRET);
  r->running = 0;
  int n = lua_gettop(L) - top;
  if (n != 1) fail(L, v, f, "it must return one number, not %d values", n);
  if (lua_type(L, -1) != LUA_TNUMBER) fail(L, v, f, "it must return one number, not a %s", luaL_typename(L, -1));
  double result = lua_tonumber(L, -1);
  lua_settop(L, top);
  forget_trial(v);
  ((roi_trial_area *)(void *)v->s->job->shared)->done++;
  return result;
}

static int same_bits(double a, double b) { return memcmp(&a, &b, sizeof a) == 0 || (a != a && b != b); }

static void expect_same(lua_State *L, const server *v, const function *f, double again, double result) {
  if (!same_bits(again, result))
    fail(L, v, f, "it gave %f and, run again after other trials, %f: it may not change anything outside itself, since trials run in "
                  "any order", result, again);
}

/* Runs a trial of the job before again, and keeps one of this job: what changes late, or slowly, is found too. */
static void look_back(lua_State *L, server *v, function *f) {
  const roi_trial_job *job = v->job;
  double *values = v->values;
  if (f->past.lanes) {
    v->job = &f->past;
    v->values = f->past_arguments;
    expect_same(L, v, f, call(L, v, f, 0), f->past_result);
    v->job = job;
    v->values = values;
  }
  for (uint64_t a = 0; a < f->columns; a++) f->past_arguments[a] = values[(size_t)a * job->lanes];
  f->past_result = v->results[0];
  f->past = *job;
  f->past.lanes = 1;
}

/* Runs another worker's trials from the last to the first. That one twice, so that no count of calls is the other's: what the functions
 * left outside themselves is something else here than it was there, and a result that rests on it shows. */
static void check_job(lua_State *L, server *v, const function *f) {
  uint32_t last = v->job->lanes - 1;
  expect_same(L, v, f, call(L, v, f, last), v->results[last]);
  for (uint32_t i = v->job->lanes; i-- > 0;) expect_same(L, v, f, call(L, v, f, i), v->results[i]);
}

/* Runs one job: stack index 1 the rng, 2 the server. */
static int run_job(lua_State *L) {
  server *v = lua_touserdata(L, 2);
  function *f = &v->functions[v->job->function];
  if (v->job->check) check_job(L, v, f);
  else {
    for (uint32_t i = 0; i < v->job->lanes; i++) v->results[i] = call(L, v, f, i);
    look_back(L, v, f);
  }
  return 0;
}

/* "FILE:LINE: per_trial function 'x', trial 12: text". A function that is no script's, such as roi.max, has no line: that of the call of
 * roi.per_trial stands for it. Upvalue 1: the server. */
static int trial_handler(lua_State *L) {
  const roi_script *s = roi_script_of(L);
  const server *v = lua_touserdata(L, lua_upvalueindex(1));
  const roi_node_row *row = &s->graph->nodes[v->functions[v->job->function].node];
  roi_script_handler(L);
  const char *text = lua_tostring(L, -1), *rest = text;
  int line, name = roi_script_split(s, text, &line, &rest);
  if (name >= 0) lua_pushfstring(L, "%s:%d: ", s->names[name].shown, line);
  else if (row->line) lua_pushfstring(L, "%s:%d: ", roi_graph_text(s->graph, row->file), (int)row->line);
  else lua_pushliteral(L, "");
  lua_pushfstring(L, "per_trial function '%s', trial %I: %s", s->function, (LUAI_UACINT)(s->trial + 1), rest);
  lua_concat(L, 2);
  return 1;
}

/* -- Serving ----------------------------------------------------------------------------------------------------------- */

static int list_functions(server *v) {
  const roi_graph *g = v->s->graph;
  for (size_t i = 0; i < g->n_nodes; i++) {
    const roi_node_row *row = &g->nodes[i];
    if (row->op != ROI_EXTERN) continue;
    if (roi_grow((void **)&v->functions, v->n, &v->cap, sizeof *v->functions) != 0) return -1;
    function f = {.node = (roi_node)i, .name = roi_copy_string(roi_graph_text(g, row->name))}; /* a trial may move the texts */
    if (!f.name) return -1;
    f.columns = roi_graph_given(g, row);
    v->s->used += ((size_t)f.columns + 1) * sizeof *f.past_arguments; /* as if it were Lua's, whose limit holds without the process's */
    if (v->s->used > v->s->job->memory) return -1;
    f.past_arguments = roi_alloc((size_t)f.columns + 1, sizeof *f.past_arguments);
    if (!f.past_arguments) return -1;
    v->functions[v->n++] = f;
  }
  return 0;
}

_Noreturn void roi_script_serve(roi_script *s) {
  lua_State *L = s->L;
  server v = {.s = s};
  roi_trial_job job;
  roi_message m;
  if (list_functions(&v) != 0) roi_script_out_of_memory(s);
  v.rng = push_rng(L);
  v.n_nodes = s->graph->n_nodes;
  v.job = &job;
  v.values = ((roi_trial_area *)(void *)s->job->shared)->values;
  while (roi_child_read(s->job->fd, &m, sizeof m) == 0 && roi_child_read(s->job->fd, &job, sizeof job) == 0) {
    if (job.function >= v.n || job.columns != v.functions[job.function].columns) roi_child_exit(1);
    s->function = v.functions[job.function].name;
    v.results = v.values + (size_t)job.columns * job.lanes;
    lua_settop(L, 1);
    lua_pushlightuserdata(L, &v);
    lua_pushcclosure(L, trial_handler, 1);
    lua_pushcfunction(L, run_job);
    lua_pushvalue(L, 1);
    lua_pushlightuserdata(L, &v);
    int code = lua_pcall(L, 2, 0, 2);
    if (code != LUA_OK) roi_script_die(s, code);
    roi_message done = {.type = ROI_SAY_TRIALS};
    if (roi_child_send(s->job->fd, &done, "") != 0) break;
  }
  roi_child_exit(0);
}
