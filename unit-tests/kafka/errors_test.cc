// SPDX-License-Identifier: Apache-2.0
#include "kafka/errors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace rowmill::kafka {
namespace {

using base::ErrorKind;
using testing::HasSubstr;

TEST(DeliveryError, KindSaysWhatTheTaskMustDo) {
  const std::vector<std::pair<rd_kafka_resp_err_t, ErrorKind>> cases = {
      {RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, ErrorKind::kConfig},
      {RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE, ErrorKind::kConfig},
      {RD_KAFKA_RESP_ERR_INVALID_RECORD, ErrorKind::kConfig},
      {RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, ErrorKind::kConfig},
      {RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED, ErrorKind::kConfig},
      {RD_KAFKA_RESP_ERR__PURGE_QUEUE, ErrorKind::kAbortTransaction},
      {RD_KAFKA_RESP_ERR__PURGE_INFLIGHT, ErrorKind::kAbortTransaction},
      {RD_KAFKA_RESP_ERR__TRANSPORT, ErrorKind::kAbortTransaction},
      {RD_KAFKA_RESP_ERR__MSG_TIMED_OUT, ErrorKind::kAbortTransaction},
      {RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC, ErrorKind::kAbortTransaction},
      {RD_KAFKA_RESP_ERR__FENCED, ErrorKind::kFenced},
      {RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH, ErrorKind::kFenced},
  };
  for (const auto& [code, kind] : cases) {
    EXPECT_EQ(delivery_error(code, "t", 1).kind(), kind) << rd_kafka_err2name(code);
  }
}

TEST(DeliveryError, TooLargeNamesTopicSizeAndSettings) {
  const auto error = delivery_error(RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, "shop.db.orders", 4711);
  EXPECT_THAT(error.message(), HasSubstr("shop.db.orders"));
  EXPECT_THAT(error.message(), HasSubstr("4711 bytes"));
  EXPECT_THAT(error.remedy(), HasSubstr("max.message.bytes"));
  EXPECT_THAT(error.remedy(), HasSubstr("producer.max.request.size"));
}

TEST(RequestError, KindSaysWhetherAPersonIsNeeded) {
  EXPECT_EQ(request_error(RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR, "x").kind(),
            ErrorKind::kConfig);
  EXPECT_EQ(request_error(RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, "x").kind(),
            ErrorKind::kConfig);
  EXPECT_EQ(request_error(RD_KAFKA_RESP_ERR__TIMED_OUT, "x").kind(), ErrorKind::kRetry);
  EXPECT_EQ(request_error(RD_KAFKA_RESP_ERR_NOT_CONTROLLER, "x").kind(), ErrorKind::kRetry);
}

// Apache Kafka, clients/src/test/java/org/apache/kafka/common/utils/UtilsTest.java, testMurmur2.
// The partition is toPositive(hash) % partitions; the largest count shows nearly all of the hash.
TEST(Partitioner, EqualsThatOfJavaClients) {
  const std::vector<std::pair<std::string, int32_t>> vectors = {
      {"21", -973932308},
      {"foobar", -790332482},
      {"a-little-bit-long-string", -985981536},
      {"a-little-bit-longer-string", -1486304829},
      {"lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971},
      {"abc", 479470107},
  };
  for (const auto& [key, hash] : vectors) {
    for (const int32_t partitions : {1, 25, 2147483647}) {
      EXPECT_EQ(rd_kafka_msg_partitioner_murmur2_random(nullptr, key.data(), key.size(), partitions,
                                                        nullptr, nullptr),
                (hash & 0x7fffffff) % partitions)
          << key;
    }
  }
}

}  // namespace
}  // namespace rowmill::kafka
