// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "connect/source_task.h"
#include "mysql/server_facts.h"
#include "schema/definition_tracker.h"
#include "schema/table_catalog.h"
#include "source/catalog_source.h"
#include "source/source_settings.h"
#include "source/statement_contexts.h"
#include "source/statement_texts.h"
#include "source/table_filter.h"

namespace rowmill::source {

/// How the tables of a source are declared where the task is: restored from a history, read from
/// the catalog where that has nothing, and followed from statement to statement. Made with the
/// first connection, lives as long as the task: records in the making point to its tables. One
/// thread.
class SourceDefinitions {
 public:
  /// `filter` outlives it. Errors: the connection's; kConfig for the file of schema.recovery.file.
  static base::Result<std::unique_ptr<SourceDefinitions>> create(const SourceSettings& settings,
                                                                 const TableFilter& filter,
                                                                 const mysql::ServerFacts& facts,
                                                                 mysql::Connection& connection);

  [[nodiscard]] schema::DefinitionTracker& tracker() { return tracker_; }
  [[nodiscard]] schema::TableCatalog& catalog() { return catalog_; }
  [[nodiscard]] const StatementContexts& contexts() const { return contexts_; }
  [[nodiscard]] StatementTexts& texts() { return texts_; }

  /// For all that follows: a stop request interrupts it.
  void stop_with(std::stop_token stop) { catalog_source_.stop_with(std::move(stop)); }

  /// Of a connector without a source offset: all are those of the catalog. `offset`, where it is to
  /// start, is moved to where the reading ended if `at_end`.
  base::Result<void> read_first(model::SourceOffset& offset, bool at_end);
  /// Those that `history` has for the offset, and what it lacks from the catalog. After
  /// read_first() with the same offset that reading holds.
  base::Result<void> restore(const model::SourceOffset& offset, connect::SchemaHistory& history,
                             std::stop_token stop);
  /// Tells the consumer what the history lacks, once, before the first change after `begin`.
  base::Result<void> deliver(const model::SourceOffset& begin, connect::ChangeConsumer& consumer);

 private:
  SourceDefinitions(const SourceSettings& settings, const TableFilter& filter,
                    StatementContexts contexts, bool gtids, const model::CollationTable& collations,
                    std::unique_ptr<const schema::Definitions> recovery);

  const std::string connector_;
  const StatementContexts contexts_;
  const bool gtids_;
  StatementTexts texts_;
  CatalogSource catalog_source_;
  schema::DefinitionTracker tracker_;
  schema::TableCatalog catalog_;
  /// What was read and the history lacks.
  CatalogSource::Reading undelivered_;
  /// The start that read_first() was for, until it is delivered.
  std::optional<model::SourceOffset> first_start_;
};

}  // namespace rowmill::source
