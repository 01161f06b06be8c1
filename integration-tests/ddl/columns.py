# SPDX-License-Identifier: Apache-2.0
"""Columns as CREATE TABLE and ALTER TABLE declare them: every type under every name, with attributes in any order."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import NamedTuple

from ddl.spelling import raw, text

CHARSETS = (
    "utf8mb4",
    "utf8mb3",
    "utf8",
    "latin1",
    "latin2",
    "ascii",
    "binary",
    "ucs2",
    "utf16",
    "gbk",
    "sjis",
    "cp1251",
    "big5",
)
_COLLATIONS = (
    "utf8mb4_bin utf8mb4_general_ci utf8mb4_unicode_ci utf8mb4_unicode_520_ci utf8mb3_bin utf8mb3_general_ci"
    " utf8_unicode_ci latin1_bin latin1_german1_ci latin1_swedish_ci latin2_hungarian_ci ascii_bin ascii_general_ci"
    " ucs2_unicode_ci ucs2_bin utf16_bin gbk_chinese_ci gbk_bin sjis_bin cp1251_ukrainian_ci big5_bin binary"
).split()
_MYSQL_COLLATIONS = ("utf8mb4_0900_ai_ci", "utf8mb4_0900_as_cs", "utf8mb4_ja_0900_as_cs", "utf8mb4_0900_bin")
_NEW_MARIADB_COLLATIONS = ("uca1400_as_cs", "utf8mb4_uca1400_ai_ci", "latin1_nopad_bin", "utf8mb4_nopad_bin")
LABELS = (
    "a",
    "b",
    "A b",
    "it's",
    'q"q',
    "back\\slash",
    "x",
    "",
    "ä",
    "列",
    "昞",
    "表",
    "\U0001f600",
    "tail  ",
    "`",
    "(",
    "p\0q",
    "N",
    "0",
)


class Brand(NamedTuple):
    """What a server accepts."""

    mariadb: bool
    version: tuple[int, int]


class Type(NamedTuple):
    text: str
    kind: str
    defaults: tuple[str, ...] = ()


class Declaration(NamedTuple):
    """What stands behind a column's name, and what the columns of its table may make of it."""

    text: str
    kind: str


def charset_of(rng: random.Random) -> str:
    return _as_word(rng, rng.choice(CHARSETS))


def narrow_charset_of(rng: random.Random) -> str:
    """One whose ASCII is ASCII."""
    return _as_word(rng, rng.choice([charset for charset in CHARSETS if charset not in ("ucs2", "utf16")]))


def collation_of(rng: random.Random, brand: Brand) -> str:
    known = [*_COLLATIONS, *(() if brand.mariadb else _MYSQL_COLLATIONS)]
    return _as_word(
        rng, rng.choice([*known, *(_NEW_MARIADB_COLLATIONS if brand.mariadb and brand.version >= (10, 10) else ())])
    )


def _as_word(rng: random.Random, word: str) -> str:
    return rng.choice((word, word, raw(f"'{word}'")))


def charset_clause(rng: random.Random, brand: Brand) -> str:
    """Behind the type of a text column; often nothing."""
    word = rng.choice(("CHARACTER SET", "CHARSET", "CHAR SET" if brand.mariadb else "CHARACTER SET"))
    return rng.choice(
        (
            lambda: "",
            lambda: "",
            lambda: "",
            lambda: f" {word} {charset_of(rng)}",
            lambda: f" {word} {charset_of(rng)} BINARY",
            lambda: f" BINARY {word} {charset_of(rng)}",
            lambda: rng.choice((" BINARY", " ASCII", " UNICODE", " BYTE", " ASCII BINARY", " BINARY UNICODE")),
            lambda: f" COLLATE {collation_of(rng, brand)}",
            lambda: rng.choice(
                (" CHARSET latin1 COLLATE latin1_german1_ci", " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")
            ),
        )
    )()


def _width(rng: random.Random, most: int) -> str:
    return rng.choice(("", "", f"({rng.randint(1, most)})"))


def _signs(rng: random.Random, brand: Brand) -> str:
    choices = ["", "", " UNSIGNED", " SIGNED", " ZEROFILL", " UNSIGNED ZEROFILL", " ZEROFILL UNSIGNED"]
    return rng.choice(choices + ([] if brand.mariadb else [" UNSIGNED SIGNED", " UNSIGNED UNSIGNED"]))


