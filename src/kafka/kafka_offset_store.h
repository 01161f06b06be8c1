// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <stop_token>
#include <utility>

#include "base/result.h"
#include "connect/offset_store.h"
#include "kafka/kafka_settings.h"

namespace rowmill::kafka {

/// Reads the connector's source offset back from the offsets topic. Each call opens and closes its
/// own consumers; nothing is kept between calls. Meant for the sink thread, after
/// KafkaRecordSink::lead(): only then nobody adds to what is read.
class KafkaOffsetStore final : public connect::OffsetStore {
 public:
  explicit KafkaOffsetStore(KafkaSettings settings) : settings_(std::move(settings)) {}
  base::Result<std::optional<connect::StoredOffset>> read(std::stop_token stop) override;

 private:
  const KafkaSettings settings_;
};

}  // namespace rowmill::kafka
