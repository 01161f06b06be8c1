// SPDX-License-Identifier: Apache-2.0
#include "config/cross_checks.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <optional>
#include <string>

#include "config/values.h"
#include "config/words.h"

namespace rowmill::config {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view kTransactionTimeout = "transaction.timeout.ms";
/// Default of librdkafka and of Java's producer.
constexpr milliseconds kDefaultTransactionTimeout{60'000};

/// The producer's transaction.timeout.ms if `settings` has it; a problem at `prefix`'s line if it
/// is no such time.
std::optional<milliseconds> transaction_timeout(const ConfigFile& file, std::string_view prefix,
                                                const PassThrough& settings, Findings& findings) {
  const auto found = settings.find(std::string(kTransactionTimeout));
  if (found == settings.end()) return std::nullopt;
  milliseconds timeout{};
  // The bounds are librdkafka's (CONFIGURATION.md).
  const Rule rule{.min = 1000, .max = std::numeric_limits<int32_t>::max()};
  if (const auto complaint = ValueType<milliseconds>::read(found->second, rule, timeout)) {
    findings.problem(file, std::string(prefix).append(kTransactionTimeout), *complaint);
    return std::nullopt;
  }
  return timeout;
}

void check_transaction_times(const ConfigFile& file, const WorkerConfig& worker,
                             const ConnectorConfig& connector, Findings& findings) {
  auto timeout =
      transaction_timeout(file, "producer.override.", connector.producer_override, findings);
  if (!timeout) {
    Findings reported_with_the_worker;
    timeout = transaction_timeout(file, "producer.", worker.producer, reported_with_the_worker);
  }
  constexpr std::string_view kMustBeBelow = "must be below the producer's transaction.timeout.ms";
  constexpr std::string_view kRemedy =
      "Lower it, or raise producer.override.transaction.timeout.ms (its default is 60000).";
  const milliseconds limit = timeout.value_or(kDefaultTransactionTimeout);
  if (connector.transaction_cut >= limit) {
    findings.problem(file, "transaction.cut.ms", kMustBeBelow, kRemedy);
  }
  if (connector.transaction_boundary_interval >= limit) {
    findings.problem(file, "transaction.boundary.interval.ms", kMustBeBelow, kRemedy);
  }
}

void check_exclusive(const ConfigFile& file, std::string_view include, std::string_view exclude,
                     Findings& findings) {
  const Property* included = file.properties.find(include);
  if (included == nullptr || file.properties.find(exclude) == nullptr) return;
  findings.problem(file, exclude,
                   "cannot be combined with " + std::string(include) + " on line " +
                       std::to_string(included->line),
                   "Keep one of the two.");
}

std::string place(const ConfigFile& file, std::string_view key) {
  const Property* property = file.properties.find(key);
  return property == nullptr ? file.path : file.path + ":" + std::to_string(property->line);
}

bool same_source(const ConnectorConfig& a, const ConnectorConfig& b) {
  return equal_ignoring_case(a.database_hostname, b.database_hostname) &&
         a.database_port == b.database_port;
}

}  // namespace

void check_worker(const ConfigFile& file, const WorkerConfig& worker, Findings& findings) {
  transaction_timeout(file, "producer.", worker.producer, findings);
}

void check_connector(const ConfigFile& file, const WorkerConfig& worker,
                     const ConnectorConfig& connector, Findings& findings) {
  if (!connector.database_include_list.empty() && !connector.database_exclude_list.empty()) {
    check_exclusive(file, "database.include.list", "database.exclude.list", findings);
  }
  if (!connector.table_include_list.empty() && !connector.table_exclude_list.empty()) {
    check_exclusive(file, "table.include.list", "table.exclude.list", findings);
  }
  if (connector.database_ssl_cert.empty() != connector.database_ssl_key.empty()) {
    const bool has_key = connector.database_ssl_cert.empty();
    findings.problem(file, has_key ? "database.ssl.key" : "database.ssl.cert",
                     has_key ? "needs database.ssl.cert as well" : "needs database.ssl.key as well",
                     "Set both or neither.");
  }
  if (std::ranges::count(connector.skipped_operations, SkippedOperation::kTruncate) == 0) {
    findings.problem(file, "skipped.operations", "must have t in its list",
                     "Records for TRUNCATE are not in this version.");
  }
  if (connector.partial_json_handling_mode == PartialJsonMode::kDiff &&
      connector.value_schemas_enable) {
    findings.problem(file, "partial.json.handling.mode",
                     "cannot be diff while values have schemas, which have no words for it",
                     "Set value.converter.schemas.enable=false for this connector.");
  }
  check_transaction_times(file, worker, connector, findings);
}

void check_differences(const std::vector<ConfigFile>& files,
                       const std::vector<ConnectorConfig>& connectors, Findings& findings) {
  for (size_t later = 0; later < connectors.size(); ++later) {
    for (size_t earlier = 0; earlier < later; ++earlier) {
      const ConnectorConfig& a = connectors[earlier];
      const ConnectorConfig& b = connectors[later];
      if (!a.name.empty() && a.name == b.name) {
        findings.problem(files[later], "name", "is the same as in " + place(files[earlier], "name"),
                         "Give each connector a name of its own.");
      } else if (a.database_server_id == b.database_server_id && same_source(a, b)) {
        findings.problem(files[later], "database.server.id",
                         "is the same as in " + place(files[earlier], "database.server.id") +
                             " for the same source, which would end one connection for the other",
                         "Set database.server.id to a number that no other replica has.");
      }
    }
  }
}

uint32_t server_id_from_name(std::string_view name) {
  uint32_t hash = 2'166'136'261;
  for (const char c : name) {
    hash ^= static_cast<uint8_t>(c);
    hash *= 16'777'619;
  }
  return 5400 + hash % 1000;
}

}  // namespace rowmill::config
