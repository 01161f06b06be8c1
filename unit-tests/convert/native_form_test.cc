// SPDX-License-Identifier: Apache-2.0
#include "convert/native_form.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <limits>
#include <string>
#include <vector>

namespace rowmill::convert {
namespace {

using model::Column;
using model::ColumnKind;
using model::Value;

constexpr auto kLastKind = ColumnKind::kInet6;

model::Bytes bytes(std::string_view data) { return {std::as_bytes(std::span(data))}; }

struct Case {
  std::string_view name;
  Column column;
  Value cell;
  std::string_view json;
  /// With a schema, where that differs.
  std::string_view json_with_schema = {};
};

Column column(ColumnKind kind, bool is_unsigned = false, uint32_t length = 0) {
  Column result;
  result.name = "c";
  result.kind = kind;
  result.is_unsigned = is_unsigned;
  result.length = length;
  return result;
}

std::vector<Case> number_cases() {
  using enum ColumnKind;
  constexpr uint64_t kMaxUnsigned = std::numeric_limits<uint64_t>::max();
  return {
      {"tinyint", column(kTinyInt), int64_t{-128}, "-128"},
      {"tinyint unsigned", column(kTinyInt, true), uint64_t{255}, "255"},
      {"smallint", column(kSmallInt), int64_t{-32768}, "-32768"},
      {"smallint unsigned", column(kSmallInt, true), uint64_t{65535}, "65535"},
      {"mediumint", column(kMediumInt), int64_t{-8388608}, "-8388608"},
      {"mediumint unsigned", column(kMediumInt, true), uint64_t{16777215}, "16777215"},
      {"int", column(kInt), int64_t{-2147483648}, "-2147483648"},
      {"int unsigned", column(kInt, true), uint64_t{4294967295}, "4294967295"},
      {"bigint", column(kBigInt), std::numeric_limits<int64_t>::min(), "-9223372036854775808"},
      {"bigint unsigned", column(kBigInt, true), kMaxUnsigned, "18446744073709551615",
       R"("18446744073709551615")"},
      {"decimal", column(kDecimal), model::Decimal{"-0.50"}, R"("-0.50")"},
      {"decimal unsigned", column(kDecimal, true), model::Decimal{"1"}, R"("1")"},
      {"float", column(kFloat), 1.1F, "1.1"},
      {"float unsigned", column(kFloat, true), 0.5F, "0.5"},
      {"double", column(kDouble), 1.1, "1.1"},
      {"bit 8", column(kBit, false, 8), model::Bits{0x81, 8}, "129"},
      {"bit 63", column(kBit, false, 63), model::Bits{kMaxUnsigned >> 1, 63},
       "9223372036854775807"},
      {"bit 64", column(kBit, false, 64), model::Bits{kMaxUnsigned, 64}, "18446744073709551615",
       R"("18446744073709551615")"},
      {"year", column(kYear), model::Year{2155}, "2155"},
      {"year zero", column(kYear), model::Year{0}, "0"},
  };
}

std::vector<Case> time_cases() {
  using enum ColumnKind;
  const model::Date leap{2024, 2, 29};
  const auto time = [](bool negative, uint16_t hour, uint32_t microsecond, uint8_t digits) {
    return model::Time{negative, 59, 58, digits, hour, microsecond};
  };
  return {
      {"date", column(kDate), leap, R"("2024-02-29")"},
      {"date zero", column(kDate), model::Date{}, R"("0000-00-00")"},
      {"date zero day", column(kDate), model::Date{2024, 2, 0}, R"("2024-02-00")"},
      {"date last", column(kDate), model::Date{9999, 12, 31}, R"("9999-12-31")"},
      {"time", column(kTime), time(false, 1, 0, 0), R"("01:59:58")"},
      {"time longest", column(kTime), time(true, 838, 999999, 6), R"("-838:59:58.999999")"},
      {"time fraction with zeros", column(kTime), time(false, 23, 50000, 3), R"("23:59:58.050")"},
      {"time negative fraction", column(kTime), model::Time{true, 0, 0, 1, 0, 500000},
       R"("-00:00:00.5")"},
      {"datetime", column(kDateTime), model::DateTime{leap, 23, 59, 58, 0, 0},
       R"("2024-02-29T23:59:58")"},
      {"datetime fraction", column(kDateTime), model::DateTime{leap, 3, 4, 5, 6, 7},
       R"("2024-02-29T03:04:05.000007")"},
      {"datetime zero", column(kDateTime), model::DateTime{{}, 0, 0, 0, 2, 0},
       R"("0000-00-00T00:00:00.00")"},
      {"timestamp first", column(kTimestamp), model::Timestamp{1, 0, 0},
       R"("1970-01-01T00:00:01Z")"},
      {"timestamp zero", column(kTimestamp), model::Timestamp{0, 0, 0},
       R"("0000-00-00T00:00:00Z")"},
      {"timestamp zero fraction", column(kTimestamp), model::Timestamp{0, 0, 3},
       R"("0000-00-00T00:00:00.000Z")"},
      {"timestamp within the first second", column(kTimestamp), model::Timestamp{0, 1, 6},
       R"("1970-01-01T00:00:00.000001Z")"},
      {"timestamp leap day", column(kTimestamp), model::Timestamp{1709251199, 123456, 6},
       R"("2024-02-29T23:59:59.123456Z")"},
      {"timestamp last of 31 bits", column(kTimestamp), model::Timestamp{2147483647, 0, 0},
       R"("2038-01-19T03:14:07Z")"},
      {"timestamp last of 32 bits", column(kTimestamp), model::Timestamp{4294967295, 999999, 6},
       R"("2106-02-07T06:28:15.999999Z")"},
  };
}

std::vector<Case> text_cases() {
  using enum ColumnKind;
  return {
      {"char", column(kChar), model::Text{"ä\"\n"}, R"("ä\"\n")"},
      {"varchar empty", column(kVarchar), model::Text{""}, R"("")"},
      {"text", column(kText), model::Text{"🐬"}, R"("🐬")"},
      {"binary", column(kBinary), bytes(std::string_view("a\0\0", 3)), R"("YQAA")"},
      {"varbinary", column(kVarbinary), bytes(""), R"("")"},
      {"blob", column(kBlob), bytes("\xff\xfe"), R"("//4=")"},
      {"enum", column(kEnum), model::EnumLabel{"red"}, R"("red")"},
      {"enum error value", column(kEnum), model::EnumLabel{""}, R"("")"},
      {"set", column(kSet), model::SetLabels{"a,b"}, R"("a,b")"},
      {"json", column(kJson), model::JsonText{R"({"a": [1, 2.50], "b": "x\ny"})"},
       R"("{\"a\": [1, 2.50], \"b\": \"x\\ny\"}")"},
      {"uuid", column(kUuid), model::Text{"123e4567-e89b-12d3-a456-426655440000"},
       R"("123e4567-e89b-12d3-a456-426655440000")"},
      {"inet4", column(kInet4), model::Text{"1.0.0.0"}, R"("1.0.0.0")"},
      {"inet6", column(kInet6), model::Text{"2001::"}, R"("2001::")"},
  };
}

std::vector<Case> all_cases() {
  std::vector<Case> all = number_cases();
  for (auto more : {time_cases(), text_cases()}) all.insert(all.end(), more.begin(), more.end());
  return all;
}

TEST(NativeForm, WritesEveryKindAsGolden) {
  for (const Case& c : all_cases()) {
    const NativeForm& form = native_form(c.column);
    std::string json;
    EXPECT_TRUE(form.write(c.cell, json)) << c.name;
    EXPECT_EQ(json, c.json) << c.name;
    json.clear();
    EXPECT_TRUE(form.write_with_schema(c.cell, json)) << c.name;
    EXPECT_EQ(json, c.json_with_schema.empty() ? c.json : c.json_with_schema) << c.name;
  }
}

TEST(NativeForm, TheCasesAboveCoverEveryForm) {
  for (const NativeForm& form : native_forms()) {
    bool covered = false;
    for (const Case& c : all_cases()) covered |= &native_form(c.column) == &form;
    EXPECT_TRUE(covered) << form.sql_type;
  }
}

TEST(NativeForm, EveryKindHasAForm) {
  for (int kind = 0; kind <= static_cast<int>(kLastKind); ++kind) {
    const auto column_kind = static_cast<ColumnKind>(kind);
    EXPECT_EQ(native_form(column(column_kind)).kind, column_kind);
  }
}

TEST(NativeForm, RefusesCellsOfAnotherTypeAndWritesNothing) {
  for (const Case& c : all_cases()) {
    const NativeForm& form = native_form(c.column);
    for (const Case& other : all_cases()) {
      if (other.cell.index() == c.cell.index()) continue;
      std::string json;
      EXPECT_FALSE(form.write(other.cell, json)) << c.name << " wrote " << other.name;
      EXPECT_FALSE(form.write_with_schema(other.cell, json)) << c.name << " wrote " << other.name;
      EXPECT_EQ(json, "");
    }
  }
}

TEST(NativeForm, RefusesNanAndInfinity) {
  std::string json;
  const auto& single = native_form(column(ColumnKind::kFloat));
  const auto& twice = native_form(column(ColumnKind::kDouble));
  EXPECT_FALSE(single.write(std::numeric_limits<float>::quiet_NaN(), json));
  EXPECT_FALSE(single.write(std::numeric_limits<float>::infinity(), json));
  EXPECT_FALSE(twice.write(-std::numeric_limits<double>::infinity(), json));
  EXPECT_EQ(json, "");
}

TEST(NativeForm, ReadmeListsTheFormsOfTheCode) {
  std::vector<std::string> from_code;
  for (const NativeForm& form : native_forms()) {
    std::string line = "|";
    for (const std::string_view cell :
         {form.sql_type, form.json, form.connect_type, form.connect_name}) {
      line += ' ';
      line += cell;
      line += cell.empty() ? "|" : " |";
    }
    from_code.push_back(line);
  }

  std::ifstream readme(ROWMILL_SOURCE_ROOT "/src/convert/README.md");
  ASSERT_TRUE(readme.is_open());
  std::vector<std::string> from_readme;
  bool in_table = false;
  for (std::string line; std::getline(readme, line);) {
    if (in_table && line.starts_with('|')) from_readme.push_back(line);
    if (line == "|---|---|---|---|") in_table = true;
  }
  EXPECT_THAT(from_readme, testing::ElementsAreArray(from_code));
}

}  // namespace
}  // namespace rowmill::convert
