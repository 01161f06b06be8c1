// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "mysql/connection.h"
#include "source/failure_handling.h"
#include "source/table_filter.h"

namespace rowmill::source {

/// What a source task is built from.
struct SourceSettings {
  /// For logs.
  std::string connector;
  mysql::ConnectionSettings connection;
  uint32_t server_id = 0;
  /// How SHOW REPLICAS names us: the same after every restart, so that we know ourselves again.
  std::string reported_host;
  std::string replica_uuid;
  FilterLists filter;
  /// start.position: "earliest", "latest", a GTID set or "file:position".
  std::string start_position = "latest";
  /// Changes carry the text of their statement, where the source logs it.
  bool include_query = false;
  FailureMode failure_mode = FailureMode::kFail;
  /// schema.recovery.file: CREATE TABLE statements for tables in doubt; empty is none.
  std::string recovery_file;
  /// schema.recovery=skip: rows of tables in doubt are passed over.
  bool pass_over_unknown_tables = false;
  /// The source sends a heartbeat this often when it is quiet.
  std::chrono::milliseconds heartbeat{1'000};
  std::chrono::milliseconds first_retry{200};
  std::chrono::milliseconds longest_retry{30'000};
  std::chrono::milliseconds progress_interval{10'000};
};

/// Links that a task opens beside its own, each another replica in the eyes of the source.
enum class SideLink : uint8_t { kPreparedGroups, kCatalog };
[[nodiscard]] SourceSettings beside_the_task(SourceSettings settings, SideLink link);

}  // namespace rowmill::source
