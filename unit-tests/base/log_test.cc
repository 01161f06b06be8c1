// SPDX-License-Identifier: Apache-2.0
#include "base/log.h"

#include <gtest/gtest.h>

namespace rowmill::base {
namespace {

TEST(ParseLogLevel, KnowsItsWordsAndNoOthers) {
  EXPECT_EQ(parse_log_level("error"), LogLevel::kError);
  EXPECT_EQ(parse_log_level("warn"), LogLevel::kWarn);
  EXPECT_EQ(parse_log_level("info"), LogLevel::kInfo);
  EXPECT_EQ(parse_log_level("debug"), LogLevel::kDebug);
  EXPECT_EQ(parse_log_level("trace"), LogLevel::kTrace);
  EXPECT_EQ(parse_log_level("loud"), std::nullopt);
  EXPECT_EQ(parse_log_level(""), std::nullopt);
}

TEST(FormatLogLine, WritesLevelEventAndFieldsInOrder) {
  EXPECT_EQ(format_log_line(LogLevel::kWarn, "lagging", {{"task", "orders-0"}, {"seconds", 17}}),
            "level=warn msg=lagging task=orders-0 seconds=17");
}

TEST(FormatLogLine, QuotesValuesThatWouldBreakTheLine) {
  const struct {
    std::string_view value;
    std::string_view written;
  } cases[] = {
      {"plain", "plain"},    {"", R"("")"},         {"two words", R"("two words")"},
      {"a=b", R"("a=b")"},   {"a\"b", R"("a\"b")"}, {"a\\b", R"("a\\b")"},
      {"a\nb", R"("a\nb")"}, {"a\rb", R"("a\rb")"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(format_log_line(LogLevel::kInfo, "x", {{"field", c.value}}),
              "level=info msg=x field=" + std::string(c.written));
  }
}

}  // namespace
}  // namespace rowmill::base
