// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "convert/column_plan.h"
#include "convert/convert_settings.h"
#include "convert/source_block.h"
#include "convert/truncation.h"
#include "model/table.h"

namespace rowmill::convert {

/// All that can be known of a table's records before there is a row.
struct TablePlan {
  const model::TableDefinition* table = nullptr;
  const std::string* topic = nullptr;
  /// In key order.
  std::vector<ColumnPlan> key;
  std::vector<ColumnPlan> columns;
  /// What stands before and after the key's object: the schema, or nothing.
  std::string key_head;
  std::string_view key_tail;
  /// `{"before":`, or the schema and then that.
  std::string value_head;
  std::string_view value_tail;
  SourceBlock::TableText source;
};

/// The plan keeps pointers to `table` and `topic`. Keys are never truncated, as in Debezium
/// (TableSchemaBuilder), since a part of a key is no key.
[[nodiscard]] TablePlan plan_table(const model::TableDefinition& table, const std::string& topic,
                                   const ConvertSettings& settings,
                                   const ColumnTruncation& truncation, const SourceBlock& source);

}  // namespace rowmill::convert
