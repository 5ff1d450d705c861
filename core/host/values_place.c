/* Which script line is being run, and error messages that begin with it. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "host/values_state.h"

uint32_t roi_v_string(lua_State *L, roi_values *v, const char *s) {
  uint32_t offset = roi_graph_string(v->g, s);
  if (offset == UINT32_MAX) luaL_error(L, "out of memory while keeping a name");
  return offset;
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

void roi_v_here(lua_State *L, roi_values *v) {
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
  else lua_pushliteral(L, "");
  va_start(ap, format);
  lua_pushvfstring(L, format, ap);
  va_end(ap);
  lua_concat(L, 2);
  return lua_error(L);
}

int roi_v_raise(lua_State *L, roi_values *v, const roi_error *err) { return roi_v_fail(L, v, "%s", err->text); }

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
    case LUA_TNUMBER: return lua_pushfstring(L, "%s", luaL_tolstring(L, idx, NULL));
    case LUA_TSTRING: return lua_pushfstring(L, "the text '%s'", lua_tostring(L, idx));
    case LUA_TTABLE: return "a table";
    case LUA_TFUNCTION: return "a function (a call without its parentheses?)";
    default: return "a value of another kind";
  }
}

const char *roi_lua_hint(const char *message) {
  if (strstr(message, "'for' initial value") || strstr(message, "'for' limit") || strstr(message, "'for' step"))
    return "an uncertain value can't bound a loop, since the script runs once for all trials: loop to the horizon and use "
           "roi.where, or write roi.per_trial";
  if (strstr(message, "number expected, got uncertain value"))
    return "math works on plain numbers: use the function of roi, such as roi.floor or roi.max";
  if (strstr(message, "uncertain value value")) /* as Lua puts it: "a uncertain value value (local 'x')" */
    return "an uncertain value is a number in each trial, but not in the script";
  return NULL;
}
