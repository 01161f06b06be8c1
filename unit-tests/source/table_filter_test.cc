// SPDX-License-Identifier: Apache-2.0
#include "source/table_filter.h"

#include <gtest/gtest.h>

namespace rowmill::source {
namespace {

TableFilter filter_of(FilterLists lists) {
  auto filter = TableFilter::create(lists);
  EXPECT_TRUE(filter.ok());
  return *std::move(filter);
}

TEST(TableFilter, WithoutListsAllButTheServersOwnDatabasesAreCaptured) {
  const TableFilter filter = filter_of({});
  EXPECT_TRUE(filter.captures("shop", "orders"));
  for (const char* database : {"mysql", "sys", "information_schema", "performance_schema"}) {
    EXPECT_FALSE(filter.captures(database, "t")) << database;
  }
}

TEST(TableFilter, PatternsCoverTheWholeNameAndIgnoreCase) {
  FilterLists lists;
  lists.table_include = {"shop\\.orders", "shop\\.item.*"};
  const TableFilter filter = filter_of(lists);
  EXPECT_TRUE(filter.captures("shop", "orders"));
  EXPECT_TRUE(filter.captures("SHOP", "Orders"));
  EXPECT_TRUE(filter.captures("shop", "items_2024"));
  EXPECT_FALSE(filter.captures("shop", "orders_old"));
  EXPECT_FALSE(filter.captures("workshop", "orders"));
}

TEST(TableFilter, DatabaseListsRuleBeforeTableLists) {
  FilterLists lists;
  lists.database_exclude = {"test_.*"};
  lists.table_exclude = {".*\\.secrets"};
  const TableFilter filter = filter_of(lists);
  EXPECT_FALSE(filter.captures("test_1", "orders"));
  EXPECT_FALSE(filter.captures("shop", "secrets"));
  EXPECT_TRUE(filter.captures("shop", "orders"));
}

TEST(TableFilter, PatternThatIsNoRegularExpressionIsAConfigError) {
  FilterLists lists;
  lists.table_include = {"shop.(orders"};
  const auto filter = TableFilter::create(lists);
  ASSERT_FALSE(filter.ok());
  EXPECT_EQ(filter.error().kind(), base::ErrorKind::kConfig);
}

}  // namespace
}  // namespace rowmill::source
