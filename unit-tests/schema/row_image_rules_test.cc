// SPDX-License-Identifier: Apache-2.0
//
// What is in a row besides ordinary columns: MySQL 9.7 and MariaDB 10.11 gave the same columns and
// keys in information_schema.

#include "schema/definition_rule.h"

namespace rowmill::schema {
namespace {

class RowImageRules : public testing::TestWithParam<DefinitionRule> {};

TEST_P(RowImageRules, TableIsAsTheServerHasIt) { expect_rule(GetParam()); }

const DefinitionRule kRules[] = {
    {.condition = "GeneratedColumns",
     .statements = {"CREATE TABLE t (a INT, b INT AS (a + 1), c INT AS (a + 2) STORED)"},
     .mysql = "a int; b int virtual; c int stored",
     .mariadb = "a int(11); b int(11) virtual; c int(11) stored"},
    {.condition = "PersistentIsStored",
     .statements = {"CREATE TABLE t (a INT, b INT AS (a + 1) PERSISTENT)"},
     .mariadb = "a int(11); b int(11) stored"},
    {.condition = "InvisibleColumns",
     .statements = {"CREATE TABLE t (a INT, b INT INVISIBLE)"},
     .mysql = "a int; b int invisible",
     .mariadb = "a int(11); b int(11) invisible"},
    {.condition = "GeneratedInvisiblePrimaryKeyArrivesInTheText",
     .statements = {"CREATE TABLE t (`my_row_id` bigint unsigned NOT NULL AUTO_INCREMENT "
                    "INVISIBLE, a INT, PRIMARY KEY (`my_row_id`))"},
     .mysql = "my_row_id bigint unsigned not null auto invisible; a int | PRIMARY(my_row_id)"},
    {.condition = "ImplicitVersioning",
     .statements = {"CREATE TABLE t (a INT PRIMARY KEY) WITH SYSTEM VERSIONING",
                    "ALTER TABLE t ADD b INT"},
     .mariadb = "a int(11) not null; b int(11) | PRIMARY(a) versioned"},
    {.condition = "VersioningOfOneColumn",
     .statements = {"CREATE TABLE t (a INT, b INT WITH SYSTEM VERSIONING)"},
     .mariadb = "a int(11); b int(11) versioned"},
    {.condition = "VersioningIsAddedAndDropped",
     .statements = {"CREATE TABLE t (a INT)", "ALTER TABLE t ADD SYSTEM VERSIONING",
                    "ALTER TABLE t DROP SYSTEM VERSIONING"},
     .mariadb = "a int(11)"},
    {.condition = "LikeKeepsVersioning",
     .statements = {"CREATE TABLE s (a INT) WITH SYSTEM VERSIONING", "CREATE TABLE t LIKE s"},
     .mariadb = "a int(11) versioned"},
    {.condition = "ExplicitVersioningHasColumnsAndLongerKeys",
     .statements = {"CREATE TABLE t (a INT, s TIMESTAMP(6) GENERATED ALWAYS AS ROW START, e "
                    "TIMESTAMP(6) GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (s, e), "
                    "PRIMARY KEY (a), b INT UNIQUE) WITH SYSTEM VERSIONING"},
     .mariadb = "a int(11) not null; s timestamp(6) not null; e timestamp(6) not null; b int(11) | "
                "PRIMARY(a,e) b(b,e)"},
    {.condition = "ApplicationPeriodIsNotNull",
     .statements = {"CREATE TABLE t (a INT, s DATE, e DATE, PERIOD FOR p (s, e))"},
     .mariadb = "a int(11); s date not null; e date not null"},
    {.condition = "VersionedKeysAreHashedSooner",
     .statements =
         {"CREATE TABLE t (a VARCHAR(767) CHARSET utf8mb4 UNIQUE) WITH SYSTEM VERSIONING"},
     .mariadb = "a varchar(767) utf8mb4_general_ci | a(a)# versioned"},
};

INSTANTIATE_TEST_SUITE_P(Rules, RowImageRules, testing::ValuesIn(kRules), name_of_rule);

}  // namespace
}  // namespace rowmill::schema
