# SPDX-License-Identifier: Apache-2.0
"""Row images of records against snapshots of the table, column by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from values.columns import Column
from values.snapshot import Row

_SHOWN_OF_A_COLUMN = 3
_SHOWN = 200


@dataclass
class Tally:
    """What was compared on one server, over all tables."""

    server: str
    columns: int = 0
    values: int = 0
    differ: int = 0

    def __str__(self) -> str:
        return f"values: {self.server}: {self.columns:,} columns, {self.values:,} values, {self.differ:,} differ"


@dataclass
class Comparison:
    """Of one table. Differences are collected and told together by finish()."""

    table: str
    columns: Sequence[Column]
    tally: Tally
    complaints: list[str] = field(default_factory=list)
    _differ: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._names = tuple(column.name for column in self.columns)
        self.tally.columns += len(self.columns)

    def images(self, what: str, images: Sequence[dict[str, Any] | None], rows: Sequence[Row]) -> None:
        """`what` tells them apart in a complaint, such as "after of an update". Each has all columns, in order."""
        assert len(images) == len(rows)
        if not images:
            return
        for image in images:
            if image is None or tuple(image) != self._names:
                found = None if image is None else tuple(image)
                self._complain("", f"{self.table}: {what}: fields {found}, not {self._names}")
                return
        ours = zip(*(image.values() for image in images))  # type: ignore[union-attr]
        for column, found, wanted in zip(self.columns, ours, zip(*rows), strict=True):
            self._column(what, column, found, wanted)

    def finish(self) -> None:
        """Fails if anything differs."""
        assert not self.complaints, "\n".join([str(self.tally), *self.complaints[:_SHOWN]])

    def _column(self, what: str, column: Column, found: tuple[Any, ...], wanted: tuple[Any, ...]) -> None:
        self.tally.values += len(found)
        if strange := column.misfits(found):
            self._complain(column.name, self._difference(what, column, "", f"JSON of the types {strange}"))
            return
        if column.of_records(found) == list(wanted):
            return
        for value, want in zip(found, wanted):
            if column.of_records([value]) != [want]:
                self._complain(column.name, self._difference(what, column, want, value))

    def _difference(self, what: str, column: Column, wanted: Any, found: Any) -> str:
        return (
            f"{self.table}.{column.name} ({column.definition}): {what}:"
            f" SELECT says {wanted!r:.200}, the record {found!r:.200}"
        )

    def _complain(self, column: str, complaint: str) -> None:
        self.tally.differ += 1
        self._differ[column] = self._differ.get(column, 0) + 1
        if self._differ[column] <= _SHOWN_OF_A_COLUMN:
            self.complaints.append(complaint)
