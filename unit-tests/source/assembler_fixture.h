// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "source/transaction_assembler.h"

namespace rowmill::source {

using base::ErrorKind;

/// Notes what the assembler delivers: rows as "begin:row", boundaries as "| end gtids".
class Notes : public connect::ChangeConsumer {
 public:
  base::Result<void> on_change(const model::Change& change,
                               const model::OffsetAdvance& cut) override {
    if (failure) return base::Error(*failure, "refused");
    const auto& cell = (change.after.empty() ? change.before : change.after)[0];
    const auto* value = std::get_if<int64_t>(&cell);
    lines.push_back(value != nullptr ? std::to_string(*value) : "absent");
    cuts.push_back(cut);
    queries.emplace_back(change.origin.query);
    origins.push_back(std::string(change.origin.gtid) + ' ' + std::to_string(change.origin.offset));
    if (fail_after && lines.size() >= *fail_after) {
      return base::Error(ErrorKind::kStopped, "enough");
    }
    return {};
  }
  base::Result<void> on_schema_change(const model::SchemaChange& change) override {
    schema_changes.push_back(change);
    return {};
  }
  void on_table_forgotten(const model::TableDefinition& table) override {
    forgotten.push_back(model::to_string(table.id));
  }
  base::Result<void> on_boundary(const model::OffsetAdvance& advance) override {
    lines.push_back("| " + std::to_string(advance.position.offset));
    advances.push_back(advance);
    return {};
  }
  base::Result<void> on_idle() override {
    lines.emplace_back("idle");
    return {};
  }

  std::vector<std::string> lines;
  std::vector<model::OffsetAdvance> cuts;
  /// GTID and offset of each row's place.
  std::vector<std::string> origins;
  std::vector<std::string> queries;
  std::vector<model::OffsetAdvance> advances;
  std::vector<model::SchemaChange> schema_changes;
  std::vector<std::string> forgotten;
  std::optional<size_t> fail_after;
  std::optional<ErrorKind> failure;
};

/// Serves the groups that a test lays down, by the xid.
class LaidDownGroups : public PreparedGroups {
 public:
  base::Result<void> read(const model::PreparedXa& xa, const Visitor& visit) override {
    asked.push_back(xa);
    return groups.at(xa.xid)(visit);
  }

  std::map<std::string, std::function<base::Result<void>(const Visitor&)>> groups;
  std::vector<model::PreparedXa> asked;
};

/// Feeds made-up events of table shop.t (id TINYINT) at positions 100 bytes apart.
class AssemblerFixture : public testing::Test {
 protected:
  AssemblerFixture() {
    FilterLists lists;
    lists.database_include = {"shop"};
    filter_ = *TableFilter::create(lists);
    begin_at({.position = {"binlog.1", 0}});
  }

  void begin_at(model::SourceOffset offset, std::optional<model::GtidSet> announce = std::nullopt) {
    failures_.emplace("shop", failure_mode_);
    assembler_.emplace(TransactionAssembler::Parts{filter_, tracker_, catalog_, contexts_, news_,
                                                   texts_, groups_, undone_, *failures_},
                       std::move(offset), std::move(announce),
                       TransactionAssembler::Traits{
                           .mariadb = false, .gtids = true, .include_query = include_query_});
  }

  static binlog::Event event_of(decltype(binlog::Event::body) body) {
    binlog::Event event;
    event.header.timestamp = 1'700'000'000;
    event.header.server_id = 1;
    event.body = std::move(body);
    return event;
  }
  base::Result<void> feed(decltype(binlog::Event::body) body) {
    const binlog::Event event = event_of(std::move(body));
    const EventPlace place{"binlog.1", position_, position_ + 100};
    position_ += 100;
    return assembler_->on_event(event, place, notes_);
  }
  base::Result<void> feed_gtid(uint64_t number) {
    return feed(binlog::MysqlGtidEvent{.gtid = model::MysqlGtid{{}, number}});
  }
  static binlog::Query query_of(std::string_view sql) {
    binlog::Query query;
    query.database = "shop";
    query.sql = sql;
    return query;
  }
  base::Result<void> feed_query(std::string_view sql) { return feed(query_of(sql)); }
  static binlog::TableMap map_of(std::string_view database) {
    binlog::TableMap map;
    map.id = binlog::MapId{7};
    map.database = database;
    map.table = "t";
    map.columns.resize(1);
    map.columns[0].type = binlog::FieldType::kTiny;
    map.columns[0].name = "id";
    map.has_names = map.has_signedness = map.has_charsets = true;
    map.body = std::as_bytes(std::span(database));
    return map;
  }
  base::Result<void> feed_map(std::string_view database) { return feed(map_of(database)); }
  /// One-byte rows; the present bitmap has its one column.
  binlog::Rows rows_of(std::string_view values, std::byte present = std::byte{1}) {
    images_.clear();
    for (const char value : values) {
      images_.push_back(std::byte{0});
      images_.push_back(static_cast<std::byte>(value));
    }
    present_ = present;
    binlog::Rows rows;
    rows.table = binlog::MapId{7};
    rows.kind = binlog::RowsKind::kWrite;
    rows.column_count = 1;
    rows.present = std::span(&present_, 1);
    rows.images = images_;
    return rows;
  }
  base::Result<void> feed_rows(std::string_view values, std::byte present = std::byte{1}) {
    return feed(rows_of(values, present));
  }
  /// A transaction without its end.
  void begin_transaction(uint64_t gtid, std::string_view values) {
    ASSERT_TRUE(feed_gtid(gtid).ok());
    ASSERT_TRUE(feed_query("BEGIN").ok());
    ASSERT_TRUE(feed_map("shop").ok());
    const auto rows = feed_rows(values);
    ASSERT_TRUE(rows.ok()) << rows.error().text();
  }
  void feed_transaction(uint64_t gtid, std::string_view values) {
    begin_transaction(gtid, values);
    ASSERT_TRUE(feed(binlog::Xid{1}).ok());
  }

  TableFilter filter_ = *TableFilter::create({});
  schema::DefinitionTracker tracker_{
      {},
      {.captures = [](const model::TableId& id) { return id.database == "shop"; },
       .may_capture = [](const std::string& database) { return database == "shop"; }}};
  schema::TableCatalog catalog_{tracker_, {}};
  StatementContexts contexts_;
  SchemaNews news_{"shop"};
  /// Collation 13 is sjis, as on the servers.
  StatementTexts texts_{{{13, {.charset = "sjis"}}, {255, {.charset = "utf8mb4"}}}};
  LaidDownGroups groups_;
  UndoneRows undone_;
  FailureMode failure_mode_ = FailureMode::kFail;
  std::optional<FailureHandling> failures_;
  bool include_query_ = false;
  std::optional<TransactionAssembler> assembler_;
  Notes notes_;
  uint64_t position_ = 0;
  std::vector<std::byte> images_;
  std::byte present_{1};
};

}  // namespace rowmill::source
