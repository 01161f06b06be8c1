// SPDX-License-Identifier: Apache-2.0
#include "source/statement_contexts.h"

namespace rowmill::source {

StatementContexts::StatementContexts(const mysql::ServerFacts& facts) {
  plain_.mariadb = facts.flavor == mysql::Flavor::kMariadb;
  plain_.server_version =
      facts.version.major * 10'000 + facts.version.minor * 100 + facts.version.patch;
  plain_.explicit_defaults_for_timestamp = facts.variables.explicit_defaults_for_timestamp;
  plain_.lower_case_table_names = facts.variables.lower_case_table_names;
}

schema::StatementContext StatementContexts::of(const binlog::Query& query) const {
  schema::StatementContext context = plain_;
  context.sql_mode = query.sql_mode.value_or(0);
  context.default_database = query.database;
  context.failed = query.error_code != 0;
  context.server_collation = query.server_collation.value_or(0);
  context.utf8mb4_collation = query.utf8mb4_collation.value_or(0);
  context.explicit_defaults_for_timestamp =
      query.explicit_defaults_for_timestamp.value_or(plain_.explicit_defaults_for_timestamp);
  for (const auto& [of_charset, collation] : query.default_collations) {
    context.default_collations.push_back({.of_charset = of_charset, .collation = collation});
  }
  return context;
}

}  // namespace rowmill::source
