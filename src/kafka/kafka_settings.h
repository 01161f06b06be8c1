// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace rowmill::kafka {

/// Takes librdkafka's own log lines; `level` is syslog's (3 error ... 7 debug). Called from any of
/// its threads, so it only copies and returns.
using LogSink = std::function<void(int level, std::string_view text)>;

/// How a missing topic is created.
struct TopicCreation {
  bool enable = true;
  /// -1: the broker's default.
  int partitions = -1;
  int replication_factor = -1;
  /// Topic configuration, such as cleanup.policy.
  std::map<std::string, std::string> configs = {};
};

/// What every class of this folder is built from.
struct KafkaSettings {
  std::string bootstrap_servers;
  /// <group.id>-<connector>-0, as Kafka Connect has it.
  std::string transactional_id;
  std::string offsets_topic;
  std::string connector;
  /// topic.prefix: the "server" in the key of our source offset.
  std::string topic_prefix;
  /// producer.*, admin.*, consumer.* without the prefix, in Java's or in librdkafka's words.
  std::map<std::string, std::string> producer_overrides;
  std::map<std::string, std::string> admin_overrides;
  std::map<std::string, std::string> consumer_overrides;
  /// An abandoned transaction hides newer records from read_committed consumers for this long.
  std::chrono::milliseconds transaction_timeout{60'000};
  TopicCreation topic_creation;
  /// offset.storage.*; cleanup.policy is always compact.
  TopicCreation offsets_topic_creation{.partitions = 25};
  /// schema.history.internal.kafka.topic.
  std::string history_topic;
  /// schema.history.retention.ms: how long it is known what changes of definitions replaced.
  std::chrono::milliseconds history_retention{7 * 24 * 3'600'000LL};
  /// Whether existing topics of the history are asked for their cleanup.policy; librdkafka's mock
  /// broker leaves that question without an answer.
  bool check_history_topics = true;
  LogSink log;

  /// The topic that holds what changes replaced.
  [[nodiscard]] std::string past_topic() const { return history_topic + "-past"; }
};

}  // namespace rowmill::kafka
