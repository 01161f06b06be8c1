# SPDX-License-Identifier: Apache-2.0
"""Records as a consumer sees them, in one short line each."""

from __future__ import annotations

import json
from typing import Any

from oracle.records import NEW_KEY, OLD_KEY, Record, envelope

_NAMES = {"c": "create", "u": "update", "d": "delete"}


def line(record: Record) -> str:
    table = record.topic.split(".", 1)[1]
    key = "-" if record.key is None else record.key.decode()
    start = f"  {table:<15} {key:<29} "
    if record.value is None:
        return f"{start}tombstone"
    change = envelope(record)
    return f"{start}{_NAMES[change['op']]:<7} {_told(change)}{_moved(record)}"


def _told(change: dict[str, Any]) -> str:
    before, after = change["before"], change["after"]
    if before and after:
        changed = [f"{name} {_text(before[name])} -> {_text(after[name])}" for name in after if before[name] != after[name]]
        return ", ".join(changed)
    return ", ".join(f"{name} {_text(value)}" for name, value in (after or before).items())


def _moved(record: Record) -> str:
    new, old = record.header(NEW_KEY), record.header(OLD_KEY)
    if new is not None:
        return f"   (its key becomes {new.decode()})"
    return f"   (its key was {old.decode()})" if old is not None else ""


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
