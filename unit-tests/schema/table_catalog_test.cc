// SPDX-License-Identifier: Apache-2.0
#include "schema/table_catalog.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "schema/tracked_catalog.h"

namespace rowmill::schema {
namespace {

using base::Error;
using base::ErrorKind;
using binlog::FieldType;
using binlog::MapColumn;
using model::ColumnKind;
using testing::ElementsAre;
using testing::HasSubstr;
using How = FoundDefinition::How;

MapColumn column(FieldType type, uint16_t metadata = 0, uint32_t collation = 0) {
  return map_column("c", type, metadata, collation);
}

std::vector<std::string> names(const Table& table) {
  std::vector<std::string> all;
  for (const auto& each : table.definition.columns) all.push_back(each.name);
  return all;
}

/// CREATE TABLE orders (id INT NOT NULL, v VARCHAR(20) CHARSET latin1).
std::vector<MapColumn> id_and_text() {
  MapColumn id = column(FieldType::kLong);
  id.nullable = false;
  return {id, column(FieldType::kVarchar, 20)};
}
constexpr std::string_view kIdAndText =
    "CREATE TABLE orders (id INT UNSIGNED PRIMARY KEY, v VARCHAR(20) CHARSET latin1)";

TEST(NamedMap, DefinitionHasNamesKeysSignsAndCharsets) {
  TrackedCatalog world;
  MapColumn id = map_column("id", FieldType::kLongLong);
  id.is_unsigned = true;
  id.nullable = false;
  auto map = named_map(
      {column(FieldType::kVarchar, 80, 255), id, column(FieldType::kNewDecimal, 10 << 8 | 2)});
  map.primary_key = {1};
  const Table* table = world.table_of(map);
  ASSERT_NE(table, nullptr);
  const model::TableDefinition& definition = table->definition;
  EXPECT_EQ(model::to_string(definition.id), "shop.orders");
  EXPECT_THAT(definition.key, ElementsAre(1));
  EXPECT_EQ(definition.columns[0].kind, ColumnKind::kVarchar);
  EXPECT_EQ(definition.columns[1].name, "id");
  EXPECT_TRUE(definition.columns[1].is_unsigned);
  EXPECT_FALSE(definition.columns[1].nullable);
  EXPECT_EQ(definition.columns[2].length, 10U);
  EXPECT_EQ(definition.columns[2].scale, 2);
  EXPECT_EQ(table->layout.cells[0].charset->name(), "utf8mb4");
  EXPECT_EQ(table->layout.cells[1].charset, nullptr);
}

TEST(NamedMap, BinaryCollationMakesBytesOfText) {
  TrackedCatalog world;
  const Table* table = world.table_of(
      named_map({column(FieldType::kString, 16, 63), column(FieldType::kVarchar, 16, 63),
                 column(FieldType::kBlob, 2, 63)}));
  ASSERT_NE(table, nullptr);
  EXPECT_EQ(table->definition.columns[0].kind, ColumnKind::kBinary);
  EXPECT_EQ(table->definition.columns[1].kind, ColumnKind::kVarbinary);
  EXPECT_EQ(table->definition.columns[2].kind, ColumnKind::kBlob);
}

TEST(NamedMap, LabelsAreTurnedIntoUtf8) {
  TrackedCatalog world;
  MapColumn labels = column(FieldType::kEnum, 1, 8);
  labels.labels = {"\xe9t\xe9", "hiver"};
  const Table* table = world.table_of(named_map({labels}));
  ASSERT_NE(table, nullptr);
  EXPECT_THAT(table->definition.columns[0].labels, ElementsAre("\xc3\xa9t\xc3\xa9", "hiver"));
}

TEST(NamedMap, LabelsOfBytesAreTakenForUtf8) {
  TrackedCatalog world;
  MapColumn labels = column(FieldType::kEnum, 1, 63);
  labels.labels = {"\xc3\xa9t\xc3\xa9", "hiver"};
  const Table* table = world.table_of(named_map({labels}));
  ASSERT_NE(table, nullptr);
  EXPECT_THAT(table->definition.columns[0].labels, ElementsAre("\xc3\xa9t\xc3\xa9", "hiver"));
}

TEST(NamedMap, GeometryVectorAndOldTemporalsHaveTheirKinds) {
  TrackedCatalog world;
  MapColumn point = column(FieldType::kGeometry, 4);
  point.geometry_type = 1;
  const Table* table = world.table_of(
      named_map({point, column(FieldType::kVector, 4, 63), column(FieldType::kTimestamp),
                 column(FieldType::kTime), column(FieldType::kDateTime)}));
  ASSERT_NE(table, nullptr);
  const auto& columns = table->definition.columns;
  EXPECT_EQ(columns[0].kind, ColumnKind::kGeometry);
  EXPECT_EQ(columns[0].geometry_type, model::GeometryType::kPoint);
  EXPECT_EQ(columns[1].kind, ColumnKind::kVector);
  EXPECT_EQ(columns[2].kind, ColumnKind::kTimestamp);
  EXPECT_EQ(columns[3].kind, ColumnKind::kTime);
  EXPECT_EQ(columns[4].kind, ColumnKind::kDateTime);
  EXPECT_EQ(columns[4].scale, 0);
}

TEST(NamedMap, CompressedColumnsAreTextOrBytesByCollation) {
  TrackedCatalog world({.mariadb = true});
  const Table* table =
      world.table_of(named_map({column(FieldType::kMariadbVarcharCompressed, 81, 8),
                                column(FieldType::kMariadbVarcharCompressed, 81, 63),
                                column(FieldType::kMariadbBlobCompressed, 2, 8),
                                column(FieldType::kMariadbBlobCompressed, 2, 63)}));
  ASSERT_NE(table, nullptr);
  const auto& columns = table->definition.columns;
  EXPECT_EQ(columns[0].kind, ColumnKind::kVarchar);
  EXPECT_EQ(columns[0].length, 80U);
  EXPECT_EQ(columns[1].kind, ColumnKind::kVarbinary);
  EXPECT_EQ(columns[2].kind, ColumnKind::kText);
  EXPECT_EQ(columns[3].kind, ColumnKind::kBlob);
  EXPECT_EQ(table->layout.cells[0].charset->name(), "latin1");
  EXPECT_EQ(table->layout.cells[1].charset, nullptr);
}

TEST(NamedMap, OldDecimalNamesTableColumnAndCure) {
  TrackedCatalog world;
  const auto table = world.catalog.resolve(named_map({column(FieldType::kDecimalOld)}));
  ASSERT_FALSE(table.ok());
  EXPECT_EQ(table.error().kind(), ErrorKind::kUnsupported);
  EXPECT_THAT(table.error().text(), HasSubstr("column c of table shop.orders"));
  EXPECT_THAT(table.error().remedy(), HasSubstr("ALTER TABLE ... FORCE"));
}

TEST(NamedMap, ThatCouldNotBeReadIsRefusedWithItsReason) {
  TrackedCatalog world;
  auto map = named_map({});
  map.unreadable = Error(ErrorKind::kUnsupported, "unknown type 243");
  const auto table = world.catalog.resolve(map);
  ASSERT_FALSE(table.ok());
  EXPECT_EQ(table.error().kind(), ErrorKind::kUnsupported);
  EXPECT_EQ(table.error().message(), "unknown type 243");
}

TEST(NamedMap, CharsetThatIsNotKnownIsRefused) {
  TrackedCatalog world;
  const auto kind = [&](uint32_t collation, std::string_view body) {
    return world.catalog.resolve(named_map({column(FieldType::kVarchar, 10, collation)}, body))
        .error()
        .kind();
  };
  EXPECT_EQ(kind(300, "a"), ErrorKind::kUnsupported);
  EXPECT_EQ(kind(301, "b"), ErrorKind::kUnsupported);
}

TEST(NamedMap, KeyOutsideOfTheColumnsIsCorrupt) {
  TrackedCatalog world;
  auto map = named_map({column(FieldType::kLong)});
  map.primary_key = {1};
  EXPECT_EQ(world.catalog.resolve(map).error().kind(), ErrorKind::kCorrupt);
}

TEST(NamedMap, OfATableThatIsNotKnownMakesItsDefinition) {
  TrackedCatalog world;
  const auto resolved = world.catalog.resolve(named_map({map_column("n", FieldType::kLong)}));
  ASSERT_TRUE(resolved.ok()) << resolved.error().text();
  ASSERT_TRUE(resolved->found);
  EXPECT_EQ(resolved->found->how, How::kInMap);
  ASSERT_TRUE(world.tracker.find({"shop", "orders"}));
  EXPECT_EQ(world.tracker.find({"shop", "orders"})->columns[0].name, "n");
  EXPECT_EQ(world.questions, 0);
}

TEST(NamedMap, CorrectsADefinitionThatDoesNotFit) {
  TrackedCatalog world;
  world.run("CREATE TABLE orders (n INT, twice INT AS (n * 2) VIRTUAL)");
  const auto resolved = world.catalog.resolve(
      named_map({map_column("n", FieldType::kLongLong), map_column("twice", FieldType::kLong)}));
  ASSERT_TRUE(resolved.ok()) << resolved.error().text();
  ASSERT_TRUE(resolved->found);
  EXPECT_EQ(resolved->found->how, How::kCorrected);
  EXPECT_THAT(resolved->found->reason, HasSubstr("BIGINT"));
  const auto corrected = world.tracker.find({"shop", "orders"});
  ASSERT_TRUE(corrected);
  EXPECT_EQ(corrected->columns[0].type, model::SqlType::kBigInt);
  EXPECT_EQ(corrected->columns[1].generated, model::Generated::kVirtual);
}

TEST(NamedMap, ThatFitsTellsNothingNew) {
  TrackedCatalog world;
  world.run("CREATE TABLE orders (n INT)");
  const auto resolved = world.catalog.resolve(named_map({map_column("n", FieldType::kLong)}));
  ASSERT_TRUE(resolved.ok()) << resolved.error().text();
  EXPECT_FALSE(resolved->found);
}

TEST(UnnamedMap, IsReadByTheDefinitionInForce) {
  TrackedCatalog world;
  world.run(kIdAndText);
  world.run("ALTER TABLE orders ADD e ENUM('a','b') AFTER id, RENAME COLUMN v TO w");
  auto columns = id_and_text();
  columns.insert(columns.begin() + 1, column(FieldType::kEnum, 1));
  const Table* table = world.table_of(unnamed_map(columns));
  ASSERT_NE(table, nullptr);
  EXPECT_THAT(names(*table), ElementsAre("id", "e", "w"));
  EXPECT_TRUE(table->definition.columns[0].is_unsigned);
  EXPECT_THAT(table->definition.columns[1].labels, ElementsAre("a", "b"));
  EXPECT_EQ(table->layout.cells[2].charset->name(), "latin1");
  EXPECT_THAT(table->definition.key, ElementsAre(0));
  EXPECT_EQ(world.questions, 0);
}

TEST(UnnamedMap, WithTheSameBytesHasOtherNamesAfterARename) {
  TrackedCatalog world;
  world.run(kIdAndText);
  const auto map = unnamed_map(id_and_text());
  const Table* before = world.table_of(map);
  world.run("ALTER TABLE orders RENAME COLUMN v TO w");
  const Table* after = world.table_of(map);
  ASSERT_NE(after, nullptr);
  EXPECT_THAT(names(*before), ElementsAre("id", "v"));
  EXPECT_THAT(names(*after), ElementsAre("id", "w"));
}

TEST(UnnamedMap, OfEqualDefinitionsHasOneTable) {
  TrackedCatalog world;
  world.run(kIdAndText);
  const auto map = unnamed_map(id_and_text());
  const Table* first = world.table_of(map);
  EXPECT_EQ(world.table_of(unnamed_map(id_and_text(), "other flags")), first);
  world.run("ALTER TABLE orders ADD INDEX (v)");
  EXPECT_EQ(world.table_of(map), first);
  world.run("ALTER TABLE orders RENAME COLUMN v TO w");
  EXPECT_NE(world.table_of(map), first);
  world.run("ALTER TABLE orders RENAME COLUMN w TO v");
  EXPECT_EQ(world.table_of(map), first);
}

TEST(UnnamedMap, OfASequenceHasTheColumnsThatNobodyDeclares) {
  TrackedCatalog world({.mariadb = true});
  world.run("CREATE SEQUENCE orders");
  std::vector<MapColumn> columns(8, column(FieldType::kLongLong));
  columns[6].type = FieldType::kTiny;
  for (auto& each : columns) each.nullable = false;
  const Table* table = world.table_of(unnamed_map(columns));
  ASSERT_NE(table, nullptr);
  EXPECT_EQ(names(*table).front(), "next_not_cached_value");
  EXPECT_TRUE(table->definition.columns[5].is_unsigned);
}

TEST(Doubt, TableIsLookedUpAndBelievedIfItFits) {
  TrackedCatalog world;
  world.source_has(kIdAndText);
  const auto map = unnamed_map(id_and_text());
  const auto resolved = world.catalog.resolve(map);
  ASSERT_TRUE(resolved.ok()) << resolved.error().text();
  ASSERT_TRUE(resolved->found);
  EXPECT_EQ(resolved->found->how, How::kLookedUp);
  EXPECT_THAT(names(*resolved->table), ElementsAre("id", "v"));
  EXPECT_FALSE(world.catalog.resolve(map)->found);
  EXPECT_EQ(world.questions, 1);
}

TEST(Doubt, StopsWithTheStatementAndTheWaysOutIfNothingFits) {
  TrackedCatalog world;
  world.run(kIdAndText);
  world.run("ALTER TABLE orders FROBNICATE v", 4711);
  world.source_has("CREATE TABLE orders (id INT)");
  const auto resolved = world.catalog.resolve(unnamed_map(id_and_text()));
  ASSERT_FALSE(resolved.ok());
  EXPECT_EQ(resolved.error().kind(), ErrorKind::kConfig);
  EXPECT_THAT(resolved.error().text(), HasSubstr("shop.orders"));
  EXPECT_THAT(resolved.error().text(), HasSubstr("ALTER TABLE orders FROBNICATE v"));
  EXPECT_THAT(resolved.error().text(), HasSubstr("binlog.000001:4711"));
  EXPECT_THAT(resolved.error().remedy(), HasSubstr("schema.recovery.file"));
  EXPECT_THAT(resolved.error().remedy(), HasSubstr("schema.recovery=skip"));
}

TEST(Doubt, TableThatIsGoneFromTheSourceSaysSo) {
  TrackedCatalog world;
  const auto resolved = world.catalog.resolve(unnamed_map(id_and_text()));
  ASSERT_FALSE(resolved.ok());
  EXPECT_THAT(resolved.error().text(), HasSubstr("the source has no such table any more"));
}

TEST(Doubt, LinkThatFailsWhileLookingIsPassedOnAndTriedAgain) {
  TrackedCatalog world;
  world.answer = Error(ErrorKind::kRetry, "connection refused");
  const auto map = unnamed_map(id_and_text());
  EXPECT_EQ(world.catalog.resolve(map).error().kind(), ErrorKind::kRetry);
  world.source_has(kIdAndText);
  EXPECT_TRUE(world.catalog.resolve(map).ok());
}

TEST(Doubt, RowsArePassedOverIfSoWishedUntilADefinitionFits) {
  TrackedCatalog world({.pass_over_unknown = true});
  const auto map = unnamed_map(id_and_text());
  const auto resolved = world.catalog.resolve(map);
  ASSERT_TRUE(resolved.ok()) << resolved.error().text();
  EXPECT_EQ(resolved->table, nullptr);
  EXPECT_EQ(resolved->found->how, How::kNone);
  EXPECT_FALSE(world.catalog.resolve(map)->found);
  EXPECT_EQ(world.questions, 1);
  world.run(kIdAndText);
  EXPECT_NE(world.table_of(map), nullptr);
}

TEST(Doubt, TheFileOfDefinitionsIsAskedBeforeTheSource) {
  auto file = std::make_unique<Definitions>(some_collations());
  TrackedCatalog author;
  file->apply(*parse_ddl(kIdAndText, author.context), author.context,
              [](const auto&) { return true; });
  TrackedCatalog world({}, std::move(file));
  const auto resolved = world.catalog.resolve(unnamed_map(id_and_text()));
  ASSERT_TRUE(resolved.ok()) << resolved.error().text();
  EXPECT_EQ(resolved->found->how, How::kInFile);
  EXPECT_EQ(world.questions, 0);
}

TEST(Doubt, DefinitionThatDoesNotFitIsOne) {
  TrackedCatalog world;
  world.run("CREATE TABLE orders (id BIGINT)");
  world.source_has(kIdAndText);
  const auto resolved = world.catalog.resolve(unnamed_map(id_and_text()));
  ASSERT_TRUE(resolved.ok()) << resolved.error().text();
  EXPECT_EQ(resolved->found->how, How::kLookedUp);
  EXPECT_THAT(resolved->found->reason, HasSubstr("2 columns"));
}

/// A definition from the catalog whose label of a 4-byte character reads '?'.
model::DeclaredTable table_with_doubtful_label() {
  model::DeclaredTable table;
  table.id = {"shop", "orders"};
  model::DeclaredColumn label;
  label.name = "e";
  label.type = model::SqlType::kEnum;
  label.collation = "utf8mb4_0900_ai_ci";
  label.labels = {"a", "?"};
  label.labels_doubtful = true;
  table.columns = {label};
  return table;
}

TEST(DoubtfulLabels, AreMarkedInTheTable) {
  TrackedCatalog world;
  world.tracker.put(table_with_doubtful_label());
  const Table* table = world.table_of(unnamed_map({column(FieldType::kEnum, 1)}));
  ASSERT_NE(table, nullptr);
  EXPECT_THAT(table->doubtful_labels, ElementsAre(0));
}

TEST(DoubtfulLabels, AreSettledByTheFile) {
  auto file = std::make_unique<Definitions>(some_collations());
  auto sure = table_with_doubtful_label();
  sure.columns[0].labels[1] = "\xf0\x9f\x98\x80";
  sure.columns[0].labels_doubtful = false;
  file->put(sure);
  TrackedCatalog world({}, std::move(file));
  world.tracker.put(table_with_doubtful_label());
  const Table* table = world.table_of(unnamed_map({column(FieldType::kEnum, 1)}));
  ASSERT_NE(table, nullptr);
  EXPECT_THAT(table->doubtful_labels, ElementsAre());
  EXPECT_EQ(table->definition.columns[0].labels[1], "\xf0\x9f\x98\x80");
}

TEST(OutdatedTables, AreReleasedWhenTheyAreMany) {
  TrackedCatalog world;
  world.run("CREATE TABLE orders (c0 INT)");
  size_t released = 0;
  const auto map = unnamed_map({column(FieldType::kLong)});
  for (int i = 0; i < 100; ++i) {
    ASSERT_NE(world.table_of(map), nullptr);
    world.run("ALTER TABLE orders RENAME COLUMN c" + std::to_string(i) + " TO c" +
              std::to_string(i + 1));
    world.catalog.release_outdated([&](const Table&) { ++released; });
  }
  EXPECT_GE(released, 90U);
}

TEST(OutdatedTables, OfADroppedTableAreReleasedAtOnce) {
  TrackedCatalog world;
  world.run("CREATE TABLE orders (c INT)");
  ASSERT_NE(world.table_of(unnamed_map({column(FieldType::kLong)})), nullptr);
  world.run("DROP TABLE orders");
  size_t released = 0;
  world.catalog.release_outdated([&](const Table&) { ++released; });
  EXPECT_EQ(released, 1U);
}

}  // namespace
}  // namespace rowmill::schema
