# SPDX-License-Identifier: Apache-2.0
"""Random JSON documents as SQL expressions of MySQL, with every kind of scalar that its binary form knows."""

from __future__ import annotations

import json
import random
import struct
from typing import Any

from values.literals import text

# Columns whose values become scalars that no literal can make: opaque ones of their own type, YEAR, ENUM and SET.
SOURCES = (
    "json_sources (bits BIT(10), stamp TIMESTAMP(3) NULL, moment DATETIME, day DATE, span TIME(2), label ENUM('x', 'é'),"
    " picks SET('p', 'q'), year_ YEAR, body BLOB, tiny TINYBLOB, some VARBINARY(9), fixed BINARY(4), ratio FLOAT,"
    " ratio_d DOUBLE, price DECIMAL(12,4), place POINT, big BIGINT UNSIGNED)"
)
FILL_SOURCES = (
    "INSERT INTO json_sources VALUES (5, '2024-01-02 03:04:05.678', '0000-00-00', '2024-02-00', '-12:34:56.78', 'é', 'p,q',"
    " 2024, x'00ff', x'', x'27', x'01', 0.1, 1e300, -1234.5000, ST_GeomFromText('POINT(3 4)'), 18446744073709551615)"
)
_SOURCE_COLUMNS = (
    "bits stamp moment day span label picks year_ body tiny some fixed ratio ratio_d price place big".split()
)
_ALPHABETS = (
    "abc",
    "".join(map(chr, range(0x20))),
    "\"\\/'`\x7f\x80\u2028\u2029",
    "éßñ€日本語",
    "\U0001f600\U0001f469\u200d\U0010ffff",
    " {}[]:,%_$.*",
)
_INTEGERS = sorted(
    sign * (2**bits + near) for bits in (0, 7, 8, 15, 16, 31, 32, 53, 63) for near in (-1, 0, 1) for sign in (1, -1)
)


