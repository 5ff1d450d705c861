#!/bin/sh
# Turns files into one C file: a table of name, text and length for each. usage: embed.sh TABLE FOLDER FILE...
# The name is the path below FOLDER; of a module of the Lua library (TABLE roi_lua_library) the name by which it is required.
set -eu
table=$1 folder=$2
shift 2
printf '/* Made by scripts/embed.sh from %s. */\n#include <stddef.h>\n' "$folder"
printf 'typedef struct roi_embedded { const char *name; const unsigned char *text; size_t size; } roi_embedded;\n'
printf 'extern const roi_embedded %s[];\n' "$table"
i=0
for f in "$@"; do
  printf 'static const unsigned char file_%d[] = {\n' "$i"
  od -An -v -tu1 "$f" | sed 's/[0-9][0-9]*/&,/g'
  printf '0};\n'
  i=$((i + 1))
done
printf 'const roi_embedded %s[] = {\n' "$table"
i=0
for f in "$@"; do
  name=${f#"$folder"/}
  if [ "$table" = roi_lua_library ]; then name=$(printf %s "${name%.lua}" | tr / .); fi
  printf '{"%s", file_%d, sizeof file_%d - 1},\n' "$name" "$i" "$i"
  i=$((i + 1))
done
printf '{NULL, NULL, 0}};\n'
