# SPDX-License-Identifier: Apache-2.0
"""A seeded load: transactions of 1 to 5,000 row changes of all kinds over eight tables, from several sessions."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Sequence

import pymysql
from pymysql.cursors import Cursor

from support.load_tables import COUNTERS, LEDGER, NAMES, TABLES, LoadTable, create_statements
from support.servers import Database
from support.waiting import poll_until

_LARGEST_TRANSACTION = 5000
_LARGEST_STATEMENT = 500
# Ids of one session lie apart from those of the others, so that they seldom wait for each other.
_IDS_OF_A_SESSION = 1_000_000
_COUNTERS = 100
# Deadlock, lock wait time-out, duplicate key: the transaction is rolled back, as an application would.
_ROLLED_BACK = (1205, 1213, 1062)


class Load:
    """One database full of tables and the sessions that change them. Counting is exact: see LEDGER."""

    def __init__(
        self,
        server: Database,
        database: str,
        seed: int,
        *,
        sessions: int = 2,
        largest: int = _LARGEST_TRANSACTION,
        settings: Sequence[str] = (),
    ) -> None:
        """`largest`: changes of a transaction. `settings`: statements of which one, by chance, is run before
        each transaction: what a session may choose for itself."""
        self.server = server
        self.database = database
        self.seed = seed
        self.largest = largest
        self.settings = settings
        self.errors: list[BaseException] = []
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        self._sessions = [_Session(self, number) for number in range(sessions)]
        print(f"load: database {database}, seed {seed}")

    @property
    def tables(self) -> list[str]:
        return [f"{self.database}.{name}" for name in NAMES]

    def create(self) -> Load:
        self.server.sql(f"DROP DATABASE IF EXISTS `{self.database}`", *create_statements(self.database))
        return self

    def start(self, changes: int, *, changes_a_second: int | None = None) -> None:
        """Until about so many changes are made, or stop() is called. With a pace the load outlasts a test
        that needs time for what it breaks."""
        for session in self._sessions:
            share = changes // len(self._sessions)
            pace = changes_a_second / len(self._sessions) if changes_a_second else None
            thread = threading.Thread(target=self._run, args=(session, share, pace), daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self) -> None:
        self._stop.set()
        self.join()

    def join(self) -> None:
        for thread in self._threads:
            thread.join()
        if self.errors:
            raise self.errors[0]

    def is_running(self) -> bool:
        return any(thread.is_alive() for thread in self._threads)

    def run(self, changes: int) -> None:
        self.start(changes)
        self.join()

    def changes(self) -> int:
        """How many were committed, by what the server itself kept."""
        return int(self.server.sql(f"SELECT COALESCE(SUM(changes), 0) FROM `{self.database}`.{LEDGER}")[0][0])

    def commit(self, *statements: str) -> int:
        """One more transaction, of these statements. Each row they count as affected must be one change."""
        connection = self.server.connect(database=self.database, autocommit=False)
        try:
            with connection.cursor() as cursor:
                changes = 1 + sum(cursor.execute(statement) for statement in statements)
                cursor.execute(f"INSERT INTO {LEDGER} (changes) VALUES ({changes})")
            connection.commit()
            return changes
        finally:
            connection.close()

    def mark(self, note: str) -> int:
        """One more change; when its record is visible, all before it are. Returns its id in the ledger."""
        return self.server.sql(
            f"INSERT INTO `{self.database}`.{LEDGER} (changes, note) VALUES (1, '{note}')", "SELECT LAST_INSERT_ID()"
        )[0][0]

    def stopping(self) -> bool:
        return self._stop.is_set()

    def wait(self, seconds: float) -> None:
        self._stop.wait(seconds)

    def _run(self, session: _Session, changes: int, pace: float | None) -> None:
        try:
            session.run(changes, pace)
        except BaseException as error:  # raised again by join()
            self.errors.append(error)


class _Session:
    def __init__(self, load: Load, number: int) -> None:
        self._load = load
        self._random = random.Random(f"{load.seed}/{number}")
        self._first = number * _IDS_OF_A_SESSION
        self._used: Counter[str] = Counter()
        self._connection: pymysql.Connection | None = None

    def run(self, changes: int, pace: float | None) -> None:
        try:
            self._run(changes, pace)
        finally:
            # A server that is stopped waits 10 s for sessions that have gone quiet.
            if isinstance(self._connection, pymysql.Connection) and self._connection.open:
                self._connection.close()

    def _run(self, changes: int, pace: float | None) -> None:
        begin, done = time.monotonic(), 0
        while done < changes and not self._load.stopping():
            try:
                done += self._transaction(min(changes - done, self._wanted_size()))
            except pymysql.err.IntegrityError:
                continue
            except (pymysql.err.OperationalError, pymysql.err.InterfaceError) as error:
                if error.args[0] not in _ROLLED_BACK:
                    self._reconnect()
            if pace:
                self._load.wait(begin + done / pace - time.monotonic())

    def _wanted_size(self) -> int:
        """Mostly small, some of the largest."""
        return int(self._load.largest ** self._random.random())

    def _reconnect(self) -> None:
        """The server may be down on purpose."""

        def connect() -> pymysql.Connection | None:
            try:
                return self._load.server.connect(database=self._load.database, autocommit=False, read_timeout=60)
            except pymysql.err.OperationalError:
                return None

        self._connection = poll_until(lambda: connect() or self._load.stopping(), 120, "the server to come back")

    def _transaction(self, wanted: int) -> int:
        """Returns how many changes were committed."""
        if self._connection is None:
            self._reconnect()
        connection = self._connection
        if not isinstance(connection, pymysql.Connection):
            return 0  # asked to stop while the server was away
        connection.rollback()
        with connection.cursor() as cursor:
            if self._load.settings:
                cursor.execute(self._random.choice(self._load.settings))
            changes = 0
            while changes < wanted:
                changes += self._statement(cursor, min(wanted - changes, _LARGEST_STATEMENT))
            if self._random.random() < 0.05:
                cursor.execute("SAVEPOINT undone")
                self._statement(cursor, 20)
                cursor.execute("ROLLBACK TO SAVEPOINT undone")
            if self._random.random() < 0.07:
                connection.rollback()
                return 0
            cursor.execute(f"INSERT INTO {LEDGER} (changes) VALUES ({changes + 1})")
        connection.commit()
        return changes + 1

    def _statement(self, cursor: Cursor, most: int) -> int:
        table = self._random.choice(TABLES)
        count = self._random.randint(1, most)
        if table is COUNTERS:
            return self._count_up(cursor, count)
        if self._used[table.name] == 0:
            return self._insert(cursor, table, count)
        actions = (self._insert, self._insert_again, self._update, self._delete, self._change_key)
        action = self._random.choices(actions, weights=(34, 10, 36, 14, 6))[0]
        return action(cursor, table, count)

    def _fresh(self, table: LoadTable, count: int) -> int:
        first = table.first_id + self._first + self._used[table.name]
        self._used[table.name] += count
        return first

    def _known(self, table: LoadTable, count: int) -> tuple[int, int]:
        """A range of ids that this session has used; its rows may or may not be there."""
        used = self._used[table.name]
        count = min(count, used)
        begin = table.first_id + self._first + self._random.randint(0, used - count)
        return begin, begin + count - 1

    def _insert(self, cursor: Cursor, table: LoadTable, count: int, first: int | None = None, more: str = "") -> int:
        if first is None:
            first = self._fresh(table, count)
        chosen = [self._random.choices(column.literals, k=count) for column in table.columns]
        rows = []
        for identity, values in zip(range(first, first + count), zip(*chosen)):
            derived = [expression.format(id=identity) for _, _, expression in table.derived]
            rows.append(f"({', '.join((str(identity), *derived, *values))})")
        return cursor.execute(f"INSERT {more} INTO {table.name} VALUES {', '.join(rows)}")

    def _insert_again(self, cursor: Cursor, table: LoadTable, count: int) -> int:
        """Deleted rows come back; those that are there stay."""
        begin, end = self._known(table, count)
        return self._insert(cursor, table, end - begin + 1, begin, more="IGNORE")

    def _update(self, cursor: Cursor, table: LoadTable, count: int) -> int:
        begin, end = self._known(table, count)
        columns = self._random.sample(table.columns, self._random.randint(1, min(4, len(table.columns))))
        assignments = [f"`{column.name}` = {self._random.choice(column.literals)}" for column in columns]
        return cursor.execute(f"UPDATE {table.name} SET {', '.join(assignments)} WHERE id BETWEEN {begin} AND {end}")

    def _delete(self, cursor: Cursor, table: LoadTable, count: int) -> int:
        begin, end = self._known(table, count)
        return cursor.execute(f"DELETE FROM {table.name} WHERE id BETWEEN {begin} AND {end}")

    def _change_key(self, cursor: Cursor, table: LoadTable, count: int) -> int:
        begin, end = self._known(table, min(count, 50))
        shift = self._fresh(table, end - begin + 1) - begin
        # Moving up in descending order, a row never meets one that has yet to move.
        assignment = table.key_change.format(shift=shift)
        return cursor.execute(f"UPDATE {table.name} SET {assignment} WHERE id BETWEEN {begin} AND {end} ORDER BY id DESC")

    def _count_up(self, cursor: Cursor, count: int) -> int:
        """Few rows that all sessions change again and again."""
        first = self._random.randint(1, _COUNTERS)
        if self._random.random() < 0.2:
            affected = cursor.execute(
                f"INSERT INTO counters VALUES ({first}, 1, NULL) ON DUPLICATE KEY UPDATE n = n + 1"
            )
            return 1 if affected else 0  # 2 stands for one row updated
        last = min(first + count, _COUNTERS)
        return cursor.execute(f"UPDATE counters SET n = n + 1 WHERE id BETWEEN {first} AND {last}")
