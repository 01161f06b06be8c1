# SPDX-License-Identifier: Apache-2.0
"""The shop of the demonstration: its tables, and the changes made to them."""

from __future__ import annotations

from typing import NamedTuple

DATABASE = "shop"

SCHEMA = (
    "CREATE DATABASE shop CHARACTER SET utf8mb4",
    "CREATE TABLE shop.customers (id INT PRIMARY KEY, name VARCHAR(50) NOT NULL, email VARCHAR(80))",
    "CREATE TABLE shop.orders (id BIGINT UNSIGNED PRIMARY KEY, customer INT NOT NULL, amount DECIMAL(10,2) NOT NULL,"
    " state ENUM('new','paid','sent') NOT NULL, placed DATETIME(3))",
)


class Step(NamedTuple):
    title: str
    statements: tuple[str, ...]
    changes: int


BEFORE_THE_KILL = (
    Step(
        "insert",
        ("INSERT INTO customers VALUES (1, 'Zoë Müller', 'zoe@example.com'), (2, 'Иван', NULL), (3, '山田 太郎', '')",),
        3,
    ),
    Step("update, and a NULL", ("UPDATE customers SET email = NULL WHERE id = 1",), 1),
    Step(
        "an unsigned number beyond 2^63",
        ("INSERT INTO orders VALUES (18446744073709551615, 1, 19.90, 'new', '2024-02-29 23:59:59.999')",),
        1,
    ),
    Step(
        "one transaction over two tables",
        (
            "BEGIN",
            "INSERT INTO customers VALUES (4, 'Ann', 'ann@example.com')",
            "INSERT INTO orders VALUES (7, 4, 0.05, 'new', NULL)",
            "UPDATE orders SET state = 'paid' WHERE id = 18446744073709551615",
            "COMMIT",
        ),
        3,
    ),
)

# Enough for the worker to be in the midst of it when it is killed.
BULK_ROWS = 60_000
FIRST_BULK_ID = 1000
BULK_STATEMENTS = 60
_SIZE = BULK_ROWS // BULK_STATEMENTS


def bulk(number: int) -> str:
    first = FIRST_BULK_ID + number * _SIZE
    rows = [f"({identity}, {identity % 3 + 1}, {identity % 977}.50, 'new', NULL)" for identity in range(first, first + _SIZE)]
    return f"INSERT INTO orders VALUES {', '.join(rows)}"


WHILE_IT_IS_DOWN = (
    Step("delete", ("DELETE FROM customers WHERE id = 2",), 1),
    Step("a key change", ("UPDATE orders SET id = 8 WHERE id = 7",), 1),
)
AFTERWARDS = (Step("one more update", ("UPDATE orders SET state = 'sent', amount = amount + 1 WHERE id = 8",), 1),)
