// SPDX-License-Identifier: Apache-2.0
#include "runtime/batch_builder.h"

#include <utility>

namespace rowmill::runtime {

using base::Error;
using base::ErrorKind;
using base::Result;

BatchBuilder::BatchBuilder(connect::Converter& converter, connect::SchemaHistory& history,
                           BatchQueue& queue, Settings settings, std::stop_token drain,
                           std::stop_token stop)
    : converter_(converter),
      history_(history),
      queue_(queue),
      settings_(std::move(settings)),
      drain_(std::move(drain)),
      stop_(std::move(stop)),
      batch_(queue.take_empty()),
      last_hand_over_(settings_.now()) {}

Result<void> BatchBuilder::on_change(const model::Change& change, const model::OffsetAdvance& cut) {
  ROWMILL_TRY(converter_.convert(change, *batch_));
  ++batch_->changes;
  inside_transaction_ = true;
  if (batch_->byte_size() < settings_.full_bytes && batch_->changes < settings_.full_changes) {
    return {};
  }
  gather(cut);
  return hand_over(/*ends_transaction=*/false);
}

Result<void> BatchBuilder::on_schema_change(const model::SchemaChange& change) {
  history_.append(change, *batch_);
  ROWMILL_TRY(converter_.convert_schema(change, *batch_));
  inside_transaction_ = true;
  if (batch_->byte_size() < settings_.full_bytes) return {};
  return hand_over(/*ends_transaction=*/false);
}

Result<void> BatchBuilder::on_boundary(const model::OffsetAdvance& advance) {
  gather(advance);
  // The end must follow even when the last full batch took all changes of the transaction along.
  const bool had_changes = std::exchange(inside_transaction_, false);
  if (had_changes) {
    ROWMILL_TRY(hand_over(/*ends_transaction=*/true));
  } else {
    ROWMILL_TRY(flush_if_due());
  }
  return end_if_draining();
}

Result<void> BatchBuilder::on_idle() {
  if (inside_transaction_) return {};
  ROWMILL_TRY(flush_if_due());
  return end_if_draining();
}

Result<void> BatchBuilder::end_if_draining() {
  if (!drain_.stop_requested()) return {};
  if (pending_) ROWMILL_TRY(hand_over(/*ends_transaction=*/true));
  return Error(ErrorKind::kStopped, "stopped between two transactions");
}

Result<void> BatchBuilder::flush_if_due() {
  if (!pending_ || settings_.now() - last_hand_over_ < settings_.offset_flush_interval) return {};
  return hand_over(/*ends_transaction=*/true);
}

void BatchBuilder::gather(const model::OffsetAdvance& advance) {
  if (pending_) {
    model::join(*pending_, advance);
  } else {
    pending_ = advance;
  }
}

Result<void> BatchBuilder::hand_over(bool ends_transaction) {
  batch_->advance = std::exchange(pending_, std::nullopt);
  batch_->ends_transaction = ends_transaction;
  if (!queue_.push(std::move(batch_), stop_)) {
    return Error(ErrorKind::kStopped, "stopped while Kafka was behind");
  }
  batch_ = queue_.take_empty();
  last_hand_over_ = settings_.now();
  return {};
}

}  // namespace rowmill::runtime
