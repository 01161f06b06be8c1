// SPDX-License-Identifier: Apache-2.0
#include "source/transaction_assembler.h"

#include "assembler_fixture.h"

namespace rowmill::source {
namespace {

using TransactionAssemblerTest = AssemblerFixture;

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
  refused(feed_query("CREATE TABLE t AS SELECT 1"));

  begin_at({});
  ASSERT_TRUE(feed_gtid(1).ok());
  refused(feed_query("SELECT `other`.`f`()"));

  begin_at({});
  refused(feed(binlog::Incident{1, "lost"}));
}

// It has no GTID on MariaDB: a stream by GTIDs begins before it.
TEST_F(TransactionAssemblerTest, IncidentBeforeTheOffsetIsPassedOver) {
  begin_at({.position = {"binlog.1", 100}});
  EXPECT_TRUE(feed(binlog::Incident{1, "lost"}).ok());
  EXPECT_FALSE(feed(binlog::Incident{1, "lost"}).ok());
}

TEST_F(TransactionAssemblerTest, TextInACharsetWithBackslashBytesIsDecodedBeforeItIsRead) {
  ASSERT_TRUE(feed_gtid(1).ok());
  // In sjis 0x83 0x5c is one letter; as a backslash it would hide the end of the string.
  binlog::Query query = query_of("WITH c AS (SELECT '\x83\x5c') UPDATE t, c SET a = 'x'");
  query.client_collation = 13;
  const auto refused = feed(query);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind(), ErrorKind::kUnsupported);
}

TEST_F(TransactionAssemblerTest, StatementTextGoesWithTheRowsOfItsStatementOnly) {
  include_query_ = true;
  begin_at({});
  ASSERT_TRUE(feed_gtid(1).ok());
  binlog::Query begin = query_of("BEGIN");
  begin.client_collation = 13;
  ASSERT_TRUE(feed(begin).ok());
  const auto feed_statement = [&](std::string_view sql, std::string_view values) {
    ASSERT_TRUE(feed(binlog::RowsQuery{sql}).ok());
    ASSERT_TRUE(feed_map("shop").ok());
    ASSERT_TRUE(feed_rows(values).ok());
    binlog::Rows last = rows_of(values);
    last.statement_end = true;
    ASSERT_TRUE(feed(last).ok());
  };
  feed_statement("INSERT '\x83\x5c'", "\x01");
  feed_statement("INSERT '\xff\xff'", "\x02");
  ASSERT_TRUE(feed_rows("\x03").ok());
  EXPECT_THAT(notes_.queries, testing::ElementsAre("INSERT 'ソ'", "INSERT 'ソ'", "", "", ""));
}

TEST_F(TransactionAssemblerTest, StatementTextIsNotKeptUnlessAskedFor) {
  ASSERT_TRUE(feed_gtid(1).ok());
  ASSERT_TRUE(feed_query("BEGIN").ok());
  ASSERT_TRUE(feed(binlog::RowsQuery{"INSERT"}).ok());
  ASSERT_TRUE(feed_map("shop").ok());
  ASSERT_TRUE(feed_rows("\x05").ok());
  EXPECT_THAT(notes_.queries, testing::ElementsAre(""));
}

TEST_F(TransactionAssemblerTest, RestOfAnEventThatCannotBeDecodedIsPassedOverIfSoConfigured) {
  failure_mode_ = FailureMode::kSkip;
  begin_at({});
  begin_transaction(1, "\x05");
  binlog::Rows cut_short = rows_of("\x06\x07");
  cut_short.images = cut_short.images.first(3);
  ASSERT_TRUE(feed(cut_short).ok());
  ASSERT_TRUE(feed_rows("\x08").ok());
  ASSERT_TRUE(feed(binlog::Xid{1}).ok());
  EXPECT_THAT(notes_.lines, testing::ElementsAre("5", "6", "8", "| 700"));
  EXPECT_EQ(failures_->events(), 1U);
}

TEST_F(TransactionAssemblerTest, EventThatCannotBeDecodedStopsTheTaskByDefault) {
  begin_transaction(1, "\x05");
  binlog::Rows cut_short = rows_of("\x06");
  cut_short.images = cut_short.images.first(1);
  const auto failed = feed(cut_short);
  ASSERT_FALSE(failed.ok());
  EXPECT_EQ(failed.error().kind(), ErrorKind::kCorrupt);
}

TEST_F(TransactionAssemblerTest, TableThatCannotBeMappedIsPassedOverIfSoConfigured) {
  failure_mode_ = FailureMode::kWarn;
  begin_at({});
  ASSERT_TRUE(feed_gtid(1).ok());
  ASSERT_TRUE(feed_query("BEGIN").ok());
  binlog::TableMap map = map_of("shop");
  map.columns[0].type = static_cast<binlog::FieldType>(77);
  map.body = std::as_bytes(std::span("unknown type"));
  ASSERT_TRUE(feed(map).ok());
  ASSERT_TRUE(feed_rows("\x05").ok());
  ASSERT_TRUE(feed(binlog::Xid{1}).ok());
  EXPECT_THAT(notes_.lines, testing::ElementsAre("| 500"));
  EXPECT_EQ(failures_->events(), 2U);
}

TEST_F(TransactionAssemblerTest, ErrorsOfTheConsumerAreNotPassedOver) {
  failure_mode_ = FailureMode::kSkip;
  begin_at({});
  notes_.failure = ErrorKind::kUnsupported;
  ASSERT_TRUE(feed_gtid(1).ok());
  ASSERT_TRUE(feed_query("BEGIN").ok());
  ASSERT_TRUE(feed_map("shop").ok());
  EXPECT_FALSE(feed_rows("\x05").ok());
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
