// SPDX-License-Identifier: Apache-2.0
#include "source/transaction_assembler.h"

#include <utility>

namespace rowmill::source {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

std::string to_text(const EventPlace& place) {
  return std::string(place.file) + ":" + std::to_string(place.begin);
}

/// Rows of captured tables may be in it: nobody can tell.
Error not_supported(const binlog::NotSupported& event, const binlog::EventHeader& header) {
  return Error(ErrorKind::kUnsupported,
               binlog::describe(header.type) + ": " + std::string(event.reason))
      .with_remedy(
          "If this may be left out, set the source offset behind it with `rowmill offsets set`.");
}

}  // namespace

TransactionAssembler::TransactionAssembler(Parts parts, model::SourceOffset resume,
                                           std::optional<model::GtidSet> announce, Traits traits)
    : parts_(parts), traits_(traits), boundary_(std::move(resume)), announce_(std::move(announce)) {
  if (boundary_.inside_transaction()) {
    delivered_before_ = Delivered{.events = std::exchange(boundary_.events, 0),
                                  .rows = std::exchange(boundary_.rows, 0),
                                  .begin = boundary_.position,
                                  .gtid = std::nullopt,
                                  .committed = true};
  }
}

model::SourceOffset TransactionAssembler::restart() {
  // A reading that only passes over rows has not delivered those that it counts.
  const bool delivers = !group_.prepares_xa && !is_scouting();
  if (state_ == State::kInside && group_.delivered && delivers) {
    // While what came before is still being skipped, that is further than what this link has seen.
    const bool still_skipping =
        delivered_before_ && (delivered_before_->events > group_.events_done ||
                              (delivered_before_->events == group_.events_done &&
                               delivered_before_->rows > group_.rows_done));
    if (!still_skipping) {
      delivered_before_ = Delivered{.events = group_.events_done,
                                    .rows = group_.rows_done,
                                    .begin = group_.begin,
                                    .gtid = group_.gtid,
                                    .committed = false};
    }
  }
  state_ = State::kOutside;
  group_ = Group{};

  model::SourceOffset offset = boundary_;
  if (delivered_before_) {
    offset.position = delivered_before_->begin;
    offset.events = delivered_before_->events;
    offset.rows = delivered_before_->rows;
  }
  return offset;
}

Result<void> TransactionAssembler::on_event(const binlog::Event& event, const EventPlace& place,
                                            connect::ChangeConsumer& consumer) {
  if (event.header.timestamp != 0) last_timestamp_ = event.header.timestamp;
  auto handled = [&]() -> Result<void> {
    if (std::holds_alternative<binlog::Heartbeat>(event.body)) return consumer.on_idle();
    if (std::holds_alternative<binlog::Rotate>(event.body)) {
      if (state_ != State::kOutside || place.begin == place.end) return {};
      const auto& rotate = std::get<binlog::Rotate>(event.body);
      return move_boundary({.position = {std::string(rotate.file), rotate.position},
                            .server_id = event.header.server_id},
                           consumer);
    }
    if (const auto* format = std::get_if<binlog::FormatDescription>(&event.body)) {
      // The server has just started: what was open in the log is rolled back.
      return format->created != 0 ? drop_group(place) : Result<void>{};
    }
    if (const auto* incident = std::get_if<binlog::Incident>(&event.body)) {
      // MariaDB gives it no GTID: who asks by GTIDs is sent it again, although the offset was set
      // behind it.
      if (place.file == boundary_.position.file && place.end <= boundary_.position.offset) {
        return {};
      }
      return Error(ErrorKind::kUnsupported,
                   "the source lost events here (INCIDENT: " + std::string(incident->message) + ")")
          .with_remedy(
              "Changes are missing from the binlog: bring the consumers up to date by other "
              "means, then set the source offset behind this place.");
    }
    if (std::holds_alternative<binlog::PreviousGtids>(event.body) ||
        std::holds_alternative<binlog::GtidList>(event.body)) {
      return {};
    }
    return on_group_event(event, place, consumer);
  }();
  if (handled.ok() || handled.error().kind() == ErrorKind::kStopped) return handled;
  Error error = std::move(handled).error().with_context("at " + to_text(place));
  if (error.kind() == ErrorKind::kCorrupt && error.remedy().empty()) {
    return std::move(error).with_remedy(
        "Please report it with what `mysqlbinlog` prints for this place. To go on without it, set "
        "the "
        "source offset behind it with `rowmill offsets set`.");
  }
  return error;
}

