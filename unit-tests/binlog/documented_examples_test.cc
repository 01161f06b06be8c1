// SPDX-License-Identifier: Apache-2.0
//
// The examples that the servers' manuals and sources give for what is in the log.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>

#include "binlog/cell.h"
#include "binlog/decoded.h"
#include "binlog/internal/decimal.h"
#include "binlog/internal/json_text.h"
#include "binlog/internal/mysql_serialization.h"
#include "binlog/internal/temporal.h"
#include "support/cell_bytes.h"

namespace rowmill::binlog {
namespace {

using test::operator+;
using test::Bytes;
using test::hex;

std::string decimal(DecimalFormat format, std::string_view bytes) {
  const Bytes cell = hex(bytes);
  base::ByteReader reader(cell);
  std::array<char, kMaxDecimalText> text;
  const auto digits = read_decimal(reader, format, text);
  return digits.ok() && reader.finish("DECIMAL").ok() ? std::string(*digits) : "no value";
}

// strings/decimal.cc of MySQL 9.7, decimal2bin(): the example in its comment.
TEST(DocumentedDecimal, SourceExampleIsRead) {
  EXPECT_EQ(decimal({14, 4}, "81 0d fb 38 d2 04 d2"), "1234567890.1234");
  EXPECT_EQ(decimal({14, 4}, "7e f2 04 c7 2d fb 2d"), "-1234567890.1234");
  EXPECT_EQ(test::decimal_cell("-1234567890.1234", 14, 4), hex("7e f2 04 c7 2d fb 2d"));
}

// MySQL Reference Manual, "DECIMAL Data Type Characteristics": bytes for leftover digits, and the
// two examples DECIMAL(18,9) and DECIMAL(20,6).
TEST(DocumentedDecimal, StorageIsTheManuals) {
  constexpr std::array<size_t, 10> kLeftoverBytes = {0, 1, 1, 2, 2, 3, 3, 4, 4, 4};
  for (uint8_t digits = 1; digits < kLeftoverBytes.size(); ++digits) {
    EXPECT_EQ(decimal_bytes({digits, 0}), kLeftoverBytes.at(digits));
    EXPECT_EQ(decimal_bytes({digits, digits}), kLeftoverBytes.at(digits));
  }
  EXPECT_EQ(decimal_bytes({18, 9}), 4U + 4U);
  EXPECT_EQ(decimal_bytes({20, 6}), 4U + 3U + 3U);
}

// mysys/my_time.cc of MySQL 9.7, my_time_packed_from_binary(): the table in its comment, TIME(2).
TEST(DocumentedTime, NegativeFractionsOfTheSourcesTable) {
  struct Example {
    std::string_view disk;
    model::Time time;
  };
  const auto negative = [](uint8_t second, uint32_t microsecond) {
    return model::Time{
        .negative = true, .second = second, .fraction_digits = 2, .microsecond = microsecond};
  };
  for (const Example& example : {
           Example{"800000 00", {.fraction_digits = 2}},
           Example{"7fffff ff", negative(0, 10'000)},
           Example{"7fffff 9d", negative(0, 990'000)},
           Example{"7fffff 00", negative(1, 0)},
           Example{"7ffffe ff", negative(1, 10'000)},
           Example{"7ffffe f6", negative(1, 100'000)},
       }) {
    const Bytes bytes = hex(example.disk);
    base::ByteReader reader(bytes);
    const auto time = read_time(reader, 2);
    ASSERT_TRUE(time.ok()) << example.disk;
    EXPECT_EQ(*time, example.time) << example.disk;
    EXPECT_EQ(test::time_cell(example.time), bytes) << example.disk;
  }
}

// MySQL Internals, "Date and Time Data Type Representation": the layout of bits of each type, and
// the number of bytes that a fraction takes.
TEST(DocumentedTemporal, BitsAreWhereTheManualSays) {
  const Bytes date = hex("21 02 00");  // 1*16*32 + 1*32 + 1, the manual's '0001-01-01'
  base::ByteReader date_reader(date);
  EXPECT_EQ(*read_date(date_reader), (model::Date{.year = 1, .month = 1, .day = 1}));

  // 1, 2011*13+12 in 17 bits, 31 in 5, 23 in 5, 59 in 6, 58 in 6.
  const uint64_t packed = (uint64_t{1} << 39) | (uint64_t{2011 * 13 + 12} << 22) |
                          (uint64_t{31} << 17) | (23U << 12) | (59U << 6) | 58U;
  const Bytes datetime = test::big_endian(packed, 5);
  base::ByteReader datetime_reader(datetime);
  EXPECT_EQ(
      *read_datetime(datetime_reader, 0),
      (model::DateTime{
          .date = {.year = 2011, .month = 12, .day = 31}, .hour = 23, .minute = 59, .second = 58}));

  constexpr std::array<size_t, 7> kFractionBytes = {0, 1, 1, 2, 2, 3, 3};
  for (uint16_t digits = 0; digits < kFractionBytes.size(); ++digits) {
    EXPECT_EQ(fraction_bytes(digits), kFractionBytes.at(digits));
  }
}

// libs/mysql/serialization/readme.md of MySQL 9.7, "Variable-length integers"; there the bytes
// stand most significant first.
TEST(DocumentedSerialization, ExamplesOfTheReadme) {
  const auto bytes_of = [](std::string_view digits) {
    Bytes bytes = hex(digits);
    std::reverse(bytes.begin(), bytes.end());
    return bytes;
  };
  const Bytes unsigned_bytes = bytes_of("07 ff fb");
  base::ByteReader unsigned_reader(unsigned_bytes);
  EXPECT_EQ(read_varint(unsigned_reader), 65535U);
  struct Example {
    std::string_view bytes;
    int64_t value;
  };
  for (const Example& example :
       {Example{"0f ff f3", 65535}, Example{"0f ff eb", -65535}, Example{"0f ff fb", -65536}}) {
    const Bytes bytes = bytes_of(example.bytes);
    base::ByteReader reader(bytes);
    EXPECT_EQ(read_signed_varint(reader), example.value);
    EXPECT_TRUE(reader.finish("varint").ok());
  }
}

std::string json(std::string_view bytes) {
  const Bytes document = hex(bytes);
  base::Arena arena;
  const auto text = json_to_text(document, arena);
  return text.ok() ? std::string(*text) : text.error().text();
}

// sql-common/json_binary.h of MySQL 9.7, the grammar in its comment, production by production.
TEST(DocumentedJson, EachProductionOfTheGrammar) {
  EXPECT_EQ(json("00 0000 0400"), "{}");
  EXPECT_EQ(json("01 00000000 08000000"), "{}");
  EXPECT_EQ(json("02 0000 0400"), "[]");
  EXPECT_EQ(json("03 00000000 08000000"), "[]");
  EXPECT_EQ(json("04 00"), "null");
  EXPECT_EQ(json("04 01"), "true");
  EXPECT_EQ(json("04 02"), "false");
  EXPECT_EQ(json("05 0080"), "-32768");
  EXPECT_EQ(json("06 ffff"), "65535");
  EXPECT_EQ(json("07 00000080"), "-2147483648");
  EXPECT_EQ(json("08 ffffffff"), "4294967295");
  EXPECT_EQ(json("09 0000000000000080"), "-9223372036854775808");
  EXPECT_EQ(json("0a ffffffffffffffff"), "18446744073709551615");
  EXPECT_EQ(json("0b 000000000000f83f"), "1.5");
  EXPECT_EQ(json("0c 02 c3a9"), "\"\u00e9\"");
  // custom-data: type 16 is BIT, 246 DECIMAL with precision and scale in front.
  EXPECT_EQ(json("0f 10 02 0005"), "\"base64:type16:AAU=\"");
  EXPECT_EQ(json("0f f6 04 0302 8132"), "1.50");
  // Key entries, value entries, keys, values; 16-bit integers and literals lie in their entry.
  EXPECT_EQ(json("00 0200 1b00 1200 0100 1300 0200 05 0700 0c 1500 61 6262 05 68656c6c6f"),
            R"({"a": 7, "bb": "hello"})");
  // In large containers 32-bit integers do too.
  EXPECT_EQ(json("03 01000000 0d000000 07 00000100"), "[65536]");
  EXPECT_EQ(json("03 01000000 0d000000 08 ffffffff"), "[4294967295]");
}

// json_binary.h: a length has seven bits in each byte, the eighth says that more follow.
TEST(DocumentedJson, LengthsOfTheGrammar) {
  for (const auto& [length, size] :
       {std::pair{"7f", 127U}, {"8001", 128U}, {"ff7f", 16383U}, {"808001", 16384U}}) {
    std::string document = "0c ";
    document += length;
    for (unsigned i = 0; i < size; ++i) document += "61";
    EXPECT_EQ(json(document), "\"" + std::string(size, 'a') + "\"");
  }
}

// MySQL Reference Manual, "Bit-Value Type - BIT": b'101' in BIT(6) is b'000101'.
TEST(DocumentedBits, ShorterValuesArePaddedOnTheLeft) {
  const Bytes cell = hex("05");
  base::ByteReader reader(cell);
  base::Arena arena;
  const auto value = read_cell(reader, {.type = FieldType::kBit, .metadata = 6}, arena);
  ASSERT_TRUE(value.ok());
  EXPECT_EQ(std::get<model::Bits>(*value), (model::Bits{.value = 0b000101, .width = 6}));
}

// libs/mysql/binlog/event/rows_event.h of MySQL 9.7, Table_map_event: order of bits and bytes in
// null_bits, SIGNEDNESS and COLUMN_VISIBILITY are opposite.
TEST(DocumentedBits, NullBitsBeginWithTheLowestAndSignednessWithTheHighest) {
  const test::Decoded decoded(
      test::mysql_format(),
      test::event(EventType::kTableMap, hex("230000000000 0100 01 64 00 01 74 00 02 03 03 00 01") +
                                            hex("01 01 80") + hex("0c 01 80")));
  const auto& columns = decoded.as<TableMap>().columns;
  EXPECT_TRUE(columns[0].nullable && columns[0].is_unsigned && columns[0].visible);
  EXPECT_FALSE(columns[1].nullable || columns[1].is_unsigned || columns[1].visible);
}

// MariaDB documentation, "Rows_event_v1": a compressed event's header byte and the length of the
// plain rows, most significant byte first; the row image follows inflated.
TEST(DocumentedCompression, HeaderByteOfMariadbHoldsTheNumberOfLengthBytes) {
  // A zlib stream with one stored block.
  const test::Decoded decoded(
      test::mariadb_format(),
      test::event(EventType::kWriteRowsCompressedV1,
                  hex("230000000000 0100 01 ff 82 0005 7801 01 0500 faff fe01000000 04ff0100")));
  const auto images = decoded.as<Rows>().images;
  EXPECT_EQ(Bytes(images.begin(), images.end()), hex("fe 01000000"));
}

}  // namespace
}  // namespace rowmill::binlog
