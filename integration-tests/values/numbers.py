# SPDX-License-Identifier: Apache-2.0
"""Integers, DECIMAL, FLOAT and DOUBLE, BIT, YEAR."""

from __future__ import annotations

import math
import random
import struct

from values.literals import Literals, literals


def integers(bits: int, *, signed: bool) -> Literals:
    low, high = (-(1 << bits - 1), (1 << bits - 1) - 1) if signed else (0, (1 << bits) - 1)
    near = {0, low, high}
    powers = [base**power for base in (2, 10) for power in range(65)]
    near |= {sign * (power + step) for power in powers for step in (-1, 0, 1) for sign in (1, -1)}
    edges = sorted(number for number in near if low <= number <= high)

    def draw(rng: random.Random) -> int:
        number = rng.getrandbits(rng.randint(1, bits - signed))
        return -number - 1 if signed and rng.random() < 0.5 else number

    # Beyond the range: without a strict sql_mode the server stores the nearest it has.
    return literals([*edges, low - 1, high + 1], draw)


def decimals(precision: int, scale: int, *, signed: bool = True) -> Literals:
    whole = precision - scale

    def number(digits: str, point: str, sign: str = "") -> str:
        return f"{sign}{digits or '0'}" + (f".{point}" if point else "")

    signs = ("", "-") if signed else ("",)
    edges = ["0", "-0.0", *(number("9" * whole, "9" * scale, sign) for sign in signs)]
    for sign in signs:
        edges += [number("1" + "0" * n, "", sign) for n in range(whole)]
        edges += [number("", "0" * n + "1", sign) for n in range(scale)]
        # One group of nine digits alone, the last and the first digits of neighbours.
        edges += [number("9" * n, "", sign) for n in range(9, whole + 1, 9)]
        edges += [number("", "9" * n, sign) for n in range(9, scale + 1, 9)]

    def draw(rng: random.Random) -> str:
        digits = "".join(rng.choices("0123456789", k=rng.randint(0, whole)))
        point = "".join(rng.choices("0123456789", k=rng.randint(0, scale)))
        return number(digits, point, rng.choice(signs))

    return literals(edges, draw)


def floats(*, signed: bool = True) -> Literals:
    top = struct.unpack(">f", b"\x7f\x7f\xff\xff")[0]
    patterns = [0, 1, 2, 0x007FFFFF, 0x00800000, 0x00800001, 0x3F800000, 0x3F800001, 0x3F7FFFFF, 0x4B800000, 0x7F7FFFFE]
    edges = [struct.unpack(">f", struct.pack(">I", pattern))[0] for pattern in patterns]
    edges += [16777215.0, 16777216.0, 16777217.0, 123456792.0, 9999999.0, 0.1, 1 / 3, 1e-5, top]
    edges += [10.0**n for n in range(-45, 39)] + [2.0**n for n in range(-149, 128)]

    def draw(rng: random.Random) -> str:
        while not math.isfinite(value := struct.unpack(">f", rng.randbytes(4))[0]):
            continue
        return repr(value if signed else abs(value))

    return literals([*map(repr, edges), *(f"-{edge!r}" for edge in edges if signed), "1e300"], draw)


def doubles(*, signed: bool = True) -> Literals:
    patterns = [0, 1, 2, 0x000FFFFFFFFFFFFF, 0x0010000000000000]
    patterns += [0x3FF0000000000001, 0x3FEFFFFFFFFFFFFF, 0x7FEFFFFFFFFFFFFF]
    edges = [struct.unpack(">d", struct.pack(">Q", pattern))[0] for pattern in patterns]
    edges += [2.0**53 - 1, 2.0**53, 2.0**53 + 2, 123457000.0, 0.1, 1 / 3, 1.2345678901234568e17, 9007199254740993.0]
    edges += [float(f"1e{n}") for n in range(-323, 309)] + [2.0**n for n in range(-1074, 1024, 7)]

    def draw(rng: random.Random) -> str:
        while not math.isfinite(value := struct.unpack(">d", rng.randbytes(8))[0]):
            continue
        return repr(value if signed else abs(value))

    return literals([*map(_with_exponent, edges), *("-" + _with_exponent(edge) for edge in edges if signed)], draw)


def _with_exponent(value: float) -> str:
    """Without one the server would read a DECIMAL, which has no -0."""
    return repr(value) if "e" in repr(value) else f"{value!r}e0"


def few_digits(whole: int, scale: int) -> Literals:
    """For FLOAT(M,D) and DOUBLE(M,D)."""
    edges = ["0", "9" * whole + "." + "9" * scale, "-" + "9" * whole, "0." + "0" * (scale - 1) + "1"]
    return literals(edges, lambda rng: f"{rng.uniform(-(10**whole), 10**whole):.{scale}f}")


def bits(width: int) -> Literals:
    edges = [0, (1 << width) - 1, *(1 << bit for bit in range(width))]
    return literals(edges, lambda rng: rng.getrandbits(rng.randint(1, width)))


def years() -> Literals:
    edges = ["0000", 0, "'0'", 1, 69, 70, 99, 1900, 2156, *range(1901, 2156)]
    return literals(edges, lambda rng: rng.randint(1901, 2155))
