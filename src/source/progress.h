// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>

#include "source/source_settings.h"
#include "source/transaction_assembler.h"

namespace rowmill::source {

/// Writes a line of progress each 10 s while the task is behind its source: rows, rows/s, and how
/// far behind in time and bytes. Quiet when the stream is at the source's end. Source thread.
class Progress {
 public:
  using Clock = std::chrono::steady_clock;

  Progress(const SourceSettings& settings, const FailureHandling& failures)
      : settings_(settings), failures_(failures) {}

  /// After each event. `idle`: it was a heartbeat, so nothing is waiting at the source.
  void update(const TransactionAssembler& assembler, bool idle);

 private:
  void write_line(const TransactionAssembler& assembler, Clock::time_point now);

  const SourceSettings& settings_;
  const FailureHandling& failures_;
  Clock::time_point last_line_ = Clock::now();
  uint64_t last_changes_ = 0;
  uint64_t events_since_look_ = 0;
};

}  // namespace rowmill::source
