# SPDX-License-Identifier: Apache-2.0
"""One test's database, connector and topics, and the questions that tests ask of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from oracle import kafka_reader, server_tables
from oracle.records import Record, envelope, key_fields
from oracle.verdict import Question, Verdict, judge
from support.load import Load
from support.rowmill import Settings, Worker, connector_settings, worker_settings
from support.servers import Database, Kafka
from support.waiting import poll_until


class Scenario:
    """Everything is called `name`: database, topic.prefix, connector, group.id and the offsets topic's ending."""

    def __init__(self, folder: Path, name: str, server: Database, kafka: Kafka) -> None:
        self.name = name
        self.server = server
        self.kafka = kafka
        self.folder = folder / name
        self.worker = self.another_worker("worker")
        self._load: Load | None = None

    def another_worker(self, name: str, worker: Settings | None = None, connector: Settings | None = None) -> Worker:
        """With the same connector, unless the settings given say otherwise."""
        return Worker(
            self.folder / name,
            worker_settings(self.kafka.bootstrap, self.name) | (worker or {}),
            connector_settings(self.server, self.name, rf"{self.name}\..*") | (connector or {}),
        )

    def create(self, *tables: str) -> None:
        """A database with small tables: "items (id INT PRIMARY KEY)"."""
        self.sql(f"DROP DATABASE IF EXISTS `{self.name}`", f"CREATE DATABASE `{self.name}` CHARACTER SET utf8mb4")
        self.sql(*(f"CREATE TABLE {table}" for table in tables))

    def sql(self, *statements: str) -> list[tuple]:
        """In the scenario's database, in one transaction if there is a BEGIN."""
        exists = self.server.sql(f"SHOW DATABASES LIKE '{self.name}'")
        return self.server.sql(*([f"USE `{self.name}`"] if exists else []), *statements)

    def load(self, seed: int, **options: Any) -> Load:
        """Options are those of Load."""
        self._load = Load(self.server, self.name, seed, **options).create()
        return self._load

    def start_streaming(self, worker: Worker | None = None) -> Worker:
        """Starts the worker and waits for its first source offset: what is changed from then on is captured."""
        worker = worker or self.worker
        known = len(self.offsets())
        worker.start()
        poll_until(lambda: len(self.offsets()) > known, 60, "the first source offset", check=worker.check)
        return worker

    # What Kafka has

    def topic(self, table: str) -> str:
        return f"{self.name}.{self.name}.{table}"

    def partitions(self) -> dict[str, int]:
        """Of the topics that consumers read."""
        found = kafka_reader.partition_counts(self.kafka.bootstrap, prefix=f"{self.name}.")
        return {topic: count for topic, count in found.items() if not topic.startswith(f"{self.name}.schema-history")}

    def records(self, *tables: str, start: dict[tuple[str, int], int] | None = None) -> list[Record]:
        """What a read_committed reader sees at this moment, of the tables named or of all."""
        wanted = {self.topic(table) for table in tables}
        partitions = {topic: count for topic, count in self.partitions().items() if not tables or topic in wanted}
        return self._visible(partitions, start)

    def _visible(self, partitions: dict[str, int], start: dict[tuple[str, int], int] | None = None) -> list[Record]:
        """Not beyond the last stable offset: a killed worker's transaction stays open until it is fenced."""
        bootstrap = self.kafka.bootstrap
        limits = kafka_reader.ends(bootstrap, partitions, "read_committed")
        unread = {where: end for where, end in limits.items() if end > (start or {}).get(where, 0)}
        return list(kafka_reader.read_committed(bootstrap, partitions, start=start, limits=unread))

    def changes(self, *tables: str) -> list[dict[str, Any]]:
        """Envelopes of the committed records, without tombstones."""
        return [envelope(record) for record in self.records(*tables) if record.value is not None]

    def ends(self) -> dict[tuple[str, int], int]:
        return kafka_reader.ends(self.kafka.bootstrap, self.partitions())

    def offsets(self) -> list[tuple[Record, dict[str, Any] | None]]:
        """The connector's records in the offsets topic; for one that is there but empty or missing: []."""
        topic = str(self.worker.worker["offset.storage.topic"])
        partitions = kafka_reader.partition_counts(self.kafka.bootstrap, [topic])
        found = []
        for record in self._visible(partitions):
            if record.key is not None and json.loads(record.key)[0] == self.worker.connector["name"]:
                found.append((record, None if record.value is None else json.loads(record.value)))
        return found

    # Waiting and judging

    def wait_for_changes(self, count: int, *tables: str, seconds: float = 60, worker: Worker | None = None) -> None:
        check = (worker or self.worker).check
        poll_until(lambda: len(self.changes(*tables)) >= count, seconds, f"{count} changes in Kafka", check=check)

    def catch_up(self, seconds: float = 120, *, check: Callable[[], None] | None = None) -> None:
        """Until all that the load committed up to now is visible, shown by a last row in its ledger."""
        assert self._load is not None
        identity = self._load.mark("catch up")
        self.wait_for_key("ledger", {"id": identity}, seconds, check=check)

    def wait_for_key(
        self,
        table: str,
        key: dict[str, Any],
        seconds: float = 120,
        *,
        check: Callable[[], None] | None = None,
    ) -> None:
        position: dict[tuple[str, int], int] = {}

        def seen() -> bool:
            for record in self.records(table, start=position):
                position[record.topic, record.partition] = record.offset + 1
                if record.key is not None and key_fields(record.key) == key:
                    return True
            return False

        poll_until(seen, seconds, f"{key} in {table}", check=check or self.worker.check, interval=0.2)

    def judge(self, changes: int | None = None, *, tables: list[str] | None = None, **options: bool) -> Verdict:
        """The oracle's word on the whole database; fails the test if it disagrees."""
        connection = server_tables.connect(self.server.host, self.server.port, "root", "")
        try:
            names = tables or [f"{self.name}.{table}" for table in server_tables.tables_of(connection, self.name)]
            question = Question(
                self.kafka.bootstrap,
                self.name,
                names,
                changes=changes,
                offsets_topic=str(self.worker.worker["offset.storage.topic"]),
                connector=str(self.worker.connector["name"]),
                **options,
            )
            verdict = judge(question, connection)
        finally:
            connection.close()
        print(verdict)
        assert verdict.agrees, f"{verdict}\n{verdict.complaints}"
        return verdict

    def judge_load(self, *, beside: int = 0, gtids: bool = True, **options: bool) -> Verdict:
        """judge(), and the ledger: each transaction is there with exactly its changes. `beside`: changes of
        transactions that the ledger knows nothing of. Without GTIDs only their sum is compared."""
        assert self._load is not None
        verdict = self.judge(self._load.changes() + beside, **options)
        if not gtids:
            return verdict
        for change in self.changes("ledger"):
            transaction, wanted = change["source"]["gtid"], change["after"]["changes"]
            assert verdict.changes_of_transaction[transaction] == wanted, f"{transaction} made {wanted} changes"
        return verdict

    def close(self) -> None:
        if self._load is not None:
            self._load.stop()
        self.worker.kill()
