// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "binlog/event.h"
#include "model/declared_table.h"
#include "schema/statement_context.h"

namespace rowmill::schema {

/// How a column of that type lies in a table map.
struct WireFormat {
  binlog::FieldType type{};
  /// As binlog::MapColumn::metadata.
  uint16_t metadata = 0;
};
[[nodiscard]] WireFormat wire_format(const model::DeclaredColumn& column,
                                     const CollationTable& collations, bool mariadb);

/// Why the map cannot be of that table: count, types, metadata, nullability, and names, signs,
/// charsets, labels and key where the map has them. Nothing if it fits. Columns at the end that no
/// catalog shows (MariaDB's hash and versioning columns) are allowed for.
std::optional<std::string> mismatch(const binlog::TableMap& map, const model::DeclaredTable& table,
                                    const CollationTable& collations, bool mariadb);

}  // namespace rowmill::schema
