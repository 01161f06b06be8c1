// SPDX-License-Identifier: Apache-2.0
#include "app/task_settings.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <string_view>
#include <utility>

#include "app/version.h"
#include "base/log.h"
#include "config/pattern.h"

namespace rowmill::app {

namespace {

/// FNV-1a, 64 bits (http://www.isthe.com/chongo/tech/comp/fnv): stable over versions and machines.
uint64_t stable_hash(std::string_view text) {
  uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3;
  }
  return hash;
}

/// The same after every restart, so that the source ends what is left of our last connection.
std::string replica_uuid(const std::string& group, const std::string& connector) {
  const uint64_t high = stable_hash(group + '/' + connector);
  const uint64_t low = stable_hash(connector + '/' + group);
  std::string hex;
  for (const uint64_t half : {high, low}) {
    for (int shift = 60; shift >= 0; shift -= 4) hex += "0123456789abcdef"[half >> shift & 0xf];
  }
  return hex.substr(0, 8) + '-' + hex.substr(8, 4) + '-' + hex.substr(12, 4) + '-' +
         hex.substr(16, 4) + '-' + hex.substr(20);
}

mysql::SslMode to_mysql(config::SslMode mode) {
  switch (mode) {
    case config::SslMode::kDisabled:
      return mysql::SslMode::kDisabled;
    case config::SslMode::kPreferred:
      return mysql::SslMode::kPreferred;
    case config::SslMode::kRequired:
      return mysql::SslMode::kRequired;
    case config::SslMode::kVerifyCa:
      return mysql::SslMode::kVerifyCa;
    case config::SslMode::kVerifyIdentity:
      break;
  }
  return mysql::SslMode::kVerifyIdentity;
}

char letter_of(config::SkippedOperation operation) {
  switch (operation) {
    case config::SkippedOperation::kCreate:
      return 'c';
    case config::SkippedOperation::kUpdate:
      return 'u';
    case config::SkippedOperation::kDelete:
      return 'd';
    case config::SkippedOperation::kTruncate:
      break;
  }
  return 't';
}

std::string name_of(config::SourceField field) {
  switch (field) {
    case config::SourceField::kTsUs:
      return "ts_us";
    case config::SourceField::kTsNs:
      return "ts_ns";
    case config::SourceField::kVersion:
      return "version";
    case config::SourceField::kSequence:
      return "sequence";
    case config::SourceField::kQuery:
      break;
  }
  return "query";
}

source::FailureMode to_source(config::FailureHandling mode) {
  switch (mode) {
    case config::FailureHandling::kFail:
      return source::FailureMode::kFail;
    case config::FailureHandling::kWarn:
      return source::FailureMode::kWarn;
    case config::FailureHandling::kSkip:
      break;
  }
  return source::FailureMode::kSkip;
}

bool includes_query(const config::ConnectorConfig& connector) {
  return connector.include_query ||
         std::ranges::find(connector.source_fields, config::SourceField::kQuery) !=
             connector.source_fields.end();
}

/// From keys "LENGTH.chars", which config has checked.
std::vector<convert::Truncation> truncations_of(const config::PassThrough& settings) {
  std::vector<convert::Truncation> all;
  for (const auto& [key, patterns] : settings) {
    convert::Truncation truncation;
    truncation.patterns = config::split_patterns(patterns);
    std::from_chars(key.data(), key.data() + key.size(), truncation.characters);
    all.push_back(std::move(truncation));
  }
  return all;
}

int64_t milliseconds_now() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

void log_librdkafka(int level, std::string_view text) {
  constexpr int kSyslogError = 3;
  constexpr int kSyslogNotice = 5;
  // Its errors are the broker's passing troubles: what matters comes back from the call concerned.
  base::log(level <= kSyslogError    ? base::LogLevel::kWarn
            : level <= kSyslogNotice ? base::LogLevel::kInfo
                                     : base::LogLevel::kDebug,
            text, {{"from", "librdkafka"}});
}

}  // namespace

source::SourceSettings source_settings(const config::WorkerConfig& worker,
                                       const config::ConnectorConfig& connector) {
  source::SourceSettings settings;
  settings.connector = connector.name;
  settings.connection = {.host = connector.database_hostname,
                         .port = connector.database_port,
                         .user = connector.database_user,
                         .password = connector.database_password.reveal(),
                         .ssl_mode = to_mysql(connector.database_ssl_mode),
                         .ssl_ca = connector.database_ssl_ca,
                         .ssl_cert = connector.database_ssl_cert,
                         .ssl_key = connector.database_ssl_key,
                         .connect_timeout = connector.connect_timeout};
  settings.server_id = connector.database_server_id;
  settings.reported_host = "rowmill-" + connector.name;
  settings.replica_uuid = replica_uuid(worker.group_id, connector.name);
  settings.filter = {.database_include = connector.database_include_list,
                     .database_exclude = connector.database_exclude_list,
                     .table_include = connector.table_include_list,
                     .table_exclude = connector.table_exclude_list};
  settings.start_position = connector.start_position;
  settings.include_query = includes_query(connector);
  settings.failure_mode = to_source(connector.failure_handling);
  settings.recovery_file = connector.schema_recovery_file;
  settings.pass_over_unknown_tables = connector.schema_recovery == config::SchemaRecovery::kSkip;
  settings.heartbeat = connector.connect_keep_alive_interval;
  settings.longest_retry = connector.errors_retry_delay_max;
  return settings;
}

