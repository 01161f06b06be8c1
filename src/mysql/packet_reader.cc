// SPDX-License-Identifier: Apache-2.0
#include "mysql/packet_reader.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

#include "base/byte_reader.h"

namespace rowmill::mysql {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

constexpr size_t kHeaderBytes = 4;
/// A part of this length has another one after it.
constexpr size_t kFullPart = 0xffffff;

}  // namespace

PacketReader::PacketReader(ReadSome read, uint8_t next_sequence)
    : read_(std::move(read)),
      next_sequence_(next_sequence),
      buffer_(std::make_unique_for_overwrite<std::byte[]>(kBufferBytes)) {}

Result<void> PacketReader::fill(size_t count) {
  if (available() >= count) return {};
  if (begin_ + count > kBufferBytes) {
    std::memmove(buffer_.get(), buffer_.get() + begin_, available());
    end_ = available();
    begin_ = 0;
  }
  while (available() < count) {
    ROWMILL_ASSIGN(const size_t got, read_(std::span(buffer_.get() + end_, kBufferBytes - end_)));
    end_ += got;
  }
  return {};
}

/// Length 3, sequence 1.
Result<void> PacketReader::begin_part() {
  ROWMILL_TRY(fill(kHeaderBytes));
  base::ByteReader header(std::span(buffer_.get() + begin_, kHeaderBytes));
  part_left_ = header.u24();
  const uint8_t sequence = header.u8();
  begin_ += kHeaderBytes;
  part_is_last_ = part_left_ < kFullPart;
  if (sequence != next_sequence_) {
    return Error(ErrorKind::kRetry, "packets out of order: number " + std::to_string(sequence) +
                                        " instead of " + std::to_string(next_sequence_));
  }
  ++next_sequence_;
  return {};
}

PacketReader::Piece PacketReader::take(size_t count) {
  const std::span<const std::byte> bytes(buffer_.get() + begin_, count);
  begin_ += count;
  part_left_ -= count;
  return {.bytes = bytes, .last = part_left_ == 0 && part_is_last_};
}

Result<PacketReader::Piece> PacketReader::begin() {
  while (part_left_ > 0 || !part_is_last_) ROWMILL_TRY(more());
  ROWMILL_TRY(begin_part());
  const bool fits = part_left_ <= kBufferBytes;
  ROWMILL_TRY(fill(fits ? part_left_ : kPieceBytes));
  return take(std::min(part_left_, available()));
}

Result<PacketReader::Piece> PacketReader::more() {
  while (part_left_ == 0) {
    if (part_is_last_) return Piece{};
    ROWMILL_TRY(begin_part());
  }
  ROWMILL_TRY(fill(1));
  return take(std::min(part_left_, available()));
}

Result<std::span<const std::byte>> PacketReader::join(const Piece& first) {
  if (first.last) return first.bytes;
  joined_.assign(first.bytes.begin(), first.bytes.end());
  while (true) {
    ROWMILL_ASSIGN(const Piece piece, more());
    joined_.insert(joined_.end(), piece.bytes.begin(), piece.bytes.end());
    if (piece.last) return std::span<const std::byte>(joined_);
  }
}

}  // namespace rowmill::mysql
