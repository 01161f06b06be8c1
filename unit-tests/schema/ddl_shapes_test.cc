// SPDX-License-Identifier: Apache-2.0
#include "schema/ddl_shapes.h"

#include <gtest/gtest.h>

#include "schema/ddl_case.h"

namespace rowmill::schema {
namespace {

class DdlShape : public testing::TestWithParam<DdlCase> {};

TEST_P(DdlShape, IsReadAsTheServerDoes) { expect_case(GetParam()); }

INSTANTIATE_TEST_SUITE_P(Alter, DdlShape, testing::ValuesIn(kAlterShapes), name_of_case);
INSTANTIATE_TEST_SUITE_P(Create, DdlShape, testing::ValuesIn(kCreateShapes), name_of_case);
INSTANTIATE_TEST_SUITE_P(Mariadb, DdlShape, testing::ValuesIn(kMariadbShapes), name_of_case);
INSTANTIATE_TEST_SUITE_P(Others, DdlShape, testing::ValuesIn(kOtherShapes), name_of_case);

TEST(DdlHead, ThatCannotTouchAColumnIsNoDefinitionWhateverFollows) {
  for (const auto sql : kNoDefinitions) {
    EXPECT_EQ(parsed(sql, mysql()), "none") << sql;
    EXPECT_EQ(parsed(sql, mariadb()), "none") << sql;
  }
}

}  // namespace
}  // namespace rowmill::schema
