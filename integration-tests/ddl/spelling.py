# SPDX-License-Identifier: Apache-2.0
"""One statement, many spellings: case, quotes, blanks, comments, executable comments.

Statements are written with single blanks between their words, keywords in capitals, and with what stands for itself
marked by name(), text(), raw() and maybe_code(); spell() then makes what is sent of them."""

from __future__ import annotations

import random
import re
from typing import NamedTuple

_PIECES = re.compile(r"\x01(.*?)\x02|\x03(.*?)\x04|\x07(.*?)\x08|([\x05\x06])|( )|([^\x01-\x08 ]+)", re.DOTALL)
_BARE = re.compile(r"(?!\d+$|\d+[eE]\d+$)[0-9A-Za-z_$\u0080-\uffff]+")
_NEVER_BARE = frozenset(
    "add all alter and as asc by case change character check collate column constraint create cross database default"
    " delete desc distinct drop else exists for foreign from fulltext generated group having in index insert int into"
    " is join key keys left like limit lock match not null on or order primary references rename right select set table"
    " then to unique update use using values when where with system period row rows".split()
)
_COMMENTS = ("/* it's */", "/**/", '/* a "b */', "/* ` ; */", "-- it's `\n", '# "\n', "--\t/*\n", "/* x */ /* ' */")


class Style(NamedTuple):
    """How the session that a statement is sent in reads it."""

    mariadb: bool = False
    ansi_quotes: bool = False
    brackets: bool = False  # MariaDB's MSSQL mode
    backslashes: bool = True


def name(of: str) -> str:
    """An identifier."""
    return f"\x01{of}\x02"


def text(value: str) -> str:
    """A string literal."""
    return f"\x03{value}\x04"


def raw(code: str) -> str:
    """Left as it is."""
    return f"\x07{code}\x08"


def maybe_code(words: str) -> str:
    """Words that may stand in an executable comment."""
    return f"\x05{words}\x06"


def table_name(database: str | None, table: str) -> str:
    return name(table) if database is None else f"{name(database)}.{name(table)}"


def spell(statement: str, style: Style, rng: random.Random) -> str:
    """`statement` in one of its spellings."""
    cased = rng.choice((str.upper, str.lower, str.upper, lambda word: _mixed(word, rng)))
    plain = rng.random() < 0.5
    spelt: list[str] = [rng.choice(("", "", "", " ", "/* app=x */ ", "\n"))]
    within_code = False
    dot = ""
    for match in _PIECES.finditer(statement):
        identifier, literal, verbatim, mark, blank, word = match.groups()
        if identifier is not None:
            spelt.append(_quoted(identifier, style, rng, dot))
        elif literal is not None:
            spelt.append(_literal(literal, style, rng))
        elif verbatim is not None:
            spelt.append(verbatim)
        elif mark == "\x05":
            within_code = rng.random() < 0.4
            spelt.append(_opening(style, rng) if within_code else "")
        elif mark == "\x06":
            spelt.append(" */" if within_code else "")
            within_code = False
        elif blank:
            spelt.append(" " if plain else _blank(style, rng, within_code))
        else:
            spelt.append(cased(word))
        dot = "" if word != "." else "quoted." if spelt[-2][-1] in '`]"' else "."
    return "".join(spelt) + rng.choice(("", "", "", " ", ";", " /* end */"))


def _mixed(word: str, rng: random.Random) -> str:
    return "".join(rng.choice((letter.upper(), letter.lower())) for letter in word)


def _opening(style: Style, rng: random.Random) -> str:
    marks = ["/*! ", "/*!40101 ", "/*!50100 ", "/*!32302 "]
    return rng.choice(
        marks + (["/*M! ", "/*M!100100 ", "/*!100000 "] if style.mariadb else ["/*!80013 ", "/*!50606\t"])
    )


def _blank(style: Style, rng: random.Random, within_code: bool) -> str:
    chance = rng.random()
    if chance < 0.8 or within_code:
        return rng.choice((" ", " ", " ", "  ", "\n", "\t", "\r\n"))
    if chance < 0.95:
        return f" {rng.choice(_COMMENTS)} "
    return " /*!99999 not this */ " if not style.mariadb else " /*!999999 nor this */ "


def _quoted(identifier: str, style: Style, rng: random.Random, dot: str) -> str:
    """Behind the dot of a bare database anything is a name; behind that of a quoted one digits are not."""
    anything = dot == "." and re.fullmatch(r"[0-9A-Za-z_$]+", identifier)
    bare = _BARE.fullmatch(identifier) and identifier.lower() not in _NEVER_BARE
    if dot == "quoted." and identifier[0].isdigit():
        bare = False
    if (bare or anything) and rng.random() < 0.6:
        return identifier
    if style.brackets and "]" not in identifier and rng.random() < 0.4:
        return f"[{identifier}]"
    if style.ansi_quotes and rng.random() < 0.5:
        return '"' + identifier.replace('"', '""') + '"'
    return "`" + identifier.replace("`", "``") + "`"


def _literal(value: str, style: Style, rng: random.Random) -> str:
    quote = "'" if style.ansi_quotes or rng.random() < 0.7 else '"'
    if style.backslashes:
        value = value.replace("\\", "\\\\")
        if rng.random() < 0.3:
            return quote + value.replace(quote, "\\" + quote).replace("\0", "\\0") + quote
    return quote + value.replace(quote, quote * 2) + quote
