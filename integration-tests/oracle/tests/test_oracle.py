# SPDX-License-Identifier: Apache-2.0
"""The oracle must be seen to fail: each test spoils a flawless history in one way."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from oracle.complaints import Complaints
from oracle.history import History
from oracle.records import NEW_KEY, Record
from oracle.tests.sample import CHANGES, PARTITIONS, TABLE_ROWS, TOPIC, Sample, complaints_about, flawless, image


def find(records: list[Record], identity: int, op: str, nth: int = 0) -> int:
    """Index of the nth record of a row with this op; op "t" finds tombstones."""
    hits = []
    for index, record in enumerate(records):
        found = "t" if record.value is None else json.loads(record.value)["op"]
        if json.loads(record.key)["id"] == identity and found == op:
            hits.append(index)
    return hits[nth]


def moved_up(records: list[Record], start: int, partition: int, by: int) -> None:
    """Offsets as Kafka would have given them with fewer or more records before."""
    for index in range(start, len(records)):
        if records[index].partition == partition:
            records[index] = records[index]._replace(offset=records[index].offset + by)


def changed(record: Record, change: Callable[[dict[str, Any]], None]) -> Record:
    value = json.loads(record.value)
    change(value)
    return record._replace(value=json.dumps(value).encode())


def lose(records: list[Record], index: int) -> None:
    lost = records.pop(index)
    moved_up(records, index, lost.partition, -1)


def double(records: list[Record], index: int, at: int) -> None:
    partition = records[index].partition
    offset = next(r.offset for r in records[at:] if r.partition == partition)
    records.insert(at, records[index]._replace(offset=offset))
    moved_up(records, at + 1, partition, 1)


def swap(records: list[Record], first: int, second: int) -> None:
    one, other = records[first], records[second]
    records[first], records[second] = other._replace(offset=one.offset), one._replace(offset=other.offset)


def test_flawless_history_is_agreed_to():
    assert complaints_about(flawless()) == ""


def test_every_kind_is_counted():
    history = History({TOPIC: PARTITIONS})
    for record in flawless():
        history.feed(record)
    assert history.kinds == {"create": 10, "update": 18, "delete": 3, "key change": 1, "tombstone": 4}
    assert history.changes == CHANGES
    assert history.changes_of_transaction["uuid:5"] == 2


@pytest.mark.parametrize("index", range(len(flawless())))
def test_any_lost_record_is_noticed(index):
    records = flawless()
    lose(records, index)
    assert complaints_about(records)


@pytest.mark.parametrize("index", range(len(flawless())))
def test_any_doubled_record_is_noticed(index):
    records = flawless()
    records.insert(index + 1, records[index]._replace(offset=records[index].offset + 1))
    moved_up(records, index + 2, records[index].partition, 1)
    assert complaints_about(records)


def test_update_doubled_later_is_noticed():
    records = flawless()
    double(records, find(records, 5, "u", 0), find(records, 5, "u", 1) + 1)
    assert "before=" in complaints_about(records)


def test_swapped_updates_of_one_row_are_noticed():
    records = flawless()
    swap(records, find(records, 7, "u", 0), find(records, 7, "u", 1))
    assert "but the last after" in complaints_about(records)


def test_swapped_updates_of_two_rows_in_a_partition_are_noticed():
    records = flawless()
    first = find(records, 5, "u")
    second = next(
        i for i in range(first + 1, len(records)) if records[i].partition == records[first].partition
    )
    swap(records, first, second)
    assert "comes after" in complaints_about(records)


def test_lost_last_update_is_noticed_by_its_value_alone():
    records = flawless()
    lose(records, find(records, 9, "u", 1))
    assert "column name is 'b' in the topic, None in the table" in complaints_about(records)


def test_lost_whole_transaction_is_noticed():
    records = [r for r in flawless() if r.value is None or json.loads(r.value)["source"]["gtid"] != "uuid:2"]
    assert "but the last after" in complaints_about(records)


@pytest.mark.parametrize(
    ("column", "value"),
    [("name", ""), ("name", "Again"), ("name", None), ("price", 0.10000000000000002), ("price", "0.1"), ("id", "2")],
)
def test_wrong_value_is_noticed(column, value):
    records = flawless()
    index = find(records, 2, "c", 1)
    records[index] = changed(records[index], lambda change: change["after"].update({column: value}))
    assert complaints_about(records)


def test_true_is_not_1():
    sample = Sample()
    sample.begin()
    sample.insert(image(8, "x", True))
    assert complaints_about(sample.records, [(8, "x", 1.0)])
    assert not complaints_about([changed(sample.records[0], lambda c: c["after"].update(price=1))], [(8, "x", 1.0)])


def test_wrong_before_is_noticed():
    records = flawless()
    index = find(records, 6, "u", 1)
    records[index] = changed(records[index], lambda change: change["before"].update(name="x"))
    assert "but the last after" in complaints_about(records)


def test_wrong_partition_is_noticed():
    records = flawless()
    row = records[-1].key
    wrong = (records[-1].partition + 1) % PARTITIONS
    records = [r._replace(partition=wrong, offset=r.offset + 1000) if r.key == row else r for r in records]
    assert "belongs into partition" in complaints_about(records)


def test_row_missing_in_topic_is_noticed():
    assert "in the table but not in the topic" in complaints_about(flawless(), [*TABLE_ROWS, (77, "x", None)])


def test_row_missing_in_table_is_noticed():
    assert "in the topic but not in the table" in complaints_about(flawless(), TABLE_ROWS[1:])


def test_missing_tombstone_is_noticed():
    records = flawless()
    lose(records, find(records, 3, "t"))
    assert "tombstone" in complaints_about(records)


def test_half_a_key_change_is_noticed():
    records = flawless()
    del records[-1]
    assert "lacks the create of the new key" in complaints_about(records)


def test_key_change_to_another_key_than_announced_is_noticed():
    records = flawless()
    index = find(records, 4, "d")
    records[index] = records[index]._replace(headers=[(NEW_KEY, b'{"id":41}')])
    found = complaints_about(records)
    assert "lacks the create of the new key" in found and "lacks the delete of the old key" in found


def test_rows_of_a_payload_may_share_its_place_but_repeat_no_part_of_a_key_change():
    records = [
        record if record.value is None else changed(record, lambda value: value["source"].update(row=0))
        for record in flawless()
    ]
    assert "was there before" in complaints_about(records)
    assert not complaints_about(records, distinct_positions=False)
    index = find(records, 4, "d")
    records.insert(index, records[index])
    moved_up(records, index + 1, records[index].partition, 1)
    assert "the same part of" in complaints_about(records, distinct_positions=False)


def test_rows_committed_after_later_ones_are_noticed_unless_allowed():
    records = flawless()
    index = find(records, 2, "c", 1)
    records[index] = changed(records[index], lambda value: value["source"].update(pos=500))
    assert "comes after" in complaints_about(records)
    assert not complaints_about(records, rising_positions=False)


def test_cut_transaction_is_noticed_unless_cuts_are_allowed():
    records = flawless()
    moved_up(records, find(records, 7, "u", 0), records[find(records, 7, "u")].partition, 1)
    in_the_midst = [r for r in records if r.partition == records[find(records, 7, "u")].partition]
    assert "is cut after offset" in complaints_about(records), in_the_midst
    assert not complaints_about(records, cuts_allowed=True)


def test_cut_before_a_tombstone_is_noticed():
    records = flawless()
    index = find(records, 1, "t")
    moved_up(records, index, records[index].partition, 1)
    assert "is cut after offset" in complaints_about(records)


def test_repeated_position_is_noticed_across_partitions():
    sample = Sample()
    for identity in range(1, 10):
        sample.begin()
        sample.insert(image(identity, "x", None))
    rows = [(identity, "x", None) for identity in range(1, 10)]
    assert not complaints_about(sample.records, rows)
    one, other = (sample.records[0], next(r for r in sample.records if r.partition != sample.records[0].partition))
    source = json.loads(one.value)["source"]
    records = [changed(r, lambda c: c.update(source=source)) if r is other else r for r in sample.records]
    assert "was there before" in complaints_about(records, rows)


def test_complaints_are_capped_but_counted():
    complaints = Complaints(limit=2)
    for number in range(5):
        complaints.add(str(number))
    assert str(complaints) == "0\n1\n... and 3 more"
