// SPDX-License-Identifier: Apache-2.0
#include "kafka/topic_config.h"

#include <array>
#include <chrono>
#include <utility>

#include "kafka/client.h"
#include "kafka/client_properties.h"
#include "kafka/errors.h"
#include "kafka/handles.h"

namespace rowmill::kafka {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using Configs = std::map<std::string, TopicConfig>;
using ResourceHandle =
    std::unique_ptr<rd_kafka_ConfigResource_t, CallDeleter<rd_kafka_ConfigResource_destroy>>;

constexpr int kSliceMs = 500;
constexpr std::chrono::milliseconds kDeadline{10'000};

Result<Configs> read_answer(rd_kafka_event_t& event) {
  Configs configs;
  const auto error = rd_kafka_event_error(&event);
  if (error == RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE || error == RD_KAFKA_RESP_ERR__TIMED_OUT ||
      is_authorization_error(error)) {
    return configs;
  }
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return request_error(error, "Reading the configuration of topics");
  }
  size_t count = 0;
  const auto* const* resources = rd_kafka_DescribeConfigs_result_resources(
      rd_kafka_event_DescribeConfigs_result(&event), &count);
  for (size_t i = 0; i < count; ++i) {
    if (rd_kafka_ConfigResource_error(resources[i]) != RD_KAFKA_RESP_ERR_NO_ERROR) continue;
    TopicConfig& config = configs[rd_kafka_ConfigResource_name(resources[i])];
    size_t entries = 0;
    const auto* const* entry = rd_kafka_ConfigResource_configs(resources[i], &entries);
    for (size_t k = 0; k < entries; ++k) {
      const char* value = rd_kafka_ConfigEntry_value(entry[k]);
      if (value != nullptr) config[rd_kafka_ConfigEntry_name(entry[k])] = value;
    }
  }
  return configs;
}

}  // namespace

Result<Configs> read_topic_configs(const KafkaSettings& settings,
                                   const std::vector<std::string>& topics, std::stop_token stop) {
  ClientEvents events(settings.log);
  ROWMILL_ASSIGN(ConfigHandle config, make_config(settings, ClientRole::kAdmin));
  ROWMILL_ASSIGN(const ClientHandle admin,
                 open_client(std::move(config), RD_KAFKA_PRODUCER, events));
  std::vector<ResourceHandle> resources;
  std::vector<rd_kafka_ConfigResource_t*> raw;
  for (const std::string& topic : topics) {
    resources.emplace_back(rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.c_str()));
    raw.push_back(resources.back().get());
  }
  const AdminOptionsHandle options(
      rd_kafka_AdminOptions_new(admin.get(), RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS));
  std::array<char, 512> reason{};
  rd_kafka_AdminOptions_set_request_timeout(options.get(), static_cast<int>(kDeadline.count()),
                                            reason.data(), reason.size());
  const QueueHandle queue(rd_kafka_queue_new(admin.get()));
  rd_kafka_DescribeConfigs(admin.get(), raw.data(), raw.size(), options.get(), queue.get());
  while (!stop.stop_requested()) {
    const EventHandle event(rd_kafka_queue_poll(queue.get(), kSliceMs));
    rd_kafka_poll(admin.get(), 0);
    if (event) return read_answer(*event);
  }
  return Error(ErrorKind::kStopped, "Stopped while asking about topics");
}

}  // namespace rowmill::kafka
