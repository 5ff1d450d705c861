#!/bin/sh
# Prints the linker's version script for the shared library: the names that the public header declares, and no other.
# usage: exports.sh HEADER
set -eu
printf 'ROISIM_0 {\n  global:\n'
sed -n '/^[a-z]/s/.*[ *]\(roi_[a-z0-9_]*\)[([].*/    \1;/p' "$1" | LC_ALL=C sort -u
printf '  local: *;\n};\n'
