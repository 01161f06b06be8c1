// SPDX-License-Identifier: Apache-2.0
#include "schema/ddl_lexer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schema/ddl_case.h"

namespace rowmill::schema {
namespace {

using testing::ElementsAre;

/// Each token as a letter of its kind and its text.
std::vector<std::string> tokens(std::string_view sql, const StatementContext& context = mysql()) {
  constexpr std::string_view kLetters = "ewqsbn.!";
  std::vector<std::string> texts;
  DdlLexer lexer(sql, context);
  for (Token token = lexer.next(); token.kind != TokenKind::kEnd; token = lexer.next()) {
    texts.push_back(std::string(1, kLetters[static_cast<size_t>(token.kind)]) + " " +
                    std::string(token.text));
  }
  return texts;
}

std::string only_string(std::string_view sql, uint64_t sql_mode = 0) {
  DdlLexer lexer(sql, mysql(sql_mode));
  const Token token = lexer.next();
  EXPECT_EQ(token.kind, TokenKind::kString) << sql;
  EXPECT_EQ(token.text, sql);
  return string_text(token, sql_mode);
}

TEST(DdlLexer, SingleQuotesAreStringsAndDoubleOnesUnlessAnsiQuotes) {
  EXPECT_THAT(tokens("'a' \"b\""), ElementsAre("s 'a'", "s \"b\""));
  EXPECT_THAT(tokens("'a' \"b\"", mysql(sql_mode::kAnsiQuotes)), ElementsAre("s 'a'", "q \"b\""));
}

TEST(DdlLexer, DoubledQuotesAndEscapesAreOneCharacter) {
  EXPECT_EQ(only_string("'it''s'"), "it's");
  EXPECT_EQ(only_string("\"a\"\"b'c\""), "a\"b'c");
  EXPECT_EQ(only_string(R"('\0\'\"\b\n\r\t\Z\\\%\_\x')"),
            std::string("\0'\"\b\n\r\t\x1a\\\\%\\_x", 14));
  EXPECT_EQ(only_string("N'x'"), "x");
}

TEST(DdlLexer, BackslashIsPlainUnderNoBackslashEscapes) {
  EXPECT_EQ(only_string(R"('\')", sql_mode::kNoBackslashEscapes), "\\");
  EXPECT_THAT(tokens(R"('\' , 'x')", mysql(sql_mode::kNoBackslashEscapes)),
              ElementsAre(R"(s '\')", ". ,", "s 'x'"));
}

TEST(DdlLexer, PrefixesOfBytesStandRightBeforeTheirQuote) {
  EXPECT_THAT(tokens("X'4D' b'01' 0x4d 0b01 x '4D'"),
              ElementsAre("b X'4D'", "b b'01'", "b 0x4d", "b 0b01", "w x", "s '4D'"));
  EXPECT_THAT(tokens("_utf8mb4'x' _utf8mb4 X'4D'"),
              ElementsAre("w _utf8mb4", "s 'x'", "w _utf8mb4", "b X'4D'"));
}

TEST(DdlLexer, BytesMayLackLeadingZeros) {
  const auto bytes = [](std::string_view sql) {
    DdlLexer lexer(sql, mysql());
    return bytes_text(lexer.next()).value_or("none");
  };
  EXPECT_EQ(bytes("0x141"),
            "\x01"
            "A");
  EXPECT_EQ(bytes("b'1000001'"), "A");
  EXPECT_EQ(bytes("X''"), "");
  EXPECT_EQ(bytes("X'4G'"), "none");
}

TEST(DdlLexer, QuotedNamesKnowNoBackslash) {
  DdlLexer lexer("`a``b\\`", mysql());
  EXPECT_EQ(name_text(lexer.next()), "a`b\\");
  EXPECT_EQ(lexer.next().kind, TokenKind::kEnd);
}

TEST(DdlLexer, BracketsAreNamesUnderMssqlModeOnly) {
  EXPECT_THAT(tokens("[a b]", mariadb(sql_mode::kMariadbMssql)), ElementsAre("q [a b]"));
  EXPECT_THAT(tokens("[a]", mariadb()), ElementsAre(". [", "w a", ". ]"));
  EXPECT_THAT(tokens("[a]", mysql(sql_mode::kMariadbMssql)), ElementsAre(". [", "w a", ". ]"));
}

TEST(DdlLexer, BareNamesHoldDigitsDollarsAndBytesBeyondAscii) {
  EXPECT_THAT(tokens("a$b_1 größe"), ElementsAre("w a$b_1", "w größe"));
}

TEST(DdlLexer, NamesMayBeginWithDigitsButNumbersAreNone) {
  EXPECT_THAT(tokens("1e 0x 0b 1a 1ea10 0x1g 0b2"),
              ElementsAre("w 1e", "w 0x", "w 0b", "w 1a", "w 1ea10", "w 0x1g", "w 0b2"));
  EXPECT_THAT(tokens("1e5 12 1.5 .5 1. 1.4E+10 1e-3"),
              ElementsAre("n 1e5", "n 12", "n 1.5", "n .5", "n 1.", "n 1.4E+10", "n 1e-3"));
}

TEST(DdlLexer, DigitsRightBehindANameAndADotAreAName) {
  EXPECT_THAT(tokens("db.20151214"), ElementsAre("w db", ". .", "w 20151214"));
  EXPECT_THAT(tokens("db .5"), ElementsAre("w db", "n .5"));
}

TEST(DdlLexer, TwoMinusSignsAreACommentOnlyBeforeBlanksAndControlBytes) {
  EXPECT_THAT(tokens("a -- b\nc"), ElementsAre("w a", "w c"));
  EXPECT_THAT(tokens("a --\vb\nc"), ElementsAre("w a", "w c"));
  EXPECT_THAT(tokens("a --\x01 b\nc"), ElementsAre("w a", "w c"));
  EXPECT_THAT(tokens("a --"), ElementsAre("w a"));
  EXPECT_THAT(tokens("a --1"), ElementsAre("w a", ". -", ". -", "n 1"));
}

TEST(DdlLexer, LineCommentsEndAtANewlineNotAtACarriageReturn) {
  EXPECT_THAT(tokens("a # b\rc\nd"), ElementsAre("w a", "w d"));
  EXPECT_THAT(tokens("#x"), ElementsAre());
}

TEST(DdlLexer, PlainCommentsDoNotNest) {
  EXPECT_THAT(tokens("a /* b /* c */ d"), ElementsAre("w a", "w d"));
  EXPECT_THAT(tokens("a /*/ b */ c"), ElementsAre("w a", "w c"));
  EXPECT_THAT(tokens("a /*+ hint */ b /* 99999 x */"), ElementsAre("w a", "w b"));
}

TEST(DdlLexer, ExecutableCommentsAreCode) {
  EXPECT_THAT(tokens("a /*! b */ c"), ElementsAre("w a", "w b", "w c"));
  EXPECT_THAT(tokens("/*!40101 a*//*!50100b*/"), ElementsAre("w a", "w b"));
  EXPECT_THAT(tokens("/*!123 a */"), ElementsAre("n 123", "w a"));
}

TEST(DdlLexer, BodyOfAnExecutableCommentIsLexedAsCode) {
  EXPECT_THAT(tokens("/*! '*/' a */ b"), ElementsAre("s '*/'", "w a", "w b"));
  EXPECT_THAT(tokens("/*! a /* b */ c */ d"), ElementsAre("w a", "w c", "w d"));
}

TEST(DdlLexer, SixthDigitOfAVersionCountsForMariadbAndOnMysqlBeforeABlank) {
  EXPECT_THAT(tokens("/*!090700 a */"), ElementsAre("w a"));
  EXPECT_THAT(tokens("/*!907001a */"), ElementsAre("w 1a"));
  EXPECT_THAT(tokens("/*!100301a */", mariadb()), ElementsAre("w a"));
}

TEST(DdlLexer, CommentOfANewerServerIsPassedOverWithOneInside) {
  EXPECT_THAT(tokens("a /*!99999 b /* c */ d */ e"), ElementsAre("w a", "w e"));
  EXPECT_THAT(tokens("/*M!999999\\- enable the sandbox mode */ a", mariadb()), ElementsAre("w a"));
}

TEST(DdlLexer, MariadbPassesOverWhatMysqlHasHadSinceItsVersion57) {
  EXPECT_THAT(tokens("/*!50699 a */ /*!50700 b */ /*!80023 c */ /*!100000 d */", mariadb()),
              ElementsAre("w a", "w d"));
  EXPECT_THAT(tokens("/*!50700 b */ /*!80023 c */"), ElementsAre("w b", "w c"));
}

TEST(DdlLexer, CommentsOfMariadbRunThereAloneAndInCapitals) {
  EXPECT_THAT(tokens("/*M! a */ /*M!100301 b */ /*m! c */", mariadb()), ElementsAre("w a", "w b"));
  EXPECT_THAT(tokens("/*M! a */ b"), ElementsAre("w b"));
}

TEST(DdlLexer, ZeroBytesAreTextInsideQuotesAndNothingAtTheEnd) {
  const std::string sql("'x\0y' a\0\0", 9);
  EXPECT_THAT(tokens(sql), ElementsAre(std::string("s 'x\0y'", 7), "w a"));
}

TEST(DdlLexer, InvalidUtf8InCommentsAndNamesIsTaken) {
  EXPECT_THAT(tokens("/* \xff\xfe */ a\xff"), ElementsAre("w a\xff"));
}

TEST(DdlLexer, WhatHasNoEndIsBrokenAndTakesTheRest) {
  for (const std::string_view sql :
       {"a 'b", "a \"b", "a `b", "a /* b", "a X'4", "a 'b\\", "a 'b\\'", "a /*!99999 /* b */ c"}) {
    const auto found = tokens(sql);
    ASSERT_EQ(found.size(), 2U) << sql;
    EXPECT_EQ(found[1], "! " + std::string(sql.substr(2)));
  }
  EXPECT_THAT(tokens("/*! a"), ElementsAre("w a", "! "));
}

}  // namespace
}  // namespace rowmill::schema
