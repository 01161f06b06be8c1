#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Writes <TYPE>.txt beside this file: what real servers log for a value, and what SELECT says of it.

    integration-tests/servers/mysql.sh start DIR1; integration-tests/servers/mariadb.sh start DIR2
    unit-tests/testdata/values/generate.py DIR1 DIR2 [TYPE...]

Lines, with tabs between the fields:
    define  server  SQL type  type code  metadata  1 if unsigned  charset or -  labels in UTF-8, as hex, or -
    data    SQL of the value  bytes of the cell as logged, as hex  expected text
    large   SQL of the value  the bytes as runs  expected text as runs: hex*count and hex, with spaces between
type code and metadata are those of MapColumn, from the table map. The expected text is, by type:
text, ENUM, SET, UUID, INET4, INET6: hex of the UTF-8; bytes, VECTOR: hex; GEOMETRY: SRID and hex of the WKB;
BIT: decimal; FLOAT: the value as DOUBLE; all others, JSON included: as SELECT prints it (TIMESTAMP in UTC).

One value is one INSERT is one rows event, read from the server's own binlog file; JSON and temporal values
that come out of functions are written as the SQL expression that made them.
"""
import ipaddress
import pathlib
import random
import re
import struct
import sys

import pymysql

HERE = pathlib.Path(__file__).resolve().parent
TABLE_MAP, WRITE_ROWS_V1, WRITE_ROWS_V2, DELETE_ROWS_V2 = 19, 23, 30, 32
ENUM, SET, STRING, GEOMETRY = 247, 248, 254, 255
BLOB_COMPRESSED, VARCHAR_COMPRESSED, VECTOR = 140, 141, 242
LARGE = 2000
EVERY = 4


def quote(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def integers(bits):
    top = 1 << bits
    signed = [-top // 2, -top // 2 + 1, -257, -256, -1, 0, 1, 127, top // 2 - 1]
    unsigned = [0, 1, 127, 128, 255, top // 2 - 1, top // 2, top - 1]
    return ([str(v) for v in signed if -top // 2 <= v < top // 2], [str(v) for v in unsigned if v < top])


def decimals(precision, scale):
    rng = random.Random(precision * 100 + scale)
    nines = "9" * (precision - scale) + ("." + "9" * scale if scale else "")
    values = ["0", "-0.0", "1", "-1", "0.5", "-0.5", "-0.001", nines, "-" + nines, "0." + "0" * 8 + "1", "-5"]
    for _ in range(12):
        digits = "".join(rng.choice("0123456789") for _ in range(precision))
        cut = rng.randint(0, precision - scale)
        values.append(rng.choice(["", "-"]) + (digits[cut:precision - scale] or "0") + "." + digits[precision - scale:])
    limit = 10 ** (precision - scale)
    return [v.rstrip(".") for v in values if abs(float(v)) < limit]


def times(fsp):
    part = lambda digits: "." + digits[:fsp] if fsp else ""
    return [quote(v) for v in [
        "00:00:00", "-00:00:01", "00:00:01", "-01:02:03", "838:59:59", "-838:59:59", "12:34:56" + part("123456"),
        "-12:34:56" + part("123456"), "-00:00:00" + part("500000"), "-00:00:00" + part("000001"),
        "00:00:00" + part("999999"), "-00:00:59" + part("999999"), "-837:59:59" + part("987654"), "100:00:00"]]


def datetimes(fsp):
    part = lambda digits: "." + digits[:fsp] if fsp else ""
    return [quote(v) for v in [
        "0000-00-00 00:00:00", "0000-00-01 00:00:00", "2000-00-00 00:00:00", "2024-02-00 23:59:59",
        "2024-02-29 12:34:56" + part("123456"), "9999-12-31 23:59:59" + part("999999"),
        "1000-01-01 00:00:00" + part("000001"), "2024-02-31 01:02:03" + part("908070")]]


def timestamps(fsp):
    part = lambda digits: "." + digits[:fsp] if fsp else ""
    return [quote(v) for v in [
        "0000-00-00 00:00:00", "1970-01-01 00:00:01", "2038-01-19 03:14:07" + part("999999"),
        "2024-03-31 01:30:00" + part("500000"), "2001-09-09 01:46:40" + part("000001")]]


DATES = [quote(v) for v in ["0000-00-00", "2024-02-29", "2024-02-00", "2024-00-00", "9999-12-31", "1000-01-01",
                            "0001-01-01", "2024-02-31"]]
LABELS = ["", "a", "b;c", "é", "日本", "x y"]
FLOATS = "0 -0e0 1 -1 0.1 -0.1 16777216 16777217 123456792 9999999 3.4028234e38 -3.4028234e38 1.17549435e-38 1e-45 " \
         "3.14159274 1e10 1e-10".split()
DOUBLES = "0 -0e0 1 -1 0.1 1e15 1e16 1e-5 1.2345678901234568e17 1.7976931348623157e308 2.2250738585072014e-308 5e-324 " \
          "9007199254740993 0.30000000000000004 123456.789".split()


def cases():
    """File name, SQL type, values as SQL, servers."""
    for name, bits in (("TINYINT", 8), ("SMALLINT", 16), ("MEDIUMINT", 24), ("INT", 32), ("BIGINT", 64)):
        signed, unsigned = integers(bits)
        yield name, name, signed
        yield name, name + " UNSIGNED", unsigned
    for precision, scale in ((1, 0), (3, 3), (4, 1), (5, 2), (9, 0), (9, 9), (10, 0), (10, 5), (18, 9), (19, 9),
                             (20, 6), (30, 30), (38, 11), (65, 0), (65, 30)):
        yield "DECIMAL", f"DECIMAL({precision},{scale})", decimals(precision, scale)
    yield "DECIMAL", "DECIMAL(10,2) UNSIGNED", ["0", "0.01", "99999999.99"]
    yield "FLOAT", "FLOAT", FLOATS
    yield "DOUBLE", "DOUBLE", DOUBLES
    for bits in (1, 3, 8, 9, 33, 63, 64):
        yield "BIT", f"BIT({bits})", ["0", "1", str((1 << bits) - 1), str(1 << (bits - 1)), str(0x5555555555555555 & ((1 << bits) - 1))]
    yield "YEAR", "YEAR", ["0", "1901", "1970", "2000", "2155"]
    yield "DATE", "DATE", DATES
    for fsp in range(7):
        yield "TIME", f"TIME({fsp})", times(fsp)
        yield "DATETIME", f"DATETIME({fsp})", datetimes(fsp)
        yield "TIMESTAMP", f"TIMESTAMP({fsp}) NULL", timestamps(fsp)
    words = ["", "plain", "it''s \\\\ \"quoted\"", "tab\\tnewline\\nzero\\0end", "trailing  ", "né ß €", "日本語"]
    for charset, count in (("utf8mb4", 7), ("latin1", 6), ("utf8mb3", 7), ("utf16", 7), ("sjis", 5), ("gbk", 5), ("ascii", 5)):
        some = ["'" + word + "'" for word in words[:count]] + (["'😀'"] if charset in ("utf8mb4", "utf16") else [])
        for sql_type in ("CHAR(40)", "VARCHAR(40)", "VARCHAR(300)", "TEXT"):
            name = sql_type.split("(")[0]
            yield name, f"{sql_type} CHARACTER SET {charset}", some
    yield "CHAR", "CHAR(255) CHARACTER SET utf8mb4", ["''", "'a'", "repeat('é', 255)"]
    yield "VARCHAR", "VARCHAR(63) CHARACTER SET utf8mb4", ["''", "repeat('😀', 63)"]
    yield "VARCHAR", "VARCHAR(64) CHARACTER SET utf8mb4", ["''", "repeat('😀', 64)"]
    for kind in ("TINYTEXT", "MEDIUMTEXT", "LONGTEXT"):
        yield "TEXT", f"{kind} CHARACTER SET latin1", ["''", "'é'", "repeat('x', 200)"]
    binary = ["x''", "x'00'", "x'6100'", "x'610062'", "x'ff00ff'", "x'20'", "x'0000'"]
    for sql_type in ("BINARY(5)", "BINARY(255)", "VARBINARY(5)", "VARBINARY(300)", "TINYBLOB", "BLOB", "MEDIUMBLOB", "LONGBLOB"):
        yield re.sub(r"\(.*|TINY|MEDIUM|LONG", "", sql_type), sql_type, binary
    yield "BLOB", "BLOB", ["repeat(x'00ff', 30000)"]
    for charset in ("utf8mb4", "latin1", "ucs2"):
        labels = LABELS if charset != "latin1" else LABELS[:4] + LABELS[5:]
        listed = ",".join(quote(label) for label in labels)
        yield "ENUM", (f"ENUM({listed}) CHARACTER SET {charset}", labels), \
            [str(i) for i in range(1, len(labels) + 1)] + ["INVALID"]
        yield "SET", (f"SET({listed}) CHARACTER SET {charset}", labels), \
            [str(v) for v in (0, 1, 2, 4, 6, 12, (1 << len(labels)) - 1)]
    many = [f"label{i}" for i in range(300)]
    yield "ENUM", ("ENUM(" + ",".join(map(quote, many)) + ")", many), ["1", "255", "256", "300"]
    for count in (9, 20, 33, 64):
        names = [f"m{i}" for i in range(count)]
        yield "SET", ("SET(" + ",".join(map(quote, names)) + ")", names), \
            ["0", "1", str(1 << (count - 1)), str((1 << count) - 1)]


def geometries():
    texts = ["POINT(3 4)", "POINT(-1.5 1e300)", "LINESTRING(0 0,1 1,2 -2)", "POLYGON((0 0,4 0,4 4,0 0),(1 1,2 1,2 2,1 1))",
             "MULTIPOINT(0 0,1 1)", "MULTILINESTRING((0 0,1 1),(2 2,3 3,4 4))", "MULTIPOLYGON(((0 0,1 0,1 1,0 0)))",
             "GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(0 0,1 1))", "GEOMETRYCOLLECTION EMPTY"]
    return [f"ST_GeomFromText('{text}')" for text in texts] + \
        [f"ST_GeomFromText('{text}', 4326)" for text in ("POINT(3 4)", "LINESTRING(10 20,30 40)")]


def inet6_addresses():
    texts = ["::", "::1", "1::", "2001::", "2001:db8::1", "1:2:3:4:5:6:7:8", "::1.2.3.4", "::ffff:1.2.3.4", "::fffe:1.2.3.4",
             "::ffff:0.0.0.0", "::0.0.1.0", "::0.1.0.0", "0:0:0:0:1::", "1:0:0:2:0:0:3:4", "1:0:2:0:3:0:4:0", "0:1:0:2:0:3:0:4",
             "fe80::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "1:0:0:2:0:0:0:3", "0:0:1:0:0:0:0:1", "64:ff9b::192.0.2.33"]
    rng = random.Random(6)
    for _ in range(400):
        groups = [rng.choice([0, 0, 1, 0xffff, rng.randrange(0x10000)]) for _ in range(8)]
        texts.append(":".join(f"{group:x}" for group in groups))
    return [quote(text) for text in texts]


def uuids():
    texts = ["00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff",
             "123e4567-e89b-12d3-a456-426614174000", "00000000-0000-0000-0000-000000000001", "01000000-0000-0000-0000-000000000000"]
    rng = random.Random(4)
    for version in range(16):
        for variant in "0789abcf":
            digits = f"{rng.getrandbits(128):032x}"
            texts.append(f"{digits[:8]}-{digits[8:12]}-{version:x}{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}")
    return [quote(text) for text in texts]


def cases_of(server):
    """File name, SQL type, values as SQL, statement before the table is made, statement at the end."""
    for sql_type in ("GEOMETRY", "GEOMETRYCOLLECTION", "POINT", "POLYGON"):
        fitting = [v for v in geometries() if sql_type in ("GEOMETRY", v[17:].split("(")[0].split(" ")[0])]
        yield "GEOMETRY", sql_type, fitting, "DO 0", "DO 0"
    if server.name == "mysql":
        for size in (1, 5, 300):
            values = [f"STRING_TO_VECTOR('{v}')" for v in ("[0]", "[-1.5]", "[1.5e-38]", "[3.4028234e38]", "[1,2,3,4,5]")]
            yield "VECTOR", f"VECTOR({size})", values[:5 if size >= 5 else 4], "DO 0", "DO 0"
        return
    rng = random.Random(5)
    yield "UUID", "UUID", uuids(), "DO 0", "DO 0"
    yield "INET4", "INET4", [quote(v) for v in ("0.0.0.0", "1.0.0.0", "0.0.0.1", "255.255.255.255", "10.20.0.0")] + \
        [quote(str(ipaddress.ip_address(rng.getrandbits(32)))) for _ in range(50)], "DO 0", "DO 0"
    yield "INET6", "INET6", inet6_addresses(), "DO 0", "DO 0"
    for wrapped in (0, 1):
        before, after = f"SET column_compression_zlib_wrap = {wrapped}", "SET column_compression_zlib_wrap = 0"
        for sql_type in ("VARCHAR(80)", "VARCHAR(254)", "VARCHAR(255)", "VARCHAR(1000)", "TINYTEXT", "TEXT", "MEDIUMTEXT", "LONGTEXT"):
            for charset in ("latin1", "utf8mb4"):
                values = ["''", "'a'", "'né'", "repeat('v', 70)", "repeat('éa', 100)", "repeat('xyz', 333)"]
                fitting = [v for v, length in zip(values, (0, 1, 3, 70, 200, 999))
                           if length <= (int(re.sub(r"\D", "", sql_type)) if "(" in sql_type else 126 if sql_type == "TINYTEXT" else 999)]
                yield "COMPRESSED", f"{sql_type} COMPRESSED CHARACTER SET {charset}", fitting, before, after
        for sql_type in ("VARBINARY(80)", "VARBINARY(1000)", "TINYBLOB", "BLOB", "MEDIUMBLOB", "LONGBLOB"):
            yield "COMPRESSED", f"{sql_type} COMPRESSED", ["x''", "x'00'", "x'8000'", "repeat(x'00', 78)"], before, after
    yield "COMPRESSED", "LONGBLOB COMPRESSED", ["repeat(x'00ff', 40000)", "repeat('a', 3000000)"], "DO 0", "DO 0"
    yield "COMPRESSED", "TEXT COMPRESSED CHARACTER SET utf16", ["repeat('é', 200)", "'é'"], "DO 0", "DO 0"
    before, after = "SET GLOBAL mysql56_temporal_format = OFF", "SET GLOBAL mysql56_temporal_format = ON"
    yield "OLD_TIME", "TIME", times(0), before, after
    yield "OLD_DATETIME", "DATETIME", datetimes(0), before, after
    yield "OLD_TIMESTAMP", "TIMESTAMP NULL", timestamps(0), before, after


def json_documents():
    for text in ["null", "true", "false", "0", "-0", "1", "-1", "32767", "32768", "-32768", "-32769", "65535", "65536",
                 "2147483647", "2147483648", "-2147483648", "-2147483649", "4294967295", "4294967296",
                 "9223372036854775807", "9223372036854775808", "-9223372036854775808", "18446744073709551615",
                 "18446744073709551616", "1.0", "-0.0", "0.1", '""', '"a"', "[]", "{}", "[[]]", "[{}]", '{"a": {}}',
                 "[null, true, false]", '[1, -1, 70000, -70000, 5000000000, 1.5, "s", null, [1], {"k": 2}]',
                 '{"b": 1, "a": 2, "aa": 3, "": 4, "B": 5, "9": 6, "10": 7, "z": 8, "é": 9, "AA": 10}',
                 '{"a": {"b": {"c": [1, {"d": [2, [3, [4]]]}]}}}',
                 '"quote \\" slash / backslash \\\\ \\b\\f\\n\\r\\t"', '"\\u0000\\u0001\\u001f\\u007f\\u0080\\u00e9\\u2028"',
                 '"😀 日本語 é"', '{"日本": "語", "\\n": 1, "\\"": 2}', '{"a":1,"a":2,"b":3}',
                 '{ "spaced" : [ 1 ,2,\n3 ] }', "[" * 100 + "]" * 100, "[" * 99 + "1" + "]" * 99, "[" * 100 + "1" + "]" * 100]:
        yield quote(text)
    for expression in [
            "JSON_ARRAY(CAST(1.50 AS DECIMAL(5,2)), CAST(0 AS DECIMAL(5,2)), CAST(-0.5 AS DECIMAL(5,1)))",
            "JSON_ARRAY(CAST('12345678901234567890123456789012345.123456789012345678901234567890' AS DECIMAL(65,30)))",
            "CAST(CAST(-12345.678 AS DECIMAL(20,3)) AS JSON)", "CAST(DATE'2024-01-02' AS JSON)",
            "JSON_OBJECT('d', DATE'9999-12-31', 't', TIME'12:34:56.789', 'dt', TIMESTAMP'2024-01-02 03:04:05.678901')",
            "JSON_ARRAY(CAST('-838:59:59' AS TIME), CAST('838:59:59' AS TIME), CAST('-00:00:00.000001' AS TIME(6)))",
            "JSON_ARRAY(CAST('00:00:00' AS TIME), TIMESTAMP'9999-12-31 23:59:59.999999', TIMESTAMP'0001-01-01 00:00:00')",
            "JSON_ARRAY(x'ff', b'101', CAST('' AS BINARY), CAST('binary' AS BINARY))",
            *(f"JSON_ARRAY(CAST(REPEAT('a', {n}) AS BINARY))" for n in (1, 2, 3, 56, 57, 58, 113, 114, 115, 130)),
            "JSON_ARRAY(CAST(REPEAT('a', 300) AS BINARY), 1)", "JSON_OBJECT('b', CAST('x' AS BINARY), 'y', CAST(2024 AS YEAR))",
            "(SELECT JSON_ARRAY(bits, stamp, moment, label, picks, year_, body, ratio) FROM json_sources)",
            "JSON_ARRAY(1e308, -1e308, 5e-324, 1.7976931348623157e308)",
            "JSON_ARRAY(REPEAT('a', 127), REPEAT('b', 128), REPEAT('c', 16383), REPEAT('d', 16384))",
            "JSON_OBJECT('pad', REPEAT('a', 70000), 'i16', -5, 'u16', 60000, 'i32', -70000, 'u32', 4000000000, "
            "'i64', -5000000000, 'u64', 18446744073709551615, 'd', 1.5e0, 's', 'text', 'n', null, 't', true, 'f', false, "
            "'o', JSON_OBJECT('k', JSON_ARRAY(1, -70000)), 'dec', CAST(1.5 AS DECIMAL(3,1)))",
            "JSON_ARRAY(REPEAT('a', 70000), -5, 60000, -70000, 4000000000, -5000000000, 1.5e0, 'x', null, true, "
            "JSON_ARRAY(), JSON_OBJECT(), JSON_ARRAY(REPEAT('b', 66000), 70000))",
            "CAST(CONCAT('[', REPEAT('1,', 40000), '2]') AS JSON)", "JSON_ARRAY(REPEAT('c', 2100000))"]:
        yield expression


def json_doubles():
    """Doubles of every magnitude, as the text of arrays. With EVERY = 1 there are 8000; kept are 2000."""
    rng = random.Random(1)
    doubles = [2.0 ** e for e in range(-1074, 1024)] + [float(f"1e{e}") for e in range(-307, 309)]
    for digits in range(1, 18):
        for exponent in range(-20, 24):
            tail = "".join(rng.choice("0123456789") for _ in range(digits - 1))
            doubles.append(float(f"{rng.choice('123456789')}.{tail}e{exponent}"))
    while len(doubles) < 8000:
        value = struct.unpack("<d", rng.randbytes(8))[0]
        if value == value and abs(value) != float("inf"):
            doubles.append(value)
    doubles = doubles[::EVERY]
    for i in range(0, len(doubles), 100):
        yield quote("[" + ",".join(repr(value) for value in doubles[i:i + 100]) + "]")


# Updates in place leave holes and stale bytes in the stored document; the DELETE that follows logs it.
JSON_UPDATES = [
    ('{"a": "abcdefgh", "b": [1, 2, 3], "c": {"d": "xyz"}}', "JSON_REMOVE(v, '$.b')"),
    ('{"a": "abcdefgh", "b": [1, 2, 3], "c": {"d": "xyz"}}', "JSON_SET(v, '$.a', 'zb')"),
    ('{"a": "abcdefgh", "b": [1, 2, 3], "c": {"d": "xyz"}}', "JSON_REPLACE(JSON_REMOVE(v, '$.c.d'), '$.b', true)"),
    ('{"a": "abcdefgh", "b": [1, 2, 3], "c": {"d": "xyz"}}', "JSON_SET(v, '$.b[0]', 70000, '$.c', JSON_ARRAY(1))"),
    ('["abcdefgh", {"k": 1, "l": 2}, [1, 2, 3]]', "JSON_REMOVE(v, '$[2][1]', '$[1].k')"),
    ('["abcdefgh", {"k": 1, "l": 2}, [1, 2, 3]]', "JSON_REPLACE(v, '$[0]', '', '$[1]', null)"),
]


class Server:
    def __init__(self, name, folder):
        self.name = name
        env = dict(line.rstrip("\n").split("=", 1) for line in open(pathlib.Path(folder) / "env"))
        self.binlogs = pathlib.Path(env["DATADIR"])
        self.cursor = pymysql.connect(
            host=env["HOST"], port=int(env["PORT"]), user=env["ROOT_USER"], password=env["ROOT_PASSWORD"],
            charset="utf8mb4", autocommit=True).cursor()
        self.run("SET sql_mode = 'ALLOW_INVALID_DATES,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00'")
        self.run("CREATE DATABASE IF NOT EXISTS cell_values CHARACTER SET utf8mb4")
        self.run("USE cell_values")

    def run(self, sql):
        self.cursor.execute(sql)
        return self.cursor.fetchall()

    def start_binlog(self):
        self.run("FLUSH BINARY LOGS")
        self.file = self.run("SHOW BINARY LOGS")[-1][0]

    def events(self):
        data = (self.binlogs / self.file).read_bytes()
        at = 4
        while at < len(data):
            kind, size = data[at + 4], struct.unpack_from("<I", data, at + 9)[0]
            yield kind, data[at + 19:at + size - 4]
            at += size


def table_map_column(body):
    """Type code and metadata of the second column, the STRING trick undone."""
    at = 8
    for _ in range(2):
        at += body[at] + 2
    assert body[at] == 2, "two columns"
    code, metadata = body[at + 2], body[at + 4:at + 4 + body[at + 3]]
    assert body[at + 1] == 3, "an INT first"
    if code == STRING:
        real, length = metadata[0], metadata[1]
        if real & 0x30 != 0x30:
            length |= ((real & 0x30) ^ 0x30) << 4
            real |= 0x30
        return real, length
    if code == 246:
        return code, metadata[0] << 8 | metadata[1]
    if code == 16:
        return code, metadata[1] * 8 + metadata[0]
    return code, int.from_bytes(metadata, "little")


def cell_bytes(kind, body):
    at = 8
    if kind != WRITE_ROWS_V1:
        at += struct.unpack_from("<H", body, at)[0]
    assert body[at] == 2
    return struct.unpack_from("<I", body, at + 3)[0], body[at + 7:]


def runs(data):
    """Bytes as hex, long repetitions as hex*count."""
    pieces, at, plain = [], 0, b""
    while at < len(data):
        for width in (1, 2, 3, 5):
            unit, count = data[at:at + width], 1
            while data[at + count * width:at + (count + 1) * width] == unit:
                count += 1
            if count * width > 64:
                break
        else:
            plain += data[at:at + 1]
            at += 1
            continue
        if plain:
            pieces.append(plain.hex())
        pieces.append(f"{unit.hex()}*{count}")
        plain = b""
        at += count * width
    return " ".join(pieces + ([plain.hex()] if plain else []))


def select_of(code, charset, sql_type):
    if code in (ENUM, SET) or charset is not None:
        return "HEX(CONVERT(v USING utf8mb4))"
    if sql_type in ("UUID", "INET4", "INET6"):
        return "HEX(CAST(v AS CHAR))"
    if code in (15, 252, STRING, GEOMETRY, VECTOR, BLOB_COMPRESSED, VARCHAR_COMPRESSED):
        return "HEX(v)"
    if code == 16:
        return "CAST(v + 0 AS CHAR)"
    if code == 4:
        return "CAST(v + 0e0 AS CHAR)"
    return "CAST(v AS CHAR)"


def measure(server, sql_type, values, updates=()):
    """The lines of one column's values."""
    labels = None
    if isinstance(sql_type, tuple):
        sql_type, labels = sql_type
    server.run("DROP TABLE IF EXISTS t")
    server.run(f"CREATE TABLE t (id INT PRIMARY KEY, v {sql_type})")
    charset = server.run("SELECT character_set_name FROM information_schema.columns WHERE table_schema = 'cell_values' "
                         "AND table_name = 't' AND column_name = 'v'")[0][0]
    server.start_binlog()
    for i, value in enumerate(values):
        server.run(f"INSERT INTO t VALUES ({i}, {quote('no such label') if value == 'INVALID' else value})")
    shown = {}
    for before, update in updates:
        i = len(values)
        values = values + [f"{quote(before)}, then {update}"]
        server.run(f"INSERT INTO t VALUES ({i}, {quote(before)})")
        server.run(f"UPDATE t SET v = {update} WHERE id = {i}")
        shown[i] = server.run(f"SELECT CAST(v AS CHAR) FROM t WHERE id = {i}")[0][0]
        server.run(f"DELETE FROM t WHERE id = {i}")
    code, metadata, cells = None, None, {}
    for kind, body in server.events():
        if kind == TABLE_MAP:
            code, metadata = table_map_column(body)
        elif kind in (WRITE_ROWS_V1, WRITE_ROWS_V2, DELETE_ROWS_V2):
            row, data = cell_bytes(kind, body)
            cells[row] = data
    shown.update(server.run(f"SELECT id, {select_of(code, charset, sql_type)} FROM t"))
    is_json = code == 245
    define = ["define", server.name, sql_type if len(sql_type) < 200 else sql_type[:100] + "…", str(code), str(metadata),
              str(int("UNSIGNED" in sql_type)), "-" if is_json or charset is None else charset,
              "-" if labels is None else ",".join(label.encode().hex() or "-" for label in labels)]
    lines = ["\t".join(define)]
    for i, value in enumerate(values):
        if shown[i] is None:  # One that this server does not know.
            continue
        text = shown[i] if isinstance(shown[i], str) else shown[i].decode()
        if code == GEOMETRY:
            text = f"{int.from_bytes(bytes.fromhex(text[:8]), 'little')} {text[8:]}"
        if len(cells[i]) > LARGE:
            expected = text.encode() if is_json else bytes.fromhex(text)
            lines.append(f"large\t{value if len(value) < 200 else '…'}\t{runs(cells[i])}\t{runs(expected)}")
        else:
            inserted = value.replace("\n", " ") if len(value) < 1000 else "…"
            lines.append(f"data\t{inserted}\t{cells[i].hex()}\t{text}")
    return lines


