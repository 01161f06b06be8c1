// SPDX-License-Identifier: Apache-2.0
#include "schema/definitions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schema/followed_server.h"

namespace rowmill::schema {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

/// "table: before -> after" for each change, columns only.
std::vector<std::string> listed(const DefinitionChanges& changes) {
  const auto text = [](const std::optional<model::DeclaredTable>& table) {
    return table ? to_text(*table) : std::string("none");
  };
  std::vector<std::string> lines;
  for (const auto& change : changes.changed) {
    lines.push_back(to_string(change.id) + ": " + text(change.before) + " -> " +
                    text(change.after));
  }
  return lines;
}

std::vector<std::string> doubted(const DefinitionChanges& changes) {
  std::vector<std::string> names;
  for (const Doubt& doubt : changes.doubts) names.push_back(to_string(doubt.id));
  return names;
}

TEST(Definitions, RenameDropsOneTableAndMakesAnother) {
  FollowedServer server(Brand::kMysql);
  server.run("CREATE TABLE a (x INT)");
  EXPECT_THAT(listed(server.run("RENAME TABLE a TO b")),
              ElementsAre("d.a: x int -> none", "d.b: none -> x int"));
}

TEST(Definitions, RenamePairsApplyFromLeftToRightAndAreListedOnce) {
  FollowedServer server(Brand::kMysql);
  server.run("CREATE TABLE a (x INT)");
  server.run("CREATE TABLE b (y INT)");
  EXPECT_THAT(listed(server.run("RENAME TABLE a TO tmp, b TO a, tmp TO b")),
              ElementsAre("d.a: x int -> y int", "d.b: y int -> x int"));
}

TEST(Definitions, RenameCrossesDatabases) {
  FollowedServer server(Brand::kMysql);
  server.run("CREATE TABLE a (x INT)");
  EXPECT_THAT(listed(server.run("ALTER TABLE a RENAME TO e.b, ADD z INT FIRST")),
              ElementsAre("d.a: x int -> none", "e.b: none -> z int; x int"));
}

TEST(Definitions, RenameOfATableThatIsNotKnownPutsTheNewNameInDoubt) {
  FollowedServer server(Brand::kMysql);
  const auto changes = server.run("RENAME TABLE nowhere TO b");
  EXPECT_THAT(doubted(changes), ElementsAre("d.b"));
  EXPECT_THAT(server.table("b"), HasSubstr("d.nowhere"));
}

TEST(Definitions, RenameIfExistsOfNothingIsPassedOver) {
  FollowedServer server(Brand::kMariadb);
  EXPECT_THAT(doubted(server.run("RENAME TABLE IF EXISTS nowhere TO b")), IsEmpty());
}

TEST(Definitions, CreateIfNotExistsLeavesATableThatIsThere) {
  FollowedServer server(Brand::kMysql);
  server.run("CREATE TABLE t (a INT)");
  EXPECT_THAT(listed(server.run("CREATE TABLE IF NOT EXISTS t (b INT)")), IsEmpty());
  EXPECT_THAT(listed(server.run("CREATE TABLE IF NOT EXISTS t LIKE t")), IsEmpty());
  EXPECT_EQ(server.table("t"), "a int");
}

TEST(Definitions, CreateIfNotExistsLeavesATableInDoubt) {
  FollowedServer server(Brand::kMysql);
  server.run("CREATE TABLE t LIKE nowhere");
  server.run("CREATE TABLE IF NOT EXISTS t (b INT)");
  EXPECT_THAT(server.table("t"), StartsWith("unknown"));
}

TEST(Definitions, CreateOrReplaceTakesTheNewDefinition) {
  FollowedServer server(Brand::kMariadb);
  server.run("CREATE TABLE t (a TEXT)");
  EXPECT_THAT(listed(server.run("CREATE OR REPLACE TABLE t (b DATE)")),
              ElementsAre("d.t: a text utf8mb4_general_ci -> b date"));
}

TEST(Definitions, CreateFromASelectInTheTextIsInDoubt) {
  FollowedServer server(Brand::kMariadb);
  EXPECT_THAT(doubted(server.run("CREATE TABLE t SELECT 1 AS a")), ElementsAre("d.t"));
  EXPECT_THAT(server.table("t"), HasSubstr("SELECT"));
}

TEST(Definitions, CreateLikeAnUnknownTableIsInDoubt) {
  FollowedServer server(Brand::kMysql);
  EXPECT_THAT(doubted(server.run("CREATE TABLE t LIKE nowhere")), ElementsAre("d.t"));
  EXPECT_THAT(server.table("t"), HasSubstr("d.nowhere"));
}

TEST(Definitions, AlterThatCannotHaveSucceededLeavesADoubtAndNoDefinition) {
  struct Case {
    const char* sql;
    const char* reason;
  };
  for (const Case& one :
       {Case{"ALTER TABLE t DROP x", "column x"}, Case{"ALTER TABLE t MODIFY x INT", "column x"},
        Case{"ALTER TABLE t RENAME COLUMN x TO y", "column x"},
        Case{"ALTER TABLE t ADD a INT", "already"},
        Case{"ALTER TABLE t ADD b INT AFTER x", "column x"},
        Case{"ALTER TABLE t ADD b INT, DROP b", "column b"},
        Case{"ALTER TABLE t CHANGE a b INT, ADD c INT AFTER a", "column a"},
        Case{"ALTER TABLE t ADD UNIQUE (x)", "column x"},
        Case{"ALTER TABLE t DROP PRIMARY KEY", "PRIMARY"},
        Case{"ALTER TABLE t ADD b CHAR(1) COLLATE nonsense_ci", "nonsense_ci"},
        Case{"ALTER TABLE t DROP a", "no column"}}) {
    FollowedServer server(Brand::kMysql);
    server.run("CREATE TABLE t (a INT)");
    const auto changes = server.run(one.sql);
    EXPECT_THAT(doubted(changes), ElementsAre("d.t")) << one.sql;
    EXPECT_THAT(listed(changes), ElementsAre("d.t: a int -> none")) << one.sql;
    EXPECT_THAT(server.table("t"), HasSubstr(one.reason)) << one.sql;
  }
}

TEST(Definitions, AlterOfATableThatIsNotKnownIsInDoubt) {
  FollowedServer server(Brand::kMysql);
  EXPECT_THAT(doubted(server.run("ALTER TABLE t ADD a INT, RENAME TO u")), ElementsAre("d.u"));
  EXPECT_THAT(doubted(server.run("CREATE UNIQUE INDEX i ON t (a)")), ElementsAre("d.t"));
}

TEST(Definitions, PeriodOfTheSystemAddedLaterIsInDoubt) {
  FollowedServer server(Brand::kMariadb);
  server.run("CREATE TABLE t (a INT)");
  EXPECT_THAT(
      doubted(server.run("ALTER TABLE t ADD s TIMESTAMP(6) AS ROW START, ADD e TIMESTAMP(6) "
                         "AS ROW END, ADD PERIOD FOR SYSTEM_TIME(s, e), ADD SYSTEM "
                         "VERSIONING")),
      ElementsAre("d.t"));
}

TEST(Definitions, PuttingADefinitionEndsItsDoubt) {
  FollowedServer server(Brand::kMysql);
  server.run("CREATE TABLE t LIKE nowhere");
  model::DeclaredTable found{.id = {"d", "t"}};
  found.columns.emplace_back().name = "a";
  server.definitions().put(found);
  EXPECT_THAT(doubted(server.run("ALTER TABLE t ADD b INT")), IsEmpty());
  EXPECT_EQ(server.table("t"), "a int; b int");
}

TEST(Definitions, DropsAreListedOnlyForTablesThatWereKnown) {
  FollowedServer server(Brand::kMysql);
  server.run("CREATE TABLE a (x INT)");
  EXPECT_THAT(listed(server.run("DROP TABLE IF EXISTS `a`,`view` /* generated by server */")),
              ElementsAre("d.a: x int -> none"));
}

TEST(Definitions, DropDatabaseTakesAllOfItsTables) {
  FollowedServer server(Brand::kMysql);
  server.run("CREATE DATABASE dd CHARSET latin1");
  server.run("CREATE TABLE a (x INT)");
  server.run("CREATE TABLE dd.a (x INT)");
  EXPECT_THAT(listed(server.run("DROP DATABASE d")),
              ElementsAre("d.: \u0020-> none", "d.a: x int -> none"));
  EXPECT_THAT(server.definitions().ids(),
              ElementsAre(model::TableId{"dd", ""}, model::TableId{"dd", "a"}));
}

TEST(Definitions, TruncateAndWhatTouchesNoColumnChangeNothing) {
  FollowedServer server(Brand::kMysql);
  server.run("CREATE TABLE t (a INT)");
  for (const char* sql :
       {"TRUNCATE TABLE t", "ALTER TABLE t", "ANALYZE TABLE t", "ALTER TABLE t ADD KEY (a)",
        "CREATE INDEX i ON t (a)", "ALTER TABLE t ENGINE=InnoDB", "DROP INDEX i ON t",
        "CREATE VIEW v AS SELECT 1", "ALTER TABLE t TRUNCATE PARTITION p"}) {
    const auto changes = server.run(sql);
    EXPECT_THAT(listed(changes), IsEmpty()) << sql;
    EXPECT_THAT(doubted(changes), IsEmpty()) << sql;
  }
}

TEST(Definitions, TablesThatNobodyKeepsArePassedOver) {
  Definitions definitions(server_collations("mysql"));
  StatementContext context = mysql();
  context.default_database = "other";
  const auto keeps = [](const model::TableId& id) { return id.database == "d"; };
  for (const char* sql : {"CREATE DATABASE other CHARSET latin1", "CREATE TABLE t (a CHAR(1))",
                          "ALTER TABLE t ADD b INT", "RENAME TABLE t TO u", "DROP TABLE u"}) {
    const auto changes = definitions.apply(*parse_ddl(sql, context), context, keeps);
    EXPECT_THAT(changes.changed, IsEmpty()) << sql;
    EXPECT_THAT(changes.doubts, IsEmpty()) << sql;
  }
  EXPECT_EQ(definitions.size(), 0U);
}

TEST(Definitions, TableThatComesInFromAnUnkeptDatabaseIsInDoubt) {
  Definitions definitions(server_collations("mysql"));
  const StatementContext context = mysql();
  const auto keeps = [](const model::TableId& id) { return id.database == "d"; };
  const auto changes =
      definitions.apply(*parse_ddl("RENAME TABLE other.t TO d.t", context), context, keeps);
  EXPECT_THAT(doubted(changes), ElementsAre("d.t"));
}

TEST(Definitions, UnknownCharsetOfADatabaseMattersToColumnsOfTextOnly) {
  FollowedServer server(Brand::kMysql);
  EXPECT_THAT(doubted(server.run("CREATE TABLE nowhere.a (x INT, y CHAR(1) CHARSET latin1)")),
              IsEmpty());
  EXPECT_THAT(doubted(server.run("CREATE TABLE nowhere.b (y CHAR(1))")), ElementsAre("nowhere.b"));
  EXPECT_THAT(doubted(server.run("CREATE TABLE nowhere.c (y CHAR(1)) CHARSET latin1")), IsEmpty());
}

TEST(Definitions, DatabaseWithoutACharsetHasTheServersOfTheEvent) {
  FollowedServer server(Brand::kMysql);
  server.context().server_collation = 8;
  server.context().default_database = "e";
  server.run("CREATE DATABASE e");
  server.run("CREATE TABLE t (a CHAR(1))");
  EXPECT_EQ(server.definitions().find({"e", "t"})->columns[0].collation, "latin1_swedish_ci");
  server.run("ALTER DATABASE COLLATE utf8mb4_bin");
  EXPECT_EQ(server.definitions().find({"e", ""})->collation, "utf8mb4_bin");
  server.run("CREATE DATABASE IF NOT EXISTS e CHARSET latin2");
  EXPECT_EQ(server.definitions().find({"e", ""})->collation, "utf8mb4_bin");
}

TEST(Definitions, Utf8mb4WithoutACollationHasThatOfTheEvent) {
  FollowedServer server(Brand::kMysql);
  server.context().utf8mb4_collation = 45;
  server.run("CREATE TABLE t (a CHAR(1) CHARSET utf8mb4) CHARSET utf8mb4");
  EXPECT_EQ(server.table("t"), "a char(1) utf8mb4_general_ci");
  EXPECT_EQ(server.collation_of("t"), "utf8mb4_general_ci");
}

TEST(Definitions, CharsetWithoutACollationHasThatOfTheSessionOnMariadb) {
  FollowedServer server(Brand::kMariadb);
  server.context().default_collations = {{.of_charset = 45, .collation = 46}};
  server.run("CREATE TABLE t (a CHAR(1) CHARSET utf8mb4, b CHAR(1) CHARSET latin1)");
  EXPECT_EQ(server.table("t"), "a char(1) utf8mb4_bin; b char(1) latin1_swedish_ci");
}

TEST(Definitions, NamesOfTablesAreFoldedWhereTheServerFoldsThem) {
  FollowedServer server(Brand::kMysql);
  server.context().lower_case_table_names = 1;
  server.run("CREATE TABLE D.Orders (Id INT)");
  EXPECT_EQ(server.table("orders"), "Id int");
  server.run("ALTER TABLE ORDERS ADD X INT");
  EXPECT_EQ(server.table("orders"), "Id int; X int");
  server.run("RENAME TABLE Orders TO Ähren");
  EXPECT_EQ(server.table("ähren"), "Id int; X int");
}

TEST(Definitions, NamesOfTablesDifferByCaseElsewhere) {
  FollowedServer server(Brand::kMysql);
  server.run("CREATE TABLE l1 (a INT)");
  server.run("CREATE TABLE L1 (b INT)");
  EXPECT_EQ(server.table("l1"), "a int");
  EXPECT_EQ(server.table("L1"), "b int");
}

TEST(Definitions, SequencesAreKnownAsSuch) {
  FollowedServer server(Brand::kMariadb);
  server.run("CREATE SEQUENCE s");
  server.run("RENAME TABLE s TO r");
  EXPECT_EQ(server.table("r"), "sequence");
  server.run("CREATE TABLE t (a INT)");
  server.run("DROP SEQUENCE r, t");
  EXPECT_EQ(server.table("r"), "none");
  EXPECT_EQ(server.table("t"), "a int(11)");
}

TEST(Definitions, PartitionsBecomeTablesAndTablesPartitions) {
  FollowedServer server(Brand::kMariadb);
  server.run("CREATE TABLE t (a INT PRIMARY KEY)");
  EXPECT_THAT(listed(server.run("ALTER TABLE t CONVERT PARTITION p TO TABLE u")),
              ElementsAre("d.u: none -> a int(11) not null | PRIMARY(a)"));
  server.run("ALTER TABLE t CONVERT TABLE u TO PARTITION p VALUES LESS THAN (9)");
  EXPECT_EQ(server.table("u"), "none");
}

TEST(Definitions, ShorterColumnInAPrefixKeyIsADoubtWhereItDecidesWhatIdentifiesRows) {
  constexpr const char* kShorten = "ALTER TABLE t MODIFY a VARCHAR(2) NOT NULL";
  FollowedServer server(Brand::kMysql);
  server.run("CREATE TABLE t (a VARCHAR(9) NOT NULL, UNIQUE (a(3)))");
  EXPECT_THAT(doubted(server.run(kShorten)), ElementsAre("d.t"));
  server.run("DROP TABLE t");
  server.run("CREATE TABLE t (a VARCHAR(9) NOT NULL, UNIQUE (a(3)), id INT PRIMARY KEY)");
  EXPECT_THAT(doubted(server.run(kShorten)), IsEmpty());
}

}  // namespace
}  // namespace rowmill::schema
