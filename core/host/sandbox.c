#include "host/sandbox.h"

#include <lauxlib.h>
#include <lualib.h>
#include <string.h>

#include "host/channel.h"
#include "host/script.h"

/* Keys of the registry. */
static const char base_key = 0;    /* the base functions that every file gets */
static const char modules_key = 0; /* name -> what require returns; the address of modules_key itself while it loads */
static const char view_key = 0;    /* in the metatable of a view: the table it shows */

/* -- Read-only views --------------------------------------------------------------------------------------------------- */

static int refuse_write(lua_State *L) {
  const char *field = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "?";
  return luaL_error(L, "'%s' is read-only: its field '%s' can't be set; use a variable or table of your own",
                    lua_tostring(L, lua_upvalueindex(1)), field);
}

static int call_real(lua_State *L) {
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_replace(L, 1);
  luaL_getmetafield(L, 1, "__call");
  lua_insert(L, 1);
  lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
  return lua_gettop(L);
}

static int length_of_real(lua_State *L) {
  lua_len(L, lua_upvalueindex(1));
  return 1;
}

static int text_of_real(lua_State *L) {
  roi_sandbox_push_text(L, lua_upvalueindex(1));
  return 1;
}

void roi_sandbox_lock(lua_State *L, const char *name) {
  if (lua_type(L, -1) != LUA_TTABLE) return;
  int real = lua_gettop(L);
  lua_newtable(L);
  lua_createtable(L, 0, 8);
  lua_pushvalue(L, real);
  lua_setfield(L, -2, "__index");
  lua_pushstring(L, name);
  lua_pushcclosure(L, refuse_write, 1);
  lua_setfield(L, -2, "__newindex");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_pushvalue(L, real);
  lua_pushcclosure(L, length_of_real, 1);
  lua_setfield(L, -2, "__len");
  lua_pushvalue(L, real);
  lua_pushcclosure(L, text_of_real, 1);
  lua_setfield(L, -2, "__tostring");
  if (luaL_getmetafield(L, real, "__call") != LUA_TNIL) {
    lua_pop(L, 1);
    lua_pushvalue(L, real);
    lua_pushcclosure(L, call_real, 1);
    lua_setfield(L, -2, "__call");
  }
  lua_pushvalue(L, real);
  lua_rawsetp(L, -2, &view_key);
  lua_setmetatable(L, -2);
  lua_remove(L, real);
}

void roi_sandbox_see_through(lua_State *L, int idx) {
  idx = lua_absindex(L, idx);
  for (int is_view = 1; is_view;) { /* of a view: a library may return what another one returned */
    if (lua_type(L, idx) != LUA_TTABLE || !lua_getmetatable(L, idx)) return;
    is_view = lua_rawgetp(L, -1, &view_key) == LUA_TTABLE;
    if (is_view) lua_copy(L, -1, idx);
    lua_pop(L, 2);
  }
}

/* -- Texts ------------------------------------------------------------------------------------------------------------- */

void roi_sandbox_push_text(lua_State *L, int idx) {
  idx = lua_absindex(L, idx);
  if (luaL_callmeta(L, idx, "__tostring")) {
    if (!lua_isstring(L, -1)) luaL_error(L, "'__tostring' must return a string");
    return;
  }
  switch (lua_type(L, idx)) {
    case LUA_TNIL: case LUA_TBOOLEAN: case LUA_TNUMBER: case LUA_TSTRING: luaL_tolstring(L, idx, NULL); return;
    default: break;
  }
  int type = luaL_getmetafield(L, idx, "__name");
  if (type == LUA_TSTRING) return;
  if (type != LUA_TNIL) lua_pop(L, 1);
  lua_pushstring(L, luaL_typename(L, idx));
}

static int to_text(lua_State *L) {
  luaL_checkany(L, 1);
  roi_sandbox_push_text(L, 1);
  return 1;
}

