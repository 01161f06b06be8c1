// SPDX-License-Identifier: Apache-2.0
#include "binlog/internal/json_diffs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "support/json_diff_bytes.h"

namespace rowmill::binlog {
namespace {

using base::ErrorKind;
using test::Bytes;
using test::hex;
using test::json_binary;
using test::json_insert;
using test::json_remove;
using test::json_replace;
using test::operator+;
using ::testing::HasSubstr;

base::Result<std::string> apply_to_binary(const Bytes& before, const Bytes& diffs) {
  static JsonDocument scratch;  // As it is used: from one document to the next.
  base::Arena arena;
  ROWMILL_ASSIGN(const auto text, apply_json_diffs(before, diffs, scratch, arena));
  return std::string(text);
}

/// The document after the differences, or "corrupt".
std::string changed(std::string_view before, const Bytes& diffs) {
  const auto after = apply_to_binary(json_binary(before), diffs);
  if (after.ok()) return *after;
  EXPECT_EQ(after.error().kind(), ErrorKind::kCorrupt);
  return "corrupt";
}

TEST(JsonDiffs, ReplaceTakesThePlaceOfAMemberOrCell) {
  EXPECT_EQ(changed(R"({"a": 1, "b": 2})", json_replace("$.b", "[3]")), R"({"a": 1, "b": [3]})");
  EXPECT_EQ(changed("[1, 2, 3]", json_replace("$[1]", R"({"x": null})")), R"([1, {"x": null}, 3])");
  EXPECT_EQ(changed("[1, 2, 3]", json_replace("$[last]", "true")), "[1, 2, true]");
  EXPECT_EQ(changed("[1, 2, 3]", json_replace("$[last-2]", "true")), "[true, 2, 3]");
}

TEST(JsonDiffs, ReplaceOfWhatIsMissingIsCorrupt) {
  EXPECT_EQ(changed(R"({"a": 1})", json_replace("$.b", "1")), "corrupt");
  EXPECT_EQ(changed("[1]", json_replace("$[1]", "1")), "corrupt");
  EXPECT_EQ(changed("[1]", json_replace("$[last-1]", "1")), "corrupt");
  EXPECT_EQ(changed("[]", json_replace("$[last]", "1")), "corrupt");
  EXPECT_EQ(changed("[1]", json_replace("$.a", "1")), "corrupt");
  EXPECT_EQ(changed(R"({"a": 1})", json_replace("$[0]", "1")), "corrupt");
  EXPECT_EQ(changed(R"({"a": 1})", json_replace("$.a[0]", "1")), "corrupt");
  EXPECT_EQ(changed(R"({"a": 1})", json_replace("$.b.c", "1")), "corrupt");
  EXPECT_EQ(changed("7", json_replace("$[0]", "1")), "corrupt");
}

TEST(JsonDiffs, RemoveClosesTheGap) {
  EXPECT_EQ(changed(R"({"a": 1, "b": 2})", json_remove("$.a")), R"({"b": 2})");
  EXPECT_EQ(changed("[1, 2, 3]", json_remove("$[1]")), "[1, 3]");
  EXPECT_EQ(changed("[1, 2, 3]", json_remove("$[0]") + json_remove("$[0]")), "[3]");
  EXPECT_EQ(changed("[1, 2, 3]", json_remove("$[last]") + json_remove("$[last]")), "[1]");
  EXPECT_EQ(changed("[1]", json_remove("$[0]")), "[]");
  EXPECT_EQ(changed(R"({"a": {"b": 1}})", json_remove("$.a.b")), R"({"a": {}})");
}

TEST(JsonDiffs, RemoveOfWhatIsMissingIsCorrupt) {
  EXPECT_EQ(changed(R"({"a": 1})", json_remove("$.b")), "corrupt");
  EXPECT_EQ(changed(R"({"a": 1})", json_remove("$.a") + json_remove("$.a")), "corrupt");
  EXPECT_EQ(changed("[1, 2]", json_remove("$[2]")), "corrupt");
  EXPECT_EQ(changed("[1]", json_remove("$[0]") + json_remove("$[0]")), "corrupt");
}

TEST(JsonDiffs, InsertAddsAMemberInTheServersOrder) {
  const std::string_view before = R"({"b": 1, "aa": 2})";
  EXPECT_EQ(changed(before, json_insert("$.a", "0")), R"({"a": 0, "b": 1, "aa": 2})");
  EXPECT_EQ(changed(before, json_insert("$.c", "0")), R"({"b": 1, "c": 0, "aa": 2})");
  EXPECT_EQ(changed(before, json_insert("$.ab", "0")), R"({"b": 1, "aa": 2, "ab": 0})");
  EXPECT_EQ(changed(before, json_insert(R"($."")", "0")), R"({"": 0, "b": 1, "aa": 2})");
  EXPECT_EQ(changed("{}", json_insert("$.x", "0")), R"({"x": 0})");
}

TEST(JsonDiffs, InsertOfAMemberThatIsThereIsCorrupt) {
  EXPECT_EQ(changed(R"({"a": 1})", json_insert("$.a", "2")), "corrupt");
  EXPECT_EQ(changed("{}", json_insert("$.a", "1") + json_insert("$.a", "2")), "corrupt");
}

TEST(JsonDiffs, MemberThatWasRemovedCanComeBack) {
  EXPECT_EQ(changed(R"({"a": [1], "b": 2})",
                    json_remove("$.a") + json_insert("$.a", "[]") + json_insert("$.a[0]", "5")),
            R"({"a": [5], "b": 2})");
}

TEST(JsonDiffs, InsertShiftsTheCellsBehindIt) {
  EXPECT_EQ(changed("[1, 2, 3]", json_insert("$[0]", "0")), "[0, 1, 2, 3]");
  EXPECT_EQ(changed("[1, 2, 3]", json_insert("$[2]", "0")), "[1, 2, 0, 3]");
  EXPECT_EQ(changed("[1, 2, 3]", json_insert("$[last]", "0")), "[1, 2, 0, 3]");
}

TEST(JsonDiffs, InsertBeyondAnEndGoesToTheEnd) {
  EXPECT_EQ(changed("[1, 2, 3]", json_insert("$[3]", "0")), "[1, 2, 3, 0]");
  EXPECT_EQ(changed("[1, 2, 3]", json_insert("$[7]", "0")), "[1, 2, 3, 0]");
  EXPECT_EQ(changed("[1, 2, 3]", json_insert("$[last-3]", "0")), "[0, 1, 2, 3]");
  EXPECT_EQ(changed("[]", json_insert("$[last]", "0")), "[0]");
  EXPECT_EQ(changed("[]", json_insert("$[4]", "0")), "[0]");
}

TEST(JsonDiffs, InsertIntoAnotherKindOfValueIsCorrupt) {
  EXPECT_EQ(changed("[1]", json_insert("$.a", "1")), "corrupt");
  EXPECT_EQ(changed(R"({"a": 1})", json_insert("$[0]", "1")), "corrupt");
  EXPECT_EQ(changed(R"({"a": 1})", json_insert("$.a[1]", "1")), "corrupt");
  EXPECT_EQ(changed(R"({"a": 1})", json_insert("$.b.c", "1")), "corrupt");
}

TEST(JsonDiffs, WholeDocumentIsNoPlaceForADifference) {
  EXPECT_EQ(changed("[1]", json_replace("$", "2")), "corrupt");
  EXPECT_EQ(changed("[1]", json_insert("$", "2")), "corrupt");
  EXPECT_EQ(changed("[1]", json_remove("$")), "corrupt");
}

TEST(JsonDiffs, EachIsAppliedToTheResultOfTheOneBefore) {
  EXPECT_EQ(changed(R"({"o": {"x": 1, "y": 2}, "s": "t"})",
                    json_remove("$.o.x") + json_replace("$.s", R"("u")") +
                        json_replace("$.o", "[[]]") + json_insert("$.o[0][0]", "1") +
                        json_replace("$.o[0][0]", R"({"k": [2]})") + json_remove("$.o[0][0].k[0]")),
            R"({"o": [[{"k": []}]], "s": "u"})");
}

TEST(JsonDiffs, KeysAreFoundWhateverTheyAreMadeOf) {
  EXPECT_EQ(changed(R"({"é": 1, "odd key": [1], "x\"y": 2, "\u0001": 3})",
                    json_replace("$.é", "0") + json_replace(R"($."odd key"[0])", "0") +
                        json_replace(R"($."x\"y")", "0") + json_replace(R"($."\u0001")", "0") +
                        json_insert(R"($."a\\\n")", "0")),
            R"({"\u0001": 0, "é": 0, "a\\\n": 0, "x\"y": 0, "odd key": [0]})");
}

