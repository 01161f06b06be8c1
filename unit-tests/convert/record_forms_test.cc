// SPDX-License-Identifier: Apache-2.0
// Forms in whole records: keys, schemas, truncation, JSON differences and the texts of errors.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "convert/debezium_json.h"
#include "convert/fixture.h"

namespace rowmill::convert {
namespace {

using base::ErrorKind;
using model::ColumnKind;
using model::Operation;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// orders() with its second column of another kind.
model::TableDefinition orders_with(ColumnKind kind) {
  model::TableDefinition table = orders();
  table.columns[1] = column("note", kind);
  return table;
}

base::Result<void> convert_one(const ConvertSettings& with, const model::TableDefinition& table,
                               const model::Value& note, connect::RecordBatch& batch) {
  const auto owner = converter(with);
  const Cells after = {int64_t{1}, note};
  return owner->convert(change(Operation::kCreate, table, {}, after), batch);
}

/// The error for a record whose second cell is `note`; the batch must then be empty.
base::Error error_of(const ConvertSettings& with, const model::TableDefinition& table,
                     const model::Value& note) {
  connect::RecordBatch batch;
  auto result = convert_one(with, table, note, batch);
  EXPECT_FALSE(result.ok());
  EXPECT_TRUE(batch.empty());
  EXPECT_EQ(batch.byte_size(), 0U);
  return result.ok() ? base::Error(ErrorKind::kFatal, "") : std::move(result).error();
}

TEST(RecordForms, KeysHaveTheFormsOfValues) {
  ConvertSettings with = settings();
  with.forms = {.decimal = DecimalMode::kPrecise,
                .time = TimeMode::kAdaptiveTimeMicroseconds,
                .bigint_unsigned = BigintUnsignedMode::kPrecise};
  model::TableDefinition table = orders();
  table.columns = {column("id", ColumnKind::kBigInt, false),
                   column("day", ColumnKind::kDate, false),
                   column("price", ColumnKind::kDecimal, false)};
  table.columns[0].is_unsigned = true;
  table.key = {1, 0, 2};
  const Cells row = {uint64_t{255}, model::Date{2024, 2, 29}, model::Decimal{"-0.50"}};
  connect::RecordBatch batch;
  const auto owner = converter(with);
  ASSERT_TRUE(owner->convert(change(Operation::kCreate, table, {}, row), batch).ok());
  EXPECT_EQ(*batch.record(0).key, R"({"day":19782,"id":"AP8=","price":"zg=="})");
  EXPECT_EQ(*batch.record(0).value,
            envelope("null", R"({"id":"AP8=","day":19782,"price":"zg=="})", 'c'));
}

TEST(RecordForms, KeySchemaNamesTheForm) {
  ConvertSettings with = settings();
  with.key_schemas = true;
  with.forms.time = TimeMode::kAdaptive;
  model::TableDefinition table = orders();
  table.columns[0] = column("id", ColumnKind::kDate, false);
  const Cells row = {model::Date{1970, 1, 2}, model::Null{}};
  connect::RecordBatch batch;
  const auto owner = converter(with);
  ASSERT_TRUE(owner->convert(change(Operation::kCreate, table, {}, row), batch).ok());
  EXPECT_EQ(*batch.record(0).key,
            R"({"schema":{"type":"struct","fields":[{"type":"int32","optional":false,)"
            R"("name":"io.debezium.time.Date","version":1,"field":"id"}],"optional":false,)"
            R"("name":"shop.sales.orders.Key"},"payload":{"id":1}})");
}

TEST(Truncation, ShortensColumnsThatMatchAndSaysSoInTheSchema) {
  ConvertSettings with = settings();
  with.value_schemas = true;
  with.truncations = {{5, {"sales\\.orders\\.no.e", "other\\..*"}}, {3, {"SALES\\..*\\.note"}}};
  const auto table = orders();
  const Cells row = {int64_t{1}, model::Text{"äöüß"}};
  connect::RecordBatch batch;
  const auto owner = converter(with);
  ASSERT_TRUE(owner->convert(change(Operation::kCreate, table, {}, row), batch).ok());
  EXPECT_THAT(std::string(*batch.record(0).value),
              AllOf(HasSubstr(R"("after":{"id":1,"note":"äöü"})"),
                    HasSubstr(R"({"type":"string","optional":true,)"
                              R"("parameters":{"truncateLength":"3"},"field":"note"})")));
}

TEST(Truncation, LeavesOtherColumnsShortTypesAndKeysAlone) {
  ConvertSettings with = settings();
  with.key_schemas = with.value_schemas = true;
  with.truncations = {{2, {"sales\\.orders\\..*"}}};
  model::TableDefinition table = orders();
  table.columns[0] = column("id", ColumnKind::kVarchar, false);
  table.columns[1].length = 2;
  table.columns.push_back(column("json", ColumnKind::kJson));
  const Cells row = {model::Text{"long"}, model::Text{"ab"}, model::JsonText{"[1, 2]"}};
  connect::RecordBatch batch;
  const auto owner = converter(with);
  ASSERT_TRUE(owner->convert(change(Operation::kCreate, table, {}, row), batch).ok());
  EXPECT_THAT(std::string(*batch.record(0).key),
              AllOf(HasSubstr(R"({"id":"long"})"), Not(HasSubstr("truncateLength"))));
  const std::string value(*batch.record(0).value);
  EXPECT_THAT(value, HasSubstr(R"("after":{"id":"lo","note":"ab","json":"[1, 2]"})"));
  EXPECT_THAT(value, HasSubstr(R"({"type":"string","optional":true,"field":"note"})"))
      << "VARCHAR of two bytes has at most two characters";
}

TEST(Truncation, PatternThatIsNoneIsAConfigurationError) {
  ConvertSettings with = settings();
  with.truncations = {{5, {"("}}};
  const auto owner = DebeziumJsonConverter::create(with);
  ASSERT_FALSE(owner.ok());
  EXPECT_EQ(owner.error().kind(), ErrorKind::kConfig);
  with.truncations = {{0, {"a"}}};
  EXPECT_EQ(DebeziumJsonConverter::create(with).error().kind(), ErrorKind::kConfig);
}

TEST(JsonDiffs, AreAnErrorUnlessAskedFor) {
  const auto error = error_of(settings(), orders_with(ColumnKind::kJson), model::JsonDiffs{"[]"});
  EXPECT_EQ(error.kind(), ErrorKind::kUnsupported);
  EXPECT_THAT(error.text(),
              AllOf(HasSubstr("column note of table sales.orders"),
                    HasSubstr("binlog_row_image=FULL"), HasSubstr("binlog_row_value_options=''"),
                    HasSubstr("partial.json.handling.mode=diff")));
}

TEST(JsonDiffs, StandBesideAfterAndTheirColumnsAreLeftOut) {
  ConvertSettings with = settings();
  with.partial_json = PartialJsonMode::kDiff;
  model::TableDefinition table = orders_with(ColumnKind::kJson);
  table.columns.push_back(column("more \"json\"", ColumnKind::kJson));
  table.columns.push_back(column("whole", ColumnKind::kJson));
  const Cells before = {int64_t{1}, model::Absent{}, model::Absent{}, model::Absent{}};
  const Cells after = {int64_t{1}, model::JsonDiffs{R"([{"op":"remove","path":"$.a"}])"},
                       model::JsonDiffs{R"([{"op":"insert","path":"$[0]","value":1}])"},
                       model::JsonText{"1"}};
  connect::RecordBatch batch;
  const auto owner = converter(with);
  ASSERT_TRUE(owner->convert(change(Operation::kUpdate, table, before, after), batch).ok());
  EXPECT_EQ(*batch.record(0).value,
            envelope(R"({"id":1})",
                     R"({"id":1,"whole":"1"},"json_diffs":{"note":[{"op":"remove","path":"$.a"}],)"
                     R"("more \"json\"":[{"op":"insert","path":"$[0]","value":1}]})",
                     'u'));
}

