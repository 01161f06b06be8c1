// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/declared_table.h"
#include "mysql/server_facts.h"
#include "schema/definition_tracker.h"
#include "source/source_settings.h"
#include "source/statement_contexts.h"
#include "source/statement_texts.h"
#include "source/table_filter.h"

namespace rowmill::source {

/// Reads how tables are declared now, over connections of its own that live as long as a reading.
/// Nothing is locked: what lies in the binlog between the beginning and the end of a reading is
/// searched for DDL, and if there was any, the reading is repeated. Used on the task's source
/// thread.
class CatalogSource {
 public:
  /// `filter` outlives it. `gtids`: whether the source has them.
  CatalogSource(const SourceSettings& settings, const TableFilter& filter,
                StatementContexts contexts, bool gtids, model::CollationTable collations);

  /// For all that follows: a stop request interrupts it.
  void stop_with(std::stop_token stop) { stop_ = std::move(stop); }

  struct Reading {
    /// Where it ended.
    model::CatalogPlace place;
    /// Tables and databases whose definitions were put into the tracker.
    std::vector<model::TableId> found;
  };
  /// Puts into the tracker what it keeps and does not have yet. `ahead`: the reading is ahead of
  /// the place where the task begins; else that is to be the place of the reading. A table that is
  /// changed again and again meanwhile is left out. Errors: the connection's.
  base::Result<Reading> read_missing(schema::DefinitionTracker& tracker, bool ahead);

  /// One table as it is now. Errors: the connection's; kRetry if it is changed again and again;
  /// kUnsupported for a type that we do not know.
  base::Result<std::optional<model::DeclaredTable>> look(const model::TableId& id,
                                                         const model::CollationTable& collations);

 private:
  using Names = std::set<model::TableId>;

  /// `ahead`: what the definitions are as of, if that is not here.
  base::Result<void> put_missing(mysql::Connection& connection, schema::DefinitionTracker& tracker,
                                 const std::optional<model::CatalogPlace>& ahead,
                                 std::vector<model::TableId>& found);
  base::Result<std::vector<std::string>> databases_with_missing(
      mysql::Connection& connection, const schema::DefinitionTracker& tracker) const;
  static void leave_out(const Names& changed, schema::DefinitionTracker& tracker, Reading& reading);
  /// What statements between the two places may have changed, of what is `wanted`: tables, and
  /// databases with an empty table name.
  base::Result<Names> changed_between(const mysql::BinlogEnd& from, const mysql::BinlogEnd& to,
                                      const std::function<bool(const model::TableId&)>& wanted);
  void note_changes(const binlog::Query& query,
                    const std::function<bool(const model::TableId&)>& wanted, Names& changed);
  [[nodiscard]] model::CatalogPlace place_of(const mysql::BinlogEnd& end) const;

  const SourceSettings settings_;
  const TableFilter& filter_;
  const StatementContexts contexts_;
  const bool gtids_;
  StatementTexts texts_;
  std::stop_token stop_;
};

}  // namespace rowmill::source
