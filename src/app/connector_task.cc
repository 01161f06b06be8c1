// SPDX-License-Identifier: Apache-2.0
#include "app/connector_task.h"

#include <utility>

#include "app/task_settings.h"
#include "base/log.h"

namespace rowmill::app {

using base::Result;

Result<std::unique_ptr<ConnectorTask>> ConnectorTask::create(
    const config::WorkerConfig& worker, const config::ConnectorConfig& connector,
    std::string writer) {
  // Packets -> events -> changes: reads the binlog.
  ROWMILL_ASSIGN(auto source, source::BinlogSourceTask::create(source_settings(worker, connector)));
  // Changes -> records.
  ROWMILL_ASSIGN(auto converter,
                 convert::DebeziumJsonConverter::create(convert_settings(connector)));
  // Records -> Kafka transactions, with the source offset in each; and reading it back.
  const kafka::KafkaSettings kafka = kafka_settings(worker, connector);
  // The commit protocol holds them together.
  return std::unique_ptr<ConnectorTask>(
      new ConnectorTask(std::move(source), std::move(converter), kafka,
                        commit_settings(worker, connector, std::move(writer))));
}

ConnectorTask::ConnectorTask(std::unique_ptr<source::BinlogSourceTask> source,
                             std::unique_ptr<convert::DebeziumJsonConverter> converter,
                             const kafka::KafkaSettings& kafka, runtime::CommitSettings commit)
    : name_(commit.connector),
      source_(std::move(source)),
      converter_(std::move(converter)),
      sink_(kafka),
      offsets_(kafka),
      history_(kafka),
      protocol_({*source_, *converter_, sink_, offsets_, history_, leadership_}, std::move(commit),
                metrics_) {}

Result<void> ConnectorTask::run(std::stop_token drain, std::stop_token stop) {
  auto result = protocol_.run(std::move(drain), std::move(stop));
  base::log_info("task counters", {{"connector", name_},
                                   {"changes", metrics_.changes.load()},
                                   {"records", metrics_.records.load()},
                                   {"record_bytes", metrics_.record_bytes.load()},
                                   {"commits", metrics_.commits.load()},
                                   {"aborts", metrics_.aborts.load()},
                                   {"cuts", metrics_.cuts.load()},
                                   {"leads", metrics_.leads.load()},
                                   {"events_passed_over", source_->events_passed_over()},
                                   {"schema_changes", source_->schema_news().changes()},
                                   {"schema_lookups", source_->schema_news().lookups()},
                                   {"schema_corrections", source_->schema_news().corrections()}});
  return result;
}

}  // namespace rowmill::app
