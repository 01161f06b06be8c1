// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <variant>
#include <vector>

#include "base/result.h"
#include "connect/record_batch.h"

namespace rowmill::runtime {

/// Hands batches from the source thread to the sink thread in order. Bounded in bytes: push() waits
/// while it is full. Emptied batches go back, so that the steady state allocates nothing.
class BatchQueue {
 public:
  using Batch = std::unique_ptr<connect::RecordBatch>;
  using Clock = std::chrono::steady_clock;

  /// A single batch larger than `capacity_bytes` still passes when the queue is empty.
  explicit BatchQueue(size_t capacity_bytes) : capacity_bytes_(capacity_bytes) {}

  /// Source thread: an empty batch to fill, used before if there is one.
  Batch take_empty();
  /// Source thread. False if `stop` was requested while waiting; the batch is lost then.
  bool push(Batch batch, std::stop_token stop);
  /// Source thread, once, after its last push: how the stream ended. Ok: it was asked to.
  void finish(base::Result<void> end);

  struct TimedOut {};
  struct End {
    base::Result<void> result;
  };
  using Item = std::variant<Batch, TimedOut, End>;
  /// Sink thread: the next batch, the end of the stream after the last one, or nothing by
  /// `deadline`.
  Item pop(Clock::time_point deadline);
  /// Sink thread: true if pop() would have to wait.
  [[nodiscard]] bool empty() const;
  /// Sink thread: gives a batch back.
  void recycle(Batch batch);

 private:
  static constexpr size_t kKeptBatches = 8;
  static constexpr size_t kKeptBatchBytes = size_t{1024} * 1024;

  const size_t capacity_bytes_;
  mutable std::mutex mutex_;
  std::condition_variable_any room_;
  std::condition_variable_any filled_;
  std::deque<Batch> batches_;
  std::vector<Batch> free_;
  size_t bytes_ = 0;
  std::optional<base::Result<void>> end_;
};

}  // namespace rowmill::runtime
