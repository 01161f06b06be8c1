// SPDX-License-Identifier: Apache-2.0
// The QUERY events of a group: its begin and end, DDL, and what was logged as text.
#include <utility>

#include "source/statement.h"
#include "source/transaction_assembler.h"

namespace rowmill::source {

using base::Error;
using base::ErrorKind;
using base::Result;

Result<void> TransactionAssembler::on_query(const binlog::Query& query,
                                            const binlog::EventHeader& header,
                                            const EventPlace& place,
                                            connect::ChangeConsumer& consumer) {
  const StatementKind kind = classify_statement(query.sql);
  if (kind == StatementKind::kOther) catalog_.on_statement(query.sql);
  if (kind == StatementKind::kRowChange &&
      mentions_captured_table(query.sql, query.database, filter_)) {
    return Error(ErrorKind::kUnsupported,
                 "rows of a captured table were changed by a statement logged as text, not as rows")
        .with_remedy(
            "Run SET PERSIST binlog_format = ROW on the source (MariaDB: SET GLOBAL and "
            "my.cnf), reconnect its clients, and set the source offset behind this place.");
  }
  if (state_ == State::kInside) return on_inner_query(query, kind, header, place, consumer);
  // Servers that log no GTID event begin the group with the statement itself.
  if (state_ == State::kOutside) begin_group(place);
  return on_statement(query, kind, header, place, consumer);
}

Result<void> TransactionAssembler::on_statement(const binlog::Query& query, StatementKind kind,
                                                const binlog::EventHeader& header,
                                                const EventPlace& place,
                                                connect::ChangeConsumer& consumer) {
  switch (kind) {
    case StatementKind::kBegin:
      group_.thread_id = query.thread_id;
      return enter_group();
    case StatementKind::kXaStart:
      group_.thread_id = query.thread_id;
      group_.prepares_xa = true;
      return enter_group();
    case StatementKind::kXaCommit:
    case StatementKind::kXaRollback:
      return on_xa_decision(query, kind, header, place, consumer);
    case StatementKind::kCommit:
    case StatementKind::kRollback:
    case StatementKind::kRollbackToSavepoint:
    case StatementKind::kSavepoint:
    case StatementKind::kXaEnd:
    case StatementKind::kRowChange:
    case StatementKind::kOther:
      break;
  }
  return end_group(header, place, consumer);
}

Result<void> TransactionAssembler::on_inner_query(const binlog::Query& query, StatementKind kind,
                                                  const binlog::EventHeader& header,
                                                  const EventPlace& place,
                                                  connect::ChangeConsumer& consumer) {
  switch (kind) {
    case StatementKind::kCommit:
      return end_group(header, place, consumer);
    case StatementKind::kRollback:
    case StatementKind::kRollbackToSavepoint:
      // Logged only when a table without transactions took part: which rows stay is not in the log.
      if (group_.delivered) {
        return Error(
                   ErrorKind::kUnsupported,
                   "a transaction over tables with and without transactions was rolled back after "
                   "its rows were logged")
            .with_remedy(
                "Use one storage engine in a transaction; compare the tables, then set the "
                "source offset behind this place with `rowmill offsets set`.");
      }
      if (kind == StatementKind::kRollback) return end_group(header, place, consumer);
      break;
    case StatementKind::kXaStart:
      group_.prepares_xa = true;
      break;
    case StatementKind::kXaCommit:
    case StatementKind::kXaRollback:
      return on_xa_decision(query, kind, header, place, consumer);
    case StatementKind::kBegin:
    case StatementKind::kSavepoint:
    case StatementKind::kXaEnd:
    case StatementKind::kRowChange:
    case StatementKind::kOther:
      break;
  }
  event_done();
  return {};
}

}  // namespace rowmill::source
