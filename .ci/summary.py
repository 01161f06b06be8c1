# SPDX-License-Identifier: Apache-2.0
"""Adds up the results in a folder (JUnit XML of GoogleTest and pytest, and one-word files) and prints
the failures and one closing line. Exit code 0 only if something passed and nothing failed."""

import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path


def count(report: Path) -> tuple[int, list[str]]:
    passed, failures = 0, []
    for case in ElementTree.parse(report).iter("testcase"):
        name = f"{report.stem}: {case.get('classname')}.{case.get('name')}"
        if case.find("failure") is not None or case.find("error") is not None:
            failures.append(name)
        elif case.find("skipped") is None and case.get("status") != "notrun":
            passed += 1
    return passed, failures


def main() -> int:
    folder = Path(sys.argv[1])
    passed, failures = 0, []
    for report in sorted(folder.glob("*.xml")):
        report_passed, report_failures = count(report)
        passed += report_passed
        failures += report_failures
    for word in sorted(folder.glob("*.result")):
        if word.read_text().strip() == "passed":
            passed += 1
        else:
            failures.append(word.stem)
    for name in failures:
        print(f"failed: {name}")
    print(f"{passed} passed, {len(failures)} failed")
    return 0 if passed and not failures else 1


if __name__ == "__main__":
    sys.exit(main())
