// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <string_view>

#include "schema/ddl_parser.h"
#include "schema/ddl_shapes.h"
#include "schema/ddl_text.h"

namespace rowmill::schema {

inline StatementContext mysql(uint64_t sql_mode = 0) {
  StatementContext context;
  context.server_version = 90704;
  context.sql_mode = sql_mode;
  return context;
}

inline StatementContext mariadb(uint64_t sql_mode = 0) {
  StatementContext context;
  context.mariadb = true;
  context.server_version = 101119;
  context.sql_mode = sql_mode;
  return context;
}

/// The short form, or what is wrong.
inline std::string parsed(std::string_view sql, const StatementContext& context = mysql()) {
  const auto statement = parse_ddl(sql, context);
  return statement.ok() ? to_text(*statement) : "error: " + statement.error().message();
}

inline std::ostream& operator<<(std::ostream& out, const DdlCase& known) {
  return out << known.sql;
}

inline std::string name_of_case(const testing::TestParamInfo<DdlCase>& info) {
  return info.param.condition;
}

/// Reads the statement as the brands do for which it holds.
inline void expect_case(const DdlCase& known) {
  if (known.brand != Brand::kMariadb) {
    EXPECT_EQ(parsed(known.sql, mysql(known.sql_mode)), known.text) << "MySQL: " << known.sql;
  }
  if (known.brand != Brand::kMysql) {
    EXPECT_EQ(parsed(known.sql, mariadb(known.sql_mode)), known.text) << "MariaDB: " << known.sql;
  }
}

}  // namespace rowmill::schema
