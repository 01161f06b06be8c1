// SPDX-License-Identifier: Apache-2.0
#include "source/catalog_source.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "mysql/catalog.h"
#include "schema/behind_catalog.h"
#include "schema/catalog_tables.h"
#include "schema/ddl_parser.h"
#include "source/replica_session.h"
#include "source/statement.h"

namespace rowmill::source {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

/// Readings of which another one is begun because of DDL meanwhile.
constexpr int kRepeatedReadings = 4;

bool has_reached(const EventPlace& place, const model::Position& end) {
  const auto order = [](std::string_view file, uint64_t offset) {
    return std::tuple(file.size(), file, offset);
  };
  return order(place.file, place.end) >= order(end.file, end.offset);
}

}  // namespace

CatalogSource::CatalogSource(const SourceSettings& settings, const TableFilter& filter,
                             StatementContexts contexts, bool gtids,
                             model::CollationTable collations)
    : settings_(beside_the_task(settings, SideLink::kCatalog)),
      filter_(filter),
      contexts_(std::move(contexts)),
      gtids_(gtids),
      texts_(std::move(collations)) {}

model::CatalogPlace CatalogSource::place_of(const mysql::BinlogEnd& end) const {
  model::CatalogPlace place{.position = end.position};
  if (gtids_) place.gtids = end.executed;
  return place;
}

Result<CatalogSource::Reading> CatalogSource::read_missing(schema::DefinitionTracker& tracker,
                                                           bool ahead) {
  for (int repeated = 0;; ++repeated) {
    ROWMILL_ASSIGN(auto connection, mysql::Connection::open(settings_.connection, stop_));
    ROWMILL_ASSIGN(const auto from, mysql::read_binlog_end(connection));
    ROWMILL_TRY(mysql::begin_catalog_reading(connection));
    // Between there and the end of the reading nothing changes, or it is repeated.
    Reading reading{.place = place_of(from), .found = {}};
    ROWMILL_TRY(put_missing(connection, tracker,
                            ahead ? std::optional(reading.place) : std::nullopt, reading.found));
    ROWMILL_ASSIGN(const auto to, mysql::read_binlog_end(connection));
    if (reading.found.empty()) return reading;
    ROWMILL_ASSIGN(const auto changed, changed_between(from, to, [&](const model::TableId& id) {
                     return tracker.keeps(id);
                   }));
    if (changed.empty()) return reading;
    if (repeated == kRepeatedReadings) {
      leave_out(changed, tracker, reading);
      return reading;
    }
    for (const model::TableId& id : reading.found) tracker.remove(id);
  }
}

/// They are looked at when their rows come.
void CatalogSource::leave_out(const Names& changed, schema::DefinitionTracker& tracker,
                              Reading& reading) {
  for (const model::TableId& id : changed) {
    tracker.put_in_doubt(id, "it was changed again and again while the catalog was read");
    std::erase(reading.found, id);
  }
}

Result<void> CatalogSource::put_missing(mysql::Connection& connection,
                                        schema::DefinitionTracker& tracker,
                                        const std::optional<model::CatalogPlace>& ahead,
                                        std::vector<model::TableId>& found) {
  const auto put = [&](model::DeclaredTable table) {
    // The charset of a database matters to what is made in it later: no reading is ahead of that.
    if (!table.id.table.empty()) table.as_of = ahead;
    tracker.put(table);
    found.push_back(std::move(table.id));
  };
  ROWMILL_ASSIGN(const auto databases, mysql::read_databases(connection));
  for (const auto& database : databases) {
    if (!filter_.may_capture(database.name)) continue;
    auto declared = schema::declared_database(database);
    if (!tracker.find(declared.id)) put(std::move(declared));
  }
  ROWMILL_ASSIGN(const auto wanted, databases_with_missing(connection, tracker));
  return mysql::read_tables(connection, wanted, [&](model::CatalogTable&& table) -> Result<void> {
    if (tracker.find(table.id)) return {};
    auto declared = schema::declared_table(table, tracker.collations(), contexts_.plain());
    if (declared.ok()) {
      put(*std::move(declared));
    } else {
      tracker.put_in_doubt(table.id, declared.error().text());
    }
    return {};
  });
}

