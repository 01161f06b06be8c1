# SPDX-License-Identifier: Apache-2.0
"""The servers' own decoder as a second witness: what `mysqlbinlog -vv` prints of the rows in a binlog."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from typing import NamedTuple

from support.servers import SCRIPTS, Database

Cells = dict[int, str]  # by column number from 1: the literal, its bytes one character each

_HEAD = re.compile(r"### (INSERT INTO|UPDATE|DELETE FROM) `(.+?)`\.`(.+?)`( VALUES \(\))?$")
_CELL = re.compile(r"###   @(\d+)=(.*) /\* .*? \*/$")
_ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{2}|.)", re.DOTALL)
_HEX_ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{2})")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "0": "\0", "Z": "\x1a"}


class PrintedRow(NamedTuple):
    verb: str  # INSERT INTO, UPDATE, DELETE FROM
    table: str
    before: Cells
    after: Cells


class BinlogPlace(NamedTuple):
    file: str
    offset: int

    @classmethod
    def end(cls, server: Database) -> BinlogPlace:
        return cls(*server.position()[:2])


def printed_rows(server: Database, database: str, begin: BinlogPlace) -> Iterator[PrintedRow]:
    """Of the tables of one database, from `begin` to the end of the binlog."""
    command = [str(SCRIPTS / "mysql.sh"), "tool", "mysqlbinlog"] if not server.is_mariadb else ["mariadb-binlog"]
    files = [row[0] for row in server.sql("SHOW BINARY LOGS") if row[0] >= begin.file]
    options = ["--base64-output=DECODE-ROWS", "-vv", f"--start-position={begin.offset}"]
    done = subprocess.run(
        [*command, *options, *(str(server.data / file) for file in files)], stdout=subprocess.PIPE, check=True
    )
    row, side, cell = None, None, ""
    # Line ends inside values are escaped.
    for line in done.stdout.decode("latin-1").split("\n"):
        if not line.startswith("### "):
            continue
        if head := _HEAD.match(line):
            if row is not None:
                yield row
            row = PrintedRow(head[1], head[3], {}, {}) if head[2] == database else None
        elif line == "### WHERE":
            side = row and row.before
        elif line == "### SET":
            side = row and row.after
        elif row is not None and side is not None:
            # Only several differences of one JSON document take several lines.
            cell = line if line.startswith("###   @") else cell + line[len("###") :]
            if whole := _CELL.match(cell):
                side[int(whole[1])] = whole[2]
    if row is not None:
        yield row


def unquoted(literal: str, *, mariadb: bool) -> bytes:
    """Of a string: the bytes in the column's own charset. MariaDB's leaves quotes and backslashes as they are, so
    that a backslash before an x is ambiguous."""
    assert literal[0] == literal[-1] == "'", literal
    text = (_HEX_ESCAPE if mariadb else _ESCAPE).sub(lambda found: _unescaped(found[1]), literal[1:-1])
    return text.encode("latin-1")


def _unescaped(escape: str) -> str:
    return chr(int(escape[1:], 16)) if len(escape) == 3 else _ESCAPED.get(escape, escape)
