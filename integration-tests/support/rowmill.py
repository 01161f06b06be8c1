# SPDX-License-Identifier: Apache-2.0
"""The product's program: its files, its process, its log. All that tests know of its command line is here."""

from __future__ import annotations

import os
import signal
import subprocess
from enum import IntEnum
from pathlib import Path

from support.servers import Database
from support.waiting import poll_until

ROOT = Path(__file__).resolve().parents[2]
BINARY = Path(os.environ.get("ROWMILL_BIN", ROOT / "build/release/rowmill")).resolve()

# Lines of the worker's log that tests wait for.
LEADS = "msg=lead "
STREAMS = 'msg="reading the binlog"'
TIMED_OUT = "fenced, but nobody else wrote"
TAKEN_OVER = "was taken over by"
CUT = 'msg="source transaction cut'


class ExitCode(IntEnum):
    """As `rowmill --help` documents them."""

    SUCCESS = 0
    USAGE = 1
    CONFIG = 2
    FAILED = 3
    FENCED = 4
    UNAVAILABLE = 5


Settings = dict[str, object]


def write_properties(path: Path, settings: Settings) -> Path:
    """None leaves a setting out."""
    lines = [f"{key}={_escaped(value)}" for key, value in settings.items() if value is not None]
    path.write_text("\n".join(lines) + "\n")
    return path


def _escaped(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value).replace("\\", "\\\\")


def worker_settings(bootstrap: str, name: str) -> Settings:
    """Small intervals: tests wait for what happens at their end."""
    return {
        "bootstrap.servers": bootstrap,
        "group.id": f"rowmill-{name}",
        "offset.storage.topic": f"offsets-{name}",
        "offset.storage.partitions": 1,
        "offset.storage.replication.factor": 1,
        "offset.flush.interval.ms": 1000,
    }


def connector_settings(server: Database, name: str, tables: str) -> Settings:
    return {
        "name": name,
        "database.hostname": server.host,
        "database.port": server.port,
        "database.user": server.env["USER"],
        "database.password": server.env["PASSWORD"],
        # Its default follows from the name, but two names could meet at one server.
        "database.server.id": 100_000 + sum(name.encode()) * 97 % 900_000,
        "topic.prefix": name,
        "table.include.list": tables,
        "snapshot.mode": "no_data",
        "topic.creation.default.partitions": 3,
        "topic.creation.default.replication.factor": 1,
    }


def run(
    *arguments: object, timeout: float = 60, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """A command that ends by itself; .stdout holds both of its outputs."""
    return subprocess.run(
        [str(BINARY), *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=timeout,
        env=os.environ | (environment or {}),
    )


class Worker:
    """`rowmill run` with one connector. The log is kept over restarts; log_since_start() is this run's part."""

    def __init__(self, folder: Path, worker: Settings, connector: Settings) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.worker = worker
        self.connector = connector
        self.log_path = folder / "worker.log"
        self.log_path.touch()
        self.peak_rss_kib = 0
        self._log_start = 0
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def files(self) -> tuple[Path, Path]:
        """The two properties files, as the settings are now."""
        return (
            write_properties(self.folder / "worker.properties", self.worker),
            write_properties(self.folder / "connector.properties", self.connector),
        )

    def start(self) -> Worker:
        assert not self.is_running(), "already running"
        self._log_start = self.log_path.stat().st_size
        with self.log_path.open("ab") as log:
            self._process = subprocess.Popen(
                [str(BINARY), "run", *map(str, self.files)], stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        return self

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def check(self) -> None:
        """Raises when the worker has ended: for poll_until."""
        if not self.is_running():
            status = self._process.returncode if self._process else None
            raise AssertionError(f"the worker ended with {status}:\n{self.log_since_start()[-3000:]}")

    def signal(self, number: int) -> None:
        if self.is_running():
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.signal(signal.SIGKILL)
        if self._process:
            self._process.wait()

    def stop(self, seconds: float = 20) -> int:
        """SIGTERM; its exit code."""
        self.signal(signal.SIGTERM)
        return self.wait(seconds)

    def wait(self, seconds: float) -> int:
        assert self._process is not None
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"still running after {seconds} s:\n{self.log_since_start()[-3000:]}") from None

    def expect_end(self, code: int, *told: str, seconds: float = 60) -> None:
        """It ends by itself with this code, and its log says all of `told`."""
        ended = self.wait(seconds)
        log = self.log_since_start()
        assert ended == code, f"exit code {ended}, not {code}:\n{log[-3000:]}"
        for text in told:
            assert text.lower() in log.lower(), f"nothing of {text!r} in:\n{log[-3000:]}"

    def log_since_start(self) -> str:
        with self.log_path.open("rb") as log:
            log.seek(self._log_start)
            return log.read().decode(errors="replace")

    def logged(self, text: str) -> int:
        """How often, in this run."""
        return self.log_since_start().lower().count(text.lower())

    def wait_until_logged(self, text: str, seconds: float = 60, *, times: int = 1) -> None:
        poll_until(lambda: self.logged(text) >= times, seconds, f"log line {text!r}", check=self.check)

    def sample_rss(self) -> int:
        """The highest resident size so far in KiB, as the kernel kept it."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                self.peak_rss_kib = max(self.peak_rss_kib, int(line.split()[1]))
        return self.peak_rss_kib

    def offsets(self, action: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        """`rowmill offsets list|set|reset` for this connector."""
        return run("offsets", action, *self.files, *arguments)
