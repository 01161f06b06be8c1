// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "model/declared_table.h"

namespace rowmill::convert {

/// Appends a definition as Debezium's schema changes show it (Table and Column of its
/// SchemaFactory, values as its DDL parser for MySQL sets them).
void append_table(std::string& out, const model::DeclaredTable& table);

/// Schema of the elements of `tableChanges`: type, id and table.
[[nodiscard]] std::string table_change_schema();

}  // namespace rowmill::convert
