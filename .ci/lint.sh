#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The checks that need no server: includes between folders, names in the list of traps, formatting, clang-tidy.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

failed=0
python3 .ci/check_includes.py || failed=1
python3 .ci/check_traps.py || failed=1

if git ls-files 'src/*.cc' 'src/*.h' 'unit-tests/*.cc' 'unit-tests/*.h' |
  xargs clang-format-14 --dry-run -Werror; then
  echo 'format: ok'
else
  echo 'format: run `make format`' >&2
  failed=1
fi

[[ -f build/release/compile_commands.json ]] || cmake --preset release >/dev/null
if git ls-files 'src/*.cc' | xargs -P "$(nproc)" -n 4 clang-tidy-14 -p build/release --quiet 2>/dev/null; then
  echo 'clang-tidy: ok'
else
  failed=1
fi
exit "$failed"
