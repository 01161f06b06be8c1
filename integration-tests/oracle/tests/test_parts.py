# SPDX-License-Identifier: Apache-2.0
"""The oracle's parts that stand alone."""

from __future__ import annotations

import json

import pytest

from oracle.complaints import Complaints
from oracle.compare import compare
from oracle.history import History
from oracle.murmur2 import murmur2, partition_of
from oracle.offsets_topic import check_offsets, offsets_of
from oracle.records import Record, without_schema
from oracle.server_tables import Column, TableShape, normal, shortest_float32


# From Apache Kafka's own UtilsTest.testMurmur2.
@pytest.mark.parametrize(
    ("text", "signed"),
    [
        ("21", -973932308),
        ("foobar", -790332482),
        ("a-little-bit-long-string", -985981536),
        ("a-little-bit-longer-string", -1486304829),
        ("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971),
        ("abc", 479470107),
    ],
)
def test_murmur2_is_javas(text, signed):
    assert murmur2(text.encode()) == signed & 0xFFFFFFFF


def test_partition_ignores_the_sign():
    assert partition_of(b"21", 10) == (-973932308 & 0x7FFFFFFF) % 10


@pytest.mark.parametrize(
    ("server", "record"),
    [
        ("0.10000000149011612", 0.1),
        ("16777216", 16777216.0),
        ("3.4028234663852886e38", 3.4028235e38),
        ("1.1754943508222875e-38", 1.1754944e-38),
        ("1.401298464324817e-45", 1e-45),
        ("-0.333333343267441", -0.33333334),
        ("0", 0.0),
    ],
)
def test_shortest_float32(server, record):
    assert shortest_float32(server) == record


def test_whole_numbers_of_a_double_are_made_floats():
    assert type(normal("double", 5)) is float
    assert type(normal("bigint", 5)) is int
    assert normal("float", None) is None


def test_payload_is_taken_out_of_a_schema():
    fields = [{"field": "id", "type": "string", "name": "io.rowmill.data.UInt64"}, {"field": "n", "type": "int32"}]
    document = {"schema": {"type": "struct", "fields": fields}, "payload": {"id": "18446744073709551615", "n": 5}}
    assert without_schema(document) == {"id": 18446744073709551615, "n": 5}
    assert without_schema({"payload": 1}) == {"payload": 1}


KEYLESS = TableShape("shop", "log", [Column("a", "int"), Column("b", "varchar")], [])


def keyless(*changes: tuple[str, dict | None, dict | None]) -> History:
    history = History({"p.shop.log": 4})
    for index, (op, before, after) in enumerate(changes):
        source = {"file": "b.000002", "pos": 10 + index, "row": 0, "gtid": f"u:{index}"}
        value = json.dumps({"before": before, "after": after, "source": source, "op": op})
        history.feed(Record("p.shop.log", 0, index, None, value.encode()))
    return history


def test_equal_rows_without_a_key_are_counted():
    row = {"a": 1, "b": "x"}
    history = keyless(("c", None, row), ("c", None, row), ("d", row, None))
    table = history.tables["p.shop.log"]
    assert compare(table, KEYLESS, [(1, "x")], history.complaints) == 1
    assert not history.complaints
    compare(table, KEYLESS, [(1, "x"), (1, "x")], history.complaints)
    assert "1 more in the table than in the topic" in str(history.complaints)


def test_unknown_row_without_a_key_cannot_be_changed():
    row = {"a": 1, "b": "x"}
    history = keyless(("c", None, row), ("u", {"a": 2, "b": "x"}, row))
    assert "it is not there" in str(history.complaints)


def test_missing_topic_fits_only_an_empty_table():
    complaints = Complaints()
    assert compare(None, KEYLESS, [], complaints) == 0 and not complaints
    compare(None, KEYLESS, [(1, "x")], complaints)
    assert complaints


def offset(number: int, pos: int, **more: int) -> Record:
    value = {"file": "b.000001", "pos": pos, "txn_seq": number, **more}
    return Record("offsets", 0, number, b'["c",{"server":"p"}]', json.dumps(value).encode())


@pytest.mark.parametrize(
    ("records", "complaint"),
    [
        ([offset(1, 10), offset(2, 20)], ""),
        ([offset(1, 10), offset(3, 20)], "txn_seq 3 follows 1"),
        ([offset(1, 10), offset(1, 20)], "txn_seq 1 follows 1"),
        ([offset(1, 20), offset(2, 10)], "goes back"),
        ([offset(1, 20), offset(2, 20, event=2)], "lies inside a transaction"),
        ([offset(1, 20), Record("offsets", 0, 9, b'["c",{"server":"p"}]', None)], "a reset"),
    ],
)
def test_offsets_follow_each_other(records, complaint):
    complaints = Complaints()
    check_offsets(offsets_of(records, "c", "p"), complaints)
    assert complaint in str(complaints) and bool(complaint) == bool(complaints)


def test_offsets_of_other_connectors_are_left_out():
    assert offsets_of([offset(1, 10)], "other", "p") == []
