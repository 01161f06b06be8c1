// SPDX-License-Identifier: Apache-2.0
#include "schema/definition_store.h"

namespace rowmill::schema {

using model::DeclaredTable;
using model::TableId;

void DefinitionStore::put(const DeclaredTable& table) {
  tables_.insert_or_assign(table.id, packer_.pack(table));
  in_doubt_.erase(table.id);
}

void DefinitionStore::erase(const TableId& id) {
  tables_.erase(id);
  in_doubt_.erase(id);
}

void DefinitionStore::erase_in_doubt(const TableId& id) {
  tables_.erase(id);
  in_doubt_.insert(id);
}

void DefinitionStore::clear() {
  tables_.clear();
  in_doubt_.clear();
}

std::optional<DeclaredTable> DefinitionStore::find(const TableId& id) const {
  const auto found = tables_.find(id);
  if (found == tables_.end()) return std::nullopt;
  return packer_.unpack(id, found->second);
}

std::vector<TableId> DefinitionStore::ids() const {
  std::vector<TableId> ids;
  ids.reserve(tables_.size());
  for (const auto& [id, packed] : tables_) ids.push_back(id);
  return ids;
}

std::vector<TableId> DefinitionStore::all_of(std::string_view database) const {
  const TableId first{std::string(database), {}};
  std::vector<TableId> ids;
  for (auto at = tables_.lower_bound(first); at != tables_.end() && at->first.database == database;
       ++at) {
    ids.push_back(at->first);
  }
  for (auto at = in_doubt_.lower_bound(first); at != in_doubt_.end() && at->database == database;
       ++at) {
    ids.push_back(*at);
  }
  return ids;
}

}  // namespace rowmill::schema
