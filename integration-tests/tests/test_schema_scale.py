# SPDX-License-Identifier: Apache-2.0
"""Very many tables, and very many changes of a few: starting stays fast and memory small."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from support.rowmill import ExitCode
from support.servers import Database

# Full size: TABLES=10000 SCHEMA_CHANGES=100000. The server needs minutes for that, not the worker.
TABLES = int(os.environ.get("TABLES", 1000))
SCHEMA_CHANGES = int(os.environ.get("SCHEMA_CHANGES", 1500))
SESSIONS = 4
# It forgets on a power failure, and makes tables the faster.
FORGETFUL = ("--sync-binlog=0", "--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=OFF")

COLUMNS = (
    "INT", "BIGINT UNSIGNED", "VARCHAR(100)", "DECIMAL(12,2)", "DATETIME(3)", "TEXT", "ENUM('new','paid','sent')",
    "VARCHAR(20) CHARACTER SET latin1 NOT NULL", "CHAR(2) NOT NULL", "BLOB",
)  # fmt: skip


def in_sessions(server: Database, database: str, work: Callable[[int], Iterator[str]]) -> None:
    """work(0), work(1), … each in a session of its own."""
    errors: list[BaseException] = []

    def run(number: int) -> None:
        connection = server.connect(database=database)
        try:
            with connection.cursor() as cursor:
                for statement in work(number):
                    cursor.execute(statement)
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,), daemon=True) for number in range(SESSIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors, errors[0]


def seconds_to_first_record(s, table: str, identity: int) -> float:
    """From the start of the process until a reader sees the row."""
    begin = time.monotonic()
    s.worker.start()
    s.wait_for_key(table, {"id": identity}, 120)
    return time.monotonic() - begin


def topic_sizes(s) -> str:
    """On the broker's disk, of what keeps definitions."""
    found = []
    for topic in (f"{s.name}.schema-history", f"{s.name}.schema-history-past"):
        files = [file for folder in s.kafka.data.glob(f"{topic}-[0-9]*") for file in Path(folder).glob("*.log")]
        found.append(f"{topic.removeprefix(s.name + '.')} {sum(file.stat().st_size for file in files) / 1e6:.2f} MB")
    return ", ".join(found)


@pytest.mark.parametrize("server_name", os.environ.get("TABLES_ON", "mysql").split(","))
def test_very_many_tables_start_fast_in_little_memory(scenario, own_server, kafka, server_name):
    s = scenario(own_server(server_name, *FORGETFUL), kafka)
    columns = ", ".join(f"column_{number} {COLUMNS[number % len(COLUMNS)]}" for number in range(29))
    s.create(f"model (id INT PRIMARY KEY, {columns})")
    begin = time.monotonic()
    in_sessions(
        s.server,
        s.name,
        lambda session: (f"CREATE TABLE t{number} LIKE model" for number in range(session, TABLES, SESSIONS)),
    )
    created = time.monotonic() - begin
    file, position, _ = s.server.position()
    s.worker.connector["start.position"] = f"{file}:{position}"
    s.sql("INSERT INTO t7 (id) VALUES (1)")
    first = seconds_to_first_record(s, "t7", 1)
    peaks = [s.worker.sample_rss()]
    again = []
    for identity in (2, 3):
        assert s.worker.stop() == ExitCode.SUCCESS
        s.sql(f"INSERT INTO t{7 * identity} (id) VALUES ({identity})")
        again.append(seconds_to_first_record(s, f"t{7 * identity}", identity))
        s.worker.peak_rss_kib = 0
        peaks.append(s.worker.sample_rss())
    print(
        f"{s.server.product}: {TABLES} tables of 30 columns, created in {created:.0f} s; first record {first:.2f} s after the"
        f" first start, {', '.join(f'{seconds:.2f}' for seconds in again)} s after later ones; peak resident"
        f" {', '.join(f'{peak / 1024:.0f}' for peak in peaks)} MiB; {topic_sizes(s)}"
    )
    # 10 s and 3 s at full size; most of the time of a small one is not the tables'.
    share = TABLES / 10_000
    assert first < 4 + 6 * share
    assert min(again) < 2 + share
    assert max(peaks) < 96 * 1024


def test_very_many_changes_cost_neither_start_nor_memory(scenario, own_server, kafka):
    """On MariaDB, which alters more tables in a second."""
    s = scenario(own_server("mariadb", *FORGETFUL), kafka)
    tables = [f"t{number}" for number in range(10)]
    s.create(*(f"{table} (id INT PRIMARY KEY, c0 INT, name VARCHAR(20), amount BIGINT) ENGINE=MEMORY" for table in tables))
    s.start_streaming()
    s.sql("INSERT INTO t0 (id) VALUES (0)")
    s.wait_for_key("t0", {"id": 0})
    before = restart(s, -1)

    def alter(session: int, changes: range) -> Iterator[str]:
        """New names each time, and at times a row that has them."""
        for n in changes:
            for table in tables[session::SESSIONS]:
                yield f"ALTER TABLE {table} RENAME COLUMN c{n} TO c{n + 1}"
                if n % 20 == 0:
                    yield f"INSERT INTO {table} (id, c{n + 1}) VALUES ({n + 1}, {n})"

    begin = time.monotonic()
    each = SCHEMA_CHANGES // len(tables)
    in_sessions(s.server, s.name, lambda session: alter(session, range(each // 10)))
    sizes = [resident(s, 1)]
    in_sessions(s.server, s.name, lambda session: alter(session, range(each // 10, each)))
    sizes.append(resident(s, 2))
    made = time.monotonic() - begin
    after = restart(s, -2)
    print(
        f"{s.server.product}: {SCHEMA_CHANGES} changes of {len(tables)} tables in {made:.0f} s; restart to record {before:.2f} s before,"
        f" {after:.2f} s after; resident {sizes[0] / 1024:.1f} MiB after a tenth, {sizes[1] / 1024:.1f} MiB in the end;"
        f" {topic_sizes(s)}"
    )
    assert after < before + 1
    assert sizes[1] < sizes[0] + 8 * 1024


def restart(s, identity: int) -> float:
    assert s.worker.stop() == ExitCode.SUCCESS
    s.sql(f"INSERT INTO t1 (id) VALUES ({identity})")
    return seconds_to_first_record(s, "t1", identity)


def resident(s, identity: int) -> int:
    """KiB, when the worker has read all up to now."""
    s.sql(f"INSERT INTO t2 (id) VALUES ({-identity})")
    s.wait_for_key("t2", {"id": -identity}, 600)
    for line in Path(f"/proc/{s.worker.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    raise AssertionError("no VmRSS")
