// SPDX-License-Identifier: Apache-2.0
// Records with Connect schemas, and records against the files in schemas/.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidjson/document.h>
#include <rapidjson/schema.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "convert/debezium_json.h"
#include "convert/fixture.h"
#include "convert/form.h"
#include "support/schema_file.h"

namespace rowmill::convert {
namespace {

using base::ErrorKind;
using model::Absent;
using model::ColumnKind;
using model::Null;
using model::Operation;
using model::TableDefinition;
using testing::HasSubstr;

using rapidjson::Document;
using test::parse;
using test::schema_file;
using test::violation;

std::vector<std::string> members(const rapidjson::Value& object) {
  std::vector<std::string> names;
  for (const auto& member : object.GetObject()) names.emplace_back(member.name.GetString());
  return names;
}

/// A table with a column of every type; columns but the key's are nullable.
TableDefinition everything() {
  TableDefinition table{.id = {"sales", "everything"}, .columns = {}, .key = {0, 9}};
  const auto add = [&table](ColumnKind kind) -> model::Column& {
    table.columns.push_back(column("c" + std::to_string(table.columns.size()), kind));
    return table.columns.back();
  };
  for (int kind = 0; kind <= static_cast<int>(ColumnKind::kVector); ++kind) {
    const auto column_kind = static_cast<ColumnKind>(kind);
    add(column_kind);
    if (column_kind <= ColumnKind::kBigInt) add(column_kind).is_unsigned = true;
  }
  for (const uint32_t bits : {1U, 8U, 64U}) add(ColumnKind::kBit).length = bits;
  for (const ColumnKind kind : {ColumnKind::kTime, ColumnKind::kDateTime, ColumnKind::kTimestamp}) {
    add(kind).scale = 6;
  }
  add(ColumnKind::kGeometry).geometry_type = model::GeometryType::kPoint;
  for (model::Column& each : table.columns) {
    if (each.kind == ColumnKind::kEnum || each.kind == ColumnKind::kSet) each.labels = {"a", "b"};
  }
  for (const size_t index : table.key) table.columns[index].nullable = false;
  return table;
}

/// POINT(1 2) as WKB.
constexpr std::string_view kPoint("\1\1\0\0\0\0\0\0\0\0\0\xf0\x3f\0\0\0\0\0\0\0\x40", 21);

model::Value cell_of(const model::Column& of) {
  switch (of.kind) {
    case ColumnKind::kTinyInt:
    case ColumnKind::kSmallInt:
    case ColumnKind::kMediumInt:
    case ColumnKind::kInt:
    case ColumnKind::kBigInt:
      if (of.is_unsigned) return uint64_t{200};
      return int64_t{-1};
    case ColumnKind::kDecimal:
      return model::Decimal{"0.50"};
    case ColumnKind::kFloat:
      return 0.5F;
    case ColumnKind::kDouble:
      return 0.5;
    case ColumnKind::kBit:
      return model::Bits{1, static_cast<uint8_t>(of.length)};
    case ColumnKind::kYear:
      return model::Year{2024};
    case ColumnKind::kDate:
      return model::Date{};
    case ColumnKind::kTime:
      return model::Time{};
    case ColumnKind::kDateTime:
      return model::DateTime{};
    case ColumnKind::kTimestamp:
      return model::Timestamp{};
    case ColumnKind::kChar:
    case ColumnKind::kVarchar:
    case ColumnKind::kText:
      return model::Text{"ä"};
    case ColumnKind::kBinary:
    case ColumnKind::kVarbinary:
    case ColumnKind::kBlob:
      return model::Bytes{};
    case ColumnKind::kEnum:
      return model::EnumLabel{"a"};
    case ColumnKind::kSet:
      return model::SetLabels{"a,b"};
    case ColumnKind::kJson:
      return model::JsonText{"{}"};
    case ColumnKind::kUuid:
    case ColumnKind::kInet4:
    case ColumnKind::kInet6:
      return model::Text{"::1"};
    case ColumnKind::kGeometry:
      return model::Geometry{4326, std::as_bytes(std::span(kPoint))};
    case ColumnKind::kVector:
      return model::Vector{std::as_bytes(std::span(kPoint)).first(8)};
  }
  return Null{};
}

Cells row_of(const TableDefinition& table) {
  Cells cells;
  for (const model::Column& each : table.columns) cells.push_back(cell_of(each));
  return cells;
}

ConvertSettings with_schemas() {
  ConvertSettings result = settings();
  result.key_schemas = true;
  result.value_schemas = true;
  return result;
}

/// Each word of every setting about forms, alone and with schemas.
std::vector<ConvertSettings> all_forms_settings() {
  std::vector<ConvertSettings> all;
  const auto add = [&all](const FormSettings& forms) {
    for (const ConvertSettings& base : {settings(), with_schemas()}) {
      all.push_back(base);
      all.back().forms = forms;
    }
  };
  for (const auto mode : {DecimalMode::kString, DecimalMode::kPrecise, DecimalMode::kDouble}) {
    add({.decimal = mode});
  }
  for (int mode = 0; mode <= static_cast<int>(TimeMode::kNanoseconds); ++mode) {
    add({.time = static_cast<TimeMode>(mode)});
  }
  add({.bigint_unsigned = BigintUnsignedMode::kLong});
  add({.bigint_unsigned = BigintUnsignedMode::kPrecise});
  add({.binary = BinaryMode::kHex});
  add({.bit = BitMode::kBytes});
  add({.geometry = GeometryMode::kDebezium});
  add({.geometry = GeometryMode::kGeoJson});
  return all;
}

ConvertSettings with_all_source_fields() {
  ConvertSettings result = settings();
  result.source_fields = {kExtraSourceFields.begin(), kExtraSourceFields.end()};
  return result;
}

TEST(ConnectSchema, KeyAndValueAreGolden) {
  const TableDefinition table = orders();
  const Cells after = order(1, "new");
  const auto owner = converter(with_schemas());
  connect::RecordBatch batch;
  ASSERT_TRUE(owner->convert(change(Operation::kCreate, table, {}, after), batch).ok());
  EXPECT_EQ(
      *batch.record(0).key,
      R"({"schema":{"type":"struct","fields":[{"type":"int32","optional":false,"field":"id"}],)"
      R"("optional":false,"name":"shop.sales.orders.Key"},"payload":{"id":1}})");

  const auto row = [](const std::string& field) {
    return R"({"type":"struct","fields":[{"type":"int32","optional":false,"field":"id"},)"
           R"({"type":"string","optional":true,"field":"note"}],"optional":true,)"
           R"("name":"shop.sales.orders.Value","field":")" +
           field + R"("})";
  };
  const std::string source =
      R"({"type":"struct","fields":[{"type":"string","optional":false,"field":"connector"},)"
      R"({"type":"string","optional":false,"field":"name"},)"
      R"({"type":"int64","optional":false,"field":"ts_ms"},)"
      R"({"type":"string","optional":true,"name":"io.debezium.data.Enum","version":1,)"
      R"("parameters":{"allowed":"true,first,first_in_data_collection,)"
      R"(last_in_data_collection,last,false,incremental"},"field":"snapshot"},)"
      R"({"type":"string","optional":false,"field":"db"},)"
      R"({"type":"string","optional":true,"field":"table"},)"
      R"({"type":"int64","optional":false,"field":"server_id"},)"
      R"({"type":"string","optional":true,"field":"gtid"},)"
      R"({"type":"string","optional":false,"field":"file"},)"
      R"({"type":"int64","optional":false,"field":"pos"},)"
      R"({"type":"int32","optional":false,"field":"row"},)"
      R"({"type":"int64","optional":true,"field":"thread"}],"optional":false,)"
      R"("name":"io.rowmill.data.Source","version":1,"field":"source"})";
  EXPECT_EQ(*batch.record(0).value,
            R"({"schema":{"type":"struct","fields":[)" + row("before") + "," + row("after") + "," +
                source +
                R"(,{"type":"string","optional":false,"field":"op"},)"
                R"({"type":"int64","optional":true,"field":"ts_ms"}],"optional":false,)"
                R"("name":"shop.sales.orders.Envelope","version":1},"payload":)" +
                envelope("null", R"({"id":1,"note":"new"})", 'c') + "}");
}

