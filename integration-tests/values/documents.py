# SPDX-License-Identifier: Apache-2.0
"""JSON documents in a moderate number; what they may hold is tried in depth elsewhere."""

from __future__ import annotations

import json
import random
from typing import Any

from values.literals import Literals, literals, text

_NUMBERS = (0, -1, 32767, 65536, 2**31, -(2**63), 2**64 - 1, 0.5, -1e-7, 1e20)
_SCALARS = (None, True, False, *_NUMBERS, "", "é\n\"\\", "\U0001f600")


def documents() -> Literals:
    edges = [*_SCALARS, [], {}, [[]], {"": None}, list(range(300)), {f"key {n}": n for n in range(300)}]
    return literals([_literal(edge) for edge in edges], lambda rng: _literal(_any(rng, 0)))


def _literal(value: Any) -> str:
    return text(json.dumps(value, ensure_ascii=False))


def _any(rng: random.Random, depth: int) -> Any:
    kind = rng.random()
    if depth >= 3 or kind < 0.6:
        return rng.choice((*_SCALARS, rng.random(), rng.getrandbits(rng.randint(1, 64))))
    if kind < 0.8:
        return [_any(rng, depth + 1) for _ in range(rng.randint(0, 4))]
    return {f"k{rng.randrange(1000)}": _any(rng, depth + 1) for _ in range(rng.randint(0, 4))}
