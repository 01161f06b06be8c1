// SPDX-License-Identifier: Apache-2.0
#include "binlog/internal/temporal.h"

#include <gtest/gtest.h>

#include <string>

#include "binlog/cell_cases.h"

namespace rowmill::binlog {
namespace {

/// Decodes the whole of `hex` with `read`.
template <typename Read>
auto decode(std::string_view hex, Read read) -> decltype(read(std::declval<base::ByteReader&>())) {
  const std::string bytes = from_hex(hex);
  base::ByteReader reader(std::as_bytes(std::span(bytes)));
  auto value = read(reader);
  ROWMILL_TRY(reader.finish("value"));
  return value;
}

auto date(std::string_view hex) {
  return decode(hex, [](base::ByteReader& reader) { return read_date(reader); });
}
auto time(std::string_view hex, uint16_t digits) {
  return decode(hex, [=](base::ByteReader& reader) { return read_time(reader, digits); });
}
auto datetime(std::string_view hex, uint16_t digits) {
  return decode(hex, [=](base::ByteReader& reader) { return read_datetime(reader, digits); });
}
auto timestamp(std::string_view hex, uint16_t digits) {
  return decode(hex, [=](base::ByteReader& reader) { return read_timestamp(reader, digits); });
}

TEST(Temporal, DatesMayHaveZeroParts) {
  EXPECT_EQ(*date("000000"), model::Date{});
  EXPECT_EQ(*date("40d00f"), (model::Date{.year = 2024, .month = 2, .day = 0}));
  EXPECT_EQ(*date("9f1f4e"), (model::Date{.year = 9999, .month = 12, .day = 31}));
}

TEST(Temporal, NegativeTimesBorrowTheirFraction) {
  EXPECT_EQ(*time("7fffffec78", 3),
            (model::Time{.negative = true, .fraction_digits = 3, .microsecond = 500000}));
  EXPECT_EQ(*time("7fffff", 0), (model::Time{.negative = true, .second = 1}));
  EXPECT_EQ(*time("7fffffffffff", 6),
            (model::Time{.negative = true, .fraction_digits = 6, .microsecond = 1}));
  EXPECT_EQ(*time("8000000a", 1), (model::Time{.fraction_digits = 1, .microsecond = 100000}));
}

TEST(Temporal, DateTimesMayBeZero) { EXPECT_EQ(*datetime("8000000000", 0), model::DateTime{}); }

TEST(Temporal, TimestampZeroIsTheZeroDate) {
  EXPECT_TRUE(timestamp("00000000", 0)->is_zero());
  EXPECT_FALSE(timestamp("0000000001", 2)->is_zero());
}

TEST(Temporal, TimestampsGoBeyond2038) {
  EXPECT_EQ(timestamp("ffffffff0f423f", 6)->seconds, 4294967295);
  EXPECT_EQ(timestamp("ffffffff0f423f", 6)->microsecond, 999999U);
}

TEST(Temporal, FieldsOutOfRangeAreCorrupt) {
  const auto is_corrupt = [](const auto& result) {
    return !result.ok() && result.error().kind() == base::ErrorKind::kCorrupt;
  };
  EXPECT_TRUE(is_corrupt(date("a1d10f")));                // month 13
  EXPECT_TRUE(is_corrupt(date("21204e")));                // a year above 9999
  EXPECT_TRUE(is_corrupt(time("b47000", 0)));             // 839 hours
  EXPECT_TRUE(is_corrupt(time("800f00", 0)));             // minute 60
  EXPECT_TRUE(is_corrupt(time("80003c", 0)));             // second 60
  EXPECT_TRUE(is_corrupt(time("8000000f4240", 6)));       // a million microseconds
  EXPECT_TRUE(is_corrupt(time("80000064", 2)));           // a hundred hundredths
  EXPECT_TRUE(is_corrupt(datetime("0000000000", 0)));     // sign
  EXPECT_TRUE(is_corrupt(datetime("8000018000", 0)));     // hour 24
  EXPECT_TRUE(is_corrupt(datetime("8000000f00", 0)));     // minute 60
  EXPECT_TRUE(is_corrupt(datetime("800000003c", 0)));     // second 60
  EXPECT_TRUE(is_corrupt(datetime("ffffffffff", 0)));     // a year above 9999
  EXPECT_TRUE(is_corrupt(timestamp("00000001ffff", 4)));  // 65535 ten-thousandths
  EXPECT_TRUE(is_corrupt(timestamp("00000001", 7)));      // seven fraction digits
}

TEST(Temporal, PackedFormsOfJson) {
  EXPECT_EQ(*time_of_packed(-1),
            (model::Time{.negative = true, .fraction_digits = 6, .microsecond = 1}));
  EXPECT_EQ(*datetime_of_packed(0), (model::DateTime{.date = {}, .fraction_digits = 6}));
  EXPECT_FALSE(datetime_of_packed(-1).ok());
  EXPECT_FALSE(time_of_packed(INT64_MIN).ok());
  EXPECT_FALSE(time_of_packed(INT64_MAX).ok());
  EXPECT_FALSE(datetime_of_packed(INT64_MAX).ok());
}

}  // namespace
}  // namespace rowmill::binlog
