// SPDX-License-Identifier: Apache-2.0
//
// What holds of every statement.
#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>

#include "schema/ddl_case.h"
#include "schema/ddl_lexer.h"

namespace rowmill::schema {
namespace {

template <typename Check>
void for_each_shape(const Check& check) {
  for (const auto& shapes : kShapes) {
    for (const DdlCase& known : shapes) {
      if (known.brand != Brand::kMariadb) check(known, mysql(known.sql_mode));
      if (known.brand != Brand::kMysql) check(known, mariadb(known.sql_mode));
    }
  }
}

TEST(DdlInvariant, StatementThatIsCutIsAnErrorOrAShorterStatement) {
  size_t cuts = 0;
  for_each_shape([&](const DdlCase& known, const StatementContext& context) {
    for (size_t end = 0; end < known.sql.size(); ++end, ++cuts) {
      const std::string text = parsed(known.sql.substr(0, end), context);
      // Whoever creates a table either knows all that stands in its parentheses or nothing.
      if (!text.starts_with("create ") || text.starts_with("create index")) continue;
      const auto list = [](std::string_view whole) {
        return whole.substr(whole.find('('), whole.rfind(')') - whole.find('(') + 1);
      };
      if (text.find('(') == std::string::npos || known.text.find('(') == std::string::npos)
        continue;
      EXPECT_EQ(list(text), list(known.text)) << known.sql.substr(0, end);
    }
  });
  EXPECT_GT(cuts, 15'000U);
}

TEST(DdlInvariant, CommentBetweenTokensChangesNothing) {
  for_each_shape([](const DdlCase& known, const StatementContext& context) {
    // Digits are a name only right behind a dot, and comments are code or not by their own rules.
    if (known.sql.find("db.2") != std::string_view::npos) return;
    for (const std::string_view comment :
         {" /* , ' ( */ ", " -- \" x\n", "\n# ` x\n", "\t", " /*! */ ", "/**/"}) {
      std::string sql;
      DdlLexer lexer(known.sql, context);
      for (Token token = lexer.next(); token.kind != TokenKind::kEnd; token = lexer.next()) {
        sql += comment;
        sql += token.text;
      }
      sql += comment;
      EXPECT_EQ(parsed(sql, context), known.text) << sql;
    }
  });
}

TEST(DdlInvariant, CaseOfWordsChangesNothing) {
  for_each_shape([](const DdlCase& known, const StatementContext& context) {
    std::string lower;
    DdlLexer lexer(known.sql, context);
    for (Token token = lexer.next(); token.kind != TokenKind::kEnd; token = lexer.next()) {
      lower += ' ';
      for (const char c : token.text) {
        const bool capital = token.kind == TokenKind::kWord && c >= 'A' && c <= 'Z';
        lower += capital ? static_cast<char>(c + 32) : c;
      }
    }
    if (known.sql.find("db.2") != std::string_view::npos) return;
    std::string expected(known.text);
    std::string found = parsed(lower, context);
    for (std::string* text : {&expected, &found}) {
      for (char& c : *text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
    EXPECT_EQ(found, expected) << lower;
  });
}

TEST(DdlInvariant, NamesOfAStatementAreAmongItsNames) {
  for_each_shape([](const DdlCase& known, const StatementContext& context) {
    const auto statement = parse_ddl(known.sql, context);
    ASSERT_TRUE(statement.ok());
    std::optional<TableName> table;
    if (const auto* create = std::get_if<CreateTable>(&*statement)) table = create->table;
    if (const auto* alter = std::get_if<AlterTable>(&*statement)) table = alter->table;
    if (const auto* rename = std::get_if<RenameTables>(&*statement)) table = rename->pairs[0].to;
    if (!table) return;
    const auto names = names_in(known.sql, context);
    EXPECT_NE(std::find(names.begin(), names.end(), *table), names.end()) << known.sql;
  });
}

double seconds_for(const std::string& sql) {
  const std::clock_t start = std::clock();
  EXPECT_TRUE(parse_ddl(sql, mysql()).ok());
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

std::string alter_of_size(size_t size) {
  std::string sql = "ALTER TABLE t ADD a ENUM('x'";
  for (size_t i = 0; sql.size() < size / 2; ++i) sql += ",'label " + std::to_string(i) + "'";
  sql += ") COMMENT '" + std::string(size / 8, 'x') + "'";
  for (size_t i = 0; sql.size() < size; ++i) {
    sql += ", ADD COLUMN c" + std::to_string(i) + " INT NOT NULL DEFAULT (1 + 2) /* c */ AFTER b";
  }
  return sql;
}

TEST(DdlInvariant, AlterOfAMegabyteIsReadInLinearTime) {
  constexpr size_t kMegabyte = 1 << 20;
  const std::string small = alter_of_size(kMegabyte);
  const std::string large = alter_of_size(8 * kMegabyte);
  seconds_for(small);
  const double of_small = seconds_for(small);
  EXPECT_LT(of_small, 2.0);
  EXPECT_LT(seconds_for(large), 24 * (of_small + 0.01));
}

TEST(DdlInvariant, DeepParenthesesAreCountedNotRecursedInto) {
  constexpr size_t kDeep = 2'000'000;
  const std::string open(kDeep, '(');
  const std::string close(kDeep, ')');
  EXPECT_EQ(parsed("CREATE TABLE t (a INT DEFAULT " + open + "1" + close + ")"),
            "create t(a int default)");
  EXPECT_EQ(parsed("CREATE TABLE t (a INT, CHECK " + open + "1" + close + ")"), "create t(a int)");
  EXPECT_EQ(parsed("CREATE TABLE t (a INT, KEY (" + open + "1" + close + "))"),
            "create t(a int, key (?))");
  EXPECT_TRUE(parsed("CREATE TABLE t (a INT DEFAULT " + open).starts_with("error: "));
  EXPECT_TRUE(parsed("CREATE TABLE " + open).starts_with("error: "));
  std::string cases;
  for (size_t i = 0; i < kDeep / 10; ++i) cases += "CASE 1 WHEN ";
  EXPECT_TRUE(parsed("CREATE TABLE t (a INT DEFAULT " + cases).starts_with("error: "));
}

}  // namespace
}  // namespace rowmill::schema