/// The schema of `after` and `after` itself of a record of everything().
void expect_schemas_of_forms(const ConvertSettings& with, const TableDefinition& table,
                             const Document& value) {
  const auto& fields = value["schema"]["fields"][1]["fields"];
  ASSERT_EQ(fields.Size(), table.columns.size());
  for (rapidjson::SizeType i = 0; i < fields.Size(); ++i) {
    const Form& form = form_of(table.columns[i], with.forms);
    EXPECT_EQ(fields[i]["type"].GetString(), form.connect_type) << form.sql_type;
    EXPECT_EQ(fields[i].HasMember("name"), !form.connect_name.empty()) << form.sql_type;
    if (fields[i].HasMember("name")) {
      EXPECT_EQ(fields[i]["name"].GetString(), form.connect_name);
      EXPECT_EQ(fields[i]["version"].GetInt(), 1);
    }
    EXPECT_EQ(fields[i]["optional"].GetBool(), table.columns[i].nullable) << form.sql_type;
    EXPECT_EQ(fields[i]["field"].GetString(), table.columns[i].name);
  }
}

void expect_of_type(std::string_view type, const rapidjson::Value& cell, const std::string& field) {
  if (type == "string" || type == "bytes") {
    EXPECT_TRUE(cell.IsString()) << field;
  } else if (type == "boolean") {
    EXPECT_TRUE(cell.IsBool()) << field;
  } else if (type == "struct") {
    EXPECT_TRUE(cell.IsObject()) << field;
  } else if (type == "array") {
    EXPECT_TRUE(cell.IsArray()) << field;
  } else if (type == "float" || type == "double") {
    EXPECT_TRUE(cell.IsNumber()) << field;
  } else if (type == "int64") {
    EXPECT_TRUE(cell.IsInt64()) << field;
  } else {
    EXPECT_TRUE(cell.IsInt()) << type << " " << field;
  }
}

