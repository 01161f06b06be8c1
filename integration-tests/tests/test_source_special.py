# SPDX-License-Identifier: Apache-2.0
"""What only some servers write: two-phase ALTER, sequences, system-versioned tables, transactions that replicas are told
to skip, and the note that events were lost."""

from __future__ import annotations

from collections import Counter

import pymysql
import pytest

from oracle.history import History
from support import variants
from support.rowmill import ExitCode
from support.servers import Database
from support.variants import Variant


@pytest.fixture(params=["mariadb", "mariadb118"])
def mariadb_server(request: pytest.FixtureRequest) -> Database:
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("server_name", ["mysql", "mariadb", "mariadb118"])
def test_incident_stops_the_task_and_says_what_to_do(request, scenario, kafka, server_name):
    """A statement over a table without transactions that is too large for the binlog's cache fails half way: its first
    rows stay in the table, and the source logs that it lost them."""
    server = request.getfixturevalue(server_name)
    s = scenario(server, kafka)
    s.create("items (id INT PRIMARY KEY, body VARCHAR(2000)) ENGINE=MyISAM")
    s.start_streaming()
    s.sql("INSERT INTO items VALUES (0, 'before')")
    s.wait_for_changes(1)
    file = server.position()[0]
    rows = ", ".join(f"({identity}, REPEAT('x', 1900))" for identity in range(1, 20))
    with variants.variables_set(server, {"max_binlog_stmt_cache_size": 4096, "binlog_stmt_cache_size": 4096}):
        with pytest.raises(pymysql.err.MySQLError, match="max_binlog_stmt_cache_size"):
            s.sql(f"INSERT INTO items VALUES {rows}")
    assert server.events_since(file)["Incident"] == 1
    assert s.sql("SELECT COUNT(*) FROM items")[0][0] > 1, "no row was lost"
    s.worker.expect_end(ExitCode.FAILED, "lost events", f"at {file}:", "set the source offset behind this place")
    assert len(s.changes()) == 1
    next_file, position, _ = server.position()
    assert s.worker.offsets("set", "--to", f"{next_file}:{position}").returncode == ExitCode.SUCCESS
    s.worker.start()
    s.sql("INSERT INTO items VALUES (100, 'behind it')")
    s.wait_for_changes(2)


def alter(s, load, number):
    """A table that changes its columns and its rows by turns. The last change touches every row: only then do all
    records have the table's columns."""
    if number == 0:
        s.sql("CREATE TABLE altered (id INT PRIMARY KEY, n INT)")
        load.commit(*(f"INSERT INTO altered VALUES ({identity}, 0)" for identity in range(20)))
        return
    s.sql(f"ALTER TABLE altered ADD COLUMN c{number} VARCHAR(20) DEFAULT 'new' AFTER id, ALGORITHM=COPY")
    if number == 3:
        s.sql("ALTER TABLE altered DROP COLUMN c1")
    load.commit(
        f"DELETE FROM altered WHERE id = {number}",
        f"INSERT INTO altered (id, n) VALUES ({100 + number}, 0)",
        "UPDATE altered SET n = n + 1",
    )


def test_two_phase_alter_under_load_is_told_exactly(scenario, mariadb_server, kafka, seed):
    """Its text comes twice, before and after the work, with other transactions between."""
    s = scenario(mariadb_server, kafka)
    variants.run(s, Variant("two-phase ALTER", ("Gtid",), {"binlog_alter_two_phase": 1}, step=alter), seed)
    texts = [row[5] for row in s.sql("SHOW BINLOG EVENTS IN '{}'".format(mariadb_server.binlog_files()[-1]))]
    assert any("START ALTER" in text for text in texts) and any("COMMIT ALTER" in text for text in texts)


def test_transactions_that_replicas_are_to_skip_are_told(scenario, mariadb_server, kafka):
    """skip_replication only asks replicas not to apply what the source has committed: consumers see it."""
    s = scenario(mariadb_server, kafka)
    s.create("items (id INT PRIMARY KEY)")
    s.start_streaming()
    s.sql("SET skip_replication = 1", "INSERT INTO items VALUES (1)", "DELETE FROM items", "INSERT INTO items VALUES (2)")
    s.wait_for_changes(3)
    s.judge(3)


def test_sequence_tells_each_reservation_as_its_row(scenario, mariadb_server, kafka):
    s = scenario(mariadb_server, kafka)
    s.create("items (id INT PRIMARY KEY)")
    s.sql("CREATE SEQUENCE numbers CACHE 10")
    s.start_streaming()
    s.sql(*("INSERT INTO items VALUES (NEXT VALUE FOR numbers)" for _ in range(25)))
    s.wait_for_changes(25, "items")
    reserved = [change["after"] for change in s.changes("numbers")]
    (row,) = s.sql("SELECT next_not_cached_value, increment, cache_size FROM numbers")
    assert len(reserved) == 3
    assert tuple(reserved[-1][name] for name in ("next_not_cached_value", "increment", "cache_size")) == row


def test_system_versioned_table_is_told_with_its_history(scenario, mariadb_server, kafka):
    """Its key has the end of a row's validity: the topic builds what FOR SYSTEM_TIME ALL selects."""
    s = scenario(mariadb_server, kafka)
    s.create("items (id INT PRIMARY KEY, name VARCHAR(20)) WITH SYSTEM VERSIONING")
    s.start_streaming()
    s.sql("INSERT INTO items VALUES (1, 'a'), (2, 'b'), (3, 'c')")
    s.sql("UPDATE items SET name = 'x'")
    s.sql("DELETE FROM items WHERE id = 1")
    s.sql("INSERT INTO items VALUES (1, 'again')")
    s.wait_for_changes(11)
    history = History(s.partitions())
    for record in s.records("items"):
        history.feed(record)
    history.finish()
    assert not history.complaints, history.complaints
    told = Counter(row.values[:2] for row in history.tables[s.topic("items")].rows.values())
    assert told == Counter(s.sql("SELECT id, name FROM items FOR SYSTEM_TIME ALL"))
