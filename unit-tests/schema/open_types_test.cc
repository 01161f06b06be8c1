// SPDX-License-Identifier: Apache-2.0
#include "schema/open_types.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "schema/table_catalog.h"

namespace rowmill::schema {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using binlog::FieldType;
using binlog::MapColumn;
using binlog::StringForm;
using model::CatalogColumn;
using model::ColumnKind;
using testing::HasSubstr;

MapColumn logged(std::string_view name, FieldType type, uint16_t metadata = 0) {
  MapColumn column;
  column.name = name;
  column.type = type;
  column.metadata = metadata;
  column.collation = type == FieldType::kString ? 63 : 0;
  return column;
}

binlog::TableMap map_of(std::vector<MapColumn> columns, std::string_view body = "body") {
  binlog::TableMap map;
  map.database = "shop";
  map.table = "orders";
  map.columns = std::move(columns);
  map.has_names = map.has_signedness = map.has_charsets = true;
  map.body = std::as_bytes(std::span(body));
  return map;
}

CatalogColumn now(std::string name, std::string type, std::optional<uint8_t> digits = {}) {
  return {.name = std::move(name), .type = std::move(type), .fraction_digits = digits};
}

/// A source whose answers the test sets; counts the questions.
struct Source {
  Result<std::vector<CatalogColumn>> answer = std::vector<CatalogColumn>{};
  int questions = 0;

