// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "kafka/kafka_settings.h"

namespace rowmill::kafka {

/// One committed record of a topic of ours; views for the call only.
struct TopicRecord {
  int32_t partition = 0;
  int64_t offset = 0;
  int64_t timestamp_ms = 0;
  /// Empty without a key.
  std::string_view key = {};
  /// Absent: a tombstone.
  std::optional<std::string_view> value = std::nullopt;
};

/// Reads the committed records of a small topic up to the end that a read_uncommitted reader sees
/// when it is opened. All partitions are read: other tools may have written a key with other bytes,
/// and so to another partition. No consumer group is used and nothing is written.
class TopicReader {
 public:
  using Visit = std::function<base::Result<void>(const TopicRecord&)>;

  /// Asks where the topic ends. Errors: kRetry, kConfig, kStopped.
  static base::Result<TopicReader> open(const KafkaSettings& settings, std::string topic,
                                        std::stop_token stop);

  /// A topic that does not exist has no records.
  [[nodiscard]] bool exists() const { return !ends_.empty(); }

  /// Shows every record from the beginning, in order within a partition, while little of the topic
  /// is in memory. May be called again, to the same end. The open transaction of another producer
  /// may hide records before that end; then this waits for its end, at most twice our transaction
  /// time-out. Errors: kRetry, kConfig, kStopped, and what `visit` returns.
  base::Result<void> read(const Visit& visit, std::stop_token stop) const;

 private:
  TopicReader(const KafkaSettings& settings, std::string topic, std::vector<int64_t> ends);

  KafkaSettings settings_;
  std::string topic_;
  /// Indexed by partition.
  std::vector<int64_t> ends_;
};

/// "topic offsets partition 3 offset 17", for what is wrong with a record.
[[nodiscard]] std::string place_of(const std::string& topic, int32_t partition, int64_t offset);

}  // namespace rowmill::kafka
