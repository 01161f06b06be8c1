// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "base/result.h"

namespace rowmill::mysql {

/// Cuts the bytes that a server sends into packets (MySQL manual, "MySQL Packets"). Small ones are
/// views into the buffer that was read, long ones come piece by piece, so that memory does not
/// follow the size of a packet. One thread.
///
///     stream := packet*
///     packet := part(length 0xffffff)* part(length < 0xffffff)
///     part   := length 3, sequence 1, length bytes
class PacketReader {
 public:
  /// Reads at least one byte, and as many as there are, into the span that it is given.
  using ReadSome = std::function<base::Result<size_t>(std::span<std::byte>)>;

  /// `next_sequence`: the number of the first part, 1 for the answer to a command.
  explicit PacketReader(ReadSome read, uint8_t next_sequence = 1);

  struct Piece {
    std::span<const std::byte> bytes;
    /// Nothing of the packet follows.
    bool last = true;
  };

  /// The next packet, or, if it is longer than the buffer, its first piece of at least kPieceBytes.
  /// What is left of the packet before is passed over. Views live until the next call of a member.
  /// Errors: those of `read`; kRetry if the parts do not come in sequence.
  base::Result<Piece> begin();
  /// The next piece of that packet, not empty; an empty one after the last.
  base::Result<Piece> more();
  /// The whole of the packet that begin() has just begun, joined in memory.
  base::Result<std::span<const std::byte>> join(const Piece& first);

  static constexpr size_t kBufferBytes = size_t{128} * 1024;
  static constexpr size_t kPieceBytes = size_t{4} * 1024;

 private:
  /// Makes at least `count` bytes (no more than the buffer has) available at begin_.
  base::Result<void> fill(size_t count);
  base::Result<void> begin_part();
  Piece take(size_t count);
  [[nodiscard]] size_t available() const { return end_ - begin_; }

  ReadSome read_;
  uint8_t next_sequence_;
  std::unique_ptr<std::byte[]> buffer_;
  size_t begin_ = 0;
  size_t end_ = 0;
  /// Bytes of the part at hand that have not been handed out, and whether another part follows.
  size_t part_left_ = 0;
  bool part_is_last_ = true;
  std::vector<std::byte> joined_;
};

}  // namespace rowmill::mysql
