#!/bin/sh
# Installs into a folder of its own, uses what is there as a stranger would, uninstalls. usage: install.sh BUILD/roisim
set -u
cd "$(dirname "$0")/.."
build=$(cd "$(dirname "$1")" && pwd)
CC=${CC:-cc}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
passed=0 failed=0
check() { # check 'WHAT' COMMAND...
  what=$1
  shift
  if "$@" >"$tmp/log" 2>&1; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAIL $what"
    sed 's/^/  /' "$tmp/log" | tail -n 20
  fi
}
# The installing make must not believe it is a part of the make that runs the tests.
run_make() { env -u MAKEFLAGS -u MAKELEVEL -u MFLAGS make -j2 BUILD="$build" CC="$CC" "$@"; }
pc() { PKG_CONFIG_PATH=$tmp/usr/lib/pkgconfig pkg-config "$@"; }

check "make install" run_make install PREFIX="$tmp/usr"
for f in bin/roisim lib/libroisim.a lib/libroisim.so include/roisim/roisim.h lib/pkgconfig/roisim.pc share/man/man1/roisim.1 share/roisim/lua/roisim.lua share/roisim/lua/annotations/roisim.lua share/doc/roisim/LICENSE; do
  check "installed: $f" test -e "$tmp/usr/$f"
done
check "the licence of the direction numbers is installed" sh -c '
  grep -q "Frances Y. Kuo" "$1" && grep -q "POSSIBILITY OF SUCH DAMAGE" "$1" && ! grep -q "roi_sobol_table" "$1"' \
  sh "$tmp/usr/share/doc/roisim/LICENSE.directions"
check "the installed command runs an example away from the source tree" sh -c '
  cp examples/support_desk.lua "$1" && cd "$1" && usr/bin/roisim support_desk.lua --trials 1000' sh "$tmp"
check "a project made by the installed command names the annotations" sh -c '
  cd "$1" && usr/bin/roisim init made && usr/bin/roisim made/made.lua --trials 100 &&
  grep -qF "[\"$(cd usr && pwd -P)/share/roisim/lua/annotations\"]" made/.luarc.json' sh "$tmp"
check "pkg-config knows the version" sh -c 'test "$1" = "$(sed -n "s/.*ROISIM_VERSION \"\(.*\)\"/\1/p" core/roisim.h)"' sh "$(pc --modversion roisim)"

strict="-std=c11 -Wall -Wextra -Wpedantic -Werror"
check "embed.c builds with the shared library" \
  $CC $strict -o "$tmp/embed" examples/embed.c $(pc --cflags --libs roisim) -Wl,-rpath,"$tmp/usr/lib"
check "embed.c builds with the static library" \
  $CC $strict -o "$tmp/embed_static" examples/embed.c $(pc --cflags roisim) "$tmp/usr/lib/libroisim.a" $(pc --libs --static roisim | sed 's/-lroisim//')
check "embed runs" sh -c '"$1/embed" > "$1/shared.txt"' sh "$tmp"
check "embed runs, linked statically" sh -c '"$1/embed_static" > "$1/static.txt"' sh "$tmp"
check "both print the same" cmp "$tmp/shared.txt" "$tmp/static.txt"
# By hand: mean 25 (1 - 1.08^-3) / 0.08 - 50 = 14.4274, standard error 0.045 with 100,000 trials.
check "embed's mean is right" awk '{d = $3 - 14.4274; found = 1} END {exit !(found && d * d < 0.2 * 0.2)}' "$tmp/shared.txt"
check "the header works for C++" sh -c '! command -v c++ >/dev/null || echo "#include <roisim.h>
int main() { return roi_version_text() == nullptr; }" | c++ -std=c++11 -Wall -Wextra -Werror -fsyntax-only -x c++ $1 -' sh "$(pc --cflags roisim)"
check "the shared library exports the public interface alone" sh -c '
  nm -D --defined-only "$1" | awk "\$2 != \"A\" {sub(/@.*/, \"\", \$3); print \$3}" >"$3"
  test -s "$3" && while read -r name; do grep -qw "$name" "$2" || { echo "$name"; exit 1; }; done <"$3"' sh \
  "$tmp/usr/lib/libroisim.so" "$tmp/usr/include/roisim/roisim.h" "$tmp/names"
check "the shared library exports all of the public interface" sh -c '
  for name in $(grep -oE "roi_[a-z_]+\(" "$1" | tr -d "(" | sort -u); do grep -qx "$name" "$2" || { echo "$name"; exit 1; }; done' sh \
  "$tmp/usr/include/roisim/roisim.h" "$tmp/names"

check "make install with DESTDIR" run_make install DESTDIR="$tmp/stage" PREFIX=/opt/roisim
check "DESTDIR stays out of the pkg-config file" grep -qx 'prefix=/opt/roisim' "$tmp/stage/opt/roisim/lib/pkgconfig/roisim.pc"
check "make uninstall" run_make uninstall DESTDIR="$tmp/stage" PREFIX=/opt/roisim
check "uninstall leaves no file" sh -c 'test -z "$(find "$1" ! -type d)"' sh "$tmp/stage"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
