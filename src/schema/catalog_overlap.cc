// SPDX-License-Identifier: Apache-2.0
#include "schema/catalog_overlap.h"

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

bool CatalogPlace::covers(const StatementPlace& statement) const {
  if (gtids && statement.gtid) return contains(*gtids, *statement.gtid);
  return is_at_or_before(statement.position, position);
}

void CatalogOverlap::add(const model::TableId& id, Reading reading) {
  newest_ = reading;
  readings_.insert_or_assign(id, std::move(reading));
}

void CatalogOverlap::clear() {
  readings_.clear();
  newest_.reset();
}

void CatalogOverlap::advance_to(const StatementPlace& statement) {
  if (newest_ && !newest_->covers(statement)) clear();
}

bool CatalogOverlap::covers(const model::TableId& id, const StatementPlace& statement) const {
  const auto found = readings_.find(id);
  return found != readings_.end() && found->second->covers(statement);
}

}  // namespace rowmill::schema
