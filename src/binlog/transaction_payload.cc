// SPDX-License-Identifier: Apache-2.0
//
// Transaction_payload_event: libs/mysql/binlog/event/codecs/binary.cpp and
// sql/binlog_reader.cc of MySQL 9.7.

#include "binlog/transaction_payload.h"

#include <zstd.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

#include "binlog/internal/event_bodies.h"

namespace rowmill::binlog {

using base::ByteReader;
using base::Error;
using base::ErrorKind;
using base::Result;

/// Fields of type, length, value (type and value length-encoded integers, as is the length) up to
/// type 0, then the payload, of which `missing` bytes come later.
Result<TransactionPayload> decode_transaction_payload(Body body, uint64_t missing) {
  enum Field : uint8_t { kEnd = 0, kPayloadSize = 1, kCompression = 2, kUncompressedSize = 3 };
  enum Compression : uint8_t { kZstd = 0, kNone = 255 };
  ByteReader reader(body);
  std::optional<uint64_t> payload_size;
  std::optional<uint64_t> compression;
  std::optional<uint64_t> uncompressed_size;
  while (!reader.failed()) {
    const uint64_t field = reader.length_encoded();
    if (field == kEnd) break;
    ByteReader value(reader.bytes(reader.length_encoded()));
    if (field == kPayloadSize) {
      payload_size = value.length_encoded();
    } else if (field == kCompression) {
      compression = value.length_encoded();
    } else if (field == kUncompressedSize) {
      uncompressed_size = value.length_encoded();
    } else {
      value.rest();
    }
    ROWMILL_TRY(value.finish("field " + std::to_string(field)));
  }
  TransactionPayload payload;
  payload.payload = reader.rest();
  ROWMILL_TRY(reader.finish("body"));
  if (!payload_size || !compression || *payload_size != payload.payload.size() + missing) {
    return Error(ErrorKind::kCorrupt, "sizes of the payload do not agree");
  }
  if (*compression != kZstd && *compression != kNone) {
    return Error(ErrorKind::kUnsupported, "compression " + std::to_string(*compression));
  }
  payload.zstd = *compression == kZstd;
  if (payload.zstd && !uncompressed_size) {
    return Error(ErrorKind::kCorrupt, "the uncompressed size is missing");
  }
  payload.uncompressed_size = uncompressed_size.value_or(*payload_size);
  return payload;
}

namespace {

/// Largest event that a server writes (max_log_event_size).
constexpr uint32_t kMaxInnerEventBytes = uint32_t{1} << 30;
constexpr size_t kFirstBufferBytes = size_t{64} * 1024;

struct ContextDeleter {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

/// Bytes that grow without being zeroed: a false size costs address space only.
class Buffer {
 public:
  std::byte* data() { return bytes_.get(); }
  /// Room for `size` bytes; keeps the first `kept`.
  void grow(size_t size, size_t kept) {
    if (size <= capacity_) return;
    capacity_ = std::max(size, kFirstBufferBytes);
    auto grown = std::make_unique_for_overwrite<std::byte[]>(capacity_);
    if (kept > 0) std::memcpy(grown.get(), bytes_.get(), kept);
    bytes_ = std::move(grown);
  }

 private:
  std::unique_ptr<std::byte[]> bytes_;
  size_t capacity_ = 0;
};

}  // namespace

struct TransactionPayloadReader::State {
  State(const TransactionPayload& head, std::unique_ptr<EventPieces> pieces)
      : zstd(head.zstd),
        remaining(head.uncompressed_size),
        payload(head.payload),
        rest(std::move(pieces)) {}

  bool zstd;
  /// Uncompressed bytes that are still to come.
  uint64_t remaining;
  /// The piece at hand.
  std::span<const std::byte> payload;
  /// Bytes of `payload` that have been used.
  size_t used = 0;
  /// What follows it; null after the last.
  std::unique_ptr<EventPieces> rest;
  std::unique_ptr<ZSTD_DCtx, ContextDeleter> context;
  bool in_frame = false;
  Buffer buffer;

