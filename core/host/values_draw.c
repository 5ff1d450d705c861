/* Draws: names, numbers on their line, and what may happen to a distribution before it is drawn. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "host/sandbox.h"
#include "host/values_state.h"

#define LABELS_KEY "roisim.labels" /* in the registry: name -> which of the graph's labels, of those that the script gave */

/* -- the count of draws on each line ------------------------------------------------------------------------------------ */

static size_t line_slot(const roi_values *v, uint32_t base, uint32_t line) {
  size_t at = (base * 0x9E3779B1u ^ line * 0x85EBCA6Bu) & (v->line_index_size - 1);
  for (; v->line_index[at]; at = (at + 1) & (v->line_index_size - 1)) {
    const roi_line_count *c = &v->lines[v->line_index[at] - 1];
    if (c->base == base && c->line == line) break;
  }
  return at;
}

static void grow_line_index(lua_State *L, roi_values *v) {
  size_t size = v->line_index_size ? v->line_index_size * 2 : 64;
  uint32_t *index = roi_alloc_zero(size, sizeof *index);
  if (!index) luaL_error(L, "out of memory while naming a draw");
  roi_free(v->line_index);
  v->line_index = index;
  v->line_index_size = size;
  for (size_t i = 0; i < v->n_lines; i++) index[line_slot(v, v->lines[i].base, v->lines[i].line)] = (uint32_t)i + 1;
}

static roi_line_count *line_count(lua_State *L, roi_values *v, uint32_t base, uint32_t line) {
  if ((v->n_lines + 1) * 2 > v->line_index_size) grow_line_index(L, v);
  size_t at = line_slot(v, base, line);
  if (!v->line_index[at]) {
    if (roi_grow((void **)&v->lines, v->n_lines, &v->cap_lines, sizeof *v->lines) != 0)
      luaL_error(L, "out of memory while naming a draw");
    v->lines[v->n_lines++] = (roi_line_count){base, line, 0};
    v->line_index[at] = (uint32_t)v->n_lines;
  }
  return &v->lines[v->line_index[at] - 1];
}

/* -- making ------------------------------------------------------------------------------------------------------------- */

static roi_value *new_value(lua_State *L, const roi_values *v, const roi_value *content) {
  roi_value *x = lua_newuserdatauv(L, sizeof *x, 0);
  *x = *content;
  x->trial = v->trial;
  lua_getfield(L, LUA_REGISTRYINDEX, ROI_VALUE_META);
  lua_setmetatable(L, -2);
  return x;
}

/* At the script's place, with no number on its line yet. */
static roi_value draw_here(lua_State *L, roi_values *v, roi_node dist) {
  roi_value x = {.node = ROI_NONE, .dist = dist};
  roi_place p = roi_v_place(L, v);
  if (p.line) {
    x.file = v->sources[p.source].file;
    x.base = v->sources[p.source].base;
  } else {
    x.file = x.base = roi_v_string(L, v, "script");
  }
  x.line = p.line;
  return x;
}

roi_value *roi_v_new_draw(lua_State *L, roi_values *v, roi_node dist) {
  roi_value x = draw_here(L, v, dist);
  x.number = ++line_count(L, v, x.base, x.line)->count;
  return new_value(L, v, &x);
}

roi_value *roi_v_new_draw_to_name(lua_State *L, roi_values *v, roi_node dist, int each_period) {
  roi_value x = draw_here(L, v, dist);
  x.each_period = each_period != 0;
  return new_value(L, v, &x);
}

const char *roi_v_draw_name(lua_State *L, roi_values *v, const roi_value *d) {
  const char *text = roi_graph_text(v->g, d->name ? d->name : d->base);
  if (d->name) return lua_pushstring(L, text);
  if (d->number > 1) return lua_pushfstring(L, "%s:%d#%d", text, (int)d->line, (int)d->number);
  return lua_pushfstring(L, "%s:%d", text, (int)d->line);
}

