// SPDX-License-Identifier: Apache-2.0
#include "runtime/batch_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "runtime/fakes.h"

namespace rowmill::runtime {
namespace {

using testing::ElementsAre;

class BatchBuilderTest : public testing::Test {
 protected:
  base::Result<void> change(uint64_t transaction, uint32_t row) {
    model::Change change;
    change.origin.offset = transaction;
    change.origin.row = row;
    return builder().on_change(change,
                               {.position = {"binlog", transaction}, .events = 1, .rows = row + 1});
  }
  base::Result<void> schema_change(uint64_t position) {
    model::SchemaChange change;
    change.position = {"binlog", position};
    return builder().on_schema_change(change);
  }
  base::Result<void> boundary(uint64_t position) {
    return builder().on_boundary({.position = {"binlog", position}});
  }
  BatchBuilder& builder() {
    if (!builder_) {
      builder_.emplace(converter_, history_, queue_, settings_, drain_.get_token(),
                       std::stop_token{});
    }
    return *builder_;
  }
  /// What has been handed over: values of a batch, then where the offset is or "-", then "end" if
  /// the source transaction ends.
  std::vector<std::string> handed_over() {
    std::vector<std::string> texts;
    while (!queue_.empty()) {
      auto item = queue_.pop(std::chrono::steady_clock::now());
      auto* batch = std::get_if<BatchQueue::Batch>(&item);
      if (batch == nullptr) break;
      for (size_t i = 0; i < (*batch)->size(); ++i) {
        texts.emplace_back((*batch)->record(i).value.value_or("tombstone"));
      }
      const auto& advance = (*batch)->advance;
      texts.push_back(advance ? "@" + std::to_string(advance->position.offset) : "-");
      if ((*batch)->ends_transaction) texts.emplace_back("end");
    }
    return texts;
  }

  FakeConverter converter_;
  FakeHistory history_;
  BatchQueue queue_{1'000'000};
  BatchBuilder::Settings settings_;
  std::stop_source drain_;
  std::optional<BatchBuilder> builder_;
};

TEST_F(BatchBuilderTest, DefinitionsStayInTheOrderOfTheStream) {
  ASSERT_TRUE(schema_change(1).ok());
  ASSERT_TRUE(change(1, 0).ok());
  ASSERT_TRUE(schema_change(2).ok());
  ASSERT_TRUE(boundary(3).ok());
  EXPECT_THAT(handed_over(), ElementsAre("schema 1", "1:0", "schema 2", "@3", "end"));
}

TEST_F(BatchBuilderTest, DefinitionAloneGoesOutWithTheOffsetAtItsBoundary) {
  settings_.offset_flush_interval = std::chrono::hours(1);
  ASSERT_TRUE(schema_change(1).ok());
  EXPECT_THAT(handed_over(), ElementsAre());
  ASSERT_TRUE(boundary(1).ok());
  EXPECT_THAT(handed_over(), ElementsAre("schema 1", "@1", "end"));
}

TEST_F(BatchBuilderTest, ManyDefinitionsAreHandedOverInPiecesThatDoNotMoveTheOffset) {
  settings_.full_bytes = 16;
  for (uint64_t i = 1; i <= 5; ++i) ASSERT_TRUE(schema_change(i).ok());
  ASSERT_TRUE(boundary(9).ok());
  EXPECT_THAT(handed_over(), ElementsAre("schema 1", "schema 2", "-", "schema 3", "schema 4", "-",
                                         "schema 5", "@9", "end"));
}

TEST_F(BatchBuilderTest, BoundaryFollowsEvenIfTheLastPieceTookAllDefinitions) {
  settings_.full_bytes = 8;
  settings_.offset_flush_interval = std::chrono::hours(1);
  ASSERT_TRUE(schema_change(1).ok());
  ASSERT_TRUE(boundary(1).ok());
  EXPECT_THAT(handed_over(), ElementsAre("schema 1", "-", "@1", "end"));
}

TEST_F(BatchBuilderTest, DrainDoesNotEndBetweenDefinitionsAndTheirBoundary) {
  ASSERT_TRUE(schema_change(1).ok());
  drain_.request_stop();
  ASSERT_TRUE(builder().on_idle().ok());
  EXPECT_FALSE(boundary(1).ok());
  EXPECT_THAT(handed_over(), ElementsAre("schema 1", "@1", "end"));
}

}  // namespace
}  // namespace rowmill::runtime
