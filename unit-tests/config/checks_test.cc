// SPDX-License-Identifier: Apache-2.0
#include "config/checks.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace rowmill::config {
namespace {

struct CheckCase {
  std::string name;
  Complaint (*check)(std::string_view);
  std::vector<std::string> legal;
  std::vector<std::string> illegal;
};

std::ostream& operator<<(std::ostream& out, const CheckCase& test) { return out << test.name; }

class Checks : public testing::TestWithParam<CheckCase> {};

TEST_P(Checks, TellsLegalFromIllegal) {
  for (const std::string& text : GetParam().legal) {
    EXPECT_EQ(GetParam().check(text), std::nullopt) << "'" << text << "'";
  }
  for (const std::string& text : GetParam().illegal) {
    EXPECT_NE(GetParam().check(text), std::nullopt) << "'" << text << "'";
  }
}

const std::string kUuid = "3E11FA47-71CA-11E1-9E33-C80AA9429562";

INSTANTIATE_TEST_SUITE_P(
    All, Checks,
    testing::Values(
        CheckCase{"Name", check_name, {"orders", "Bestellungen \u00fc"}, {"", "a\nb", "a\x7f"}},
        CheckCase{"Topic",
                  check_topic,
                  {"shop", "a.b_c-D9", std::string(249, 'x')},
                  {"", ".", "..", "a b", "a/b", "caf\u00e9", std::string(250, 'x')}},
        CheckCase{"BootstrapServers",
                  check_bootstrap_servers,
                  {"localhost:9092", "a:1, b:2", "[::1]:9092", "PLAINTEXT://a:9092"},
                  {"", "localhost", "a:", ":9092", "a:x", "a:1,b"}},
        CheckCase{"ReplicationFactor", check_replication_factor, {"-1", "1", "3"}, {"0"}},
        CheckCase{"ConfigProviders",
                  check_config_providers,
                  {"", "file", "file, env,dir"},
                  {"vault", "file,secrets"}},
        CheckCase{"StartPosition",
                  check_start_position,
                  {"earliest", "latest", kUuid + ":1-5", kUuid + ":1-5:7:9-10", kUuid + ":1",
                   kUuid + ":blue:1-3:red:4", kUuid + ":1-5, " + kUuid + ":7", "0-1-10",
                   "0-1-10,1-2-3", "binlog.000003:4711", "mysql-bin.000001:4"},
                  {"", "now", "binlog.000003", "binlog.000003:", ":4", "a/b:4", "binlog:4x", kUuid,
                   kUuid + ":", kUuid + ":x-y", "3E11FA47:1-", "0-1", "0-1-", "0-1-2,x", "0-1-2-3",
                   "0-1-10," + kUuid + ":1"}}));

TEST(StartPosition, LongGtidSetIsChecked) {
  std::string set = kUuid;
  for (int i = 0; i < 100'000; ++i) set += ":" + std::to_string(2 * i + 1);
  EXPECT_EQ(check_start_position(set), std::nullopt);
  EXPECT_NE(check_start_position(set + ":?"), std::nullopt);
}

}  // namespace
}  // namespace rowmill::config
