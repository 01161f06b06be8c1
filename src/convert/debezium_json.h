// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "connect/converter.h"
#include "connect/record_batch.h"
#include "convert/convert_settings.h"
#include "convert/schema_change_record.h"
#include "convert/source_block.h"
#include "convert/table_plan.h"
#include "convert/topic_names.h"
#include "model/change.h"

namespace rowmill::convert {

/// Writes changes as JSON records with Debezium's envelope and the forms of values that the
/// settings choose (README.md). Used by one source thread. Topics live in it, so it must outlive
/// every batch that it filled; table definitions must stay where they are until it is told to
/// forget them, since it keeps what it worked out about each one under its address.
class DebeziumJsonConverter final : public connect::Converter {
 public:
  /// Errors: kConfig, for an empty prefix, an unknown name in skipped_operations or source_fields,
  /// a pattern of truncations that is none, and for settings that exclude each other.
  static base::Result<std::unique_ptr<DebeziumJsonConverter>> create(ConvertSettings settings);

  /// Errors: kConfig for a table without a topic of its own; kUnsupported for a row image without
  /// key columns, for one with missing columns when schemas are on, and for a value that the form
  /// of its column cannot hold; kFatal for cells
  /// that are not what the definition says. Does not touch the batch's counts and offset.
  base::Result<void> convert(const model::Change& change, connect::RecordBatch& batch) override;
  base::Result<void> convert_schema(const model::SchemaChange& change,
                                    connect::RecordBatch& batch) override;
  void forget(const model::TableDefinition& table) override;

 private:
  using Row = std::span<const model::Value>;

  /// What tells one record of a change from another.
  struct Parts {
    char operation = 'c';
    /// Empty: null.
    Row before = {};
    Row after = {};
    std::string_view key = {};
    const connect::Header* header = nullptr;
  };

  DebeziumJsonConverter(ConvertSettings settings, ColumnTruncation truncation);

  base::Result<const TablePlan*> plan_of(const model::TableDefinition& table);
  base::Result<void> append_records(const TablePlan& plan, const model::Change& change,
                                    connect::RecordBatch& batch);
  base::Result<void> append_update(const TablePlan& plan, const model::Change& change,
                                   connect::RecordBatch& batch);
  base::Result<void> append_delete(const TablePlan& plan, const model::Change& change,
                                   const Parts& parts, connect::RecordBatch& batch);
  /// Sets `out` to the key; a cell that is absent from `row` is taken from `fallback`.
  static base::Result<void> write_key(const TablePlan& plan, Row row, Row fallback,
                                      std::string& out);
  base::Result<void> append_record(const TablePlan& plan, const model::Change& change,
                                   const Parts& parts, connect::RecordBatch& batch);
  base::Result<void> write_envelope(const TablePlan& plan, const model::Change& change,
                                    const Parts& parts, std::string& out);
  /// True if `row` has changes of JSON documents, whose columns are then left out.
  base::Result<bool> write_row(const TablePlan& plan, Row row, std::string& out) const;
  static void write_json_diffs(const TablePlan& plan, Row row, std::string& out);

  const ConvertSettings settings_;
  const ColumnTruncation truncation_;
  const SourceBlock source_;
  SchemaChangeRecords schema_changes_;
  TopicNames topics_;
  std::unordered_map<const model::TableDefinition*, std::unique_ptr<const TablePlan>> plans_;
  /// The plan of the latest change: most rows have the table of the row before.
  const TablePlan* latest_plan_ = nullptr;
  /// Keys of the change at hand; members, so that their memory is used again.
  std::string old_key_;
  std::string new_key_;
};

}  // namespace rowmill::convert
