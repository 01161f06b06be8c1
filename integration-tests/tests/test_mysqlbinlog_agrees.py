# SPDX-License-Identifier: Apache-2.0
"""mysqlbinlog -vv as a second decoder: what it prints of a wide table against the records.

Where the two may differ, mysqlbinlog is the one that slips, and SELECT is the witness."""

from __future__ import annotations

import base64
import random
import re
import struct
from datetime import datetime, timezone
from typing import Any

import pytest

from values.changes import SETTINGS, ChangeReader
from values.columns import columns_of
from values.literals import text
from values.mysqlbinlog import BinlogPlace, printed_rows, unquoted
from values.snapshot import snapshot

ROWS = 2000
BACKSLASH = b"\\"
_INTEGERS = {"tinyint": 8, "smallint": 16, "mediumint": 24, "int": 32, "bigint": 64}
_LABELS = ("x", "é", "", "label")


def _columns() -> dict[str, str]:
    columns = {name: name for name in _INTEGERS} | {f"{name}_u": f"{name} UNSIGNED" for name in _INTEGERS}
    columns |= {f"bit_{bits}": f"BIT({bits})" for bits in (1, 9, 64)}
    columns |= {"money": "DECIMAL(20,4)", "huge": "DECIMAL(65,30)", "single": "FLOAT", "twofold": "DOUBLE", "y": "YEAR"}
    columns["day"] = "DATE"
    for digits in (0, 2, 3, 6):
        columns |= {f"t_{digits}": f"TIME({digits})", f"dt_{digits}": f"DATETIME({digits})"}
        columns[f"ts_{digits}"] = f"TIMESTAMP({digits}) NULL"
    columns |= {"c": "CHAR(20)", "v": "VARCHAR(90)", "tx": "TEXT", "latin": "VARCHAR(20) CHARACTER SET latin1"}
    columns |= {"b": "BINARY(6)", "vb": "VARBINARY(300)", "body": "BLOB"}
    labels = ", ".join(f"'{label}'" for label in _LABELS)
    columns |= {"e": f"ENUM({labels})", "s": "SET('x', 'é', 'z')"}
    return columns


def _literal(definition: str, rng: random.Random) -> str:
    if rng.random() < 0.05:
        return "NULL"
    kind = definition.split("(")[0].split()[0]
    digits = 10 ** rng.randint(0, 6)
    day = f"{rng.choice((1970, 1999, 2024, 2037))}-{rng.randint(1, 12):02d}-{rng.randint(2, 28):02d}"
    clock = f"{rng.randint(0, 23):02d}:{rng.randint(0, 59):02d}:{rng.randint(0, 59):02d}.{rng.randrange(digits)}"
    if kind in _INTEGERS:
        bits = rng.randint(0, _INTEGERS[kind])
        number = rng.getrandbits(bits) if bits else rng.choice((0, 2 ** _INTEGERS[kind] - 1))
        return str(number if "UNSIGNED" in definition else number - 2 ** (_INTEGERS[kind] - 1))
    if kind == "BIT":
        return str(rng.getrandbits(int(definition[4:-1])))
    if kind in ("DECIMAL", "FLOAT", "DOUBLE"):
        return f"{rng.choice(('', '-'))}{rng.getrandbits(rng.randint(1, 40))}.{rng.randrange(10**9):09d}"
    if kind in ("DATE", "DATETIME", "TIMESTAMP"):
        zero = rng.random() < 0.05
        return "'0000-00-00'" if zero else f"'{day}'" if kind == "DATE" else f"'{day} {clock}'"
    if kind == "TIME":
        time = f"{rng.choice(('', '-'))}{rng.choice(('', '7', '80'))}{clock}"
        return f"'{time}'" if rng.random() < 0.9 else "'-00:00:00.5'"
    if kind == "YEAR":
        return str(rng.choice((0, 1901, 2155, rng.randint(1901, 2155))))
    if kind in ("CHAR", "VARCHAR", "TEXT"):
        return text("".join(rng.choices("ab é'\"\\\n\t\x00\x1f /*", k=rng.randrange(20))))
    if kind == "ENUM":
        return str(rng.randint(0, len(_LABELS)))
    if kind == "SET":
        return str(rng.getrandbits(3))
    return f"x'{rng.randbytes(rng.randrange(7)).replace(BACKSLASH, b'/').hex()}'"


_SIGNED = re.compile(r"(-?\d+)(?: \((\d+)\))?$")


