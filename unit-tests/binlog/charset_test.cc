// SPDX-License-Identifier: Apache-2.0
#include "binlog/charset.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace rowmill::binlog {
namespace {

base::Result<std::string> convert(std::string_view charset, std::string_view bytes) {
  const Charset* found = Charset::find(charset);
  if (found == nullptr) return base::Error(base::ErrorKind::kFatal, "no such charset");
  base::Arena arena;
  ROWMILL_ASSIGN(const std::string_view utf8,
                 found->to_utf8(std::as_bytes(std::span(bytes)), arena));
  return std::string(utf8);
}

bool is_one_character(std::string_view utf8) {
  size_t starts = 0;
  for (const char c : utf8) starts += (static_cast<unsigned char>(c) & 0xc0) != 0x80 ? 1 : 0;
  return starts == 1;
}

/// FNV-1a over every code of `charset` that is one character, and that character in UTF-8.
class Digest {
 public:
  explicit Digest(const Charset& charset) : charset_(charset) {}

  void add(std::string_view code) {
    arena_.reset();
    const auto utf8 = charset_.to_utf8(std::as_bytes(std::span(code)), arena_);
    if (!utf8.ok() || !is_one_character(*utf8)) return;
    ++characters_;
    for (const char c : code) mix(c);
    for (const char c : *utf8) mix(c);
  }

  [[nodiscard]] size_t characters() const { return characters_; }
  [[nodiscard]] uint64_t value() const { return state_; }

 private:
  void mix(char c) { state_ = (state_ ^ static_cast<unsigned char>(c)) * 0x100000001b3; }