/// Those that hold a captured table of which the tracker has nothing.
Result<std::vector<std::string>> CatalogSource::databases_with_missing(
    mysql::Connection& connection, const schema::DefinitionTracker& tracker) const {
  ROWMILL_ASSIGN(const auto names, mysql::read_table_names(connection));
  std::set<std::string> wanted;
  for (const model::TableId& id : names) {
    if (wanted.contains(id.database) || !filter_.captures(id.database, id.table)) continue;
    if (!tracker.find(id)) wanted.insert(id.database);
  }
  return std::vector<std::string>(wanted.begin(), wanted.end());
}

Result<std::optional<model::DeclaredTable>> CatalogSource::look(
    const model::TableId& id, const model::CollationTable& collations) {
  for (int repeated = 0; repeated <= kRepeatedReadings; ++repeated) {
    ROWMILL_ASSIGN(auto connection, mysql::Connection::open(settings_.connection, stop_));
    ROWMILL_ASSIGN(const auto from, mysql::read_binlog_end(connection));
    ROWMILL_TRY(mysql::begin_catalog_reading(connection));
    std::optional<model::DeclaredTable> looked;
    ROWMILL_TRY(mysql::read_table(connection, id, [&](model::CatalogTable&& table) -> Result<void> {
      if (table.id != id && contexts_.plain().lower_case_table_names == 0) return {};
      ROWMILL_ASSIGN(looked, schema::declared_table(table, collations, contexts_.plain()));
      looked->as_of = place_of(from);
      return {};
    }));
    ROWMILL_ASSIGN(const auto to, mysql::read_binlog_end(connection));
    ROWMILL_ASSIGN(const auto changed, changed_between(from, to, [&](const model::TableId& each) {
                     return each == id;
                   }));
    if (changed.empty()) return looked;
  }
  return Error(ErrorKind::kRetry, "table " + model::to_string(id) +
                                      " is changed again and again while the catalog is read");
}

Result<CatalogSource::Names> CatalogSource::changed_between(
    const mysql::BinlogEnd& from, const mysql::BinlogEnd& to,
    const std::function<bool(const model::TableId&)>& wanted) {
  Names changed;
  if (from.position == to.position && from.executed == to.executed) return changed;
  // A position may be ahead of the GTIDs that are executed there, and so of the catalog.
  const bool by_gtid = gtids_ && !contexts_.plain().mariadb;
  model::SourceOffset start{.position = from.position};
  if (by_gtid) start.gtids = from.executed;
  ROWMILL_ASSIGN(auto connection, mysql::Connection::open(settings_.connection, stop_));
  ROWMILL_ASSIGN(auto session,
                 ReplicaSession::open(std::move(connection), settings_, start, by_gtid, stop_));
  while (true) {
    ROWMILL_ASSIGN(const auto located, session->next(stop_));
    if (const auto* query = std::get_if<binlog::Query>(&located.event.body)) {
      note_changes(*query, wanted, changed);
    }
    if (has_reached(located.place, to.position)) return changed;
  }
}

void CatalogSource::note_changes(const binlog::Query& query,
                                 const std::function<bool(const model::TableId&)>& wanted,
                                 Names& changed) {
  const auto sql = texts_.in_utf8(query.sql, query.client_collation).value_or(query.sql);
  if (classify_statement(sql) != StatementKind::kOther) return;
  const auto context = contexts_.of(query);
  const auto parsed = schema::parse_ddl(sql, context);
  if (parsed.ok() && std::holds_alternative<schema::NoDefinition>(*parsed)) return;
  const auto note = [&](const model::TableId& id) {
    if (wanted(id)) changed.insert(id);
  };
  // ALTER DATABASE may leave the name out.
  note({std::string(query.database), {}});
  for (const schema::TableName& name : schema::names_in(sql, context)) {
    note(schema::id_of(name, context));
    note({name.table, {}});
  }
}

}  // namespace rowmill::source
