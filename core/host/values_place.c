/* Which script line is being run, and error messages that begin with it. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "dist/dist.h"
#include "host/sandbox.h"
#include "host/values_state.h"

uint32_t roi_v_string(lua_State *L, roi_values *v, const char *s) {
  uint32_t offset = roi_graph_string(v->g, s);
  if (offset == UINT32_MAX) luaL_error(L, "out of memory while keeping a name");
  return offset;
}

const char *roi_v_text(lua_State *L, roi_values *v, int idx) {
  size_t size;
  const char *s = lua_tolstring(L, idx, &size), *zero = s ? memchr(s, '\0', size) : NULL;
  if (zero)
    roi_v_fail(L, v, "the text '%s' has a zero byte at position %d, at which it would end: leave that out", s, (int)(zero - s) + 1);
  return s;
}

const char *roi_v_name(lua_State *L, roi_values *v, int idx, const char *what) {
  enum { MOST_BYTES = 1000 };
  const char *name = roi_v_text(L, v, idx);
  size_t n = strlen(name);
  if (n > MOST_BYTES) roi_v_fail(L, v, "%s: a name has at most %d bytes; this one has %d", what, MOST_BYTES, (int)n);
  return name;
}

static size_t add_source(lua_State *L, roi_values *v, const lua_Debug *ar) {
  const char *shown = *ar->source == '@' || *ar->source == '=' ? ar->source + 1 : ar->short_src;
  const char *slash = strrchr(shown, '/');
  uint32_t file = roi_v_string(L, v, shown);
  uint32_t base = UINT32_MAX; /* one offset for one name: draws are counted by it */
  for (size_t i = 0; i < v->n_sources && base == UINT32_MAX; i++)
    if (strcmp(roi_graph_text(v->g, v->sources[i].base), slash ? slash + 1 : shown) == 0) base = v->sources[i].base;
  if (base == UINT32_MAX) base = slash ? roi_v_string(L, v, slash + 1) : file;
  char *copy = roi_copy_string(ar->source);
  if (!copy || roi_grow((void **)&v->sources, v->n_sources, &v->cap_sources, sizeof *v->sources) != 0) {
    roi_free(copy);
    luaL_error(L, "out of memory while keeping a file name");
  }
  v->sources[v->n_sources] = (roi_source){copy, file, base};
  return v->n_sources++;
}

/* Chunks come and go, and so do the addresses of their names: names are compared by content. */
static size_t find_source(lua_State *L, roi_values *v, const lua_Debug *ar) {
  if (v->last_source < v->n_sources && strcmp(v->sources[v->last_source].source, ar->source) == 0) return v->last_source;
  for (size_t i = 0; i < v->n_sources; i++)
    if (strcmp(v->sources[i].source, ar->source) == 0) return i;
  return add_source(L, v, ar);
}

roi_place roi_v_place(lua_State *L, roi_values *v) {
  lua_Debug ar;
  for (int level = 0; lua_getstack(L, level, &ar); level++) {
    lua_getinfo(L, "Sl", &ar);
    if (ar.currentline <= 0 || strncmp(ar.source, ROI_LIBRARY_CHUNK, sizeof ROI_LIBRARY_CHUNK - 1) == 0) continue;
    v->last_source = find_source(L, v, &ar);
    const roi_source *s = &v->sources[v->last_source];
    return (roi_place){roi_graph_text(v->g, s->file), (uint32_t)v->last_source, (uint32_t)ar.currentline};
  }
  return (roi_place){"", 0, 0};
}

uint64_t roi_lua_graph_bytes(const roi_graph *g) {
  return g->n_nodes * sizeof *g->nodes + g->n_args * sizeof *g->args + g->n_data * sizeof *g->data + g->n_strings +
         g->hash_size * sizeof *g->hash;
}

void roi_lua_limit_graph(lua_State *L, uint64_t bytes) { roi_v_registry_state(L)->most_bytes = bytes; }

void roi_v_here(lua_State *L, roi_values *v) {
  if (v->most_bytes && roi_lua_graph_bytes(v->g) > v->most_bytes) luaL_error(L, "out of memory while building a model");
  if (v->finished)
    roi_v_fail(L, v, "the model is complete: inside roi.per_trial compute with plain numbers, and draw with rng:uniform() "
                     "or rng:draw(distribution)");
  if (v->fixed_line) {
    roi_graph_here(v->g, v->fixed_file, v->fixed_line);
    return;
  }
  roi_place p = roi_v_place(L, v);
  roi_graph_here(v->g, p.line ? v->sources[p.source].file : 0, p.line);
}

void roi_v_here_distribution(lua_State *L, roi_values *v) {
  if (!v->finished) roi_v_here(L, v);
}

int roi_v_fail(lua_State *L, roi_values *v, const char *format, ...) {
  va_list ap;
  roi_place p = roi_v_place(L, v);
  if (p.line) lua_pushfstring(L, "%s:%d: ", p.file, (int)p.line);
  else if (v->fixed_line) lua_pushfstring(L, "%s:%d: ", roi_graph_text(v->g, v->fixed_file), (int)v->fixed_line); /* the script has ended */
  else lua_pushliteral(L, "");
  va_start(ap, format);
  lua_pushvfstring(L, format, ap);
  va_end(ap);
  lua_concat(L, 2);
  return lua_error(L);
}

void roi_v_warn(lua_State *L, roi_values *v, const char *rule, const char *text) {
  roi_error err;
  roi_place p = roi_v_place(L, v);
  const roi_finding f = {.file = p.line ? v->sources[p.source].file : 0, .line = p.line, .rule = rule, .text = text, .when = ROI_NONE};
  if (roi_graph_add_finding(v->g, &f, &err) != ROI_OK) roi_v_raise(L, v, &err);
}