/* The label that a script gave under the name, or NULL. */
static const roi_label_row *given_label(lua_State *L, const roi_values *v, const char *name) {
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LABELS_KEY);
  lua_getfield(L, -1, name);
  const roi_label_row *row = lua_isinteger(L, -1) ? &v->g->labels[lua_tointeger(L, -1)] : NULL;
  lua_pop(L, 2);
  return row;
}

/* One name for two values: conditions and reports would take the first that they find. */
static int refuse_name(lua_State *L, roi_values *v, const char *name, uint32_t file, uint32_t line) {
  if (line == 0) return roi_v_fail(L, v, "'%s' is already the name of another value: give this one another", name);
  return roi_v_fail(L, v, "'%s' is already the name of another value (%s:%d): give this one another", name, roi_graph_text(v->g, file),
                    (int)line);
}

/* A distribution whose tail is so heavy that its mean, or the error of one, is none: what reports estimate of it means nothing. */
static void warn_of_tail(lua_State *L, roi_values *v, const roi_value *d) {
  const roi_node_row *row = &v->g->nodes[d->dist];
  double shape;
  roi_error err;
  char text[300], number[32];
  int pareto = row->op == ROI_DIST && row->family == ROI_FAMILY_PARETO;
  if (!pareto && !(row->op == ROI_DIST && row->family == ROI_FAMILY_STUDENT_T)) return;
  if (!roi_graph_constant(v->g, v->g->args[row->first_arg], &shape) || shape > (v->checking ? 2 : 1)) return;
  snprintf(text, sizeof text, "a %s with %s %s has no %s: %s; :truncate(low, high) bounds it", pareto ? "pareto" : "student_t",
           pareto ? "shape" : "df", roi_format_shortest(number, shape), shape > 1 ? "variance" : "mean",
           shape > 1 ? "the errors of means that rest on it are too small" : "means that rest on it grow with the number of trials");
  const roi_finding f = {.file = d->file, .line = d->line, .rule = "heavy-tail", .text = text, .level = shape > 1, .when = ROI_NONE};
  if (roi_graph_add_finding(v->g, &f, &err) != ROI_OK) roi_v_raise(L, v, &err);
}

void roi_v_draw(lua_State *L, roi_values *v, roi_value *d) {
  roi_error err;
  if (v->finished) roi_v_here(L, v); /* refuses */
  if (d->part)
    roi_v_fail(L, v, "this distribution became part of another one on line %d: call it again for another draw",
               (int)d->used_line);
  if (d->each_period) roi_v_need_model(L, v, "roi.each_period");
  uint32_t file = v->g->here_file, line = v->g->here_line;
  const char *name = roi_v_draw_name(L, v, d);
  const roi_label_row *label = d->name ? given_label(L, v, name) : NULL;
  if (label) refuse_name(L, v, name, label->file, label->line);
  d->used_line = line;
  roi_graph_here(v->g, d->file, d->line);
  d->node = roi_v_make_draw(v, d->dist, name, d->each_period, &err);
  roi_graph_here(v->g, file, line);
  if (d->node == ROI_NONE) roi_v_raise(L, v, &err);
  warn_of_tail(L, v, d);
  lua_pop(L, 1);
}

/* -- before the draw ---------------------------------------------------------------------------------------------------- */

/* Distributions that a per-trial function makes end with their trial, and their numbers then stand for others of the graph. */
static void check_trial(lua_State *L, roi_values *v, const roi_value *d) {
  if (d->trial != 0 && d->trial != v->trial)
    roi_v_fail(L, v, "this distribution belongs to a trial that has ended: make it in the function or before");
}

