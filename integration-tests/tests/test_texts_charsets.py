# SPDX-License-Identifier: Apache-2.0
"""Every character set over its whole repertoire: what a consumer reads is what SELECT shows."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator

import pytest
from pymysql.cursors import Cursor

from support.rowmill import ExitCode
from support.scenario import Scenario
from values.repertoire import Repertoire, pieces

_COLUMNS = ("c", "v", "t")  # CHAR, VARCHAR, TEXT
_ROW_LENGTH = 200  # characters in each column of a row
_FIRST_CODE_ROW = 1_000_000  # rows below are made of code points, rows from here on of the charset's own codes
_ENUM_LABELS, _ENUM_LABEL_LENGTH = 150, 40
_SET_LABELS, _SET_LABEL_LENGTH = 64, 20
_SET_ROWS = 200


class _CharsetTables:
    """For each charset a table of texts and one of ENUM and SET; staging tables are not logged."""

    def __init__(self, database: str, repertoire: Repertoire, cursor: Cursor) -> None:
        self.repertoire = repertoire
        self._cursor = cursor
        cursor.execute("SET sql_mode = ''")
        cursor.execute(f"USE `{database}`")
        cursor.execute("CREATE TEMPORARY TABLE points (id INT PRIMARY KEY, p TEXT CHARACTER SET utf8mb4)")
        cursor.execute("CREATE TEMPORARY TABLE raws (id INT PRIMARY KEY, raw VARBINARY(1000))")
        self.charsets = repertoire.charsets()
        self.sent: dict[str, dict[int, str]] = {}
        self.characters = 0
        self.codes = 0

    def create(self) -> None:
        for charset in self.charsets:
            of_charset = f"CHARACTER SET {charset} COLLATE {charset}_bin"
            self._cursor.execute(
                f"CREATE TABLE text_{charset} (id INT PRIMARY KEY, c CHAR({_ROW_LENGTH}) {of_charset},"
                f" v VARCHAR({_ROW_LENGTH}) {of_charset}, t TEXT {of_charset})"
            )
            points = _for_labels(self.repertoire.points(charset))
            enum = _labels(points, _ENUM_LABELS, _ENUM_LABEL_LENGTH)
            some = _labels(points, _SET_LABELS, _SET_LABEL_LENGTH)
            self._cursor.execute(
                f"CREATE TABLE labels_{charset}"
                f" (id INT PRIMARY KEY, e ENUM({enum}) {of_charset}, s SET({some}) {of_charset})"
            )

    def fill(self, charset: str) -> None:
        """Rows by code point and rows by code; what they must read back as is kept in `sent`."""
        points = self.repertoire.points(charset)
        codes = self.repertoire.codes(charset)
        self.characters += len(points)
        self.codes += len(codes)
        sent = self.sent[charset] = dict(enumerate(pieces(points, _ROW_LENGTH)))
        self._insert("points", list(sent.items()), f"INSERT INTO text_{charset} SELECT id, p, p, p FROM points")
        raws = []
        for number, some in enumerate(pieces(list(codes), _ROW_LENGTH), _FIRST_CODE_ROW):
            raws.append((number, b"".join(some)))
            sent[number] = "".join(codes[code] for code in some)
        raw = f"CONVERT(raw USING {charset})"
        self._insert("raws", raws, f"INSERT INTO text_{charset} SELECT id, {raw}, {raw}, {raw} FROM raws")
        self._fill_labels(charset)

    def rows(self, table: str, columns: tuple[str, ...]) -> Iterator[tuple[int, list[str | None]]]:
        """The oracle: each row as the server itself converts it."""
        wanted = ", ".join(f"HEX(CONVERT({column} USING utf8mb4))" for column in columns)
        self._cursor.execute(f"SELECT id, {wanted} FROM {table} ORDER BY id")
        for number, *hexes in self._cursor.fetchall():
            yield number, [None if text is None else bytes.fromhex(text).decode() for text in hexes]

    def _insert(self, staging: str, rows: list[tuple[int, str | bytes]], statement: str) -> None:
        self._cursor.execute(f"DELETE FROM {staging}")
        form = "x%s" if staging == "raws" else "%s"
        self._cursor.executemany(
            f"INSERT INTO {staging} VALUES (%s, {form})",
            [(number, text.hex() if isinstance(text, bytes) else text) for number, text in rows],
        )
        self._cursor.execute(statement)

    def _fill_labels(self, charset: str) -> None:
        """Each label alone, the empty value of an illegal number, many SETs of several labels, NULLs."""
        chance = random.Random(charset)
        self._cursor.execute(f"SHOW COLUMNS FROM labels_{charset} LIKE 'e'")
        labels = self._cursor.fetchone()[1].count("','") + 1
        bits = self._set_size(charset)
        values = []
        for number in range(max(labels + 1, _SET_ROWS)):
            some = 1 << number if number < bits else chance.getrandbits(bits)
            values.append(f"({number}, {number if number <= labels else 'NULL'}, {some})")
        values.append(f"({len(values)}, NULL, NULL)")
        self._cursor.execute(f"INSERT INTO labels_{charset} VALUES {', '.join(values)}")

    def _set_size(self, charset: str) -> int:
        self._cursor.execute(f"SHOW COLUMNS FROM labels_{charset} LIKE 's'")
        return self._cursor.fetchone()[1].count("','") + 1


def _for_labels(points: str) -> str:
    """Without what quoting, SET's commas and trailing spaces would make of ASCII, if there is anything else."""
    foreign = "".join(point for point in points if point > "\x7f")
    return foreign or "".join(point for point in points if point.isalnum())


