# SPDX-License-Identifier: Apache-2.0
"""What a writer knows that it wrote, version by version, and whether records tell just that.

Tables may change their layout meanwhile, be emptied, swapped and dropped: a topic then does not build a table, but each
change still has the names and values of its moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from pymysql.cursors import Cursor

from oracle.complaints import Complaints
from oracle.compare import identical
from oracle.records import NEW_KEY, OLD_KEY, Record, envelope, key_fields
from oracle.server_tables import Column, normal, parsed, select_list

# In every table, different in each version of each row.
STAMP = "stamp"
ID = "id"


class Layout:
    """The columns and the key of a table, as the server tells them."""

    def __init__(
        self, columns: list[Column], generated: set[str], nullable: set[str], key: tuple[str, ...], indexes: dict[str, bool]
    ) -> None:
        self.columns = columns
        self.names = tuple(column.name for column in columns)
        self.nullable = nullable
        self.key = key
        # Name -> unique.
        self.indexes = indexes
        self.writable = [column for column in columns if column.name not in generated]
        self.stamp = self.names.index(STAMP)
        self.id = self.names.index(ID)

    @classmethod
    def read(cls, cursor: Cursor, database: str, table: str) -> Layout:
        cursor.execute(
            "SELECT column_name, data_type, extra, is_nullable FROM information_schema.columns"
            f" WHERE table_schema = '{database}' AND table_name = '{table}' ORDER BY ordinal_position"
        )
        rows = cursor.fetchall()
        generated = {name for name, _, extra, _ in rows if "STORED GENERATED" in extra or "VIRTUAL GENERATED" in extra}
        nullable = {name for name, _, _, null in rows if null == "YES"}
        cursor.execute(f"SHOW INDEX FROM `{database}`.`{table}`")
        parts: dict[str, list[str]] = {}
        indexes: dict[str, bool] = {}
        for row in cursor.fetchall():
            parts.setdefault(row[2], []).append(row[4])
            indexes[row[2]] = row[1] == "0"
        usable = [index for index, unique in indexes.items() if unique and not nullable & set(parts[index])]
        key = tuple(parts[usable[0]]) if usable else ()
        return cls([Column(row[0], row[1].lower()) for row in rows], generated, nullable, key, indexes)

    def select(self, cursor: Cursor, table: str, condition: str) -> list[tuple]:
        """Rows in the forms that records use."""
        cursor.execute(f"SELECT {select_list(self.columns)} FROM `{table}` WHERE {condition}")
        return [parsed(self.columns, row) for row in cursor.fetchall()]

    def key_of(self, image: tuple) -> dict[str, Any] | None:
        return {name: image[self.names.index(name)] for name in self.key} or None


class WrittenChange(NamedTuple):
    """Images are as Layout.select() gives them."""

    table: str
    layout: Layout
    before: tuple | None
    after: tuple | None

    def changes_key(self) -> bool:
        both = self.before is not None and self.after is not None
        return both and self.layout.key_of(self.before) != self.layout.key_of(self.after)

    def records(self) -> int:
        """Without tombstones."""
        return 2 if self.changes_key() else 1


class Written:
    def __init__(self) -> None:
        self.count = 0
        self._by_after: dict[int, WrittenChange] = {}
        self._by_before: dict[int, WrittenChange] = {}

    def add(self, changes: Iterable[WrittenChange]) -> None:
        for change in changes:
            self.count += 1
            if change.after is not None:
                self._by_after[change.after[change.layout.stamp]] = change
            if change.before is not None:
                self._by_before[change.before[change.layout.stamp]] = change

    def changes(self) -> Iterable[WrittenChange]:
        yield from self._by_after.values()
        yield from (change for change in self._by_before.values() if change.after is None)

    def compare(self, topics: dict[str, str], records: Iterable[Record], complaints: Complaints) -> int:
        """`topics`: the table of each; `records`: per partition in order. Returns how many changes were told in
        full, each once."""
        seen: Counter[int] = Counter()
        last: dict[tuple[str, int, int], int] = {}
        for record in records:
            if record.value is None:
                continue
            content = envelope(record)
            change = self._find(record, content, complaints)
            if change is None:
                continue
            seen[id(change)] += 1
            if change.table != topics[record.topic]:
                complaints.add(f"{record}: a change of {change.table}")
            _compare_record(change, record, content, complaints)
            _check_order(change, record, content, last, complaints)
        return self._finish(seen, complaints)

    def _find(self, record: Record, content: dict[str, Any], complaints: Complaints) -> WrittenChange | None:
        known = self._by_before if content["op"] == "d" else self._by_after
        image = content["before" if content["op"] == "d" else "after"]
        change = known.get(image.get(STAMP))
        if change is None:
            complaints.add(f"{record}: nobody wrote this: {content['op']} {image}")
        return change

    def _finish(self, seen: Counter[int], complaints: Complaints) -> int:
        told = 0
        for change in self.changes():
            if seen[id(change)] == change.records():
                told += 1
            else:
                image = dict(zip(change.layout.names, change.after or change.before))
                complaints.add(f"{change.table}: {seen[id(change)]} records instead of {change.records()} tell of {image}")
        return told


def _compare_record(change: WrittenChange, record: Record, content: dict[str, Any], complaints: Complaints) -> None:
    op = content["op"]
    moved = change.changes_key()
    if moved != any(record.header(name) is not None for name in (NEW_KEY, OLD_KEY)):
        complaints.add(f"{record}: key change: {moved}, but headers {record.headers}")
    before = None if op == "c" else change.before
    after = None if op == "d" else change.after
    if op != ("u" if change.before and change.after and not moved else op):
        complaints.add(f"{record}: op {op} for an update")
    for name, image in (("before", before), ("after", after)):
        _compare_image(f"{record} {op}.{name}", change.layout, image, content[name], complaints)
    key = change.layout.key_of(after or before)
    found = record.key and key_fields(record.key)
    if (key and list(key.items())) != (found and list(found.items())):
        complaints.add(f"{record}: the key should be {key}")


def _compare_image(
    where: str, layout: Layout, wanted: tuple | None, image: dict[str, Any] | None, complaints: Complaints
) -> None:
    if wanted is None or image is None:
        if wanted is not image:
            complaints.add(f"{where}: {image}, written was {wanted}")
        return
    if tuple(image) != layout.names:
        complaints.add(f"{where}: columns {tuple(image)}, written were {layout.names}")
        return
    for column, ours, theirs in zip(layout.columns, image.values(), wanted):
        if not identical((normal(column.kind, ours),), (theirs,)):
            complaints.add(f"{where}: column {column.name} is {ours!r:.300}, written was {theirs!r:.300}")


def _check_order(
    change: WrittenChange,
    record: Record,
    content: dict[str, Any],
    last: dict[tuple[str, int, int], int],
    complaints: Complaints,
) -> None:
    """Stamps of one row rise. Its records move to another partition when the key does."""
    image = change.before if content["op"] == "d" else change.after
    where = (record.topic, record.partition, image[change.layout.id])
    stamp = image[change.layout.stamp]
    if stamp < last.get(where, 0):
        complaints.add(f"{record}: stamp {stamp} comes after {last[where]}")
    last[where] = stamp
