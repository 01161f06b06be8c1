// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "binlog/event.h"
#include "model/table.h"

namespace rowmill::schema {

/// The SQL type family of a column of a table map; absent for types that Rowmill does not decode.
/// MySQL manual, "Table_map_event", column types.
[[nodiscard]] std::optional<model::ColumnKind> column_kind(const binlog::MapColumn& column);

/// Collation id of bytes that are no text: MySQL manual, "The binary Collation".
inline constexpr uint32_t kBinaryCollation = 63;

}  // namespace rowmill::schema
