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

/// Definitions that one statement changed, or that were read from the catalog (then `sql` is
/// empty). They are in force from `position` on, the end of the statement's event.
struct SchemaChange {
  std::vector<DefinitionChange> definitions;
  Position position;
  /// Text form, empty without: rows whose transaction follows this GTID have the new definitions.
  /// For what was read from the catalog, the set of all GTIDs that were executed at that moment, or
  /// read by us when a single table was looked at.
  std::string gtid;
  /// The statement in UTF-8 and its default database.
  std::string sql;
  std::string database;
  /// As of a row; its views live for the call only.
  ChangeOrigin origin;
};

}  // namespace rowmill::model
