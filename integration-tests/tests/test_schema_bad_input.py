# SPDX-License-Identifier: Apache-2.0
"""DDL that is broken, huge, or not in the binlog at all: a right record or a clear stop, and nothing lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from support.rowmill import ExitCode
from support.servers import Database

ITEMS = "items (id INT PRIMARY KEY, name VARCHAR(100))"


@pytest.fixture(params=["mysql", "mariadb"])
def minimal(request) -> Iterator[Database]:
    """A server whose table maps have no names: what no DDL told is not known."""
    server = request.getfixturevalue(request.param)
    ((usual,),) = server.sql("SELECT @@GLOBAL.binlog_row_metadata")
    server.sql("SET GLOBAL binlog_row_metadata = MINIMAL")
    yield server
    server.sql(f"SET GLOBAL binlog_row_metadata = {usual}")


@pytest.fixture
def s(scenario, minimal, kafka):
    made = scenario(minimal, kafka)
    made.create(ITEMS)
    return made


def run(s, *statements: str | bytes, charset: str = "utf8mb4") -> None:
    """In one session, as these very bytes."""
    connection = s.server.connect(database=s.name)
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SET NAMES {charset}")
        for statement in statements:
            connection.query(statement)
    finally:
        connection.close()


def unlogged(s, *statements: str) -> None:
    run(s, "SET sql_log_bin = 0", *statements)


def images(s, count: int, *tables: str) -> list[dict]:
    """After so many changes, in the order of their ids."""
    s.wait_for_changes(count, *tables)
    return sorted((change["after"] for change in s.changes(*tables)), key=lambda image: image["id"])


def images_of_database(s, database: str) -> list[dict]:
    found = [change["after"] for change in s.changes() if change["source"]["db"] == database]
    return sorted(found, key=lambda image: image["id"])


@pytest.mark.parametrize(
    ("charset", "statement"),
    [
        ("utf8mb4", b"ALTER TABLE items /* \xff\xfe ' */ ADD COLUMN note INT"),
        ("utf8mb4", b"ALTER TABLE items ADD COLUMN note INT COMMENT 'caf\xe9'"),
        ("latin1", b"ALTER TABLE items ADD COLUMN \xfcber INT"),
        ("gbk", b"ALTER TABLE items ADD COLUMN `\x95\x5c` ENUM('\x95\x5c','\x81\x60') FIRST"),
        ("gbk", b"ALTER TABLE items ADD COLUMN \xd6\xd0 SET('\x95\x5c\\'', 'b') CHARACTER SET utf8mb4"),
        ("gbk", b"ALTER TABLE items /* \x95 */ ADD COLUMN note INT, RENAME COLUMN name TO `\x81\x60`"),
        ("sjis", b"ALTER TABLE items ADD COLUMN `\x83\x5c` VARCHAR(3) DEFAULT '\x83\x5c'"),
        ("big5", b"ALTER TABLE items ADD COLUMN `\xa5\x5c\xaf\xe0` VARCHAR(3) DEFAULT '\xb3\x5c'"),
    ],
)
def test_ddl_in_any_charset_and_in_broken_ones_is_understood(s, charset, statement):
    s.start_streaming()
    try:
        run(s, statement, charset=charset)
    except Exception as error:
        pytest.skip(f"the server refuses it: {error}")
    names = [row[0] for row in s.sql("SHOW COLUMNS FROM items")]
    s.sql(f"INSERT INTO items (id) VALUES (1)", *(f"UPDATE items SET `{name}` = 1 WHERE id = 1" for name in names))
    s.sql("INSERT INTO items (id) VALUES (2)")
    images(s, 1 + len(s.sql("SELECT * FROM items")))
    (last,) = [change["after"] for change in s.changes() if change["after"]["id"] == 2]
    assert list(last) == names
    s.wait_for_key("items", {"id": 2})
    s.judge()


def test_alter_of_a_megabyte_is_applied(s):
    s.start_streaming()
    labels = ", ".join(f"/* {'w' * 700} */ 'label {number}'" for number in range(1500))
    many = ", ".join(f"ADD COLUMN c{number} INT /* {'y' * 1500}, DROP id */" for number in range(700))
    run(
        s,
        f"ALTER TABLE items ADD COLUMN e ENUM({labels}) FIRST",
        f"ALTER TABLE items /* {'z' * 1_000_000} */ ADD f INT FIRST",
        f"ALTER TABLE items {many}",
        "INSERT INTO items (id, e, f, c699) VALUES (1, 1500, 3, 4)",
    )
    (image,) = images(s, 1)
    assert (image["e"], image["f"], image["c699"]) == ("label 1499", 3, 4)
    s.judge(1)


def test_ddl_that_was_not_logged_is_looked_up(s):
    s.start_streaming()
    unlogged(s, "ALTER TABLE items ADD COLUMN amount BIGINT FIRST, DROP COLUMN name")
    s.sql("INSERT INTO items (id, amount) VALUES (1, 5)")
    assert images(s, 1) == [{"amount": 5, "id": 1}]
    assert s.worker.logged("level=warn")
    unlogged(s, "CREATE TABLE more (id INT PRIMARY KEY, a INT)")
    s.sql("INSERT INTO more VALUES (1, 2)")
    assert images(s, 1, "more") == [{"id": 1, "a": 2}]
    s.judge(2)
    # What was found stays: the next start knows it.
    assert s.worker.stop() == ExitCode.SUCCESS
    s.sql("INSERT INTO more VALUES (3, 4)", "INSERT INTO items (id, amount) VALUES (3, 5)")
    s.worker.start()
    images(s, 4)
    s.judge(4)


@pytest.fixture
def doubtful(s):
    """A row of a layout that neither the log nor the catalog has. The worker is not running, and has told of row 1."""
    s.start_streaming()
    s.sql("INSERT INTO items VALUES (1, 'one')")
    s.wait_for_changes(1)
    assert s.worker.stop() == ExitCode.SUCCESS
    unlogged(s, "ALTER TABLE items ADD COLUMN amount BIGINT FIRST")
    s.sql("INSERT INTO items (id, amount, name) VALUES (2, 20, 'two')")
    s.sql("ALTER TABLE items ADD COLUMN last_one INT")
    s.sql("INSERT INTO items (id, amount, name, last_one) VALUES (3, 30, 'three', 33)")
    return s


LATER = {"amount": 30, "id": 3, "name": "three", "last_one": 33}


def test_layout_that_is_not_to_be_found_stops_the_task_and_names_both_ways_out(doubtful):
    s = doubtful
    s.worker.start().expect_end(
        ExitCode.CONFIG, f"{s.name}.items", "binlog.0", "schema.recovery=skip", "schema.recovery.file", "CREATE TABLE"
    )
    assert len(s.changes()) == 1, "rows behind the doubtful one were told"


def test_recovery_file_tells_what_a_table_was_like(doubtful):
    s = doubtful
    file = s.folder / "recovery.sql"
    file.write_text(f"CREATE TABLE `{s.name}`.`items` (amount BIGINT, id INT PRIMARY KEY, name VARCHAR(100)) CHARSET utf8mb4;\n")
    s.worker.connector["schema.recovery.file"] = file
    s.worker.start()
    assert images(s, 3)[1:] == [{"amount": 20, "id": 2, "name": "two"}, LATER]
    # It is for doubts only, and no more needed after them.
    assert s.worker.stop() == ExitCode.SUCCESS
    del s.worker.connector["schema.recovery.file"]
    s.sql("INSERT INTO items (id) VALUES (4)")
    s.worker.start()
    s.wait_for_changes(4)
    s.judge(4)


def test_recovery_file_that_does_not_fit_stops_the_task(doubtful):
    s = doubtful
    file = s.folder / "recovery.sql"
    s.worker.connector["schema.recovery.file"] = file
    for text, told in (
        (f"CREATE TABLE {s.name}.items (id INT PRIMARY KEY, name VARCHAR(100), other INT)", "items"),
        (f"CREATE TABLE {s.name}.items (id INT PRIMARY", "recovery.sql"),
    ):
        file.write_text(text)
        s.worker.start()
        s.worker.wait(60)
        assert told in s.worker.log_since_start() and "schema.recovery.file" in s.worker.log_since_start()
    assert len(s.changes()) == 1


def test_skip_passes_over_the_rows_that_nothing_describes(doubtful):
    s = doubtful
    s.worker.connector["schema.recovery"] = "skip"
    s.worker.start()
    assert images(s, 2)[1:] == [LATER]
    assert s.worker.stop() == ExitCode.SUCCESS
    assert s.worker.logged("skip")


def test_statement_that_makes_the_doubt_is_told(scenario, mariadb, kafka):
    """What ADD PERIOD FOR SYSTEM_TIME does to the columns is the server's business."""
    mariadb.sql("SET GLOBAL binlog_row_metadata = MINIMAL")
    s = scenario(mariadb, kafka)
    s.create(ITEMS)
    s.start_streaming()
    s.sql("INSERT INTO items VALUES (1, 'one')")
    s.wait_for_changes(1)
    assert s.worker.stop() == ExitCode.SUCCESS
    statement = (
        "ALTER TABLE items ADD COLUMN s TIMESTAMP(6) GENERATED ALWAYS AS ROW START, ADD COLUMN e TIMESTAMP(6) GENERATED"
        " ALWAYS AS ROW END, ADD PERIOD FOR SYSTEM_TIME(s, e), ADD SYSTEM VERSIONING"
    )
    s.sql(statement, "INSERT INTO items (id) VALUES (2)")
    s.sql("SET system_versioning_alter_history = KEEP", "ALTER TABLE items ADD COLUMN last_one INT")
    s.worker.start().expect_end(ExitCode.CONFIG, "ADD PERIOD FOR SYSTEM_TIME(s, e)", "schema.recovery.file", "schema.recovery=skip")


