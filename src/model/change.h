// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "model/gtid.h"
#include "model/position.h"
#include "model/table.h"
#include "model/value.h"

namespace rowmill::model {

enum class Operation : uint8_t { kCreate, kUpdate, kDelete, kRead };

/// Where a change comes from: the `source` block of a record.
struct ChangeOrigin {
  /// The source is MariaDB, not MySQL.
  bool mariadb = false;
  /// Commit time at the source, microseconds since 1970 where the server logs them, else whole
  /// seconds.
  std::chrono::microseconds timestamp{};
  uint32_t server_id = 0;
  /// Session that ran the transaction, from its BEGIN; absent where the server does not log it.
  std::optional<uint32_t> thread_id;
  /// Text form, empty when the transaction has no GTID.
  std::string_view gtid;
  /// Base name of the binlog file, and where the rows event starts in it (for a compressed
  /// transaction: where its payload event starts).
  std::string_view file;
  uint64_t offset = 0;
  /// Index of the row within its rows event, from 0.
  uint32_t row = 0;
  /// The statement that made the change; empty when the server does not log it
  /// (binlog_rows_query_log_events, binlog_annotate_row_events).
  std::string_view query = {};
};

/// One row inserted, updated or deleted. A view: everything it points to lives until the callee of
/// on_change() returns. `before` is empty for kCreate and kRead, `after` for kDelete; otherwise
/// they have one cell for each column of `table`.
struct Change {
  Operation operation = Operation::kCreate;
  const TableDefinition* table = nullptr;
  std::span<const Value> before;
  std::span<const Value> after;
  ChangeOrigin origin;
};

}  // namespace rowmill::model
