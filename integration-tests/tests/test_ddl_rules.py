# SPDX-License-Identifier: Apache-2.0
"""Rules of DDL on sources whose binlog has no names: records have the names and values that SELECT shows (G5, G6), and
what cannot be derived is looked up or stops the task (G4)."""

from __future__ import annotations

import pytest

from ddl.rules import RULES
from ddl.steps import Trial
from ddl.trial import LOOKED_UP
from support.rowmill import ExitCode
from support.scenario import Scenario
from support.variants import variables_set

# The rarer way of each server to log: no metadata at all is MariaDB's default.
VARIABLES = {
    "mysql": {"binlog_row_metadata": "MINIMAL"},
    "mariadb": {"binlog_row_metadata": "NO_LOG"},
    "mariadb118": {"binlog_row_metadata": "NO_LOG", "log_bin_compress": 1, "log_bin_compress_min_len": 10},
}
SERVERS = pytest.mark.parametrize("server_name", list(VARIABLES))


@SERVERS
def test_records_behind_each_rule_have_the_names_and_values_of_select(request, scenario, kafka, server_name):
    server = request.getfixturevalue(server_name)
    s = scenario(server, kafka)
    with variables_set(server, VARIABLES[server_name]):
        s.create("marks (id INT PRIMARY KEY)")
        s.worker.connector["table.include.list"] = Trial.captured(s)
        s.worker.connector["topic.creation.default.partitions"] = 1
        s.start_streaming()
        trial = Trial(s)
        trial.run(RULES)
    wrong = trial.complaints()
    print(f"ddl rules: {len(RULES)} on {trial}; {len(wrong)} complaints")
    trial.clean_up()
    assert not wrong, "\n".join(wrong[:40])
    assert s.worker.logged(LOOKED_UP) == 0, s.worker.log_since_start()[-3000:]


@pytest.fixture
def streaming(request, scenario, kafka):
    """streaming(server_name, *tables): a worker that follows a database with these tables, without metadata."""
    undo = []

    def start(server_name: str, *tables: str) -> Scenario:
        server = request.getfixturevalue(server_name)
        variables = variables_set(server, VARIABLES[server_name])
        variables.__enter__()
        undo.append(variables)
        s = scenario(server, kafka)
        s.worker.connector["topic.creation.default.partitions"] = 1
        s.create(*tables)
        s.start_streaming()
        return s

    yield start
    for variables in undo:
        variables.__exit__(None, None, None)


def after(s: Scenario, table: str, count: int) -> list[dict]:
    s.wait_for_changes(count, table)
    return [change["after"] for change in s.changes(table)]


@SERVERS
def test_alteration_that_is_not_in_the_binlog_is_looked_up(streaming, server_name):
    s = streaming(server_name, "items (id INT PRIMARY KEY, a INT)")
    s.sql("INSERT INTO items VALUES (1, 2)")
    s.sql("SET sql_log_bin = 0", "ALTER TABLE items ADD b DATE FIRST, RENAME COLUMN a TO c")
    s.sql("INSERT INTO items VALUES ('2001-02-03', 2, 3)")
    assert after(s, "items", 2) == [{"id": 1, "a": 2}, {"b": "2001-02-03", "id": 2, "c": 3}]
    assert s.worker.logged(LOOKED_UP) == 1


@SERVERS
def test_table_that_comes_from_a_database_that_is_not_watched_is_looked_up(streaming, server_name):
    s = streaming(server_name, "items (id INT PRIMARY KEY, a INT)")
    aside = f"{s.name}_aside"
    s.sql(f"CREATE DATABASE `{aside}`", f"CREATE TABLE `{aside}`.t (b DATE, id INT PRIMARY KEY)")
    s.sql(f"RENAME TABLE items TO `{aside}`.old, `{aside}`.t TO items", "INSERT INTO items VALUES ('2001-02-03', 2)")
    assert after(s, "items", 1) == [{"b": "2001-02-03", "id": 2}]
    assert s.worker.logged(LOOKED_UP) == 1
    s.sql(f"DROP DATABASE `{aside}`")


def test_utf8_of_a_session_without_old_mode_is_looked_up(streaming):
    """old_mode decides what utf8 is, and is not logged; the map of a table with metadata shows it."""
    s = streaming("mariadb", "items (id INT PRIMARY KEY)")
    s.server.sql("SET GLOBAL binlog_row_metadata = 'MINIMAL'")
    s.sql("SET old_mode = ''", "CREATE TABLE wide (id INT PRIMARY KEY, t CHAR(5) CHARACTER SET utf8)")
    s.sql("INSERT INTO wide VALUES (1, '😀')")
    assert after(s, "wide", 1) == [{"id": 1, "t": "😀"}]


@SERVERS
def test_start_in_the_past_of_a_table_that_has_changed_since_stops_with_the_ways_out(streaming, server_name):
    s = streaming(server_name, "items (id INT PRIMARY KEY, a INT, b CHAR(3))")
    assert s.worker.stop() == ExitCode.SUCCESS
    file, offset, _ = s.server.position()
    s.sql("INSERT INTO items VALUES (1, 2, 'x')", "ALTER TABLE items DROP a, ADD c DATE")
    worker = s.another_worker(
        "past",
        {"group.id": f"rowmill-{s.name}-past", "offset.storage.topic": f"offsets-{s.name}-past"},
        {"topic.prefix": f"{s.name}-past", "start.position": f"{file}:{offset}"},
    )
    worker.start()
    worker.expect_end(ExitCode.CONFIG, f"{s.name}.items", "schema.recovery")


@SERVERS
def test_statements_with_bytes_that_are_no_text_are_read(streaming, server_name):
    s = streaming(server_name, "marks (id INT PRIMARY KEY)")
    with s.server.connect(database=s.name) as connection:
        connection.query(b"CREATE TABLE odd (id INT PRIMARY KEY /* \xff\xfe */, a CHAR(3) COMMENT 'x\x00y')")
        connection.query("SET NAMES gbk")
        connection.query("ALTER TABLE odd ADD `昞` ENUM('昞', 'b') FIRST, ADD e INT COMMENT '昞'".encode("gbk"))
        connection.query("SET NAMES sjis")
        connection.query("ALTER TABLE odd ADD `表` DATE FIRST".encode("shift_jis"))
    s.sql("INSERT INTO odd VALUES ('2001-02-03', 1, 7, 'abc', 8)")
    (row,) = after(s, "odd", 1)
    assert list(row) == ["表", "昞", "id", "a", "e"]
    assert s.worker.logged(LOOKED_UP) == 0


def test_names_of_tables_compare_without_case_where_the_server_does(own_server, scenario, kafka):
    server = own_server("mariadb", "--lower-case-table-names=1", "--binlog-row-metadata=NO_LOG")
    s = scenario(server, kafka)
    s.worker.connector["topic.creation.default.partitions"] = 1
    s.create("Items (id INT PRIMARY KEY, a INT)")
    s.start_streaming()
    s.sql(
        "ALTER TABLE ITEMS ADD b DATE FIRST",
        "CREATE TABLE Other LIKE iTEMS",
        f"RENAME TABLE `{s.name.upper()}`.OTHER TO Third",
    )
    s.sql("INSERT INTO items VALUES ('2001-02-03', 1, 2)", "INSERT INTO third VALUES ('2001-02-03', 1, 2)")
    for table in ("items", "third"):
        assert after(s, table, 1) == [{"b": "2001-02-03", "id": 1, "a": 2}]
    assert s.worker.logged(LOOKED_UP) == 0
