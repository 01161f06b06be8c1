// SPDX-License-Identifier: Apache-2.0
#include "source/transaction_assembler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace rowmill::source {
namespace {

using base::ErrorKind;

/// Notes what the assembler delivers: rows as "begin:row", boundaries as "| end gtids".
class Notes : public connect::ChangeConsumer {
 public:
  base::Result<void> on_change(const model::Change& change,
                               const model::OffsetAdvance& cut) override {
    const auto& cell = (change.after.empty() ? change.before : change.after)[0];
    const auto* value = std::get_if<int64_t>(&cell);
    lines.push_back(value != nullptr ? std::to_string(*value) : "absent");
    cuts.push_back(cut);
    if (fail_after && lines.size() >= *fail_after) {
      return base::Error(ErrorKind::kStopped, "enough");
    }
    return {};
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
  std::vector<model::OffsetAdvance> advances;
  std::optional<size_t> fail_after;
};

/// Feeds made-up events of table shop.t (id TINYINT) at positions 100 bytes apart.
class TransactionAssemblerTest : public testing::Test {
 protected:
  TransactionAssemblerTest() {
    FilterLists lists;
    lists.database_include = {"shop"};
    filter_ = *TableFilter::create(lists);
    begin_at({.position = {"binlog.1", 0}});
  }

  void begin_at(model::SourceOffset offset, std::optional<model::GtidSet> announce = std::nullopt) {
    assembler_.emplace(filter_, catalog_, std::move(offset), std::move(announce),
                       TransactionAssembler::Traits{.mariadb = false, .gtids = true});
  }

