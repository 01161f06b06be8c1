// SPDX-License-Identifier: Apache-2.0
// The rows of a group: table maps and rows events.
#include <string>
#include <utility>

#include "source/transaction_assembler.h"

namespace rowmill::source {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

bool all_present(std::span<const std::byte> bitmap, uint64_t columns) {
  for (uint64_t i = 0; i < columns; ++i) {
    if ((bitmap[i / 8] >> (i % 8) & std::byte{1}) == std::byte{0}) return false;
  }
  return true;
}

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

Result<void> TransactionAssembler::on_table_map(const binlog::TableMap& map,
                                                const binlog::EventHeader& header,
                                                const EventPlace& place,
                                                connect::ChangeConsumer& consumer) {
  MappedTable mapped{.captured = parts_.filter.captures(map.database, map.table)};
  if (mapped.captured && !group_.prepares_xa) {
    auto resolved = parts_.catalog.resolve(map);
    if (resolved.ok()) {
      mapped.table = resolved->table;
      if (resolved->found) {
        ROWMILL_TRY(tell_found(*std::move(resolved->found), header, place, consumer));
      }
    } else {
      ROWMILL_TRY(
          parts_.failures.pass_over(std::move(resolved).error(), place,
                                    std::string(map.database) + '.' + std::string(map.table)));
    }
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
  const MappedTable& mapped = found->second;
  group_.holds_rows |= mapped.captured;
  if (!mapped.captured || group_.prepares_xa) return {};
  ROWMILL_ASSIGN(const bool undone, is_undone());
  if (undone) return {};
  group_.captured_until = group_.events_done + 1;
  if (is_scouting()) return {};
  if (delivered_before_ && group_.events_done < delivered_before_->events) return {};
  if (mapped.table == nullptr) {
    parts_.failures.count_event();
    return {};
  }
  auto delivered = deliver_rows(rows, *mapped.table, header, place, consumer);
  if (delivered.ok() || delivered.error().kind() == ErrorKind::kStopped) return delivered;
  return std::move(delivered).error().with_context("table " +
                                                   model::to_string(mapped.table->definition.id));
}

Result<void> TransactionAssembler::skip_delivered(binlog::RowsReader& reader) {
  const bool resumes_here = delivered_before_ && group_.events_done == delivered_before_->events;
  for (uint64_t done = 0; resumes_here && done < delivered_before_->rows; ++done) {
    ROWMILL_ASSIGN(const bool more, reader.skip());
    if (!more) {
      return Error(ErrorKind::kCorrupt,
                   "a rows event has fewer rows than were delivered of it before");
    }
    ++group_.rows_done;
  }
  return {};
}

/// MariaDB's binlog_row_image=FULL_NODUP: the whole row before, of the row after what changed, but
/// for virtual columns.
const std::vector<bool>* TransactionAssembler::silent_columns(const binlog::Rows& rows,
                                                              const schema::Table& table) {
  const bool no_duplicates = rows.kind == binlog::RowsKind::kUpdate &&
                             all_present(rows.present, rows.column_count) &&
                             !all_present(rows.after_present, rows.column_count);
  if (!traits_.mariadb || !no_duplicates) return nullptr;
  return &parts_.catalog.silent_columns(table);
}

model::ChangeOrigin TransactionAssembler::origin_of(const binlog::EventHeader& header,
                                                    const EventPlace& place) const {
  model::ChangeOrigin origin;
  origin.mariadb = traits_.mariadb;
  origin.timestamp = group_.commit_time.count() != 0
                         ? group_.commit_time
                         : std::chrono::microseconds(std::chrono::seconds(header.timestamp));
  origin.server_id = header.server_id;
  origin.thread_id = group_.thread_id;
  origin.gtid = group_.gtid_text;
  origin.file = place.file;
  origin.offset = place.begin;
  origin.query = group_.query;
  return origin;
}

Result<void> TransactionAssembler::deliver_rows(const binlog::Rows& rows,
                                                const schema::Table& table,
                                                const binlog::EventHeader& header,
                                                const EventPlace& place,
                                                connect::ChangeConsumer& consumer) {
  const auto pass_over = [&](Error error) {
    return parts_.failures.pass_over(std::move(error), place,
                                     model::to_string(table.definition.id));
  };
  if (rows.column_count != table.layout.cells.size()) {
    return pass_over(Error(ErrorKind::kCorrupt, "a rows event has " +
                                                    std::to_string(rows.column_count) +
                                                    " columns, its table map " +
                                                    std::to_string(table.layout.cells.size())));
  }
  binlog::RowsReader reader(rows, table.layout, scratch_, silent_columns(rows, table));
  if (auto skipped = skip_delivered(reader); !skipped.ok()) {
    return pass_over(std::move(skipped).error());
  }
  model::Change change;
  change.operation = operation_of(rows.kind);
  change.table = &table.definition;
  change.origin = origin_of(header, place);
  group_.delivered = true;
  cut_.events = group_.events_done;
  cut_.server_id = header.server_id;
  cut_.timestamp_seconds = last_timestamp_;
  // A cut before the first boundary must not forget the GTIDs that belong to the start.
  cut_.completed = announce_;
  while (true) {
    const auto more = reader.next();
    if (!more.ok()) return pass_over(more.error());
    if (!*more) return {};
    change.before = reader.before();
    change.after = reader.after();
    change.origin.row = reader.row();
    if (!table.doubtful_labels.empty()) ROWMILL_TRY(check_labels(table, change));
    cut_.rows = reader.row() + 1;
    ROWMILL_TRY(consumer.on_change(change, cut_));
    ++group_.rows_done;
    ++changes_;
  }
}

}  // namespace rowmill::source
