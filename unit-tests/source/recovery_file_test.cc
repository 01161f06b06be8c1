// SPDX-License-Identifier: Apache-2.0
#include "source/recovery_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>

namespace rowmill::source {
namespace {

using base::ErrorKind;
using testing::HasSubstr;

const model::CollationTable kCollations = {
    {8, {.name = "latin1_swedish_ci", .charset = "latin1", .is_default = true}}};

base::Result<schema::Definitions> parse(std::string_view text) {
  return parse_recovery_text(text, schema::StatementContext{}, kCollations);
}

TEST(RecoveryFile, HasDefinitionsOfQualifiedTablesAndOfTheDatabaseInUse) {
  const auto definitions = parse(
      "-- as of Monday\n"
      "CREATE TABLE shop.orders (id INT, v VARCHAR(9) CHARSET latin1);\n"
      "USE `other;db`;\n"
      "create table t (`semi;colon` INT) /* ; */;\n");
  ASSERT_TRUE(definitions.ok()) << definitions.error().text();
  ASSERT_TRUE(definitions->find({"shop", "orders"}));
  EXPECT_EQ(definitions->find({"shop", "orders"})->columns[1].name, "v");
  ASSERT_TRUE(definitions->find({"other;db", "t"}));
  EXPECT_EQ(definitions->find({"other;db", "t"})->columns[0].name, "semi;colon");
}

TEST(RecoveryFile, StatementThatDeclaresNoTableWhollyIsRefused) {
  for (const char* text :
       {"ALTER TABLE shop.orders ADD v INT", "CREATE TABLE orders (id INT)",
        "CREATE TABLE shop.orders", "CREATE TABLE shop.orders LIKE shop.other",
        "CREATE TABLE shop.orders (id NOSUCHTYPE)", "DROP TABLE shop.orders", "nonsense"}) {
    const auto definitions = parse(text);
    ASSERT_FALSE(definitions.ok()) << text;
    EXPECT_EQ(definitions.error().kind(), ErrorKind::kConfig) << text;
    EXPECT_THAT(definitions.error().text(), HasSubstr("schema.recovery.file")) << text;
    EXPECT_THAT(definitions.error().remedy(), HasSubstr("SHOW CREATE TABLE")) << text;
  }
}

TEST(RecoveryFile, NoNameIsNoFile) {
  const auto none = read_recovery_file("", schema::StatementContext{}, kCollations);
  ASSERT_TRUE(none.ok());
  EXPECT_EQ(*none, nullptr);
}

TEST(RecoveryFile, FileThatIsNotThereIsAConfigError) {
  const auto missing =
      read_recovery_file("/nonexistent/tables.sql", schema::StatementContext{}, kCollations);
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().kind(), ErrorKind::kConfig);
}

}  // namespace
}  // namespace rowmill::source
