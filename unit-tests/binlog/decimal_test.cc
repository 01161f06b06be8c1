// SPDX-License-Identifier: Apache-2.0
#include "binlog/internal/decimal.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

#include "binlog/cell_cases.h"

namespace rowmill::binlog {
namespace {

base::Result<std::string> decode(DecimalFormat format, std::string_view bytes) {
  base::ByteReader reader(std::as_bytes(std::span(bytes)));
  std::array<char, kMaxDecimalText> text;
  ROWMILL_ASSIGN(const std::string_view digits, read_decimal(reader, format, text));
  ROWMILL_TRY(reader.finish("DECIMAL"));
  return std::string(digits);
}

struct DecimalCase {
  std::string_view name;
  DecimalFormat format;
  std::string_view hex;
  std::string_view text;
};

class DecimalText : public testing::TestWithParam<DecimalCase> {};

TEST_P(DecimalText, IsTheServers) {
  const auto text = decode(GetParam().format, from_hex(GetParam().hex));
  ASSERT_TRUE(text.ok()) << text.error().text();
  EXPECT_EQ(*text, GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(
    Table, DecimalText,
    testing::Values(
        DecimalCase{"NegativeInteger", {10, 0}, "7ffffffffa", "-5"},
        DecimalCase{"OnlyAFraction", {3, 3}, "7f84", "-0.123"},
        DecimalCase{"ZeroKeepsItsScale", {5, 2}, "800000", "0.00"},
        DecimalCase{"MinusZeroIsZero", {5, 2}, "7fffff", "0.00"},
        DecimalCase{"WholeGroups", {18, 9}, "8000000100000001", "1.000000001"},
        // JSON counts the integer digits in whole groups: one more than a column can have.
        DecimalCase{"PrecisionOfJson",
                    {66, 30},
                    "80bc614e35b7bf87350e34c02f075f79075bcd1500bc614e35b7bf87037a",
                    "12345678901234567890123456789012345.123456789012345678901234567890"}),
    [](const auto& test) { return std::string(test.param.name); });

std::string repeated(std::string_view text, size_t count) {
  std::string all;
  for (size_t i = 0; i < count; ++i) all += text;
  return all;
}

TEST(Decimal, LongestTextsFit) {
  const auto column = decode({65, 0}, from_hex("1c" + repeated("c4653600", 7)));
  ASSERT_TRUE(column.ok()) << column.error().text();
  EXPECT_EQ(*column, "-" + std::string(65, '9'));
  const auto fraction = decode({81, 81}, from_hex("44653600" + repeated("c4653600", 8)));
  ASSERT_TRUE(fraction.ok()) << fraction.error().text();
  EXPECT_EQ(*fraction, "-0." + std::string(81, '9'));
}

TEST(Decimal, GroupWithMoreThanItsDigitsIsCorrupt) {
  const auto text = decode({9, 0}, from_hex("ffffffff"));
  ASSERT_FALSE(text.ok());
  EXPECT_EQ(text.error().kind(), base::ErrorKind::kCorrupt);
}

TEST(Decimal, ImpossibleFormatsAreCorrupt) {
  for (const DecimalFormat format :
       {DecimalFormat{0, 0}, DecimalFormat{2, 3}, DecimalFormat{82, 0}}) {
    EXPECT_EQ(decimal_bytes(format), 0U);
    EXPECT_FALSE(decode(format, std::string(64, '\x80')).ok());
  }
}

TEST(Decimal, CutShortFails) { EXPECT_FALSE(decode({10, 0}, from_hex("7fffffff")).ok()); }

}  // namespace
}  // namespace rowmill::binlog
