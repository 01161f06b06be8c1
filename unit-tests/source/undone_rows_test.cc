// SPDX-License-Identifier: Apache-2.0
#include "source/undone_rows.h"

#include "assembler_fixture.h"

namespace rowmill::source {
namespace {

using testing::ElementsAre;

TEST(Savepoints, NamesAreComparedAsTheServersDo) {
  Savepoints savepoints;
  savepoints.set("A b", 3);
  savepoints.set("c", 5);
  EXPECT_EQ(savepoints.roll_back_to("a B "), 3U);
  EXPECT_EQ(savepoints.roll_back_to("A b"), 3U);
}

TEST(Savepoints, OneThatIsNotInTheLogWasSetBeforeTheFirstChange) {
  Savepoints savepoints;
  savepoints.set("a", 3);
  EXPECT_EQ(savepoints.roll_back_to("b"), 0U);
}

TEST(Savepoints, RollbackForgetsThoseSetLater) {
  Savepoints savepoints;
  savepoints.set("a", 3);
  savepoints.set("b", 5);
  EXPECT_EQ(savepoints.roll_back_to("a"), 3U);
  savepoints.set("b", 7);
  EXPECT_EQ(savepoints.roll_back_to("b"), 7U);
}

TEST(Savepoints, OneOfTheSameNameTakesThePlaceOfTheOlder) {
  Savepoints savepoints;
  savepoints.set("a", 3);
  savepoints.set("A", 8);
  EXPECT_EQ(savepoints.roll_back_to("a"), 8U);
}

TEST(Savepoints, NameThatMayEqualAnotherByCollationIsNotGuessed) {
  Savepoints savepoints;
  savepoints.set("é", 3);
  EXPECT_EQ(savepoints.roll_back_to("é"), 3U);
  EXPECT_EQ(savepoints.roll_back_to("e"), std::nullopt);
}

TEST(UndoneRows, RangesJoinWhereTheyMeet) {
  UndoneRows::Group group;
  group.add(5, 7);
  group.add(9, 11);
  EXPECT_FALSE(group.holds(4));
  EXPECT_TRUE(group.holds(5));
  EXPECT_FALSE(group.holds(7));
  EXPECT_TRUE(group.holds(10));
  EXPECT_FALSE(group.holds(11));
  group.add(6, 13);
  EXPECT_TRUE(group.holds(8));
  EXPECT_TRUE(group.holds(12));
  EXPECT_FALSE(group.holds(13));
}

TEST(UndoneRows, GroupsBeforeAPositionAreForgotten) {
  UndoneRows undone;
  undone.add({"b.9", 500}, std::nullopt);
  undone.add({"b.10", 100}, std::nullopt);
  undone.forget_before({"b.10", 100});
  EXPECT_EQ(undone.find({"b.9", 500}, std::nullopt), nullptr);
  EXPECT_NE(undone.find({"b.10", 100}, std::nullopt), nullptr);
  EXPECT_EQ(undone.find({"b.10", 100}, model::Gtid(model::MariadbGtid{0, 1, 1})), nullptr);
}

class UndoneRowsTest : public AssemblerFixture {
 protected:
  /// What begins with a digit is a row, "end" the commit, the rest a statement.
  base::Result<void> feed_group(const std::vector<std::string>& steps) {
    position_ = 0;
    ROWMILL_TRY(feed_gtid(1));
    ROWMILL_TRY(feed_query("BEGIN"));
    ROWMILL_TRY(feed_map("shop"));
    for (const std::string& step : steps) {
      if (step == "end") {
        ROWMILL_TRY(feed(binlog::Xid{1}));
      } else if (step.front() >= '0' && step.front() <= '9') {
        ROWMILL_TRY(feed_rows(std::string(1, static_cast<char>(step.front() - '0'))));
      } else {
        ROWMILL_TRY(feed_query(step));
      }
    }
    return {};
  }
  /// As the runtime does it: after each abort again from the offset. Returns the error that is none
  /// of those, or the rows of the last reading.
  base::Result<std::vector<std::string>> settle(const std::vector<std::string>& steps,
                                                const model::SourceOffset& offset = {
                                                    .position = {"binlog.1", 0}}) {
    for (readings = 1; readings < 10; ++readings) {
      begin_at(offset);
      notes_.lines.clear();
      const auto read = feed_group(steps);
      if (read.ok()) {
        notes_.lines.pop_back();
        return notes_.lines;
      }
      if (read.error().kind() != ErrorKind::kAbortTransaction) return read.error();
    }
    return base::Error(ErrorKind::kFatal, "never settles");
  }

