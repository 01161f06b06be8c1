# SPDX-License-Identifier: Apache-2.0
"""What a server can store in each of its character sets, found out by asking it."""

from __future__ import annotations

from collections.abc import Iterator

from pymysql.cursors import Cursor

_CHUNK = 4096
_SURROGATES = range(0xD800, 0xE000)
# What a server answers for a code that is no character.
_NO_CHARACTER = ("?", "\ufffd", "\0")
# Bytes that begin a code of several bytes, by charset; the others have no more than one byte a character or are
# forms of Unicode, whose codes the walk over Unicode makes all by itself.
_DOUBLE_BYTE = ("big5", "cp932", "eucjpms", "euckr", "gb18030", "gb2312", "gbk", "sjis", "ujis")
_TRIPLE_BYTE = ("eucjpms", "ujis")
_UNICODE = ("ucs2", "utf16", "utf16le", "utf32", "utf8mb3", "utf8mb4")


class Repertoire:
    """Asks through `cursor`, which is its own from then on, with tables in `database` that are not logged."""

    def __init__(self, cursor: Cursor, database: str) -> None:
        self._cursor = cursor
        self._database = database
        self._chunks = f"`{database}`.unicode_chunks"
        self._codes = f"`{database}`.codes"
        # A lax server repairs what is ill-formed and answers with the rest.
        cursor.execute("SET sql_mode = 'STRICT_TRANS_TABLES', sql_log_bin = 0")
        cursor.execute(f"CREATE DATABASE `{database}`")
        cursor.execute(f"CREATE TABLE {self._chunks} (id INT PRIMARY KEY, points TEXT CHARACTER SET utf8mb4)")
        cursor.execute(f"CREATE TABLE {self._codes} (code VARBINARY(4) PRIMARY KEY)")
        points = [chr(point) for point in range(0x110000) if point not in _SURROGATES]
        chunks = ("".join(points[first : first + _CHUNK]) for first in range(0, len(points), _CHUNK))
        cursor.executemany(f"INSERT INTO {self._chunks} VALUES (%s, %s)", list(enumerate(chunks)))
        codes = [bytes([one]) for one in range(256)]
        codes += [bytes([lead, trail]) for lead in range(0x80, 256) for trail in range(256)]
        codes += [bytes([0x8F, lead, trail]) for lead in range(0x80, 256) for trail in range(0x80, 256)]
        cursor.executemany(f"INSERT INTO {self._codes} VALUES (%s)", codes)

    def close(self) -> None:
        self._cursor.execute(f"DROP DATABASE `{self._database}`")

    def charsets(self) -> list[str]:
        """All of SHOW CHARACTER SET but "binary", which is none."""
        self._cursor.execute("SHOW CHARACTER SET")
        return sorted(row[0] for row in self._cursor.fetchall() if row[0] != "binary")

    def points(self, charset: str) -> str:
        """Every code point that comes back equal from a conversion to the charset."""
        self._cursor.execute(
            f"SELECT points, CONVERT(CONVERT(points USING {charset}) USING utf8mb4) FROM {self._chunks} ORDER BY id"
        )
        kept = []
        for sent, back in self._cursor.fetchall():
            assert len(sent) == len(back), f"{charset}: {len(sent)} characters came back as {len(back)}"
            if sent == back:
                kept.append(sent)
            elif back.count("?") < len(back):
                kept.append("".join(one for one, other in zip(sent, back) if one == other))
        return "".join(kept)

    def codes(self, charset: str) -> dict[bytes, str]:
        """Every byte sequence that the server takes for one character, and which."""
        if charset in _UNICODE:
            return {}
        longest = 3 if charset in _TRIPLE_BYTE else 2 if charset in _DOUBLE_BYTE else 1
        self._cursor.execute(
            f"SELECT code, CONVERT(CONVERT(code USING {charset}) USING utf8mb4) FROM {self._codes}"
            f" WHERE LENGTH(code) <= {longest} ORDER BY LENGTH(code), code"
        )
        found = {code: text for code, text in self._cursor.fetchall() if _is_character(code, text)}
        return found | (self._four_byte_codes() if charset == "gb18030" else {})

    def _four_byte_codes(self) -> dict[bytes, str]:
        """Every sequence of this form is well-formed, so many can be asked for at once; line ends keep them apart."""
        found = {}
        digits = range(0x30, 0x3A)
        for lead in range(0x81, 0xFF):
            codes = [bytes([lead, b, c, d]) for b in digits for c in range(0x81, 0xFF) for d in digits]
            asked = b"\n".join(codes).hex()
            self._cursor.execute(f"SELECT CONVERT(CONVERT(x'{asked}' USING gb18030) USING utf8mb4)")
            for code, text in zip(codes, self._cursor.fetchone()[0].split("\n"), strict=True):
                if _is_character(code, text):
                    found[code] = text
        return found


def _is_character(code: bytes, text: str | None) -> bool:
    return text is not None and len(text) == 1 and (text not in _NO_CHARACTER or code == text.encode())


def pieces(text: str, length: int) -> Iterator[str]:
    for first in range(0, len(text), length):
        yield text[first : first + length]
