# SPDX-License-Identifier: Apache-2.0
"""What a source may log as text: harmless over tables that are not captured, and never passed over where a captured
table's rows changed (G4)."""

from __future__ import annotations

import pytest

from support.rowmill import ExitCode
from support.servers import Database

ITEMS = "items (id INT PRIMARY KEY, name VARCHAR(40))"


@pytest.fixture(params=["mysql", "mariadb"])
def server(request: pytest.FixtureRequest) -> Database:
    return request.getfixturevalue(request.param)


@pytest.fixture
def streaming(scenario, server, kafka):
    """A captured table, `items`, and an uncaptured one, `aside`."""
    s = scenario(server, kafka)
    s.create(ITEMS, "aside (id INT AUTO_INCREMENT PRIMARY KEY, x DOUBLE, name VARCHAR(40))")
    s.worker.connector["table.include.list"] = rf"{s.name}\.(items|made)"
    s.start_streaming()
    return s


def as_text(s, *statements: str) -> None:
    s.sql("SET SESSION binlog_format = 'STATEMENT'", *statements)


def logged_since(s, file: str) -> set[str]:
    return {name.lower() for name in s.server.events_since(file)}


def test_statements_over_other_tables_pass(streaming):
    s = streaming
    s.sql("FLUSH BINARY LOGS")
    file = s.server.position()[0]
    as_text(
        s,
        "INSERT INTO aside (x) VALUES (RAND())",
        "SET @chosen = 'x'",
        "INSERT INTO aside (name) VALUES (@chosen)",
        "UPDATE aside SET name = CONCAT(@chosen, LAST_INSERT_ID())",
    )
    assert {"intvar", "rand", "user var"} <= {name.replace("_", " ") for name in logged_since(s, file)}
    s.sql("INSERT INTO items VALUES (1, 'after them')")
    s.wait_for_changes(1)
    s.judge(1, tables=[f"{s.name}.items"])


def test_statements_and_rows_in_one_transaction_pass(streaming):
    """In mixed format the server logs a statement as rows only where its text would not do: UUID() would not."""
    s = streaming
    s.sql(
        "SET SESSION binlog_format = 'MIXED'",
        "BEGIN",
        "INSERT INTO items VALUES (1, LEFT(UUID(), 8))",
        "UPDATE aside SET name = 'text'",
        "INSERT INTO aside (name) VALUES ('text')",
        "INSERT INTO items VALUES (2, LEFT(UUID(), 8))",
        "COMMIT",
    )
    s.wait_for_changes(2)
    s.judge(2, tables=[f"{s.name}.items"])


def stops_at_the_place(s, *told: str) -> None:
    s.worker.expect_end(ExitCode.FAILED, "logged as text", "at binlog.0", "set the source offset", *told)
    assert not s.changes()


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO items VALUES (1, 'text')",
        "INSERT INTO items (id) SELECT 1 + id FROM aside WHERE RAND() > 2",
        "UPDATE aside JOIN items ON items.id = aside.id SET items.name = 'text'",
    ],
    ids=["insert", "insert select", "joined update"],
)
def test_statement_that_changes_a_captured_table_stops_the_task(streaming, statement):
    s = streaming
    s.sql("INSERT INTO aside (id) VALUES (7)")
    as_text(s, "SET @before = 1", statement)
    stops_at_the_place(s)


def write_rows(s, name: str) -> str:
    path = s.server.folder / name
    path.write_text("1\tone\n2\ttwo\n")
    path.chmod(0o644)
    return str(path)


def test_load_data_is_rows(streaming):
    s = streaming
    s.sql(f"LOAD DATA INFILE '{write_rows(s, 'rows.txt')}' INTO TABLE items")
    s.wait_for_changes(2)
    s.judge(2, tables=[f"{s.name}.items"])


def test_load_data_logged_as_text_stops_the_task(streaming):
    s = streaming
    s.sql("FLUSH BINARY LOGS")
    file = s.server.position()[0]
    as_text(s, f"LOAD DATA INFILE '{write_rows(s, 'text.txt')}' INTO TABLE items")
    assert {"begin load query", "execute load query"} <= {name.replace("_", " ") for name in logged_since(s, file)}
    stops_at_the_place(s)


def test_load_data_into_another_table_logged_as_text_passes(streaming):
    s = streaming
    as_text(s, f"LOAD DATA INFILE '{write_rows(s, 'aside.txt')}' INTO TABLE aside (id, name)")
    s.sql("INSERT INTO items VALUES (1, 'after it')")
    s.wait_for_changes(1)
    s.judge(1, tables=[f"{s.name}.items"])


def test_create_table_select_is_rows(streaming):
    s = streaming
    s.sql("INSERT INTO aside (id, name) VALUES (1, 'one'), (2, 'two')")
    s.sql("CREATE TABLE made (PRIMARY KEY (id)) SELECT id, name FROM aside")
    s.sql("INSERT INTO made VALUES (3, 'three')")
    s.wait_for_changes(3)
    s.judge(3, tables=[f"{s.name}.items", f"{s.name}.made"])


def test_create_table_select_logged_as_text_stops_the_task(streaming):
    s = streaming
    s.sql("INSERT INTO aside (id, name) VALUES (1, 'one'), (2, 'two')")
    as_text(s, "CREATE TABLE made (PRIMARY KEY (id)) SELECT id, name FROM aside")
    stops_at_the_place(s)
