# SPDX-License-Identifier: Apache-2.0
"""Fails when a line of unit-tests/traps.md names a test that does not exist, or neither a test nor a reason why there is none.
Prints how many lines unit tests and tests against running servers cover."""

import re
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROW = re.compile(r"^\| (.+?) \| (.+) \|$", re.MULTILINE)
HEAD = ("trap", "check", "---")
NAME = re.compile(r"`([^`]+)`")
UNIT_TEST = re.compile(r"^TEST(?:_[FP])?\(\s*(\w+),\s*(\w+)\)", re.MULTILINE)
LIVE_TEST = re.compile(r"^def (test_\w+)\(", re.MULTILINE)
NOT_APPLICABLE = "not applicable: "


def existing_tests() -> set[str]:
    tests = {f"{suite}.{name}" for path in (ROOT / "unit-tests").rglob("*.cc")
             for suite, name in UNIT_TEST.findall(path.read_text())}
    return tests | {f"{path.name}::{name}" for path in (ROOT / "integration-tests").rglob("test_*.py")
                    for name in LIVE_TEST.findall(path.read_text())}


def main() -> int:
    tests = existing_tests()
    problems, counts = [], Counter()
    for trap, cover in ROW.findall((ROOT / "unit-tests/traps.md").read_text()):
        if trap.startswith(HEAD):
            continue
        names = NAME.findall(cover)
        problems += [f"traps.md: {trap}: there is no test {name}" for name in names if name not in tests]
        if cover.startswith(NOT_APPLICABLE):
            counts["not applicable"] += 1
            continue
        if not names:
            problems.append(f"traps.md: {trap}: neither a test nor a reason")
        counts["by unit tests"] += any("::" not in name for name in names)
        counts["by live tests"] += any("::" in name for name in names)
        counts["covered"] += 1
    print("\n".join(problems) or
          f"traps: ok, {counts['covered']} covered ({counts['by unit tests']} by unit tests, "
          f"{counts['by live tests']} by live ones), {counts['not applicable']} not applicable")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
