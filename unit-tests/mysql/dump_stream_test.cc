// SPDX-License-Identifier: Apache-2.0
#include "mysql/dump_stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rowmill::mysql {
namespace {

using base::ErrorKind;
using model::MariadbGtidState;
using model::MysqlGtidSet;
using testing::HasSubstr;

constexpr const char* kOurs = "00112233-4455-6677-8899-aabbccddeeff:1-5";
constexpr const char* kOurServerTagged = "00112233-4455-6677-8899-aabbccddeeff:foo:1";
constexpr const char* kOther = "ffffffff-4455-6677-8899-aabbccddeeff:1-5";

base::Result<void> domains(const char* replica, const char* source) {
  return check_domains(MariadbGtidState::parse(replica).value(), source);
}

base::Result<void> servers(const char* replica, const char* source) {
  return check_servers(MysqlGtidSet::parse(replica).value(), MysqlGtidSet::parse(source).value());
}

TEST(CheckDomains, OneSharedDomainIsEnough) {
  EXPECT_TRUE(domains("0-1-10,7-1-3", "0-1-20,0-2-15").ok());
}

TEST(CheckDomains, NoSharedDomainIsRefused) {
  const auto checked = domains("7-1-3", "0-1-20,1-1-4");
  ASSERT_FALSE(checked.ok());
  EXPECT_EQ(checked.error().kind(), ErrorKind::kConfig);
  EXPECT_THAT(checked.error().message(), HasSubstr("7-1-3"));
  EXPECT_THAT(checked.error().remedy(), HasSubstr("start.position"));
}

TEST(CheckDomains, SourceWithoutHistoryIsRefused) { EXPECT_FALSE(domains("0-1-3", "").ok()); }

TEST(CheckDomains, EmptyPositionMayStartAnywhere) {
  EXPECT_TRUE(domains("", "").ok());
  EXPECT_TRUE(domains("", "0-1-20").ok());
}

TEST(CheckServers, OneSharedServerIsEnoughWhateverTheTag) {
  EXPECT_TRUE(servers(kOurs, kOurServerTagged).ok());
  EXPECT_TRUE(servers((std::string(kOurs) + "," + kOther).c_str(), kOther).ok());
}

TEST(CheckServers, NoSharedServerIsRefused) {
  const auto checked = servers(kOurs, kOther);
  ASSERT_FALSE(checked.ok());
  EXPECT_EQ(checked.error().kind(), ErrorKind::kConfig);
  EXPECT_FALSE(servers(kOurs, "").ok());
}

TEST(CheckServers, EmptySetMayStartAnywhere) { EXPECT_TRUE(servers("", kOther).ok()); }

}  // namespace
}  // namespace rowmill::mysql
