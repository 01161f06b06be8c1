// SPDX-License-Identifier: Apache-2.0
#include "convert/json_writer.h"

#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <random>
#include <string>

namespace rowmill::convert {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  append_string(out, text);
  return out;
}

std::string base64(std::string_view data) {
  std::string out;
  append_base64(out, std::as_bytes(std::span(data)));
  return out;
}

template <typename T>
std::string number(T value) {
  std::string out;
  append_number(out, value);
  return out;
}

TEST(AppendString, EscapesOnlyWhatJsonDemands) {
  struct Case {
    std::string_view text;
    std::string_view json;
  };
  using namespace std::string_view_literals;
  const Case cases[] = {
      {"", R"("")"},
      {"plain", R"("plain")"},
      {"a/b", R"("a/b")"},
      {"say \"hi\"", R"("say \"hi\"")"},
      {"back\\slash", R"("back\\slash")"},
      {"\b\f\n\r\t", R"("\b\f\n\r\t")"},
      {"\0\x01\x1f\x7f"sv, "\"\\u0000\\u0001\\u001F\x7f\""},
      {"naïve 日本 🐬", "\"naïve 日本 🐬\""},
      {"<&>'", R"("<&>'")"},
      {"\"\"\"\"\"\"\"\"\"", R"("\"\"\"\"\"\"\"\"\"")"},
  };
  for (const Case& c : cases) EXPECT_EQ(escaped(c.text), c.json);
}

TEST(AppendString, FindsEverySpecialCharacterAtEveryPlace) {
  for (int code = 0; code < 256; ++code) {
    for (size_t at = 0; at < 20; ++at) {
      std::string text(20, static_cast<char>(0xc3));
      text[at] = static_cast<char>(code);
      const bool special = code < 0x20 || code == '"' || code == '\\';
      const std::string json = escaped(text);
      EXPECT_EQ(json.size() > text.size() + 2, special) << "code " << code << " at " << at;
      EXPECT_EQ(json.substr(0, at + 1), '"' + text.substr(0, at));
      EXPECT_EQ(json.substr(json.size() - (20 - at)), text.substr(at + 1) + '"');
    }
  }
}

TEST(AppendString, IsReadBackByAParser) {
  std::mt19937 random(1);
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    const size_t size = random() % 40;
    for (size_t i = 0; i < size; ++i) text += static_cast<char>(random() % 128);
    rapidjson::Document document;
    document.Parse(escaped(text).c_str());
    ASSERT_FALSE(document.HasParseError());
    EXPECT_EQ(std::string_view(document.GetString(), document.GetStringLength()), text);
  }
}

// RFC 4648 §10.
TEST(AppendBase64, WritesTheVectorsOfTheRfc) {
  EXPECT_EQ(base64(""), R"("")");
  EXPECT_EQ(base64("f"), R"("Zg==")");
  EXPECT_EQ(base64("fo"), R"("Zm8=")");
  EXPECT_EQ(base64("foo"), R"("Zm9v")");
  EXPECT_EQ(base64("foob"), R"("Zm9vYg==")");
  EXPECT_EQ(base64("fooba"), R"("Zm9vYmE=")");
  EXPECT_EQ(base64("foobar"), R"("Zm9vYmFy")");
}

TEST(AppendBase64, UsesTheStandardAlphabet) {
  EXPECT_EQ(base64("\xfb\xef\xbe"), R"("++++")");
  EXPECT_EQ(base64("\xff\xff\xff"), R"("////")");
}

TEST(AppendBase64, KeepsWhatStandsBefore) {
  std::string out = "x";
  append_base64(out, std::as_bytes(std::span(std::string_view("foo"))));
  EXPECT_EQ(out, R"(x"Zm9v")");
}

TEST(AppendNumber, WritesIntegersExactly) {
  EXPECT_EQ(number(std::numeric_limits<int64_t>::min()), "-9223372036854775808");
  EXPECT_EQ(number(std::numeric_limits<uint64_t>::max()), "18446744073709551615");
  EXPECT_EQ(number(int64_t{0}), "0");
}

TEST(AppendNumber, WritesTheShortestFloat) {
  EXPECT_EQ(number(0.1F), "0.1");
  EXPECT_EQ(number(16777216.0F), "16777216");
  EXPECT_EQ(number(3.4028235e38F), "3.4028235e+38");
  EXPECT_EQ(number(1e-45F), "1e-45");
  EXPECT_EQ(number(-0.0F), "-0");
}

TEST(AppendNumber, WritesTheShortestDouble) {
  EXPECT_EQ(number(0.1), "0.1");
  EXPECT_EQ(number(1.0 / 3), "0.3333333333333333");
  EXPECT_EQ(number(-2.2250738585072014e-308), "-2.2250738585072014e-308");
  EXPECT_EQ(number(1.7976931348623157e308), "1.7976931348623157e+308");
}

TEST(AppendNumber, FloatsReadBackAsTheSameBits) {
  std::mt19937 random(2);
  for (int round = 0; round < 20000; ++round) {
    const auto bits = static_cast<uint32_t>(random());
    float value;
    std::memcpy(&value, &bits, sizeof value);
    if (!std::isfinite(value)) continue;
    EXPECT_EQ(std::strtof(number(value).c_str(), nullptr), value);
  }
}

}  // namespace
}  // namespace rowmill::convert
