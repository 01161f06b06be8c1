// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <regex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"

namespace rowmill::source {

/// Patterns of database.include.list and its kin; at most one of include and exclude has entries.
struct FilterLists {
  std::vector<std::string> database_include;
  std::vector<std::string> database_exclude;
  std::vector<std::string> table_include;
  std::vector<std::string> table_exclude;
};

/// Which tables are captured, with Debezium's meaning: a database pattern must match the whole
/// name, a table pattern all of "database.table", case ignored. The server's own databases never
/// are. One thread: answers are remembered.
class TableFilter {
 public:
  /// Errors: kConfig for a pattern that is no regular expression.
  static base::Result<TableFilter> create(const FilterLists& lists);

  [[nodiscard]] bool captures(std::string_view database, std::string_view table) const;
  /// Whether the database's own patterns let it hold captured tables.
  [[nodiscard]] bool may_capture(const std::string& database) const;

 private:
  /// Bounds what a source with endlessly many table names can make us remember.
  static constexpr size_t kRememberedTables = 10'000;

  [[nodiscard]] bool decide(const std::string& database, const std::string& name) const;

  std::vector<std::regex> database_include_;
  std::vector<std::regex> database_exclude_;
  std::vector<std::regex> table_include_;
  std::vector<std::regex> table_exclude_;
  mutable std::unordered_map<std::string, bool> remembered_;
};

}  // namespace rowmill::source
