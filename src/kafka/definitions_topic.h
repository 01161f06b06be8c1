// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <unordered_map>

#include "base/result.h"
#include "kafka/definition_record.h"
#include "kafka/kafka_settings.h"
#include "kafka/topic_reader.h"

namespace rowmill::kafka {

/// A connector's records in the compacted topic of the schema history. Compaction runs late, so
/// that a key may have many records, of which the last counts: the topic is gone through twice,
/// first for the keys, then for the values, and no more than one value is in memory.
class DefinitionsTopic {
 public:
  /// The first of the two. Errors: kConfig, with remedy, for records that Rowmill did not write;
  /// kCorrupt for a head that cannot be read; those of TopicReader.
  static base::Result<DefinitionsTopic> scan(const KafkaSettings& settings, std::stop_token stop);

  /// Absent: there is no history of this connector.
  [[nodiscard]] const std::optional<HistoryHead>& head() const { return head_; }
  /// Definitions in force.
  [[nodiscard]] size_t size() const { return latest_.size(); }
  /// Calls `visit` with the key's bytes of each.
  void each_key(const std::function<void(const std::string&)>& visit) const;

  /// The second: shows each definition in force, in no order. Errors: kCorrupt with the place of
  /// the record and a remedy, those of TopicReader and of `visit`.
  base::Result<void> read(
      const std::function<base::Result<void>(const std::string& key, DefinitionRecord)>& visit,
      std::stop_token stop) const;

 private:
  struct Latest {
    int32_t partition = 0;
    int64_t offset = 0;
  };

  DefinitionsTopic(const KafkaSettings& settings, TopicReader topic);
  base::Result<void> note(const TopicRecord& record);
  [[nodiscard]] base::Error foreign(const TopicRecord& record) const;

  std::string connector_;
  std::string topic_name_;
  TopicReader topic_;
  std::optional<HistoryHead> head_;
  /// By the key's bytes, of which Rowmill writes only one spelling.
  std::unordered_map<std::string, Latest> latest_;
};

}  // namespace rowmill::kafka