TEST(ConnectSchema, ColumnsHaveTheTypesOfTheirFormsInEveryMode) {
  const TableDefinition table = everything();
  const Cells after = row_of(table);
  for (const ConvertSettings& each : all_forms_settings()) {
    if (!each.value_schemas) continue;
    const auto owner = converter(each);
    connect::RecordBatch batch;
    const auto converted = owner->convert(change(Operation::kCreate, table, {}, after), batch);
    ASSERT_TRUE(converted.ok()) << converted.error().text();
    const Document value = parse(*batch.record(0).value);
    expect_schemas_of_forms(each, table, value);
    for (const auto& field : value["schema"]["fields"][1]["fields"].GetArray()) {
      const std::string name = field["field"].GetString();
      const auto& cell = value["payload"]["after"][name.c_str()];
      // Zero dates are NULL in Debezium's forms.
      if (cell.IsNull() && field["optional"].GetBool()) continue;
      expect_of_type(field["type"].GetString(), cell, name);
    }
  }
}

TEST(ConnectSchema, UnsignedBigintOfAKeyIsAStringOnlyWithSchemas) {
  TableDefinition table = orders();
  table.columns[0].kind = ColumnKind::kBigInt;
  table.columns[0].is_unsigned = true;
  const Cells after = {uint64_t{18446744073709551615U}, Null{}};
  ConvertSettings key_only = settings();
  key_only.key_schemas = true;
  const auto owner = converter(key_only);
  connect::RecordBatch batch;
  ASSERT_TRUE(owner->convert(change(Operation::kCreate, table, {}, after), batch).ok());
  EXPECT_THAT(std::string(*batch.record(0).key),
              HasSubstr(R"("payload":{"id":"18446744073709551615"}})"));
  EXPECT_EQ(*batch.record(0).value,
            envelope("null", R"({"id":18446744073709551615,"note":null})", 'c'));
}