/* A distribution at idx that can still change; anything else is an error. */
static roi_value *undrawn(lua_State *L, roi_values *v, int idx, const char *what) {
  roi_value *d = roi_v_test(L, v, idx);
  if (!d || d->dist == ROI_NONE)
    roi_v_fail(L, v, "%s needs a distribution, such as roi.normal(10, 2), not %s", what, roi_v_kind(L, v, idx));
  check_trial(L, v, d);
  if (d->part)
    roi_v_fail(L, v, "%s: this distribution became part of another one on line %d: call it again for another", what,
               (int)d->used_line);
  if (d->node != ROI_NONE)
    roi_v_fail(L, v, "%s: '%s' is already a drawn number (line %d): call the distribution again for another draw", what,
               roi_v_draw_name(L, v, d), (int)d->used_line);
  return d;
}

static void becomes_part(roi_values *v, roi_value *d) {
  d->part = 1;
  d->used_line = v->g->here_line;
}

/* d:truncate(low, high), d:clamp(low, high): nil is no bound. Upvalue 2: the operation. */
static int draw_bounds(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_opcode op = (roi_opcode)lua_tointeger(L, lua_upvalueindex(2));
  const char *name = op == ROI_CLAMP ? ":clamp(low, high)" : ":truncate(low, high)";
  roi_error err;
  roi_v_here_distribution(L, v);
  roi_value *d = undrawn(L, v, 1, name);
  if (lua_gettop(L) > 3)
    return roi_v_fail(L, v, "%s takes 2 arguments, not %d; decimals have a point: 0.12, not 0,12", name, lua_gettop(L) - 1);
  lua_settop(L, 3);
  if (lua_isnil(L, 2) && lua_isnil(L, 3)) return roi_v_fail(L, v, "%s needs at least one bound", name);
  roi_node node[3] = {d->dist, ROI_NONE, ROI_NONE};
  for (int i = 2; i <= 3; i++) {
    if (lua_isnil(L, i)) lua_pushnumber(L, i == 2 ? -HUGE_VAL : HUGE_VAL);
    else lua_pushvalue(L, i);
    node[i - 1] = roi_v_node(L, v, -1, name);
  }
  roi_value result = *d;
  result.dist = roi_apply(v->g, op, node, 3, &err);
  if (result.dist == ROI_NONE) return roi_v_raise(L, v, &err);
  becomes_part(v, d);
  new_value(L, v, &result);
  return 1;
}

/* each_period(d): the same draw, made anew in each period. */
static int draw_each_period(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_v_here(L, v);
  roi_v_need_model(L, v, "roi.each_period");
  if (lua_gettop(L) > 1) return roi_v_fail(L, v, "roi.each_period takes 1 argument, a distribution, not %d", lua_gettop(L));
  roi_value *d = undrawn(L, v, 1, "roi.each_period");
  roi_value result = *d;
  result.each_period = 1;
  becomes_part(v, d);
  new_value(L, v, &result);
  return 1;
}

/* draw_named(d, name): names the draw and draws it; returns its value. */
static int draw_named(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_v_here(L, v);
  roi_value *d = roi_v_test(L, v, 1);
  if (d->name)
    return roi_v_fail(L, v, "the draw is already named '%s': for another draw call the distribution again",
                      roi_v_draw_name(L, v, d));
  d = undrawn(L, v, 1, roi_v_text(L, v, 2));
  d->name = roi_v_string(L, v, lua_tostring(L, 2));
  roi_v_draw(L, v, d);
  lua_settop(L, 1);
  return 1;
}

/* occurs(name, p): a draw of that name, 1 with probability p, else 0. */
static int draw_occurs(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_error err;
  roi_v_here(L, v);
  roi_node p = roi_v_scalar(L, v, 2, "probability");
  roi_node dist = roi_dist(v->g, ROI_FAMILY_BERNOULLI, ROI_FORM_NATURAL, &p, 1, &err);
  if (dist == ROI_NONE) return roi_v_raise(L, v, &err);
  return roi_v_push(L, v, roi_v_make_draw(v, dist, roi_v_text(L, v, 1), 0, &err), &err);
}

/* again(d): a further draw of the same distribution, not yet drawn. */
static int draw_again(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_v_here(L, v);
  roi_v_new_draw(L, v, undrawn(L, v, 1, "a further draw")->dist);
  return 1;
}

