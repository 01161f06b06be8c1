// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <stop_token>
#include <utility>

#include "app/commands.h"
#include "app/task_settings.h"
#include "config/load.h"
#include "kafka/offset_record.h"
#include "kafka/offsets_admin.h"
#include "mysql/connection.h"
#include "mysql/server_facts.h"
#include "source/start_position.h"

namespace rowmill::app {

namespace {

using base::Result;

/// `{"connector":[...],"offset":{...}}`: key and value are JSON already.
void print_entry(const kafka::OffsetEntry& entry) {
  std::cout << R"({"key":)" << kafka::encode_offset_key(entry.key) << R"(,"offset":)"
            << entry.value.value_or("null") << "}\n";
}

Result<void> list(const kafka::KafkaSettings& settings,
                  const std::optional<std::string>& connector) {
  ROWMILL_ASSIGN(const auto entries, kafka::list_offsets(settings, std::stop_token{}));
  for (const auto& entry : entries) {
    if (!connector || entry.key.connector == *connector) print_entry(entry);
  }
  return {};
}

/// Asks the source what `to` stands for, so that a place that it does not have is refused here.
Result<model::SourceOffset> resolve(source::SourceSettings settings, const std::string& to) {
  settings.start_position = to;
  ROWMILL_ASSIGN(auto connection, mysql::Connection::open(settings.connection, std::stop_token{}));
  ROWMILL_ASSIGN(const auto facts, mysql::read_server_facts(connection));
  return source::resolve_start_position(settings, facts, std::stop_token{});
}

Result<void> change(const OffsetsOptions& options, const config::Loaded& loaded) {
  const auto& connector = loaded.connectors.front();
  const auto settings = kafka_settings(loaded.worker, connector);
  if (options.action == OffsetsOptions::Action::kReset) {
    ROWMILL_TRY(kafka::reset_offset(settings, std::stop_token{}));
    std::cout << "connector " << connector.name << " has no source offset any more: it starts at "
              << connector.start_position << '\n';
    return {};
  }
  ROWMILL_ASSIGN(const auto offset,
                 resolve(beside_a_worker(source_settings(loaded.worker, connector)), options.to));
  ROWMILL_TRY(kafka::set_offset(settings, offset, std::stop_token{}));
  std::cout << "connector " << connector.name << " goes on at " << model::to_string(offset) << '\n';
  return {};
}

}  // namespace

ExitCode offsets_command(const OffsetsOptions& options) {
  std::vector<std::filesystem::path> connectors;
  if (options.connector) connectors.push_back(*options.connector);
  auto loaded = config::load(options.worker, connectors);
  if (!loaded.ok()) {
    std::cerr << loaded.error().text() << '\n';
    return ExitCode::kConfig;
  }
  const auto result = [&]() -> Result<void> {
    if (options.action != OffsetsOptions::Action::kList) return change(options, *loaded);
    if (loaded->connectors.empty()) {
      return list(kafka_settings(loaded->worker, config::default_connector(loaded->worker)),
                  std::nullopt);
    }
    const auto& connector = loaded->connectors.front();
    return list(kafka_settings(loaded->worker, connector), connector.name);
  }();
  if (result.ok()) return ExitCode::kSuccess;
  std::cerr << "rowmill: " << result.error().text() << '\n';
  return exit_code_of(result.error().kind());
}

}  // namespace rowmill::app
