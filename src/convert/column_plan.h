// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "convert/form.h"

namespace rowmill::convert {

/// All that can be known of one column's cells before there is a row.
struct ColumnPlan {
  /// Of the column in its table.
  size_t index = 0;
  const Form* form = nullptr;
  /// column.truncate.to.*; 0: cells are written whole.
  uint32_t limit = 0;
  /// `,"name":` with the name escaped.
  std::string label;
  CellWriter write = nullptr;
};

}  // namespace rowmill::convert
