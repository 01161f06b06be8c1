// SPDX-License-Identifier: Apache-2.0
// The QUERY events of a group: its begin and end, DDL, and what was logged as text.
#include <utility>

#include "source/statement.h"
#include "source/transaction_assembler.h"

namespace rowmill::source {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

/// Bytes of a statement that an error shows.
constexpr size_t kShownText = 200;

}  // namespace

Result<void> TransactionAssembler::on_query(const binlog::Query& query,
                                            const binlog::EventHeader& header,
                                            const EventPlace& place,
                                            connect::ChangeConsumer& consumer) {
  const QuoteRules rules = query.sql_mode ? QuoteRules::of_sql_mode(*query.sql_mode) : QuoteRules{};
  binlog::Query readable = query;
  readable.sql = parts_.texts.in_utf8(query.sql, query.client_collation).value_or(query.sql);
  const StatementKind kind = classify_statement(readable.sql, rules);
  ROWMILL_TRY(check_text(readable, kind, rules));
  // Servers that log no GTID event begin the group with the statement itself.
  if (state_ == State::kOutside) begin_group(place);
  const bool may_define = kind == StatementKind::kOther || kind == StatementKind::kRowChange;
  if (may_define) ROWMILL_TRY(on_definition(readable, header, place, consumer));
  if (state_ == State::kInside) {
    return on_inner_query(readable, kind, rules, header, place, consumer);
  }
  return on_statement(readable, kind, header, place, consumer);
}

/// No rows of captured tables may have been changed by it.
Result<void> TransactionAssembler::check_text(const binlog::Query& query, StatementKind kind,
                                              QuoteRules rules) const {
  constexpr std::string_view kRemedy =
      "Run SET PERSIST binlog_format = ROW on the source (MariaDB: SET GLOBAL and my.cnf), "
      "reconnect its clients, and set the source offset behind this place.";
  if (kind == StatementKind::kHiddenRowChange) {
    return Error(ErrorKind::kUnsupported,
                 "rows were changed by a stored function whose call was logged as text, not as "
                 "rows; which tables it changed is not known: " +
                     std::string(query.sql.substr(0, kShownText)))
        .with_remedy(std::string(kRemedy));
  }
  if (kind == StatementKind::kRowChange &&
      mentions_captured_table(query.sql, query.database, parts_.filter, rules)) {
    return Error(ErrorKind::kUnsupported,
                 "rows of a captured table were changed by a statement logged as text, not as rows")
        .with_remedy(std::string(kRemedy));
  }
  return {};
}

Result<void> TransactionAssembler::on_statement(const binlog::Query& query, StatementKind kind,
                                                const binlog::EventHeader& header,
                                                const EventPlace& place,
                                                connect::ChangeConsumer& consumer) {
  switch (kind) {
    case StatementKind::kBegin:
      group_.thread_id = query.thread_id;
      group_.client_collation = query.client_collation;
      return enter_group();
    case StatementKind::kXaStart:
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
    case StatementKind::kHiddenRowChange:
    case StatementKind::kOther:
      break;
  }
  return end_group(header, place, consumer);
}

Result<void> TransactionAssembler::on_inner_query(const binlog::Query& query, StatementKind kind,
                                                  QuoteRules rules,
                                                  const binlog::EventHeader& header,
                                                  const EventPlace& place,
                                                  connect::ChangeConsumer& consumer) {
  switch (kind) {
    case StatementKind::kCommit:
      return end_group(header, place, consumer);
    case StatementKind::kRollback:
      ROWMILL_TRY(undo_from(0, /*whole_group=*/true));
      return end_group(header, place, consumer);
    case StatementKind::kRollbackToSavepoint:
      ROWMILL_TRY(on_rollback_to(query, rules));
      break;
    case StatementKind::kSavepoint:
      group_.savepoints.set(savepoint_name(query.sql, rules), group_.events_done);
      break;
    case StatementKind::kXaStart:
      group_.prepares_xa = true;
      break;
    case StatementKind::kXaCommit:
    case StatementKind::kXaRollback:
      return on_xa_decision(query, kind, header, place, consumer);
    case StatementKind::kBegin:
    case StatementKind::kXaEnd:
    case StatementKind::kRowChange:
    case StatementKind::kHiddenRowChange:
    case StatementKind::kOther:
      break;
  }
  event_done();
  return {};
}

}  // namespace rowmill::source
