# SPDX-License-Identifier: Apache-2.0
"""Sources that cannot be followed as they are: a clear error with a remedy, and nothing lost once it is mended."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.proxy import Proxy
from support.rowmill import ExitCode
from support.servers import Database
from support.waiting import poll_until

ITEMS = "items (id INT PRIMARY KEY, name VARCHAR(100))"


@pytest.fixture(scope="module")
def victim(folder) -> Iterator[Database]:
    """A server of this module's own: its binlogs are purged and damaged."""
    server = Database("mysql", folder / "victim")
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture
def stopped(scenario, victim, kafka):
    """A connector that has told of row 1 and is not running."""
    s = scenario(victim, kafka)
    s.create(ITEMS)
    s.start_streaming()
    insert(s, 1)
    s.wait_for_changes(1)
    assert s.worker.stop() == ExitCode.SUCCESS
    return s


def insert(s, identity: int, name: str = "ordinary") -> None:
    s.sql(f"INSERT INTO items VALUES ({identity}, '{name}')")


def goes_on_with_nothing_lost(s, changes: int) -> None:
    s.worker.start()
    s.wait_for_changes(changes)
    insert(s, 1000)
    s.wait_for_changes(changes + 1)
    s.judge(changes + 1)
    assert s.worker.stop() == ExitCode.SUCCESS


def test_wrong_password(stopped):
    s = stopped
    password = s.worker.connector["database.password"]
    s.worker.connector["database.password"] = "not it"
    insert(s, 2)
    s.worker.start().expect_end(ExitCode.CONFIG, "access denied", "database.password")
    assert "not it" not in s.worker.log_since_start()
    s.worker.connector["database.password"] = password
    goes_on_with_nothing_lost(s, 2)


def test_missing_grants(stopped):
    s = stopped
    s.server.sql("CREATE USER poor@'%' IDENTIFIED BY 'poor'", f"GRANT SELECT ON `{s.name}`.* TO poor@'%'")
    s.worker.connector |= {"database.user": "poor", "database.password": "poor"}
    insert(s, 2)
    s.worker.start().expect_end(ExitCode.CONFIG, "GRANT", "REPLICATION")
    s.server.sql("GRANT REPLICATION SLAVE, REPLICATION CLIENT, SELECT ON *.* TO poor@'%'")
    goes_on_with_nothing_lost(s, 2)


def test_source_that_logs_statements_is_refused_at_the_start(stopped):
    s = stopped
    insert(s, 2)
    s.server.sql("SET GLOBAL binlog_format = STATEMENT")
    try:
        s.worker.start().expect_end(ExitCode.CONFIG, "binlog_format", "STATEMENT", "SET PERSIST")
    finally:
        s.server.sql("SET GLOBAL binlog_format = ROW")
    goes_on_with_nothing_lost(s, 2)


def test_session_that_logs_statements_stops_the_task_at_that_place(stopped):
    """The server's global setting is fine, but one session changed its own."""
    s = stopped
    s.worker.start()
    s.worker.wait_until_logged("reading the binlog")
    insert(s, 2)
    s.wait_for_changes(2)
    s.sql("SET SESSION binlog_format = STATEMENT", "UPDATE items SET name = 'x' WHERE id = 2")
    assert s.worker.wait(60) in (ExitCode.FAILED, ExitCode.CONFIG)
    log = s.worker.log_since_start()
    assert "logged as text" in log and "binlog.0" in log and "offset" in log, log[-2000:]
    assert len(s.changes()) == 2
    # As the remedy says: behind that place. The row that is behind the topic's back stays so.
    file, position, _ = s.server.position()
    assert s.worker.offsets("set", "--to", f"{file}:{position}").returncode == ExitCode.SUCCESS
    s.worker.start()
    insert(s, 3)
    s.wait_for_changes(3)


def test_purged_position(stopped):
    s = stopped
    insert(s, 2)
    s.server.sql("FLUSH BINARY LOGS")
    s.server.sql(f"PURGE BINARY LOGS TO '{s.server.position()[0]}'")
    s.worker.start().expect_end(ExitCode.CONFIG, "purged", "rowmill offsets", "binlog_expire_logs_seconds")
    assert s.worker.offsets("set", "--to", "earliest").returncode == ExitCode.SUCCESS
    s.worker.start()
    insert(s, 3)
    s.wait_for_changes(2)
    assert [change["after"]["id"] for change in s.changes()] == [1, 3]


def test_flipped_byte_is_caught_by_the_checksum(stopped):
    s = stopped
    insert(s, 2, "before the damage")
    insert(s, 3, "a place to be damaged")
    insert(s, 4, "after the damage")
    binlog = s.server.data / s.server.position()[0]
    flip(s.server, binlog, b"a place to be damaged")
    s.worker.start().expect_end(ExitCode.FAILED, "checksum", binlog.name, "--verify-binlog-checksum", "offsets set")
    assert len(s.changes()) == 2, "it went on behind the damage"
    flip(s.server, binlog, b"a place to be damaged")
    goes_on_with_nothing_lost(s, 4)


def flip(server: Database, path: Path, text: bytes) -> None:
    """Flips one bit of the id before `text`: without checksums that would be another row. Twice: as it was."""
    server.stop()
    content = bytearray(path.read_bytes())
    content[content.index(text) - 5] ^= 0x40
    path.write_bytes(bytes(content))
    server.start()


def test_truncated_packet_is_noticed_and_nothing_is_lost(stopped):
    s = stopped
    proxy = Proxy(s.server.host, s.server.port, packets=True)
    try:
        s.worker.connector |= {"database.port": proxy.port, "database.ssl.mode": "disabled"}
        s.worker.start()
        s.worker.wait_until_logged("reading the binlog")
        proxy.truncate_next(b"cut me short")
        insert(s, 2, "cut me short")
        insert(s, 3)
        poll_until(lambda: proxy.truncated == 1, 30, "the damage", check=s.worker.check)
        # The link was at fault, so reading again is the answer.
        s.worker.wait_until_logged("reading the binlog", times=2)
        s.wait_for_changes(3)
        s.judge(3)
    finally:
        proxy.close()


def test_broken_link_is_opened_anew_and_nothing_is_lost(stopped):
    s = stopped
    proxy = Proxy(s.server.host, s.server.port)
    try:
        s.worker.connector["database.port"] = proxy.port
        s.worker.start()
        for cut in range(1, 4):
            s.worker.wait_until_logged("reading the binlog", times=cut)
            insert(s, 2 * cut)
            proxy.cut()
            insert(s, 2 * cut + 1)
        s.wait_for_changes(7)
        s.judge(7)
    finally:
        proxy.close()


def test_source_down_at_the_start_is_waited_for(stopped):
    s = stopped
    insert(s, 2)
    s.server.stop()
    try:
        s.worker.start()
        s.worker.wait_until_logged("trying again")
    finally:
        s.server.start()
    s.wait_for_changes(2)
    s.judge(2)
