// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "config/config.h"
#include "convert/convert_settings.h"
#include "kafka/kafka_settings.h"
#include "runtime/task_parts.h"
#include "source/source_settings.h"

namespace rowmill::app {

// What the parts of a task need, out of the files' settings.

[[nodiscard]] source::SourceSettings source_settings(const config::WorkerConfig& worker,
                                                     const config::ConnectorConfig& connector);
/// The same source read beside a worker that may be running the connector: as a replica of another
/// id, UUID and name, so that the source does not end the worker's link.
[[nodiscard]] source::SourceSettings beside_a_worker(source::SourceSettings settings);
[[nodiscard]] convert::ConvertSettings convert_settings(const config::ConnectorConfig& connector);
[[nodiscard]] kafka::KafkaSettings kafka_settings(const config::WorkerConfig& worker,
                                                  const config::ConnectorConfig& connector);
/// `writer`: this worker's name in its source offsets.
[[nodiscard]] runtime::CommitSettings commit_settings(const config::WorkerConfig& worker,
                                                      const config::ConnectorConfig& connector,
                                                      std::string writer);

}  // namespace rowmill::app
