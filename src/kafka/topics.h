// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "kafka/handles.h"
#include "kafka/kafka_settings.h"

namespace rowmill::kafka {

/// Whose metadata a client sees. All waits here end with a stop (kStopped) or after 30 s (kRetry).

/// The number of partitions of `topic`, all of which have a leader; 0 if there is no such topic.
/// Never creates it. Errors: kRetry, kConfig, kStopped.
base::Result<int> count_partitions(rd_kafka_t* client, const std::string& topic,
                                   std::stop_token stop);

/// Returns when `client` sees the topic; creates it first, as creation_of() says, if it is missing.
/// Errors: kConfig with
/// the topic and the remedy, kRetry, kStopped.
base::Result<void> ensure_topic(rd_kafka_t* client, const KafkaSettings& settings,
                                const std::string& topic, std::stop_token stop);

/// How `topic` is created: records' topics as the connector's settings say; the offsets topic and
/// those of the schema history with what their purpose demands, in segments small enough that
/// reading them at a start is quick (the newest segment is never compacted).
TopicCreation creation_of(const KafkaSettings& settings, const std::string& topic);

enum class CreateMode { kCreate, kValidateOnly };
/// Asks the broker to create a topic, or whether it would. Ok if it exists already. Errors:
/// kConfig, kRetry, kStopped.
base::Result<void> create_topic(const KafkaSettings& settings, const std::string& topic,
                                const TopicCreation& creation, CreateMode mode,
                                std::stop_token stop);

}  // namespace rowmill::kafka
