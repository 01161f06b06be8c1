// SPDX-License-Identifier: Apache-2.0
#include "assembler_fixture.h"
#include "source/transaction_assembler.h"

namespace rowmill::source {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view kXid = "X'67',X'',1";

class XaTest : public AssemblerFixture {
 protected:
  static binlog::XaPrepare prepare_of(std::string_view gtrid, bool one_phase = false) {
    return {.one_phase = one_phase, .format_id = 1, .gtrid = gtrid, .bqual = ""};
  }
  static std::string xid_of(std::string_view gtrid) { return xa_identity(prepare_of(gtrid)); }

  /// The first pass over an XA transaction; the group can be read again from now on.
  void feed_prepared(uint64_t gtid, std::string_view gtrid, const std::string& values,
                     std::string_view database = "shop", bool one_phase = false) {
    lay_down(gtrid, values, database);
    ASSERT_TRUE(feed_gtid(gtid).ok());
    ASSERT_TRUE(feed_query("XA START " + xid_of(gtrid)).ok());
    ASSERT_TRUE(feed_map(database).ok());
    ASSERT_TRUE(feed_rows(values).ok());
    ASSERT_TRUE(feed_query("XA END " + xid_of(gtrid)).ok());
    const auto prepared = feed(prepare_of(gtrid, one_phase));
    ASSERT_TRUE(prepared.ok()) << prepared.error().text();
  }
  void lay_down(std::string_view gtrid, const std::string& values,
                std::string_view database = "shop") {
    const std::string xid = xid_of(gtrid);
    groups_.groups[xid] = [=, this](const PreparedGroups::Visitor& visit) -> base::Result<void> {
      const std::string start = "XA START " + xid;
      uint64_t at = 1'000'000;
      const auto next = [&] { return EventPlace{"binlog.1", at += 100, at + 100}; };
      ROWMILL_TRY(visit(event_of(query_of(start)), next()));
      ROWMILL_TRY(visit(event_of(map_of(database)), next()));
      ROWMILL_TRY(visit(event_of(rows_of(values)), next()));
      if (fail_reading) return base::Error(ErrorKind::kRetry, "link lost");
      return visit(event_of(query_of("XA END " + xid)), next());
    };
  }
  base::Result<void> feed_decision(uint64_t gtid, std::string_view word, std::string_view gtrid) {
    ROWMILL_TRY(feed_gtid(gtid));
    return feed_query("XA " + std::string(word) + ' ' + xid_of(gtrid));
  }
  /// What the offset would be, had all advances been committed.
  [[nodiscard]] model::SourceOffset committed() const {
    model::SourceOffset offset;
    for (const auto& advance : notes_.advances) model::apply(offset, advance);
    return offset;
  }

