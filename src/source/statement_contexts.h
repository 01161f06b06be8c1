// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "binlog/event.h"
#include "mysql/server_facts.h"
#include "schema/statement_context.h"

namespace rowmill::source {

/// What the source's statements mean apart from their texts. Immutable.
class StatementContexts {
 public:
  StatementContexts() = default;
  explicit StatementContexts(const mysql::ServerFacts& facts);

  /// Of a QUERY event; the default database is a view into it.
  [[nodiscard]] schema::StatementContext of(const binlog::Query& query) const;
  /// Of what the catalog says and what a person writes: sql_mode is empty.
  [[nodiscard]] const schema::StatementContext& plain() const { return plain_; }

 private:
  schema::StatementContext plain_;
};

}  // namespace rowmill::source
