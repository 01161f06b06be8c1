# SPDX-License-Identifier: Apache-2.0
"""A row whose columns all differ, so that a record with names or types of another layout cannot look right."""

from __future__ import annotations

from ddl.catalog import Column, Table

_NUMBERS = ("tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "float", "double", "longtext")


def quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def insert(database: str, name: str, table: Table) -> str:
    """For a session without strict mode. Vectors as MySQL writes them."""
    values = {
        column.name: _value(column, number)
        for number, column in enumerate(table.columns, start=11)
        if not column.generated and not _is_period(column)
    }
    names = ", ".join(map(quoted, values))
    return f"INSERT INTO {quoted(database)}.{quoted(name)} ({names}) VALUES ({', '.join(values.values())})"


def _is_period(column: Column) -> bool:
    """MariaDB's ROW START and ROW END cannot be written; no shape has another column of that type."""
    return column.type == "timestamp(6)"


def _value(column: Column, number: int) -> str:
    """`number` is below 100."""
    base = column.type.split("(")[0].split()[0]
    if base in _NUMBERS:
        return str(number)
    if base in ("bit", "enum", "set"):
        return "1"
    if base in ("date", "datetime", "timestamp", "time", "year"):
        return f"'20{number}-02-03 01:02:{number % 60}'" if base != "time" else f"'01:02:{number % 60}'"
    if base == "json":
        return f"'[{number}]'"
    if base == "point":
        return f"ST_GeomFromText('POINT({number} 1)')"
    if base == "geometrycollection":
        return f"ST_GeomFromText('GEOMETRYCOLLECTION(POINT({number} 1))')"
    if base == "vector":
        return f"STRING_TO_VECTOR('[{','.join([str(number)] * int(column.type[7:-1]))}]')"
    if base in ("inet4", "inet6", "uuid"):
        texts = {
            "inet4": f"10.0.0.{number}",
            "inet6": f"::{number}",
            "uuid": f"123e4567-e89b-12d3-a456-4266554400{number}",
        }
        return f"'{texts[base]}'"
    return f"'{chr(ord('a') + number % 26)}{number}'"
