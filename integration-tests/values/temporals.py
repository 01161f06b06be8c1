# SPDX-License-Identifier: Apache-2.0
"""DATE, DATETIME, TIME and TIMESTAMP, whole and with fractions."""

from __future__ import annotations

import random
from datetime import datetime, timedelta, timezone

from values.literals import Literals, literals, quoted

_FRACTIONS = ("", ".000001", ".00001", ".0001", ".001", ".01", ".1", ".5", ".999999", ".123456")
_DATES = (
    "0000-00-00",
    "0000-01-01",
    "0000-00-01",
    "0000-12-31",
    "0001-01-01",
    "0999-12-31",
    "1000-01-01",
    "1582-10-10",
    "1900-02-29",
    "1969-12-31",
    "1970-01-01",
    "2000-02-29",
    "2024-00-00",
    "2024-01-00",
    "2024-00-15",
    "2024-02-29",
    "2024-02-31",  # stored where ALLOW_INVALID_DATES says so, else 0000-00-00
    "2023-13-01",
    "2038-01-19",
    "9999-12-31",
)


def dates() -> Literals:
    def draw(rng: random.Random) -> str:
        month, day = rng.randint(0, 12), rng.randint(0, 31)
        return quoted(f"{rng.randint(0, 9999):04}-{month:02}-{day:02}")

    return literals(map(quoted, _DATES), draw)


def datetimes() -> Literals:
    times = ("00:00:00", "23:59:59", "12:34:56")
    edges = [quoted(f"{date} {time}{part}") for date in _DATES for time in times for part in ("", ".000001", ".999999")]
    edges += [quoted(f"2001-02-03 04:05:06{fraction}") for fraction in _FRACTIONS]

    def draw(rng: random.Random) -> str:
        date = f"{rng.randint(0, 9999):04}-{rng.randint(0, 12):02}-{rng.randint(0, 31):02}"
        return quoted(f"{date} {_time_of_day(rng)}{_fraction(rng)}")

    return literals(edges, draw)


def times() -> Literals:
    wholes = ("00:00:00", "00:00:01", "00:01:00", "01:00:00", "23:59:59", "24:00:00", "99:59:59", "100:00:00")
    wholes += ("838:59:59",)
    edges = [quoted(sign + whole + part) for sign in ("", "-") for whole in wholes for part in _FRACTIONS]
    edges += [quoted("900:00:00"), quoted("-900:00:00")]

    def draw(rng: random.Random) -> str:
        hours = rng.randint(0, 838) if rng.random() < 0.7 else rng.randint(0, 23)
        sign = rng.choice(("", "-"))
        return quoted(f"{sign}{hours:02}:{rng.randint(0, 59):02}:{rng.randint(0, 59):02}{_fraction(rng)}")

    return literals(edges, draw)


def timestamps(last_second: int) -> Literals:
    """Of sessions in any zone: none of the moments leaves the range by the shift. The server shifts them to UTC."""
    edges = ["1970-01-01 00:00:01", "1970-01-02 00:00:00", "2000-01-01 00:00:00", "2001-09-09 01:46:40"]
    edges += ["2024-02-29 23:59:59", "2024-03-31 02:30:00", "2038-01-18 00:00:00", "2038-01-19 03:14:07"]
    edges += [_moment(last_second), _moment(last_second - 1), _moment(last_second + 1)]
    # What the shift moves out of the range becomes zero, too.
    edges += ["0000-00-00 00:00:00", "2038-01-19 03:14:08", "2024-02-30 00:00:00"]
    whole = [quoted(edge + fraction) for edge in edges for fraction in _FRACTIONS]
    day = 86400

    def draw(rng: random.Random) -> str:
        return quoted(_moment(rng.randint(day, last_second - day)) + _fraction(rng))

    return literals(whole, draw)


def _moment(seconds: int) -> str:
    return (datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=seconds)).strftime("%Y-%m-%d %H:%M:%S")


def _time_of_day(rng: random.Random) -> str:
    return f"{rng.randint(0, 23):02}:{rng.randint(0, 59):02}:{rng.randint(0, 59):02}"


def _fraction(rng: random.Random) -> str:
    return f".{rng.randrange(1_000_000):06}" if rng.random() < 0.8 else ""
