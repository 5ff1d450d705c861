/* sandbox.h - the environment that scripts run in, built by allow-list.
 *
 * Each script file has globals of its own. The library tables (string, table, math, utf8, coroutine) and what `require` returns
 * are seen through read-only views. Nothing shows an address, the order of a hash table or the clock: pairs and next go through
 * numbers, then texts, then booleans, each in rising order; table.sort is stable. */
#ifndef ROI_HOST_SANDBOX_H
#define ROI_HOST_SANDBOX_H

#include <lua.h>

/* Prepares the state: the libraries, the metatable of strings. */
void roi_sandbox_open(lua_State *L);
/* Pushes new globals for a script file. */
void roi_sandbox_push_globals(lua_State *L);
/* Replaces the table on top by a read-only view of it. name: for messages. Other values stay as they are. */
void roi_sandbox_lock(lua_State *L, const char *name);
/* If the value at idx is a view, replaces it by what it shows. */
void roi_sandbox_see_through(lua_State *L, int idx);
/* Pushes the text of any value, without addresses. */
void roi_sandbox_push_text(lua_State *L, int idx);
/* Pushes the first key, in the order of keys, of the table at idx that is none of 1 to n; 0, and nothing pushed, if there is none. */
int roi_sandbox_push_other_key(lua_State *L, int idx, size_t n);

/* Functions that replace stock ones (order.c, plain_math.c). */
int roi_sandbox_next(lua_State *L);
int roi_sandbox_pairs(lua_State *L);
int roi_sandbox_sort(lua_State *L);
void roi_sandbox_push_math(lua_State *L);

#endif
