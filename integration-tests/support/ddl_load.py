# SPDX-License-Identifier: Apache-2.0
"""A seeded load whose tables change under it: rows and DDL from several sessions.

What each change wrote is asked of the server in the transaction itself, by the names and types of that moment. Every
row carries a stamp that no other version of any row has, so a record can be found among what was written whatever
the layout was."""

from __future__ import annotations

import itertools
import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pymysql

from oracle import server_tables
from oracle.server_tables import Column
from oracle.written import Layout, Written, WrittenChange
from support.ddl_statements import DdlWriter, Table
from support.load_literals import literal
from support.servers import Database

# Their rows are expected in topics. The others lie in the same database and are not captured, but are swapped with them.
CAPTURED = tuple(f"t{number}" for number in range(8))
ASIDE = ("x0", "x1")
LEDGER = "ledger"

_LARGEST_STATEMENT = 120
_ROLLED_BACK = (1205, 1213, 1062)


class DdlLoad:
    """One database and the sessions that change it. `written` is what committed transactions did to CAPTURED tables."""

    def __init__(self, server: Database, database: str, seed: int, *, sessions: int = 2) -> None:
        self.server = server
        self.database = database
        self.written = Written()
        self.errors: list[BaseException] = []
        self.accepted: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.changes = 0
        self.ddls = 0
        self.seed = seed
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        self._sessions = sessions
        self.tables = {name: Table(name) for name in (*CAPTURED, *ASIDE)}

    def create(self) -> DdlLoad:
        name = self.database
        self.server.sql(
            f"DROP DATABASE IF EXISTS `{name}`",
            f"CREATE DATABASE `{name}` CHARACTER SET utf8mb4",
            f"CREATE TABLE `{name}`.{LEDGER} (id INT AUTO_INCREMENT PRIMARY KEY)",
        )
        connection = self.connect()
        chance = random.Random(f"{self.seed}/tables")
        with connection.cursor() as cursor:
            for table in self.tables.values():
                cursor.execute(DdlWriter(self, chance).create_table(table.name))
                table.layout = Layout.read(cursor, self.database, table.name)
        connection.close()
        return self

    def start(self, changes: int, ddls: int) -> None:
        """Until about so many of both are made, mixed evenly."""
        for number in range(self._sessions):
            thread = threading.Thread(target=self._run, args=(number, changes, ddls), daemon=True)
            self._threads.append(thread)
            thread.start()

    def is_running(self) -> bool:
        return any(thread.is_alive() for thread in self._threads)

    def stop(self) -> None:
        self._stop.set()
        self.join()

    def join(self) -> None:
        for thread in self._threads:
            thread.join()
        if self.errors:
            raise self.errors[0]

    def mark(self) -> int:
        """When this row of the ledger is visible, all before it are."""
        return self.server.sql(f"INSERT INTO `{self.database}`.{LEDGER} VALUES ()", "SELECT LAST_INSERT_ID()")[0][0]

    # For sessions

    def numbers(self, count: int) -> int:
        """The first of so many that nobody else gets: ids, stamps, endings of names."""
        with self._lock:
            first = next(self._numbers)
            self._numbers = itertools.count(first + count)
            return first

    def connect(self) -> pymysql.Connection:
        """Values come as text. An sql_mode without checks: what does not fit is made to fit, and SELECT tells how."""
        connection = server_tables.connect(self.server.host, self.server.port, "root", "")
        connection.select_db(self.database)
        if self.server.is_mariadb:
            # Its JSON is a text with a check.
            connection.query("SET check_constraint_checks = OFF")
        return connection

    @contextmanager
    def locked(self, names: list[str]) -> Iterator[list[Table]]:
        """Nobody else writes to these tables or changes them; what is known of them is what the server has."""
        tables = [self.tables[name] for name in sorted(names)]
        with ExitStack() as stack:
            for table in tables:
                stack.enter_context(table.lock)
            yield [self.tables[name] for name in names]

    def commit(self, changes: list[WrittenChange]) -> None:
        with self._lock:
            self.changes += len(changes)
            self.written.add([change for change in changes if change.table in CAPTURED])

    def told(self, kind: str, error: pymysql.err.MySQLError | None) -> None:
        with self._lock:
            self.ddls += error is None
            (self.accepted if error is None else self.refused)[kind] += 1

    def _run(self, number: int, changes: int, ddls: int) -> None:
        connection = self.connect()
        try:
            session = _Session(self, connection, random.Random(f"{self.seed}/{number}"))
            while not self._stop.is_set() and (self.changes < changes or self.ddls < ddls):
                if self.ddls < ddls and self.ddls * changes <= self.changes * ddls:
                    session.change_definitions()
                else:
                    session.change_rows()
        except BaseException as error:  # raised again by join()
            self.errors.append(error)
        finally:
            connection.close()


