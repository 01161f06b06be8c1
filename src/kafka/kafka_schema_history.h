// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "connect/schema_history.h"
#include "kafka/definition_record.h"
#include "kafka/definitions_topic.h"
#include "kafka/kafka_settings.h"
#include "kafka/past_topic.h"

namespace rowmill::kafka {

/// The schema history in two topics: one holds each table's definition in force, compacted; the
/// other, kept for a time, what each change replaced, so that an older source offset can be taken
/// up again. Topics that are missing are created by the first read(). One thread at a time.
class KafkaSchemaHistory : public connect::SchemaHistory {
 public:
  explicit KafkaSchemaHistory(KafkaSettings settings);
  base::Result<void> start_over(connect::RecordBatch& batch, std::stop_token stop) override;
  base::Result<void> read(const model::SourceOffset& offset, const Visit& visit,
                          std::stop_token stop) override;
  void append(const model::SchemaChange& change, connect::RecordBatch& batch) override;

 private:
  /// A record of the first topic.
  struct Correction {
    std::string key;
    /// Absent: a tombstone.
    std::optional<std::string> value = std::nullopt;
  };

  base::Result<void> create_topics(std::stop_token stop);
  /// Refuses topics that would lose or refuse records.
  base::Result<void> check_topics(std::stop_token stop);
  base::Result<void> visit_definitions(const DefinitionsTopic& definitions,
                                       const model::SourceOffset& offset, const Visit& visit,
                                       std::stop_token stop);
  /// Shows what `unwound` restored and notes how the first topic differs from it.
  base::Result<void> visit_restored(const Unwound& unwound, const Visit& visit);
  void warn_of_lost(const std::vector<model::TableId>& lost) const;

  void append_replaced(const model::SchemaChange& change, const HistoryPlace& at,
                       connect::RecordBatch& batch);
  void append_past(const PastRecord& record, connect::RecordBatch& batch) const;
  /// Puts a record into the first topic; absent value: a tombstone.
  void append_definition(std::string_view key, std::optional<std::string_view> value,
                         connect::RecordBatch& batch);

  const KafkaSettings settings_;
  const std::string past_topic_;
  bool topics_checked_ = false;
  /// start_over() was called: there was no source offset either.
  bool begins_ = false;
  /// As of what was read and appended.
  std::optional<HistoryEnd> end_;
  /// Hashes of the keys of the definitions in force.
  std::unordered_set<size_t> keys_;
  /// Where the first topic is ahead of the source offset that was read for. They go out with the
  /// next change: until then every start finds them anew.
  std::vector<Correction> corrections_;
};

}  // namespace rowmill::kafka
