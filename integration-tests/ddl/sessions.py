# SPDX-License-Identifier: Apache-2.0
"""Sessions that read the same words differently: sql_mode, character set, default database, the server's defaults."""

from __future__ import annotations

import random

import pymysql

from ddl.columns import Brand
from ddl.spelling import Style
from support.servers import Database

# As the server names it, and Python's codec.
_CLIENT_CHARSETS = {
    "utf8mb4": "utf-8",
    "utf8mb3": "utf-8",
    "latin1": "cp1252",
    "gbk": "gbk",
    "sjis": "shift_jis",
    "cp1251": "cp1251",
}
_SERVER_COLLATIONS = (
    "utf8mb4_bin",
    "latin1_swedish_ci",
    "latin1_german1_ci",
    "gbk_chinese_ci",
    "utf8mb3_general_ci",
    "ascii_bin",
)
_STRICT = "STRICT_TRANS_TABLES"


class Refused(Exception):
    """The server's answer."""


class Session:
    """Chosen by chance; close() when done with."""

    def __init__(
        self, server: Database, brand: Brand, rng: random.Random, databases: list[str], *, plain: bool = False
    ) -> None:
        """`plain`: as most clients are, in utf8mb4, able to send any statement."""
        modes = [] if plain else self._modes(brand, rng)
        self.style = Style(
            mariadb=brand.mariadb,
            ansi_quotes=any(mode in ("ANSI_QUOTES", "ORACLE", "MSSQL", "MAXDB") for mode in modes),
            brackets="MSSQL" in modes,
            backslashes="NO_BACKSLASH_ESCAPES" not in modes,
        )
        self.charset = "utf8mb4" if plain else rng.choice([*_CLIENT_CHARSETS, "utf8mb4", "utf8mb4"])
        self.database = rng.choice([*databases, *databases, None])
        # Statements that the server writes anew for the log, CREATE TABLE ... SELECT and those with a generated primary
        # key, are in UTF-8 with backslashes whatever the session has, and in some modes without the table's options.
        odd_modes = {"ORACLE", "MSSQL", "MAXDB", "NO_BACKSLASH_ESCAPES"} & set(modes)
        self.rewrites_well = not odd_modes and self.charset.startswith("utf8")
        settings = [f"sql_mode='{','.join(modes)}'", "foreign_key_checks=0"]
        if not plain:
            settings += self._settings(brand, rng)
        if not brand.mariadb and self.rewrites_well:
            settings.append(f"sql_generate_invisible_primary_key={rng.choice(('OFF', 'ON'))}")
        if brand.mariadb:
            settings.append("system_versioning_alter_history=KEEP")
        self.told = f"{', '.join(settings)}; {self.charset}; {self.database or 'no database'}"
        self._connection = server.connect(init_command=None, use_unicode=False)
        self._run(f"SET {', '.join(settings)}")
        if self.database:
            self._run(f"USE `{self.database}`")
        self._run(f"SET NAMES {self.charset}")

    def close(self) -> None:
        self._connection.close()

    def can_send(self, statement: str) -> bool:
        try:
            statement.encode(_CLIENT_CHARSETS[self.charset])
        except UnicodeEncodeError:
            return False
        return True

    def execute(self, statement: str) -> None:
        """Raises Refused."""
        try:
            self._run(statement.encode(_CLIENT_CHARSETS[self.charset]))
        except pymysql.err.MySQLError as error:
            if error.args[0] in (2006, 2013):
                raise
            raise Refused(error.args[0], str(error.args[-1])) from None

    def _run(self, statement: str | bytes) -> None:
        self._connection.query(statement)

    @staticmethod
    def _modes(brand: Brand, rng: random.Random) -> list[str]:
        modes = [_STRICT] if rng.random() < 0.5 else []
        wanted = [
            ("ANSI_QUOTES", 0.25),
            ("NO_BACKSLASH_ESCAPES", 0.25),
            ("REAL_AS_FLOAT", 0.25),
            ("PIPES_AS_CONCAT", 0.1),
        ]
        if brand.mariadb:
            wanted += [("ORACLE", 0.06), ("MSSQL", 0.06), ("MAXDB", 0.06)]
        return modes + [mode for mode, chance in wanted if rng.random() < chance]

    @staticmethod
    def _settings(brand: Brand, rng: random.Random) -> list[str]:
        settings = [
            f"collation_server={rng.choice(_SERVER_COLLATIONS)}",
            f"explicit_defaults_for_timestamp={rng.choice(('ON', 'ON', 'OFF'))}",
        ]
        if not brand.mariadb:
            settings.append(f"default_collation_for_utf8mb4={rng.choice(('utf8mb4_0900_ai_ci', 'utf8mb4_general_ci'))}")
        elif brand.version >= (11, 2) and rng.random() < 0.3:
            settings.append("character_set_collations='utf8mb4=utf8mb4_general_ci,utf8mb3=utf8mb3_bin'")
        return settings
