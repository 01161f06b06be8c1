# SPDX-License-Identifier: Apache-2.0
"""Creates a table of generated values and changes it: many rows a statement, each batch in the session it asks for."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import cycle, islice

from support.servers import Database
from values.tables import TriedTable

_ROWS_A_STATEMENT = 250


class Writer:
    """Rows have the ids 1, 2, ... Every column meets all its values twice, beside other neighbours."""

    def __init__(self, server: Database, database: str, table: TriedTable, rng: random.Random, count: int) -> None:
        self._server = server
        self._database = database
        self.table = table
        drawn = [column.literals(rng, count) for column in table.columns]
        self.rows = 1 + max(map(len, drawn), default=count)
        # The first row is NULL throughout; columns with fewer edges begin anew.
        self._drawn = [["NULL", *islice(cycle(column), self.rows - 1)] for column in drawn]

    def create(self) -> None:
        columns = "".join(f"`{column.name}` {column.definition}, " for column in self.table.columns)
        self._server.sql(
            "SET sql_mode = ''",
            f"CREATE TABLE `{self._database}`.`{self.table.name}` (id INT NOT NULL, {columns}PRIMARY KEY (id))"
            f" ENGINE = InnoDB {self.table.options}",
        )

    def insert(self) -> None:
        self._write("INSERT", self._drawn, "")

    def update(self) -> None:
        """Each row gets what others had."""
        if not self.table.columns:
            return
        # Shifts differ, so that a row's new neighbours were not its old ones.
        shifted = [_rotated(column, 1 + 7 * number) for number, column in enumerate(self._drawn)]
        names = [column.name for column in self.table.columns]
        self._write("INSERT", shifted, "ON DUPLICATE KEY UPDATE " + ", ".join(f"`{n}` = VALUES(`{n}`)" for n in names))

    def delete(self) -> None:
        self._server.sql(f"DELETE FROM `{self._database}`.`{self.table.name}` ORDER BY id")

    def _write(self, verb: str, columns: Sequence[Sequence[str]], ending: str) -> None:
        into = f"{verb} INTO `{self._database}`.`{self.table.name}` VALUES"
        connection = self._server.connect()
        try:
            with connection.cursor() as cursor:
                for number, rows in enumerate(self._batches(columns)):
                    cursor.execute(self.table.sessions[number % len(self.table.sessions)])
                    cursor.execute(f"{into} {rows} {ending}")
        finally:
            connection.close()

    def _batches(self, columns: Sequence[Sequence[str]]) -> Iterator[str]:
        rows = zip(map(str, range(1, self.rows + 1)), *columns, strict=True)
        batch = []
        for row in rows:
            batch.append(f"({', '.join(row)})")
            if len(batch) == _ROWS_A_STATEMENT:
                yield ", ".join(batch)
                batch.clear()
        if batch:
            yield ", ".join(batch)


def _rotated(column: list[str], by: int) -> list[str]:
    by %= len(column)
    return column[by:] + column[:by]
