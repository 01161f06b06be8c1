// SPDX-License-Identifier: Apache-2.0
#include "mysql/source_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

namespace rowmill::mysql {
namespace {

using base::ErrorKind;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

ServerFacts good_facts() {
  ServerFacts facts;
  facts.flavor = Flavor::kMysql;
  facts.version = {9, 7, 4};
  facts.variables.server_id = 1;
  facts.variables.log_bin = true;
  facts.variables.binlog_format = "ROW";
  facts.variables.binlog_row_image = "full";
  facts.variables.gtids = true;
  facts.variables.binlog_expires = std::chrono::hours(24);
  return facts;
}

TEST(CheckVariables, FindsNothingAtAWellSetSource) {
  EXPECT_THAT(check_variables(good_facts(), 77), IsEmpty());
}

struct VariableCase {
  const char* name;
  std::function<void(ServerFacts&)> spoil;
  const char* message;
  const char* remedy;
  ErrorKind kind = ErrorKind::kConfig;
  bool warning = false;
};

void PrintTo(const VariableCase& value, std::ostream* out) { *out << value.name; }

class CheckVariablesCase : public testing::TestWithParam<VariableCase> {};

TEST_P(CheckVariablesCase, OneWrongVariableGivesOneProblemWithItsRemedy) {
  ServerFacts facts = good_facts();
  GetParam().spoil(facts);
  const auto problems = check_variables(facts, 77);
  ASSERT_THAT(problems, SizeIs(1));
  EXPECT_THAT(problems[0].error.message(), HasSubstr(GetParam().message));
  EXPECT_THAT(problems[0].error.remedy(), HasSubstr(GetParam().remedy));
  EXPECT_EQ(problems[0].error.kind(), GetParam().kind);
  EXPECT_EQ(problems[0].warning, GetParam().warning);
}

INSTANTIATE_TEST_SUITE_P(
    Each, CheckVariablesCase,
    testing::Values(
        VariableCase{"LogBin", [](ServerFacts& f) { f.variables.log_bin = false; }, "no binlog",
                     "log_bin"},
        VariableCase{"Format", [](ServerFacts& f) { f.variables.binlog_format = "MIXED"; }, "MIXED",
                     "SET PERSIST binlog_format = 'ROW'"},
        VariableCase{"Image", [](ServerFacts& f) { f.variables.binlog_row_image = "MINIMAL"; },
                     "MINIMAL", "SET PERSIST binlog_row_image = 'FULL'", ErrorKind::kConfig, true},
        VariableCase{"MinimalImageOfPartialJson",
                     [](ServerFacts& f) {
                       f.variables.binlog_row_image = "MINIMAL";
                       f.variables.binlog_row_value_options = "PARTIAL_JSON";
                     },
                     "JSON documents", "SET PERSIST binlog_row_image = 'FULL'", ErrorKind::kConfig,
                     true},
        VariableCase{"OurId", [](ServerFacts& f) { f.variables.server_id = 77; }, "77",
                     "database.server.id"},
        VariableCase{
            "ShortExpiry",
            [](ServerFacts& f) { f.variables.binlog_expires = std::chrono::seconds(86399); },
            "86399", "binlog_expire_logs_seconds", ErrorKind::kConfig, true}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST(CheckVariables, FindsAllProblemsAtOnce) {
  EXPECT_THAT(check_variables(ServerFacts(), 77), SizeIs(3));
}

TEST(CheckVariables, ServersWithoutPersistAreToldToUseTheirFile) {
  ServerFacts facts = good_facts();
  facts.flavor = Flavor::kMariadb;
  facts.version = {10, 11, 19};
  facts.variables.binlog_format = "MIXED";
  const auto problems = check_variables(facts, 77);
  ASSERT_THAT(problems, SizeIs(1));
  EXPECT_THAT(problems[0].error.remedy(), HasSubstr("SET GLOBAL binlog_format = 'ROW'"));
  EXPECT_THAT(problems[0].error.remedy(), HasSubstr("configuration file"));
}

TEST(CheckVariables, ImageThatLeavesOutOnlyRepetitionsIsFine) {
  ServerFacts facts = good_facts();
  facts.variables.binlog_row_image = "FULL_NODUP";
  EXPECT_THAT(check_variables(facts, 77), IsEmpty());
}

TEST(CheckVariables, PartialJsonOfFullImagesIsFine) {
  ServerFacts facts = good_facts();
  facts.variables.binlog_row_value_options = "PARTIAL_JSON";
  EXPECT_THAT(check_variables(facts, 77), IsEmpty());
}

TEST(CheckVariables, BinlogKeptForEverIsFine) {
  ServerFacts facts = good_facts();
  facts.variables.binlog_expires.reset();
  EXPECT_THAT(check_variables(facts, 77), IsEmpty());
}

std::vector<SourceProblem> check_grant(const char* line, Flavor flavor) {
  Privileges privileges;
  privileges.add_grant(line);
  return check_privileges(privileges, flavor, "row@mill@10.%");
}

TEST(CheckPrivileges, BothAreEnoughByEitherName) {
  EXPECT_THAT(
      check_grant("GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO `r`@`%`", Flavor::kMysql),
      IsEmpty());
  EXPECT_THAT(
      check_grant("GRANT REPLICATION SLAVE, BINLOG MONITOR ON *.* TO `r`@`%`", Flavor::kMariadb),
      IsEmpty());
  EXPECT_THAT(check_grant("GRANT ALL PRIVILEGES ON *.* TO `r`@`%`", Flavor::kMysql), IsEmpty());
}

TEST(CheckPrivileges, MissingOnesAreNamedInOneGrantForTheAccount) {
  const auto problems = check_grant("GRANT USAGE ON *.* TO `r`@`%`", Flavor::kMysql);
  ASSERT_THAT(problems, SizeIs(1));
  EXPECT_EQ(problems[0].error.kind(), ErrorKind::kConfig);
  EXPECT_THAT(problems[0].error.remedy(),
              HasSubstr("GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO 'row@mill'@'10.%'"));
}

TEST(CheckPrivileges, OnlyWhatIsMissingIsNamed) {
  const auto problems = check_grant("GRANT REPLICATION SLAVE ON *.* TO `r`@`%`", Flavor::kMysql);
  ASSERT_THAT(problems, SizeIs(1));
  EXPECT_THAT(problems[0].error.remedy(), HasSubstr("GRANT REPLICATION CLIENT ON"));
}

ResultSet replicas(const char* id, const char* host) {
  return {{"Server_Id", "Host", "Port", "Source_Id", "Replica_UUID"}, {{id, host, "0", "1", "u"}}};
}

TEST(CheckReplicas, AnotherHostWithOurIdIsAProblemThatMayPass) {
  const auto problems = check_replicas(replicas("77", "other"), 77, "me");
  ASSERT_THAT(problems, SizeIs(1));
  EXPECT_EQ(problems[0].error.kind(), ErrorKind::kRetry);
  EXPECT_THAT(problems[0].error.message(), HasSubstr("'other'"));
  EXPECT_THAT(problems[0].error.remedy(), HasSubstr("database.server.id"));
}

TEST(CheckReplicas, WhatIsLeftOfOurselvesAndOthersAreFine) {
  EXPECT_THAT(check_replicas(replicas("77", "me"), 77, "me"), IsEmpty());
  EXPECT_THAT(check_replicas(replicas("78", "other"), 77, "me"), IsEmpty());
  EXPECT_THAT(check_replicas(ResultSet(), 77, "me"), IsEmpty());
}

TEST(CheckReplicas, OurHostIsComparedAsTheServerKeptIt) {
  const std::string host(100, 'h');
  EXPECT_THAT(check_replicas(replicas("77", host.substr(0, 60).c_str()), 77, host), IsEmpty());
}

}  // namespace
}  // namespace rowmill::mysql
