// SPDX-License-Identifier: Apache-2.0
#include "model/gtid.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rowmill::model {
namespace {

using base::ErrorKind;
using testing::HasSubstr;

constexpr std::string_view kUuid = "3e11fa47-71ca-11e1-9e33-c80aa9429562";

MysqlGtid mysql_gtid(std::string tag, uint64_t number) {
  return {{parse_server_uuid(kUuid).value(), std::move(tag)}, number};
}

TEST(ServerUuid, RoundTripsAndLowersItsLetters) {
  EXPECT_EQ(to_string(parse_server_uuid(kUuid).value()), kUuid);
  EXPECT_EQ(to_string(parse_server_uuid("3E11FA47-71CA-11E1-9E33-C80AA9429562").value()), kUuid);
}

TEST(ServerUuid, RefusesEveryPrefixAndOtherShapes) {
  for (size_t size = 0; size < kUuid.size(); ++size) {
    EXPECT_FALSE(parse_server_uuid(kUuid.substr(0, size)).ok()) << size;
  }
  for (const std::string_view text :
       {"3e11fa47-71ca-11e1-9e33-c80aa94295620", "3e11fa4771ca11e19e33c80aa9429562",
        "3e11fa47-71ca-11e1-9e33-c80aa942956g", "3e11fa47-71ca-11e1-9e3-3c80aa9429562",
        "3e11fa47071ca011e109e330c80aa9429562"}) {
    const auto uuid = parse_server_uuid(text);
    ASSERT_FALSE(uuid.ok()) << text;
    EXPECT_EQ(uuid.error().kind(), ErrorKind::kConfig);
  }
}

TEST(Gtid, TextIsTheServers) {
  EXPECT_EQ(to_string(Gtid(mysql_gtid("", 7))), std::string(kUuid) + ":7");
  EXPECT_EQ(to_string(Gtid(mysql_gtid("blue", 7))), std::string(kUuid) + ":blue:7");
  EXPECT_EQ(to_string(Gtid(MariadbGtid{4294967295, 1, 18446744073709551615U})),
            "4294967295-1-18446744073709551615");
}

TEST(MariadbGtidState, RoundTripsInOrderOfDomains) {
  const struct {
    std::string_view text;
    std::string_view canonical;
  } cases[] = {
      {"", ""},
      {"0-1-10", "0-1-10"},
      {"1-2-3,0-1-10", "0-1-10,1-2-3"},
      {" 0-1-10 ,\n1-2-3 ", "0-1-10,1-2-3"},
      {"0-1-10,0-2-11", "0-2-11"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(MariadbGtidState::parse(c.text).value().text(), c.canonical) << c.text;
  }
}

TEST(MariadbGtidState, RefusesWhatIsNoPosition) {
  for (const std::string_view text : {"0", "0-1", "0-1-", "0-1-2-3", "a-1-2", "0-1-x", "0 -1-2",
                                      "4294967296-1-2", "0-1-18446744073709551616", "-1-1-1"}) {
    const auto state = MariadbGtidState::parse(text);
    ASSERT_FALSE(state.ok()) << text;
    EXPECT_EQ(state.error().kind(), ErrorKind::kConfig);
    EXPECT_THAT(state.error().text(), HasSubstr(std::string(text)));
  }
}

TEST(MariadbGtidState, MergeTakesTheLaterOfEachDomain) {
  auto state = MariadbGtidState::parse("0-1-10,1-1-5").value();
  state.merge(MariadbGtidState::parse("0-2-11,2-1-1").value());
  EXPECT_EQ(state.text(), "0-2-11,1-1-5,2-1-1");
}

TEST(GtidSet, ParseTellsTheServersApart) {
  const auto mysql = parse_gtid_set(std::string(kUuid) + ":1-5").value();
  EXPECT_TRUE(std::holds_alternative<MysqlGtidSet>(mysql));
  EXPECT_EQ(to_string(mysql), std::string(kUuid) + ":1-5");
  const auto mariadb = parse_gtid_set("0-1-10").value();
  EXPECT_TRUE(std::holds_alternative<MariadbGtidState>(mariadb));
  EXPECT_EQ(to_string(mariadb), "0-1-10");
}

TEST(GtidSet, ParseRefusesMixedKinds) {
  EXPECT_FALSE(parse_gtid_set(std::string(kUuid) + ":1-5,0-1-10").ok());
  EXPECT_FALSE(parse_gtid_set("0-1-10," + std::string(kUuid) + ":1-5").ok());
  EXPECT_FALSE(parse_gtid_set("binlog.000001:4").ok());
}

TEST(GtidSet, MergeAndAddWorkOnEitherKind) {
  auto mysql = parse_gtid_set(std::string(kUuid) + ":1-5").value();
  merge(mysql, parse_gtid_set(std::string(kUuid) + ":6-7").value());
  add(mysql, Gtid(mysql_gtid("", 8)));
  EXPECT_EQ(to_string(mysql), std::string(kUuid) + ":1-8");
  auto mariadb = parse_gtid_set("0-1-10").value();
  merge(mariadb, parse_gtid_set("0-1-11").value());
  add(mariadb, Gtid(MariadbGtid{1, 1, 1}));
  EXPECT_EQ(to_string(mariadb), "0-1-11,1-1-1");
}

// The text of an empty set, as a new server has it, does not say which server it came from.
TEST(GtidSet, EmptySetReadFromTextTakesTheKindOfWhatIsMerged) {
  auto merged = parse_gtid_set("").value();
  merge(merged, parse_gtid_set(std::string(kUuid) + ":1").value());
  EXPECT_EQ(to_string(merged), std::string(kUuid) + ":1");
  merge(merged, parse_gtid_set("").value());
  EXPECT_EQ(to_string(merged), std::string(kUuid) + ":1");
  auto added = parse_gtid_set("").value();
  add(added, Gtid(mysql_gtid("", 1)));
  EXPECT_EQ(to_string(added), std::string(kUuid) + ":1");
}

}  // namespace
}  // namespace rowmill::model
