// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>

#include "base/result.h"

namespace rowmill::binlog {

/// What follows the beginning of an event that is too long to be held in memory, piece by piece.
class EventPieces {
 public:
  virtual ~EventPieces() = default;
  /// The next bytes, valid until the next call; empty at the end of the event, and only there.
  virtual base::Result<std::span<const std::byte>> next() = 0;
};

}  // namespace rowmill::binlog
