// SPDX-License-Identifier: Apache-2.0
// The rows of a group: table maps and rows events.
#include <string>

#include "source/transaction_assembler.h"

namespace rowmill::source {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

model::Operation operation_of(binlog::RowsKind kind) {
  switch (kind) {
    case binlog::RowsKind::kWrite:
      return model::Operation::kCreate;
    case binlog::RowsKind::kUpdate:
      return model::Operation::kUpdate;
    case binlog::RowsKind::kDelete:
      break;
  }
  return model::Operation::kDelete;
}

}  // namespace

Result<void> TransactionAssembler::on_table_map(const binlog::TableMap& map) {
  MappedTable mapped{.captured = filter_.captures(map.database, map.table)};
  if (mapped.captured && !group_.prepares_xa) {
    ROWMILL_ASSIGN(mapped.table, catalog_.resolve(map));
  }
  group_.tables[static_cast<uint64_t>(map.id)] = mapped;
  return {};
}

Result<void> TransactionAssembler::on_rows(const binlog::Rows& rows,
                                           const binlog::EventHeader& header,
                                           const EventPlace& place,
                                           connect::ChangeConsumer& consumer) {
  const auto found = group_.tables.find(static_cast<uint64_t>(rows.table));
  if (found == group_.tables.end()) {
    return Error(ErrorKind::kCorrupt, "a rows event has no table map before it in its transaction");
  }
  group_.holds_rows |= found->second.captured;
  if (found->second.table == nullptr) return {};
  const schema::Table& table = *found->second.table;
  if (delivered_before_ && group_.events_done < delivered_before_->events) return {};
  auto delivered = deliver_rows(rows, table, header, place, consumer);
  if (delivered.ok() || delivered.error().kind() == ErrorKind::kStopped) return delivered;
  return std::move(delivered).error().with_context("table " +
                                                   model::to_string(table.definition.id));
}

Result<void> TransactionAssembler::deliver_rows(const binlog::Rows& rows,
                                                const schema::Table& table,
                                                const binlog::EventHeader& header,
                                                const EventPlace& place,
                                                connect::ChangeConsumer& consumer) {
  if (rows.column_count != table.layout.cells.size()) {
    return Error(ErrorKind::kCorrupt, "a rows event has " + std::to_string(rows.column_count) +
                                          " columns, its table map " +
                                          std::to_string(table.layout.cells.size()));
  }
  binlog::RowsReader reader(rows, table.layout, scratch_);

  const bool resumes_here = delivered_before_ && group_.events_done == delivered_before_->events;
  for (uint64_t done = 0; resumes_here && done < delivered_before_->rows; ++done) {
    ROWMILL_ASSIGN(const bool more, reader.skip());
    if (!more) {
      return Error(ErrorKind::kCorrupt,
                   "a rows event has fewer rows than were delivered of it before");
    }
    ++group_.rows_done;
  }

  model::Change change;
  change.operation = operation_of(rows.kind);
  change.table = &table.definition;
  change.origin.mariadb = traits_.mariadb;
  change.origin.timestamp = group_.commit_time.count() != 0
                                ? group_.commit_time
                                : std::chrono::microseconds(std::chrono::seconds(header.timestamp));
  change.origin.server_id = header.server_id;
  change.origin.thread_id = group_.thread_id;
  change.origin.gtid = group_.gtid_text;
  change.origin.file = place.file;
  change.origin.offset = place.begin;
  group_.delivered = true;
  cut_.events = group_.events_done;
  cut_.server_id = header.server_id;
  cut_.timestamp_seconds = last_timestamp_;
  // A cut before the first boundary must not forget the GTIDs that belong to the start.
  cut_.completed = announce_;
  while (true) {
    ROWMILL_ASSIGN(const bool more, reader.next());
    if (!more) return {};
    change.before = reader.before();
    change.after = reader.after();
    change.origin.row = reader.row();
    cut_.rows = reader.row() + 1;
    ROWMILL_TRY(consumer.on_change(change, cut_));
    ++group_.rows_done;
    ++changes_;
  }
}

}  // namespace rowmill::source
