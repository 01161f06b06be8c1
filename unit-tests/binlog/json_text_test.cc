// SPDX-License-Identifier: Apache-2.0
#include "binlog/internal/json_text.h"

#include <gtest/gtest.h>

#include <string>

#include "binlog/cell_cases.h"

// What real servers store and print is in testdata/values/JSON.txt, which cell_test.cc goes
// through. Here is what they never send.

namespace rowmill::binlog {
namespace {

base::Result<std::string> print(std::string_view hex) {
  const std::string document = from_hex(hex);
  base::Arena arena;
  ROWMILL_ASSIGN(const std::string_view text,
                 json_to_text(std::as_bytes(std::span(document)), arena));
  return std::string(text);
}

TEST(JsonText, NoBytesAreTheLiteralNull) {
  const auto text = print("");
  ASSERT_TRUE(text.ok());
  EXPECT_EQ(*text, "null");
}

TEST(JsonText, StaleBytesAreIgnored) {
  // [1] of 7 bytes in a container that counts 9, and one more byte after it.
  const auto text = print("02010009000501000000ff");
  ASSERT_TRUE(text.ok()) << text.error().text();
  EXPECT_EQ(*text, "[1]");
}

struct BrokenDocument {
  std::string_view name;
  std::string_view hex;
  std::string_view message;
};

class BrokenJson : public testing::TestWithParam<BrokenDocument> {};

TEST_P(BrokenJson, IsCorrupt) {
  const auto text = print(GetParam().hex);
  ASSERT_FALSE(text.ok()) << *text;
  EXPECT_EQ(text.error().kind(), base::ErrorKind::kCorrupt);
  EXPECT_EQ(text.error().message(), "JSON document: " + std::string(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    Table, BrokenJson,
    testing::Values(
        BrokenDocument{"UnknownType", "7f00", "unknown value type 127"},
        BrokenDocument{"TypeAlone", "05", "a part is cut short"},
        BrokenDocument{"ShortDouble", "0b00000000000000", "a part is cut short"},
        BrokenDocument{"InfiniteDouble", "0b000000000000f07f", "a double is not finite"},
        BrokenDocument{"UnknownLiteral", "0403", "unknown literal"},
        BrokenDocument{"ShortString", "0c0561", "a part is cut short"},
        BrokenDocument{"EndlessLength", "0cffffffffffff", "a part is cut short"},
        BrokenDocument{"InvalidUtf8", "0c02c080", "a string is not valid UTF-8"},
        BrokenDocument{"ShortHead", "020100", "a container is cut short"},
        BrokenDocument{"SizeBeyondTheEnd", "020100ff00050100", "a container is cut short"},
        BrokenDocument{"CountBeyondTheSize", "02ffff0700050100", "a container is cut short"},
        BrokenDocument{"HugeCount", "03ffffffff0800000000", "a container is cut short"},
        BrokenDocument{"ValueInTheEntries", "02010007000c0400",
                       "a value lies outside of its container"},
        BrokenDocument{"ArrayInItself", "0201000700020000",
                       "a value lies outside of its container"},
        BrokenDocument{"ValueBeyondTheSize", "02010007000c0800",
                       "a value lies outside of its container"},
        BrokenDocument{"KeyBeyondTheSize", "0001000c000b0002000401006b",
                       "a key lies outside of its object"},
        BrokenDocument{"KeyInTheEntries", "0001000c00000001000401006b",
                       "a key lies outside of its object"},
        BrokenDocument{"SameStringTwice",
                       "020200160"
                       "00c0a000c0a000b6162636465666768696a6b",
                       "parts overlap"},
        BrokenDocument{"DecimalTooShort", "0ff603050280", "a DECIMAL is damaged"},
        BrokenDocument{"DateTooShort", "0f0a0100", "a date or time is damaged"},
        BrokenDocument{"TimeOutOfRange", "0f0b08ffffffffffffff7f", "a TIME is out of range"},
        BrokenDocument{"DateOutOfRange", "0f0c08ffffffffffffff7f", "a date is out of range"}),
    [](const auto& test) { return std::string(test.param.name); });

/// `levels` arrays, each but the innermost holding the next.
std::string nested_arrays(size_t levels) {
  const auto u16 = [](size_t value) {
    return std::string{static_cast<char>(value & 0xff), static_cast<char>(value >> 8)};
  };
  std::string body = u16(0) + u16(4);
  for (size_t i = 1; i < levels; ++i) body = u16(1) + u16(body.size() + 7) + "\x02" + u16(7) + body;
  return to_hex("\x02" + body);
}

TEST(JsonText, DepthEndsWhereTheServersDoes) {
  const auto deepest = print(nested_arrays(100));
  ASSERT_TRUE(deepest.ok()) << deepest.error().text();
  EXPECT_EQ(*deepest, std::string(100, '[') + std::string(100, ']'));
  const auto deeper = print(nested_arrays(101));
  ASSERT_FALSE(deeper.ok());
  EXPECT_EQ(deeper.error().message(), "JSON document: nested too deeply");
}

TEST(JsonText, SharedPartsCannotMultiply) {
  // Arrays of two, both elements the next array: 2^99 values in 1 KB.
  const auto u16 = [](size_t value) {
    return std::string{static_cast<char>(value & 0xff), static_cast<char>(value >> 8)};
  };
  std::string body = u16(0) + u16(4);
  for (int i = 1; i < 100; ++i) {
    body = u16(2) + u16(body.size() + 10) + "\x02" + u16(10) + "\x02" + u16(10) + body;
  }
  const auto text = print(to_hex("\x02" + body));
  ASSERT_FALSE(text.ok());
  EXPECT_EQ(text.error().message(), "JSON document: parts overlap");
}

}  // namespace
}  // namespace rowmill::binlog
