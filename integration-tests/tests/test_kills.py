# SPDX-License-Identifier: Apache-2.0
"""Whatever is killed and whenever, every change is seen exactly once.

The pauses here choose the moment of a fault; nothing waits for them."""

from __future__ import annotations

import os
import random
import signal
import time

import pytest
from confluent_kafka import TopicPartition

from oracle import kafka_reader
from support.rowmill import LEADS, TIMED_OUT
from support.waiting import poll_until

pytestmark = pytest.mark.kills

KILLS = int(os.environ.get("KILLS", 25))
# Enough to keep the worker busy, little enough for it to catch up between the faults.
PACE = 5000


def test_worker_killed_at_random_moments(scenario, mysql, kafka, seed):
    chance = random.Random(seed)
    s = scenario(mysql, kafka)
    load = s.load(seed)
    s.start_streaming()
    load.start(10**9, changes_a_second=PACE)
    streamed = 0
    for _ in range(KILLS):
        # Some die before they lead, most in the midst of their work.
        time.sleep(chance.choice((0.1, 0.5, 2.0, 4.0)) * chance.random())
        s.worker.kill()
        streamed += s.worker.logged("source offset recovered")
        s.worker.start()
    load.stop()
    print(f"{KILLS} kills, {streamed} of them after the source offset was recovered")
    s.catch_up(300)
    s.judge_load()
    assert streamed >= KILLS // 4, "the kills struck too early to mean much"


def test_kafka_killed_three_times(scenario, mysql, kafka, seed):
    chance = random.Random(seed)
    s = scenario(mysql, kafka)
    load = s.load(seed)
    s.start_streaming()
    load.start(10**9, changes_a_second=PACE)
    for _ in range(3):
        time.sleep(1 + 2 * chance.random())
        kafka.kill()
        time.sleep(chance.random())
        kafka.start()
        s.catch_up(180)
    load.stop()
    s.catch_up(180)
    s.judge_load()


def test_mysql_killed_three_times(scenario, own_server, kafka, seed):
    chance = random.Random(seed)
    server = own_server("mysql")
    s = scenario(server, kafka)
    load = s.load(seed)
    s.start_streaming()
    load.start(10**9, changes_a_second=PACE)
    for _ in range(3):
        time.sleep(1 + 2 * chance.random())
        server.kill()
        time.sleep(chance.random())
        server.start()
        s.catch_up(180)
    load.stop()
    s.catch_up(180)
    s.judge_load()


def test_worker_stopped_beyond_the_transaction_timeout_finds_itself_fenced(scenario, mysql, kafka):
    s = scenario(mysql, kafka)
    s.create("big (id INT PRIMARY KEY, name VARCHAR(40))")
    s.worker.worker |= {"producer.transaction.timeout.ms": 6000}
    s.worker.connector |= {"transaction.cut.ms": 5000, "topic.creation.default.partitions": 1}
    s.start_streaming()
    s.sql("INSERT INTO big VALUES (0, 'makes the topic')")
    s.wait_for_changes(1)

    rows = 300_000
    s.sql(
        "SET cte_max_recursion_depth = 1000000",
        f"INSERT INTO big WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})"
        " SELECT i, CONCAT('row number ', i) FROM n",
    )
    end_before = _end_for(s, "read_committed")
    poll_until(lambda: _end_for(s, "read_uncommitted") > end_before, 60, "an open transaction", interval=0.001)
    s.worker.signal(signal.SIGSTOP)
    try:
        assert _end_for(s, "read_committed") == end_before, "the transaction was over before it could be stopped"
        # Kafka gives it up: what is behind the committed end becomes readable as aborted.
        poll_until(
            lambda: _end_for(s, "read_committed") == _end_for(s, "read_uncommitted"), 60, "Kafka to end the transaction"
        )
    finally:
        s.worker.signal(signal.SIGCONT)
    s.worker.wait_until_logged(TIMED_OUT)
    s.worker.wait_until_logged(LEADS, times=2)
    s.wait_for_key("big", {"id": rows})
    s.judge(rows + 1)


def _end_for(s, isolation: str) -> int:
    """End of the only partition of `big`, as this kind of reader sees it."""
    client = kafka_reader.consumer(s.kafka.bootstrap, isolation)
    try:
        return client.get_watermark_offsets(TopicPartition(s.topic("big"), 0), timeout=10)[1]
    finally:
        client.close()
