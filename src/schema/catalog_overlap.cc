// SPDX-License-Identifier: Apache-2.0
#include "schema/catalog_overlap.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>

namespace rowmill::schema {

namespace {

/// File names end in a number that grows, by a digit now and then.
bool is_at_or_before(const model::Position& left, const model::Position& right) {
  const auto order = [](const model::Position& at) {
    return std::tuple(at.file.size(), std::string_view(at.file), at.offset);
  };
  return order(left) <= order(right);
}

bool contains(const model::GtidSet& set, const model::Gtid& gtid) {
  if (const auto* mysql = std::get_if<model::MysqlGtid>(&gtid)) {
    const auto* all = std::get_if<model::MysqlGtidSet>(&set);
    return all != nullptr && all->contains(*mysql);
  }
  const auto& mariadb = std::get<model::MariadbGtid>(gtid);
  const auto* state = std::get_if<model::MariadbGtidState>(&set);
  if (state == nullptr) return false;
  const auto last = state->domains().find(mariadb.domain);
  return last != state->domains().end() && mariadb.sequence <= last->second.sequence;
}

}  // namespace

bool covers(const CatalogPlace& reading, const StatementPlace& statement) {
  if (reading.gtids && statement.gtid) return contains(*reading.gtids, *statement.gtid);
  return is_at_or_before(statement.position, reading.position);
}

void CatalogOverlap::add(const model::TableId& id, const CatalogPlace& reading) {
  // Thousands of tables are of one reading.
  auto known =
      std::ranges::find_if(readings_, [&](const Reading& each) { return *each == reading; });
  if (known == readings_.end()) {
    known = readings_.insert(known, std::make_shared<const CatalogPlace>(reading));
  }
  by_table_.insert_or_assign(id, *known);
}

void CatalogOverlap::clear() {
  by_table_.clear();
  readings_.clear();
}

void CatalogOverlap::advance_to(const StatementPlace& statement) {
  std::erase_if(readings_, [&](const Reading& each) { return !schema::covers(*each, statement); });
  if (readings_.empty()) by_table_.clear();
}

bool CatalogOverlap::covers(const model::TableId& id, const StatementPlace& statement) const {
  const CatalogPlace* reading = find(id);
  return reading != nullptr && schema::covers(*reading, statement);
}

const CatalogPlace* CatalogOverlap::find(const model::TableId& id) const {
  const auto found = by_table_.find(id);
  return found == by_table_.end() ? nullptr : found->second.get();
}

}  // namespace rowmill::schema
