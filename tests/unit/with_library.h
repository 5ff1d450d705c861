/* with_library.h - runs a script of the tests with roisim's own library, in this process and with all of Lua's libraries.
 *
 * The script gets the table of native functions (core/host/values.h) and a function fresh(text), which runs another script in the same
 * way, in a state of its own, and gives whether that worked and its message. It returns what it found wrong, "" if nothing. */
#ifndef ROI_TESTS_WITH_LIBRARY_H
#define ROI_TESTS_WITH_LIBRARY_H

#include <lauxlib.h>
#include <lualib.h>
#include <stdio.h>
#include <string.h>

#include "host/values.h"

typedef struct roi_embedded { const char *name; const unsigned char *text; size_t size; } roi_embedded;
extern const roi_embedded roi_lua_library[];

/* Puts the library's texts where require finds them. */
static void library_preload(lua_State *L) {
  luaL_openlibs(L);
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_PRELOAD_TABLE);
  for (const roi_embedded *e = roi_lua_library; e->name; e++) {
    lua_pushfstring(L, ROI_LIBRARY_CHUNK "%s]", e->name + strlen("roisim"));
    if (luaL_loadbufferx(L, (const char *)e->text, e->size, lua_tostring(L, -1), "t") != LUA_OK) lua_error(L);
    lua_setfield(L, -3, e->name);
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}

static int library_fresh(lua_State *L);

/* (graph, path) or (graph, nil, text) of the script and of an empty graph */
static int library_run(lua_State *L) {
  library_preload(L);
  lua_pushglobaltable(L);
  int env = lua_gettop(L);
  const char *path = lua_tostring(L, 2);
  int status = path ? luaL_loadfilex(L, path, "t") : luaL_loadbufferx(L, lua_tostring(L, 3), lua_rawlen(L, 3), "@fresh.lua", "t");
  if (status != LUA_OK) lua_error(L);
  int script = lua_gettop(L);
  roi_lua_open_values(L, lua_touserdata(L, 1), NULL, 0, NULL, env);
  if (path) {
    lua_pushcfunction(L, library_fresh);
  } else { /* a script requires the library, which wants the native functions */
    lua_getglobal(L, "package");
    lua_getfield(L, -1, "preload");
    lua_getfield(L, -1, "roisim");
    lua_pushvalue(L, script + 1);
    lua_call(L, 1, 1);
    lua_getfield(L, script + 2, "loaded");
    lua_insert(L, -2);
    lua_setfield(L, -2, "roisim");
    lua_settop(L, script);
  }
  lua_call(L, lua_gettop(L) - script, 1);
  return 1;
}

/* Runs a script with the library; its result or error is on the stack of *L, which the caller closes, as it frees *g. */
static int library_pcall(const char *path, const char *text, lua_State **L, roi_graph **g) {
  roi_error err;
  *g = roi_graph_new("", 12, ROI_MONTH, &err);
  *L = luaL_newstate();
  assert_true(*g && *L);
  lua_pushcfunction(*L, library_run);
  lua_pushlightuserdata(*L, *g);
  lua_pushstring(*L, path);
  lua_pushstring(*L, text);
  return lua_pcall(*L, 3, 1, 0);
}

static int library_fresh(lua_State *L) {
  lua_State *other;
  roi_graph *g;
  int ok = library_pcall(NULL, luaL_checkstring(L, 1), &other, &g) == LUA_OK;
  lua_pushboolean(L, ok);
  lua_pushstring(L, ok ? "" : lua_tostring(other, -1));
  lua_close(other);
  roi_graph_free(g);
  return 2;
}

/* Fails the test with what the script found. */
static void assert_library_passes(const char *path) {
  lua_State *L;
  roi_graph *g;
  int status = library_pcall(path, NULL, &L, &g);
  const char *text = lua_tostring(L, -1);
  if (text && *text) fprintf(stderr, "%s\n", text); /* which may be long: cmocka would cut it */
  assert_int_equal(status, LUA_OK);
  assert_true(text && !*text);
  lua_close(L);
  roi_graph_free(g);
}

#endif
