// SPDX-License-Identifier: Apache-2.0
#include "binlog/transaction_payload.h"

#include <gtest/gtest.h>
#include <zstd.h>

#include <vector>

#include "binlog/decoded.h"

namespace rowmill::binlog {
namespace {

using base::ErrorKind;
using test::operator+;
using test::Bytes;
using test::Decoded;
using test::event;
using test::hex;
using test::little_endian;
using test::mysql_format;
using test::text;

Bytes zstd_frame(const Bytes& plain) {
  Bytes frame(ZSTD_compressBound(plain.size()));
  frame.resize(ZSTD_compress(frame.data(), frame.size(), plain.data(), plain.size(), 3));
  return frame;
}

/// The inner events, or the error; each must come out as it went in.
base::Result<std::vector<Bytes>> read(const TransactionPayload& payload) {
  TransactionPayloadReader reader(payload);
  std::vector<Bytes> events;
  while (true) {
    ROWMILL_ASSIGN(const auto next, reader.next());
    if (!next) return events;
    events.emplace_back(next->begin(), next->end());
  }
}

base::Result<std::vector<Bytes>> read_zstd(const Bytes& payload, uint64_t uncompressed_size) {
  return read({.zstd = true, .uncompressed_size = uncompressed_size, .payload = payload});
}

base::Result<std::vector<Bytes>> read_plain(const Bytes& payload) {
  return read({.zstd = false, .uncompressed_size = payload.size(), .payload = payload});
}

const std::vector<Bytes> kEvents = {
    event(EventType::kQuery, text("small")),
    event(EventType::kWriteRows, Bytes(300'000, std::byte{'r'})),
    event(EventType::kXid, hex("0102030405060708")),
};

Bytes joined(const std::vector<Bytes>& events) {
  Bytes all;
  for (const Bytes& each : events) all = all + each;
  return all;
}

// The head of the event

TEST(TransactionPayload, FieldsComeInAnyOrderAndUnknownOnesAreLeftOut) {
  const Decoded decoded(mysql_format(),
                        event(EventType::kTransactionPayload,
                              hex("07 01 09 02 01 00 03 03 fc3412 01 01 03 00") + text("zip")));
  const auto& payload = decoded.as<TransactionPayload>();
  EXPECT_TRUE(payload.zstd);
  EXPECT_EQ(payload.uncompressed_size, 0x1234U);
  EXPECT_EQ(payload.payload.size(), 3U);
}

TEST(TransactionPayload, UncompressedOneNeedsNoSecondSize) {
  const Decoded decoded(mysql_format(), event(EventType::kTransactionPayload,
                                              hex("02 03 fcff00 01 01 03 00") + text("raw")));
  EXPECT_FALSE(decoded.as<TransactionPayload>().zstd);
  EXPECT_EQ(decoded.as<TransactionPayload>().uncompressed_size, 3U);
}

TEST(TransactionPayload, HeadsThatDoNotAgreeAreRefused) {
  struct Case {
    std::string_view name;
    std::string_view head;
    ErrorKind kind;
  };
  for (const Case& each : {
           Case{"no size", "02 01 00 03 01 03 00", ErrorKind::kCorrupt},
           Case{"no compression", "01 01 03 03 01 03 00", ErrorKind::kCorrupt},
           Case{"no uncompressed size", "02 01 00 01 01 03 00", ErrorKind::kCorrupt},
           Case{"other size", "02 01 00 03 01 03 01 01 04 00", ErrorKind::kCorrupt},
           Case{"long value", "02 02 0000 03 01 03 01 01 03 00", ErrorKind::kCorrupt},
           Case{"other compression", "02 01 01 03 01 03 01 01 03 00", ErrorKind::kUnsupported},
       }) {
    const Decoded decoded(mysql_format(),
                          event(EventType::kTransactionPayload, hex(each.head) + text("zip")));
    ASSERT_FALSE(decoded.ok()) << each.name;
    EXPECT_EQ(decoded.error_kind(), each.kind) << each.name;
  }
}

// The events inside

TEST(TransactionPayloadReader, EventsComeOutAsTheyWentIn) {
  const Bytes all = joined(kEvents);
  const auto zipped = read_zstd(zstd_frame(all), all.size());
  ASSERT_TRUE(zipped.ok()) << zipped.error().text();
  EXPECT_EQ(*zipped, kEvents);
  const auto plain = read_plain(all);
  ASSERT_TRUE(plain.ok()) << plain.error().text();
  EXPECT_EQ(*plain, kEvents);
}

TEST(TransactionPayloadReader, FramesMayEndAnywhere) {
  const Bytes all = joined(kEvents);
  for (const size_t cut :
       {size_t{0}, size_t{1}, size_t{19}, size_t{24}, size_t{1000}, all.size()}) {
    const auto at = all.begin() + static_cast<ptrdiff_t>(cut);
    const Bytes frames = zstd_frame({all.begin(), at}) + zstd_frame({at, all.end()});
    const auto events = read_zstd(frames, all.size());
    ASSERT_TRUE(events.ok()) << cut << ": " << events.error().text();
    EXPECT_EQ(*events, kEvents) << cut;
  }
}

TEST(TransactionPayloadReader, EmptyPayloadHasNoEvents) {
  EXPECT_EQ(read_plain({})->size(), 0U);
  EXPECT_EQ(read_zstd(zstd_frame({}), 0)->size(), 0U);
}

TEST(TransactionPayloadReader, CutAnywhereIsCorrupt) {
  const Bytes all = joined({kEvents[0], kEvents[2]});
  const Bytes zipped = zstd_frame(all);
  for (size_t size = 0; size < zipped.size(); ++size) {
    const auto events =
        read_zstd({zipped.begin(), zipped.begin() + static_cast<ptrdiff_t>(size)}, all.size());
    ASSERT_FALSE(events.ok()) << size;
    EXPECT_EQ(events.error().kind(), ErrorKind::kCorrupt) << size;
  }
  for (size_t size = 1; size < all.size(); ++size) {
    if (size == kEvents[0].size()) continue;
    const auto events = read_plain({all.begin(), all.begin() + static_cast<ptrdiff_t>(size)});
    ASSERT_FALSE(events.ok()) << size;
    EXPECT_EQ(events.error().kind(), ErrorKind::kCorrupt) << size;
  }
}

TEST(TransactionPayloadReader, SizesThatDoNotAgreeAreCorrupt) {
  const Bytes all = joined(kEvents);
  const Bytes zipped = zstd_frame(all);
  for (const uint64_t size : {uint64_t{0}, all.size() - 1, all.size() - 27, all.size() + 1}) {
    const auto events = read_zstd(zipped, size);
    ASSERT_FALSE(events.ok()) << size;
    EXPECT_EQ(events.error().kind(), ErrorKind::kCorrupt) << size;
  }
}

TEST(TransactionPayloadReader, BytesBehindTheFrameAreCorrupt) {
  const Bytes all = joined(kEvents);
  EXPECT_EQ(read_zstd(zstd_frame(all) + hex("00"), all.size()).error().kind(), ErrorKind::kCorrupt);
}

TEST(TransactionPayloadReader, InnerSizesOutOfRangeAreCorrupt) {
  for (const uint32_t size : {0U, 18U, 28U, 0x4000'0001U, 0xffff'ffffU}) {
    Bytes xid = kEvents[2];
    const Bytes wire = little_endian(size, 4);
    std::copy(wire.begin(), wire.end(), xid.begin() + 9);
    for (const auto& events : {read_plain(xid), read_zstd(zstd_frame(xid), xid.size()),
                               read_zstd(zstd_frame(xid), uint64_t{1} << 40)}) {
      ASSERT_FALSE(events.ok()) << size;
      EXPECT_EQ(events.error().kind(), ErrorKind::kCorrupt) << size;
    }
  }
}

TEST(TransactionPayloadReader, NestedPayloadIsCorrupt) {
  const Bytes nested = event(EventType::kTransactionPayload, hex("02 03 fcff00 01 01 00 00"));
  EXPECT_EQ(read_plain(nested).error().kind(), ErrorKind::kCorrupt);
  EXPECT_EQ(read_zstd(zstd_frame(nested), nested.size()).error().kind(), ErrorKind::kCorrupt);
}

}  // namespace
}  // namespace rowmill::binlog
