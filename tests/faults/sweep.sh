#!/bin/sh
# Runs sweep.c on the models that its table names. usage: sweep.sh ROISIM WORK...
# FAULTS=all tries each call, FAULT_ONLY=write calls of one kind.
set -u
roisim=${1:?usage: sweep.sh ROISIM WORK...}
case $roisim in /*) ;; *) roisim=$PWD/$roisim ;; esac
shift
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
faults=$(dirname "$roisim")/faults
models=$(mktemp -d) || exit 2
trap 'rm -rf "$models"' EXIT
cp "$top"/examples/*.lua "$top"/tests/cli/*.lua "$here"/models/*.lua "$top"/tests/lua/data/adoption.csv "$models" || exit 2
LC_ALL=C.UTF-8
export LC_ALL
for range in first:1:4000 second:4001:9000; do # to be merged
  "$roisim" "$models/hello.lua" --trials-range "${range#*:}" --state "$models/${range%%:*}.part" --quiet || exit 2
done
unset ROISIM_ISA ROISIM_PATH NO_COLOR
"$faults/sweep" "$roisim" "$faults/failing.so" "$models" "$@"
