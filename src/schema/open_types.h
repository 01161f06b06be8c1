// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "base/result.h"
#include "binlog/event.h"
#include "binlog/row_layout.h"
#include "model/declared_table.h"
#include "model/table.h"

namespace rowmill::schema {

// MariaDB leaves three things out of its table maps, those with names included: UUID, INET4 and
// INET6 look like BINARY(16) and BINARY(4), date and time types of before MySQL 5.6 do not tell how
// many fraction digits, and so bytes, they have, and nothing marks virtual columns. The definition
// knows.

/// Whether MariaDB's log leaves open what the column is.
[[nodiscard]] bool is_open(const binlog::MapColumn& column);

/// One for each column of a map.
using StringForms = std::vector<binlog::StringForm>;

/// What the open columns of the map are, which fits the definition (mismatch()). kUnsupported, with
/// the cure, for an old date or time type with a fraction.
base::Result<StringForms> settle_types(const binlog::TableMap& map,
                                       const model::DeclaredTable& declared);

/// For each column of the table, whether binlog_row_image=FULL_NODUP may leave it out of the row
/// after an update that changed it: so it does with virtual columns. Without a definition with all
/// but the key, which cannot be virtual.
std::vector<bool> silent_columns(const model::TableDefinition& table,
                                 const model::DeclaredTable* declared);

}  // namespace rowmill::schema
