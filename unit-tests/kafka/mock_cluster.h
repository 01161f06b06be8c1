// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "kafka/handles.h"
#include "kafka/kafka_settings.h"

namespace rowmill::kafka {

/// librdkafka's broker inside this process, for the errors it can inject. It shows aborted records
/// to everybody and fences nobody: it proves nothing about exactly once.
class MockCluster {
 public:
  static constexpr const char* kOffsetsTopic = "offsets";
  static constexpr int kPartitions = 4;

  MockCluster() {
    char reason[512];
    rd_kafka_conf_t* config = rd_kafka_conf_new();
    rd_kafka_conf_set(config, "test.mock.num.brokers", "1", reason, sizeof(reason));
    rd_kafka_conf_set(config, "log_level", "0", reason, sizeof(reason));
    owner_.reset(rd_kafka_new(RD_KAFKA_PRODUCER, config, reason, sizeof(reason)));
    cluster_ = rd_kafka_handle_mock_cluster(owner_.get());
    create_topic(kOffsetsTopic);
  }

  [[nodiscard]] KafkaSettings settings() const {
    KafkaSettings settings;
    settings.bootstrap_servers = rd_kafka_mock_cluster_bootstraps(cluster_);
    settings.transactional_id = "group-orders-0";
    settings.connector = "orders";
    settings.topic_prefix = "shop";
    settings.offsets_topic = kOffsetsTopic;
    settings.topic_creation.enable = false;
    settings.check_history_topics = false;
    return settings;
  }

  void create_topic(const std::string& name) {
    ASSERT_EQ(rd_kafka_mock_topic_create(cluster_, name.c_str(), kPartitions, 1),
              RD_KAFKA_RESP_ERR_NO_ERROR);
  }

  /// The next requests of this kind fail; _TRANSPORT drops the connection instead of answering.
  void fail_next(int16_t api_key, const std::vector<rd_kafka_resp_err_t>& errors) {
    rd_kafka_mock_push_request_errors_array(cluster_, api_key, errors.size(), errors.data());
  }

  /// The mock creates what it is asked about, unless told that there is no such topic.
  void hide_topic(const std::string& name) {
    rd_kafka_mock_topic_set_error(cluster_, name.c_str(), RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART);
  }

  void set_down() { rd_kafka_mock_broker_set_down(cluster_, -1); }

  struct Record {
    int32_t partition = 0;
    std::optional<std::string> key = std::nullopt;
    std::optional<std::string> value = std::nullopt;
    std::vector<std::pair<std::string, std::string>> headers = {};
    bool operator==(const Record&) const = default;
  };

  /// All records of a topic, partition by partition.
  [[nodiscard]] std::vector<Record> read(const std::string& topic) const;

 private:
  ClientHandle owner_;
  rd_kafka_mock_cluster_t* cluster_ = nullptr;
};

inline MockCluster::Record to_record(const rd_kafka_message_t& message) {
  MockCluster::Record record{.partition = message.partition};
  const auto text = [](const void* data, size_t size) {
    return data == nullptr ? std::nullopt
                           : std::optional(std::string(static_cast<const char*>(data), size));
  };
  record.key = text(message.key, message.key_len);
  record.value = text(message.payload, message.len);
  rd_kafka_headers_t* headers = nullptr;
  rd_kafka_message_headers(&message, &headers);
  const char* name = nullptr;
  const void* value = nullptr;
  size_t size = 0;
  for (size_t i = 0;
       headers != nullptr && rd_kafka_header_get_all(headers, i, &name, &value, &size) == 0; ++i) {
    record.headers.emplace_back(name, text(value, size).value_or("(null)"));
  }
  return record;
}

inline std::vector<MockCluster::Record> MockCluster::read(const std::string& topic) const {
  char reason[512];
  rd_kafka_conf_t* config = rd_kafka_conf_new();
  rd_kafka_conf_set(config, "bootstrap.servers", rd_kafka_mock_cluster_bootstraps(cluster_), reason,
                    sizeof(reason));
  rd_kafka_conf_set(config, "enable.partition.eof", "true", reason, sizeof(reason));
  rd_kafka_conf_set(config, "fetch.wait.max.ms", "10", reason, sizeof(reason));
  const ClientHandle client(rd_kafka_new(RD_KAFKA_CONSUMER, config, reason, sizeof(reason)));
  const TopicHandle handle(rd_kafka_topic_new(client.get(), topic.c_str(), nullptr));
  const rd_kafka_metadata_t* metadata = nullptr;
  EXPECT_EQ(rd_kafka_metadata(client.get(), 0, handle.get(), &metadata, 10'000),
            RD_KAFKA_RESP_ERR_NO_ERROR);
  const MetadataHandle destroyed_at_the_end(metadata);
  std::vector<Record> records;
  for (int32_t partition = 0; partition < kPartitions; ++partition) {
    rd_kafka_consume_start(handle.get(), partition, RD_KAFKA_OFFSET_BEGINNING);
    while (true) {
      const MessageHandle message(rd_kafka_consume(handle.get(), partition, 10'000));
      if (!message || message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) break;
      if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) records.push_back(to_record(*message));
    }
    rd_kafka_consume_stop(handle.get(), partition);
  }
  return records;
}

}  // namespace rowmill::kafka
