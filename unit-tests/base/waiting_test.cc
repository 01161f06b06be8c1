// SPDX-License-Identifier: Apache-2.0
#include "base/waiting.h"

#include <gtest/gtest.h>

namespace rowmill::base {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

TEST(WaitFor, ReturnsAtOnceWhenStopped) {
  std::stop_source source;
  source.request_stop();
  EXPECT_FALSE(wait_for(hours(24), source.get_token()));
}

TEST(WaitFor, SaysThatTheTimePassed) {
  EXPECT_TRUE(wait_for(milliseconds(0), std::stop_source().get_token()));
}

TEST(Backoff, StepsDoubleUpToTheLongest) {
  for (uint64_t seed = 0; seed < 100; ++seed) {
    Backoff backoff(milliseconds(100), milliseconds(500), seed);
    for (const int64_t step : {100, 200, 400, 500, 500}) {
      const int64_t pause = backoff.next().count();
      EXPECT_GE(pause, step / 2);
      EXPECT_LE(pause, step);
    }
  }
}

TEST(Backoff, ResetStartsAgain) {
  Backoff backoff(milliseconds(100), milliseconds(10000), 1);
  for (int i = 0; i < 5; ++i) backoff.next();
  backoff.reset();
  EXPECT_LE(backoff.next(), milliseconds(100));
}

TEST(Backoff, WorkersDoNotPauseAlike) {
  Backoff one(milliseconds(1 << 20), milliseconds(1 << 20), 1);
  Backoff other(milliseconds(1 << 20), milliseconds(1 << 20), 2);
  EXPECT_NE(one.next(), other.next());
}

}  // namespace
}  // namespace rowmill::base