TEST(JsonDiffs, LargeContainersAreChangedAsSmallOnes) {
  const Bytes before =
      json_binary(R"({"a": [1, 70000, "s"], "b": {}})", test::JsonContainers::kLarge);
  const auto after = apply_to_binary(
      before, json_replace("$.a[0]", "2") + json_insert("$.b.c", "70001") + json_remove("$.a[2]"));
  ASSERT_TRUE(after.ok()) << after.error().text();
  EXPECT_EQ(*after, R"({"a": [2, 70000], "b": {"c": 70001}})");
}

TEST(JsonDiffs, HolesAndStaleBytesOfTheDocumentBeforeAreNotSeen) {
  // {"b": "zbcd"} as the server leaves it after updates in place: it was {"a": ..., "b": ...}, the
  // size still counts the first member's bytes, and a longer string was shortened to "z".
  const Bytes before =
      hex("00 0100 2600 2100 0100 0c 2200 61616161616161616161616161616161616161616161 62"
          "01 7a 62 63");
  const auto same = apply_to_binary(before, json_insert("$.c", "1"));
  ASSERT_TRUE(same.ok()) << same.error().text();
  EXPECT_EQ(*same, R"({"b": "z", "c": 1})");
}

TEST(JsonDiffs, ValueWithoutBytesIsNull) {
  // As the server reads it: json_binary::parse_binary.
  EXPECT_EQ(changed("[1]", hex("00 04 245b305d 00")), "[null]");
}

