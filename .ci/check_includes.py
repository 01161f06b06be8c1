# SPDX-License-Identifier: Apache-2.0
"""Fails on an include between folders of src/ that the table in src/README.md does not allow, and on a
third-party C API that is included outside of the one folder that owns it."""

import re
import sys
from pathlib import Path

SRC = Path(__file__).resolve().parents[1] / "src"
ROW = re.compile(r"^\| ([\w.]+) \| ([\w ]*)\|$", re.MULTILINE)
PROJECT_INCLUDE = re.compile(r'^#include "(\w+)/', re.MULTILINE)
SYSTEM_INCLUDE = re.compile(r"^#include <([\w./-]+)>", re.MULTILINE)
OWNERS = {"librdkafka/": "kafka", "mysql.h": "mysql", "mariadb": "mysql", "zookeeper/": "zookeeper",
          "spdlog/": "base", "zstd.h": "binlog", "zlib.h": "binlog", "iconv.h": "binlog",
          "boost/program_options": "app"}


def main() -> int:
    allowed = {row[0]: set(row[1].split()) for row in ROW.findall((SRC / "README.md").read_text())}
    problems = []
    for path in sorted(SRC.rglob("*")):
        if path.suffix not in (".cc", ".h"):
            continue
        relative = path.relative_to(SRC)
        folder = relative.parts[0]
        text = path.read_text()
        if folder not in allowed:
            problems.append(f"{relative}: {folder} has no row in src/README.md")
            continue
        for target in PROJECT_INCLUDE.findall(text):
            if target != folder and target not in allowed[folder]:
                problems.append(f"{relative}: {folder} may not include {target}")
        for header in SYSTEM_INCLUDE.findall(text):
            for prefix, owner in OWNERS.items():
                if header.startswith(prefix) and folder != owner:
                    problems.append(f"{relative}: <{header}> belongs to {owner}")
    print("\n".join(problems) if problems else "includes: ok")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
