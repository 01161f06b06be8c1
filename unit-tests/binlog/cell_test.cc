// SPDX-License-Identifier: Apache-2.0
#include "binlog/cell.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "binlog/cell_cases.h"

namespace rowmill::binlog {
namespace {

using std::string_view_literals::operator""sv;

std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text));
}

std::string padded(int64_t value, size_t digits) {
  std::string text = std::to_string(value);
  return std::string(digits > text.size() ? digits - text.size() : 0, '0') + text;
}

std::string fraction(uint32_t microsecond, size_t digits) {
  return digits == 0 ? "" : "." + padded(microsecond, 6).substr(0, digits);
}

/// A value in the notation of the files in testdata/values.
struct ToText {
  std::string operator()(model::Null) const { return "NULL"; }
  std::string operator()(model::Absent) const { return "absent"; }
  std::string operator()(int64_t value) const { return std::to_string(value); }
  std::string operator()(uint64_t value) const { return std::to_string(value); }
  std::string operator()(float value) const { return std::to_string(static_cast<double>(value)); }
  std::string operator()(double value) const { return std::to_string(value); }
  std::string operator()(model::Decimal value) const { return std::string(value.digits); }
  std::string operator()(model::Text value) const { return to_hex(value.utf8); }
  std::string operator()(model::Bytes value) const {
    return to_hex({reinterpret_cast<const char*>(value.data.data()), value.data.size()});
  }
  std::string operator()(model::Bits value) const { return std::to_string(value.value); }
  std::string operator()(model::Year value) const { return padded(value.value, 4); }
  std::string operator()(model::Date value) const {
    return padded(value.year, 4) + "-" + padded(value.month, 2) + "-" + padded(value.day, 2);
  }
  std::string operator()(model::Time value) const {
    return std::string(value.negative ? "-" : "") + padded(value.hour, 2) + ":" +
           padded(value.minute, 2) + ":" + padded(value.second, 2) +
           fraction(value.microsecond, value.fraction_digits);
  }
  std::string operator()(model::DateTime value) const {
    return (*this)(value.date) + " " + padded(value.hour, 2) + ":" + padded(value.minute, 2) + ":" +
           padded(value.second, 2) + fraction(value.microsecond, value.fraction_digits);
  }
  std::string operator()(model::Timestamp value) const {
    if (value.is_zero()) return "0000-00-00 00:00:00" + fraction(0, value.fraction_digits);
    const std::chrono::sys_seconds moment{std::chrono::seconds(value.seconds)};
    const auto day = std::chrono::floor<std::chrono::days>(moment);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(moment - day);
    return padded(int{date.year()}, 4) + "-" + padded(unsigned{date.month()}, 2) + "-" +
           padded(unsigned{date.day()}, 2) + " " + padded(time.hours().count(), 2) + ":" +
           padded(time.minutes().count(), 2) + ":" + padded(time.seconds().count(), 2) +
           fraction(value.microsecond, value.fraction_digits);
  }
  std::string operator()(model::EnumLabel value) const { return to_hex(value.utf8); }
  std::string operator()(model::SetLabels value) const { return to_hex(value.utf8); }
  std::string operator()(model::JsonText value) const { return std::string(value.utf8); }
  std::string operator()(model::JsonDiffs value) const { return std::string(value.json); }
  std::string operator()(model::Geometry value) const {
    return std::to_string(value.srid) + " " + (*this)(model::Bytes{value.wkb});
  }
  std::string operator()(model::Vector value) const { return (*this)(model::Bytes{value.floats}); }
};

/// Whether `value` is what the server shows as `expected`; floating point by value, not by text.
testing::AssertionResult matches(const model::Value& value, const std::string& expected) {
  if (const auto* number = std::get_if<float>(&value)) {
    if (*number == static_cast<float>(std::strtod(expected.c_str(), nullptr)))
      return testing::AssertionSuccess();
  } else if (const auto* wide = std::get_if<double>(&value)) {
    if (*wide == std::strtod(expected.c_str(), nullptr)) return testing::AssertionSuccess();
  } else if (std::visit(ToText{}, value) == expected) {
    return testing::AssertionSuccess();
  }
  return testing::AssertionFailure()
         << std::visit(ToText{}, value).substr(0, 300) << "\ninstead of\n"
         << expected.substr(0, 300);
}

class CellOfServer : public testing::TestWithParam<std::string> {};

