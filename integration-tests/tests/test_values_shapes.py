# SPDX-License-Identifier: Apache-2.0
"""Which columns a row has: many, few, generated, invisible, versioned, added and dropped. Always what SELECT says."""

from __future__ import annotations

import random
from itertools import cycle
from typing import Any

import pytest

from oracle.records import envelope, key_fields
from values import numbers, temporals, texts
from values.changes import SETTINGS, ChangeReader
from values.columns import Column, column_of, columns_of
from values.comparison import Comparison
from values.literals import Literals
from values.snapshot import Row, select, snapshot
from values.tables import TriedColumn, TriedTable
from values.trial import compare_creates, compare_deletes, compare_updates, try_tables

SERVERS = pytest.mark.parametrize("server_name", ["mysql", "mariadb", "mariadb118"])


def half_null(fill: Literals) -> Literals:
    return lambda rng, count: [value if rng.random() < 0.5 else "NULL" for value in fill(rng, count)]


def table_of_width(width: int) -> TriedTable:
    """The id is its first column. Beside each other stand columns of different sizes."""
    kinds = cycle(
        (("TINYINT", numbers.integers(8, signed=True)), ("VARCHAR(10)", texts.strings(10)), ("BIT(9)", numbers.bits(9)))
    )
    columns = tuple(
        TriedColumn(f"c{number}", kind, half_null(fill)) for number, (kind, fill) in zip(range(width - 1), kinds)
    )
    return TriedTable(f"width_{width}", columns, options="CHARACTER SET utf8mb4")


@SERVERS
def test_rows_of_every_bitmap_width(request, scenario, kafka, seed, tally, server_name):
    server = request.getfixturevalue(server_name)
    widths = (1, 7, 8, 9, 15, 16, 17, 300)
    try_tables(scenario(server, kafka), [table_of_width(n) for n in widths], random.Random(seed), 200, tally(server))


class Followed:
    """A table that a test changes step by step; each step's records are compared with SELECT before and after it."""

    def __init__(self, scenario: Any, tally: Any, table: str, *, key: str = "id") -> None:
        self.scenario = scenario
        self.table = table
        self._key = key
        self._tally = tally(scenario.server)
        self._reader = ChangeReader(scenario, table)

    def rows(self) -> dict[Any, Row]:
        return snapshot(self.scenario.server, self.scenario.name, self.table, self._columns(), key=self._key)

    def change(self, *statements: str) -> None:
        """One statement or several that together create, update and delete rows, in this order."""
        before = self.rows()
        self.scenario.sql(*statements)
        after = self.rows()
        comparison = Comparison(self.table, self._columns(), self._tally)
        kept = before.keys() & after.keys()
        key = {"key": self._key}
        compare_creates(self._reader, comparison, {k: row for k, row in after.items() if k not in kept}, **key)
        compare_updates(self._reader, comparison, before, {k: row for k, row in after.items() if k in kept}, **key)
        compare_deletes(self._reader, comparison, {k: row for k, row in before.items() if k not in kept}, **key)
        comparison.finish()

    def close(self) -> None:
        self._reader.expect_end()
        self._reader.close()

    def _columns(self) -> list[Column]:
        return columns_of(self.scenario.server, self.scenario.name, self.table)


def started(scenario: Any, *tables: str) -> Any:
    scenario.create(*tables)
    scenario.worker.connector |= SETTINGS
    scenario.start_streaming()
    return scenario


GENERATED = {
    "mysql": "twice BIGINT GENERATED ALWAYS AS (a * 2) STORED, next BIGINT AS (a + 1) VIRTUAL NOT NULL,"
    " upper_ VARCHAR(40) AS (UPPER(s)) VIRTUAL, hidden INT DEFAULT 7 INVISIBLE, j JSON,"
    " first_ INT AS (j->'$[0]') VIRTUAL, raw BINARY(4) AS (CAST(LEFT(s, 2) AS BINARY)) STORED,"
    " hidden_twice INT AS (hidden * 2) VIRTUAL INVISIBLE, KEY (upper_),"
    " KEY functional ((LOWER(s))), KEY other ((a % 10)), KEY many ((CAST(j AS UNSIGNED ARRAY)))",
    "mariadb": "twice BIGINT GENERATED ALWAYS AS (a * 2) STORED, next BIGINT AS (a + 1) VIRTUAL,"
    " upper_ VARCHAR(40) AS (UPPER(s)) VIRTUAL, hidden INT INVISIBLE DEFAULT 7, j JSON,"
    " first_ INT AS (JSON_VALUE(j, '$[0]')) VIRTUAL, raw BINARY(4) AS (LEFT(s, 2)) STORED,"
    " hidden_twice INT AS (hidden * 2) VIRTUAL INVISIBLE, KEY (upper_)",
}


