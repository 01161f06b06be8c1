// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/result.h"
#include "binlog/event.h"
#include "binlog/rows_reader.h"
#include "connect/source_task.h"
#include "model/source_offset.h"
#include "schema/definition_tracker.h"
#include "schema/table_catalog.h"
#include "source/event_place.h"
#include "source/failure_handling.h"
#include "source/prepared_groups.h"
#include "source/schema_news.h"
#include "source/statement.h"
#include "source/statement_contexts.h"
#include "source/statement_texts.h"
#include "source/table_filter.h"
#include "source/undone_rows.h"

namespace rowmill::source {

/// Puts events together into source transactions and delivers their row changes. Pure: no I/O.
///
///     stream  := (outside | group)*
///     outside := ROTATE | FORMAT_DESCRIPTION | PREVIOUS_GTIDS | GTID_LIST | HEARTBEAT | skipped
///     group   := gtid? (begin body* end | statement)     -- MySQL
///              | mariadb_gtid body* end                  -- the GTID event is the BEGIN
///              | mariadb_gtid(standalone) statement
///     body    := TABLE_MAP | rows | ROWS_QUERY | QUERY other than an end | skipped
///     end     := XID | QUERY COMMIT | QUERY ROLLBACK | XA_PREPARE
///
/// A compressed transaction is the same group with its inner events at the place of the payload.
/// The rows of a group that XA_PREPARE ends are passed over; the group is remembered in the offset
/// and read again at its XA COMMIT, as whose rows they are delivered.
/// After restart(), which names the offset to go on from, it skips what was delivered before and
/// insists that the same group comes again.
class TransactionAssembler {
 public:
  /// What the source is and has, and what is wanted of it.
  struct Traits {
    bool mariadb = false;
    bool gtids = false;
    /// Changes carry the text of their statement.
    bool include_query = false;
  };

  /// What it works with; all of it outlives the assembler. `undone` must also outlive the rewind
  /// that follows kAbortTransaction.
  struct Parts {
    const TableFilter& filter;
    schema::DefinitionTracker& tracker;
    schema::TableCatalog& catalog;
    const StatementContexts& contexts;
    SchemaNews& news;
    StatementTexts& texts;
    PreparedGroups& prepared_groups;
    UndoneRows& undone;
    FailureHandling& failures;
  };

  /// `resume`: the offset that the stream will be opened at. `announce`: GTIDs that belong to that
  /// offset but are not in it yet; they go out with the first advance.
  TransactionAssembler(Parts parts, model::SourceOffset resume,
                       std::optional<model::GtidSet> announce, Traits traits);

  /// Takes the next event. Errors of the consumer and of PreparedGroups are passed on; our own are
  /// kCorrupt, kUnsupported, kConfig (G4: each names place and table), kAbortTransaction when a
  /// group that was begun has vanished from the source, or took back rows that were delivered.
  /// After kRetry, restart().
  base::Result<void> on_event(const binlog::Event& event, const EventPlace& place,
                              connect::ChangeConsumer& consumer);

  /// The link was lost, or there was none yet: the offset to open the stream at, from which
  /// on_event() goes on as if nothing had happened.
  model::SourceOffset restart();

  /// Row changes delivered, and the time of the last event (seconds since 1970), for progress
  /// lines.
  [[nodiscard]] uint64_t changes() const { return changes_; }
  [[nodiscard]] uint32_t last_timestamp() const { return last_timestamp_; }
  [[nodiscard]] const model::Position& boundary() const { return boundary_.position; }

 private:
  enum class State : uint8_t { kOutside, kAfterGtid, kInside };

  /// What a map id stands for within a group.
  struct MappedTable {
    bool captured = false;
    /// Null: its rows are passed over.
    const schema::Table* table = nullptr;
  };

  /// The group that is being read.
  struct Group {
    model::Position begin;
    std::optional<model::Gtid> gtid;
    std::string gtid_text;
    std::chrono::microseconds commit_time{};
    std::optional<uint32_t> thread_id;
    bool standalone = false;
    binlog::AlterPhase alter_phase = binlog::AlterPhase::kNone;
    bool delivered = false;
    /// It will end with XA_PREPARE: its rows are passed over.
    bool prepares_xa = false;
    /// Among them are some of captured tables.
    bool holds_rows = false;
    /// What its end does to the XA transactions of the offset.
    std::optional<model::PreparedXa> prepares;
    std::optional<std::string> decides;
    Savepoints savepoints;
    /// What is known of rows that it took back; null: nothing.
    UndoneRows::Group* undone = nullptr;
    /// Events up to and with the last that held rows of captured tables.
    uint64_t captured_until = 0;
    /// From its BEGIN.
    std::optional<uint16_t> client_collation;
    /// The text of the statement whose rows come; kept only if asked for.
    std::string query;
    uint64_t events_done = 0;
    uint32_t rows_done = 0;
    std::unordered_map<uint64_t, MappedTable> tables;
  };

  /// What was delivered of a group before the stream was opened.
  struct Delivered {
    uint64_t events = 0;
    uint64_t rows = 0;
    model::Position begin;
    std::optional<model::Gtid> gtid;
    /// It was committed as a cut: to rewind would come back to it.
    bool committed = false;
  };

