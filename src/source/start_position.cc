// SPDX-License-Identifier: Apache-2.0
#include "source/start_position.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "source/replica_session.h"
#include "source/statement.h"

namespace rowmill::source {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

/// The first event of a binlog file lies after its magic number.
constexpr uint64_t kFirstEventOffset = 4;

Error no_such_position(const model::Position& position, const mysql::ServerFacts& facts,
                       std::string_view why) {
  std::string has = "The source has no binlog files.";
  if (!facts.files.empty()) {
    has = "The source has " + facts.files.front().name + " to " + model::to_string(facts.position) +
          "; give a position within, or `earliest`.";
  }
  return Error(ErrorKind::kConfig,
               "position " + model::to_string(position) + " " + std::string(why))
      .with_remedy(std::move(has));
}

std::optional<model::Position> parse_position(std::string_view text) {
  const size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  model::Position position{std::string(text.substr(0, colon)), 0};
  const char* end = text.data() + text.size();
  const auto [after, error] = std::from_chars(text.data() + colon + 1, end, position.offset);
  if (error != std::errc{} || after != end) return std::nullopt;
  return position;
}

Result<void> check_position(const model::Position& position, const mysql::ServerFacts& facts) {
  const auto file = std::find_if(facts.files.begin(), facts.files.end(),
                                 [&](const auto& f) { return f.name == position.file; });
  if (file == facts.files.end()) {
    return no_such_position(position, facts, "is not in the binlog of the source");
  }
  // The size of the last file may be older than the position of its end.
  const uint64_t end = position.file == facts.position.file
                           ? std::max(file->size_bytes, facts.position.offset)
                           : file->size_bytes;
  if (position.offset < kFirstEventOffset || position.offset > end) {
    return no_such_position(position, facts, "is outside of its file");
  }
  return {};
}

Result<model::SourceOffset> from_gtids(std::string_view text, const mysql::ServerFacts& facts) {
  if (!facts.variables.gtids) {
    return Error(ErrorKind::kConfig,
                 "start.position is a GTID set, but the source runs without GTIDs")
        .with_remedy("Give file:position, `earliest` or `latest`, or switch gtid_mode on.");
  }
  ROWMILL_ASSIGN(auto set, model::parse_gtid_set(text));
  if (set.index() != facts.executed.index()) {
    return Error(ErrorKind::kConfig,
                 "start.position is a GTID set of the other kind of server: " + std::string(text))
        .with_remedy("MySQL's look like uuid:1-5, MariaDB's like 0-1-5.");
  }
  if (const auto* mysql_set = std::get_if<model::MysqlGtidSet>(&set)) {
    const auto missing = facts.purged.subtract(*mysql_set);
    if (!missing.empty()) {
      return Error(ErrorKind::kConfig,
                   "transactions " + missing.text() +
                       " come after start.position but are purged from the source")
          .with_remedy("Add them to the set if they are not needed, or use `earliest`.");
    }
  }
  const std::string first_file = facts.files.empty() ? "" : facts.files.front().name;
  return model::SourceOffset{.position = {first_file, kFirstEventOffset}, .gtids = std::move(set)};
}

Result<model::SourceOffset> from_position(const SourceSettings& settings,
                                          const mysql::ServerFacts& facts,
                                          const model::Position& position, std::stop_token stop) {
  ROWMILL_TRY(check_position(position, facts));
  model::SourceOffset offset{.position = position};
  if (facts.variables.gtids) {
    ROWMILL_ASSIGN(offset.gtids, gtids_at(settings, facts, position, std::move(stop)));
  }
  return offset;
}

Result<model::GtidSet> mariadb_gtids_at(const SourceSettings& settings,
                                        const model::Position& position, std::stop_token stop) {
  ROWMILL_ASSIGN(auto connection, mysql::Connection::open(settings.connection, std::move(stop)));
  ROWMILL_ASSIGN(const auto answer,
                 connection.query("SELECT BINLOG_GTID_POS(" + connection.quote(position.file) +
                                  ", " + std::to_string(position.offset) + ")"));
  ROWMILL_ASSIGN(auto state,
                 model::MariadbGtidState::parse(answer.rows().at(0).at(0).value_or("")));
  return model::GtidSet(std::move(state));
}

/// Follows the groups of a file from its head: what was executed before each event.
class GtidScan {
 public:
  [[nodiscard]] const model::MysqlGtidSet& executed() const { return executed_; }
  [[nodiscard]] bool between_groups() const { return !current_ && !inside_; }

