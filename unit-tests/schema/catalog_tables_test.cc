// SPDX-License-Identifier: Apache-2.0
#include "schema/catalog_tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "schema/tracked_catalog.h"

namespace rowmill::schema {
namespace {

using model::CatalogColumn;
using model::CatalogTable;
using model::SqlType;
using testing::ElementsAre;

CatalogTable orders(std::vector<CatalogColumn> columns) {
  return {.id = {"shop", "orders"},
          .kind = "BASE TABLE",
          .engine = "InnoDB",
          .collation = "latin1_swedish_ci",
          .columns = std::move(columns),
          .keys = {}};
}

CatalogColumn column(std::string name, std::string type, std::string collation = "") {
  return {.name = std::move(name),
          .type = std::move(type),
          .collation = std::move(collation),
          .extra = ""};
}

model::DeclaredTable declared(const CatalogTable& table, bool mariadb = false) {
  StatementContext context;
  context.mariadb = mariadb;
  context.server_version = mariadb ? 101119 : 90704;
  const auto made = declared_table(table, some_collations(), context);
  EXPECT_TRUE(made.ok()) << made.error().text();
  return made.ok() ? *made : model::DeclaredTable{};
}

TEST(DeclaredTable, HasTheTypesOfTheCatalog) {
  const auto table =
      declared(orders({column("a", "int(10) unsigned zerofill"), column("b", "decimal(12,2)"),
                       column("c", "datetime(3)"), column("d", "varchar(20)", "latin1_swedish_ci"),
                       column("e", "enum('x','y''z')", "latin1_swedish_ci")}));
  ASSERT_EQ(table.columns.size(), 5U);
  EXPECT_EQ(table.columns[0].type, SqlType::kInt);
  EXPECT_TRUE(table.columns[0].is_unsigned && table.columns[0].zerofill);
  EXPECT_EQ(table.columns[1].length, 12U);
  EXPECT_EQ(table.columns[1].scale, 2);
  EXPECT_EQ(table.columns[2].length, std::nullopt);
  EXPECT_EQ(table.columns[2].scale, 3);
  EXPECT_EQ(table.columns[3].length, 20U);
  EXPECT_EQ(table.columns[3].collation, "latin1_swedish_ci");
  EXPECT_THAT(table.columns[4].labels, ElementsAre("x", "y'z"));
  EXPECT_EQ(table.collation, "latin1_swedish_ci");
}

TEST(DeclaredTable, TypeThatIsNotKnownNamesTheColumn) {
  StatementContext context;
  const auto made =
      declared_table(orders({column("a", "hyperlog(7)")}), some_collations(), context);
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().kind(), base::ErrorKind::kUnsupported);
  EXPECT_THAT(made.error().text(), testing::HasSubstr("column a of table shop.orders"));
}

TEST(DeclaredTable, EnumOfBytesIsBinaryOnBothServers) {
  EXPECT_EQ(declared(orders({column("e", "enum('x')")})).columns[0].collation, "binary");
  EXPECT_EQ(declared(orders({column("e", "enum('x')", "binary")}), true).columns[0].collation,
            "binary");
}

TEST(DeclaredTable, LabelsWithStandInsAreDoubtfulWhereTheCharsetHoldsMore) {
  EXPECT_TRUE(declared(orders({column("e", "enum('?')", "utf8mb4_0900_ai_ci")}))
                  .columns[0]
                  .labels_doubtful);
  EXPECT_FALSE(
      declared(orders({column("e", "enum('?')", "latin1_swedish_ci")})).columns[0].labels_doubtful);
  EXPECT_FALSE(declared(orders({column("e", "enum('x')", "utf8mb4_0900_ai_ci")}))
                   .columns[0]
                   .labels_doubtful);
}

TEST(DeclaredTable, AttributesAreThoseOfExtra) {
  auto generated = column("v", "int");
  generated.extra = "VIRTUAL GENERATED INVISIBLE";
  auto stored = column("s", "int");
  stored.extra = "STORED GENERATED";
  auto counter = column("id", "int");
  counter.extra = "auto_increment";
  const auto table = declared(orders({generated, stored, counter}));
  EXPECT_EQ(table.columns[0].generated, model::Generated::kVirtual);
  EXPECT_TRUE(table.columns[0].invisible);
  EXPECT_EQ(table.columns[1].generated, model::Generated::kStored);
  EXPECT_TRUE(table.columns[2].auto_increment);
}

TEST(DeclaredTable, VersionedTableHidesItsColumnsUnlessItShowsThem) {
  auto table = orders({column("id", "int")});
  table.kind = "SYSTEM VERSIONED";
  EXPECT_TRUE(declared(table, true).hidden_versioning);
  auto start = column("s", "timestamp(6)");
  start.row_start_or_end = true;
  table.columns.push_back(start);
  EXPECT_FALSE(declared(table, true).hidden_versioning);
}

TEST(DeclaredTable, CompressedIsAnAttribute) {
  const auto table = declared(
      orders({column("c", "varchar(9) /*M!100301 COMPRESSED*/", "latin1_swedish_ci")}), true);
  EXPECT_TRUE(table.columns[0].compressed);
  EXPECT_EQ(table.columns[0].length, 9U);
}

TEST(DeclaredTable, SequenceIsOne) {
  auto table = orders({column("next_not_cached_value", "bigint(21)")});
  table.kind = "SEQUENCE";
  EXPECT_TRUE(declared(table, true).sequence);
}

TEST(DeclaredTable, KeyThatTheCatalogMarksComesFirst) {
  auto a = column("a", "int");
  auto b = column("b", "int");
  a.nullable = b.nullable = false;
  b.in_row_key = true;
  auto table = orders({a, b, column("n", "int")});
  table.keys = {{.name = "n_is_null", .columns = {"n"}},
                {.name = "over_a", .columns = {"a"}},
                {.name = "over_b", .columns = {"b"}}};
  const auto made = declared(table);
  ASSERT_EQ(made.keys.size(), 3U);
  EXPECT_EQ(made.keys[0].name, "over_b");
  EXPECT_EQ(made.keys[1].name, "over_a");
  EXPECT_EQ(made.keys[2].name, "n_is_null");
}

TEST(DeclaredTable, HashIsAHiddenColumnUnlessTheEngineHasHashes) {
  auto table = orders({column("t", "text", "latin1_swedish_ci")});
  table.keys = {{.name = "t", .columns = {"t"}, .hash = true}};
  EXPECT_TRUE(declared(table, true).keys[0].hash);
  table.engine = "MEMORY";
  EXPECT_FALSE(declared(table, true).keys[0].hash);
  table.engine = "ndbcluster";
  EXPECT_FALSE(declared(table, false).keys[0].hash);
}

}  // namespace
}  // namespace rowmill::schema
