# SPDX-License-Identifier: Apache-2.0
"""Groups of statements, each in a database of its own; its tables then get a row, whose record is compared with
SELECT, as the definition kept is with the catalog."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from typing import Any, NamedTuple

import pymysql

from ddl import history
from ddl.catalog import Catalog, Tables
from ddl.comparison import difference
from ddl.rows import insert, quoted
from oracle.records import envelope
from support.scenario import Scenario
from support.servers import Database
from values.columns import column_of, columns_of
from values.snapshot import select


class Only(NamedTuple):
    """A statement for some servers: others refuse it or mean something else. `refused`: that they do is the point."""

    mariadb: bool
    statement: str


class Refused(NamedTuple):
    """A statement that the server has to refuse: nothing may come of it."""

    statement: str
    mariadb: bool | None = None


# Of MariaDB's long UNIQUE keys: in the row image under these names, but not in SELECT.
_HIDDEN = "DB_ROW_HASH_"

Step = str | Only | Refused
Groups = Mapping[Hashable, Sequence[Step]]
Images = dict[tuple[str, str], list[dict[str, Any]]]


def my(statement: str) -> Only:
    return Only(False, statement)


def maria(statement: str) -> Only:
    return Only(True, statement)


class Trial:
    """In a statement, %d is the name of its group's database; one that ends in _other belongs to the group, too."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._server = scenario.server
        self.statements = 0
        self.refused = 0
        self._tables: Tables = {}

    @staticmethod
    def captured(scenario: Scenario) -> str:
        return rf"{scenario.name}(_\d+(_other)?)?\..*"

    def run(self, groups: Groups) -> None:
        """Waits until the worker has told of all of it."""
        for number, steps in enumerate(groups.values(), start=1):
            self._run_group(f"{self._scenario.name}_{number}", steps)
        self._scenario.sql("INSERT INTO marks VALUES (1)")
        self._scenario.wait_for_key("marks", {"id": 1}, 120)

    def complaints(self) -> list[str]:
        images = self._images()
        wrong = []
        for where, table in self._tables.items():
            if where[1] and not table.sequence:
                wrong += _row_complaints(self._server, where, table.versioned, images)
        kept = {entry.where: entry.table for entry in history.read(self._scenario)}
        return wrong + [
            f"{where}:\n{difference(kept.get(where), table)}"
            for where, table in self._tables.items()
            if kept.get(where) != table
        ]

    def clean_up(self) -> None:
        databases = {database for database, _ in self._tables}
        self._server.sql(*(f"DROP DATABASE {quoted(database)}" for database in databases))

    def __str__(self) -> str:
        return (
            f"{self._server.product}: {self.statements} statements, {self.refused} refused as they should,"
            f" {len(self._tables)} definitions and their rows compared"
        )

    def _run_group(self, database: str, steps: Sequence[Step]) -> None:
        with self._server.connect() as connection, connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE `{database}` CHARACTER SET utf8mb4")
            cursor.execute(f"USE `{database}`")
            for step in steps:
                brand = None if isinstance(step, str) else step.mariadb
                if brand in (None, self._server.is_mariadb):
                    self._run_step(cursor, step, database)
            catalog = Catalog(self._server, database)
            made = {
                where: table for where, table in catalog.read().items() if where[0] in (database, f"{database}_other")
            }
            catalog.close()
            self._tables |= made
            cursor.execute("SET sql_mode='', NAMES utf8mb4")
            for (of, name), table in made.items():
                if name and not table.sequence:
                    cursor.execute(insert(of, name, table))

    def _run_step(self, cursor: pymysql.cursors.Cursor, step: Step, database: str) -> None:
        statement = (step if isinstance(step, str) else step.statement).replace("%d", database)
        try:
            cursor.execute(statement)
            self.statements += 1
        except pymysql.err.MySQLError as error:
            assert isinstance(step, Refused), f"{statement}: {error}"
            self.refused += 1
        else:
            assert not isinstance(step, Refused), f"not refused: {statement}"

    def _images(self) -> Images:
        """What was created, by table."""
        found: Images = defaultdict(list)
        for record in self._scenario.records():
            if record.value is not None:
                change = envelope(record)
                image = {name: cell for name, cell in change["after"].items() if not name.startswith(_HIDDEN)}
                found[change["source"]["db"], change["source"]["table"]].append(image)
        return found


def _row_complaints(server: Database, where: tuple[str, str], versioned: bool, images: Images) -> list[str]:
    columns = columns_of(server, *where)
    if versioned:
        columns += [column_of(server, name, "timestamp", "hidden") for name in ("row_start", "row_end")]
    names = tuple(column.name for column in columns)
    rows = select(server, f"{quoted(where[0])}.{quoted(where[1])}", columns)
    found = images.get(where, [])
    if not found:
        return [f"{where}: no record"]
    wrong = []
    for number, image in enumerate(found, start=1):
        if number < len(found) and tuple(image) != names:
            continue  # of before the last statements
        if tuple(image) != names:
            wrong.append(f"{where}: names {tuple(image)}, not {names}")
        elif tuple(column.of_records([value])[0] for column, value in zip(columns, image.values())) not in rows:
            wrong.append(f"{where}: the record has {image}, SELECT {rows}")
    return wrong
