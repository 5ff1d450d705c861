#!/bin/sh
# Line coverage of the tests. usage: coverage.sh FOLDER; builds there, runs the tests, prints a table, writes pages to FOLDER/html
set -eu
cd "$(dirname "$0")/.."
folder=$1
make --no-print-directory BUILD="$folder" CC=gcc CFLAGS="-O1 -g --coverage -fprofile-update=atomic -DROI_COVERAGE" all unit-build
find "$folder" -name '*.gcda' -exec rm -f {} +
sh tests/run.sh "$folder" unit lua cli safety examples ||
  echo "(A test that caps the size of files fails in this build: the cap hits the files of the counters too.)"
lcov --quiet --capture --directory "$folder" --base-directory "$PWD" --output-file "$folder/all.info" 2>"$folder/lcov.log"
lcov --quiet --extract "$folder/all.info" "$PWD/core/*" --output-file "$folder/coverage.info" 2>>"$folder/lcov.log"
genhtml --quiet --prefix "$PWD" --output-directory "$folder/html" "$folder/coverage.info" 2>>"$folder/lcov.log"
lcov --list "$folder/coverage.info" 2>/dev/null
echo "pages: $folder/html/index.html"