  int readings = 0;
};

TEST_F(UndoneRowsTest, RowsBetweenASavepointAndTheRollbackToItAreNotDelivered) {
  const auto rows = settle({"1", "SAVEPOINT `a`", "2", "ROLLBACK TO `a`", "3", "end"});
  ASSERT_TRUE(rows.ok()) << rows.error().text();
  EXPECT_THAT(*rows, ElementsAre("1", "3"));
  EXPECT_EQ(readings, 3);
}

TEST_F(UndoneRowsTest, RolledBackTransactionDeliversNothing) {
  const auto rows = settle({"1", "2", "ROLLBACK"});
  ASSERT_TRUE(rows.ok()) << rows.error().text();
  EXPECT_THAT(*rows, ElementsAre());
  EXPECT_EQ(readings, 2);
}

TEST_F(UndoneRowsTest, RollbackWithoutRowsBeforeItCostsNothing) {
  const auto rows = settle({"1", "SAVEPOINT `a`", "ROLLBACK TO `a`", "2", "end"});
  ASSERT_TRUE(rows.ok()) << rows.error().text();
  EXPECT_THAT(*rows, ElementsAre("1", "2"));
  EXPECT_EQ(readings, 1);
}

TEST_F(UndoneRowsTest, AnyNumberOfRollbacksNeedsThreeReadings) {
  const auto rows = settle({"1", "SAVEPOINT `a`", "2", "SAVEPOINT `b`", "3", "ROLLBACK TO `b`", "4",
                            "ROLLBACK TO `b`", "5", "ROLLBACK TO `a`", "6", "SAVEPOINT `A`", "7",
                            "SAVEPOINT `c`", "8", "ROLLBACK TO `c`", "9", "end"});
  ASSERT_TRUE(rows.ok()) << rows.error().text();
  EXPECT_THAT(*rows, ElementsAre("1", "6", "7", "9"));
  EXPECT_EQ(readings, 3);
}

TEST_F(UndoneRowsTest, SavepointBeforeTheFirstChangeIsNotInTheLog) {
  const auto rows = settle({"1", "2", "ROLLBACK TO `early`", "3", "end"});
  ASSERT_TRUE(rows.ok()) << rows.error().text();
  EXPECT_THAT(*rows, ElementsAre("3"));
}

TEST_F(UndoneRowsTest, CutBeforeTheUndoneRowsDoesNoHarm) {
  // BEGIN, the map and row 1 are done.
  const auto rows = settle({"1", "SAVEPOINT `a`", "2", "ROLLBACK TO `a`", "3", "end"},
                           {.position = {"binlog.1", 0}, .events = 3});
  ASSERT_TRUE(rows.ok()) << rows.error().text();
  EXPECT_THAT(*rows, ElementsAre("3"));
}

TEST_F(UndoneRowsTest, CutAmongTheUndoneRowsIsRefused) {
  const auto rows = settle({"1", "SAVEPOINT `a`", "2", "2", "ROLLBACK TO `a`", "3", "end"},
                           {.position = {"binlog.1", 0}, .events = 5});
  ASSERT_FALSE(rows.ok());
  EXPECT_EQ(rows.error().kind(), ErrorKind::kUnsupported);
  EXPECT_THAT(rows.error().remedy(), testing::HasSubstr("transaction.cut"));
}

TEST_F(UndoneRowsTest, SavepointsThatCannotBeToldApartAreRefused) {
  const auto rows = settle({"1", "SAVEPOINT `é`", "2", "ROLLBACK TO `e`", "3", "end"});
  ASSERT_FALSE(rows.ok());
  EXPECT_EQ(rows.error().kind(), ErrorKind::kUnsupported);
}

TEST_F(UndoneRowsTest, LinkLostWhileScoutingForgetsNothing) {
  const std::vector<std::string> steps = {"1", "SAVEPOINT `a`", "2", "ROLLBACK TO `a`"};
  EXPECT_FALSE(feed_group(steps).ok());
  begin_at({.position = {"binlog.1", 0}});
  notes_.lines.clear();
  ASSERT_TRUE(feed_group(steps).ok());
  EXPECT_FALSE(assembler_->restart().inside_transaction());
  EXPECT_TRUE(notes_.lines.empty());
}

}  // namespace
}  // namespace rowmill::source
