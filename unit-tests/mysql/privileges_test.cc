// SPDX-License-Identifier: Apache-2.0
#include "mysql/privileges.h"

#include <gtest/gtest.h>

#include <initializer_list>

namespace rowmill::mysql {
namespace {

Privileges privileges(std::initializer_list<std::string_view> lines) {
  Privileges all;
  for (const auto line : lines) all.add_grant(line);
  return all;
}

TEST(Privileges, AreReadFromAGlobalGrant) {
  const auto held =
      privileges({"GRANT SELECT, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO `rowmill`@`%`"});
  EXPECT_TRUE(held.has("SELECT"));
  EXPECT_TRUE(held.has("REPLICATION SLAVE"));
  EXPECT_TRUE(held.has("REPLICATION CLIENT"));
  EXPECT_FALSE(held.has("REPLICATION"));
  EXPECT_FALSE(held.has("SUPER"));
}

TEST(Privileges, MariadbLineWithPasswordAndOptionIsRead) {
  const auto held =
      privileges({"GRANT REPLICATION SLAVE, BINLOG MONITOR ON *.* TO `r`@`%` IDENTIFIED BY "
                  "PASSWORD '*B68BB0AC' WITH GRANT OPTION"});
  EXPECT_TRUE(held.has("BINLOG MONITOR"));
  EXPECT_TRUE(held.has("REPLICATION SLAVE"));
}

TEST(Privileges, GrantsOnOneDatabaseDoNotCount) {
  EXPECT_FALSE(privileges({"GRANT ALL PRIVILEGES ON `d`.* TO `r`@`%`"}).has("REPLICATION SLAVE"));
}

TEST(Privileges, AllPrivilegesIncludeEach) {
  EXPECT_TRUE(
      privileges({"GRANT ALL PRIVILEGES ON *.* TO `root`@`localhost`"}).has("REPLICATION SLAVE"));
}

TEST(Privileges, LinesAddUp) {
  const auto held = privileges({"GRANT USAGE ON *.* TO `r`@`%`", "GRANT `role`@`%` TO `r`@`%`",
                                "GRANT REPLICATION SLAVE ON *.* TO `role`"});
  EXPECT_TRUE(held.has("REPLICATION SLAVE"));
  EXPECT_FALSE(held.has("REPLICATION CLIENT"));
}

TEST(Privileges, OtherLinesSayNothing) {
  const auto held = privileges(
      {"", "GRANT ", "REVOKE SELECT ON *.* TO `r`@`%`", "GRANT PROXY ON ''@'' TO `r`@`%`"});
  EXPECT_FALSE(held.has("SELECT"));
  EXPECT_FALSE(held.has(""));
}

}  // namespace
}  // namespace rowmill::mysql
