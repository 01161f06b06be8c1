// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "connect/offset_store.h"
#include "connect/record_sink.h"

namespace rowmill::runtime {

/// What this worker knows of its source offset in Kafka: the last record that it read there or that
/// it committed itself. Used on the sink thread.
class OffsetLedger {
 public:
  /// `writer`: this worker's name in the records that it writes.
  explicit OffsetLedger(std::string writer) : writer_(std::move(writer)) {}

  /// Takes over what the offsets topic says.
  void recovered(std::optional<connect::StoredOffset> stored) { known_ = std::move(stored); }

  [[nodiscard]] bool empty() const { return !known_.has_value(); }
  /// The committed source offset; only when not empty().
  [[nodiscard]] const model::SourceOffset& committed() const { return known_->offset; }

  /// Ends the sink's open transaction with `next` as its source offset. Afterwards committed() is
  /// `next`; on failure it is unchanged, though the commit may have happened.
  base::Result<void> commit(const model::SourceOffset& next, connect::RecordSink& sink,
                            std::stop_token stop);

  /// Whether somebody else wrote since, given the topic's last record now: then who; else nothing.
  [[nodiscard]] std::optional<std::string> written_by_another(
      const std::optional<connect::StoredOffset>& stored) const;

 private:
  const std::string writer_;
  std::optional<connect::StoredOffset> known_;
};

}  // namespace rowmill::runtime
