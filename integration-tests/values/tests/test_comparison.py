# SPDX-License-Identifier: Apache-2.0
"""The comparison must see what is wrong; no servers needed."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from support.servers import Database
from values.changes import parsed
from values.columns import column_of
from values.comparison import Comparison, Tally
from values.tables import tables

MYSQL = Database("mysql", Path("unused"))


def compared(kind: str, of_server: str | None, of_record: str) -> list[str]:
    """Complaints about one cell: SELECT's text, and the JSON in the record."""
    column = column_of(MYSQL, "c", kind, f"{kind} as defined")
    comparison = Comparison("t", [column], Tally("mysql"))
    comparison.images("after", [parsed(f'{{"c":{of_record}}}'.encode())], [tuple(column.of_server([of_server]))])
    return comparison.complaints


@pytest.mark.parametrize(
    ("kind", "of_server", "of_record"),
    [
        ("int", "5", "5"),
        ("int", None, "null"),
        ("bigint", "18446744073709551615", "18446744073709551615"),
        ("decimal", "-0.50", '"-0.50"'),
        ("float", "0.10000000149011612", "0.1"),
        ("float", "134217728", "134217728"),
        ("double", "-0", "-0"),
        ("double", "1e15", "1000000000000000"),
        ("point", "E610000001", '{"srid":4326,"wkb":"AQ=="}'),
        ("vector", "0000803F", "[1]"),
    ],
)
def test_same_value_is_found_equal(kind, of_server, of_record):
    assert not compared(kind, of_server, of_record)


@pytest.mark.parametrize(
    ("kind", "of_server", "of_record"),
    [
        ("int", "5", "6"),
        ("int", "5", '"5"'),
        ("int", "1", "true"),
        ("int", "5", "5.0"),
        ("int", "0", "-0"),
        ("int", "0", "null"),
        ("int", None, "0"),
        ("decimal", "-0.50", '"-0.5"'),
        ("decimal", "0.50", "0.5"),
        ("float", "0.10000000149011612", "0.10000000149011612"),
        ("float", "0.10000000149011612", "0.10000001"),
        ("double", "-0", "0"),
        ("double", "5e-324", "0"),
        ("varchar", "", "null"),
        ("varchar", None, '""'),
        ("datetime", "2024-01-01T00:00:00", '"2024-01-01 00:00:00"'),
        ("point", "E610000001", '{"srid":0,"wkb":"AQ=="}'),
        ("point", "E610000001", '"AQ=="'),
        ("vector", "0000803F", "[1, 1]"),
    ],
)
def test_other_value_or_type_is_told(kind, of_server, of_record):
    (complaint,) = compared(kind, of_server, of_record)
    assert f"t.c ({kind} as defined)" in complaint


def test_field_missing_or_out_of_order_is_told():
    columns = [column_of(MYSQL, name, "int", "int") for name in "ab"]
    for image in ({"a": 1}, {"b": 2, "a": 1}, {"a": 1, "b": 2, "c": 3}, None):
        comparison = Comparison("t", columns, Tally("mysql"))
        comparison.images("after", [image], [(1, 2)])
        with pytest.raises(AssertionError, match="after: fields"):
            comparison.finish()


def test_same_seed_gives_the_same_literals():
    def drawn() -> list[Any]:
        rng = random.Random(7)
        return [column.literals(rng, 20) for table in tables(MYSQL) for column in table.columns]

    assert json.dumps(drawn()) == json.dumps(drawn())
