# SPDX-License-Identifier: Apache-2.0
"""The oracle against a real broker and a real server, before anything is judged by it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from confluent_kafka import Producer
from confluent_kafka.admin import AdminClient, NewTopic

from oracle.records import Record
from oracle.tests.sample import CHANGES, PARTITIONS, flawless
from support.servers import Database, Kafka

ORACLE = Path(__file__).resolve().parents[1] / "oracle" / "oracle.py"
PREFIX = "oracle"
TOPIC = f"{PREFIX}.oracle_shop.items"


def produce(kafka: Kafka, records: list[Record], *, commit: bool) -> None:
    producer = Producer({"bootstrap.servers": kafka.bootstrap, "transactional.id": "oracle-live"})
    producer.init_transactions()
    producer.begin_transaction()
    for record in records:
        producer.produce(TOPIC, record.value, record.key, record.partition, headers=record.headers or [])
    producer.flush()
    producer.commit_transaction() if commit else producer.abort_transaction()


def ask(kafka: Kafka, mysql: Database, *arguments: str) -> subprocess.CompletedProcess[str]:
    server = f"{mysql.host}:{mysql.port}"
    command = [sys.executable, ORACLE, "--bootstrap", kafka.bootstrap, "--server", server, "--prefix", PREFIX]
    return subprocess.run([*command, *arguments, "oracle_shop"], capture_output=True, text=True)


def test_oracle_reads_real_topics_and_tables(kafka: Kafka, mysql: Database):
    admin = AdminClient({"bootstrap.servers": kafka.bootstrap})
    for future in admin.create_topics([NewTopic(TOPIC, PARTITIONS, 1)]).values():
        future.result()
    mysql.sql(
        "CREATE DATABASE oracle_shop",
        "CREATE TABLE oracle_shop.items (id BIGINT PRIMARY KEY, name VARCHAR(20), price DOUBLE)",
        "INSERT INTO oracle_shop.items VALUES (2, 'again', 0.1), (40, 'moved', 7)",
        *(f"INSERT INTO oracle_shop.items VALUES ({identity}, NULL, 7)" for identity in range(5, 10)),
    )
    records = flawless()

    produce(kafka, records[:10], commit=False)
    produce(kafka, records, commit=True)
    produce(kafka, records[-1:], commit=False)
    agreed = ask(kafka, mysql, "--changes", str(CHANGES))
    assert agreed.returncode == 0, agreed.stdout + agreed.stderr
    assert "agree" in agreed.stdout and f"{CHANGES} changes" in agreed.stdout

    miscounted = ask(kafka, mysql, "--changes", str(CHANGES + 1))
    assert miscounted.returncode == 1
    assert f"{CHANGES + 1} changes were made, the topics tell of {CHANGES}" in miscounted.stdout

    mysql.sql("UPDATE oracle_shop.items SET name = 'other' WHERE id = 2")
    differing = ask(kafka, mysql)
    assert differing.returncode == 1
    assert "column name is 'again' in the topic, 'other' in the table" in differing.stdout
    assert "DISAGREE, 1 complaints" in differing.stdout

    mysql.sql("UPDATE oracle_shop.items SET name = 'again' WHERE id = 2")
    produce(kafka, records[-1:], commit=True)
    doubled = ask(kafka, mysql)
    assert doubled.returncode == 1
    assert "was there before" in doubled.stdout


def test_oracle_says_when_it_cannot_find_out(kafka: Kafka, mysql: Database):
    wrong = subprocess.run(
        [sys.executable, ORACLE, "--bootstrap", kafka.bootstrap, "--server", "127.0.0.1:1", "--prefix", "x", "db"],
        capture_output=True,
        text=True,
    )
    assert wrong.returncode == 2
    assert "could not find out" in wrong.stderr
