#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Measures draining a backlog of single-table inserts from MySQL into Kafka, all on this machine: rows/s, CPU seconds
of the worker per million rows, peak memory. ROWS (1600000) sets the size."""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path

from confluent_kafka import Consumer, TopicPartition

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.rowmill import Worker, connector_settings, worker_settings  # noqa: E402
from support.servers import Database, Kafka, make_folder  # noqa: E402
from support.waiting import poll_until  # noqa: E402

ROWS = int(os.environ.get("ROWS", "1600000"))
PARTITIONS = 4
# INSERT ... SELECT of so many rows at a time: MySQL writes each as one transaction.
BLOCK = 400_000

TABLE = """CREATE TABLE bench.t (
  id BIGINT UNSIGNED PRIMARY KEY AUTO_INCREMENT, a INT, name VARCHAR(40), s SMALLINT UNSIGNED, price DECIMAL(12,2),
  state ENUM('new','paid','sent'), note VARCHAR(60) NULL, j JSON, dt DATETIME(6), ts TIMESTAMP(3))"""
COLUMNS = "a, name, s, price, state, note, j, dt, ts"
ROW = """i, CONCAT('customer ', i), i % 65536, i * 1.01, 1 + i % 3, IF(i % 3 = 0, NULL, CONCAT('note ', i)),
  JSON_OBJECT('k', i, 'v', 'x'), '2024-01-01 00:00:00.123456' + INTERVAL i SECOND, '2024-01-01 00:00:00.123' + INTERVAL i SECOND"""


def load(mysql: Database) -> None:
    mysql.sql("CREATE DATABASE bench", TABLE)
    for done in range(0, ROWS, BLOCK):
        count = min(BLOCK, ROWS - done)
        mysql.sql(
            f"SET SESSION cte_max_recursion_depth = {count}",
            f"INSERT INTO bench.t ({COLUMNS}) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})"
            f" SELECT {ROW} FROM n",
        )
        print(f"{done + count} rows in MySQL", flush=True)


def records_in(kafka: Kafka, topic: str) -> int:
    """Up to the high watermark: what the worker has produced, committed or not, with a control record here and there."""
    consumer = Consumer({"bootstrap.servers": kafka.bootstrap, "group.id": "bench"})
    try:
        ends = [consumer.get_watermark_offsets(TopicPartition(topic, p), timeout=10) for p in range(PARTITIONS)]
    except Exception:  # noqa: BLE001 - the topic is not there yet
        return 0
    finally:
        consumer.close()
    return sum(end for _, end in ends)


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> int:
    folder = make_folder()
    mysql, kafka = Database("mysql", folder / "mysql"), Kafka(folder / "kafka")
    try:
        mysql.start()
        kafka.start()
        load(mysql)
        settings = connector_settings(mysql, "bench", r"bench\.t")
        settings["start.position"] = "earliest"
        settings["topic.creation.default.partitions"] = PARTITIONS
        worker = Worker(folder / "worker", worker_settings(kafka.bootstrap, "bench"), settings)
        worker.start()
        worker.wait_until_logged("reading the binlog")
        begin = time.monotonic()
        poll_until(lambda: records_in(kafka, "bench.bench.t") >= ROWS, 600, "all rows in Kafka", check=worker.check)
        seconds = time.monotonic() - begin
        cpu, peak = cpu_seconds(worker.pid), worker.sample_rss()
        if worker.stop() != 0 or f"changes={ROWS} " not in worker.log_since_start():
            print(worker.log_since_start())
            return 1
        print(
            f"{ROWS} rows in {seconds:.1f} s: {ROWS / seconds:,.0f} rows/s, "
            f"{cpu / ROWS * 1e6:.2f} CPU s per million rows, {peak / 1024:.0f} MiB peak"
        )
        return 0
    finally:
        kafka.stop()
        mysql.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
