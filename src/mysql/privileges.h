// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>

#include "base/result.h"
#include "mysql/connection.h"

namespace rowmill::mysql {

/// The global privileges of a session, those of its active roles included, in upper case as SHOW
/// GRANTS prints them.
class Privileges {
 public:
  /// Adds what one line of SHOW GRANTS says about *.*; other lines say nothing here. Lines may hold
  /// password hashes (MariaDB): they are neither kept nor shown.
  void add_grant(std::string_view line);

  /// True also under ALL PRIVILEGES.
  [[nodiscard]] bool has(std::string_view name) const;

 private:
  std::set<std::string, std::less<>> names_;
};

base::Result<Privileges> read_privileges(Connection& connection);

}  // namespace rowmill::mysql
