// SPDX-License-Identifier: Apache-2.0
#include "source/statement.h"

#include <gtest/gtest.h>

namespace rowmill::source {
namespace {

struct Case {
  std::string_view sql;
  StatementKind kind;
};

TEST(Statement, IsClassifiedByItsFirstWords) {
  const Case cases[] = {
      {"BEGIN", StatementKind::kBegin},
      {"COMMIT", StatementKind::kCommit},
      {"COMMIT /* implicit, from Xid_log_event */", StatementKind::kCommit},
      {"ROLLBACK", StatementKind::kRollback},
      {"ROLLBACK TO `s1`", StatementKind::kRollbackToSavepoint},
      {"SAVEPOINT `s1`", StatementKind::kSavepoint},
      {"XA START X'67',X'62',7", StatementKind::kXaStart},
      {"XA END X'67',X'62',7", StatementKind::kXaEnd},
      {"XA COMMIT X'67',X'62',7", StatementKind::kXaCommit},
      {"XA ROLLBACK X'67',X'62',7", StatementKind::kXaRollback},
      {"insert into t values (1)", StatementKind::kRowChange},
      {"  /* app */ -- why\n UPDATE t SET a=1", StatementKind::kRowChange},
      {"/*!80013 DELETE FROM t */", StatementKind::kRowChange},
      {"(REPLACE INTO t VALUES (1))", StatementKind::kRowChange},
      {"WITH c AS (SELECT 1) UPDATE t, c SET a=1", StatementKind::kRowChange},
      {"LOAD DATA INFILE 'f' INTO TABLE `t`", StatementKind::kRowChange},
      {"CREATE TABLE inserts (a int)", StatementKind::kOther},
      {"CREATE TABLE a AS SELECT * FROM b", StatementKind::kRowChange},
      {"create or replace table a (x int) select 1", StatementKind::kRowChange},
      {"CREATE TABLE a TABLE b", StatementKind::kRowChange},
      {"CREATE TABLE a VALUES ROW(1)", StatementKind::kRowChange},
      {"CREATE TABLE a AS VALUES (1), (2)", StatementKind::kRowChange},
      {"CREATE TABLE d.values (a int)", StatementKind::kOther},
      {"CREATE TABLE d.select (a int, b decimal(5.2)) VALUES ROW(1)", StatementKind::kRowChange},
      {"CREATE TABLE d.table LIKE d.select", StatementKind::kOther},
      {"CREATE TABLE `a` (\n `select` int COMMENT 'it\\'s a select'\n) START TRANSACTION",
       StatementKind::kOther},
      {"CREATE TABLE a (x int) PARTITION BY RANGE (x) (PARTITION p VALUES LESS THAN (9))",
       StatementKind::kOther},
      {"CREATE TEMPORARY TABLE a SELECT 1", StatementKind::kOther},
      {"CREATE VIEW v AS SELECT 1", StatementKind::kOther},
      {"SELECT `shop`.`f`()", StatementKind::kHiddenRowChange},
      {"DO f(1)", StatementKind::kHiddenRowChange},
      {"SET @a = f(1)", StatementKind::kHiddenRowChange},
      {"SET PASSWORD FOR 'u'@'h' = '*1'", StatementKind::kOther},
      {"SET DEFAULT ROLE r FOR u", StatementKind::kOther},
      {"SET STATEMENT max_statement_time=1 FOR INSERT INTO t VALUES (1)",
       StatementKind::kRowChange},
      {"SET STATEMENT max_statement_time=1 FOR DROP TABLE t", StatementKind::kOther},
      {"ROLLBACK WORK TO SAVEPOINT a", StatementKind::kRollbackToSavepoint},
      {"LOAD DATA INFILE 'x' INTO TABLE t", StatementKind::kRowChange},
      {"/*!50003 INSERT*/ INTO t VALUES (1)", StatementKind::kRowChange},
      {"BEGINNING", StatementKind::kOther},
      {"insert_log()", StatementKind::kOther},
      {"", StatementKind::kOther},
      {"/* never closed", StatementKind::kOther},
  };
  for (const Case& c : cases) EXPECT_EQ(classify_statement(c.sql), c.kind) << c.sql;
}

TEST(Statement, XaIdentityIsTheSameInAllFourStatements) {
  for (const std::string_view verb : {"START", "END", "COMMIT", "ROLLBACK"}) {
    EXPECT_EQ(xa_identity("XA " + std::string(verb) + " X'67',X'62',7"), "X'67',X'62',7");
  }
}

TEST(Statement, XaIdentityIsTheSameInTheEventThatEndsTheGroup) {
  const binlog::XaPrepare prepare{
      .one_phase = false, .format_id = 7, .gtrid = "g\xab", .bqual = ""};
  EXPECT_EQ(xa_identity(prepare), "X'67ab',X'',7");
}

TEST(Statement, SavepointNameIsWithoutItsQuotes) {
  EXPECT_EQ(savepoint_name("SAVEPOINT `a b`"), "a b");
  EXPECT_EQ(savepoint_name("SAVEPOINT `a``b`"), "a`b");
  EXPECT_EQ(savepoint_name("ROLLBACK TO `a`"), "a");
  EXPECT_EQ(savepoint_name("ROLLBACK WORK TO SAVEPOINT a"), "a");
  EXPECT_EQ(savepoint_name("SAVEPOINT \"a\"\"b\"", {.ansi_quotes = true}), "a\"b");
  EXPECT_EQ(savepoint_name("SAVEPOINT"), "");
}

TEST(Statement, WordsInBracketsAreNamesInMssqlModeOnly) {
  constexpr std::string_view kCreate = "CREATE TABLE [values] ([select] int, [a]]b] int)";
  constexpr uint64_t kMssql = 0x400 | 0x4;
  EXPECT_EQ(classify_statement(kCreate, QuoteRules::of_sql_mode(kMssql)), StatementKind::kOther);
  EXPECT_EQ(classify_statement(kCreate), StatementKind::kRowChange);
  EXPECT_EQ(savepoint_name("SAVEPOINT [a]]b]", QuoteRules::of_sql_mode(kMssql)), "a]b");
}

TEST(Statement, QuotesWithinStringsHideNoTable) {
  const auto filter = TableFilter::create({.database_include = {},
                                           .database_exclude = {},
                                           .table_include = {"shop\\.orders"},
                                           .table_exclude = {}});
  ASSERT_TRUE(filter.ok());
  const auto mentions = [&](std::string_view sql, QuoteRules rules = {}) {
    return mentions_captured_table(sql, "shop", *filter, rules);
  };
  EXPECT_TRUE(mentions("WITH c AS (SELECT '`') UPDATE orders SET a = '`'"));
  EXPECT_TRUE(mentions("WITH c AS (SELECT 'it\\'s') UPDATE orders SET a = 'x'"));
  EXPECT_TRUE(mentions("WITH c AS (SELECT 'C:\\') UPDATE orders SET a = 'x'",
                       {.backslash_escapes = false}));
  EXPECT_TRUE(mentions("UPDATE \"orders\" SET a = 1", {.ansi_quotes = true}));
  EXPECT_TRUE(mentions("INSERT INTO /*!50000 orders */ VALUES (1)"));
  EXPECT_FALSE(mentions("INSERT INTO x VALUES ('orders') /* orders */"));
}

TEST(Statement, CapturedTableIsFoundQualifiedQuotedAndByTheDefaultDatabase) {
  const auto filter = TableFilter::create({.database_include = {},
                                           .database_exclude = {},
                                           .table_include = {"shop\\.orders"},
                                           .table_exclude = {}});
  ASSERT_TRUE(filter.ok());
  EXPECT_TRUE(mentions_captured_table("INSERT INTO shop.orders VALUES (1)", "other", *filter));
  EXPECT_TRUE(mentions_captured_table("INSERT INTO `shop`.`orders` VALUES (1)", "", *filter));
  EXPECT_TRUE(mentions_captured_table("UPDATE orders SET a=1", "shop", *filter));
  EXPECT_FALSE(mentions_captured_table("UPDATE orders SET a=1", "other", *filter));
  EXPECT_FALSE(
      mentions_captured_table("INSERT INTO shop.customers VALUES ('orders')", "x", *filter));
  EXPECT_FALSE(mentions_captured_table("INSERT INTO `", "shop", *filter));
}

}  // namespace
}  // namespace rowmill::source
