# SPDX-License-Identifier: Apache-2.0
"""Rows of an XA transaction are there after its XA COMMIT: not before, not after XA ROLLBACK, whatever is restarted
in between."""

from __future__ import annotations

import pytest

from support.rowmill import ExitCode
from support.servers import Database
from support.waiting import poll_until


@pytest.fixture(params=["mysql", "mariadb"])
def server(request: pytest.FixtureRequest) -> Database:
    return request.getfixturevalue(request.param)


def _prepare(s, xid: str, *statements: str) -> None:
    """In a session of its own, which ends: the transaction stays prepared."""
    s.sql(f"XA START {xid}", *statements, f"XA END {xid}", f"XA PREPARE {xid}")


def _ids(s) -> list[int]:
    return [change["after"]["id"] for change in s.changes("items")]


def _flush(s, identity: int) -> None:
    """All before this row has been read when it is there."""
    s.sql(f"INSERT INTO items VALUES ({identity})")
    s.wait_for_key("items", {"id": identity})


def test_rows_come_at_commit_and_none_after_rollback(scenario, server, kafka):
    s = scenario(server, kafka)
    s.create("items (id INT PRIMARY KEY)")
    s.start_streaming()
    # Bytes of an xid that a text would show in another way.
    _prepare(s, "X'ab00ff',X'27',7", "INSERT INTO items VALUES (1), (2)", "INSERT INTO items VALUES (3)")
    _prepare(s, "'b'", "INSERT INTO items VALUES (4)")
    _flush(s, 5)
    assert _ids(s) == [5]
    s.sql("XA ROLLBACK 'b'")
    s.sql("XA COMMIT X'ab00ff',X'27',7")
    _flush(s, 6)
    assert sorted(_ids(s)) == [1, 2, 3, 5, 6]
    committed = [change["source"] for change in s.changes("items") if change["after"]["id"] in (1, 2, 3)]
    assert len({source["gtid"] for source in committed}) == 1
    _, offset = s.offsets()[-1]
    assert "xa" not in offset
    # One phase, and an xid that was used before.
    s.sql("XA START 'b'", "INSERT INTO items VALUES (7)", "XA END 'b'", "XA COMMIT 'b' ONE PHASE")
    _flush(s, 8)
    assert sorted(_ids(s)) == [1, 2, 3, 5, 6, 7, 8]


def test_worker_and_server_restarted_between_prepare_and_commit(scenario, own_server, kafka, server):
    own = own_server(server.name)
    s = scenario(own, kafka)
    s.create("items (id INT PRIMARY KEY)", "other (id INT PRIMARY KEY)")
    s.start_streaming()
    _prepare(s, "'a'", "INSERT INTO items VALUES (1)")
    _prepare(s, "'b'", "INSERT INTO items VALUES (2)")
    _flush(s, 3)
    s.worker.kill()
    own.kill()
    own.start()
    s.worker.start()
    _flush(s, 4)
    _, offset = s.offsets()[-1]
    assert [xa["rows"] for xa in offset["xa"]] == [True, True]
    s.worker.kill()
    s.sql("FLUSH BINARY LOGS")
    s.sql("XA COMMIT 'b'")
    s.sql("XA ROLLBACK 'a'")
    s.worker.start()
    _flush(s, 5)
    assert sorted(_ids(s)) == [2, 3, 4, 5]


def test_large_commit_is_cut_and_survives_kills(scenario, server, kafka):
    s = scenario(server, kafka)
    s.create("items (id INT PRIMARY KEY)")
    s.worker.connector |= {"transaction.cut.rows": 5000}
    s.start_streaming()
    rows = 200_000
    _prepare(
        s,
        "'big'",
        *(
            "INSERT INTO items VALUES " + ",".join(f"({i})" for i in range(first, first + 20_000))
            for first in range(0, rows, 20_000)
        ),
    )
    s.sql("XA COMMIT 'big'")
    seen = 0
    for _ in range(4):
        poll_until(lambda: s.worker.logged('msg="source transaction cut') > 1, 60, "cuts", check=s.worker.check)
        s.worker.kill()
        s.worker.start()
    _flush(s, rows)
    ids = _ids(s)
    assert len(ids) == rows + 1
    assert len(set(ids)) == rows + 1


def test_file_that_is_gone_is_found_by_its_gtid_or_named(scenario, own_server, kafka, server):
    own = own_server(server.name)
    s = scenario(own, kafka)
    s.create("items (id INT PRIMARY KEY)")
    s.start_streaming()
    _prepare(s, "'a'", "INSERT INTO items VALUES (1)")
    _flush(s, 2)
    file = own.position()[0]
    s.sql("FLUSH BINARY LOGS")
    _flush(s, 3)
    s.sql(f"PURGE BINARY LOGS TO '{own.position()[0]}'")
    s.sql("XA COMMIT 'a'")
    s.worker.expect_end(ExitCode.CONFIG, file, "X'61'", "rowmill offsets set")


def test_commit_of_what_was_prepared_before_the_start_is_refused(scenario, server, kafka):
    s = scenario(server, kafka)
    s.create("items (id INT PRIMARY KEY)")
    _prepare(s, "'early'", "INSERT INTO items VALUES (1)")
    s.start_streaming()
    s.sql("XA COMMIT 'early'")
    s.worker.expect_end(ExitCode.FAILED, "was prepared before", "rowmill offsets set")