def main():
    mysql, mariadb = Server("mysql", sys.argv[1]), Server("mariadb", sys.argv[2])
    wanted = set(sys.argv[3:])
    files, head = {}, "# Made by generate.py from the answers of real servers."
    for server in (mysql, mariadb):
        for name, sql_type, values, before, after in [(*case, "DO 0", "DO 0") for case in cases()] + list(cases_of(server)):
            if wanted and name not in wanted:
                continue
            server.run(before)
            lines = files.setdefault(name, [head])
            lines += measure(server, sql_type, values)
            server.run(after)
    if not wanted or "JSON" in wanted:
        files["JSON"] = [head] + json_lines(mysql)
    for name, lines in files.items():
        (HERE / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def json_lines(server):
    server.run("DROP TABLE IF EXISTS json_sources")
    server.run("CREATE TABLE json_sources (bits BIT(10), stamp TIMESTAMP(3) NULL, moment DATETIME, label ENUM('x','y'), "
               "picks SET('p','q'), year_ YEAR, body BLOB, ratio FLOAT)")
    server.run("INSERT INTO json_sources VALUES (5, '2024-01-02 03:04:05.678', '0000-00-00', 'y', 'p,q', 2024, x'00ff', 0.1)")
    return measure(server, "JSON", list(json_documents()) + list(json_doubles()), JSON_UPDATES)


if __name__ == "__main__":
    main()
