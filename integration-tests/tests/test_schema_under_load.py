# SPDX-License-Identifier: Apache-2.0
"""Tables that change under load: every record has the names and values of its moment, whatever the worker missed."""

from __future__ import annotations

import os
import random
import time

import pytest

from oracle import kafka_reader
from oracle.complaints import Complaints
from oracle.history import History
from support.ddl_load import CAPTURED, LEDGER, DdlLoad
from support.rowmill import ExitCode

# Full size: DDL_CHANGES=200000 DDLS=500.
CHANGES = int(os.environ.get("DDL_CHANGES", 40_000))
DDLS = int(os.environ.get("DDLS", 100))


@pytest.mark.parametrize("server_name", ["mysql", "mariadb"])
def test_rows_have_names_and_values_of_their_moment(request, scenario, kafka, seed, server_name):
    """The worker is killed at random and stays away at times, so that it reads rows of layouts long gone."""
    server = request.getfixturevalue(server_name)
    s = scenario(server, kafka)
    load = DdlLoad(server, s.name, seed).create()
    s.worker.connector["table.include.list"] = rf"{s.name}\.t\d,{s.name}\.{LEDGER}"
    s.start_streaming()
    begin = time.monotonic()
    load.start(CHANGES, DDLS)
    kills, behind = kill_at_times(s, load, random.Random(seed))
    load.join()
    wrote = time.monotonic() - begin
    s.wait_for_key(LEDGER, {"id": load.mark()}, 300)
    drained = time.monotonic() - begin - wrote
    told = judge(s, load)
    print(
        f"{server.product}: {load.ddls} DDLs ({load.accepted}), {load.refused.total()} refused ({load.refused}), {load.changes}"
        f" changes, {told} of captured tables told in full, {kills} kills, at most {behind} changes made meanwhile,"
        f" written in {wrote:.1f} s, drained {drained:.1f} s after, judged at {time.monotonic() - begin:.1f} s"
    )
    assert s.worker.stop() == ExitCode.SUCCESS


def kill_at_times(s, load: DdlLoad, chance: random.Random) -> tuple[int, int]:
    """Until the load is over. How often, and how many changes were made at most while no worker ran."""
    kills, behind = 0, 0
    pause = max(2000, CHANGES // 12)
    while load.is_running():
        time.sleep(2 * chance.random())
        s.worker.kill()
        kills += 1
        goal = load.changes + chance.choice((0, 0, pause))
        since = load.changes
        while load.is_running() and load.changes < goal:
            time.sleep(0.02)
        behind = max(behind, load.changes - since)
        s.worker.start()
    return kills, behind


def judge(s, load: DdlLoad) -> int:
    """The oracle's word; how many changes were told in full."""
    partitions = {topic: count for topic, count in s.partitions().items() if not topic.endswith(LEDGER)}
    topics = {s.topic(table): table for table in CAPTURED}
    assert partitions.keys() <= topics.keys(), "topics of tables that are not captured"
    history = History(partitions, chained=False)
    complaints = history.complaints

    def fed():
        for record in kafka_reader.read_committed(s.kafka.bootstrap, partitions):
            history.feed(record)
            yield record

    told = load.written.compare(topics, fed(), complaints)
    history.finish()
    assert not complaints, f"{complaints.count} complaints:\n{complaints}"
    assert history.changes == load.written.count == told
    return told
