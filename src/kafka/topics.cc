// SPDX-License-Identifier: Apache-2.0
#include "kafka/topics.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/waiting.h"
#include "kafka/client.h"
#include "kafka/client_properties.h"
#include "kafka/errors.h"

namespace rowmill::kafka {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr int kSliceMs = 500;
constexpr milliseconds kPause{50};
constexpr std::chrono::seconds kDeadline{30};
constexpr int64_t kHourMs = 3'600'000;
constexpr int64_t kMebibyte = 1024 * 1024;

Error stopped() { return {ErrorKind::kStopped, "Stopped while asking about topics"}; }

/// One look at a topic. Absent: no answer that says anything, ask again. `reason` then says why.
Result<std::optional<int>> look_at(rd_kafka_t* client, rd_kafka_topic_t* topic,
                                   rd_kafka_resp_err_t& reason) {
  const rd_kafka_metadata_t* raw = nullptr;
  reason = rd_kafka_metadata(client, 0, topic, &raw, kSliceMs);
  const MetadataHandle metadata(raw);
  if (reason != RD_KAFKA_RESP_ERR_NO_ERROR || metadata->topic_cnt != 1) return std::optional<int>();
  const rd_kafka_metadata_topic_t& found = metadata->topics[0];
  reason = found.err;
  if (reason == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART) return std::optional(0);
  if (reason != RD_KAFKA_RESP_ERR_NO_ERROR) {
    Error error = request_error(reason, std::string("Topic ") + rd_kafka_topic_name(topic));
    if (error.kind() == ErrorKind::kConfig) return error;
    return std::optional<int>();
  }
  for (int i = 0; i < found.partition_cnt; ++i) {
    if (found.partitions[i].leader < 0) {
      reason = RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE;
      return std::optional<int>();
    }
  }
  return std::optional(found.partition_cnt);
}

/// Looks until the answer is clear and, if `must_exist`, until the topic is there.
Result<int> wait_for_partitions(rd_kafka_t* client, const std::string& name, bool must_exist,
                                const std::stop_token& stop) {
  const TopicHandle topic(rd_kafka_topic_new(client, name.c_str(), nullptr));
  if (!topic) return request_error(rd_kafka_last_error(), "Topic " + name);
  const auto deadline = steady_clock::now() + kDeadline;
  while (true) {
    rd_kafka_resp_err_t reason = RD_KAFKA_RESP_ERR_NO_ERROR;
    ROWMILL_ASSIGN(const std::optional<int> partitions, look_at(client, topic.get(), reason));
    if (partitions && (*partitions > 0 || !must_exist)) return *partitions;
    if (steady_clock::now() >= deadline) {
      return Error(ErrorKind::kRetry,
                   "Kafka does not tell about topic " + name + ": " + rd_kafka_err2str(reason));
    }
    if (!base::wait_for(kPause, stop)) return stopped();
  }
}

Result<NewTopicHandle> describe(const std::string& topic, const TopicCreation& creation) {
  std::array<char, 512> reason{};
  NewTopicHandle handle(rd_kafka_NewTopic_new(topic.c_str(), creation.partitions,
                                              creation.replication_factor, reason.data(),
                                              reason.size()));
  if (!handle) {
    return Error(ErrorKind::kConfig, "Topic " + topic + " cannot be created: " + reason.data());
  }
  for (const auto& [name, value] : creation.configs) {
    rd_kafka_NewTopic_set_config(handle.get(), name.c_str(), value.c_str());
  }
  return handle;
}

Result<void> read_outcome(const rd_kafka_event_t& event, const std::string& topic) {
  const std::string what = "Creating topic " + topic;
  if (const auto error = rd_kafka_event_error(const_cast<rd_kafka_event_t*>(&event));
      error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return request_error(error, what);
  }
  const auto* result = rd_kafka_event_CreateTopics_result(const_cast<rd_kafka_event_t*>(&event));
  size_t count = 0;
  const auto* const* outcomes = rd_kafka_CreateTopics_result_topics(result, &count);
  for (size_t i = 0; i < count; ++i) {
    const auto error = rd_kafka_topic_result_error(outcomes[i]);
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR || error == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS) {
      continue;
    }
    const char* detail = rd_kafka_topic_result_error_string(outcomes[i]);
    return request_error(error, what, detail == nullptr ? "" : detail)
        .with_remedy("Create the topic by hand, or mend the topic.creation settings or the grants");
  }
  return {};
}

}  // namespace

