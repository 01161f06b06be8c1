// SPDX-License-Identifier: Apache-2.0
#include "convert/schema_change_record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "convert/fixture.h"
#include "support/schema_file.h"

namespace rowmill::convert {
namespace {

using model::DeclaredTable;
using model::SqlType;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kSchemaFile = "debezium-json-schema-change.schema.json";

DeclaredTable orders() {
  DeclaredTable table{.id = {"sales", "orders"}, .collation = "utf8mb4_0900_ai_ci"};
  table.columns = {
      {.name = "id", .type = SqlType::kInt, .nullable = false, .auto_increment = true},
      {.name = "note", .type = SqlType::kVarchar, .length = 20, .collation = "latin1_swedish_ci"}};
  table.keys = {{.name = "PRIMARY", .columns = {"id"}}};
  return table;
}

model::SchemaChange change_of(std::vector<model::DefinitionChange> definitions,
                              std::string sql = "ALTER TABLE orders ...") {
  model::SchemaChange change;
  change.definitions = std::move(definitions);
  change.sql = std::move(sql);
  change.origin.timestamp = std::chrono::seconds(1'700'000'000);
  change.origin.server_id = 7;
  change.origin.file = "binlog.000001";
  change.origin.offset = 400;
  return change;
}

class SchemaChangeRecordsTest : public testing::Test {
 protected:
  struct Record {
    std::string topic;
    std::string key;
    std::string value;
    bool in_first_partition = false;
  };

  std::vector<Record> records(const model::SchemaChange& change) {
    ConvertSettings with = settings_;
    with.include_schema_changes = true;
    const auto owner = converter(with);
    connect::RecordBatch batch;
    EXPECT_TRUE(owner->convert_schema(change, batch).ok());
    std::vector<Record> all;
    for (size_t i = 0; i < batch.size(); ++i) {
      const auto record = batch.record(i);
      all.push_back({std::string(record.topic), std::string(record.key.value_or("")),
                     std::string(record.value.value_or("")), record.in_first_partition});
      EXPECT_EQ(test::violation(schema_, all.back().value), "");
    }
    return all;
  }
  /// "TYPE id" of each table change of the only record.
  std::vector<std::string> changes(const model::SchemaChange& change) {
    const auto all = records(change);
    EXPECT_EQ(all.size(), 1U);
    std::vector<std::string> texts;
    const auto value = test::parse(all.at(0).value);
    for (const auto& each : value["tableChanges"].GetArray()) {
      texts.push_back(each["type"].GetString() + std::string(" ") + each["id"].GetString() +
                      (each["table"].IsNull() ? " null" : ""));
    }
    return texts;
  }

  ConvertSettings settings_ = settings();
  const rapidjson::Document file_ = test::schema_file(kSchemaFile);
  const rapidjson::SchemaDocument schema_{file_};
};

TEST_F(SchemaChangeRecordsTest, NothingIsWrittenUnlessAskedFor) {
  const auto owner = converter();
  connect::RecordBatch batch;
  ASSERT_TRUE(
      owner->convert_schema(change_of({{orders().id, std::nullopt, orders()}}), batch).ok());
  EXPECT_TRUE(batch.empty());
}

TEST_F(SchemaChangeRecordsTest, CreatedTableIsShownWhole) {
  const auto all =
      records(change_of({{orders().id, std::nullopt, orders()}}, "CREATE TABLE orders ..."));
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].topic, "shop");
  EXPECT_TRUE(all[0].in_first_partition);
  EXPECT_EQ(all[0].key, R"({"databaseName":"sales"})");
  EXPECT_EQ(
      all[0].value,
      R"({"source":{"connector":"mysql","name":"shop","ts_ms":1700000000000,"snapshot":"false",)"
      R"("db":"sales","table":"orders","server_id":7,"file":"binlog.000001","pos":400,"row":0},)"
      R"("ts_ms":1700000001234,"databaseName":"sales","schemaName":null,)"
      R"("ddl":"CREATE TABLE orders ...","tableChanges":[)"
      R"({"type":"CREATE","id":"\"sales\".\"orders\"","table":{"defaultCharsetName":"utf8mb4",)"
      R"("primaryKeyColumnNames":["id"],"columns":[)"
      R"({"name":"id","jdbcType":4,"nativeType":null,"typeName":"INT","typeExpression":"INT",)"
      R"("charsetName":null,"length":null,"scale":null,"position":1,"optional":false,)"
      R"("autoIncremented":true,"generated":true,"comment":null,"defaultValueExpression":null,)"
      R"("enumValues":null},)"
      R"({"name":"note","jdbcType":12,"nativeType":null,"typeName":"VARCHAR",)"
      R"("typeExpression":"VARCHAR","charsetName":"latin1","length":20,"scale":null,"position":2,)"
      R"("optional":true,"autoIncremented":false,"generated":false,"comment":null,)"
      R"("defaultValueExpression":null,"enumValues":null}],"comment":null}}]})");
}

TEST_F(SchemaChangeRecordsTest, ChangedDroppedAndUnknownTablesAreToldApart) {
  const DeclaredTable table = orders();
  EXPECT_THAT(changes(change_of({{table.id, table, table}})),
              ElementsAre(R"(ALTER "sales"."orders")"));
  EXPECT_THAT(changes(change_of({{table.id, table, std::nullopt}})),
              ElementsAre(R"(DROP "sales"."orders" null)"));
  EXPECT_THAT(changes(change_of({{table.id, table, std::nullopt, /*unknown=*/true}})),
              ElementsAre(R"(ALTER "sales"."orders" null)"));
}

TEST_F(SchemaChangeRecordsTest, RenamedTableHasBothNames) {
  const DeclaredTable table = orders();
  DeclaredTable renamed = table;
  renamed.id.table = "bills";
  EXPECT_THAT(changes(change_of({{table.id, table, std::nullopt}, {renamed.id, {}, renamed}})),
              ElementsAre(R"(ALTER "sales"."orders","sales"."bills")"));
  renamed.columns.pop_back();
  EXPECT_THAT(changes(change_of({{table.id, table, std::nullopt}, {renamed.id, {}, renamed}})),
              ElementsAre(R"(DROP "sales"."orders" null)", R"(CREATE "sales"."bills")"))
      << "another table";
}

TEST_F(SchemaChangeRecordsTest, StatementAboutTablesOfTwoDatabasesHasTwoRecords) {
  const DeclaredTable table = orders();
  const auto all = records(change_of({{{"sales", "a"}, table, std::nullopt},
                                      {{"stock", "b"}, table, std::nullopt},
                                      {{"sales", "c"}, table, std::nullopt}},
                                     "DROP TABLE sales.a, stock.b, sales.c"));
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].key, R"({"databaseName":"sales"})");
  EXPECT_THAT(all[0].value, HasSubstr(R"("table":"a,c")"));
  EXPECT_EQ(all[1].key, R"({"databaseName":"stock"})");
}

