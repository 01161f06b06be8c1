// SPDX-License-Identifier: Apache-2.0
#include "model/source_offset.h"

#include <gtest/gtest.h>

namespace rowmill::model {
namespace {

const std::string kUuid = "aaaaaaaa-0000-0000-0000-000000000001";

GtidSet gtids(const std::string& text) { return parse_gtid_set(text).value(); }

SourceOffset start() {
  return {.position = {"binlog.000001", 100},
          .gtids = gtids(kUuid + ":1-5"),
          .events = 0,
          .rows = 0,
          .server_id = 1,
          .timestamp_seconds = 1000};
}

OffsetAdvance boundary(uint64_t offset, const std::string& completed) {
  return {.position = {"binlog.000001", offset},
          .completed = gtids(completed),
          .events = 0,
          .rows = 0,
          .server_id = 2,
          .timestamp_seconds = 2000};
}

OffsetAdvance cut(uint64_t offset, uint64_t events, uint64_t rows) {
  return {.position = {"binlog.000001", offset},
          .completed = std::nullopt,
          .events = events,
          .rows = rows,
          .server_id = 3,
          .timestamp_seconds = 3000};
}

TEST(SourceOffset, ApplyOfABoundaryMovesAllAndAddsTheGtids) {
  SourceOffset offset = start();
  apply(offset, boundary(200, kUuid + ":6"));
  const SourceOffset expected{.position = {"binlog.000001", 200},
                              .gtids = gtids(kUuid + ":1-6"),
                              .events = 0,
                              .rows = 0,
                              .server_id = 2,
                              .timestamp_seconds = 2000};
  EXPECT_EQ(offset, expected);
  EXPECT_FALSE(offset.inside_transaction());
}

TEST(SourceOffset, ApplyOfACutKeepsTheGtidsBeforeTheTransaction) {
  SourceOffset offset = start();
  apply(offset, cut(100, 3, 20));
  EXPECT_EQ(offset.position, (Position{"binlog.000001", 100}));
  EXPECT_EQ(offset.gtids, gtids(kUuid + ":1-5"));
  EXPECT_EQ(offset.events, 3U);
  EXPECT_EQ(offset.rows, 20U);
  EXPECT_TRUE(offset.inside_transaction());
}

TEST(SourceOffset, BoundaryAfterACutForgetsEventsAndRows) {
  SourceOffset offset = start();
  apply(offset, cut(100, 3, 20));
  apply(offset, boundary(300, kUuid + ":6"));
  EXPECT_FALSE(offset.inside_transaction());
  EXPECT_EQ(offset.gtids, gtids(kUuid + ":1-6"));
}

TEST(SourceOffset, WithoutGtidsThereStayNone) {
  SourceOffset offset = start();
  offset.gtids.reset();
  apply(offset, cut(100, 1, 0));
  EXPECT_EQ(offset.gtids, std::nullopt);
}

TEST(SourceOffset, FirstGtidsBecomeTheSet) {
  SourceOffset offset = start();
  offset.gtids.reset();
  apply(offset, boundary(200, "0-1-7"));
  EXPECT_EQ(offset.gtids, gtids("0-1-7"));
}

TEST(OffsetAdvance, JoinThenApplyEqualsApplyingEach) {
  const OffsetAdvance steps[] = {boundary(200, kUuid + ":6"), boundary(300, kUuid + ":7"),
                                 cut(300, 2, 5), cut(300, 4, 0), boundary(400, kUuid + ":9")};
  for (size_t count = 1; count <= std::size(steps); ++count) {
    SourceOffset one_by_one = start();
    for (size_t i = 0; i < count; ++i) apply(one_by_one, steps[i]);
    OffsetAdvance joined = steps[0];
    for (size_t i = 1; i < count; ++i) join(joined, steps[i]);
    SourceOffset at_once = start();
    apply(at_once, joined);
    EXPECT_EQ(at_once, one_by_one) << count;
  }
}

TEST(OffsetAdvance, JoinOntoACutTakesTheLaterGtids) {
  OffsetAdvance advance = cut(100, 1, 1);
  join(advance, boundary(200, kUuid + ":6"));
  EXPECT_EQ(advance.completed, gtids(kUuid + ":6"));
  EXPECT_EQ(advance.events, 0U);
  EXPECT_EQ(advance.rows, 0U);
}

OffsetAdvance prepares(const std::string& xid, uint64_t offset) {
  OffsetAdvance advance = boundary(offset, kUuid + ":6");
  advance.prepared.push_back({.xid = xid, .begin = {"binlog.000001", offset}});
  return advance;
}

OffsetAdvance decides(const std::string& xid, uint64_t offset) {
  OffsetAdvance advance = boundary(offset, kUuid + ":7");
  advance.decided.push_back(xid);
  return advance;
}

TEST(SourceOffset, PreparedTransactionsStayUntilTheyAreDecided) {
  SourceOffset offset = start();
  apply(offset, prepares("a", 200));
  apply(offset, prepares("b", 300));
  apply(offset, cut(300, 1, 1));
  ASSERT_NE(find_prepared(offset, "a"), nullptr);
  EXPECT_EQ(find_prepared(offset, "b")->begin.offset, 300U);
  EXPECT_EQ(find_prepared(offset, "c"), nullptr);
  apply(offset, decides("a", 400));
  EXPECT_EQ(find_prepared(offset, "a"), nullptr);
  EXPECT_NE(find_prepared(offset, "b"), nullptr);
}

TEST(OffsetAdvance, JoinOfPreparesAndDecisionsEqualsApplyingEach) {
  const OffsetAdvance steps[] = {prepares("b", 200), decides("a", 300),  prepares("a", 400),
                                 decides("b", 500),  prepares("b", 600), decides("a", 700)};
  for (size_t count = 1; count <= std::size(steps); ++count) {
    SourceOffset one_by_one = start();
    one_by_one.prepared.push_back({.xid = "a", .begin = {"binlog.000001", 90}});
    SourceOffset at_once = one_by_one;
    for (size_t i = 0; i < count; ++i) apply(one_by_one, steps[i]);
    OffsetAdvance joined = steps[0];
    for (size_t i = 1; i < count; ++i) join(joined, steps[i]);
    apply(at_once, joined);
    EXPECT_EQ(at_once, one_by_one) << count;
  }
}

TEST(OffsetAdvance, JoinForgetsWhatWasPreparedAndDecidedWithin) {
  OffsetAdvance advance = prepares("a", 200);
  join(advance, decides("a", 300));
  EXPECT_TRUE(advance.prepared.empty());
  EXPECT_TRUE(advance.decided.empty());
}

TEST(SourceOffset, TextIsOneLineForLogs) {
  SourceOffset offset = start();
  EXPECT_EQ(to_string(offset), "file=binlog.000001 pos=100 gtids=" + kUuid + ":1-5");
  apply(offset, cut(100, 2, 10));
  EXPECT_EQ(to_string(offset), "file=binlog.000001 pos=100 event=2 row=10 gtids=" + kUuid + ":1-5");
  offset.gtids.reset();
  EXPECT_EQ(to_string(offset), "file=binlog.000001 pos=100 event=2 row=10");
}

}  // namespace
}  // namespace rowmill::model
