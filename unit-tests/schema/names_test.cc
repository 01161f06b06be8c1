// SPDX-License-Identifier: Apache-2.0
#include "schema/names.h"

#include <gtest/gtest.h>

namespace rowmill::schema {
namespace {

TEST(SameName, IgnoresCaseOfEveryLetterThatHasOne) {
  EXPECT_TRUE(same_name("order_Id", "ORDER_ID"));
  EXPECT_TRUE(same_name("Ártikel", "áRTIKEL"));
  EXPECT_TRUE(same_name("ЗАКАЗ", "заказ"));
  EXPECT_TRUE(same_name("Ａ", "ａ"));
  EXPECT_TRUE(same_name("Ÿ", "ÿ"));
}

TEST(SameName, TellsAccentsAndSharpSApart) {
  EXPECT_FALSE(same_name("é", "e"));
  EXPECT_FALSE(same_name("ß", "ss"));
  EXPECT_FALSE(same_name("a", "ab"));
  EXPECT_FALSE(same_name("", "a"));
}

TEST(LowerCase, KeepsWhatIsNoLetter) {
  EXPECT_EQ(lower_case("T_1$ÄÖ"), "t_1$äö");
  EXPECT_EQ(lower_case("\xf0\x9f\x98\x80X"), "\xf0\x9f\x98\x80x");
  EXPECT_EQ(lower_case("\xff\xc3"), "\xff\xc3");
}

}  // namespace
}  // namespace rowmill::schema
