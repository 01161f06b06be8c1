// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "binlog/event.h"
#include "binlog/row_layout.h"
#include "model/catalog_column.h"
#include "model/table.h"

namespace rowmill::schema {

// MariaDB leaves three things out of its table maps: UUID, INET4 and INET6 look like BINARY(16) and
// BINARY(4), date and time types of before MySQL 5.6 do not tell how many fraction digits, and so
// bytes, they have, and nothing marks virtual columns. Its catalog knows, but only how the table
// is, not how it was.

/// Asks the source for the columns of a table as they are now, in order; none if it has no such
/// table. What it fails with is passed on.
using CatalogReader =
    std::function<base::Result<std::vector<model::CatalogColumn>>(const model::TableId&)>;

/// Whether MariaDB's log leaves open what the column is.
[[nodiscard]] bool is_open(const binlog::MapColumn& column);

/// One for each column of a map.
using StringForms = std::vector<binlog::StringForm>;

/// What the open columns of the map are, if `now` is the same table still: nothing if its names or
/// types are others. kUnsupported, with the cure, for an old date or time type with a fraction.
base::Result<std::optional<StringForms>> settle_types(const binlog::TableMap& map,
                                                      std::span<const model::CatalogColumn> now);

/// For each column of the table, whether binlog_row_image=FULL_NODUP may leave it out of the row
/// after an update that changed it: so it does with virtual columns. If `now` is another table,
/// with all but the key, which cannot be virtual.
std::vector<bool> silent_columns(const model::TableDefinition& table,
                                 std::span<const model::CatalogColumn> now);

}  // namespace rowmill::schema
