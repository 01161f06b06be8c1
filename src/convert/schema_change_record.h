// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connect/record_batch.h"
#include "convert/convert_settings.h"
#include "convert/source_block.h"
#include "model/schema_change.h"

namespace rowmill::convert {

/// Tells consumers of changed definitions as Debezium does, in the topic that is called as the
/// prefix is: one record for each statement and database, and for each table that was found in
/// another way, all with the database as key. Debezium's SchemaFactory and
/// ConnectTableChangeSerializer. Defaults and comments are not known and so null. Used by one
/// source thread; must outlive the batches that it filled.
class SchemaChangeRecords {
 public:
  /// `source` must stay where it is.
  SchemaChangeRecords(const ConvertSettings& settings, const SourceBlock& source);
  void append(const model::SchemaChange& change, connect::RecordBatch& batch);

 private:
  /// One entry of tableChanges.
  struct TableChange {
    std::string_view type;
    /// Absent: no rename.
    const model::TableId* renamed_from = nullptr;
    const model::TableId* id = nullptr;
    /// Absent: there is none any more.
    const model::DeclaredTable* table = nullptr;
  };
  struct Envelope {
    std::string key_head;
    std::string value_head;
  };

  [[nodiscard]] static std::map<std::string_view, std::vector<TableChange>> by_database(
      const model::SchemaChange& change);
  void append_record(const model::SchemaChange& change, std::string_view database,
                     std::span<const TableChange> tables, connect::RecordBatch& batch);
  void append_source(std::string& out, const model::SchemaChange& change, std::string_view database,
                     std::span<const TableChange> tables) const;
  /// What stands around the payloads; schemas are named after the kind of server.
  const Envelope& envelope(bool mariadb);

  const ConvertSettings& settings_;
  const SourceBlock& source_;
  std::string topic_;
  std::map<bool, Envelope> envelopes_;
};

}  // namespace rowmill::convert
