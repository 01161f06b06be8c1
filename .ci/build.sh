#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# build.sh PRESET JOBS [TARGET...]: configures build/PRESET once and builds the targets (default: all).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

preset=$1 jobs=$2
shift 2

if [[ ! -f build/$preset/build.ninja ]]; then
  mkdir -p "build/$preset"
  cmake --preset "$preset" >"build/$preset/configure.log" 2>&1 || {
    tail -n 40 "build/$preset/configure.log" >&2
    exit 1
  }
fi
echo "building $preset${*:+: $*}"
cmake --build --preset "$preset" -j "$jobs" ${@:+--target "$@"}
