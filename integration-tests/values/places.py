# SPDX-License-Identifier: Apache-2.0
"""Geometries, vectors, UUIDs and network addresses."""

from __future__ import annotations

import ipaddress
import random
import struct
import uuid
from collections.abc import Callable

from values.literals import Literals, hexadecimal, literals, quoted

_Draw = Callable[[random.Random], str]


def geometries(kind: str, *, srids: tuple[int, ...] = (0, 4326, 3857), nested: bool = True) -> Literals:
    """Well-known text; latitudes and longitudes stay in range. Without `nested` no collection is in another."""
    draw = _KINDS[kind]
    if not nested and kind in _FLAT:
        draw = _FLAT[kind]

    def one(rng: random.Random) -> str:
        return _from_text(draw(rng), rng.choice(srids))

    rng = random.Random(kind)
    edges = [_from_text(draw(rng), srid) for srid in srids]
    if kind in ("POINT", "GEOMETRY"):
        edges += [_from_text(f"POINT({x} {y})", srids[0]) for x in ("0", "-0.0", "1e-300", "80") for y in ("0", "0.1")]
    if kind in ("GEOMETRYCOLLECTION", "GEOMETRY"):
        edges.append(_from_text("GEOMETRYCOLLECTION EMPTY", srids[0]))
    return literals(edges, one)


def _from_text(text: str, srid: int) -> str:
    return f"ST_GeomFromText('{text}', {srid})"


def _pair(rng: random.Random) -> str:
    x = rng.uniform(-80, 80) if rng.random() < 0.7 else rng.randint(-80, 80)
    return f"{x!r} {rng.uniform(-80, 80)!r}"


def _point(rng: random.Random) -> str:
    return f"POINT({_pair(rng)})"


def _line(rng: random.Random) -> str:
    return "(" + ", ".join(_pair(rng) for _ in range(rng.randint(2, 6))) + ")"


def _ring(rng: random.Random) -> str:
    x, y, side = rng.randint(-70, 60), rng.randint(-70, 60), rng.randint(1, 10)
    corners = ((x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y))
    return "(" + ", ".join(f"{a} {b}" for a, b in corners) + ")"


def _several(one: _Draw) -> _Draw:
    return lambda rng: "(" + ", ".join(one(rng) for _ in range(rng.randint(1, 4))) + ")"


def _collection(rng: random.Random, depth: int = 0) -> str:
    parts = [_any(rng, depth + 1) for _ in range(rng.randint(1, 3))]
    return "GEOMETRYCOLLECTION(" + ", ".join(parts) + ")"


def _any(rng: random.Random, depth: int = 0) -> str:
    if depth < 3 and rng.random() < 0.2:
        return _collection(rng, depth)
    return _KINDS[rng.choice(_PLAIN)](rng)


_PLAIN = ("POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON")
_KINDS: dict[str, _Draw] = {
    "POINT": _point,
    "LINESTRING": lambda rng: "LINESTRING" + _line(rng),
    "POLYGON": lambda rng: f"POLYGON({_ring(rng)})",
    "MULTIPOINT": lambda rng: "MULTIPOINT" + _several(_pair)(rng),
    "MULTILINESTRING": lambda rng: "MULTILINESTRING" + _several(_line)(rng),
    "MULTIPOLYGON": lambda rng: "MULTIPOLYGON" + _several(lambda inner: f"({_ring(inner)})")(rng),
    "GEOMETRYCOLLECTION": _collection,
    "GEOMETRY": _any,
}


# The deepest that _collection and _any go: what they draw then is plain.
_FLAT: dict[str, _Draw] = {
    "GEOMETRYCOLLECTION": lambda rng: _collection(rng, 3),
    "GEOMETRY": lambda rng: _any(rng, 3) if rng.random() < 0.8 else _collection(rng, 3),
}


def vectors(dimensions: int, *, as_text: bool = False, fewer: bool = False) -> Literals:
    """As the bytes that both servers store, or as text that MySQL reads; it takes `fewer` numbers than declared."""
    top, least = 3.4028234663852886e38, 1.1754943508222875e-38
    edges = [[number] * dimensions for number in (0.0, -0.0, 1.0, top, -top, least, 16777216.0)]
    if not as_text:  # as text it would be refused
        edges.append([1e-45] * dimensions)

    def draw(rng: random.Random) -> str:
        return written([_finite(rng) for _ in range(rng.randint(1, dimensions) if fewer else dimensions)])

    def written(numbers: list[float]) -> str:
        if as_text:
            return f"STRING_TO_VECTOR('[{','.join(map(repr, numbers))}]')"
        return hexadecimal(struct.pack(f"<{len(numbers)}f", *numbers))

    return literals(map(written, edges), draw)


def _finite(rng: random.Random) -> float:
    return struct.unpack(">f", struct.pack(">f", rng.uniform(-1, 1) * 10.0 ** rng.randint(-30, 30)))[0]


def uuids() -> Literals:
    edges = [uuid.UUID(int=0), uuid.UUID(int=2**128 - 1), uuid.UUID(int=1), uuid.UUID(int=1 << 127)]
    edges += [uuid.UUID(bytes=b"\x12" * length + bytes(16 - length)) for length in range(17)]

    def draw(rng: random.Random) -> str:
        value = uuid.UUID(bytes=rng.randbytes(16))
        if rng.random() < 0.8:
            digits = value.hex
            value = uuid.UUID(digits[:12] + rng.choice("12345678") + digits[13:16] + rng.choice("89ab") + digits[17:])
        return quoted(str(value))

    return literals([quoted(str(edge)) for edge in edges], draw)


def inet4() -> Literals:
    edges = ["0.0.0.0", "255.255.255.255", "1.0.0.0", "0.0.0.1", "127.0.0.1", "10.20.0.0"]
    return literals(map(quoted, edges), lambda rng: quoted(str(ipaddress.IPv4Address(rng.getrandbits(32)))))


def inet6() -> Literals:
    edges = ["::", "::1", "::ffff:1.2.3.4", "::1.2.3.4", "::ffff:0.0.0.0", "::1:0", "::ffff:ffff"]
    edges += ["2001::", "2001:db8::1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "1:0:0:2::"]
    edges += ["1:0:0:2:0:0:0:3", "1:0:0:0:2:0:0:0", "1:0:2:3:4:5:6:7", "0:1:2:3:4:5:6:7", "1:2:3:4:5:6:7:0", "fe80::"]
    edges += ["0:0:1::", "1::", "::2:3:4:5:6:7:8", "1:2:3:4:5:6:7::"]

    def draw(rng: random.Random) -> str:
        groups = [0 if rng.random() < 0.4 else rng.getrandbits(rng.choice((4, 8, 12, 16))) for _ in range(8)]
        return quoted(":".join(f"{group:x}" for group in groups))

    return literals(map(quoted, edges), draw)
