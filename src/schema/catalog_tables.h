// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "model/catalog_table.h"
#include "model/declared_table.h"
#include "schema/statement_context.h"

namespace rowmill::schema {

/// What the catalog's words declare. Of the context only the server's brand and version count.
/// Errors: kUnsupported for a column type that we do not know, naming table and column.
base::Result<model::DeclaredTable> declared_table(const model::CatalogTable& table,
                                                  const CollationTable& collations,
                                                  const StatementContext& context);

/// As the definition of a database.
[[nodiscard]] model::DeclaredTable declared_database(const model::CatalogDatabase& database);

}  // namespace rowmill::schema
