// SPDX-License-Identifier: Apache-2.0
#include "kafka/definition_record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "support/schema_file.h"

namespace rowmill::kafka {
namespace {

using base::ErrorKind;
using model::DeclaredColumn;
using model::DeclaredTable;
using model::SqlType;
using test::schema_file;
using test::violation;
using testing::HasSubstr;

const HistoryPlace kPlace{{"binlog.000003", 5'000'000'000}, "0-1-17"};

DeclaredTable customers() {
  DeclaredTable table{.id = {"shop", "customers"}, .collation = "utf8mb4_0900_ai_ci"};
  table.columns = {
      {.name = "id", .type = SqlType::kInt, .nullable = false, .auto_increment = true},
      {.name = "name", .type = SqlType::kVarchar, .length = 100, .collation = table.collation},
      {.name = "kind",
       .type = SqlType::kEnum,
       .collation = "latin1_swedish_ci",
       .labels = {"ä", "\"b\\"}},
      {.name = "price", .type = SqlType::kDecimal, .length = 10, .scale = 2, .is_unsigned = true},
      {.name = "place",
       .type = SqlType::kGeometry,
       .geometry_type = model::GeometryType::kPoint,
       .generated = model::Generated::kStored}};
  table.keys = {{.name = "PRIMARY", .columns = {"id"}},
                {.name = "name", .columns = {"name", ""}, .partial = true, .hash = true}};
  return table;
}

/// Any table, of whatever types and attributes, whether a server allows them or not.
class RandomTables {
 public:
  explicit RandomTables(uint32_t seed) : random_(seed) {}

  DeclaredTable next() {
    DeclaredTable table{.id = {text(), text()}, .collation = collation()};
    for (size_t i = below(12); i > 0; --i) table.columns.push_back(column());
    for (size_t i = below(4); i > 0; --i) {
      table.keys.push_back(
          {.name = text(), .columns = {text(), ""}, .partial = flag(), .hash = flag()});
    }
    table.hidden_versioning = flag();
    table.sequence = flag();
    if (flag()) {
      table.as_of = model::CatalogPlace{.position = {text(), below(1'000'000)}};
      if (flag()) table.as_of->gtids = *model::MariadbGtidState::parse("0-1-7,2-1-9");
    }
    return table;
  }

 private:
  size_t below(size_t limit) {
    return std::uniform_int_distribution<size_t>(0, limit - 1)(random_);
  }
  bool flag() { return below(2) == 1; }
  std::string text() {
    const std::vector<std::string> texts = {"a", "order", "größe",    "日本",
                                            "😀", "a\"b",  "\\n\n\x01"};
    return texts[below(texts.size())] + std::to_string(below(100));
  }
  std::string collation() {
    const std::vector<std::string> names = {"", "binary", "utf8mb4_bin"};
    return names[below(3)];
  }
  DeclaredColumn column() {
    DeclaredColumn column{.name = text()};
    column.type = static_cast<SqlType>(below(static_cast<size_t>(SqlType::kInet6) + 1));
    if (flag()) column.length = static_cast<uint32_t>(random_());
    column.scale = static_cast<uint8_t>(below(31));
    column.is_unsigned = flag();
    column.zerofill = flag();
    column.nullable = flag();
    column.collation = collation();
    for (size_t i = below(3); i > 0; --i) column.labels.push_back(text());
    if (column.type == SqlType::kGeometry) {
      column.geometry_type = static_cast<model::GeometryType>(below(8));
    }
    column.generated = static_cast<model::Generated>(below(3));
    column.auto_increment = flag();
    column.invisible = flag();
    column.compressed = flag();
    column.labels_doubtful = flag();
    return column;
  }

  std::mt19937 random_;
};

TEST(HistoryKey, NamesConnectorDatabaseAndTable) {
  EXPECT_EQ(encode_history_key({"orders", model::TableId{"shop", "customers"}}),
            R"({"connector":"orders","database":"shop","table":"customers"})");
  EXPECT_EQ(encode_history_key({"orders"}), R"({"connector":"orders"})");
}

TEST(HistoryKey, SurvivesARoundTrip) {
  for (const HistoryKey& key : {HistoryKey{"a\"b"}, HistoryKey{"o", model::TableId{"größe", "\\😀"}},
                                HistoryKey{"o", model::TableId{"shop", ""}}}) {
    EXPECT_EQ(decode_history_key(encode_history_key(key)), key);
  }
}

TEST(HistoryKey, WhatRowmillDidNotWriteIsAbsent) {
  const std::vector<std::string> others = {"",
                                           "null",
                                           "[]",
                                           "{}",
                                           R"({"databaseName":"shop"})",
                                           R"({"connector":1})",
                                           R"({"connector":"o","database":"d"})",
                                           R"({"connector":"o","database":"d","table":null})",
                                           R"({"connector":"o","database":"d","table":"t","x":1})",
                                           "\xff",
                                           std::string(100'000, '[')};
  for (const std::string& key : others) {
    EXPECT_FALSE(decode_history_key(key).has_value()) << key.substr(0, 80);
  }
}

TEST(DefinitionRecord, UsualValuesAreLeftOut) {
  EXPECT_EQ(
      encode_definition(customers(), kPlace),
      R"({"v":1,"at":{"file":"binlog.000003","pos":5000000000,"gtid":"0-1-17"},)"
      R"("collation":"utf8mb4_0900_ai_ci","columns":[)"
      R"({"name":"id","type":"int","nullable":false,"auto_increment":true},)"
      R"({"name":"name","type":"varchar","length":100},)"
      R"({"name":"kind","type":"enum","collation":"latin1_swedish_ci","labels":["ä","\"b\\"]},)"
      R"({"name":"price","type":"decimal","length":10,"scale":2,"unsigned":true},)"
      R"({"name":"place","type":"point","generated":"stored"}],)"
      R"("keys":[{"name":"PRIMARY","columns":["id"]},)"
      R"({"name":"name","columns":["name",""],"partial":true,"hash":true}]})");
}

TEST(DefinitionRecord, EveryTableSurvivesARoundTrip) {
  const auto file = schema_file("schema-history.schema.json");
  const rapidjson::SchemaDocument schema(file);
  RandomTables tables(7);
  for (int i = 0; i < 3000; ++i) {
    const DeclaredTable table = tables.next();
    const HistoryPlace place{{"b.1", 4}, i % 2 == 0 ? "" : "uuid:1-5"};
    const std::string value = encode_definition(table, place);
    const auto read = decode_definition(table.id, value);
    ASSERT_TRUE(read.ok()) << read.error().text() << value;
    ASSERT_EQ(*read, (DefinitionRecord{table, place})) << value;
    if (i < 300) {
      ASSERT_EQ(violation(schema, value), "");
    }
  }
}

TEST(DefinitionRecord, EveryTypeHasAWordOfItsOwn) {
  for (int type = 0; type <= static_cast<int>(SqlType::kInet6); ++type) {
    DeclaredTable table{.id = {"d", "t"}};
    table.columns = {{.name = "c", .type = static_cast<SqlType>(type)}};
    const auto read = decode_definition(table.id, encode_definition(table, kPlace));
    ASSERT_TRUE(read.ok()) << type;
    EXPECT_EQ(read->table, table) << type;
  }
}

TEST(DefinitionRecord, DamageIsCorruptAndSaysWhat) {
  const auto with_column = [](const std::string& column) {
    return R"({"v":1,"at":{"file":"b.1","pos":4},"columns":[)" + column + "]}";
  };
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", "is not JSON"},
      {"[]", "is not a JSON object"},
      {"{}", "\"v\" is missing"},
      {R"({"v":1})", "\"at\" is not a place"},
      {R"({"v":1,"at":{"pos":4}})", "\"file\" is missing"},
      {R"({"v":1,"at":{"file":"b.1","pos":-4}})", "\"pos\" is not a whole number in range"},
      {R"({"v":1,"at":{"file":"b.1","pos":4},"columns":{}})", "\"columns\" is not a list"},
      {with_column("1"), "\"columns\" has an entry that is no object"},
      {with_column(R"({"type":"int"})"), "\"columns\" entry 1: \"name\" is missing"},
      {with_column(R"({"name":"a","type":"integer"})"), "unknown word integer"},
      {with_column(R"({"name":"a","type":"int","length":4294967296})"), "\"length\" is not"},
      {with_column(R"({"name":"a","type":"int","nullable":0})"), "\"nullable\" is not true"},
      {with_column(R"({"name":"a","type":"set","labels":[1]})"), "\"labels\" has an entry"},
      {with_column(R"({"name":"a","type":"int","generated":"now"})"), "unknown word now"}};
  for (const auto& [value, what] : cases) {
    const auto read = decode_definition({"d", "t"}, value);
    ASSERT_FALSE(read.ok()) << value;
    EXPECT_EQ(read.error().kind(), ErrorKind::kCorrupt);
    EXPECT_THAT(read.error().message(), HasSubstr(what));
    EXPECT_THAT(read.error().remedy(), HasSubstr("Delete both topics"));
  }
}

TEST(DefinitionRecord, EveryTruncationIsCorrupt) {
  const std::string value = encode_definition(customers(), kPlace);
  for (size_t size = 0; size < value.size(); ++size) {
    const auto read = decode_definition({"d", "t"}, value.substr(0, size));
    ASSERT_FALSE(read.ok()) << size;
    EXPECT_EQ(read.error().kind(), ErrorKind::kCorrupt);
  }
}

TEST(DefinitionRecord, LaterFormIsForAPerson) {
  const auto read = decode_definition({"d", "t"}, R"({"v":2,"everything":"new"})");
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().kind(), ErrorKind::kConfig);
  EXPECT_THAT(read.error().text(), HasSubstr("later"));
}

TEST(DefinitionRecord, UnknownNamesArePassedOver) {
  const auto read = decode_definition(
      {"d", "t"}, R"({"v":1,"new":[1],"at":{"file":"b.1","pos":4,"x":1},"collation":"binary"})");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->table, (DeclaredTable{.id = {"d", "t"}, .collation = "binary"}));
}

TEST(HistoryHead, SurvivesARoundTripAndIsValid) {
  const auto file = schema_file("schema-history.schema.json");
  for (const HistoryHead& head :
       {HistoryHead{{kPlace}, 17}, HistoryHead{{kPlace, HistoryPlace{{"binlog.000009", 4}}}, 0}}) {
    const auto read = decode_head(encode_head(head));
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(*read, head);
    EXPECT_EQ(violation(rapidjson::SchemaDocument(file), encode_head(head)), "");
  }
}

TEST(PastRecord, SurvivesARoundTripAndIsValid) {
  const auto file = schema_file("schema-history-past.schema.json");
  const rapidjson::SchemaDocument schema(file);
  const PastRecord first{.connector = "orders", .at = kPlace};
  const PastRecord later{.connector = "orders",
                         .at = {{"binlog.000003", 9}},
                         .previous = HistoryEnd{kPlace, HistoryPlace{{"binlog.000009", 4}}},
                         .sql = "ALTER TABLE `ä` ADD c INT",
                         .replaced = {{{"shop", "customers"}, customers()},
                                      {{"shop", "orders"}, std::nullopt},
                                      {{"shop", ""}, DeclaredTable{.id = {"shop", ""}}}}};
  for (const PastRecord& record : {first, later}) {
    const std::string value = encode_past(record);
    const auto read = decode_past(value);
    ASSERT_TRUE(read.ok()) << read.error().text();
    EXPECT_EQ(*read, record);
    EXPECT_EQ(violation(schema, value), "");
  }
}

TEST(PastRecord, DamageIsCorrupt) {
  const PastRecord record{.connector = "orders",
                          .at = kPlace,
                          .previous = HistoryEnd{kPlace},
                          .replaced = {{{"shop", "customers"}, customers()}}};
  const std::string value = encode_past(record);
  for (size_t size = 0; size < value.size(); ++size) {
    ASSERT_FALSE(decode_past(value.substr(0, size)).ok()) << size;
  }
  for (
      const char* text :
      {R"({"v":1,"at":{"file":"b.1","pos":4},"replaced":[]})",
       R"({"v":1,"at":{"file":"b.1","pos":4},"connector":"o"})",
       R"({"v":1,"at":{"file":"b.1","pos":4},"connector":"o","replaced":[1]})",
       R"({"v":1,"at":{"file":"b.1","pos":4},"connector":"o","replaced":[{}]})",
       R"({"v":1,"at":{"file":"b.1","pos":4},"connector":"o","previous":5,"replaced":[]})",
       R"({"v":1,"at":{"file":"b.1","pos":4},"connector":"o","replaced":[{"database":"d","definition":1}]})"}) {
    const auto read = decode_past(text);
    ASSERT_FALSE(read.ok()) << text;
    EXPECT_EQ(read.error().kind(), ErrorKind::kCorrupt);
  }
}

TEST(SchemaHistoryFiles, DamagedRecordsAreNotValid) {
  const auto file = schema_file("schema-history.schema.json");
  const rapidjson::SchemaDocument schema(file);
  const std::string head = R"({"v":1,"at":{"file":"b.1","pos":4},)";
  EXPECT_EQ(violation(schema, head + R"("columns":[{"name":"a","type":"int"}]})"), "");
  EXPECT_NE(violation(schema, head + R"("columns":[{"name":"a","type":"integer"}]})"), "");
  EXPECT_NE(violation(schema, head + R"("columns":[{"type":"int"}]})"), "");
  EXPECT_NE(violation(schema, head + R"("keys":[{"name":"PRIMARY"}]})"), "");
  EXPECT_NE(violation(schema, head + R"("other":1})"), "");
  EXPECT_NE(violation(schema, R"({"at":{"file":"b.1","pos":4}})"), "");
}

}  // namespace
}  // namespace rowmill::kafka
