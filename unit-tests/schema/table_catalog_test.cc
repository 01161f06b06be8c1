// SPDX-License-Identifier: Apache-2.0
#include "schema/table_catalog.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <span>
#include <string>

namespace rowmill::schema {
namespace {

using base::ErrorKind;
using binlog::FieldType;
using binlog::MapColumn;
using model::ColumnKind;

binlog::TableMap map_of(std::vector<MapColumn> columns, std::string_view body = "body") {
  binlog::TableMap map;
  map.database = "shop";
  map.table = "orders";
  map.columns = std::move(columns);
  map.has_names = map.has_signedness = map.has_charsets = true;
  map.body = std::as_bytes(std::span(body));
  return map;
}

MapColumn column(FieldType type, uint16_t metadata = 0, uint32_t collation = 0) {
  MapColumn made;
  made.type = type;
  made.metadata = metadata;
  made.collation = collation;
  made.name = "c";
  return made;
}

TEST(TableCatalog, DefinitionHasNamesKeysSignsAndCharsets) {
  TableCatalog catalog({{255, {.charset = "utf8mb4"}}});
  MapColumn id = column(FieldType::kLongLong);
  id.name = "id";
  id.is_unsigned = true;
  id.nullable = false;
  auto map = map_of(
      {column(FieldType::kVarchar, 80, 255), id, column(FieldType::kNewDecimal, 10 << 8 | 2)});
  map.primary_key = {1, 0};
  const auto table = catalog.resolve(map);
  ASSERT_TRUE(table.ok()) << table.error().text();
  const model::TableDefinition& definition = (*table)->definition;
  EXPECT_EQ(model::to_string(definition.id), "shop.orders");
  EXPECT_THAT(definition.key, testing::ElementsAre(1, 0));
  EXPECT_EQ(definition.columns[0].kind, ColumnKind::kVarchar);
  EXPECT_EQ(definition.columns[1].name, "id");
  EXPECT_TRUE(definition.columns[1].is_unsigned);
  EXPECT_FALSE(definition.columns[1].nullable);
  EXPECT_EQ(definition.columns[2].length, 10U);
  EXPECT_EQ(definition.columns[2].scale, 2);
  EXPECT_EQ((*table)->layout.cells[0].charset->name(), "utf8mb4");
  EXPECT_EQ((*table)->layout.cells[1].charset, nullptr);
}

TEST(TableCatalog, BinaryCollationMakesBytesOfText) {
  TableCatalog catalog({});
  const auto table = catalog.resolve(
      map_of({column(FieldType::kString, 16, 63), column(FieldType::kVarchar, 16, 63),
              column(FieldType::kBlob, 2, 63)}));
  ASSERT_TRUE(table.ok()) << table.error().text();
  EXPECT_EQ((*table)->definition.columns[0].kind, ColumnKind::kBinary);
  EXPECT_EQ((*table)->definition.columns[1].kind, ColumnKind::kVarbinary);
  EXPECT_EQ((*table)->definition.columns[2].kind, ColumnKind::kBlob);
}

TEST(TableCatalog, LabelsAreTurnedIntoUtf8) {
  TableCatalog catalog({{8, {.charset = "latin1"}}});
  MapColumn labels = column(FieldType::kEnum, 1, 8);
  labels.labels = {"\xe9t\xe9", "hiver"};
  const auto table = catalog.resolve(map_of({labels}));
  ASSERT_TRUE(table.ok()) << table.error().text();
  EXPECT_THAT((*table)->definition.columns[0].labels,
              testing::ElementsAre("\xc3\xa9t\xc3\xa9", "hiver"));
}

TEST(TableCatalog, EqualMapsShareOneTableAndOthersDoNot) {
  TableCatalog catalog({});
  const auto first = catalog.resolve(map_of({column(FieldType::kLong)}, "one"));
  const auto again = catalog.resolve(map_of({column(FieldType::kLong)}, "one"));
  const auto altered = catalog.resolve(map_of({column(FieldType::kLong)}, "two"));
  EXPECT_EQ(*first, *again);
  EXPECT_NE(*first, *altered);
}

TEST(TableCatalog, SourceThatDoesNotLogNamesIsAConfigErrorWithTheStatement) {
  TableCatalog catalog({});
  auto map = map_of({column(FieldType::kLong)});
  map.has_names = false;
  const auto table = catalog.resolve(map);
  ASSERT_FALSE(table.ok());
  EXPECT_EQ(table.error().kind(), ErrorKind::kConfig);
  EXPECT_THAT(table.error().text(), testing::HasSubstr("binlog_row_metadata = FULL"));
}

TEST(TableCatalog, GeometryVectorAndOldTemporalsHaveTheirKinds) {
  TableCatalog catalog({});
  MapColumn point = column(FieldType::kGeometry, 4);
  point.geometry_type = 1;
  const auto table = catalog.resolve(
      map_of({point, column(FieldType::kVector, 4, 63), column(FieldType::kTimestamp),
              column(FieldType::kTime), column(FieldType::kDateTime)}));
  ASSERT_TRUE(table.ok()) << table.error().text();
  const auto& columns = (*table)->definition.columns;
  EXPECT_EQ(columns[0].kind, ColumnKind::kGeometry);
  EXPECT_EQ(columns[0].geometry_type, model::GeometryType::kPoint);
  EXPECT_EQ(columns[1].kind, ColumnKind::kVector);
  EXPECT_EQ(columns[2].kind, ColumnKind::kTimestamp);
  EXPECT_EQ(columns[3].kind, ColumnKind::kTime);
  EXPECT_EQ(columns[4].kind, ColumnKind::kDateTime);
  EXPECT_EQ(columns[4].scale, 0);
}

TEST(TableCatalog, CompressedColumnsAreTextOrBytesByCollation) {
  TableCatalog catalog({{8, {.charset = "latin1"}}});
  const auto table = catalog.resolve(map_of({column(FieldType::kMariadbVarcharCompressed, 81, 8),
                                             column(FieldType::kMariadbVarcharCompressed, 81, 63),
                                             column(FieldType::kMariadbBlobCompressed, 2, 8),
                                             column(FieldType::kMariadbBlobCompressed, 2, 63)}));
  ASSERT_TRUE(table.ok()) << table.error().text();
  const auto& columns = (*table)->definition.columns;
  EXPECT_EQ(columns[0].kind, ColumnKind::kVarchar);
  EXPECT_EQ(columns[0].length, 80U);
  EXPECT_EQ(columns[1].kind, ColumnKind::kVarbinary);
  EXPECT_EQ(columns[2].kind, ColumnKind::kText);
  EXPECT_EQ(columns[3].kind, ColumnKind::kBlob);
  EXPECT_EQ((*table)->layout.cells[0].charset->name(), "latin1");
  EXPECT_EQ((*table)->layout.cells[1].charset, nullptr);
}

TEST(TableCatalog, OldDecimalNamesTableColumnAndCure) {
  TableCatalog catalog({});
  const auto table = catalog.resolve(map_of({column(FieldType::kDecimalOld)}));
  ASSERT_FALSE(table.ok());
  EXPECT_EQ(table.error().kind(), ErrorKind::kUnsupported);
  EXPECT_THAT(table.error().text(), testing::HasSubstr("column c of table shop.orders"));
  EXPECT_THAT(table.error().remedy(), testing::HasSubstr("ALTER TABLE ... FORCE"));
}

TEST(TableCatalog, MapThatCouldNotBeReadIsRefusedWithItsReason) {
  TableCatalog catalog({});
  auto map = map_of({});
  map.unreadable = base::Error(ErrorKind::kUnsupported, "unknown type 243");
  const auto table = catalog.resolve(map);
  ASSERT_FALSE(table.ok());
  EXPECT_EQ(table.error().kind(), ErrorKind::kUnsupported);
  EXPECT_EQ(table.error().message(), "unknown type 243");
}

TEST(TableCatalog, CharsetThatIsNotKnownIsRefused) {
  TableCatalog catalog({{300, {.charset = "klingon"}}});
  EXPECT_EQ(catalog.resolve(map_of({column(FieldType::kVarchar, 10, 300)}, "a")).error().kind(),
            ErrorKind::kUnsupported);
  EXPECT_EQ(catalog.resolve(map_of({column(FieldType::kVarchar, 10, 301)}, "b")).error().kind(),
            ErrorKind::kUnsupported);
}

TEST(TableCatalog, KeyOutsideOfTheColumnsIsCorrupt) {
  TableCatalog catalog({});
  auto map = map_of({column(FieldType::kLong)});
  map.primary_key = {1};
  EXPECT_EQ(catalog.resolve(map).error().kind(), ErrorKind::kCorrupt);
}

}  // namespace
}  // namespace rowmill::schema