TEST(JsonDiffs, BrokenOnesAreCorrupt) {
  EXPECT_EQ(changed("[1]", hex("03 04 245b305d 02 0400")), "corrupt") << "operation";
  EXPECT_EQ(changed("[1]", hex("02 01 5b")), "corrupt") << "path";
  EXPECT_EQ(changed("[1]", hex("02 fb")), "corrupt") << "length";
  EXPECT_EQ(changed("[1]", hex("02 fe ffffffffffffffff")), "corrupt") << "length";
  EXPECT_EQ(changed("[1]", hex("00 04 245b305d 02 0403")), "corrupt") << "value";
  EXPECT_EQ(changed("{}", json_insert(R"($."a")", "1") + hex("01 04 242e8061 02 0400")), "corrupt")
      << "key that is not UTF-8";
  EXPECT_EQ(changed("{}", json_insert("$.a", "1") + hex("02 03 242e62")), "corrupt") << "second";
}

TEST(JsonDiffs, BrokenDocumentsBeforeAreCorrupt) {
  const Bytes diffs = json_insert("$[0]", "1");
  for (const std::string_view before :
       {"02", "0201000700020000", "02010007000c0800", "020100ff00050100", "03ffffffff0800000000"}) {
    const auto after = apply_to_binary(hex(before), diffs);
    ASSERT_FALSE(after.ok()) << before;
    EXPECT_EQ(after.error().kind(), ErrorKind::kCorrupt);
  }
  // An object whose key lies outside of it, asked for another key.
  EXPECT_FALSE(apply_to_binary(hex("0001000c000b0002000401006b"), json_insert("$.a", "1")).ok());
}

TEST(JsonDiffs, CutAnywhereIsCorruptOrHasFewerOfThem) {
  const Bytes before = json_binary(R"({"a": [1, 2], "b": "text"})");
  const std::vector<Bytes> parts = {json_replace("$.b", R"("other")"), json_insert("$.a[1]", "3"),
                                    json_remove("$.b")};
  Bytes diffs;
  std::vector<size_t> whole = {0};
  for (const Bytes& part : parts) {
    diffs = diffs + part;
    whole.push_back(diffs.size());
  }
  for (size_t size = 0; size <= diffs.size(); ++size) {
    const Bytes cut(diffs.begin(), diffs.begin() + static_cast<ptrdiff_t>(size));
    const bool is_whole = std::ranges::find(whole, size) != whole.end();
    EXPECT_EQ(apply_to_binary(before, cut).ok(), is_whole) << size;
    base::Arena arena;
    EXPECT_EQ(json_diffs_to_text(cut, arena).ok(), is_whole) << size;
  }
  for (size_t size = 0; size < before.size(); ++size) {
    const Bytes cut(before.begin(), before.begin() + static_cast<ptrdiff_t>(size));
    EXPECT_FALSE(apply_to_binary(cut, diffs).ok()) << size;
  }
}

std::string nested(int levels) {
  return std::string(static_cast<size_t>(levels), '[') +
         std::string(static_cast<size_t>(levels), ']');
}

std::string first_cells(int legs) {
  std::string path = "$";
  for (int i = 0; i < legs; ++i) path += "[0]";
  return path;
}

