# SPDX-License-Identifier: Apache-2.0
"""A load on a source that logs in some special way, with the worker killed in its midst."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from oracle.verdict import Verdict
from support.load import Load
from support.scenario import Scenario
from support.servers import Database
from support.waiting import poll_until

ROUNDS = 6
CHANGES_OF_A_ROUND = 400
# Enough to keep the worker busy, little enough for it to catch up between the faults.
_PACE = 3000


class Variant(NamedTuple):
    """`shows`: types of events that the server must have logged; without them the test would have tried nothing."""

    name: str
    shows: tuple[str, ...]
    # Global variables for as long as the test runs.
    variables: dict[str, object] = {}
    # Statements of which each transaction of the load runs one, by chance.
    sessions: tuple[str, ...] = ()
    # Called in each round while the load goes on; returns how many changes it made beside the load.
    step: Callable[[Scenario, Load, int], int | None] = lambda scenario, load, number: None
    gtids: bool = True
    distinct_positions: bool = True


@contextmanager
def variables_set(server: Database, variables: dict[str, object]) -> Iterator[None]:
    """Sessions that are open keep what they had."""
    before = {name: server.sql(f"SELECT @@GLOBAL.{name}")[0][0] for name in variables}
    server.sql(*(f"SET GLOBAL {name} = {_literal(value)}" for name, value in variables.items()))
    try:
        yield
    finally:
        server.sql(*(f"SET GLOBAL {name} = {_literal(value)}" for name, value in before.items()))


def _literal(value: object) -> str:
    return f"'{value}'" if isinstance(value, str) else str(value)


def run(scenario: Scenario, variant: Variant, seed: int) -> Verdict:
    """Fails the test unless the topics tell exactly what happened."""
    server = scenario.server
    with variables_set(server, variant.variables):
        server.sql("FLUSH BINARY LOGS")
        first_file = server.position()[0]
        load = scenario.load(seed, largest=200, settings=variant.sessions)
        scenario.start_streaming()
        load.start(10**9, changes_a_second=_PACE)
        beside = 0
        for number in range(ROUNDS):
            beside += variant.step(scenario, load, number) or 0
            if number == ROUNDS // 2:
                scenario.worker.kill()
                scenario.worker.start()
            grow(scenario, load)
        load.stop()
        scenario.catch_up()
        verdict = scenario.judge_load(
            beside=beside, gtids=variant.gtids, distinct_positions=variant.distinct_positions
        )
        events = server.events_since(first_file)
    missing = [name for name in variant.shows if not events[name]]
    assert not missing, f"the server logged no {missing}, but {events}"
    seen = ", ".join(f"{events[name]} {name}" for name in variant.shows)
    print(f"{variant.name}: {verdict.changes} changes, {verdict.rows} rows equal, {events.total()} events, {seen}")
    return verdict


def grow(scenario: Scenario, load: Load, changes: int = CHANGES_OF_A_ROUND) -> None:
    """Until the load has made so many more."""
    goal = load.changes() + changes
    poll_until(lambda: load.errors or load.changes() >= goal, 60, "the load to go on", check=scenario.worker.check)
