// SPDX-License-Identifier: Apache-2.0
#include "kafka/kafka_record_sink.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "kafka/mock_cluster.h"

namespace rowmill::kafka {
namespace {

using base::ErrorKind;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

constexpr int16_t kProduce = 0;
constexpr int16_t kInitProducerId = 22;
constexpr int16_t kAddPartitionsToTxn = 24;
constexpr int16_t kEndTxn = 26;

#define ASSERT_OK(expression)                                \
  do {                                                       \
    const auto ok_result = (expression);                     \
    ASSERT_TRUE(ok_result.ok()) << ok_result.error().text(); \
  } while (false)

class KafkaRecordSinkTest : public testing::Test {
 protected:
  void SetUp() override { cluster_.create_topic(topic_); }

  /// A transaction of one record, up to the commit.
  void begin_with_record(std::string_view value = "v") {
    ASSERT_OK(sink_.begin());
    batch_.clear();
    batch_.begin(topic_);
    batch_.bytes().append("key");
    batch_.end_key();
    batch_.bytes().append(value);
    batch_.end_value();
    batch_.end();
    ASSERT_OK(sink_.send(batch_, {}));
  }

  static ErrorKind kind_of(const base::Result<void>& result) {
    EXPECT_FALSE(result.ok());
    return result.ok() ? ErrorKind::kStopped : result.error().kind();
  }

