# SPDX-License-Identifier: Apache-2.0
"""The server's own answer: every row of a table, in the forms that records use."""

from __future__ import annotations

import base64
import struct
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pymysql
import pymysql.cursors

Parse = Callable[[str], Any]


class Column(NamedTuple):
    name: str
    kind: str  # information_schema's DATA_TYPE


class TableShape(NamedTuple):
    database: str
    table: str
    columns: list[Column]
    key: list[str]  # primary key columns in key order


def connect(host: str, port: int, user: str, password: str) -> pymysql.Connection:
    """conv={}: values arrive as the server's text, nothing is guessed on the way."""
    return pymysql.connect(
        host=host,
        port=port,
        user=user,
        password=password,
        charset="utf8mb4",
        conv={},
        autocommit=True,
        init_command="SET time_zone='+00:00', sql_mode='ANSI_QUOTES'",
    )


def shape_of(connection: pymysql.Connection, database: str, table: str) -> TableShape:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns"
            f" WHERE table_schema='{database}' AND table_name='{table}' ORDER BY ordinal_position"
        )
        columns = [Column(name, kind.lower()) for name, kind in cursor.fetchall()]
        cursor.execute(
            "SELECT column_name FROM information_schema.statistics WHERE index_name='PRIMARY'"
            f" AND table_schema='{database}' AND table_name='{table}' ORDER BY seq_in_index"
        )
        return TableShape(database, table, columns, [name for (name,) in cursor.fetchall()])


def tables_of(connection: pymysql.Connection, database: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables"
            f" WHERE table_schema='{database}' AND table_type='BASE TABLE' ORDER BY 1"
        )
        return [name for (name,) in cursor.fetchall()]


def rows_of(connection: pymysql.Connection, shape: TableShape) -> Iterator[tuple[Any, ...]]:
    """Rows in no particular order, columns in that of `shape`."""
    with connection.cursor(pymysql.cursors.SSCursor) as cursor:
        cursor.execute(f'SELECT {select_list(shape.columns)} FROM "{shape.database}"."{shape.table}"')
        while rows := cursor.fetchmany(5000):
            for row in rows:
                yield parsed(shape.columns, row)


def select_list(columns: list[Column]) -> str:
    """What to ask for these columns, so that parsed() understands the answer; needs ANSI_QUOTES."""
    return ", ".join(_expression(column) for column in columns)


def parsed(columns: list[Column], row: tuple) -> tuple[Any, ...]:
    """The server's texts in the forms that records use."""
    return tuple(
        value if value is None or (parse := _PARSERS.get(column.kind)) is None else parse(value)
        for column, value in zip(columns, row)
    )


def normal(kind: str, value: Any) -> Any:
    """A record's value made comparable: JSON has one kind of number, so 5 may be a DOUBLE. A whole FLOAT has several
    decimals of the same length, such as 153916816 and 153916820."""
    if kind == "float" and type(value) is int:
        return shortest_float32(str(value))
    if kind == "double" and type(value) is int:
        return float(value)
    return value


def shortest_float32(number: str) -> float:
    """The shortest decimal that is the same FLOAT, which is how records print it."""
    value = float(number)
    packed = struct.pack("<f", value)
    # Six digits are always enough to be told apart unless the number is subnormal.
    for digits in range(6 if abs(value) > 1.2e-38 else 1, 10):
        text = f"{value:.{digits}g}"
        try:
            if struct.pack("<f", float(text)) == packed:
                return float(text)
        except OverflowError:  # rounded up beyond the largest FLOAT
            continue
    return value


def _expression(column: Column) -> str:
    name = f'"{column.name}"'
    if column.kind in _BYTES:
        return f"HEX({name})"
    if column.kind in ("bit", "year"):
        return f"CAST({name} AS UNSIGNED)"
    if column.kind == "float":
        return f"CAST({name} AS DOUBLE)"  # the text of a FLOAT has only six digits
    if column.kind == "datetime":
        return f"REPLACE(CAST({name} AS CHAR), ' ', 'T')"
    if column.kind == "timestamp":
        return f"CONCAT(REPLACE(CAST({name} AS CHAR), ' ', 'T'), 'Z')"
    if column.kind in ("decimal", "date", "time", "json"):
        return f"CAST({name} AS CHAR)"
    return name


def _base64_of_hex(text: str) -> str:
    return base64.b64encode(bytes.fromhex(text)).decode()


_BYTES = ("binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob")
_PARSERS: dict[str, Parse] = {
    **dict.fromkeys(("tinyint", "smallint", "mediumint", "int", "bigint", "bit", "year"), int),
    **dict.fromkeys(_BYTES, _base64_of_hex),
    "float": shortest_float32,
    "double": float,
}
