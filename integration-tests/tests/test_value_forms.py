# SPDX-License-Identifier: Apache-2.0
"""Every form that the settings can choose, read back as a consumer would who knows only the schema beside the record,
and compared with the server's SELECT."""

from __future__ import annotations

import base64
import json
import random
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from oracle.records import envelope
from support.rowmill import ExitCode

EPOCH = datetime(1970, 1, 1)
ROWS = 300

# Column, its definition and what SELECT shows of it.
COLUMNS = {
    "big": ("BIGINT UNSIGNED", "{}"),
    "price": ("DECIMAL(40,12)", "CAST({} AS CHAR)"),
    "flag": ("BIT(1)", "{}+0"),
    "bits": ("BIT(20)", "{}+0"),
    "wide": ("BIT(64)", "{}+0"),
    "y": ("YEAR", "{}"),
    "day": ("DATE", "CAST({} AS CHAR)"),
    "zero": ("DATE", "CAST({} AS CHAR)"),
    "zero_not_null": ("DATE NOT NULL", "CAST({} AS CHAR)"),
    "zero_moment": ("DATETIME(6)", "CAST({} AS CHAR)"),
    "zero_stamp": ("TIMESTAMP(3) NULL", "CAST({} AS CHAR)"),
    "t0": ("TIME", "CAST({} AS CHAR)"),
    "t3": ("TIME(3)", "CAST({} AS CHAR)"),
    "t6": ("TIME(6)", "CAST({} AS CHAR)"),
    "dt0": ("DATETIME", "CAST({} AS CHAR)"),
    "dt3": ("DATETIME(3)", "CAST({} AS CHAR)"),
    "dt6": ("DATETIME(6)", "CAST({} AS CHAR)"),
    "stamp": ("TIMESTAMP(6) NULL", "CAST({} AS CHAR)"),
    "fixed": ("BINARY(5)", "HEX({})"),
    "raw": ("VARBINARY(40)", "HEX({})"),
    "photo": ("BLOB", "HEX({})"),
    "point": ("POINT", "HEX({})"),
    "shape": ("GEOMETRY", "HEX({})"),
    "e": ("ENUM('x','y,z')", "{}"),
    "note": ("VARCHAR(40)", "{}"),
}
TIMES = ("t0", "t3", "t6")
MOMENTS = ("dt0", "dt3", "dt6")
ZEROS = ("zero", "zero_not_null", "zero_moment", "zero_stamp")
DEBEZIUM_TIME = "io.debezium.time."
CONNECT = "org.apache.kafka.connect.data."

