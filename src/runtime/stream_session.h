// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>

#include "base/result.h"
#include "runtime/batch_queue.h"
#include "runtime/offset_ledger.h"
#include "runtime/task_metrics.h"
#include "runtime/task_parts.h"

namespace rowmill::runtime {

/// One uninterrupted stretch of streaming from the committed offset, by one sound producer.
///
///     session     := open (transaction)*
///     transaction := begin send+ send_offset commit
///
/// A source thread reads, decodes and converts into a queue; the thread that calls run() takes from
/// it and commits. While a commit is under way the source thread goes on. A transaction ends at a
/// boundary of the source's as soon as nothing waits, or when it is full or old; within a source
/// transaction only when that is cut.
class StreamSession {
 public:
  using Clock = std::chrono::steady_clock;

  StreamSession(Ports ports, const CommitSettings& settings, TaskMetrics& metrics,
                OffsetLedger& ledger);

  /// Streams until `drain` (then Ok: all that was read is committed) or a failure. `stop` ends it
  /// at once with kStopped. The source thread has ended when this returns.
  base::Result<void> run(std::stop_token drain, std::stop_token stop);

  /// After run(): a transaction was begun and neither committed nor aborted.
  [[nodiscard]] bool transaction_open() const { return open_.has_value(); }
  /// After run(): at least one transaction was committed.
  [[nodiscard]] bool made_progress() const { return made_progress_; }

 private:
  struct OpenTransaction {
    Clock::time_point begun;
    uint64_t changes = 0;
    uint64_t bytes = 0;
    /// Changes of the source transaction that has not ended yet.
    uint64_t changes_since_boundary = 0;
    bool at_boundary = true;
    model::SourceOffset offset;
  };

  base::Result<void> take_batches(std::stop_token stop);
  base::Result<void> take(const connect::RecordBatch& batch, std::stop_token stop);
  [[nodiscard]] bool boundary_commit_due() const;
  [[nodiscard]] bool cut_due() const;
  base::Result<void> commit(std::stop_token stop);
  [[nodiscard]] Clock::time_point wake_up_time() const;

  Ports ports_;
  const CommitSettings& settings_;
  TaskMetrics& metrics_;
  OffsetLedger& ledger_;
  BatchQueue queue_;
  std::optional<OpenTransaction> open_;
  bool made_progress_ = false;
};

}  // namespace rowmill::runtime
