// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string_view>

#include "base/result.h"
#include "kafka/kafka_settings.h"

namespace rowmill::kafka {

/// One committed record of the offsets topic; views for the call only.
struct OffsetsTopicRecord {
  int32_t partition = 0;
  int64_t offset = 0;
  int64_t timestamp_ms = 0;
  std::string_view key = {};
  /// Absent: a tombstone.
  std::optional<std::string_view> value = std::nullopt;
};

/// Shows every committed record of the offsets topic, in order within a partition, up to the end
/// that a read_uncommitted reader sees when the call begins. All partitions are read: other tools
/// may have written a key with other bytes, and so to another partition. No consumer group is used
/// and nothing is written. A topic that does not exist has no records.
///
/// The open transaction of another connector may hide records before that end; then this waits for
/// its end, at most twice our transaction time-out. Errors: kRetry, kConfig, kStopped.
base::Result<void> read_offsets_topic(const KafkaSettings& settings, std::stop_token stop,
                                      const std::function<void(const OffsetsTopicRecord&)>& visit);

}  // namespace rowmill::kafka
