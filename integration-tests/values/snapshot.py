# SPDX-License-Identifier: Apache-2.0
"""What a table holds at one moment, by the server's own SELECT."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pymysql.cursors

from support.servers import Database
from values.columns import Column

# One text a row is many times faster to fetch than its columns. No generated value holds these.
_BETWEEN = "\x1f\x1e\x1f"
_NULL = "\x1dNULL\x1d"
_ROWS_AT_ONCE = 2000

Row = tuple[Any, ...]


def snapshot(
    server: Database, database: str, table: str, columns: Sequence[Column], *, key: str = "id"
) -> dict[Any, Row]:
    """Rows by the value of the column `key`, in its order; cells as Column.of_server gives them."""
    at = [column.name for column in columns].index(key)
    return {row[at]: row for row in select(server, f"`{database}`.`{table}` ORDER BY `{key}`", columns)}


def select(server: Database, source: str, columns: Sequence[Column]) -> list[Row]:
    """`source` is what stands behind FROM."""
    cells = ", ".join(f"IFNULL({column.question}, {_literal(_NULL)})" for column in columns)
    rows: list[Row] = []
    connection = server.connect(cursorclass=pymysql.cursors.SSCursor)
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT CONCAT_WS({_literal(_BETWEEN)}, {cells}) FROM {source}")
            while texts := cursor.fetchmany(_ROWS_AT_ONCE):
                rows += _rows([_text(text) for (text,) in texts], columns)
    finally:
        connection.close()
    return rows


def _rows(texts: list[str], columns: Sequence[Column]) -> list[Row]:
    cells = zip(*(text.split(_BETWEEN) for text in texts), strict=True)
    return list(
        zip(
            *(
                column.of_server([None if text == _NULL else text for text in of_column])
                for column, of_column in zip(columns, cells, strict=True)
            ),
            strict=True,
        )
    )


def _literal(text: str) -> str:
    return f"CONVERT(X'{text.encode().hex()}' USING utf8mb4)"


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value