# What a connector sets, and the semantic names that its schemas must then have.
MODES: dict[str, tuple[dict[str, str], dict[str, str | None]]] = {
    "ours": (
        {},
        {"big": "io.rowmill.data.UInt64", "price": None, "bits": None, "day": None, "t6": None, "dt6": None},
    ),
    "debezium": (
        {
            "decimal.handling.mode": "precise",
            "time.precision.mode": "adaptive_time_microseconds",
            "bigint.unsigned.handling.mode": "precise",
            "bit.handling.mode": "bytes",
            "geometry.handling.mode": "debezium",
        },
        {
            "big": CONNECT + "Decimal",
            "price": CONNECT + "Decimal",
            "flag": None,
            "bits": "io.debezium.data.Bits",
            "day": DEBEZIUM_TIME + "Date",
            "t0": DEBEZIUM_TIME + "MicroTime",
            "dt3": DEBEZIUM_TIME + "Timestamp",
            "dt6": DEBEZIUM_TIME + "MicroTimestamp",
            "stamp": DEBEZIUM_TIME + "ZonedTimestamp",
            "shape": "io.debezium.data.geometry.Geometry",
        },
    ),
    "adaptive": (
        {
            "decimal.handling.mode": "double",
            "time.precision.mode": "adaptive",
            "binary.handling.mode": "base64",
            "geometry.handling.mode": "geojson",
        },
        {
            "price": None,
            "t3": DEBEZIUM_TIME + "Time",
            "t6": DEBEZIUM_TIME + "MicroTime",
            "dt0": DEBEZIUM_TIME + "Timestamp",
            "shape": "io.debezium.data.Json",
        },
    ),
    "connect": (
        {
            "time.precision.mode": "connect",
            "binary.handling.mode": "base64-url-safe",
            "column.truncate.to.3.chars": r".*\.forms\.note",
            "column.truncate.to.7.chars": r".*\.forms\.no.e,nothing",
        },
        {"day": CONNECT + "Date", "t6": CONNECT + "Time", "dt6": CONNECT + "Timestamp"},
    ),
    "isostring": (
        {"time.precision.mode": "isostring", "binary.handling.mode": "hex"},
        {"day": DEBEZIUM_TIME + "IsoDate", "t6": DEBEZIUM_TIME + "IsoTime", "dt6": DEBEZIUM_TIME + "IsoTimestamp"},
    ),
    "microseconds": (
        {"time.precision.mode": "microseconds", "bigint.unsigned.handling.mode": "long"},
        {"big": None, "t0": DEBEZIUM_TIME + "MicroTime", "dt0": DEBEZIUM_TIME + "MicroTimestamp"},
    ),
    "nanoseconds": (
        {"time.precision.mode": "nanoseconds"},
        {"day": DEBEZIUM_TIME + "Date", "t0": DEBEZIUM_TIME + "NanoTime", "dt0": DEBEZIUM_TIME + "NanoTimestamp"},
    ),
}


# How a consumer reads a field by its schema.


def _microseconds(count: int) -> timedelta:
    return timedelta(microseconds=count)


def _milliseconds(count: int) -> timedelta:
    return timedelta(milliseconds=count)


