// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/result.h"
#include "binlog/event.h"
#include "binlog/event_pieces.h"

namespace rowmill::binlog {

/// The pieces of a long event without its checksum, which is verified at the end: next() gives the
/// empty span only if it matches, else kCorrupt.
class ChecksummedPieces : public EventPieces {
 public:
  /// `event_bytes`: the whole event, checksum included; `beginning`: as much of it as is there.
  /// `rest` yields what follows and must outlive this.
  ChecksummedPieces(ChecksumAlgorithm algorithm, uint64_t event_bytes,
                    std::span<const std::byte> beginning, EventPieces& rest);

  /// What of `beginning` is not checksum.
  [[nodiscard]] std::span<const std::byte> covered_beginning() const { return beginning_; }

  /// What is still to come, without the checksum.
  [[nodiscard]] uint64_t bytes_left() const { return covered_left_; }

  base::Result<std::span<const std::byte>> next() override;

 private:
  /// Takes the next bytes of the event; returns those that are not checksum.
  std::span<const std::byte> take(std::span<const std::byte> piece);
  [[nodiscard]] base::Result<void> verify() const;

  static constexpr size_t kChecksumBytes = 4;

  const bool has_checksum_;
  /// Bytes before the checksum that are still to come.
  uint64_t covered_left_;
  std::span<const std::byte> beginning_;
  EventPieces& rest_;
  uint32_t computed_ = 0;
  std::array<std::byte, kChecksumBytes> logged_{};
  size_t logged_bytes_ = 0;
  bool too_long_ = false;
};

}  // namespace rowmill::binlog
