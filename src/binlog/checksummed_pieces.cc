// SPDX-License-Identifier: Apache-2.0
#include "binlog/internal/checksummed_pieces.h"

#include <zlib.h>

#include <algorithm>

#include "base/byte_reader.h"

namespace rowmill::binlog {

using base::Error;
using base::ErrorKind;
using base::Result;

ChecksummedPieces::ChecksummedPieces(ChecksumAlgorithm algorithm, uint64_t event_bytes,
                                     std::span<const std::byte> beginning, EventPieces& rest)
    : has_checksum_(algorithm == ChecksumAlgorithm::kCrc32),
      covered_left_(event_bytes - (has_checksum_ ? kChecksumBytes : 0)),
      rest_(rest) {
  beginning_ = take(beginning);
}

std::span<const std::byte> ChecksummedPieces::take(std::span<const std::byte> piece) {
  const auto covered = piece.first(std::min<uint64_t>(piece.size(), covered_left_));
  covered_left_ -= covered.size();
  if (has_checksum_) {
    const auto* data = reinterpret_cast<const Bytef*>(covered.data());
    computed_ = static_cast<uint32_t>(crc32_z(computed_, data, covered.size()));
  }
  for (const std::byte each : piece.subspan(covered.size())) {
    too_long_ = too_long_ || !has_checksum_ || logged_bytes_ == logged_.size();
    if (!too_long_) logged_[logged_bytes_++] = each;
  }
  return covered;
}

Result<std::span<const std::byte>> ChecksummedPieces::next() {
  while (true) {
    ROWMILL_ASSIGN(const auto piece, rest_.next());
    if (piece.empty()) {
      ROWMILL_TRY(verify());
      return piece;
    }
    if (const auto covered = take(piece); !covered.empty()) return covered;
  }
}

Result<void> ChecksummedPieces::verify() const {
  const size_t expected = has_checksum_ ? kChecksumBytes : 0;
  if (too_long_ || covered_left_ != 0 || logged_bytes_ != expected) {
    return Error(ErrorKind::kCorrupt, "does not have the size that its header says");
  }
  if (has_checksum_ && base::ByteReader(logged_).u32() != computed_) {
    return Error(ErrorKind::kCorrupt, "checksum does not match: the event was damaged on its way");
  }
  return {};
}

}  // namespace rowmill::binlog
