// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "base/result.h"
#include "model/declared_table.h"
#include "schema/ddl_statement.h"
#include "schema/declared_column.h"

namespace rowmill::schema {

/// A column as ALTER TABLE leaves it.
struct AlteredColumn {
  model::DeclaredColumn declared;
  /// Index in the old table; absent for a column that the statement adds.
  std::optional<size_t> old;
};

/// One ALTER TABLE that has dealt with the columns.
struct AlteredColumns {
  const model::DeclaredTable& before;
  const AlterTable& statement;
  const StatementScope& scope;
  std::span<const AlteredColumn> columns;
  /// ROW END, if the statement adds it; else empty.
  std::string_view row_end;
};

/// Gives `after`, which has its columns already, the keys that the statement leaves, and columns
/// their NOT NULL for the sake of keys and periods. Errors: kUnsupported, what cannot be derived or
/// accepted.
base::Result<void> alter_keys(const AlteredColumns& altered, model::DeclaredTable& after);

}  // namespace rowmill::schema
