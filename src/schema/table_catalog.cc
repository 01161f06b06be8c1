// SPDX-License-Identifier: Apache-2.0
#include "schema/table_catalog.h"

#include <algorithm>
#include <utility>

#include "schema/map_check.h"
#include "schema/map_definition.h"
#include "schema/row_image.h"

namespace rowmill::schema {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

using How = FoundDefinition::How;

/// Tables of past definitions that are kept in case they come again.
constexpr size_t kKeptVersions = 4;

model::TableId id_of(const binlog::TableMap& map) {
  return {std::string(map.database), std::string(map.table)};
}

/// Not a character of a database's name that comes first: no two tables have the same.
std::string key_of(const model::TableId& id) { return id.database + '/' + id.table; }

Error nobody_knows(const binlog::TableMap& map) {
  const auto open = std::ranges::find_if(map.columns, is_open);
  const std::string table = model::to_string(id_of(map));
  std::string_view alternatives = "with or without a fraction";
  if (open->type == binlog::FieldType::kString) {
    alternatives = open->metadata == 4 ? "BINARY(4) or INET4" : "BINARY(16), UUID or INET6";
  }
  return Error(ErrorKind::kUnsupported,
               "MariaDB does not log the exact type of column " + std::string(open->name) +
                   " of table " + table + " (" + std::string(alternatives) +
                   "), and the source has no such table any more, or with other columns")
      .with_remedy("If the table is still there, GRANT SELECT ON " + table +
                   " TO the account of database.user. Else set the source offset behind the "
                   "statement that changed the table with `rowmill offsets set`, or leave the "
                   "table out with table.exclude.list.");
}

bool has_doubtful_labels(const model::DeclaredTable& table) {
  return std::ranges::any_of(table.columns, &model::DeclaredColumn::labels_doubtful);
}

Error no_definition(const model::TableId& id, const std::string& reason) {
  return Error(ErrorKind::kConfig,
               "how table " + model::to_string(id) + " was declared here is not known: " + reason)
      .with_remedy(
          "Write its CREATE TABLE statement as of this place into a file and name that in "
          "schema.recovery.file; or pass over its rows with schema.recovery=skip; or leave it out "
          "with table.exclude.list. A source with binlog_row_metadata=FULL logs what is needed.");
}

}  // namespace

TableCatalog::TableCatalog(DefinitionTracker& tracker, Settings settings, CatalogReader read,
                           std::unique_ptr<const Definitions> recovery)
    : tracker_(tracker),
      settings_(settings),
      read_(std::move(read)),
      recovery_(std::move(recovery)),
      builder_(tracker.collations()) {}

Result<ResolvedTable> TableCatalog::resolve(const binlog::TableMap& map) {
  lookup_key_.assign(reinterpret_cast<const char*>(map.body.data()), map.body.size());
  if (const auto known = by_body_.find(lookup_key_); known != by_body_.end()) {
    return ResolvedTable{.table = known->second, .found = std::nullopt};
  }
  if (map.unreadable) return *map.unreadable;
  ROWMILL_ASSIGN(auto resolved, map.has_names ? resolve_named(map) : resolve_unnamed(map));
  if (resolved.found) on_change(resolved.found->change);
  by_body_.emplace(lookup_key_, resolved.table);
  versions_[key_of(id_of(map))].bodies.push_back(lookup_key_);
  return resolved;
}

/// A sequence is a table here, with columns that no statement tells.
std::optional<model::DeclaredTable> TableCatalog::in_force(const model::TableId& id) const {
  auto declared = tracker_.find(id);
  if (!declared || !declared->sequence) return declared;
  declared->sequence = false;
  if (declared->columns.empty()) declared->columns = sequence_columns();
  return declared;
}

/// Why the definition cannot be the map's; nothing if it fits.
std::optional<std::string> TableCatalog::wrong(
    const binlog::TableMap& map, const std::optional<model::DeclaredTable>& declared) const {
  if (!declared) return "no definition is known";
  return mismatch(map, *declared, tracker_.collations(), settings_.mariadb);
}

Result<ResolvedTable> TableCatalog::resolve_named(const binlog::TableMap& map) {
  ResolvedTable resolved;
  const auto before = in_force(id_of(map));
  auto reason = wrong(map, before);
  if (!reason) {
    ROWMILL_ASSIGN(resolved.table, build(map, *before));
    return resolved;
  }
  const bool has_open = settings_.mariadb && std::ranges::any_of(map.columns, is_open);
  // Nor does MariaDB mark what is generated.
  if (has_open || (settings_.mariadb && !before)) {
    ROWMILL_ASSIGN(resolved.found, look(map, *reason));
    if (!resolved.found && has_open) return nobody_knows(map);
  }
  if (!resolved.found) {
    resolved.found = FoundDefinition{
        .how = before && !tracker_.is_ahead(id_of(map)) ? How::kCorrected : How::kInMap,
        .change = tracker_.put(definition_of(map, before ? &*before : nullptr,
                                             tracker_.collations(), settings_.mariadb)),
        .reason = *std::move(reason)};
  }
  ROWMILL_ASSIGN(resolved.table, build(map, *resolved.found->change.after));
  return resolved;
}

