# SPDX-License-Identifier: Apache-2.0
"""What servers do with DDL that a tracker has to do as well, rule by rule."""

from __future__ import annotations

from ddl.steps import Refused, Step, maria, my

_ABCD = "CREATE TABLE t (a INT, b VARCHAR(9), c BIGINT, d CHAR(3))"


def refused_by_mysql(statement: str) -> Refused:
    return Refused(statement, mariadb=False)


def refused_by_mariadb(statement: str) -> Refused:
    return Refused(statement, mariadb=True)


ALTERATIONS: dict[str, tuple[Step, ...]] = {
    "names of before the statement": (
        _ABCD, Refused("ALTER TABLE t ADD a2 INT, RENAME COLUMN a2 TO a3"), Refused("ALTER TABLE t ADD e INT, DROP e"),
        Refused("ALTER TABLE t RENAME COLUMN a TO aa, MODIFY aa BIGINT"),
        Refused("ALTER TABLE t MODIFY a INT, MODIFY a BIGINT"),
        Refused("ALTER TABLE t ALTER a SET DEFAULT 1, RENAME COLUMN a TO x"), "ALTER TABLE t RENAME COLUMN a TO x",
    ),
    "AFTER names of the list so far": (
        _ABCD, Refused("ALTER TABLE t CHANGE a z INT, ADD e DATE AFTER a"),
        Refused("ALTER TABLE t DROP b, ADD e DATE AFTER b"), Refused("ALTER TABLE t ADD e DATE AFTER f, ADD f INT"),
        "ALTER TABLE t CHANGE a z INT, ADD e DATE AFTER z",
        "ALTER TABLE t ADD f CHAR(4) AFTER y, CHANGE b y VARCHAR(8)",
    ),
    "names swap": (
        _ABCD, "ALTER TABLE t RENAME COLUMN c TO d, RENAME COLUMN d TO c",
        "ALTER TABLE t CHANGE a b INT, CHANGE b a CHAR(5)", "ALTER TABLE t CHANGE a c DATE, DROP c",
        "ALTER TABLE t DROP b, ADD b DATE FIRST",
    ),
    "order of several": (
        _ABCD, "ALTER TABLE t ADD x DATE AFTER c, ADD y CHAR(2) AFTER c",
        "ALTER TABLE t ADD p INT FIRST, ADD q CHAR(4) FIRST",
        "ALTER TABLE t MODIFY x DATE FIRST, MODIFY y CHAR(2) FIRST",
    ),
    "FIRST and AFTER end a clause": (
        _ABCD, Refused("ALTER TABLE t ADD e INT FIRST NOT NULL"), "ALTER TABLE t ADD e INT NOT NULL FIRST",
    ),
    "charset of the whole statement": (
        "CREATE TABLE t (a CHAR(2)) CHARSET utf8mb4",
        "ALTER TABLE t ADD z VARCHAR(3), CHARSET latin1, ADD y VARCHAR(4)", "CREATE TABLE u (a TEXT) CHARSET latin1",
        "ALTER TABLE u ADD z VARCHAR(4) CHARSET latin1, CONVERT TO CHARACTER SET gbk",
    ),
    "primary keys and NOT NULL": (
        _ABCD, "ALTER TABLE t ADD PRIMARY KEY (a)", "ALTER TABLE t DROP PRIMARY KEY",
        "CREATE TABLE u (id INT PRIMARY KEY, b CHAR(2))", refused_by_mysql("ALTER TABLE u MODIFY id BIGINT NULL"),
        maria("ALTER TABLE u MODIFY id BIGINT NULL"),
        refused_by_mysql("CREATE TABLE v (a INT NULL PRIMARY KEY, b CHAR(2))"),
        maria("CREATE TABLE v (a INT NULL PRIMARY KEY, b CHAR(2))"),
        "CREATE TABLE w (b INT, s CHAR(2), a INT NOT NULL UNIQUE, UNIQUE (b))",
    ),
    "renamed under a generated column": (
        "CREATE TABLE t (a INT, g INT AS (a + 1) VIRTUAL, b CHAR(2))",
        refused_by_mysql("ALTER TABLE t RENAME COLUMN a TO x"), maria("ALTER TABLE t RENAME COLUMN a TO x"),
    ),
    "nothing to do": (_ABCD, "ALTER TABLE t", "ALTER TABLE t COMMENT 'x'"),
}  # fmt: skip

