# SPDX-License-Identifier: Apache-2.0
"""The tables: between them a column for each type and attribute of each server."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from support.servers import Database
from values import documents, numbers, places, temporals, texts
from values.literals import Literals


class TriedColumn(NamedTuple):
    name: str
    definition: str
    literals: Literals


class TriedTable(NamedTuple):
    name: str
    columns: tuple[TriedColumn, ...]
    # Each batch of rows is written in the next of these sessions.
    sessions: tuple[str, ...] = ("SET sql_mode = ''",)
    options: str = ""


def tables(server: Database) -> list[TriedTable]:
    return [
        _integers(),
        _decimals(),
        _reals(),
        _bits(),
        _temporals(server),
        _strings(),
        _byte_strings(),
        _enums_and_sets(),
        _documents(),
        _geometries(server),
        *(_mariadb_only(server) if server.is_mariadb else [_vectors()]),
    ]


def table_names() -> list[str]:
    """Of any server, to name tests by."""
    names = ("integers", "decimals", "reals", "bits", "temporals", "strings", "byte_strings", "enums_and_sets")
    return [*names, "documents", "geometries", "vectors", "addresses", "compressed"]


def _table(name: str, columns: Iterable[tuple[str, str, Literals]], **more: object) -> TriedTable:
    return TriedTable(name, tuple(TriedColumn(*column) for column in columns), **more)  # type: ignore[arg-type]


_INTEGERS = (("tinyint", 8), ("smallint", 16), ("mediumint", 24), ("int", 32), ("bigint", 64))


def _integers() -> TriedTable:
    def columns() -> Iterable[tuple[str, str, Literals]]:
        for name, bits in _INTEGERS:
            yield name, name, numbers.integers(bits, signed=True)
            yield f"{name}_u", f"{name} UNSIGNED", numbers.integers(bits, signed=False)
            yield f"{name}_z", f"{name}(20) UNSIGNED ZEROFILL", numbers.integers(bits, signed=False)
        yield "boolean", "BOOLEAN", numbers.integers(8, signed=True)
        yield "year", "YEAR", numbers.years()  # between numbers: its sign bit must not shift theirs
        yield "last_u", "SMALLINT UNSIGNED", numbers.integers(16, signed=False)

    return _table("integers", columns())


def _decimals() -> TriedTable:
    # Digits before and after the point are stored in groups of nine and a rest: each pair of rests once.
    sizes = [(whole + (9 if whole + scale == 0 else 0), scale) for whole in range(9) for scale in range(9)]
    sizes += [(35, 30), (65, 0), (0, 30), (9, 9), (18, 18), (27, 27), (36, 29), (10, 10), (28, 10), (1, 0), (0, 1)]

    def columns() -> Iterable[tuple[str, str, Literals]]:
        for number, (whole, scale) in enumerate(sizes):
            precision = whole + scale
            yield f"d{number}", f"DECIMAL({precision},{scale})", numbers.decimals(precision, scale)
        yield "unsigned_", "DECIMAL(20,5) UNSIGNED", numbers.decimals(20, 5, signed=False)
        yield "zerofill_", "DECIMAL(20,5) UNSIGNED ZEROFILL", numbers.decimals(20, 5, signed=False)
        yield "numeric_", "NUMERIC", numbers.decimals(10, 0)

    return _table("decimals", columns())


def _reals() -> TriedTable:
    return _table(
        "reals",
        (
            ("f", "FLOAT", numbers.floats()),
            ("f_u", "FLOAT UNSIGNED", numbers.floats(signed=False)),
            ("f_z", "FLOAT UNSIGNED ZEROFILL", numbers.floats(signed=False)),
            ("f_7_3", "FLOAT(7,3)", numbers.few_digits(4, 3)),
            ("f_24", "FLOAT(24)", numbers.floats()),
            ("d", "DOUBLE", numbers.doubles()),
            ("d_u", "DOUBLE UNSIGNED", numbers.doubles(signed=False)),
            ("d_z", "DOUBLE UNSIGNED ZEROFILL", numbers.doubles(signed=False)),
            ("d_15_5", "DOUBLE(15,5)", numbers.few_digits(10, 5)),
            ("f_53", "FLOAT(53)", numbers.doubles()),
        ),
    )


def _bits() -> TriedTable:
    return _table("bits", ((f"b{width}", f"BIT({width})", numbers.bits(width)) for width in range(1, 65)))


def _temporals(server: Database) -> TriedTable:
    # MariaDB 11.5 took the 32 bits to be unsigned.
    last = 2**32 - 1 if server.name == "mariadb118" else 2**31 - 1

    def columns() -> Iterable[tuple[str, str, Literals]]:
        yield "date_", "DATE", temporals.dates()
        for digits in range(7):
            yield f"datetime_{digits}", f"DATETIME({digits})", temporals.datetimes()
            yield f"time_{digits}", f"TIME({digits})", temporals.times()
            yield f"timestamp_{digits}", f"TIMESTAMP({digits}) NULL", temporals.timestamps(last)
        yield "year_", "YEAR", numbers.years()

    zones = ("+00:00", "-11:30", "+05:45", "+12:59", "-08:00")
    modes = ("", "ALLOW_INVALID_DATES")
    sessions = tuple(f"SET time_zone = '{zone}', sql_mode = '{mode}'" for zone in zones for mode in modes)
    return _table("temporals", columns(), sessions=sessions)


def _strings() -> TriedTable:
    columns = [(f"char_{n}", f"CHAR({n})", texts.strings(n)) for n in (0, 1, 63, 64, 255)]
    columns += [(f"varchar_{n}", f"VARCHAR({n})", texts.strings(n)) for n in (0, 1, 63, 64, 255, 256)]
    columns.append(("varchar_9000", "VARCHAR(9000)", texts.strings(9000, lengths=(255, 256))))
    columns += [
        ("tinytext_", "TINYTEXT", texts.strings(63)),
        ("text_", "TEXT", texts.strings(16383, lengths=(255, 256))),
        ("mediumtext_", "MEDIUMTEXT", texts.strings(20_000, lengths=(255, 256))),
        ("longtext_", "LONGTEXT", texts.strings(20_000, lengths=(255, 256))),
        ("latin1_", "VARCHAR(100) CHARACTER SET latin1", texts.strings(100)),
        ("ucs2_", "TEXT CHARACTER SET ucs2", texts.strings(100)),
        ("bin_", "VARCHAR(100) COLLATE utf8mb4_bin", texts.strings(100)),
    ]
    return _table("strings", columns, options="CHARACTER SET utf8mb4")


def _byte_strings() -> TriedTable:
    columns = [(f"binary_{n}", f"BINARY({n})", texts.byte_strings(n)) for n in (0, 1, 4, 5, 16, 255)]
    columns += [(f"varbinary_{n}", f"VARBINARY({n})", texts.byte_strings(n)) for n in (0, 1, 255, 256)]
    columns.append(("varbinary_20000", "VARBINARY(20000)", texts.byte_strings(20_000, lengths=(255, 256))))
    columns += [
        ("tinyblob_", "TINYBLOB", texts.byte_strings(255)),
        ("blob_", "BLOB", texts.byte_strings(65_535, lengths=(255, 256))),
        ("mediumblob_", "MEDIUMBLOB", texts.byte_strings(65_536, lengths=(255, 256))),
        ("longblob_", "LONGBLOB", texts.byte_strings(65_537, lengths=(255, 256))),
        ("charset_binary", "VARCHAR(40) CHARACTER SET binary", texts.byte_strings(40)),
    ]
    return _table("byte_strings", columns)


def _enums_and_sets() -> TriedTable:
    columns = [(f"enum_{n}", texts.enum_type(n), texts.enums(n)) for n in (1, 2, 127, 128, 255, 256, 300)]
    sizes = (1, 2, 7, 8, 9, 15, 16, 17, 23, 24, 25, 31, 32, 33, 40, 48, 56, 63, 64)
    columns += [(f"set_{n}", texts.set_type(n), texts.sets(n)) for n in sizes]
    columns.append(("empty_label", "ENUM('', 'a')", texts.enums(2)))
    return _table("enums_and_sets", columns, options="CHARACTER SET utf8mb4")


def _documents() -> TriedTable:
    columns = [(name, "JSON", documents.documents()) for name in ("a", "b")]
    columns.append(("between", "VARCHAR(20)", texts.strings(20)))
    return _table("documents", columns, options="CHARACTER SET utf8mb4")


_GEOMETRIES = (
    "GEOMETRY",
    "POINT",
    "LINESTRING",
    "POLYGON",
    "MULTIPOINT",
    "MULTILINESTRING",
    "MULTIPOLYGON",
    "GEOMETRYCOLLECTION",
)


def _geometries(server: Database) -> TriedTable:
    # MariaDB reads a collection within a collection as NULL.
    nested = not server.is_mariadb
    columns = [(f"{kind.lower()}_", kind, places.geometries(kind, nested=nested)) for kind in _GEOMETRIES]
    reference = "REF_SYSTEM_ID=4326" if server.is_mariadb else "SRID 4326"
    columns.append(("with_srid", f"POINT {reference}", places.geometries("POINT", srids=(4326,))))
    columns.append(("between", "VARCHAR(20)", texts.strings(20)))
    return _table("geometries", columns, options="CHARACTER SET utf8mb4")


def _vectors() -> TriedTable:
    columns: list[tuple[str, str, Literals]] = [
        (f"vector_{n}", f"VECTOR({n})", places.vectors(n, as_text=True, fewer=True)) for n in (1, 2, 5, 100)
    ]
    columns.append(("between", "VARCHAR(20)", texts.strings(20)))
    return _table("vectors", columns, options="CHARACTER SET utf8mb4")


def _mariadb_only(server: Database) -> list[TriedTable]:
    tables = [
        _table(
            "addresses",
            (
                ("uuid_", "UUID", places.uuids()),
                ("inet4_", "INET4", places.inet4()),
                ("inet6_", "INET6", places.inet6()),
                ("binary_16", "BINARY(16)", texts.byte_strings(16)),
                ("binary_4", "BINARY(4)", texts.byte_strings(4)),
                ("between", "VARCHAR(20)", texts.strings(20)),
            ),
            options="CHARACTER SET utf8mb4",
        ),
        _table("compressed", _compressed(), options="CHARACTER SET utf8mb4"),
    ]
    if server.name == "mariadb118":
        columns = [(f"vector_{n}", f"VECTOR({n})", places.vectors(n)) for n in (1, 2, 5, 100)]
        tables.append(_table("vectors", columns))
    return tables


def _compressed() -> Iterable[tuple[str, str, Literals]]:
    for size in (20, 63, 64, 1000):
        yield f"varchar_{size}", f"VARCHAR({size}) COMPRESSED", texts.strings(size, usual=400)
    for size in (80, 254, 255, 256, 1000):
        yield f"varbinary_{size}", f"VARBINARY({size}) COMPRESSED", texts.byte_strings(size, usual=400)
    for kind, size in (("TINY", 60), ("", 16_000), ("MEDIUM", 20_000), ("LONG", 20_000)):
        yield f"{kind.lower()}text_", f"{kind}TEXT COMPRESSED", texts.strings(size, usual=300)
        yield f"{kind.lower()}blob_", f"{kind}BLOB COMPRESSED", texts.byte_strings(size, usual=300)
    yield "latin1_", "TEXT COMPRESSED CHARACTER SET latin1", texts.strings(1000, usual=300)
    yield "between", "VARCHAR(20)", texts.strings(20)
