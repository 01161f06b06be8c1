// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/collation.h"
#include "model/gtid.h"
#include "model/position.h"
#include "mysql/connection.h"

namespace rowmill::mysql {

struct BinlogFile {
  std::string name;
  uint64_t size_bytes = 0;
  bool operator==(const BinlogFile&) const = default;
};

/// The global variables of a source that matter to a replica. Words are as the server prints them;
/// empty where its version does not have the variable.
struct ServerVariables {
  uint32_t server_id = 0;
  /// MySQL only.
  std::string server_uuid;
  bool log_bin = false;
  std::string binlog_format;
  std::string binlog_row_image;
  std::string binlog_row_value_options;
  std::string binlog_checksum;
  /// Every transaction has a GTID: gtid_mode=ON, and always on MariaDB.
  bool gtids = false;
  /// How long a binlog file is kept; nothing when the server never deletes one by age.
  std::optional<std::chrono::seconds> binlog_expires;
  /// The rule for sessions whose statements do not carry their own.
  bool explicit_defaults_for_timestamp = false;
  uint32_t lower_case_table_names = 0;
};

/// What a source is and where its binlog stands.
struct ServerFacts {
  Flavor flavor = Flavor::kMysql;
  ServerVersion version;
  ServerVariables variables;

  // The rest is empty when log_bin is off.

  /// The end of the binlog, and what had been executed there. MySQL without GTIDs: an empty set.
  model::Position position;
  model::GtidSet executed;
  /// Oldest first.
  std::vector<BinlogFile> files;
  /// MySQL: executed, but no longer in any file.
  model::MysqlGtidSet purged;
};

/// Where the binlog ends, and what had been executed there. MySQL without GTIDs: an empty set.
struct BinlogEnd {
  model::Position position;
  model::GtidSet executed;
};
/// Needs REPLICATION CLIENT (BINLOG MONITOR).
base::Result<BinlogEnd> read_binlog_end(Connection& connection);

/// Reads with plain statements that change nothing; needs REPLICATION CLIENT (BINLOG MONITOR).
base::Result<ServerFacts> read_server_facts(Connection& connection);

/// The collations of the server, by id.
base::Result<model::CollationTable> read_collations(Connection& connection);

/// From the answer to that question: id, name, charset, is_default, longest. Errors: kFatal for a
/// number that is none.
base::Result<model::CollationTable> parse_collations(const ResultSet& answer);

/// From the answer to SHOW GLOBAL VARIABLES, which may lack any of them. Errors: kFatal for a
/// number that is none.
base::Result<ServerVariables> parse_variables(Flavor flavor, const ResultSet& answer);

}  // namespace rowmill::mysql
