// SPDX-License-Identifier: Apache-2.0
#include "source/table_filter.h"

#include <algorithm>
#include <array>

#include "config/pattern.h"

namespace rowmill::source {

using base::Result;

namespace {

Result<std::vector<std::regex>> compile_all(const std::vector<std::string>& patterns) {
  std::vector<std::regex> compiled;
  for (const std::string& pattern : patterns) {
    ROWMILL_ASSIGN(std::regex expression, config::compile_pattern(pattern));
    compiled.push_back(std::move(expression));
  }
  return compiled;
}

bool any_matches(const std::vector<std::regex>& patterns, const std::string& name) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::regex& pattern) { return std::regex_match(name, pattern); });
}

bool is_system_database(std::string_view database) {
  constexpr std::array<std::string_view, 4> kSystem = {"mysql", "sys", "information_schema",
                                                       "performance_schema"};
  return std::find(kSystem.begin(), kSystem.end(), database) != kSystem.end();
}

}  // namespace

Result<TableFilter> TableFilter::create(const FilterLists& lists) {
  TableFilter filter;
  ROWMILL_ASSIGN(filter.database_include_, compile_all(lists.database_include));
  ROWMILL_ASSIGN(filter.database_exclude_, compile_all(lists.database_exclude));
  ROWMILL_ASSIGN(filter.table_include_, compile_all(lists.table_include));
  ROWMILL_ASSIGN(filter.table_exclude_, compile_all(lists.table_exclude));
  return filter;
}

bool TableFilter::captures(std::string_view database, std::string_view table) const {
  std::string name(database);
  name += '.';
  name += table;
  if (const auto found = remembered_.find(name); found != remembered_.end()) return found->second;
  const bool captured = decide(std::string(database), name);
  if (remembered_.size() >= kRememberedTables) remembered_.clear();
  remembered_.emplace(std::move(name), captured);
  return captured;
}

bool TableFilter::may_capture(const std::string& database) const {
  if (is_system_database(database)) return false;
  if (!database_include_.empty() && !any_matches(database_include_, database)) return false;
  return !any_matches(database_exclude_, database);
}

bool TableFilter::decide(const std::string& database, const std::string& name) const {
  if (!may_capture(database)) return false;
  if (!table_include_.empty() && !any_matches(table_include_, name)) return false;
  return !any_matches(table_exclude_, name);
}

}  // namespace rowmill::source