  base::Result<void> feed(decltype(binlog::Event::body) body) {
    binlog::Event event;
    event.header.timestamp = 1'700'000'000;
    event.header.server_id = 1;
    event.body = std::move(body);
    const EventPlace place{"binlog.1", position_, position_ + 100};
    position_ += 100;
    return assembler_->on_event(event, place, notes_);
  }
  base::Result<void> feed_gtid(uint64_t number) {
    return feed(binlog::MysqlGtidEvent{.gtid = model::MysqlGtid{{}, number}});
  }
  base::Result<void> feed_query(std::string_view sql) {
    binlog::Query query;
    query.database = "shop";
    query.sql = sql;
    return feed(query);
  }
  base::Result<void> feed_map(std::string_view database) {
    binlog::TableMap map;
    map.id = binlog::MapId{7};
    map.database = database;
    map.table = "t";
    map.columns.resize(1);
    map.columns[0].type = binlog::FieldType::kTiny;
    map.columns[0].name = "id";
    map.has_names = map.has_signedness = map.has_charsets = true;
    map.body = std::as_bytes(std::span(database));
    return feed(map);
  }
  /// One-byte rows; the present bitmap has its one column.
  base::Result<void> feed_rows(std::string_view values, std::byte present = std::byte{1}) {
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
    return feed(rows);
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
  schema::TableCatalog catalog_{{}};
  std::optional<TransactionAssembler> assembler_;
  Notes notes_;
  uint64_t position_ = 0;
  std::vector<std::byte> images_;
  std::byte present_{1};
};

TEST_F(TransactionAssemblerTest, RowWithoutItsColumnsIsDeliveredWithoutThem) {
  ASSERT_TRUE(feed_gtid(1).ok());
  ASSERT_TRUE(feed_query("BEGIN").ok());
  ASSERT_TRUE(feed_map("shop").ok());
  ASSERT_TRUE(feed_rows("", std::byte{0}).ok());
  EXPECT_THAT(notes_.lines, testing::ElementsAre("absent"));
}

TEST_F(TransactionAssemblerTest, RowsOfATransactionAreDeliveredBeforeItsEnd) {
  feed_transaction(1, "\x05\x06");
  EXPECT_THAT(notes_.lines, testing::ElementsAre("5", "6", "| 500"));
  EXPECT_EQ(model::to_string(*notes_.advances[0].completed),
            "00000000-0000-0000-0000-000000000000:1");
  EXPECT_EQ(notes_.advances[0].events, 0U);
}

TEST_F(TransactionAssemblerTest, CutNamesTheBeginTheEventsDoneAndTheRowsDone) {
  feed_transaction(1, "\x05\x06");
  ASSERT_EQ(notes_.cuts.size(), 2U);
  EXPECT_EQ(notes_.cuts[1].position, (model::Position{"binlog.1", 0}));
  EXPECT_EQ(notes_.cuts[1].events, 2U);  // BEGIN and the table map
  EXPECT_EQ(notes_.cuts[1].rows, 2U);
  EXPECT_FALSE(notes_.cuts[1].completed.has_value());
}

TEST_F(TransactionAssemblerTest, ResumedCutDeliversOnlyWhatIsLeft) {
  begin_at({.position = {"binlog.1", 0}, .events = 2, .rows = 1});
  feed_transaction(1, "\x05\x06\x07");
  feed_transaction(2, "\x01");
  EXPECT_THAT(notes_.lines, testing::ElementsAre("6", "7", "| 500", "1", "| 1000"));
}

TEST_F(TransactionAssemblerTest, ResumedCutThatFindsAnotherTransactionIsRefused) {
  begin_at({.position = {"binlog.1", 0}, .events = 2, .rows = 1});
  position_ = 100;
  ASSERT_TRUE(feed_gtid(1).ok());
  const auto begun = feed_query("BEGIN");
  ASSERT_FALSE(begun.ok());
  EXPECT_EQ(begun.error().kind(), ErrorKind::kConfig);
}

TEST_F(TransactionAssemblerTest, ResumedCutThatFindsADdlIsRefused) {
  begin_at({.position = {"binlog.1", 0}, .events = 2, .rows = 1});
  ASSERT_TRUE(feed_gtid(1).ok());
  EXPECT_FALSE(feed_query("CREATE TABLE x (a int)").ok());
}

TEST_F(TransactionAssemblerTest, LostLinkWithinATransactionGoesOnAtTheNextRow) {
  begin_transaction(1, "\x05\x06");

  const model::SourceOffset resume = assembler_->restart();
  EXPECT_EQ(resume.position.offset, 0U);
  EXPECT_EQ(resume.events, 3U);
  position_ = 0;
  feed_transaction(1, "\x05\x06");
  EXPECT_THAT(notes_.lines, testing::ElementsAre("5", "6", "| 500"));
}

TEST_F(TransactionAssemblerTest, LinkLostAgainWhileSkippingForgetsNothing) {
  begin_transaction(1, "\x05");
  assembler_->restart();
  position_ = 0;
  ASSERT_TRUE(feed_gtid(1).ok());
  ASSERT_TRUE(feed_query("BEGIN").ok());
  EXPECT_EQ(assembler_->restart().events, 3U);
  position_ = 0;
  feed_transaction(1, "\x05");
  EXPECT_THAT(notes_.lines, testing::ElementsAre("5", "| 500"));
}

TEST_F(TransactionAssemblerTest, TransactionThatVanishedAfterALostLinkAbortsTheKafkaTransaction) {
  begin_transaction(1, "\x05");
  assembler_->restart();
  position_ = 0;
  ASSERT_TRUE(feed_gtid(2).ok());
  const auto begun = feed_query("BEGIN");
  ASSERT_FALSE(begun.ok());
  EXPECT_EQ(begun.error().kind(), ErrorKind::kAbortTransaction);
}

TEST_F(TransactionAssemblerTest, NewGroupInsideOneThatWasDeliveredAbortsTheKafkaTransaction) {
  begin_transaction(1, "\x05");
  const auto next = feed_gtid(2);
  ASSERT_FALSE(next.ok());
  EXPECT_EQ(next.error().kind(), ErrorKind::kAbortTransaction);
}

TEST_F(TransactionAssemblerTest, UncapturedTableMovesThePositionAndDeliversNothing) {
  ASSERT_TRUE(feed_gtid(1).ok());
  ASSERT_TRUE(feed_query("BEGIN").ok());
  ASSERT_TRUE(feed_map("other").ok());
  ASSERT_TRUE(feed_rows("\x05").ok());
  ASSERT_TRUE(feed(binlog::Xid{1}).ok());
  EXPECT_THAT(notes_.lines, testing::ElementsAre("| 500"));
}

TEST_F(TransactionAssemblerTest, DdlIsATransactionOfItsOwn) {
  ASSERT_TRUE(feed_gtid(1).ok());
  ASSERT_TRUE(feed_query("ALTER TABLE t ADD b int").ok());
  EXPECT_THAT(notes_.lines, testing::ElementsAre("| 200"));
}

TEST_F(TransactionAssemblerTest, MariadbGtidIsTheBegin) {
  binlog::MariadbGtidEvent gtid;
  gtid.gtid = {0, 1, 10};
  ASSERT_TRUE(feed(gtid).ok());
  ASSERT_TRUE(feed_map("shop").ok());
  ASSERT_TRUE(feed_rows("\x05").ok());
  ASSERT_TRUE(feed(binlog::Xid{1}).ok());
  EXPECT_THAT(notes_.lines, testing::ElementsAre("5", "| 400"));
  EXPECT_EQ(notes_.cuts[0].events, 2U);
  EXPECT_EQ(model::to_string(*notes_.advances[0].completed), "0-1-10");
}

TEST_F(TransactionAssemblerTest, AnnouncedGtidsGoOutWithTheFirstAdvanceOnly) {
  begin_at({.position = {"binlog.1", 0}},
           *model::parse_gtid_set("00000000-0000-0000-0000-000000000000:1-9"));
  feed_transaction(10, "\x05");
  feed_transaction(11, "\x05");
  EXPECT_EQ(model::to_string(*notes_.advances[0].completed),
            "00000000-0000-0000-0000-000000000000:1-10");
  EXPECT_EQ(model::to_string(*notes_.advances[1].completed),
            "00000000-0000-0000-0000-000000000000:11");
}

TEST_F(TransactionAssemblerTest, CommitStatementEndsATransactionOfAnEngineWithoutOne) {
  ASSERT_TRUE(feed_gtid(1).ok());
  ASSERT_TRUE(feed_query("BEGIN").ok());
  ASSERT_TRUE(feed_query("COMMIT").ok());
  EXPECT_THAT(notes_.lines, testing::ElementsAre("| 300"));
}

TEST_F(TransactionAssemblerTest, WhatCannotBePublishedStopsTheTaskAndNamesThePlace) {
  const auto refused = [&](const base::Result<void>& result) {
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().kind(), ErrorKind::kUnsupported);
    EXPECT_THAT(result.error().text(), testing::HasSubstr("binlog.1:"));
    EXPECT_FALSE(result.error().remedy().empty());
  };
  ASSERT_TRUE(feed_gtid(1).ok());
  refused(feed_query("UPDATE t SET a=1"));