  Result<std::optional<std::span<const std::byte>>> next();
  /// Makes the first `want` bytes of the event available, `have` of them are; fewer at the end.
  Result<std::span<const std::byte>> fetch(size_t have, size_t want);
  Result<size_t> inflate(size_t have, size_t want);
  Result<size_t> copy(size_t have, size_t want);
  /// Whether there is an unused byte; takes the next piece if need be.
  Result<bool> has_input();
};

TransactionPayloadReader::TransactionPayloadReader(const TransactionPayload& payload,
                                                   std::unique_ptr<EventPieces> rest)
    : state_(std::make_unique<State>(payload, std::move(rest))) {}
TransactionPayloadReader::TransactionPayloadReader(TransactionPayloadReader&&) noexcept = default;
TransactionPayloadReader& TransactionPayloadReader::operator=(TransactionPayloadReader&&) noexcept =
    default;
TransactionPayloadReader::~TransactionPayloadReader() = default;

Result<std::optional<std::span<const std::byte>>> TransactionPayloadReader::next() {
  Result<std::optional<std::span<const std::byte>>> event = state_->next();
  if (!event.ok()) return std::move(event).error().with_context("transaction payload");
  return event;
}

Result<std::optional<std::span<const std::byte>>> TransactionPayloadReader::State::next() {
  constexpr size_t kTypeAt = 4;
  constexpr size_t kSizeAt = 9;
  ROWMILL_ASSIGN(auto event, fetch(0, kEventHeaderBytes));
  if (event.size() > remaining || (event.empty() && remaining != 0)) {
    return Error(ErrorKind::kCorrupt, "does not have the size that it says");
  }
  if (event.empty()) return std::optional<std::span<const std::byte>>{};
  if (event.size() < kEventHeaderBytes) {
    return Error(ErrorKind::kCorrupt, "ends within the header of an event");
  }
  const uint32_t size = ByteReader(event.subspan(kSizeAt)).u32();
  if (size < kEventHeaderBytes || size > kMaxInnerEventBytes || size > remaining) {
    return Error(ErrorKind::kCorrupt, "has an event of " + std::to_string(size) + " bytes with " +
                                          std::to_string(remaining) + " left");
  }
  if (static_cast<EventType>(event[kTypeAt]) == EventType::kTransactionPayload) {
    return Error(ErrorKind::kCorrupt, "holds another one");
  }
  // The last event is the commit: one byte more than it has makes sure that the payload ends there.
  const bool is_last = size == remaining;
  ROWMILL_ASSIGN(event, fetch(kEventHeaderBytes, size_t{size} + (is_last ? 1 : 0)));
  if (event.size() < size) return Error(ErrorKind::kCorrupt, "ends within an event");
  if (event.size() > size) {
    return Error(ErrorKind::kCorrupt, "does not have the size that it says");
  }
  remaining -= size;
  return std::optional(event);
}

Result<std::span<const std::byte>> TransactionPayloadReader::State::fetch(size_t have,
                                                                          size_t want) {
  buffer.grow(want, have);
  ROWMILL_ASSIGN(const size_t got, zstd ? inflate(have, want) : copy(have, want));
  return std::span<const std::byte>(buffer.data(), got);
}

Result<bool> TransactionPayloadReader::State::has_input() {
  if (used < payload.size()) return true;
  if (!rest) return false;
  ROWMILL_ASSIGN(payload, rest->next());
  used = 0;
  if (payload.empty()) rest.reset();
  return !payload.empty();
}

Result<size_t> TransactionPayloadReader::State::copy(size_t have, size_t want) {
  while (have < want) {
    ROWMILL_ASSIGN(const bool more, has_input());
    if (!more) break;
    const size_t size = std::min(want - have, payload.size() - used);
    std::memcpy(buffer.data() + have, payload.data() + used, size);
    used += size;
    have += size;
  }
  return have;
}

/// The payload is one zstd frame or several, one after the other.
Result<size_t> TransactionPayloadReader::State::inflate(size_t have, size_t want) {
  if (!context) context.reset(ZSTD_createDCtx());
  if (!context) return Error(ErrorKind::kFatal, "no memory for zstd");
  ZSTD_outBuffer out{buffer.data(), want, have};
  while (out.pos < want) {
    ROWMILL_ASSIGN(const bool more, has_input());
    if (!more && !in_frame) break;
    ZSTD_inBuffer in{payload.data(), payload.size(), used};
    const size_t out_before = out.pos;
    const size_t status = ZSTD_decompressStream(context.get(), &out, &in);
    if (ZSTD_isError(status) != 0) {
      return Error(ErrorKind::kCorrupt,
                   std::string("is damaged (zstd: ") + ZSTD_getErrorName(status) + ")");
    }
    in_frame = status != 0;
    if (in.pos == used && out.pos == out_before) {
      return Error(ErrorKind::kCorrupt, "is cut short");
    }
    used = in.pos;
  }
  return out.pos;
}

}  // namespace rowmill::binlog
