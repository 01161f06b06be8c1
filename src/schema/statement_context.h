// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "model/collation.h"

namespace rowmill::schema {

/// sql_mode bits that change what a statement of DDL means. MySQL: sql/system_variables.h; MariaDB:
/// sql/sql_class.h.
namespace sql_mode {
inline constexpr uint64_t kRealAsFloat = 0x1;
inline constexpr uint64_t kAnsiQuotes = 0x4;
inline constexpr uint64_t kMariadbOracle = 0x200;
inline constexpr uint64_t kMariadbMssql = 0x400;
inline constexpr uint64_t kMariadbMaxdb = 0x1000;
inline constexpr uint64_t kNoBackslashEscapes = 0x100000;
inline constexpr uint64_t kStrictTransTables = 0x200000;
inline constexpr uint64_t kStrictAllTables = 0x400000;
}  // namespace sql_mode

/// MariaDB's character_set_collations: what a session makes the default of a charset. Collation
/// ids; the charset is told by its own default.
struct DefaultCollation {
  uint32_t of_charset = 0;
  uint32_t collation = 0;
};

/// What a statement of DDL means apart from its text: from the QUERY event that logged it, and from
/// the server.
struct StatementContext {
  bool mariadb = false;
  /// As 80046 or 101119.
  uint32_t server_version = 0;
  uint64_t sql_mode = 0;
  std::string_view default_database;
  /// For CREATE DATABASE; collation id, 0 if not logged.
  uint32_t server_collation = 0;
  /// For CHARACTER SET utf8mb4 without COLLATE; collation id, 0 if not logged.
  uint32_t utf8mb4_collation = 0;
  /// The same on MariaDB, from status variable 131 (0x83): a count of 1 byte, pairs of 2 + 2 bytes.
  std::vector<DefaultCollation> default_collations;
  /// A TIMESTAMP without more is an ordinary column.
  bool explicit_defaults_for_timestamp = true;
  /// The event has an error code: MariaDB logs a CREATE OR REPLACE that failed after it had dropped
  /// the old table.
  bool failed = false;
  /// 1 or 2: names of tables and databases compare without case.
  uint32_t lower_case_table_names = 0;
};

using model::Collation;
using model::CollationTable;

}  // namespace rowmill::schema
