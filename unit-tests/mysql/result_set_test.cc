// SPDX-License-Identifier: Apache-2.0
#include "mysql/result_set.h"

#include <gtest/gtest.h>

namespace rowmill::mysql {
namespace {

const ResultSet kFiles({"Log_name", "File_size"},
                       {{"binlog.000001", "158"}, {"binlog.000002", std::nullopt}});

TEST(ResultSet, ColumnIsFoundInAnyCase) {
  EXPECT_EQ(kFiles.column("file_SIZE"), 1U);
  EXPECT_EQ(kFiles.get(0, "log_name"), "binlog.000001");
}

TEST(ResultSet, NullAndUnknownColumnHaveNoValue) {
  EXPECT_EQ(kFiles.get(1, "File_size"), std::nullopt);
  EXPECT_EQ(kFiles.get(0, "Encrypted"), std::nullopt);
  EXPECT_EQ(kFiles.column("Log"), std::nullopt);
}

TEST(ResultSet, ValueMayHoldAnyByte) {
  const ResultSet set({"v"}, {{std::string("a\0b", 3)}});
  EXPECT_EQ(set.get(0, "v"), std::string_view("a\0b", 3));
}

TEST(EqualsIgnoringCase, ComparesWholeTexts) {
  EXPECT_TRUE(equals_ignoring_case("Full", "FULL"));
  EXPECT_FALSE(equals_ignoring_case("FULL", "FULL_NODUP"));
  EXPECT_FALSE(equals_ignoring_case("[", "{"));
}

}  // namespace
}  // namespace rowmill::mysql
