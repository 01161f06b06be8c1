// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "schema/statement_context.h"

namespace rowmill::schema {

// Shapes of statements on which other followers of binlogs stopped or went wrong. Each is taken by
// the servers named, as tried on MySQL 9.7 and MariaDB 10.11 and 11.8.

enum class Brand : uint8_t { kBoth, kMysql, kMariadb };

/// A condition, a statement and its short form (ddl_text.h).
struct DdlCase {
  const char* condition;
  std::string_view sql;
  std::string_view text;
  Brand brand = Brand::kBoth;
  uint64_t sql_mode = 0;
};

inline constexpr DdlCase kAlterShapes[] = {
    {"AddAfterANewNameThenTheRename", "ALTER TABLE t ADD n INT AFTER j, CHANGE i j INT",
     "alter t: add (n int after j); change i j int"},
    {"ChangeAfterANewNameThenTheChange", "ALTER TABLE t CHANGE a a INT AFTER b2, CHANGE b b2 INT",
     "alter t: change a a int after b2; change b b2 int"},
    {"ModifyFirstAndAfter", "ALTER TABLE t MODIFY c INT FIRST, MODIFY COLUMN d TEXT AFTER x",
     "alter t: change c c int first; change d d text after x"},
    {"ChangeRenamesRetypesAndMoves", "ALTER TABLE t CHANGE a b BIGINT NOT NULL AFTER c",
     "alter t: change a b bigint not null after c"},
    {"DropModifyAndAddInOne", "ALTER TABLE t DROP b, MODIFY a INT AFTER d, ADD c INT AFTER a",
     "alter t: drop b; change a a int after d; add (c int after a)"},
    {"AddListOfColumns", "ALTER TABLE t ADD (a INT, b INT), ADD COLUMN(c INT)",
     "alter t: add (a int, b int); add (c int)"},
    {"KeysAmongAddedColumns",
     "ALTER TABLE t ADD (PRIMARY KEY id(id), k INT, INDEX k(k)), ADD COLUMN (UNIQUE KEY u (x))",
     "alter t: add (pk (id), k int, key k(k)); add unique u(x)"},
    {"RenameColumn", "ALTER TABLE t RENAME COLUMN a TO b", "alter t: rename column a b"},
    {"RenameColumnInCaseOnly", "ALTER TABLE t RENAME COLUMN order_Id TO order_id",
     "alter t: rename column order_Id order_id"},
    {"DropColumnThenAddPrimaryKey", "ALTER TABLE t DROP COLUMN id, ADD PRIMARY KEY (id2)",
     "alter t: drop id; add pk (id2)"},
    {"PrimaryKeyReplacedInOne",
     "ALTER TABLE t DROP PRIMARY KEY, ADD PRIMARY KEY (x), MODIFY x BIGINT",
     "alter t: drop pk; add pk (x); change x x bigint"},
    {"DropAndRenameTable", "ALTER TABLE t DROP COLUMN v, RENAME TO a, RENAME newt",
     "alter t: drop v; rename to a; rename to newt"},
    {"SetAndDropDefault",
     "ALTER TABLE t ALTER c SET DEFAULT 0, ALTER COLUMN d DROP DEFAULT, ALTER e SET DEFAULT (1+1)",
     "alter t: alter c; alter d; alter e"},
    {"DropColumnAndRowFormat", "ALTER TABLE t DROP COLUMN x, ROW_FORMAT=DEFAULT",
     "alter t: drop x"},
    {"AlgorithmAndLockAnywhere",
     "ALTER TABLE t ALGORITHM INPLACE, ADD a INT, LOCK=NONE, ADD b INT, ALGORITHM=INSTANT",
     "alter t: add (a int); add (b int)"},
    {"DropColumnCascadeAndRestrict", "ALTER TABLE t DROP COLUMN c CASCADE, DROP d RESTRICT",
     "alter t: drop c; drop d"},
    {"QualifiedColumnNames",
     "ALTER TABLE t ADD COLUMN db.t.c INT, MODIFY t.d INT, DROP t.e, ORDER BY t.a",
     "alter t: add (c int); change d d int; drop e"},
    {"TableNameBehindALeadingDot", "ALTER TABLE .`t` ADD a INT", "alter t: add (a int)"},
    {"EmptyAndQuotedEngineNames",
     "ALTER TABLE t ENGINE `` , ADD COLUMN a INT, ENGINE=`InnoDB`, ENGINE 'InnoDB', ENGINE \"x\"",
     "alter t: add (a int)"},
    {"ChangeRestatesAsNullable", "ALTER TABLE t CHANGE c c DATE DEFAULT NULL",
     "alter t: change c c date default null"},
    {"ConditionsOfClauses",
     "ALTER TABLE IF EXISTS t MODIFY COLUMN IF EXISTS a INT, ADD COLUMN IF NOT EXISTS b INT, ADD "
     "PRIMARY KEY IF NOT EXISTS (a), DROP FOREIGN KEY IF EXISTS f, DROP INDEX IF EXISTS i, RENAME "
     "COLUMN IF EXISTS x TO y, DROP COLUMN IF EXISTS z, ALTER COLUMN IF EXISTS w SET DEFAULT 1",
     "alter ie t: change ie a a int; add ine (b int); add pk ine (a); drop key ie i; rename column "
     "ie x y; drop ie z; alter ie w",
     Brand::kMariadb},
    {"WaitAndOnline", "ALTER ONLINE TABLE t WAIT 30 ADD a INT", "alter t: add (a int)",
     Brand::kMariadb},
    {"NowaitAndIgnore", "ALTER IGNORE TABLE t NOWAIT ADD a INT", "alter t: add (a int)",
     Brand::kMariadb},
    {"NoClauseAtAll", "ALTER TABLE t", "alter t"},
    {"IndexClausesWithoutEffect",
     "ALTER TABLE t RENAME INDEX a TO b, ALTER INDEX i VISIBLE, ALTER KEY j INVISIBLE, ALTER INDEX "
     "k NOT IGNORED, FORCE, DISABLE KEYS, ENABLE KEYS, ADD c INT, ORDER BY a, b DESC",
     "alter t: rename key a b; add (c int)"},
    {"TablespacesAndValidation", "ALTER TABLE t DISCARD TABLESPACE, WITH VALIDATION, ADD c INT",
     "alter t: add (c int)"},
    {"SecondaryLoad", "ALTER TABLE t SECONDARY_LOAD", "alter t"},
    {"ColumnNamedPeriod", "ALTER TABLE t ADD period INT, ADD system INT",
     "alter t: add (period int); add (system int)"},
    {"AlterChecks",
     "ALTER TABLE t ADD CHECK (a > 1) NOT ENFORCED, ADD CONSTRAINT c CHECK (b IN (1, 2)), DROP "
     "CHECK c, ALTER CHECK d NOT ENFORCED, DROP CONSTRAINT e",
     "alter t: drop key e"},
    {"InvisibleByAlter", "ALTER TABLE t ALTER a SET INVISIBLE, ALTER b SET VISIBLE",
     "alter t: alter a invisible; alter b visible"},
};

inline constexpr DdlCase kCreateShapes[] = {
    {"CreateSelectAsExpandedByMysql", "CREATE TABLE `t` (`a` int NOT NULL) START TRANSACTION",
     "create t(a int not null)"},
    {"CreateSelectAsWritten", "CREATE TABLE t (b INT) ENGINE=InnoDB AS SELECT 1 AS a",
     "create t(b int) select"},
    {"CreateSelectWithoutColumns", "CREATE TABLE t (SELECT 1 AS a)", "create t() select"},
    {"CreateSelectBehindPartitions",
     "CREATE TABLE t (a INT) PARTITION BY HASH(a) PARTITIONS 2 IGNORE SELECT 1 AS a",
     "create t(a int) select"},
    {"CreateFromAWith", "CREATE TABLE t WITH q AS (SELECT 1 AS a) SELECT * FROM q",
     "create t() select"},
    {"CreateFromValues", "CREATE TABLE t VALUES ROW(1,2)", "create t() select"},
    {"CreateFromTable", "CREATE TABLE t TABLE u", "create t() select"},
    {"Like", "CREATE TABLE x LIKE d.y", "create x like d.y"},
    {"LikeInParentheses", "CREATE TABLE IF NOT EXISTS x (LIKE y)", "create ine x like y"},
    {"KeyBeforeItsColumn", "CREATE TABLE t (PRIMARY KEY (id), id INT)",
     "create t(pk (id), id int)"},
    {"IfNotExists", "CREATE TABLE IF NOT EXISTS t (a INT)", "create ine t(a int)"},
    {"OrReplace", "CREATE OR REPLACE TABLE t (a INT)", "create or replace t(a int)",
     Brand::kMariadb},
    {"InlineUnique", "CREATE TABLE t (a INT UNIQUE, b INT UNIQUE KEY, c INT KEY)",
     "create t(a int unique, b int unique, c int pk)"},
    {"FunctionalAndPrefixKeys",
     "CREATE TABLE t (id INT, UNIQUE KEY u (id, (c*2)), INDEX ((CAST(j->>'$.a' AS CHAR(17) "
     "ARRAY))), KEY(a(10)))",
     "create t(id int, unique u(id,?), key (?), key (a:10))"},
    {"Serial", "CREATE TABLE t (id SERIAL)", "create t(id bigint unsigned not null auto unique)"},
    {"SerialDefaultValue", "CREATE TABLE t (id SMALLINT SERIAL DEFAULT VALUE)",
     "create t(id smallint not null auto unique)"},
    {"SerialNull", "CREATE TABLE t (id SERIAL NULL)",
     "create t(id bigint unsigned null auto unique)"},
    {"SerialPrimaryKey", "CREATE TABLE t (id SERIAL PRIMARY KEY)",
     "create t(id bigint unsigned not null auto pk unique)"},
    {"KeywordsAsNames",
     "CREATE TABLE t (status INT, mode INT, user INT, value INT, statement INT, buckets INT, "
     "encrypted INT, `table` INT, date DATE, time TIME, timestamp TIMESTAMP, year YEAR, text TEXT, "
     "enum ENUM('a'), bit BIT, json CHAR, type INT, engine INT, first INT, after INT, comment INT, "
     "vector INT, clustering INT)",
     "create t(status int, mode int, user int, value int, statement int, buckets int, encrypted "
     "int, table int, date date, time time, timestamp timestamp, year year, text text, enum "
     "enum('a'), bit bit, json char, type int, engine int, first int, after int, comment int, "
     "vector int, clustering int)"},
    {"KeywordBehindADot", "CREATE TABLE d.order (a INT)", "create d.order(a int)"},
    {"NamesThatBeginWithDigits", "CREATE TABLE 1foo (1e INT, 0x INT, 0b INT, 1ea10 INT)",
     "create 1foo(1e int, 0x int, 0b int, 1ea10 int)"},
    {"NameOfDigitsBehindADot", "CREATE TABLE db.20151214 (a INT)", "create db.20151214(a int)"},
    {"BackslashInBackticks", "CREATE TABLE `t\\` (a INT)", "create t\\(a int)"},
    {"DotAndBacktickInNames", "CREATE TABLE db.`x.``y` (`a.b` INT, `a``b` INT)",
     "create db.x.`y(a.b int, a`b int)"},
    {"NamesBeyondAscii", "CREATE TABLE täble (größe INT, ａｂ INT)",
     "create täble(größe int, ａｂ int)"},
    {"DoubleQuotesAsNames", "CREATE TABLE \"t\" (\"a\"\"b\" INT)", "create t(a\"b int)",
     Brand::kBoth, sql_mode::kAnsiQuotes},
    {"Introducers", "CREATE TABLE t (a CHAR DEFAULT _utf8mb4'0', b CHAR DEFAULT _utf8mb4 X'4D')",
     "create t(a char default, b char default)"},
    {"LiteralsSideBySideAndRepeatedAttributes",
     "CREATE TABLE t (a CHAR(2) DEFAULT 'a' 'b' COMMENT 'x' COMMENT 'y' NOT NULL NULL)",
     "create t(a char(2) null default)"},
    {"DefaultsOfAllForms",
     "CREATE TABLE t (a BIT(3) DEFAULT b'101', b INT DEFAULT 0b0101, c INT DEFAULT B'01', d INT "
     "DEFAULT 0x10, e CHAR DEFAULT X'4D', f BOOL DEFAULT TRUE, g INT DEFAULT -1., h DOUBLE DEFAULT "
     "1.4E+10, i INT DEFAULT +5, j INT DEFAULT ' 29 ', k DOUBLE DEFAULT .5, l DATE DEFAULT "
     "DATE'2020-01-01', m DOUBLE DEFAULT 1e5)",
     "create t(a bit(3) default, b int default, c int default, d int default, e char default, f "
     "tinyint(1) default, g int default, h double default, i int default, j int default, k double "
     "default, l date default, m double default)"},
    {"DefaultsThatAreExpressions",
     "CREATE TABLE t (a INT DEFAULT (1 + (2)), b DATE DEFAULT (curdate()), c CHAR(9) DEFAULT "
     "(concat('a)', \"(\")) NOT NULL)",
     "create t(a int default, b date default, c char(9) not null default)"},
    {"BareExpressionsAsDefaults",
     "CREATE TABLE t (a DATE DEFAULT curdate(), b INT DEFAULT uuid_short(), c INT DEFAULT CASE "
     "WHEN "
     "1 THEN CASE 2 WHEN 2 THEN 5 END ELSE (3) END NOT NULL, d INT DEFAULT CAST('1' AS INT), e INT "
     "DEFAULT t.a, f INT DEFAULT @v, g INT DEFAULT NEXT VALUE FOR d.s UNIQUE, h INT DEFAULT "
     "nextval(s))",
     "create t(a date default, b int default, c int not null default, d int default, e int "
     "default, "
     "f int default, g int default unique, h int default)",
     Brand::kMariadb},
    {"NowInAllForms",
     "CREATE TABLE t (a TIMESTAMP DEFAULT CURRENT_TIMESTAMP(), b TIMESTAMP(3) DEFAULT NOW(3), c "
     "DATETIME DEFAULT LOCALTIME, d DATETIME DEFAULT LOCALTIMESTAMP () NOT NULL)",
     "create t(a timestamp default, b timestamp(3) default, c datetime default, d datetime not "
     "null "
     "default)"},
    {"OnUpdateTwice",
     "CREATE TABLE t (a TIMESTAMP DEFAULT NOW() ON UPDATE CURRENT_TIMESTAMP ON UPDATE NOW())",
     "create t(a timestamp default on update)"},
    {"DoubleQuotedDefaultAndCollateBehindADefault",
     "CREATE TABLE t (a CHAR DEFAULT \"x\", b CHAR DEFAULT '0' COLLATE 'utf8_general_ci')",
     "create t(a char default, b char co=utf8_general_ci default)"},
    {"CollateOfAnInt", "CREATE TABLE t (a INT COLLATE utf8_bin)", "create t(a int co=utf8_bin)"},
    {"CharsetOfATable", "CREATE TABLE t (a INT) default char set 'utf8', COLLATE = utf8_BIN",
     "create t(a int) cs=utf8 co=utf8_bin"},
    {"CharacterSetDefault", "CREATE TABLE t (a INT) CHARACTER SET = DEFAULT",
     "create t(a int) cs=default"},
    {"OptionsOfAllForms",
     "CREATE TABLE t (a INT) TABLESPACE=x /*!50100 TABLESPACE `mysql` */ UNION=(a,b) "
     "STATS_SAMPLE_PAGES=DEFAULT ENCRYPTION='Y', COMPRESSION='lz4' PAGE_COMPRESSED=1 "
     "SECONDARY_ENGINE=x STORAGE DISK DATA DIRECTORY '/x' INDEX DIRECTORY='/y' AUTOEXTEND_SIZE 4M "
     "CONNECTION='c' `some option`='v' PACK_KEYS DEFAULT MAX_ROWS 5 ENGINE_ATTRIBUTE '{}' DEFAULT "
     "CHARSET latin1 SECONDARY_ENGINE NULL",
     "create t(a int) cs=latin1"},
    {"SpatialAttributes",
     "CREATE TABLE t (a POINT NOT NULL COMMENT 'x' SRID 0, b POINT REF_SYSTEM_ID=101 NOT NULL, c "
     "GEOMCOLLECTION, SPATIAL INDEX (a))",
     "create t(a geometry point not null, b geometry point not null, c geometry collection, key "
     "(a))"},
    {"AttributesOfStorage",
     "CREATE TABLE t (a INT NOT SECONDARY INVISIBLE COLUMN_FORMAT FIXED STORAGE DISK "
     "ENGINE_ATTRIBUTE='{}' SECONDARY_ENGINE_ATTRIBUTE '{}', b INT VISIBLE)",
     "create t(a int invisible, b int)"},
    {"CompressedColumns", "CREATE TABLE t (a VARCHAR(9) COMPRESSED=zlib, b BLOB COMPRESSED)",
     "create t(a varchar(9) compressed, b blob compressed)", Brand::kMariadb},
    {"Checks",
     "CREATE TABLE t (a INT CHECK (a > 0) NOT NULL, b INT CONSTRAINT c CHECK (b IN (1, ')')) NOT "
     "ENFORCED, CHECK (json_valid(`b`)), CONSTRAINT CHECK (a < b), CONSTRAINT d CHECK (a) "
     "ENFORCED)",
     "create t(a int not null, b int)"},
    {"GeneratedColumns",
     "CREATE TABLE t (a VARBINARY(16) GENERATED ALWAYS AS (CAST('x' AS CHAR(16) CHARSET BINARY)) "
     "VIRTUAL, b INT AS (a) PERSISTENT UNIQUE, c INT AS (1) STORED COMMENT 'x' NOT NULL, d INT AS "
     "(2))",
     "create t(a varbinary(16) virtual, b int unique stored, c int not null stored, d int "
     "virtual)"},
    {"References",
     "CREATE TABLE t (a INT REFERENCES x(y) ON DELETE SET NULL ON UPDATE NO ACTION, b INT "
     "REFERENCES "
     "d.x (y) MATCH FULL ON UPDATE CASCADE NOT NULL, FOREIGN KEY (a) REFERENCES x (y), CONSTRAINT "
     "f "
     "FOREIGN KEY g (b) REFERENCES x (y) ON DELETE SET DEFAULT, INDEX (b))",
     "create t(a int, b int not null, key (b))"},
    {"KeyBlockSizeAndBinaryEnum",
     "CREATE TABLE t (a ENUM('x') CHARACTER SET binary, KEY k (a) KEY_BLOCK_SIZE=8)",
     "create t(a enum('x') cs=binary, key k(a))"},
    {"KeyNamesAndKinds",
     "CREATE TABLE t (a INT, KEY type (a), KEY k TYPE BTREE (a), UNIQUE USING HASH (a), CONSTRAINT "
     "u UNIQUE (a), CONSTRAINT v UNIQUE w (a DESC) USING BTREE COMMENT 'x', CONSTRAINT p PRIMARY "
     "KEY "
     "USING BTREE (a ASC), FULLTEXT f (a) WITH PARSER ngram, VECTOR INDEX x (a) M=6 "
     "DISTANCE=cosine)",
     "create t(a int, key type(a), key k(a), unique (a) hash, unique u(a), unique w(a), pk (a), "
     "key "
     "f(a), key x(a))"},
    {"Partitions",
     "CREATE TABLE t (a INT) ENGINE=InnoDB PARTITION BY RANGE COLUMNS(a) SUBPARTITION BY HASH (a) "
     "SUBPARTITIONS 2 (PARTITION p0 VALUES LESS THAN (5) COMMENT='(' ENGINE=InnoDB, PARTITION p1 "
     "VALUES LESS THAN MAXVALUE)",
     "create t(a int)"},
    {"FederatedTable", "CREATE TABLE t (a INT) ENGINE=FEDERATED CONNECTION='mysql://u:p@h/d/t'",
     "create t(a int)"},
    {"PtOnlineSchemaChange",
     "CREATE TABLE `db`.`_t_new` (\n  `id` int NOT NULL AUTO_INCREMENT,\n  PRIMARY KEY (`id`)\n) "
     "ENGINE=InnoDB AUTO_INCREMENT=5 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci",
     "create db._t_new(id int not null auto, pk (id)) cs=utf8mb4 co=utf8mb4_0900_ai_ci"},
    {"GhOst", "create /* gh-ost */ table `d`.`_t_gho` like `d`.`t`", "create d._t_gho like d.t"},
    {"GhOstsSentry",
     "create /* gh-ost */ table _t_del (id int auto_increment primary key) engine=innodb "
     "comment='ghost-cut-over-sentry'",
     "create _t_del(id int auto pk)"},
};

inline constexpr DdlCase kMariadbShapes[] = {
    {"SystemVersioning", "CREATE TABLE t (a INT) WITH SYSTEM VERSIONING",
     "create t(a int) versioned", Brand::kMariadb},
    {"SystemVersioningOfAColumn",
     "CREATE TABLE t (a INT WITH SYSTEM VERSIONING, b INT WITHOUT SYSTEM VERSIONING)",
     "create t(a int, b int) versioned", Brand::kMariadb},
    {"SystemPeriodOfItsOwn",
     "CREATE TABLE t (a INT, s TIMESTAMP(6) GENERATED ALWAYS AS ROW START, e TIMESTAMP(6) AS ROW "
     "END "
     "INVISIBLE, PERIOD FOR SYSTEM_TIME (s, e)) WITH SYSTEM VERSIONING PARTITION BY SYSTEM_TIME "
     "(PARTITION p HISTORY, PARTITION n CURRENT)",
     "create t(a int, s timestamp(6) row start, e timestamp(6) invisible row end) versioned system "
     "period",
     Brand::kMariadb},
    {"ApplicationPeriodAndKeyOverIt",
     "CREATE TABLE t (id INT, s DATE, e DATE, PRIMARY KEY (id, p WITHOUT OVERLAPS), PERIOD FOR p "
     "(s, "
     "e))",
     "create t(id int, s date, e date, pk (id,e,s)) period:s period:e", Brand::kMariadb},
    {"KeyOverAPeriodByAlter", "ALTER TABLE t ADD UNIQUE (id, p WITHOUT OVERLAPS)",
     "alter t: open: a key WITHOUT OVERLAPS", Brand::kMariadb},
    {"KeyOverAPeriodByCreateIndex", "CREATE UNIQUE INDEX u ON t (id, p WITHOUT OVERLAPS)",
     "alter t: open: a key WITHOUT OVERLAPS", Brand::kMariadb},
    {"VersioningByAlter", "ALTER TABLE t ADD SYSTEM VERSIONING", "alter t: options versioned",
     Brand::kMariadb},
    {"VersioningDropped", "ALTER TABLE t DROP SYSTEM VERSIONING", "alter t: drop versioning",
     Brand::kMariadb},
    {"SystemPeriodByAlter",
     "ALTER TABLE t ADD s TIMESTAMP(6) AS ROW START, ADD PERIOD FOR SYSTEM_TIME (s, e)",
     "alter t: add (s timestamp(6) row start); open: ADD PERIOD FOR SYSTEM_TIME", Brand::kMariadb},
    {"SystemPeriodDropped", "ALTER TABLE t DROP PERIOD FOR SYSTEM_TIME",
     "alter t: open: DROP PERIOD FOR SYSTEM_TIME", Brand::kMariadb},
    {"ApplicationPeriodByAlter", "ALTER TABLE t ADD PERIOD FOR p (s, e)",
     "alter t: options period:s period:e", Brand::kMariadb},
    {"ApplicationPeriodDropped", "ALTER TABLE t DROP PERIOD IF EXISTS FOR p", "alter t",
     Brand::kMariadb},
    {"PartitionBecomesTable", "ALTER TABLE t CONVERT PARTITION p TO TABLE d.u",
     "alter t: partition to d.u", Brand::kMariadb},
    {"TableBecomesPartition", "ALTER TABLE t CONVERT TABLE u TO PARTITION p VALUES LESS THAN (5)",
     "alter t: partition from u", Brand::kMariadb},
    {"UniqueUsingHash", "CREATE TABLE t (a TEXT, UNIQUE (a), UNIQUE KEY h (a) USING HASH)",
     "create t(a text, unique (a), unique h(a) hash)", Brand::kMariadb},
    {"TypesOfItsOwn", "CREATE TABLE t (a UUID DEFAULT uuid(), b INET6, c INET4, d JSON)",
     "create t(a uuid default, b inet6, c inet4, d longtext json alias)", Brand::kMariadb},
    {"Sequence", "CREATE OR REPLACE SEQUENCE IF NOT EXISTS d.s START WITH 5 INCREMENT BY 1",
     "create sequence or replace ine d.s", Brand::kMariadb},
    {"SequenceAsATable", "CREATE TABLE s (`next_not_cached_value` bigint(21) NOT NULL) SEQUENCE=1",
     "create sequence s", Brand::kMariadb},
    {"DropSequence", "DROP SEQUENCE IF EXISTS `s` /* generated by server */", "drop sequences s",
     Brand::kMariadb},
    {"AlterSequence", "ALTER SEQUENCE s RESTART 5", "none", Brand::kMariadb},
    {"SetStatement",
     "SET STATEMENT max_statement_time=5, lock_wait_timeout=7 FOR ALTER TABLE t ADD a INT DEFAULT "
     "'\\''",
     "alter t: add (a int default)", Brand::kMariadb},
    {"SetStatementOfSqlMode", "SET STATEMENT sql_mode='ORACLE' FOR CREATE TABLE t (a TIMESTAMP)",
     "create t(a timestamp)", Brand::kMariadb, sql_mode::kMariadbOracle | sql_mode::kMariadbMaxdb},
    {"SetStatementBeforeDml", "SET STATEMENT sql_mode='' FOR INSERT INTO t VALUES (\"x\")", "none",
     Brand::kMariadb},
    {"OracleMode",
     "CREATE TABLE t (a NUMBER, b NUMBER(5), c NUMBER(5,2), d RAW(5), e CLOB, f BLOB, g DATE, h "
     "VARCHAR2(5), i mariadb_schema.date)",
     "create t(a double, b decimal(5), c decimal(5,2), d varbinary(5), e longtext, f longblob, g "
     "datetime, h varchar(5), i date)",
     Brand::kMariadb, sql_mode::kMariadbOracle},
    {"MaxdbMode", "CREATE TABLE t (a TIMESTAMP, b TIMESTAMP(3))",
     "create t(a datetime, b datetime(3))", Brand::kMariadb, sql_mode::kMariadbMaxdb},
    {"TypesOfOtherSchemas", "CREATE TABLE t (a oracle_schema.date, b maxdb_schema.timestamp)",
     "create t(a datetime, b datetime)", Brand::kMariadb},
    {"MssqlNames", "CREATE TABLE [t] ([a b] INT, [c]]d] INT)", "create t(a b int, c]d int)",
     Brand::kMariadb, sql_mode::kMariadbMssql},
};

inline constexpr DdlCase kOtherShapes[] = {
    {"RenamePairsFromLeftToRight", "RENAME TABLE a TO tmp, b TO a, tmp TO b",
     "rename a>tmp b>a tmp>b"},
    {"RenameTables", "RENAME TABLES tob TO b", "rename tob>b"},
    {"GhOstRename", "rename /* gh-ost */ table `d`.`t` to `d`.`_t_del`, `d`.`_t_gho` to `d`.`t`",
     "rename d.t>d._t_del d._t_gho>d.t"},
    {"RenameIfExistsWithWait", "RENAME TABLE IF EXISTS a WAIT 3 TO b, c NOWAIT TO d",
     "rename ie a>b c>d", Brand::kMariadb},
    {"RenameByAlter",
     "ALTER TABLE x RENAME TO db.y, RENAME AS z, RENAME = db.w, RENAME v, ADD z INT FIRST",
     "alter x: rename to db.y; rename to z; rename to db.w; rename to v; add (z int first)"},
    {"ExecutableCommentIsCode", "CREATE TABLE /*! IF NOT EXISTS */ x (a INT)",
     "create ine x(a int)"},
    {"ExecutableCommentOfADatabase", "ALTER DATABASE d /*!40100 DEFAULT CHARACTER SET utf8mb4 */",
     "alter database d cs=utf8mb4"},
    {"LeadingComments",
     "/* ApplicationName=x */ -- y\n# POLARX_ORIGIN_SQL=CREATE TABLE z (a INT)\nCREATE TABLE t (a "
     "INT)",
     "create t(a int)"},
    {"DatabaseWithoutAName", "ALTER DATABASE CHARACTER SET latin1", "alter database  cs=latin1"},
    {"DatabaseOptions",
     "ALTER SCHEMA d READ ONLY = 1 ENCRYPTION 'n' DEFAULT COLLATE = 'latin1_bin' COMMENT 'x'",
     "alter database d co=latin1_bin"},
    {"DatabaseReadOnlyWithoutAName", "ALTER DATABASE READ ONLY 0", "alter database "},
    {"DatabaseNamedAsAnOption", "ALTER DATABASE charset CHARSET latin1",
     "alter database charset cs=latin1"},
    {"DatabaseUpgraded", "ALTER DATABASE `#mysql50#a-b` UPGRADE DATA DIRECTORY NAME",
     "alter database #mysql50#a-b"},
    {"CreateDatabase", "CREATE DATABASE d", "create database d"},
    {"CreateDatabaseWithOptions",
     "CREATE OR REPLACE SCHEMA IF NOT EXISTS `e-1` DEFAULT CHARACTER SET = latin1 COLLATE "
     "latin1_bin",
     "create database or replace ine e-1 cs=latin1 co=latin1_bin"},
    {"DropDatabase", "DROP DATABASE IF EXISTS d", "drop database d"},
    {"DropAsTheServerLogsIt", "DROP TABLE IF EXISTS `a`,`db`.`b` /* generated by server */",
     "drop a db.b"},
    {"DropTablesRestrict", "DROP TABLES a, b RESTRICT", "drop a b"},
    {"DropWait", "DROP TABLE IF EXISTS a WAIT 3 CASCADE", "drop a", Brand::kMariadb},
    {"Truncate", "TRUNCATE t", "truncate t"},
    {"TruncateTable", "TRUNCATE TABLE d.t", "truncate d.t"},
    {"TruncateWait", "TRUNCATE TABLE t NOWAIT", "truncate t", Brand::kMariadb},
    {"CreateIndex",
     "CREATE UNIQUE INDEX u USING BTREE ON d.t (a DESC, (b+1), c(5)) COMMENT 'x' ALGORITHM=INPLACE "
     "LOCK NONE",
     "create index d.t unique u(a,?,c:5)"},
    {"CreateIndexConditions", "CREATE OR REPLACE INDEX IF NOT EXISTS i ON t (a) USING HASH WAIT 3",
     "create index or replace t key ine i(a) hash", Brand::kMariadb},
    {"CreateFulltextIndex", "CREATE FULLTEXT INDEX f ON t (a) WITH PARSER ngram",
     "create index t key f(a)"},
    {"DropIndex", "DROP INDEX IF EXISTS i ON t ALGORITHM=INPLACE", "drop index t ie i"},
    {"DropIndexThatIsThePrimaryKey", "DROP INDEX `PRIMARY` ON t", "drop index t PRIMARY"},
    {"ConvertTo", "ALTER TABLE t CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
     "alter t: convert cs=utf8mb4 co=utf8mb4_bin"},
    {"ConvertToDefault", "ALTER TABLE t CONVERT TO CHARSET DEFAULT", "alter t: convert cs=default"},
    {"CharsetWithoutConvert",
     "ALTER TABLE t CHARSET utf8mb4, ADD y CHAR, DEFAULT CHARACTER SET DEFAULT",
     "alter t: options cs=utf8mb4; add (y char); options cs=default"},
    {"OptionsWithoutCommas",
     "ALTER TABLE t ENGINE InnoDB COMMENT 'x' CHARSET=latin1 COLLATE latin1_bin",
     "alter t: options cs=latin1 co=latin1_bin"},
    {"AddPartition", "ALTER TABLE t ADD PARTITION IF NOT EXISTS (PARTITION p VALUES IN (1, ')'))",
     "alter t"},
    {"DropPartitions", "ALTER TABLE t DROP PARTITION p1, p2", "alter t"},
    {"ReorganizePartition",
     "ALTER TABLE t REORGANIZE PARTITION a, b INTO (PARTITION c VALUES LESS THAN (1))", "alter t"},
    {"ExchangePartition", "ALTER TABLE t EXCHANGE PARTITION p WITH TABLE u WITHOUT VALIDATION",
     "alter t"},
    {"UpgradePartitioning", "ALTER TABLE t UPGRADE PARTITIONING", "alter t"},
    {"PartitionBehindAColumn", "ALTER TABLE t ADD a INT PARTITION BY HASH(a) PARTITIONS 4",
     "alter t: add (a int)"},
    {"PartitionBehindAKey", "ALTER TABLE t ADD KEY k (a) USING BTREE REMOVE PARTITIONING",
     "alter t: add key k(a)"},
    {"PartitionBehindAnOption", "ALTER TABLE t LOCK=NONE, DROP PARTITION p", "alter t"},
};

inline constexpr std::array<std::span<const DdlCase>, 4> kShapes = {kAlterShapes, kCreateShapes,
                                                                    kMariadbShapes, kOtherShapes};

/// Heads that cannot touch a column, with things behind them that no grammar of tables would take.
inline constexpr std::string_view kNoDefinitions[] = {
    "",
    " /* nothing */ ",
    "FLUSH TABLE t",
    "ALTER USER 'u'@'%' IDENTIFIED BY 'x' RETAIN CURRENT PASSWORD",
    "ALTER USER u DISCARD OLD PASSWORD",
    "GRANT ALL ON d.* TO u",
    "GRANT SELECT ON t TO 'unfinished",
    "CREATE ROLE r",
    "CREATE USER `u`@`%` IDENTIFIED WITH 'caching_sha2_password' AS '$A$005$\x01\x02'",
    "ALTER INSTANCE ROTATE INNODB MASTER KEY",
    "XA START X'6162',X'',1",
    "BEGIN",
    "INSERT INTO mysql.rds_heartbeat2(id, value) VALUES (1, 2)",
    "DELETE FROM mysql.rds_sysinfo",
    "CREATE DEFINER=`r`@`%` PROCEDURE p() BEGIN CREATE TABLE t (a INT); DROP TABLE t; END",
    "CREATE OR REPLACE DEFINER=r FUNCTION f() RETURNS INT RETURN 1",
    "CREATE TRIGGER `pt_osc_d_t_del` AFTER DELETE ON t FOR EACH ROW DELETE IGNORE FROM _t_new",
    "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO ALTER TABLE t ADD a INT",
    "/*!50003 CREATE*/ /*!50017 DEFINER=`r`@`%`*/ /*!50003 TRIGGER x BEFORE INSERT ON t FOR EACH "
    "ROW "
    "SET @a=1 */",
    "CREATE ALGORITHM=UNDEFINED DEFINER=`r`@`%` SQL SECURITY DEFINER VIEW `v` AS SELECT 1",
    "DROP VIEW v",
    "DROP PROCEDURE IF EXISTS p",
    "CREATE TEMPORARY TABLE t (a INT)",
    "CREATE OR REPLACE TEMPORARY TABLE t (a INT)",
    "DROP TEMPORARY TABLE IF EXISTS `t` /* generated by server */",
    "CREATE TABLESPACE ts ADD DATAFILE 'x'",
    "CREATE SERVER s FOREIGN DATA WRAPPER mysql OPTIONS (USER 'x')",
    "CREATE SPATIAL REFERENCE SYSTEM 4120 NAME 'x'",
    "CREATE RESOURCE GROUP g TYPE = USER",
    "ALTER VIEW v AS SELECT 1",
    "ALTER EVENT e DISABLE",
    "ALTER TABLESPACE ts RENAME TO tt",
    "RENAME USER a TO b",
    "ANALYZE TABLE t",
    "OPTIMIZE TABLE t",
    "SET PASSWORD FOR u = 'x'",
    "INSTALL PLUGIN x SONAME 'y'",
    "(SELECT 1)",
};

}  // namespace rowmill::schema
