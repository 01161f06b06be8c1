# SPDX-License-Identifier: Apache-2.0
"""Transactions of a gigabyte: making one, and comparing what came of it with the tables without holding either."""

from __future__ import annotations

import json
import random
import zlib
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from confluent_kafka.admin import AdminClient

from oracle import kafka_reader
from support.scenario import Scenario
from support.servers import Database

# Rows that differ, of about a kilobyte. They are repeated, but as far apart as no compressor of a binlog looks back
# (zstd at the server's level 3: 2 MB).
DISTINCT_ROWS = 1 << 15
_PHRASES = 1 << 12
_PHRASES_OF_A_ROW = 40
_SEEDS = "seeds"


class Tables(NamedTuple):
    """Tables big_0, big_1, … with all rows between them."""

    count: int
    rows: int
    binary: bool = False

    @property
    def names(self) -> list[str]:
        return [f"big_{number}" for number in range(self.count)]

    def definitions(self) -> list[str]:
        body = "VARBINARY(1000)" if self.binary else "VARCHAR(1000)"
        return [f"{name} (id INT PRIMARY KEY, body {body} NOT NULL, amount BIGINT)" for name in self.names]

    def statements(self, seeds: str) -> list[str]:
        """Those that fill them from the database `seeds`; rows are dealt to the tables in blocks."""
        share = -(-self.rows // self.count)
        blocks = ((first, min(first + share, self.rows) - 1) for first in range(0, self.rows, share))
        number = f"n.n * {DISTINCT_ROWS} + s.id"
        return [
            f"INSERT INTO {name} SELECT {number}, s.body, s.id * 7"
            f" FROM {seeds}.copies n STRAIGHT_JOIN {seeds}.{_SEEDS} s"
            f" WHERE n.n BETWEEN {first // DISTINCT_ROWS} AND {last // DISTINCT_ROWS}"
            f" AND {number} BETWEEN {first} AND {last} ORDER BY n.n, s.id"
            for name, (first, last) in zip(self.names, blocks)
        ]


def make_seeds(server: Database, database: str, seed: int, *, compressible: bool = True) -> None:
    """The rows that huge transactions are made of, in a database that no connector captures."""
    chance = random.Random(seed)
    bodies = _texts(chance) if compressible else (chance.randbytes(1000) for _ in range(DISTINCT_ROWS))
    server.sql(
        f"CREATE DATABASE {database}",
        f"CREATE TABLE {database}.{_SEEDS} (id INT PRIMARY KEY, body VARBINARY(2000) NOT NULL)",
        f"CREATE TABLE {database}.copies (n INT PRIMARY KEY)",
        f"INSERT INTO {database}.copies VALUES {', '.join(f'({n})' for n in range(64))}",
    )
    connection = server.connect(database=database)
    try:
        with connection.cursor() as cursor:
            for first in range(0, DISTINCT_ROWS, 1024):
                rows = ((first + n, next(bodies)) for n in range(1024))
                values = ", ".join(f"({identity}, x'{body.hex()}')" for identity, body in rows)
                cursor.execute(f"INSERT INTO {_SEEDS} VALUES {values}")
    finally:
        connection.close()


def _texts(chance: random.Random) -> Iterator[bytes]:
    """Like the texts of a shop: phrases that come again and again, names and numbers between them."""
    letters = "eeeetttaaooiinnsshhrrddlucmfwygp"
    words = ["".join(chance.choices(letters, k=chance.randint(2, 9))) for _ in range(2000)]
    phrases = [" ".join(chance.choices(words, k=4)) for _ in range(_PHRASES)]
    for number in range(DISTINCT_ROWS):
        yield (f"order {chance.randrange(10**9)}: " + ", ".join(chance.choices(phrases, k=_PHRASES_OF_A_ROW))).encode()[:1000]


class Sum(NamedTuple):
    """Of one table: rows, and the sum of their CRC-32, which does not depend on their order."""

    rows: int
    crc: int


def sums_of_tables(scenario: Scenario, tables: Tables) -> dict[str, Sum]:
    """As SELECT computes them."""
    body = "REPLACE(TO_BASE64(body), '\\n', '')" if tables.binary else "body"
    row = f"CRC32(CONCAT_WS('|', id, {body}, amount))"
    return {
        name: Sum(*map(int, scenario.sql(f"SELECT COUNT(*), COALESCE(SUM({row}), 0) FROM {name}")[0]))
        for name in tables.names
    }


def committed(scenario: Scenario, tables: Tables) -> int:
    """How far a read_committed reader can read, over all topics: rows, and the marks of transactions."""
    ends = kafka_reader.ends(scenario.kafka.bootstrap, _partitions(scenario, tables), "read_committed")
    return sum(ends.values())


def _partitions(scenario: Scenario, tables: Tables) -> dict[str, int]:
    wanted = set(tables.names)
    return {topic: count for topic, count in scenario.partitions().items() if topic.rpartition(".")[2] in wanted}


def sums_of_topics(scenario: Scenario, tables: Tables) -> dict[str, Sum]:
    """As a read_committed reader computes them, one record at a time. Fails on a row that comes twice."""
    seen = bytearray(tables.rows)
    rows: defaultdict[str, int] = defaultdict(int)
    crcs: defaultdict[str, int] = defaultdict(int)
    for record in kafka_reader.read_committed(scenario.kafka.bootstrap, _partitions(scenario, tables)):
        change = json.loads(record.value)
        after = change["after"]
        identity, body = after["id"], after["body"]
        assert change["op"] == "c" and not seen[identity], f"{record}: op {change['op']}, seen before: {seen[identity]}"
        seen[identity] = 1
        name = record.topic.rpartition(".")[2]
        rows[name] += 1
        crcs[name] += zlib.crc32(f"{identity}|{body}|{after['amount']}".encode())
    return {name: Sum(rows[name], crcs[name]) for name in tables.names}


def delete_topics(scenario: Scenario) -> None:
    """They are large."""
    admin = AdminClient({"bootstrap.servers": scenario.kafka.bootstrap})
    for future in admin.delete_topics(list(scenario.partitions())).values():
        future.result()
