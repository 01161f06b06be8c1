// SPDX-License-Identifier: Apache-2.0
#include "schema/definition_tracker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "schema/tracked_catalog.h"

namespace rowmill::schema {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

model::DeclaredTable table_of(std::string name, std::vector<std::string> columns) {
  model::DeclaredTable table;
  table.id = {"shop", std::move(name)};
  table.collation = "latin1_swedish_ci";
  for (std::string& column : columns) {
    model::DeclaredColumn& made = table.columns.emplace_back();
    made.name = std::move(column);
  }
  return table;
}

/// The catalog was read where the binlog ended at 1000; statements come at 100 and, behind that, at
/// 2000.
class Tracker : public testing::Test {
 protected:
  Tracker() { context_.default_database = "shop"; }

  void catalog_has(model::DeclaredTable table) {
    table.as_of = CatalogPlace{.position = {"binlog.000001", 1000}};
    tracker_.put(table);
  }
  std::vector<model::DefinitionChange> run(std::string_view sql, uint64_t offset = 100) {
    return tracker_.on_statement(sql, context_,
                                 {.position = {"binlog.000001", offset}, .gtid = std::nullopt});
  }
  std::vector<std::string> columns(const std::string& table) {
    std::vector<std::string> names;
    const auto found = tracker_.find({"shop", table});
    if (!found) return {"unknown"};
    for (const auto& column : found->columns) names.push_back(column.name);
    return names;
  }

