# SPDX-License-Identifier: Apache-2.0
"""What the server itself says of its tables: information_schema, in a form that the history's definitions can take."""

from __future__ import annotations

from typing import NamedTuple

import pymysql

from support.servers import Database


class Column(NamedTuple):
    name: str
    type: str  # COLUMN_TYPE
    nullable: bool
    collation: str
    generated: str  # "", "virtual", "stored"
    auto_increment: bool
    invisible: bool


class Key(NamedTuple):
    """PRIMARY or UNIQUE. A functional part has no name."""

    columns: tuple[str, ...]
    partial: bool
    hash: bool


class Table(NamedTuple):
    collation: str
    columns: tuple[Column, ...] = ()
    keys: tuple[tuple[str, Key], ...] = ()
    versioned: bool = False  # with columns that no catalog shows
    sequence: bool = False


# By database and table; without a table it is the database itself.
Tables = dict[tuple[str, str], Table]


class Catalog:
    """Reads all that is in databases whose names begin with `prefix`."""

    def __init__(self, server: Database, prefix: str) -> None:
        self._server = server
        self._connection = server.connect()
        pattern = prefix.replace("_", r"\_")
        self._status = "SHOW MASTER STATUS" if server.is_mariadb else "SHOW BINARY LOG STATUS"
        self._where = f"TABLE_SCHEMA LIKE '{pattern}%'"
        self._databases = (
            "SELECT SCHEMA_NAME, DEFAULT_COLLATION_NAME FROM information_schema.SCHEMATA"
            f" WHERE SCHEMA_NAME LIKE '{pattern}%'"
        )
        expression = "NULL" if server.is_mariadb else "EXPRESSION"
        self._keys = (
            "SELECT TABLE_SCHEMA, TABLE_NAME, INDEX_NAME, COLUMN_NAME, SUB_PART, INDEX_TYPE,"
            f" {expression} FROM information_schema.STATISTICS WHERE NON_UNIQUE = 0 AND {self._where}"
            " ORDER BY TABLE_SCHEMA, TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX"
        )

    def close(self) -> None:
        self._connection.close()

    def place(self) -> tuple[str, int]:
        """File and offset of the end of the binlog."""
        row = self._ask(self._status)[0]
        return row[0], int(row[1])

    def read(self) -> Tables:
        columns = self._columns()
        keys = self._all_keys()
        tables = {(database, ""): Table(collation) for database, collation in self._ask(self._databases)}
        for database, name, kind, collation in self._ask(
            "SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE, TABLE_COLLATION FROM information_schema.TABLES"
            f" WHERE {self._where} AND TABLE_TYPE <> 'VIEW'"
        ):
            where = (database, name)
            if kind == "SEQUENCE":
                tables[where] = Table("", sequence=True)
                continue
            of_table, named_period = columns[where]
            hidden = kind == "SYSTEM VERSIONED" and not named_period
            tables[where] = Table(collation, tuple(of_table), tuple(sorted(keys.get(where, {}).items())), hidden)
        return tables

    def _columns(self) -> dict[tuple[str, str], tuple[list[Column], bool]]:
        """Of each table, and whether one of them is the start of its versions."""
        found: dict[tuple[str, str], tuple[list[Column], bool]] = {}
        for database, table, name, kind, nullable, collation, extra, expression in self._ask(
            "SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE, COLLATION_NAME, EXTRA,"
            f" GENERATION_EXPRESSION FROM information_schema.COLUMNS WHERE {self._where}"
            " ORDER BY TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION"
        ):
            listed, period = found.get((database, table), ([], False))
            row_bound = (expression or "").upper() in ("ROW START", "ROW END")
            listed.append(_column(name, kind, nullable, collation, extra, row_bound))
            found[database, table] = (listed, period or row_bound)
        return found

    def _all_keys(self) -> dict[tuple[str, str], dict[str, Key]]:
        found: dict[tuple[str, str], dict[str, Key]] = {}
        for database, table, index, column, part, kind, expression in self._ask(self._keys):
            keys = found.setdefault((database, table), {})
            known = keys.get(index, Key((), False, self._server.is_mariadb and kind == "HASH"))
            name = "" if expression is not None or column is None else column
            partial = known.partial or part is not None or not name
            keys[index] = known._replace(columns=(*known.columns, name), partial=partial)
        return found

    def _ask(self, question: str) -> list[tuple]:
        try:
            return self._rows(question)
        except pymysql.err.OperationalError:  # the server was started anew
            self._connection = self._server.connect()
            return self._rows(question)

    def _rows(self, question: str) -> list[tuple]:
        with self._connection.cursor() as cursor:
            cursor.execute(question)
            return list(cursor.fetchall())


def _column(name: str, kind: str, nullable: str, collation: str | None, extra: str, row_bound: bool) -> Column:
    words = extra.upper()
    generated = "virtual" if "VIRTUAL GENERATED" in words else "stored" if "STORED GENERATED" in words else ""
    if kind == "geomcollection":
        kind = "geometrycollection"  # as MariaDB says it
    if collation is None and kind.startswith(("enum(", "set(")):
        collation = "binary"  # MySQL shows NULL
    return Column(
        name,
        kind,
        nullable == "YES",
        collation or "",
        "" if row_bound else generated,
        "AUTO_INCREMENT" in words,
        "INVISIBLE" in words,
    )


def changed(before: Tables, after: Tables) -> dict[tuple[str, str], Table | None]:
    """Definitions that are new or other than before; None for those that are gone."""
    gone: dict[tuple[str, str], Table | None] = {where: None for where in before if where not in after}
    return gone | {where: table for where, table in after.items() if before.get(where) != table}
