// SPDX-License-Identifier: Apache-2.0
#include "mysql/catalog_columns.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rowmill::mysql {
namespace {

TEST(ParseCatalogColumns, ReadsNamesTypesAndFractions) {
  const ResultSet answer(
      {"name", "type", "digits"},
      {{"id", "uuid", std::nullopt}, {"at", "time", "0"}, {"on", "datetime", "6"}});
  const auto columns = parse_catalog_columns(answer);
  ASSERT_TRUE(columns.ok()) << columns.error().text();
  EXPECT_THAT(
      *columns,
      testing::ElementsAre(
          model::CatalogColumn{.name = "id", .type = "uuid", .fraction_digits = std::nullopt},
          model::CatalogColumn{.name = "at", .type = "time", .fraction_digits = uint8_t{0}},
          model::CatalogColumn{.name = "on", .type = "datetime", .fraction_digits = uint8_t{6}}));
}

TEST(ParseCatalogColumns, TellsWhichColumnsAreVirtual) {
  const auto columns = parse_catalog_columns(
      ResultSet({"name", "type", "digits", "extra"},
                {{"id", "int", std::nullopt, "AUTO_INCREMENT"},
                 {"kept", "int", std::nullopt, "STORED GENERATED"},
                 {"computed", "int", std::nullopt, "VIRTUAL GENERATED, INVISIBLE"}}));
  ASSERT_TRUE(columns.ok()) << columns.error().text();
  EXPECT_FALSE((*columns)[0].is_virtual);
  EXPECT_FALSE((*columns)[1].is_virtual);
  EXPECT_TRUE((*columns)[2].is_virtual);
}

TEST(ParseCatalogColumns, TableThatIsNotThereHasNone) {
  const auto columns = parse_catalog_columns(ResultSet({"name", "type", "digits"}, {}));
  ASSERT_TRUE(columns.ok());
  EXPECT_TRUE(columns->empty());
}

TEST(ParseCatalogColumns, FractionThatIsNoNumberIsFatal) {
  for (const char* digits : {"", "x", "6x", "-1", "256"}) {
    const auto columns =
        parse_catalog_columns(ResultSet({"name", "type", "digits"}, {{"at", "time", digits}}));
    ASSERT_FALSE(columns.ok()) << digits;
    EXPECT_EQ(columns.error().kind(), base::ErrorKind::kFatal);
  }
}

}  // namespace
}  // namespace rowmill::mysql
