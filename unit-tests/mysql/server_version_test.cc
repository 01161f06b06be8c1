// SPDX-License-Identifier: Apache-2.0
#include "mysql/server_version.h"

#include <gtest/gtest.h>

namespace rowmill::mysql {
namespace {

struct VersionCase {
  const char* text;
  Flavor flavor;
  ServerVersion version;
};

class ServerVersionText : public testing::TestWithParam<VersionCase> {};

TEST_P(ServerVersionText, GivesFlavorAndNumbers) {
  EXPECT_EQ(parse_flavor(GetParam().text), GetParam().flavor);
  EXPECT_EQ(parse_server_version(GetParam().text), GetParam().version);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, ServerVersionText,
    testing::Values(VersionCase{"9.7.4-2", Flavor::kMysql, {9, 7, 4}},
                    VersionCase{"5.7.44-log", Flavor::kMysql, {5, 7, 44}},
                    VersionCase{"8.0.36-28.1", Flavor::kMysql, {8, 0, 36}},
                    VersionCase{"26.10.0", Flavor::kMysql, {26, 10, 0}},
                    VersionCase{"10.11.19-MariaDB-0+deb12u1-log", Flavor::kMariadb, {10, 11, 19}},
                    VersionCase{"5.5.5-10.5.1-MariaDB", Flavor::kMariadb, {10, 5, 1}},
                    // Not the prefix, but a version of its own.
                    VersionCase{"5.5.5-log", Flavor::kMysql, {5, 5, 5}},
                    VersionCase{"8.4", Flavor::kMysql, {8, 4, 0}},
                    VersionCase{"", Flavor::kMysql, {0, 0, 0}},
                    VersionCase{"x9.7", Flavor::kMysql, {0, 0, 0}}));

TEST(ServerVersion, ComparesNumbersNotText) {
  EXPECT_LT((ServerVersion{9, 7, 4}), (ServerVersion{26, 7, 0}));
  EXPECT_LT((ServerVersion{8, 0, 9}), (ServerVersion{8, 0, 26}));
}

}  // namespace
}  // namespace rowmill::mysql
