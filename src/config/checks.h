// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "config/values.h"

namespace rowmill::config {

// Further checks of single values, for the definition table.

Complaint check_not_empty(std::string_view text);
/// Kafka Connect's rule for connector names: not empty, no control characters.
Complaint check_name(std::string_view text);
/// A name that Kafka accepts for a topic, or for the first part of one (org.apache.kafka.common.
/// internals.Topic: letters, digits, '.', '_' and '-', at most 249, neither "." nor "..").
Complaint check_topic(std::string_view text);
/// Kafka's list of host:port.
Complaint check_bootstrap_servers(std::string_view text);
Complaint check_replication_factor(std::string_view text);
Complaint check_config_providers(std::string_view text);
/// earliest, latest, a MySQL or MariaDB GTID set, or file:position.
Complaint check_start_position(std::string_view text);
/// A list of regular expressions, as PatternList is read.
Complaint check_patterns(std::string_view text);
/// "LENGTH.chars", the rest of a key column.truncate.to.*.
Complaint check_truncation_key(std::string_view rest);

}  // namespace rowmill::config