  void on_event(const binlog::Event& event) {
    if (const auto* previous = std::get_if<binlog::PreviousGtids>(&event.body)) {
      executed_ = previous->set;
    } else if (const auto* gtid = std::get_if<binlog::MysqlGtidEvent>(&event.body)) {
      current_ = gtid->gtid;
      inside_ = true;
      begun_ = false;
    } else if (const auto* query = std::get_if<binlog::Query>(&event.body)) {
      const StatementKind kind = classify_statement(query->sql);
      const bool begins = kind == StatementKind::kBegin || kind == StatementKind::kXaStart;
      const bool ends = kind == StatementKind::kCommit || kind == StatementKind::kRollback;
      if (begins) {
        inside_ = begun_ = true;
      } else if (ends || !begun_) {
        end_group();
      }
    } else if (std::holds_alternative<binlog::Xid>(event.body) ||
               std::holds_alternative<binlog::XaPrepare>(event.body) ||
               std::holds_alternative<binlog::Incident>(event.body)) {
      end_group();
    }
  }

 private:
  void end_group() {
    if (current_) executed_.add(*current_);
    current_.reset();
    inside_ = begun_ = false;
  }

  model::MysqlGtidSet executed_;
  std::optional<model::MysqlGtid> current_;
  bool inside_ = false;
  bool begun_ = false;
};

}  // namespace

Result<model::SourceOffset> resolve_start_position(const SourceSettings& settings,
                                                   const mysql::ServerFacts& facts,
                                                   std::stop_token stop) {
  const std::string& text = settings.start_position;
  if (text == kLatest) {
    model::SourceOffset offset{.position = facts.position};
    if (facts.variables.gtids) offset.gtids = facts.executed;
    return offset;
  }
  if (text == "earliest") {
    if (facts.files.empty()) return no_such_position({}, facts, "cannot be found");
    return from_position(settings, facts, {facts.files.front().name, kFirstEventOffset},
                         std::move(stop));
  }
  // "uuid:5" could be read as a file and an offset: a set that parses is a set.
  if (model::parse_gtid_set(text).ok()) return from_gtids(text, facts);
  if (const auto position = parse_position(text)) {
    return from_position(settings, facts, *position, std::move(stop));
  }
  return Error(ErrorKind::kConfig,
               "start.position is neither a GTID set nor file:position: " + text)
      .with_remedy("Use `earliest`, `latest`, uuid:1-5, 0-1-5 or binlog.000001:4.");
}

Result<model::GtidSet> gtids_at(const SourceSettings& settings, const mysql::ServerFacts& facts,
                                const model::Position& position, std::stop_token stop) {
  if (facts.flavor == mysql::Flavor::kMariadb) return mariadb_gtids_at(settings, position, stop);

  ROWMILL_ASSIGN(auto connection, mysql::Connection::open(settings.connection, stop));
  const model::SourceOffset head{.position = {position.file, kFirstEventOffset}};
  ROWMILL_ASSIGN(auto session, ReplicaSession::open(std::move(connection), settings, head,
                                                    /*by_gtid=*/false, stop));
  GtidScan scan;
  uint64_t reached = kFirstEventOffset;
  while (true) {
    ROWMILL_ASSIGN(const auto located, session->next(stop));
    const bool in_file = located.place.file == position.file;
    const bool occupies_bytes = located.place.end > located.place.begin;
    const bool at_header = std::holds_alternative<binlog::FormatDescription>(located.event.body) ||
                           std::holds_alternative<binlog::PreviousGtids>(located.event.body);
    if (in_file && occupies_bytes && located.place.begin >= position.offset && !at_header) break;
    // The end of the binlog, or of the file: nothing more lies before the position.
    if (std::holds_alternative<binlog::Heartbeat>(located.event.body) && reached >= position.offset)
      break;
    if (!in_file && reached != kFirstEventOffset) break;
    if (in_file && occupies_bytes) {
      scan.on_event(located.event);
      reached = located.place.end;
    }
  }
  if (reached > position.offset && position.offset > kFirstEventOffset) {
    return no_such_position(position, facts, "lies within an event or the head of its file");
  }
  if (!scan.between_groups()) {
    return no_such_position(position, facts, "lies within a transaction");
  }
  return model::GtidSet(scan.executed());
}

}  // namespace rowmill::source
