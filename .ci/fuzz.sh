#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# fuzz.sh SECONDS JOBS RESULTS: builds the fuzzers and runs each for SECONDS, JOBS of them at a time. Leaves RESULTS/fuzz-NAME.result (one
# word: passed or failed) and RESULTS/fuzz-NAME.log; fails if one has found something. What they find out to be worth keeping stays in
# build/fuzz/corpus, for the next run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# fuzz.sh run FUZZER SECONDS RESULTS: one of them.
if [[ $1 == run ]]; then
  name=$2 seconds=$3 results=$4
  mkdir -p "$results"
  known=(build/fuzz/corpus/"$name" build/fuzz/unit-tests/fuzz/seeds.d/"$name")
  if [[ -d unit-tests/fuzz/corpus/$name ]]; then known+=(unit-tests/fuzz/corpus/"$name"); fi
  word=passed
  build/fuzz/unit-tests/fuzz/"${name}_fuzzer" -max_total_time="$seconds" -rss_limit_mb=2048 -timeout=25 \
    -print_final_stats=1 -artifact_prefix="$results/fuzz-$name-" "${known[@]}" 2>"$results/fuzz-$name.log" || word=failed
  executed=$(sed -n 's/^stat::number_of_executed_units: *//p' "$results/fuzz-$name.log")
  echo "$word" >"$results/fuzz-$name.result"
  printf '%s: %s, %s inputs in %s s\n' "$name" "$word" "${executed:-no}" "$seconds"
  [[ $word == passed ]] || { tail -n 40 "$results/fuzz-$name.log"; exit 1; }
  exit
fi

seconds=$1 jobs=$2 results=$3
.ci/build.sh fuzz "$jobs" fuzzers
for program in build/fuzz/unit-tests/fuzz/*_fuzzer; do
  basename "$program" _fuzzer
done | xargs -P "$jobs" -I NAME .ci/fuzz.sh run NAME "$seconds" "$results"
