// SPDX-License-Identifier: Apache-2.0
#include "binlog/internal/json_path.h"

#include <gtest/gtest.h>

#include <string>

namespace rowmill::binlog {
namespace {

/// The legs one after the other, "<key>" and "[3]" or "[last-3]"; "!" after a failure.
std::string legs(std::string_view path) {
  base::Arena arena;
  JsonPathReader reader(path, arena);
  std::string text;
  while (const auto leg = reader.next()) {
    if (leg->key) {
      text += "<" + std::string(*leg->key) + ">";
    } else {
      text += "[" + std::string(leg->from_end ? "last-" : "") + std::to_string(leg->index) + "]";
    }
  }
  EXPECT_NE(reader.failed(), reader.at_end());
  return reader.failed() ? text + "!" : text;
}

TEST(JsonPath, LegsAreReadAsTheServerPrintsThem) {
  EXPECT_EQ(legs("$"), "");
  EXPECT_EQ(legs("$.a"), "<a>");
  EXPECT_EQ(legs("$.a[1].b"), "<a>[1]<b>");
  EXPECT_EQ(legs("$[0][4294967295]"), "[0][4294967295]");
  EXPECT_EQ(legs("$[last]"), "[last-0]");
  EXPECT_EQ(legs("$.a[last-12]"), "<a>[last-12]");
  EXPECT_EQ(legs("$.last"), "<last>");
  EXPECT_EQ(legs("$.$"), "<$>");
  EXPECT_EQ(legs("$.é.日本[0]"), "<é><日本>[0]");
}

TEST(JsonPath, QuotedKeysAreTakenOutOfTheirQuotes) {
  EXPECT_EQ(legs(R"($."odd key"[0].b)"), "<odd key>[0]<b>");
  EXPECT_EQ(legs(R"($."")"), "<>");
  EXPECT_EQ(legs(R"($."x.y[0]*")"), "<x.y[0]*>");
  EXPECT_EQ(legs(R"($."x\"y")"), R"(<x"y>)");
  EXPECT_EQ(legs(R"($."\\".a)"), R"(<\><a>)");
  EXPECT_EQ(legs(R"($."\b\f\n\r\t\/")"), "<\b\f\n\r\t/>");
  EXPECT_EQ(legs(R"($."\u0001\u00e9\u20AC")"), "<\x01é€>");
}

TEST(JsonPath, OtherTextIsRefused) {
  for (const std::string_view path : {"",
                                      "a",
                                      ".a",
                                      "$a",
                                      "$ .a",
                                      "$.",
                                      "$..a",
                                      "$.a.",
                                      "$.a b",
                                      "$.a\\b",
                                      "$.a\"b",
                                      "$.*",
                                      "$.a]",
                                      "$**.a",
                                      "$[",
                                      "$[]",
                                      "$[1",
                                      "$[-1]",
                                      "$[+1]",
                                      "$[ 1]",
                                      "$[1 ]",
                                      "$[*]",
                                      "$[1 to 2]",
                                      "$[4294967296]",
                                      "$[last-]",
                                      "$[last-4294967296]",
                                      "$[last+1]",
                                      "$[lost]",
                                      R"($.")",
                                      R"($."a)",
                                      R"($."a\")",
                                      R"($."a"b)",
                                      R"($."\)",
                                      R"($."\q")",
                                      R"($."\u12")",
                                      R"($."\u123g")",
                                      R"($."\ud83d\ude00")"}) {
    EXPECT_EQ(legs(path).back(), '!') << path;
  }
}

TEST(JsonPath, CellsCountFromBothEnds) {
  EXPECT_EQ((JsonPathLeg{.index = 2}.cell_of(3)), 2U);
  EXPECT_EQ((JsonPathLeg{.index = 3}.cell_of(3)), std::nullopt);
  EXPECT_EQ((JsonPathLeg{.index = 0, .from_end = true}.cell_of(3)), 2U);
  EXPECT_EQ((JsonPathLeg{.index = 2, .from_end = true}.cell_of(3)), 0U);
  EXPECT_EQ((JsonPathLeg{.index = 3, .from_end = true}.cell_of(3)), std::nullopt);
  EXPECT_EQ((JsonPathLeg{.index = 0, .from_end = true}.cell_of(0)), std::nullopt);
}

}  // namespace
}  // namespace rowmill::binlog
