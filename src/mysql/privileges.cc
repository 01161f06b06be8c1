// SPDX-License-Identifier: Apache-2.0
#include "mysql/privileges.h"

#include <algorithm>

namespace rowmill::mysql {

void Privileges::add_grant(std::string_view line) {
  constexpr std::string_view kStart = "GRANT ";
  constexpr std::string_view kScope = " ON *.* TO ";
  const auto end = line.find(kScope);
  if (!line.starts_with(kStart) || end == std::string_view::npos) return;
  auto list = line.substr(kStart.size(), end - kStart.size());
  while (!list.empty()) {
    const auto length = std::min(list.find(','), list.size());
    names_.emplace(list.substr(0, length));
    list.remove_prefix(std::min(length + 1, list.size()));
    list.remove_prefix(std::min(list.find_first_not_of(' '), list.size()));
  }
}

bool Privileges::has(std::string_view name) const {
  return names_.contains("ALL PRIVILEGES") || names_.contains(name);
}

base::Result<Privileges> read_privileges(Connection& connection) {
  // Both servers include the session's active roles here.
  ROWMILL_ASSIGN(const auto answer, connection.query("SHOW GRANTS"));
  Privileges privileges;
  for (const auto& row : answer.rows()) {
    if (!row.empty() && row.front()) privileges.add_grant(*row.front());
  }
  return privileges;
}

}  // namespace rowmill::mysql
