# SPDX-License-Identifier: Apache-2.0
"""How SELECT and a record say the same value: for each kind of column the question and the two readings."""

from __future__ import annotations

import base64
import struct
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from support.servers import Database

Read = Callable[[Any], Any]


class Form(NamedTuple):
    """Both readings give the same Python value exactly when record and server agree. None: as it is."""

    question: str  # SQL expression over {}, the column; text in utf8mb4
    json_types: frozenset[type]
    from_server: Read | None = None
    from_record: Read | None = None


class Column(NamedTuple):
    name: str
    definition: str  # as information_schema says it: shown with a difference
    form: Form

    @property
    def question(self) -> str:
        quoted = self.name.replace("`", "``")
        return self.form.question.format(f"`{quoted}`")

    def of_server(self, texts: Sequence[str | None]) -> list[Any]:
        return _mapped(self.form.from_server, texts)

    def of_records(self, values: Sequence[Any]) -> list[Any]:
        return _mapped(self.form.from_record, values)

    def misfits(self, values: Sequence[Any]) -> set[type]:
        """Types among a record's JSON values that the column's values never have: 1 == 1.0 == True in Python."""
        return set(map(type, values)) - self.form.json_types - {type(None)}


def _mapped(read: Read | None, values: Sequence[Any]) -> list[Any]:
    if read is None:
        return list(values)
    return [None if value is None else read(value) for value in values]


def _double(value: float | str) -> bytes:
    """Bits: 0.0 and -0.0 are equal as numbers."""
    return struct.pack(">d", float(value))


def _float(value: float | str) -> tuple[bytes, bool]:
    """Bits, and whether it is written with no more digits than a FLOAT needs. Of whole numbers all may be written."""
    number = float(value)
    return struct.pack(">f", number), number.is_integer() or len(Decimal(repr(number)).as_tuple().digits) <= 9


def _geometry_of_server(text: str) -> tuple[int, str]:
    raw = bytes.fromhex(text)
    return int.from_bytes(raw[:4], "little"), base64.b64encode(raw[4:]).decode()


def _geometry_of_record(value: dict[str, Any]) -> tuple[int, str] | dict[str, Any]:
    return (value["srid"], value["wkb"]) if value.keys() == {"srid", "wkb"} else value


def _vector_of_record(value: list[float]) -> str:
    return struct.pack(f"<{len(value)}f", *value).hex().upper()


_INTEGER = Form("CAST({} AS CHAR)", frozenset({int}), int)
_COUNT = Form("CAST({} AS UNSIGNED)", frozenset({int}), int)
_TEXT = Form("CONVERT({} USING utf8mb4)", frozenset({str}))
_AS_PRINTED = Form("CAST({} AS CHAR)", frozenset({str}))
_BYTES = Form("REPLACE(TO_BASE64({}), '\\n', '')", frozenset({str}))
_FORMS = {
    **dict.fromkeys(("tinyint", "smallint", "mediumint", "int", "bigint"), _INTEGER),
    **dict.fromkeys(("bit", "year"), _COUNT),
    **dict.fromkeys(("char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set"), _TEXT),
    **dict.fromkeys(("binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob"), _BYTES),
    **dict.fromkeys(("date", "time", "json", "uuid", "inet4", "inet6"), _AS_PRINTED),
    # Zeros of ZEROFILL are how a client prints the number; the binlog knows nothing of them.
    "decimal": Form("CAST({} + 0 AS CHAR)", frozenset({str})),
    # The text of a FLOAT has only six digits. A record prints the shortest that reads back to the same FLOAT.
    "float": Form(
        "CAST(CAST({} AS DOUBLE) AS CHAR)",
        frozenset({int, float}),
        lambda text: (struct.pack(">f", float(text)), True),
        _float,
    ),
    "double": Form("CAST({} AS CHAR)", frozenset({int, float}), _double, _double),
    "datetime": Form("REPLACE(CAST({} AS CHAR), ' ', 'T')", frozenset({str})),
    "timestamp": Form("CONCAT(REPLACE(CAST({} AS CHAR), ' ', 'T'), 'Z')", frozenset({str})),
    **dict.fromkeys(
        (
            "geometry",
            "point",
            "linestring",
            "polygon",
            "multipoint",
            "multilinestring",
            "multipolygon",
            "geomcollection",
            "geometrycollection",
        ),
        Form("HEX({})", frozenset({dict}), _geometry_of_server, _geometry_of_record),
    ),
    "vector": Form("HEX({})", frozenset({list}), None, _vector_of_record),
}
# In MariaDB's binlog a VECTOR is a VARBINARY, and nothing tells them apart.
_MARIADB_FORMS = _FORMS | {"vector": _BYTES}


def columns_of(server: Database, database: str, table: str) -> list[Column]:
    """All columns that information_schema names, in the table's order; invisible and generated ones are among them."""
    rows = server.sql(
        "SELECT column_name, data_type, column_type, extra, character_set_name FROM information_schema.columns"
        f" WHERE table_schema = '{database}' AND table_name = x'{table.encode().hex()}' ORDER BY ordinal_position"
    )
    assert rows, f"no table {database}.{table}"
    return [
        column_of(server, name, _text(kind), " ".join(filter(None, (_text(type_), charset, extra))))
        for name, kind, type_, extra, charset in rows
    ]


def column_of(server: Database, name: str, kind: str, definition: str) -> Column:
    """`kind` is information_schema's DATA_TYPE."""
    forms = _MARIADB_FORMS if server.is_mariadb else _FORMS
    return Column(name, definition, forms[kind.lower()])


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value
