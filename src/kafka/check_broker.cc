// SPDX-License-Identifier: Apache-2.0
#include "kafka/check_broker.h"

#include <stop_token>
#include <utility>

#include "kafka/client.h"
#include "kafka/client_properties.h"
#include "kafka/handles.h"
#include "kafka/topics.h"

namespace rowmill::kafka {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

Result<void> reach(rd_kafka_t* client, const ClientEvents& events, const KafkaSettings& settings,
                   std::chrono::milliseconds timeout) {
  const rd_kafka_metadata_t* raw = nullptr;
  const auto error = rd_kafka_metadata(client, 0, nullptr, &raw, static_cast<int>(timeout.count()));
  const MetadataHandle metadata(raw);
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return {};
  rd_kafka_poll(client, 0);
  return events.no_answer("No Kafka broker answers at " + settings.bootstrap_servers)
      .with_remedy("Check bootstrap.servers, security.protocol and that the brokers run");
}

Result<void> check_offsets_topic(rd_kafka_t* client, const KafkaSettings& settings) {
  ROWMILL_ASSIGN(const int partitions, count_partitions(client, settings.offsets_topic, {}));
  if (partitions > 0) return {};
  const TopicCreation creation = creation_of(settings, settings.offsets_topic);
  if (!creation.enable) {
    return Error(ErrorKind::kConfig, "Topic " + settings.offsets_topic + " does not exist")
        .with_remedy("Create it with cleanup.policy=compact");
  }
  return create_topic(settings, settings.offsets_topic, creation, CreateMode::kValidateOnly, {});
}

Result<void> check_client(const KafkaSettings& settings, ClientRole role, rd_kafka_type_t type) {
  ClientEvents events(settings.log);
  ROWMILL_ASSIGN(ConfigHandle config, make_config(settings, role));
  ROWMILL_ASSIGN(const ClientHandle client, open_client(std::move(config), type, events));
  return {};
}

Result<void> check_cluster(const KafkaSettings& settings, std::chrono::milliseconds timeout) {
  ClientEvents events(settings.log);
  // A consumer's questions never create topics.
  ROWMILL_ASSIGN(ConfigHandle config, make_config(settings, ClientRole::kConsumer));
  ROWMILL_ASSIGN(const ClientHandle client,
                 open_client(std::move(config), RD_KAFKA_CONSUMER, events));
  ROWMILL_TRY(reach(client.get(), events, settings, timeout));
  return check_offsets_topic(client.get(), settings);
}

}  // namespace

std::vector<Error> check_broker(const KafkaSettings& settings, std::chrono::milliseconds timeout) {
  std::vector<Error> errors;
  const auto note = [&](Result<void> result) {
    if (!result.ok()) errors.push_back(std::move(result).error());
  };
  note(check_client(settings, ClientRole::kProducer, RD_KAFKA_PRODUCER));
  note(check_client(settings, ClientRole::kAdmin, RD_KAFKA_PRODUCER));
  note(check_client(settings, ClientRole::kConsumer, RD_KAFKA_CONSUMER));
  if (errors.empty()) note(check_cluster(settings, timeout));
  return errors;
}

}  // namespace rowmill::kafka
