# SPDX-License-Identifier: Apache-2.0
"""What the history says of each statement against what the catalog said after it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import NamedTuple

from ddl.catalog import Table
from ddl.history import Entry, Place

Where = tuple[str, str]


class Expected(NamedTuple):
    """What a statement changed. Its event ends behind `begin` and not behind `end`."""

    statement: str
    begin: Place
    end: Place
    changed: dict[Where, Table | None]


@dataclass
class Outcome:
    compared: int = 0
    lost: int = 0  # definitions that the worker did not derive: it will have to look
    complaints: list[str] = field(default_factory=list)


def compare(expected: Sequence[Expected], entries: Iterable[Entry], start: Place) -> Outcome:
    """`start`: what is at this place or before it is what the worker began with."""
    wanted: dict[Where, list[tuple[Expected, Table | None]]] = {}
    for statement in expected:
        for where, table in statement.changed.items():
            wanted.setdefault(where, []).append((statement, table))
    found: dict[Where, list[Entry]] = {}
    for entry in entries:
        if entry.place is None or entry.place > start:
            found.setdefault(entry.where, []).append(entry)
    outcome = Outcome()
    for where in dict.fromkeys([*wanted, *found]):
        _compare_table(where, wanted.get(where, []), found.get(where, []), outcome)
    return outcome


def _compare_table(
    where: Where, wanted: list[tuple[Expected, Table | None]], found: list[Entry], outcome: Outcome
) -> None:
    waiting = list(reversed(found))
    for statement, table in wanted:
        while waiting and _comes_before(waiting[-1], statement, table):
            entry = waiting.pop()
            if entry.table is None:
                outcome.lost += 1
            outcome.complaints.append(
                f"{where}: before {statement.statement!r}: {_shown(entry.table)}, the catalog has nothing new"
            )
        outcome.compared += 1
        if not waiting or not _is_of(waiting[-1], statement, table):
            outcome.complaints.append(
                f"{where}: nothing after {statement.statement!r}, the catalog has {_shown(table)}"
            )
            continue
        entry = waiting.pop()
        while waiting and waiting[-1].place is not None and _within(waiting[-1].place, statement):
            entry = waiting.pop()
        if entry.table != table:
            outcome.complaints.append(f"{where}: after {statement.statement!r}:\n{difference(entry.table, table)}")
    outcome.complaints += [f"{where}: {_shown(entry.table)} after the last statement" for entry in waiting]


def _within(place: Place, statement: Expected) -> bool:
    return statement.begin < place <= statement.end


def _comes_before(entry: Entry, statement: Expected, table: Table | None) -> bool:
    if entry.place is None:
        return table is not None
    return entry.place <= statement.begin


def _is_of(entry: Entry, statement: Expected, table: Table | None) -> bool:
    if entry.place is None:
        return table is None
    return _within(entry.place, statement)


def _shown(table: Table | None) -> str:
    return "no definition" if table is None else str(table)


def difference(found: Table | None, wanted: Table | None) -> str:
    """Line by line, what the history has and what the catalog has."""
    if found is None or wanted is None:
        return f"    history {_shown(found)}\n    catalog {_shown(wanted)}"
    lines = [
        f"    {what}: history {ours}\n    {what}: catalog {theirs}"
        for what, ours, theirs in zip(Table._fields, found, wanted)
        if what not in ("columns", "keys") and ours != theirs
    ]
    for what in ("columns", "keys"):
        for ours, theirs in zip_longest(getattr(found, what), getattr(wanted, what)):
            if ours != theirs:
                lines.append(f"    history {ours}\n    catalog {theirs}")
    return "\n".join(lines)
