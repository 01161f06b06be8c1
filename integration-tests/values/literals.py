# SPDX-License-Identifier: Apache-2.0
"""SQL literals for a column: all edges of its type first, then random ones, as many as asked for."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable

# What a column is filled with: the edges and `count` random ones.
Literals = Callable[[random.Random, int], list[str]]

_NULLS = 0.03


def literals(edges: Iterable[object], draw: Callable[[random.Random], object]) -> Literals:
    """NULLs between the random ones."""
    first = [str(edge) for edge in edges]

    def fill(rng: random.Random, count: int) -> list[str]:
        return first + ["NULL" if rng.random() < _NULLS else str(draw(rng)) for _ in range(count)]

    return fill


def hexadecimal(data: bytes) -> str:
    return f"X'{data.hex()}'"


def text(value: str) -> str:
    return f"_utf8mb4 X'{value.encode().hex()}'"


def quoted(value: str) -> str:
    """For texts without quotes and backslashes."""
    return f"'{value}'"
