// SPDX-License-Identifier: Apache-2.0
#include "schema/open_types.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "schema/tracked_catalog.h"

namespace rowmill::schema {
namespace {

using base::ErrorKind;
using binlog::FieldType;
using binlog::MapColumn;
using binlog::StringForm;
using model::ColumnKind;
using testing::HasSubstr;

MapColumn logged(std::string_view name, FieldType type, uint16_t metadata = 0) {
  return map_column(name, type, metadata, type == FieldType::kString ? 63 : 0);
}

MapColumn not_null(MapColumn column) {
  column.nullable = false;
  return column;
}

std::vector<ColumnKind> kinds(const Table& table) {
  std::vector<ColumnKind> all;
  for (const auto& column : table.definition.columns) all.push_back(column.kind);
  return all;
}

TEST(OpenTypes, AreBinariesOfTwoLengthsAndOldTemporals) {
  EXPECT_TRUE(is_open(logged("c", FieldType::kString, 16)));
  EXPECT_TRUE(is_open(logged("c", FieldType::kString, 4)));
  EXPECT_TRUE(is_open(logged("c", FieldType::kTime)));
  EXPECT_TRUE(is_open(logged("c", FieldType::kDateTime)));
  EXPECT_TRUE(is_open(logged("c", FieldType::kTimestamp)));
  EXPECT_FALSE(is_open(logged("c", FieldType::kString, 5)));
  EXPECT_FALSE(is_open(logged("c", FieldType::kTime2)));
  EXPECT_FALSE(is_open(logged("c", FieldType::kDate)));
  MapColumn text = logged("c", FieldType::kString, 16);
  text.collation = 8;
  EXPECT_FALSE(is_open(text));
}

TEST(OpenTypes, TheDefinitionSaysWhatTheyAre) {
  TrackedCatalog world({.mariadb = true});
  world.run(
      "CREATE TABLE orders (u UUID, i6 INET6, b BINARY(16), i4 INET4, b4 BINARY(4), t TIME, d "
      "DATETIME, s TIMESTAMP NULL)");
  const Table* table = world.table_of(
      named_map({logged("u", FieldType::kString, 16), logged("i6", FieldType::kString, 16),
                 logged("b", FieldType::kString, 16), logged("i4", FieldType::kString, 4),
                 logged("b4", FieldType::kString, 4), logged("t", FieldType::kTime),
                 logged("d", FieldType::kDateTime), logged("s", FieldType::kTimestamp)}));
  ASSERT_NE(table, nullptr);
  EXPECT_THAT(kinds(*table),
              testing::ElementsAre(ColumnKind::kUuid, ColumnKind::kInet6, ColumnKind::kBinary,
                                   ColumnKind::kInet4, ColumnKind::kBinary, ColumnKind::kTime,
                                   ColumnKind::kDateTime, ColumnKind::kTimestamp));
  EXPECT_EQ(table->layout.cells[0].string_form, StringForm::kUuid);
  EXPECT_EQ(table->layout.cells[1].string_form, StringForm::kInet6);
  EXPECT_EQ(table->layout.cells[2].string_form, StringForm::kPlain);
  EXPECT_EQ(table->layout.cells[3].string_form, StringForm::kInet4);
  EXPECT_EQ(world.questions, 0);
}

// ALTER TABLE orders MODIFY u UUID: the map of BINARY(16) has the same bytes.
TEST(OpenTypes, AreOtherOnesAfterAnAlterWithMapsOfTheSameBytes) {
  TrackedCatalog world({.mariadb = true});
  world.run("CREATE TABLE orders (u BINARY(16))");
  const auto map = named_map({logged("u", FieldType::kString, 16)});
  const Table* before = world.table_of(map);
  world.run("ALTER TABLE orders MODIFY u UUID");
  const Table* after = world.table_of(map);
  ASSERT_NE(after, nullptr);
  EXPECT_EQ(before->definition.columns[0].kind, ColumnKind::kBinary);
  EXPECT_EQ(after->definition.columns[0].kind, ColumnKind::kUuid);
}

TEST(OpenTypes, TheSourceIsAskedWhereNoDefinitionIsKnown) {
  TrackedCatalog world({.mariadb = true});
  world.source_has("CREATE TABLE orders (u UUID)");
  const Table* table = world.table_of(named_map({logged("u", FieldType::kString, 16)}));
  ASSERT_NE(table, nullptr);
  EXPECT_EQ(table->definition.columns[0].kind, ColumnKind::kUuid);
  EXPECT_EQ(world.questions, 1);
}

TEST(OpenTypes, OnMysqlNothingIsOpen) {
  TrackedCatalog world;
  const Table* table = world.table_of(
      named_map({logged("b", FieldType::kString, 16), logged("t", FieldType::kTime)}));
  ASSERT_NE(table, nullptr);
  EXPECT_THAT(kinds(*table), testing::ElementsAre(ColumnKind::kBinary, ColumnKind::kTime));
  EXPECT_EQ(world.questions, 0);
}

TEST(OpenTypes, TableThatIsGoneOrOtherwiseIsRefusedWithTheCure) {
  for (const std::string_view source :
       {"", "(id INT, renamed UUID)", "(id INT)", "(id INT, u UUID, more INT)",
        "(id INT, u VARCHAR(16))", "(id INT, u INET4)"}) {
    TrackedCatalog world({.mariadb = true});
    if (!source.empty()) world.source_has("CREATE TABLE orders " + std::string(source));
    const auto table = world.catalog.resolve(
        named_map({logged("id", FieldType::kLong), logged("u", FieldType::kString, 16)}));
    ASSERT_FALSE(table.ok()) << source;
    EXPECT_EQ(table.error().kind(), ErrorKind::kUnsupported);
    EXPECT_THAT(table.error().text(), HasSubstr("column u of table shop.orders"));
    EXPECT_THAT(table.error().text(), HasSubstr("BINARY(16), UUID or INET6"));
    EXPECT_THAT(table.error().remedy(), HasSubstr("rowmill offsets set"));
  }
}

TEST(OpenTypes, OldTemporalWithAFractionNamesTheCure) {
  TrackedCatalog world({.mariadb = true});
  world.run("CREATE TABLE orders (t TIME(3))");
  const auto table = world.catalog.resolve(named_map({logged("t", FieldType::kTime)}));
  ASSERT_FALSE(table.ok());
  EXPECT_EQ(table.error().kind(), ErrorKind::kUnsupported);
  EXPECT_THAT(table.error().text(), HasSubstr("column t of table shop.orders: time(3)"));
  EXPECT_THAT(table.error().remedy(),
              HasSubstr("mysql56_temporal_format = ON and ALTER TABLE shop.orders FORCE"));
}

// CREATE TABLE ... WITH SYSTEM VERSIONING: MariaDB adds two columns.
TEST(OpenTypes, HiddenVersionColumnsOfBeforeAreRefused) {
  TrackedCatalog world({.mariadb = true});
  world.run("CREATE TABLE orders (id INT, u UUID) WITH SYSTEM VERSIONING");
  const Table* table =
      world.table_of(named_map({logged("id", FieldType::kLong), logged("u", FieldType::kString, 16),
                                not_null(logged("row_start", FieldType::kTimestamp2, 6)),
                                not_null(logged("row_end", FieldType::kTimestamp2, 6))}));
  ASSERT_NE(table, nullptr);
  EXPECT_EQ(table->definition.columns[1].kind, ColumnKind::kUuid);
  const auto old = world.catalog.resolve(
      named_map({logged("id", FieldType::kLong), logged("u", FieldType::kString, 16),
                 not_null(logged("row_start", FieldType::kTimestamp)),
                 not_null(logged("row_end", FieldType::kTimestamp))},
                "old"));
  ASSERT_FALSE(old.ok());
  EXPECT_THAT(old.error().text(), HasSubstr("column row_start of table shop.orders: timestamp(6)"));
}

TEST(SilentColumns, AreTheVirtualOnes) {
  TrackedCatalog world({.mariadb = true});
  world.run("CREATE TABLE orders (id INT, twice INT AS (id * 2) VIRTUAL, kept INT AS (id) STORED)");
  const Table* table =
      world.table_of(named_map({logged("id", FieldType::kLong), logged("twice", FieldType::kLong),
                                logged("kept", FieldType::kLong)}));
  ASSERT_NE(table, nullptr);
  EXPECT_EQ(world.catalog.silent_columns(*table), (std::vector<bool>{false, true, false}));
}

TEST(SilentColumns, AreAllButTheKeyOfATableThatNobodyKnows) {
  model::TableDefinition table;
  table.columns.resize(2);
  table.key = {0};
  EXPECT_EQ(silent_columns(table, nullptr), (std::vector<bool>{false, true}));
}

}  // namespace
}  // namespace rowmill::schema
