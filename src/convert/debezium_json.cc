// SPDX-License-Identifier: Apache-2.0
#include "convert/debezium_json.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "convert/cell_error.h"
#include "convert/json_writer.h"

namespace rowmill::convert {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using model::Operation;

/// Debezium's RelationalChangeRecordEmitter: PK_UPDATE_OLDKEY_FIELD, PK_UPDATE_NEWKEY_FIELD.
constexpr std::string_view kOldKeyHeader = "__debezium.oldkey";
constexpr std::string_view kNewKeyHeader = "__debezium.newkey";

char letter(Operation operation) {
  switch (operation) {
    case Operation::kCreate:
      return 'c';
    case Operation::kUpdate:
      return 'u';
    case Operation::kDelete:
      return 'd';
    case Operation::kRead:
      return 'r';
  }
  return '?';
}

bool is_absent(const model::Value& cell) { return std::holds_alternative<model::Absent>(cell); }

bool is_diffs(const model::Value& cell) { return std::holds_alternative<model::JsonDiffs>(cell); }

/// Makes the members written since `begin`, each with a comma in front, an object.
void close_object(std::string& out, size_t begin) {
  if (out.size() == begin) {
    out += '{';
  } else {
    out[begin] = '{';
  }
  out += '}';
}

}  // namespace

Result<std::unique_ptr<DebeziumJsonConverter>> DebeziumJsonConverter::create(
    ConvertSettings settings) {
  if (settings.topic_prefix.empty()) {
    return Error(ErrorKind::kConfig, "topic.prefix is empty");
  }
  for (const char operation : settings.skipped_operations) {
    if (std::string_view("cudt").find(operation) == std::string_view::npos) {
      return Error(ErrorKind::kConfig,
                   std::string("skipped.operations has the unknown operation ") + operation)
          .with_remedy("Use some of c, u, d, t, or none.");
    }
  }
  for (const std::string& field : settings.source_fields) {
    if (std::ranges::find(kExtraSourceFields, field) == kExtraSourceFields.end()) {
      return Error(ErrorKind::kConfig, "source.fields has the unknown field " + field)
          .with_remedy("Use some of ts_us, ts_ns, version, sequence, query.");
    }
  }
  if (settings.partial_json == PartialJsonMode::kDiff && settings.value_schemas) {
    return Error(ErrorKind::kConfig,
                 "partial.json.handling.mode=diff cannot be described by schemas")
        .with_remedy(
            "Set value.converter.schemas.enable=false or partial.json.handling.mode=fail.");
  }
  ROWMILL_ASSIGN(ColumnTruncation truncation, ColumnTruncation::create(settings.truncations));
  return std::unique_ptr<DebeziumJsonConverter>(
      new DebeziumJsonConverter(std::move(settings), std::move(truncation)));
}

DebeziumJsonConverter::DebeziumJsonConverter(ConvertSettings settings, ColumnTruncation truncation)
    : settings_(std::move(settings)),
      truncation_(std::move(truncation)),
      source_(settings_),
      schema_changes_(settings_, source_),
      topics_(settings_.topic_prefix) {}

Result<void> DebeziumJsonConverter::convert(const model::Change& change,
                                            connect::RecordBatch& batch) {
  if (settings_.skipped_operations.contains(letter(change.operation))) return {};
  ROWMILL_ASSIGN(const TablePlan* plan, plan_of(*change.table));
  const size_t columns = plan->columns.size();
  const bool has_before =
      change.operation == Operation::kUpdate || change.operation == Operation::kDelete;
  const bool has_after = change.operation != Operation::kDelete;
  if ((has_before && change.before.size() != columns) ||
      (has_after && change.after.size() != columns)) {
    return Error(ErrorKind::kFatal, "a row of table " + to_string(change.table->id) +
                                        " does not have the " + std::to_string(columns) +
                                        " columns of its definition");
  }
  const size_t records_before = batch.size();
  Result<void> result = append_records(*plan, change, batch);
  if (!result.ok()) batch.truncate(records_before);
  return result;
}

Result<const TablePlan*> DebeziumJsonConverter::plan_of(const model::TableDefinition& table) {
  if (latest_plan_ != nullptr && latest_plan_->table == &table) return latest_plan_;
  if (const auto known = plans_.find(&table); known != plans_.end()) {
    latest_plan_ = known->second.get();
    return latest_plan_;
  }
  ROWMILL_ASSIGN(const std::string* topic, topics_.topic_of(table.id));
  auto plan =
      std::make_unique<TablePlan>(plan_table(table, *topic, settings_, truncation_, source_));
  latest_plan_ = plan.get();
  plans_.emplace(&table, std::move(plan));
  return latest_plan_;
}

Result<void> DebeziumJsonConverter::append_records(const TablePlan& plan,
                                                   const model::Change& change,
                                                   connect::RecordBatch& batch) {
  switch (change.operation) {
    case Operation::kCreate:
    case Operation::kRead:
      ROWMILL_TRY(write_key(plan, change.after, change.after, new_key_));
      return append_record(
          plan, change,
          {.operation = letter(change.operation), .after = change.after, .key = new_key_}, batch);
    case Operation::kUpdate:
      return append_update(plan, change, batch);
    case Operation::kDelete:
      ROWMILL_TRY(write_key(plan, change.before, change.before, old_key_));
      return append_delete(plan, change, {.before = change.before, .key = old_key_}, batch);
  }
  return Error(ErrorKind::kFatal,
               "a change of table " + to_string(plan.table->id) + " has an unknown operation");
}

