# SPDX-License-Identifier: Apache-2.0
"""Random interleavings of XA transactions, on a server that may be killed at any moment.

What became of each transaction is known from what the server answered or, where it died over the question, from
XA RECOVER afterwards. One thread; faults come from others."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from enum import Enum

import pymysql

from support.servers import Database
from support.waiting import poll_until

TABLES = ("first", "second", "third")
# In a database that is not captured: transactions may hold rows of which consumers learn nothing.
ASIDE = "aside"
MARKS = "marks"

_LANES = 6
_IDS_OF_A_LANE = 8
# Few, so that they are used again.
_XIDS = tuple(f"'{name}'{branch}" for name in "abcdefgh" for branch in ("", ",'branch'", ",'other',7"))
_UNKNOWN_XID = 1397
_ROLLED_BACK = 1402


class State(Enum):
    ACTIVE = "active"
    ENDED = "ended"
    PREPARED = "prepared"
    COMMITTED = "committed"
    ROLLED_BACK = "rolled back"


class ServerLost(Exception):
    """The server went away over a statement."""


class Transaction:
    """`name` is in each row that it writes; no other has it, while xids come again."""

    def __init__(self, xid: str, number: int, lane: int, connection: pymysql.Connection) -> None:
        self.xid = xid
        self.name = f"{xid}#{number}"
        self.lane = lane
        self.state = State.ACTIVE
        # One that has not changed a row leaves nothing to recover.
        self.wrote = False
        # None once its session has ended, which only a prepared one survives.
        self.connection: pymysql.Connection | None = connection


class Interleaving:
    """Each transaction has a lane, keys that nobody else changes meanwhile: a prepared one holds its locks."""

    def __init__(self, server: Database, database: str, seed: int) -> None:
        self.server = server
        self.database = database
        self.all: list[Transaction] = []
        self.counts: Counter[str] = Counter()
        self._random = random.Random(seed)
        self._open: dict[int, Transaction] = {}
        self._numbers = 0
        self._dying = False

    def create(self) -> None:
        columns = "(id INT PRIMARY KEY, n INT NOT NULL, who VARCHAR(40) NOT NULL)"
        self.server.sql(
            f"DROP DATABASE IF EXISTS `{self.database}`",
            f"DROP DATABASE IF EXISTS `{self._aside}`",
            f"CREATE DATABASE `{self.database}`",
            f"CREATE DATABASE `{self._aside}`",
            *(f"CREATE TABLE `{self.database}`.{table} {columns}" for table in TABLES),
            f"CREATE TABLE `{self.database}`.{MARKS} (id INT PRIMARY KEY)",
            f"CREATE TABLE `{self._aside}`.{ASIDE} {columns}",
        )

    @property
    def _aside(self) -> str:
        return f"{self.database}_aside"

    def names_in(self, *states: State) -> set[str]:
        return {transaction.name for transaction in self.all if transaction.state in states}

    def step(self) -> None:
        """One statement of one transaction, or what else a busy server does. Raises ServerLost."""
        lane = self._random.randrange(_LANES)
        transaction = self._open.get(lane)
        if self._random.random() < 0.03:
            self._run(None, "FLUSH BINARY LOGS")
            self.counts["flushes"] += 1
        elif transaction is None and self._random.random() < 0.3:
            self._plain(lane)
        elif transaction is None:
            self._start(lane)
        else:
            self._advance(transaction)

    def mark(self, identity: int) -> None:
        """When this row is visible, all before it has been read."""
        self.server.sql(f"INSERT INTO `{self.database}`.{MARKS} VALUES ({identity})")

    def expect_death(self) -> None:
        """Until recover() nothing is committed in one phase: MySQL 9.7 may have such a commit in the binlog and roll it
        back in the recovery, as replicas of its own would learn to their cost."""
        self._dying = True
        self.server.sql("FLUSH ENGINE LOGS")

    def recover(self) -> None:
        """After the server was killed and started: what is left of the transactions.

        MySQL may forget a prepared one, with nobody but its clients connected: it answers XA PREPARE, and has it in the
        binlog, before the engine's log is on disk (its bug 98709). For the world it is rolled back then."""
        self._dying = False
        prepared = self._recovered_xids()
        unknown = prepared - {_key(transaction.xid) for transaction in self._open.values()}
        assert not unknown, f"prepared again: {unknown}"
        for transaction in list(self._open.values()):
            transaction.connection = None
            if _key(transaction.xid) in prepared:
                transaction.state = State.PREPARED
                self.counts["prepared that outlived a server"] += 1
                continue
            if transaction.state is State.PREPARED and transaction.wrote:
                assert not self.server.is_mariadb, f"{transaction.name} is lost"
                self.counts["prepared, then forgotten by the server"] += 1
            self._close(transaction, _LOST[transaction.state])

    def decide_all(self) -> None:
        for transaction in list(self._open.values()):
            if transaction.state is State.PREPARED:
                self._decide(transaction)
            else:
                transaction.connection.close()
                self._close(transaction, State.ROLLED_BACK)
        assert not self._recovered_xids()

    def _recovered_xids(self) -> set[tuple[int, str]]:
        # MariaDB gives the texts as bytes.
        rows = self.server.sql("XA RECOVER")
        return {(row[0], row[3].decode() if isinstance(row[3], bytes) else row[3]) for row in rows}

    def _start(self, lane: int) -> None:
        used = {transaction.xid for transaction in self._open.values()}
        xid = self._random.choice([xid for xid in _XIDS if xid not in used])
        self._numbers += 1
        transaction = Transaction(xid, self._numbers, lane, self._connect())
        self._open[lane] = transaction
        self.all.append(transaction)
        self._run(transaction, f"XA START {xid}")
        self.counts["started"] += 1

    def _advance(self, transaction: Transaction) -> None:
        if transaction.state is State.PREPARED:
            if self._random.random() < 0.3:
                self._decide(transaction)
        elif transaction.state is State.ENDED:
            self._finish(transaction)
        elif self._random.random() < 0.7:
            changed = self._run(transaction, self._change(transaction.lane, transaction.name))
            transaction.wrote = transaction.wrote or changed > 0
        else:
            self._run(transaction, f"XA END {transaction.xid}")
            transaction.state = State.ENDED

    def _finish(self, transaction: Transaction) -> None:
        chosen = self._random.random()
        if chosen < 0.7:
            self._run(transaction, f"XA PREPARE {transaction.xid}")
            transaction.state = State.PREPARED
            self.counts["prepared"] += 1
            if self._random.random() < 0.5:
                transaction.connection.close()
                transaction.connection = None
        elif chosen < 0.85 and not self._dying:
            self._run(transaction, f"XA COMMIT {transaction.xid} ONE PHASE")
            self.counts["committed in one phase"] += 1
            self._close(transaction, State.COMMITTED)
        else:
            self._run(transaction, f"XA ROLLBACK {transaction.xid}")
            self.counts["rolled back before prepared"] += 1
            self._close(transaction, State.ROLLED_BACK)

    def _decide(self, transaction: Transaction) -> None:
        """What was asked is what will have happened: a prepared transaction that is gone was decided."""
        commits = self._random.random() < 0.6
        wanted = State.COMMITTED if commits else State.ROLLED_BACK
        transaction.state = wanted
        verb = "COMMIT" if commits else "ROLLBACK"
        if transaction.connection is not None:
            self._run(transaction, f"XA {verb} {transaction.xid}")
        else:
            decide = f"XA {verb} {transaction.xid}"
            poll_until(lambda: self._decided_by_another(transaction, decide), 10, "the session to be gone")
        self.counts[f"prepared, then {wanted.value}"] += 1
        self._close(transaction, wanted)

    def _decided_by_another(self, transaction: Transaction, statement: str) -> bool:
        """Not before the server has noticed that the session of the transaction has ended. MariaDB then rolls back
        one that has changed nothing."""
        try:
            self._run(None, statement)
            return True
        except pymysql.err.MySQLError as error:
            if error.args[0] == _ROLLED_BACK and not transaction.wrote:
                return True
            if error.args[0] != _UNKNOWN_XID:
                raise
            return False

    def _plain(self, lane: int) -> None:
        """An ordinary transaction, between those of the lane."""
        self._numbers += 1
        changes = [self._change(lane, f"plain#{self._numbers}") for _ in range(self._random.randint(1, 3))]
        self._run(None, "BEGIN", *changes, "COMMIT")
        self.counts["plain"] += 1

    def _change(self, lane: int, name: str) -> str:
        self._numbers += 1
        table = f"`{self.database}`.{self._random.choice(TABLES)}"
        if self._random.random() < 0.15:
            table = f"`{self._aside}`.{ASIDE}"
        first = lane * 1000 + self._random.randrange(_IDS_OF_A_LANE)
        last = min(first + self._random.randrange(3), lane * 1000 + _IDS_OF_A_LANE - 1)
        chosen = self._random.random()
        if chosen < 0.2:
            return f"DELETE FROM {table} WHERE id = {first}"
        if chosen < 0.4:
            return f"UPDATE {table} SET n = {self._numbers}, who = \"{name}\" WHERE id BETWEEN {first} AND {last}"
        rows = ", ".join(f"({identity}, {self._numbers}, \"{name}\")" for identity in range(first, last + 1))
        return f"INSERT INTO {table} VALUES {rows} ON DUPLICATE KEY UPDATE n = VALUES(n), who = VALUES(who)"

    def _connect(self) -> pymysql.Connection:
        def connect() -> pymysql.Connection:
            # No locks between the rows: they would reach into other lanes.
            return self.server.connect(
                init_command="SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED", read_timeout=60
            )

        return _unless_lost(connect)

    def _run(self, transaction: Transaction | None, *statements: str) -> int:
        """In the transaction's session, or in one of its own. How many rows were affected."""
        connection = transaction.connection if transaction else self._connect()
        try:
            with connection.cursor() as cursor:
                return sum(_unless_lost(lambda: cursor.execute(statement)) for statement in statements)
        finally:
            if transaction is None and connection.open:
                connection.close()

    def _close(self, transaction: Transaction, state: State) -> None:
        transaction.state = state
        del self._open[transaction.lane]
        if transaction.connection is not None and transaction.connection.open:
            transaction.connection.close()
        transaction.connection = None


# What became of a transaction that the server does not know any more, by what it last was for us.
_LOST = {
    State.ACTIVE: State.ROLLED_BACK,
    State.ENDED: State.ROLLED_BACK,
    State.PREPARED: State.ROLLED_BACK,
    State.COMMITTED: State.COMMITTED,
    State.ROLLED_BACK: State.ROLLED_BACK,
}


def _key(xid: str) -> tuple[int, str]:
    """As XA RECOVER shows it: format and both texts in one."""
    parts = xid.replace("'", "").split(",")
    return (int(parts[2]) if len(parts) > 2 else 1, "".join(parts[:2]))


def _unless_lost(action: Callable):
    try:
        return action()
    except (pymysql.err.OperationalError, pymysql.err.InterfaceError) as error:
        # 2003: no server; 2006 and 2013: gone; 1053: shutting down; 0: the client's own end is closed.
        if error.args[0] in (0, 1053, 2003, 2006, 2013):
            raise ServerLost from error
        raise
