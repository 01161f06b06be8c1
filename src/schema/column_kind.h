// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "binlog/event.h"
#include "binlog/row_layout.h"
#include "model/table.h"

namespace rowmill::schema {

/// The SQL type family of a column of a table map, of which the log may leave the form open; absent
/// for types that Rowmill does not decode. MySQL manual, "Table_map_event", column types.
[[nodiscard]] std::optional<model::ColumnKind> column_kind(
    const binlog::MapColumn& column, binlog::StringForm form = binlog::StringForm::kPlain);

/// Collation id of bytes that are no text: MySQL manual, "The binary Collation".
inline constexpr uint32_t kBinaryCollation = 63;

}  // namespace rowmill::schema