Result<void> TransactionAssembler::on_group_event(const binlog::Event& event,
                                                  const EventPlace& place,
                                                  connect::ChangeConsumer& consumer) {
  if (std::holds_alternative<binlog::MysqlGtidEvent>(event.body) ||
      std::holds_alternative<binlog::MariadbGtidEvent>(event.body)) {
    return on_gtid(event, place);
  }
  if (const auto* query = std::get_if<binlog::Query>(&event.body)) {
    return on_query(*query, event.header, place, consumer);
  }
  if (state_ != State::kInside) {
    if (const auto* other = std::get_if<binlog::NotSupported>(&event.body)) {
      return not_supported(*other, event.header);
    }
    if (std::holds_alternative<binlog::Skipped>(event.body) ||
        std::holds_alternative<binlog::RowsQuery>(event.body)) {
      return {};
    }
    return Error(ErrorKind::kCorrupt,
                 binlog::describe(event.header.type) + " stands outside of a transaction");
  }

  if (std::holds_alternative<binlog::Xid>(event.body))
    return end_group(event.header, place, consumer);
  if (const auto* prepare = std::get_if<binlog::XaPrepare>(&event.body)) {
    return on_xa_prepare(*prepare, event.header, place, consumer);
  }
  return on_body_event(event, event.header, place, consumer);
}

Result<void> TransactionAssembler::on_body_event(const binlog::Event& event,
                                                 const binlog::EventHeader& header,
                                                 const EventPlace& place,
                                                 connect::ChangeConsumer& consumer) {
  if (const auto* map = std::get_if<binlog::TableMap>(&event.body)) {
    ROWMILL_TRY(on_table_map(*map, header, place, consumer));
  } else if (const auto* rows = std::get_if<binlog::Rows>(&event.body)) {
    ROWMILL_TRY(on_rows(*rows, header, place, consumer));
    if (rows->statement_end) group_.query.clear();
  } else if (const auto* text = std::get_if<binlog::RowsQuery>(&event.body)) {
    if (traits_.include_query) {
      group_.query = parts_.texts.in_utf8(text->sql, group_.client_collation).value_or("");
    }
  } else if (const auto* other = std::get_if<binlog::NotSupported>(&event.body)) {
    return not_supported(*other, event.header);
  }
  event_done();
  return {};
}

void TransactionAssembler::event_done() {
  ++group_.events_done;
  group_.rows_done = 0;
}

Result<void> TransactionAssembler::on_gtid(const binlog::Event& event, const EventPlace& place) {
  ROWMILL_TRY(drop_group(place));
  begin_group(place);
  if (const auto* mysql = std::get_if<binlog::MysqlGtidEvent>(&event.body)) {
    if (mysql->gtid) group_.gtid = *mysql->gtid;
    const uint64_t commit_us =
        mysql->original_commit_us != 0 ? mysql->original_commit_us : mysql->immediate_commit_us;
    group_.commit_time = std::chrono::microseconds(commit_us);
  } else {
    const auto& mariadb = std::get<binlog::MariadbGtidEvent>(event.body);
    group_.gtid = mariadb.gtid;
    group_.thread_id = mariadb.thread_id;
    group_.standalone = mariadb.standalone;
    group_.prepares_xa = mariadb.xa_prepared;
    group_.alter_phase = mariadb.alter_phase;
  }
  if (group_.gtid) group_.gtid_text = model::to_string(*group_.gtid);
  const bool is_begin =
      std::holds_alternative<binlog::MariadbGtidEvent>(event.body) && !group_.standalone;
  if (!is_begin) {
    state_ = State::kAfterGtid;
    return {};
  }
  return enter_group();
}

