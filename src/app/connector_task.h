// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "config/config.h"
#include "convert/debezium_json.h"
#include "kafka/kafka_offset_store.h"
#include "kafka/kafka_record_sink.h"
#include "kafka/kafka_schema_history.h"
#include "runtime/commit_protocol.h"
#include "runtime/lone_leadership.h"
#include "runtime/worker.h"
#include "source/binlog_source_task.h"

namespace rowmill::app {

/// A connector with all its parts, wired: the architecture in one place.
class ConnectorTask : public runtime::Runnable {
 public:
  /// Builds the parts; nothing is contacted yet. Errors: kConfig.
  static base::Result<std::unique_ptr<ConnectorTask>> create(
      const config::WorkerConfig& worker, const config::ConnectorConfig& connector,
      std::string writer);

  base::Result<void> run(std::stop_token drain, std::stop_token stop) override;

 private:
  ConnectorTask(std::unique_ptr<source::BinlogSourceTask> source,
                std::unique_ptr<convert::DebeziumJsonConverter> converter,
                const kafka::KafkaSettings& kafka, runtime::CommitSettings commit);

  const std::string name_;
  // Records point into the converter and the source's tables: the protocol must go first.
  std::unique_ptr<source::BinlogSourceTask> source_;
  std::unique_ptr<convert::DebeziumJsonConverter> converter_;
  kafka::KafkaRecordSink sink_;
  kafka::KafkaOffsetStore offsets_;
  kafka::KafkaSchemaHistory history_;
  runtime::LoneLeadership leadership_;
  runtime::TaskMetrics metrics_;
  runtime::CommitProtocol protocol_;
};

}  // namespace rowmill::app