TEST(ConnectSchema, EnumAndSetListTheirLabels) {
  TableDefinition table = orders();
  table.columns[1] = column("e", ColumnKind::kEnum);
  table.columns[1].labels = {"a,b", "c\"d"};
  const Cells after = {int64_t{1}, model::EnumLabel{"a,b"}};
  const auto owner = converter(with_schemas());
  connect::RecordBatch batch;
  ASSERT_TRUE(owner->convert(change(Operation::kCreate, table, {}, after), batch).ok());
  const Document value = parse(*batch.record(0).value);
  const auto& field = value["schema"]["fields"][1]["fields"][1];
  EXPECT_STREQ(field["parameters"]["allowed"].GetString(), "a\\,b,c\"d");
}

TEST(ConnectSchema, SourceSchemaListsTheFieldsOfThePayloadInTheirOrder) {
  ConvertSettings all = with_all_source_fields();
  all.value_schemas = true;
  const auto owner = converter(all);
  const TableDefinition table = orders();
  const Cells after = order(1, "x");
  model::Change created = change(Operation::kCreate, table, {}, after);
  created.origin.gtid = "0-1-2";
  created.origin.thread_id = 5;
  connect::RecordBatch batch;
  ASSERT_TRUE(owner->convert(created, batch).ok());
  const Document value = parse(*batch.record(0).value);
  std::vector<std::string> listed;
  for (const auto& field : value["schema"]["fields"][2]["fields"].GetArray()) {
    listed.emplace_back(field["field"].GetString());
  }
  EXPECT_EQ(members(value["payload"]["source"]), listed);
}

TEST(ConnectSchema, HeadersOfAKeyChangeHoldTheKeyAsSerialised) {
  const auto owner = converter(with_schemas());
  const TableDefinition table = orders();
  const Cells before = order(1, "x");
  const Cells after = order(2, "x");
  connect::RecordBatch batch;
  ASSERT_TRUE(owner->convert(change(Operation::kUpdate, table, before, after), batch).ok());
  ASSERT_EQ(batch.size(), 3U);
  const std::string old_key(*batch.record(0).key);
  const std::string new_key(*batch.record(2).key);
  EXPECT_EQ(batch.record(0).headers[0].value, new_key);
  EXPECT_EQ(batch.record(2).headers[0].value, old_key);
}

TEST(ConnectSchema, MissingColumnIsUnsupportedSinceItWouldReadAsNull) {
  const auto owner = converter(with_schemas());
  const TableDefinition table = orders();
  const Cells after = {int64_t{1}, Absent{}};
  connect::RecordBatch batch;
  const auto result = owner->convert(change(Operation::kCreate, table, {}, after), batch);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().kind(), ErrorKind::kUnsupported);
  EXPECT_THAT(result.error().text(), HasSubstr("column note of table sales.orders"));
  EXPECT_TRUE(batch.empty());
  EXPECT_EQ(batch.byte_size(), 0U);
}

/// Records of all operations on `table` into `batch`.
void convert_everything(DebeziumJsonConverter& with, const TableDefinition& table,
                        connect::RecordBatch& batch) {
  const Cells row = row_of(table);
  Cells moved = row;
  moved[0] = int64_t{5};
  Cells nulls = row;
  for (size_t i = 0; i < nulls.size(); ++i) {
    if (table.columns[i].nullable) nulls[i] = Null{};
  }
  for (const model::Change& each :
       {change(Operation::kCreate, table, {}, row), change(Operation::kRead, table, {}, nulls),
        change(Operation::kUpdate, table, row, nulls),
        change(Operation::kUpdate, table, row, moved),
        change(Operation::kDelete, table, row, {})}) {
    ASSERT_TRUE(with.convert(each, batch).ok());
  }
}

