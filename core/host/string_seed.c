/* The linker sends what Lua calls to seed the hashes of its strings here (--wrap=luaS_hash; no other file of Lua calls it from outside).
 * The stock seed is made of the clock and of addresses. It decides where a table keeps a key, and so when the table grows and which of
 * several borders #t finds, so that a script could give another model when it runs again. */
#include <stddef.h>

#define SEED 0x5eed5eedu /* any number does: keys made to collide cost time, which the script's limit bounds */

unsigned int __wrap_luaS_hash(const char *bytes, size_t size, unsigned int clock);
unsigned int __wrap_luaS_hash(const char *bytes, size_t size, unsigned int clock) { return (void)bytes, (void)size, (void)clock, SEED; }
