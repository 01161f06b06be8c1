# SPDX-License-Identifier: Apache-2.0
"""The clauses of one ALTER TABLE, and the keys of tables."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

from ddl.catalog import Column, Table
from ddl.columns import Brand, charset_of, collation_of, declaration, narrow_charset_of
from ddl.spelling import name, text

# Server-given names of UNIQUE keys depend on those of ordinary indexes, which a definition does not keep.
_INDEX_NAMES = ("ix_1", "ix_2", "Ix_3", "ïx")
_KEY_NAMES = ("k1", "k2", "Key3", "u", "u_1", "id", "a", "PRIMARY_", "kä")
_KEYABLE = (
    "int tinyint smallint mediumint bigint decimal float double bit year date time datetime timestamp char binary"
    .split()
)
_NO_EFFECT = (
    "ENGINE=InnoDB", "FORCE", "ALGORITHM=DEFAULT", "LOCK=DEFAULT", "ALGORITHM COPY", "ROW_FORMAT=DYNAMIC", "ROW_FORMAT DEFAULT",
    f"COMMENT={text('x, y')}", "AUTO_INCREMENT=10", "STATS_PERSISTENT=DEFAULT", "DISABLE KEYS", "ENABLE KEYS", "MAX_ROWS 7",
)  # fmt: skip


def _converts(column: Column) -> bool:
    """ENUM and SET keep the bytes of their labels. The catalog has ? for some of what is beyond ASCII."""
    if not column.type.startswith(("enum(", "set(")):
        return True
    return column.type.isascii() and "?" not in column.type and not column.collation.startswith(("ucs2", "utf16"))


class Alteration:
    """Of `table` as it is before the statement. An old column is named by one clause only, mostly."""

    def __init__(self, rng: random.Random, brand: Brand, table: Table, names: Sequence[str]) -> None:
        self._rng = rng
        self._brand = brand
        self._table = table
        self._names = names
        self._free = list(table.columns)  # not yet named by a clause
        self._list = [column.name for column in table.columns]  # as built so far
        self._keys = [key for key, _ in table.keys]
        self.knows_default_charset = True  # MySQL's CONVERT TO DEFAULT is about the session's database
        self._swapped = False
        self._sloppy = rng.random() < 0.12

    def clauses(self, renamed: str | None) -> str:
        """`renamed`: what the table may be renamed to."""
        makers: list[tuple[Callable[[], str | None], int]] = [
            (self._add, 20), (self._add_several, 4), (self._drop, 10), (self._modify, 12), (self._change, 8), (self._rename, 8),
            (self._swap, 3), (self._default, 4), (self._visibility, 2), (self._add_primary, 3), (self._drop_primary, 3),
            (self._add_key, 7), (self._drop_key, 4), (self._rename_key, 2), (self._charset, 4), (self._without_effect, 4),
            (lambda: renamed and f"RENAME {self._rng.choice(('', 'TO ', 'AS ', '= '))}{renamed}", 2),
        ]  # fmt: skip
        if self._brand.mariadb:
            makers += [(self._versioning, 1)]
        wanted = self._rng.choice((1, 1, 1, 2, 2, 3, 4, 6))
        made = []
        for _ in range(wanted):
            clause = self._rng.choices([maker for maker, _ in makers], [weight for _, weight in makers])[0]()
            if clause:
                made.append(clause)
        if self._brand.mariadb and self._swapped:
            made.append("ALGORITHM=COPY")  # MariaDB 10.11 dies of a swap and a new key in place
        if any(clause.startswith("CONVERT") for clause in made):
            made = [clause for clause in made if clause.isascii() or not re.search(r"ENUM\(|SET\(", clause)]
        if self._rng.random() < 0.04 and self._list:
            made.append(f"ORDER BY {name(self._rng.choice(self._list))}")
        return self._rng.choice((", ", ",", " , ")).join(made)

    # Columns

    def _old(self) -> Column | None:
        """A column for a clause to name."""
        if self._sloppy:
            return self._rng.choice(self._table.columns) if self._table.columns else None
        if not self._free:
            return None
        return self._free.pop(self._rng.randrange(len(self._free)))

    def _new_name(self) -> str:
        taken = {one.lower() for one in self._list}
        names = [one for one in self._names if one.lower() not in taken]
        return self._rng.choice(names if names and not self._sloppy else self._names)

    def _declared(self) -> str:
        integers = [
            c.name for c in self._free if c.type.startswith(("int", "bigint")) and c.name.isalnum() and not c.generated
        ]
        return declaration(self._rng, self._brand, integers=tuple(integers)).text

    def _place(self, of: str, *, new: bool) -> str:
        """Also moves the column in the list."""
        chance = self._rng.random()
        rest = [one for one in self._list if one != of]
        if chance < 0.12:
            self._list = [of, *rest]
            return " FIRST"
        if chance < 0.35 and rest:
            behind = self._rng.choice(rest)
            rest.insert(rest.index(behind) + 1, of)
            self._list = rest
            return f" AFTER {name(behind)}"
        if new:
            self._list.append(of)
        return ""

    def _column_word(self) -> str:
        return self._rng.choice(("COLUMN ", "COLUMN ", ""))

    def _if(self, condition: str) -> str:
        return f"{condition} " if self._brand.mariadb and self._rng.random() < 0.12 else ""

    def _add(self) -> str:
        if_not = self._if("IF NOT EXISTS")
        added = self._rng.choice(self._names) if if_not else self._new_name()
        if if_not and added in self._list:
            return f"ADD COLUMN {if_not}{name(added)} INT"
        return (
            f"ADD {self._column_word() if not if_not else 'COLUMN '}{if_not}{name(added)}"
            f" {self._declared()}{self._place(added, new=True)}"
        )

    def _add_several(self) -> str:
        parts = []
        for _ in range(self._rng.randint(1, 3)):
            added = self._new_name()
            self._list.append(added)
            parts.append(f"{name(added)} {self._declared()}")
        if self._rng.random() < 0.2 and self.keyable():
            parts.append(self.key_definition(self.keyable()))
        return f"ADD {self._column_word()}({', '.join(parts)})"

    def _drop(self) -> str | None:
        if_exists = self._if("IF EXISTS")
        if if_exists and self._rng.random() < 0.4:
            return f"DROP COLUMN {if_exists}nosuch"
        old = self._old()
        if old is None or len(self._list) < 2:
            return None
        if old.name in self._list:
            self._list.remove(old.name)
        if self._keys and self._rng.random() < 0.1:
            return f"DROP {name(old.name)}"
        return f"DROP {'COLUMN ' if if_exists else self._column_word()}{if_exists}{name(old.name)}"

    def _modify(self) -> str | None:
        old = self._old()
        if old is None:
            return None
        same = self._rng.choice((old.name, old.name, old.name.upper(), old.name.lower()))
        if_exists = self._if("IF EXISTS")
        clause = f"MODIFY {'COLUMN ' if if_exists else self._column_word()}{if_exists}{name(same)} {self._similar(old)}"
        return clause + self._place(old.name, new=False)

    def _change(self) -> str | None:
        old = self._old()
        if old is None:
            return None
        new = self._rng.choice((old.name, self._new_name(), self._new_name(), old.name.swapcase()))
        self._list = [new if one == old.name else one for one in self._list]
        if_exists = self._if("IF EXISTS")
        word = "COLUMN " if if_exists else self._column_word()
        return f"CHANGE {word}{if_exists}{name(old.name)} {name(new)} {self._similar(old)}{self._place(new, new=False)}"

    def _similar(self, old: Column) -> str:
        """What rows allow: tables are empty, so anything, but a key column has to remain one."""
        in_key = any(old.name in key.columns for _, key in self._table.keys)
        if in_key and self._rng.random() < 0.9:
            return self._rng.choice(
                ("INT", "BIGINT NOT NULL", "BIGINT UNSIGNED", "SMALLINT NULL", "VARCHAR(20)", "CHAR(9) NOT NULL")
            )
        return self._declared()

    def _rename(self) -> str | None:
        old = self._old()
        if old is None:
            return None
        new = self._rng.choice((self._new_name(), self._new_name(), old.name.swapcase()))
        self._list = [new if one == old.name else one for one in self._list]
        return f"RENAME COLUMN {self._if('IF EXISTS')}{name(old.name)} TO {name(new)}"

    def _swap(self) -> str | None:
        one, another = self._old(), self._old()
        if one is None or another is None:
            return None
        self._swapped = True
        exchanged = {one.name: another.name, another.name: one.name}
        self._list = [exchanged.get(column, column) for column in self._list]
        if self._rng.random() < 0.3:
            return f"CHANGE {name(one.name)} {name(another.name)} INT, CHANGE {name(another.name)} {name(one.name)} INT"
        return (
            f"RENAME COLUMN {name(one.name)} TO {name(another.name)}, RENAME COLUMN {name(another.name)} TO"
            f" {name(one.name)}"
        )

    def _default(self) -> str | None:
        old = self._old()
        if old is None:
            return None
        what = self._rng.choice(("SET DEFAULT 1", "DROP DEFAULT", "SET DEFAULT '1'", "SET DEFAULT NULL"))
        return f"ALTER {self._column_word()}{name(old.name)} {what}"

    def _visibility(self) -> str | None:
        old = None if self._brand.mariadb else self._old()
        return old and f"ALTER {self._column_word()}{name(old.name)} SET {self._rng.choice(('INVISIBLE', 'VISIBLE'))}"

    # Keys

    def keyable(self) -> list[str]:
        """Columns that a key may have whole."""
        return [
            column.name
            for column in self._table.columns
            if column.type.split("(")[0].split()[0] in _KEYABLE
            and column.name in self._list
            and "COMPRESSED" not in column.type
        ]

    def keyable_of(self, names: Sequence[str], declarations: Sequence[str]) -> list[str]:
        """The same of columns that a CREATE TABLE declares."""
        found = []
        for column, declared in zip(names, declarations):
            type_ = declared.split("\x02 ", 1)[1].split("(")[0].split()[0].lower()
            plain = "COMPRESSED" not in declared and " AS (" not in declared and "DEFAULT NULL" not in declared
            if type_ in (*_KEYABLE, "int1", "int2", "int4", "int8", "integer", "dec", "numeric", "nchar") and plain:
                found.append(column)
        return found

    def new_key_name(self) -> str:
        free = [key for key in _KEY_NAMES if key.lower() not in (one.lower() for one in self._keys)]
        return self._rng.choice(free if free and not self._sloppy else _KEY_NAMES)

    def new_index_name(self) -> str:
        return self._rng.choice(_INDEX_NAMES)

    def key_parts(self, columns: Sequence[str]) -> str:
        chosen = self._rng.sample(
            list(columns) or ["nosuch"], min(len(columns) or 1, self._rng.choice((1, 1, 1, 2, 3)))
        )
        parts = [name(one) + self._rng.choice(("", "", "", " ASC", " DESC")) for one in chosen]
        if not self._brand.mariadb and self._rng.random() < 0.08 and chosen[0].isalnum():
            parts.append(f"(({name(chosen[0])} + 1))" if len(parts) == 0 else f"({name(chosen[0])} + 1)")
        return ", ".join(parts)

    def key_definition(self, columns: Sequence[str]) -> str:
        unique = self._rng.choice(("UNIQUE", "UNIQUE KEY", "UNIQUE INDEX", "KEY", "INDEX"))
        if not unique.startswith("UNIQUE"):
            return f"{unique} {name(self._rng.choice(_INDEX_NAMES))} ({self.key_parts(columns)})"
        if self._rng.random() < 0.2:
            unique = f"CONSTRAINT {self._rng.choice(('', name(self.new_key_name()) + ' '))}{unique}"
            return f"{unique} ({self.key_parts(columns)})"
        key = self.new_key_name() if self._rng.random() < 0.6 else ""
        if key:
            self._keys.append(key)
        end = self._rng.choice(("", "", "", " USING BTREE", " COMMENT 'k'", " KEY_BLOCK_SIZE=8"))
        return f"{unique} {name(key) + ' ' if key else ''}({self.key_parts(columns)}){end}"

    def _add_key(self) -> str | None:
        columns = self.keyable()
        return f"ADD {self.key_definition(columns)}" if columns else None

    def _add_primary(self) -> str | None:
        columns = self.keyable()
        if not columns or "PRIMARY" in self._keys and not self._sloppy:
            return None
        self._keys.append("PRIMARY")
        chosen = self._rng.sample(columns, min(len(columns), self._rng.choice((1, 1, 2))))
        constraint = self._rng.choice(("", "", "CONSTRAINT ", f"CONSTRAINT {name('p')} "))
        return f"ADD {constraint}PRIMARY KEY ({', '.join(map(name, chosen))})"

    def _drop_primary(self) -> str | None:
        if "PRIMARY" not in self._keys:
            return None
        self._keys.remove("PRIMARY")
        return "DROP PRIMARY KEY"

    def _drop_key(self) -> str | None:
        keys = [key for key in self._keys if key != "PRIMARY"]
        if not keys:
            return None
        key = self._rng.choice(keys)
        self._keys.remove(key)
        return f"DROP {self._rng.choice(('KEY', 'INDEX', 'CONSTRAINT'))} {self._if('IF EXISTS')}{name(key)}"

    def _rename_key(self) -> str | None:
        keys = [key for key, _ in self._table.keys if key in self._keys and key != "PRIMARY"]
        if not keys:
            return None
        new = self.new_key_name()
        return f"RENAME {self._rng.choice(('KEY', 'INDEX'))} {name(self._rng.choice(keys))} TO {name(new)}"

    # The table

    def _charset(self) -> str | None:
        if not all(map(_converts, self._table.columns)):
            return None  # the servers themselves damage such labels
        equals = self._rng.choice(("=", " = ", " "))
        default = ("DEFAULT",) if self.knows_default_charset else ()
        named = ("utf8mb4 COLLATE utf8mb4_bin", "latin1 COLLATE latin1_bin", *default)
        return self._rng.choice(
            (
                lambda: f"CONVERT TO CHARACTER SET {narrow_charset_of(self._rng)}",
                lambda: f"CONVERT TO CHARSET {self._rng.choice(named)}",
                lambda: f"{self._rng.choice(('', 'DEFAULT '))}CHARACTER SET{equals}{charset_of(self._rng)}",
                lambda: f"{self._rng.choice(('', 'DEFAULT '))}COLLATE{equals}{collation_of(self._rng, self._brand)}",
                lambda: f"CHARSET{equals}latin1 COLLATE{equals}latin1_german1_ci",
            )
        )()

    def _without_effect(self) -> str:
        return self._rng.choice((*_NO_EFFECT, f"ADD CONSTRAINT {name('chk')} CHECK (1 < 2)", f"COMMENT {text('t')}"))

    def _versioning(self) -> str:
        return f"{'DROP' if self._table.versioned else 'ADD'} SYSTEM VERSIONING"
