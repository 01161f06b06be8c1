// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connect/schema_history.h"
#include "kafka/kafka_settings.h"

namespace rowmill::kafka {

/// The schema history in two topics: one holds each table's definition in force, compacted; the
/// other, kept for a time, what each change replaced, so that an older source offset can be taken
/// up again.
class KafkaSchemaHistory : public connect::SchemaHistory {
 public:
  explicit KafkaSchemaHistory(KafkaSettings settings) : settings_(std::move(settings)) {}
  base::Result<void> read(const model::SourceOffset& offset,
                          const std::function<base::Result<void>(model::DeclaredTable)>& visit,
                          std::stop_token stop) override;
  void append(const model::SchemaChange& change, connect::RecordBatch& batch) override;

 private:
  const KafkaSettings settings_;
};

}  // namespace rowmill::kafka
