# SPDX-License-Identifier: Apache-2.0
"""Source offsets: Kafka Connect's layout, and what `rowmill offsets` does to them."""

from __future__ import annotations

import json

import pytest

from support.rowmill import ExitCode
from support.waiting import poll_until

ITEMS = "items (id INT PRIMARY KEY, name VARCHAR(20))"


def insert(s, *identities: int) -> None:
    rows = ", ".join(f"({identity}, 'item {identity}')" for identity in identities)
    s.sql(f"INSERT INTO items VALUES {rows}")


def told(s) -> list[tuple[bytes, dict, dict]]:
    """Key, row and source of the committed records; with one partition that is the order of the binlog."""
    changes = [(record.key, json.loads(record.value)) for record in s.records("items")]
    return [(key, change["after"], change["source"]) for key, change in changes]


@pytest.fixture
def running(scenario, mysql, kafka):
    """A connector with one partition that has told of the rows 1 to 3."""
    s = scenario(mysql, kafka)
    s.create(ITEMS)
    s.worker.connector["topic.creation.default.partitions"] = 1
    s.start_streaming()
    insert(s, 1, 2, 3)
    s.wait_for_changes(3)
    return s


def test_offset_is_in_kafka_connects_layout(running):
    s = running

    def latest() -> dict:
        return s.offsets()[-1][1]

    # The position moves on without changes of captured tables, too.
    s.server.sql("CREATE DATABASE IF NOT EXISTS elsewhere", "CREATE TABLE IF NOT EXISTS elsewhere.t (a INT)")
    s.server.sql("INSERT INTO elsewhere.t VALUES (1)")
    file, position, gtids = s.server.position()
    poll_until(lambda: latest()["pos"] == position, 30, "the offset to follow other tables", check=s.worker.check)

    record, offset = s.offsets()[-1]
    assert record.key == f'["{s.name}",{{"server":"{s.name}"}}]'.encode()
    assert (offset["file"], offset["gtids"], offset["server_id"]) == (file, gtids, 1)
    assert "event" not in offset and "row" not in offset
    assert [each["txn_seq"] for _, each in s.offsets()] == list(range(1, offset["txn_seq"] + 1))

    listed = s.worker.offsets("list")
    assert listed.returncode == ExitCode.SUCCESS
    line = json.loads(listed.stdout.strip())
    assert line["key"] == [s.name, {"server": s.name}]
    assert line["offset"]["file"] == file


@pytest.mark.parametrize("place", ["file", "gtid"])
def test_set_to_an_older_position_replays_from_there_exactly(running, place):
    s = running
    file, position, gtids = s.server.position()
    insert(s, 4)
    insert(s, 5, 6)
    s.sql("UPDATE items SET name = 'changed' WHERE id < 3")
    s.wait_for_changes(8)
    first = told(s)
    assert s.worker.stop() == ExitCode.SUCCESS

    done = s.worker.offsets("set", "--to", f"{file}:{position}" if place == "file" else gtids)
    assert done.returncode == ExitCode.SUCCESS, done.stdout
    s.worker.start()
    s.wait_for_changes(8 + 5)
    s.sql("INSERT INTO items VALUES (7, 'afterwards')")
    s.wait_for_changes(8 + 5 + 1)
    assert told(s)[8:13] == first[3:8]
    assert told(s)[13][1]["id"] == 7


def test_reset_starts_anew(running):
    s = running
    assert s.worker.stop() == ExitCode.SUCCESS
    insert(s, 4)
    done = s.worker.offsets("reset")
    assert done.returncode == ExitCode.SUCCESS, done.stdout
    assert s.offsets()[-1][1] is None
    assert json.loads(s.worker.offsets("list").stdout)["offset"] is None
    # start.position is `latest`: row 4 was before that.
    s.start_streaming()
    insert(s, 5)
    s.wait_for_changes(4)
    assert [row["id"] for _, row, _ in told(s)] == [1, 2, 3, 5]


@pytest.mark.parametrize("action", ["set", "reset"])
def test_running_worker_is_fenced_stops_and_says_why(running, action):
    s = running
    file, position, _ = s.server.position()
    done = s.worker.offsets(action, *(["--to", f"{file}:{position}"] if action == "set" else []))
    assert done.returncode == ExitCode.SUCCESS, done.stdout
    insert(s, 4)
    s.worker.expect_end(ExitCode.FENCED, "taken over by", action)
    assert len(s.changes()) == 3, "it went on emitting"
    s.start_streaming()
    insert(s, 5)
    s.wait_for_changes(5 if action == "set" else 4)
    assert [row["id"] for _, row, _ in told(s)][3:] == ([4, 5] if action == "set" else [5])


def test_place_that_the_source_does_not_have_is_refused(running):
    s = running
    before = s.offsets()
    done = s.worker.offsets("set", "--to", "binlog.999999:4")
    assert done.returncode == ExitCode.CONFIG, done.stdout
    assert "binlog.999999" in done.stdout
    assert s.offsets() == before
    s.worker.check()
