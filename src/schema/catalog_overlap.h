// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "model/gtid.h"
#include "model/position.h"
#include "model/table.h"

namespace rowmill::schema {

/// Where a statement lies, and its GTID if it has one.
struct StatementPlace {
  /// The end of its event.
  model::Position position;
  std::optional<model::Gtid> gtid;
};

/// Where the binlog ended when the catalog was read, and what had been executed; without GTIDs,
/// nothing.
struct CatalogPlace {
  model::Position position;
  std::optional<model::GtidSet> gtids;

  /// Whether the catalog had seen the statement.
  [[nodiscard]] bool covers(const StatementPlace& statement) const;
};

/// Which definitions came from a reading of the catalog that lies ahead of the task: the statements
/// up to there are in them already. One thread.
class CatalogOverlap {
 public:
  using Reading = std::shared_ptr<const CatalogPlace>;

  /// The definition of `id` is from that reading.
  void add(const model::TableId& id, Reading reading);
  /// It is known from another place.
  void remove(const model::TableId& id) { readings_.erase(id); }
  void clear();
  [[nodiscard]] bool empty() const { return readings_.empty(); }
  /// The task has come to this statement: what is behind it is forgotten.
  void advance_to(const StatementPlace& statement);

  /// Whether the definition of `id` had seen the statement.
  [[nodiscard]] bool covers(const model::TableId& id, const StatementPlace& statement) const;

 private:
  std::map<model::TableId, Reading> readings_;
  /// Covers what any of them does.
  Reading newest_;
};

}  // namespace rowmill::schema