@SERVERS
def test_generated_and_invisible_columns_hold_what_select_shows(request, scenario, kafka, tally, server_name):
    server = request.getfixturevalue(server_name)
    columns = GENERATED["mariadb" if server.is_mariadb else "mysql"]
    s = started(
        scenario(server, kafka),
        f"items (id INT PRIMARY KEY, a INT NOT NULL, s VARCHAR(20), {columns}, last_ INT)",
    )
    items = Followed(s, tally, "items")
    rows = ", ".join(f"({n}, {n * 7 - 400}, CONCAT('wörd ', {n}), '[{n}, 2]', {n})" for n in range(200))
    items.change(f"INSERT INTO items (id, a, s, j, last_) VALUES {rows}")
    items.change("INSERT INTO items (id, a, hidden) VALUES (500, 0, NULL), (501, 1, -1)")
    items.change("UPDATE items SET a = -a, s = REVERSE(s), hidden = id WHERE id % 2 = 0")
    items.change("UPDATE items SET s = NULL, j = NULL WHERE id % 5 = 0")
    items.change("DELETE FROM items WHERE id % 3 = 0")
    items.close()


def test_generated_primary_key_is_a_column_and_the_key(scenario, mysql, kafka, tally):
    s = scenario(mysql, kafka)
    s.create()
    s.sql("SET sql_generate_invisible_primary_key = ON", "CREATE TABLE items (v INT, s VARCHAR(20))")
    s.worker.connector |= SETTINGS
    s.start_streaming()
    items = Followed(s, tally, "items", key="my_row_id")
    items.change("INSERT INTO items VALUES (1, 'a'), (2, NULL), (NULL, 'c')")
    items.change("UPDATE items SET v = 5 WHERE s = 'a'")
    items.change("DELETE FROM items WHERE v = 2")
    items.close()
    assert [key_fields(record.key) for record in s.records("items") if record.value is not None][:3] == [
        {"my_row_id": 1},
        {"my_row_id": 2},
        {"my_row_id": 3},
    ]


@pytest.mark.parametrize("named", [False, True], ids=["implicit", "named"])
@pytest.mark.parametrize("server_name", ["mariadb", "mariadb118"])
def test_versioned_table_keeps_its_history(request, scenario, kafka, tally, server_name, named):
    """All versions of all rows, built from records, are those that SELECT ... FOR SYSTEM_TIME ALL shows."""
    server = request.getfixturevalue(server_name)
    period = (
        ", row_start TIMESTAMP(6) GENERATED ALWAYS AS ROW START, row_end TIMESTAMP(6) GENERATED ALWAYS AS ROW END,"
        " PERIOD FOR SYSTEM_TIME (row_start, row_end)"
    )
    s = started(
        scenario(server, kafka),
        f"items (id INT PRIMARY KEY, v VARCHAR(20){period if named else ''}) WITH SYSTEM VERSIONING",
    )
    s.sql("INSERT INTO items (id, v) VALUES (1, 'a'), (2, 'b'), (3, NULL), (4, 'd')")
    s.sql("UPDATE items SET v = 'changed' WHERE id <= 2")
    s.sql("UPDATE items SET v = 'again' WHERE id = 1")
    s.sql("DELETE FROM items WHERE id IN (2, 3)")
    s.sql("INSERT INTO items (id, v) VALUES (3, 'back')")
    columns = [
        *(column for column in columns_of(server, s.name, "items") if not column.name.startswith("row_")),
        column_of(server, "row_start", "timestamp", "TIMESTAMP(6) ROW START"),
        column_of(server, "row_end", "timestamp", "TIMESTAMP(6) ROW END"),
    ]
    wanted = select(server, f"`{s.name}`.items FOR SYSTEM_TIME ALL ORDER BY id, row_end", columns)
    assert len(wanted) == 8
    # Each of these versions came by one create at least; updates set only the end of a version or replace it.
    s.wait_for_key("items", {"id": 3, "row_end": wanted[-2][3]})
    built = {}
    for record in s.records("items"):
        identity = tuple(key_fields(record.key).values())
        if record.value is None:
            continue
        change = envelope(record)
        if change["op"] == "d":
            del built[identity]
        else:
            built[identity] = change["after"]
    comparison = Comparison("items", columns, tally(server))
    comparison.images("a version", [built[identity] for identity in sorted(built)], wanted)
    comparison.finish()


