# SPDX-License-Identifier: Apache-2.0
"""What a consumer does with `json_diffs`: the changes applied, in order, to the document that it has."""

from __future__ import annotations

import json
import re
from typing import Any

_STEP = re.compile(r'\.("(?:[^"\\]|\\.)*"|[^."\[]+)|\[(\d+)\]')


def steps_of(path: str) -> list[str | int]:
    """$."key"[3].other"""
    assert path[0] == "$"
    steps: list[str | int] = []
    at = 1
    while at < len(path):
        found = _STEP.match(path, at)
        assert found is not None, path
        member, cell = found.groups()
        steps.append(int(cell) if cell else json.loads(member) if member[0] == '"' else member)
        at = found.end()
    return steps


def applied(document: Any, diffs: list[dict[str, Any]]) -> Any:
    """The new document; the old one is changed on the way."""
    for diff in diffs:
        steps = steps_of(diff["path"])
        if not steps:
            assert diff["op"] == "replace"
            document = diff["value"]
            continue
        parent = document
        for step in steps[:-1]:
            parent = parent[step]
        last = steps[-1]
        if diff["op"] == "remove":
            assert "value" not in diff
            del parent[last]
        elif diff["op"] == "insert" and isinstance(parent, list):
            parent.insert(last, diff["value"])
        else:
            there = last in parent if isinstance(parent, dict) else last < len(parent)
            assert there == (diff["op"] == "replace"), diff
            parent[last] = diff["value"]
    return document
