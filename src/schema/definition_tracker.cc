// SPDX-License-Identifier: Apache-2.0
#include "schema/definition_tracker.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "schema/behind_catalog.h"
#include "schema/ddl_parser.h"
#include "schema/names.h"

namespace rowmill::schema {

namespace {

/// Reasons that are remembered at most: a text may name as many tables as it likes.
constexpr size_t kMostDoubts = 1'000;
/// Bytes of a statement that a reason shows.
constexpr size_t kShownText = 300;

std::string shown(std::string_view sql) {
  if (sql.size() <= kShownText) return std::string(sql);
  size_t end = kShownText;
  while (end > 0 && (static_cast<unsigned char>(sql[end]) & 0xc0) == 0x80) --end;
  return std::string(sql.substr(0, end)) + " ...";
}

}  // namespace

DefinitionTracker::DefinitionTracker(CollationTable collations, Interest interest)
    : definitions_(std::move(collations)), interest_(std::move(interest)) {}

void DefinitionTracker::clear() {
  definitions_.clear();
  watched_.clear();
  overlap_.clear();
  doubts_.clear();
}

bool DefinitionTracker::keeps(const model::TableId& id) const {
  if (id.table.empty()) return interest_.may_capture(id.database);
  return watched_.contains(id.database) || interest_.captures(id);
}

model::DefinitionChange DefinitionTracker::put(const model::DeclaredTable& table) {
  model::DefinitionChange change{.id = table.id, .before = recorded(table.id), .after = table};
  definitions_.put(table);
  doubts_.erase(table.id);
  if (table.as_of) {
    overlap_.add(table.id, *table.as_of);
  } else {
    overlap_.remove(table.id);
  }
  if (!table.id.table.empty() && interest_.captures(table.id)) watched_.insert(table.id.database);
  return change;
}

std::optional<model::DeclaredTable> DefinitionTracker::recorded(const model::TableId& id) const {
  auto found = definitions_.find(id);
  const CatalogPlace* ahead = overlap_.find(id);
  if (found && ahead != nullptr) found->as_of = *ahead;
  return found;
}

void DefinitionTracker::remove(const model::TableId& id) {
  definitions_.erase(id);
  overlap_.remove(id);
}

model::DefinitionChange DefinitionTracker::put_in_doubt(const model::TableId& id,
                                                        std::string reason) {
  model::DefinitionChange change{
      .id = id, .before = recorded(id), .after = std::nullopt, .unknown = true};
  definitions_.erase(id);
  overlap_.remove(id);
  if (doubts_.size() < kMostDoubts) doubts_.insert_or_assign(id, std::move(reason));
  return change;
}

std::string DefinitionTracker::reason_for_doubt(const model::TableId& id) const {
  const auto found = doubts_.find(id);
  return found == doubts_.end() ? std::string() : found->second;
}

std::vector<model::DefinitionChange> DefinitionTracker::on_statement(
    std::string_view sql, const StatementContext& context, const StatementPlace& place) {
  const auto parsed = parse_ddl(sql, context);
  overlap_.advance_to(place);
  if (!parsed.ok()) {
    return settle(doubt_names(sql, context, place, parsed.error().message()), sql, place);
  }
  if (std::holds_alternative<NoDefinition>(*parsed)) return {};
  return settle(apply(*parsed, context, place), sql, place);
}

DefinitionChanges DefinitionTracker::apply(const DdlStatement& statement,
                                           const StatementContext& context,
                                           const StatementPlace& place) {
  const auto keeps_it = [this](const model::TableId& id) { return keeps(id); };
  if (overlap_.empty()) return definitions_.apply(statement, context, keeps_it);
  return std::visit(BehindCatalog(definitions_, overlap_, place, context, keeps_it), statement);
}

/// Every table that it may have changed.
DefinitionChanges DefinitionTracker::doubt_names(std::string_view sql,
                                                 const StatementContext& context,
                                                 const StatementPlace& place,
                                                 const std::string& reason) {
  DefinitionChanges changes;
  std::set<model::TableId> seen;
  for (const TableName& name : names_in(sql, context)) {
    const model::TableId id = id_of(name, context);
    if (!keeps(id) || !seen.insert(id).second || overlap_.covers(id, place)) continue;
    const auto before = definitions_.find(id);
    if (!before && !interest_.captures(id)) continue;
    changes.doubts.push_back({.id = id, .reason = reason});
    if (before) changes.changed.push_back({.id = id, .before = before, .after = std::nullopt});
    definitions_.erase(id);
  }
  return changes;
}

DefinitionTracker::Changes DefinitionTracker::settle(DefinitionChanges changes,
                                                     std::string_view sql,
                                                     const StatementPlace& place) {
  for (const Doubt& doubt : changes.doubts) {
    overlap_.remove(doubt.id);
    for (auto& change : changes.changed) change.unknown |= change.id == doubt.id && !change.after;
    if (doubts_.size() >= kMostDoubts) continue;
    doubts_.insert_or_assign(doubt.id, doubt.reason + ", after the statement that ends at " +
                                           model::to_string(place.position) + ": " + shown(sql));
  }
  for (const auto& change : changes.changed) {
    if (!change.after) continue;
    overlap_.remove(change.id);
    doubts_.erase(change.id);
    if (!change.id.table.empty() && interest_.captures(change.id)) {
      watched_.insert(change.id.database);
    }
  }
  return std::move(changes.changed);
}

}  // namespace rowmill::schema
