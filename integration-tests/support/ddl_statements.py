# SPDX-License-Identifier: Apache-2.0
"""Random DDL for the tables of a load, chosen by what the server says that a table is like. Some of it is refused."""

from __future__ import annotations

import random
import threading
from typing import TYPE_CHECKING, Protocol

from oracle.written import ID, STAMP, WrittenChange

if TYPE_CHECKING:
    from oracle.written import Layout

_FEWEST_COLUMNS = 4
_MOST_COLUMNS = 14
# The servers do not recode labels of ENUM and SET in CONVERT TO: all these have ASCII's letters.
_CHARSETS = ("utf8mb4", "utf8mb3", "latin1", "gbk", "sjis", "cp1251")
_TYPES = (
    "TINYINT", "SMALLINT UNSIGNED", "MEDIUMINT", "INT", "INT UNSIGNED", "BIGINT", "BIGINT UNSIGNED", "BIT(13)",
    "DECIMAL(12,3)", "DECIMAL(20,0) UNSIGNED", "FLOAT", "DOUBLE", "YEAR", "DATE", "TIME(3)", "TIME", "DATETIME",
    "DATETIME(6)", "TIMESTAMP NULL", "TIMESTAMP(2) NULL", "CHAR(7)", "VARCHAR(20)", "VARCHAR(300)", "TEXT", "TINYTEXT",
    "VARCHAR(30) CHARACTER SET ucs2", "BINARY(5)", "VARBINARY(40)", "BLOB", "ENUM('a','b','c')", "SET('x','y','z')", "JSON",
)  # fmt: skip
_TEXTS = ("CHAR", "VARCHAR", "TEXT", "TINYTEXT", "ENUM", "SET")
_BYTES = ("binary", "varbinary", "blob")
# How often, relative to each other.
_KINDS = {
    "add": 16, "drop": 12, "rename": 12, "change": 8, "modify": 10, "move": 6, "several": 8, "key": 12, "index": 4,
    "convert": 5, "charset": 2, "database": 1, "options": 3, "truncate": 4, "recreate": 4, "swap": 8, "away": 3, "online": 4,
}  # fmt: skip


class Numbers(Protocol):
    database: str
    tables: dict[str, Table]

    def numbers(self, count: int) -> int: ...


