// SPDX-License-Identifier: Apache-2.0
#include "schema/ddl_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schema/ddl_case.h"

namespace rowmill::schema {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::Eq;
using testing::HasSubstr;
using testing::IsSupersetOf;
using testing::StartsWith;

TEST(DdlParser, TableDdlThatIsNotUnderstoodIsAnErrorWithItsPlace) {
  EXPECT_EQ(parsed("ALTER TABLE t ADD a INT, FROBNICATE COLUMN b"),
            "error: expected the value of an option at byte 36 of the statement, near: COLUMN b");
  EXPECT_EQ(parsed("CREATE TABLE t (a INT"), "error: expected \")\" at the end of the statement");
  EXPECT_EQ(parsed("ALTER TABLE t ADD a INT b"),
            "error: expected the end of the statement at byte 24 of the statement, near: b");
}

TEST(DdlParser, AnErrorIsOfKindUnsupported) {
  const auto statement = parse_ddl("CREATE TABLE t (a NONSENSE)", mysql());
  ASSERT_FALSE(statement.ok());
  EXPECT_EQ(statement.error().kind(), base::ErrorKind::kUnsupported);
}

TEST(DdlParser, AnErrorShowsLittleOfALongStatementAndCutsNoCharacter) {
  std::string sql = "CREATE TABLE t (a NONSENSE '";
  for (int i = 0; i < 100; ++i) sql += "ä\n";
  const std::string error = parsed(sql + "')");
  EXPECT_THAT(error, AllOf(StartsWith("error: expected a data type at byte 18"), HasSubstr("ä ä")));
  EXPECT_LT(error.size(), 140U);
  EXPECT_THAT(error, testing::EndsWith("ä..."));
}

TEST(DdlParser, WhatIsNoTableDdlForCertainIsRefused) {
  for (const std::string_view sql : {"CREATE TABLE t",
                                     "CREATE TABLE t ENGINE=CONNECT",
                                     "CREATE TABLE t ()",
                                     "CREATE TABLE t (a)",
                                     "CREATE TABLE t (a INT) FOO",
                                     "ALTER TABLE",
                                     "ALTER TABLE t ADD",
                                     "ALTER TABLE t ADD a",
                                     "ALTER TABLE t ADD a INT FIRST NOT NULL",
                                     "ALTER TABLE t MODIFY",
                                     "ALTER TABLE t RENAME COLUMN a b",
                                     "ALTER TABLE t DROP",
                                     "ALTER TABLE t ALTER a",
                                     "ALTER TABLE t CONVERT TO",
                                     "ALTER TABLE t,",
                                     "RENAME TABLE a",
                                     "RENAME TABLE a TO",
                                     "DROP TABLE",
                                     "DROP TABLE a,",
                                     "DROP INDEX i",
                                     "CREATE INDEX i ON t",
                                     "TRUNCATE TABLE",
                                     "CREATE DATABASE",
                                     "CREATE TABLE t (a ENUM())",
                                     "CREATE TABLE t (a ENUM(N'x'))",
                                     "CREATE TABLE t (a ENUM(0xE4))",
                                     "CREATE TABLE t (a INT(99999999999))",
                                     "CREATE TABLE t (a INT DEFAULT)",
                                     "CREATE TABLE t (a INT,)",
                                     "CREATE TABLE 'a' (a INT)",
                                     "CREATE TABLE t (PRIMARY KEY (id, p WITHOUT OVERLAPS))",
                                     "CREATE TABLE t (a foo.int)"}) {
    EXPECT_THAT(parsed(sql), StartsWith("error: ")) << sql;
  }
}

TEST(DdlParser, TextThatDependsOnASqlModeThatIsNotLoggedIsRefused) {
  for (const std::string_view sql :
       {"SET STATEMENT sql_mode='ANSI_QUOTES' FOR CREATE TABLE t (a INT DEFAULT \"1\")",
        "SET STATEMENT sql_mode='' FOR CREATE TABLE t (a CHAR DEFAULT '\\\\')"}) {
    EXPECT_THAT(parsed(sql, mariadb(sql_mode::kAnsiQuotes)), HasSubstr("is not logged")) << sql;
  }
}

TEST(DdlParser, SetStatementOfSqlModeIsReadWhereNothingDependsOnTheSessions) {
  EXPECT_EQ(parsed("SET STATEMENT sql_mode='ANSI_QUOTES' FOR CREATE TABLE `a\"b\\` (a CHAR DEFAULT "
                   "'\"') -- \"\\",
                   mariadb(sql_mode::kAnsiQuotes)),
            "create a\"b\\(a char default)");
}

TEST(DdlParser, SemicolonsAtTheEndAreNoPartOfTheStatement) {
  EXPECT_EQ(parsed("DROP TABLE t;"), "drop t");
  EXPECT_EQ(parsed("CREATE TABLE t (a INT) ENGINE=InnoDB ; -- x"), "create t(a int)");
  EXPECT_EQ(parsed("ALTER TABLE t ; ;"), "alter t");
}

std::string type_text(std::string_view text, const StatementContext& context = mysql()) {
  const auto type = parse_column_type(text, context);
  return type.ok() ? to_text(*type) : "error: " + type.error().message();
}

TEST(ColumnType, OfTheCatalogIsRead) {
  EXPECT_EQ(type_text("int(10) unsigned zerofill"), "int(10) unsigned zerofill");
  EXPECT_EQ(type_text("decimal(10,2)"), "decimal(10,2)");
  EXPECT_EQ(type_text("float(7,4) unsigned"), "float(7,4) unsigned");
  EXPECT_EQ(type_text("timestamp(6)"), "timestamp(6)");
  EXPECT_EQ(type_text("geomcollection"), "geometry collection");
  EXPECT_EQ(type_text("json"), "json");
  EXPECT_EQ(type_text("inet6", mariadb()), "inet6");
  EXPECT_EQ(type_text("varchar(9) /*M!100301 COMPRESSED*/", mariadb()), "varchar(9) compressed");
}

TEST(ColumnType, LabelsAreReadUnderTheDefaultSqlModeWhateverTheStatements) {
  const auto type = parse_column_type("enum('it''s','a\\\\b','x\\0y',' z ')",
                                      mariadb(sql_mode::kNoBackslashEscapes));
  ASSERT_TRUE(type.ok());
  EXPECT_THAT(type->labels, testing::ElementsAre("it's", "a\\b", std::string("x\0y", 3), " z "));
}

TEST(ColumnType, ThatIsUnknownOrLongerIsAnError) {
  EXPECT_THAT(type_text("xmltype"), StartsWith("error: expected a data type"));
  EXPECT_THAT(type_text("int foo"), StartsWith("error: expected the end"));
  EXPECT_THAT(type_text(""), StartsWith("error: expected a data type"));
}

TEST(StatementsIn, AreCutAtSemicolonsOutsideOfStringsNamesAndComments) {
  EXPECT_THAT(
      statements_in("CREATE TABLE `a;` (x CHAR DEFAULT ';'); -- y;\n\n;/* ; */DROP TABLE b;\n"
                    "/*!40101 SET x=1 */;\n# z;",
                    mysql()),
      testing::ElementsAre("CREATE TABLE `a;` (x CHAR DEFAULT ';')", "/* ; */DROP TABLE b",
                           "\n/*!40101 SET x=1 */"));
}

TEST(StatementsIn, LastNeedsNoSemicolonAndMayBeBroken) {
  EXPECT_THAT(statements_in("DROP TABLE a; DROP TABLE 'b", mysql()),
              testing::ElementsAre("DROP TABLE a", " DROP TABLE 'b"));
  EXPECT_THAT(statements_in("", mysql()), testing::ElementsAre());
}

std::vector<std::string> names(std::string_view sql, const StatementContext& context = mysql()) {
  std::vector<std::string> texts;
  for (const auto& name : names_in(sql, context)) texts.push_back(to_text(name));
  return texts;
}

TEST(NamesIn, FindsQualifiedQuotedAndBareNamesOnce) {
  EXPECT_THAT(
      names("FROB TABLE `a``b`, db.t , `d`.`e.f` INTO t /* c */ t"),
      testing::ElementsAre("FROB", "TABLE", "a`b", "db", "db.t", "t", "d", "d.e.f", "e.f", "INTO"));
}

TEST(NamesIn, TakesDoubleQuotesForNamesUnderAnySqlMode) {
  EXPECT_THAT(names("x \"t\""), Contains("t"));
  EXPECT_THAT(names("x \"t\"", mysql(sql_mode::kAnsiQuotes)), Contains("t"));
  EXPECT_THAT(names("x 't'"), testing::Not(Contains("t")));
}

TEST(NamesIn, GoesOnBehindAQuoteWithoutEnd) {
  EXPECT_THAT(names("ALTER ' TABLE db.t `x"), IsSupersetOf({"db.t", "x"}));
}

TEST(NamesIn, LooksIntoExecutableComments) {
  EXPECT_THAT(names("ALTER /*! TABLE t */ /* u */ x"), IsSupersetOf({"t", "x"}));
  EXPECT_THAT(names("ALTER /*! TABLE t */ /* u */ x"), testing::Not(Contains("u")));
}

}  // namespace
}  // namespace rowmill::schema
