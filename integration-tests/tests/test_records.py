# SPDX-License-Identifier: Apache-2.0
"""Real output against the published JSON Schemas, and every type against the server's SELECT."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from oracle.records import NEW_KEY, OLD_KEY

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"


def validator(name: str) -> Draft202012Validator:
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def complaints(of: Draft202012Validator, text: bytes) -> str | None:
    error = next(of.iter_errors(json.loads(text)), None)
    return None if error is None else f"{error.message:.500}\n{text.decode():.1000}"


@pytest.mark.parametrize("schemas", [False, True], ids=["plain", "with schemas"])
@pytest.mark.parametrize("server_name", ["mysql", "mariadb", "mariadb118"])
def test_output_is_valid_and_equals_the_tables(request, scenario, kafka, seed, server_name, schemas):
    s = scenario(request.getfixturevalue(server_name), kafka)
    s.worker.connector |= {"key.converter.schemas.enable": schemas, "value.converter.schemas.enable": schemas}
    load = s.load(seed, sessions=1)
    s.start_streaming()
    load.run(6000)
    s.catch_up()
    key, value, offset = map(validator, ("debezium-json-key", "debezium-json-value", "source-offset"))
    for record in s.records():
        assert record.key is None or not complaints(key, record.key), complaints(key, record.key)
        if record.value is None:
            continue
        assert (json.loads(record.value).keys() == {"schema", "payload"}) is schemas
        assert not complaints(value, record.value), complaints(value, record.value)
        for name in (NEW_KEY, OLD_KEY):
            header = record.header(name)
            assert header is None or not complaints(key, header), complaints(key, header)
    for record, _ in s.offsets():
        assert not complaints(offset, record.value), complaints(offset, record.value)
    s.judge_load()


def test_every_type_is_as_debezium_names_it(scenario, mysql, kafka):
    """One row in full: the text that a consumer gets."""
    s = scenario(mysql, kafka)
    s.create(
        "items (id BIGINT UNSIGNED, part CHAR(2), i INT, d DECIMAL(6,3), f FLOAT, b BIT(3), y YEAR, day DATE,"
        " t TIME(2), dt DATETIME, ts TIMESTAMP(3) NULL, raw VARBINARY(5), e ENUM('x','y'), s SET('a','b','c'),"
        " j JSON, text VARCHAR(20), nothing INT, PRIMARY KEY (part, id))"
    )
    s.start_streaming()
    s.sql(
        "INSERT INTO items VALUES (18446744073709551615, 'p', -5, -0.5, 0.1, 5, 2024, '2024-02-29', '-1:02:03.45',"
        " '2024-02-29 12:00:00', '2024-02-29 12:00:00.5', x'00FF', 'y', 'c,a', '{\"b\": [1, 2.5]}', 'Zoë \"q\"', NULL)"
    )
    s.wait_for_changes(1)
    (record,) = s.records()
    assert record.key == b'{"part":"p","id":18446744073709551615}'
    after = record.value.decode().partition('"after":')[2].partition(',"source":')[0]
    assert after == (
        '{"id":18446744073709551615,"part":"p","i":-5,"d":"-0.500","f":0.1,"b":5,"y":2024,"day":"2024-02-29",'
        '"t":"-01:02:03.45","dt":"2024-02-29T12:00:00","ts":"2024-02-29T12:00:00.500Z","raw":"AP8=","e":"y",'
        '"s":"a,c","j":"{\\"b\\": [1, 2.5]}","text":"Zoë \\"q\\"","nothing":null}'
    )
    change = s.changes()[0]
    assert list(change) == ["before", "after", "source", "op", "ts_ms"]
    source = change["source"]
    assert (source["connector"], source["name"], source["db"], source["table"]) == ("mysql", s.name, s.name, "items")
    assert source["gtid"] and source["thread"] and source["snapshot"] == "false" and source["server_id"] == 1
    assert abs(source["ts_ms"] - change["ts_ms"]) < 60_000
    s.judge(1)


def test_table_without_a_key_stays_in_order_in_partition_0(scenario, mysql, kafka):
    s = scenario(mysql, kafka)
    s.create("log (line VARCHAR(20))")
    s.start_streaming()
    for number in range(20):
        s.sql(f"INSERT INTO log VALUES ('line {number}')")
    s.wait_for_changes(20)
    records = s.records()
    assert {(record.key, record.partition) for record in records} == {(None, 0)}
    assert [change["after"]["line"] for change in s.changes()] == [f"line {number}" for number in range(20)]
    s.judge(20)