class _Session:
    def __init__(self, load: DdlLoad, connection: pymysql.Connection, chance: random.Random) -> None:
        self._load = load
        self._random = chance
        self._connection = connection
        self._cursor = connection.cursor()
        self._ddl = DdlWriter(load, chance)

    def change_definitions(self) -> None:
        kind, names = self._ddl.choose()
        with self._load.locked(names) as tables:
            accepted = 0
            for statement in self._ddl.statements(kind, tables):
                try:
                    self._cursor.execute(statement)
                except pymysql.err.MySQLError as error:
                    self._load.told(kind, error)
                    for undoing in self._ddl.clean_up(kind, tables):
                        self._cursor.execute(undoing)
                    break
                self._load.told(kind, None)
                accepted += 1
            self._ddl.finish(kind, tables, accepted)
            for table in tables:
                table.layout = Layout.read(self._cursor, self._load.database, table.name)

    def change_rows(self) -> None:
        count = self._random.choice((1, 1, 2, 3))
        with self._load.locked(self._random.sample(list(self._load.tables), count)) as tables:
            blocks = {table.name: list(table.blocks) for table in tables}
            try:
                self._cursor.execute("BEGIN")
                changes = list(itertools.chain.from_iterable(map(self._statement, tables)))
                keep = self._random.random() > 0.05
                self._connection.commit() if keep else self._connection.rollback()
            except pymysql.err.MySQLError as error:
                if error.args[0] not in _ROLLED_BACK:
                    raise
                self._connection.rollback()
                keep = False
            if keep:
                self._load.commit(changes)
            else:
                for table in tables:
                    table.blocks = blocks[table.name]

    def _statement(self, table: Table) -> list[WrittenChange]:
        action: Callable[[Table], list[WrittenChange]] = self._insert
        if table.blocks:
            actions = (self._insert, self._update, self._delete, self._move)
            action = self._random.choices(actions, weights=(30, 50, 14, 6))[0]
        return action(table)

    def _size(self) -> int:
        return int(_LARGEST_STATEMENT ** self._random.random())

    def _insert(self, table: Table) -> list[WrittenChange]:
        count = self._size()
        first = self._load.numbers(count)
        columns = [column for column in table.layout.writable if column.name not in ("id", "stamp")]
        columns = [column for column in columns if self._random.random() < 0.9]
        rows = []
        for number in range(first, first + count):
            values = [self._literal(table, column) for column in columns]
            rows.append(f"({', '.join((str(number), str(number), *values))})")
        names = ", ".join(f"`{name}`" for name in ("id", "stamp", *(column.name for column in columns)))
        self._cursor.execute(f"INSERT INTO {table.name} ({names}) VALUES {', '.join(rows)}")
        table.blocks.append((first, first + count - 1))
        return [table.written(None, after) for after in self._images(table, first, first + count - 1)]

    def _update(self, table: Table) -> list[WrittenChange]:
        columns = [column for column in table.layout.writable if column.name not in ("id", "stamp")]
        columns = self._random.sample(columns, min(len(columns), self._random.randint(0, 3)))
        more = [f"`{column.name}` = {self._literal(table, column)}" for column in columns]
        return self._change(table, 0, more)

    def _move(self, table: Table) -> list[WrittenChange]:
        """To ids that were never used: a change of the key, if they are in it."""
        return self._change(table, self._load.numbers(_LARGEST_STATEMENT), [])

    def _change(self, table: Table, target: int, more: list[str]) -> list[WrittenChange]:
        first, last = self._range(table)
        stamps = self._load.numbers(last - first + 1)
        before = self._images(table, first, last)
        assignments = [f"stamp = {stamps} + id - {first}", *more]
        if target:
            assignments.append(f"id = id + {target - first}")
        self._cursor.execute(f"UPDATE {table.name} SET {', '.join(assignments)} WHERE id BETWEEN {first} AND {last}")
        if target:
            table.blocks.append((target, target + last - first))
            first, last = target, target + last - first
        after = self._images(table, first, last)
        assert len(before) == len(after)
        return [table.written(*images) for images in zip(before, after)]

    def _delete(self, table: Table) -> list[WrittenChange]:
        first, last = self._range(table)
        before = self._images(table, first, last)
        self._cursor.execute(f"DELETE FROM {table.name} WHERE id BETWEEN {first} AND {last}")
        return [table.written(image, None) for image in before]

    def _literal(self, table: Table, column: Column) -> str:
        if column.name in table.layout.nullable and self._random.random() < 0.1:
            return "NULL"
        return literal(self._random, column.kind)

    def _range(self, table: Table) -> tuple[int, int]:
        first, last = self._random.choice(table.blocks)
        count = min(last - first + 1, self._size())
        first += self._random.randint(0, last - first + 1 - count)
        return first, first + count - 1

    def _images(self, table: Table, first: int, last: int) -> list[tuple]:
        """By id, so that those before and after a change pair up."""
        return table.layout.select(self._cursor, table.name, f"id BETWEEN {first} AND {last} ORDER BY id")
