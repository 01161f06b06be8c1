// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>
#include <string>

#include "model/gtid.h"

namespace rowmill::model {
namespace {

using base::ErrorKind;

const std::string kA = "aaaaaaaa-0000-0000-0000-000000000001";
const std::string kB = "bbbbbbbb-0000-0000-0000-000000000002";

MysqlGtidSet set_of(std::string_view text) {
  auto set = MysqlGtidSet::parse(text);
  EXPECT_TRUE(set.ok()) << text;
  return std::move(set).value();
}

GtidSource source(const std::string& uuid, std::string tag = "") {
  return {parse_server_uuid(uuid).value(), std::move(tag)};
}

TEST(MysqlGtidSet, ParsePrintsTheCanonicalForm) {
  const struct {
    std::string text;
    std::string canonical;
  } cases[] = {
      {"", ""},
      {" \n", ""},
      {kA + ":1", kA + ":1"},
      {kA + ":1-5:7", kA + ":1-5:7"},
      {kA + ":7:1-5", kA + ":1-5:7"},
      {kA + ":1-5:6-9", kA + ":1-9"},
      {kA + ":3-8:1-5", kA + ":1-8"},
      {kA + ":1:3:5:1-5", kA + ":1-5"},
      {kB + ":1," + kA + ":2", kA + ":2," + kB + ":1"},
      {kA + ":1-5,\n" + kB + ":1-3", kA + ":1-5," + kB + ":1-3"},
      {kA + ":1," + kA + ":2", kA + ":1-2"},
      {"AAAAAAAA-0000-0000-0000-000000000001:1", kA + ":1"},
      {kA + " : 1-5 : 7 ", kA + ":1-5:7"},
      {kA + ":blue:1-5", kA + ":blue:1-5"},
      {kA + ":Blue:1", kA + ":blue:1"},
      {kA + ":1-5:blue:1-3:7:red:2", kA + ":1-5:blue:1-3:7:red:2"},
      {kA + ":red:2," + kA + ":1," + kA + ":blue:3", kA + ":1:blue:3:red:2"},
      {kA + ":1-9223372036854775807", kA + ":1-9223372036854775807"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(set_of(c.text).text(), c.canonical) << c.text;
    EXPECT_EQ(set_of(c.canonical), set_of(c.text)) << c.text;
  }
}

TEST(MysqlGtidSet, ParseRefusesWhatIsNoSet) {
  const std::string too_long(33, 't');
  const std::string texts[] = {
      "x",
      "0-1-10",
      kA,
      kA.substr(1) + ":1",
      kA + ":",
      kA + "::1",
      kA + ":1:",
      kA + ":0",
      kA + ":5-3",
      kA + ":1-",
      kA + ":-5",
      kA + ":1-5x",
      kA + ":1-5-7",
      kA + ":1;" + kB,
      kA + ":9223372036854775808",
      kA + ":18446744073709551616",
      kA + ":blue",
      kA + ":1:blue",
      kA + ":blue:red:1",
      kA + ":2blue:1",
      kA + ":bl-ue:1",
      kA + ":" + too_long + ":1",
  };
  for (const std::string& text : texts) {
    const auto set = MysqlGtidSet::parse(text);
    ASSERT_FALSE(set.ok()) << text;
    EXPECT_EQ(set.error().kind(), ErrorKind::kConfig) << text;
  }
}

TEST(MysqlGtidSet, TagsAreSourcesOfTheirOwn) {
  const auto set = set_of(kA + ":1-5:blue:7");
  EXPECT_TRUE(set.contains(MysqlGtid{source(kA), 5}));
  EXPECT_FALSE(set.contains(MysqlGtid{source(kA), 7}));
  EXPECT_TRUE(set.contains(MysqlGtid{source(kA, "blue"), 7}));
  EXPECT_FALSE(set.contains(MysqlGtid{source(kA, "blue"), 5}));
  EXPECT_FALSE(set.contains(MysqlGtid{source(kB), 5}));
}

TEST(MysqlGtidSet, AddInOrderExtendsOneInterval) {
  MysqlGtidSet set;
  for (uint64_t number = 1; number <= 1000; ++number) set.add(MysqlGtid{source(kA), number});
  EXPECT_EQ(set.text(), kA + ":1-1000");
  ASSERT_EQ(set.sources().size(), 1U);
  EXPECT_EQ(set.sources().begin()->second.size(), 1U);
}

TEST(MysqlGtidSet, AddJoinsOverlapsAndNeighbours) {
  const struct {
    std::string_view name;
    std::string before;
    MysqlGtidSet::Interval added;
    std::string after;
  } cases[] = {
      {"fills the gap", kA + ":1-3:5-7", {4, 4}, kA + ":1-7"},
      {"before all", kA + ":5-7", {1, 3}, kA + ":1-3:5-7"},
      {"touches the first", kA + ":5-7", {4, 4}, kA + ":4-7"},
      {"between, touching none", kA + ":1-2:9-10", {5, 6}, kA + ":1-2:5-6:9-10"},
      {"swallows several", kA + ":1-2:5-6:9-10:20", {2, 12}, kA + ":1-12:20"},
      {"already there", kA + ":1-10", {3, 4}, kA + ":1-10"},
      {"beyond the last", kA + ":1-10", {12, 13}, kA + ":1-10:12-13"},
  };
  for (const auto& c : cases) {
    auto set = set_of(c.before);
    set.add(source(kA), c.added);
    EXPECT_EQ(set.text(), c.after) << c.name;
  }
}

TEST(MysqlGtidSet, SubtractLeavesWhatIsOnlyHere) {
  const struct {
    std::string_view name;
    std::string from;
    std::string taken;
    std::string left;
  } cases[] = {
      {"nothing", kA + ":1-10", "", kA + ":1-10"},
      {"itself", kA + ":1-10:12", kA + ":1-10:12", ""},
      {"more than itself", kA + ":3-5", kA + ":1-10", ""},
      {"the middle", kA + ":1-10", kA + ":4-6", kA + ":1-3:7-10"},
      {"the begin", kA + ":1-10", kA + ":1-6", kA + ":7-10"},
      {"the end", kA + ":1-10", kA + ":6-20", kA + ":1-5"},
      {"several holes", kA + ":1-10", kA + ":2:4:6", kA + ":1:3:5:7-10"},
      {"across a gap", kA + ":1-3:7-9", kA + ":3-7", kA + ":1-2:8-9"},
      {"another source", kA + ":1", kB + ":1", kA + ":1"},
      {"another tag", kA + ":1:blue:1", kA + ":blue:1", kA + ":1"},
      {"one of two sources", kA + ":1," + kB + ":1", kA + ":1", kB + ":1"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(set_of(c.from).subtract(set_of(c.taken)).text(), c.left) << c.name;
  }
}

TEST(MysqlGtidSet, ContainsIsSubsetOrEqual) {
  const auto set = set_of(kA + ":1-5:7," + kB + ":1");
  EXPECT_TRUE(set.contains(set));
  EXPECT_TRUE(set.contains(MysqlGtidSet()));
  EXPECT_TRUE(set.contains(set_of(kA + ":2-3")));
  EXPECT_FALSE(set.contains(set_of(kA + ":5-7")));
  EXPECT_FALSE(MysqlGtidSet().contains(set));
}

/// A set as plainly as it can be written.
using Numbers = std::map<GtidSource, std::set<uint64_t>>;

std::pair<MysqlGtidSet, Numbers> random_set(std::mt19937& random) {
  MysqlGtidSet set;
  Numbers numbers;
  const GtidSource sources[] = {source(kA), source(kA, "blue"), source(kB)};
  for (size_t i = random() % 12; i-- > 0;) {
    const GtidSource& from = sources[random() % 3];
    const uint64_t first = 1 + random() % 30;
    const uint64_t last = first + random() % 5;
    set.add(from, {first, last});
    for (uint64_t number = first; number <= last; ++number) numbers[from].insert(number);
  }
  return {set, numbers};
}

TEST(MysqlGtidSet, BehavesAsASetOfNumbers) {
  std::mt19937 random(3);
  for (int round = 0; round < 300; ++round) {
    const auto [left, left_numbers] = random_set(random);
    const auto [right, right_numbers] = random_set(random);
    auto merged = left;
    merged.merge(right);
    const auto rest = left.subtract(right);
    EXPECT_EQ(set_of(left.text()), left);
    for (const GtidSource& from : {source(kA), source(kA, "blue"), source(kB)}) {
      for (uint64_t number = 1; number <= 40; ++number) {
        const auto has = [&](const Numbers& numbers) {
          const auto found = numbers.find(from);
          return found != numbers.end() && found->second.contains(number);
        };
        const MysqlGtid gtid{from, number};
        ASSERT_EQ(left.contains(gtid), has(left_numbers));
        ASSERT_EQ(merged.contains(gtid), has(left_numbers) || has(right_numbers));
        ASSERT_EQ(rest.contains(gtid), has(left_numbers) && !has(right_numbers));
      }
    }
  }
}

}  // namespace
}  // namespace rowmill::model