KEY_COLUMNS = (
    ("n", "BIGINT UNSIGNED", numbers.integers(64, signed=False)),
    ("d", "DECIMAL(10,3)", numbers.decimals(10, 3)),
    ("b", "BIT(12)", numbers.bits(12)),
    ("y", "YEAR", numbers.years()),
    ("da", "DATE", temporals.dates()),
    ("ti", "TIME(2)", temporals.times()),
    ("dt", "DATETIME(6)", temporals.datetimes()),
    ("ts", "TIMESTAMP(3)", temporals.timestamps(2**31 - 1)),
    ("c", "CHAR(5)", texts.strings(5)),
    ("v", "VARCHAR(20)", texts.strings(20)),
    ("raw", "BINARY(5)", texts.byte_strings(5)),
    ("var", "VARBINARY(10)", texts.byte_strings(10)),
    ("e", texts.enum_type(10), texts.enums(10)),
    ("s", texts.set_type(10), texts.sets(10)),
    ("t", "TEXT", texts.strings(10)),
)


@SERVERS
def test_key_of_every_type_holds_what_select_says(request, scenario, kafka, seed, tally, server_name):
    """The key's order is not that of the columns; the text is in it with a prefix only, but whole in the record."""
    server = request.getfixturevalue(server_name)
    rng = random.Random(seed)
    names = [name for name, _, _ in KEY_COLUMNS]
    key = [*reversed(names), "id"]
    in_key = ", ".join("t(4)" if name == "t" else name for name in key)
    columns = ", ".join(f"{name} {definition} NOT NULL" for name, definition, _ in KEY_COLUMNS)
    s = started(scenario(server, kafka), f"items (id INT, {columns}, other INT, PRIMARY KEY ({in_key}))")
    items = Followed(s, tally, "items")
    drawn = [[value for value in fill(rng, 300) if value != "NULL"] for _, _, fill in KEY_COLUMNS]
    rows = zip(*(random.Random(seed + number).choices(column, k=500) for number, column in enumerate(drawn)))
    values = ", ".join(f"({number}, {', '.join(row)}, 0)" for number, row in enumerate(rows))
    items.change(f"INSERT INTO items VALUES {values}")
    items.change("UPDATE items SET other = 1 WHERE id % 2 = 0")
    items.change("DELETE FROM items WHERE id % 3 = 0")
    items.close()
    for record in s.records("items"):
        if record.value is not None:
            change = envelope(record)
            image = change["after"] or change["before"]
            assert list(key_fields(record.key).items()) == [(name, image[name]) for name in key]


@SERVERS
def test_column_names_are_those_of_the_table(request, scenario, kafka, tally, server_name):
    names = ('a"b', "a\\b", "back``tick", "with space", "Ünïcödé", "列", "dot.ted", "$", "ta\tb", "'", "{}", "null")
    server = request.getfixturevalue(server_name)
    s = started(scenario(server, kafka), f"items (id INT PRIMARY KEY, {', '.join(f'`{name}` INT' for name in names)})")
    s.sql(f"INSERT INTO items VALUES (0, {', '.join(map(str, range(len(names))))})")
    s.wait_for_changes(1)
    (change,) = s.changes()
    assert list(change["after"].items()) == [
        ("id", 0),
        *((name.replace("``", "`"), number) for number, name in enumerate(names)),
    ]
    tally(server).values += len(change["after"])


STEPS = (
    "ADD COLUMN b VARCHAR(10) DEFAULT 'old'",
    "ADD COLUMN c DECIMAL(10,3) DEFAULT 1.5 FIRST",
    "ADD COLUMN d DATETIME(3) NOT NULL DEFAULT '2001-02-03 04:05:06.789' AFTER a",
    "DROP COLUMN b",
    "RENAME COLUMN c TO e",
    "ADD COLUMN b INT DEFAULT -1, ADD COLUMN f BIT(3) DEFAULT 5",
    "DROP COLUMN a",
)


@SERVERS
def test_columns_come_and_go_by_instant_ddl(request, scenario, kafka, tally, server_name):
    """Rows of before a step hold the defaults of columns that they were never written with."""
    server = request.getfixturevalue(server_name)
    s = started(scenario(server, kafka), "items (id INT PRIMARY KEY, a SMALLINT UNSIGNED, n INT)")
    items = Followed(s, tally, "items")
    items.change("INSERT INTO items VALUES " + ", ".join(f"({n}, {n * 300}, 0)" for n in range(1, 101)))
    for number, step in enumerate(STEPS, start=1):
        s.sql(f"ALTER TABLE items {step}, ALGORITHM=INSTANT")
        items.change(f"INSERT INTO items (id, n) VALUES ({1000 + number}, {number})")
        items.change(f"UPDATE items SET n = {number} WHERE id % 10 = {number} OR id > 1000")
        items.change(f"DELETE FROM items WHERE id = {90 + number}")
    items.close()
