# SPDX-License-Identifier: Apache-2.0
"""The tables of the load: between them every column type that an ordinary shop has, with values from the edges."""

from __future__ import annotations

from typing import NamedTuple


class LoadColumn(NamedTuple):
    name: str
    definition: str
    literals: tuple[str, ...]  # SQL text, one is chosen for each row


class LoadTable(NamedTuple):
    """Rows are found by the column `id`, whatever the key: the load changes ranges of ids."""

    name: str
    first_id: int
    id_type: str
    key: str  # the clause, empty for none
    columns: tuple[LoadColumn, ...]
    # Expressions over {id}, the id as a number: columns that follow from it.
    derived: tuple[tuple[str, str, str], ...] = ()  # name, definition, expression
    # Assignment that changes the key of a row to one never used, or None. {shift} moves ids to fresh ones.
    key_change: str | None = "id = id + {shift}"


def _column(name: str, definition: str, *literals: str, nullable: bool = True) -> LoadColumn:
    return LoadColumn(name, definition if nullable else definition + " NOT NULL", literals + ("NULL",) * nullable)


def _integers(bits: int) -> tuple[str, ...]:
    top = 1 << (bits - 1)
    return tuple(map(str, (0, 1, -1, 42, top - 1, -top, top // 3, -(top // 7))))


def _naturals(bits: int) -> tuple[str, ...]:
    top = 1 << bits
    return tuple(map(str, (0, 1, top - 1, top // 2, top // 2 - 1, top // 3)))


def _quoted(*texts: str) -> tuple[str, ...]:
    return tuple("'" + text.replace("\\", "\\\\").replace("'", "''") + "'" for text in texts)


_SIZES = (("tinyint", 8), ("smallint", 16), ("mediumint", 24), ("int", 32), ("bigint", 64))

NUMBERS = LoadTable(
    "numbers",
    -20_000,
    "BIGINT NOT NULL",
    "PRIMARY KEY (id)",
    (
        *(_column(f"{name}_s", name, *_integers(bits)) for name, bits in _SIZES),
        *(_column(f"{name}_u", f"{name} unsigned", *_naturals(bits)) for name, bits in _SIZES),
        _column("money", "decimal(12,2)", "0", "0.05", "-0.05", "9999999999.99", "-1234.50"),
        _column("huge", "decimal(65,30)", "9" * 35 + "." + "9" * 30, "-1e-30", "0", "123456789.123456789"),
        _column("whole", "decimal(5,0) unsigned", "0", "99999", "7"),
        _column("f", "float", "0", "0.1", "-1.5", "16777217", "3.40282347e38", "1.17549435e-38", "1e-45", "1e0 / 3"),
        _column("d", "double", "0", "0.1", "-1e300", "5e-324", "1.7976931348623157e308", "1e0 / 3", "1e15", "123456789.0"),
    ),
)

_SIMPLE = ("", "a", "A", "it's", '"quoted"', "back\\slash", "tab\tand\nline", "<&>", "x" * 60)
_UNICODE = ("naïve café", "žluťoučký kůň", "Ωμέγα", "русский", "日本語", "中文", "한국어", "😀🎉", "\u2028\u200d", "e\u0301")

TEXTS = LoadTable(
    "texts",
    1,
    "INT UNSIGNED NOT NULL",
    "PRIMARY KEY (id)",
    (
        _column("c", "char(60) CHARACTER SET utf8mb4", *_quoted(*_SIMPLE, *_UNICODE, "trailing  ")),
        _column("v", "varchar(300) CHARACTER SET utf8mb4", *_quoted(*_SIMPLE, *_UNICODE, "v" * 299, "trailing  ")),
        _column("latin", "varchar(80) CHARACTER SET latin1", *_quoted(*_SIMPLE, "Zoë, Müller & Søn", "€ 5 ‰ Š")),
        _column("ascii", "char(60) CHARACTER SET ascii", *_quoted(*_SIMPLE)),
        _column("cyrillic", "varchar(60) CHARACTER SET cp1251", *_quoted("Привет", "ёжик", "№ 5")),
        _column("chinese", "varchar(60) CHARACTER SET gbk", *_quoted("中文", "数据库 abc", "价格：五")),
        _column("japanese", "varchar(60) CHARACTER SET sjis", *_quoted("日本語", "テスト", "ｱｲｳ")),
        _column("korean", "varchar(60) CHARACTER SET euckr", *_quoted("한국어", "가나다")),
        _column("wide", "varchar(60) CHARACTER SET utf16", *_quoted(*_UNICODE)),
        _column("old", "varchar(60) CHARACTER SET utf8mb3", *_quoted("naïve", "日本語", "русский")),
        _column("t", "text CHARACTER SET utf8mb4", *_quoted("", "long " * 200, *_UNICODE)),
        _column("mt", "mediumtext CHARACTER SET latin1", *_quoted("m", "é" * 3000)),
    ),
)

BYTES = LoadTable(
    "bytes",
    1,
    "INT NOT NULL",
    "PRIMARY KEY (code), KEY (id)",
    (
        _column("b", "binary(6)", "x'00'", "x'FF00FF'", "x'010203040506'", "''", "x'6162000000'"),
        _column("vb", "varbinary(300)", "x'00'", "x'FFFE00'", "''", "REPEAT(x'AB', 300)", "x'61000000'"),
        _column("tiny", "tinyblob", "x'00FF'", "''", "REPEAT('q', 255)"),
        _column("body", "blob", "x'89504E470D0A1A0A'", "REPEAT(x'00', 1000)", "''"),
        _column("bits", "bit(64)", "~0", "0", "1", "b'1010'", "1 << 63"),
        _column("flag", "bit(1)", "b'0'", "b'1'"),
        _column("some", "bit(10)", "b'0'", "b'1111111111'", "b'1000000001'"),
    ),
    derived=(("code", "varchar(30) CHARACTER SET utf8mb4 NOT NULL", "CONCAT('ké-', {id})"),),
    key_change="code = CONCAT('nö-', id + {shift}), id = id + {shift}",
)


def _fractions(kind: str, *values: str) -> tuple[LoadColumn, ...]:
    return tuple(_column(f"{kind}_{digits}", f"{kind}({digits})", *_quoted(*values)) for digits in (0, 1, 3, 4, 6))


_MOMENTS = ("2024-02-29 23:59:59.999999", "1999-12-31 00:00:00", "2001-09-09 01:46:40.123456", "0000-00-00 00:00:00")

TIMES = LoadTable(
    "times",
    1,
    "BIGINT NOT NULL",
    "PRIMARY KEY (id)",
    (
        _column("day", "date", *_quoted("2024-02-29", "0000-00-00", "2023-00-00", "1000-01-01", "9999-12-31")),
        _column("y", "year", "0", "1901", "2155", "2024"),
        *_fractions("time", "00:00:00", "-838:59:59", "838:59:59", "-00:00:00.000001", "-12:34:56.789012", "100:00:00.5"),
        *_fractions("datetime", *_MOMENTS, "1000-01-01 00:00:00", "9999-12-31 23:59:58.999"),
        *(
            column._replace(definition=column.definition + " NULL")
            for column in _fractions("timestamp", *_MOMENTS, "1970-01-01 00:00:01", "2038-01-19 03:14:06.5")
        ),
    ),
)

_DOCUMENTS = (
    "null", "true", "0", "-1", "18446744073709551615", "1.5", "1e100", '""', '"é😀\\u0000\\n\\"\\\\"', "[]", "{}",
    '[1, [2, [3, {"a": null}]]]', '{"b": 1, "a": 2, "aa": [true, false], "": "empty"}',
    '{"order": {"lines": [{"sku": "A-1", "price": 19.99}, {"sku": "B", "price": 1e-7}]}}', '"' + "x" * 500 + '"',
)  # fmt: skip

LABELS = LoadTable(
    "labels",
    1,
    "INT NOT NULL",
    "PRIMARY KEY (shard, id)",  # not in the order of the columns
    (
        _column("size", "enum('s','m','größe','日本')", *_quoted("s", "m", "größe", "日本"), "0"),
        _column("tags", "set('red','grün','blue')", *_quoted("", "red", "grün", "red,blue", "red,grün,blue")),
        _column("document", "json", *_quoted(*_DOCUMENTS)),
        _column("required", "json", *_quoted(*_DOCUMENTS), nullable=False),
    ),
    derived=(("shard", "varchar(10) NOT NULL", "CONCAT('s', ABS({id}) % 5)"),),
    key_change="shard = CONCAT('t', id % 3), id = id + {shift}",
)

ORDERS = LoadTable(
    "orders",
    (1 << 63) - 30_000,  # crosses the end of the signed range
    "BIGINT UNSIGNED NOT NULL",
    "PRIMARY KEY (id)",
    (
        _column("customer", "int", *map(str, range(1, 50)), nullable=False),
        _column("amount", "decimal(10,2)", "19.99", "0.00", "-5.10", "12345678.90", nullable=False),
        _column("state", "enum('new','paid','sent')", *_quoted("new", "paid", "sent"), nullable=False),
        _column("note", "varchar(200)", *_quoted("", "bitte klingeln", "leave at the door")),
        _column("placed", "timestamp(3) NULL", *_quoted(*_MOMENTS)),
    ),
)

COUNTERS = LoadTable(
    "counters",
    1,
    "SMALLINT NOT NULL",
    "PRIMARY KEY (id)",
    (_column("n", "bigint", "0", nullable=False), _column("label", "varchar(20)", *_quoted("one", "two"))),
    key_change=None,
)

KEYLESS = LoadTable(
    "keyless",
    1,
    "INT NOT NULL",
    "",
    (
        _column("a", "tinyint", "1", "2"),
        _column("b", "varchar(20)", *_quoted("same", "other")),
        _column("d", "double", "0.1", "1"),
    ),
)

TABLES = (NUMBERS, TEXTS, BYTES, TIMES, LABELS, ORDERS, COUNTERS, KEYLESS)
# Each transaction says here how many changes it made, this row included. That survives a server killed
# between COMMIT and its answer, which a count kept by the client would not.
LEDGER = "ledger"
NAMES = tuple(table.name for table in TABLES) + (LEDGER,)


def create_statements(database: str) -> list[str]:
    statements = [f"CREATE DATABASE `{database}` CHARACTER SET utf8mb4"]
    for table in TABLES:
        parts = [f"id {table.id_type}"]
        parts += [f"{name} {definition}" for name, definition, _ in table.derived]
        parts += [f"`{column.name}` {column.definition}" for column in table.columns]
        if table.key:
            parts.append(table.key)
        elif table is KEYLESS:
            parts.append("KEY (id)")
        statements.append(f"CREATE TABLE `{database}`.`{table.name}` ({', '.join(parts)})")
    statements.append(
        f"CREATE TABLE `{database}`.{LEDGER}"
        " (id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, changes INT NOT NULL, note VARCHAR(100))"
    )
    return statements
