// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "base/result.h"
#include "kafka/handles.h"
#include "kafka/kafka_settings.h"

namespace rowmill::kafka {

enum class ClientRole { kProducer, kConsumer, kAdmin };

using Properties = std::map<std::string, std::string>;

/// Says what a user wrote for the Java client in librdkafka's words; names that Java does not have
/// are passed on for librdkafka to judge. Errors: kConfig, naming the key, for what cannot be
/// overridden without losing a guarantee and for what has no counterpart.
base::Result<Properties> translate_properties(ClientRole role, const Properties& overrides);

/// The whole configuration of a client. Errors: kConfig, naming the key.
base::Result<ConfigHandle> make_config(const KafkaSettings& settings, ClientRole role);

/// Sets one property; `name` is librdkafka's. Errors: kConfig.
base::Result<void> set_property(rd_kafka_conf_t* config, const std::string& name,
                                const std::string& value);

}  // namespace rowmill::kafka
