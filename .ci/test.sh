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

step 'traps'
record traps python3 .ci/check_traps.py

step 'release build'
record build-release .ci/build.sh release "$jobs"

step 'unit tests'
unit_tests release

# They wait a good deal for servers. What they leave of the machine builds what comes after them; a build that
# fails here fails again, and is recorded, where it is needed.
step 'integration tests'
for preset in asan tsan; do nice -n 19 .ci/build.sh "$preset" "$jobs" unit_tests || true; done \
  >"$results/early-builds.log" 2>&1 &
early_builds=$!
/usr/bin/python3 -m pytest integration-tests --junitxml="$results/integration.xml" || true
wait "$early_builds" || true

step 'unit tests with address and undefined-behaviour sanitizers'
unit_tests asan

step 'unit tests with the thread sanitizer'
unit_tests tsan

step "fuzzing each decoder for $fuzz_seconds s"
record build-fuzz .ci/build.sh fuzz "$jobs" fuzzers
.ci/fuzz.sh "$fuzz_seconds" "$jobs" "$results" || true

step 'all done'
exec /usr/bin/python3 .ci/summary.py "$results"
