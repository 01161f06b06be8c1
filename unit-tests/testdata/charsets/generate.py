#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Asks real servers what every code of every character set means.

    integration-tests/servers/mysql.sh start DIR1; integration-tests/servers/mariadb.sh start DIR2
    unit-tests/testdata/charsets/generate.py DIR1 DIR2

Writes src/binlog/charset_tables.cc, from MySQL, and digests.txt beside this file: for each server and
character set the number of its characters and a 64-bit FNV-1a over "code, UTF-8" of all of them in the
order of the codes. charset_test.cc goes through all codes again with our decoder.

The question is CONVERT(CONVERT(bytes USING x) USING utf8mb4). A code counts as a character if the answer
is exactly one character that is not the server's own mark for "none": '?', U+FFFD, or (eucjpms) NUL. The
one code that the server writes for U+FFFD, where it has one, is that character.
"""
import pathlib
import sys
import unicodedata

import pymysql

HERE = pathlib.Path(__file__).resolve().parent
TABLES = HERE.parents[2] / "src/binlog/charset_tables.cc"
NONE = 0xFFFD

SINGLE_BYTE = (
    "armscii8 cp1250 cp1251 cp1256 cp1257 cp850 cp852 cp866 dec8 geostd8 greek hebrew hp8 keybcs2 koi8r "
    "koi8u latin1 latin2 latin5 latin7 macce macroman swe7 tis620"
).split()
MULTIBYTE = "big5 cp932 eucjpms euckr gb18030 gb2312 gbk sjis ujis".split()

ONE = [bytes([a]) for a in range(256)]
TWO = [bytes([a, b]) for a in range(0x80, 256) for b in range(256)]
THREE = [bytes([0x8F, a, b]) for a in range(256) for b in range(256)]
FOUR = [
    bytes([a, b, c, d])
    for a in range(0x81, 0xFF) for b in range(0x30, 0x3A) for c in range(0x81, 0xFF) for d in range(0x30, 0x3A)
]


def codes_of(charset):
    if charset in SINGLE_BYTE or charset == "ascii":
        return ["one"]
    extra = {"ujis": ["three"], "eucjpms": ["three"], "gb18030": ["four"]}
    return ["one", "two"] + extra.get(charset, [])


def connect(folder):
    env = dict(line.rstrip("\n").split("=", 1) for line in open(pathlib.Path(folder) / "env"))
    return pymysql.connect(
        host=env["HOST"], port=int(env["PORT"]), user=env["ROOT_USER"], password=env["ROOT_PASSWORD"],
        charset="utf8mb4", autocommit=True)


def store_codes(cursor):
    cursor.execute("SET sql_log_bin = 0")
    cursor.execute("CREATE DATABASE IF NOT EXISTS charset_codes")
    cursor.execute("USE charset_codes")
    for name, codes in (("one", ONE), ("two", TWO), ("three", THREE), ("four", FOUR)):
        cursor.execute(f"DROP TABLE IF EXISTS {name}")
        cursor.execute(f"CREATE TABLE {name} (code VARBINARY(4) PRIMARY KEY)")
        for i in range(0, len(codes), 5000):
            rows = ",".join(f"(x'{code.hex()}')" for code in codes[i:i + 5000])
            cursor.execute(f"INSERT INTO {name} VALUES {rows}")


def code_of_none(cursor, charset):
    """The code that the server writes for U+FFFD, or None."""
    cursor.execute(f"SELECT HEX(CONVERT(_utf8mb4 x'EFBFBD' USING {charset}))")
    code = bytes.fromhex(cursor.fetchone()[0])
    return None if code == b"?" else code


def character(code, utf8, replacement):
    """The code point of a code, or None."""
    if utf8 is None or (utf8 == b"?" and code != b"?") or (utf8 == b"\0" and code != b"\0"):
        return None
    text = utf8.decode("utf-8")
    if len(text) != 1 or (ord(text) == NONE and code != replacement):
        return None
    return ord(text)


def ask(cursor, charset):
    mapping, replacement = {}, code_of_none(cursor, charset)
    for table in codes_of(charset):
        cursor.execute(
            f"SELECT code, HEX(CONVERT(CONVERT(code USING {charset}) USING utf8mb4)) FROM {table} ORDER BY code")
        for code, answer in cursor.fetchall():
            point = character(code, None if answer is None else bytes.fromhex(answer), replacement)
            if point is not None:
                mapping[code] = point
    return mapping


def digest(mapping):
    state = 0xCBF29CE484222325
    for code in sorted(mapping, key=lambda code: (len(code), code)):
        for byte in code + chr(mapping[code]).encode("utf-8"):
            state = (state ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return state


def literal(points):
    """C++ lines of a u"" literal, raw where a reader can see the character."""
    lines, line, width = [], "", 0
    for point in points:
        char = chr(point)
        visible = unicodedata.category(char)[0] in "LNPS" and unicodedata.bidirectional(char) not in ("R", "AL")
        if char in '"\\':
            piece = "\\" + char
        elif point < 0x20 or 0x7F <= point < 0xA0:
            piece = f"\\{point:03o}"
        elif visible or char == " " or point == NONE:
            piece = char
        else:
            piece = f"\\u{point:04X}"
        line += piece
        width += len(piece) * (2 if unicodedata.east_asian_width(char) in "WFA" and len(piece) == 1 else 1)
        if width >= 88:
            lines.append(f'    u"{line}"')
            line, width = "", 0
    if line:
        lines.append(f'    u"{line}"')
    return "\n".join(lines)


def byte_list(ranges):
    return [byte for first, last in ranges for byte in range(first, last + 1)]


class Plane:
    """Two-byte codes in their linear order: lead by lead, trail by trail."""

    def __init__(self, name, mapping, leads, trails, base=None, prefix=b""):
        self.name, self.leads, self.trails, self.base = name, leads, trails, base
        order = [prefix + bytes([a, b]) for a in byte_list(leads) for b in byte_list(trails)]
        self.points = [mapping.get(code, NONE) for code in order]  # U+FFFD itself: see replacement()
        self.codes = [code[len(prefix):] for code in order]
        known = {code for code in mapping if len(code) == len(prefix) + 2 and code.startswith(prefix)}
        # ujis: half-width katakana are 8E xx, by rule.
        left = {code for code in known - set(order) if not (code[0] == 0x8E and not prefix)}
        assert not left, (name, sorted(left)[:5])
        self.blocks, self.runs = [], []

    def cover_with(self, blocks):
        """Blocks (symbol, first, points) lay down; runs correct what they leave wrong."""
        have = [NONE] * len(self.points)
        if self.base is not None:
            at = dict(zip(self.base.codes, self.base.points))
            have = [at.get(code, NONE) for code in self.codes]
        for symbol, first, points in blocks:
            self.blocks.append((symbol, first))
            for i, point in enumerate(points):
                if point != NONE:
                    have[first + i] = point
        for i, (is_now, want) in enumerate(zip(have, self.points)):
            if is_now == want:
                continue
            last = self.runs[-1] if self.runs else None
            step = want == NONE and last and last[2] == NONE or last and want != NONE and last[2] + last[1] == want
            if last and last[0] + last[1] == i and step:
                last[1] += 1
            else:
                self.runs.append([i, 1, want])

    def cpp(self):
        def ranges(pairs):
            return ", ".join(f"{{0x{a:02x}, 0x{b:02x}}}" for a, b in pairs)

        lines = [f"constexpr ByteRange k{self.name}Leads[] = {{{ranges(self.leads)}}};",
                 f"constexpr ByteRange k{self.name}Trails[] = {{{ranges(self.trails)}}};"]
        fields = f".leads = k{self.name}Leads, .trails = k{self.name}Trails"
        if self.base is not None:
            fields += f", .base = &k{self.base.name}"
        if self.blocks:
            body = ", ".join(f"{{{first}, {symbol}}}" for symbol, first in self.blocks)
            lines.append(f"constexpr CodeBlock k{self.name}Blocks[] = {{{body}}};")
            fields += f", .blocks = k{self.name}Blocks"
        if self.runs:
            lines.append(f"constexpr CodeRun k{self.name}Runs[] = {{")
            lines += wrap(f"{{{first}, {count}, 0x{point:04x}}}" for first, count, point in self.runs)
            lines.append("};")
            fields += f", .runs = k{self.name}Runs"
        lines.append(f"constexpr CodePlane k{self.name} = {{{fields}}};")
        return "\n".join(lines) + "\n"


def wrap(pieces):
    lines, line = [], "   "
    for piece in pieces:
        if len(line) + len(piece) > 96:
            lines.append(line)
            line = "   "
        line += f" {piece},"
    return lines + [line]


def block(symbol, points):
    return f"constexpr std::u16string_view {symbol} =\n{literal(points)}sv;\n"


def four_byte_runs(mapping):
    def linear(code):
        return (((code[0] - 0x81) * 10 + code[1] - 0x30) * 126 + code[2] - 0x81) * 10 + code[3] - 0x30

    runs = []
    for at, point in sorted((linear(code), point) for code, point in mapping.items() if len(code) == 4):
        if runs and runs[-1][0] + runs[-1][1] == at and runs[-1][2] + runs[-1][1] == point:
            runs[-1][1] += 1
        else:
            runs.append([at, 1, point])
    return runs


def replacement(mapping):
    """The field that names the code of U+FFFD, which the tables take for no character."""
    codes = [code for code, point in mapping.items() if point == NONE and len(code) < 4]
    return f", .replacement = 0x{codes[0].hex()}" if codes else ""


def single_byte_tables(maps):
    parts, entries = [], []
    for name in SINGLE_BYTE:
        points = [maps[name].get(bytes([i]), NONE) for i in range(256)]
        ascii_lower = points[:128] == list(range(128))
        if not ascii_lower:
            parts.append(block(f"k{name.capitalize()}Lower", points[:128]))
        parts.append(block(f"k{name.capitalize()}Upper", points[128:]))
        lower = "{}" if ascii_lower else f"k{name.capitalize()}Lower"
        fields = f'.name = "{name}", .lower = {lower}, .upper = k{name.capitalize()}Upper{replacement(maps[name])}'
        entries.append(f"    {{{fields}}},")
    return "\n".join(parts) + "\nconstexpr SingleByteTable kSingleByteTables[] = {\n" + "\n".join(entries) + "\n};\n"


def multibyte_tables(maps):
    eight_bit = [(0xA1, 0xFE)]
    gbk_form = ([(0x81, 0xFE)], [(0x40, 0x7E), (0x80, 0xFE)])
    sjis_form = ([(0x81, 0x9F), (0xE0, 0xFC)], [(0x40, 0x7E), (0x80, 0xFC)])

    gbk = Plane("Gbk", maps["gbk"], *gbk_form)
    gb18030 = Plane("Gb18030", maps["gb18030"], *gbk_form, base=gbk)
    gb2312 = Plane("Gb2312", maps["gb2312"], eight_bit, eight_bit, base=gbk)
    big5 = Plane("Big5", maps["big5"], [(0xA1, 0xF9)], [(0x40, 0x7E), (0xA1, 0xFE)])
    euckr = Plane("Euckr", maps["euckr"], [(0x81, 0xFD)], [(0x41, 0x5A), (0x61, 0x7A), (0x81, 0xFE)])
    sjis = Plane("Sjis", maps["sjis"], *sjis_form)
    cp932 = Plane("Cp932", maps["cp932"], *sjis_form)
    ujis = Plane("Ujis", maps["ujis"], eight_bit, eight_bit)
    eucjpms = Plane("Eucjpms", maps["eucjpms"], eight_bit, eight_bit)
    ujis3 = Plane("UjisThree", maps["ujis"], eight_bit, eight_bit, prefix=b"\x8f")
    eucjpms3 = Plane("EucjpmsThree", maps["eucjpms"], eight_bit, eight_bit, prefix=b"\x8f")

    kanji = sjis.points[:84 * 94]
    nec, nec_selected, ibm = (cp932.points[a * 94:b * 94] for a, b in ((12, 13), (88, 92), (114, 119)))
    supplement = ujis3.points[:77 * 94]
    ibm3 = eucjpms3.points[82 * 94:84 * 94]
    blocks = [("kGbkCells", gbk.points), ("kBig5Cells", big5.points), ("kEuckrCells", euckr.points),
              ("kJisX0208Cells", kanji), ("kNecRow13Cells", nec), ("kNecSelectedCells", nec_selected),
              ("kIbmCells", ibm), ("kJisX0212Cells", supplement), ("kIbmSupplementCells", ibm3)]

    gbk.cover_with([("kGbkCells", 0, gbk.points)])
    gb18030.cover_with([])
    gb2312.cover_with([])
    big5.cover_with([("kBig5Cells", 0, big5.points)])
    euckr.cover_with([("kEuckrCells", 0, euckr.points)])
    sjis.cover_with([("kJisX0208Cells", 0, kanji)])
    cp932.cover_with([("kJisX0208Cells", 0, kanji), ("kNecRow13Cells", 12 * 94, nec),
                      ("kNecSelectedCells", 88 * 94, nec_selected), ("kIbmCells", 114 * 94, ibm)])
    ujis.cover_with([("kJisX0208Cells", 0, kanji)])
    eucjpms.cover_with([("kJisX0208Cells", 0, kanji), ("kNecRow13Cells", 12 * 94, nec)])
    ujis3.cover_with([("kJisX0212Cells", 0, supplement)])
    eucjpms3.cover_with([("kJisX0212Cells", 0, supplement), ("kIbmSupplementCells", 82 * 94, ibm3)])

    parts = [block(symbol, points) for symbol, points in blocks]
    planes = (gbk, gb18030, gb2312, big5, euckr, sjis, cp932, ujis, eucjpms, ujis3, eucjpms3)
    parts += [plane.cpp() for plane in planes]
    runs = wrap(f"{{{at}, {count}, 0x{point:x}}}" for at, count, point in four_byte_runs(maps["gb18030"]))
    parts.append("constexpr FourByteRun kGb18030FourByteRuns[] = {\n" + "\n".join(runs) + "\n};\n")
    parts.append("""constexpr MultibyteTable kMultibyteTables[] = {
    {.name = "big5", .form = MultibyteForm::kDoubleByte, .two = kBig5%s},
    {.name = "cp932", .form = MultibyteForm::kShiftJis, .two = kCp932},
    {.name = "eucjpms", .form = MultibyteForm::kEucJapanese, .two = kEucjpms, .three = kEucjpmsThree},
    {.name = "euckr", .form = MultibyteForm::kDoubleByte, .two = kEuckr},
    {.name = "gb18030", .form = MultibyteForm::kGb18030, .two = kGb18030, .four = kGb18030FourByteRuns},
    {.name = "gb2312", .form = MultibyteForm::kDoubleByte, .two = kGb2312},
    {.name = "gbk", .form = MultibyteForm::kDoubleByte, .two = kGbk},
    {.name = "sjis", .form = MultibyteForm::kShiftJis, .two = kSjis},
    {.name = "ujis", .form = MultibyteForm::kEucJapanese, .two = kUjis, .three = kUjisThree},
};
""" % replacement(maps["big5"]))
    return "\n".join(parts)


HEAD = """// SPDX-License-Identifier: Apache-2.0
// Made by unit-tests/testdata/charsets/generate.py from the answers of MySQL %s. Do not edit.
#include "binlog/internal/charset_tables.h"

