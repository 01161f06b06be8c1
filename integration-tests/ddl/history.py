# SPDX-License-Identifier: Apache-2.0
"""The worker's history of definitions, in the catalog's form: see schemas/schema-history.schema.json."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from confluent_kafka.admin import AdminClient, NewTopic

from ddl.catalog import Column, Key, Table
from oracle import kafka_reader
from support.scenario import Scenario

Place = tuple[str, int]  # file and offset

_TEXT = ("char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set")
_FRACTIONS = ("time", "datetime", "timestamp")


class Entry(NamedTuple):
    where: tuple[str, str]
    place: Place | None  # of a tombstone nothing is known
    table: Table | None


def topic_of(scenario: Scenario) -> str:
    return f"{scenario.name}.schema-history"


def create_topic(scenario: Scenario) -> None:
    """As the worker would, but nothing is compacted while a test reads it."""
    keep = {"cleanup.policy": "compact", "min.compaction.lag.ms": str(24 * 3600 * 1000)}
    topic = NewTopic(topic_of(scenario), num_partitions=1, replication_factor=1, config=keep)
    admin = AdminClient({"bootstrap.servers": scenario.kafka.bootstrap})
    for made in admin.create_topics([topic]).values():
        made.result(30)


def read(scenario: Scenario) -> list[Entry]:
    """All that is committed, in order."""
    partitions = {topic_of(scenario): 1}
    limits = kafka_reader.ends(scenario.kafka.bootstrap, partitions, "read_committed")
    found = []
    for record in kafka_reader.read_committed(scenario.kafka.bootstrap, partitions, limits=limits):
        key = json.loads(record.key)
        if "table" not in key:
            continue
        value = None if record.value is None else json.loads(record.value)
        place = None if value is None else (value["at"]["file"], value["at"]["pos"])
        found.append(Entry((key["database"], key["table"]), place, None if value is None else definition(value)))
    return found


def definition(value: dict[str, Any]) -> Table:
    if value.get("sequence"):
        return Table("", sequence=True)
    collation = value.get("collation", "")
    keys = {key["name"]: _key(key) for key in value.get("keys", [])}
    return Table(
        collation,
        tuple(_column(column, collation) for column in value.get("columns", [])),
        tuple(sorted(keys.items())),
        value.get("hidden_versioning", False),
    )


def _key(key: dict[str, Any]) -> Key:
    return Key(tuple(key["columns"]), key.get("partial", False), key.get("hash", False))


def _column(column: dict[str, Any], of_table: str) -> Column:
    return Column(
        column["name"],
        _type(column),
        column.get("nullable", True),
        column.get("collation", of_table if column["type"] in _TEXT else ""),
        column.get("generated", ""),
        column.get("auto_increment", False),
        column.get("invisible", False),
    )


def _type(column: dict[str, Any]) -> str:
    """As COLUMN_TYPE says it."""
    base, length, scale = column["type"], column.get("length"), column.get("scale", 0)
    if base in ("decimal", "float", "double"):
        size = "" if length is None else f"({length},{scale})"
    elif base in _FRACTIONS:
        size = f"({scale})" if scale else ""
    elif base in ("enum", "set"):
        size = f"({','.join(map(_label, column['labels']))})"
    else:
        size = "" if length is None else f"({length})"
    words = [base + size]
    words += [word for word in ("unsigned", "zerofill") if column.get(word)]
    if column.get("compressed"):
        words.append("/*M!100301 COMPRESSED*/")
    return " ".join(words)


def _label(label: str) -> str:
    """The catalog has ? for what is beyond the BMP."""
    shown = "".join(letter if letter <= "\uffff" else "?" for letter in label)
    for letter, escaped in (("\\", "\\\\"), ("\0", "\\0"), ("\n", "\\n"), ("\r", "\\r"), ("'", "''")):
        shown = shown.replace(letter, escaped)
    return f"'{shown}'"