/* is_draw(x): whether x is a distribution, whether it can still be named, and whether it can still be drawn in another way. */
static int is_draw(lua_State *L) {
  const roi_value *x = roi_v_test(L, roi_v_state(L), 1);
  lua_pushboolean(L, x && x->dist != ROI_NONE);
  lua_pushboolean(L, x && x->dist != ROI_NONE && x->node == ROI_NONE && !x->name);
  lua_pushboolean(L, x && x->dist != ROI_NONE && x->node == ROI_NONE);
  return 3;
}

/* Fails if a draw or an input other than the node has the name. */
static void check_name_free(lua_State *L, roi_values *v, const char *name, roi_node node) {
  const roi_graph *g = v->g;
  for (size_t i = 0; i < g->n_inputs; i++)
    if (g->inputs[i].node != node && strcmp(roi_graph_text(g, g->inputs[i].name), name) == 0)
      refuse_name(L, v, name, g->inputs[i].file, g->inputs[i].line);
  uint32_t stream = roi_graph_stream(g, name);
  for (size_t i = stream ? g->n_nodes : 0; i-- > 0;)
    if (g->nodes[i].op == ROI_DRAW && g->nodes[i].name == stream && i != node && !roi_v_is_waiting(v, (roi_node)i))
      refuse_name(L, v, name, g->nodes[i].file, g->nodes[i].line);
}

/* Labels the value. Naming it twice alike changes nothing. */
static void add_given_label(lua_State *L, roi_values *v, const char *name, roi_node node) {
  roi_error err;
  const roi_label_row *label = given_label(L, v, name);
  if (label && label->node == node) return;
  if (label) refuse_name(L, v, name, label->file, label->line);
  check_name_free(L, v, name, node);
  if (roi_graph_add_label(v->g, name, node, &err) != ROI_OK) roi_v_raise(L, v, &err);
  v->g->labels[v->g->n_labels - 1].given = 1;
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LABELS_KEY);
  lua_pushinteger(L, (lua_Integer)v->g->n_labels - 1);
  lua_setfield(L, -2, name);
  lua_pop(L, 1);
}

/* value:name(text): a label of any value; of a draw not yet drawn, its name. */
static int value_name(lua_State *L) {
  roi_values *v = roi_v_state(L);
  roi_value *x = roi_v_receiver(L, v, "name");
  if (lua_type(L, 2) != LUA_TSTRING || lua_rawlen(L, 2) == 0)
    return roi_v_fail(L, v, "value:name(text) takes a text that is not empty, not %s", roi_v_kind(L, v, 2));
  const char *name = roi_v_name(L, v, 2, "value:name(text)");
  roi_v_here(L, v);
  if (x->dist != ROI_NONE && x->name)
    return roi_v_fail(L, v, "the draw is already named '%s'", roi_v_draw_name(L, v, x));
  if (x->dist != ROI_NONE && x->node == ROI_NONE && !x->part) x->name = roi_v_string(L, v, name);
  else add_given_label(L, v, name, roi_v_node(L, v, 1, ":name"));
  lua_settop(L, 1);
  return 1;
}

/* -- mixtures ----------------------------------------------------------------------------------------------------------- */

/* The components' automatic names are not used: their numbers are given back, and the mixture takes the lowest of its own
 * line. part[0..n-1] are the components. */
static void take_numbers(lua_State *L, roi_values *v, roi_value *mixture, roi_value *const *part, size_t n) {
  uint32_t lowest = 0;
  for (size_t i = 0; i < n; i++)
    if (!part[i]->name && part[i]->base == mixture->base && part[i]->line == mixture->line &&
        (lowest == 0 || part[i]->number < lowest))
      lowest = part[i]->number;
  if (lowest) {
    line_count(L, v, mixture->base, mixture->line)->count--;
    mixture->number = lowest;
  }
  for (int again = 1; again;) {
    again = 0;
    for (size_t i = 0; i < n; i++) {
      roi_line_count *c = line_count(L, v, part[i]->base, part[i]->line);
      int kept = lowest && part[i]->number == lowest && part[i]->base == mixture->base && part[i]->line == mixture->line;
      if (part[i]->name || kept || c->count != part[i]->number) continue;
      c->count--;
      again = 1;
    }
  }
}

