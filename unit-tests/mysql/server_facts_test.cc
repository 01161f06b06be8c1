// SPDX-License-Identifier: Apache-2.0
#include "mysql/server_facts.h"

#include <gtest/gtest.h>

#include <utility>

namespace rowmill::mysql {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

using Pairs = std::vector<std::pair<std::string, std::string>>;

ResultSet answer(const Pairs& pairs) {
  std::vector<ResultSet::Row> rows;
  for (const auto& [name, value] : pairs) rows.push_back({name, value});
  return {{"Variable_name", "Value"}, std::move(rows)};
}

ServerVariables parse(Flavor flavor, const Pairs& pairs) {
  return parse_variables(flavor, answer(pairs)).value();
}

TEST(ParseCollations, ReadsNamesDefaultsAndLongestCharacters) {
  const ResultSet answer({"id", "name", "charset", "is_default", "longest"},
                         {{"45", "utf8mb4_general_ci", "utf8mb4", "", "4"},
                          {std::nullopt, "uca1400_ai_ci", std::nullopt, "", "4"},
                          {"8", "latin1_swedish_ci", "latin1", "Yes", "1"}});
  const auto collations = parse_collations(answer);
  ASSERT_TRUE(collations.ok());
  const model::CollationTable expected = {
      {45, {.name = "utf8mb4_general_ci", .charset = "utf8mb4", .longest = 4}},
      {8, {.name = "latin1_swedish_ci", .charset = "latin1", .is_default = true}}};
  EXPECT_EQ(*collations, expected);
}

TEST(ParseVariables, ReadsWhatMysql97Says) {
  const auto variables =
      parse(Flavor::kMysql, {{"binlog_checksum", "CRC32"},
                             {"binlog_expire_logs_auto_purge", "ON"},
                             {"binlog_expire_logs_seconds", "2592000"},
                             {"binlog_format", "ROW"},
                             {"binlog_row_image", "FULL"},
                             {"binlog_row_value_options", "PARTIAL_JSON"},
                             {"gtid_mode", "ON"},
                             {"log_bin", "ON"},
                             {"lower_case_table_names", "1"},
                             {"server_id", "4294967295"},
                             {"server_uuid", "c0b0a6a2-e574-11f1-bab0-02fc00000001"}});
  EXPECT_EQ(variables.server_id, 4294967295U);
  EXPECT_EQ(variables.server_uuid, "c0b0a6a2-e574-11f1-bab0-02fc00000001");
  EXPECT_TRUE(variables.log_bin);
  EXPECT_EQ(variables.binlog_format, "ROW");
  EXPECT_EQ(variables.binlog_row_image, "FULL");
  EXPECT_EQ(variables.binlog_row_value_options, "PARTIAL_JSON");
  EXPECT_EQ(variables.binlog_checksum, "CRC32");
  EXPECT_TRUE(variables.gtids);
  EXPECT_EQ(variables.binlog_expires, seconds(2592000));
  EXPECT_EQ(variables.lower_case_table_names, 1U);
}

TEST(ParseVariables, WhatAServerLacksIsEmpty) {
  const auto variables = parse(Flavor::kMysql, {{"server_id", "1"}, {"log_bin", "OFF"}});
  EXPECT_FALSE(variables.log_bin);
  EXPECT_EQ(variables.server_uuid, "");
  EXPECT_FALSE(variables.gtids);
}

TEST(ParseVariables, GtidModeOtherThanOnLeavesTransactionsWithoutGtid) {
  EXPECT_FALSE(parse(Flavor::kMysql, {{"gtid_mode", "ON_PERMISSIVE"}}).gtids);
  EXPECT_TRUE(parse(Flavor::kMariadb, {}).gtids);
}

struct ExpiryCase {
  const char* name;
  Pairs pairs;
  std::optional<seconds> expected;
};

void PrintTo(const ExpiryCase& value, std::ostream* out) { *out << value.name; }

class BinlogExpiry : public testing::TestWithParam<ExpiryCase> {};

TEST_P(BinlogExpiry, IsReadAsEachVersionMeansIt) {
  EXPECT_EQ(parse(Flavor::kMysql, GetParam().pairs).binlog_expires, GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Versions, BinlogExpiry,
    testing::Values(
        ExpiryCase{"Mysql57Days", {{"expire_logs_days", "7"}}, hours(7 * 24)},
        ExpiryCase{"Mysql57Never", {{"expire_logs_days", "0"}}, std::nullopt},
        ExpiryCase{"SecondsWin",
                   {{"binlog_expire_logs_seconds", "3600"}, {"expire_logs_days", "7"}},
                   seconds(3600)},
        ExpiryCase{"DaysWhenSecondsAreZero",
                   {{"binlog_expire_logs_seconds", "0"}, {"expire_logs_days", "2"}},
                   hours(48)},
        ExpiryCase{"MariadbFraction",
                   {{"binlog_expire_logs_seconds", "0"}, {"expire_logs_days", "0.000000"}},
                   std::nullopt},
        ExpiryCase{"AutoPurgeOff",
                   {{"binlog_expire_logs_auto_purge", "OFF"}, {"binlog_expire_logs_seconds", "60"}},
                   std::nullopt},
        ExpiryCase{"Unknown", {}, std::nullopt}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST(ParseVariables, NumberThatIsNoneIsAnError) {
  for (const char* name : {"server_id", "binlog_expire_logs_seconds", "lower_case_table_names"}) {
    const auto parsed = parse_variables(Flavor::kMysql, answer({{name, "1x"}}));
    ASSERT_FALSE(parsed.ok()) << name;
    EXPECT_EQ(parsed.error().kind(), base::ErrorKind::kFatal);
  }
}

}  // namespace
}  // namespace rowmill::mysql
