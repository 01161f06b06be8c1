# SPDX-License-Identifier: Apache-2.0
"""What the oracle found wrong."""

from __future__ import annotations


class Complaints:
    """Keeps the first ones in full: one fault early on can cause a million later ones."""

    def __init__(self, limit: int = 40) -> None:
        self._limit = limit
        self.lines: list[str] = []
        self.count = 0

    def add(self, line: str) -> None:
        self.count += 1
        if len(self.lines) < self._limit:
            self.lines.append(line)

    def __bool__(self) -> bool:
        return self.count > 0

    def __str__(self) -> str:
        hidden = self.count - len(self.lines)
        return "\n".join(self.lines + ([f"... and {hidden} more"] if hidden else []))