_NUMBERS = ("0", "1", "7", "TRUE", "+5", "0x10", "b'101'", "0b11", "1.", "'12'", "1E+1")
_INTEGERS = "TINYINT SMALLINT MEDIUMINT INT BIGINT INT1 INT2 INT3 MIDDLEINT INT4 INT8 INTEGER".split()


def _integer(rng: random.Random, brand: Brand) -> Type:
    return Type(rng.choice(_INTEGERS) + _width(rng, 20) + _signs(rng, brand), "integer", _NUMBERS)


def _boolean(rng: random.Random, brand: Brand) -> Type:
    return Type(rng.choice(("BOOL", "BOOLEAN", "TINYINT(1)")), "integer", ("TRUE", "FALSE", "0"))


def _decimal(rng: random.Random, brand: Brand) -> Type:
    digits = rng.randint(2, 65)
    size = rng.choice(
        ("", f"({digits})", f"({digits},{rng.randint(0, min(30, digits))})", "(0)", f"({digits}.2)", "(10 , 2)")
    )
    return Type(
        rng.choice(("DECIMAL", "DEC", "FIXED", "NUMERIC")) + size + _signs(rng, brand),
        "decimal",
        ("0", "1", "-1.", "'1.5'", "1.4E0"),
    )


def _float(rng: random.Random, brand: Brand) -> Type:
    word = rng.choice(("FLOAT", "FLOAT4", "FLOAT8", "DOUBLE", "DOUBLE PRECISION", "REAL"))
    sizes = ["", "", "(10,2)", "(7,0)", "(20,10)"]
    if word == "FLOAT":
        sizes += [f"({rng.randint(0, 53)})", "(7.4)"]
    return Type(word + rng.choice(sizes) + _signs(rng, brand), "float", ("0", "1.5", "-1e-3", "'2'"))


def _bit(rng: random.Random, brand: Brand) -> Type:
    return Type("BIT" + _width(rng, 64), "bit", ("b'1'", "0", "0b1", "1"))


def _year(rng: random.Random, brand: Brand) -> Type:
    return Type(rng.choice(("YEAR", "YEAR(4)")), "year", ("2001", "'1999'", "0"))


def _temporal(rng: random.Random, brand: Brand) -> Type:
    word = rng.choice(("DATE", "TIME", "DATETIME", "TIMESTAMP", "TIMESTAMP"))
    size = "" if word == "DATE" else rng.choice(("", "", f"({rng.randint(0, 6)})"))
    defaults = {"DATE": ("'2001-02-03'",), "TIME": ("'12:00:00'", "'-1:00'")}.get(word, ("'2001-02-03 04:05:06'",))
    if word in ("DATETIME", "TIMESTAMP"):
        word_of_now = rng.choice(("CURRENT_TIMESTAMP", "NOW", "LOCALTIME", "LOCALTIMESTAMP"))
        now = word_of_now + (size or ("()" if word_of_now == "NOW" else rng.choice(("", "()"))))
        defaults += (now, f"{now} ON UPDATE {now}", f"{now} ON UPDATE {now} ON UPDATE {now}")
    return Type(word + size, "temporal", defaults)


_CHAR_WORDS = ("CHAR", "CHARACTER", "CHAR")
_VARCHAR_WORDS = ("VARCHAR", "VARCHAR", "CHAR VARYING", "CHARACTER VARYING", "VARCHARACTER")
_NATIONAL_WORDS = (
    ("NCHAR", False), ("NATIONAL CHAR", False), ("NATIONAL CHARACTER", False), ("NVARCHAR", True), ("NCHAR VARCHAR", True),
    ("NCHAR VARYING", True), ("NATIONAL VARCHAR", True), ("NATIONAL CHAR VARYING", True), ("NATIONAL CHARACTER VARYING", True),
)  # fmt: skip
_STRINGS = ("'x'", "''", "'a' 'b'", "0x41", "X'4D'", "_utf8mb4'0'", "_latin1 X'41'", "N'n'")