  MockCluster cluster_;
  const std::string topic_ = "shop.db.orders";
  connect::RecordBatch batch_;
  KafkaRecordSink sink_{cluster_.settings()};
};

TEST_F(KafkaRecordSinkTest, UseBeforeLeadIsAnErrorOfOurs) {
  EXPECT_EQ(kind_of(sink_.begin()), ErrorKind::kFatal);
  EXPECT_EQ(kind_of(sink_.commit({})), ErrorKind::kFatal);
  EXPECT_FALSE(sink_.suspect());
  sink_.close();
  sink_.close();
}

TEST_F(KafkaRecordSinkTest, UndisturbedTransactionIsNotSuspect) {
  ASSERT_OK(sink_.lead({}));
  for (int i = 0; i < 3; ++i) {
    begin_with_record();
    connect::StoredOffset offset;
    offset.offset.position = {"binlog.000001", 4};
    ASSERT_OK(sink_.send_offset(offset));
    ASSERT_OK(sink_.commit({}));
    EXPECT_FALSE(sink_.suspect());
  }
}

TEST_F(KafkaRecordSinkTest, RecordsKeepPartitionKeyValueAndHeaders) {
  ASSERT_OK(sink_.lead({}));
  ASSERT_OK(sink_.begin());
  batch_.begin(topic_);  // Key and empty value; murmur2("21") = -973932308.
  batch_.bytes().append("21");
  batch_.end_key();
  batch_.end_value();
  batch_.end();
  batch_.begin(topic_);  // A tombstone with headers; murmur2("abc") = 479470107.
  batch_.bytes().append("abc");
  batch_.end_key();
  batch_.add_header("__debezium.newkey", "{}");
  batch_.add_header("empty", "");
  batch_.end();
  batch_.begin(topic_);  // No key.
  batch_.bytes().append("v");
  batch_.end_value();
  batch_.end();
  ASSERT_OK(sink_.send(batch_, {}));
  ASSERT_OK(sink_.commit({}));

  using Record = MockCluster::Record;
  EXPECT_THAT(
      cluster_.read(topic_),
      UnorderedElementsAre(Record{.partition = (-973932308 & 0x7fffffff) % MockCluster::kPartitions,
                                  .key = "21",
                                  .value = ""},
                           Record{.partition = 479470107 % MockCluster::kPartitions,
                                  .key = "abc",
                                  .headers = {{"__debezium.newkey", "{}"}, {"empty", ""}}},
                           Record{.partition = 0, .value = "v"}));
}

TEST_F(KafkaRecordSinkTest, LostAnswerToEndTxnMakesTheProducerSuspectThoughTheCommitIsOk) {
  ASSERT_OK(sink_.lead({}));
  begin_with_record();
  cluster_.fail_next(kEndTxn, {RD_KAFKA_RESP_ERR__TRANSPORT});
  ASSERT_OK(sink_.commit({}));
  EXPECT_TRUE(sink_.suspect());
  EXPECT_EQ(kind_of(sink_.begin()), ErrorKind::kUnclear);

  ASSERT_OK(sink_.lead({}));
  EXPECT_FALSE(sink_.suspect());
  begin_with_record();
  ASSERT_OK(sink_.commit({}));
  EXPECT_FALSE(sink_.suspect());
}

TEST_F(KafkaRecordSinkTest, RepeatedEndTxnMakesTheProducerSuspect) {
  ASSERT_OK(sink_.lead({}));
  begin_with_record();
  cluster_.fail_next(kEndTxn, {RD_KAFKA_RESP_ERR_CONCURRENT_TRANSACTIONS});
  ASSERT_OK(sink_.commit({}));
  EXPECT_TRUE(sink_.suspect());
}

TEST_F(KafkaRecordSinkTest, LostAnswerToProduceMakesTheProducerSuspect) {
  ASSERT_OK(sink_.lead({}));
  cluster_.fail_next(kProduce, {RD_KAFKA_RESP_ERR__TRANSPORT});
  begin_with_record();
  ASSERT_OK(sink_.commit({}));
  EXPECT_TRUE(sink_.suspect());
}

// The first EndTxn may have committed; that the repetition is refused proves nothing.
TEST_F(KafkaRecordSinkTest, AbortableErrorAfterEndTxnIsUnclear) {
  ASSERT_OK(sink_.lead({}));
  begin_with_record();
  cluster_.fail_next(kEndTxn,
                     {RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR_UNKNOWN_PRODUCER_ID});
  EXPECT_EQ(kind_of(sink_.commit({})), ErrorKind::kUnclear);
}

TEST_F(KafkaRecordSinkTest, FencedCommitSaysSo) {
  ASSERT_OK(sink_.lead({}));
  begin_with_record();
  cluster_.fail_next(kEndTxn, {RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH});
  EXPECT_EQ(kind_of(sink_.commit({})), ErrorKind::kFenced);
}

TEST_F(KafkaRecordSinkTest, LostProducerIdIsUnclear) {
  ASSERT_OK(sink_.lead({}));
  begin_with_record();
  cluster_.fail_next(kEndTxn, {RD_KAFKA_RESP_ERR_INVALID_TXN_STATE});
  EXPECT_EQ(kind_of(sink_.commit({})), ErrorKind::kUnclear);
}

TEST_F(KafkaRecordSinkTest, RecordTooLargeForTheBrokerNamesTopicAndRemedy) {
  ASSERT_OK(sink_.lead({}));
  cluster_.fail_next(kProduce, {RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE});
  begin_with_record();
  const auto committed = sink_.commit({});
  ASSERT_EQ(kind_of(committed), ErrorKind::kConfig);
  EXPECT_THAT(committed.error().message(), HasSubstr(topic_));
  EXPECT_THAT(committed.error().remedy(), HasSubstr("max.message.bytes"));
  ASSERT_OK(sink_.abort({}));
}

TEST_F(KafkaRecordSinkTest, RecordTooLargeForTheProducerIsRefusedBySend) {
  ASSERT_OK(sink_.lead({}));
  ASSERT_OK(sink_.begin());
  batch_.begin(topic_);
  batch_.bytes().append(std::string(2'000'000, 'x'));
  batch_.end_value();
  batch_.end();
  const auto sent = sink_.send(batch_, {});
  ASSERT_EQ(kind_of(sent), ErrorKind::kConfig);
  EXPECT_THAT(sent.error().message(), HasSubstr("2000000 bytes"));
}

TEST_F(KafkaRecordSinkTest, RefusedProduceAbortsAndTheNextProducerWorks) {
  ASSERT_OK(sink_.lead({}));
  cluster_.fail_next(kProduce, {RD_KAFKA_RESP_ERR_INVALID_MSG});
  begin_with_record();
  EXPECT_EQ(kind_of(sink_.commit({})), ErrorKind::kAbortTransaction);
  ASSERT_OK(sink_.abort({}));
  EXPECT_TRUE(sink_.suspect());
  ASSERT_OK(sink_.lead({}));
  begin_with_record();
  ASSERT_OK(sink_.commit({}));
}

TEST_F(KafkaRecordSinkTest, MissingGrantNeedsAPerson) {
  ASSERT_OK(sink_.lead({}));
  cluster_.fail_next(kAddPartitionsToTxn, {RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED});
  begin_with_record();
  const auto committed = sink_.commit({});
  ASSERT_EQ(kind_of(committed), ErrorKind::kConfig);
  EXPECT_THAT(committed.error().remedy(), HasSubstr("Grant"));
}

TEST_F(KafkaRecordSinkTest, MissingGrantOnTheTransactionalIdNeedsAPerson) {
  cluster_.fail_next(kInitProducerId, {RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED});
  EXPECT_EQ(kind_of(sink_.lead({})), ErrorKind::kConfig);
}

TEST_F(KafkaRecordSinkTest, MissingTopicIsNamedWhenItMayNotBeCreated) {
  ASSERT_OK(sink_.lead({}));
  ASSERT_OK(sink_.begin());
  const std::string missing = "shop.db.missing";
  cluster_.hide_topic(missing);
  batch_.begin(missing);
  batch_.end();
  const auto sent = sink_.send(batch_, {});
  ASSERT_EQ(kind_of(sent), ErrorKind::kConfig);
  EXPECT_THAT(sent.error().message(), HasSubstr(missing));
  EXPECT_THAT(sent.error().remedy(), HasSubstr("topic.creation.enable=true"));
}

TEST_F(KafkaRecordSinkTest, FullQueueIsWaitedFor) {
  KafkaSettings small = cluster_.settings();
  small.producer_overrides = {{"queue.buffering.max.messages", "10"}, {"linger.ms", "0"}};
  KafkaRecordSink sink(small);
  ASSERT_OK(sink.lead({}));
  ASSERT_OK(sink.begin());
  for (int i = 0; i < 1000; ++i) {
    batch_.begin(topic_);
    batch_.bytes().append("v");
    batch_.end_value();
    batch_.end();
  }
  ASSERT_OK(sink.send(batch_, {}));
  ASSERT_OK(sink.commit({}));
  EXPECT_EQ(cluster_.read(topic_).size(), 1000U);
}

TEST_F(KafkaRecordSinkTest, StopEndsACommitWithoutABrokerAndCloseDoesNotWait) {
  using Clock = std::chrono::steady_clock;
  ASSERT_OK(sink_.lead({}));
  begin_with_record();
  ASSERT_OK(sink_.commit({}));
  cluster_.set_down();
  begin_with_record();
  std::stop_source stop;
  stop.request_stop();
  const auto start = Clock::now();
  EXPECT_EQ(kind_of(sink_.commit(stop.get_token())), ErrorKind::kUnclear);
  sink_.close();
  EXPECT_LT(Clock::now() - start, std::chrono::seconds(5));
}

TEST_F(KafkaRecordSinkTest, StopEndsLeadWithoutABroker) {
  cluster_.set_down();
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(kind_of(sink_.lead(stop.get_token())), ErrorKind::kStopped);
}

}  // namespace
}  // namespace rowmill::kafka