COLUMNS: dict[str, tuple[Step, ...]] = {
    "implicit NOT NULL": (
        "CREATE TABLE t (a INT KEY, b CHAR(2))", "CREATE TABLE u (a INT AUTO_INCREMENT, b INT, KEY (a))",
        my("CREATE TABLE v (a INT AUTO_INCREMENT NULL UNIQUE, b CHAR(2))"),
        "CREATE TABLE w (a INT NOT NULL NULL, b INT NULL NOT NULL)",
    ),
    "foreign keys": (
        "CREATE TABLE x (y INT PRIMARY KEY)", "INSERT INTO x VALUES (12), (13)",
        "CREATE TABLE t (c CHAR(3), a INT, b INT REFERENCES x(y), FOREIGN KEY f (a) REFERENCES x(y) ON DELETE SET NULL"
        " ON UPDATE CASCADE)",
        "ALTER TABLE t DROP COLUMN c, ADD d CHAR(2)", "ALTER TABLE t ADD c INT FIRST", "SET foreign_key_checks = 0",
    ),
    "timestamps without explicit defaults": (
        "SET sql_mode = '', explicit_defaults_for_timestamp = OFF",
        "CREATE TABLE t (a TIMESTAMP, b TIMESTAMP(3), c TIMESTAMP NULL, d TIMESTAMP DEFAULT 0, e INT)",
        "CREATE TABLE u (a TIMESTAMP NULL, b TIMESTAMP)", "ALTER TABLE u ADD c TIMESTAMP FIRST, MODIFY a TIMESTAMP",
        "SET explicit_defaults_for_timestamp = ON", "ALTER TABLE u ADD d TIMESTAMP",
    ),
    "real as float": (
        "SET sql_mode = 'REAL_AS_FLOAT'",
        "CREATE TABLE t (a REAL, b REAL(5,2), c DOUBLE PRECISION, d FLOAT(24), e FLOAT(25), f FLOAT(7,3))",
    ),
    "national and byte characters": (
        "CREATE TABLE t (a NCHAR, b NATIONAL CHAR VARYING(4), c NCHAR VARCHAR(5) BINARY, d CHAR BYTE, e VARCHAR(3)"
        " BYTE, f TEXT BYTE, g LONG VARCHAR BYTE, h NATIONAL CHARACTER(3), i INT)",
    ),
    "sizes of text": (
        "CREATE TABLE t (a TEXT(255) CHARSET latin1, b TEXT(256) CHARSET latin1, c TEXT(63) CHARSET utf8mb4, d"
        " TEXT(64) CHARSET utf8mb4, e TEXT(16384) CHARSET utf8mb4, f TEXT(0), g BLOB(255), h BLOB(65536))",
    ),
    "VARCHAR beyond the row": (
        "SET sql_mode = ''",
        "CREATE TABLE t (a VARCHAR(70000) CHARSET latin1, b VARCHAR(20000) CHARSET utf8mb4, c VARBINARY(70000), d INT)",
        "SET sql_mode = 'STRICT_TRANS_TABLES'", Refused("CREATE TABLE u (a VARCHAR(70000))"),
    ),
    "charset binary": (
        "CREATE TABLE t (a CHAR(3), b VARCHAR(4), c TEXT, d ENUM('x','y'), e INT) CHARSET binary",
        "CREATE TABLE u (a CHAR(3), b TEXT, c ENUM('x'))", "ALTER TABLE u CONVERT TO CHARACTER SET binary",
        "CREATE TABLE v (a CHAR(2) COLLATE binary, b VARCHAR(3) CHARSET binary)",
    ),
    "display widths": (
        "CREATE TABLE t (a INT(5), b TINYINT(1), c TINYINT(4), d BIGINT(20) UNSIGNED, e SMALLINT(3) ZEROFILL, f BOOL,"
        " g YEAR(4), h BIT)",
    ),
    "JSON": (
        "CREATE TABLE t (a JSON, b INT)",
        maria("ALTER TABLE t CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci"),
    ),
    "Oracle mode": (
        maria("SET sql_mode = 'ORACLE'"),
        maria('CREATE TABLE "t" (a VARCHAR2(9), b NUMBER, c NUMBER(5), d DATE, e CLOB, f BLOB, g RAW(4), h INT)'),
        maria("SET sql_mode = 'MAXDB'"), maria('CREATE TABLE "u" (a TIMESTAMP, b INT)'),
    ),
    "vectors": (my("CREATE TABLE t (a INT, v VECTOR(5), w VECTOR)"),),
}  # fmt: skip