  begin_at({});
  ASSERT_TRUE(feed_gtid(1).ok());
  ASSERT_TRUE(feed_query("XA START X'67',X'',1").ok());
  ASSERT_TRUE(feed_map("shop").ok());
  refused(feed_rows("\x05"));

  begin_at({});
  ASSERT_TRUE(feed_gtid(1).ok());
  refused(feed_query("XA COMMIT X'67',X'',1"));

  begin_at({});
  begin_transaction(1, "\x05");
  refused(feed_query("ROLLBACK"));

  begin_at({});
  refused(feed(binlog::Incident{1, "lost"}));
}

TEST_F(TransactionAssemblerTest, XaOverUncapturedTablesIsPassedBy) {
  ASSERT_TRUE(feed_gtid(1).ok());
  ASSERT_TRUE(feed_query("XA START X'67',X'',1").ok());
  ASSERT_TRUE(feed_map("other").ok());
  ASSERT_TRUE(feed_rows("\x05").ok());
  ASSERT_TRUE(feed_query("XA END X'67',X'',1").ok());
  ASSERT_TRUE(feed(binlog::XaPrepare{}).ok());
  ASSERT_TRUE(feed_gtid(2).ok());
  EXPECT_TRUE(feed_query("XA COMMIT X'67',X'',1").ok());
}

TEST_F(TransactionAssemblerTest, RowsWithoutTheirTableMapAreCorrupt) {
  ASSERT_TRUE(feed_gtid(1).ok());
  ASSERT_TRUE(feed_query("BEGIN").ok());
  const auto rows = feed_rows("\x05");
  ASSERT_FALSE(rows.ok());
  EXPECT_EQ(rows.error().kind(), ErrorKind::kCorrupt);
}

TEST_F(TransactionAssemblerTest, HeartbeatIsIdleTime) {
  ASSERT_TRUE(feed(binlog::Heartbeat{"binlog.1", 0}).ok());
  EXPECT_THAT(notes_.lines, testing::ElementsAre("idle"));
}

TEST_F(TransactionAssemblerTest, ServerStartInAnOpenGroupDropsWhatWasNotDelivered) {
  ASSERT_TRUE(feed_gtid(1).ok());
  ASSERT_TRUE(feed_query("BEGIN").ok());
  binlog::FormatDescription format;
  format.created = 1;
  ASSERT_TRUE(feed(format).ok());
  feed_transaction(1, "\x05");
  EXPECT_EQ(notes_.lines.front(), "5");
}

}  // namespace
}  // namespace rowmill::source
