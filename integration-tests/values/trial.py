# SPDX-License-Identifier: Apache-2.0
"""Generated tables through the worker: inserts, updates and deletes, each image against SELECT."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from support.scenario import Scenario
from values.changes import SETTINGS, Change, ChangeReader
from values.columns import Column, columns_of
from values.comparison import Comparison, Tally
from values.snapshot import Row, snapshot
from values.tables import TriedTable
from values.writing import Writer

_CHANGES_AT_ONCE = 1000


def try_tables(scenario: Scenario, tables: Sequence[TriedTable], rng: random.Random, count: int, tally: Tally) -> None:
    """`count` random values in each column, beside its edges."""
    scenario.create()
    writers = [Writer(scenario.server, scenario.name, table, rng, count) for table in tables]
    for writer in writers:
        writer.create()
    scenario.worker.connector |= SETTINGS
    scenario.start_streaming()
    for writer in writers:
        _try_table(scenario, writer, tally)


def _try_table(scenario: Scenario, writer: Writer, tally: Tally) -> None:
    name = writer.table.name
    columns = columns_of(scenario.server, scenario.name, name)
    writer.insert()
    inserted = snapshot(scenario.server, scenario.name, name, columns)
    writer.update()
    updated = snapshot(scenario.server, scenario.name, name, columns)
    writer.delete()

    reader = ChangeReader(scenario, name)
    comparison = Comparison(name, columns, tally)
    try:
        compare_creates(reader, comparison, inserted)
        compare_updates(reader, comparison, inserted, updated)
        compare_deletes(reader, comparison, updated)
        reader.expect_end()
    finally:
        reader.close()
    comparison.finish()


def compare_creates(reader: ChangeReader, comparison: Comparison, rows: dict[Any, Row], *, key: str = "id") -> None:
    """The next changes create exactly `rows`, in any order."""
    for changes in _chunks(reader, len(rows)):
        assert {change["op"] for change in changes} == {"c"}
        images = [change["after"] for change in changes]
        comparison.images("after of a create", images, _of(changes, "after", rows, key))


def compare_updates(
    reader: ChangeReader,
    comparison: Comparison,
    before: dict[Any, Row],
    after: dict[Any, Row],
    *,
    key: str = "id",
) -> None:
    """The next changes turn exactly the rows of `after` that differ from `before` into what they are there."""
    changed = [identity for identity, row in after.items() if row != before[identity]]
    for changes in _chunks(reader, len(changed)):
        assert {change["op"] for change in changes} == {"u"}
        for image, rows in (("before", before), ("after", after)):
            images = [change[image] for change in changes]
            comparison.images(f"{image} of an update", images, _of(changes, image, rows, key))


def compare_deletes(reader: ChangeReader, comparison: Comparison, rows: dict[Any, Row], *, key: str = "id") -> None:
    for changes in _chunks(reader, len(rows)):
        assert {change["op"] for change in changes} == {"d"}
        images = [change["before"] for change in changes]
        comparison.images("before of a delete", images, _of(changes, "before", rows, key))


def _chunks(reader: ChangeReader, count: int) -> Iterator[list[Change]]:
    changes = reader.each(count)
    while chunk := list(islice(changes, _CHANGES_AT_ONCE)):
        yield chunk


def _of(changes: Sequence[Change], image: str, rows: dict[Any, Row], key: str) -> list[Row]:
    return [rows[change[image][key]] for change in changes]