Result<ResolvedTable> TableCatalog::resolve_unnamed(const binlog::TableMap& map) {
  ResolvedTable resolved;
  const model::TableId id = id_of(map);
  const auto declared = in_force(id);
  auto reason = wrong(map, declared);
  if (!reason && has_doubtful_labels(*declared)) resolved.found = labels_of_file(map, *declared);
  if (!reason) {
    ROWMILL_ASSIGN(resolved.table,
                   build(map, resolved.found ? *resolved.found->change.after : *declared));
    return resolved;
  }
  std::string known_reason = tracker_.reason_for_doubt(id);
  return recover(map,
                 declared || known_reason.empty() ? *std::move(reason) : std::move(known_reason));
}

/// The same definition as the file has it, with labels that are certain.
std::optional<FoundDefinition> TableCatalog::labels_of_file(const binlog::TableMap& map,
                                                            const model::DeclaredTable& declared) {
  const auto in_file = recovery_ ? recovery_->find(declared.id) : std::nullopt;
  if (!in_file || has_doubtful_labels(*in_file) || wrong(map, in_file)) return std::nullopt;
  if (!std::ranges::equal(in_file->columns, declared.columns, {}, &model::DeclaredColumn::name,
                          &model::DeclaredColumn::name)) {
    return std::nullopt;
  }
  return FoundDefinition{.how = How::kInFile,
                         .change = tracker_.put(*in_file),
                         .reason = "the catalog shows characters of its labels as '?'"};
}

Result<ResolvedTable> TableCatalog::recover(const binlog::TableMap& map, std::string reason) {
  const model::TableId id = id_of(map);
  ResolvedTable resolved;
  const auto in_file = recovery_ ? recovery_->find(id) : std::nullopt;
  if (in_file) {
    if (const auto still_wrong = wrong(map, in_file)) {
      reason += "; the one of schema.recovery.file does not fit: " + *still_wrong;
    } else {
      resolved.found =
          FoundDefinition{.how = How::kInFile, .change = tracker_.put(*in_file), .reason = reason};
    }
  }
  if (!resolved.found && read_) {
    ROWMILL_ASSIGN(resolved.found, look(map, reason));
  }
  if (resolved.found) {
    ROWMILL_ASSIGN(resolved.table, build(map, *resolved.found->change.after));
    return resolved;
  }
  if (!settings_.pass_over_unknown) return no_definition(id, reason);
  resolved.found = FoundDefinition{
      .how = How::kNone, .change = tracker_.put_in_doubt(id, reason), .reason = reason};
  return resolved;
}

/// Nothing if the catalog has nothing that fits: then `reason` says so too.
Result<std::optional<FoundDefinition>> TableCatalog::look(const binlog::TableMap& map,
                                                          std::string& reason) {
  std::optional<FoundDefinition> found;
  if (!read_) return found;
  ROWMILL_ASSIGN(const auto now, read_(id_of(map)));
  if (!now) {
    reason +=
        "; the source has no such table any more, or does not show it to our account, which needs "
        "SELECT on it";
    return found;
  }
  if (const auto still_wrong = wrong(map, now)) {
    reason += "; nor is it as it is now: " + *still_wrong;
    return found;
  }
  found = FoundDefinition{.how = How::kLookedUp, .change = tracker_.put(*now), .reason = reason};
  return found;
}

Result<const Table*> TableCatalog::build(const binlog::TableMap& map,
                                         const model::DeclaredTable& declared) {
  ROWMILL_ASSIGN(const auto forms, settle_types(map, declared));
  ROWMILL_ASSIGN(Table table,
                 map.has_names ? builder_.build(map, forms) : builder_.build(map, declared, forms));
  return intern(std::move(table));
}

const Table* TableCatalog::intern(Table table) {
  auto& tables = versions_[key_of(table.definition.id)].tables;
  const auto same =
      std::ranges::find_if(tables, [&](const auto& known) { return *known == table; });
  if (same != tables.end()) {
    std::rotate(same, same + 1, tables.end());
  } else {
    tables.push_back(std::make_unique<const Table>(std::move(table)));
  }
  return tables.back().get();
}

const std::vector<bool>& TableCatalog::silent_columns(const Table& table) {
  auto known = silent_columns_.find(&table);
  if (known == silent_columns_.end()) {
    const auto declared = in_force(table.definition.id);
    known = silent_columns_
                .emplace(&table,
                         schema::silent_columns(table.definition, declared ? &*declared : nullptr))
                .first;
  }
  return known->second;
}

void TableCatalog::on_change(const model::DefinitionChange& change) {
  const auto found = versions_.find(key_of(change.id));
  if (found == versions_.end()) return;
  Versions& versions = found->second;
  for (const std::string& body : versions.bodies) by_body_.erase(body);
  versions.bodies.clear();
  for (const auto& table : versions.tables) silent_columns_.erase(table.get());
  const bool dropped = !change.after && !change.unknown;
  const size_t kept = dropped ? 0 : kKeptVersions;
  while (versions.tables.size() > kept) {
    outdated_.push_back(std::move(versions.tables.front()));
    versions.tables.erase(versions.tables.begin());
  }
  if (dropped) versions_.erase(found);
}

void TableCatalog::on_restore() {
  by_body_.clear();
  silent_columns_.clear();
  for (auto& [key, versions] : versions_) versions.bodies.clear();
}

void TableCatalog::release_outdated(const std::function<void(const Table&)>& forget) {
  for (const auto& table : outdated_) forget(*table);
  outdated_.clear();
}

}  // namespace rowmill::schema
