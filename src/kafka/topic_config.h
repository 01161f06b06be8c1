// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "kafka/kafka_settings.h"

namespace rowmill::kafka {

using TopicConfig = std::map<std::string, std::string>;

/// The configuration in force of each of `topics`; those that may not be asked about are left out,
/// and nothing at all comes from a broker that does not answer such questions. Errors: kRetry,
/// kConfig, kStopped.
base::Result<std::map<std::string, TopicConfig>> read_topic_configs(
    const KafkaSettings& settings, const std::vector<std::string>& topics, std::stop_token stop);

}  // namespace rowmill::kafka
