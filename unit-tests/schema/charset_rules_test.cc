// SPDX-License-Identifier: Apache-2.0
//
// What charset and collation a column has: MySQL 9.7 and MariaDB 10.11 gave the same columns and
// keys in information_schema.

#include "schema/definition_rule.h"

namespace rowmill::schema {
namespace {

class CharsetRules : public testing::TestWithParam<DefinitionRule> {};

TEST_P(CharsetRules, TableIsAsTheServerHasIt) { expect_rule(GetParam()); }

const DefinitionRule kRules[] = {
    {.condition = "ColumnInheritsFromTheTable",
     .statements = {"CREATE TABLE t (a CHAR(1), b CHAR(1) CHARSET latin2, c CHAR(1) COLLATE "
                    "utf8mb4_bin) CHARSET latin1 COLLATE latin1_german1_ci"},
     .both = "a char(1) latin1_german1_ci; b char(1) latin2_general_ci; c char(1) utf8mb4_bin"},
    {.condition = "TableInheritsFromTheDatabaseAtThatMoment",
     .statements = {"ALTER DATABASE d CHARSET latin2", "CREATE TABLE t (a CHAR(1))",
                    "ALTER DATABASE d CHARSET latin1", "ALTER TABLE t ADD b CHAR(1)"},
     .both = "a char(1) latin2_general_ci; b char(1) latin2_general_ci"},
    {.condition = "CollateAloneSetsTheCharset",
     .statements = {"CREATE TABLE t (a CHAR(1), b CHAR(1) COLLATE latin1_bin) COLLATE latin2_bin"},
     .both = "a char(1) latin2_bin; b char(1) latin1_bin"},
    {.condition = "CharsetOfAColumnHasItsOwnDefaultCollation",
     .statements =
         {"CREATE TABLE t (a CHAR(1) CHARSET latin1) CHARSET latin1 COLLATE latin1_german1_ci"},
     .both = "a char(1) latin1_swedish_ci"},
    {.condition = "Utf8IsUtf8mb3",
     .statements = {"CREATE TABLE t (a CHAR(1) CHARSET utf8, b CHAR(1) CHARSET utf8mb3, c CHAR(1) "
                    "COLLATE utf8_bin)"},
     .both = "a char(1) utf8mb3_general_ci; b char(1) utf8mb3_general_ci; c char(1) utf8mb3_bin"},
    {.condition = "AsciiIsLatin1AndUnicodeIsUcs2",
     .statements = {"CREATE TABLE t (a CHAR(1) ASCII, b CHAR(1) UNICODE)"},
     .both = "a char(1) latin1_swedish_ci; b char(1) ucs2_general_ci"},
    {.condition = "BinaryIsTheBinCollation",
     .statements = {"CREATE TABLE t (a CHAR(1) BINARY, b CHAR(1) BINARY CHARSET latin2, c CHAR(1) "
                    "CHARSET latin2 BINARY, d CHAR(1) ASCII BINARY) CHARSET latin1"},
     .both =
         "a char(1) latin1_bin; b char(1) latin2_bin; c char(1) latin2_bin; d char(1) latin1_bin"},
    {.condition = "CollateOfANumberIsIgnored",
     .statements = {"CREATE TABLE t (a INT COLLATE utf8mb4_bin)"},
     .mysql = "a int",
     .mariadb = "a int(11)"},
    {.condition = "LabelsLoseTrailingBlanks",
     .statements =
         {"CREATE TABLE t (a ENUM('x ','  y  ',''), b SET('p ','q'), c ENUM('it''s','a,b'))"},
     .mysql = "a enum('x','  y','') utf8mb4_0900_ai_ci; b set('p','q') utf8mb4_0900_ai_ci; c "
              "enum('it's','a,b') utf8mb4_0900_ai_ci",
     .mariadb = "a enum('x','  y','') utf8mb4_general_ci; b set('p','q') utf8mb4_general_ci; c "
                "enum('it's','a,b') utf8mb4_general_ci"},
    {.condition = "LabelsMayBeHex",
     .statements = {"CREATE TABLE t (a ENUM(0x41, b'01000010', X'43'))"},
     .mysql = "a enum('A','B','C') utf8mb4_0900_ai_ci",
     .mariadb = "a enum('A','B','C') utf8mb4_general_ci"},
    {.condition = "LikeCopiesFromTheTableNotFromItsDatabase",
     .statements = {"CREATE DATABASE e CHARSET latin2", "CREATE TABLE e.s (a CHAR(1))",
                    "CREATE TABLE t LIKE e.s"},
     .both = "a char(1) latin2_general_ci"},
    {.condition = "CollationWithoutItsCharset",
     .statements = {"CREATE TABLE t (a CHAR(1) COLLATE uca1400_as_ci, b CHAR(1) CHARSET utf8mb3 "
                    "COLLATE uca1400_as_ci)"},
     .mariadb = "a char(1) utf8mb4_uca1400_as_ci; b char(1) utf8mb3_uca1400_as_ci"},
    {.condition = "CollateDefault",
     .statements = {"CREATE TABLE t (a CHAR(1) COLLATE DEFAULT, b CHAR(1) CHARSET latin2 COLLATE "
                    "DEFAULT) COLLATE utf8mb4_bin"},
     .mariadb = "a char(1) utf8mb4_general_ci; b char(1) latin2_general_ci"},
};

INSTANTIATE_TEST_SUITE_P(Rules, CharsetRules, testing::ValuesIn(kRules), name_of_rule);

}  // namespace
}  // namespace rowmill::schema
