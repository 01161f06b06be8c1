# SPDX-License-Identifier: Apache-2.0
"""Servers for the whole session, a scenario for each test."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from support.rowmill import BINARY
from support.scenario import Scenario
from support.servers import Database, Kafka, Server, make_folder
from values.comparison import Tally

_TALLIES = pytest.StashKey[dict[str, Tally]]()


def pytest_configure(config: pytest.Config) -> None:
    # A killed session unwinds as Ctrl-C does, so that everything below it is stopped in order.
    signal.signal(signal.SIGTERM, lambda number, frame: (_ for _ in ()).throw(KeyboardInterrupt))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.nodeid.startswith("tests/"):
            item.add_marker("servers")


@pytest.fixture(scope="session")
def folder(request: pytest.FixtureRequest) -> Iterator[Path]:
    """Kept after a failure, for its logs."""
    path = make_folder()
    yield path
    if request.session.testsfailed:
        print(f"\nlogs and data are in {path}")
    else:
        shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def seed() -> int:
    """SEED=n repeats a run as far as chance goes; what is shown with a failure."""
    chosen = int(os.environ.get("SEED") or random.SystemRandom().randrange(1_000_000))
    print(f"SEED={chosen}")
    return chosen


def _running(server: Server, *options: str) -> Iterator[Server]:
    try:
        server.start(*options)
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def tally(request: pytest.FixtureRequest) -> Callable[[Database], Tally]:
    """tally(server): what the session has compared on that server, told at its end."""
    tallies = request.config.stash.setdefault(_TALLIES, {})
    return lambda server: tallies.setdefault(server.name, Tally(server.product))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for one in config.stash.get(_TALLIES, {}).values():
        terminalreporter.write_line(str(one))


@pytest.fixture(scope="session")
def kafka(folder: Path) -> Iterator[Kafka]:
    yield from _running(Kafka(folder / "kafka"))


@pytest.fixture(scope="session")
def mysql(folder: Path) -> Iterator[Database]:
    yield from _running(Database("mysql", folder / "mysql"))


@pytest.fixture(scope="session")
def mariadb(folder: Path) -> Iterator[Database]:
    yield from _running(Database("mariadb", folder / "mariadb"))


@pytest.fixture(scope="session")
def mariadb118(folder: Path) -> Iterator[Database]:
    yield from _running(Database("mariadb118", folder / "mariadb118"))


@pytest.fixture
def own_server(folder: Path) -> Iterator[Callable[..., Database]]:
    """Starts a server for one test that breaks it or needs other options: own_server("mysql", "--option")."""
    servers: list[Database] = []

    def start(name: str, *options: str) -> Database:
        server = Database(name, folder / f"own-{name}-{len(list(folder.iterdir()))}")
        servers.append(server)
        server.start(*options)
        return server

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def scenario(request: pytest.FixtureRequest, folder: Path) -> Iterator[Callable[..., Scenario]]:
    """scenario(server, kafka): a database, a topic prefix and a connector that are this test's alone."""
    assert BINARY.exists(), f"{BINARY} is not built"
    made: list[Scenario] = []

    def make(server: Database, kafka: Kafka) -> Scenario:
        made.append(Scenario(folder / "tests", name_of(request.node.name, len(made)), server, kafka))
        return made[-1]

    yield make
    for one in made:
        one.close()


def name_of(test: str, number: int) -> str:
    """Of a test's own things: readable, short enough for a database and a group, and never that of another."""
    words = re.sub(r"\W+", "_", test).strip("_").removeprefix("test_").lower()
    return f"{words[:36]}_{zlib.crc32(f'{test}/{number}'.encode()) & 0xFFFF:04x}"
