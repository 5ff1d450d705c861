#!/bin/sh
# The same numbers, to the last bit, whatever the threads, the kernels, the memory and what the C library sees of the processor:
# the JSON results of every example are compared, their timing aside, and of one under designs of points. usage: bits.sh BUILD/roisim
set -u
roisim=$1
cd "$(dirname "$0")/.."
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
passed=0 failed=0
results() { # results FILE OPTION...: a model's results on standard output, time and machine aside
  "$roisim" "$@" --trials 30000 --quiet --json - | tr -d '\n' | sed 's/"timing":[[:space:]]*{[^{}]*}//'
}
compare() { # compare 'WHAT' MODEL [OPTION...]; the environment is the caller's
  what=$1
  shift
  results "$@" >"$tmp/other.json"
  if cmp -s "$tmp/base.json" "$tmp/other.json"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAIL $1: $what: other numbers than with one thread and the default kernels"
  fi
}
has() { grep -qw "$1" /proc/cpuinfo 2>/dev/null; }

for model in examples/*.lua; do
  results "$model" --threads 1 >"$tmp/base.json"
  if ! [ -s "$tmp/base.json" ]; then
    failed=$((failed + 1))
    echo "FAIL $model: no result"
    continue
  fi
  compare "3 threads" "$model" --threads 3
  compare "little memory" "$model" --threads 2 --max-memory 8M
  export ROISIM_ISA=baseline
  compare "baseline kernels" "$model"
  if has avx2; then ROISIM_ISA=avx2; compare "avx2 kernels" "$model"; fi
  if has avx512dq && has avx512bw && has avx512vl; then ROISIM_ISA=avx512; compare "avx512 kernels" "$model"; fi
  unset ROISIM_ISA
  export GLIBC_TUNABLES=glibc.cpu.hwcaps=-FMA,-AVX2
  compare "FMA and AVX2 masked from the C library" "$model"
  unset GLIBC_TUNABLES
done
for sampling in lhs sobol; do
  model="examples/support_desk.lua --sampling $sampling"
  results $model --threads 1 >"$tmp/base.json"
  [ -s "$tmp/base.json" ] || { failed=$((failed + 1)); echo "FAIL $model: no result"; }
  compare "3 threads" $model --threads 3
  ROISIM_ISA=baseline GLIBC_TUNABLES=glibc.cpu.hwcaps=-FMA,-AVX2
  export ROISIM_ISA GLIBC_TUNABLES
  compare "$sampling with baseline kernels, FMA and AVX2 masked from the C library" $model --max-memory 8M
  unset ROISIM_ISA GLIBC_TUNABLES
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
