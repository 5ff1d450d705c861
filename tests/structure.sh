#!/bin/sh
# Checks the shape of the source tree as docs/ARCHITECTURE.md states it. Needs no build; with libroisim.a beside the command it
# is given, checks its symbols as well. usage: structure.sh [BUILD/roisim]
set -u
cd "$(dirname "$0")/.."
passed=0 failed=0
check() { # check 'RULE' 'OFFENDERS, ONE A LINE'
  if [ -z "$2" ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'broken: %s\n%s\n' "$1" "$2"
  fi
}

# Folders in their order, from the line of the document that lists them.
order=$(sed -n 's/^    \(base  .*command\)$/\1/p' docs/ARCHITECTURE.md)
check "docs/ARCHITECTURE.md lists the folders of core in order" "$([ -n "$order" ] || echo 'the line "    base  ...  command" is gone')"
present=$(cd core && for d in */; do echo "${d%/}"; done)
check "every folder of core is in docs/ARCHITECTURE.md" \
  "$(for d in $present; do case " $order " in *" $d "*) ;; *) echo "core/$d" ;; esac; done)"

check "a folder of core includes only folders before it" "$(
  allowed=''
  for d in $order; do
    allowed="$allowed $d"
    [ -d "core/$d" ] || continue
    grep -n '^#include "' /dev/null core/$d/*.[ch] 2>/dev/null | sed 's/^\([^:]*:[0-9]*\):#include "\([^"]*\)".*/\1 \2/' |
      while read -r place header; do
        [ "$header" = roisim.h ] && continue
        case " $allowed " in *" ${header%%/*} "*) ;; *) echo "$place includes $header" ;; esac
      done
  done)"
check "only core/host includes Lua" "$(grep -nE '^#include [<"](lua|lauxlib|lualib)' -r core | grep -v '^core/host/')"
check "only core/report includes cJSON" "$(grep -nE '^#include [<"]cjson' -r core | grep -vE '^core/(report|command)/')"

sources=$(find core lua tests/unit examples -name '*.[ch]' -o -name '*.def' -o -name "*.lua" 2>/dev/null)
# What editors and people see elsewhere has its name from there: annotations are called as the module, templates as the files made.
sources=$(for f in $sources; do case $f in lua/annotations/* | lua/templates/*) ;; *) echo "$f" ;; esac; done)
check "file names are unique" "$(for f in $sources; do echo "${f##*/}"; done | sort | uniq -d)"
check "headers have a guard named after their path" "$(
  for f in core/*/*.h; do
    guard=ROI_$(echo "${f#core/}" | tr 'a-z/.' 'A-Z__')
    grep -q "^#ifndef $guard\$" "$f" || echo "$f: expected $guard"
  done)"

check "what core/report writes at the top of a run's JSON is reserved in core/graph/sheets.c" "$(
  grep -ohE '\((&?w), root, "[a-z_]+"' core/report/json.c core/report/json_writer.c | sed 's/.*"\(.*\)"/\1/' |
    while read -r key; do grep -q "\"$key\"" core/graph/sheets.c || echo "$key"; done)"

inside() { grep -nE "$1" -r core --include='*.[ch]' | grep -vE "$2" | grep -vE '^[^:]*:[0-9]*: *(\*|//|/\*)'; }
check "only report, host and command read, write or print" \
  "$(inside '(^|[^a-z0-9_])(fopen|fdopen|open|openat|creat|rename|unlink|mkstemp|fwrite|fputs|fputc|putchar|puts|printf|fprintf|perror)\(' '^core/(report|host|command)/')"
check "allocation goes through base/memory.h" \
  "$(inside '(^|[^a-z0-9_.>])(malloc|calloc|realloc|reallocarray|aligned_alloc|posix_memalign|strdup|strndup|asprintf|vasprintf)\(' '^core/base/memory\.c')"
check "no longjmp" "$(inside '(^|[^a-z_])(longjmp|siglongjmp)\(' '^$')"

rules=$(sed -n 's/^  { "\([a-z0-9-]*\)", .*/\1/p' lua/roisim/rules.lua
  sed -n 's/.*\.rule = "\([a-z0-9-]*\)".*\.why =.*/\1/p' core/*/*.c)
check "every rule of warnings is in docs/CHECK.md, and no other" \
  "$({ echo "$rules"; sed -n 's/^| `\([a-z0-9-]*\)` | .*/\1/p' docs/CHECK.md; } | sort | uniq -u)"
check "every rule of warnings is used" \
  "$(for r in $rules; do grep -qF "\"$r\"" -r core lua --exclude=rules.lua || echo "$r"; done)"

if git rev-parse --git-dir >/dev/null 2>&1; then top=$(git ls-files | cut -d/ -f1 | sort -u); else top=$(ls -A | grep -vE '^(build|\.git)$'); fi
check "only known names at the top" \
  "$(echo "$top" | grep -vxE 'Makefile|core|lua|scripts|examples|tests|docs|README\.md|LICENSE|\.ci|\.gitignore')"

library=${1:+$(dirname "$1")/libroisim.a}
if [ -n "${library:-}" ] && [ -e "$library" ] && ! nm "$library" 2>/dev/null | grep -qE '__(asan|tsan|ubsan|sanitizer|llvm|gcov)'; then
  check "every global name of libroisim starts with roi_" "$(nm -g --defined-only "$library" 2>/dev/null | awk 'NF == 3 && $3 !~ /^roi_/ {print $3}')"
  # Their last bits depend on the processor that the C library sees, so they must not touch a number.
  check "no elementary function of the C library" "$(nm -u "$library" 2>/dev/null | awk '{print $2}' |
    grep -xE '(exp|exp2|exp10|expm1|log|log2|log10|log1p|pow|sin|cos|tan|sincos|asin|acos|atan|atan2|sinh|cosh|tanh|asinh|acosh|atanh|erf|erfc|tgamma|lgamma|lgamma_r|cbrt|hypot)f?' | sort -u)"
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
