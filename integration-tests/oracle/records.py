# SPDX-License-Identifier: Apache-2.0
"""A record as it came out of Kafka, and the change that its value tells."""

from __future__ import annotations

import json
from typing import Any, NamedTuple


class Record(NamedTuple):
    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: list[tuple[str, bytes]] | None = None

    def header(self, name: str) -> bytes | None:
        for header, value in self.headers or ():
            if header == name:
                return value
        return None

    def __str__(self) -> str:
        key = "no key" if self.key is None else self.key.decode(errors="replace")[-200:]
        return f"{self.topic}[{self.partition}]@{self.offset} {key}"


# Headers of the two records that a change of the primary key becomes.
NEW_KEY = "__debezium.newkey"
OLD_KEY = "__debezium.oldkey"


class Position(NamedTuple):
    """Orders changes as the binlog does: names of binlog files end in a growing number."""

    file: int
    offset: int
    row: int

    @classmethod
    def of(cls, source: dict[str, Any]) -> Position:
        return cls(int(source["file"].rpartition(".")[2]), source["pos"], source["row"])


# Connect has no unsigned 64-bit number: with schemas such columns are digits in a string of this name.
_UNSIGNED = "io.rowmill.data.UInt64"


def without_schema(document: Any) -> Any:
    """The payload of a document written with schemas.enable=true, else the document itself."""
    if isinstance(document, dict) and document.keys() == {"schema", "payload"}:
        return _numbers_restored(document["schema"], document["payload"])
    return document


def _numbers_restored(schema: dict[str, Any], value: Any) -> Any:
    if value is None:
        return None
    if schema["type"] == "struct":
        return {field["field"]: _numbers_restored(field, value.get(field["field"])) for field in schema["fields"]}
    return int(value) if schema.get("name") == _UNSIGNED else value


def envelope(record: Record) -> dict[str, Any]:
    """The change record's value: before, after, source, op, ts_ms."""
    return without_schema(json.loads(record.value))


def key_fields(key: bytes) -> dict[str, Any]:
    return without_schema(json.loads(key))
