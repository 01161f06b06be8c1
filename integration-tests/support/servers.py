# SPDX-License-Identifier: Apache-2.0
"""Real servers, through the scripts in servers/. Each ends with this process, however that ends: the scripts
watch their owner."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

import pymysql

SCRIPTS = Path(__file__).resolve().parent.parent / "servers"
# What table maps tell: FULL has names, keys and labels, MINIMAL leaves them to whoever follows the DDL.
ROW_METADATA = os.environ.get("ROW_METADATA", "FULL")


class Server:
    """One server in a folder of its own. start() after stop() or kill() keeps port and data."""

    # Before those of start(), which win.
    common_options: tuple[str, ...] = ()

    def __init__(self, name: str, folder: Path, environment: dict[str, str] | None = None) -> None:
        """`environment`: variables for the server's script, beside our own."""
        self.name = name
        self.folder = folder
        self.env: dict[str, str] = {}
        self._environment = os.environ | (environment or {})
        self._options: tuple[str, ...] = ()

    def start(self, *options: str) -> None:
        """Without options: those of the last start."""
        if options:
            self._options = options
        self._script("start", "--", *self.common_options, *self._options)
        lines = (self.folder / "env").read_text().splitlines()
        self.env = dict(line.split("=", 1) for line in lines)

    def stop(self) -> None:
        self._script("stop")

    def kill(self) -> None:
        """As kill -9 would; returns when it is gone."""
        self._script("kill")

    @property
    def host(self) -> str:
        return self.env["HOST"]

    @property
    def port(self) -> int:
        return int(self.env["PORT"])

    @property
    def pid(self) -> int:
        return int(self.env["PID"])

    @property
    def data(self) -> Path:
        return Path(self.env["DATADIR"])

    def _script(self, action: str, *arguments: str) -> None:
        command = [str(SCRIPTS / f"{self.name}.sh"), action, str(self.folder), *arguments]
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=self._environment,
        )
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout[-4000:]}")


class Kafka(Server):
    def __init__(self, folder: Path) -> None:
        super().__init__("kafka", folder)

    @property
    def bootstrap(self) -> str:
        return self.env["BOOTSTRAP"]


class Database(Server):
    """MySQL or MariaDB."""

    common_options = (f"--binlog-row-metadata={ROW_METADATA}",)

    @property
    def is_mariadb(self) -> bool:
        return self.name.startswith("mariadb")

    @property
    def product(self) -> str:
        """As people say it: "mysql 9.7", "mariadb 11.8"."""
        version = ".".join(self.env["VERSION"].split(".")[:2])
        return f"{'mariadb' if self.is_mariadb else 'mysql'} {version}"

    def connect(self, **options: object) -> pymysql.Connection:
        """As root. An sql_mode without checks: tests want zero dates, too."""
        wanted = {
            "host": self.host,
            "port": self.port,
            "user": self.env["ROOT_USER"],
            "password": self.env["ROOT_PASSWORD"],
            "charset": "utf8mb4",
            "autocommit": True,
            "init_command": "SET time_zone='+00:00', sql_mode='', collation_connection=utf8mb4_general_ci",
        }
        return pymysql.connect(**(wanted | options))

    def sql(self, *statements: str) -> list[tuple]:
        """Runs the statements; returns the rows of the last one."""
        if not statements:
            return []
        connection = self.connect()
        try:
            with connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
                return list(cursor.fetchall())
        finally:
            connection.close()

    def position(self) -> tuple[str, int, str]:
        """File, offset and executed GTIDs at the end of the binlog."""
        if self.is_mariadb:
            row = self.sql("SHOW MASTER STATUS")[0]
            return row[0], int(row[1]), self.sql("SELECT @@gtid_binlog_pos")[0][0]
        row = self.sql("SHOW BINARY LOG STATUS")[0]
        return row[0], int(row[1]), row[4].replace("\n", "")


    def binlog_files(self) -> list[str]:
        return [row[0] for row in self.sql("SHOW BINARY LOGS")]

    def events_since(self, file: str) -> Counter[str]:
        """Types of the events from the head of this file on, as the server itself names them."""
        files = self.binlog_files()
        found: Counter[str] = Counter()
        for name in files[files.index(file) :]:
            found.update(row[2] for row in self.sql(f"SHOW BINLOG EVENTS IN '{name}'"))
        return found


def make_folder() -> Path:
    """For servers: their accounts must be able to enter it, which pytest's own folders do not allow."""
    folder = Path(tempfile.mkdtemp(prefix="rowmill-it-"))
    folder.chmod(0o711)
    return folder