class Table:
    """What its lock's holder knows of it: the layout, and the ids that may be in it, as first and last."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lock = threading.Lock()
        self.layout: Layout
        self.blocks: list[tuple[int, int]] = []

    def written(self, before: tuple | None, after: tuple | None) -> WrittenChange:
        return WrittenChange(self.name, self.layout, before, after)


class DdlWriter:
    def __init__(self, load: Numbers, chance: random.Random) -> None:
        self._load = load
        self._random = chance

    def choose(self) -> tuple[str, list[str]]:
        """A kind of change, and the names of the tables that it changes."""
        (kind,) = self._random.choices(list(_KINDS), weights=list(_KINDS.values()))
        return kind, self._random.sample(list(self._load.tables), 2 if kind == "swap" else 1)

    def statements(self, kind: str, tables: list[Table]) -> list[str]:
        table = tables[0]
        name = self._name(table.name)
        if kind == "swap":
            return [self._swap(*tables)]
        if kind == "truncate":
            return [f"TRUNCATE TABLE {name}"]
        if kind == "recreate":
            return [f"DROP TABLE {name}", self.create_table(table.name)]
        if kind == "away":
            return [f"ALTER TABLE {name} RENAME TO away_{table.name}", f"RENAME TABLE away_{table.name} TO {name}"]
        if kind == "online":
            new, old = f"_{table.name}_new", f"_{table.name}_old"
            clauses = ", ".join(self._clauses("several", table.layout))
            return [
                f"CREATE TABLE {new} LIKE {name}",
                f"ALTER TABLE {new} {clauses}",
                f"RENAME TABLE {name} TO {old}, {new} TO {name}",
                f"DROP TABLE {old}",
            ]
        if kind == "database":
            return [f"ALTER DATABASE {self._load.database} CHARACTER SET {self._random.choice(_CHARSETS)}"]
        return [f"ALTER TABLE {name} {', '.join(self._clauses(kind, table.layout))}"]

    def finish(self, kind: str, tables: list[Table], accepted: int) -> None:
        """Which rows are where, after so many of the statements."""
        first, last = tables[0], tables[-1]
        if kind == "swap" and accepted:
            first.blocks, last.blocks = last.blocks, first.blocks
        if accepted and kind in ("truncate", "recreate") or accepted >= 3 and kind == "online":
            first.blocks = []

    def clean_up(self, kind: str, tables: list[Table]) -> list[str]:
        """After a refusal in the midst of several statements."""
        return [f"DROP TABLE IF EXISTS _{tables[0].name}_new"] if kind == "online" else []

    def create_table(self, name: str) -> str:
        columns = [self._column() for _ in range(self._random.randint(2, 8))]
        columns.insert(self._random.randint(0, len(columns)), f"`{ID}` INT NOT NULL")
        columns.insert(self._random.randint(0, len(columns)), f"{STAMP} BIGINT NOT NULL")
        columns.append(self._random.choice((f"PRIMARY KEY ({ID})", f"UNIQUE ({ID})", f"KEY ({ID})")))
        charset = self._random.choice(("", f" CHARSET={self._random.choice(_CHARSETS)}"))
        return f"CREATE TABLE {self._name(name)} ({', '.join(columns)}){charset}"

    def _name(self, name: str) -> str:
        return self._random.choice((name, f"`{name}`", f"{self._load.database}.{name}", f"`{self._load.database}` . {name}"))

    def _swap(self, one: Table, other: Table) -> str:
        pairs = ((one.name, "swapping"), (other.name, one.name), ("swapping", other.name))
        return "RENAME TABLE " + ", ".join(f"{old} TO {new}" for old, new in pairs)

    def _fresh(self) -> str:
        return f"c{self._load.numbers(1)}"

    def _column(self, name: str | None = None, *, was: str = "") -> str:
        """`was`: the kind of a column that becomes this. Bytes do not become text: MariaDB does not check them."""
        types = [each for each in _TYPES if was not in _BYTES or not each.startswith((*_TEXTS, "JSON"))]
        wanted = self._random.choice(types)
        if wanted.startswith(_TEXTS) and "SET ucs2" not in wanted and self._random.random() < 0.4:
            wanted += f" CHARACTER SET {self._random.choice(_CHARSETS)}"
        if "NULL" not in wanted and self._random.random() < 0.3:
            wanted += " NOT NULL"
        if name is None and self._random.random() < 0.08:
            kind = self._random.choice(("VIRTUAL", "STORED"))
            wanted = f"BIGINT GENERATED ALWAYS AS ({ID} + {self._random.randint(1, 99)}) {kind}"
        return f"{name or self._fresh()} {wanted}"

    def _place(self, names: list[str]) -> str:
        return self._random.choice(("", "", " FIRST", f" AFTER {self._random.choice(names)}"))

    def _clauses(self, kind: str, layout: Layout) -> list[str]:
        names = list(layout.names)
        plain = [column.name for column in layout.writable if column.name not in (ID, STAMP)]
        if kind in ("add", "several") and len(names) > _MOST_COLUMNS:
            kind = "drop"
        if kind in ("drop", "rename", "change", "modify", "several") and len(plain) < _FEWEST_COLUMNS:
            kind = "add"
        self._random.shuffle(plain)
        kinds = {column.name: column.kind for column in layout.columns}
        chosen = {
            "add": lambda: self._add(names),
            "drop": lambda: [f"DROP COLUMN {name}" for name in plain[: self._random.randint(1, 2)]],
            "rename": lambda: self._rename(plain),
            "change": lambda: [
                f"CHANGE {plain[0]} {self._column(self._fresh(), was=kinds[plain[0]])}{self._place([ID])}"
            ],
            "modify": lambda: [
                f"MODIFY COLUMN {self._column(plain[0], was=kinds[plain[0]])}{self._place([STAMP])}"
            ],
            "move": lambda: [f"MODIFY {STAMP} BIGINT NOT NULL{self._random.choice((' FIRST', f' AFTER {ID}'))}"],
            "several": lambda: self._several(plain, kinds),
            "key": lambda: self._key(layout),
            "index": lambda: [f"ADD INDEX i{self._load.numbers(1)} ({STAMP}, {ID})"],
            "convert": lambda: [f"CONVERT TO CHARACTER SET {self._random.choice(_CHARSETS)}"],
            "charset": lambda: [f"DEFAULT CHARSET {self._random.choice(_CHARSETS)}"],
            "options": lambda: [self._random.choice(("COMMENT 'x, DROP y'", "ENGINE=InnoDB", "FORCE, LOCK=SHARED"))],
        }
        return chosen[kind]()

    def _add(self, names: list[str]) -> list[str]:
        if self._random.random() < 0.2:
            return [f"ADD ({self._column()}, {self._column()})"]
        return [f"ADD COLUMN {self._column()}{self._place(names)}" for _ in range(self._random.randint(1, 2))]

    def _rename(self, plain: list[str]) -> list[str]:
        if self._random.random() < 0.4:
            return [f"RENAME COLUMN {plain[0]} TO {plain[1]}", f"RENAME COLUMN {plain[1]} TO {plain[0]}"]
        return [f"RENAME COLUMN {plain[0]} TO {self._fresh()}"]

    def _several(self, plain: list[str], kinds: dict[str, str]) -> list[str]:
        new = self._fresh()
        clauses = [
            f"CHANGE {plain[0]} {self._column(new, was=kinds[plain[0]])}",
            f"ADD {self._column()} AFTER {new}",
            f"MODIFY {self._column(plain[1], was=kinds[plain[1]])} FIRST",
            f"DROP {plain[2]}",
        ]
        return self._random.sample(clauses[:1] + clauses[2:], 2) + clauses[1:2] * self._random.randint(0, 1)

    def _key(self, layout: Layout) -> list[str]:
        parts = self._random.choice((ID, STAMP, f"{ID}, {STAMP}", f"{STAMP}, {ID}"))
        if "PRIMARY" in layout.indexes:
            return self._random.choice((["DROP PRIMARY KEY"], ["DROP PRIMARY KEY", f"ADD PRIMARY KEY ({parts})"]))
        unique = [name for name, is_unique in layout.indexes.items() if is_unique]
        if unique and self._random.random() < 0.4:
            return [f"DROP INDEX `{self._random.choice(unique)}`"]
        return [self._random.choice((f"ADD PRIMARY KEY ({parts})", f"ADD UNIQUE KEY u{self._load.numbers(1)} ({parts})"))]
