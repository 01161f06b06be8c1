// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "binlog/event.h"
#include "source/sql_scanner.h"
#include "source/table_filter.h"

namespace rowmill::source {

/// What the text of a QUERY event means for the grouping of events.
enum class StatementKind : uint8_t {
  kBegin,
  kCommit,
  kRollback,
  kRollbackToSavepoint,
  kSavepoint,
  kXaStart,
  kXaEnd,
  kXaCommit,
  kXaRollback,
  /// Changes rows of tables that it names, and was logged as text: INSERT, UPDATE, DELETE, REPLACE,
  /// LOAD DATA, CREATE TABLE ... SELECT and the like.
  kRowChange,
  /// Calls a stored function that changes rows, and was logged as text: SELECT and the like. Which
  /// tables are concerned it does not say.
  kHiddenRowChange,
  /// DDL, grants and all else that stands alone.
  kOther,
};

/// Looks at the first words, past blanks and comments. The server writes the texts of its own
/// grouping ("BEGIN", "COMMIT", "XA START X'67',X'',1") always in one form.
[[nodiscard]] StatementKind classify_statement(std::string_view sql, QuoteRules rules = {});

/// The identity of an XA transaction as the server writes it after XA START, END, COMMIT, ROLLBACK.
[[nodiscard]] std::string_view xa_identity(std::string_view sql);
/// The same, of the event that ends its group.
[[nodiscard]] std::string xa_identity(const binlog::XaPrepare& prepare);

/// The name in SAVEPOINT and ROLLBACK TO, without its quotes.
[[nodiscard]] std::string savepoint_name(std::string_view sql, QuoteRules rules = {});

/// Whether any name in `sql` is, alone or with the database before it, a captured table. Errs on
/// the side of yes: a column of that name counts.
[[nodiscard]] bool mentions_captured_table(std::string_view sql, std::string_view default_database,
                                           const TableFilter& filter, QuoteRules rules = {});

}  // namespace rowmill::source
