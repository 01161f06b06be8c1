// SPDX-License-Identifier: Apache-2.0
#include "mysql/connection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rowmill::mysql {
namespace {

using base::ErrorKind;
using testing::HasSubstr;

TEST(Connection, VerifyingWithoutAuthorityIsRefusedBeforeConnecting) {
  for (const SslMode mode : {SslMode::kVerifyCa, SslMode::kVerifyIdentity}) {
    ConnectionSettings settings;
    settings.host = "db.invalid";
    settings.ssl_mode = mode;
    const auto connection = Connection::open(settings, {});
    ASSERT_FALSE(connection.ok());
    EXPECT_EQ(connection.error().kind(), ErrorKind::kConfig);
    EXPECT_THAT(connection.error().remedy(), HasSubstr("database.ssl.ca"));
  }
}

TEST(Connection, StopRequestedBeforeOpenPreventsConnecting) {
  std::stop_source stop;
  stop.request_stop();
  ConnectionSettings settings;
  settings.host = "db.invalid";
  settings.password = "secret";
  const auto connection = Connection::open(settings, stop.get_token());
  ASSERT_FALSE(connection.ok());
  EXPECT_EQ(connection.error().kind(), ErrorKind::kStopped);
  EXPECT_THAT(connection.error().text(), HasSubstr("db.invalid:3306"));
}

}  // namespace
}  // namespace rowmill::mysql