  StatementContext context_;
  DefinitionTracker tracker_{
      some_collations(),
      {.captures =
           [](const model::TableId& id) { return id.database == "shop" && id.table[0] != '_'; },
       .may_capture = [](const std::string& database) { return database != "mysql"; }}};
};

TEST_F(Tracker, KeepsAllTablesOfADatabaseOnceOneIsCaptured) {
  EXPECT_FALSE(tracker_.keeps({"shop", "_new"}));
  run("CREATE TABLE orders (id INT)");
  EXPECT_TRUE(tracker_.keeps({"shop", "_new"}));
  EXPECT_FALSE(tracker_.keeps({"other", "t"}));
  EXPECT_TRUE(tracker_.keeps({"other", ""}));
  EXPECT_FALSE(tracker_.keeps({"mysql", ""}));
}

TEST_F(Tracker, RenameBringsInATableThatIsNotCaptured) {
  run("CREATE TABLE orders (id INT)");
  run("CREATE TABLE _new LIKE orders");
  run("ALTER TABLE _new ADD v INT");
  run("RENAME TABLE orders TO _old, _new TO orders");
  EXPECT_THAT(columns("orders"), ElementsAre("id", "v"));
}

TEST_F(Tracker, StatementThatIsNotUnderstoodDoubtsTheTablesThatItNames) {
  run("CREATE TABLE orders (id INT)");
  run("CREATE TABLE customers (id INT)");
  const auto changes = run("ALTER TABLE orders FROBNICATE id", 300);
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_TRUE(changes[0].unknown);
  EXPECT_TRUE(changes[0].before);
  EXPECT_FALSE(changes[0].after);
  EXPECT_FALSE(tracker_.find({"shop", "orders"}));
  EXPECT_TRUE(tracker_.find({"shop", "customers"}));
  EXPECT_THAT(tracker_.reason_for_doubt({"shop", "orders"}),
              testing::AllOf(HasSubstr("binlog.000001:300"), HasSubstr("FROBNICATE")));
}

TEST_F(Tracker, StatementThatCannotHaveSucceededLeavesTheTableUnknown) {
  run("CREATE TABLE orders (id INT)");
  const auto changes = run("ALTER TABLE orders DROP nosuch");
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_TRUE(changes[0].unknown);
  EXPECT_NE(tracker_.reason_for_doubt({"shop", "orders"}), "");
  run("CREATE TABLE orders (id INT)");
  EXPECT_EQ(tracker_.reason_for_doubt({"shop", "orders"}), "");
}

TEST_F(Tracker, CreateTableThatComesAgainChangesNothing) {
  EXPECT_EQ(run("CREATE TABLE orders (id INT)").size(), 1U);
  EXPECT_EQ(run("CREATE TABLE orders (id INT)").size(), 0U);
}

TEST_F(Tracker, StatementThatTheCatalogHasSeenIsPassedOver) {
  for (const char* statement :
       {"ALTER TABLE orders ADD more INT", "ALTER TABLE orders DROP nosuch",
        "ALTER TABLE orders RENAME COLUMN id TO other", "ALTER TABLE orders FROBNICATE",
        "DROP TABLE orders", "DROP DATABASE shop", "CREATE UNIQUE INDEX u ON orders (id)",
        "CREATE TABLE IF NOT EXISTS orders (other INT)", "RENAME TABLE orders TO other",
        "RENAME TABLE _unknown TO orders", "CREATE TABLE orders LIKE _unknown"}) {
    catalog_has(table_of("orders", {"id"}));
    EXPECT_EQ(run(statement).size(), 0U) << statement;
    EXPECT_THAT(columns("orders"), ElementsAre("id")) << statement;
  }
}

TEST_F(Tracker, StatementBehindTheCatalogIsApplied) {
  catalog_has(table_of("orders", {"id"}));
  run("ALTER TABLE orders ADD more INT", 2000);
  EXPECT_THAT(columns("orders"), ElementsAre("id", "more"));
}

TEST_F(Tracker, CreateTableIsMoreExactThanTheCatalog) {
  catalog_has(table_of("orders", {"id", "added_later"}));
  run("CREATE TABLE orders (id INT)");
  EXPECT_THAT(columns("orders"), ElementsAre("id"));
  run("ALTER TABLE orders ADD added_later INT");
  EXPECT_THAT(columns("orders"), ElementsAre("id", "added_later"));
}

TEST_F(Tracker, RenameOfAFollowedTableIsMoreExactThanTheCatalog) {
  catalog_has(table_of("orders", {"id", "v", "added_later"}));
  run("CREATE TABLE _new (id INT, v INT)");
  run("RENAME TABLE orders TO _old, _new TO orders");
  EXPECT_THAT(columns("orders"), ElementsAre("id", "v"));
}

TEST_F(Tracker, TablesThatSwapTheirNamesHaveThemInTheCatalogAlready) {
  catalog_has(table_of("a", {"was_b"}));
  catalog_has(table_of("b", {"was_a"}));
  run("RENAME TABLE a TO tmp, b TO a, tmp TO b");
  EXPECT_THAT(columns("a"), ElementsAre("was_b"));
  EXPECT_THAT(columns("b"), ElementsAre("was_a"));
}

TEST_F(Tracker, DefinitionIsRecordedWithTheReadingUntilItIsPassed) {
  catalog_has(table_of("orders", {"id"}));
  ASSERT_TRUE(tracker_.recorded({"shop", "orders"})->as_of);
  EXPECT_EQ(tracker_.recorded({"shop", "orders"})->as_of->position.offset, 1000U);
  run("ALTER TABLE orders ADD more INT", 2000);
  EXPECT_FALSE(tracker_.recorded({"shop", "orders"})->as_of);
}

TEST_F(Tracker, ReadingsOfDifferentPlacesArePassedOneByOne) {
  auto later = table_of("later", {"id"});
  later.as_of = CatalogPlace{.position = {"binlog.000001", 5000}};
  tracker_.put(later);
  catalog_has(table_of("orders", {"id"}));
  run("ALTER TABLE orders ADD more INT", 2000);
  run("ALTER TABLE later ADD more INT", 3000);
  EXPECT_THAT(columns("orders"), ElementsAre("id", "more"));
  EXPECT_THAT(columns("later"), ElementsAre("id"));
}

TEST_F(Tracker, TableLikeOneThatIsKnownForLaterIsUnknown) {
  catalog_has(table_of("orders", {"id"}));
  run("CREATE TABLE fresh LIKE orders");
  EXPECT_THAT(columns("fresh"), ElementsAre("unknown"));
  EXPECT_NE(tracker_.reason_for_doubt({"shop", "fresh"}), "");
}

TEST(CatalogPlace, CoversByGtidWhereBothHaveIt) {
  const CatalogPlace mysql{
      .position = {"binlog.000001", 1000},
      .gtids = *model::MysqlGtidSet::parse("11111111-1111-1111-1111-111111111111:1-5")};
  const auto at = [](const char* gtid) {
    return StatementPlace{.position = {"other.000009", 1}, .gtid = *model::parse_gtid(gtid)};
  };
  EXPECT_TRUE(covers(mysql, at("11111111-1111-1111-1111-111111111111:5")));
  EXPECT_FALSE(covers(mysql, at("11111111-1111-1111-1111-111111111111:6")));
  const CatalogPlace mariadb{.position = {"binlog.000001", 1000},
                             .gtids = *model::MariadbGtidState::parse("0-1-10,1-2-3")};
  EXPECT_TRUE(covers(mariadb, at("0-7-10")));
  EXPECT_FALSE(covers(mariadb, at("0-1-11")));
  EXPECT_FALSE(covers(mariadb, at("2-1-1")));
}

TEST(CatalogPlace, CoversByFileNumberAndOffsetWithoutGtids) {
  const CatalogPlace place{.position = {"binlog.999999", 1000}};
  const auto covers_it = [&](const char* file, uint64_t offset) {
    return covers(place, {.position = {file, offset}, .gtid = std::nullopt});
  };
  EXPECT_TRUE(covers_it("binlog.999999", 1000));
  EXPECT_FALSE(covers_it("binlog.999999", 1001));
  EXPECT_TRUE(covers_it("binlog.999998", 5000));
  EXPECT_FALSE(covers_it("binlog.1000000", 4));
}

}  // namespace
}  // namespace rowmill::schema