namespace rowmill::binlog {
namespace {

using std::string_view_literals::operator""sv;

// clang-format off
"""

TAIL = """// clang-format on

}  // namespace

std::span<const SingleByteTable> single_byte_tables() { return kSingleByteTables; }
std::span<const MultibyteTable> multibyte_tables() { return kMultibyteTables; }

}  // namespace rowmill::binlog
"""


def main():
    digests, maps = ["# server charset characters fnv1a"], {}
    for server, folder in zip(("mysql", "mariadb"), sys.argv[1:3]):
        cursor = connect(folder).cursor()
        store_codes(cursor)
        cursor.execute("SELECT VERSION()")
        version = cursor.fetchone()[0]
        cursor.execute("SHOW CHARACTER SET")
        present = {row[0] for row in cursor.fetchall()}
        assert present == set(SINGLE_BYTE) | (set(MULTIBYTE) & present) | {
            "ascii", "binary", "ucs2", "utf16", "utf16le", "utf32", "utf8mb3", "utf8mb4"}, present
        for charset in ["ascii", *SINGLE_BYTE, *MULTIBYTE]:
            if charset in present:
                mapping = ask(cursor, charset)
                maps.setdefault(charset, mapping)
                digests.append(f"{server} {charset} {len(mapping)} {digest(mapping):016x}")
        if server == "mysql":
            tables = HEAD % version + single_byte_tables(maps) + "\n" + multibyte_tables(maps) + "\n" + TAIL
        cursor.execute("DROP DATABASE charset_codes")
    TABLES.write_text(tables, encoding="utf-8")
    (HERE / "digests.txt").write_text("\n".join(digests) + "\n")


if __name__ == "__main__":
    main()