  const Charset& charset_;
  base::Arena arena_;
  size_t characters_ = 0;
  uint64_t state_ = 0xcbf29ce484222325;
};

void for_codes(std::vector<std::pair<int, int>> ranges,
               const std::function<void(std::string_view)>& visit) {
  std::string code(ranges.size(), '\0');
  const std::function<void(size_t)> step = [&](size_t at) {
    if (at == ranges.size()) return visit(code);
    for (int byte = ranges[at].first; byte <= ranges[at].second; ++byte) {
      code[at] = static_cast<char>(byte);
      step(at + 1);
    }
  };
  step(0);
}

/// The codes that testdata/charsets/generate.py asks the servers about, in its order.
void for_all_codes(std::string_view charset, const std::function<void(std::string_view)>& visit) {
  for_codes({{0, 255}}, visit);
  for_codes({{0x80, 255}, {0, 255}}, visit);
  if (charset == "ujis" || charset == "eucjpms")
    for_codes({{0x8f, 0x8f}, {0, 255}, {0, 255}}, visit);
  if (charset == "gb18030") {
    for_codes({{0x81, 0xfe}, {0x30, 0x39}, {0x81, 0xfe}, {0x30, 0x39}}, visit);
  }
}

struct ServerDigest {
  std::string server;
  std::string charset;
  size_t characters = 0;
  uint64_t fnv1a = 0;
};

std::vector<ServerDigest> server_digests() {
  std::vector<ServerDigest> all;
  std::ifstream file(ROWMILL_TESTDATA "/charsets/digests.txt");
  std::string line;
  while (std::getline(file, line)) {
    if (line.starts_with('#')) continue;
    std::istringstream words(line);
    ServerDigest digest;
    words >> digest.server >> digest.charset >> digest.characters >> std::hex >> digest.fnv1a;
    all.push_back(digest);
  }
  return all;
}

TEST(Charset, EveryCodeOfEveryCharsetMeansWhatTheServersSay) {
  const std::vector<ServerDigest> digests = server_digests();
  ASSERT_EQ(digests.size(), 67U);
  std::map<std::string, Digest> ours;
  for (const ServerDigest& expected : digests) {
    SCOPED_TRACE(expected.server + " " + expected.charset);
    const Charset* charset = Charset::find(expected.charset);
    ASSERT_NE(charset, nullptr);
    const auto [digest, is_new] = ours.try_emplace(expected.charset, *charset);
    if (is_new) {
      for_all_codes(expected.charset, [&](std::string_view code) { digest->second.add(code); });
    }
    EXPECT_EQ(digest->second.characters(), expected.characters);
    EXPECT_EQ(digest->second.value(), expected.fnv1a);
  }
}

struct Conversion {
  std::string_view name;
  std::string_view charset;
  std::string_view bytes;
  std::string_view utf8;
};

using std::string_view_literals::operator""sv;

class CharsetConversion : public testing::TestWithParam<Conversion> {};

TEST_P(CharsetConversion, GivesTheServersUtf8) {
  const auto utf8 = convert(GetParam().charset, GetParam().bytes);
  ASSERT_TRUE(utf8.ok()) << utf8.error().text();
  EXPECT_EQ(*utf8, GetParam().utf8);
}

INSTANTIATE_TEST_SUITE_P(
    Table, CharsetConversion,
    testing::Values(Conversion{"Latin1IsWindows1252", "latin1", "\x80\xe9\x81 x", "€é\u0081 x"},
                    Conversion{"AsciiOnlyLatin1", "latin1", "plain text, quite long",
                               "plain text, quite long"},
                    Conversion{"EmptyText", "latin1", "", ""},
                    Conversion{"EmptyGbk", "gbk", "", ""},
                    Conversion{"EmptyUtf32", "utf32", "", ""},
                    Conversion{"Swe7BracesAreLetters", "swe7", "A{|}", "Aäöå"},
                    Conversion{"Utf8mb4FourBytes", "utf8mb4", "a\xf0\x9f\x98\x80z", "a😀z"},
                    Conversion{"Utf8OldName", "utf8", "\xe2\x82\xac", "€"},
                    Conversion{"Ucs2BigEndian", "ucs2", "\x00\x41\x20\xac"sv, "A€"},
                    Conversion{"Utf16Pair", "utf16", "\xd8\x3d\xde\x00\x00\x41"sv, "😀A"},
                    Conversion{"Utf16lePair", "utf16le", "\x3d\xd8\x00\xde\x41\x00"sv, "😀A"},
                    Conversion{"Utf32", "utf32", "\x00\x01\xf6\x00\x00\x00\x00\x41"sv, "😀A"},
                    Conversion{"GbkWithAsciiAround", "gbk", "a\xc4\xe3\xba\xc3z", "a你好z"},
                    Conversion{"Gb18030FourBytes", "gb18030", "\x94\x39\xfc\x36\xc4\xe3", "😀你"},
                    Conversion{"Gb18030HasUfffd", "gb18030", "\x84\x31\xa4\x37", "\uFFFD"},
                    Conversion{"Big5CodeOfUfffd", "big5", "a\xa2\xce", "a\uFFFD"},
                    Conversion{"Tis620ByteOfUfffd", "tis620", "\xa1\xff", "ก\uFFFD"},
                    Conversion{"Big5TrailIsBackslash", "big5", "\xa5\x5c", "功"},
                    Conversion{"SjisBackslashTwice", "sjis", "\\\x81\x5f\xb1", "\\\\ｱ"},
                    Conversion{"Cp932FullwidthBackslash", "cp932", "\x81\x5f", "＼"},
                    Conversion{"UjisThreeBytes", "ujis", "\x8f\xb0\xa1\x8e\xb1\xc6\xfc", "丂ｱ日"},
                    Conversion{"EucjpmsWaveDash", "eucjpms", "\xa1\xc1", "～"},
                    Conversion{"EuckrIsCp949", "euckr", "\x81\x41", "갂"},
                    Conversion{"Tis620Thai", "tis620", "\xa1", "ก"}),
    [](const auto& test) { return std::string(test.param.name); });

class CharsetRefusal : public testing::TestWithParam<Conversion> {};

TEST_P(CharsetRefusal, IsCorruptAndNamesThePlace) {
  const auto utf8 = convert(GetParam().charset, GetParam().bytes);
  ASSERT_FALSE(utf8.ok()) << *utf8;
  EXPECT_EQ(utf8.error().kind(), base::ErrorKind::kCorrupt);
  EXPECT_EQ(utf8.error().message(), GetParam().utf8);
}

INSTANTIATE_TEST_SUITE_P(
    Table, CharsetRefusal,
    testing::Values(
        Conversion{"Utf8Overlong", "utf8mb4", "a\xc0\x80",
                   "text is not valid utf8mb4 at byte 1 (c080)"},
        Conversion{"Utf8OverlongThree", "utf8mb4", "\xe0\x9f\xbf",
                   "text is not valid utf8mb4 at byte 0 (e09fbf)"},
        Conversion{"Utf8OverlongFour", "utf8mb4", "\xf0\x8f\xbf\xbf",
                   "text is not valid utf8mb4 at byte 0 (f08fbfbf)"},
        Conversion{"Utf8Surrogate", "utf8mb4", "\xed\xa0\x80",
                   "text is not valid utf8mb4 at byte 0 (eda080)"},
        Conversion{"Utf8BeyondUnicode", "utf8mb4", "\xf4\x90\x80\x80",
                   "text is not valid utf8mb4 at byte 0 (f4908080)"},
        Conversion{"Utf8CutShort", "utf8mb4", "abcdefghij\xe2\x82",
                   "text is not valid utf8mb4 at byte 10 (e282)"},
        Conversion{"Utf8LoneContinuation", "utf8mb4", "\x80",
                   "text is not valid utf8mb4 at byte 0 (80)"},
        Conversion{"Utf8mb3FourBytes", "utf8mb3", "\xf0\x9f\x98\x80",
                   "text is not valid utf8mb3 at byte 0 (f09f9880)"},
        Conversion{"AsciiHighBit", "ascii", "ab\x80", "text is not valid ascii at byte 2 (80)"},
        Conversion{"Ucs2Surrogate", "ucs2", "\xd8\x3d\xde\x00"sv,
                   "text is not valid ucs2 at byte 0 (d83dde00)"},
        Conversion{"Ucs2OddLength", "ucs2", "\x00\x41\x00"sv,
                   "text is not valid ucs2 at byte 2 (00)"},
        Conversion{"Utf16LoneHigh", "utf16", "\xd8\x3d\x00\x41"sv,
                   "text is not valid utf16 at byte 0 (d83d0041)"},
        Conversion{"Utf16LoneLow", "utf16", "\xde\x00"sv,
                   "text is not valid utf16 at byte 0 (de00)"},
        Conversion{"Utf16CutPair", "utf16", "\xd8\x3d", "text is not valid utf16 at byte 0 (d83d)"},
        Conversion{"Utf32BeyondUnicode", "utf32", "\x00\x11\x00\x00"sv,
                   "text is not valid utf32 at byte 0 (00110000)"},
        Conversion{"Utf32Surrogate", "utf32", "\x00\x00\xd8\x00"sv,
                   "text is not valid utf32 at byte 0 (0000d800)"},
        Conversion{"Utf32Short", "utf32", "\x00\x00\x41"sv,
                   "text is not valid utf32 at byte 0 (000041)"},
        Conversion{"GreekHole", "greek", "a\xff", "text is not valid greek at byte 1 (ff)"},
        Conversion{"Tis620Hole", "tis620", "\xdb", "text is not valid tis620 at byte 0 (db)"},
        Conversion{"GbkUnassigned", "gbk", "\xa1\x5a", "text is not valid gbk at byte 0 (a15a)"},
        Conversion{"GbkLoneLead", "gbk", "a\xc4", "text is not valid gbk at byte 1 (c4)"},
        Conversion{"Big5ReplacedByTheServer", "big5", "\xa1\x5a",
                   "text is not valid big5 at byte 0 (a15a)"},
        Conversion{"UjisCutThree", "ujis", "\x8f\xb0", "text is not valid ujis at byte 0 (8fb0)"},
        Conversion{"UjisBadKatakana", "ujis", "\x8e\x41",
                   "text is not valid ujis at byte 0 (8e41)"},
        Conversion{"EucjpmsUnassigned", "eucjpms", "\xa4\xa2\xa9\xa1",
                   "text is not valid eucjpms at byte 2 (a9a1)"},
        Conversion{"Gb18030CutFour", "gb18030", "\x94\x39\xfc",
                   "text is not valid gb18030 at byte 0 (9439fc)"},
        Conversion{"Gb18030BeyondUnicode", "gb18030", "\xfe\x39\xfe\x39",
                   "text is not valid gb18030 at byte 0 (fe39fe39)"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(Charset, TextThatIsUtf8AlreadyIsNotCopied) {
  base::Arena arena;
  for (const std::string_view charset : {"utf8mb4", "utf8mb3", "ascii", "latin1", "gbk"}) {
    const std::string_view text = "ascii";
    const auto utf8 = Charset::find(charset)->to_utf8(std::as_bytes(std::span(text)), arena);
    ASSERT_TRUE(utf8.ok());
    EXPECT_EQ(utf8->data(), text.data()) << charset;
  }
}

TEST(Charset, UnknownNamesAndBinaryAreNotFound) {
  for (const std::string_view name : {"binary", "", "latin-1", "UTF8MB4"}) {
    EXPECT_EQ(Charset::find(name), nullptr) << name;
  }
}

TEST(Charset, FindReturnsTheNameItWasAskedFor) {
  for (const std::string_view name :
       {"utf8mb4", "utf8mb3", "ascii", "ucs2", "utf16", "utf16le", "utf32"}) {
    ASSERT_NE(Charset::find(name), nullptr) << name;
    EXPECT_EQ(Charset::find(name)->name(), name);
  }
}

}  // namespace
}  // namespace rowmill::binlog