source::SourceSettings beside_a_worker(source::SourceSettings settings) {
  settings.server_id ^= 0x40000000;
  settings.replica_uuid.front() = settings.replica_uuid.front() == '0' ? '1' : '0';
  settings.reported_host += "-beside";
  return settings;
}

convert::ConvertSettings convert_settings(const config::ConnectorConfig& connector) {
  convert::ConvertSettings settings;
  settings.topic_prefix = connector.topic_prefix;
  settings.key_schemas = connector.key_schemas_enable;
  settings.value_schemas = connector.value_schemas_enable;
  settings.tombstones_on_delete = connector.tombstones_on_delete;
  settings.skipped_operations.clear();
  for (const auto operation : connector.skipped_operations) {
    settings.skipped_operations.insert(letter_of(operation));
  }
  for (const auto field : connector.source_fields) settings.source_fields.insert(name_of(field));
  if (connector.include_query) settings.source_fields.insert(name_of(config::SourceField::kQuery));
  settings.forms = {.decimal = connector.decimal_handling_mode,
                    .time = connector.time_precision_mode,
                    .bigint_unsigned = connector.bigint_unsigned_handling_mode,
                    .binary = connector.binary_handling_mode,
                    .bit = connector.bit_handling_mode,
                    .geometry = connector.geometry_handling_mode};
  settings.include_schema_changes = connector.include_schema_changes;
  settings.partial_json = connector.partial_json_handling_mode;
  settings.truncations = truncations_of(connector.column_truncate_to);
  settings.version = kVersion;
  settings.clock_ms = milliseconds_now;
  return settings;
}

kafka::KafkaSettings kafka_settings(const config::WorkerConfig& worker,
                                    const config::ConnectorConfig& connector) {
  kafka::KafkaSettings settings;
  settings.bootstrap_servers = worker.bootstrap_servers;
  settings.transactional_id = worker.group_id + "-" + connector.name + "-0";
  settings.offsets_topic = worker.offset_storage_topic;
  settings.connector = connector.name;
  settings.topic_prefix = connector.topic_prefix;
  settings.producer_overrides = worker.producer;
  for (const auto& [key, value] : connector.producer_override) {
    settings.producer_overrides[key] = value;
  }
  settings.admin_overrides = worker.admin;
  settings.consumer_overrides = worker.consumer;
  if (const auto timeout = settings.producer_overrides.find("transaction.timeout.ms");
      timeout != settings.producer_overrides.end()) {
    int64_t milliseconds = settings.transaction_timeout.count();
    const std::string& text = timeout->second;
    std::from_chars(text.data(), text.data() + text.size(), milliseconds);
    settings.transaction_timeout = std::chrono::milliseconds(milliseconds);
  }
  settings.topic_creation = {
      .enable = worker.topic_creation_enable,
      .partitions = connector.topic_creation_default_partitions,
      .replication_factor = connector.topic_creation_default_replication_factor,
      .configs = connector.topic_creation_default};
  settings.offsets_topic_creation = {.enable = true,
                                     .partitions = worker.offset_storage_partitions,
                                     .replication_factor = worker.offset_storage_replication_factor,
                                     .configs = {}};
  settings.history_topic = connector.schema_history_topic.empty()
                               ? connector.topic_prefix + ".schema-history"
                               : connector.schema_history_topic;
  settings.history_retention = connector.schema_history_retention;
  settings.log = log_librdkafka;
  return settings;
}

runtime::CommitSettings commit_settings(const config::WorkerConfig& worker,
                                        const config::ConnectorConfig& connector,
                                        std::string writer) {
  runtime::CommitSettings settings;
  settings.connector = connector.name;
  settings.writer = std::move(writer);
  settings.max_changes = connector.transaction_max_rows;
  settings.max_bytes = connector.transaction_max_bytes;
  settings.max_age = connector.transaction_boundary_interval;
  settings.cut_changes = connector.transaction_cut_rows;
  settings.cut_age = connector.transaction_cut;
  settings.queue_bytes = connector.max_queue_size_in_bytes;
  settings.longest_retry = connector.errors_retry_delay_max;
  settings.builder.offset_flush_interval = worker.offset_flush_interval;
  return settings;
}

}  // namespace rowmill::app
