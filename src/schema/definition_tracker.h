// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/declared_table.h"
#include "model/schema_change.h"
#include "schema/catalog_overlap.h"
#include "schema/ddl_statement.h"
#include "schema/definitions.h"
#include "schema/statement_context.h"

namespace rowmill::schema {

/// Whose definitions are wanted. Both outlive who asks.
struct Interest {
  std::function<bool(const model::TableId&)> captures;
  /// Whether the database may hold a captured table.
  std::function<bool(const std::string&)> may_capture;
};

/// Follows the definitions of a source from statement to statement. Kept are those of every
/// database that holds a captured table, for RENAME and LIKE bring others in, and what new tables
/// of every database that may hold one would inherit. One thread.
class DefinitionTracker {
 public:
  DefinitionTracker(CollationTable collations, Interest interest);

  /// Forgets all; for what a history then puts in.
  void clear();
  /// A definition from a history, a table map or a file; or from the catalog, which may lie ahead
  /// (DeclaredTable::as_of). What it replaces comes back.
  model::DefinitionChange put(const model::DeclaredTable& table);
  /// As if it had never been known.
  void remove(const model::TableId& id);
  /// The definition in force is wrong, for that reason.
  model::DefinitionChange put_in_doubt(const model::TableId& id, std::string reason);

  /// A statement that the source has logged, in UTF-8. Which tables' definitions it changed, or
  /// left unknown.
  std::vector<model::DefinitionChange> on_statement(std::string_view sql,
                                                    const StatementContext& context,
                                                    const StatementPlace& place);
  [[nodiscard]] std::optional<model::DeclaredTable> find(const model::TableId& id) const {
    return definitions_.find(id);
  }
  /// The same as a history is to keep it, with DeclaredTable::as_of.
  [[nodiscard]] std::optional<model::DeclaredTable> recorded(const model::TableId& id) const;
  /// Why there is no definition, with the statement at fault and its place; empty if that is not
  /// known.
  [[nodiscard]] std::string reason_for_doubt(const model::TableId& id) const;
  /// Its definition is from a reading of the catalog that lies ahead.
  [[nodiscard]] bool is_ahead(const model::TableId& id) const {
    return overlap_.find(id) != nullptr;
  }
  [[nodiscard]] bool keeps(const model::TableId& id) const;
  [[nodiscard]] const CollationTable& collations() const { return definitions_.collations(); }
  [[nodiscard]] size_t size() const { return definitions_.size(); }

 private:
  using Changes = std::vector<model::DefinitionChange>;

  DefinitionChanges apply(const DdlStatement& statement, const StatementContext& context,
                          const StatementPlace& place);
  DefinitionChanges doubt_names(std::string_view sql, const StatementContext& context,
                                const StatementPlace& place, const std::string& reason);
  Changes settle(DefinitionChanges changes, std::string_view sql, const StatementPlace& place);

  Definitions definitions_;
  const Interest interest_;
  std::set<std::string> watched_;
  CatalogOverlap overlap_;
  /// Reasons by table.
  std::map<model::TableId, std::string> doubts_;
};

}  // namespace rowmill::schema
