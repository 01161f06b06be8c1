# SPDX-License-Identifier: Apache-2.0
"""A flawless history of one small table, as a list of records, for tests to spoil."""

from __future__ import annotations

import json
from typing import Any

from oracle.compare import compare
from oracle.history import History
from oracle.murmur2 import partition_of
from oracle.records import NEW_KEY, OLD_KEY, Record
from oracle.server_tables import Column, TableShape

TOPIC = "p.shop.items"
PARTITIONS = 3
SHAPE = TableShape("shop", "items", [Column("id", "bigint"), Column("name", "varchar"), Column("price", "double")], ["id"])

Image = dict[str, Any]


def image(identity: int, name: str | None, price: float | None = None) -> Image:
    return {"id": identity, "name": name, "price": price}


class Sample:
    """Writes records as the product would: one Kafka transaction for each source transaction."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self._offsets = [0] * PARTITIONS
        self._touched: set[int] = set()
        self._transaction = 0
        self._row = 0

    def begin(self) -> None:
        """Ends the transaction before: its marker takes an offset in each partition that it wrote to."""
        for partition in self._touched:
            self._offsets[partition] += 1
        self._touched.clear()
        self._transaction += 1
        self._row = 0

    def insert(self, after: Image) -> None:
        self._change("c", None, after)

    def update(self, before: Image, after: Image) -> None:
        if before["id"] == after["id"]:
            self._change("u", before, after)
            return
        self._change("d", before, None, [(NEW_KEY, key_of(after))])
        self._row -= 1
        self._change("c", None, after, [(OLD_KEY, key_of(before))])

    def delete(self, before: Image) -> None:
        self._change("d", before, None)

    def _change(
        self, op: str, before: Image | None, after: Image | None, headers: list[tuple[str, bytes]] | None = None
    ) -> None:
        source = {
            "file": "binlog.000001",
            "pos": 1000 * self._transaction,
            "row": self._row,
            "gtid": f"uuid:{self._transaction}",
        }
        self._row += 1
        value = {"before": before, "after": after, "source": source, "op": op, "ts_ms": 1}
        key = key_of(after or before)
        self._append(key, json.dumps(value).encode(), headers)
        if op == "d":
            self._append(key, None, None)

    def _append(self, key: bytes, value: bytes | None, headers: list[tuple[str, bytes]] | None) -> None:
        partition = partition_of(key, PARTITIONS)
        self.records.append(Record(TOPIC, partition, self._offsets[partition], key, value, headers))
        self._offsets[partition] += 1
        self._touched.add(partition)


def key_of(row: Image) -> bytes:
    return json.dumps({"id": row["id"]}, separators=(",", ":")).encode()


def flawless() -> list[Record]:
    """Rows 1 to 9 inserted, updated twice; 1 to 3 deleted, 2 inserted again, 4 becomes 40."""
    sample = Sample()
    for round_, name in enumerate(["a", "b", None]):
        sample.begin()
        for identity in range(1, 10):
            if round_ == 0:
                sample.insert(image(identity, "a", 5))
            else:
                sample.update(image(identity, "ab"[round_ - 1], 5 + round_ - 1), image(identity, name, 5 + round_))
    sample.begin()
    for identity in (1, 2, 3):
        sample.delete(image(identity, None, 7))
    sample.begin()
    sample.insert(image(2, "again", 0.1))
    sample.update(image(4, None, 7), image(40, "moved", 7))
    return sample.records


CHANGES = 9 * 3 + 3 + 1 + 1
TABLE_ROWS = [(2, "again", 0.1), (40, "moved", 7.0), *((identity, None, 7.0) for identity in range(5, 10))]


def complaints_about(records: list[Record], table_rows: list[tuple] | None = None, **options: bool) -> str:
    """What the oracle says of these records and rows; empty when it agrees."""
    history = History({TOPIC: PARTITIONS}, **options)
    for record in records:
        history.feed(record)
    history.finish()
    compare(history.tables[TOPIC], SHAPE, TABLE_ROWS if table_rows is None else table_rows, history.complaints)
    return str(history.complaints)
