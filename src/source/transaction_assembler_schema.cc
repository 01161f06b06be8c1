// SPDX-License-Identifier: Apache-2.0
// Definitions of tables: what statements change, and what table maps are read by.
#include <utility>

#include "source/transaction_assembler.h"

namespace rowmill::source {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

/// Stands in the catalog for a character that it cannot show.
constexpr char kStandIn = '?';

bool has_stand_in(const model::Value& cell) {
  if (const auto* label = std::get_if<model::EnumLabel>(&cell)) {
    return label->utf8.find(kStandIn) != std::string_view::npos;
  }
  const auto* labels = std::get_if<model::SetLabels>(&cell);
  return labels != nullptr && labels->utf8.find(kStandIn) != std::string_view::npos;
}

}  // namespace

Result<void> TransactionAssembler::on_definition(const binlog::Query& query,
                                                 const binlog::EventHeader& header,
                                                 const EventPlace& place,
                                                 connect::ChangeConsumer& consumer) {
  // MariaDB logs a two-phase ALTER twice: at its start it may fail yet.
  if (group_.alter_phase != binlog::AlterPhase::kNone &&
      group_.alter_phase != binlog::AlterPhase::kCommit) {
    return {};
  }
  const schema::StatementPlace at{.position = {std::string(place.file), place.end},
                                  .gtid = group_.gtid};
  model::SchemaChange told;
  told.definitions = parts_.tracker.on_statement(query.sql, parts_.contexts.of(query), at);
  if (told.definitions.empty()) return {};
  for (const auto& change : told.definitions) parts_.catalog.on_change(change);
  parts_.news.on_changes(told.definitions, at.position);
  told.position = at.position;
  told.gtid = group_.gtid_text;
  told.sql = query.sql;
  told.database = query.database;
  told.origin = origin_of(header, place);
  return consumer.on_schema_change(told);
}

Result<void> TransactionAssembler::tell_found(schema::FoundDefinition found,
                                              const binlog::EventHeader& header,
                                              const EventPlace& place,
                                              connect::ChangeConsumer& consumer) {
  model::SchemaChange told;
  told.position = {std::string(place.file), place.begin};
  parts_.news.on_found(found, told.position);
  if (!found.change.before && !found.change.after) return {};
  told.gtid = group_.gtid_text;
  told.definitions.push_back(std::move(found.change));
  told.origin = origin_of(header, place);
  return consumer.on_schema_change(told);
}

/// Labels from the catalog may be other ones in truth; most rows have none of these.
Result<void> TransactionAssembler::check_labels(const schema::Table& table,
                                                const model::Change& change) {
  for (const size_t index : table.doubtful_labels) {
    const bool doubtful = (!change.before.empty() && has_stand_in(change.before[index])) ||
                          (!change.after.empty() && has_stand_in(change.after[index]));
    if (!doubtful) continue;
    const auto& column = table.definition.columns[index];
    return Error(ErrorKind::kConfig, "column " + column.name +
                                         ": a label of it holds a character that the catalog of "
                                         "the source shows as '?', so that it is not known")
        .with_remedy(
            "Write the CREATE TABLE statement of the table, with its true labels, into a file and "
            "name that in schema.recovery.file; or set binlog_row_metadata=FULL at the source, "
            "for rows that are written from then on; or run ALTER TABLE ... MODIFY with the same "
            "labels there, for the rows after it.");
  }
  return {};
}

}  // namespace rowmill::source
