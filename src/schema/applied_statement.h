// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "model/declared_table.h"
#include "schema/declared_column.h"
#include "schema/definition_store.h"
#include "schema/definitions.h"

namespace rowmill::schema {

/// One statement on its way into the definitions: visit it with this, then take the changes.
class AppliedStatement {
 public:
  using Keeps = std::function<bool(const model::TableId&)>;

  /// All of them outlive this.
  AppliedStatement(const StatementContext& context, const CollationIndex& collations,
                   const Keeps& keeps, DefinitionStore& store)
      : context_(context), collations_(collations), keeps_(keeps), store_(store) {}

  void operator()(const NoDefinition&) {}
  void operator()(const CreateTable& statement);
  void operator()(const AlterTable& statement);
  void operator()(const RenameTables& statement);
  void operator()(const DropTables& statement);
  void operator()(const TruncateTable&) {}
  void operator()(const CreateIndex& statement);
  void operator()(const DropIndex& statement);
  void operator()(const CreateDatabase& statement);
  void operator()(const AlterDatabase& statement);
  void operator()(const DropDatabase& statement);
  void operator()(const CreateSequence& statement);

  /// Each table once, in the order in which they were touched.
  DefinitionChanges changes() &&;

 private:
  [[nodiscard]] model::TableId id_of(const TableName& name) const;
  [[nodiscard]] model::TableId id_of_database(const std::string& name) const;
  [[nodiscard]] StatementScope scope_of(const model::TableId& id,
                                        std::string& database_collation) const;
  /// It was not there, for all that is known.
  [[nodiscard]] bool is_absent(const model::TableId& id) const;

  void set(model::TableId id, base::Result<model::DeclaredTable> table);
  void erase(const model::TableId& id);
  void doubt(const model::TableId& id, std::string reason);
  /// Remembers what was in force before the statement.
  void touch(const model::TableId& id);

  base::Result<model::DeclaredTable> created(const CreateTable& statement,
                                             const model::TableId& id) const;
  [[nodiscard]] AlterTable with_session_charset(AlterTable statement) const;
  void copy_to_new_tables(const AlterTable& statement, const model::TableId& from);
  void move(const model::TableId& from, const model::TableId& to);
  base::Result<model::DeclaredTable> database(const CharsetClause& charset, model::TableId id,
                                              const std::string& inherited) const;

  const StatementContext& context_;
  const CollationIndex& collations_;
  const Keeps& keeps_;
  DefinitionStore& store_;
  std::vector<model::DefinitionChange> touched_;
  std::set<model::TableId> touched_ids_;
  std::vector<Doubt> doubts_;
};

}  // namespace rowmill::schema