TEST(JsonDiffs, RecordsWithoutThemHaveNoSuchMember) {
  ConvertSettings with = settings();
  with.partial_json = PartialJsonMode::kDiff;
  connect::RecordBatch batch;
  const auto documents = orders_with(ColumnKind::kJson);
  const Cells row = {int64_t{1}, model::JsonText{"{}"}};
  const auto owner = converter(with);
  ASSERT_TRUE(owner->convert(change(Operation::kCreate, documents, {}, row), batch).ok());
  EXPECT_EQ(*batch.record(0).value, envelope("null", R"({"id":1,"note":"{}"})", 'c'));
}

TEST(JsonDiffs, CannotBeCombinedWithSchemas) {
  ConvertSettings with = settings();
  with.partial_json = PartialJsonMode::kDiff;
  with.value_schemas = true;
  const auto owner = DebeziumJsonConverter::create(with);
  ASSERT_FALSE(owner.ok());
  EXPECT_EQ(owner.error().kind(), ErrorKind::kConfig);
  EXPECT_THAT(owner.error().text(), HasSubstr("value.converter.schemas.enable"));
}

struct Refusal {
  FormSettings forms;
  model::Column column;
  model::Value cell;
  std::string_view setting;
  std::string_view remedy;
};

model::Column of(ColumnKind kind, bool is_unsigned = false) {
  model::Column result = column("note", kind);
  result.is_unsigned = is_unsigned;
  return result;
}

