// SPDX-License-Identifier: Apache-2.0
#include "base/arena.h"

#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

namespace rowmill::base {
namespace {

TEST(Arena, CopiesStayApartAcrossBlocks) {
  Arena arena;
  std::vector<std::string> expected;
  std::vector<std::string_view> copies;
  for (size_t i = 0; i < 300; ++i) {
    expected.emplace_back(i * 7, static_cast<char>('a' + i % 26));
    copies.push_back(arena.copy(expected.back()));
  }
  for (size_t i = 0; i < copies.size(); ++i) EXPECT_EQ(copies[i], expected[i]);
}

TEST(Arena, EmptyCopyNeedsNoBlock) {
  Arena arena;
  EXPECT_EQ(arena.copy(""), "");
}

TEST(Arena, ShrinkGivesTheTailToTheNextAllocation) {
  Arena arena;
  char* first = arena.allocate(100);
  arena.shrink_last(first, 10);
  EXPECT_EQ(arena.allocate(5), first + 10);
}

TEST(Arena, ResetReusesTheFirstBlock) {
  Arena arena;
  char* first = arena.allocate(1);
  for (int i = 0; i < 5; ++i) arena.allocate(Arena::kBlockBytes);
  arena.reset();
  EXPECT_EQ(arena.allocate(Arena::kBlockBytes), first);
}

TEST(Arena, ResetDropsAnOversizedFirstBlock) {
  Arena arena;
  const size_t huge = 10 * Arena::kBlockBytes;
  std::memset(arena.allocate(huge), 'x', huge);
  arena.reset();
  EXPECT_EQ(arena.copy("after"), "after");
}

TEST(Arena, ResetOfAFreshArenaIsHarmless) {
  Arena arena;
  arena.reset();
  EXPECT_EQ(arena.copy("x"), "x");
}

}  // namespace
}  // namespace rowmill::base