  CatalogReader reader() {
    return [this](const model::TableId& table) {
      EXPECT_EQ(model::to_string(table), "shop.orders");
      ++questions;
      return answer;
    };
  }
};

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

TEST(OpenTypes, TheSourceSaysWhatTheyAre) {
  Source source;
  source.answer = std::vector{now("u", "uuid"),        now("i6", "inet6"),      now("b", "binary"),
                              now("i4", "inet4"),      now("b4", "binary"),     now("t", "time", 0),
                              now("d", "datetime", 0), now("s", "timestamp", 0)};
  TableCatalog catalog({}, source.reader());
  const auto table = catalog.resolve(
      map_of({logged("u", FieldType::kString, 16), logged("i6", FieldType::kString, 16),
              logged("b", FieldType::kString, 16), logged("i4", FieldType::kString, 4),
              logged("b4", FieldType::kString, 4), logged("t", FieldType::kTime),
              logged("d", FieldType::kDateTime), logged("s", FieldType::kTimestamp)}));
  ASSERT_TRUE(table.ok()) << table.error().text();
  EXPECT_THAT(kinds(**table),
              testing::ElementsAre(ColumnKind::kUuid, ColumnKind::kInet6, ColumnKind::kBinary,
                                   ColumnKind::kInet4, ColumnKind::kBinary, ColumnKind::kTime,
                                   ColumnKind::kDateTime, ColumnKind::kTimestamp));
  EXPECT_EQ((*table)->layout.cells[0].string_form, StringForm::kUuid);
  EXPECT_EQ((*table)->layout.cells[1].string_form, StringForm::kInet6);
  EXPECT_EQ((*table)->layout.cells[2].string_form, StringForm::kPlain);
  EXPECT_EQ((*table)->layout.cells[3].string_form, StringForm::kInet4);
}

TEST(OpenTypes, TableWithoutThemIsNotAskedFor) {
  Source source;
  TableCatalog catalog({}, source.reader());
  ASSERT_TRUE(catalog.resolve(map_of({logged("n", FieldType::kLong)})).ok());
  EXPECT_EQ(source.questions, 0);
}

TEST(OpenTypes, OnMysqlNothingIsOpen) {
  TableCatalog catalog({});
  const auto table =
      catalog.resolve(map_of({logged("b", FieldType::kString, 16), logged("t", FieldType::kTime)}));
  ASSERT_TRUE(table.ok()) << table.error().text();
  EXPECT_THAT(kinds(**table), testing::ElementsAre(ColumnKind::kBinary, ColumnKind::kTime));
}

TEST(OpenTypes, TableThatIsGoneOrOtherwiseIsRefusedWithTheCure) {
  const std::vector<std::vector<CatalogColumn>> answers = {
      {},
      {now("id", "int"), now("renamed", "uuid")},
      {now("id", "int")},
      {now("id", "int"), now("u", "uuid"), now("more", "int")},
      {now("id", "int"), now("u", "varchar")},
      {now("id", "int"), now("u", "inet4")},
  };
  for (const auto& answer : answers) {
    Source source;
    source.answer = answer;
    TableCatalog catalog({}, source.reader());
    const auto table = catalog.resolve(
        map_of({logged("id", FieldType::kLong), logged("u", FieldType::kString, 16)}));
    ASSERT_FALSE(table.ok()) << testing::PrintToString(answer.size());
    EXPECT_EQ(table.error().kind(), ErrorKind::kUnsupported);
    EXPECT_THAT(table.error().text(), HasSubstr("column u of table shop.orders"));
    EXPECT_THAT(table.error().text(), HasSubstr("BINARY(16), UUID or INET6"));
    EXPECT_THAT(table.error().remedy(), HasSubstr("rowmill offsets set"));
  }
}

TEST(OpenTypes, OldTemporalWithAFractionNamesTheCure) {
  Source source;
  source.answer = std::vector{now("t", "time", 3)};
  TableCatalog catalog({}, source.reader());
  const auto table = catalog.resolve(map_of({logged("t", FieldType::kTime)}));
  ASSERT_FALSE(table.ok());
  EXPECT_EQ(table.error().kind(), ErrorKind::kUnsupported);
  EXPECT_THAT(table.error().text(), HasSubstr("column t of table shop.orders: time(3)"));
  EXPECT_THAT(table.error().remedy(),
              HasSubstr("mysql56_temporal_format = ON and ALTER TABLE shop.orders FORCE"));
}

// CREATE TABLE ... WITH SYSTEM VERSIONING: information_schema of MariaDB 10.11 lists id and u.
TEST(OpenTypes, HiddenVersionColumnsAreNotInTheCatalog) {
  Source source;
  source.answer = std::vector{now("id", "int"), now("u", "uuid")};
  TableCatalog catalog({}, source.reader());
  const auto table =
      catalog.resolve(map_of({logged("id", FieldType::kLong), logged("u", FieldType::kString, 16),
                              logged("row_start", FieldType::kTimestamp2, 6),
                              logged("row_end", FieldType::kTimestamp2, 6)}));
  ASSERT_TRUE(table.ok()) << table.error().text();
  EXPECT_EQ((*table)->definition.columns[1].kind, ColumnKind::kUuid);
  const auto old = catalog.resolve(
      map_of({logged("id", FieldType::kLong), logged("u", FieldType::kString, 16),
              logged("row_start", FieldType::kTimestamp), logged("row_end", FieldType::kTimestamp)},
             "old"));
  ASSERT_FALSE(old.ok());
  EXPECT_THAT(old.error().text(), HasSubstr("column row_start of table shop.orders: timestamp(6)"));
}

TEST(OpenTypes, AnswerHoldsForMapsOfTheSameBytes) {
  Source source;
  source.answer = std::vector{now("u", "uuid")};
  TableCatalog catalog({}, source.reader());
  const auto map = map_of({logged("u", FieldType::kString, 16)});
  const auto first = catalog.resolve(map);
  ASSERT_TRUE(first.ok()) << first.error().text();
  source.answer = std::vector<CatalogColumn>{};
  EXPECT_EQ(*catalog.resolve(map), *first);
  EXPECT_EQ(source.questions, 1);
}

// ALTER TABLE orders MODIFY u UUID: the map of BINARY(16) has the same bytes.
TEST(OpenTypes, StatementThatNamesTheTableLetsTheSourceBeAskedAgain) {
  Source source;
  source.answer = std::vector{now("u", "binary")};
  TableCatalog catalog({}, source.reader());
  const auto map = map_of({logged("u", FieldType::kString, 16)});
  const auto before = catalog.resolve(map);
  ASSERT_TRUE(before.ok()) << before.error().text();

  source.answer = std::vector{now("u", "uuid")};
  catalog.on_statement("ALTER TABLE customers ADD x INT");
  EXPECT_EQ(*catalog.resolve(map), *before);
  EXPECT_EQ(source.questions, 1);
  catalog.on_statement("alter table `Orders` modify u uuid");
  const auto after = catalog.resolve(map);
  ASSERT_TRUE(after.ok()) << after.error().text();
  EXPECT_EQ((*after)->definition.columns[0].kind, ColumnKind::kUuid);
  EXPECT_EQ((*before)->definition.columns[0].kind, ColumnKind::kBinary);
  EXPECT_EQ(*catalog.resolve(map), *after);
  EXPECT_EQ(source.questions, 2);
}

TEST(OpenTypes, EarlierAnswerHoldsWhereTheSourceKnowsNothingNewer) {
  Source source;
  source.answer = std::vector{now("u", "uuid")};
  TableCatalog catalog({}, source.reader());
  const auto map = map_of({logged("u", FieldType::kString, 16)});
  const auto before = catalog.resolve(map);
  ASSERT_TRUE(before.ok()) << before.error().text();
  source.answer = std::vector<CatalogColumn>{};
  catalog.on_statement("ALTER TABLE orders ADD INDEX (u)");
  const auto after = catalog.resolve(map);
  ASSERT_TRUE(after.ok()) << after.error().text();
  EXPECT_EQ(*after, *before);
}

TEST(OpenTypes, LinkThatFailsWhileAskingIsPassedOnAndAskedAgain) {
  Source source;
  source.answer = Error(ErrorKind::kRetry, "connection refused");
  TableCatalog catalog({}, source.reader());
  const auto map = map_of({logged("u", FieldType::kString, 16)});
  const auto failed = catalog.resolve(map);
  ASSERT_FALSE(failed.ok());
  EXPECT_EQ(failed.error().kind(), ErrorKind::kRetry);
  source.answer = std::vector{now("u", "uuid")};
  EXPECT_TRUE(catalog.resolve(map).ok());
}

TEST(SilentColumns, AreTheVirtualOnesAskedForOnceUntilAStatementNamesTheTable) {
  Source source;
  CatalogColumn twice = now("twice", "int");
  twice.is_virtual = true;
  source.answer = std::vector{now("id", "int"), twice};
  TableCatalog catalog({}, source.reader());
  const auto* table =
      catalog.resolve(map_of({logged("id", FieldType::kLong), logged("twice", FieldType::kLong)}))
          .value();
  for (const int questions : {1, 1}) {
    EXPECT_EQ(**catalog.silent_columns(*table), (std::vector<bool>{false, true}));
    EXPECT_EQ(source.questions, questions);
  }
  catalog.on_statement("ALTER TABLE orders ADD INDEX (twice)");
  EXPECT_TRUE(catalog.silent_columns(*table).ok());
  EXPECT_EQ(source.questions, 2);
}

TEST(SilentColumns, AreAllButTheKeyOfATableThatTheSourceDoesNotKnow) {
  Source source;
  source.answer = std::vector{now("id", "int")};
  TableCatalog catalog({}, source.reader());
  auto map = map_of({logged("id", FieldType::kLong), logged("twice", FieldType::kLong)});
  map.primary_key = {0};
  const auto* table = catalog.resolve(map).value();
  EXPECT_EQ(**catalog.silent_columns(*table), (std::vector<bool>{false, true}));
}

TEST(SilentColumns, AreNoneWhereNothingIsOpen) {
  TableCatalog catalog{{}};
  const auto* table = catalog.resolve(map_of({logged("id", FieldType::kLong)})).value();
  EXPECT_EQ(*catalog.silent_columns(*table), nullptr);
}

}  // namespace
}  // namespace rowmill::schema
