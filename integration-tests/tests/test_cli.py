# SPDX-License-Identifier: Apache-2.0
"""The command line: what each command prints, changes and returns."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest

from oracle import kafka_reader
from support.rowmill import ExitCode, run

CONFIG = Path(__file__).resolve().parents[2] / "config"
ITEMS = "items (id INT PRIMARY KEY, name VARCHAR(20))"
COMMANDS = ("run", "check", "offsets", "tail", "settings")


def test_version():
    assert re.fullmatch(r"rowmill \d+\.\d+\.\d+\S*\n", run("--version").stdout)


def test_help_names_every_command_and_exit_code():
    shown = run("--help")
    assert shown.returncode == ExitCode.SUCCESS
    for word in (*COMMANDS, "Exit codes", *(f"  {code.value}  " for code in ExitCode)):
        assert word in shown.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command(command):
    shown = run(command, "--help")
    assert shown.returncode == ExitCode.SUCCESS
    assert f"rowmill {command}" in shown.stdout and "Usage:" in shown.stdout


@pytest.mark.parametrize("words", [[], ["fly"], ["run"], ["run", "only-one"], ["offsets", "list"], ["tail", "--fast"]])
def test_wrong_command_line(words):
    assert run(*words).returncode == ExitCode.USAGE


def test_settings_prints_the_reference_that_is_in_config():
    shown = run("settings")
    assert shown.returncode == ExitCode.SUCCESS
    assert shown.stdout == (CONFIG / "settings.md").read_text()


def test_check_finds_nothing_wrong_and_changes_nothing(scenario, mysql, kafka):
    s = scenario(mysql, kafka)
    s.create(ITEMS)
    s.sql("INSERT INTO items VALUES (1, 'x')")
    before = (mysql.position(), sorted(kafka_reader.partition_counts(kafka.bootstrap)))
    shown = run("check", *s.worker.files)
    assert shown.returncode == ExitCode.SUCCESS, shown.stdout
    assert shown.stdout.endswith("no problems\n")
    assert (mysql.position(), sorted(kafka_reader.partition_counts(kafka.bootstrap))) == before


def test_check_prints_every_problem(scenario, mysql, kafka):
    s = scenario(mysql, kafka)
    s.worker.connector["database.password"] = "wrong"
    s.worker.worker["bootstrap.servers"] = "127.0.0.1:1"
    shown = run("check", *s.worker.files)
    assert shown.returncode == ExitCode.CONFIG
    assert "database.password" in shown.stdout and "bootstrap.servers" in shown.stdout
    assert shown.stdout.endswith("2 problems\n")


def test_tail_prints_records_without_kafka(scenario, mysql, kafka):
    s = scenario(mysql, kafka)
    s.create(ITEMS)
    file, position, _ = mysql.position()
    s.sql("INSERT INTO items VALUES (1, 'a'), (2, 'b')", "DELETE FROM items WHERE id = 1")
    s.worker.connector.pop("snapshot.mode")
    shown = run("tail", s.worker.files[1], "--from", f"{file}:{position}", "--limit", 4)
    assert shown.returncode == ExitCode.SUCCESS, shown.stdout
    lines = [json.loads(line) for line in shown.stdout.splitlines() if line.startswith("{")]
    assert [line["key"]["id"] for line in lines] == [1, 2, 1, 1]
    assert [line["value"] and line["value"]["op"] for line in lines] == ["c", "c", "d", None]
    assert {line["topic"] for line in lines} == {s.topic("items")}
    assert not s.partitions()


@pytest.mark.parametrize("server_name", ["mysql", "mariadb", "mariadb118"])
@pytest.mark.parametrize("start", ["earliest", "latest", "gtid", "file:position"])
def test_start_positions(request, scenario, kafka, server_name, start):
    server = request.getfixturevalue(server_name)
    s = scenario(server, kafka)
    s.create(ITEMS)
    s.sql("INSERT INTO items VALUES (1, 'a')")
    file, position, gtids = server.position()
    s.sql("INSERT INTO items VALUES (2, 'b')")
    s.worker.connector["start.position"] = {"gtid": gtids, "file:position": f"{file}:{position}"}.get(start, start)
    s.start_streaming()
    s.sql("INSERT INTO items VALUES (3, 'c')")
    expected = {"earliest": [1, 2, 3], "latest": [3]}.get(start, [2, 3])
    s.wait_for_changes(len(expected))
    assert sorted(change["after"]["id"] for change in s.changes()) == expected


def test_sigterm_ends_within_5_s_and_leaves_nothing_to_redo(scenario, mysql, kafka, seed):
    s = scenario(mysql, kafka)
    load = s.load(seed)
    s.start_streaming()
    load.start(10**9, changes_a_second=20_000)
    s.catch_up()
    for _ in range(3):
        begin = time.monotonic()
        assert s.worker.stop() == ExitCode.SUCCESS
        assert time.monotonic() - begin < 5 + 1, "SIGTERM took too long"
        # No transaction is open: both kinds of readers see the same end.
        partitions = s.partitions()
        assert kafka_reader.ends(kafka.bootstrap, partitions) == kafka_reader.ends(
            kafka.bootstrap, partitions, isolation="read_committed"
        )
        s.worker.start()
        s.catch_up()
    load.stop()
    s.catch_up()
    s.judge_load()


def test_sigterm_while_kafka_is_away_ends_within_5_s(scenario, mysql, kafka):
    s = scenario(mysql, kafka)
    s.create(ITEMS)
    s.start_streaming()
    kafka.stop()
    try:
        s.sql("INSERT INTO items VALUES (1, 'a')")
        begin = time.monotonic()
        s.worker.stop()
        assert time.monotonic() - begin < 5 + 1, "SIGTERM took too long"
    finally:
        kafka.start()
    s.worker.start()
    s.wait_for_changes(1)
    s.judge(1)


def test_examples_in_config_start_as_they_are(scenario, mysql, kafka, monkeypatch):
    """Only host, port and topics of this test are put in; the password comes out of the environment."""
    s = scenario(mysql, kafka)
    s.create(ITEMS)
    monkeypatch.setenv("DATABASE_PASSWORD", mysql.env["PASSWORD"])
    wanted = {
        "bootstrap.servers": kafka.bootstrap,
        "group.id": s.name,
        "offset.storage.topic": s.worker.worker["offset.storage.topic"],
        "database.hostname": mysql.host,
        "database.port": mysql.port,
        "name": s.name,
        "topic.prefix": s.name,
    }
    s.worker.worker = example("worker.properties") | {
        key: value for key, value in wanted.items() if key in example("worker.properties")
    }
    s.worker.connector = example("orders.properties") | {
        key: value for key, value in wanted.items() if key in example("orders.properties")
    }
    assert s.worker.connector["database.password"] == "${env:DATABASE_PASSWORD}"
    s.start_streaming()
    s.sql("INSERT INTO items VALUES (1, 'a')")
    s.wait_for_changes(1)


def example(name: str) -> dict[str, object]:
    lines = (CONFIG / name).read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
