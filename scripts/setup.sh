#!/bin/sh
# Installs what is missing to work on roisim. usage: setup.sh [build] [test] [ci] [bench] [coverage] [randomness]
# On Debian and its relatives by apt-get, as root or through sudo; elsewhere it prints what to install and fails.
# When nothing is missing it changes nothing, asks nobody and takes a moment.
set -eu

has_command() { command -v "$1" >/dev/null 2>&1; }
has_header() { printf '#include <%s>\n' "$1" | cc -E -x c - >/dev/null 2>&1; }
has_library() { case $(cc -print-file-name="$1" 2>/dev/null) in /*) true ;; *) false ;; esac }
has_clang_runtime() {
  dir=$(clang -print-runtime-dir 2>/dev/null) || return 1
  [ -e "$dir/libclang_rt.fuzzer-$(uname -m).a" ] || [ -e "$dir/libclang_rt.fuzzer.a" ]
}

has_scipy() { python3 -c 'import scipy.stats' || /usr/bin/python3 -c 'import scipy.stats'; } >/dev/null 2>&1

packages='' names=''
need() { # need PACKAGE 'WHAT IT IS' CHECK...
  package=$1 what=$2
  shift 2
  "$@" && return
  packages="$packages $package"
  names="$names
  $what"
}

needs_of() {
  case $1 in
  build)
    need gcc "a C11 compiler (gcc or clang) as cc" has_command cc
    need make "GNU make" has_command make
    need pkg-config "pkg-config" has_command pkg-config
    need libc6-dev "the headers of the C library" has_header stdio.h
    need liblua5.4-dev "Lua 5.4 as a static library with headers" has_library liblua5.4.a
    need libcjson-dev "cJSON with headers" has_header cjson/cJSON.h
    need libsleef-dev "SLEEF 3.5 or later with headers" has_header sleef.h
    ;;
  test)
    needs_of build
    need libcmocka-dev "cmocka with headers" has_library libcmocka.so
    ;;
  ci)
    needs_of test
    need clang "clang" has_command clang
    need libclang-rt-dev "the sanitizer and fuzzer runtimes of clang" has_clang_runtime
    need git "git" has_command git
    ;;
  bench)
    needs_of build
    need lua5.4 "the Lua 5.4 interpreter" has_command lua5.4
    need python3-scipy "SciPy for Python 3" has_scipy
    ;;
  coverage)
    needs_of test
    need lcov "lcov" has_command lcov
    ;;
  randomness)
    needs_of build
    need dieharder "dieharder" has_command dieharder
    ;;
  *)
    echo "setup.sh: unknown need '$1': say build, test, ci, bench, coverage or randomness" >&2
    exit 2
    ;;
  esac
}

[ $# -gt 0 ] || set -- build
for purpose in "$@"; do needs_of "$purpose"; done
[ -n "$packages" ] || exit 0

if ! has_command apt-get; then
  echo "setup.sh: this system has no apt-get; install these by its own means, then try again:$names" >&2
  exit 1
fi
as_root=''
if [ "$(id -u)" -ne 0 ]; then
  if ! has_command sudo; then
    echo "setup.sh: needs root to install; as root, run: apt-get install$packages" >&2
    exit 1
  fi
  as_root='sudo'
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
packages=$(printf '%s\n' $packages | sort -u | tr '\n' ' ')
quiet_apt() {
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 "$@" >"$log" 2>&1
}
echo "setup.sh: installing $packages"
# Package lists may be missing (a bare image) or out of date (a package gone from the mirror): fetch them only then.
if ! apt-cache show $packages >/dev/null 2>&1 || ! quiet_apt install --no-install-recommends $packages; then
  quiet_apt update && quiet_apt install --no-install-recommends $packages || {
    tail -n 15 "$log" >&2
    echo "setup.sh: apt-get failed; after putting it right, or by hand: apt-get install $packages" >&2
    exit 1
  }
fi