static int print(lua_State *L) {
  roi_script *s = roi_script_of(L);
  int n = lua_gettop(L);
  luaL_Buffer b;
  luaL_buffinit(L, &b);
  for (int i = 1; i <= n; i++) {
    if (i > 1) luaL_addchar(&b, '\t');
    roi_sandbox_push_text(L, i);
    luaL_addvalue(&b);
  }
  luaL_pushresult(&b);
  if (s->job->silent || s->rehearsal) return 0; /* another run of the script shows it */
  size_t size;
  const char *text = lua_tolstring(L, -1, &size);
  roi_message m = {.type = ROI_SAY_PRINT, .size = size < ROI_TEXT_LIMIT ? size : ROI_TEXT_LIMIT};
  if (roi_child_send(s->job->fd, &m, text) != 0) luaL_error(L, "print: the command is gone");
  return 0;
}

/* The stock string.format (upvalue 1) would show addresses, by %p and by %s of a table. Like it, this one goes on behind a zero byte. */
static int format(lua_State *L) {
  int n = lua_gettop(L), arg = 1;
  size_t size;
  const char *p = luaL_checklstring(L, 1, &size), *end = p + size;
  for (; p < end; p++) {
    if (*p != '%') continue;
    if (*++p == '%') continue;
    if (++arg > n) break; /* the stock function says so */
    p += strspn(p, "-+ #0123456789.");
    if (*p == 'p') return luaL_error(L, "string.format: '%%p' shows addresses, which differ from run to run");
    if (*p == 's' && lua_type(L, arg) != LUA_TSTRING) {
      roi_sandbox_push_text(L, arg);
      lua_replace(L, arg);
    }
  }
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_call(L, n, 1);
  return 1;
}

/* -- Base functions ---------------------------------------------------------------------------------------------------- */

static int set_metatable(lua_State *L) {
  int type = lua_type(L, 2);
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_argexpected(L, type == LUA_TNIL || type == LUA_TTABLE, 2, "nil or table");
  if (type == LUA_TTABLE) {
    lua_pushliteral(L, "__gc");
    if (lua_rawget(L, 2) != LUA_TNIL)
      return luaL_error(L, "setmetatable: '__gc' is not available in model scripts; end things by calling a function");
  }
  if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL) return luaL_error(L, "cannot change a protected metatable");
  lua_settop(L, 2);
  lua_setmetatable(L, 1);
  return 1;
}

static int raw_set(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_checkany(L, 2);
  luaL_checkany(L, 3);
  lua_settop(L, 3);
  if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL)
    return luaL_error(L, "rawset: the table is protected; use a table of your own");
  lua_rawset(L, 1);
  return 1;
}

/* Collects the pieces that a function gives to `load`; pushes the whole. */
static void gather(lua_State *L) {
  luaL_Buffer b;
  luaL_buffinit(L, &b);
  for (;;) {
    lua_pushvalue(L, 1);
    lua_call(L, 0, 1);
    size_t n = 0;
    if (lua_isnil(L, -1) || (lua_isstring(L, -1) && (lua_tolstring(L, -1, &n), n == 0))) break;
    if (!lua_isstring(L, -1)) luaL_error(L, "load: the function must return texts");
    luaL_addvalue(&b);
  }
  lua_pop(L, 1);
  luaL_pushresult(&b);
}

/* load(chunk, name, mode, env): text only, and in the globals of its own file (upvalue 1) unless given a table. */
static int load_text(lua_State *L) {
  lua_settop(L, 4);
  if (lua_type(L, 1) != LUA_TSTRING) {
    luaL_checktype(L, 1, LUA_TFUNCTION);
    gather(L);
    lua_replace(L, 1);
  }
  size_t size;
  const char *text = lua_tolstring(L, 1, &size), *name = luaL_optstring(L, 2, text);
  name += strspn(name, "@="); /* may not pass for a file or for the library, by however many marks */
  if (size > 0 && text[0] == LUA_SIGNATURE[0]) {
    lua_pushnil(L);
    lua_pushliteral(L, "load: only text is loaded, not binary chunks");
    return 2;
  }
  if (luaL_loadbufferx(L, text, size, name, "t") != LUA_OK) {
    lua_pushnil(L);
    lua_insert(L, -2);
    return 2;
  }
  lua_pushvalue(L, lua_isnoneornil(L, 4) ? lua_upvalueindex(1) : 4);
  if (!lua_setupvalue(L, -2, 1)) lua_pop(L, 1);
  return 1;
}

