// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "schema/followed_server.h"

namespace rowmill::schema {

/// Statements, and what table t is after them, on both servers or on each.
struct DefinitionRule {
  const char* condition;
  std::vector<std::string_view> statements;
  std::string_view both = {};
  std::string_view mysql = {};
  std::string_view mariadb = {};
  uint64_t sql_mode = 0;
  bool explicit_timestamps = true;
};

inline std::ostream& operator<<(std::ostream& out, const DefinitionRule& rule) {
  return out << rule.statements.back();
}

inline std::string name_of_rule(const testing::TestParamInfo<DefinitionRule>& info) {
  return info.param.condition;
}

/// Follows the statements on the servers for which the rule holds.
inline void expect_rule(const DefinitionRule& rule) {
  for (const Brand brand : {Brand::kMysql, Brand::kMariadb}) {
    const bool is_mysql = brand == Brand::kMysql;
    const std::string_view own = is_mysql ? rule.mysql : rule.mariadb;
    const std::string_view expected = own.empty() ? rule.both : own;
    if (expected.empty()) continue;
    FollowedServer server(brand);
    server.context().sql_mode = rule.sql_mode;
    server.context().explicit_defaults_for_timestamp = rule.explicit_timestamps;
    for (const std::string_view sql : rule.statements) server.run(sql);
    EXPECT_EQ(server.table("t"), expected) << (is_mysql ? "MySQL" : "MariaDB");
  }
}

}  // namespace rowmill::schema
