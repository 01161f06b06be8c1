# SPDX-License-Identifier: Apache-2.0
"""The whole question, asked of a broker and a server: do these topics tell what happened to these tables?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import pymysql

from oracle import kafka_reader, server_tables
from oracle.compare import compare
from oracle.complaints import Complaints
from oracle.history import History
from oracle.offsets_topic import check_offsets, offsets_of


@dataclass
class Question:
    bootstrap: str
    prefix: str
    # database.table; each becomes the topic prefix.database.table.
    tables: list[str]
    # How many changes were committed, when that is known.
    changes: int | None = None
    cuts_allowed: bool = False
    distinct_positions: bool = True
    rising_positions: bool = True
    # Offsets are checked when both are given.
    offsets_topic: str | None = None
    connector: str | None = None


@dataclass
class Verdict:
    complaints: Complaints
    kinds: Counter[str] = field(default_factory=Counter)
    changes: int = 0
    rows: int = 0
    changes_of_transaction: Counter[str] = field(default_factory=Counter)

    @property
    def agrees(self) -> bool:
        return not self.complaints

    def __str__(self) -> str:
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(self.kinds.items()))
        told = f"{self.changes} changes ({kinds or 'none'}), {self.rows} rows equal"
        if self.agrees:
            return f"oracle: topics and tables agree: {told}"
        return f"oracle: topics and tables DISAGREE, {self.complaints.count} complaints: {told}"


def judge(question: Question, connection: pymysql.Connection) -> Verdict:
    topics = {f"{question.prefix}.{table}": table for table in question.tables}
    partitions = kafka_reader.partition_counts(question.bootstrap, list(topics))
    history = History(
        partitions,
        cuts_allowed=question.cuts_allowed,
        distinct_positions=question.distinct_positions,
        rising_positions=question.rising_positions,
    )
    for record in kafka_reader.read_committed(question.bootstrap, partitions):
        history.feed(record)
    history.finish()
    verdict = Verdict(
        history.complaints, history.kinds, history.changes, changes_of_transaction=history.changes_of_transaction
    )
    for topic, name in topics.items():
        shape = server_tables.shape_of(connection, *name.split("."))
        rows = server_tables.rows_of(connection, shape)
        verdict.rows += compare(history.tables.get(topic), shape, rows, verdict.complaints)
    if question.changes is not None and question.changes != history.changes:
        verdict.complaints.add(f"{question.changes} changes were made, the topics tell of {history.changes}")
    if question.offsets_topic and question.connector:
        _judge_offsets(question, verdict.complaints)
    return verdict


def _judge_offsets(question: Question, complaints: Complaints) -> None:
    partitions = kafka_reader.partition_counts(question.bootstrap, [question.offsets_topic])
    records = kafka_reader.read_committed(question.bootstrap, partitions)
    offsets = offsets_of(records, question.connector, question.prefix)
    if not offsets:
        complaints.add(f"{question.offsets_topic}: no offset of {question.connector}")
    check_offsets(offsets, complaints, cuts_allowed=question.cuts_allowed)
