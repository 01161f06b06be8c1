// SPDX-License-Identifier: Apache-2.0
#include "runtime/batch_queue.h"

#include <utility>

namespace rowmill::runtime {

BatchQueue::Batch BatchQueue::take_empty() {
  const std::lock_guard lock(mutex_);
  if (free_.empty()) return std::make_unique<connect::RecordBatch>();
  Batch batch = std::move(free_.back());
  free_.pop_back();
  return batch;
}

bool BatchQueue::push(Batch batch, std::stop_token stop) {
  std::unique_lock lock(mutex_);
  const size_t size = batch->byte_size();
  const bool has_room =
      room_.wait(lock, stop, [&] { return batches_.empty() || bytes_ + size <= capacity_bytes_; });
  if (!has_room) return false;
  bytes_ += size;
  batches_.push_back(std::move(batch));
  filled_.notify_one();
  return true;
}

void BatchQueue::finish(base::Result<void> end) {
  const std::lock_guard lock(mutex_);
  end_ = std::move(end);
  filled_.notify_one();
}

BatchQueue::Item BatchQueue::pop(Clock::time_point deadline) {
  std::unique_lock lock(mutex_);
  if (!filled_.wait_until(lock, deadline, [&] { return !batches_.empty() || end_; })) {
    return TimedOut{};
  }
  if (batches_.empty()) return End{*end_};
  Batch batch = std::move(batches_.front());
  batches_.pop_front();
  bytes_ -= batch->byte_size();
  room_.notify_one();
  return batch;
}

bool BatchQueue::empty() const {
  const std::lock_guard lock(mutex_);
  return batches_.empty();
}

void BatchQueue::recycle(Batch batch) {
  batch->clear();
  const std::lock_guard lock(mutex_);
  if (free_.size() < kKeptBatches && batch->bytes().capacity() <= kKeptBatchBytes) {
    free_.push_back(std::move(batch));
  }
}

}  // namespace rowmill::runtime
