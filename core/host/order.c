/* The order in which scripts see tables. Lua's own order of hash keys depends on addresses and on a seed taken from them. */
#include <lauxlib.h>
#include <string.h>

#include "host/sandbox.h"

typedef struct key {
  int type;          /* LUA_TNUMBER, LUA_TSTRING, LUA_TBOOLEAN; LUA_TNONE: anything else, last */
  int is_integer;
  lua_Integer integer; /* also of booleans */
  lua_Number number;
  const char *text;
  size_t length;
  lua_Integer found; /* place in the table of keys */
} key;

/* A userdata; user value 1: the keys as found, 2: the table they are of. */
typedef struct snapshot { size_t n, at; key keys[]; } snapshot;

static int rank(int type) { return type == LUA_TNUMBER ? 0 : type == LUA_TSTRING ? 1 : type == LUA_TBOOLEAN ? 2 : 3; }

static int number_before(const key *a, const key *b) {
  if (a->is_integer && b->is_integer) return a->integer < b->integer;
  double x = a->is_integer ? (double)a->integer : a->number, y = b->is_integer ? (double)b->integer : b->number;
  if (x != y) return x < y;
  return a->is_integer; /* a float key is never in an integer's range: this one is 2^63, to which the largest integers round */
}

static int before(const key *a, const key *b) {
  if (a->type != b->type) return rank(a->type) < rank(b->type);
  if (a->type == LUA_TNUMBER) return number_before(a, b);
  if (a->type == LUA_TBOOLEAN) return a->integer < b->integer;
  if (a->type != LUA_TSTRING) return 0;
  int c = memcmp(a->text, b->text, a->length < b->length ? a->length : b->length);
  return c != 0 ? c < 0 : a->length < b->length;
}

static void sift(key *keys, size_t at, size_t n) {
  for (size_t child; (child = 2 * at + 1) < n; at = child) {
    if (child + 1 < n && before(&keys[child], &keys[child + 1])) child++;
    if (!before(&keys[at], &keys[child])) return;
    key swap = keys[at];
    keys[at] = keys[child];
    keys[child] = swap;
  }
}

static void sort_keys(key *keys, size_t n) {
  size_t i = 1;
  while (i < n && before(&keys[i - 1], &keys[i])) i++;
  if (i >= n) return; /* arrays come in order */
  for (i = n / 2; i-- > 0;) sift(keys, i, n);
  for (i = n; i-- > 1;) {
    key swap = keys[0];
    keys[0] = keys[i];
    keys[i] = swap;
    sift(keys, 0, i);
  }
}

static key read_key(lua_State *L, int idx, lua_Integer found) {
  key k = {.type = lua_type(L, idx), .found = found};
  if (k.type == LUA_TNUMBER) {
    k.is_integer = lua_isinteger(L, idx);
    if (k.is_integer) k.integer = lua_tointeger(L, idx);
    else k.number = lua_tonumber(L, idx);
  } else if (k.type == LUA_TSTRING) {
    k.text = lua_tolstring(L, idx, &k.length);
  } else if (k.type == LUA_TBOOLEAN) {
    k.integer = lua_toboolean(L, idx);
  } else {
    k.type = LUA_TNONE;
  }
  return k;
}

int roi_sandbox_push_other_key(lua_State *L, int idx, size_t n) {
  idx = lua_absindex(L, idx);
  luaL_checkstack(L, 6, NULL);
  lua_pushnil(L); /* the first so far */
  key first = {.type = LUA_TNIL};
  for (lua_pushnil(L); lua_next(L, idx);) {
    lua_pop(L, 1);
    key k = read_key(L, -1, 0);
    if (k.type == LUA_TNUMBER && k.is_integer && k.integer >= 1 && (lua_Unsigned)k.integer <= n) continue;
    if (first.type != LUA_TNIL && !before(&k, &first)) continue;
    first = k;
    lua_pushvalue(L, -1);
    lua_replace(L, -3);
  }
  if (first.type != LUA_TNIL) return 1;
  lua_pop(L, 1);
  return 0;
}

/* Pushes the keys of the table at idx, in order. */
static snapshot *take(lua_State *L, int idx) {
  luaL_checkstack(L, 6, NULL);
  lua_newtable(L);
  int keys = lua_gettop(L);
  lua_Integer n = 0, unordered = 0;
  for (lua_pushnil(L); lua_next(L, idx); lua_pop(L, 1)) {
    lua_pushvalue(L, -2);
    lua_rawseti(L, keys, ++n);
  }
  snapshot *s = lua_newuserdatauv(L, sizeof *s + (size_t)n * sizeof(key), 2);
  s->n = (size_t)n;
  s->at = 0;
  for (lua_Integer i = 1; i <= n; i++) {
    lua_rawgeti(L, keys, i);
    s->keys[i - 1] = read_key(L, -1, i);
    if (s->keys[i - 1].type == LUA_TNONE) unordered++;
    lua_pop(L, 1);
  }
  if (unordered > 1)
    luaL_error(L, "this table has %d keys that are tables, functions or uncertain values; these have no order that is the same "
                  "in every run, so pairs and next can't go through them: keep a list of the keys", (int)unordered);
  sort_keys(s->keys, s->n);
  lua_pushvalue(L, keys);
  lua_setiuservalue(L, -2, 1);
  lua_pushvalue(L, idx);
  lua_setiuservalue(L, -2, 2);
  lua_remove(L, keys);
  return s;
}

