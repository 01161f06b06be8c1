// SPDX-License-Identifier: Apache-2.0
#include "convert/topic_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace rowmill::convert {
namespace {

using testing::HasSubstr;

TEST(TopicNames, JoinsPrefixDatabaseAndTable) {
  TopicNames topics("shop");
  EXPECT_EQ(*topics.topic_of({"sales", "orders"}).value(), "shop.sales.orders");
}

TEST(TopicNames, ReplacesIllegalCharactersAsDebeziumDoes) {
  struct Case {
    model::TableId table;
    std::string_view topic;
  };
  const Case cases[] = {
      {{"d", "A-b_9.c"}, "p.d.A-b_9.c"}, {{"my db", "a$b"}, "p.my_db.a_b"},
      {{"d", "größe"}, "p.d.gr__e"},     {{"d", "日本"}, "p.d.__"},
      {{"d", "x🐬"}, "p.d.x__"},
  };
  for (const Case& c : cases) {
    TopicNames topics("p");
    EXPECT_EQ(*topics.topic_of(c.table).value(), c.topic);
  }
}

TEST(TopicNames, GivesTheSameStringAgainHoweverManyFollow) {
  TopicNames topics("p");
  const std::string* first = topics.topic_of({"d", "t"}).value();
  for (int i = 0; i < 1000; ++i) {
    ASSERT_TRUE(topics.topic_of({"d", "t" + std::to_string(i)}).ok());
  }
  EXPECT_EQ(topics.topic_of({"d", "t"}).value(), first);
  EXPECT_EQ(*first, "p.d.t");
}

TEST(TopicNames, RefusesTwoTablesInOneTopicAndNamesBoth) {
  struct Case {
    model::TableId first;
    model::TableId second;
  };
  const Case cases[] = {{{"d", "a$"}, {"d", "a#"}}, {{"a.b", "c"}, {"a", "b.c"}}};
  for (const Case& c : cases) {
    TopicNames topics("p");
    ASSERT_TRUE(topics.topic_of(c.first).ok());
    const auto second = topics.topic_of(c.second);
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().kind(), base::ErrorKind::kConfig);
    EXPECT_THAT(second.error().text(), HasSubstr(to_string(c.first)));
    EXPECT_THAT(second.error().text(), HasSubstr(to_string(c.second)));
    EXPECT_TRUE(topics.topic_of(c.first).ok());
  }
}

TEST(TopicNames, RefusesNamesLongerThanKafkaAllows) {
  TopicNames topics("p");
  EXPECT_TRUE(topics.topic_of({"d", std::string(245, 't')}).ok());
  const auto longer = topics.topic_of({"d", std::string(246, 't')});
  ASSERT_FALSE(longer.ok());
  EXPECT_EQ(longer.error().kind(), base::ErrorKind::kConfig);
  EXPECT_THAT(longer.error().text(), HasSubstr("250"));
}

}  // namespace
}  // namespace rowmill::convert
