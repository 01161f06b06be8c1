// SPDX-License-Identifier: Apache-2.0
#include "config/pattern.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

namespace rowmill::config {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(SplitPatterns, CommaSeparatesAndEscapedCommaDoesNot) {
  EXPECT_THAT(split_patterns(""), IsEmpty());
  EXPECT_THAT(split_patterns(" , ,"), IsEmpty());
  EXPECT_THAT(split_patterns("a, b ,c"), ElementsAre("a", "b", "c"));
  EXPECT_THAT(split_patterns("x{1\\,3},b"), ElementsAre("x{1,3}", "b"));
  EXPECT_THAT(split_patterns("shop\\.orders,\\d+"), ElementsAre("shop\\.orders", "\\d+"));
  EXPECT_THAT(split_patterns("a\\\\,b"), ElementsAre("a\\\\", "b"));
  EXPECT_THAT(split_patterns("a\\"), ElementsAre("a\\"));
}

TEST(CompilePattern, CoversTheWholeNameAndIgnoresCase) {
  const auto pattern = compile_pattern("shop\\.orders_[0-9]+");
  ASSERT_TRUE(pattern.ok());
  EXPECT_TRUE(std::regex_match("SHOP.Orders_12", *pattern));
  EXPECT_FALSE(std::regex_match("shop.orders_12x", *pattern));
  EXPECT_FALSE(std::regex_match("shopXorders_12", *pattern));
}

TEST(CompilePattern, MalformedIsAConfigError) {
  for (const char* pattern : {"(", "[a", "x{2", "*", "a{3,1}"}) {
    const auto compiled = compile_pattern(pattern);
    ASSERT_FALSE(compiled.ok()) << pattern;
    EXPECT_EQ(compiled.error().kind(), base::ErrorKind::kConfig);
  }
}

}  // namespace
}  // namespace rowmill::config
