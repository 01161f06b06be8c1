# SPDX-License-Identifier: Apache-2.0
"""Tools that change a table behind its back: copies under another name, and a swap. Consumers of t see t's rows, all of
them, under the names of their moment, and none of the copies."""

from __future__ import annotations

import pytest

from oracle import kafka_reader
from oracle.complaints import Complaints
from support.online_tools import Alteration, Writers, gh_ost, pt_online_schema_change

ROWS = 3000
# Each takes what the one before has made of the table, and needs a copy on every server.
ALTERATIONS = [
    Alteration(
        "ADD COLUMN extra INT NOT NULL DEFAULT 7 FIRST, DROP COLUMN note, MODIFY amount BIGINT, ENGINE=InnoDB",
        {name: name for name in ("id", "name", "amount", "stamp", "code")},
    ),
    Alteration(
        "CHANGE COLUMN name title VARCHAR(80) CHARACTER SET latin1 AFTER code, CHANGE amount name VARCHAR(30)",
        {"extra": "extra", "id": "id", "name": "title", "amount": "name", "stamp": "stamp", "code": "code"},
    ),
    Alteration(
        "DROP COLUMN extra, ADD COLUMN note VARCHAR(50) AFTER id, CONVERT TO CHARACTER SET utf8mb4, MODIFY code CHAR(9)",
        {name: name for name in ("id", "stamp", "code", "title", "name")},
    ),
]


@pytest.mark.parametrize("server_name", ["mysql", "mariadb"])
def test_online_schema_changes_are_seen_through(request, scenario, kafka, seed, server_name):
    """The worker sees the first live, and is away during the second and the third."""
    s = scenario(request.getfixturevalue(server_name), kafka)
    s.create(
        "t (id INT NOT NULL, name VARCHAR(40), note VARCHAR(10), amount INT, stamp BIGINT NOT NULL, code CHAR(8),"
        " PRIMARY KEY (id)) CHARSET utf8mb3",
        "ledger (id INT PRIMARY KEY)",
    )
    s.worker.connector["table.include.list"] = rf"{s.name}\.t,{s.name}\.ledger"
    s.start_streaming()
    writers = Writers(s.server, s.name, seed)
    writers.start()
    try:
        writers.go_on(ROWS)
        gh_ost(writers, ALTERATIONS[0])
        s.worker.kill()
        writers.go_on()
        gh_ost(writers, ALTERATIONS[1], two_steps=True)
        writers.go_on()
        pt_online_schema_change(writers, ALTERATIONS[2])
        s.worker.start()
        writers.go_on()
    finally:
        writers.stop()
    s.sql("INSERT INTO ledger VALUES (1)")
    s.wait_for_key("ledger", {"id": 1})
    partitions = {topic: count for topic, count in s.partitions().items() if topic != s.topic("ledger")}
    assert list(partitions) == [s.topic("t")]
    complaints = Complaints()
    records = kafka_reader.read_committed(kafka.bootstrap, partitions)
    told = writers.written.compare({s.topic("t"): "t"}, records, complaints)
    assert not complaints, f"{complaints.count} complaints:\n{complaints}"
    layouts = {change.layout.names for change in writers.written.changes()}
    print(f"{s.server.product}: {told} changes told in full, of {len(layouts)} layouts")
    assert len(layouts) == len(ALTERATIONS) + 1
