// SPDX-License-Identifier: Apache-2.0
#include "kafka/topic_reader.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "kafka/mock_cluster.h"

namespace rowmill::kafka {
namespace {

using std::chrono::steady_clock;

constexpr const char* kTopic = "definitions";
constexpr int kRecords = 40;
constexpr size_t kRecordBytes = 100'000;

class Producer {
 public:
  explicit Producer(const KafkaSettings& settings) {
    char reason[512];
    rd_kafka_conf_t* config = rd_kafka_conf_new();
    for (const auto& [name, value] :
         {std::pair<const char*, const char*>{"compression.type", "lz4"},
          {"linger.ms", "100"},
          {"batch.size", "10000000"},
          {"message.max.bytes", "20000000"}}) {
      EXPECT_EQ(rd_kafka_conf_set(config, name, value, reason, sizeof(reason)), RD_KAFKA_CONF_OK);
    }
    rd_kafka_conf_set(config, "bootstrap.servers", settings.bootstrap_servers.c_str(), reason,
                      sizeof(reason));
    client_.reset(rd_kafka_new(RD_KAFKA_PRODUCER, config, reason, sizeof(reason)));
    topic_.reset(rd_kafka_topic_new(client_.get(), kTopic, nullptr));
  }
  /// As one compressed batch.
  void write(int records) {
    std::string value(kRecordBytes, 'x');
    for (int i = 0; i < records; ++i) {
      EXPECT_EQ(rd_kafka_produce(topic_.get(), 0, RD_KAFKA_MSG_F_COPY, value.data(), value.size(),
                                 nullptr, 0, nullptr),
                0);
    }
    EXPECT_EQ(rd_kafka_flush(client_.get(), 10'000), RD_KAFKA_RESP_ERR_NO_ERROR);
  }

 private:
  ClientHandle client_;
  TopicHandle topic_;
};

TEST(TopicReader, DoesNotPauseAfterABatchLargerThanItsQueue) {
  MockCluster cluster;
  cluster.create_topic(kTopic);
  Producer producer(cluster.settings());
  producer.write(kRecords);
  producer.write(1);

  const auto reader = TopicReader::open(cluster.settings(), kTopic, {});
  ASSERT_TRUE(reader.ok());
  int seen = 0;
  const auto begin = steady_clock::now();
  const auto done = reader->read(
      [&](const TopicRecord& record) -> base::Result<void> {
        EXPECT_EQ(record.value->size(), kRecordBytes);
        ++seen;
        return {};
      },
      {});
  EXPECT_TRUE(done.ok());
  EXPECT_EQ(seen, kRecords + 1);
  EXPECT_LT(steady_clock::now() - begin, std::chrono::milliseconds(800));
}

}  // namespace
}  // namespace rowmill::kafka
