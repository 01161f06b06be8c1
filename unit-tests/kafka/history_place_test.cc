// SPDX-License-Identifier: Apache-2.0
#include "kafka/history_place.h"

#include <gtest/gtest.h>

#include <string>

namespace rowmill::kafka {
namespace {

constexpr const char* kUuid = "3e11fa47-71ca-11e1-9e33-c80aa9429562";

model::SourceOffset offset_at(const std::string& file, uint64_t offset) {
  return {.position = {file, offset}};
}

model::SourceOffset offset_with(const std::string& gtids) {
  model::SourceOffset offset = offset_at("binlog.000002", 100);
  offset.gtids = model::parse_gtid_set(gtids).value();
  return offset;
}

TEST(HistoryPlace, WithoutGtidsFileNumberAndOffsetDecide) {
  const HistoryPlace place{{"binlog.000010", 400}};
  EXPECT_TRUE(is_in_force(place, offset_at("binlog.000010", 400)));
  EXPECT_TRUE(is_in_force(place, offset_at("binlog.000010", 401)));
  EXPECT_FALSE(is_in_force(place, offset_at("binlog.000010", 399)));
  EXPECT_TRUE(is_in_force(place, offset_at("binlog.000011", 4)));
  EXPECT_FALSE(is_in_force(place, offset_at("binlog.000009", 9999)));
}

TEST(HistoryPlace, FileNumbersGrowBeyondSixDigits) {
  EXPECT_TRUE(is_in_force({{"binlog.999999", 4}}, offset_at("binlog.1000000", 4)));
  EXPECT_FALSE(is_in_force({{"binlog.1000000", 4}}, offset_at("binlog.999999", 4)));
}

TEST(HistoryPlace, FilesOfAnotherServerCountAsInForce) {
  EXPECT_TRUE(is_in_force({{"mysql-bin.000010", 400}}, offset_at("binlog.000001", 4)));
  EXPECT_TRUE(is_in_force({{"binlog", 400}}, offset_at("binlog.000001", 4)));
}

TEST(HistoryPlace, GtidDecidesWhateverTheFilesSay) {
  const std::string uuid = kUuid;
  const HistoryPlace place{{"binlog.000900", 400}, uuid + ":7"};
  EXPECT_TRUE(is_in_force(place, offset_with(uuid + ":1-7")));
  EXPECT_FALSE(is_in_force(place, offset_with(uuid + ":1-6:8")));
  EXPECT_FALSE(is_in_force({{"binlog.000001", 4}, uuid + ":7"}, offset_with(uuid + ":1-6")));
}

TEST(HistoryPlace, SetOfGtidsMustHaveBeenReadWhole) {
  const std::string uuid = kUuid;
  const HistoryPlace place{{"binlog.000001", 4}, uuid + ":1-5"};
  EXPECT_TRUE(is_in_force(place, offset_with(uuid + ":1-5")));
  EXPECT_FALSE(is_in_force(place, offset_with(uuid + ":1-4")));
}

TEST(HistoryPlace, MariadbComparesNumbersWithinADomain) {
  EXPECT_TRUE(is_in_force({{"b.1", 4}, "0-1-10"}, offset_with("0-2-10")));
  EXPECT_TRUE(is_in_force({{"b.1", 4}, "0-1-10"}, offset_with("0-2-11,1-1-1")));
  EXPECT_FALSE(is_in_force({{"b.1", 4}, "0-1-10"}, offset_with("0-1-9")));
  EXPECT_FALSE(is_in_force({{"b.1", 4}, "1-1-10"}, offset_with("0-1-99")));
  EXPECT_FALSE(is_in_force({{"b.1", 4}, "0-1-1,1-1-10"}, offset_with("0-1-99,1-1-9")));
}

TEST(HistoryPlace, BeforeAnyGtidNothingThatHasOneIsInForce) {
  EXPECT_FALSE(is_in_force({{"b.1", 4}, std::string(kUuid) + ":1"}, offset_with("")));
}

TEST(HistoryPlace, WhatCannotBeComparedIsInForce) {
  EXPECT_TRUE(is_in_force({{"binlog.000900", 4}}, offset_with("0-1-1")));
  EXPECT_TRUE(is_in_force({{"binlog.000900", 4}, std::string(kUuid) + ":1"}, offset_with("0-1-1")));
  EXPECT_TRUE(is_in_force({{"binlog.000900", 4}, "?"}, offset_with("0-1-1")));
}

}  // namespace
}  // namespace rowmill::kafka