def test_tables_join_and_leave_the_configuration(s):
    other = f"{s.name}_2"
    s.server.sql(f"DROP DATABASE IF EXISTS {other}", f"CREATE DATABASE {other}")
    s.sql("CREATE TABLE second (id INT PRIMARY KEY, a INT)", f"CREATE TABLE {other}.third (id INT PRIMARY KEY, b INT)")
    s.worker.connector["table.include.list"] = rf"{s.name}\.items"
    s.start_streaming()
    s.sql(
        "INSERT INTO second VALUES (1, 1)",
        f"INSERT INTO {other}.third VALUES (1, 1)",
        "ALTER TABLE second RENAME COLUMN a TO a2, ADD COLUMN more INT",
        f"ALTER TABLE {other}.third RENAME COLUMN b TO b2, ADD COLUMN more INT",
        "INSERT INTO items VALUES (1, 'one')",
    )
    s.wait_for_changes(1)
    assert s.worker.stop() == ExitCode.SUCCESS

    # Both join: one whose database was watched, and one of which nothing was known.
    s.worker.connector["table.include.list"] = rf"{s.name}\..*,{other}\.third"
    s.sql("INSERT INTO second VALUES (2, 2, 2)", f"INSERT INTO {other}.third VALUES (2, 2, 2)")
    s.worker.start()
    assert images(s, 1, "second") == [{"id": 2, "a2": 2, "more": 2}]
    s.wait_for_changes(3)
    assert images_of_database(s, other) == [{"id": 2, "b2": 2, "more": 2}]
    assert s.worker.stop() == ExitCode.SUCCESS

    # Both leave, change, and come back.
    s.worker.connector["table.include.list"] = rf"{s.name}\.items"
    s.worker.start()
    s.sql(
        "ALTER TABLE second RENAME COLUMN a2 TO a3",
        f"ALTER TABLE {other}.third RENAME COLUMN b2 TO b3, DROP COLUMN more",
        "INSERT INTO second VALUES (3, 3, 3)",
        f"INSERT INTO {other}.third VALUES (3, 3)",
        "INSERT INTO items VALUES (2, 'two')",
    )
    s.wait_for_changes(2, "items")
    assert s.worker.stop() == ExitCode.SUCCESS
    s.worker.connector["table.include.list"] = rf"{s.name}\..*,{other}\.third"
    s.sql("INSERT INTO second VALUES (4, 4, 4)", f"INSERT INTO {other}.third VALUES (4, 4)")
    s.worker.start()
    assert images(s, 2, "second")[1] == {"id": 4, "a3": 4, "more": 4}
    s.wait_for_changes(6)
    assert images_of_database(s, other)[1] == {"id": 4, "b3": 4}
    s.server.sql(f"DROP DATABASE {other}")