void roi_lua_missing_name(lua_State *L, const char *name) {
  roi_values *v = roi_v_registry_state(L);
  if (!v || v->finished || roi_v_place(L, v).line == 0) return;
  const char *text = lua_pushfstring(L, "'%s' has no value: a name not set, or a text without its quotes?", name);
  roi_v_warn(L, v, "unset-name", text);
  lua_pop(L, 1);
}

int roi_v_raise(lua_State *L, roi_values *v, const roi_error *err) {
  if (!err->line) return roi_v_fail(L, v, "%s", err->text);
  lua_pushfstring(L, "%s:%d: %s", err->file, err->line, err->text);
  return lua_error(L);
}

const char *roi_v_suggest(lua_State *L, const char *word, const char *const *names, size_t n) {
  const char *near = roi_nearest(word, names, n);
  return near ? lua_pushfstring(L, "; did you mean '%s'?", near) : lua_pushliteral(L, "");
}

const char *roi_v_kind(lua_State *L, roi_values *v, int idx) {
  roi_value *x = roi_v_test(L, v, idx);
  if (x) return x->dist != ROI_NONE ? "a draw" : roi_v_is_series(v, x->node) ? "an uncertain series" : "an uncertain number";
  switch (lua_type(L, idx)) {
    case LUA_TNONE: return "nothing";
    case LUA_TNIL: return "nil (a name not set?)";
    case LUA_TBOOLEAN: return lua_toboolean(L, idx) ? "true" : "false";
    case LUA_TNUMBER: {
      char text[32];
      return lua_isinteger(L, idx) ? lua_pushfstring(L, "%I", lua_tointeger(L, idx))
                                   : lua_pushstring(L, roi_format_shortest(text, lua_tonumber(L, idx)));
    }
    case LUA_TSTRING: return lua_pushfstring(L, "the text '%s'", lua_tostring(L, idx));
    case LUA_TTABLE: return "a table";
    case LUA_TFUNCTION: return "a function (a call without its parentheses?)";
    default: return "a value of another kind";
  }
}

void roi_v_whole_list(lua_State *L, roi_values *v, int idx, size_t n, const char *what, size_t entry) {
  if (!roi_sandbox_push_other_key(L, idx, n)) return;
  const char *key = lua_type(L, -1) == LUA_TSTRING ? lua_pushfstring(L, "'%s'", lua_tostring(L, -1)) : roi_v_kind(L, v, -1);
  if (entry) what = lua_pushfstring(L, "%s: entry %d", what, (int)entry);
  roi_v_fail(L, v, "%s: a list is needed, but %s stands beside its entries 1 to %d", what, key, (int)n);
}

/* The name in a message of Lua's own about a global that is nil: "... a nil value (global 'os')". */
static int missing_global(const char *message, char *name, size_t size) {
  static const char mark[] = "a nil value (global '";
  const char *p = strstr(message, mark);
  if (!p) return 0;
  p += sizeof mark - 1;
  size_t n = strcspn(p, "'");
  if (n == 0 || n >= size) return 0;
  memcpy(name, p, n);
  name[n] = '\0';
  return 1;
}

static int is_one_of(const char *name, const char *const *list) {
  for (; *list; list++)
    if (strcmp(name, *list) == 0) return 1;
  return 0;
}

/* Whether scripts may have meant roi.NAME. */
static int is_library_function(const char *name) {
  static const char *const common[] = {"all", "any", "at", "between", "clamp", "cumsum", "each_period", "interp", "irr", "lag",
                                       "last", "max", "mean", "min", "mixture", "model", "npv", "round", "series", "share",
                                       "sum", "where", NULL};
  for (int i = 0; i < ROI_FAMILY_COUNT; i++)
    if (strcmp(name, roi_family_get((roi_family)i)->name) == 0) return 1;
  return is_one_of(name, common);
}

static const char *global_hint(const char *name, char *room, size_t size) {
  static const char *const outside[] = {"os", "io", "debug", "package", "dofile", "loadfile", NULL};
  static const char *const known[] = {"roi", "model"};
  if (strcmp(name, "roi") == 0) snprintf(room, size, "begin with local roi = require \"roisim\"");
  else if (is_one_of(name, outside))
    snprintf(room, size, "%s is not available in a model: models can't reach files, programs or the clock", name);
  else if (is_library_function(name)) snprintf(room, size, "did you mean roi.%s?", name);
  else if (roi_nearest(name, known, 2)) snprintf(room, size, "did you mean '%s'?", roi_nearest(name, known, 2));
  else return NULL;
  return room;
}

const char *roi_lua_hint(const char *message, char *room, size_t size) {
  char name[64];
  if (missing_global(message, name, sizeof name)) return global_hint(name, room, size);
  if (strstr(message, "')' expected") && strstr(message, "near '='"))
    return "what is given by name stands in braces, roi.normal { mean = 5, sd = 3 }, and a comparison is written ==";
  if (strstr(message, "'for' initial value") || strstr(message, "'for' limit") || strstr(message, "'for' step"))
    return "an uncertain value can't bound a loop, since the script runs once for all trials: loop to the horizon and use "
           "roi.where, or write roi.per_trial";
  if (strstr(message, "number expected, got uncertain value"))
    return "math works on plain numbers: use the function of roi, such as roi.floor or roi.max";
  if (strstr(message, "uncertain value value")) /* as Lua puts it: "a uncertain value value (local 'x')" */
    return "an uncertain value is a number in each trial, but not in the script";
  return NULL;
}
