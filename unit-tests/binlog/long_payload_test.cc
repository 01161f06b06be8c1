// SPDX-License-Identifier: Apache-2.0
//
// A compressed transaction that arrives piece by piece.
#include <gtest/gtest.h>
#include <zstd.h>

#include <algorithm>

#include "binlog/event_decoder.h"
#include "binlog/transaction_payload.h"
#include "support/event_bytes.h"

namespace rowmill::binlog {
namespace {

using base::ErrorKind;
using base::Result;
using test::operator+;
using test::Bytes;
using test::event;
using test::hex;
using test::little_endian;
using test::text;

/// Gives out what follows `beginning` in steps.
class Steps : public EventPieces {
 public:
  Steps(std::span<const std::byte> left, size_t step) : left_(left), step_(step) {}
  Result<std::span<const std::byte>> next() override {
    const auto piece = left_.first(std::min(step_, left_.size()));
    left_ = left_.subspan(piece.size());
    return piece;
  }

 private:
  std::span<const std::byte> left_;
  size_t step_;
};

/// Bytes that zstd cannot make smaller by much.
Bytes noise(size_t size) {
  Bytes bytes(size);
  uint32_t state = 1;
  for (std::byte& each : bytes) {
    state = state * 1664525 + 1013904223;
    each = static_cast<std::byte>(state >> 24);
  }
  return bytes;
}

const std::vector<Bytes> kInner = {
    event(EventType::kQuery, text("small")),
    event(EventType::kWriteRows, noise(5'000)),
    event(EventType::kXid, hex("0102030405060708")),
};

Bytes payload_event(bool zstd, bool checksum) {
  Bytes inner;
  for (const Bytes& each : kInner) inner = inner + each;
  Bytes payload = inner;
  if (zstd) {
    payload.resize(ZSTD_compressBound(inner.size()));
    payload.resize(ZSTD_compress(payload.data(), payload.size(), inner.data(), inner.size(), 3));
  }
  const auto field = [](std::string_view head, uint64_t value) {
    return hex(head) + hex("09 fe") + little_endian(value, 8);
  };
  const Bytes body = hex(zstd ? "02 01 00" : "02 03 fcff00") + field("03", inner.size()) +
                     field("01", payload.size()) + hex("00") + payload;
  const Bytes whole = event(EventType::kTransactionPayload, body);
  return checksum ? test::with_checksum(whole) : whole;
}

/// The inner events of `whole`, of which the first `beginning` bytes are there at once. Events that
/// came before an error are added to `seen`.
Result<std::vector<Bytes>> read(const Bytes& whole, bool checksum, size_t beginning, size_t step,
                                size_t* seen = nullptr) {
  EventDecoder decoder(ChecksumAlgorithm::kNone);
  const uint8_t algorithm = checksum ? 1 : 0;
  EXPECT_TRUE(decoder.decode(test::format_description({.checksum = algorithm})).ok());
  const std::span<const std::byte> bytes(whole);
  Steps rest(bytes.subspan(beginning), step);
  ROWMILL_ASSIGN(auto payload, decoder.decode_long_payload(bytes.first(beginning), rest));
  TransactionPayloadReader reader(std::get<TransactionPayload>(payload.event.body),
                                  std::move(payload.rest));
  std::vector<Bytes> events;
  while (true) {
    ROWMILL_ASSIGN(const auto next, reader.next());
    if (!next) return events;
    events.emplace_back(next->begin(), next->end());
    if (seen != nullptr) ++*seen;
  }
}

TEST(LongPayload, EventsComeOutAsTheyWentInHoweverThePiecesAreCut) {
  for (const bool zstd : {false, true}) {
    for (const bool checksum : {false, true}) {
      const Bytes whole = payload_event(zstd, checksum);
      for (const size_t beginning : {EventDecoder::kPayloadHeadBytes, whole.size() - 5,
                                     whole.size() - 4, whole.size() - 1, whole.size()}) {
        for (const size_t step : {size_t{1}, size_t{1'000}, size_t{100'000}}) {
          const auto events = read(whole, checksum, beginning, step);
          ASSERT_TRUE(events.ok()) << events.error().text();
          EXPECT_EQ(*events, kInner);
        }
      }
    }
  }
}

TEST(LongPayload, DamageIsFoundBeforeTheLastEventComesOut) {
  for (const bool zstd : {false, true}) {
    Bytes whole = payload_event(zstd, /*checksum=*/true);
    for (const size_t damaged : {whole.size() - 1, whole.size() - 2'000}) {
      whole[damaged] ^= std::byte{1};
      size_t seen = 0;
      const auto events = read(whole, /*checksum=*/true, 200, 300, &seen);
      ASSERT_FALSE(events.ok());
      EXPECT_EQ(events.error().kind(), ErrorKind::kCorrupt);
      EXPECT_LT(seen, kInner.size());
      whole[damaged] ^= std::byte{1};
    }
  }
}

TEST(LongPayload, CutAnywhereIsCorrupt) {
  const Bytes whole = payload_event(/*zstd=*/true, /*checksum=*/true);
  for (size_t size = 200; size < whole.size(); size += 97) {
    const auto events =
        read({whole.begin(), whole.begin() + static_cast<ptrdiff_t>(size)}, true, 200, 300);
    ASSERT_FALSE(events.ok()) << size;
    EXPECT_EQ(events.error().kind(), ErrorKind::kCorrupt) << size;
  }
}

TEST(LongPayload, MoreBytesThanTheHeaderSaysAreCorrupt) {
  const Bytes whole = payload_event(/*zstd=*/true, /*checksum=*/true) + hex("00");
  const auto events = read(whole, true, 200, 300);
  ASSERT_FALSE(events.ok());
  EXPECT_EQ(events.error().kind(), ErrorKind::kCorrupt);
}

TEST(LongPayload, BeginningWithinALongHeaderIsCorrupt) {
  EventDecoder decoder(ChecksumAlgorithm::kNone);
  ASSERT_TRUE(decoder.decode(test::format_description({.header_length = 255})).ok());
  const Bytes whole = event(EventType::kTransactionPayload, noise(300));
  const std::span<const std::byte> bytes(whole);
  Steps rest(bytes.subspan(200), 300);
  const auto payload = decoder.decode_long_payload(bytes.first(200), rest);
  ASSERT_FALSE(payload.ok());
  EXPECT_EQ(payload.error().kind(), ErrorKind::kCorrupt);
}

TEST(LongPayload, OtherEventsAreRefused) {
  const Bytes whole = event(EventType::kWriteRows, noise(300));
  const auto events = read(whole, false, 200, 300);
  ASSERT_FALSE(events.ok());
  EXPECT_EQ(events.error().kind(), ErrorKind::kCorrupt);
}

}  // namespace
}  // namespace rowmill::binlog
