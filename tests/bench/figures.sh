# Figures for the measuring scripts, which read this file in.
# shellcheck shell=sh

median() { # median FILE: of a file with one number a line
  sort -n "$1" | awk '{x[NR] = $1} END {print (x[int((NR + 1) / 2)] + x[int(NR / 2) + 1]) / 2}'
}
timing() { # timing NAME FILE: a number among the timings of --json
  sed -n "/\"timing\"/,\$ s/^[[:space:]]*\"$1\":[[:space:]]*\\([-+.0-9e]*\\),*\$/\\1/p" "$2"
}
