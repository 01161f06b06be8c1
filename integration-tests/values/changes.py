# SPDX-License-Identifier: Apache-2.0
"""A table's change records in the order of its changes, read as they come."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

from confluent_kafka import OFFSET_BEGINNING, KafkaError, KafkaException, TopicPartition

from oracle import kafka_reader
from support.rowmill import Settings, Worker
from support.scenario import Scenario

Change = dict[str, Any]  # the envelope: before, after, source, op, ts_ms

# The order of a topic is that of its table only in one partition.
SETTINGS: Settings = {"topic.creation.default.partitions": 1}


class ChangeReader:
    """Envelopes of committed records; tombstones are passed over. Remembers how far it has read."""

    def __init__(self, scenario: Scenario, table: str, *, worker: Worker | None = None) -> None:
        self._topic = scenario.topic(table)
        self._check = (worker or scenario.worker).check
        self._client = kafka_reader.consumer(scenario.kafka.bootstrap)
        self._bootstrap = scenario.kafka.bootstrap
        self._assigned = False
        self._end = 0  # the offset up to which all was read
        self._waiting: list[Change] = []

    def take(self, count: int, *, seconds: float = 60) -> list[Change]:
        """The next `count` changes; fails when nothing comes for `seconds` or the worker ends."""
        return list(self.each(count, seconds=seconds))

    def each(self, count: int, *, seconds: float = 60) -> Iterator[Change]:
        """take(), one by one."""
        deadline = time.monotonic() + seconds
        while count:
            if not self._waiting:
                self._waiting = self._read()
                self._waiting.reverse()
                if self._waiting:
                    deadline = time.monotonic() + seconds
                    continue
                self._check()
                assert time.monotonic() < deadline, f"{self._topic}: {count} more changes are missing"
                continue
            count -= 1
            yield self._waiting.pop()

    def expect_end(self) -> None:
        """Nothing more has been committed than what was taken."""
        partitions = kafka_reader.partition_counts(self._bootstrap, [self._topic])
        limits = kafka_reader.ends(self._bootstrap, partitions, "read_committed")
        left = len(self._waiting)
        while self._end < limits.get((self._topic, 0), 0):
            left += len(self._read())
        assert left == 0, f"{self._topic}: {left} changes more than expected"

    def close(self) -> None:
        self._client.close()

    def _read(self) -> list[Change]:
        if not self._assigned:
            partitions = kafka_reader.partition_counts(self._bootstrap, [self._topic])
            if not partitions:
                time.sleep(0.05)
                return []
            assert partitions[self._topic] == 1, "see SETTINGS"
            self._client.assign([TopicPartition(self._topic, 0, OFFSET_BEGINNING)])
            self._assigned = True
        found = []
        for message in self._client.consume(2000, timeout=0.1):
            error = message.error()
            if error is None:
                if message.value() is not None:
                    found.append(parsed(message.value()))
            elif error.code() == KafkaError._PARTITION_EOF:
                self._end = message.offset()
            elif error.code() not in kafka_reader.PASSING:
                raise KafkaException(error)
        return found


def parsed(value: bytes) -> Change:
    """With -0 told from 0, as only a FLOAT or DOUBLE can be."""
    return json.loads(value, parse_int=_whole)


def _whole(digits: str) -> int | float:
    return -0.0 if digits == "-0" else int(digits)
