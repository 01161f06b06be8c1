# SPDX-License-Identifier: Apache-2.0
"""JSON to the byte: documents of every kind, and every function that changes one, against SELECT."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

import pymysql
import pytest
from pymysql.cursors import Cursor

from support.rowmill import ExitCode
from support.scenario import Scenario
from values.changes import SETTINGS, Change, ChangeReader
from values.json_diffs import applied
from values.json_expressions import FILL_SOURCES, SOURCES, JsonExpressions
from values.json_mutations import JsonMutations
from values.literals import text
from values.mysqlbinlog import BinlogPlace, printed_rows

DOCUMENTS = int(os.environ.get("DOCUMENTS") or 10_000)
_LARGE = 40
_AT_ONCE = 50

State = tuple[str | None, ...]  # what SELECT says of a row but for its id, as text


def _select(cursor: Cursor, columns: Sequence[str]) -> dict[int, State]:
    """CAST prints; HEX keeps every byte."""
    wanted = ", ".join(f"HEX(CAST({column} AS CHAR))" for column in columns)
    cursor.execute(f"SELECT id, {wanted} FROM docs ORDER BY id")
    return {
        id_: tuple(None if cell is None else bytes.fromhex(cell).decode() for cell in cells)
        for id_, *cells in cursor.fetchall()
    }


def _state(image: dict[str, Any], columns: Sequence[str]) -> State:
    return tuple(None if image[column] is None else str(image[column]) for column in columns)


def _insert(cursor: Cursor, expressions: Iterable[tuple[int, str]]) -> None:
    rows = [f"({id_}, {expression})" for id_, expression in expressions]
    for first in range(0, len(rows), _AT_ONCE):
        cursor.execute(f"INSERT INTO docs (id, doc) VALUES {', '.join(rows[first : first + _AT_ONCE])}")


def _expect_documents(s: Scenario, cursor: Cursor, what: str) -> None:
    """Every document of the table came byte by byte."""
    wanted = _select(cursor, ("doc",))
    reader = ChangeReader(s, "docs")
    try:
        different = 0
        for change in reader.each(len(wanted)):
            id_, found = change["after"]["id"], _state(change["after"], ("doc",))
            if found != wanted[id_]:
                different += 1
                print(f"document {id_}: the record has {found!a:.1000}, SELECT {wanted[id_]!a:.1000}")
        reader.expect_end()
    finally:
        reader.close()
    size = sum(len(doc.encode()) for (doc,) in wanted.values())
    print(f"json: {what}: {len(wanted):,} documents, {size:,} bytes, {different} differ")
    assert different == 0


def test_documents_are_byte_identical_with_select(scenario, mysql, kafka, seed):
    s = scenario(mysql, kafka)
    s.worker.connector |= SETTINGS
    s.create("docs (id INT PRIMARY KEY, doc JSON)", SOURCES)
    s.start_streaming()
    rng = random.Random(seed)
    make = JsonExpressions(rng)
    documents = [make.document(rng.randint(0, 8)) for _ in range(DOCUMENTS)]
    documents += [make.large() for _ in range(_LARGE)]
    documents += [f"'{'[' * 100 + ']' * 100}'", text('{"k":' * 99 + "{}" + "}" * 99)]
    s.sql("SET sql_log_bin = 0", FILL_SOURCES)
    with mysql.connect(database=s.name) as connection, connection.cursor() as cursor:
        _insert(cursor, enumerate(documents))
        _expect_documents(s, cursor, f"mysql {mysql.env['VERSION']}")


@pytest.mark.parametrize("server_name", ["mariadb", "mariadb118"])
def test_mariadb_keeps_documents_as_they_were_written(request, scenario, kafka, seed, server_name):
    server = request.getfixturevalue(server_name)
    s = scenario(server, kafka)
    s.worker.connector |= SETTINGS
    s.create("docs (id INT PRIMARY KEY, doc JSON)")
    s.start_streaming()
    rng = random.Random(seed)
    make = JsonExpressions(rng)
    written = [make.written(rng.randint(0, 8)) for _ in range(DOCUMENTS)] + [f"[{'1 ,' * 30_000}2 ]"]
    with server.connect(database=s.name) as connection, connection.cursor() as cursor:
        _insert(cursor, enumerate(map(text, written)))
        assert [doc for (doc,) in _select(cursor, ("doc",)).values()] == written
        _expect_documents(s, cursor, f"{server_name} {server.env['VERSION']}")


class _MutatedTable:
    """Documents that statement after statement changes, and each state that SELECT showed."""

    COLUMNS = ("doc", "other", "step", "note")
    TABLE = "docs (id INT PRIMARY KEY, doc JSON, other JSON, step INT NOT NULL DEFAULT 0, note VARCHAR(40))"

    def __init__(self, cursor: Cursor, rng: random.Random) -> None:
        self._cursor = cursor
        self._rng = rng
        self._expressions = JsonExpressions(rng)
        self._mutations = JsonMutations(rng)
        self.states: dict[int, list[State]] = {}
        self.statements = 0
        self.refused = 0

    def fill(self, rows: int) -> None:
        for id_ in range(rows):
            doc, other = self._expressions.document(5), self._expressions.document(self._rng.randint(0, 3))
            other = self._rng.choice((other, "NULL"))
            self._cursor.execute(f"INSERT INTO docs (id, doc, other, note) VALUES ({id_}, {doc}, {other}, 'ñ')")
        self._keep()

    def mutate(self) -> None:
        """One statement for each row, in one transaction."""
        self._cursor.execute("BEGIN")
        for id_, states in self.states.items():
            doc, other, _, _ = states[-1]
            changes = []
            if self._rng.random() < 0.9:
                changes.append(f"doc = {self._mutations.of('doc', doc)}")
            if self._rng.random() < 0.3:
                changes.append(f"other = {self._rng.choice(('NULL', self._mutations.of('other', other)))}")
            if self._rng.random() < 0.3 or not changes:
                changes.append("step = step + 1")
            if self._rng.random() < 0.1:
                changes.append(f"note = {text(self._expressions.string(9))}")
            self._rng.shuffle(changes)
            try:
                self.statements += self._cursor.execute(f"UPDATE docs SET {', '.join(changes)} WHERE id = {id_}")
            except (pymysql.err.OperationalError, pymysql.err.DataError):
                self.refused += 1  # a path that does not suit the function
        self._cursor.execute("COMMIT")
        self._keep()

    def _keep(self) -> None:
        for id_, state in _select(self._cursor, self.COLUMNS).items():
            self.states.setdefault(id_, []).append(state)


def _distinct(states: Iterable[State]) -> list[State]:
    """A statement may change nothing, and an event may say so."""
    return [state for state, _ in groupby(states)]


def _expect_states(changes: Iterable[Change], table: _MutatedTable) -> None:
    found: dict[int, list[State]] = {}
    for change in changes:
        before, after = change["before"], change["after"]
        states = found.setdefault(after["id"], [])
        if before is not None:
            assert _state(before, table.COLUMNS) == states[-1], f"{before!a:.2000}\nis not\n{states[-1]!a:.2000}"
        states.append(_state(after, table.COLUMNS))
    for id_, states in table.states.items():
        ours = _distinct(found[id_])
        for number, (want, have) in enumerate(zip(_distinct(states), ours)):
            assert have == want, f"row {id_}, state {number}: {have!a:.2000}\nis not what SELECT says:\n{want!a:.2000}"
        assert len(_distinct(states)) == len(ours)


@pytest.mark.parametrize("options", ["", "PARTIAL_JSON"], ids=["whole", "partial"])
def test_changed_documents_are_byte_identical_with_select(scenario, mysql, kafka, seed, options):
    s = scenario(mysql, kafka)
    s.worker.connector |= SETTINGS
    s.create(_MutatedTable.TABLE, SOURCES, "marks (id INT PRIMARY KEY)")
    s.start_streaming()
    s.sql("SET sql_log_bin = 0", FILL_SOURCES)
    begin = BinlogPlace.end(mysql)
    with mysql.connect(database=s.name) as connection, connection.cursor() as cursor:
        cursor.execute(f"SET SESSION binlog_row_value_options = '{options}'")
        table = _MutatedTable(cursor, random.Random(seed))
        table.fill(80)
        for _ in range(100):
            table.mutate()
    s.sql("INSERT INTO marks VALUES (1)")
    s.wait_for_key("marks", {"id": 1})
    _expect_states(s.changes("docs"), table)
    diffs = sum(cell.startswith("JSON_") for row in printed_rows(mysql, s.name, begin) for cell in row.after.values())
    assert (diffs > 1000) == (options == "PARTIAL_JSON")
    print(
        f"json mutations: {options or 'whole documents'}: {table.statements:,} updates of 80 rows, {diffs:,} documents"
        f" logged as differences, {table.refused} statements refused, 0 states differ"
    )


def test_differences_without_the_document_before_stop_the_task(scenario, mysql, kafka):
    """A MINIMAL image has only the key before: the new document cannot be known."""
    s = scenario(mysql, kafka)
    s.create("docs (id INT PRIMARY KEY, doc JSON)")
    s.start_streaming()
    s.sql(
        "SET SESSION binlog_row_value_options = PARTIAL_JSON, SESSION binlog_row_image = MINIMAL",
        """INSERT INTO docs VALUES (1, '{"a": "a text that is long enough for a difference", "b": [1, 2, 3]}')""",
        "UPDATE docs SET doc = JSON_SET(doc, '$.a', 'short')",
    )
    s.worker.expect_end(
        ExitCode.FAILED,
        f"column doc of table {s.name}.docs has only what an UPDATE changed",
        "Set binlog_row_value_options='' or binlog_row_image=FULL",
        "partial.json.handling.mode=diff",
    )
    assert [change["op"] for change in s.changes()] == ["c"]


def test_differences_applied_to_the_documents_before_are_what_select_shows(scenario, mysql, kafka, seed):
    s = scenario(mysql, kafka)
    s.worker.connector |= SETTINGS | {"partial.json.handling.mode": "diff"}
    s.create(_MutatedTable.TABLE, SOURCES, "marks (id INT PRIMARY KEY)")
    s.start_streaming()
    s.sql("SET sql_log_bin = 0", FILL_SOURCES)
    with mysql.connect(database=s.name) as connection, connection.cursor() as cursor:
        cursor.execute("SET SESSION binlog_row_value_options = PARTIAL_JSON, SESSION binlog_row_image = MINIMAL")
        table = _MutatedTable(cursor, random.Random(seed))
        table.fill(80)
        for _ in range(50):
            table.mutate()
    s.sql("INSERT INTO marks VALUES (1)")
    s.wait_for_key("marks", {"id": 1})
    found: dict[int, list[State]] = {}
    diffs = 0
    for change in s.changes("docs"):
        after, of_columns = change["after"], change.get("json_diffs", {})
        assert not after.keys() & of_columns.keys()
        states = found.setdefault(after["id"], [(None, None, "0", None)])
        row = dict(zip(table.COLUMNS, states[-1])) | {name: after[name] for name in table.COLUMNS if name in after}
        for column, some in of_columns.items():
            row[column] = json.dumps(applied(json.loads(row[column]), some))
            diffs += len(some)
        states.append(_state(row, table.COLUMNS))
    for id_, states in table.states.items():
        assert _distinct(map(_meaning, found[id_][1:])) == _distinct(map(_meaning, states)), f"row {id_}"
    print(f"json differences: {table.statements:,} updates of 80 rows, {diffs:,} differences applied, 0 states differ")
    assert diffs > 500


def _meaning(state: State) -> tuple[Any, ...]:
    """The order of members is the server's business, not that of a consumer who applies differences."""
    doc, other, *rest = state
    return tuple(None if document is None else json.loads(document) for document in (doc, other)) + tuple(rest)
