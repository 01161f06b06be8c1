// SPDX-License-Identifier: Apache-2.0
//
// TRANSACTION_PAYLOAD. After a first byte that is even, the body of such an event, which is read at
// once and piece by piece; after one that is odd, the events in it, which the fuzzer compresses
// itself: mutations of a compressed frame seldom get past its checks.

#include <zstd.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <variant>

#include "binlog/event_decoder.h"
#include "binlog/internal/event_bodies.h"
#include "binlog/transaction_payload.h"
#include "fuzz/checks.h"
#include "support/event_bytes.h"

namespace rowmill::test {
namespace {

/// The events one after the other, or nothing after an error.
std::optional<Bytes> read_events(binlog::TransactionPayloadReader reader) {
  Bytes all;
  while (true) {
    const auto next = reader.next();
    if (!next.ok()) return std::nullopt;
    if (!*next) return all;
    require((*next)->size() >= binlog::kEventHeaderBytes, "an inner event has a header");
    all.insert(all.end(), (*next)->begin(), (*next)->end());
  }
}

/// The bytes of an event behind its beginning, a few at a time.
class Steps : public binlog::EventPieces {
 public:
  Steps(std::span<const std::byte> left, size_t step) : left_(left), step_(step) {}
  base::Result<std::span<const std::byte>> next() override {
    const auto piece = left_.first(std::min(step_, left_.size()));
    left_ = left_.subspan(piece.size());
    return piece;
  }

 private:
  std::span<const std::byte> left_;
  size_t step_;
};

/// The events of a payload that arrives in pieces of `step` bytes; nothing after an error.
std::optional<Bytes> read_in_pieces(std::span<const std::byte> body, size_t step) {
  binlog::EventDecoder decoder(binlog::ChecksumAlgorithm::kCrc32);
  require(decoder.decode(format_description({.checksum = 1})).ok(), "the format is understood");
  const Bytes event = with_checksum(
      test::event(binlog::EventType::kTransactionPayload, Bytes(body.begin(), body.end())));
  const auto all = std::span<const std::byte>(event);
  Steps rest(all.subspan(binlog::EventDecoder::kPayloadHeadBytes), step);
  auto payload =
      decoder.decode_long_payload(all.first(binlog::EventDecoder::kPayloadHeadBytes), rest);
  if (!payload.ok()) return std::nullopt;
  return read_events(binlog::TransactionPayloadReader(
      std::get<binlog::TransactionPayload>(payload->event.body), std::move(payload->rest)));
}

void read_body(std::span<const std::byte> body, size_t step) {
  std::optional<Bytes> events;
  if (const auto payload = binlog::decode_transaction_payload(body); payload.ok()) {
    events = read_events(binlog::TransactionPayloadReader(*payload));
    require(!events || events->size() == payload->uncompressed_size,
            "events add up to the size announced");
  }
  if (body.size() < binlog::EventDecoder::kPayloadHeadBytes) return;
  require(read_in_pieces(body, step) == events, "pieces give what the whole gives");
}

void read_compressed(std::span<const std::byte> plain) {
  Bytes frame(ZSTD_compressBound(plain.size()));
  frame.resize(ZSTD_compress(frame.data(), frame.size(), plain.data(), plain.size(), 1));
  const auto packed = read_events(binlog::TransactionPayloadReader(
      {.zstd = true, .uncompressed_size = plain.size(), .payload = frame}));
  const auto bare = read_events(binlog::TransactionPayloadReader(
      {.zstd = false, .uncompressed_size = plain.size(), .payload = plain}));
  require(packed == bare, "compression changes nothing");
  require(!packed || std::equal(packed->begin(), packed->end(), plain.begin(), plain.end()),
          "events come out as they went in");
}

}  // namespace
}  // namespace rowmill::test

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const auto rest = std::as_bytes(std::span(data + 1, size - 1));
  if ((data[0] & 1) == 0) {
    rowmill::test::read_body(rest, data[0] / 2U + 1U);
  } else {
    rowmill::test::read_compressed(rest);
  }
  return 0;
}