  base::Result<void> on_group_event(const binlog::Event& event, const EventPlace& place,
                                    connect::ChangeConsumer& consumer);
  base::Result<void> on_gtid(const binlog::Event& event, const EventPlace& place);
  base::Result<void> on_query(const binlog::Query& query, const binlog::EventHeader& header,
                              const EventPlace& place, connect::ChangeConsumer& consumer);
  base::Result<void> check_text(const binlog::Query& query, StatementKind kind,
                                QuoteRules rules) const;
  base::Result<void> on_statement(const binlog::Query& query, StatementKind kind,
                                  const binlog::EventHeader& header, const EventPlace& place,
                                  connect::ChangeConsumer& consumer);
  base::Result<void> on_inner_query(const binlog::Query& query, StatementKind kind,
                                    QuoteRules rules, const binlog::EventHeader& header,
                                    const EventPlace& place, connect::ChangeConsumer& consumer);
  base::Result<void> on_xa_prepare(const binlog::XaPrepare& prepare,
                                   const binlog::EventHeader& header, const EventPlace& place,
                                   connect::ChangeConsumer& consumer);
  base::Result<void> on_xa_decision(const binlog::Query& query, StatementKind kind,
                                    const binlog::EventHeader& header, const EventPlace& place,
                                    connect::ChangeConsumer& consumer);
  /// Delivers the rows of `xa` as those of the present group, whose header is `header`.
  base::Result<void> deliver_prepared(const model::PreparedXa& xa,
                                      const binlog::EventHeader& header,
                                      connect::ChangeConsumer& consumer);
  base::Result<void> on_prepared_query(const binlog::Query& query);
  /// An event between a group's begin and end. `header` gives time and server to its rows.
  base::Result<void> on_body_event(const binlog::Event& event, const binlog::EventHeader& header,
                                   const EventPlace& place, connect::ChangeConsumer& consumer);
  void event_done();
  base::Result<void> on_rollback_to(const binlog::Query& query, QuoteRules rules);
  /// Rows of events from `first` on are undone; with `whole_group`, no more of it will be.
  base::Result<void> undo_from(uint64_t first, bool whole_group);
  /// The group is read only to learn which of its rows are undone: nothing is delivered.
  [[nodiscard]] bool is_scouting() const;
  /// Of the rows event at hand. Errors: kUnsupported if its rows are committed already.
  [[nodiscard]] base::Result<bool> is_undone() const;
  [[nodiscard]] base::Error must_read_again() const;
  /// A statement that may change definitions: DDL, also where it fills the table that it creates.
  base::Result<void> on_definition(const binlog::Query& query, const binlog::EventHeader& header,
                                   const EventPlace& place, connect::ChangeConsumer& consumer);
  base::Result<void> tell_found(schema::FoundDefinition found, const binlog::EventHeader& header,
                                const EventPlace& place, connect::ChangeConsumer& consumer);
  static base::Result<void> check_labels(const schema::Table& table, const model::Change& change);
  base::Result<void> on_table_map(const binlog::TableMap& map, const binlog::EventHeader& header,
                                  const EventPlace& place, connect::ChangeConsumer& consumer);
  base::Result<void> on_rows(const binlog::Rows& rows, const binlog::EventHeader& header,
                             const EventPlace& place, connect::ChangeConsumer& consumer);
  /// Null where all columns speak.
  const std::vector<bool>* silent_columns(const binlog::Rows& rows, const schema::Table& table);
  base::Result<void> deliver_rows(const binlog::Rows& rows, const schema::Table& table,
                                  const binlog::EventHeader& header, const EventPlace& place,
                                  connect::ChangeConsumer& consumer);
  /// Passes over what was delivered of the event before.
  base::Result<void> skip_delivered(binlog::RowsReader& reader);
  [[nodiscard]] model::ChangeOrigin origin_of(const binlog::EventHeader& header,
                                              const EventPlace& place) const;

  void begin_group(const EventPlace& place);
  base::Result<void> enter_group();
  /// After restart(), the first group must be the one that was delivered in part; so it has rows.
  base::Result<void> check_same_group(bool has_rows) const;
  /// The open group has no end in the log: that is fine if nothing of it was delivered.
  base::Result<void> drop_group(const EventPlace& place);
  base::Result<void> end_group(const binlog::EventHeader& header, const EventPlace& place,
                               connect::ChangeConsumer& consumer);
  base::Result<void> move_boundary(model::OffsetAdvance advance, connect::ChangeConsumer& consumer);
  [[nodiscard]] model::GtidSet single(const model::Gtid& gtid) const;

  const Parts parts_;
  const Traits traits_;
  State state_ = State::kOutside;
  Group group_;
  /// The end of the last whole group.
  model::SourceOffset boundary_;
  std::optional<model::GtidSet> announce_;
  std::optional<Delivered> delivered_before_;
  binlog::RowsReader::Scratch scratch_;
  /// Kept between rows so that no position is built for each: see deliver_rows().
  model::OffsetAdvance cut_;
  uint64_t changes_ = 0;
  uint32_t last_timestamp_ = 0;
};

}  // namespace rowmill::source