Result<int> count_partitions(rd_kafka_t* client, const std::string& topic, std::stop_token stop) {
  return wait_for_partitions(client, topic, /*must_exist=*/false, stop);
}

Result<void> create_topic(const KafkaSettings& settings, const std::string& topic,
                          const TopicCreation& creation, CreateMode mode, std::stop_token stop) {
  ClientEvents events(settings.log);
  ROWMILL_ASSIGN(ConfigHandle config, make_config(settings, ClientRole::kAdmin));
  ROWMILL_ASSIGN(const ClientHandle admin,
                 open_client(std::move(config), RD_KAFKA_PRODUCER, events));
  ROWMILL_ASSIGN(const NewTopicHandle description, describe(topic, creation));

  std::array<char, 512> reason{};
  const AdminOptionsHandle options(
      rd_kafka_AdminOptions_new(admin.get(), RD_KAFKA_ADMIN_OP_CREATETOPICS));
  constexpr int kTimeoutMs = std::chrono::milliseconds(kDeadline).count();
  rd_kafka_AdminOptions_set_request_timeout(options.get(), kTimeoutMs, reason.data(),
                                            reason.size());
  rd_kafka_AdminOptions_set_validate_only(options.get(), mode == CreateMode::kValidateOnly ? 1 : 0,
                                          reason.data(), reason.size());
  const QueueHandle queue(rd_kafka_queue_new(admin.get()));
  rd_kafka_NewTopic_t* topics[] = {description.get()};
  rd_kafka_CreateTopics(admin.get(), topics, 1, options.get(), queue.get());
  while (!stop.stop_requested()) {
    const EventHandle event(rd_kafka_queue_poll(queue.get(), kSliceMs));
    rd_kafka_poll(admin.get(), 0);
    if (!event) continue;
    auto outcome = read_outcome(*event, topic);
    if (!outcome.ok() && rd_kafka_event_error(event.get()) == RD_KAFKA_RESP_ERR__TIMED_OUT) {
      return events.no_answer("No answer to the creation of topic " + topic);
    }
    return outcome;
  }
  return stopped();
}

Result<void> ensure_topic(rd_kafka_t* client, const KafkaSettings& settings,
                          const std::string& topic, std::stop_token stop) {
  ROWMILL_ASSIGN(const int partitions, count_partitions(client, topic, stop));
  if (partitions > 0) return {};
  const TopicCreation creation = creation_of(settings, topic);
  if (!creation.enable) {
    return Error(ErrorKind::kConfig, "Topic " + topic + " does not exist")
        .with_remedy("Create it, or set topic.creation.enable=true");
  }
  ROWMILL_TRY(create_topic(settings, topic, creation, CreateMode::kCreate, stop));
  auto visible = wait_for_partitions(client, topic, /*must_exist=*/true, stop);
  if (!visible.ok()) return std::move(visible).error();
  return {};
}

TopicCreation creation_of(const KafkaSettings& settings, const std::string& topic) {
  const bool history = topic == settings.history_topic;
  const bool past = topic == settings.past_topic();
  if (topic != settings.offsets_topic && !history && !past) return settings.topic_creation;
  TopicCreation creation = settings.offsets_topic_creation;
  auto& configs = creation.configs;
  if (past) {
    creation.partitions = 1;
    const int64_t retention = settings.history_retention.count();
    configs["cleanup.policy"] = "delete";
    configs["retention.ms"] = std::to_string(retention);
    // Only whole segments are deleted.
    configs["segment.ms"] = std::to_string(std::clamp(retention, kHourMs, 24 * kHourMs));
    return creation;
  }
  configs["cleanup.policy"] = "compact";
  configs.try_emplace("segment.bytes", std::to_string(16 * kMebibyte));
  if (history) {
    creation.partitions = 1;
    // Definitions resemble each other so much that a compressed segment would hold very many, all
    // of which a start has to read and to hold in memory by the fetch.
    configs["compression.type"] = "uncompressed";
    configs["segment.bytes"] = std::to_string(4 * kMebibyte);
    // Batches are no larger compressed than not; segments must hold one.
    configs["max.message.bytes"] = std::to_string(4 * kMebibyte);
    // Compaction begins at a tenth of stale bytes, and forgets tombstones and the marks of
    // transactions soon, so that the size follows the number of tables.
    configs["min.cleanable.dirty.ratio"] = "0.1";
    configs["delete.retention.ms"] = "60000";
  }
  return creation;
}

}  // namespace rowmill::kafka