TEST(RefusedValues, ErrorsNameColumnSettingAndRemedyButNoValue) {
  const model::Time long_time{false, 0, 0, 0, 700, 0};
  const model::DateTime far{{9876, 1, 1}, 0, 0, 0, 0, 0};
  for (const auto& [forms, column, cell, setting, remedy] : std::initializer_list<Refusal>{
           {{.bigint_unsigned = BigintUnsignedMode::kLong},
            of(ColumnKind::kBigInt, true),
            std::numeric_limits<uint64_t>::max(),
            "bigint.unsigned.handling.mode",
            "exact or precise"},
           {{.time = TimeMode::kNanoseconds},
            of(ColumnKind::kDateTime),
            far,
            "time.precision.mode",
            "microseconds"},
           {{.time = TimeMode::kConnect},
            of(ColumnKind::kTime),
            long_time,
            "time.precision.mode",
            "adaptive_time_microseconds"},
           {{.time = TimeMode::kAdaptive},
            of(ColumnKind::kTime),
            long_time,
            "time.precision.mode",
            "adaptive_time_microseconds"},
           {{.time = TimeMode::kIsoString},
            of(ColumnKind::kTime),
            long_time,
            "time.precision.mode",
            "adaptive_time_microseconds"},
           {{.time = TimeMode::kAdaptive},
            of(ColumnKind::kDate),
            model::Date{2023, 2, 31},
            "time.precision.mode",
            "iso"},
           {{.geometry = GeometryMode::kGeoJson},
            of(ColumnKind::kGeometry),
            model::Geometry{},
            "geometry.handling.mode",
            "wkb"},
       }) {
    ConvertSettings with = settings();
    with.forms = forms;
    model::TableDefinition table = orders();
    table.columns[1] = column;
    const auto error = error_of(with, table, cell);
    EXPECT_EQ(error.kind(), ErrorKind::kUnsupported);
    EXPECT_THAT(error.message(), AllOf(HasSubstr("column note of table sales.orders"),
                                       HasSubstr(std::string(setting))));
    EXPECT_THAT(error.remedy(),
                AllOf(HasSubstr(std::string(setting)), HasSubstr(std::string(remedy))));
    EXPECT_THAT(error.text(), Not(HasSubstr("9876")));
  }
}

}  // namespace
}  // namespace rowmill::convert