CHARSETS: dict[str, tuple[Step, ...]] = {
    "inheritance": (
        "ALTER DATABASE %d CHARACTER SET latin2", "CREATE TABLE t (a CHAR(2), b CHAR(2) COLLATE cp1251_bin)",
        "ALTER DATABASE %d CHARACTER SET gbk", "CREATE DATABASE %d_other CHARACTER SET cp1251",
        "CREATE TABLE %d_other.l LIKE t", "ALTER TABLE %d_other.l ADD c CHAR(3) FIRST",
        "CREATE TABLE %d_other.m (a CHAR(4))", "ALTER TABLE t ADD d CHAR(2)",
    ),
    "collation of the table is not that of its charset": (
        "CREATE TABLE t (a CHAR(2), b CHAR(3) CHARSET latin1) CHARSET latin1 COLLATE latin1_german1_ci",
        "CREATE TABLE u (a CHAR(3)) COLLATE gbk_bin",
    ),
    "default collation of utf8mb4": (
        my("SET default_collation_for_utf8mb4 = utf8mb4_general_ci"),
        my("CREATE TABLE t (a CHAR(2) CHARSET utf8mb4) CHARSET utf8mb4"),
        my("SET default_collation_for_utf8mb4 = utf8mb4_0900_ai_ci"),
        "CREATE TABLE u (a CHAR(2) CHARSET utf8mb4, b CHAR(3) CHARSET utf8mb3) CHARSET utf8mb4",
    ),
    "words for charsets": (
        "CREATE TABLE t (a CHAR(2) ASCII, b CHAR(2) UNICODE, c CHAR(3) BINARY, d CHAR(3) CHARSET latin1 BINARY, e"
        " CHAR(4) BINARY CHARSET latin1, f CHAR(2) ASCII BINARY, g CHAR(2) CHARSET utf8)",
        maria("CREATE TABLE u (a CHAR(2) CHARSET latin1 COLLATE DEFAULT)"),
    ),
    "order of charset and collation": (
        Refused("CREATE TABLE t (a CHAR(2) COLLATE latin1_bin CHARSET latin1)"),
        Refused("CREATE TABLE t (a CHAR(2) CHARSET = latin1)"),
        "CREATE TABLE t (a CHAR(2) CHARSET latin1 COLLATE latin1_bin)",
        Refused("CREATE TABLE u (a CHAR(2)) CHARSET latin1 CHARSET latin2"),
        my("CREATE TABLE u (a CHAR(2)) COLLATE latin1_bin COLLATE latin1_general_ci"),
        refused_by_mariadb("CREATE TABLE v (a INT) COLLATE latin1_bin COLLATE latin2_bin"),
    ),
    "labels": (
        "CREATE TABLE t (a ENUM('it''s', 'back\\\\slash', \"q\\\"q\", 'tail   ', 'a,b', ''), b SET('x', 'y  '), c"
        " ENUM(0x41, b'1000010'), d INT)",
        Refused("CREATE TABLE u (a SET('a,b'))"), Refused("CREATE TABLE u (a ENUM(_latin1'a'))"),
        "SET sql_mode = 'NO_BACKSLASH_ESCAPES'", "CREATE TABLE u (a ENUM('\\', 'b'), c CHAR(2) DEFAULT '\\', d DATE)",
        "CREATE TABLE v (a ENUM('\U0001f600', '昞') CHARSET utf8mb4, b INT)",
    ),
}  # fmt: skip