/* Turns a library's text (on top, its shown name below) into a function with globals of its own. */
static void load_library(lua_State *L, const char *name, uint32_t file, const char *shown, int embedded) {
  size_t size;
  const char *text = lua_tolstring(L, -1, &size);
  if (embedded) lua_pushfstring(L, "%s%s]", ROI_LIBRARY_CHUNK, name + strlen("roisim"));
  else lua_pushfstring(L, "@%s", shown);
  roi_script_load(L, text, size, lua_tostring(L, -1));
  if (embedded) {
    lua_getfield(L, LUA_REGISTRYINDEX, "roisim.globals");
  } else {
    roi_script_know(L, shown, file);
    roi_sandbox_push_globals(L);
  }
  lua_setupvalue(L, -2, 1);
}

/* Runs the function on top, with its module's name (the library itself: the native functions), and pushes what it returns. If it
 * fails, the module counts as never required. modules: index of the table of modules. */
static void run_library(lua_State *L, const char *name, int modules, int is_roisim) {
  lua_pushlightuserdata(L, (void *)&modules_key);
  lua_setfield(L, modules, name);
  lua_pushcfunction(L, roi_script_handler);
  lua_insert(L, -2);
  if (is_roisim) lua_getfield(L, LUA_REGISTRYINDEX, "roisim.native");
  else lua_pushstring(L, name);
  int status = lua_pcall(L, 1, 1, -3);
  lua_remove(L, -2);
  if (status == LUA_OK) return;
  lua_pushnil(L);
  lua_setfield(L, modules, name);
  lua_error(L);
}

/* Tells the parent what version the library on top says it is. */
static void say_version(lua_State *L, uint32_t file) {
  if (lua_type(L, -1) != LUA_TTABLE) return;
  lua_pushliteral(L, "_VERSION");
  if (lua_rawget(L, -2) != LUA_TSTRING) {
    lua_pop(L, 1);
    lua_pushliteral(L, "version");
    if (lua_rawget(L, -2) != LUA_TSTRING) {
      lua_pop(L, 1);
      return;
    }
  }
  size_t size;
  const char *text = lua_tolstring(L, -1, &size);
  roi_message m = {.type = ROI_SAY_VERSION, .number = file, .size = size < 100 ? size : 100};
  if (roi_child_send(roi_script_of(L)->job->fd, &m, text) != 0) luaL_error(L, "the command is gone");
  lua_pop(L, 1);
}

static int require(lua_State *L) {
  const char *name = roi_script_file_name(L, 1);
  lua_settop(L, 1);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &modules_key); /* 2 */
  lua_getfield(L, 2, name);
  if (lua_touserdata(L, -1) == (void *)&modules_key)
    return luaL_error(L, "module '%s' requires itself, directly or through another one", name);
  if (!lua_isnil(L, -1)) return 1;
  const char *shown;
  int embedded;
  uint32_t file = roi_script_ask(L, 0, 0, name, &shown, &embedded);
  int is_roisim = embedded && strcmp(name, "roisim") == 0;
  load_library(L, name, file, shown, embedded);
  run_library(L, name, 2, is_roisim);
  say_version(L, file);
  roi_sandbox_lock(L, name);
  if (lua_isnil(L, -1)) {
    lua_pop(L, 1);
    lua_pushboolean(L, 1);
  }
  if (is_roisim) { /* --set expressions see it by this name */
    lua_getfield(L, LUA_REGISTRYINDEX, "roisim.globals");
    lua_pushvalue(L, -2);
    lua_setfield(L, -2, "roi");
    lua_pop(L, 1);
  }
  lua_pushvalue(L, -1);
  lua_setfield(L, 2, name);
  return 1;
}

/* -- Building the environment ------------------------------------------------------------------------------------------ */

/* From the table on top to the one below it, by name; the table on top is dropped. */
static void pick(lua_State *L, const char *const *names) {
  for (; *names; names++) {
    lua_getfield(L, -1, *names);
    lua_setfield(L, -3, *names);
  }
  lua_pop(L, 1);
}

/* Calls a stock opener and leaves the listed functions of its library in a new table. */
static void open_stock(lua_State *L, lua_CFunction opener, const char *const *names) {
  lua_newtable(L);
  lua_pushcfunction(L, opener);
  lua_call(L, 0, 1);
  pick(L, names);
}

