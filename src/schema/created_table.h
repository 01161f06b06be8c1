// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "model/declared_table.h"
#include "schema/ddl_statement.h"
#include "schema/declared_column.h"

namespace rowmill::schema {

/// The table that a CREATE TABLE with columns of its own makes. Errors: kUnsupported, what cannot
/// be derived from the statement.
base::Result<model::DeclaredTable> created_table(const CreateTable& statement, model::TableId id,
                                                 const StatementScope& scope);

/// CREATE TABLE ... LIKE.
model::DeclaredTable table_like(model::DeclaredTable source, model::TableId id,
                                const StatementScope& scope);

/// The columns of an application-time period become NOT NULL.
base::Result<void> fix_period(const TableOptions& options, model::DeclaredTable& table);

}  // namespace rowmill::schema