def _labels(points: str, count: int, length: int) -> str:
    """Evenly over the repertoire, each point at most once."""
    step = max(1, len(points) // (count * length))
    chosen = points[::step][: count * length]
    size = min(length, max(1, len(chosen) // count))
    return ", ".join(f"'{label}'" for label in list(pieces(chosen, size))[:count])


def _differences(s: Scenario, tables: _CharsetTables, table: str, columns: tuple[str, ...], sent=None) -> list[str]:
    """Of the records from SELECT, and of SELECT from what was sent."""
    after = {}
    for record in s.records(table):
        row = json.loads(record.value)["after"]
        after[row.pop("id")] = row
    wrong = []
    for number, texts in tables.rows(table, columns):
        shown = dict(zip(columns, texts))
        if (found := after.pop(number, None)) != shown:
            wrong.append(f"{table} row {number}: the record has {found!a:.300}, SELECT {shown!a:.300}")
        if sent and [text.rstrip(" ") for text in texts] != [sent[number].rstrip(" ")] * len(columns):
            wrong.append(f"{table} row {number}: sent was {sent[number]!a:.300}, SELECT shows {texts!a:.300}")
    return wrong + [f"{table} row {number} is only in the topic" for number in after]


@pytest.mark.parametrize("server_name", ["mysql", "mariadb", "mariadb118"])
def test_every_character_of_every_charset_is_as_select_shows_it(request, scenario, kafka, server_name):
    server = request.getfixturevalue(server_name)
    s = scenario(server, kafka)
    s.worker.connector["topic.creation.default.partitions"] = 1
    s.create("marks (id INT PRIMARY KEY)")
    begin = time.monotonic()
    with server.connect() as asking, server.connect() as connection:
        repertoire = Repertoire(asking.cursor(), f"{s.name}_asked")
        tables = _CharsetTables(s.name, repertoire, connection.cursor())
        tables.create()
        s.start_streaming()
        for charset in tables.charsets:
            tables.fill(charset)
        s.sql("INSERT INTO marks VALUES (1)")
        s.wait_for_key("marks", {"id": 1})
        wrong = []
        for charset in tables.charsets:
            wrong += _differences(s, tables, f"text_{charset}", _COLUMNS, tables.sent[charset])
            wrong += _differences(s, tables, f"labels_{charset}", ("e", "s"))
        repertoire.close()
    print(
        f"charsets: {server_name} {server.env['VERSION']}: {len(tables.charsets)} charsets, {tables.characters:,} code"
        f" points and {tables.codes:,} codes x {len(_COLUMNS)} types, {len(wrong)} rows differ,"
        f" {time.monotonic() - begin:.0f} s"
    )
    assert not wrong, "\n".join(wrong[:20])


def test_bytes_that_are_no_character_stop_the_task(scenario, mysql, kafka):
    """The server itself shows U+FFFD for them; passed on, the damage would be silent."""
    s = scenario(mysql, kafka)
    s.create("old (id INT PRIMARY KEY, word VARCHAR(9) CHARACTER SET big5)")
    s.start_streaming()
    s.sql("INSERT INTO old VALUES (1, CONVERT(x'41A15A' USING big5))")
    assert s.sql("SELECT CONVERT(word USING utf8mb4) FROM old") == [("A\ufffd",)]
    s.worker.expect_end(ExitCode.FAILED, f"{s.name}.old", "not valid big5 at byte 1 (a15a)", "repair the value")
    assert s.changes("old") == []
