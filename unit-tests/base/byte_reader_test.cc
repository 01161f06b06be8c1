// SPDX-License-Identifier: Apache-2.0
#include "base/byte_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

namespace rowmill::base {
namespace {

using testing::HasSubstr;

std::vector<std::byte> bytes(std::initializer_list<int> values) {
  std::vector<std::byte> result;
  for (const int value : values) result.push_back(static_cast<std::byte>(value));
  return result;
}

const std::vector<std::byte> kCounting = bytes({1, 2, 3, 4, 5, 6, 7, 8, 9});

struct FixedRead {
  std::string_view name;
  size_t width;
  uint64_t value;
  std::function<uint64_t(ByteReader&)> read;
};

const std::vector<FixedRead>& fixed_reads() {
  static const std::vector<FixedRead> reads = {
      {"u8", 1, 0x01, [](ByteReader& r) { return r.u8(); }},
      {"u16", 2, 0x0201, [](ByteReader& r) { return r.u16(); }},
      {"u24", 3, 0x030201, [](ByteReader& r) { return r.u24(); }},
      {"u32", 4, 0x04030201, [](ByteReader& r) { return r.u32(); }},
      {"u48", 6, 0x060504030201, [](ByteReader& r) { return r.u48(); }},
      {"u56", 7, 0x07060504030201, [](ByteReader& r) { return r.u56(); }},
      {"u64", 8, 0x0807060504030201, [](ByteReader& r) { return r.u64(); }},
      {"little_endian 5", 5, 0x0504030201, [](ByteReader& r) { return r.little_endian(5); }},
      {"big_endian 3", 3, 0x010203, [](ByteReader& r) { return r.big_endian(3); }},
      {"big_endian 8", 8, 0x0102030405060708, [](ByteReader& r) { return r.big_endian(8); }},
  };
  return reads;
}

TEST(ByteReader, FixedReadsTakeTheirWidth) {
  for (const FixedRead& c : fixed_reads()) {
    ByteReader reader(kCounting);
    EXPECT_EQ(c.read(reader), c.value) << c.name;
    EXPECT_EQ(reader.offset(), c.width) << c.name;
    EXPECT_EQ(reader.remaining(), kCounting.size() - c.width) << c.name;
    EXPECT_FALSE(reader.failed()) << c.name;
  }
}

TEST(ByteReader, FixedReadsFailAtEveryShorterLength) {
  for (const FixedRead& c : fixed_reads()) {
    for (size_t size = 0; size < c.width; ++size) {
      const auto cut = std::span(kCounting).first(size);
      ByteReader reader(cut);
      EXPECT_EQ(c.read(reader), 0U) << c.name << " of " << size;
      EXPECT_TRUE(reader.failed()) << c.name << " of " << size;
      EXPECT_EQ(reader.remaining(), 0U);
      EXPECT_TRUE(reader.at_end());
      EXPECT_FALSE(reader.finish("field").ok());
    }
  }
}

TEST(ByteReader, ReadsOfNoBytesAreZeroAndNoFailure) {
  ByteReader reader(std::span<const std::byte>{});
  EXPECT_EQ(reader.little_endian(0), 0U);
  EXPECT_EQ(reader.big_endian(0), 0U);
  EXPECT_TRUE(reader.rest().empty());
  EXPECT_TRUE(reader.bytes(0).empty());
  EXPECT_TRUE(reader.at_end());
  EXPECT_TRUE(reader.finish("nothing").ok());
}

TEST(ByteReader, LengthEncodedReadsEveryWidth) {
  const struct {
    std::vector<std::byte> wire;
    uint64_t value;
  } cases[] = {
      {bytes({0}), 0},
      {bytes({0xfa}), 250},
      {bytes({0xfc, 0xfb, 0x00}), 251},
      {bytes({0xfc, 0xff, 0xff}), 65535},
      {bytes({0xfd, 0x00, 0x00, 0x01}), 65536},
      {bytes({0xfe, 0x00, 0x00, 0x00, 0x01, 0, 0, 0, 0}), 16777216},
      {bytes({0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}), UINT64_MAX},
  };
  for (const auto& c : cases) {
    ByteReader reader(c.wire);
    EXPECT_EQ(reader.length_encoded(), c.value);
    EXPECT_TRUE(reader.finish("integer").ok());
    for (size_t size = 0; size < c.wire.size(); ++size) {
      const auto shorter = std::span(c.wire).first(size);
      ByteReader cut(shorter);
      EXPECT_EQ(cut.length_encoded(), 0U);
      EXPECT_TRUE(cut.failed()) << c.value << " cut to " << size;
    }
  }
}

TEST(ByteReader, LengthEncodedRefusesNullAndReserved) {
  for (const int first : {0xfb, 0xff}) {
    const auto wire = bytes({first, 1, 2, 3});
    ByteReader reader(wire);
    EXPECT_EQ(reader.length_encoded(), 0U);
    EXPECT_TRUE(reader.failed());
  }
}

TEST(ByteReader, BytesAndTextAreViewsOfTheInput) {
  const auto wire = bytes({'a', 'b', 'c', 'd', 'e'});
  ByteReader reader(wire);
  EXPECT_EQ(reader.text(2), "ab");
  const auto view = reader.bytes(1);
  EXPECT_EQ(view.data(), wire.data() + 2);
  EXPECT_EQ(view.size(), 1U);
  EXPECT_EQ(reader.rest_text(), "de");
  EXPECT_TRUE(reader.at_end());
  EXPECT_TRUE(reader.finish("text").ok());
}

TEST(ByteReader, ShortBytesAreEmptyAndLatch) {
  ByteReader reader(kCounting);
  reader.skip(5);
  EXPECT_TRUE(reader.bytes(5).empty());
  EXPECT_TRUE(reader.failed());
  EXPECT_EQ(reader.u8(), 0U);
  EXPECT_EQ(reader.text(1), "");
  EXPECT_EQ(reader.rest_text(), "");
  EXPECT_EQ(reader.offset(), 5U);
}

TEST(ByteReader, CountNearTheTopOfSizeTDoesNotWrapAround) {
  ByteReader reader(kCounting);
  reader.skip(4);
  EXPECT_TRUE(reader.bytes(SIZE_MAX).empty());
  EXPECT_TRUE(reader.failed());
}

TEST(ByteReader, FinishNamesTheFirstFailure) {
  ByteReader reader(kCounting);
  reader.skip(7);
  reader.u32();
  reader.u8();
  reader.fail();
  const auto result = reader.finish("header");
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().kind(), ErrorKind::kCorrupt);
  EXPECT_THAT(result.error().text(), HasSubstr("header"));
  EXPECT_THAT(result.error().text(), HasSubstr("byte 7 of 9"));
}

TEST(ByteReader, FinishRefusesBytesLeftOver) {
  ByteReader reader(kCounting);
  reader.u48();
  const auto result = reader.finish("header");
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().kind(), ErrorKind::kCorrupt);
  EXPECT_THAT(result.error().text(), HasSubstr("3 bytes left over after byte 6"));
  EXPECT_TRUE(reader.finish_ignoring_rest("header").ok());
}

TEST(ByteReader, FailByTheDecoderFailsBothEnds) {
  ByteReader reader(kCounting);
  reader.rest();
  reader.fail();
  EXPECT_FALSE(reader.finish("header").ok());
  EXPECT_FALSE(reader.finish_ignoring_rest("header").ok());
}

}  // namespace
}  // namespace rowmill::base
