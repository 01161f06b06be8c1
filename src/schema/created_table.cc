// SPDX-License-Identifier: Apache-2.0
#include "schema/created_table.h"

#include <algorithm>
#include <string>
#include <utility>

#include "schema/table_keys.h"

namespace rowmill::schema {

using base::Error;
using base::ErrorKind;
using base::Result;
using model::DeclaredTable;

namespace {

/// Empty if the database's is not known and nothing else is said: that matters only to columns that
/// inherit it.
Result<std::string> default_collation(const TableOptions& options, const StatementScope& scope) {
  if (options.charset == CharsetClause{}) return std::string(scope.database_collation);
  ROWMILL_ASSIGN(const Collation* const chosen,
                 scope.collations.choose(options.charset, scope.database_collation, scope.context));
  return chosen->name;
}

}  // namespace

Result<void> fix_period(const TableOptions& options, DeclaredTable& table) {
  for (const std::string& name : options.period_columns) {
    const size_t index = find_column(table.columns, name);
    if (index == table.columns.size()) {
      return Error(ErrorKind::kUnsupported,
                   "a period names column " + name + ", which is not there");
    }
    table.columns[index].nullable = false;
  }
  return {};
}

Result<DeclaredTable> created_table(const CreateTable& statement, model::TableId id,
                                    const StatementScope& scope) {
  DeclaredTable table{.id = std::move(id)};
  ROWMILL_ASSIGN(table.collation, default_collation(statement.options, scope));
  std::string row_end;
  for (const WrittenColumn& column : statement.columns) {
    ROWMILL_ASSIGN(auto declared, declare_column(column, table.collation, scope));
    table.columns.push_back(std::move(declared));
    if (column.row_end) row_end = column.name;
  }
  const TableOptions& options = statement.options;
  table.hidden_versioning = options.system_versioning && !options.system_period;
  KeyBuilder keys(scope, table);
  for (const WrittenKey& key : keys_in_order(statement.columns, statement.keys,
                                             /*if_not_there=*/false, scope.context)) {
    ROWMILL_TRY(keys.add(key));
  }
  ROWMILL_TRY(fix_period(options, table));
  keys.finish(row_end);
  return table;
}

DeclaredTable table_like(DeclaredTable source, model::TableId id, const StatementScope& scope) {
  source.id = std::move(id);
  KeyBuilder(scope, source).finish({});
  return source;
}

}  // namespace rowmill::schema
