// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/result.h"
#include "convert/column_plan.h"
#include "model/table.h"

namespace rowmill::convert {

// Why a row has no record. Texts name column and table, never a value.

/// `column` of `table` is not in the row image, but should be: `why`.
[[nodiscard]] base::Error absent_cell(const model::TableDefinition& table, size_t column,
                                      std::string_view why);

/// The writer of `plan` refused `cell` with `outcome`.
[[nodiscard]] base::Error refused_cell(const model::TableDefinition& table, const ColumnPlan& plan,
                                       const model::Value& cell, CellOutcome outcome);

}  // namespace rowmill::convert
