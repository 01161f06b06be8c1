// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/declared_table.h"
#include "model/schema_change.h"
#include "schema/ddl_statement.h"
#include "schema/statement_context.h"

namespace rowmill::schema {

class CollationIndex;
class DefinitionStore;

/// A table whose definition is not known any more, and why.
struct Doubt {
  model::TableId id;
  std::string reason;
};

/// What a statement did to the definitions in force. A table that was known and is in doubt is in
/// both lists, without a definition after.
struct DefinitionChanges {
  std::vector<model::DefinitionChange> changed;
  std::vector<Doubt> doubts;
};

/// The definitions in force at the place of the binlog that is being read: those of the start, and
/// every DDL since applied to them. Kept packed, a few bytes a column, since there may be ten
/// thousand tables. Used by one thread.
class Definitions {
 public:
  explicit Definitions(CollationTable collations);
  ~Definitions();
  Definitions(Definitions&&) noexcept;
  Definitions& operator=(Definitions&&) noexcept;

  /// Puts in a definition that is known from elsewhere: history, catalog, a table map.
  void put(const model::DeclaredTable& table);
  void erase(const model::TableId& id);
  void clear();
  [[nodiscard]] std::optional<model::DeclaredTable> find(const model::TableId& id) const;
  [[nodiscard]] size_t size() const;
  /// Of tables and, with an empty table name, of databases; in order.
  [[nodiscard]] std::vector<model::TableId> ids() const;

  /// Applies a statement that the server has logged. Which tables to keep is asked of `keeps`, of a
  /// database with an empty table name: others are passed over. With lower_case_table_names other
  /// than 0 all names of tables and databases are in lower case here. A statement that cannot have
  /// succeeded on the definition in force (a column that is not there) leaves it unknown: erased,
  /// with a doubt. What it leaves as it was is not listed.
  DefinitionChanges apply(const DdlStatement& statement, const StatementContext& context,
                          const std::function<bool(const model::TableId&)>& keeps);

  [[nodiscard]] const CollationTable& collations() const;

 private:
  std::unique_ptr<const CollationIndex> collations_;
  std::unique_ptr<DefinitionStore> store_;
};

}  // namespace rowmill::schema
