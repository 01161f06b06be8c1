// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/declared_table.h"
#include "schema/packed_table.h"

namespace rowmill::schema {

/// Packed definitions by table; a database itself has an empty table name. Tables in doubt are
/// remembered: they may well be there, though nobody knows how.
class DefinitionStore {
 public:
  void put(const model::DeclaredTable& table);
  void erase(const model::TableId& id);
  void erase_in_doubt(const model::TableId& id);
  void clear();

  [[nodiscard]] std::optional<model::DeclaredTable> find(const model::TableId& id) const;
  [[nodiscard]] bool is_known(const model::TableId& id) const { return tables_.contains(id); }
  [[nodiscard]] bool is_in_doubt(const model::TableId& id) const { return in_doubt_.contains(id); }
  [[nodiscard]] size_t size() const { return tables_.size(); }
  /// In order; tables in doubt are not among them.
  [[nodiscard]] std::vector<model::TableId> ids() const;
  /// A database's, itself included, tables in doubt as well.
  [[nodiscard]] std::vector<model::TableId> all_of(std::string_view database) const;

 private:
  TablePacker packer_;
  std::map<model::TableId, std::string> tables_;
  std::set<model::TableId> in_doubt_;
};

}  // namespace rowmill::schema
