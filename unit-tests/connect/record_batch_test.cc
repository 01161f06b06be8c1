// SPDX-License-Identifier: Apache-2.0
#include "connect/record_batch.h"

#include <gtest/gtest.h>

#include <string>

namespace rowmill::connect {
namespace {

const std::string kTopic = "shop.orders";

void write(RecordBatch& batch, const std::string& key, const std::string& value) {
  batch.begin(kTopic);
  batch.bytes() += key;
  batch.end_key();
  batch.bytes() += value;
  batch.end_value();
  batch.end();
}

TEST(RecordBatch, RecordsComeBackInOrderAsTheyWereWritten) {
  RecordBatch batch;
  write(batch, "k1", "v1");
  write(batch, "k2", "");
  ASSERT_EQ(batch.size(), 2U);
  EXPECT_EQ(batch.record(0).topic, kTopic);
  EXPECT_EQ(batch.record(0).key, "k1");
  EXPECT_EQ(batch.record(0).value, "v1");
  EXPECT_EQ(batch.record(1).key, "k2");
  EXPECT_EQ(batch.record(1).value, "");
}

TEST(RecordBatch, PartThatWasNotWrittenIsAbsentAndNotEmpty) {
  RecordBatch batch;
  batch.begin(kTopic);
  batch.bytes() += "k";
  batch.end_key();
  batch.end();
  batch.begin(kTopic);
  batch.bytes() += "v";
  batch.end_value();
  batch.end();
  EXPECT_EQ(batch.record(0).value, std::nullopt);
  EXPECT_EQ(batch.record(1).key, std::nullopt);
  EXPECT_EQ(batch.record(1).value, "v");
}

TEST(RecordBatch, HeadersBelongToTheirRecordAlone) {
  RecordBatch batch;
  write(batch, "a", "1");
  batch.begin(kTopic);
  batch.bytes() += "b";
  batch.end_key();
  batch.add_header("__debezium.newkey", "c");
  batch.end();
  EXPECT_TRUE(batch.record(0).headers.empty());
  ASSERT_EQ(batch.record(1).headers.size(), 1U);
  EXPECT_EQ(batch.record(1).headers[0].name, "__debezium.newkey");
  EXPECT_EQ(batch.record(1).headers[0].value, "c");
}

TEST(RecordBatch, DiscardedRecordLeavesNothingBehind) {
  RecordBatch batch;
  write(batch, "a", "1");
  batch.begin(kTopic);
  batch.bytes() += "half a key";
  batch.add_header("h", "x");
  batch.discard_open();
  EXPECT_EQ(batch.size(), 1U);
  EXPECT_EQ(batch.byte_size(), 2U);
  write(batch, "b", "2");
  EXPECT_EQ(batch.record(1).key, "b");
  EXPECT_TRUE(batch.record(1).headers.empty());
}

TEST(RecordBatch, TruncateDropsTheRecordsAfterIt) {
  RecordBatch batch;
  write(batch, "a", "1");
  write(batch, "b", "2");
  write(batch, "c", "3");
  batch.truncate(1);
  ASSERT_EQ(batch.size(), 1U);
  EXPECT_EQ(batch.byte_size(), 2U);
  EXPECT_EQ(batch.record(0).value, "1");
}

TEST(RecordBatch, ClearedBatchIsAsNew) {
  RecordBatch batch;
  write(batch, "a", "1");
  batch.changes = 3;
  batch.ends_transaction = true;
  batch.advance = model::OffsetAdvance{};
  batch.clear();
  EXPECT_TRUE(batch.empty());
  EXPECT_EQ(batch.byte_size(), 0U);
  EXPECT_EQ(batch.changes, 0U);
  EXPECT_FALSE(batch.ends_transaction);
  EXPECT_FALSE(batch.advance.has_value());
}

}  // namespace
}  // namespace rowmill::connect
