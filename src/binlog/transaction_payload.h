// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>

#include "base/result.h"
#include "binlog/event.h"
#include "binlog/event_pieces.h"

namespace rowmill::binlog {

/// Yields the events inside a TRANSACTION_PAYLOAD event one by one, decompressing as it goes:
/// memory is that of the largest inner event, never of the payload. The last event comes only after
/// all of the payload has been read and found sound.
class TransactionPayloadReader {
 public:
  /// The bytes of `payload` must outlive the reader; if they are but a beginning, until the first
  /// piece is taken from `rest`.
  explicit TransactionPayloadReader(const TransactionPayload& payload,
                                    std::unique_ptr<EventPieces> rest = nullptr);
  TransactionPayloadReader(TransactionPayloadReader&&) noexcept;
  TransactionPayloadReader& operator=(TransactionPayloadReader&&) noexcept;
  ~TransactionPayloadReader();

  /// The bytes of the next inner event (valid until the next call), absent at the end. Feed them to
  /// EventDecoder::decode_inner. Errors: kCorrupt (bad frame, cut short, nested payload, sizes that
  /// disagree with uncompressed_size).
  base::Result<std::optional<std::span<const std::byte>>> next();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace rowmill::binlog