def _printed_value(definition: str, literal: str, *, mariadb: bool) -> Any:
    """What the literal says, in the form of a record; a FLOAT stays the six digits that are printed."""
    kind = definition.split("(")[0].split()[0]
    if literal == "NULL":
        return None
    if kind in _INTEGERS:
        # The unsigned reading stands in brackets behind each negative number, of signed columns as well.
        signed, unsigned = _SIGNED.match(literal).groups()
        return int(unsigned if unsigned and "UNSIGNED" in definition else signed)
    if kind == "BIT":
        return int(literal[2:-1], 2)
    if kind == "YEAR":
        return 0 if literal == "1900" else int(literal)  # 1900 is no YEAR: it stands for 0
    if kind == "FLOAT":
        return literal.split(" ")[0]
    if kind == "DOUBLE":
        return struct.pack(">d", float(literal.split(" ")[0]))
    if kind == "DECIMAL":
        return literal
    if kind == "TIMESTAMP":
        seconds, _, fraction = literal.partition(".")
        if int(seconds) == 0:
            return "0000-00-00T00:00:00" + (f".{fraction}" if fraction else "") + "Z"
        moment = datetime.fromtimestamp(int(seconds), timezone.utc)
        return f"{moment:%Y-%m-%dT%H:%M:%S}" + (f".{fraction}" if fraction else "") + "Z"
    if kind in ("DATE", "TIME", "DATETIME"):
        return literal.strip("'").replace(":", "-", 2 if kind == "DATE" else 0).replace(" ", "T")
    if kind == "ENUM":
        return ("", *_LABELS)[int(literal)]
    if kind == "SET":
        bits = int(literal[2:-1], 2)
        return ",".join(label for number, label in enumerate(("x", "é", "z")) if bits >> number & 1)
    found = unquoted(literal, mariadb=mariadb)
    if kind in ("CHAR", "VARCHAR", "TEXT"):
        return found.decode("latin-1" if "latin1" in definition else "utf-8")
    if kind == "BINARY":
        found = found.ljust(6, b"\0")
    return base64.b64encode(found).decode()


def _record_value(definition: str, value: Any) -> Any:
    if value is None:
        return None
    if definition == "FLOAT":
        return f"{struct.unpack('f', struct.pack('f', value))[0]:g}"
    if definition == "DOUBLE":
        return struct.pack(">d", value)
    return value


@pytest.mark.parametrize("server_name", ["mysql", "mariadb", "mariadb118"])
def test_mysqlbinlog_prints_what_records_say(request, scenario, kafka, seed, server_name):
    server = request.getfixturevalue(server_name)
    s = scenario(server, kafka)
    s.worker.connector |= SETTINGS
    columns = _columns()
    s.create(f"wide (id INT PRIMARY KEY, {', '.join(f'`{name}` {kind}' for name, kind in columns.items())})")
    s.start_streaming()
    begin = BinlogPlace.end(server)
    rng = random.Random(seed)
    rows = [f"({id_}, {', '.join(_literal(kind, rng) for kind in columns.values())})" for id_ in range(ROWS)]
    for first in range(0, ROWS, 200):
        s.sql("SET sql_mode = ''", f"INSERT INTO wide VALUES {', '.join(rows[first : first + 200])}")
    shapes = columns_of(server, s.name, "wide")
    selected = snapshot(server, s.name, "wide", shapes)
    reader = ChangeReader(s, "wide")
    try:
        changes = reader.take(ROWS)
    finally:
        reader.close()
    wrong = []
    for row, change in zip(printed_rows(server, s.name, begin), changes, strict=True):
        after = change["after"]
        witness = dict(zip((shape.name for shape in shapes), selected[after["id"]]))
        for number, (name, definition) in enumerate(columns.items(), 2):
            theirs = _printed_value(definition, row.after[number], mariadb=server.is_mariadb)
            ours = _record_value(definition, after[name])
            if theirs != ours:
                wrong.append(
                    f"{name} {definition}: mysqlbinlog {row.after[number]!a:.200}, the record {after[name]!a:.200},"
                    f" SELECT {witness[name]!a:.200}"
                )
    print(
        f"mysqlbinlog: {server_name} {server.env['VERSION']}: {len(columns)} columns x {ROWS:,} rows,"
        f" {len(wrong)} values differ"
    )
    assert not wrong, "\n".join(wrong[:40])
