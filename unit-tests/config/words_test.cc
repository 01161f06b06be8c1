// SPDX-License-Identifier: Apache-2.0
#include "config/words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rowmill::config {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Trim, RemovesBlanksAtBothEndsOnly) {
  EXPECT_EQ(trim(""), "");
  EXPECT_EQ(trim(" \t\r\n"), "");
  EXPECT_EQ(trim(" a b \n"), "a b");
}

TEST(SplitList, DropsBlanksAndEmptyParts) {
  EXPECT_THAT(split_list(""), IsEmpty());
  EXPECT_THAT(split_list(" a ,, b,"), ElementsAre("a", "b"));
}

TEST(EqualIgnoringCase, ComparesAsciiLettersOnly) {
  EXPECT_TRUE(equal_ignoring_case("TRUE", "true"));
  EXPECT_FALSE(equal_ignoring_case("true", "tru"));
  EXPECT_FALSE(equal_ignoring_case("[", "{"));
}

TEST(EditDistance, CountsInsertRemoveReplace) {
  EXPECT_EQ(edit_distance("", ""), 0U);
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("abc", ""), 3U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
  EXPECT_EQ(edit_distance("flaw", "lawn"), 2U);
  EXPECT_EQ(edit_distance("same", "same"), 0U);
}

TEST(Nearest, ReturnsTheClosestOrNothing) {
  EXPECT_EQ(nearest("databse.port", {"database.user", "database.port"}), "database.port");
  EXPECT_EQ(nearest("nam", {"tasks.max", "name"}), "name");
  EXPECT_EQ(nearest("completely.else", {"name", "database.port"}), std::nullopt);
  EXPECT_EQ(nearest("x", {}), std::nullopt);
}

}  // namespace
}  // namespace rowmill::config
