# SPDX-License-Identifier: Apache-2.0
"""Rows that a transaction logged and then took back are not published. MariaDB logs them when the transaction
also changed a table without transactions, or made a temporary one."""

from __future__ import annotations

import pytest


@pytest.fixture
def s(scenario, mariadb, kafka):
    made = scenario(mariadb, kafka)
    made.create("items (id INT PRIMARY KEY) ENGINE=InnoDB", "log (id INT PRIMARY KEY) ENGINE=MyISAM")
    made.start_streaming()
    return made


def _settle(s, identity: int, *changes: int) -> None:
    """Waits until all is read, then compares with SELECT."""
    s.sql(f"INSERT INTO items VALUES ({identity})")
    s.wait_for_key("items", {"id": identity})
    published = sorted(change["after"]["id"] for change in s.changes("items"))
    assert published == [row[0] for row in s.sql("SELECT id FROM items ORDER BY id")]
    assert s.worker.logged("took back rows") > 0, "the server did not log what it took back"
    s.judge()


def test_rows_up_to_a_savepoint_are_taken_back(s):
    s.sql(
        "BEGIN",
        "INSERT INTO items VALUES (1)",
        "SAVEPOINT `A b`",
        "INSERT INTO items VALUES (2)",
        "INSERT INTO log VALUES (2)",
        "ROLLBACK TO `a B`",
        "INSERT INTO items VALUES (3)",
        "COMMIT",
    )
    s.wait_for_key("log", {"id": 2})
    _settle(s, 100)


def test_savepoints_within_each_other_and_set_again(s):
    s.sql(
        "BEGIN",
        # Not in the log: nothing was changed before it.
        "SAVEPOINT early",
        "INSERT INTO items VALUES (1)",
        "INSERT INTO log VALUES (1)",
        "ROLLBACK TO early",
        "INSERT INTO items VALUES (2)",
        "SAVEPOINT a",
        "INSERT INTO items VALUES (3)",
        "SAVEPOINT b",
        "INSERT INTO items VALUES (4)",
        "INSERT INTO log VALUES (2)",
        "ROLLBACK TO b",
        "INSERT INTO items VALUES (5)",
        "SAVEPOINT a",
        "INSERT INTO items VALUES (6)",
        "INSERT INTO log VALUES (3)",
        "ROLLBACK TO a",
        "INSERT INTO items VALUES (7)",
        "COMMIT",
    )
    _settle(s, 100)


def test_whole_transaction_is_taken_back(s):
    s.sql(
        "BEGIN",
        "INSERT INTO items VALUES (1)",
        "CREATE TEMPORARY TABLE scratch (id INT)",
        "INSERT INTO items VALUES (2)",
        "ROLLBACK",
    )
    s.sql("INSERT INTO items VALUES (3)")
    _settle(s, 100)


def test_long_transaction_taken_back_in_part_after_many_rows(s):
    rows = ",".join(f"({i})" for i in range(1000, 21000))
    s.sql(
        "BEGIN",
        f"INSERT INTO items VALUES {rows}",
        "SAVEPOINT a",
        "INSERT INTO items SELECT id + 100000 FROM items",
        "INSERT INTO log VALUES (1)",
        "ROLLBACK TO a",
        "DELETE FROM items WHERE id % 2",
        "COMMIT",
    )
    s.sql("INSERT INTO items VALUES (100)")
    s.wait_for_key("items", {"id": 100})
    assert s.worker.logged("took back rows") > 0
    s.judge()
