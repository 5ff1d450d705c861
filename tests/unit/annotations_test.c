/* The annotations for editors are those of the library as it is: tests/unit/annotations.lua, run with the library of the command. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <lauxlib.h>
#include <lualib.h>
#include <stdio.h>
#include <string.h>

#include "host/values.h"

typedef struct roi_embedded { const char *name; const unsigned char *text; size_t size; } roi_embedded;
extern const roi_embedded roi_lua_library[];

static int compare(lua_State *L) {
  luaL_openlibs(L);
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_PRELOAD_TABLE);
  for (const roi_embedded *e = roi_lua_library; e->name; e++) {
    lua_pushfstring(L, ROI_LIBRARY_CHUNK "%s]", e->name + strlen("roisim"));
    if (luaL_loadbufferx(L, (const char *)e->text, e->size, lua_tostring(L, -1), "t") != LUA_OK) lua_error(L);
    lua_setfield(L, -3, e->name);
    lua_pop(L, 1);
  }
  lua_pushglobaltable(L);
  int env = lua_gettop(L);
  if (luaL_loadfilex(L, "tests/unit/annotations.lua", "t") != LUA_OK) lua_error(L);
  roi_lua_open_values(L, lua_touserdata(L, 1), NULL, 0, NULL, env);
  lua_call(L, 1, 1);
  return 1;
}

static void annotations_are_those_of_the_library(void **state) {
  (void)state;
  roi_error err;
  roi_graph *g = roi_graph_new("", 12, ROI_MONTH, &err);
  lua_State *L = luaL_newstate();
  assert_true(g && L);
  lua_pushcfunction(L, compare);
  lua_pushlightuserdata(L, g);
  int status = lua_pcall(L, 1, 1, 0);
  const char *text = lua_tostring(L, -1);
  if (text && *text) fprintf(stderr, "%s\n", text); /* which may be long: cmocka would cut it */
  assert_int_equal(status, LUA_OK);
  assert_true(text && !*text);
  lua_close(L);
  roi_graph_free(g);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(annotations_are_those_of_the_library)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