/* mixture{{weight, dist}, ...} */
static int draw_mixture(lua_State *L) {
  roi_values *v = roi_v_state(L);
  static const char what[] = "roi.mixture { { weight, distribution }, ... }";
  roi_error err;
  roi_v_here_distribution(L, v);
  if (lua_gettop(L) == 1) roi_sandbox_see_through(L, 1);
  if (lua_gettop(L) != 1 || lua_type(L, 1) != LUA_TTABLE || lua_rawlen(L, 1) == 0)
    return roi_v_fail(L, v, "%s takes one table of pairs", what);
  size_t n = (size_t)lua_rawlen(L, 1);
  roi_v_whole_list(L, v, 1, n, what, 0);
  roi_node *node = lua_newuserdatauv(L, 2 * n * sizeof *node, 0);
  roi_value **part = lua_newuserdatauv(L, n * sizeof *part, 0);
  for (size_t i = 0; i < n; i++) {
    lua_rawgeti(L, 1, (lua_Integer)i + 1);
    roi_sandbox_see_through(L, -1);
    if (lua_type(L, -1) != LUA_TTABLE)
      return roi_v_fail(L, v, "%s: entry %d is %s, not a pair", what, (int)i + 1, roi_v_kind(L, v, -1));
    roi_v_whole_list(L, v, -1, 2, what, i + 1);
    lua_rawgeti(L, -1, 1);
    lua_rawgeti(L, -2, 2);
    part[i] = undrawn(L, v, -1, what);
    if (part[i]->each_period) return roi_v_fail(L, v, "%s: give roi.each_period the whole mixture, not its parts", what);
    node[2 * i] = roi_v_scalar(L, v, -2, "roi.mixture: a weight");
    node[2 * i + 1] = part[i]->dist;
    lua_pop(L, 3);
    becomes_part(v, part[i]); /* at once, so that one distribution can't stand twice */
  }
  roi_node dist = roi_apply(v->g, ROI_MIXTURE, node, 2 * n, &err);
  if (dist == ROI_NONE) return roi_v_raise(L, v, &err);
  roi_value *mixture = roi_v_new_draw(L, v, dist);
  take_numbers(L, v, mixture, part, n);
  return 1;
}

roi_node roi_lua_distribution(lua_State *L, int index) {
  roi_values *v = roi_v_registry_state(L);
  roi_value *d = roi_v_test(L, v, index);
  if (!d || d->dist == ROI_NONE) return ROI_NONE;
  check_trial(L, v, d);
  return d->dist;
}

void roi_lua_begin_trial(lua_State *L) { roi_v_registry_state(L)->trial++; }

void roi_v_open_draws(lua_State *L, int state, int t) {
  roi_v_function(L, state, t, "each_period", draw_each_period);
  roi_v_function(L, state, t, "mixture", draw_mixture);
  roi_v_function(L, state, t, "draw_named", draw_named);
  roi_v_function(L, state, t, "occurs", draw_occurs);
  roi_v_function(L, state, t, "again", draw_again);
  roi_v_function(L, state, t, "is_draw", is_draw);
  lua_getfield(L, t, "methods");
  int methods = lua_gettop(L);
  roi_v_function(L, state, methods, "name", value_name);
  static const roi_opcode bounds[] = {ROI_TRUNCATE, ROI_CLAMP};
  for (int i = 0; i < 2; i++) {
    lua_pushvalue(L, state);
    lua_pushinteger(L, (lua_Integer)bounds[i]);
    lua_pushcclosure(L, draw_bounds, 2);
    lua_setfield(L, methods, roi_op_rows[bounds[i]].name);
  }
  lua_pop(L, 1);
}
