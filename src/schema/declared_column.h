// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/result.h"
#include "model/declared_table.h"
#include "schema/collation_index.h"
#include "schema/ddl_statement.h"
#include "schema/statement_context.h"

namespace rowmill::schema {

/// What a statement means beyond its text. The views live as long as the call that takes it.
struct StatementScope {
  const StatementContext& context;
  const CollationIndex& collations;
  /// Default of the table's database; empty if not known.
  std::string_view database_collation;
};

/// CHAR, VARCHAR and the TEXT family.
[[nodiscard]] bool is_text(model::SqlType type);
/// The TEXT and BLOB families.
[[nodiscard]] bool is_blob(model::SqlType type);

/// The column that the server makes of a written one in a table with that default collation (empty:
/// not known). Not NULL for the sake of a key is up to the keys. Errors: kUnsupported, what cannot
/// be told or cannot have been accepted.
base::Result<model::DeclaredColumn> declare_column(const WrittenColumn& column,
                                                   std::string_view table_collation,
                                                   const StatementScope& scope);

/// CONVERT TO CHARACTER SET: gives a column that has a charset the new one. TEXT types grow so that
/// they hold as many characters as before.
void convert_column(const Collation& to, const StatementScope& scope,
                    model::DeclaredColumn& column);
/// The same for a column that the statement declares anew, in the new charset already: MySQL 9.7
/// gives a TEXT the size class that holds what the old column could.
void convert_changed_column(const model::DeclaredColumn& before, const Collation& to,
                            const StatementScope& scope, model::DeclaredColumn& column);

}  // namespace rowmill::schema