def test_start_in_the_past_of_a_table_that_has_changed_since(s):
    file, position, _ = s.server.position()
    s.sql("INSERT INTO items VALUES (1, 'one')")
    s.sql("ALTER TABLE items ADD COLUMN amount INT FIRST, RENAME COLUMN name TO title")
    s.sql("INSERT INTO items VALUES (20, 2, 'two')")
    s.worker.connector["start.position"] = f"{file}:{position}"
    s.worker.start().expect_end(ExitCode.CONFIG, f"{s.name}.items", "schema.recovery.file", "schema.recovery=skip")
    assert not s.changes()
    recovery = s.folder / "recovery.sql"
    recovery.write_text(f"CREATE TABLE {s.name}.items (id INT PRIMARY KEY, name VARCHAR(100) CHARACTER SET utf8mb4)")
    s.worker.connector["schema.recovery.file"] = recovery
    s.worker.start()
    assert images(s, 2) == [{"id": 1, "name": "one"}, {"amount": 20, "id": 2, "title": "two"}]
    assert s.worker.stop() == ExitCode.SUCCESS


def test_start_in_the_past_of_a_table_that_has_not_changed_in_columns(s):
    """DDL in between is in the catalog's definition already, and is not applied a second time."""
    file, position, _ = s.server.position()
    s.sql("INSERT INTO items VALUES (1, 'one')", "ALTER TABLE items ADD INDEX (name)", "TRUNCATE TABLE items")
    s.sql("CREATE TABLE more (id INT PRIMARY KEY)", "ALTER TABLE more ADD COLUMN a INT", "INSERT INTO more VALUES (1, 2)")
    s.worker.connector["start.position"] = f"{file}:{position}"
    s.worker.start()
    assert images(s, 1, "more") == [{"id": 1, "a": 2}]
    assert images(s, 1, "items") == [{"id": 1, "name": "one"}]
