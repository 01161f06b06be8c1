// SPDX-License-Identifier: Apache-2.0
//
// TRANSACTION_PAYLOAD. After a first byte that is even, the body of such an event; after one that
// is odd, the events in it, which the fuzzer compresses itself: mutations of a compressed frame
// seldom get past its checks.

#include <zstd.h>

#include <cstdint>
#include <optional>
#include <span>

#include "binlog/internal/event_bodies.h"
#include "binlog/transaction_payload.h"
#include "fuzz/checks.h"
#include "support/event_bytes.h"

namespace rowmill::test {
namespace {

/// The events one after the other, or nothing after an error.
std::optional<Bytes> read_events(const binlog::TransactionPayload& payload) {
  binlog::TransactionPayloadReader reader(payload);
  Bytes all;
  while (true) {
    const auto next = reader.next();
    if (!next.ok()) return std::nullopt;
    if (!*next) return all;
    require((*next)->size() >= binlog::kEventHeaderBytes, "an inner event has a header");
    all.insert(all.end(), (*next)->begin(), (*next)->end());
  }
}

void read_body(std::span<const std::byte> body) {
  const auto payload = binlog::decode_transaction_payload(body);
  if (!payload.ok()) return;
  const auto events = read_events(*payload);
  if (!events) return;
  require(events->size() == payload->uncompressed_size, "events add up to the size announced");
}

void read_compressed(std::span<const std::byte> plain) {
  Bytes frame(ZSTD_compressBound(plain.size()));
  frame.resize(ZSTD_compress(frame.data(), frame.size(), plain.data(), plain.size(), 1));
  const auto packed =
      read_events({.zstd = true, .uncompressed_size = plain.size(), .payload = frame});
  const auto bare =
      read_events({.zstd = false, .uncompressed_size = plain.size(), .payload = plain});
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
    rowmill::test::read_body(rest);
  } else {
    rowmill::test::read_compressed(rest);
  }
  return 0;
}
