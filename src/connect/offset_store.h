// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/source_offset.h"

namespace rowmill::connect {

/// A source offset as its topic holds it, with who wrote it.
struct StoredOffset {
  model::SourceOffset offset;
  /// Identity of the producer's life: "<host>:<pid>:<random>" of a worker, "offsets-set:..." of the
  /// command line.
  std::string writer;
  /// Counts the transactions of a connector, across workers: a torn or doubled transaction shows as
  /// a gap or a repeat.
  uint64_t transaction_sequence = 0;
};

/// Reads back what the sink committed. Every call reads the topic to the end that a
/// read_uncommitted reader sees, and counts committed records only (DESIGN §5).
class OffsetStore {
 public:
  virtual ~OffsetStore() = default;
  /// The last record for our connector; absent when there is none or it is a tombstone.
  /// Errors: kRetry, kConfig, kCorrupt (a value that is not ours to read), kStopped.
  virtual base::Result<std::optional<StoredOffset>> read(std::stop_token stop) = 0;
};

}  // namespace rowmill::connect