void TransactionAssembler::begin_group(const EventPlace& place) {
  group_ = Group{};
  group_.begin = {std::string(place.file), place.begin};
  cut_ = model::OffsetAdvance{};
  cut_.position = group_.begin;
}

/// The BEGIN is done: from here on events count.
Result<void> TransactionAssembler::enter_group() {
  ROWMILL_TRY(check_same_group(/*has_rows=*/true));
  state_ = State::kInside;
  group_.events_done = 1;
  group_.undone = parts_.undone.find(group_.begin, group_.gtid);
  group_.delivered = delivered_before_.has_value();
  return {};
}

Result<void> TransactionAssembler::check_same_group(bool has_rows) const {
  if (!delivered_before_) return {};
  const bool same_place = delivered_before_->begin == group_.begin;
  const bool same_gtid = !delivered_before_->gtid || delivered_before_->gtid == group_.gtid;
  if (same_place && same_gtid && has_rows) return {};
  return Error(delivered_before_->committed ? ErrorKind::kConfig : ErrorKind::kAbortTransaction,
               "the transaction that was delivered in part, begun at " +
                   model::to_string(delivered_before_->begin) +
                   ", is not there any more; another begins at " + model::to_string(group_.begin))
      .with_remedy(
          "The source has changed its binlog, as after a failover or a crash with "
          "sync_binlog other than 1; compare the tables, then set the source offset anew.");
}

Result<void> TransactionAssembler::drop_group(const EventPlace& place) {
  if (state_ == State::kOutside) return {};
  state_ = State::kOutside;
  if (!group_.delivered) return {};
  return Error(ErrorKind::kAbortTransaction, "the transaction begun at " +
                                                 model::to_string(group_.begin) +
                                                 " has no end before " + to_text(place));
}

Result<void> TransactionAssembler::end_group(const binlog::EventHeader& header,
                                             const EventPlace& place,
                                             connect::ChangeConsumer& consumer) {
  if (state_ != State::kInside) ROWMILL_TRY(check_same_group(/*has_rows=*/false));
  if (is_scouting()) {
    group_.undone->complete = true;
    return must_read_again();
  }
  state_ = State::kOutside;
  delivered_before_.reset();
  group_.tables.clear();
  parts_.catalog.release_outdated(
      [&](const schema::Table& table) { consumer.on_table_forgotten(table.definition); });
  model::OffsetAdvance advance{.position = {std::string(place.file), place.end},
                               .server_id = header.server_id};
  if (traits_.gtids && group_.gtid) advance.completed = single(*group_.gtid);
  if (group_.prepares) advance.prepared.push_back(*std::move(group_.prepares));
  if (group_.decides) advance.decided.push_back(*std::move(group_.decides));
  return move_boundary(std::move(advance), consumer);
}

Result<void> TransactionAssembler::move_boundary(model::OffsetAdvance advance,
                                                 connect::ChangeConsumer& consumer) {
  if (announce_) {
    if (advance.completed) model::merge(*announce_, *advance.completed);
    advance.completed = std::exchange(announce_, std::nullopt);
  }
  advance.timestamp_seconds = last_timestamp_;
  model::apply(boundary_, advance);
  return consumer.on_boundary(advance);
}

model::GtidSet TransactionAssembler::single(const model::Gtid& gtid) const {
  model::GtidSet set = std::holds_alternative<model::MysqlGtid>(gtid)
                           ? model::GtidSet(model::MysqlGtidSet{})
                           : model::GtidSet(model::MariadbGtidState{});
  model::add(set, gtid);
  return set;
}

}  // namespace rowmill::source
