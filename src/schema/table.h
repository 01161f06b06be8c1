// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "binlog/row_layout.h"
#include "model/table.h"

namespace rowmill::schema {

/// A table as it was when its rows were written: what the rest of the house sees, and how its cells
/// lie on the wire.
struct Table {
  model::TableDefinition definition;
  binlog::RowLayout layout;
  /// Columns of ENUM and SET of which a label with '?' may be another one in truth.
  std::vector<size_t> doubtful_labels;
  bool operator==(const Table&) const = default;
};

}  // namespace rowmill::schema
