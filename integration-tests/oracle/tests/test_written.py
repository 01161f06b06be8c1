# SPDX-License-Identifier: Apache-2.0
"""Each test spoils records that tell just what was written, across a change of the layout."""

from __future__ import annotations

import json
from typing import Any

import pytest

from oracle.complaints import Complaints
from oracle.records import NEW_KEY, OLD_KEY, Record
from oracle.server_tables import Column
from oracle.written import Layout, Written, WrittenChange

TOPIC = "p.shop.items"


def layout(*columns: str, key: tuple[str, ...]) -> Layout:
    return Layout([Column(name, "int") for name in columns], set(), set(), key, {})


OLD = layout("id", "stamp", "a", "b", key=("id",))
NEW = layout("b2", "id", "a", "stamp", key=("stamp",))
CHANGES = [
    WrittenChange("items", OLD, None, (1, 10, 5, 6)),
    WrittenChange("items", OLD, (1, 10, 5, 6), (1, 11, 7, 6)),
    # RENAME COLUMN b TO b2, MODIFY b2 INT FIRST, DROP PRIMARY KEY, ADD PRIMARY KEY (stamp)
    WrittenChange("items", NEW, (6, 1, 7, 11), (8, 1, 7, 12)),
    WrittenChange("items", NEW, (8, 1, 7, 12), None),
]


def record(offset: int, key: dict, op: str, before: dict | None, after: dict | None, headers: list | None = None) -> Record:
    value = {"before": before, "after": after, "source": {}, "op": op, "ts_ms": 0}
    return Record(TOPIC, 0, offset, json.dumps(key).encode(), json.dumps(value).encode(), headers)


def flawless() -> list[Record]:
    first, second = ({"id": 1, "stamp": 10, "a": 5, "b": 6}, {"id": 1, "stamp": 11, "a": 7, "b": 6})
    third, fourth = ({"b2": 6, "id": 1, "a": 7, "stamp": 11}, {"b2": 8, "id": 1, "a": 7, "stamp": 12})
    return [
        record(0, {"id": 1}, "c", None, first),
        record(1, {"id": 1}, "u", first, second),
        record(2, {"stamp": 11}, "d", third, None, [(NEW_KEY, b"")]),
        record(3, {"stamp": 12}, "c", None, fourth, [(OLD_KEY, b"")]),
        record(4, {"stamp": 12}, "d", fourth, None),
    ]


def complaints_about(records: list[Record]) -> Complaints:
    written, complaints = Written(), Complaints()
    written.add(CHANGES)
    told = written.compare({TOPIC: "items", "p.shop.other": "other"}, records, complaints)
    assert complaints or told == len(CHANGES)
    return complaints


def edited(index: int, image: str, edit: dict[str, Any] | list[str]) -> list[Record]:
    """With other values, or with the same ones under these names."""
    records = flawless()
    value = json.loads(records[index].value)
    values = value[image]
    value[image] = values | edit if isinstance(edit, dict) else dict(zip(edit, values.values()))
    records[index] = records[index]._replace(value=json.dumps(value).encode())
    return records


def test_flawless_records_are_accepted():
    assert not complaints_about(flawless())


@pytest.mark.parametrize(
    ("records", "complaint"),
    [
        (flawless()[:-1], "0 records instead of 1"),
        (flawless()[:2] + flawless()[3:], "1 records instead of 2"),
        (flawless() + flawless()[-1:], "2 records instead of 1"),
        (edited(1, "after", {"a": 8}), "column a is 8, written was 7"),
        (edited(1, "before", {"b": None}), "column b is None"),
        (edited(2, "before", ["b", "id", "a", "stamp"]), "columns ('b', 'id', 'a', 'stamp')"),
        (edited(3, "after", ["a", "id", "b2", "stamp"]), "columns ('a', 'id', 'b2', 'stamp')"),
        (edited(1, "after", {"stamp": 99}), "nobody wrote this"),
        ([each._replace(headers=None) for each in flawless()], "key change: True"),
        ([each._replace(key=b'{"id":1}') for each in flawless()], "the key should be {'stamp': 11}"),
        ([each._replace(topic="p.shop.other") for each in flawless()], "a change of items"),
        ([flawless()[1], flawless()[0], *flawless()[2:]], "stamp 10 comes after 11"),
    ],
)
def test_what_was_not_written_is_complained_of(records, complaint):
    assert complaint in str(complaints_about(records))
