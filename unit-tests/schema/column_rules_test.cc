// SPDX-License-Identifier: Apache-2.0
//
// What a written column is: MySQL 9.7 and MariaDB 10.11 gave the same columns and keys in
// information_schema.

#include "schema/definition_rule.h"

namespace rowmill::schema {
namespace {

class ColumnRules : public testing::TestWithParam<DefinitionRule> {};

TEST_P(ColumnRules, TableIsAsTheServerHasIt) { expect_rule(GetParam()); }

const DefinitionRule kRules[] = {
    {.condition = "BareKeyIsThePrimaryKey",
     .statements = {"CREATE TABLE t (a INT KEY)"},
     .mysql = "a int not null | PRIMARY(a)",
     .mariadb = "a int(11) not null | PRIMARY(a)"},
    {.condition = "BareUniqueIsAUniqueKey",
     .statements = {"CREATE TABLE t (a INT UNIQUE)"},
     .mysql = "a int | a(a)",
     .mariadb = "a int(11) | a(a)"},
    {.condition = "UniqueLeavesNullability",
     .statements = {"CREATE TABLE t (a INT UNIQUE, b INT NOT NULL UNIQUE)"},
     .mysql = "a int; b int not null | b(b) a(a)",
     .mariadb = "a int(11); b int(11) not null | b(b) a(a)"},
    {.condition = "AutoIncrementIsNotNull",
     .statements = {"CREATE TABLE t (a INT AUTO_INCREMENT UNIQUE)"},
     .mysql = "a int not null auto | a(a)",
     .mariadb = "a int(11) not null auto | a(a)"},
    {.condition = "AutoIncrementNullIsNull",
     .statements = {"CREATE TABLE t (a INT AUTO_INCREMENT NULL UNIQUE)"},
     .mysql = "a int auto | a(a)",
     .mariadb = "a int(11) auto | a(a)"},
    {.condition = "SerialIsABigintKey",
     .statements = {"CREATE TABLE t (id SERIAL)"},
     .mysql = "id bigint unsigned not null auto | id(id)",
     .mariadb = "id bigint(20) unsigned not null auto | id(id)"},
    {.condition = "SerialPrimaryKeyHasTwoKeysOnMysql",
     .statements = {"CREATE TABLE t (id SERIAL PRIMARY KEY)"},
     .mysql = "id bigint unsigned not null auto | PRIMARY(id) id(id)",
     .mariadb = "id bigint(20) unsigned not null auto | PRIMARY(id)"},
    {.condition = "SerialDefaultValueKeepsTheType",
     .statements = {"CREATE TABLE t (id SMALLINT SERIAL DEFAULT VALUE)"},
     .mysql = "id smallint not null auto | id(id)",
     .mariadb = "id smallint(6) not null auto | id(id)"},
    {.condition = "LastOfNullAndNotNullWins",
     .statements = {"CREATE TABLE t (a INT NOT NULL NULL, b INT NULL NOT NULL)"},
     .mysql = "a int; b int not null",
     .mariadb = "a int(11); b int(11) not null"},
    {.condition = "TimestampIsAnOrdinaryColumn",
     .statements = {"CREATE TABLE t (a TIMESTAMP, b TIMESTAMP NOT NULL)"},
     .both = "a timestamp; b timestamp not null"},
    {.condition = "TimestampIsNotNullWithoutExplicitDefaults",
     .statements = {"CREATE TABLE t (a TIMESTAMP, b TIMESTAMP NULL, c TIMESTAMP(3) DEFAULT "
                    "CURRENT_TIMESTAMP(3), d DATETIME)"},
     .both = "a timestamp not null; b timestamp; c timestamp(3) not null; d datetime",
     .explicit_timestamps = false},
    {.condition = "GeneratedTimestampWithoutExplicitDefaults",
     .statements = {"CREATE TABLE t (a INT, c TIMESTAMP GENERATED ALWAYS AS (CAST('2020-01-01' AS "
                    "DATETIME)) VIRTUAL)"},
     .mysql = "a int; c timestamp not null virtual",
     .mariadb = "a int(11); c timestamp virtual",
     .explicit_timestamps = false},
    {.condition = "ForeignKeysHaveNoEffect",
     .statements =
         {"CREATE TABLE r (x INT PRIMARY KEY)",
          "CREATE TABLE t (a INT REFERENCES r(x), b INT, FOREIGN KEY (b) REFERENCES r(x))"},
     .mysql = "a int; b int",
     .mariadb = "a int(11); b int(11)"},
    {.condition = "KeyMayStandBeforeItsColumn",
     .statements = {"CREATE TABLE t (PRIMARY KEY (id), id INT)"},
     .mysql = "id int not null | PRIMARY(id)",
     .mariadb = "id int(11) not null | PRIMARY(id)"},
    {.condition = "IntegersByOtherNames",
     .statements = {"CREATE TABLE t (a BOOL, b BOOLEAN, c INT1, d INT2, e INT3, f MIDDLEINT, g "
                    "INT4, h INT8, i INTEGER)"},
     .mysql = "a tinyint(1); b tinyint(1); c tinyint; d smallint; e mediumint; f mediumint; g int; "
              "h bigint; i int",
     .mariadb = "a tinyint(1); b tinyint(1); c tinyint(4); d smallint(6); e mediumint(9); f "
                "mediumint(9); g int(11); h bigint(20); i int(11)"},
    {.condition = "DecimalsByOtherNames",
     .statements =
         {"CREATE TABLE t (a DEC, b FIXED, c NUMERIC, d DEC(5), e DEC(0), f DECIMAL(9,2))"},
     .both = "a decimal(10,0); b decimal(10,0); c decimal(10,0); d decimal(5,0); e decimal(10,0); "
             "f decimal(9,2)"},
    {.condition = "FloatsByOtherNames",
     .statements = {"CREATE TABLE t (a REAL, b DOUBLE PRECISION, c FLOAT8, d FLOAT4, e FLOAT(24), "
                    "f FLOAT(25), g FLOAT(7,3), h DOUBLE(9,2))"},
     .both =
         "a double; b double; c double; d float; e float; f double; g float(7,3); h double(9,2)"},
    {.condition = "RealIsFloatUnderRealAsFloat",
     .statements = {"CREATE TABLE t (a REAL, b REAL(5,2), c DOUBLE PRECISION)"},
     .both = "a float; b float(5,2); c double",
     .sql_mode = sql_mode::kRealAsFloat},
    {.condition = "BitsAndYears",
     .statements = {"CREATE TABLE t (a BIT, b BIT(9), c YEAR, d YEAR(4))"},
     .mysql = "a bit(1); b bit(9); c year; d year",
     .mariadb = "a bit(1); b bit(9); c year(4); d year(4)"},
    {.condition = "CharactersWithoutALength",
     .statements = {"CREATE TABLE t (a CHAR, b CHARACTER, c BINARY, d CHAR(0), e VARCHAR(0))"},
     .mysql = "a char(1) utf8mb4_0900_ai_ci; b char(1) utf8mb4_0900_ai_ci; c binary(1); d char(0) "
              "utf8mb4_0900_ai_ci; e varchar(0) utf8mb4_0900_ai_ci",
     .mariadb = "a char(1) utf8mb4_general_ci; b char(1) utf8mb4_general_ci; c binary(1); d "
                "char(0) utf8mb4_general_ci; e varchar(0) utf8mb4_general_ci"},
    {.condition = "ByteMakesBytes",
     .statements = {"CREATE TABLE t (a CHAR BYTE, b CHAR(3) BYTE, c VARCHAR(3) BYTE, d TEXT BYTE, "
                    "e LONG VARCHAR BYTE)"},
     .both = "a binary(1); b binary(3); c varbinary(3); d blob; e mediumblob"},
    {.condition = "LongByItself",
     .statements =
         {"CREATE TABLE t (a LONG, b LONG VARCHAR, c LONG CHAR VARYING, d LONG VARBINARY)"},
     .mysql = "a mediumtext utf8mb4_0900_ai_ci; b mediumtext utf8mb4_0900_ai_ci; c mediumtext "
              "utf8mb4_0900_ai_ci; d mediumblob",
     .mariadb = "a mediumtext utf8mb4_general_ci; b mediumtext utf8mb4_general_ci; c mediumtext "
                "utf8mb4_general_ci; d mediumblob"},
    {.condition = "NationalCharacters",
     .statements = {"CREATE TABLE t (a NCHAR, b NATIONAL CHAR(2), c NVARCHAR(3), d NCHAR "
                    "VARCHAR(4), e NATIONAL CHARACTER VARYING(5), f NCHAR(6) BINARY)"},
     .both = "a char(1) utf8mb3_general_ci; b char(2) utf8mb3_general_ci; c varchar(3) "
             "utf8mb3_general_ci; d varchar(4) utf8mb3_general_ci; e varchar(5) "
             "utf8mb3_general_ci; f char(6) utf8mb3_bin"},
    {.condition = "TextOfALengthChoosesItsClass",
     .statements =
         {"CREATE TABLE t (a TEXT(63) CHARSET utf8mb4, b TEXT(64) CHARSET utf8mb4, c TEXT(16383) "
          "CHARSET utf8mb4, d TEXT(16384) CHARSET utf8mb4, e TEXT(255) CHARSET latin1, f "
          "TEXT(65536) CHARSET latin1, g TEXT(16777216) CHARSET latin1)"},
     .mysql = "a tinytext utf8mb4_0900_ai_ci; b text utf8mb4_0900_ai_ci; c text "
              "utf8mb4_0900_ai_ci; d mediumtext utf8mb4_0900_ai_ci; e tinytext latin1_swedish_ci; "
              "f mediumtext latin1_swedish_ci; g longtext latin1_swedish_ci",
     .mariadb = "a tinytext utf8mb4_general_ci; b text utf8mb4_general_ci; c text "
                "utf8mb4_general_ci; d mediumtext utf8mb4_general_ci; e tinytext "
                "latin1_swedish_ci; f mediumtext latin1_swedish_ci; g longtext latin1_swedish_ci"},
    {.condition = "BlobOfALengthChoosesItsClass",
     .statements = {"CREATE TABLE t (a BLOB(255), b BLOB(256), c BLOB(65536), d BLOB(16777216))"},
     .both = "a tinyblob; b blob; c mediumblob; d longblob"},
    {.condition = "TextAndBlobOfLengthZero",
     .statements = {"CREATE TABLE t (a TEXT(0), b BLOB(0))"},
     .mysql = "a tinytext utf8mb4_0900_ai_ci; b tinyblob",
     .mariadb = "a text utf8mb4_general_ci; b blob"},
    {.condition = "LongVarcharIsATextByItsBytes",
     .statements = {"CREATE TABLE t (a VARCHAR(70000) CHARSET latin1, b VARCHAR(20000) CHARSET "
                    "utf8mb4, c VARBINARY(70000), d VARCHAR(6000000) CHARSET utf8mb4)"},
     .mysql = "a mediumtext latin1_swedish_ci; b mediumtext utf8mb4_0900_ai_ci; c mediumblob; d "
              "longtext utf8mb4_0900_ai_ci",
     .mariadb = "a mediumtext latin1_swedish_ci; b mediumtext utf8mb4_general_ci; c mediumblob; d "
                "longtext utf8mb4_general_ci"},
    {.condition = "LongestVarchar",
     .statements = {"CREATE TABLE t (a VARCHAR(65532) CHARSET latin1)"},
     .both = "a varchar(65532) latin1_swedish_ci"},
    {.condition = "VarcharTooLongForMariadbAlone",
     .statements = {"CREATE TABLE t (a VARCHAR(65533) CHARSET latin1 NOT NULL)"},
     .mysql = "a varchar(65533) latin1_swedish_ci not null",
     .mariadb = "a text latin1_swedish_ci not null"},
    {.condition = "CharsetBinaryMakesBytes",
     .statements = {"CREATE TABLE t (a CHAR(3) CHARSET binary, b VARCHAR(3) COLLATE binary, c TEXT "
                    "CHARSET binary, d TINYTEXT CHARSET binary, e ENUM('x ') CHARSET binary)"},
     .both = "a binary(3); b varbinary(3); c blob; d tinyblob; e enum('x ') binary"},
    {.condition = "TableOfCharsetBinary",
     .statements = {"CREATE TABLE t (a CHAR(3), b TEXT, c SET('x')) CHARSET binary"},
     .both = "a binary(3); b blob; c set('x') binary"},
    {.condition = "DisplayWidths",
     .statements = {"CREATE TABLE t (a INT(11), b TINYINT(4), c TINYINT(1), d TINYINT(1) UNSIGNED, "
                    "e BIGINT UNSIGNED, f SMALLINT, g MEDIUMINT UNSIGNED, h INT(0))"},
     .mysql = "a int; b tinyint; c tinyint(1); d tinyint unsigned; e bigint unsigned; f smallint; "
              "g mediumint unsigned; h int",
     .mariadb = "a int(11); b tinyint(4); c tinyint(1); d tinyint(1) unsigned; e bigint(20) "
                "unsigned; f smallint(6); g mediumint(8) unsigned; h int(11)"},
    {.condition = "ZerofillIsUnsignedAndKeepsAWidth",
     .statements = {"CREATE TABLE t (a INT ZEROFILL, b INT(3) ZEROFILL, c BIGINT ZEROFILL, d "
                    "DECIMAL(5,1) ZEROFILL)"},
     .both = "a int(10) unsigned zerofill; b int(3) unsigned zerofill; c bigint(20) unsigned "
             "zerofill; d decimal(5,1) unsigned zerofill"},
    {.condition = "JsonIsATextOnMariadb",
     .statements = {"CREATE TABLE t (a JSON)"},
     .mysql = "a json",
     .mariadb = "a longtext utf8mb4_bin"},
    {.condition = "JsonLosesItsCollationByConvertTo",
     .statements = {"CREATE TABLE t (a JSON)", "ALTER TABLE t CONVERT TO CHARACTER SET latin1"},
     .mysql = "a json",
     .mariadb = "a longtext latin1_swedish_ci"},
    {.condition = "Vectors",
     .statements = {"CREATE TABLE t (a VECTOR, b VECTOR(5))"},
     .mysql = "a vector(2048); b vector(5)"},
    {.condition = "MariadbsOwnTypes",
     .statements =
         {"CREATE TABLE t (a UUID, b INET4, c INET6, d VARCHAR(9) COMPRESSED, e TEXT COMPRESSED)"},
     .mariadb = "a uuid; b inet4; c inet6; d varchar(9) compressed utf8mb4_general_ci; e text "
                "compressed utf8mb4_general_ci"},
    {.condition = "FractionsOfSeconds",
     .statements = {"CREATE TABLE t (a TIME, b TIME(3), c DATETIME(6), d TIMESTAMP(1) NULL)"},
     .both = "a time; b time(3); c datetime(6); d timestamp(1)"},
};

INSTANTIATE_TEST_SUITE_P(Rules, ColumnRules, testing::ValuesIn(kRules), name_of_rule);

}  // namespace
}  // namespace rowmill::schema