def _nanoseconds(count: int) -> timedelta:
    assert count % 1000 == 0
    return timedelta(microseconds=count // 1000)


def _signed(text: str) -> int:
    return int.from_bytes(base64.b64decode(text, validate=True), "big", signed=True)


def _decimal(value: str, schema: dict[str, Any]) -> str:
    """As the server prints it."""
    scale = int(schema["parameters"]["scale"])
    unscaled = _signed(value)
    digits = str(abs(unscaled)).zfill(scale + 1)
    return ("-" if unscaled < 0 else "") + (f"{digits[:-scale]}.{digits[-scale:]}" if scale else digits)


def _bits(value: str, schema: dict[str, Any]) -> int:
    little = base64.b64decode(value, validate=True)
    assert len(little) == (int(schema["parameters"]["length"]) + 7) // 8
    return int.from_bytes(little, "little")


BY_NAME: dict[str, Callable[[Any, dict[str, Any]], Any]] = {
    CONNECT + "Decimal": _decimal,
    CONNECT + "Date": lambda days, _: (EPOCH + timedelta(days=days)).date(),
    CONNECT + "Time": lambda count, _: _milliseconds(count),
    CONNECT + "Timestamp": lambda count, _: EPOCH + _milliseconds(count),
    DEBEZIUM_TIME + "Date": lambda days, _: (EPOCH + timedelta(days=days)).date(),
    DEBEZIUM_TIME + "Time": lambda count, _: _milliseconds(count),
    DEBEZIUM_TIME + "MicroTime": lambda count, _: _microseconds(count),
    DEBEZIUM_TIME + "NanoTime": lambda count, _: _nanoseconds(count),
    DEBEZIUM_TIME + "Timestamp": lambda count, _: EPOCH + _milliseconds(count),
    DEBEZIUM_TIME + "MicroTimestamp": lambda count, _: EPOCH + _microseconds(count),
    DEBEZIUM_TIME + "NanoTimestamp": lambda count, _: EPOCH + _nanoseconds(count),
    DEBEZIUM_TIME + "IsoDate": lambda text, _: date.fromisoformat(text.removesuffix("Z")),
    DEBEZIUM_TIME + "IsoTime": lambda text, _: _time(text.removesuffix("Z")),
    DEBEZIUM_TIME + "IsoTimestamp": lambda text, _: _moment(text.removesuffix("Z")),
    DEBEZIUM_TIME + "ZonedTimestamp": lambda text, _: _moment(text.removesuffix("Z")),
    "io.debezium.data.Bits": _bits,
    "io.rowmill.data.UInt64": lambda text, _: int(text),
}


def _time(text: str) -> timedelta:
    sign, hours, minutes, seconds = re.fullmatch(r"(-?)(\d+):(\d\d):(\d\d(?:\.\d+)?)", text).groups()
    whole, _, fraction = seconds.partition(".")
    size = timedelta(
        hours=int(hours), minutes=int(minutes), seconds=int(whole), microseconds=int((fraction or "0").ljust(6, "0"))
    )
    return -size if sign else size


def _moment(text: str) -> datetime | str:
    """A zero date stays a text."""
    if text.startswith("0000"):
        return text.replace("T", " ")
    whole, _, fraction = text.replace("T", " ").partition(".")
    return datetime.fromisoformat(whole) + timedelta(microseconds=int((fraction or "0").ljust(6, "0")))


def _binary(value: str, modes: dict[str, str]) -> str:
    read = {
        "bytes": lambda text: base64.b64decode(text, validate=True),
        "base64": lambda text: base64.b64decode(text, validate=True),
        "base64-url-safe": base64.urlsafe_b64decode,
        "hex": bytes.fromhex,
    }[modes.get("binary.handling.mode", "bytes")]
    return read(value).hex().upper()


def _stored_geometry(value: dict[str, Any]) -> str:
    """As the server keeps it: SRID and WKB."""
    return ((value["srid"] or 0).to_bytes(4, "little") + base64.b64decode(value["wkb"])).hex().upper()


def read(column: str, value: Any, schema: dict[str, Any], modes: dict[str, str]) -> Any:
    if value is None:
        return None
    name = schema.get("name")
    if name in BY_NAME:
        plain = BY_NAME[name](value, schema)
        return int(plain) if column == "big" else plain
    if column in ("fixed", "raw", "photo"):
        return _binary(value, modes)
    if schema["type"] == "struct":
        return _stored_geometry(value)
    if column == "big":
        return int(value)
    if column in TIMES:
        return _time(value)
    if column in (*MOMENTS, "zero_moment"):
        return _moment(value)
    if column == "day":
        return date.fromisoformat(value)
    return value


def expected(column: str, text: Any, modes: dict[str, str]) -> Any:
    """What SELECT said, as far as the modes keep it."""
    mode = modes.get("time.precision.mode", "iso")
    if text is None:
        return None
    if column in ZEROS and mode != "iso":
        return EPOCH.date() if column == "zero_not_null" else None
    if column == "price" and modes.get("decimal.handling.mode") == "double":
        return float(text)
    if column == "flag":
        return bool(text) if modes.get("bit.handling.mode") == "bytes" else int(text)
    if column in ("big", "bits", "wide", "y"):
        return int(text)
    if column == "day":
        return date.fromisoformat(text)
    if column in TIMES:
        value = _time(text)
        return value - timedelta(microseconds=value.microseconds % 1000) if mode == "connect" else value
    if column in (*MOMENTS, "stamp", "zero_moment", "zero_stamp"):
        value = _moment(text)
        if mode == "connect" and column in MOMENTS:
            value -= timedelta(microseconds=value.microsecond % 1000)
        return value
    if column == "note" and "column.truncate.to.3.chars" in modes:
        return text[:3]
    return str(text)


def literals(rng: random.Random, long_times: bool, big: int) -> list[str]:
    """One row; times beyond a day only where a mode holds them."""
    hours = rng.randint(0, 838) if long_times else rng.randint(0, 23)
    sign = "-" if long_times and rng.random() < 0.5 else ""
    time = f"'{sign}{hours}:{rng.randint(0, 59):02}:{rng.randint(0, 59):02}.{rng.randint(0, 999999):06}'"
    moment = EPOCH + timedelta(seconds=rng.randint(-9_000_000_000, 9_000_000_000), microseconds=rng.randint(0, 999_999))
    stamp = EPOCH + timedelta(seconds=rng.randint(1, 2**31 - 1), microseconds=rng.randint(0, 999_999))
    raw = rng.randbytes(rng.randint(0, 20)).hex()
    digits = rng.randint(0, 40)
    price = rng.randrange(10**digits) * rng.choice((1, -1))
    point = f"POINT({rng.uniform(-180, 180)!r} {rng.randint(-90, 90)})"
    shape = rng.choice(
        (
            point,
            "LINESTRING(0 0,1 1.5)",
            "POLYGON((0 0,4 0,4 4,0 0),(1 1,2 1,2 2,1 1))",
            "MULTIPOINT(1 2,3 4)",
            "MULTILINESTRING((0 0,1 1),(2 2,3 3))",
            "MULTIPOLYGON(((0 0,4 0,4 4,0 0)))",
            "GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(0 0,1 1))",
            "GEOMETRYCOLLECTION EMPTY",
        )
    )
    values = {
        "big": str(rng.choice((0, big, rng.randint(0, big)))),
        "price": f"{price}e-12",
        "flag": f"b'{rng.randint(0, 1)}'",
        "bits": f"{rng.getrandbits(20)}",
        "wide": f"{rng.getrandbits(64)}",
        "y": str(rng.choice((0, 1901, 2155, rng.randint(1901, 2155)))),
        "day": f"'{date(rng.randint(1000, 9999), rng.randint(1, 12), rng.randint(1, 28))}'",
        "zero": rng.choice(("'0000-00-00'", "'2024-00-00'", "'2024-05-00'")),
        "zero_not_null": "'0000-00-00'",
        "zero_moment": "'0000-00-00 00:00:00'",
        "zero_stamp": "'0000-00-00 00:00:00'",
        "t0": time,
        "t3": time,
        "t6": time,
        "dt0": f"'{moment.replace(microsecond=0)}'",
        "dt3": f"'{moment}'",
        "dt6": f"'{moment}'",
        "stamp": f"'{stamp}'",
        "fixed": f"x'{raw[:10]}'",
        "raw": f"x'{raw}'",
        "photo": f"x'{raw * 3}'",
        "point": f"ST_GeomFromText('{point}')",
        "shape": f"ST_GeomFromText('{shape}'{rng.choice(('', ', 3857'))})",
        "e": rng.choice(("'x'", "'y,z'", "'none'")),
        "note": f"'{rng.choice(('', 'äöüß🐬 and more', '🐬🐬🐬🐬', 'ab'))}'",
    }
    nullable = [column for column in COLUMNS if column != "zero_not_null"]
    for column in rng.sample(nullable, rng.randint(0, 3)):
        values[column] = "NULL"
    return [values[column] for column in COLUMNS]


@pytest.mark.parametrize("mode_name", MODES)
@pytest.mark.parametrize("server_name", ["mysql", "mariadb", "mariadb118"])
def test_forms_read_back_as_what_select_says(request, scenario, kafka, seed, server_name, mode_name):
    server = request.getfixturevalue(server_name)
    s = scenario(server, kafka)
    modes, names = MODES[mode_name]
    s.worker.connector |= modes | {"key.converter.schemas.enable": "true", "value.converter.schemas.enable": "true"}
    definitions = ", ".join(f"{column} {definition}" for column, (definition, _) in COLUMNS.items())
    s.create(f"forms (id INT PRIMARY KEY, {definitions})")
    s.start_streaming()
    rng = random.Random(f"{seed} {mode_name}")
    long_times = modes.get("time.precision.mode") not in ("adaptive", "connect", "isostring")
    big = 2**63 - 1 if modes.get("bigint.unsigned.handling.mode") == "long" else 2**64 - 1
    rows = (f"({number}, {', '.join(literals(rng, long_times, big))})" for number in range(ROWS))
    s.sql("INSERT INTO forms VALUES " + ", ".join(rows))
    s.wait_for_changes(ROWS)

    shown = ", ".join(
        (f"ST_AsGeoJSON({column})" if column in ("point", "shape") and mode_name == "adaptive" else form.format(column))
        for column, (_, form) in COLUMNS.items()
    )
    table = {row[0]: dict(zip(COLUMNS, row[1:], strict=True)) for row in s.sql(f"SELECT id, {shown} FROM forms")}
    seen = set()
    for record in s.records("forms"):
        fields = json.loads(record.value)["schema"]["fields"][1]["fields"]
        schemas = {field["field"]: field for field in fields}
        after = envelope(record)["after"]
        seen.add(after["id"])
        for column in COLUMNS:
            if column in names:
                assert schemas[column].get("name") == names[column], column
            text = table[after["id"]][column]
            told = read(column, after[column], schemas[column], modes)
            if column in ("point", "shape") and mode_name == "adaptive" and text is not None:
                assert _geo_json_of_server(text) == json.loads(told), f"{column}: {text} {told}"
                continue
            wanted = expected(column, text, modes)
            assert told == wanted, f"{column}: {after[column]!r} is {told!r}, SELECT says {text!r} ({schemas[column]})"
    assert seen == set(range(ROWS))


def _geo_json_of_server(text: str) -> dict[str, Any]:
    """MySQL names the reference system of an SRID other than 0, which GeoJSON itself no longer does (RFC 7946, 4).
    MariaDB 11.8 writes the empty collection without its opening bracket."""
    whole = json.loads(text.replace('"geometries":]', '"geometries":[]'))
    return {name: value for name, value in whole.items() if name != "crs"}


def test_geojson_of_geographic_coordinates_has_longitude_first_as_the_server_has(scenario, mysql, kafka):
    s = scenario(mysql, kafka)
    s.worker.connector["geometry.handling.mode"] = "geojson"
    s.create("places (id INT PRIMARY KEY, g POINT SRID 4326)")
    s.start_streaming()
    s.sql("INSERT INTO places VALUES (1, ST_GeomFromText('POINT(10 20)', 4326, 'axis-order=lat-long'))")
    s.wait_for_changes(1)
    told = json.loads(s.changes()[0]["after"]["g"])
    assert told == {"type": "Point", "coordinates": [20, 10]}
    assert told == _geo_json_of_server(s.sql("SELECT ST_AsGeoJSON(g) FROM places")[0][0])


@pytest.mark.parametrize(
    ("setting", "mode", "definition", "value"),
    [
        ("bigint.unsigned.handling.mode", "long", "BIGINT UNSIGNED", "9223372036854775808"),
        ("time.precision.mode", "connect", "TIME", "'24:00:01'"),
        ("time.precision.mode", "isostring", "TIME", "'-00:00:01'"),
        ("time.precision.mode", "adaptive", "TIME", "'600:00:00'"),
        ("time.precision.mode", "nanoseconds", "DATETIME", "'2262-04-12 00:00:00'"),
    ],
)
def test_value_that_a_form_cannot_hold_stops_the_task_and_names_setting_and_remedy(
    scenario, mysql, kafka, setting, mode, definition, value
):
    s = scenario(mysql, kafka)
    s.worker.connector[setting] = mode
    s.create(f"items (id INT PRIMARY KEY, v {definition})")
    s.start_streaming()
    s.sql(f"INSERT INTO items VALUES (1, {value})")
    s.worker.expect_end(ExitCode.FAILED, f"column v of table {s.name}.items", f"Set {setting} to ")
    assert s.changes() == []