TEST_F(SchemaChangeRecordsTest, StatementAboutADatabaseHasNoTables) {
  const auto all = records(change_of(
      {{{"sales", ""}, std::nullopt, DeclaredTable{.id = {"sales", ""}, .collation = "binary"}}},
      "CREATE DATABASE sales"));
  ASSERT_EQ(all.size(), 1U);
  EXPECT_THAT(all[0].value, HasSubstr(R"("tableChanges":[])"));
  EXPECT_THAT(all[0].value, HasSubstr(R"("db":"sales","server_id":7)"));
}

TEST_F(SchemaChangeRecordsTest, TablesOfTheCatalogHaveARecordEach) {
  DeclaredTable other = orders();
  other.id.table = "other";
  const auto all = records(change_of(
      {{orders().id, std::nullopt, orders()}, {other.id, std::nullopt, other}}, /*sql=*/""));
  ASSERT_EQ(all.size(), 2U);
  for (const Record& record : all) {
    EXPECT_THAT(record.value, HasSubstr(R"("ddl":null)"));
    EXPECT_THAT(record.value, HasSubstr(R"("snapshot":"true")"));
  }
}

TEST_F(SchemaChangeRecordsTest, EveryTypeHasItsName) {
  DeclaredTable table = orders();
  table.columns.clear();
  for (int type = 0; type <= static_cast<int>(SqlType::kInet6); ++type) {
    table.columns.push_back(
        {.name = "c" + std::to_string(type), .type = static_cast<SqlType>(type)});
  }
  table.columns.push_back(
      {.name = "p", .type = SqlType::kGeometry, .geometry_type = model::GeometryType::kCollection});
  const auto all = records(change_of({{table.id, std::nullopt, table}}));
  const auto value = test::parse(all.at(0).value);
  std::set<std::string> names;
  for (const auto& column : value["tableChanges"][0]["table"]["columns"].GetArray()) {
    EXPECT_TRUE(names.insert(column["typeName"].GetString()).second);
  }
  EXPECT_EQ(names.size(), table.columns.size());
}

