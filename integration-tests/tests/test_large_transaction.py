# SPDX-License-Identifier: Apache-2.0
"""Transactions far larger than memory should hold."""

from __future__ import annotations

import random

from confluent_kafka import TopicPartition

from oracle import kafka_reader
from support.rowmill import CUT
from support.waiting import poll_until

LIMIT_KIB = 128 * 1024
_NUMBERS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})"
_INSERT = f"INSERT INTO big {_NUMBERS} SELECT i, CONCAT('name of ', i), i * 7, IF(i % 5, NULL, 1.5) FROM n"
TABLE = "big (id INT PRIMARY KEY, name VARCHAR(40) NOT NULL, amount BIGINT, price DOUBLE)"


class Watch:
    """Ends of the only partition of a topic, for both kinds of readers."""

    def __init__(self, s) -> None:
        self._where = TopicPartition(s.topic("big"), 0)
        self._committed = kafka_reader.consumer(s.kafka.bootstrap)
        self._uncommitted = kafka_reader.consumer(s.kafka.bootstrap, "read_uncommitted")

    def committed(self) -> int:
        return self._committed.get_watermark_offsets(self._where, timeout=10)[1]

    def written(self) -> int:
        return self._uncommitted.get_watermark_offsets(self._where, timeout=10)[1]


def insert(s, rows: int) -> None:
    s.sql(f"SET cte_max_recursion_depth = {rows}", _INSERT.format(rows=rows))


def start(s) -> Watch:
    """One partition: there the moment of the commit is one moment."""
    s.create(TABLE)
    s.worker.connector["topic.creation.default.partitions"] = 1
    s.start_streaming()
    s.sql("INSERT INTO big VALUES (-1, 'makes the topic', NULL, NULL)")
    s.wait_for_changes(1)
    return Watch(s)


def test_million_rows_pass_whole_and_in_flat_memory(scenario, mysql, kafka):
    rows = 1_000_000
    s = scenario(mysql, kafka)
    # Time must not cut it, however slow the machine.
    s.worker.worker["producer.transaction.timeout.ms"] = 600_000
    s.worker.connector["transaction.cut.ms"] = 500_000
    watch = start(s)
    before = watch.committed()
    insert(s, rows)

    def whole() -> bool:
        committed = watch.committed()
        written = watch.written()
        assert s.worker.sample_rss() < LIMIT_KIB, f"{s.worker.peak_rss_kib} KiB resident"
        assert committed == before or written >= before + rows, f"visible in part: {committed} of {written}"
        return committed >= before + rows

    poll_until(whole, 180, "the transaction to be visible", check=s.worker.check)
    print(f"highest resident size {s.worker.sample_rss()} KiB")
    s.judge(rows + 1)


def test_cut_transaction_survives_kills_exactly(scenario, mysql, kafka, seed):
    rows, cut = 500_000, 100_000
    chance = random.Random(seed)
    s = scenario(mysql, kafka)
    s.worker.connector["transaction.cut.rows"] = cut
    watch = start(s)
    insert(s, rows)
    cuts = 0
    for kill in range(3):
        # Right after another cut was committed, or a while into the next.
        goal = min(watch.committed() + cut + chance.choice((1, cut // 3)), rows)
        poll_until(lambda: watch.written() > goal, 60, "more of it", check=s.worker.check, interval=0.002)
        s.worker.kill()
        cuts += s.worker.logged(CUT)
        committed = watch.committed()
        s.worker.start()
        print(f"kill {kill + 1} with {committed} records committed")
    s.wait_for_key("big", {"id": rows})
    cuts += s.worker.logged(CUT)
    assert cuts >= 2, "it was not cut"
    s.judge(rows + 1, cuts_allowed=True)
