# SPDX-License-Identifier: Apache-2.0
"""Dates and times as MariaDB stored them before 10.1, and stores them still with mysql56_temporal_format=OFF."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from support.rowmill import ExitCode
from support.servers import Database
from values import temporals, texts
from values.tables import TriedColumn, TriedTable
from values.trial import try_tables

MARK = "mariadb-5.3"  # information_schema shows it in the type of such a column


@pytest.fixture(params=["mariadb", "mariadb118"])
def old_format(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A server that creates such columns."""
    server = request.getfixturevalue(request.param)
    server.sql("SET GLOBAL mysql56_temporal_format = OFF")
    yield server
    server.sql("SET GLOBAL mysql56_temporal_format = ON")


def old_columns(server: Database, database: str) -> int:
    (row,) = server.sql(
        "SELECT COUNT(*) FROM information_schema.columns"
        f" WHERE table_schema = '{database}' AND column_type LIKE '%{MARK}%'"
    )
    return row[0]


def test_old_columns_without_fractions_are_what_select_says(old_format, scenario, kafka, seed, tally):
    last = 2**31 - 1
    columns = (
        TriedColumn("time_", "TIME", temporals.times()),
        TriedColumn("datetime_", "DATETIME", temporals.datetimes()),
        TriedColumn("date_", "DATE", temporals.dates()),
        TriedColumn("timestamp_", "TIMESTAMP NULL", temporals.timestamps(last)),
        TriedColumn("between", "VARCHAR(20)", texts.strings(20)),
    )
    sessions = tuple(f"SET time_zone = '{zone}', sql_mode = 'ALLOW_INVALID_DATES'" for zone in ("+00:00", "-11:30"))
    s = scenario(old_format, kafka)
    table = TriedTable("old", columns, sessions, "CHARACTER SET utf8mb4")
    try_tables(s, [table], random.Random(seed), 10_000, tally(old_format))
    assert old_columns(old_format, s.name) == 3


@pytest.mark.parametrize("kind", ["TIME(3)", "DATETIME(6)", "TIMESTAMP(2) NULL"])
def test_old_column_with_fractions_stops_with_the_cure(old_format, scenario, kafka, kind):
    """The binlog does not tell how many bytes such a value has."""
    s = scenario(old_format, kafka)
    s.create(f"items (id INT PRIMARY KEY, moment {kind})")
    assert old_columns(old_format, s.name) == 1
    s.start_streaming()
    s.sql("INSERT INTO items VALUES (1, '2001-02-03 04:05:06.789')")
    s.worker.expect_end(ExitCode.FAILED, "items", "moment", "ALTER TABLE", "FORCE")
    assert not s.changes()
