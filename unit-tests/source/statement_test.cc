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