LOGGED: dict[str, tuple[Step, ...]] = {
    "what a row image has": (
        my("SET sql_generate_invisible_primary_key = ON"), my("CREATE TABLE t (a CHAR(2), b INT)"),
        my("CREATE TABLE t2 (a INT) AS SELECT 'x' AS b"), my("ALTER TABLE t ADD c DATE FIRST"),
        my("SET sql_generate_invisible_primary_key = OFF"),
        "CREATE TABLE u (a INT, v INT AS (a) VIRTUAL, s INT AS (a) STORED, b CHAR(2))",
        my("CREATE TABLE w (a INT INVISIBLE, b CHAR(2), KEY ((a + 1)))"),
        maria("CREATE TABLE w (a INT INVISIBLE, b CHAR(2))"),
        maria("CREATE TABLE x (a INT, b BLOB UNIQUE, c TEXT COMPRESSED)"),
        maria("CREATE TABLE y (a INT, b CHAR(2)) WITH SYSTEM VERSIONING"),
        "ALTER TABLE u ADD i BIGINT DEFAULT 7, ALGORITHM=INSTANT", "ALTER TABLE u DROP b",
    ),
    "exchanged partitions": (
        "CREATE TABLE t (a INT, b CHAR(2)) PARTITION BY RANGE (a) (PARTITION p VALUES LESS THAN (100))",
        "CREATE TABLE u (a INT, b CHAR(2))", "ALTER TABLE t EXCHANGE PARTITION p WITH TABLE u",
        "ALTER TABLE t TRUNCATE PARTITION p", "TRUNCATE t", "TRUNCATE TABLE u",
    ),
    "regenerated drops": (
        "CREATE TABLE t (a INT)", "CREATE TABLE u (b CHAR(2))", "CREATE DATABASE %d_other",
        "CREATE TABLE %d_other.v (a INT)", "DROP TABLE /* why */ u, %d_other.v RESTRICT",
        Refused("DROP TABLE nosuch, t"), "CREATE TABLE IF NOT EXISTS t (b CHAR(3), c INT)",
        "DROP TABLE IF EXISTS nosuch, nosuch2", "CREATE TABLE u (c INT, d DATE)",
    ),
    "CREATE TABLE ... SELECT": (
        "CREATE TABLE s (a INT, b CHAR(2), c DATE)", "INSERT INTO s VALUES (1, 'x', '2001-02-03')",
        "CREATE TABLE t (z INT, b VARCHAR(9)) SELECT b, c, 1 AS one FROM s",
        "CREATE TABLE u (PRIMARY KEY (a)) COLLATE latin1_bin AS SELECT a, b FROM s",
        "ALTER TABLE u ADD d CHAR(3) FIRST", "CREATE TABLE v LIKE s", "CREATE TEMPORARY TABLE tt (x INT, y CHAR(3))",
        "CREATE TABLE w LIKE tt",
    ),
    "temporary tables": (
        "CREATE TABLE t (a INT, b CHAR(2))", "CREATE TEMPORARY TABLE t (x DATE)", "ALTER TABLE t ADD y INT FIRST",
        "DROP TEMPORARY TABLE t", "DROP TABLE IF EXISTS tt", "ALTER TABLE t ADD c DATE FIRST",
    ),
    "executable comments that were not executed": (
        "CREATE TABLE t (a INT /*!99999 , b INT */ , c CHAR(2) /*!999999 , d INT */)",
        maria("ALTER TABLE t ADD yes DATE FIRST /*!80000 , ADD no INT */"),
        "ALTER TABLE t ADD e INT /*M!100000 UNSIGNED */ FIRST",
    ),
    "failed statements": (
        "CREATE TABLE t (a INT, b CHAR(2))", "INSERT INTO t VALUES (1, 'a'), (1, 'b')",
        Refused("ALTER TABLE t ADD c DATE FIRST, ADD PRIMARY KEY (a)"), maria("SET SESSION binlog_alter_two_phase = 1"),
        Refused("ALTER TABLE t ADD d DATE FIRST, ADD UNIQUE (a)"), maria("ALTER TABLE t ADD e DATE FIRST"),
        maria("CREATE TABLE u (a INT)"), refused_by_mariadb("CREATE OR REPLACE TABLE u (a INT, UNIQUE (nosuch))"),
    ),
    "statements that were logged and do nothing": (
        "CREATE TABLE t (a INT, b CHAR(2))", maria("RENAME TABLE IF EXISTS nosuch TO t2"),
        maria("ALTER TABLE t ADD COLUMN IF NOT EXISTS a DATE"), "DROP TABLE IF EXISTS nosuch",
        "CREATE TABLE IF NOT EXISTS t (z DATE)", "CREATE DATABASE IF NOT EXISTS %d CHARSET gbk",
        "CREATE TABLE u (a CHAR(2))",
    ),
    "databases": (
        "CREATE DATABASE %d_other CHARACTER SET gbk", "CREATE TABLE %d_other.t (a CHAR(3), b INT)",
        "CREATE TABLE t (c DATE)", "DROP DATABASE %d_other", "CREATE SCHEMA %d_other",
        "CREATE TABLE %d_other.t (z DATE, a CHAR(3))",
    ),
}  # fmt: skip

