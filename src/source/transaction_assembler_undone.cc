// SPDX-License-Identifier: Apache-2.0
// Rows that are in the log though their transaction took them back. The servers log them, and then
// the ROLLBACK, when the transaction did something that cannot be rolled back: it changed a table
// without transactions, or created a temporary one. Rows of tables without transactions are not
// concerned: they are in groups of their own.
//
// By then they were delivered. So the Kafka transaction is aborted and the group read a second
// time, delivering nothing, to find all such rows of it, and then a third time, without them.
#include "source/statement.h"
#include "source/transaction_assembler.h"

namespace rowmill::source {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

constexpr std::string_view kUndoneRemedy =
    "Compare the tables that the transaction changed, then set the source offset behind it with "
    "`rowmill offsets set`.";

}  // namespace

Error TransactionAssembler::must_read_again() const {
  return {ErrorKind::kAbortTransaction, "the transaction begun at " +
                                            model::to_string(group_.begin) +
                                            " took back rows that it had logged"};
}

Result<void> TransactionAssembler::on_rollback_to(const binlog::Query& query, QuoteRules rules) {
  const std::string name = savepoint_name(query.sql, rules);
  const auto first = group_.savepoints.roll_back_to(name);
  if (first) return undo_from(*first, /*whole_group=*/false);
  if (group_.prepares_xa || group_.captured_until == 0) return {};
  return Error(ErrorKind::kUnsupported, "rows were rolled back to savepoint " + name +
                                            ", which cannot be told from others of its "
                                            "transaction")
      .with_remedy(std::string(kUndoneRemedy));
}

Result<void> TransactionAssembler::undo_from(uint64_t first, bool whole_group) {
  if (group_.prepares_xa || group_.captured_until <= first) return {};
  const bool scouting = is_scouting();
  if (group_.undone == nullptr) group_.undone = &parts_.undone.add(group_.begin, group_.gtid);
  group_.undone->add(first, group_.events_done);
  if (scouting) return {};
  group_.undone->complete = whole_group;
  return must_read_again();
}

bool TransactionAssembler::is_scouting() const {
  return group_.undone != nullptr && !group_.undone->complete;
}

Result<bool> TransactionAssembler::is_undone() const {
  const uint64_t event = group_.events_done;
  if (group_.undone == nullptr || is_scouting() || !group_.undone->holds(event)) return false;
  const bool committed = delivered_before_ && delivered_before_->committed &&
                         (event < delivered_before_->events ||
                          (event == delivered_before_->events && delivered_before_->rows != 0));
  if (!committed) return true;
  return Error(ErrorKind::kUnsupported,
               "rows that their transaction took back later were committed when it was cut")
      .with_remedy(
          "Raise transaction.cut.rows and transaction.cut.ms, so that such transactions "
          "are not cut. " +
          std::string(kUndoneRemedy));
}

}  // namespace rowmill::source
