// SPDX-License-Identifier: Apache-2.0
// XA transactions: groups that prepare one, and groups that decide over one.
#include <utility>

#include "source/statement.h"
#include "source/transaction_assembler.h"

namespace rowmill::source {

using base::Error;
using base::ErrorKind;
using base::Result;

Result<void> TransactionAssembler::on_xa_prepare(const binlog::XaPrepare& prepare,
                                                 const binlog::EventHeader& header,
                                                 const EventPlace& place,
                                                 connect::ChangeConsumer& consumer) {
  if (!group_.prepares_xa) {
    return Error(ErrorKind::kCorrupt, "XA_PREPARE ends a group that no XA START began");
  }
  model::PreparedXa xa{.xid = xa_identity(prepare),
                       .begin = group_.begin,
                       .gtid = group_.gtid,
                       .holds_rows = group_.holds_rows};
  if (prepare.one_phase) {
    if (xa.holds_rows) ROWMILL_TRY(deliver_prepared(xa, header, consumer));
    return end_group(header, place, consumer);
  }
  // One of that xid that is still there was lost in a crash of the source.
  if (model::find_prepared(boundary_, xa.xid) != nullptr) group_.decides = xa.xid;
  group_.prepares = std::move(xa);
  return end_group(header, place, consumer);
}

Result<void> TransactionAssembler::on_xa_decision(const binlog::Query& query, StatementKind kind,
                                                  const binlog::EventHeader& header,
                                                  const EventPlace& place,
                                                  connect::ChangeConsumer& consumer) {
  const std::string_view xid = xa_identity(query.sql);
  const model::PreparedXa* known = model::find_prepared(boundary_, xid);
  if (known != nullptr) {
    group_.decides = known->xid;
    if (kind == StatementKind::kXaCommit && known->holds_rows) {
      // MariaDB's GTID event has begun the group only if it is not marked stand-alone.
      if (state_ != State::kInside) ROWMILL_TRY(enter_group());
      ROWMILL_TRY(deliver_prepared(*known, header, consumer));
    }
  } else if (kind == StatementKind::kXaCommit) {
    return Error(ErrorKind::kUnsupported, "XA transaction " + std::string(xid) +
                                              " is committed, but was prepared before the place "
                                              "where this task started to read")
        .with_remedy(
            "Set the source offset before its XA PREPARE with `rowmill offsets set`; or, if it "
            "changed no captured table, behind this place.");
  }
  return end_group(header, place, consumer);
}

Result<void> TransactionAssembler::deliver_prepared(const model::PreparedXa& xa,
                                                    const binlog::EventHeader& header,
                                                    connect::ChangeConsumer& consumer) {
  group_.prepares_xa = false;
  group_.tables.clear();
  group_.savepoints = {};
  group_.events_done = 0;
  group_.rows_done = 0;
  return parts_.prepared_groups.read(
      xa, [&](const binlog::Event& event, const EventPlace& place) -> Result<void> {
        if (const auto* query = std::get_if<binlog::Query>(&event.body)) {
          return on_prepared_query(*query);
        }
        return on_body_event(event, header, place, consumer);
      });
}

Result<void> TransactionAssembler::on_prepared_query(const binlog::Query& query) {
  const QuoteRules rules = query.sql_mode ? QuoteRules::of_sql_mode(*query.sql_mode) : QuoteRules{};
  switch (classify_statement(query.sql, rules)) {
    case StatementKind::kXaStart:
      group_.thread_id = query.thread_id;
      group_.client_collation = query.client_collation;
      break;
    case StatementKind::kSavepoint:
      group_.savepoints.set(savepoint_name(query.sql, rules), group_.events_done);
      break;
    case StatementKind::kRollbackToSavepoint:
      ROWMILL_TRY(on_rollback_to(query, rules));
      break;
    default:
      // What was logged as text was looked at when the group was passed over.
      break;
  }
  event_done();
  return {};
}

}  // namespace rowmill::source
