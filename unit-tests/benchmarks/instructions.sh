#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# instructions.sh PROGRAM: instructions for each row in each benchmark of PROGRAM (a decode_rows), counted by
# valgrind: the same in each run, however busy the machine is.
set -euo pipefail

program=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for name in integers varchars json; do
  valgrind --tool=callgrind --callgrind-out-file="$work/$name" --toggle-collect='*decode_event*' \
    "$program" --benchmark_filter="/$name\$" --benchmark_min_time=0.2 --benchmark_format=csv \
    >"$work/$name.csv" 2>"$work/$name.log" || { cat "$work/$name.log" >&2; exit 1; }
  python3 - "$work/$name" "$work/$name.csv" "$name" <<'PYTHON'
import csv, re, sys
profile, figures, name = sys.argv[1:]
text = open(profile).read()
instructions = int(re.search(r"^summary: (\d+)", text, re.MULTILINE).group(1))
row = next(csv.DictReader(line for line in open(figures) if line.startswith(("name,", '"'))))
print(f"{name}: {instructions / float(row['rows_in_all']):.1f} instructions a row")
PYTHON
done
