# SPDX-License-Identifier: Apache-2.0
"""Transactions of a gigabyte stay whole and in flat memory, however the source logs them."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest

from support import huge
from support.huge import Tables
from support.rowmill import CUT
from support.servers import Database
from support.waiting import poll_until

# Of a kilobyte each. What must hold for a gigabyte is tried with one in one case, and in the others with what is still
# more than the limit of memory; HUGE_ROWS=1000000 makes all of them as large.
ROWS = int(os.environ.get("HUGE_ROWS", 1_000_000))
FEWER = int(os.environ.get("HUGE_ROWS", 150_000))
LIMIT_KIB = 128 * 1024
# One transaction that does not fit into memory is no reason for a server to write it three times.
QUICK = (
    "--innodb-buffer-pool-size=512M",
    "--innodb-doublewrite=OFF",
    "--innodb-flush-log-at-trx-commit=0",
    "--sync-binlog=0",
    "--max-binlog-size=1G",
    "--max-allowed-packet=1G",
)


@pytest.fixture(scope="module")
def mysql_source(folder) -> Iterator[Database]:
    yield from _source(folder, "mysql", "--innodb-redo-log-capacity=3G")


@pytest.fixture(scope="module")
def mariadb_source(folder) -> Iterator[Database]:
    yield from _source(
        folder, "mariadb", "--innodb-log-file-size=3G", "--log-bin-compress=ON", "--log-bin-compress-min-len=256"
    )


def _source(folder, name: str, *options: str) -> Iterator[Database]:
    server = Database(name, folder / f"{name}-huge")
    try:
        server.start(*QUICK, *options)
        huge.make_seeds(server, "seeds_of_texts", 1)
        yield server
    finally:
        server.stop()


def run(s, tables: Tables, *, setting: str = "DO 0", seeds: str = "seeds_of_texts") -> int:
    """How many bytes the source logged."""
    s.create(*tables.definitions())
    # Time must not cut it, however slow the machine.
    s.worker.worker |= {"producer.transaction.timeout.ms": 600_000, "producer.compression.type": "lz4"}
    s.worker.connector["transaction.cut.ms"] = 500_000
    s.start_streaming()
    before = binlog_bytes(s.server)
    started = time.monotonic()
    s.sql(setting, "BEGIN", *tables.statements(seeds), "COMMIT")
    filled = time.monotonic()
    logged = binlog_bytes(s.server) - before
    visible = "the transaction to be visible"
    poll_until(lambda: huge.committed(s, tables) >= tables.rows, 240, visible, check=s.worker.check, interval=0.5)
    delivered = time.monotonic()
    peak = s.worker.sample_rss()
    print(
        f"{tables.rows} rows in {tables.count} tables, {logged >> 20} MiB of binlog: peak resident {peak} KiB,"
        f" logged in {filled - started:.0f} s, visible {delivered - filled:.0f} s later"
    )
    assert huge.sums_of_topics(s, tables) == huge.sums_of_tables(s, tables)
    assert not s.worker.logged(CUT), "it was cut"
    assert peak < LIMIT_KIB, f"{peak} KiB resident"
    s.worker.stop()
    huge.delete_topics(s)
    s.server.sql(f"DROP DATABASE `{s.name}`", "FLUSH BINARY LOGS")
    s.server.sql(f"PURGE BINARY LOGS TO '{s.server.position()[0]}'")
    return logged


def binlog_bytes(server: Database) -> int:
    return sum(int(row[1]) for row in server.sql("SHOW BINARY LOGS"))


@pytest.mark.parametrize(
    ("compressed", "count", "rows"),
    [(False, 1, FEWER), (False, 100, FEWER), (True, 1, ROWS), (True, 100, FEWER)],
    ids=["plain, one table", "plain, hundred tables", "compressed, one table", "compressed, hundred tables"],
)
def test_huge_transaction_of_mysql_passes_whole_in_flat_memory(
    scenario, mysql_source, kafka, compressed, count, rows
):
    setting = f"SET binlog_transaction_compression = {'ON' if compressed else 'OFF'}"
    logged = run(scenario(mysql_source, kafka), Tables(count, rows), setting=setting)
    assert (logged < rows * 500) == compressed, "the source logged it in the other way"


def test_huge_transaction_that_does_not_compress_passes_whole_in_flat_memory(scenario, mysql_source, kafka):
    """The payload is as large as its rows."""
    huge.make_seeds(mysql_source, "seeds_of_bytes", 2, compressible=False)
    tables = Tables(1, FEWER, binary=True)
    setting = "SET binlog_transaction_compression = ON"
    logged = run(scenario(mysql_source, kafka), tables, setting=setting, seeds="seeds_of_bytes")
    assert logged > FEWER * 900


@pytest.mark.parametrize("count", [1, 100], ids=["one table", "hundred tables"])
def test_huge_transaction_of_mariadb_passes_whole_in_flat_memory(scenario, mariadb_source, kafka, count):
    """Each of its events is compressed for itself."""
    logged = run(scenario(mariadb_source, kafka), Tables(count, FEWER))
    assert logged < FEWER * 900, "the source did not compress it"
