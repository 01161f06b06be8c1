# SPDX-License-Identifier: Apache-2.0
"""Every binlog_row_image: a field that the log does not have is absent, one that it has is what SELECT shows.

Which columns an image has is asked of mysqlbinlog: the rules differ between servers, keys and columns."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import pytest

from support.rowmill import ExitCode
from support.scenario import Scenario
from values.changes import SETTINGS, ChangeReader
from values.columns import columns_of
from values.mysqlbinlog import BinlogPlace, PrintedRow, printed_rows
from values.snapshot import Row, snapshot

_IMAGES = {
    "mysql": ("FULL", "MINIMAL", "NOBLOB"),
    "mariadb": ("FULL", "MINIMAL", "NOBLOB"),
    "mariadb118": ("FULL", "MINIMAL", "NOBLOB", "FULL_NODUP"),
}
_KEYS = {
    "one_column": ("PRIMARY KEY (id)", ("id",)),
    "two_columns": ("PRIMARY KEY (word, id)", ("word", "id")),
    # The server makes it the table's key, and says so in the table map.
    "only_unique": ("UNIQUE KEY (id)", ("id",)),
    "unique_but_nullable": ("UNIQUE KEY (id, number)", ()),
    "no_key": ("KEY (id)", ()),
}
_COLUMNS = (
    "id INT NOT NULL, word VARCHAR(20) NOT NULL, number INT DEFAULT 7, price DECIMAL(6,2) DEFAULT 1.50,"
    " note TEXT, body BLOB, doc JSON, kept INT AS (number % 9 + 1) STORED, seen INT AS (number % 7) VIRTUAL,"
    " label TEXT AS (CONCAT('n', number)) VIRTUAL"
)
# Virtual columns that are not in an index are not logged by FULL_NODUP, changed or not: a test of their own.
_INDEXED = ", KEY (seen), KEY (label(9))"
_WRITTEN = ("word", "number", "price", "note", "body", "doc")
_STATEMENTS = 250

Fields = dict[str, Any] | None


class _History:
    """Random statements of one row each, every one in a row image of its own, and what SELECT says around them."""

    def __init__(self, s: Scenario, table: str, images: tuple[str, ...], rng: random.Random) -> None:
        self._s = s
        self._table = table
        self._rng = rng
        self._images = images
        self._columns = columns_of(s.server, s.name, table)
        self.names = [column.name for column in self._columns]
        self._rows: dict[int, Row] = {}
        self._last_id = 0
        self.steps: list[tuple[str, Row | None, Row | None]] = []  # image, before, after

    def run(self, statements: int) -> None:
        connection = self._s.server.connect(database=self._s.name)
        with connection, connection.cursor() as cursor:
            for _ in range(statements):
                image = self._rng.choice(self._images)
                cursor.execute(f"SET SESSION binlog_row_image = {image}")
                old, new, statement = self._statement()
                cursor.execute(statement)
                rows = snapshot(self._s.server, self._s.name, self._table, self._columns)
                before, after = self._rows.get(old), rows.get(new)
                if before != after:
                    self.steps.append((image, before, after))
                self._rows = rows

    def fields(self, row: Row | None, names: set[str]) -> Fields:
        """Those of a row that SELECT showed."""
        return row and {name: value for name, value in zip(self.names, row) if name in names}

    def read(self, image: dict[str, Any] | None) -> Fields:
        """Those of a record."""
        forms = dict(zip(self.names, self._columns))
        return image and {name: forms[name].of_records([value])[0] for name, value in image.items()}

    def _statement(self) -> tuple[int | None, int | None, str]:
        """The row's id before and after, and the SQL."""
        kind = self._rng.random()
        if not self._rows or kind < 0.3:
            self._last_id += 1
            # A key that is a default would not be logged.
            columns = list(dict.fromkeys(["id", "word", *self._some(0)]))
            values = [str(self._last_id), *map(self._value, columns[1:])]
            sql = f"INSERT INTO {self._table} ({', '.join(columns)}) VALUES ({', '.join(values)})"
            return None, self._last_id, sql
        id_ = self._rng.choice(list(self._rows))
        if kind < 0.4:
            return id_, None, f"DELETE FROM {self._table} WHERE id = {id_}"
        changes = [f"{column} = {self._value(column)}" for column in self._some(1)]
        new = id_
        if kind < 0.5:
            self._last_id += 1
            new = self._last_id
            changes = self._rng.choice(([], changes)) + [f"id = {new}"]
        return id_, new, f"UPDATE {self._table} SET {', '.join(changes)} WHERE id = {id_}"

    def _some(self, least: int) -> list[str]:
        return self._rng.sample(_WRITTEN, self._rng.randint(least, len(_WRITTEN)))

    def _value(self, column: str) -> str:
        number = self._rng.randrange(1_000_000)
        if column != "word" and self._rng.random() < 0.2:
            return "NULL"
        return {
            "word": f"'wörd {number}'",
            "number": str(number),
            "price": f"{number / 100:.2f}",
            "note": f"'note {number}'",
            "body": f"x'{number:08x}'",
            "doc": f"""'{{"n": {number}, "list": [1, "é"]}}'""",
        }[column]


