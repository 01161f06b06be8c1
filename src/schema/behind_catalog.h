// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <utility>

#include "schema/catalog_overlap.h"
#include "schema/ddl_statement.h"
#include "schema/definitions.h"
#include "schema/statement_context.h"

namespace rowmill::schema {

/// The table that a statement names: in lower case where the server compares without case.
[[nodiscard]] model::TableId id_of(const TableName& name, const StatementContext& context);

/// Applies a statement at a place that the catalog had seen when it was read. A table whose
/// definition is from that reading keeps it, for the statement is in it already; unless the
/// statement says all of the table (CREATE TABLE), or gives it a definition that was followed to
/// here (RENAME): that one is the more exact. Lives for one statement.
class BehindCatalog {
 public:
  /// All of them outlive this.
  BehindCatalog(Definitions& definitions, CatalogOverlap& overlap, const StatementPlace& place,
                const StatementContext& context,
                const std::function<bool(const model::TableId&)>& keeps)
      : definitions_(definitions),
        overlap_(overlap),
        place_(place),
        context_(context),
        keeps_(keeps) {}

  DefinitionChanges operator()(const NoDefinition&) { return {}; }
  DefinitionChanges operator()(const TruncateTable&) { return {}; }
  DefinitionChanges operator()(const CreateTable& statement);
  DefinitionChanges operator()(const CreateSequence& statement);
  DefinitionChanges operator()(const AlterTable& statement);
  DefinitionChanges operator()(const RenameTables& statement);
  DefinitionChanges operator()(const DropTables& statement);
  DefinitionChanges operator()(const CreateIndex& statement);
  DefinitionChanges operator()(const DropIndex& statement);
  DefinitionChanges operator()(const CreateDatabase& statement) { return apply(statement); }
  DefinitionChanges operator()(const AlterDatabase& statement) { return apply(statement); }
  /// What the catalog shows in it was made later.
  DefinitionChanges operator()(const DropDatabase&) { return {}; }

 private:
  /// The table's definition has seen the statement.
  [[nodiscard]] bool is_ahead(const TableName& name) const;
  DefinitionChanges apply(const DdlStatement& statement) {
    return definitions_.apply(statement, context_, keeps_);
  }
  /// For a statement that may say all of `target`; if it does not, what is ahead stays.
  DefinitionChanges apply_to(const TableName& target, const DdlStatement& statement);

  Definitions& definitions_;
  CatalogOverlap& overlap_;
  const StatementPlace& place_;
  const StatementContext& context_;
  const std::function<bool(const model::TableId&)>& keeps_;
};

}  // namespace rowmill::schema
