# SPDX-License-Identifier: Apache-2.0
"""One generated table through the worker: inserts, updates and deletes, each image against SELECT."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import islice

from support.scenario import Scenario
from values.changes import SETTINGS, ChangeReader
from values.columns import Column, columns_of
from values.comparison import Comparison, Tally
from values.snapshot import Row, snapshot
from values.tables import TriedTable
from values.writing import Writer

_CHANGES_AT_ONCE = 1000


def try_table(scenario: Scenario, table: TriedTable, rng: random.Random, count: int, tally: Tally) -> None:
    """`count` random values in each column, beside its edges."""
    scenario.create()
    writer = Writer(scenario.server, scenario.name, table, rng, count)
    writer.create()
    columns = columns_of(scenario.server, scenario.name, table.name)
    scenario.worker.connector |= SETTINGS
    scenario.start_streaming()

    writer.insert()
    inserted = snapshot(scenario.server, scenario.name, table.name, columns)
    writer.update()
    updated = snapshot(scenario.server, scenario.name, table.name, columns)
    writer.delete()

    reader = ChangeReader(scenario, table.name)
    comparison = Comparison(table.name, columns, tally)
    try:
        compare_creates(reader, comparison, inserted)
        compare_updates(reader, comparison, inserted, updated)
        compare_deletes(reader, comparison, updated)
        reader.expect_end()
    finally:
        reader.close()
    comparison.finish()


def compare_creates(reader: ChangeReader, comparison: Comparison, rows: dict[int, Row]) -> None:
    """The next changes create exactly `rows`, in any order of their ids."""
    for changes in _chunks(reader, len(rows)):
        assert {change["op"] for change in changes} == {"c"}
        comparison.images("after of a create", [change["after"] for change in changes], _of(changes, "after", rows))


def compare_updates(
    reader: ChangeReader, comparison: Comparison, before: dict[int, Row], after: dict[int, Row]
) -> None:
    """The next changes turn exactly the rows that differ from `before` into `after`. Ids stay as they are."""
    changed = [id_ for id_, row in after.items() if row != before[id_]]
    for changes in _chunks(reader, len(changed)):
        assert {change["op"] for change in changes} == {"u"}
        for image, rows in (("before", before), ("after", after)):
            images = [change[image] for change in changes]
            comparison.images(f"{image} of an update", images, _of(changes, image, rows))


def compare_deletes(reader: ChangeReader, comparison: Comparison, rows: dict[int, Row]) -> None:
    for changes in _chunks(reader, len(rows)):
        assert {change["op"] for change in changes} == {"d"}
        comparison.images("before of a delete", [change["before"] for change in changes], _of(changes, "before", rows))


def _chunks(reader: ChangeReader, count: int):
    changes = reader.each(count)
    while chunk := list(islice(changes, _CHANGES_AT_ONCE)):
        yield chunk


def _of(changes: Sequence[dict], image: str, rows: dict[int, Row]) -> list[Row]:
    return [rows[change[image]["id"]] for change in changes]
