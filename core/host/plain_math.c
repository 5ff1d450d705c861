/* The table `math` of scripts, on the same functions that the engine computes with (math/scalar.h), never on libm's. */
#include <lauxlib.h>
#include <math.h>
#include <string.h>

#include "host/sandbox.h"
#include "math/scalar.h"

static lua_Number arg(lua_State *L, int i) { return luaL_checknumber(L, i); }

#define FUNCTION(name) \
  static int plain_##name(lua_State *L) { \
    lua_pushnumber(L, roi_##name(arg(L, 1))); \
    return 1; \
  }
FUNCTION(exp)
FUNCTION(sin)
FUNCTION(cos)
FUNCTION(tan)
FUNCTION(asin)
FUNCTION(acos)

static int plain_log(lua_State *L) {
  lua_Number x = arg(L, 1);
  if (lua_isnoneornil(L, 2)) {
    lua_pushnumber(L, roi_log(x));
    return 1;
  }
  lua_Number base = arg(L, 2);
  int exponent;
  if (base == 10.0) lua_pushnumber(L, roi_log10(x));
  else if (base == 2.0 && frexp(x, &exponent) == 0.5) lua_pushnumber(L, exponent - 1); /* powers of two exactly */
  else lua_pushnumber(L, roi_log(x) / roi_log(base));
  return 1;
}

/* The angle of the point (x, y), signs of zero respected as in IEEE 754's atan2. */
static double angle(double y, double x) {
  static const double pi = 3.14159265358979323846;
  if (isnan(y) || isnan(x)) return y + x;
  if (y == 0) return signbit(x) ? copysign(pi, y) : y;
  if (x == 0) return copysign(pi / 2, y);
  if (isinf(x) && isinf(y)) return copysign(x > 0 ? pi / 4 : 3 * pi / 4, y);
  double a = roi_atan(fabs(y) / fabs(x));
  return copysign(x > 0 ? a : pi - a, y);
}

static int plain_atan(lua_State *L) {
  lua_Number y = arg(L, 1);
  lua_pushnumber(L, lua_isnoneornil(L, 2) ? roi_atan(y) : angle(y, arg(L, 2)));
  return 1;
}

static int plain_sqrt(lua_State *L) {
  lua_pushnumber(L, sqrt(arg(L, 1)));
  return 1;
}

/* As an integer if it is one. */
static void push_whole(lua_State *L, lua_Number x) {
  lua_Integer i;
  if (lua_numbertointeger(x, &i)) lua_pushinteger(L, i);
  else lua_pushnumber(L, x);
}

static int plain_floor(lua_State *L) {
  if (lua_isinteger(L, 1)) lua_settop(L, 1);
  else push_whole(L, floor(arg(L, 1)));
  return 1;
}

static int plain_ceil(lua_State *L) {
  if (lua_isinteger(L, 1)) lua_settop(L, 1);
  else push_whole(L, ceil(arg(L, 1)));
  return 1;
}

static int plain_abs(lua_State *L) {
  if (lua_isinteger(L, 1)) {
    lua_Integer i = lua_tointeger(L, 1);
    lua_pushinteger(L, i < 0 ? (lua_Integer)(0u - (lua_Unsigned)i) : i);
  } else {
    lua_pushnumber(L, fabs(arg(L, 1)));
  }
  return 1;
}

static int plain_fmod(lua_State *L) {
  if (lua_isinteger(L, 1) && lua_isinteger(L, 2)) {
    lua_Integer a = lua_tointeger(L, 1), b = lua_tointeger(L, 2);
    luaL_argcheck(L, b != 0, 2, "zero");
    lua_pushinteger(L, b == -1 ? 0 : a % b); /* the smallest integer has no quotient by -1 */
  } else {
    lua_pushnumber(L, fmod(arg(L, 1), arg(L, 2)));
  }
  return 1;
}

static int plain_modf(lua_State *L) {
  lua_Number x = arg(L, 1), whole = trunc(x);
  push_whole(L, whole);
  lua_pushnumber(L, isinf(x) ? 0.0 : x - whole);
  return 2;
}

/* The argument that comes first by LUA_OPLT, or last. */
static int extreme(lua_State *L, int largest) {
  int n = lua_gettop(L), best = 1;
  arg(L, 1);
  for (int i = 2; i <= n; i++) {
    arg(L, i);
    if (largest ? lua_compare(L, best, i, LUA_OPLT) : lua_compare(L, i, best, LUA_OPLT)) best = i;
  }
  lua_pushvalue(L, best);
  return 1;
}
static int plain_max(lua_State *L) { return extreme(L, 1); }
static int plain_min(lua_State *L) { return extreme(L, 0); }

static int plain_tointeger(lua_State *L) {
  int exact;
  lua_Integer i = lua_tointegerx(L, 1, &exact);
  luaL_checkany(L, 1);
  if (exact) lua_pushinteger(L, i);
  else lua_pushnil(L);
  return 1;
}

static int plain_type(lua_State *L) {
  luaL_checkany(L, 1);
  if (lua_type(L, 1) != LUA_TNUMBER) lua_pushnil(L);
  else lua_pushstring(L, lua_isinteger(L, 1) ? "integer" : "float");
  return 1;
}

static int plain_ult(lua_State *L) {
  lua_pushboolean(L, (lua_Unsigned)luaL_checkinteger(L, 1) < (lua_Unsigned)luaL_checkinteger(L, 2));
  return 1;
}

/* What is looked up and not there. */
static int missing(lua_State *L) {
  const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "";
  if (strcmp(name, "random") == 0 || strcmp(name, "randomseed") == 0)
    return luaL_error(L, "math.%s is not available: randomness comes from distributions, such as roi.uniform(0, 1); a function of "
                         "roi.per_trial has rng:uniform()", name);
  lua_pushnil(L);
  return 1;
}

void roi_sandbox_push_math(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"abs", plain_abs}, {"acos", plain_acos}, {"asin", plain_asin}, {"atan", plain_atan}, {"ceil", plain_ceil},
      {"cos", plain_cos}, {"exp", plain_exp}, {"floor", plain_floor}, {"fmod", plain_fmod}, {"log", plain_log},
      {"max", plain_max}, {"min", plain_min}, {"modf", plain_modf}, {"sin", plain_sin}, {"sqrt", plain_sqrt},
      {"tan", plain_tan}, {"tointeger", plain_tointeger}, {"type", plain_type}, {"ult", plain_ult}, {NULL, NULL}};
  luaL_newlib(L, functions);
  lua_pushnumber(L, 3.14159265358979323846);
  lua_setfield(L, -2, "pi");
  lua_pushnumber(L, HUGE_VAL);
  lua_setfield(L, -2, "huge");
  lua_pushinteger(L, LUA_MAXINTEGER);
  lua_setfield(L, -2, "maxinteger");
  lua_pushinteger(L, LUA_MININTEGER);
  lua_setfield(L, -2, "mininteger");
  lua_createtable(L, 0, 1);
  lua_pushcfunction(L, missing);
  lua_setfield(L, -2, "__index");
  lua_setmetatable(L, -2);
}
