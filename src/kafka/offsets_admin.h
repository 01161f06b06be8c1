// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "kafka/kafka_settings.h"
#include "kafka/offset_record.h"
#include "model/source_offset.h"

namespace rowmill::kafka {

/// The last committed record of one key of the offsets topic.
struct OffsetEntry {
  OffsetKey key = {};
  /// Undecoded; absent: reset by a tombstone.
  std::optional<std::string> value = std::nullopt;
  int32_t partition = 0;
  int64_t offset = 0;
  int64_t timestamp_ms = 0;
  /// Every partition and spelling that holds records of this key: tools order and space their JSON
  /// as they like.
  std::set<std::pair<int32_t, std::string>> spellings = {};
};

/// What `rowmill offsets` does. These run in a process of their own, beside workers or without any.

/// All keys of MySQL and MariaDB connectors, whoever wrote them, sorted by key. Where several
/// spellings hold a key, the newest record counts. Errors: kRetry, kConfig, kStopped.
base::Result<std::vector<OffsetEntry>> list_offsets(const KafkaSettings& settings,
                                                    std::stop_token stop);

/// Stores `offset` for settings.connector. It uses the connector's own transactional.id: a worker
/// that runs is fenced and will find who did it in StoredOffset::writer
/// ("offsets-set:<host>:<pid>"). Errors: as connect::RecordSink.
base::Result<void> set_offset(const KafkaSettings& settings, const model::SourceOffset& offset,
                              std::stop_token stop);

/// Removes what is stored for settings.connector, in every spelling; fences as set_offset() does.
base::Result<void> reset_offset(const KafkaSettings& settings, std::stop_token stop);

}  // namespace rowmill::kafka
