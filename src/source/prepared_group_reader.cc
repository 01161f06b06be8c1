// SPDX-License-Identifier: Apache-2.0
#include "source/prepared_group_reader.h"

#include <utility>

#include "source/statement.h"

namespace rowmill::source {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

Error not_there(const model::PreparedXa& xa, std::string_view why) {
  return Error(ErrorKind::kConfig, "the rows of XA transaction " + xa.xid + ", prepared at " +
                                       model::to_string(xa.begin) +
                                       ", are needed and cannot be read again: " + std::string(why))
      .with_remedy(
          "Let the source keep its binlog files for longer than XA transactions stay prepared. "
          "Compare the tables that this one changed, then set the source offset behind this place "
          "with `rowmill offsets set`.");
}

std::optional<model::Gtid> gtid_of(const binlog::Event& event) {
  if (const auto* mariadb = std::get_if<binlog::MariadbGtidEvent>(&event.body)) {
    return mariadb->gtid;
  }
  const auto& mysql = std::get<binlog::MysqlGtidEvent>(event.body);
  if (mysql.gtid) return *mysql.gtid;
  return std::nullopt;
}

bool is_gtid(const binlog::Event& event) {
  return std::holds_alternative<binlog::MysqlGtidEvent>(event.body) ||
         std::holds_alternative<binlog::MariadbGtidEvent>(event.body);
}

/// Comes before the first group of a dump.
bool is_head(const binlog::Event& event) {
  return std::holds_alternative<binlog::Rotate>(event.body) ||
         std::holds_alternative<binlog::FormatDescription>(event.body) ||
         std::holds_alternative<binlog::PreviousGtids>(event.body) ||
         std::holds_alternative<binlog::GtidList>(event.body) ||
         std::holds_alternative<binlog::Skipped>(event.body);
}

}  // namespace

PreparedGroupReader::PreparedGroupReader(SourceSettings settings)
    : settings_(beside_the_task(std::move(settings), SideLink::kPreparedGroups)) {}

Result<void> PreparedGroupReader::read(const model::PreparedXa& xa, const Visitor& visit) {
  ROWMILL_ASSIGN(const Session session, find(xa));
  return visit_group(*session, xa, visit);
}

Result<PreparedGroupReader::Session> PreparedGroupReader::find(const model::PreparedXa& xa) const {
  ROWMILL_ASSIGN(auto connection, mysql::Connection::open(settings_.connection, stop_));
  auto session = find_by_position(std::move(connection), xa);
  if (session.ok()) return session;
  const ErrorKind kind = session.error().kind();
  if (kind == ErrorKind::kRetry || kind == ErrorKind::kStopped) return session;
  // Whatever lies there is not the group: no harm was done, for it is looked at by its GTID.
  const auto* gtid = xa.gtid ? std::get_if<model::MysqlGtid>(&*xa.gtid) : nullptr;
  if (gtid == nullptr) return not_there(xa, session.error().message());
  return find_by_gtid(xa, *gtid);
}

Result<PreparedGroupReader::Session> PreparedGroupReader::find_by_position(
    mysql::Connection connection, const model::PreparedXa& xa) const {
  const model::SourceOffset at{.position = xa.begin};
  ROWMILL_ASSIGN(auto session, ReplicaSession::open(std::move(connection), settings_, at,
                                                    /*by_gtid=*/false, stop_));
  while (true) {
    ROWMILL_ASSIGN(const auto located, session->next(stop_));
    if (is_head(located.event)) continue;
    const bool same = is_gtid(located.event) && located.place.file == xa.begin.file &&
                      located.place.begin == xa.begin.offset && gtid_of(located.event) == xa.gtid;
    if (same) return session;
    // A heartbeat: the position is the end of the binlog.
    return Error(ErrorKind::kConfig, "another event lies there");
  }
}

Result<PreparedGroupReader::Session> PreparedGroupReader::find_by_gtid(
    const model::PreparedXa& xa, const model::MysqlGtid& gtid) const {
  ROWMILL_ASSIGN(auto connection, mysql::Connection::open(settings_.connection, stop_));
  ROWMILL_ASSIGN(const auto answer, connection.query("SELECT @@GLOBAL.gtid_executed AS executed"));
  ROWMILL_ASSIGN(const auto executed,
                 model::MysqlGtidSet::parse(answer.get(0, "executed").value_or("")));
  const std::string text = model::to_string(model::Gtid(gtid));
  if (!executed.contains(gtid)) return not_there(xa, "the source never executed " + text);
  model::MysqlGtidSet wanted;
  wanted.add(gtid);
  // To have all but that one is to ask for it.
  const model::SourceOffset all_else{.gtids = model::GtidSet(executed.subtract(wanted))};
  ROWMILL_ASSIGN(auto session, ReplicaSession::open(std::move(connection), settings_, all_else,
                                                    /*by_gtid=*/true, stop_));
  while (true) {
    auto located = session->next(stop_);
    if (!located.ok()) {
      if (located.error().kind() != ErrorKind::kConfig) return std::move(located).error();
      return not_there(xa, located.error().message());
    }
    if (!is_gtid(located->event)) continue;
    if (gtid_of(located->event) == xa.gtid) return session;
    return not_there(xa, "the source does not send " + text);
  }
}

Result<ReplicaSession::LocatedEvent> PreparedGroupReader::next_of_group(ReplicaSession& session) {
  auto located = session.next(stop_);
  if (located.ok() || located.error().kind() != ErrorKind::kCorrupt) return located;
  // It may have been damaged on its way: one more look.
  if (located.error().text() == last_damage_) return located;
  last_damage_ = located.error().text();
  return std::move(located).error().as(ErrorKind::kRetry);
}

Result<void> PreparedGroupReader::visit_group(ReplicaSession& session, const model::PreparedXa& xa,
                                              const Visitor& visit) {
  while (true) {
    ROWMILL_ASSIGN(const auto located, next_of_group(session));
    if (std::holds_alternative<binlog::XaPrepare>(located.event.body)) return {};
    if (is_gtid(located.event) || std::holds_alternative<binlog::Xid>(located.event.body)) {
      return not_there(xa, "the group there has no XA PREPARE");
    }
    const auto* query = std::get_if<binlog::Query>(&located.event.body);
    // Only MySQL logs one; without GTIDs it alone tells whether this is the group.
    const bool other = query != nullptr &&
                       classify_statement(query->sql) == StatementKind::kXaStart &&
                       xa_identity(query->sql) != xa.xid;
    if (other) return not_there(xa, "another XA transaction lies there");
    ROWMILL_TRY(visit(located.event, located.place));
  }
}

}  // namespace rowmill::source