def _compare(history: _History, printed: list[PrintedRow], key: tuple[str, ...], reader: ChangeReader) -> Counter[str]:
    """Counts the fields that were there and those that were not."""
    counts: Counter[str] = Counter()
    assert len(printed) == len(history.steps)
    for (image, before, after), row in zip(history.steps, printed):
        in_before = {history.names[number - 1] for number in row.before}
        # What an update does not log it did not change.
        in_after = {history.names[number - 1] for number in row.after} | in_before
        old, new = history.fields(before, in_before), history.fields(after, in_after)
        for wanted in _changes(row.verb, old, new, key):
            change = reader.take(1)[0]
            found = (change["op"], history.read(change["before"]), history.read(change["after"]))
            assert found == wanted, f"{image} {row}"
            for fields in filter(None, wanted[1:]):
                counts.update(present=len(fields), absent=len(history.names) - len(fields))
    reader.expect_end()
    return counts


def _changes(verb: str, old: Fields, new: Fields, key: tuple[str, ...]) -> list[tuple[str, Fields, Fields]]:
    if verb == "UPDATE" and [old[column] for column in key] != [new[column] for column in key]:
        return [("d", old, None), ("c", None, new)]
    return [({"INSERT INTO": "c", "UPDATE": "u", "DELETE FROM": "d"}[verb], old, new)]


@pytest.mark.parametrize("server_name", list(_IMAGES))
def test_fields_are_those_of_the_image_and_as_select_shows_them(request, scenario, kafka, seed, server_name):
    server = request.getfixturevalue(server_name)
    s = scenario(server, kafka)
    s.worker.connector |= SETTINGS
    images = _IMAGES[server_name]
    indexed = _INDEXED if "FULL_NODUP" in images else ""
    s.create(*(f"{table} ({_COLUMNS}, {clause}{indexed})" for table, (clause, _) in _KEYS.items()))
    s.start_streaming()
    begin = BinlogPlace.end(server)
    histories = {}
    for table in _KEYS:
        histories[table] = _History(s, table, images, random.Random(f"{seed}/{table}"))
        histories[table].run(_STATEMENTS)
    printed = list(printed_rows(server, s.name, begin))
    counts: Counter[str] = Counter()
    for table, history in histories.items():
        reader = ChangeReader(s, table)
        try:
            rows = [row for row in printed if row.table == table]
            counts += _compare(history, rows, _KEYS[table][1], reader)
        finally:
            reader.close()
    print(
        f"row images: {server_name} {server.env['VERSION']}: {len(_KEYS)} keys x {len(images)} images,"
        f" {len(printed)} rows, {counts['present']:,} fields as SELECT shows them, {counts['absent']:,} absent"
    )
    assert counts["absent"] > 1000


def test_virtual_column_under_full_nodup_is_as_select_shows_it_or_absent(scenario, mariadb118, kafka):
    s = scenario(mariadb118, kafka)
    s.create("items (id INT PRIMARY KEY, number INT, twice INT AS (number * 2) VIRTUAL)")
    s.start_streaming()
    s.sql(
        "SET SESSION binlog_row_image = FULL_NODUP",
        "INSERT INTO items (id, number) VALUES (1, 1)",
        "UPDATE items SET number = 5",
    )
    s.wait_for_changes(2)
    assert s.changes()[1]["after"] == {"id": 1, "number": 5}


def test_row_without_any_column_is_a_record_without_fields(scenario, mysql, kafka):
    s = scenario(mysql, kafka)
    s.worker.connector |= SETTINGS
    s.create("defaults (a INT DEFAULT 5, b VARCHAR(9) DEFAULT 'b')")
    s.start_streaming()
    s.sql(
        "SET SESSION binlog_row_image = MINIMAL",
        "INSERT INTO defaults VALUES ()",
        "INSERT INTO defaults (b) VALUES ('x')",
    )
    s.wait_for_changes(2)
    assert [change["after"] for change in s.changes()] == [{}, {"b": "x"}]


@pytest.mark.parametrize("server_name", ["mysql", "mariadb"])
def test_created_row_whose_key_is_not_logged_stops_the_task(request, scenario, kafka, server_name):
    """The key is the column's default, which only the server knows."""
    s = scenario(request.getfixturevalue(server_name), kafka)
    s.create("items (id INT DEFAULT 5, word VARCHAR(9), PRIMARY KEY (id))")
    s.start_streaming()
    s.sql("SET SESSION binlog_row_image = MINIMAL", "INSERT INTO items (word) VALUES ('x')")
    s.worker.expect_end(
        ExitCode.FAILED, f"column id of table {s.name}.items is not in the row image", "Set binlog_row_image=FULL"
    )
    assert s.changes() == []