MARIADB: dict[str, tuple[Step, ...]] = {
    "system versioning": (
        maria("CREATE TABLE t (id INT PRIMARY KEY, v CHAR(2)) WITH SYSTEM VERSIONING"), maria("CREATE TABLE l LIKE t"),
        maria("CREATE TABLE s AS SELECT * FROM t"), refused_by_mariadb("ALTER TABLE t ADD x INT"),
        maria("SET system_versioning_alter_history = KEEP"), maria("ALTER TABLE t ADD x INT, DROP v"),
        maria("CREATE TABLE e (a INT, s TIMESTAMP(6) GENERATED ALWAYS AS ROW START, e TIMESTAMP(6) GENERATED ALWAYS AS"
              " ROW END, PERIOD FOR SYSTEM_TIME (s, e), PRIMARY KEY (a)) WITH SYSTEM VERSIONING"),
        maria("ALTER TABLE e ADD b CHAR(2) FIRST"),
    ),
    "periods": (
        maria("CREATE TABLE t (a INT, s DATE, e DATETIME)"),
        maria("CREATE TABLE p (a INT, s DATE, e DATE, PERIOD FOR p (s, e), CHECK (1))"),
    ),
    "sequences": (
        maria("CREATE SEQUENCE s START WITH 5"), maria("CREATE TABLE t (a INT DEFAULT NEXTVAL(s), b CHAR(2))"),
        maria("INSERT INTO t (b) VALUES ('x')"), maria("RENAME TABLE s TO s9"), maria("DROP SEQUENCE s9"),
        maria("CREATE TABLE s (a INT)"), maria("ALTER TABLE t MODIFY a INT"),
    ),
}  # fmt: skip

LEXING: dict[str, tuple[Step, ...]] = {
    "strings": (
        "CREATE TABLE t (a CHAR(9) DEFAULT 'it''s', b CHAR(9) DEFAULT \"a\\\"b\", c CHAR(19) DEFAULT 'a\\'), d INT (',"
        " e INT)",
        "CREATE TABLE u (a CHAR(9) DEFAULT N'x' COMMENT '/* no */ -- no', b INT COMMENT '*/', c BINARY(2) DEFAULT"
        " X'4142', d BIT(2) DEFAULT b'10')",
    ),
    "names": (
        'CREATE TABLE `a``b` (`c``d` INT, `e\\` CHAR(2), `f"g` DATE, _utf8x INT, _x INT, $ INT, 1e INT, 0x'
        " INT)",
        "CREATE TABLE T (a INT)", "CREATE TABLE `%d`.t (b CHAR(2))", "ALTER TABLE T ADD Á INT",
        Refused("ALTER TABLE T ADD á INT"), Refused("CREATE TABLE u (`a ` INT)"),
        "CREATE TABLE v (é INT, e CHAR(2), ß DATE, ss INT)",
    ),
    "comments": (
        "CREATE TABLE t -- it's (\n(a INT, # b INT,\nc CHAR(2)/* , d INT */, e DATE /*! NOT NULL */ --\t, f INT\n)",
        "CREATE TABLE u (a INT DEFAULT - 1, b CHAR(2))",
        "ALTER TABLE t /*!ADD*/ g CHAR(4) /*!50000 DEFAULT '*/' */ FIRST",
        "/**/ALTER/**/TABLE/**/t/**/ADD/**/h/**/DATE/**/FIRST/**/", "ALTER TABLE t /*! ADD i INT /* inner */ FIRST */",
        maria("ALTER TABLE t ADD j INT /*!50700 UNSIGNED */, ADD k INT /*!100000 UNSIGNED */ FIRST"),
        "CREATE TABLE v (a INT) COMMENT 'zero\0byte'",
    ),
    "keywords as names": (
        "CREATE TABLE t (status INT, comment CHAR(2), first DATE, after INT, `column` INT, value INT, `unique` INT,"
        " date DATE, time TIME, text TEXT, enum INT)",
        "ALTER TABLE t ADD COLUMN engine INT AFTER first, MODIFY after BIGINT FIRST, RENAME COLUMN comment TO visible",
        "ALTER TABLE t DROP engine, DROP COLUMN `column`, CHANGE status algorithm CHAR(3) AFTER after",
    ),
}  # fmt: skip

RULES: dict[str, tuple[Step, ...]] = {
    f"{section}: {rule}": steps
    for section, rules in (
        ("2.1", ALTERATIONS), ("2.2 to 2.3", COLUMNS), ("2.4", CHARSETS), ("2.5 to 2.6", LOGGED), ("2.7", MARIADB),
        ("2.9", LEXING),
    )
    for rule, steps in rules.items()
}  # fmt: skip
