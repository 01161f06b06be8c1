// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "model/declared_table.h"

namespace rowmill::schema {

/// Columns that the rows of a table have at their end and that no catalog shows: MariaDB's
/// row_start and row_end of implicit system versioning, then its DB_ROW_HASH_n, one for each hashed
/// key.
[[nodiscard]] std::vector<model::DeclaredColumn> hidden_columns(const model::DeclaredTable& table);

/// The columns of MariaDB's sequences, which nobody declares. Those of CREATE SEQUENCE ... AS may
/// have other types.
[[nodiscard]] std::vector<model::DeclaredColumn> sequence_columns();

/// Which columns of the row image, hidden ones included, identify a row, in key order: the primary
/// key, or what the server takes for it, the first unique key over whole NOT NULL columns. Empty if
/// there is none. This is what binlog_row_metadata=FULL logs as the primary key.
[[nodiscard]] std::vector<size_t> row_key(const model::DeclaredTable& table);

}  // namespace rowmill::schema
