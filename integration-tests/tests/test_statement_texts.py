# SPDX-License-Identifier: Apache-2.0
"""The text of statements: in records when asked for, and in place of rows, where it stops the task."""

from __future__ import annotations

import pytest

from support.rowmill import ExitCode


@pytest.fixture(params=["mysql", "mariadb"])
def s(request, scenario, kafka):
    made = scenario(request.getfixturevalue(request.param), kafka)
    made.create("items (id INT PRIMARY KEY, name VARCHAR(20))", "other (id INT PRIMARY KEY)")
    return made


def test_text_of_the_statement_is_in_the_record_if_asked_for(s):
    s.worker.connector |= {"include.query": True}
    s.start_streaming()
    log_texts = "binlog_annotate_row_events" if s.server.is_mariadb else "binlog_rows_query_log_events"
    first, second = "INSERT INTO items VALUES (1, 'a'), (2, 'b')", "UPDATE items SET name = 'é' WHERE id = 2"
    s.sql(f"SET {log_texts} = ON", "BEGIN", first, second, "COMMIT")
    s.sql(f"SET {log_texts} = OFF", "INSERT INTO items VALUES (3, 'c')")
    s.wait_for_key("items", {"id": 3})
    queries = sorted((change["after"]["id"], change["op"], change["source"]["query"]) for change in s.changes("items"))
    assert queries == [(1, "c", first), (2, "c", first), (2, "u", second), (3, "c", None)]
    assert s.worker.logged("will have no query texts") == (0 if s.server.is_mariadb else 1)


@pytest.mark.parametrize("charset", ["gbk", "sjis"])
def test_text_in_the_charset_of_its_session(s, charset):
    """The second byte of the letter is a backslash in both."""
    if s.server.is_mariadb:
        pytest.skip("MariaDB does not log the charset of the text")
    s.worker.connector |= {"source.fields": "query"}
    s.start_streaming()
    letter = {"gbk": "乗", "sjis": "ソ"}[charset]
    connection = s.server.connect(charset=charset, database=s.name, use_unicode=True, init_command=None)
    with connection, connection.cursor() as cursor:
        cursor.execute("SET binlog_rows_query_log_events = ON")
        text = f"INSERT INTO items VALUES (1, '{letter}')"
        assert letter.encode(charset)[1] == 0x5C
        cursor.execute(text.encode(charset))
    s.wait_for_key("items", {"id": 1})
    [change] = s.changes("items")
    assert change["after"]["name"] == letter
    assert change["source"]["query"] == text


STATEMENTS = {
    "insert": ["INSERT INTO items VALUES (1, 'a')"],
    "in_a_comment": ["/*!50000 INSERT */ INTO items VALUES (1, 'a')"],
    "filled_table": ["CREATE TABLE filled AS SELECT 1 AS id"],
    "function": ["SELECT f()"],
}


@pytest.mark.parametrize("statements", STATEMENTS.values(), ids=STATEMENTS)
def test_rows_changed_by_text_stop_the_task(s, statements):
    s.server.sql("SET GLOBAL log_bin_trust_function_creators = 1")
    s.sql("CREATE FUNCTION f() RETURNS INT BEGIN INSERT INTO items VALUES (9, 'f'); RETURN 1; END")
    s.start_streaming()
    s.sql("SET binlog_format = STATEMENT", *statements)
    s.worker.expect_end(ExitCode.FAILED, "as text", "binlog_format = ROW")


def test_text_about_tables_that_are_not_captured_is_passed_by(s):
    s.worker.connector |= {"table.include.list": rf"{s.name}\.items"}
    s.start_streaming()
    s.sql("SET binlog_format = STATEMENT", "INSERT INTO other VALUES (1)", "CREATE TABLE filled AS SELECT 1 AS id")
    s.sql("INSERT INTO items VALUES (1, 'a')")
    s.wait_for_key("items", {"id": 1})
