# SPDX-License-Identifier: Apache-2.0
"""Compares the tables that records build with those of the server."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from oracle.complaints import Complaints
from oracle.history import Row, Table
from oracle.records import key_fields
from oracle.server_tables import TableShape, normal


def compare(table: Table | None, shape: TableShape, server_rows: Iterable[tuple], complaints: Complaints) -> int:
    """Complains about each difference; returns the number of rows that are equal. No `table`: no topic, which
    only fits an empty table."""
    names = tuple(column.name for column in shape.columns)
    where = f"{shape.database}.{shape.table}"
    if not shape.key:
        have = Counter() if table is None else _keyless(table, shape, names, complaints)
        return _compare_keyless(where, have, server_rows, complaints)
    have = {} if table is None else _keyed(table, shape, names, complaints)
    key_indexes = [names.index(column) for column in shape.key]
    equal = 0
    for row in server_rows:
        key = tuple(row[index] for index in key_indexes)
        found = have.pop(key, None)
        if found is None:
            complaints.add(f"{where} {key}: in the table but not in the topic: {row}")
        elif identical(found, row):
            equal += 1
        else:
            _complain_of_values(f"{where} {key}", names, found, row, complaints)
    for key in have:
        complaints.add(f"{where} {key}: in the topic but not in the table")
    return equal


def identical(left: tuple, right: tuple) -> bool:
    """1 == 1.0 == True in Python, but they are different values in a record."""
    return left == right and all(type(one) is type(other) for one, other in zip(left, right))


def _complain_of_values(where: str, names: tuple, found: tuple, row: tuple, complaints: Complaints) -> None:
    for name, ours, theirs in zip(names, found, row):
        if not identical((ours,), (theirs,)):
            complaints.add(f"{where}: column {name} is {ours!r:.300} in the topic, {theirs!r:.300} in the table")


def _values(row: Row, shape: TableShape, names: tuple) -> tuple[Any, ...] | None:
    """In the order of the table's columns; None if the record has other columns."""
    if row.columns != names:
        if sorted(row.columns) != sorted(names):
            return None
        image = dict(zip(*row))
        row = Row(names, tuple(image[name] for name in names))
    return tuple(normal(column.kind, value) for column, value in zip(shape.columns, row.values))


def _keyed(table: Table, shape: TableShape, names: tuple, complaints: Complaints) -> dict[tuple, tuple]:
    result = {}
    for key, row in table.rows.items():
        values = _values(row, shape, names)
        if values is None:
            complaints.add(f"{table.topic} {key!r}: columns {row.columns}, in the table {names}")
            continue
        by_name = dict(zip(names, values))
        fields = {column: by_name[column] for column in shape.key}
        if list(key_fields(key).items()) != list(fields.items()):
            complaints.add(f"{table.topic}: key {key!r} does not fit the row's {fields}")
        result[tuple(fields.values())] = values
    return result


def _keyless(table: Table, shape: TableShape, names: tuple, complaints: Complaints) -> Counter:
    result: Counter = Counter()
    for row, count in table.keyless_rows.items():
        values = _values(row, shape, names)
        if values is None:
            complaints.add(f"{table.topic}: columns {row.columns}, in the table {names}")
        elif count:
            result[values] += count
    if table.rows:
        complaints.add(f"{table.topic}: records with keys, but the table has none")
    return result


def _compare_keyless(where: str, have: Counter, server_rows: Iterable[tuple], complaints: Complaints) -> int:
    want = Counter(server_rows)
    for row, count in (want - have).items():
        complaints.add(f"{where}: {count} more in the table than in the topic: {row}")
    for row, count in (have - want).items():
        complaints.add(f"{where}: {count} more in the topic than in the table: {row}")
    return sum((want & have).values())
