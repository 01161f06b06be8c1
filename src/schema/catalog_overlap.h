// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "model/declared_table.h"
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

using model::CatalogPlace;

/// Whether the catalog had seen the statement.
[[nodiscard]] bool covers(const CatalogPlace& reading, const StatementPlace& statement);

/// Which definitions came from a reading of the catalog that lies ahead of the task: the statements
/// up to there are in them already. One thread.
class CatalogOverlap {
 public:
  /// The definition of `id` is from that reading.
  void add(const model::TableId& id, const CatalogPlace& reading);
  /// It is known from another place.
  void remove(const model::TableId& id) { by_table_.erase(id); }
  void clear();
  [[nodiscard]] bool empty() const { return by_table_.empty(); }
  /// The task has come to this statement: what is behind it is forgotten.
  void advance_to(const StatementPlace& statement);

  /// Whether the definition of `id` had seen the statement.
  [[nodiscard]] bool covers(const model::TableId& id, const StatementPlace& statement) const;
  /// Null: it is not from a reading ahead.
  [[nodiscard]] const CatalogPlace* find(const model::TableId& id) const;

 private:
  using Reading = std::shared_ptr<const CatalogPlace>;

  std::map<model::TableId, Reading> by_table_;
  /// Each once, those alone that may lie ahead.
  std::vector<Reading> readings_;
};

}  // namespace rowmill::schema
