# SPDX-License-Identifier: Apache-2.0
"""CHAR, VARCHAR and TEXT, their binary twins, ENUM and SET."""

from __future__ import annotations

import random
from collections.abc import Sequence

from values.literals import Literals, hexadecimal, literals, text

_ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz ABC 0123456789",
    "\"\\/\b\f\n\r\t\0\x01\x1f\x7f' ",
    "äöüßéñçÅĂřŁžŞğ",
    "Привет мир Ελλάδα שלום مرحبا",
    "日本語中文한국어ไทย",
    "\U0001f600\U0001f9d1\U00020000\U0010ffff\u2028\ufffd\ufeff",
)


def strings(characters: int, *, lengths: Sequence[int] = (), usual: int = 40) -> Literals:
    """Up to `characters`; of `lengths` one value each in one-, two-, three- and four-byte letters."""
    edges = ["", " ", "a ", " a", "NULL", "null", "a\0", "\0", "'", '"', "\\", "\\u0000"]
    edges += ["\u0080", "é", "日", "\U0001f600"]
    edges += [letter * length for length in (*lengths, characters) for letter in "aé日\U0001f600" if length <= 70_000]

    def draw(rng: random.Random) -> str:
        alphabet = rng.choice(_ALPHABETS)
        length = rng.randint(0, min(characters, usual))
        return text("".join(rng.choices(alphabet, k=length)))

    return literals([text(edge) for edge in edges if len(edge) <= max(characters, 1)], draw)


def byte_strings(size: int, *, lengths: Sequence[int] = (), usual: int = 40) -> Literals:
    edges = [b"", b"\0", b"\0\0\0", b"a\0", b"\0a", b" ", b"a ", b"\xff", b"\x80", bytes(range(256))[:size]]
    edges += [fill * length for length in (*lengths, size) for fill in (b"\0", b"a", b"\xff") if length <= 200_000]

    def draw(rng: random.Random) -> str:
        data = rng.randbytes(rng.randint(0, min(size, usual)))
        if rng.random() < 0.3:  # trailing zeros and spaces are what servers strip
            data = data[: len(data) // 2] + rng.choice((b"\0", b" ")) * (len(data) - len(data) // 2)
        return hexadecimal(data)

    return literals([hexadecimal(edge) for edge in edges if len(edge) <= max(size, 1)], draw)


def labels(count: int) -> list[str]:
    """Different even for a collation that ignores case and accents."""
    return [f"{letter}{number}" for number, letter in zip(range(count), "aé日xñЖ'" * count)]


def enum_type(count: int) -> str:
    return f"ENUM({_list(labels(count))})"


def set_type(count: int) -> str:
    return f"SET({_list(labels(count))})"


def enums(count: int) -> Literals:
    # 0 is what a label that does not exist becomes without a strict sql_mode.
    edges = [0, "'no such label'", "''", *range(1, count + 1), count + 1]
    return literals(edges, lambda rng: rng.randint(1, count))


def sets(count: int) -> Literals:
    edges = ["''", 0, (1 << count) - 1, *(1 << bit for bit in range(count)), "'no such label'"]
    return literals(edges, lambda rng: rng.getrandbits(rng.randint(1, count)))


def _list(words: Sequence[str]) -> str:
    return ", ".join("'" + word.replace("'", "''") + "'" for word in words)