def _char(rng: random.Random, brand: Brand) -> Type:
    size = rng.choice(("", f"({rng.randint(0, 255)})", f"({rng.randint(2, 40)})"))
    return Type(
        rng.choice(_CHAR_WORDS) + size + charset_clause(rng, brand),
        "string",
        _STRINGS if size not in ("", "(0)") else ("''",),
    )


def _varchar(rng: random.Random, brand: Brand) -> Type:
    size = rng.choice(
        (rng.randint(0, 300), rng.randint(3, 60), rng.randint(1000, 22000), 70000 if rng.random() < 0.3 else 20)
    )
    return Type(
        f"{rng.choice(_VARCHAR_WORDS)}({size}){charset_clause(rng, brand)}", "string", _STRINGS if size > 3 else ("''",)
    )


def _national(rng: random.Random, brand: Brand) -> Type:
    word, needs_size = rng.choice(_NATIONAL_WORDS)
    size = f"({rng.randint(2, 60)})" if needs_size or rng.random() < 0.5 else ""
    return Type(word + size + rng.choice(("", "", " BINARY")), "string", ("''",))


def _text(rng: random.Random, brand: Brand) -> Type:
    sized = (
        f"TEXT({rng.choice((0, 1, 63, 64, 85, 86, 255, 256, 16383, 16384, 21845, 65535, 65536, 5000000, 16777216))})"
    )
    word = rng.choice(
        ("TINYTEXT", "TEXT", "MEDIUMTEXT", "LONGTEXT", "LONG", "LONG VARCHAR", "LONG CHAR VARYING", sized, sized)
    )
    clause = charset_clause(rng, brand)
    return Type(word + clause, "text")


def _bytes(rng: random.Random, brand: Brand) -> Type:
    size = rng.choice((rng.randint(0, 255), rng.randint(256, 70000)))
    return rng.choice(
        (
            Type(
                "BINARY" + rng.choice(("", f"({rng.randint(0, 255)})")),
                "binary",
                ("''", "0x00", "'x'") if rng.random() < 0.3 else (),
            ),
            Type(f"VARBINARY({size})", "binary", ("''",)),
            Type(rng.choice(("TINYBLOB", "BLOB", "MEDIUMBLOB", "LONGBLOB", "LONG VARBINARY")), "blob"),
            Type(f"BLOB({rng.choice((0, 16, 255, 256, 65535, 65536, 16777215, 16777216))})", "blob"),
        )
    )


def _labels(rng: random.Random, brand: Brand) -> Type:
    of_enum = rng.random() < 0.6
    clause = charset_clause(rng, brand)
    # Characters that the charset does not have become question marks, in the server as in the catalog.
    wide = "utf8mb4" in clause
    usable = [label for label in LABELS if wide or label.isascii()]
    chosen = rng.sample(usable, rng.randint(1, min(7, len(usable))))
    # Labels that are equal without case or trailing blanks are refused.
    chosen = list({label.rstrip().lower(): label for label in chosen}.values())
    written = [text(label) for label in chosen]
    if rng.random() < 0.1 and any(known in clause for known in ("utf8", "latin1", "gbk")):
        written.append(raw("0x5A5A"))
    if of_enum and rng.random() < 0.2:
        written.append(text("p,q"))
    listed = rng.choice((",", ", ", " , ")).join(written)
    return Type(f"{'ENUM' if of_enum else 'SET'}({listed}){clause}", "labels")


def _geometry(rng: random.Random, brand: Brand) -> Type:
    words = "GEOMETRY POINT LINESTRING POLYGON MULTIPOINT MULTILINESTRING MULTIPOLYGON GEOMETRYCOLLECTION".split()
    srid = rng.choice(("", "", " REF_SYSTEM_ID=101" if brand.mariadb else " SRID 4326"))
    return Type(rng.choice(words + ([] if brand.mariadb else ["GEOMCOLLECTION"])) + srid, "geometry")


def _other(rng: random.Random, brand: Brand) -> Type:
    words = ["JSON", "JSON"]
    if brand.mariadb:
        words += ["UUID", "INET6", "INET4", "JSON"] + (["VECTOR(5)"] if brand.version >= (11, 7) else [])
    else:
        words += ["VECTOR(5)", "VECTOR"]
    return Type(rng.choice(words), "other")


