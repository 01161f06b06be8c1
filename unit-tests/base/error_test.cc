// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"

#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>

#include "base/result.h"

namespace rowmill::base {
namespace {

TEST(Error, TextIsContextMessageAndRemedy) {
  const Error error = Error(ErrorKind::kConfig, "it broke")
                          .with_context("inner")
                          .with_remedy("Mend it.")
                          .with_context("outer");
  EXPECT_EQ(error.text(), "outer: inner: it broke. Mend it.");
  EXPECT_EQ(error.kind(), ErrorKind::kConfig);
}

TEST(Error, TextWithoutRemedyIsTheMessage) {
  EXPECT_EQ(Error(ErrorKind::kRetry, "it broke").text(), "it broke");
}

TEST(Error, AsChangesTheKindOnly) {
  const Error error = Error(ErrorKind::kRetry, "it broke").as(ErrorKind::kUnclear);
  EXPECT_EQ(error.kind(), ErrorKind::kUnclear);
  EXPECT_EQ(error.text(), "it broke");
}

TEST(Error, EveryKindHasAWordOfItsOwn) {
  std::set<std::string_view> words;
  for (int kind = 0; kind <= static_cast<int>(ErrorKind::kStopped); ++kind) {
    words.insert(to_string(static_cast<ErrorKind>(kind)));
  }
  EXPECT_EQ(words.size(), static_cast<size_t>(ErrorKind::kStopped) + 1);
  EXPECT_FALSE(words.contains("unknown"));
}

Result<int> half(int number) {
  if (number % 2 != 0) return Error(ErrorKind::kConfig, std::to_string(number) + " is odd");
  return number / 2;
}

Result<int> quarter(int number) {
  ROWMILL_ASSIGN(const int once, half(number));
  ROWMILL_ASSIGN(const int twice, half(once));
  return twice;
}

Result<void> check_even(int number) {
  ROWMILL_TRY(half(number));
  return {};
}

TEST(Result, AssignTakesTheValueOrReturnsTheError) {
  EXPECT_EQ(quarter(12).value(), 3);
  const auto failed = quarter(6);
  ASSERT_FALSE(failed.ok());
  EXPECT_EQ(failed.error().text(), "3 is odd");
}

TEST(Result, TryReturnsTheErrorOnly) {
  EXPECT_TRUE(check_even(2).ok());
  const auto failed = check_even(3);
  ASSERT_FALSE(failed.ok());
  EXPECT_EQ(failed.error().kind(), ErrorKind::kConfig);
}

TEST(Result, HoldsWhatCanOnlyBeMoved) {
  Result<std::unique_ptr<int>> result(std::make_unique<int>(7));
  const std::unique_ptr<int> taken = std::move(result).value();
  EXPECT_EQ(*taken, 7);
}

}  // namespace
}  // namespace rowmill::base
