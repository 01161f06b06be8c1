# SPDX-License-Identifier: Apache-2.0
"""Random changes of a JSON document by MySQL's functions, as SQL expressions."""

from __future__ import annotations

import json
import random
from typing import Any

from values.json_expressions import JsonExpressions, path_of
from values.literals import text


class JsonMutations:
    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._expressions = JsonExpressions(rng)

    def of(self, column: str, document: str | None) -> str:
        """A new value for the column, which holds `document` (the server's text); often one that fits its place."""
        rng = self._rng
        if document is None or rng.random() < 0.05:
            return self._expressions.document(rng.randint(0, 4))
        known = json.loads(document)
        expression = column
        for _ in range(rng.choice((1, 1, 1, 2, 3))):
            expression = self._mutation(expression, known)
        return expression

    def _mutation(self, target: str, known: Any) -> str:
        rng = self._rng
        name = rng.choice(
            ("SET", "SET", "SET", "INSERT", "REPLACE", "REPLACE", "REMOVE", "REMOVE")
            + ("ARRAY_APPEND", "ARRAY_INSERT", "MERGE_PATCH", "MERGE_PRESERVE")
        )
        if name.startswith("MERGE"):
            return f"JSON_{name}({target}, {self._expressions.parsed(2)})"
        arguments = []
        for _ in range(rng.choice((1, 1, 2, 3))):
            steps = self._steps(known, may_end=name not in ("INSERT", "ARRAY_INSERT"))
            if name == "ARRAY_INSERT" and not (steps and isinstance(steps[-1], int)):
                steps.append(rng.randrange(4))
            if name == "REMOVE" and not steps:
                steps.append(rng.choice((0, "a")))
            arguments.append(text(path_of(steps, rng)))
            if name != "REMOVE":
                arguments.append(self._value())
        return f"JSON_{name}({target}, {', '.join(arguments)})"

    def _value(self) -> str:
        """Small ones often take the place of the old."""
        if self._rng.random() < 0.5:
            return self._rng.choice(("1", "-70000", "NULL", "TRUE", "'s'", "''", "1.5e0", "CAST('[]' AS JSON)"))
        return self._expressions.value(self._rng.choice((0, 0, 1, 2)))

    def _steps(self, known: Any, *, may_end: bool) -> list[Any]:
        """To something that is there, or beside it."""
        rng = self._rng
        steps: list[Any] = []
        while isinstance(known, (list, dict)) and known and not (may_end and steps and rng.random() < 0.25):
            step = rng.choice(list(known)) if isinstance(known, dict) else rng.randrange(len(known))
            steps.append(step)
            known = known[step]
        if not may_end or rng.random() < 0.2:
            if isinstance(known, dict) or not isinstance(known, list) and rng.random() < 0.3:
                steps.append(self._expressions.key())
            else:
                steps.append(rng.randrange(9) if not isinstance(known, list) else len(known) + rng.randrange(3))
        return steps
