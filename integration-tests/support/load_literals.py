# SPDX-License-Identifier: Apache-2.0
"""Values for a column of which only the type is known. The server makes them fit; seldom do two columns get equal ones."""

from __future__ import annotations

import random

_WORDS = ("apple", "Zoë", "русский", "日本語", "it''s", "😀", "中文", "", "tab\\tand\\n", "€ 5", "naïve")


def literal(chance: random.Random, kind: str) -> str:
    """As SQL. `kind` is information_schema's DATA_TYPE."""
    return _KINDS.get(kind, _text)(chance)


def _whole(chance: random.Random) -> str:
    return str(chance.randint(-(1 << chance.choice((6, 14, 30, 62))), 1 << chance.choice((6, 14, 30, 63))))


def _text(chance: random.Random) -> str:
    return f"'{chance.choice(_WORDS)} {chance.randrange(10**6)}'"


def _date(chance: random.Random) -> str:
    return f"{chance.randint(1970, 2037)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"


def _clock(chance: random.Random) -> str:
    return f"{chance.randint(0, 23):02}:{chance.randint(0, 59):02}:{chance.randint(0, 59):02}.{chance.randrange(10**6):06}"


_KINDS = {
    **dict.fromkeys(("tinyint", "smallint", "mediumint", "int", "bigint", "bit"), _whole),
    "decimal": lambda chance: f"{chance.randint(-(10**6), 10**6)}.{chance.randrange(1000):03}",
    "float": lambda chance: f"{chance.uniform(-1e6, 1e6):.3f}",
    "double": lambda chance: f"{chance.uniform(-1e9, 1e9):.9e}",
    "year": lambda chance: str(chance.randint(1901, 2155)),
    "date": lambda chance: f"'{_date(chance)}'",
    "time": lambda chance: f"'{_clock(chance)}'",
    **dict.fromkeys(("datetime", "timestamp"), lambda chance: f"'{_date(chance)} {_clock(chance)}'"),
    **dict.fromkeys(("enum", "set"), lambda chance: str(chance.randint(1, 3))),
    "json": lambda chance: f"'{{\"n\": {chance.randrange(10**6)}, \"w\": \"Zoë\"}}'",
}
