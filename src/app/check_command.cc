// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <iostream>
#include <set>
#include <stop_token>
#include <string>

#include "app/commands.h"
#include "app/task_settings.h"
#include "config/load.h"
#include "kafka/check_broker.h"
#include "mysql/connection.h"
#include "mysql/server_facts.h"
#include "mysql/source_check.h"
#include "source/start_position.h"
#include "source/table_filter.h"

namespace rowmill::app {

namespace {

constexpr std::chrono::seconds kBrokerTimeout{10};

/// Prints findings as they come and counts the problems among them.
class Report {
 public:
  void problem(const std::string& about, const base::Error& error) {
    std::cout << "problem: " << about << ": " << error.text() << '\n';
    ++problems_;
  }
  void warning(const std::string& about, const std::string& text) {
    std::cout << "warning: " << about << ": " << text << '\n';
  }
  void fine(const std::string& about, const std::string& text) {
    std::cout << "ok: " << about << ": " << text << '\n';
  }
  [[nodiscard]] int problems() const { return problems_; }

 private:
  int problems_ = 0;
};

base::Result<void> examine_source(const source::SourceSettings& settings, Report& report) {
  ROWMILL_TRY(source::TableFilter::create(settings.filter));
  ROWMILL_ASSIGN(auto connection, mysql::Connection::open(settings.connection, std::stop_token{}));
  ROWMILL_ASSIGN(const auto facts, mysql::read_server_facts(connection));
  ROWMILL_ASSIGN(const auto problems, mysql::check_source(facts, connection, settings.server_id,
                                                          settings.reported_host));
  bool fine = true;
  for (const auto& problem : problems) {
    if (problem.warning) {
      report.warning(settings.connector, problem.error.text());
    } else {
      report.problem(settings.connector, problem.error);
      fine = false;
    }
  }
  if (!fine) return {};
  ROWMILL_ASSIGN(const auto start,
                 source::resolve_start_position(settings, facts, std::stop_token{}));
  report.fine(settings.connector, "source " + connection.server_version_text() + " at " +
                                      settings.connection.host + ":" +
                                      std::to_string(settings.connection.port) +
                                      "; start.position is " + model::to_string(start));
  return {};
}

}  // namespace

ExitCode check_command(const RunOptions& options) {
  Report report;
  auto loaded = config::load(options.worker, options.connectors);
  if (!loaded.ok()) {
    std::cout << loaded.error().text() << '\n';
    return ExitCode::kConfig;
  }
  for (const std::string& warning : loaded->warnings) report.warning("files", warning);
  for (const auto& connector : loaded->connectors) {
    const auto settings = source_settings(loaded->worker, connector);
    if (const auto examined = examine_source(settings, report); !examined.ok()) {
      report.problem(connector.name, examined.error());
    }
  }
  // The broker is one for all connectors: its problems would only repeat.
  std::set<std::string> seen;
  for (const auto& connector : loaded->connectors) {
    const auto settings = kafka_settings(loaded->worker, connector);
    for (const auto& error : kafka::check_broker(settings, kBrokerTimeout)) {
      if (seen.insert(error.text()).second) report.problem("broker", error);
    }
  }
  if (seen.empty()) report.fine("broker", loaded->worker.bootstrap_servers);
  std::cout << (report.problems() == 0 ? "no problems"
                                       : std::to_string(report.problems()) + " problems")
            << '\n';
  return report.problems() == 0 ? ExitCode::kSuccess : ExitCode::kConfig;
}

}  // namespace rowmill::app
