// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/change.h"
#include "model/declared_table.h"
#include "model/position.h"

namespace rowmill::model {

/// What became of one definition. A renamed table is one that is dropped and one that is made, in
/// this order.
struct DefinitionChange {
  TableId id;
  /// Absent: there was none, or it was not known.
  std::optional<DeclaredTable> before;
  /// Absent: dropped, or not known any more.
  std::optional<DeclaredTable> after;
  /// `after` is absent because the statement left the definition unknown: the table is still there.
  /// Delivered so that no history takes the old definition up again.
  bool unknown = false;
};

/// Definitions that one statement changed; or, with an empty `sql`, that were found in another way:
/// in a table map, in a file, or in the catalog.
struct SchemaChange {
  std::vector<DefinitionChange> definitions;
  /// The definitions are in force from here on: the end of the statement's event.
  Position position;
  /// The same place as a set of GTIDs in text form, empty without: rows of a transaction that
  /// follows all of them have the new definitions. Of a statement its own GTID alone.
  std::string gtid;
  /// The statement in UTF-8 and its default database.
  std::string sql;
  std::string database;
  /// As of a row; its views live for the call only.
  ChangeOrigin origin;
};

}  // namespace rowmill::model
