// SPDX-License-Identifier: Apache-2.0
#include "binlog/cell.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "binlog/cell_cases.h"
#include "binlog/cell_text.h"

namespace rowmill::binlog {
namespace {

using std::string_view_literals::operator""sv;

std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text));
}

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
                                         "BINARY", "VARBINARY", "BLOB", "ENUM", "SET", "JSON",
                                         "GEOMETRY", "VECTOR", "UUID", "INET4", "INET6",
                                         "COMPRESSED", "OLD_TIME", "OLD_DATETIME", "OLD_TIMESTAMP"),
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
        Refusal{"OldTimeSecond60",
                {.type = FieldType::kTime},
                "\x3c\0\0"sv,
                kCorrupt,
                "TIME with a field out of range"},
        Refusal{"OldDateTimeMonth13",
                {.type = FieldType::kDateTime},
                "\x40\x51\x53\xd3\x68\x12\0\0"sv,
                kCorrupt,
                "DATETIME with a field out of range"},
        Refusal{"OldDecimal",
                {.type = FieldType::kDecimalOld},
                "",
                kUnsupported,
                "DECIMAL of before MySQL 5.0 is not decoded"},
        Refusal{"GeometryWithoutSrid",
                {.type = FieldType::kGeometry, .metadata = 4},
                "\x03\0\0\0abc"sv,
                kCorrupt,
                "GEOMETRY is damaged or cut short at byte 0 of 3"},
        Refusal{"VectorOfHalfANumber",
                {.type = FieldType::kVector, .metadata = 4},
                "\x06\0\0\0abcdef"sv,
                kCorrupt,
                "a VECTOR of 6 bytes"},
        Refusal{"CompressedBeyondLength",
                {.type = FieldType::kMariadbVarcharCompressed, .metadata = 3},
                "\x04\x89\x03\x4b\x04"sv,
                kCorrupt,
                "compressed column says to have 3 bytes in 4"},
        Refusal{"PlainBeyondLength",
                {.type = FieldType::kMariadbVarcharCompressed, .metadata = 3},
                "\x04\0abc"sv,
                kCorrupt,
                "compressed column says to have 3 bytes in 4"},
        Refusal{"CompressedBeyondWhatDeflateCan",
                {.type = FieldType::kMariadbBlobCompressed, .metadata = 4},
                "\x06\0\0\0\x8c\xff\xff\xff\xff\x03"sv,
                kCorrupt,
                "compressed column says to have 4294967295 bytes in 6"},
        Refusal{"CompressedWithAnotherLength",
                {.type = FieldType::kMariadbBlobCompressed, .metadata = 1},
                "\x05\x89\x02\x4b\x04\0"sv,  // One letter a.
                kCorrupt,
                "compressed column is damaged (zlib: 1)"},
        Refusal{"CompressedWithBytesLeftOver",
                {.type = FieldType::kMariadbBlobCompressed, .metadata = 1},
                "\x06\x89\x01\x4b\x04\0\0"sv,
                kCorrupt,
                "compressed column is damaged (zlib: 1)"},
        Refusal{"CompressedByAnUnknownMethod",
                {.type = FieldType::kMariadbBlobCompressed, .metadata = 1},
                "\x03\x91\x01\x61"sv,
                kUnsupported,
                "method 9 of a compressed column is not known"},
        Refusal{"UuidBeyondItsLength",
                {.type = FieldType::kString, .metadata = 16, .string_form = StringForm::kUuid},
                "\x11",
                kCorrupt,
                "a value of 17 bytes in a column of 16"},
        Refusal{"Unknown",
                {.type = FieldType{99}},
                "",
                kUnsupported,
                "column type 99 is not known to this version of Rowmill"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(Cell, OldDecimalNamesTheCure) {
  base::Arena arena;
  base::ByteReader reader({});
  const auto value = read_cell(reader, {.type = FieldType::kDecimalOld}, arena);
  ASSERT_FALSE(value.ok());
  EXPECT_NE(value.error().remedy().find("ALTER TABLE ... FORCE"), std::string::npos);
}

// INSERT into a table without transactions that leaves out a GEOMETRY NOT NULL, MariaDB 10.11:
// SELECT shows no byte at all, and the value is not NULL.
TEST(Cell, GeometryOfNoBytesIsEmpty) {
  base::Arena arena;
  base::ByteReader reader(bytes_of("\0\0\0\0"sv));
  const auto value = read_cell(reader, {.type = FieldType::kGeometry, .metadata = 4}, arena);
  ASSERT_TRUE(value.ok()) << value.error().text();
  EXPECT_EQ(std::get<model::Geometry>(*value).srid, 0U);
  EXPECT_TRUE(std::get<model::Geometry>(*value).wkb.empty());
}

TEST(Cell, DamagedCompressedColumnIsCorrupt) {
  for (const CellCase& cell : read_cell_cases("COMPRESSED")) {
    if (cell.cell.size() > 60) continue;
    for (size_t at = 0; at < cell.cell.size(); ++at) {
      std::string damaged = cell.cell;
      damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
      base::Arena arena;
      base::ByteReader reader(bytes_of(damaged));
      // Whatever comes out, nothing is read or written outside of the bytes.
      const auto value = read_cell(reader, *cell.format, arena);
      if (!value.ok()) {
        EXPECT_TRUE(value.error().kind() == kCorrupt || value.error().kind() == kUnsupported);
      }
    }
  }
}

TEST(Cell, SkippingATypeOfUnknownLengthFails) {
  for (const FieldType type : {FieldType::kDecimalOld, FieldType{99}}) {
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