/* Pushes the next key that still has a value, and the value; or nil. The snapshot is at stack index at. */
static int advance(lua_State *L, snapshot *s, int at) {
  lua_getiuservalue(L, at, 1);
  lua_getiuservalue(L, at, 2);
  while (s->at < s->n) {
    lua_rawgeti(L, -2, s->keys[s->at++].found);
    lua_pushvalue(L, -1);
    if (lua_rawget(L, -3) != LUA_TNIL) return 2;
    lua_pop(L, 2);
  }
  lua_pushnil(L);
  return 1;
}

static int step(lua_State *L) {
  lua_pushvalue(L, lua_upvalueindex(1));
  return advance(L, lua_touserdata(L, -1), lua_gettop(L));
}

int roi_sandbox_pairs(lua_State *L) {
  luaL_checkany(L, 1);
  lua_settop(L, 1);
  roi_sandbox_see_through(L, 1);
  if (luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) {
    lua_pushvalue(L, 1);
    lua_call(L, 1, 3);
    return 3;
  }
  luaL_checktype(L, 1, LUA_TTABLE);
  take(L, 1);
  lua_pushcclosure(L, step, 1);
  lua_pushvalue(L, 1);
  lua_pushnil(L);
  return 3;
}

/* Puts the snapshot at index 3 just behind the key at index 2. */
static void seek(lua_State *L, snapshot *s) {
  key wanted = read_key(L, 2, 0);
  lua_getiuservalue(L, 3, 1);
  size_t lo = 0, hi = s->n;
  while (lo < hi) {
    size_t mid = lo + (hi - lo) / 2;
    if (before(&s->keys[mid], &wanted)) lo = mid + 1;
    else hi = mid;
  }
  if (lo < s->n) lua_rawgeti(L, -1, s->keys[lo].found);
  else lua_pushnil(L);
  if (!lua_rawequal(L, -1, 2)) luaL_error(L, "next: the table has no such key");
  lua_pop(L, 2);
  s->at = lo + 1;
}

/* next(t, k) without a memory would sort the keys at each step, so the last snapshot is kept and used while the calls go on
 * where it stands. */
int roi_sandbox_next(lua_State *L) {
  static const char last_snapshot = 0;
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 2);
  roi_sandbox_see_through(L, 1);
  if (!lua_isnil(L, 2) && lua_rawgetp(L, LUA_REGISTRYINDEX, &last_snapshot) == LUA_TUSERDATA) {
    snapshot *s = lua_touserdata(L, 3);
    lua_getiuservalue(L, 3, 2);
    int same = lua_rawequal(L, -1, 1);
    lua_getiuservalue(L, 3, 1);
    if (same && s->at > 0) {
      lua_rawgeti(L, -1, s->keys[s->at - 1].found);
      if (lua_rawequal(L, -1, 2)) return advance(L, s, 3);
    }
  }
  lua_settop(L, 2);
  snapshot *s = take(L, 1);
  lua_pushvalue(L, 3);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &last_snapshot);
  if (!lua_isnil(L, 2)) seek(L, s);
  return advance(L, s, 3);
}

/* -- table.sort -------------------------------------------------------------------------------------------------------- */

/* a[i] before b[j] by the comparison at index 2, or by <. Strictly: equal elements keep their order. */
static int comes_before(lua_State *L, int t, lua_Integer i, lua_Integer j) {
  if (lua_isnil(L, 2)) {
    lua_rawgeti(L, t, i);
    lua_rawgeti(L, t, j);
  } else {
    lua_pushvalue(L, 2);
    lua_rawgeti(L, t, i);
    lua_rawgeti(L, t, j);
    lua_call(L, 2, 1);
    int result = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return result;
  }
  int result = lua_compare(L, -2, -1, LUA_OPLT);
  lua_pop(L, 2);
  return result;
}

static void move(lua_State *L, int from, lua_Integer i, int to, lua_Integer j) {
  lua_rawgeti(L, from, i);
  lua_rawseti(L, to, j);
}

/* Merges the runs [lo, mid) and [mid, hi) of table `from` into `to`. */
static void merge(lua_State *L, int from, int to, lua_Integer lo, lua_Integer mid, lua_Integer hi) {
  lua_Integer i = lo, j = mid;
  for (lua_Integer k = lo; k < hi; k++) {
    if (i < mid && (j >= hi || !comes_before(L, from, j, i))) move(L, from, i++, to, k);
    else move(L, from, j++, to, k);
  }
}

/* A merge sort: the stock quicksort leaves equal elements in an order that can depend on the clock. */
int roi_sandbox_sort(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  if (!lua_isnoneornil(L, 2)) luaL_checktype(L, 2, LUA_TFUNCTION);
  lua_settop(L, 2);
  lua_Integer n = luaL_len(L, 1);
  if (n < 2) return 0;
  luaL_argcheck(L, n < INT32_MAX, 1, "array too big");
  luaL_checkstack(L, 10, NULL);
  lua_createtable(L, (int)n, 0);
  lua_createtable(L, (int)n, 0);
  int from = 3, to = 4;
  for (lua_Integer i = 1; i <= n; i++) {
    lua_geti(L, 1, i);
    lua_rawseti(L, from, i);
  }
  for (lua_Integer width = 1; width < n; width *= 2) {
    for (lua_Integer lo = 1; lo <= n; lo += 2 * width) {
      lua_Integer mid = lo + width < n + 1 ? lo + width : n + 1, hi = lo + 2 * width < n + 1 ? lo + 2 * width : n + 1;
      merge(L, from, to, lo, mid, hi);
    }
    int swap = from;
    from = to;
    to = swap;
  }
  for (lua_Integer i = 1; i <= n; i++) {
    lua_rawgeti(L, from, i);
    lua_seti(L, 1, i);
  }
  return 0;
}
