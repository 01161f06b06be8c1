# SPDX-License-Identifier: Apache-2.0
"""A grammar of table DDL over the tables that are there: mostly valid, at times with names that collide."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from ddl.alterations import Alteration
from ddl.catalog import Table, Tables
from ddl.columns import Brand, charset_of, collation_of, declaration, narrow_charset_of
from ddl.spelling import maybe_code, name, raw, table_name, text

COLUMN_NAMES = (
    "id a b c d n v1 v2 Status mode value user order key 1e 0x 1foo ä Ünïcödé 列 昞 表 to first after comment group"
    " select $d _utf9 check index primary sum count table period system created_at updated_at uuid json date time"
    " timestamp text enum"
).split() + ["a b", "a.b", "a`b", 'q"q', "x'y", "back\\"]
# No two have the same topic.
TABLE_NAMES = (
    "t1 t2 t3 t4 items orders order Orders 1t 20151214 täble 表 _t_gho _t_del tmp to user status select values t_new"
    " t_old x.y"
).split() + ["back`tick", "sp ace", 'quo"te']
_MOST_TABLES = 24


class Grammar:
    """`databases`: names that it may use. `tables` has to be what the server has."""

    def __init__(self, rng: random.Random, brand: Brand, databases: list[str]) -> None:
        self.rng = rng
        self.brand = brand
        self.databases = databases
        self.tables: Tables = {}
        self.default: str | None = None  # database of the session to come
        self._kinds: list[tuple[Callable[[], str], int]] = [
            (self._create, 20), (self._create_like, 4), (self._create_select, 4), (self._alter, 56), (self._rename, 6),
            (self._drop, 3), (self._truncate, 2), (self._create_index, 4), (self._drop_index, 3), (self._database, 4),
            (self._aside, 4),
        ]  # fmt: skip
        if brand.mariadb:
            self._kinds += [(self._sequence, 1)]

    def statement(self) -> str:
        """For spell()."""
        crowded = len(self._real_tables()) > _MOST_TABLES
        makers = [maker for maker, _ in self._kinds]
        weights = [weight * 12 if maker == self._drop and crowded else weight for maker, weight in self._kinds]
        made = self.rng.choices(makers, weights)[0]()
        if self.brand.mariadb and self.rng.random() < 0.03 and made.startswith(("CREATE", "ALTER", "RENAME")):
            return f"SET STATEMENT max_statement_time=100 FOR {made}"
        return made

    # What there is

    def _real_tables(self) -> list[tuple[str, str]]:
        return [where for where, table in self.tables.items() if where[1] and not table.sequence]

    def present(self) -> tuple[str, str]:
        """Mostly a table that exists."""
        tables = self._real_tables()
        if not tables or self.rng.random() < 0.03:
            return self.absent()
        if self.default and self.rng.random() < 0.6:
            tables = [where for where in tables if where[0] == self.default] or tables
        return self.rng.choice(tables)

    def absent(self) -> tuple[str, str]:
        """Mostly a table that does not exist, in a database that does."""
        known = [where[0] for where in self.tables if not where[1]]
        database = self.rng.choice(known or self.databases)
        if self.default in known and self.rng.random() < 0.6:
            database = self.default
        names = list(TABLE_NAMES)
        if self.rng.random() > 0.1:
            names = [one for one in names if (database, one) not in self.tables] or names
        return database, self.rng.choice(names)

    def written(self, where: tuple[str, str]) -> str:
        """With its database, unless the session's default is that one."""
        database, table = where
        return table_name(None if database == self.default and self.rng.random() < 0.7 else database, table)

    # Tables

    def _create(self) -> str:
        head = self._create_head()
        alteration = Alteration(self.rng, self.brand, Table(""), COLUMN_NAMES)
        names = self.rng.sample(COLUMN_NAMES, self.rng.randint(1, 9))
        integers: list[str] = []
        parts = []
        has_auto = False
        for one in names:
            made = declaration(self.rng, self.brand, integers=tuple(integers), may_be_key=not has_auto)
            has_auto = has_auto or made.kind == "serial"
            if made.kind in ("integer", "decimal") and one.isalnum():
                integers.append(one)
            parts.append(f"{name(one)} {made.text}")
        keyable = alteration.keyable_of(names, parts)
        if keyable and not has_auto and self.rng.random() < 0.6:
            chosen = self.rng.sample(keyable, min(len(keyable), self.rng.choice((1, 1, 2))))
            key = self.rng.choice(
                ("PRIMARY KEY", "PRIMARY KEY USING BTREE", "CONSTRAINT PRIMARY KEY", "CONSTRAINT x PRIMARY KEY")
            )
            parts.insert(self.rng.choice((0, len(parts))), f"{key} ({', '.join(map(name, chosen))})")
        for _ in range(self.rng.choice((0, 0, 0, 1, 2))):
            if keyable:
                parts.append(alteration.key_definition(keyable))
        if self.rng.random() < 0.06:
            parts.append(
                self.rng.choice(("CHECK (1 < 2)", "CONSTRAINT CHECK (2 < 3)", f"CONSTRAINT {name('chk')} CHECK (1)"))
            )
        listed = self.rng.choice((", ", " , ", ",")).join(parts)
        return f"{head} ( {listed} ){self._options()}"

    def _create_head(self) -> str:
        if self.brand.mariadb and self.rng.random() < 0.15:
            where = self.present() if self.rng.random() < 0.5 else self.absent()
            return f"CREATE OR REPLACE TABLE {self.written(where)}"
        if self.rng.random() < 0.15:
            where = self.present() if self.rng.random() < 0.5 else self.absent()
            return f"CREATE TABLE {maybe_code('IF NOT EXISTS')} {self.written(where)}"
        return f"CREATE TABLE {self.written(self.absent())}"

    def _options(self) -> str:
        equals = self.rng.choice(("=", " = ", " "))
        options = []
        if self.rng.random() < 0.5:
            default = self.rng.choice(("", "DEFAULT "))
            options.append(
                self.rng.choice(
                    (
                        f"{default}{self.rng.choice(('CHARSET', 'CHARACTER SET'))}{equals}{charset_of(self.rng)}",
                        f"{default}COLLATE{equals}{collation_of(self.rng, self.brand)}",
                        f"{default}CHARSET{equals}latin1 COLLATE{equals}latin1_german1_ci",
                        f"COLLATE utf8mb4_bin {default}CHARACTER SET utf8mb4",
                    )
                )
            )
        if self.rng.random() < 0.3:
            options.append(f"ENGINE{equals}{self.rng.choice(('InnoDB', raw('`InnoDB`'), 'MyISAM'))}")
        if self.rng.random() < 0.2:
            options.append(f"COMMENT{equals}{text('it''s; ) , a `table`')}")
        if self.rng.random() < 0.2:
            options.append(
                self.rng.choice(
                    ("ROW_FORMAT=DYNAMIC", "AUTO_INCREMENT=7", "STATS_SAMPLE_PAGES=DEFAULT", "AVG_ROW_LENGTH=1")
                )
            )
        if self.brand.mariadb and self.rng.random() < 0.05:
            options.append("WITH SYSTEM VERSIONING")
        self.rng.shuffle(options)
        return "".join(f" {self.rng.choice((maybe_code(one), one))}" for one in options)

    def _create_like(self) -> str:
        source = self.written(self.present())
        like = self.rng.choice((f"LIKE {source}", f"( LIKE {source} )"))
        return f"{self._create_head()} {like}"

    def _create_select(self) -> str:
        source = self.present()
        table = self.tables.get(source)
        listed = "*"
        if table and self.rng.random() < 0.6:
            chosen = self.rng.sample(table.columns, min(len(table.columns), self.rng.randint(1, 4)))
            listed = ", ".join(
                [name(column.name) for column in chosen]
                + self.rng.choice(
                    ([], ["1 AS one"], ["'x' AS str"], ["NOW() AS moment"], ["CONCAT('a', 1.5) AS cc, NULL AS nothing"])
                )
            )
        declared = self.rng.choice(("", "", "( extra INT )", "( one BIGINT, KEY ix_1 (one) )"))
        as_ = self.rng.choice(("", "AS "))
        return f"{self._create_head()} {declared}{self._options()} {as_}SELECT {listed} FROM {self.written(source)}"

    def _alter(self) -> str:
        where = self.present()
        table = self.tables.get(where, Table(""))
        alteration = Alteration(self.rng, self.brand, table, COLUMN_NAMES)
        alteration.knows_default_charset = self.brand.mariadb or self.default is not None
        renamed = self.absent()
        # MariaDB leaves the old file of a table behind whose file is not called as the table, when ALTER renames it.
        leaves_old = self.brand.mariadb and not re.fullmatch(r"\w+", where[1], re.ASCII)
        clauses = alteration.clauses(None if leaves_old else self.written(renamed))
        words = ["ALTER"]
        if self.brand.mariadb:
            words.append(self.rng.choice(("", "", "", "ONLINE", "IGNORE")))
        words.append("TABLE")
        if self.brand.mariadb and self.rng.random() < 0.1:
            words.append("IF EXISTS")
        words.append(self.written(where))
        if self.brand.mariadb and self.rng.random() < 0.05:
            words.append(self.rng.choice(("WAIT 30", "NOWAIT")))
        return " ".join(word for word in words if word) + " " + clauses

    def _rename(self) -> str:
        present, target = self.present(), self.absent()
        pairs = [(present, target)]
        chance = self.rng.random()
        if chance < 0.4:  # a swap
            other = self.present()
            if other != present:
                pairs = [(present, target), (other, present), (target, other)]
        elif chance < 0.6:  # the way of gh-ost
            other = self.present()
            if other != present:
                pairs = [(present, target), (other, present)]
        listed = ", ".join(f"{self.written(one)} TO {self.written(another)}" for one, another in pairs)
        words = self.rng.choice(("RENAME TABLE", "RENAME TABLES" if not self.brand.mariadb else "RENAME TABLE"))
        if self.brand.mariadb and self.rng.random() < 0.1:
            words += " IF EXISTS"
        return f"{words} {listed}"

    def _drop(self) -> str:
        wanted = [self.present() for _ in range(self.rng.choice((1, 1, 2, 3)))]
        if self.rng.random() < 0.1:
            wanted.append(self.absent())
        if_exists = self.rng.choice(("", maybe_code("IF EXISTS") + " "))
        end = self.rng.choice(("", "", " CASCADE", " RESTRICT"))
        return f"DROP TABLE {if_exists}{', '.join(self.written(one) for one in dict.fromkeys(wanted))}{end}"

    def _truncate(self) -> str:
        return f"TRUNCATE {self.rng.choice(('TABLE ', ''))}{self.written(self.present())}"

    # Indexes

    def _create_index(self) -> str:
        where = self.present()
        table = self.tables.get(where, Table(""))
        alteration = Alteration(self.rng, self.brand, table, COLUMN_NAMES)
        unique = self.rng.choice(("UNIQUE ", "UNIQUE ", ""))
        if_not = "IF NOT EXISTS " if self.brand.mariadb and self.rng.random() < 0.2 else ""
        key = alteration.new_key_name() if unique else alteration.new_index_name()
        parts = alteration.key_parts(alteration.keyable())
        end = self.rng.choice(
            ("", "", " USING BTREE", " COMMENT 'k'", " ALGORITHM=INPLACE LOCK=NONE", " ALGORITHM DEFAULT")
        )
        return f"CREATE {unique}INDEX {if_not}{name(key)} ON {self.written(where)} ({parts}){end}"

    def _drop_index(self) -> str:
        where = self.present()
        with_keys = [one for one in self._real_tables() if self.tables[one].keys]
        if with_keys:
            where = self.rng.choice(with_keys)
        keys = [key for key, _ in self.tables.get(where, Table("")).keys] or ["nosuch"]
        if_exists = "IF EXISTS " if self.brand.mariadb and self.rng.random() < 0.3 else ""
        return f"DROP INDEX {if_exists}{name(self.rng.choice(keys))} ON {self.written(where)}"

    # Databases and what is no table

    def _database(self) -> str:
        known = [where[0] for where in self.tables if not where[1]]
        absent = [one for one in self.databases if one not in known]
        word = self.rng.choice(("DATABASE", "SCHEMA"))
        equals = self.rng.choice(("=", " ", " = "))
        options = self.rng.choice(
            (
                "",
                f" {self.rng.choice(('', 'DEFAULT '))}CHARACTER SET{equals}{narrow_charset_of(self.rng)}",
                f" COLLATE{equals}utf8mb4_unicode_ci",
                " " + maybe_code("DEFAULT CHARACTER SET utf8mb4") + " COLLATE utf8mb4_bin",
            )
        )
        chance = self.rng.random()
        if absent and (chance < 0.6 or len(known) < 2):
            if_not = self.rng.choice(("", "IF NOT EXISTS "))
            return f"CREATE {word} {if_not}{name(self.rng.choice(absent))}{options}"
        if chance < 0.3:
            return f"CREATE {word} IF NOT EXISTS {name(self.rng.choice(known))}{options}"
        if chance < 0.85 or len(known) < 3:
            named = "" if self.default and self.rng.random() < 0.3 else f" {name(self.rng.choice(known))}"
            return f"ALTER {word}{named}{options or ' CHARACTER SET latin1'}"
        return f"DROP {word} {name(self.rng.choice([one for one in known if one != self.default]))}"

    def _aside(self) -> str:
        """Statements that name tables and change no definition."""
        where = self.written(self.present())
        view = self.written((self.absent()[0], "a_view"))
        return self.rng.choice(
            (
                f"CREATE OR REPLACE VIEW {view} AS SELECT 1 AS one FROM {where}",
                f"DROP VIEW IF EXISTS {view}",
                f"DROP TABLE IF EXISTS {view}",
                (
                    f"CREATE TEMPORARY TABLE {name('temporary_one')} ( a INT )"
                    if self.default
                    else f"ANALYZE TABLE {where}"
                ),
                f"DROP TEMPORARY TABLE IF EXISTS {name('temporary_one')}" if self.default else "FLUSH TABLES",
                f"ANALYZE TABLE {where}",
                f"OPTIMIZE TABLE {where}",
                "FLUSH TABLES",
            )
        )

    def _sequence(self) -> str:
        where = self.written((self.absent()[0], "a_sequence"))
        return self.rng.choice(
            (f"CREATE SEQUENCE IF NOT EXISTS {where}", f"CREATE OR REPLACE SEQUENCE {where}", f"DROP SEQUENCE {where}")
        )
