#!/bin/sh
# Line coverage of the tests. usage: coverage.sh FOLDER; builds there, runs the tests, prints a table, writes pages to FOLDER/html
set -eu
cd "$(dirname "$0")/.."
folder=$1
make --no-print-directory BUILD="$folder" CC=gcc CFLAGS="-O1 -g --coverage -fprofile-update=atomic -DROI_COVERAGE" all unit-build
find "$folder" -name '*.gcda' -exec rm -f {} +
tests=0
sh tests/run.sh "$folder" unit lua cli safety examples || tests=1
lcov --quiet --capture --directory "$folder" --no-external --output-file "$folder/coverage.info"
lcov --list "$folder/coverage.info"
genhtml --quiet --output-directory "$folder/html" "$folder/coverage.info"
lcov --summary "$folder/coverage.info" 2>&1 | grep lines
exit $tests