  bool fail_reading = false;
};

TEST_F(XaTest, RowsComeAtXaCommitAndNotAtXaPrepare) {
  feed_prepared(1, "g", "\x05\x06");
  EXPECT_THAT(notes_.lines, ElementsAre("| 600"));
  ASSERT_EQ(committed().prepared.size(), 1U);
  EXPECT_EQ(committed().prepared[0].xid, kXid);
  EXPECT_EQ(committed().prepared[0].begin, (model::Position{"binlog.1", 0}));
  EXPECT_EQ(model::to_string(*committed().prepared[0].gtid),
            "00000000-0000-0000-0000-000000000000:1");
  EXPECT_TRUE(committed().prepared[0].holds_rows);

  ASSERT_TRUE(feed_decision(2, "COMMIT", "g").ok());
  EXPECT_THAT(notes_.lines, ElementsAre("| 600", "5", "6", "| 800"));
  EXPECT_THAT(committed().prepared, IsEmpty());
  EXPECT_EQ(notes_.cuts[0].position, (model::Position{"binlog.1", 600}));
}

TEST_F(XaTest, RowsOfAXaCommitHaveItsGtidAndTheirOwnPlace) {
  feed_prepared(1, "g", "\x05");
  ASSERT_TRUE(feed_decision(2, "COMMIT", "g").ok());
  EXPECT_THAT(notes_.origins, ElementsAre("00000000-0000-0000-0000-000000000000:2 1000300"));
}

TEST_F(XaTest, NothingComesAfterXaRollback) {
  feed_prepared(1, "g", "\x05");
  ASSERT_TRUE(feed_decision(2, "ROLLBACK", "g").ok());
  EXPECT_THAT(notes_.lines, ElementsAre("| 600", "| 800"));
  EXPECT_THAT(committed().prepared, IsEmpty());
  EXPECT_THAT(groups_.asked, IsEmpty());
}

TEST_F(XaTest, CommitInOnePhaseDeliversItsOwnGroup) {
  feed_prepared(1, "g", "\x05\x06", "shop", /*one_phase=*/true);
  EXPECT_THAT(notes_.lines, ElementsAre("5", "6", "| 600"));
  EXPECT_EQ(notes_.cuts[0].position, (model::Position{"binlog.1", 0}));
  EXPECT_THAT(committed().prepared, IsEmpty());
}

TEST_F(XaTest, TransactionOverUncapturedTablesIsNotReadAgain) {
  feed_prepared(1, "g", "\x05", "other");
  EXPECT_FALSE(committed().prepared.at(0).holds_rows);
  ASSERT_TRUE(feed_decision(2, "COMMIT", "g").ok());
  feed_prepared(3, "g", "\x05", "other", /*one_phase=*/true);
  EXPECT_THAT(groups_.asked, IsEmpty());
}

TEST_F(XaTest, TwoPreparedAtOnceAreDecidedInAnyOrder) {
  feed_prepared(1, "a", "\x01");
  feed_prepared(2, "b", "\x02");
  feed_transaction(3, "\x03");
  ASSERT_TRUE(feed_decision(4, "COMMIT", "b").ok());
  EXPECT_EQ(committed().prepared.size(), 1U);
  ASSERT_TRUE(feed_decision(5, "COMMIT", "a").ok());
  EXPECT_THAT(notes_.lines,
              ElementsAre("| 600", "| 1200", "3", "| 1700", "2", "| 1900", "1", "| 2100"));
}

TEST_F(XaTest, XidMayBeUsedAgainAfterItsCommit) {
  feed_prepared(1, "g", "\x05");
  ASSERT_TRUE(feed_decision(2, "COMMIT", "g").ok());
  feed_prepared(3, "g", "\x06");
  ASSERT_TRUE(feed_decision(4, "COMMIT", "g").ok());
  EXPECT_THAT(notes_.lines, ElementsAre("| 600", "5", "| 800", "| 1400", "6", "| 1600"));
}

TEST_F(XaTest, XidPreparedAgainStandsForTheLaterGroup) {
  feed_prepared(1, "g", "\x05");
  feed_prepared(2, "g", "\x06");
  ASSERT_EQ(committed().prepared.size(), 1U);
  EXPECT_EQ(committed().prepared[0].begin.offset, 600U);
}

TEST_F(XaTest, PreparedTransactionIsKnownAfterARestart) {
  feed_prepared(1, "g", "\x05");
  begin_at(committed());
  ASSERT_TRUE(feed_decision(2, "COMMIT", "g").ok());
  EXPECT_THAT(notes_.lines, ElementsAre("| 600", "5", "| 800"));
}

TEST_F(XaTest, RestartFromACutWithinAnXaCommitDeliversOnlyWhatIsLeft) {
  feed_prepared(1, "g", "\x05\x06\x07");
  model::SourceOffset offset = committed();
  notes_.fail_after = 2;
  const uint64_t begin = position_;
  EXPECT_FALSE(feed_decision(2, "COMMIT", "g").ok());
  notes_.fail_after.reset();
  notes_.lines.clear();
  model::apply(offset, notes_.cuts.at(0));
  EXPECT_EQ(offset.position.offset, begin);
  EXPECT_EQ(offset.rows, 1U);

  begin_at(offset);
  position_ = begin;
  ASSERT_TRUE(feed_decision(2, "COMMIT", "g").ok());
  EXPECT_THAT(notes_.lines, ElementsAre("6", "7", "| 800"));
}

TEST_F(XaTest, RestartFromACutWithinACommitInOnePhaseDeliversOnlyWhatIsLeft) {
  begin_at({.position = {"binlog.1", 0}, .events = 2, .rows = 1});
  feed_prepared(1, "g", "", "shop", /*one_phase=*/true);
  EXPECT_THAT(notes_.lines, ElementsAre("6", "7", "| 600"));
}

TEST_F(XaTest, LinkLostWhileACutCommitInOnePhaseIsPassedOverForgetsNothing) {
  begin_at({.position = {"binlog.1", 0}, .events = 2, .rows = 1});
  lay_down("g", "");
  ASSERT_TRUE(feed_gtid(1).ok());
  ASSERT_TRUE(feed_query("XA START " + xid_of("g")).ok());
  ASSERT_TRUE(feed_map("shop").ok());
  ASSERT_TRUE(feed_rows("").ok());
  const auto resume = assembler_->restart();
  EXPECT_EQ(resume.events, 2U);
  EXPECT_EQ(resume.rows, 1U);
  position_ = 0;
  feed_prepared(1, "g", "", "shop", /*one_phase=*/true);
  EXPECT_THAT(notes_.lines, ElementsAre("6", "| 600"));
}

TEST_F(XaTest, SecondLinkLostWithinAnXaCommitGoesOnAtTheNextRow) {
  feed_prepared(1, "g", "");
  const uint64_t begin = position_;
  fail_reading = true;
  const auto failed = feed_decision(2, "COMMIT", "g");
  ASSERT_FALSE(failed.ok());
  EXPECT_EQ(failed.error().kind(), ErrorKind::kRetry);
  fail_reading = false;
  EXPECT_EQ(assembler_->restart().position.offset, begin);
  position_ = begin;
  ASSERT_TRUE(feed_decision(2, "COMMIT", "g").ok());
  EXPECT_THAT(notes_.lines, ElementsAre("| 600", "5", "6", "| 800"));
}

TEST_F(XaTest, CommitOfWhatWasPreparedBeforeTheStartIsRefusedWithBothRemedies) {
  const auto refused = feed_decision(2, "COMMIT", "g");
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind(), ErrorKind::kUnsupported);
  EXPECT_THAT(refused.error().text(), HasSubstr(std::string(kXid)));
  EXPECT_THAT(refused.error().remedy(), HasSubstr("before its XA PREPARE"));
  EXPECT_THAT(refused.error().remedy(), HasSubstr("behind this place"));
}

