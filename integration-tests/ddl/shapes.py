# SPDX-License-Identifier: Apache-2.0
"""Statements on which other trackers stopped or went wrong, by their numbers in unit-tests/traps.md."""

from __future__ import annotations

from ddl.steps import Step, maria, my

_IJ = "CREATE TABLE t (id INT PRIMARY KEY, i INT, j SMALLINT, s VARCHAR(10))"
_ABCD = "CREATE TABLE t (a INT, b VARCHAR(9), c BIGINT, d CHAR(3))"
_AB = "CREATE TABLE t (a INT, b VARCHAR(9))"
_STRINGS = (
    "CREATE TABLE t (a CHAR(3), b VARCHAR(9), c TINYTEXT, d TEXT, e MEDIUMTEXT, f ENUM('a','b'), g INT) CHARSET latin1"
)

SHAPES: dict[int, tuple[Step, ...]] = {
    1: (
        _IJ, "ALTER TABLE t ADD n INT AFTER j, CHANGE i j INT, CHANGE j k SMALLINT", "CREATE TABLE u (i INT, x INT)",
        "ALTER TABLE u ADD n CHAR(2) AFTER j, CHANGE i j INT", "CREATE TABLE v (i INT, x CHAR(2))",
        "ALTER TABLE v ADD n DATE AFTER j, RENAME COLUMN i TO j",
    ),
    2: (_AB, "ALTER TABLE t CHANGE a a INT AFTER b2, CHANGE b b2 VARCHAR(4)"),
    3: (_ABCD, "ALTER TABLE t MODIFY c BIGINT FIRST", "ALTER TABLE t MODIFY a INT AFTER d"),
    4: (_ABCD, "ALTER TABLE t CHANGE a z VARCHAR(20) AFTER c"),
    5: (_ABCD, "ALTER TABLE t DROP b, MODIFY a INT AFTER d, ADD x DATE AFTER a"),
    6: (_AB, "ALTER TABLE t ADD (c INT, d CHAR(2))", "ALTER TABLE t ADD COLUMN(e DATE)"),
    7: (
        "CREATE TABLE t (n INT)", "ALTER TABLE t ADD (id INT, PRIMARY KEY id(id), k INT, INDEX k(k))",
        "ALTER TABLE t ADD COLUMN (u INT, UNIQUE KEY uu (u))",
    ),
    8: (_IJ, "ALTER TABLE t RENAME COLUMN i TO renamed, RENAME COLUMN id TO key_"),
    9: (_IJ, "ALTER TABLE t CHANGE id id2 BIGINT NOT NULL", "ALTER TABLE t RENAME COLUMN id2 TO id3"),
    10: (
        "CREATE TABLE t (order_Id INT PRIMARY KEY, Name CHAR(3))", "ALTER TABLE t RENAME COLUMN order_Id TO order_id",
        "ALTER TABLE t CHANGE NAME name CHAR(4)", "ALTER TABLE t MODIFY Name CHAR(5)",
    ),
    11: (
        "CREATE TABLE t (id INT NOT NULL, id2 INT NOT NULL, v CHAR(2), PRIMARY KEY (id))",
        "ALTER TABLE t DROP COLUMN id", "ALTER TABLE t ADD PRIMARY KEY (id2)",
        "CREATE TABLE u (a INT, b INT, c CHAR(2), PRIMARY KEY (a, b))", my("ALTER TABLE u DROP COLUMN a"),
    ),
    12: (
        "CREATE TABLE t (a INT PRIMARY KEY, x INT, s CHAR(2))",
        "ALTER TABLE t DROP PRIMARY KEY, ADD PRIMARY KEY (x), MODIFY s CHAR(3) FIRST",
    ),
    13: (
        _ABCD, "ALTER TABLE t DROP COLUMN b, RENAME TO newt",
        "ALTER TABLE newt RENAME TO first_, RENAME TO last_, ADD e DATE FIRST",
    ),
    14: (_AB, "ALTER TABLE t ALTER b SET DEFAULT 'x'", "ALTER TABLE t ALTER COLUMN a DROP DEFAULT"),
    15: (_ABCD, "ALTER TABLE t DROP COLUMN b, ROW_FORMAT=DEFAULT"),
    16: (
        _ABCD, "ALTER TABLE t DROP COLUMN b, ALGORITHM=INPLACE, LOCK=NONE",
        "ALTER TABLE t ALGORITHM COPY, ADD e DATE FIRST", "ALTER TABLE t ADD f INT, ALGORITHM=INSTANT",
        maria("ALTER TABLE t ADD g INT, ALGORITHM=NOCOPY"),
    ),
    17: (_ABCD, "ALTER TABLE t DROP COLUMN a CASCADE", "ALTER TABLE t DROP COLUMN c RESTRICT"),
    18: (
        _ABCD, maria("ALTER TABLE t MODIFY t.a BIGINT AFTER b, DROP t.c, ORDER BY t.a"),
        maria("ALTER TABLE t ADD COLUMN %d.t.e DATE FIRST"), maria("CREATE TABLE u (u.a INT, %d.u.b CHAR(2))"),
    ),
    19: (_AB, maria("ALTER TABLE .`t` ADD c DATE FIRST"), my("ALTER TABLE `t` ADD c DATE FIRST")),
    20: (
        "CREATE TABLE t (a INT) ENGINE=`InnoDB`", "ALTER TABLE t ENGINE 'InnoDB', ADD b CHAR(2) FIRST",
        'ALTER TABLE t ENGINE "InnoDB", ADD c DATE FIRST',
    ),
    21: (
        "CREATE DATABASE `%d_aside`", "CREATE TABLE `%d_aside`.t (a INT)", "ALTER TABLE `%d_aside`.t ADD b INT FIRST",
        _AB,
    ),
    22: (
        _AB, "CREATE TABLE made (PRIMARY KEY (a)) SELECT 5 AS a, 'x' AS b, 1.5 AS c",
        "CREATE TABLE u AS SELECT b, a FROM t",
    ),
    23: (
        _IJ, "CREATE TABLE x LIKE t", "CREATE TABLE y (LIKE t)", "ALTER TABLE y DROP PRIMARY KEY, ADD PRIMARY KEY (i)",
        my("SET sql_generate_invisible_primary_key=ON"), "CREATE TABLE v (a INT)", "CREATE TABLE w LIKE v",
    ),
    24: ("CREATE TABLE t (PRIMARY KEY (id), s CHAR(2), id INT)",),
    25: (_AB, "CREATE TABLE IF NOT EXISTS t (x DATE, y DATE, z DATE)", "ALTER TABLE t ADD c DATE FIRST"),
    26: (
        _AB, maria("CREATE OR REPLACE TABLE t (x DATE, y INT PRIMARY KEY)"), maria("CREATE OR REPLACE TABLE u (a INT)"),
        maria("CREATE OR REPLACE TABLE u SELECT 1 AS z, 'x' AS y"),
    ),
    27: (
        "CREATE TABLE t (a INT UNIQUE, b INT, UNIQUE KEY (b))", "ALTER TABLE t ADD UNIQUE INDEX z (a, b)",
        "ALTER TABLE t ADD PRIMARY KEY (b)",
    ),
    28: (
        my("CREATE TABLE t (id INT, c INT, j JSON, s VARCHAR(20), UNIQUE KEY u (id, (c*2)), INDEX m ((CAST(j->>'$.a'"
           " AS CHAR(17) ARRAY))), KEY (s(10)))"),
        my("ALTER TABLE t ADD UNIQUE ((c + 1)), ADD d DATE AFTER id"),
        maria("CREATE TABLE t (id INT, s VARCHAR(20), KEY (s(10)))"),
    ),
    29: (
        "CREATE TABLE t (id SERIAL, a INT)", "CREATE TABLE u (a INT, id SMALLINT SERIAL DEFAULT VALUE)",
        my("CREATE TABLE v (id SERIAL NULL)"),
    ),
    30: (
        "CREATE TABLE t (status INT, mode CHAR(2), user INT, statement INT, buckets INT, encrypted INT, sum INT, count"
        " INT, value DATE)",
        "CREATE TABLE value (type INT, date DATE)", "ALTER TABLE %d.value ADD action INT, ADD COLUMN begin INT FIRST",
        "ALTER TABLE t RENAME COLUMN sum TO avg, DROP user, ADD `offset` INT AFTER mode",
        "CREATE TABLE %d.order (a INT, b INT)",
    ),
    31: (
        "CREATE TABLE 1foo (1e INT, 0x CHAR(2), 0b DATE, 1ea10 INT)", "CREATE TABLE %d.20151214 (a INT)",
        "ALTER TABLE %d.20151214 ADD 1a CHAR(2) FIRST",
    ),
    32: ("CREATE TABLE `t\\` (`a\\` INT, b CHAR(2))", "ALTER TABLE `t\\` ADD `\\` DATE FIRST"),
    33: (
        "CREATE TABLE `a.b` (`c.d` INT, `e``f` CHAR(2))", "CREATE TABLE `x``y` (a INT)",
        "ALTER TABLE %d.`x``y` ADD `.``y` DATE FIRST",
    ),
    34: ("CREATE TABLE täble (größe INT, 列 CHAR(2))", "ALTER TABLE täble ADD ｆｕｌｌ DATE FIRST, RENAME COLUMN 列 TO 欄"),
    35: (
        "SET sql_mode='ANSI_QUOTES'", 'CREATE TABLE "t" ("a" INT, "b""c" CHAR(2))',
        'ALTER TABLE "t" ADD "d" DATE FIRST',
    ),
    36: ("CREATE TABLE t (a CHAR(2) DEFAULT _utf8mb4'0', b CHAR(2) DEFAULT _latin1 X'41', c INT)",),
    37: ("CREATE TABLE t (a CHAR(2) DEFAULT 'a' 'b', b INT COMMENT 'x' COMMENT 'y', c DATE)",),
    38: (
        "CREATE TABLE t (a BIT(3) DEFAULT b'101', b INT DEFAULT 0b0101, c BIT DEFAULT B'01', d INT DEFAULT 0x10, e"
        " CHAR(2) DEFAULT X'4D', f INT DEFAULT TRUE, g DECIMAL(3,1) DEFAULT -1., h DOUBLE DEFAULT 1.4E+10, i INT"
        " DEFAULT +5, j INT DEFAULT ' 29 ')",
    ),
    39: (
        "CREATE TABLE t (a INT DEFAULT (1 + 2), b CHAR(36) DEFAULT (UUID()), c INT)",
        maria("CREATE TABLE u (a DATE DEFAULT curdate(), b BIGINT DEFAULT uuid_short(), c INT)"),
    ),
    40: (
        "CREATE TABLE t (a DATETIME DEFAULT CURRENT_TIMESTAMP(), b TIMESTAMP(3) NULL DEFAULT NOW(3), c DATETIME"
        " DEFAULT LOCALTIME, d DATETIME DEFAULT LOCALTIMESTAMP(), e INT)",
    ),
    41: ("CREATE TABLE t (a DATETIME ON UPDATE CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, b INT)",),
    42: ("CREATE TABLE t (a CHAR(2) DEFAULT \"x\", b CHAR(2) DEFAULT '0' COLLATE 'utf8mb3_general_ci', c INT)",),
    43: ("CREATE TABLE t (a INT COLLATE utf8mb3_bin, b CHAR(2))",),
    44: (
        "CREATE TABLE t (a INT SIGNED, b CHAR(2))",
        my("ALTER TABLE t ADD c INT UNSIGNED UNSIGNED, ADD d INT UNSIGNED SIGNED ZEROFILL"),
    ),
    45: ("CREATE TABLE t (a INT ZEROFILL, b INT(5) ZEROFILL UNSIGNED, c FLOAT ZEROFILL)",),
    46: ("CREATE TABLE t (a DECIMAL(19.5), b FLOAT(7.4), c DECIMAL(0.2), d INT)",),
    47: (
        "CREATE TABLE t (a BLOB(16), b TEXT(70000), c TEXT(63) CHARSET utf8mb4, d TEXT(64) CHARSET utf8mb4, e"
        " BLOB(16777216))",
    ),
    48: (
        "CREATE TABLE t (a LONG, b LONG VARCHAR, c LONG VARBINARY, d LONG CHARSET latin2, e MIDDLEINT, f INT1, g INT2,"
        " h INT3, i INT4, j INT8, k FLOAT4, l FLOAT8, m DEC, n FIXED(5), o NUMERIC(4,2))",
    ),
    49: (
        "CREATE TABLE t (a CHAR VARYING(10), b CHARACTER(5), c NCHAR VARYING(4), d NATIONAL CHAR(3), e"
        " VARCHARACTER(7), f NATIONAL CHARACTER VARYING(6), g NVARCHAR(2))",
    ),
    50: (
        "CREATE TABLE t (a VARCHAR(512) UNICODE, b CHAR(4) ASCII, c CHAR(8) BYTE, d CHAR(16) BINARY CHARACTER SET"
        " 'utf8mb3', e INT)",
    ),
    51: (
        "ALTER DATABASE %d CHARACTER SET gbk", "CREATE TABLE t (a CHAR(4), b TEXT, c ENUM('昞', 'b'))",
        "ALTER DATABASE %d CHARACTER SET latin1", "ALTER TABLE t ADD d CHAR(3) FIRST",
        "CREATE TABLE u (a CHAR(4), b INT)",
    ),
    52: ("CREATE TABLE t (a CHAR(4) COLLATE latin1_german1_ci, b TEXT) COLLATE cp1251_bin",),
    53: (_STRINGS, "ALTER TABLE t CONVERT TO CHARACTER SET utf8mb4"),
    54: (
        "CREATE TABLE t (a TEXT, b TINYTEXT, c MEDIUMTEXT, d CHAR(2), e VARCHAR(3), f ENUM('a')) CHARSET latin1",
        "ALTER TABLE t CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
    ),
    55: (
        _STRINGS, "ALTER TABLE t CHARSET utf8mb4, ADD h CHAR(2) FIRST", "ALTER TABLE t DEFAULT CHARACTER SET gbk",
        "ALTER TABLE t ADD i CHAR(2)",
    ),
    56: (
        my("CREATE TABLE t (a CHAR(2)) default char set 'utf8mb3'"),
        maria("CREATE TABLE t (a CHAR(2)) CHARACTER SET = DEFAULT"),
        "ALTER TABLE t CHAR SET latin2, ADD b CHAR(3) CHAR SET cp1251 FIRST",
    ),
    57: (
        "CREATE TABLE t (c DATE NOT NULL, s CHAR(2) CHARSET latin1)",
        "ALTER TABLE t CHANGE c c DATE DEFAULT NULL, MODIFY s CHAR(3)",
    ),
    58: (
        "CREATE TABLE t (a INT, b CHAR(2)) STATS_SAMPLE_PAGES=DEFAULT STATS_PERSISTENT 0 COMMENT='),' AVG_ROW_LENGTH 1",
        my("ALTER TABLE t COMPRESSION='none', ADD c DATE FIRST"),
        maria("ALTER TABLE t PAGE_COMPRESSED=1, ADD c DATE FIRST"),
        my("CREATE TABLE u (a INT, b DATE) /*!50100 TABLESPACE `innodb_system` */"),
        "CREATE TABLE m1 (a INT, b CHAR(2)) ENGINE=MyISAM",
        "CREATE TABLE m (a INT, b CHAR(2)) ENGINE=MERGE UNION=(m1) INSERT_METHOD=LAST",
    ),
    59: (
        my("CREATE TABLE t (a POINT NOT NULL COMMENT 'x' SRID 0, b GEOMCOLLECTION, c POINT SRID 0, d INT)"),
        maria("CREATE TABLE t (a POINT REF_SYSTEM_ID=101 NOT NULL COMMENT 'x', b GEOMETRYCOLLECTION, d INT)"),
    ),
    60: (
        my("CREATE TABLE t (a INT NOT SECONDARY, b CHAR(2) INVISIBLE, c DATE VISIBLE, d INT COLUMN_FORMAT FIXED"
           " STORAGE DISK, e INT)"),
        maria("CREATE TABLE t (a INT INVISIBLE, b VARCHAR(99) COMPRESSED, c BLOB COMPRESSED=zlib, d INT)"),
        "ALTER TABLE t ADD z DATE FIRST",
    ),
    61: (
        "CREATE TABLE t (a INT CHECK (a > 0), b INT, CONSTRAINT CHECK (b > 0), CONSTRAINT c1 CHECK (a + b > 0))",
        my("ALTER TABLE t ADD d JSON CONSTRAINT inl CHECK (JSON_VALID(d)) NOT ENFORCED FIRST"),
        maria("ALTER TABLE t ADD d LONGTEXT CHECK (JSON_VALID(d)) FIRST"),
    ),
    62: (
        "CREATE TABLE t (a INT, b VARBINARY(16) GENERATED ALWAYS AS (CAST('x' AS CHAR(16) CHARSET BINARY)) VIRTUAL, c"
        " BIGINT AS (a * 2) STORED, d CHAR(2))",
        my("ALTER TABLE t ADD e INT AS (a + 1) VIRTUAL NOT NULL FIRST"),
        maria("ALTER TABLE t ADD e INT AS (a + 1) PERSISTENT FIRST"),
    ),
    63: (
        "CREATE TABLE t (a INT, b CHAR(2)) PARTITION BY RANGE (a) (PARTITION p0 VALUES LESS THAN (10) COMMENT = 'x)',"
        " PARTITION p1 VALUES LESS THAN MAXVALUE)",
        "ALTER TABLE t REORGANIZE PARTITION p1 INTO (PARTITION p1 VALUES LESS THAN (20), PARTITION p2 VALUES LESS THAN"
        " MAXVALUE)",
        "ALTER TABLE t DROP PARTITION p2", "ALTER TABLE t REMOVE PARTITIONING",
        "ALTER TABLE t ADD c DATE FIRST PARTITION BY HASH (a) PARTITIONS 2",
        "CREATE TABLE u (a INT, b CHAR(2), KEY (a)) PARTITION BY LIST (a) (PARTITION p VALUES IN (1,2,11), PARTITION q"
        " VALUES IN (NULL))",
    ),
    64: (
        _AB,
        maria("ALTER TABLE t MODIFY COLUMN IF EXISTS nosuch INT, ADD COLUMN IF NOT EXISTS a DATE, ADD COLUMN IF NOT"
              " EXISTS c DATE FIRST, DROP COLUMN IF EXISTS nosuch2, ADD PRIMARY KEY IF NOT EXISTS (a), DROP FOREIGN"
              " KEY IF EXISTS f"),
        maria("ALTER TABLE IF EXISTS nosuch ADD x INT"),
        maria("ALTER TABLE IF EXISTS t CHANGE COLUMN IF EXISTS b bb CHAR(3) FIRST"),
        maria("ALTER TABLE t RENAME COLUMN IF EXISTS nosuch TO other"),
    ),
    65: (
        _AB, maria("ALTER TABLE t WAIT 30 ADD c DATE FIRST"), maria("ALTER TABLE t NOWAIT DROP b"),
        maria("ALTER ONLINE TABLE t ADD d INT"),
        maria("SET STATEMENT max_statement_time=9 FOR ALTER TABLE t ADD e CHAR(2) FIRST"),
        maria("SET STATEMENT sql_mode='REAL_AS_FLOAT' FOR ALTER TABLE t ADD f REAL FIRST, ADD g TEXT COMMENT 'x'"),
    ),
    66: (
        maria("CREATE TABLE t (id INT PRIMARY KEY, v CHAR(2)) WITH SYSTEM VERSIONING"),
        maria("SET system_versioning_alter_history=KEEP"), maria("ALTER TABLE t ADD x DATE"),
        maria("CREATE TABLE u (id INT PRIMARY KEY, v CHAR(2))"), maria("ALTER TABLE u ADD SYSTEM VERSIONING"),
        maria("CREATE TABLE v (a INT, b CHAR(2)) WITH SYSTEM VERSIONING"),
        maria("ALTER TABLE v DROP SYSTEM VERSIONING"),
        maria("CREATE TABLE w (a INT, s TIMESTAMP(6) AS ROW START, e TIMESTAMP(6) AS ROW END, PERIOD FOR SYSTEM_TIME"
              " (s, e)) WITH SYSTEM VERSIONING"),
    ),
    67: (
        maria("CREATE TABLE t (id INT PRIMARY KEY, a TEXT, UNIQUE (a))"),
        maria("CREATE TABLE u (b INT, UNIQUE h (b) USING HASH)"),
        maria("CREATE TABLE v (a BLOB UNIQUE, b LONGTEXT, UNIQUE (b), c INT)"),
    ),
    68: (
        maria("CREATE TABLE t (id INT PRIMARY KEY, b INT, c TEXT, UNIQUE h (b) USING HASH, UNIQUE (c))"),
        maria("ALTER TABLE t ADD d DATE FIRST"), maria("ALTER TABLE t DROP INDEX c"),
    ),
    69: (
        maria("CREATE SEQUENCE s"), maria("CREATE TABLE t (a BIGINT DEFAULT nextval(s), b CHAR(2))"),
        maria("ALTER SEQUENCE s INCREMENT 5"), maria("CREATE SEQUENCE s0"), maria("RENAME TABLE s0 TO s2"),
        maria("CREATE OR REPLACE SEQUENCE s3"), maria("DO nextval(s3)"),
    ),
    70: (
        maria("CREATE TABLE t (a UUID, b INET6, c JSON, d INT)"), maria("ALTER TABLE t ADD e INET4 FIRST"),
        maria("ALTER TABLE t CONVERT TO CHARACTER SET utf8mb4"),
    ),
    71: (
        "CREATE TABLE a (x INT, y CHAR(2))", "CREATE TABLE b (p DATE)", "RENAME TABLE a TO tmp, b TO a, tmp TO b",
        "CREATE TABLE tokens (a INT, b DATE)", "RENAME TABLE tokens TO `to`, a TO tokens",
    ),
    72: (_AB, "rename /* gh-ost */ table t to t2", my("RENAME TABLES t2 TO t3")),
    73: (
        _AB, "CREATE DATABASE %d_other", "ALTER TABLE t RENAME AS %d_other.y, ADD z DATE FIRST",
        "ALTER TABLE %d_other.y RENAME = w", "ALTER TABLE w RENAME v",
    ),
    74: (
        "CREATE TABLE /*! IF NOT EXISTS */ t (a INT)", "CREATE TABLE /*!32302 IF NOT EXISTS */ t (b DATE)",
        "ALTER DATABASE %d /*!40100 DEFAULT CHARACTER SET cp1251 */",
        "ALTER TABLE t /*!50100 ADD b CHAR(2) */ /*!99999 , ADD no INT */",
        "CREATE TABLE u (a CHAR(3), b INT /*!80023 INVISIBLE */)",
        maria("ALTER TABLE t ADD c DATE /*M!100300 FIRST */"),
    ),
    75: (
        "/* ApplicationName=x */ CREATE TABLE t (a INT)", "-- it's\nALTER TABLE t ADD b CHAR(2) FIRST",
        "# x\n  ALTER TABLE t ADD c DATE FIRST;",
    ),
    76: (
        "ALTER DATABASE CHARACTER SET latin2", "CREATE TABLE t (a CHAR(2), b INT)",
        "ALTER DATABASE `%d` COLLATE = gbk_bin", "CREATE TABLE u (a CHAR(2))",
        my("ALTER DATABASE DEFAULT ENCRYPTION 'N'"),
    ),
    77: (
        "SET collation_server='cp1251_ukrainian_ci'", "CREATE DATABASE %d_other",
        "CREATE TABLE %d_other.t (a CHAR(2), b INT)",
    ),
    78: (_AB, "CREATE VIEW v AS SELECT a FROM t", "DROP TABLE IF EXISTS v"),
    79: (
        _AB, "FLUSH TABLES t", "CREATE USER IF NOT EXISTS 'somebody'@'localhost' IDENTIFIED BY 'x'",
        "GRANT SELECT ON %d.t TO 'somebody'@'localhost'",
        my("ALTER USER 'somebody'@'localhost' IDENTIFIED BY 'y' RETAIN CURRENT PASSWORD"),
        my("ALTER USER 'somebody'@'localhost' DISCARD OLD PASSWORD"), "DROP USER 'somebody'@'localhost'", "ANALYZE TABLE t",
        "ALTER TABLE t ADD c DATE FIRST",
    ),
    80: (
        _AB, "CREATE PROCEDURE p() BEGIN CREATE TABLE made (x DATE, y INT); ALTER TABLE t ADD c DATE FIRST; END",
        "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW BEGIN SET NEW.b = NEW.b; END", "DROP TRIGGER g", "CALL p()",
    ),
    83: (_ABCD, "ALTER TABLE t DROP a, ADD e INT FIRST", "ALTER TABLE t DROP c, ADD f BIGINT"),
    85: ("CREATE TABLE `key` (`order` INT, `group` CHAR(2))", "ALTER TABLE `key` ADD `select` DATE FIRST"),
    86: (
        _AB, "CREATE TABLE _t_new LIKE t", "ALTER TABLE _t_new ADD c DATE FIRST",
        "INSERT INTO _t_new VALUES ('2001-02-03', 1, 'x')", "RENAME TABLE t TO _t_old, _t_new TO t",
        "DROP TABLE _t_old",
    ),
    88: ("CREATE TABLE t (a ENUM('x','y') CHARACTER SET binary, b INT, KEY k (b) KEY_BLOCK_SIZE=8)",),
    90: (
        _ABCD, "ALTER TABLE t ADD INDEX x (a), ADD INDEX y (c)", "ALTER TABLE t RENAME INDEX x TO z",
        my("ALTER TABLE t ALTER INDEX z INVISIBLE"), maria("ALTER TABLE t ALTER INDEX z IGNORED"),
        "ALTER TABLE t FORCE", "ALTER TABLE t DISABLE KEYS", "ALTER TABLE t ADD e DATE FIRST, ORDER BY a, b DESC",
        my("ALTER TABLE t ADD f INT AS (a) VIRTUAL"), my("ALTER TABLE t ADD period INT FIRST"),
        maria("ALTER TABLE t ADD COLUMN system INT FIRST"),
    ),
}  # fmt: skip