TEST(JsonDiffs, DepthEndsWhereTheServersDoes) {
  EXPECT_EQ(changed(nested(99), json_insert(first_cells(99), "[]")), nested(100));
  EXPECT_EQ(changed(nested(100), json_insert(first_cells(100), "7")).size(), 201U);
  EXPECT_EQ(changed(nested(100), json_insert(first_cells(100), "[]")), "corrupt");
  EXPECT_EQ(changed(nested(60), json_insert(first_cells(60), nested(41))), "corrupt");
  EXPECT_EQ(changed(nested(100), json_insert(first_cells(101), "7")), "corrupt");
  EXPECT_EQ(changed("[]", json_insert(first_cells(100'000), "7")), "corrupt");
}

/// A large array of INT16 1.
Bytes long_array(uint32_t cells) {
  Bytes array = hex("03") + test::little_endian(cells, 4) + test::little_endian(8 + 5 * cells, 4);
  const Bytes one = hex("05 0100 0000");
  for (uint32_t i = 0; i < cells; ++i) array.insert(array.end(), one.begin(), one.end());
  return array;
}

TEST(JsonDiffs, ManyChangesOfALongArrayAreCheap) {
  // An algorithm that moves the cells behind each change takes minutes for this.
  const Bytes three =
      json_insert("$[0]", "2") + json_remove("$[last]") + json_insert("$[200000]", "3");
  Bytes diffs;
  for (uint32_t i = 0; i < 50'000; ++i) diffs.insert(diffs.end(), three.begin(), three.end());
  const auto after = apply_to_binary(long_array(400'000), diffs);
  ASSERT_TRUE(after.ok()) << after.error().text();
  EXPECT_EQ(after->size(), size_t{450'000} * 3);
  EXPECT_EQ(after->substr(0, 12), "[2, 2, 2, 2,");
}

/// Random changes, compared with the same changes of a plain vector.
TEST(JsonDiffs, RandomChangesOfAnArrayAreThoseOfAVector) {
  std::mt19937 random(20240229);
  for (int round = 0; round < 300; ++round) {
    std::vector<int> cells(random() % 20);
    std::string before = "[";
    for (int& cell : cells) {
      cell = static_cast<int>(random() % 100);
      before += (before.size() > 1 ? "," : "") + std::to_string(cell);
    }
    Bytes diffs;
    for (int i = 0; i < 40; ++i) {
      const size_t at = random() % (cells.size() + 1);
      const std::string path = "$[" + std::to_string(at) + "]";
      const auto place = cells.begin() + static_cast<ptrdiff_t>(at);
      const int value = static_cast<int>(random() % 100);
      if (at == cells.size() || random() % 3 == 0) {
        cells.insert(place, value);
        diffs = diffs + json_insert(path, std::to_string(value));
      } else if (random() % 2 == 0) {
        cells.erase(place);
        diffs = diffs + json_remove(path);
      } else {
        *place = value;
        diffs = diffs + json_replace(path, std::to_string(value));
      }
    }
    std::string expected = "[";
    for (const int cell : cells) {
      expected += (expected.size() > 1 ? ", " : "") + std::to_string(cell);
    }
    ASSERT_EQ(changed(before + "]", diffs), expected + "]") << "round " << round;
  }
}

base::Result<std::string> as_text(const Bytes& diffs) {
  base::Arena arena;
  ROWMILL_ASSIGN(const auto text, json_diffs_to_text(diffs, arena));
  return std::string(text);
}

TEST(JsonDiffsText, ListsTheDifferencesInOrder) {
  const auto text = as_text(json_replace("$.a[last]", R"({"k": [1, "é"]})") +
                            json_insert(R"($."x\"y")", "1.0") + json_remove("$.é"));
  ASSERT_TRUE(text.ok()) << text.error().text();
  EXPECT_EQ(*text,
            R"([{"op":"replace","path":"$.a[last]","value":{"k": [1, "é"]}},)"
            R"({"op":"insert","path":"$.\"x\\\"y\"","value":1.0},{"op":"remove","path":"$.é"}])");
}

TEST(JsonDiffsText, BrokenOnesAreCorrupt) {
  for (const Bytes& diffs :
       {hex("03 04 245b305d 02 0400"), hex("02 01 5b"), hex("02 01 24"), hex("02 04 242e8061"),
        hex("00 04 245b305d 02 0403"), hex("02 05 242e612e2e")}) {
    const auto text = as_text(diffs);
    ASSERT_FALSE(text.ok()) << *text;
    EXPECT_EQ(text.error().kind(), ErrorKind::kCorrupt);
    EXPECT_THAT(text.error().message(), HasSubstr("JSON"));
  }
}

}  // namespace
}  // namespace rowmill::binlog
