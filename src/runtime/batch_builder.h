// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>

#include "connect/converter.h"
#include "connect/schema_history.h"
#include "connect/source_task.h"
#include "runtime/batch_queue.h"

namespace rowmill::runtime {

/// The source thread's half of the pipeline: converts changes into batches and hands them over, at
/// each end of a source transaction that had any, and within one when the batch is full. Positions
/// that move without changes are gathered and go out with the next batch, or on their own once
/// `offset_flush_interval` has passed since the last one.
class BatchBuilder : public connect::ChangeConsumer {
 public:
  using Clock = std::chrono::steady_clock;

  struct Settings {
    size_t full_bytes = size_t{256} * 1024;
    uint64_t full_changes = 4096;
    std::chrono::milliseconds offset_flush_interval{10'000};
    std::function<Clock::time_point()> now = Clock::now;
  };

  /// `drain`: stop at the next boundary. `stop`: stop now, also while the queue is full.
  BatchBuilder(connect::Converter& converter, connect::SchemaHistory& history, BatchQueue& queue,
               Settings settings, std::stop_token drain, std::stop_token stop);

  base::Result<void> on_change(const model::Change& change,
                               const model::OffsetAdvance& cut) override;
  base::Result<void> on_schema_change(const model::SchemaChange& change) override;
  void on_table_forgotten(const model::TableDefinition& table) override {
    converter_.forget(table);
  }
  base::Result<void> on_boundary(const model::OffsetAdvance& advance) override;
  base::Result<void> on_idle() override;

 private:
  base::Result<void> hand_over(bool ends_transaction);
  base::Result<void> flush_if_due();
  /// Between transactions: hands over what is left and says kStopped, if asked to drain.
  base::Result<void> end_if_draining();
  void gather(const model::OffsetAdvance& advance);

  connect::Converter& converter_;
  connect::SchemaHistory& history_;
  BatchQueue& queue_;
  const Settings settings_;
  const std::stop_token drain_;
  const std::stop_token stop_;
  BatchQueue::Batch batch_;
  /// Where the offset will be, once all that was handed over and `batch_` are committed.
  std::optional<model::OffsetAdvance> pending_;
  Clock::time_point last_hand_over_;
  bool inside_transaction_ = false;
};

}  // namespace rowmill::runtime
