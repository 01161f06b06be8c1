# SPDX-License-Identifier: Apache-2.0
"""Generated DDL through the worker: after each statement the definition that it keeps is what the catalog says."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field

from ddl import history
from ddl.catalog import Catalog, Tables, changed
from ddl.columns import Brand
from ddl.comparison import Expected, Outcome, compare
from ddl.sessions import Refused, Session
from ddl.spelling import spell
from ddl.statements import Grammar
from support.scenario import Scenario
from support.servers import Database

# Of the worker's log: a definition that it could not derive and had to look up.
LOOKED_UP = "taken from the catalog as it is now"

_STATEMENTS_OF_A_SESSION = 20
_STATEMENTS_BETWEEN_ROWS = 100


def brand_of(server: Database) -> Brand:
    major, minor = server.env["VERSION"].split(".")[:2]
    return Brand(server.is_mariadb, (int(major), int(minor)))


@dataclass
class Report:
    server: str
    tried: int = 0
    refused: int = 0
    rows: int = 0
    looked_up: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    outcome: Outcome = field(default_factory=Outcome)

    def __str__(self) -> str:
        return (
            f"ddl: {self.server}: {self.tried:,} statements tried, {self.refused:,} refused,"
            f" {self.outcome.compared:,} definitions compared, {self.looked_up:,} looked up,"
            f" {len(self.outcome.complaints):,} differing; {self.rows:,} rows between them"
        )


class Trial:
    """Runs statements until `accepted` of them were, then compares."""

    def __init__(self, scenario: Scenario, seed: int, accepted: int) -> None:
        self._scenario = scenario
        self._server = scenario.server
        self._rng = random.Random(seed)
        self._accepted = accepted
        self._databases = [f"{scenario.name}_a", f"{scenario.name}_B", f"{scenario.name}_ü x"]
        self._brand = brand_of(self._server)
        self._grammar = Grammar(self._rng, self._brand, self._databases)
        self._catalog = Catalog(self._server, f"{scenario.name}_")
        self._expected: list[Expected] = []
        self._report = Report(self._server.product)

    def run(self) -> Report:
        self._prepare()
        start = self._catalog.place()
        number = 0
        while self._report.tried - self._report.refused < self._accepted:
            if number % _STATEMENTS_OF_A_SESSION == 0:
                self._new_session()
            if number % _STATEMENTS_BETWEEN_ROWS == _STATEMENTS_BETWEEN_ROWS - 1:
                self._write_rows(number)
            self._one_statement()
            number += 1
        self._write_rows(number)
        self._report.outcome = compare(self._expected, history.read(self._scenario), start)
        self._report.looked_up = self._scenario.worker.logged(LOOKED_UP)
        self._drop_all()
        return self._report

    def _prepare(self) -> None:
        scenario = self._scenario
        scenario.create("marks (id INT PRIMARY KEY)")
        self._drop_all()
        self._server.sql(*(f"CREATE DATABASE `{name}` CHARACTER SET utf8mb4" for name in self._databases[:2]))
        scenario.worker.connector["table.include.list"] = rf"{scenario.name}.*\..*"
        scenario.worker.connector["topic.creation.default.partitions"] = 1
        history.create_topic(scenario)
        scenario.start_streaming()
        self._grammar.tables = self._catalog.read()

    def _drop_all(self) -> None:
        self._server.sql(*(f"DROP DATABASE IF EXISTS `{name}`" for name in self._databases))

    def _new_session(self) -> None:
        if hasattr(self, "_session"):
            self._session.close()
            self._plain.close()
        known = [database for database, table in self._grammar.tables if not table]
        self._session = Session(self._server, self._brand, self._rng, known)
        self._plain = Session(self._server, self._brand, self._rng, [], plain=True)
        self._grammar.default = self._session.database

    def _one_statement(self) -> None:
        statement = self._grammar.statement()
        spelt = spell(statement, self._session.style, self._rng)
        selects = " SELECT " in statement and "TABLE" in statement
        if not self._session.can_send(spelt) or selects and not self._session.rewrites_well:
            return
        begin = self._catalog.place()
        self._report.tried += 1
        try:
            self._session.execute(spelt)
            self._report.kinds[" ".join(statement.split()[:2])] += 1
        except Refused:
            self._report.refused += 1
        self._note(f"{spelt} [{self._session.told}]", begin)

    def _note(self, statement: str, begin: history.Place) -> None:
        after = self._catalog.read()
        changes = changed(self._grammar.tables, after)
        self._grammar.tables = after
        if changes:
            self._expected.append(Expected(statement, begin, self._catalog.place(), changes))
        database = self._grammar.default
        if database and (database, "") not in after:
            self._new_session()

    def _write_rows(self, number: int) -> None:
        """One in each table, so that each definition meets a table map; waits for the worker."""
        for (database, table), known in self._grammar.tables.items():
            if not table or known.sequence:
                continue
            self._report.rows += self._write_row(f"`{database}`.`{table.replace('`', '``')}`")
        self._scenario.sql(f"INSERT INTO marks VALUES ({number})")
        self._scenario.wait_for_key("marks", {"id": number}, 300)

    def _write_row(self, table: str) -> int:
        """Nothing remains that a later statement could stumble over."""
        try:
            self._plain.execute(f"INSERT INTO {table} () VALUES ()")
            self._plain.execute(f"DELETE FROM {table}")
        except Refused:
            return 0
        return 1
