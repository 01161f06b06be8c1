// SPDX-License-Identifier: Apache-2.0
#include "config/properties.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

namespace rowmill::config {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

struct Expected {
  std::string key;
  std::string value;
  size_t line;
};

struct SyntaxCase {
  std::string name;
  std::string text;
  std::vector<Expected> expected;
};

std::ostream& operator<<(std::ostream& out, const SyntaxCase& test) { return out << test.name; }

class PropertiesSyntax : public testing::TestWithParam<SyntaxCase> {};

TEST_P(PropertiesSyntax, ReadsAsJavaDoes) {
  const Properties properties = parse_properties(GetParam().text);
  EXPECT_TRUE(properties.problems.empty());
  ASSERT_EQ(properties.entries.size(), GetParam().expected.size());
  for (size_t i = 0; i < properties.entries.size(); ++i) {
    EXPECT_EQ(properties.entries[i].key, GetParam().expected[i].key);
    EXPECT_EQ(properties.entries[i].value, GetParam().expected[i].value);
    EXPECT_EQ(properties.entries[i].line, GetParam().expected[i].line);
    EXPECT_FALSE(properties.entries[i].broken);
  }
}

// The first three groups are the examples of java.util.Properties.load's documentation.
INSTANTIATE_TEST_SUITE_P(
    Java, PropertiesSyntax,
    testing::Values(
        SyntaxCase{"TruthWithBlanks", "Truth = Beauty\n", {{"Truth", "Beauty", 1}}},
        SyntaxCase{"TruthWithColon", " Truth:Beauty\n", {{"Truth", "Beauty", 1}}},
        SyntaxCase{"TruthWithBlanksBeforeColon", "Truth\t\t\t:Beauty", {{"Truth", "Beauty", 1}}},
        SyntaxCase{"ContinuationDropsLeadingBlanks",
                   "fruits  apple, banana, pear, \\\n      cantaloupe, watermelon, \\\n  kiwi\n",
                   {{"fruits", "apple, banana, pear, cantaloupe, watermelon, kiwi", 1}}},
        SyntaxCase{"KeyAlone", "cheeses\n", {{"cheeses", "", 1}}},
        SyntaxCase{"EscapedSeparatorsInKey", "\\:\\=\\ a=b", {{":= a", "b", 1}}},
        SyntaxCase{"SecondSeparatorBelongsToValue",
                   "a==b\nc:=d\ne = : f",
                   {{"a", "=b", 1}, {"c", "=d", 2}, {"e", ": f", 3}}},
        SyntaxCase{"BlankSeparatesThenEquals", "a = b", {{"a", "b", 1}}},
        SyntaxCase{"BlankSeparatesWithoutEquals", "a b=c", {{"a", "b=c", 1}}},
        SyntaxCase{"FormFeedIsBlank", "\fa\f=\fb", {{"a", "b", 1}}},
        SyntaxCase{"EmptyKey", "=b\n", {{"", "b", 1}}},
        SyntaxCase{"TrailingBlanksStay", "a=b \t\n", {{"a", "b \t", 1}}},
        SyntaxCase{"EmptyValue", "a=\nb:\n", {{"a", "", 1}, {"b", "", 2}}}));

INSTANTIATE_TEST_SUITE_P(
    Lines, PropertiesSyntax,
    testing::Values(
        SyntaxCase{"Empty", "", {}}, SyntaxCase{"OnlyBlankLines", "\n \t\n\r\n", {}},
        SyntaxCase{
            "Comments", "# a=1\n  ! b=2\nc=3 # not a comment", {{"c", "3 # not a comment", 3}}},
        SyntaxCase{"CommentCannotBeContinued", "# a \\\nb=1", {{"b", "1", 2}}},
        SyntaxCase{"AllTerminators",
                   "a=1\rb=2\r\nc=3\nd=4",
                   {{"a", "1", 1}, {"b", "2", 2}, {"c", "3", 3}, {"d", "4", 4}}},
        SyntaxCase{"ContinuationAfterCrLf", "a=1\\\r\n  2\r\nb=3", {{"a", "12", 1}, {"b", "3", 3}}},
        SyntaxCase{"EvenBackslashesEndTheLine", "a=1\\\\\nb=2", {{"a", "1\\", 1}, {"b", "2", 2}}},
        SyntaxCase{"OddBackslashesContinue", "a=1\\\\\\\nb=2", {{"a", "1\\b=2", 1}}},
        SyntaxCase{"ContinuedCommentSignIsText", "a=1\\\n#2", {{"a", "1#2", 1}}},
        SyntaxCase{"BlankLineEndsContinuation", "a=1\\\n\nb=2", {{"a", "1", 1}, {"b", "2", 3}}},
        SyntaxCase{"ContinuationInKey", "long.\\\n  key=1", {{"long.key", "1", 1}}},
        SyntaxCase{"ContinuationAfterSeparator", "a=\\\n  1", {{"a", "1", 1}}},
        SyntaxCase{"BackslashAlone", "\\\na=1", {{"a", "1", 2}}},
        SyntaxCase{"BackslashAtTheEnd", "a=1\\", {{"a", "1", 1}}}));

INSTANTIATE_TEST_SUITE_P(
    Escapes, PropertiesSyntax,
    testing::Values(
        SyntaxCase{"Controls", "a=\\t|\\n|\\r|\\f", {{"a", "\t|\n|\r|\f", 1}}},
        SyntaxCase{"BackslashAndOthers", "a=\\\\d\\q\\b\\\"", {{"a", "\\dqb\"", 1}}},
        SyntaxCase{"LeadingBlankKeptByEscape", "a=\\ b", {{"a", " b", 1}}},
        SyntaxCase{
            "UnicodeOneToThreeBytes", "a=\\u0041\\u00e9\\u20AC", {{"a", "A\u00e9\u20ac", 1}}},
        SyntaxCase{"SurrogatePair", "a=\\uD83D\\ude00!", {{"a", "\U0001F600!", 1}}},
        SyntaxCase{"UnicodeInKey", "\\u0061.b=1", {{"a.b", "1", 1}}},
        SyntaxCase{"EscapedEqualsByUnicodeIsNoSeparator", "a\\u003db=1", {{"a=b", "1", 1}}},
        SyntaxCase{"EscapedBackslashBeforeU", "a=\\\\u0041", {{"a", "\\u0041", 1}}}));

INSTANTIATE_TEST_SUITE_P(
    Encoding, PropertiesSyntax,
    testing::Values(
        SyntaxCase{"Utf8", "a=\u00e9\u20ac\U0001F600", {{"a", "\u00e9\u20ac\U0001F600", 1}}},
        SyntaxCase{"Latin1WhenNotUtf8", "a=caf\xe9", {{"a", "caf\u00e9", 1}}},
        SyntaxCase{"OverlongIsLatin1", "a=\xc0\xaf", {{"a", "\u00c0\u00af", 1}}},
        SyntaxCase{"EncodedSurrogateIsLatin1", "a=\xed\xa0\x80", {{"a", "\u00ed\u00a0\u0080", 1}}},
        SyntaxCase{
            "BeyondUnicodeIsLatin1", "a=\xf4\x90\x80\x80", {{"a", "\u00f4\u0090\u0080\u0080", 1}}},
        SyntaxCase{"CutSequenceIsLatin1", "a=\xe2\x82", {{"a", "\u00e2\u0082", 1}}},
        SyntaxCase{"ByteOrderMarkIsDropped",
                   "\xef\xbb\xbf"
                   "a=1",
                   {{"a", "1", 1}}}));

class MalformedEscape : public testing::TestWithParam<std::string> {};

TEST_P(MalformedEscape, IsAProblemOfItsLineOnly) {
  const Properties properties = parse_properties("a=1\nb=" + GetParam() + "\nc=2");
  ASSERT_EQ(properties.problems.size(), 1U);
  EXPECT_EQ(properties.problems[0].line, 2U);
  EXPECT_EQ(properties.problems[0].key, "b");
  ASSERT_EQ(properties.entries.size(), 3U);
  EXPECT_TRUE(properties.find("b")->broken);
  EXPECT_FALSE(properties.find("c")->broken);
}

INSTANTIATE_TEST_SUITE_P(All, MalformedEscape,
                         testing::Values("\\u", "\\u12", "\\u12g4", "\\u-123", "\\u+123", "\\u 123",
                                         "\\ud83d", "\\ud83dx", "\\ud83d\\n", "\\ud83d\\u0041",
                                         "\\ude00", "\\u0000", std::string("x\0y", 3)));

TEST(Properties, DuplicateKeyIsAProblemThatNamesBothLines) {
  const Properties properties = parse_properties("a=1\n\nb=2\na=3\n");
  ASSERT_EQ(properties.problems.size(), 1U);
  EXPECT_EQ(properties.problems[0].line, 4U);
  EXPECT_EQ(properties.problems[0].key, "a");
  EXPECT_THAT(properties.problems[0].what, HasSubstr("line 1"));
  EXPECT_EQ(properties.find("a")->value, "1");
}

TEST(Properties, FindReturnsNullForAMissingKey) {
  EXPECT_EQ(parse_properties("a=1").find("b"), nullptr);
}

TEST(ReadFile, MissingFileAndDirectoryAreErrorsThatNameThePath) {
  for (const char* path : {"/nowhere/x.properties", "/"}) {
    const auto text = read_file(path);
    ASSERT_FALSE(text.ok());
    EXPECT_EQ(text.error().kind(), base::ErrorKind::kConfig);
    EXPECT_THAT(text.error().message(), HasSubstr(path));
  }
}

}  // namespace
}  // namespace rowmill::config