TEST_F(SchemaChangeRecordsTest, LengthsAndLabelsAreDebeziums) {
  DeclaredTable table = orders();
  table.columns = {
      {.name = "e", .type = SqlType::kEnum, .collation = "latin1_bin", .labels = {"a", "it's"}},
      {.name = "s", .type = SqlType::kSet, .collation = "latin1_bin", .labels = {"a", "b", "c"}},
      {.name = "d", .type = SqlType::kDecimal, .length = 10, .scale = 0, .is_unsigned = true},
      {.name = "t", .type = SqlType::kDateTime, .scale = 6},
      {.name = "f", .type = SqlType::kFloat}};
  const auto all = records(change_of({{table.id, std::nullopt, table}}));
  EXPECT_THAT(all.at(0).value, HasSubstr(R"("enumValues":["'a'","'it''s'"])"));
  const auto value = test::parse(all.at(0).value);
  std::vector<std::string> lengths;
  for (const auto& column : value["tableChanges"][0]["table"]["columns"].GetArray()) {
    const auto text = [&](const char* name) {
      return column[name].IsNull() ? std::string("-") : std::to_string(column[name].GetUint());
    };
    lengths.push_back(text("length") + "," + text("scale"));
  }
  EXPECT_THAT(lengths, ElementsAre("1,-", "5,-", "10,0", "6,-", "-,-"));
}

TEST_F(SchemaChangeRecordsTest, SchemasDescribeEveryMember) {
  settings_.key_schemas = settings_.value_schemas = true;
  auto change = change_of({{orders().id, std::nullopt, orders()}});
  change.origin.mariadb = true;
  change.origin.gtid = "0-1-5";
  const auto all = records(change);
  const auto key = test::parse(all.at(0).key);
  EXPECT_STREQ(key["schema"]["name"].GetString(), "io.debezium.connector.mariadb.SchemaChangeKey");
  EXPECT_STREQ(key["payload"]["databaseName"].GetString(), "sales");
  const auto value = test::parse(all.at(0).value);
  const auto names = [](const rapidjson::Value& schema) {
    std::vector<std::string> fields;
    for (const auto& field : schema["fields"].GetArray()) {
      fields.emplace_back(field["field"].GetString());
    }
    return fields;
  };
  const auto members = [](const rapidjson::Value& object) {
    std::vector<std::string> fields;
    for (const auto& member : object.GetObject()) fields.emplace_back(member.name.GetString());
    return fields;
  };
  const auto& schema = value["schema"];
  const auto& payload = value["payload"];
  EXPECT_STREQ(schema["name"].GetString(), "io.debezium.connector.mariadb.SchemaChangeValue");
  EXPECT_EQ(names(schema), members(payload));
  const auto& change_schema = schema["fields"][5]["items"];
  const auto& change_payload = payload["tableChanges"][0];
  EXPECT_EQ(names(change_schema), members(change_payload));
  const auto& table_schema = change_schema["fields"][2];
  EXPECT_EQ(names(table_schema), members(change_payload["table"]));
  EXPECT_EQ(names(table_schema["fields"][2]["items"]),
            members(change_payload["table"]["columns"][0]));
}

TEST_F(SchemaChangeRecordsTest, FieldsWrittenAreExactlyThoseListed) {
  settings_.source_fields = {"ts_us", "ts_ns", "version", "sequence", "query"};
  auto change = change_of({{orders().id, std::nullopt, orders()}});
  change.origin.gtid = "0-1-5";
  change.origin.thread_id = 3;
  const auto all = records(change);
  const auto value = test::parse(all.at(0).value);
  const auto names = [](const rapidjson::Value& object) {
    std::vector<std::string> fields;
    for (const auto& member : object.GetObject()) fields.emplace_back(member.name.GetString());
    return fields;
  };
  const auto& definitions = file_["definitions"];
  EXPECT_EQ(names(value), names(definitions["change"]["properties"]));
  EXPECT_EQ(names(value["source"]), names(definitions["source"]["properties"]));
  const auto& table = value["tableChanges"][0]["table"];
  EXPECT_EQ(names(table), names(definitions["table"]["properties"]));
  EXPECT_EQ(names(table["columns"][0]), names(definitions["column"]["properties"]));
}

}  // namespace
}  // namespace rowmill::convert
