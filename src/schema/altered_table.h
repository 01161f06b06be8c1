// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "model/declared_table.h"
#include "schema/ddl_statement.h"
#include "schema/declared_column.h"

namespace rowmill::schema {

/// What ALTER TABLE makes of a table; RENAME TO, and tables that partitions become or come from,
/// are up to the caller. Errors: kUnsupported, what cannot be derived, or what the server cannot
/// have accepted for a table of this definition.
base::Result<model::DeclaredTable> altered_table(const model::DeclaredTable& before,
                                                 const AlterTable& statement,
                                                 const StatementScope& scope);

}  // namespace rowmill::schema
