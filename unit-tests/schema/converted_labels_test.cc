// SPDX-License-Identifier: Apache-2.0
//
// The servers do not recode the labels of ENUM and SET in CONVERT TO CHARACTER SET, but keep their
// bytes: seen on MySQL 9.7 and MariaDB 10.11, where rows with such a label even lose it.

#include <gtest/gtest.h>

#include "schema/ddl_parser.h"
#include "schema/definitions.h"

namespace rowmill::schema {
namespace {

using model::DeclaredColumn;
using model::SqlType;

const CollationTable kCollations = {
    {8, {"latin1_swedish_ci", "latin1", true, 1}},
    {33, {"utf8mb3_general_ci", "utf8mb3", true, 3}},
    {35, {"ucs2_general_ci", "ucs2", true, 2}},
    {45, {"utf8mb4_general_ci", "utf8mb4", true, 4}},
};
const model::TableId kTable{"shop", "items"};

struct Conversion {
  std::string from;
  std::string to;
  std::string label;
  bool doubtful;
};

bool doubtful_after(const Conversion& conversion) {
  Definitions definitions(kCollations);
  DeclaredColumn column{.name = "e", .type = SqlType::kEnum, .collation = conversion.from};
  column.labels = {"plain", conversion.label};
  definitions.put({.id = kTable, .collation = conversion.from, .columns = {column}});
  StatementContext context;
  context.mariadb = true;
  context.server_version = 101119;
  context.default_database = "shop";
  const auto statement =
      parse_ddl("ALTER TABLE items CONVERT TO CHARACTER SET " + conversion.to, context);
  EXPECT_TRUE(statement.ok());
  EXPECT_TRUE(
      definitions.apply(*statement, context, [](const auto&) { return true; }).doubts.empty());
  return definitions.find(kTable)->columns[0].labels_doubtful;
}

TEST(ConvertedLabels, AreDoubtfulWhereTheirBytesReadOtherwiseInTheNewCharset) {
  const std::vector<Conversion> conversions = {
      {"latin1_swedish_ci", "utf8mb4", "zo\xc3\xab", true},
      {"utf8mb4_general_ci", "latin1", "zo\xc3\xab", true},
      {"latin1_swedish_ci", "ucs2", "zoe", true},
      {"ucs2_general_ci", "utf8mb4", "zoe", true},
      {"latin1_swedish_ci", "utf8mb4", "zoe", false},
      {"utf8mb3_general_ci", "utf8mb4", "zo\xc3\xab", false},
      {"utf8mb4_general_ci", "utf8mb4", "zo\xc3\xab", false},
  };
  for (const Conversion& conversion : conversions) {
    EXPECT_EQ(doubtful_after(conversion), conversion.doubtful)
        << conversion.from << " to " << conversion.to << ": " << conversion.label;
  }
}

}  // namespace
}  // namespace rowmill::schema