def _compressed(rng: random.Random, brand: Brand) -> Type:
    if not brand.mariadb:
        return _text(rng, brand)
    return Type(
        rng.choice(("VARCHAR(99)", "TEXT", "BLOB", "VARBINARY(50)")) + " COMPRESSED" + rng.choice(("", raw("=zlib"))),
        "compressed",
    )


_Maker = Callable[[random.Random, Brand], Type]
_MAKERS: tuple[tuple[_Maker, int], ...] = (
    (_integer, 10), (_boolean, 1), (_decimal, 3), (_float, 3), (_bit, 1), (_year, 1), (_temporal, 5), (_char, 4), (_varchar, 7),
    (_national, 2), (_text, 4), (_bytes, 4), (_labels, 4), (_geometry, 1), (_other, 2), (_compressed, 1),
)  # fmt: skip


def some_type(rng: random.Random, brand: Brand) -> Type:
    maker = rng.choices([maker for maker, _ in _MAKERS], [weight for _, weight in _MAKERS])[0]
    return maker(rng, brand)


def declaration(
    rng: random.Random, brand: Brand, *, integers: tuple[str, ...] = (), may_be_key: bool = False
) -> Declaration:
    """`integers`: columns that a generated one may refer to. A key column only where the table has no primary key."""
    if integers and rng.random() < 0.12:
        return _generated(rng, brand, rng.choice(integers))
    if may_be_key and rng.random() < 0.08:
        return Declaration(
            rng.choice(("SERIAL", "SMALLINT SERIAL DEFAULT VALUE", "BIGINT AUTO_INCREMENT UNIQUE")), "serial"
        )
    chosen = some_type(rng, brand)
    attributes: list[str] = []
    null = rng.choice((None, None, None, "NULL", "NOT NULL", "NOT NULL", "NOT NULL NULL", "NULL NOT NULL"))
    if null:
        attributes.append(null)
    if chosen.defaults and rng.random() < 0.4:
        attributes.append(f"DEFAULT {raw(rng.choice(chosen.defaults))}")
    elif null not in ("NOT NULL", "NULL NOT NULL") and rng.random() < 0.15:
        attributes.append("DEFAULT NULL")
    if rng.random() < 0.15:
        attributes.append(f"COMMENT {text(rng.choice(LABELS))}")
    if chosen.kind in ("integer", "decimal", "year", "temporal", "bit") and rng.random() < 0.08:
        attributes.append(rng.choice(("UNIQUE", "UNIQUE KEY")))
    if rng.random() < 0.06:
        attributes.append("INVISIBLE" if not null or "NOT" not in null else "COMMENT ''")
    if not brand.mariadb and rng.random() < 0.08:
        attributes.append(rng.choice(("COLUMN_FORMAT DYNAMIC", "STORAGE DISK", "VISIBLE", "NOT SECONDARY")))
    rng.shuffle(attributes)
    if (
        chosen.kind == "string"
        and rng.random() < 0.1
        and not any(word in chosen.text for word in ("SET", "COLLATE", "BYTE"))
    ):
        attributes.append(f"COLLATE {collation_of(rng, brand)}")
    if rng.random() < 0.06:
        attributes.append(
            "CHECK (1 > 0)" if brand.mariadb else rng.choice(("CHECK (1 > 0)", "CHECK (2 > 1) NOT ENFORCED"))
        )
    return Declaration(" ".join([chosen.text, *attributes]), chosen.kind)


def _generated(rng: random.Random, brand: Brand, of: str) -> Declaration:
    always = rng.choice(("", "GENERATED ALWAYS "))
    kind = rng.choice(("", " VIRTUAL", " STORED", " PERSISTENT" if brand.mariadb else " STORED"))
    quoted = raw("`" + of.replace("`", "``") + "`")
    type_, expression = rng.choice(
        (
            ("BIGINT", f"{quoted} * 2"),
            ("INT", f"(({quoted} + 1))"),
            ("VARCHAR(40)", raw(f"CONCAT('), it''s ', `{of.replace('`', '``')}`)")),
            ("DECIMAL(20,2) UNSIGNED", f"{quoted} / 3"),
        )
    )
    end = rng.choice(("", "", f" COMMENT {text('g')}", " NOT NULL" if not brand.mariadb else ""))
    return Declaration(f"{type_} {always}AS ({expression}){kind}{end}", "generated")