TEST_P(CellOfServer, EqualsWhatSelectShows) {
  const std::vector<CellCase> cases = read_cell_cases(GetParam());
  ASSERT_FALSE(cases.empty());
  for (const CellCase& cell : cases) {
    SCOPED_TRACE(cell.server + " " + cell.sql_type + " " + cell.inserted.substr(0, 200));
    base::Arena arena;
    base::ByteReader reader(bytes_of(cell.cell));
    const auto value = read_cell(reader, *cell.format, arena);
    ASSERT_TRUE(value.ok()) << value.error().text();
    EXPECT_TRUE(reader.finish("cell").ok()) << reader.finish("cell").error().text();
    EXPECT_TRUE(matches(*value, cell.expected));
  }
}

TEST_P(CellOfServer, SkippingTakesTheSameBytes) {
  for (const CellCase& cell : read_cell_cases(GetParam())) {
    base::ByteReader reader(bytes_of(cell.cell));
    skip_cell(reader, *cell.format);
    EXPECT_TRUE(reader.finish("cell").ok()) << cell.sql_type << " " << cell.inserted.substr(0, 200);
  }
}

TEST_P(CellOfServer, CutShortAnywhereFails) {
  for (const CellCase& cell : read_cell_cases(GetParam())) {
    if (cell.cell.size() > 300) continue;
    for (size_t size = 0; size < cell.cell.size(); ++size) {
      base::Arena arena;
      base::ByteReader reader(bytes_of(std::string_view(cell.cell).substr(0, size)));
      const auto value = read_cell(reader, *cell.format, arena);
      EXPECT_TRUE(!value.ok() || reader.failed())
          << cell.sql_type << " " << cell.inserted << " at " << size;
      base::ByteReader skipping(bytes_of(std::string_view(cell.cell).substr(0, size)));
      skip_cell(skipping, *cell.format);
      EXPECT_TRUE(skipping.failed()) << cell.sql_type << " " << cell.inserted << " at " << size;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Types, CellOfServer,
                         testing::Values("TINYINT", "SMALLINT", "MEDIUMINT", "INT", "BIGINT",
                                         "DECIMAL", "FLOAT", "DOUBLE", "BIT", "YEAR", "DATE",
                                         "TIME", "DATETIME", "TIMESTAMP", "CHAR", "VARCHAR", "TEXT",
                                         "BINARY", "VARBINARY", "BLOB", "ENUM", "SET", "JSON"),
                         [](const auto& test) { return test.param; });

struct Refusal {
  std::string_view name;
  CellFormat format;
  std::string_view cell;
  base::ErrorKind kind;
  std::string_view message;
};

class CellRefusal : public testing::TestWithParam<Refusal> {};

TEST_P(CellRefusal, NamesTheReason) {
  base::Arena arena;
  base::ByteReader reader(bytes_of(GetParam().cell));
  const auto value = read_cell(reader, GetParam().format, arena);
  ASSERT_FALSE(value.ok());
  EXPECT_EQ(value.error().kind(), GetParam().kind);
  EXPECT_EQ(value.error().message(), GetParam().message);
}

CellFormat with_labels(FieldType type) {
  return {.type = type, .metadata = 1, .labels = {"a", "b"}};
}

constexpr auto kCorrupt = base::ErrorKind::kCorrupt;
constexpr auto kUnsupported = base::ErrorKind::kUnsupported;

INSTANTIATE_TEST_SUITE_P(
    Table, CellRefusal,
    testing::Values(
        Refusal{"EnumBeyondLabels", with_labels(FieldType::kEnum), "\x03", kCorrupt,
                "ENUM value 3 of 2 labels"},
        Refusal{"SetBeyondLabels", with_labels(FieldType::kSet), "\x05", kCorrupt,
                "SET with label 3 of 2"},
        Refusal{"BitBeyondWidth",
                {.type = FieldType::kBit, .metadata = 3},
                "\x08",
                kCorrupt,
                "BIT(3) with more bits than it has"},
        Refusal{"VarcharBeyondLength",
                {.type = FieldType::kVarchar, .metadata = 2},
                "\x03"
                "abc",
                kCorrupt,
                "a value of 3 bytes in a column of 2"},
        Refusal{"InvalidText",
                {.type = FieldType::kVarchar, .metadata = 9, .charset = Charset::find("utf8mb4")},
                "\x02"
                "a\xff",
                kCorrupt,
                "text is not valid utf8mb4 at byte 1 (ff)"},
        Refusal{"Month13",
                {.type = FieldType::kDate},
                "\xa1\xd1\x0f",
                kCorrupt,
                "DATE with a field out of range"},
        Refusal{"BrokenJson",
                {.type = FieldType::kJson, .metadata = 1},
                "\x01\x7f",
                kCorrupt,
                "JSON document: unknown value type 127"},
        Refusal{"OldTime",
                {.type = FieldType::kTime},
                "\x01\x02\x03",
                kUnsupported,
                "column type 11 (TIME of before MySQL 5.6) is not decoded"},
        Refusal{"OldDateTime",
                {.type = FieldType::kDateTime},
                "",
                kUnsupported,
                "column type 12 (DATETIME of before MySQL 5.6) is not decoded"},
        Refusal{"OldTimestamp",
                {.type = FieldType::kTimestamp},
                "",
                kUnsupported,
                "column type 7 (TIMESTAMP of before MySQL 5.6) is not decoded"},
        Refusal{"OldDecimal",
                {.type = FieldType::kDecimalOld},
                "",
                kUnsupported,
                "column type 0 (DECIMAL of before MySQL 5.0) is not decoded"},
        Refusal{"Geometry",
                {.type = FieldType::kGeometry, .metadata = 4},
                "\0\0\0\0"sv,
                kUnsupported,
                "column type 255 (GEOMETRY) is not decoded"},
        Refusal{"Vector",
                {.type = FieldType::kVector, .metadata = 4},
                "\0\0\0\0"sv,
                kUnsupported,
                "column type 242 (VECTOR) is not decoded"},
        Refusal{"CompressedBlob",
                {.type = FieldType::kMariadbBlobCompressed, .metadata = 2},
                "\0\0"sv,
                kUnsupported,
                "column type 140 (compressed BLOB or TEXT) is not decoded"},
        Refusal{"Unknown",
                {.type = FieldType{99}},
                "",
                kUnsupported,
                "column type 99 (unknown) is not decoded"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(Cell, OldTemporalTypesNameTheCure) {
  base::Arena arena;
  base::ByteReader reader({});
  const auto value = read_cell(reader, {.type = FieldType::kTime}, arena);
  ASSERT_FALSE(value.ok());
  EXPECT_NE(value.error().remedy().find("ALTER TABLE ... FORCE"), std::string::npos);
}

TEST(Cell, TypesThatAreNotDecodedCanBeSkipped) {
  struct {
    CellFormat format;
    std::string_view cell;
  } const cases[] = {
      {{.type = FieldType::kGeometry, .metadata = 4}, "\x03\0\0\0abc"sv},
      {{.type = FieldType::kVector, .metadata = 4}, "\x04\0\0\0abcd"sv},
      {{.type = FieldType::kMariadbBlobCompressed, .metadata = 2}, "\x02\0ab"sv},
      {{.type = FieldType::kMariadbVarcharCompressed, .metadata = 81},
       "\x02"
       "ab"sv},
      {{.type = FieldType::kMariadbVarcharCompressed, .metadata = 301}, "\x02\0ab"sv},
  };
  for (const auto& [format, cell] : cases) {
    base::ByteReader reader(bytes_of(cell));
    skip_cell(reader, format);
    EXPECT_TRUE(reader.finish("cell").ok());
  }
}

TEST(Cell, SkippingATypeOfUnknownLengthFails) {
  for (const FieldType type :
       {FieldType::kTime, FieldType::kDateTime, FieldType::kTimestamp, FieldType{99}}) {
    base::ByteReader reader(bytes_of("12345678"));
    skip_cell(reader, {.type = type});
    EXPECT_TRUE(reader.failed());
  }
}

TEST(Cell, BitsAndFractionsCarryTheColumnsWidth) {
  base::Arena arena;
  base::ByteReader bits(bytes_of("\x01\xff"));
  EXPECT_EQ(
      std::get<model::Bits>(*read_cell(bits, {.type = FieldType::kBit, .metadata = 9}, arena)),
      (model::Bits{.value = 0x1ff, .width = 9}));
  base::ByteReader time(bytes_of("\x80\x00\x01\x0a"sv));
  EXPECT_EQ(
      std::get<model::Time>(*read_cell(time, {.type = FieldType::kTime2, .metadata = 1}, arena)),
      (model::Time{.second = 1, .fraction_digits = 1, .microsecond = 100000}));
}

TEST(Cell, MinusZeroStaysADouble) {
  base::Arena arena;
  base::ByteReader reader(bytes_of("\0\0\0\0\0\0\0\x80"sv));
  EXPECT_TRUE(
      std::signbit(std::get<double>(*read_cell(reader, {.type = FieldType::kDouble}, arena))));
}

}  // namespace
}  // namespace rowmill::binlog
