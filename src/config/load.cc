// SPDX-License-Identifier: Apache-2.0
#include "config/load.h"

#include <optional>
#include <utility>

#include "config/bind.h"
#include "config/cross_checks.h"
#include "config/findings.h"
#include "config/words.h"

namespace rowmill::config {
namespace {

/// Absent if there is nothing to go on with; the findings say why.
std::optional<ConfigFile> read_config_file(const std::filesystem::path& path, size_t number,
                                           Findings& findings) {
  ConfigFile file{.path = path.string(), .number = number, .properties = {}};
  const auto text = read_file(path);
  if (!text) {
    findings.problem(file, 0, "", text.error().message());
    return std::nullopt;
  }
  if (trim(*text).starts_with('{')) {
    findings.problem(file, 0, "", "is JSON", "Rowmill reads properties files: write key=value.");
    return std::nullopt;
  }
  file.properties = parse_properties(*text);
  return file;
}

WorkerConfig load_worker(const std::filesystem::path& path, Findings& findings) {
  WorkerConfig worker = default_worker();
  if (const auto file = read_config_file(path, 0, findings)) {
    bind(*file, worker, findings);
    check_worker(*file, worker, findings);
  }
  return worker;
}

std::vector<ConnectorConfig> load_connectors(const std::vector<std::filesystem::path>& paths,
                                             const WorkerConfig& worker, Findings& findings) {
  std::vector<ConfigFile> files;
  std::vector<ConnectorConfig> connectors;
  for (const std::filesystem::path& path : paths) {
    auto file = read_config_file(path, files.size() + 1, findings);
    if (!file) continue;
    ConnectorConfig connector = default_connector(worker);
    bind(*file, connector, findings);
    if (file->properties.find("database.server.id") == nullptr) {
      connector.database_server_id = server_id_from_name(connector.name);
    }
    check_connector(*file, worker, connector, findings);
    files.push_back(*std::move(file));
    connectors.push_back(std::move(connector));
  }
  check_differences(files, connectors, findings);
  return connectors;
}

base::Result<Loaded> finish(WorkerConfig worker, std::vector<ConnectorConfig> connectors,
                            const Findings& findings) {
  if (findings.has_problems()) return findings.error();
  return Loaded{std::move(worker), std::move(connectors), findings.warnings()};
}

}  // namespace

base::Result<Loaded> load(const std::filesystem::path& worker,
                          const std::vector<std::filesystem::path>& connectors) {
  Findings findings;
  WorkerConfig worker_config = load_worker(worker, findings);
  auto connector_configs = load_connectors(connectors, worker_config, findings);
  return finish(std::move(worker_config), std::move(connector_configs), findings);
}

base::Result<Loaded> load_connector_only(const std::filesystem::path& connector) {
  Findings findings;
  WorkerConfig worker = default_worker();
  auto connectors = load_connectors({connector}, worker, findings);
  return finish(std::move(worker), std::move(connectors), findings);
}

WorkerConfig default_worker() {
  WorkerConfig worker;
  apply_defaults(worker);
  return worker;
}

ConnectorConfig default_connector(const WorkerConfig& worker) {
  ConnectorConfig connector;
  apply_defaults(connector);
  connector.database_server_id = server_id_from_name("");
  connector.key_schemas_enable = worker.key_schemas_enable;
  connector.value_schemas_enable = worker.value_schemas_enable;
  return connector;
}

}  // namespace rowmill::config
