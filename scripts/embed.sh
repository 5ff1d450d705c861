#!/bin/sh
# Turns Lua files into one C file: a table of name, text and length for each. usage: embed.sh FILE...
set -eu
printf '/* Made by scripts/embed.sh from lua/. */\n#include <stddef.h>\n'
printf 'typedef struct roi_embedded { const char *name; const unsigned char *text; size_t size; } roi_embedded;\n'
printf 'extern const roi_embedded roi_lua_library[];\n'
i=0
for f in "$@"; do
  printf 'static const unsigned char file_%d[] = {\n' "$i"
  od -An -v -tu1 "$f" | sed 's/[0-9][0-9]*/&,/g'
  printf '0};\n'
  i=$((i + 1))
done
printf 'const roi_embedded roi_lua_library[] = {\n'
i=0
for f in "$@"; do
  name=${f#lua/}; name=${name%.lua}
  printf '{"%s", file_%d, sizeof file_%d - 1},\n' "$(printf %s "$name" | tr / .)" "$i" "$i"
  i=$((i + 1))
done
printf '{NULL, NULL, 0}};\n'
