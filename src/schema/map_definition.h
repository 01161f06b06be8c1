// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "binlog/event.h"
#include "model/declared_table.h"
#include "schema/statement_context.h"

namespace rowmill::schema {

/// The definition that a map with names (binlog_row_metadata=FULL) tells. What no map tells, such
/// as which columns are generated and what is a default, is taken from `before`, the definition
/// that does not fit, for the columns whose names it has.
[[nodiscard]] model::DeclaredTable definition_of(const binlog::TableMap& map,
                                                 const model::DeclaredTable* before,
                                                 const CollationTable& collations, bool mariadb);

}  // namespace rowmill::schema