static void add_library(lua_State *L, int base, const char *name) {
  roi_sandbox_lock(L, name);
  lua_setfield(L, base, name);
}

static void open_string(lua_State *L, int base) {
  static const char *const names[] = {"byte", "char", "find", "format", "gmatch", "gsub", "len", "lower", "match", "pack",
                                      "packsize", "rep", "reverse", "sub", "unpack", "upper", NULL};
  open_stock(L, luaopen_string, names);
  lua_getfield(L, -1, "format");
  lua_pushcclosure(L, format, 1);
  lua_setfield(L, -2, "format");
  lua_pushliteral(L, "");
  lua_getmetatable(L, -1); /* which luaopen_string has set for all strings */
  lua_pushvalue(L, -3);
  lua_setfield(L, -2, "__index");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_pop(L, 2);
  add_library(L, base, "string");
}

void roi_sandbox_open(lua_State *L) {
  static const char *const base_names[] = {"assert", "error", "getmetatable", "ipairs", "pcall", "rawequal", "rawget", "rawlen",
                                           "select", "tonumber", "type", "xpcall", NULL};
  static const luaL_Reg own[] = {{"next", roi_sandbox_next}, {"pairs", roi_sandbox_pairs}, {"print", print},
                                 {"rawset", raw_set}, {"require", require}, {"setmetatable", set_metatable},
                                 {"tostring", to_text}, {NULL, NULL}};
  static const char *const table_names[] = {"concat", "insert", "move", "pack", "remove", "unpack", NULL};
  static const char *const utf8_names[] = {"char", "charpattern", "codepoint", "codes", "len", "offset", NULL};
  static const char *const coroutine_names[] = {"close", "create", "isyieldable", "resume", "running", "status", "wrap",
                                                "yield", NULL};
  open_stock(L, luaopen_base, base_names);
  int base = lua_gettop(L);
  luaL_setfuncs(L, own, 0);
  lua_pushliteral(L, LUA_VERSION);
  lua_setfield(L, base, "_VERSION");
  open_string(L, base);
  open_stock(L, luaopen_table, table_names);
  lua_pushcfunction(L, roi_sandbox_sort);
  lua_setfield(L, -2, "sort");
  add_library(L, base, "table");
  open_stock(L, luaopen_utf8, utf8_names);
  add_library(L, base, "utf8");
  open_stock(L, luaopen_coroutine, coroutine_names);
  add_library(L, base, "coroutine");
  roi_sandbox_push_math(L);
  add_library(L, base, "math");
  lua_rawsetp(L, LUA_REGISTRYINDEX, &base_key);
  lua_newtable(L);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &modules_key);
  /* luaopen_base filled the state's own globals, which no script is given. */
  lua_newtable(L);
  lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
}

/* A global that was never set is nil, as in stock Lua, and a misspelt name in an optional field would be left out unseen: the first read of
 * each such name by a script is warned about. Upvalue 1: the names warned about. */
static int read_missing(lua_State *L) {
  if (lua_type(L, 2) == LUA_TSTRING) {
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) == LUA_TNIL) roi_lua_missing_name(L, lua_tostring(L, 2));
    lua_pushvalue(L, 2);
    lua_pushboolean(L, 1);
    lua_rawset(L, lua_upvalueindex(1));
  }
  lua_pushnil(L);
  return 1;
}

void roi_sandbox_push_globals(lua_State *L) {
  lua_createtable(L, 0, 32);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &base_key);
  for (lua_pushnil(L); lua_next(L, -2);) {
    lua_pushvalue(L, -2);
    lua_insert(L, -2);
    lua_rawset(L, -5);
  }
  lua_pop(L, 1);
  lua_pushvalue(L, -1);
  lua_setfield(L, -2, "_G");
  lua_pushvalue(L, -1);
  lua_pushcclosure(L, load_text, 1);
  lua_setfield(L, -2, "load");
  lua_createtable(L, 0, 2);
  lua_newtable(L);
  lua_pushcclosure(L, read_missing, 1);
  lua_setfield(L, -2, "__index");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_setmetatable(L, -2);
}