TEST_F(XaTest, RollbackOfWhatWasPreparedBeforeTheStartIsPassedBy) {
  ASSERT_TRUE(feed_decision(2, "ROLLBACK", "g").ok());
  EXPECT_THAT(notes_.advances.at(0).decided, IsEmpty());
}

TEST_F(XaTest, MariadbsGtidEventAnnouncesThePrepare) {
  lay_down("g", "");
  binlog::MariadbGtidEvent gtid;
  gtid.gtid = {0, 1, 10};
  gtid.xa_prepared = true;
  ASSERT_TRUE(feed(gtid).ok());
  ASSERT_TRUE(feed_map("shop").ok());
  ASSERT_TRUE(feed_rows("").ok());
  ASSERT_TRUE(feed_query("XA END " + xid_of("g")).ok());
  ASSERT_TRUE(feed(prepare_of("g")).ok());
  EXPECT_THAT(notes_.lines, ElementsAre("| 500"));

  gtid = binlog::MariadbGtidEvent{};
  gtid.gtid = {0, 1, 11};
  gtid.standalone = gtid.xa_completed = true;
  ASSERT_TRUE(feed(gtid).ok());
  ASSERT_TRUE(feed_query("XA COMMIT " + xid_of("g")).ok());
  EXPECT_THAT(notes_.lines, ElementsAre("| 500", "5", "| 700"));
}

TEST_F(XaTest, FileMayChangeBetweenPrepareAndCommit) {
  feed_prepared(1, "g", "");
  ASSERT_TRUE(feed(binlog::Rotate{4, "binlog.2"}).ok());
  ASSERT_TRUE(feed_decision(2, "COMMIT", "g").ok());
  EXPECT_EQ(groups_.asked.at(0).begin, (model::Position{"binlog.1", 0}));
}

TEST_F(XaTest, PrepareThatNothingBeganIsCorrupt) {
  begin_transaction(1, "");
  const auto prepared = feed(prepare_of("g"));
  ASSERT_FALSE(prepared.ok());
  EXPECT_EQ(prepared.error().kind(), ErrorKind::kCorrupt);
}

TEST_F(XaTest, ServerStartBeforeThePrepareDropsTheGroup) {
  ASSERT_TRUE(feed_gtid(1).ok());
  ASSERT_TRUE(feed_query("XA START " + xid_of("g")).ok());
  ASSERT_TRUE(feed_map("shop").ok());
  ASSERT_TRUE(feed_rows("").ok());
  binlog::FormatDescription format;
  format.created = 1;
  ASSERT_TRUE(feed(format).ok());
  feed_transaction(1, "");
  EXPECT_EQ(notes_.lines.front(), "6");
  EXPECT_THAT(committed().prepared, IsEmpty());
}

}  // namespace
}  // namespace rowmill::source