TEST(SchemaFiles, RealRecordsAreValid) {
  const Document key_file = schema_file("debezium-json-key.schema.json");
  const Document value_file = schema_file("debezium-json-value.schema.json");
  const rapidjson::SchemaDocument key_schema(key_file);
  const rapidjson::SchemaDocument value_schema(value_file);
  const TableDefinition table = everything();
  std::vector<ConvertSettings> all = all_forms_settings();
  all.push_back(with_all_source_fields());
  for (const auto& each : all) {
    const auto owner = converter(each);
    connect::RecordBatch batch;
    convert_everything(*owner, table, batch);
    ASSERT_EQ(batch.size(), 8U);
    for (size_t i = 0; i < batch.size(); ++i) {
      const auto record = batch.record(i);
      EXPECT_EQ(violation(key_schema, *record.key), "");
      if (record.value) {
        EXPECT_EQ(violation(value_schema, *record.value), "");
      }
    }
  }
}

TEST(SchemaFiles, DamagedRecordsAreNotValid) {
  const Document key_file = schema_file("debezium-json-key.schema.json");
  const Document value_file = schema_file("debezium-json-value.schema.json");
  const rapidjson::SchemaDocument key_schema(key_file);
  const rapidjson::SchemaDocument value_schema(value_file);
  const std::string row = R"({"id":1})";
  EXPECT_EQ(violation(value_schema, envelope(row, row, 'u')), "");
  EXPECT_NE(violation(value_schema, envelope(row, row, 'x')), "");
  EXPECT_NE(violation(value_schema, envelope(row, row, 'c')), "");
  EXPECT_NE(violation(value_schema, envelope("null", row, 'd')), "");
  EXPECT_NE(violation(value_schema, envelope("null", R"({"id":[null]})", 'c')), "");
  EXPECT_NE(violation(value_schema, R"({"before":null})"), "");
  EXPECT_NE(violation(key_schema, "{}"), "");
  EXPECT_NE(violation(key_schema, R"({"id":null})"), "");
}

TEST(SchemaFiles, FieldsWrittenAreExactlyThoseListed) {
  const Document file = schema_file("debezium-json-value.schema.json");
  ConvertSettings all = with_all_source_fields();
  all.partial_json = PartialJsonMode::kDiff;
  const auto owner = converter(all);
  TableDefinition table = orders();
  table.columns[1].kind = ColumnKind::kJson;
  const Cells before = {int64_t{1}, model::Absent{}};
  const Cells after = {int64_t{1},
                       model::JsonDiffs{R"([{"op":"remove","path":"$.a"},)"
                                        R"({"op":"replace","path":"$.b","value":[1, null]}])"}};
  model::Change created = change(Operation::kUpdate, table, before, after);
  created.origin.gtid = "0-1-2";
  created.origin.thread_id = 5;
  connect::RecordBatch batch;
  ASSERT_TRUE(owner->convert(created, batch).ok());
  const Document value = parse(*batch.record(0).value);
  EXPECT_EQ(violation(rapidjson::SchemaDocument(file), *batch.record(0).value), "");
  EXPECT_EQ(members(value), members(file["definitions"]["envelope"]["properties"]));
  EXPECT_EQ(members(value["source"]), members(file["definitions"]["source"]["properties"]));
}

TEST(SchemaFiles, LeanSourceHasExactlyTheRequiredFields) {
  const Document file = schema_file("debezium-json-value.schema.json");
  std::vector<std::string> required;
  for (const auto& name : file["definitions"]["source"]["required"].GetArray()) {
    required.emplace_back(name.GetString());
  }
  EXPECT_EQ(members(parse(kOrderSource)), required);
}

}  // namespace
}  // namespace rowmill::convert
