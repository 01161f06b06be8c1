// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <librdkafka/rdkafka.h>

#include <memory>

namespace rowmill::kafka {

/// Destroys a client without waiting for what is in its queues or in flight.
struct ClientDeleter {
  void operator()(rd_kafka_t* client) const {
    if (rd_kafka_type(client) == RD_KAFKA_PRODUCER) {
      rd_kafka_purge(client, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT |
                                 RD_KAFKA_PURGE_F_NON_BLOCKING);
    }
    rd_kafka_destroy_flags(client, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
  }
};

template <auto kDestroy>
struct CallDeleter {
  template <typename Object>
  void operator()(Object* object) const {
    kDestroy(object);
  }
};

using ClientHandle = std::unique_ptr<rd_kafka_t, ClientDeleter>;
using ConfigHandle = std::unique_ptr<rd_kafka_conf_t, CallDeleter<rd_kafka_conf_destroy>>;
using TopicHandle = std::unique_ptr<rd_kafka_topic_t, CallDeleter<rd_kafka_topic_destroy>>;
using ErrorHandle = std::unique_ptr<rd_kafka_error_t, CallDeleter<rd_kafka_error_destroy>>;
using HeadersHandle = std::unique_ptr<rd_kafka_headers_t, CallDeleter<rd_kafka_headers_destroy>>;
using QueueHandle = std::unique_ptr<rd_kafka_queue_t, CallDeleter<rd_kafka_queue_destroy>>;
using EventHandle = std::unique_ptr<rd_kafka_event_t, CallDeleter<rd_kafka_event_destroy>>;
using MessageHandle = std::unique_ptr<rd_kafka_message_t, CallDeleter<rd_kafka_message_destroy>>;
using MetadataHandle =
    std::unique_ptr<const rd_kafka_metadata_t, CallDeleter<rd_kafka_metadata_destroy>>;
using NewTopicHandle = std::unique_ptr<rd_kafka_NewTopic_t, CallDeleter<rd_kafka_NewTopic_destroy>>;
using AdminOptionsHandle =
    std::unique_ptr<rd_kafka_AdminOptions_t, CallDeleter<rd_kafka_AdminOptions_destroy>>;
using PartitionListHandle = std::unique_ptr<rd_kafka_topic_partition_list_t,
                                            CallDeleter<rd_kafka_topic_partition_list_destroy>>;

}  // namespace rowmill::kafka
