// SPDX-License-Identifier: Apache-2.0
#include "kafka/kafka_schema_history.h"

namespace rowmill::kafka {

base::Result<void> KafkaSchemaHistory::read(
    const model::SourceOffset&, const std::function<base::Result<void>(model::DeclaredTable)>&,
    std::stop_token) {
  return {};
}

void KafkaSchemaHistory::append(const model::SchemaChange&, connect::RecordBatch&) {}

}  // namespace rowmill::kafka
