// SPDX-License-Identifier: Apache-2.0
#include "runtime/batch_queue.h"

#include <gtest/gtest.h>

#include <thread>

namespace rowmill::runtime {
namespace {

using Clock = BatchQueue::Clock;

BatchQueue::Batch batch_of(BatchQueue& queue, const std::string& bytes) {
  auto batch = queue.take_empty();
  batch->bytes() = bytes;
  return batch;
}

TEST(BatchQueue, BatchesComeOutInOrderAndThenTheEnd) {
  BatchQueue queue(100);
  ASSERT_TRUE(queue.push(batch_of(queue, "a"), {}));
  ASSERT_TRUE(queue.push(batch_of(queue, "b"), {}));
  queue.finish(base::Error(base::ErrorKind::kRetry, "gone"));
  EXPECT_EQ(std::get<BatchQueue::Batch>(queue.pop(Clock::now()))->bytes(), "a");
  EXPECT_EQ(std::get<BatchQueue::Batch>(queue.pop(Clock::now()))->bytes(), "b");
  EXPECT_EQ(std::get<BatchQueue::End>(queue.pop(Clock::now())).result.error().message(), "gone");
}

TEST(BatchQueue, PopOfAnEmptyQueueTimesOut) {
  BatchQueue queue(100);
  EXPECT_TRUE(std::holds_alternative<BatchQueue::TimedOut>(queue.pop(Clock::now())));
}

TEST(BatchQueue, PushWaitsForRoomAndGivesUpWhenStopped) {
  BatchQueue queue(3);
  ASSERT_TRUE(queue.push(batch_of(queue, "abc"), {}));
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(queue.push(batch_of(queue, "d"), stop.get_token()));
}

TEST(BatchQueue, PushGoesOnWhenTheOtherThreadMakesRoom) {
  BatchQueue queue(3);
  ASSERT_TRUE(queue.push(batch_of(queue, "abc"), {}));
  std::jthread consumer([&] { queue.pop(Clock::now() + std::chrono::seconds(10)); });
  EXPECT_TRUE(queue.push(batch_of(queue, "d"), {}));
}

TEST(BatchQueue, BatchLargerThanTheQueuePassesWhenItIsEmpty) {
  BatchQueue queue(1);
  EXPECT_TRUE(queue.push(batch_of(queue, "abcdef"), {}));
}

TEST(BatchQueue, RecycledBatchComesBackEmpty) {
  BatchQueue queue(100);
  auto batch = batch_of(queue, "abc");
  batch->ends_transaction = true;
  const auto* address = batch.get();
  queue.recycle(std::move(batch));
  const auto again = queue.take_empty();
  EXPECT_EQ(again.get(), address);
  EXPECT_TRUE(again->bytes().empty());
  EXPECT_FALSE(again->ends_transaction);
}

}  // namespace
}  // namespace rowmill::runtime
