// SPDX-License-Identifier: Apache-2.0
//
// What keys a table has, and in which order: MySQL 9.7 and MariaDB 10.11 gave the same columns and
// keys in information_schema.

#include "schema/definition_rule.h"

namespace rowmill::schema {
namespace {

class KeyRules : public testing::TestWithParam<DefinitionRule> {};

TEST_P(KeyRules, TableIsAsTheServerHasIt) { expect_rule(GetParam()); }

const DefinitionRule kRules[] = {
    {.condition = "NamedAfterItsFirstColumn",
     .statements = {"CREATE TABLE t (Aa INT, b INT, UNIQUE (aA, b))"},
     .mysql = "Aa int; b int | Aa(Aa,b)",
     .mariadb = "Aa int(11); b int(11) | Aa(Aa,b)"},
    {.condition = "NumberedWhenTheNameIsTaken",
     .statements =
         {"CREATE TABLE t (a INT, b INT, UNIQUE (a), UNIQUE (a, b), KEY (b), UNIQUE (b))"},
     .mysql = "a int; b int | a(a) a_2(a,b) b_2(b)",
     .mariadb = "a int(11); b int(11) | a(a) a_2(a,b) b_2(b)"},
    {.condition = "NumberedBehindANumberThatIsTaken",
     .statements =
         {"CREATE TABLE t (a INT, a_2 INT, UNIQUE (a), UNIQUE (a), UNIQUE (a_2), UNIQUE (a))"},
     .mysql = "a int; a_2 int | a(a) a_2(a) a_2_2(a_2) a_3(a)",
     .mariadb = "a int(11); a_2 int(11) | a(a) a_2(a) a_2_2(a_2) a_3(a)"},
    {.condition = "NeverNamedPrimary",
     .statements = {"CREATE TABLE t (`primary` INT, UNIQUE (`primary`))"},
     .mysql = "primary int | primary_2(primary)",
     .mariadb = "primary int(11) | primary_2(primary)"},
    {.condition = "NamesOfPrimaryKeysAreDropped",
     .statements = {"CREATE TABLE t (a INT, PRIMARY KEY pk (a))"},
     .mysql = "a int not null | PRIMARY(a)",
     .mariadb = "a int(11) not null | PRIMARY(a)"},
    {.condition = "KeysOfColumnsAndOwnKeysCountInTextOrder",
     .statements = {"CREATE TABLE t (a INT NOT NULL, UNIQUE (a), b INT NOT NULL UNIQUE)"},
     .mysql = "a int not null; b int not null | a(a) b(b)",
     .mariadb = "a int(11) not null; b int(11) not null | a(a) b(b)"},
    {.condition = "NotNullKeysComeFirst",
     .statements = {"CREATE TABLE t (a INT UNIQUE, b INT NOT NULL UNIQUE, c INT, PRIMARY KEY (c))"},
     .mysql = "a int; b int not null; c int not null | PRIMARY(c) b(b) a(a)",
     .mariadb = "a int(11); b int(11) not null; c int(11) not null | PRIMARY(c) b(b) a(a)"},
    {.condition = "KeysKeepTheirOrderWhenOneBecomesNotNull",
     .statements = {"CREATE TABLE t (a INT UNIQUE, b INT NOT NULL UNIQUE)",
                    "ALTER TABLE t MODIFY a INT NOT NULL"},
     .mysql = "a int not null; b int not null | b(b) a(a)",
     .mariadb = "a int(11) not null; b int(11) not null | b(b) a(a)"},
    {.condition = "PrefixIsPartialUnlessItIsAllOfTheColumn",
     .statements = {"CREATE TABLE t (c VARCHAR(10), UNIQUE u (c(3)), UNIQUE v (c(10)), b "
                    "VARBINARY(5), UNIQUE w (b(5)), x TEXT, UNIQUE y (x(5)))"},
     .mysql = "c varchar(10) utf8mb4_0900_ai_ci; b varbinary(5); x text utf8mb4_0900_ai_ci | v(c) "
              "w(b) u(c..) y(x..)",
     .mariadb = "c varchar(10) utf8mb4_general_ci; b varbinary(5); x text utf8mb4_general_ci | "
                "v(c) w(b) u(c..) y(x..)"},
    {.condition = "PrefixEndsWithTheText",
     .statements = {"CREATE TABLE t (a VARCHAR(9), UNIQUE u (a(3)))", "ALTER TABLE t MODIFY a INT"},
     .mysql = "a int | u(a)",
     .mariadb = "a int(11) | u(a)"},
    {.condition = "FunctionalPartsHaveNoColumn",
     .statements = {"CREATE TABLE t (a INT, UNIQUE ((a + 1)), UNIQUE u ((a * 2), a))"},
     .mysql = "a int | functional_index(<>..) u(<>,a..)"},
    {.condition = "CreateAndDropIndex",
     .statements = {"CREATE TABLE t (a INT, b INT)", "CREATE UNIQUE INDEX x ON t (a)",
                    "CREATE INDEX y ON t (b)", "CREATE UNIQUE INDEX z ON t (b)",
                    "DROP INDEX x ON t"},
     .mysql = "a int; b int | z(b)",
     .mariadb = "a int(11); b int(11) | z(b)"},
    {.condition = "CreateOrReplaceIndex",
     .statements = {"CREATE TABLE t (a INT, b INT)", "CREATE UNIQUE INDEX x ON t (a)",
                    "CREATE OR REPLACE UNIQUE INDEX x ON t (b)",
                    "CREATE UNIQUE INDEX IF NOT EXISTS x ON t (a)"},
     .mariadb = "a int(11); b int(11) | x(b)"},
    {.condition = "DropIndexOfThePrimaryKey",
     .statements = {"CREATE TABLE t (a INT PRIMARY KEY)", "DROP INDEX `PRIMARY` ON t"},
     .mysql = "a int not null",
     .mariadb = "a int(11) not null"},
    {.condition = "RenameIndex",
     .statements = {"CREATE TABLE t (a INT, UNIQUE u (a))", "ALTER TABLE t RENAME INDEX u TO v"},
     .mysql = "a int | v(a)",
     .mariadb = "a int(11) | v(a)"},
    {.condition = "UniqueTextIsHashed",
     .statements = {"CREATE TABLE t (a TEXT UNIQUE, b INT, UNIQUE u (b, a))"},
     .mariadb = "a text utf8mb4_general_ci; b int(11) | a(a)# u(b,a)#"},
    {.condition = "LongUniqueKeyIsHashed",
     .statements = {"CREATE TABLE t (a VARCHAR(768) CHARSET utf8mb4 UNIQUE, b VARCHAR(769) CHARSET "
                    "utf8mb4 UNIQUE, c VARBINARY(3069), d INT, UNIQUE e (c, d))"},
     .mariadb = "a varchar(768) utf8mb4_general_ci; b varchar(769) utf8mb4_general_ci; c "
                "varbinary(3069); d int(11) | a(a) b(b)# e(c,d)#"},
    {.condition = "HashOfUsingHashEndsWithTheNextAlter",
     .statements = {"CREATE TABLE t (a INT, UNIQUE h (a) USING HASH)",
                    "ALTER TABLE t ADD b TEXT UNIQUE"},
     .mariadb = "a int(11); b text utf8mb4_general_ci | h(a) b(b)#"},
    {.condition = "HashOfAPrefixEndsWithTheNextAlterToo",
     .statements = {"CREATE TABLE t (a TEXT, b TEXT, UNIQUE g (a(3)) USING HASH, UNIQUE h (a, "
                    "b(3)))",
                    "ALTER TABLE t ADD c DATE"},
     .mariadb = "a text utf8mb4_general_ci; b text utf8mb4_general_ci; c date | g(a..) h(a,b..)#"},
    {.condition = "UsingHashIsHashed",
     .statements = {"CREATE TABLE t (a INT, UNIQUE h (a) USING HASH)"},
     .mariadb = "a int(11) | h(a)#"},
    {.condition = "LikeChoosesHashesAnew",
     .statements = {"CREATE TABLE s (a INT, UNIQUE h (a) USING HASH, b TEXT UNIQUE)",
                    "CREATE TABLE t LIKE s"},
     .mariadb = "a int(11); b text utf8mb4_general_ci | h(a) b(b)#"},
    {.condition = "AlterThatDoesNothingLeavesHashes",
     .statements = {"CREATE TABLE t (a INT, UNIQUE h (a) USING HASH)",
                    "ALTER TABLE t MODIFY COLUMN IF EXISTS x INT"},
     .mariadb = "a int(11) | h(a)#"},
    {.condition = "MysqlHashesNothing",
     .statements = {"CREATE TABLE t (a INT, UNIQUE h (a) USING HASH)"},
     .mysql = "a int | h(a)"},
};

INSTANTIATE_TEST_SUITE_P(Rules, KeyRules, testing::ValuesIn(kRules), name_of_rule);

}  // namespace
}  // namespace rowmill::schema
