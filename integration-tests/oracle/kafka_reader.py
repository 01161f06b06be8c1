# SPDX-License-Identifier: Apache-2.0
"""Reads topics as a read_committed consumer sees them, with a client other than the product's own code."""

from __future__ import annotations

import time
from collections.abc import Iterator

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, KafkaException, TopicPartition

from oracle.records import Record

_WATERMARK_SECONDS = 10
PASSING = (
    KafkaError.NOT_LEADER_FOR_PARTITION,
    KafkaError.LEADER_NOT_AVAILABLE,
    KafkaError.UNKNOWN_TOPIC_OR_PART,
    KafkaError.OFFSET_NOT_AVAILABLE,
    KafkaError._TRANSPORT,
    KafkaError._TIMED_OUT,
    KafkaError._ALL_BROKERS_DOWN,
)


class Unfinished(Exception):
    """A transaction stayed open, so the end of a topic could not be read."""


def consumer(bootstrap: str, isolation: str = "read_committed") -> Consumer:
    return Consumer(
        {
            "bootstrap.servers": bootstrap,
            "group.id": "rowmill-oracle",  # never joined: partitions are assigned by hand
            "enable.auto.commit": False,
            "enable.partition.eof": True,
            "isolation.level": isolation,
            "auto.offset.reset": "error",
            "fetch.wait.max.ms": 20,
            "queued.max.messages.kbytes": 32768,
            "log_level": 3,
        }
    )


def partition_counts(bootstrap: str, topics: list[str] | None = None, prefix: str = "") -> dict[str, int]:
    """Partitions of the topics that exist, out of `topics` or of all that begin with `prefix`."""
    client = consumer(bootstrap)
    try:
        known = client.list_topics(timeout=_WATERMARK_SECONDS).topics
    finally:
        client.close()
    wanted = known if topics is None else topics
    return {
        topic: len(known[topic].partitions)
        for topic in wanted
        if topic in known and topic.startswith(prefix) and known[topic].partitions
    }


def ends(
    bootstrap: str, partitions: dict[str, int], isolation: str = "read_uncommitted"
) -> dict[tuple[str, int], int]:
    """The high watermarks; for read_committed readers the last stable offsets."""
    client = consumer(bootstrap, isolation)
    deadline = time.monotonic() + _WATERMARK_SECONDS
    try:
        return {
            (topic, partition): _end(client, TopicPartition(topic, partition), deadline)
            for topic, count in partitions.items()
            for partition in range(count)
        }
    finally:
        client.close()


def _end(client: Consumer, where: TopicPartition, deadline: float) -> int:
    while True:
        try:
            return client.get_watermark_offsets(where, timeout=_WATERMARK_SECONDS)[1]
        except KafkaException as error:
            # A topic that was just created has no leader for a moment, nor has one whose broker just started.
            if time.monotonic() > deadline or error.args[0].code() not in PASSING:
                raise
            client.poll(0.05)


def read_committed(
    bootstrap: str,
    partitions: dict[str, int],
    *,
    start: dict[tuple[str, int], int] | None = None,
    limits: dict[tuple[str, int], int] | None = None,
    seconds: float = 120,
) -> Iterator[Record]:
    """All committed records up to `limits`, by default the high watermarks of now. Waits for open transactions
    below them to end; raises Unfinished when nothing moves for `seconds`."""
    if limits is None:
        limits = ends(bootstrap, partitions)
    limits = {where: end for where, end in limits.items() if end > 0}
    client = consumer(bootstrap)
    client.assign([TopicPartition(*where, (start or {}).get(where, OFFSET_BEGINNING)) for where in limits])
    deadline = time.monotonic() + seconds
    try:
        while limits:
            messages = client.consume(10_000, timeout=0.2)
            if time.monotonic() > deadline:
                raise Unfinished(f"not all was readable after {seconds} s; missing up to {limits}")
            for message in messages:
                error = message.error()
                if error is None:
                    deadline = time.monotonic() + seconds
                    yield Record(
                        message.topic(),
                        message.partition(),
                        message.offset(),
                        message.key(),
                        message.value(),
                        message.headers(),
                    )
                elif error.code() == KafkaError._PARTITION_EOF:
                    # Its offset counts the markers of transactions, which position() does not.
                    where = (message.topic(), message.partition())
                    if where in limits and message.offset() >= limits[where]:
                        del limits[where]
                elif error.code() not in PASSING:
                    raise KafkaException(error)
    finally:
        client.close()
