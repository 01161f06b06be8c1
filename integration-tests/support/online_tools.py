# SPDX-License-Identifier: Apache-2.0
"""Online schema changes of a table `t` that is written to meanwhile: the statements that gh-ost and pt-online-schema-change
send, in their order, from SQL of our own."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from typing import NamedTuple

import pymysql
from pymysql.cursors import Cursor

from oracle import server_tables
from oracle.written import Layout, Written, WrittenChange
from support.servers import Database
from support.waiting import poll_until

_IDS_OF_A_WRITER = 1_000_000
_CHUNK = 200
_DEADLOCK = 1213
_LOCK_TIMEOUT = 1205
_NO_SUCH_TABLE = 1146
# MariaDB, of a statement that waited while the table was replaced.
_TABLE_CHANGED = 1412


class Alteration(NamedTuple):
    """`columns`: those that live on, by their old names, and what they are called then."""

    clauses: str
    columns: dict[str, str]


class Writers:
    """Sessions that change rows of `t` as fast as they can, and ask the server in each transaction what they wrote."""

    def __init__(self, server: Database, database: str, seed: int, *, count: int = 2) -> None:
        self.server = server
        self.database = database
        self.written = Written()
        self.errors: list[BaseException] = []
        # Ids that were changed since a tool looked last.
        self.touched: list[int] = []
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._writers = [_Writer(self, number, random.Random(f"{seed}/{number}")) for number in range(count)]
        self._threads = [threading.Thread(target=self._run, args=(writer,), daemon=True) for writer in self._writers]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()
        if self.errors:
            raise self.errors[0]

    def go_on(self, changes: int = 500) -> None:
        """Returns when they have made so many more."""
        goal = self.written.count + changes
        poll_until(lambda: self.errors or self.written.count >= goal, 60, "the writers to go on")

    def connect(self) -> pymysql.Connection:
        connection = server_tables.connect(self.server.host, self.server.port, "root", "")
        connection.select_db(self.database)
        connection.query("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED")
        return connection

    def commit(self, connection: pymysql.Connection, changes: list[WrittenChange]) -> None:
        connection.commit()
        with self._lock:
            self.written.add(changes)
            for change in changes:
                self.touched.extend(image[change.layout.id] for image in (change.before, change.after) if image)

    def take_touched(self) -> list[int]:
        with self._lock:
            touched, self.touched = self.touched, []
            return touched

    def wait_for_commits(self) -> None:
        """What the server has committed is in `touched`."""
        poll_until(lambda: not any(writer.committing for writer in self._writers), 30, "commits to be noted", interval=0.005)

    def _run(self, writer: _Writer) -> None:
        try:
            while not self._stop.is_set():
                writer.change_rows()
        except BaseException as error:  # raised again by stop()
            self.errors.append(error)


class _Writer:
    def __init__(self, writers: Writers, number: int, chance: random.Random) -> None:
        self.committing = False
        self._writers = writers
        self._random = chance
        self._first = self._next = number * _IDS_OF_A_WRITER + 1
        self._stamp = number * _IDS_OF_A_WRITER * 1000 + 1
        self._connection: pymysql.Connection | None = None

    def change_rows(self) -> None:
        self._connection = self._connection or self._writers.connect()
        try:
            with self._connection.cursor() as cursor:
                cursor.execute("BEGIN")
                # From here on nobody can change its layout.
                cursor.execute("SELECT 1 FROM t LIMIT 1")
                layout = Layout.read(cursor, self._writers.database, "t")
                changes = [change for _ in range(self._random.randint(1, 4)) for change in self._statement(cursor, layout)]
            self.committing = True
            self._writers.commit(self._connection, changes)
        except pymysql.err.MySQLError as error:
            if error.args[0] not in (_DEADLOCK, _LOCK_TIMEOUT, _NO_SUCH_TABLE, _TABLE_CHANGED):
                raise
            self._connection.rollback()
        finally:
            self.committing = False

    def _statement(self, cursor: Cursor, layout: Layout) -> list[WrittenChange]:
        count = self._random.randint(1, 20)
        if self._next == self._first or self._random.random() < 0.4:
            first, last = self._next, self._next + count - 1
            self._next = last + 1
            names = [column.name for column in layout.columns if column.name not in ("id", "stamp")]
            rows = [(str(n), str(n - first + self._stamp), *(self._value() for _ in names)) for n in range(first, last + 1)]
            values = ", ".join(f"({', '.join(row)})" for row in rows)
            cursor.execute(f"INSERT INTO t ({', '.join(('id', 'stamp', *names))}) VALUES {values}")
            self._stamp += count
            return [WrittenChange("t", layout, None, after) for after in self._images(cursor, layout, first, last)]
        first = self._random.randint(self._first, self._next - 1)
        last = first + count
        before = self._images(cursor, layout, first, last)
        if self._random.random() < 0.2:
            cursor.execute(f"DELETE FROM t WHERE id BETWEEN {first} AND {last}")
            return [WrittenChange("t", layout, image, None) for image in before]
        column = self._random.choice([name for name in layout.names if name not in ("id", "stamp")])
        cursor.execute(
            f"UPDATE t SET stamp = {self._stamp} + id - {first}, {column} = {self._value()} WHERE id BETWEEN {first} AND {last}"
        )
        self._stamp += count + 1
        return [WrittenChange("t", layout, *images) for images in zip(before, self._images(cursor, layout, first, last))]

    def _value(self) -> str:
        return str(self._random.randrange(10**6))

    def _images(self, cursor: Cursor, layout: Layout, first: int, last: int) -> list[tuple]:
        return layout.select(cursor, "t", f"id BETWEEN {first} AND {last} ORDER BY id")


class _Tool:
    """A session that copies `t` into another table."""

    def __init__(self, writers: Writers, alteration: Alteration) -> None:
        self.writers = writers
        self.alteration = alteration
        self.old = ", ".join(alteration.columns)
        self.new = ", ".join(alteration.columns.values())
        self.connection = writers.connect()
        self.cursor = self.connection.cursor()

    def run(self, *statements: str) -> None:
        for statement in statements:
            self._patiently(lambda: self.cursor.execute(statement))

    def _patiently(self, action: Callable[[], object]) -> None:
        """A deadlock with the writers is nothing that a tool gives up for."""

        def done() -> bool:
            try:
                action()
                return True
            except pymysql.err.OperationalError as error:
                if error.args[0] not in (_DEADLOCK, _LOCK_TIMEOUT):
                    raise
                return False

        poll_until(done, 60, "the locks that a tool needs")

    def chunks(self) -> list[str]:
        """Conditions that take all rows in turn."""
        self.cursor.execute("SELECT id FROM t ORDER BY id")
        ids = [int(row[0]) for row in self.cursor.fetchall()]
        return [f"id BETWEEN {ids[n]} AND {ids[min(n + _CHUNK, len(ids)) - 1]}" for n in range(0, len(ids), _CHUNK)]


def gh_ost(writers: Writers, alteration: Alteration, *, two_steps: bool = False) -> None:
    tool = _Tool(writers, alteration)
    _ask_for_instant(tool)
    tool.run(
        "drop /* gh-ost */ table if exists `_t_gho`",
        "drop /* gh-ost */ table if exists `_t_del`",
        "drop /* gh-ost */ table if exists `_t_ghc`",
        "create /* gh-ost */ table `_t_ghc` (id bigint unsigned auto_increment, last_update timestamp not null DEFAULT"
        " CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, hint varchar(64) charset ascii not null,"
        " value varchar(4096) charset ascii not null, primary key(id), unique key hint_uidx(hint)) auto_increment=256",
        "create /* gh-ost */ table `_t_gho` like `t`",
        f"alter /* gh-ost */ table `_t_gho` {alteration.clauses}",
    )
    for beat, chunk in enumerate(tool.chunks()):
        tool.run(
            f"insert /* gh-ost */ into `_t_ghc` (id, hint, value) values (1, 'heartbeat', 'beat {beat}')"
            " on duplicate key update last_update=NOW(), value=VALUES(value)",
            f"insert /* gh-ost `t` */ ignore into `_t_gho` ({tool.new})"
            f" (select {tool.old} from `t` force index (`PRIMARY`) where {chunk} lock in share mode)",
        )
        _apply(tool)
    (_cut_over_in_two_steps if two_steps else _cut_over)(tool)
    tool.run("drop /* gh-ost */ table if exists `_t_ghc`", "drop /* gh-ost */ table if exists `_t_del`")
    tool.connection.close()


def _ask_for_instant(tool: _Tool) -> None:
    try:
        tool.run(f"ALTER /* gh-ost */ TABLE `{tool.writers.database}`.`t` {tool.alteration.clauses}, ALGORITHM=INSTANT, LOCK=NONE")
    except pymysql.err.MySQLError:
        return
    raise AssertionError("choose an alteration that needs a copy")


def _apply(tool: _Tool) -> None:
    """What gh-ost reads from the binlog: rows as they are by then."""
    touched = sorted(set(tool.writers.take_touched()))
    for first in range(0, len(touched), _CHUNK):
        ids = ", ".join(map(str, touched[first : first + _CHUNK]))
        tool.run(
            f"delete /* gh-ost */ from `_t_gho` where id in ({ids})",
            f"replace /* gh-ost */ into `_t_gho` ({tool.new}) select {tool.old} from `t` where id in ({ids})",
        )


def _cut_over(tool: _Tool) -> None:
    """One RENAME that waits behind a lock until everything has been applied."""
    database = tool.writers.database
    tool.run(
        "create /* gh-ost */ table `_t_del` (id int auto_increment primary key) comment='ghost-cut-over-sentry'",
        "lock /* gh-ost */ tables `t` write, `_t_del` write, `_t_gho` write",
    )
    tool.writers.wait_for_commits()
    _apply(tool)
    renamer = tool.writers.connect()
    rename = f"rename /* gh-ost */ table `{database}`.`t` to `{database}`.`_t_del`, `{database}`.`_t_gho` to `{database}`.`t`"
    errors: list[BaseException] = []

    def run() -> None:
        try:
            renamer.query(rename)
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    waiting = f"SELECT 1 FROM information_schema.processlist WHERE id = {renamer.thread_id()} AND state LIKE 'Waiting%'"
    poll_until(lambda: errors or tool.writers.server.sql(waiting), 30, "RENAME to wait for the lock")
    tool.run("drop /* gh-ost */ table `_t_del`", "unlock tables")
    thread.join()
    renamer.close()
    assert not errors, errors


def _cut_over_in_two_steps(tool: _Tool) -> None:
    """Between them there is no t."""
    tool.run("lock /* gh-ost */ tables `t` write, `_t_gho` write")
    tool.writers.wait_for_commits()
    _apply(tool)
    tool.run("alter /* gh-ost */ table `t` rename `_t_del`", "alter /* gh-ost */ table `_t_gho` rename `t`", "unlock tables")


def pt_online_schema_change(writers: Writers, alteration: Alteration) -> None:
    tool = _Tool(writers, alteration)
    database = writers.database
    tool.cursor.execute("SET sql_mode = ''")
    tool.cursor.execute("SHOW CREATE TABLE t")
    create = tool.cursor.fetchall()[0][1]
    values = ", ".join(f"NEW.`{name}`" for name in alteration.columns)
    replace = f"REPLACE INTO `{database}`.`_t_new` ({tool.new}) VALUES ({values})"
    new = f"`{database}`.`_t_new`"
    tool.run(
        create.replace("CREATE TABLE `t`", f"CREATE TABLE {new}", 1),
        f"ALTER TABLE {new} {alteration.clauses}",
        f"CREATE TRIGGER `pt_osc_{database}_t_del` AFTER DELETE ON `{database}`.`t` FOR EACH ROW"
        f" DELETE IGNORE FROM {new} WHERE {new}.`id` <=> OLD.`id`",
        f"CREATE TRIGGER `pt_osc_{database}_t_upd` AFTER UPDATE ON `{database}`.`t` FOR EACH ROW BEGIN"
        f" DELETE IGNORE FROM {new} WHERE !(OLD.`id` <=> NEW.`id`) AND {new}.`id` <=> OLD.`id`; {replace}; END",
        f"CREATE TRIGGER `pt_osc_{database}_t_ins` AFTER INSERT ON `{database}`.`t` FOR EACH ROW {replace}",
    )
    for chunk in tool.chunks():
        tool.run(
            f"INSERT LOW_PRIORITY IGNORE INTO {new} ({tool.new}) SELECT {tool.old} FROM `{database}`.`t`"
            f" FORCE INDEX(`PRIMARY`) WHERE {chunk} LOCK IN SHARE MODE /*pt-online-schema-change 4711 copy nibble*/"
        )
    tool.run(
        f"ANALYZE TABLE {new} /* pt-online-schema-change */",
        f"RENAME TABLE `{database}`.`t` TO `{database}`.`_t_old`, {new} TO `{database}`.`t`",
        f"DROP TABLE IF EXISTS `{database}`.`_t_old`",
        *(f"DROP TRIGGER IF EXISTS `{database}`.`pt_osc_{database}_t_{event}`" for event in ("del", "upd", "ins")),
    )
    tool.connection.close()