class JsonExpressions:
    def __init__(self, rng: random.Random) -> None:
        self._rng = rng

    def document(self, depth: int) -> str:
        """For a JSON column; no deeper than `depth` containers."""
        if depth == 0:
            # A column takes no binary string, but one in an array becomes JSON.
            return f"JSON_EXTRACT(JSON_ARRAY({self.scalar()}), '$[0]')"
        return self._rng.choice((self._container, self.parsed))(depth)

    def value(self, depth: int) -> str:
        """For an argument of a JSON function."""
        kind = self._rng.random()
        if depth == 0 or kind < 0.25:
            return self.scalar()
        if kind < 0.4:
            return self.parsed(depth)
        return self._container(depth)

    def scalar(self) -> str:
        rng = self._rng
        return rng.choice((self._typed, self._typed, self._opaque, self._column, lambda: self.parsed(0)))()

    def parsed(self, depth: int) -> str:
        """The server's own parser makes it, of text that is spaced and escaped at random."""
        return f"CAST({text(self.written(depth))} AS JSON)"

    def written(self, depth: int) -> str:
        kind = self._rng.random()
        if depth == 0 or kind < 0.4:
            return self._written_scalar()
        gap = self._rng.choice(("", "", " ", " \n\t\r"))
        count = self._rng.randrange(5)
        if kind < 0.7:
            return "[" + f"{gap},".join(gap + self.written(depth - 1) for _ in range(count)) + gap + "]"
        keys = [self.key() for _ in range(count)]
        if keys and self._rng.random() < 0.2:
            keys.append(keys[0])  # the last of equal keys counts
        members = (f"{gap}{self._quoted(key)}{gap}:{gap}{self.written(depth - 1)}" for key in keys)
        return "{" + ",".join(members) + gap + "}"

    def key(self) -> str:
        if self._rng.random() < 0.6:
            return self._rng.choice(("a", "b", "key", "", "Z", "10", "9", "é", "a b", "long" * 3))
        return self.string(self._rng.choice((3, 8, 40)))

    def string(self, longest: int) -> str:
        alphabet = self._rng.choice(_ALPHABETS) + self._rng.choice(_ALPHABETS)
        return "".join(self._rng.choices(alphabet, k=self._rng.randrange(longest + 1)))

    def number(self) -> str:
        """As JSON writes it."""
        rng = self._rng
        kind = rng.random()
        if kind < 0.4:
            return str(rng.choice(_INTEGERS))
        if kind < 0.6:
            return str(rng.getrandbits(rng.randint(1, 64)) * rng.choice((1, -1)))
        if kind < 0.8:
            return repr(round(rng.uniform(-1000, 1000), rng.randrange(6)))
        while True:
            value = struct.unpack("<d", rng.randbytes(8))[0]
            if abs(value) < float("inf"):  # and no NaN
                return repr(value)

    def large(self) -> str:
        """More than 64 KiB, so that containers have wide offsets."""
        rng = self._rng
        items = ", ".join(self.number() for _ in range(rng.randint(9_000, 12_000)))
        members = (f"{text(self.key())}, {self.value(2)}" for _ in range(20))
        return rng.choice(
            (
                f"CAST('[{items}]' AS JSON)",
                f"JSON_OBJECT('pad', REPEAT('é\\n', 70000), {', '.join(members)})",
                f"JSON_ARRAY({self.value(2)}, REPEAT('é', 40000), -5, 70000, -70000, 4000000000, {self.value(3)})",
                f"JSON_OBJECT('a', JSON_OBJECT(REPEAT('k', 60000), REPEAT('v', 16384)), 'b', {self.value(3)})",
            )
        )

    def _container(self, depth: int) -> str:
        count = self._rng.choice((0, 1, 2, 3, 3, 4, 6))
        if self._rng.random() < 0.5:
            return f"JSON_ARRAY({', '.join(self.value(depth - 1) for _ in range(count))})"
        members = (f"{text(self.key())}, {self.value(depth - 1)}" for _ in range(count))
        return f"JSON_OBJECT({', '.join(members)})"

    def _typed(self) -> str:
        rng = self._rng
        kind = rng.randrange(5)
        if kind == 0:
            scale = rng.randrange(31)
            whole = rng.randint(1, 35)
            number = f"{rng.choice(('', '-'))}{rng.randrange(10**whole)}.{rng.randrange(10**30):030d}"
            return f"CAST('{number}' AS DECIMAL({whole + scale},{scale}))"
        day = f"{rng.randint(0, 9999):04d}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        clock = f"{rng.randint(0, 59):02d}:{rng.randint(0, 59):02d}"
        fraction = f"{rng.randrange(10**6):06d}"[: rng.randint(1, 6)]
        if kind == 1:
            return f"CAST('{day}' AS DATE)"
        if kind == 2:
            time = f"{rng.choice(('', '-'))}{rng.randint(0, 837):02d}:{clock}.{fraction}"
            return f"CAST('{time}' AS TIME({rng.randint(0, 6)}))"
        return f"CAST('{day} {rng.randint(0, 23):02d}:{clock}.{fraction}' AS DATETIME({rng.randint(0, 6)}))"

    def _opaque(self) -> str:
        bytes_ = self._rng.randbytes(self._rng.choice((0, 1, 2, 3, 56, 57, 58, 200)))
        return self._rng.choice((f"x'{bytes_.hex()}'", f"CAST(x'{bytes_.hex()}' AS BINARY)", "b'10110'"))

    def _column(self) -> str:
        return f"(SELECT {self._rng.choice(_SOURCE_COLUMNS)} FROM json_sources)"

    def _written_scalar(self) -> str:
        kind = self._rng.random()
        if kind < 0.2:
            return self._rng.choice(("null", "true", "false"))
        if kind < 0.6:
            return self.number()
        return self._quoted(self.string(self._rng.choice((5, 30, 200))))

    def _quoted(self, value: str) -> str:
        return json.dumps(value, ensure_ascii=self._rng.random() < 0.5)


def path_of(steps: list[Any], rng: random.Random) -> str:
    """Members by name and cells by number: $."key"[3]."""
    path = "$"
    for step in steps:
        if isinstance(step, int):
            path += f"[{step}]"
        elif step.isascii() and step.isalpha() and rng.random() < 0.5:
            path += f".{step}"
        else:
            path += "." + json.dumps(step, ensure_ascii=rng.random() < 0.5)
    return path
