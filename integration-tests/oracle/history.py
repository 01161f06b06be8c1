# SPDX-License-Identifier: Apache-2.0
"""Applies records in the order of their partitions and complains about what cannot have happened."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, NamedTuple

from oracle.complaints import Complaints
from oracle.murmur2 import partition_of
from oracle.records import NEW_KEY, OLD_KEY, Position, Record, envelope

Columns = tuple[str, ...]


class Row(NamedTuple):
    """Values apart from names: a million rows share one tuple of names."""

    columns: Columns
    values: tuple[Any, ...]

    def __str__(self) -> str:
        return json.dumps(dict(zip(self.columns, self.values)), ensure_ascii=False)


class _KeyChange(NamedTuple):
    position: Position
    old: bytes | None
    new: bytes | None


class Table:
    """One topic, and the table that its records build."""

    def __init__(self, topic: str, partitions: int) -> None:
        self.topic = topic
        self.partitions = partitions
        self.rows: dict[bytes, Row] = {}
        # Rows of a table without a key have no identity: they are counted.
        self.keyless_rows: Counter[Row] = Counter()
        # Key -> its partition, once checked. Outlives the row: the key may come back.
        self.partition_of_key: dict[bytes, int] = {}
        self.layouts: dict[Columns, Columns] = {}
        self.last_position: dict[int, Position] = {}
        self.last_offset: dict[int, int] = {}
        self.last_gtid: dict[int, str | None] = {}
        self.awaited_tombstone: dict[int, bytes] = {}

    def row(self, image: dict[str, Any]) -> Row:
        columns = tuple(image)
        return Row(self.layouts.setdefault(columns, columns), tuple(image.values()))


class History:
    """Feed it every record, per partition in order of offsets, then call finish().

    A change of the primary key is one change of two parts: a delete and a create that share a position.
    """

    def __init__(
        self,
        partitions: dict[str, int],
        *,
        cuts_allowed: bool = False,
        distinct_positions: bool = True,
        rising_positions: bool = True,
        chained: bool = True,
    ) -> None:
        """`partitions`: of each topic. distinct_positions=False: rows events of a compressed transaction
        all have the position of their payload. rising_positions=False: rows of a prepared transaction lie where
        they were logged, not where they were committed. chained=False: DDL takes rows away and converts them
        unseen, so that images do not follow from those before."""
        self.tables = {topic: Table(topic, count) for topic, count in partitions.items()}
        self.complaints = Complaints()
        self.kinds: Counter[str] = Counter()
        self.changes_of_transaction: Counter[str] = Counter()
        self._cuts_allowed = cuts_allowed
        self._distinct_positions = distinct_positions
        self._rising_positions = rising_positions
        self._chained = chained
        self._seen: set[int] = set()
        # Position and keys -> op of the part of a key change that was read first.
        self._half_key_changes: dict[_KeyChange, str] = {}

    @property
    def changes(self) -> int:
        return sum(self.kinds[kind] for kind in ("create", "update", "delete", "key change"))

    def feed(self, record: Record) -> None:
        table = self.tables[record.topic]
        previous_offset = table.last_offset.get(record.partition, -1)
        table.last_offset[record.partition] = record.offset
        if previous_offset >= record.offset:
            self._complain(record, f"comes after offset {previous_offset}")
        self._check_partition(table, record)
        self._check_tombstone(table, record)
        change = None if record.value is None else envelope(record)
        if not self._cuts_allowed:
            self._check_cut(table, record, change, previous_offset)
        if change is None:
            self.kinds["tombstone"] += 1
        else:
            self._check_position(table, record, change)
            self._apply(table, record, change)

    def finish(self) -> None:
        for table in self.tables.values():
            for partition, key in table.awaited_tombstone.items():
                self.complaints.add(f"{table.topic}[{partition}]: no tombstone after the last delete of {key!r}")
        for (position, old, new), op in self._half_key_changes.items():
            other = "create of the new" if op == "d" else "delete of the old"
            self.complaints.add(f"key change at {position}: {old!r} -> {new!r} lacks the {other} key")

    def _complain(self, record: Record, what: str) -> None:
        self.complaints.add(f"{record}: {what}")

    def _check_partition(self, table: Table, record: Record) -> None:
        if record.key is None:
            expected = 0
        else:
            expected = table.partition_of_key.get(record.key, -1)
            if expected < 0:
                expected = table.partition_of_key[record.key] = partition_of(record.key, table.partitions)
        if expected != record.partition:
            self._complain(record, f"belongs into partition {expected} of {table.partitions}")

    def _check_tombstone(self, table: Table, record: Record) -> None:
        awaited = table.awaited_tombstone.pop(record.partition, None)
        if awaited is not None and (record.value is not None or record.key != awaited):
            self._complain(record, f"comes where the tombstone of {awaited!r} belongs")
        elif awaited is None and record.value is None:
            self._complain(record, "a tombstone without a delete before it")

    def _check_position(self, table: Table, record: Record, change: dict[str, Any]) -> None:
        position = Position.of(change["source"])
        is_second_part = change["op"] == "c" and record.header(OLD_KEY) is not None
        last = table.last_position.get(record.partition)
        table.last_position[record.partition] = position
        if not self._distinct_positions:
            if self._rising_positions and last and position[:2] < last[:2]:
                self._complain(record, f"{position} comes after {last}")
            return
        if self._rising_positions and last and (position < last or position == last and not is_second_part):
            self._complain(record, f"{position} comes after {last}")
        # One number instead of a tuple: there are millions of them.
        mark = ((position.file << 48 | position.offset) << 32 | position.row) << 1 | is_second_part
        if mark in self._seen:
            self._complain(record, f"{position} was there before")
        self._seen.add(mark)

    def _check_cut(
        self, table: Table, record: Record, change: dict[str, Any] | None, previous_offset: int
    ) -> None:
        """Within a Kafka transaction offsets have no gaps; its end takes one. So a gap between two records
        of one source transaction shows that it was cut."""
        gtid = table.last_gtid.get(record.partition)
        if change is not None:
            previous_gtid, gtid = gtid, change["source"].get("gtid")
            table.last_gtid[record.partition] = gtid
            if gtid != previous_gtid:
                return
        if gtid and previous_offset + 1 != record.offset:
            self._complain(record, f"transaction {gtid} is cut after offset {previous_offset}")

    def _apply(self, table: Table, record: Record, change: dict[str, Any]) -> None:
        op = change["op"]
        before = change["before"] and table.row(change["before"])
        after = change["after"] and table.row(change["after"])
        if (op in "ud") != bool(before) or (op in "cu") != bool(after):
            self._complain(record, f"op {op} with before={before} after={after}")
            return
        self._count(record, change)
        if op == "d" and record.key is not None:
            table.awaited_tombstone[record.partition] = record.key
        if not self._chained:
            return
        if record.key is None:
            self._apply_keyless(table, record, before, after)
        else:
            self._apply_keyed(table, record, before, after)

    def _count(self, record: Record, change: dict[str, Any]) -> None:
        op = change["op"]
        new_key, old_key = record.header(NEW_KEY), record.header(OLD_KEY)
        kind = {"c": "create", "u": "update", "d": "delete"}[op]
        if op == "d" and new_key is not None or op == "c" and old_key is not None:
            keys = (record.key, new_key) if op == "d" else (old_key, record.key)
            if not self._joins_key_change(record, _KeyChange(Position.of(change["source"]), *keys), op):
                return
            kind = "key change"
        self.kinds[kind] += 1
        self.changes_of_transaction[change["source"].get("gtid")] += 1

    def _joins_key_change(self, record: Record, key_change: _KeyChange, op: str) -> bool:
        """True for the second part that is read: only a whole key change is one change."""
        other = self._half_key_changes.pop(key_change, None)
        if other is None:
            self._half_key_changes[key_change] = op
        elif other == op:
            self._complain(record, f"the same part of {key_change} a second time")
        return other is not None

    def _apply_keyed(self, table: Table, record: Record, before: Row | None, after: Row | None) -> None:
        current = table.rows.get(record.key)
        if before is None and current is not None:
            self._complain(record, f"created, but it is there already: {current}")
        elif before is not None and current is None:
            self._complain(record, f"changed, but it is not there; before={before}")
        elif before is not None and not _same(before, current):
            self._complain(record, f"before={before} but the last after={current}")
        if after is None:
            table.rows.pop(record.key, None)
        else:
            table.rows[record.key] = after

    def _apply_keyless(self, table: Table, record: Record, before: Row | None, after: Row | None) -> None:
        if before is not None:
            if table.keyless_rows[before] == 0:
                self._complain(record, f"changed, but it is not there; before={before}")
            else:
                table.keyless_rows[before] -= 1
        if after is not None:
            table.keyless_rows[after] += 1


def _same(before: Row, after: Row) -> bool:
    if before.columns is after.columns:
        return before.values == after.values
    # ALTER TABLE came between: what both have must agree.
    image, other = dict(zip(*before)), dict(zip(*after))
    return all(image[column] == other[column] for column in image.keys() & other.keys())
