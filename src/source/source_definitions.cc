// SPDX-License-Identifier: Apache-2.0
#include "source/source_definitions.h"

#include <utility>

#include "base/log.h"
#include "source/recovery_file.h"

namespace rowmill::source {

using base::Result;

namespace {

/// Definitions in one schema change.
constexpr size_t kDeliveredAtOnce = 100;

schema::Interest interest_in(const TableFilter& filter) {
  return {
      .captures =
          [&filter](const model::TableId& id) { return filter.captures(id.database, id.table); },
      .may_capture = [&filter](const std::string& name) { return filter.may_capture(name); }};
}

}  // namespace

Result<std::unique_ptr<SourceDefinitions>> SourceDefinitions::create(
    const SourceSettings& settings, const TableFilter& filter, const mysql::ServerFacts& facts,
    mysql::Connection& connection) {
  ROWMILL_ASSIGN(const auto collations, mysql::read_collations(connection));
  const StatementContexts contexts(facts);
  ROWMILL_ASSIGN(auto recovery,
                 read_recovery_file(settings.recovery_file, contexts.plain(), collations));
  return std::unique_ptr<SourceDefinitions>(new SourceDefinitions(
      settings, filter, contexts, facts.variables.gtids, collations, std::move(recovery)));
}

SourceDefinitions::SourceDefinitions(const SourceSettings& settings, const TableFilter& filter,
                                     StatementContexts contexts, bool gtids,
                                     const model::CollationTable& collations,
                                     std::unique_ptr<const schema::Definitions> recovery)
    : connector_(settings.connector),
      contexts_(std::move(contexts)),
      gtids_(gtids),
      texts_(collations),
      catalog_source_(settings, filter, contexts_, gtids, collations),
      tracker_(collations, interest_in(filter)),
      catalog_(
          tracker_,
          {.mariadb = contexts_.plain().mariadb,
           .pass_over_unknown = settings.pass_over_unknown_tables},
          [this](const model::TableId& id) {
            return catalog_source_.look(id, tracker_.collations());
          },
          std::move(recovery)) {}

Result<void> SourceDefinitions::read_first(model::SourceOffset& offset, bool at_end) {
  first_start_.reset();
  tracker_.clear();
  ROWMILL_ASSIGN(undelivered_, catalog_source_.read_missing(tracker_, /*ahead=*/!at_end));
  if (at_end) {
    offset.position = undelivered_.place.position;
    if (gtids_) offset.gtids = undelivered_.place.gtids;
  }
  first_start_ = offset;
  return {};
}

Result<void> SourceDefinitions::restore(const model::SourceOffset& offset,
                                        connect::SchemaHistory& history, std::stop_token stop) {
  stop_with(stop);
  const bool first_start = first_start_ == offset;
  if (!first_start) {
    first_start_.reset();
    undelivered_ = {};
    tracker_.clear();
  }
  ROWMILL_TRY(history.read(
      offset,
      [&](const model::DeclaredTable& table) -> Result<void> {
        if (!first_start) tracker_.put(table);
        return {};
      },
      std::move(stop)));
  catalog_.on_restore();
  if (!first_start) {
    ROWMILL_ASSIGN(undelivered_, catalog_source_.read_missing(tracker_, /*ahead=*/true));
  }
  base::log_info("definitions of tables are known", {{"connector", connector_},
                                                     {"definitions", tracker_.size()},
                                                     {"from_catalog", undelivered_.found.size()}});
  return {};
}

Result<void> SourceDefinitions::deliver(const model::SourceOffset& begin,
                                        connect::ChangeConsumer& consumer) {
  if (undelivered_.found.empty()) return {};
  model::SchemaChange told;
  told.position = begin.position;
  if (begin.gtids) told.gtid = model::to_string(*begin.gtids);
  told.origin.mariadb = contexts_.plain().mariadb;
  told.origin.file = begin.position.file;
  told.origin.offset = begin.position.offset;
  told.origin.timestamp = std::chrono::seconds(begin.timestamp_seconds);
  for (const model::TableId& id : undelivered_.found) {
    told.definitions.push_back({.id = id, .before = std::nullopt, .after = tracker_.recorded(id)});
    if (told.definitions.size() < kDeliveredAtOnce) continue;
    ROWMILL_TRY(consumer.on_schema_change(told));
    told.definitions.clear();
  }
  if (!told.definitions.empty()) ROWMILL_TRY(consumer.on_schema_change(told));
  undelivered_.found.clear();
  first_start_.reset();
  return consumer.on_boundary({.position = begin.position,
                               .completed = std::nullopt,
                               .events = begin.events,
                               .rows = begin.rows,
                               .server_id = begin.server_id,
                               .timestamp_seconds = begin.timestamp_seconds});
}

}  // namespace rowmill::source
