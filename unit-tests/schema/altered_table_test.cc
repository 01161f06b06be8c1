// SPDX-License-Identifier: Apache-2.0
//
// What servers were seen to make of statements, by information_schema after each of them.

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <string_view>

#include "schema/ddl_case.h"
#include "schema/definitions.h"

namespace rowmill::schema {
namespace {

CollationTable collations() {
  return {{5, {"latin1_german1_ci", "latin1", false, 1}},
          {8, {"latin1_swedish_ci", "latin1", true, 1}},
          {54, {"utf16_general_ci", "utf16", true, 4}},
          {255, {"utf8mb4_0900_ai_ci", "utf8mb4", true, 4}}};
}

StatementContext in_database(StatementContext context) {
  context.default_database = "d";
  context.server_collation = 5;
  return context;
}

/// The table d.t after the statements, or why it is not known.
std::string table_after(const StatementContext& brand,
                        std::initializer_list<const char*> statements) {
  Definitions definitions(collations());
  const StatementContext context = in_database(brand);
  std::string doubt = "no table";
  for (const std::string_view sql : statements) {
    const auto parsed = parse_ddl(sql, context);
    if (!parsed.ok()) return parsed.error().message();
    const auto all = [](const model::TableId&) { return true; };
    for (const Doubt& one : definitions.apply(*parsed, context, all).doubts) doubt = one.reason;
  }
  const auto table = definitions.find({"d", "t"});
  if (!table) return doubt;
  std::string text = table->collation + ":";
  for (const model::DeclaredColumn& column : table->columns) text += " " + column.name;
  return text;
}

constexpr const char* kDatabase = "CREATE DATABASE d";
constexpr const char* kGeneratedKey =
    "CREATE TABLE t (my_row_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT INVISIBLE, a INT, PRIMARY "
    "KEY "
    "(my_row_id))";

TEST(AlteredTable, WhatIsPutFirstComesBehindAGeneratedPrimaryKey) {
  EXPECT_EQ(table_after(mysql(), {kDatabase, kGeneratedKey, "ALTER TABLE t ADD b INT FIRST"}),
            "latin1_german1_ci: my_row_id b a");
  EXPECT_EQ(table_after(mysql(), {kDatabase, kGeneratedKey,
                                  "ALTER TABLE t ADD b INT FIRST, MODIFY a DATE FIRST"}),
            "latin1_german1_ci: my_row_id a b");
}

TEST(AlteredTable, WhatIsPutFirstComesBeforeAnOrdinaryPrimaryKeyOfThatName) {
  EXPECT_EQ(
      table_after(mysql(), {kDatabase, kGeneratedKey, "ALTER TABLE t ALTER my_row_id SET VISIBLE",
                            "ALTER TABLE t ADD b INT FIRST"}),
      "latin1_german1_ci: b my_row_id a");
  EXPECT_EQ(table_after(mysql(), {kDatabase, kGeneratedKey,
                                  "ALTER TABLE t DROP my_row_id, ADD b INT FIRST"}),
            "latin1_german1_ci: b a");
}

TEST(AlteredTable, CharsetDefaultBringsTheCollationOfTheDatabaseOnMysqlOnly) {
  constexpr const char* kConvert = "ALTER TABLE t CONVERT TO CHARACTER SET DEFAULT";
  constexpr const char* kTable = "CREATE TABLE t (a CHAR(2)) CHARSET utf8mb4";
  EXPECT_EQ(table_after(mysql(), {kDatabase, kTable, kConvert}), "latin1_german1_ci: a");
  EXPECT_EQ(table_after(mariadb(), {kDatabase, kTable, kConvert}), "latin1_swedish_ci: a");
  EXPECT_EQ(table_after(mariadb(), {kDatabase, "CREATE TABLE t (a INT) CHARSET DEFAULT"}),
            "latin1_swedish_ci: a");
}

TEST(AlteredTable, ConvertToDefaultMeansTheDatabaseOfTheSessionOnMysql) {
  constexpr const char* kOther = "CREATE DATABASE other CHARSET utf8mb4";
  constexpr const char* kTable = "CREATE TABLE other.t (a CHAR(2)) CHARSET utf16";
  constexpr const char* kConvert = "ALTER TABLE other.t CONVERT TO CHARSET DEFAULT, RENAME TO d.t";
  EXPECT_EQ(table_after(mysql(), {kDatabase, kOther, kTable, kConvert}), "latin1_german1_ci: a");
  EXPECT_EQ(table_after(mariadb(), {kDatabase, kOther, kTable, kConvert}), "utf8mb4_0900_ai_ci: a");
}

TEST(AlteredTable, ConvertToDefaultWithoutADatabaseIsNotGuessedOnMysql) {
  Definitions definitions(collations());
  StatementContext context = in_database(mysql());
  const auto all = [](const model::TableId&) { return true; };
  for (const char* sql : {kDatabase, "CREATE TABLE d.t (a CHAR(2))"}) {
    (void)definitions.apply(*parse_ddl(sql, context), context, all);
  }
  context.default_database = "";
  const auto parsed = parse_ddl("ALTER TABLE d.t CONVERT TO CHARSET DEFAULT", context);
  EXPECT_EQ(definitions.apply(*parsed, context, all).doubts.size(), 1U);
}

TEST(AlteredTable, BinaryAloneOutlivesConvertTo) {
  CollationTable table = collations();
  table.insert(
      {{46, {"utf8mb4_bin", "utf8mb4", false, 4}}, {47, {"latin1_bin", "latin1", false, 1}}});
  Definitions definitions(table);
  const StatementContext context = in_database(mysql());
  for (const char* sql : {"CREATE TABLE t (a CHAR(2)) CHARSET utf8mb4",
                          "ALTER TABLE t MODIFY a CHAR(3) BINARY, ADD b CHAR(3) CHARSET utf8mb4 "
                          "BINARY, CONVERT TO CHARSET latin1"}) {
    (void)definitions.apply(*parse_ddl(sql, context), context,
                            [](const model::TableId&) { return true; });
  }
  const auto columns = definitions.find({"d", "t"}).value().columns;
  EXPECT_EQ(columns.front().collation, "latin1_bin");
  EXPECT_EQ(columns.back().collation, "latin1_swedish_ci");
}

TEST(AlteredTable, CharsetClausesMergeAsEachServerMergesThem) {
  struct Clauses {
    const char* alter;
    const char* mysql;
    const char* mariadb;
  };
  constexpr const char* kGerman = "latin1_german1_ci: a";
  constexpr const char* kDefault = "latin1_swedish_ci: a";
  for (const Clauses& one : {
           Clauses{"COLLATE latin1_german1_ci, CHARSET latin1", kGerman, kGerman},
           Clauses{"COLLATE latin1_german1_ci, ADD b INT, DROP b2, CHARSET latin1",
                   "latin1_german1_ci: a b", "latin1_german1_ci: a b"},
           Clauses{"CONVERT TO CHARSET latin1, COLLATE latin1_german1_ci", kGerman, kGerman},
           Clauses{"COLLATE latin1_german1_ci, CONVERT TO CHARSET latin1", kDefault, kGerman},
           Clauses{"CONVERT TO CHARSET latin1 COLLATE latin1_german1_ci, CHARSET latin1", kGerman,
                   kDefault},
           Clauses{"CONVERT TO CHARSET latin1 COLLATE latin1_german1_ci, CONVERT TO CHARSET latin1",
                   kDefault, kGerman},
       }) {
    const std::string alter = std::string("ALTER TABLE t ") + one.alter;
    const bool drops = alter.find("b2") != std::string::npos;
    const char* const table = drops ? "CREATE TABLE t (a CHAR(2), b2 INT) CHARSET utf8mb4"
                                    : "CREATE TABLE t (a CHAR(2)) CHARSET utf8mb4";
    EXPECT_EQ(table_after(mysql(), {kDatabase, table, alter.c_str()}), one.mysql) << alter;
    EXPECT_EQ(table_after(mariadb(), {kDatabase, table, alter.c_str()}), one.mariadb) << alter;
  }
}

TEST(CreatedTable, ReplacingThatFailedOnlyDropsTheOldTable) {
  StatementContext failed = in_database(mariadb());
  failed.failed = true;
  Definitions definitions(collations());
  const auto all = [](const model::TableId&) { return true; };
  const auto apply = [&](const char* sql, const StatementContext& context) {
    const auto parsed = parse_ddl(sql, context);
    ASSERT_TRUE(parsed.ok());
    EXPECT_TRUE(definitions.apply(*parsed, context, all).doubts.empty());
  };
  apply("CREATE TABLE t (a INT)", in_database(mariadb()));
  apply("CREATE TABLE u (a INT)", failed);
  EXPECT_FALSE(definitions.find({"d", "u"}));
  EXPECT_TRUE(definitions.find({"d", "t"}));
  apply("CREATE OR REPLACE TABLE t (b INT, UNIQUE (c))", failed);
  EXPECT_FALSE(definitions.find({"d", "t"}));
}

TEST(CreatedTable, OptionsBehindStartTransactionCount) {
  EXPECT_EQ(table_after(mysql(), {kDatabase,
                                  "CREATE TABLE `t` (`a` int) START TRANSACTION "
                                  "ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='x'"}),
            "utf8mb4_0900_ai_ci: a");
}

TEST(CreatedTable, BlobWithALengthIsOfItsSizeInOracleModeToo) {
  const auto type_of = [](const char* sql) {
    const auto parsed = parse_ddl(sql, mariadb(sql_mode::kMariadbOracle));
    return std::get<CreateTable>(*parsed).columns.front().type.type;
  };
  EXPECT_EQ(type_of("CREATE TABLE t (a BLOB)"), model::SqlType::kLongBlob);
  EXPECT_EQ(type_of("CREATE TABLE t (a BLOB(7))"), model::SqlType::kBlob);
}

TEST(AlteredTable, ConvertedLongtextStaysWhatItIsDeclaredAs) {
  Definitions definitions(collations());
  const StatementContext context = in_database(mysql());
  for (const char* sql : {"CREATE TABLE t (a INT, b INT) CHARSET latin1",
                          "ALTER TABLE t MODIFY a LONGTEXT, MODIFY b MEDIUMTEXT, CONVERT TO "
                          "CHARACTER SET utf8mb4"}) {
    const auto parsed = parse_ddl(sql, context);
    (void)definitions.apply(*parsed, context, [](const model::TableId&) { return true; });
  }
  const auto table = definitions.find({"d", "t"}).value();
  EXPECT_EQ(table.columns.front().type, model::SqlType::kLongText);
  EXPECT_EQ(table.columns.back().type, model::SqlType::kTinyText);
}

TEST(CreatedTable, TimestampIsATimestampInOracleModeWhateverMaxdbModeSays) {
  const auto parsed = parse_ddl("CREATE TABLE t (a TIMESTAMP)",
                                mariadb(sql_mode::kMariadbOracle | sql_mode::kMariadbMaxdb));
  EXPECT_EQ(std::get<CreateTable>(*parsed).columns.front().type.type, model::SqlType::kTimestamp);
}

TEST(CreatedTable, UnnamedKeyWithAnExpressionIsAFunctionalIndex) {
  Definitions definitions(collations());
  const StatementContext context = in_database(mysql());
  const auto parsed = parse_ddl("CREATE TABLE t (a INT, UNIQUE (a, (a + 1)))", context);
  (void)definitions.apply(*parsed, context, [](const model::TableId&) { return true; });
  EXPECT_EQ(definitions.find({"d", "t"}).value().keys.front().name, "functional_index");
}

TEST(CreatedTable, BinaryKeepsACollationThatSortsByBytesOnMariadbOnly) {
  CollationTable table = collations();
  table.insert(
      {{47, {"latin1_bin", "latin1", false, 1}}, {1071, {"latin1_nopad_bin", "latin1", false, 1}}});
  for (const bool is_mariadb : {false, true}) {
    Definitions definitions(table);
    const StatementContext context = in_database(is_mariadb ? mariadb() : mysql());
    const auto parsed =
        parse_ddl("CREATE TABLE t (a CHAR BINARY) COLLATE latin1_nopad_bin", context);
    (void)definitions.apply(*parsed, context, [](const model::TableId&) { return true; });
    EXPECT_EQ(definitions.find({"d", "t"}).value().columns.front().collation,
              is_mariadb ? "latin1_nopad_bin" : "latin1_bin");
  }
}

TEST(CreatedTable, BinaryWithoutACharsetIsStrongerThanACollationOnMysql) {
  CollationTable table = collations();
  table.insert({47, {"latin1_bin", "latin1", false, 1}});
  Definitions definitions(table);
  const StatementContext context = in_database(mysql());
  const auto parsed = parse_ddl(
      "CREATE TABLE t (a CHAR BINARY DEFAULT 'x' COLLATE latin1_german1_ci,"
      " b CHAR BINARY CHARSET latin1 COLLATE latin1_german1_ci)",
      context);
  (void)definitions.apply(*parsed, context, [](const model::TableId&) { return true; });
  const auto columns = definitions.find({"d", "t"}).value().columns;
  EXPECT_EQ(columns.front().collation, "latin1_bin");
  EXPECT_EQ(columns.back().collation, "latin1_german1_ci");
}

TEST(DropTables, IfExistsMayStandTwice) {
  EXPECT_EQ(table_after(mariadb(), {kDatabase, "CREATE TABLE t (a INT)",
                                    "DROP TABLE IF EXISTS /*!100000 if exists */ `t`"}),
            "no table");
}

TEST(CreatedTable, LabelsInDigitsAreKnownOnlyWhereTheCharsetExtendsAscii) {
  EXPECT_EQ(table_after(mysql(), {kDatabase, "CREATE TABLE t (a ENUM(0x5A5A))"}),
            "latin1_german1_ci: a");
  EXPECT_EQ(table_after(mysql(), {kDatabase, "CREATE TABLE t (a ENUM(0x5A5A) CHARSET utf16)"}),
            "column a has labels written in digits of utf16");
}

}  // namespace
}  // namespace rowmill::schema