Result<void> DebeziumJsonConverter::append_update(const TablePlan& plan,
                                                  const model::Change& change,
                                                  connect::RecordBatch& batch) {
  ROWMILL_TRY(write_key(plan, change.before, change.before, old_key_));
  // An image that is not FULL leaves out the columns that did not change.
  ROWMILL_TRY(write_key(plan, change.after, change.before, new_key_));
  if (old_key_ == new_key_) {
    return append_record(
        plan, change,
        {.operation = 'u', .before = change.before, .after = change.after, .key = new_key_}, batch);
  }
  const connect::Header to{kNewKeyHeader, new_key_};
  ROWMILL_TRY(append_delete(plan, change, {.before = change.before, .key = old_key_, .header = &to},
                            batch));
  const connect::Header from{kOldKeyHeader, old_key_};
  return append_record(plan, change,
                       {.operation = 'c', .after = change.after, .key = new_key_, .header = &from},
                       batch);
}

Result<void> DebeziumJsonConverter::append_delete(const TablePlan& plan,
                                                  const model::Change& change, const Parts& parts,
                                                  connect::RecordBatch& batch) {
  Parts deletion = parts;
  deletion.operation = 'd';
  ROWMILL_TRY(append_record(plan, change, deletion, batch));
  // Without a key there is nothing that a tombstone could delete.
  if (!settings_.tombstones_on_delete || plan.key.empty()) return {};
  batch.begin(*plan.topic);
  batch.bytes() += parts.key;
  batch.end_key();
  // Debezium's tombstone has the headers of its delete.
  if (parts.header != nullptr) batch.add_header(parts.header->name, parts.header->value);
  batch.end();
  return {};
}

Result<void> DebeziumJsonConverter::write_key(const TablePlan& plan, Row row, Row fallback,
                                              std::string& out) {
  out = plan.key_head;
  const size_t begin = out.size();
  for (const ColumnPlan& column : plan.key) {
    const model::Value& own = row[column.index];
    const model::Value& cell = is_absent(own) ? fallback[column.index] : own;
    if (is_absent(cell)) {
      return absent_cell(*plan.table, column.index, "it is part of the record's key");
    }
    out += column.label;
    if (std::holds_alternative<model::Null>(cell)) {
      out += "null";
    } else if (const auto outcome = column.write(cell, column.limit, out);
               outcome != CellOutcome::kWritten) {
      return refused_cell(*plan.table, column, cell, outcome);
    }
  }
  close_object(out, begin);
  out += plan.key_tail;
  return {};
}

Result<void> DebeziumJsonConverter::append_record(const TablePlan& plan,
                                                  const model::Change& change, const Parts& parts,
                                                  connect::RecordBatch& batch) {
  batch.begin(*plan.topic);
  if (!plan.key.empty()) {
    batch.bytes() += parts.key;
    batch.end_key();
  }
  if (auto written = write_envelope(plan, change, parts, batch.bytes()); !written.ok()) {
    batch.discard_open();
    return written;
  }
  batch.end_value();
  if (parts.header != nullptr) batch.add_header(parts.header->name, parts.header->value);
  batch.end();
  return {};
}

Result<void> DebeziumJsonConverter::write_envelope(const TablePlan& plan,
                                                   const model::Change& change, const Parts& parts,
                                                   std::string& out) {
  out += plan.value_head;
  ROWMILL_TRY(write_row(plan, parts.before, out));
  out += R"(,"after":)";
  ROWMILL_ASSIGN(const bool has_diffs, write_row(plan, parts.after, out));
  if (has_diffs) write_json_diffs(plan, parts.after, out);
  out += R"(,"source":)";
  source_.append(out, change.origin, change.operation == Operation::kRead, plan.source);
  out += R"(,"op":")";
  out += parts.operation;
  out += R"(","ts_ms":)";
  append_number(out, settings_.clock_ms());
  out += plan.value_tail;
  return {};
}

Result<bool> DebeziumJsonConverter::write_row(const TablePlan& plan, Row row,
                                              std::string& out) const {
  if (row.empty()) {
    out += "null";
    return false;
  }
  const size_t begin = out.size();
  bool has_diffs = false;
  for (const ColumnPlan& column : plan.columns) {
    const model::Value& cell = row[column.index];
    if (is_absent(cell)) {
      // Readers of a schema would take a missing field for NULL.
      if (settings_.value_schemas) {
        return absent_cell(*plan.table, column.index, "records with schemas must have all columns");
      }
      continue;
    }
    const size_t member = out.size();
    out += column.label;
    if (std::holds_alternative<model::Null>(cell)) {
      out += "null";
    } else if (const auto outcome = column.write(cell, column.limit, out);
               outcome != CellOutcome::kWritten) {
      if (!is_diffs(cell) || settings_.partial_json != PartialJsonMode::kDiff) {
        return refused_cell(*plan.table, column, cell, outcome);
      }
      out.resize(member);
      has_diffs = true;
    }
  }
  close_object(out, begin);
  return has_diffs;
}

Result<void> DebeziumJsonConverter::convert_schema(const model::SchemaChange& change,
                                                   connect::RecordBatch& batch) {
  if (settings_.include_schema_changes) schema_changes_.append(change, batch);
  return {};
}

void DebeziumJsonConverter::forget(const model::TableDefinition& table) {
  latest_plan_ = nullptr;
  plans_.erase(&table);
}

void DebeziumJsonConverter::write_json_diffs(const TablePlan& plan, Row row, std::string& out) {
  out += R"(,"json_diffs":)";
  const size_t begin = out.size();
  for (const ColumnPlan& column : plan.columns) {
    const auto* diffs = std::get_if<model::JsonDiffs>(&row[column.index]);
    if (diffs == nullptr) continue;
    out += column.label;
    out += diffs->json;
  }
  close_object(out, begin);
}

}  // namespace rowmill::convert
