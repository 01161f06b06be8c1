#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# test.sh JOBS: builds and runs every test. Goes on after a failure, so that one run shows them all,
# and ends with one line: N passed, N failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

jobs=$1
readonly fuzz_seconds=${FUZZ_SECONDS:-60}
readonly results=$PWD/build/test-results
rm -rf "$results"
mkdir -p "$results"
started=$SECONDS

step() { printf '\n== %s (%d min in)\n' "$1" $(((SECONDS - started) / 60)); }

# What cannot report for itself leaves a file of one word: passed or failed.
record() { # NAME COMMAND...
  local name=$1
  shift
  if "$@"; then echo passed >"$results/$name.result"; else echo failed >"$results/$name.result"; fi
}

unit_tests() { # PRESET
  local preset=$1 program name
  record "build-$preset" .ci/build.sh "$preset" "$jobs" unit_tests || true
  for program in build/"$preset"/unit-tests/*/*_test; do
    [[ -x $program ]] || continue
    name=$(basename "$program")
    # Its log lines, and what a sanitizer says, matter only after a failure. A program that dies leaves
    # no report; the word stands for it.
    "$program" --gtest_brief=1 --gtest_output="xml:$results/$preset-$name.xml" \
      2>"$results/$preset-$name.log" || {
      tail -n 40 "$results/$preset-$name.log"
      [[ -s $results/$preset-$name.xml ]] || echo failed >"$results/$preset-$name.result"
    }
  done
}

fuzz() {
  .ci/build.sh fuzz "$jobs" event_decoder_fuzzer
  local corpus=build/fuzz/corpus folder=build/fuzz/unit-tests/fuzz
  mkdir -p "$corpus"
  "$folder/event_decoder_fuzzer" -max_total_time="$fuzz_seconds" -rss_limit_mb=2048 -timeout=25 \
    -print_final_stats=1 "$corpus" "$folder/event_decoder_seeds.d" unit-tests/fuzz/corpus \
    2>"$results/fuzz.log" || { tail -n 40 "$results/fuzz.log"; return 1; }
  grep -E 'number_of_executed_units' "$results/fuzz.log"
}

step 'release build'
record build-release .ci/build.sh release "$jobs"

step 'unit tests'
unit_tests release

step 'integration tests'
/usr/bin/python3 -m pytest integration-tests --junitxml="$results/integration.xml" || true

step 'unit tests with address and undefined-behaviour sanitizers'
unit_tests asan

step 'unit tests with the thread sanitizer'
unit_tests tsan

step "fuzzing the event decoder for $fuzz_seconds s"
record fuzz fuzz

step 'all done'
exec /usr/bin/python3 .ci/summary.py "$results"
