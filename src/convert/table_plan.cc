// SPDX-License-Identifier: Apache-2.0
#include "convert/table_plan.h"

#include "convert/connect_schema.h"
#include "convert/json_writer.h"

namespace rowmill::convert {
namespace {

ColumnPlan plan_column(const model::TableDefinition& table, size_t index,
                       const ConvertSettings& settings, bool with_schema) {
  const model::Column& column = table.columns[index];
  ColumnPlan plan{.index = index, .form = &form_of(column, settings.forms), .label = ","};
  append_string(plan.label, column.name);
  plan.label += ':';
  plan.write = plan.form->writer(column, with_schema);
  return plan;
}

/// Whether a cell can be longer than `limit`; lengths are declared in bytes, those of TEXT and BLOB
/// not at all.
bool can_be_longer(const model::Column& column, uint32_t limit) {
  return column.kind == model::ColumnKind::kText || column.kind == model::ColumnKind::kBlob ||
         column.length == 0 || column.length > limit;
}

void truncate(ColumnPlan& plan, const model::Column& column, uint32_t limit) {
  if (limit == 0 || plan.form->truncating == nullptr || !can_be_longer(column, limit)) return;
  plan.limit = limit;
  plan.write = plan.form->truncating;
}

}  // namespace

TablePlan plan_table(const model::TableDefinition& table, const std::string& topic,
                     const ConvertSettings& settings, const ColumnTruncation& truncation,
                     const SourceBlock& source) {
  TablePlan plan;
  plan.table = &table;
  plan.topic = &topic;
  plan.source = source.table_text(table.id);
  for (const size_t index : table.key) {
    plan.key.push_back(plan_column(table, index, settings, settings.key_schemas));
  }
  for (size_t index = 0; index < table.columns.size(); ++index) {
    const model::Column& column = table.columns[index];
    plan.columns.push_back(plan_column(table, index, settings, settings.value_schemas));
    truncate(plan.columns.back(), column, truncation.limit_of(table.id, column));
  }
  if (settings.key_schemas) {
    plan.key_head = R"({"schema":)" + key_schema(table, topic, plan.key) + R"(,"payload":)";
    plan.key_tail = "}";
  }
  if (settings.value_schemas) {
    plan.value_head = R"({"schema":)" +
                      envelope_schema(table, topic, plan.columns, source.connect_schema()) +
                      R"(,"payload":)";
  }
  plan.value_head += R"({"before":)";
  plan.value_tail = settings.value_schemas ? "}}" : "}";
  return plan;
}

}  // namespace rowmill::convert
