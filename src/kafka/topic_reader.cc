// SPDX-License-Identifier: Apache-2.0
#include "kafka/topic_reader.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "kafka/client.h"
#include "kafka/client_properties.h"
#include "kafka/errors.h"
#include "kafka/handles.h"
#include "kafka/topics.h"

namespace rowmill::kafka {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using std::chrono::steady_clock;

constexpr int kSliceMs = 500;
/// A little more than fetch.wait.max.ms: a fetch that is under way answers within.
constexpr int kFetchMs = 25;
constexpr std::chrono::seconds kAnswerDeadline{30};
/// What librdkafka may fetch ahead, and the least for a partition. Each time that it comes to the
/// limit it pauses, for up to a second.
constexpr int kFetchedKbytes = 16 * 1024;
constexpr int kFetchedKbytesOfPartition = 2 * 1024;
constexpr const char* kFetchLimit = "queued.max.messages.kbytes";

/// Indexed by partition.
using Offsets = std::vector<int64_t>;

Error stopped() { return {ErrorKind::kStopped, "Stopped while reading a topic"}; }

Result<ClientHandle> open_consumer(const KafkaSettings& settings, const std::string& isolation,
                                   size_t partitions, ClientEvents& events) {
  ROWMILL_ASSIGN(ConfigHandle config, make_config(settings, ClientRole::kConsumer));
  ROWMILL_TRY(set_property(config.get(), "isolation.level", isolation));
  if (!settings.consumer_overrides.contains(kFetchLimit)) {
    const int share = kFetchedKbytes / static_cast<int>(std::max<size_t>(partitions, 1));
    ROWMILL_TRY(set_property(config.get(), kFetchLimit,
                             std::to_string(std::max(share, kFetchedKbytesOfPartition))));
  }
  return open_client(std::move(config), RD_KAFKA_CONSUMER, events);
}

/// ListOffsets for all partitions at once; the client's isolation level decides what an end is.
Result<Offsets> query_ends(rd_kafka_t* client, const ClientEvents& events, const std::string& topic,
                           int partitions, const std::stop_token& stop) {
  const auto deadline = steady_clock::now() + kAnswerDeadline;
  while (!stop.stop_requested()) {
    const PartitionListHandle list(rd_kafka_topic_partition_list_new(partitions));
    for (int32_t i = 0; i < partitions; ++i) {
      // In ListOffsets the "timestamp" -1 asks for the end.
      rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), i)->offset = RD_KAFKA_OFFSET_END;
    }
    auto error = rd_kafka_offsets_for_times(client, list.get(), kSliceMs);
    Offsets ends(static_cast<size_t>(partitions), 0);
    for (int i = 0; error == RD_KAFKA_RESP_ERR_NO_ERROR && i < list->cnt; ++i) {
      const rd_kafka_topic_partition_t& found = list->elems[i];
      error = found.err;
      ends[static_cast<size_t>(found.partition)] = found.offset;
    }
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return ends;
    rd_kafka_poll(client, 0);
    if (is_authorization_error(error)) return request_error(error, "Reading topic " + topic);
    if (steady_clock::now() >= deadline) {
      return events.no_answer("The end of topic " + topic + " cannot be read");
    }
  }
  return stopped();
}

Result<Offsets> read_uncommitted_ends(const KafkaSettings& settings, const std::string& topic,
                                      const std::stop_token& stop) {
  ClientEvents events(settings.log);
  ROWMILL_ASSIGN(const ClientHandle client, open_consumer(settings, "read_uncommitted", 1, events));
  ROWMILL_ASSIGN(const int partitions, count_partitions(client.get(), topic, stop));
  if (partitions == 0) return Offsets();
  return query_ends(client.get(), events, topic, partitions, stop);
}

/// Fetches all partitions of one topic from their beginnings into one queue, without a group.
class TopicFetch {
 public:
  TopicFetch(rd_kafka_t* client, const std::string& topic)
      : client_(client),
        topic_(rd_kafka_topic_new(client, topic.c_str(), nullptr)),
        queue_(rd_kafka_queue_new(client)) {}
  ~TopicFetch() {
    for (const int32_t partition : started_) rd_kafka_consume_stop(topic_.get(), partition);
  }
  TopicFetch(const TopicFetch&) = delete;
  TopicFetch& operator=(const TopicFetch&) = delete;

  Result<void> start(int32_t partition) {
    if (rd_kafka_consume_start_queue(topic_.get(), partition, RD_KAFKA_OFFSET_BEGINNING,
                                     queue_.get()) != 0) {
      return request_error(rd_kafka_last_error(),
                           std::string("Reading topic ") + rd_kafka_topic_name(topic_.get()));
    }
    started_.push_back(partition);
    return {};
  }

  /// Null: nothing came for a while. `unread`: a partition of which there is more.
  MessageHandle next(int32_t unread) {
    if (MessageHandle message{rd_kafka_consume_queue(queue_.get(), kFetchMs)}) return message;
    // After an answer that fills the queue, and a compressed one soon does, librdkafka 2.0 looks
    // whether it may fetch again after a second, or when its broker thread has something to do.
    int64_t low = 0;
    int64_t high = 0;
    rd_kafka_query_watermark_offsets(client_, rd_kafka_topic_name(topic_.get()), unread, &low,
                                     &high, kSliceMs);
    return MessageHandle(rd_kafka_consume_queue(queue_.get(), kSliceMs));
  }

 private:
  rd_kafka_t* client_;
  TopicHandle topic_;
  QueueHandle queue_;
  std::vector<int32_t> started_;
};

std::string_view bytes(const void* data, size_t size) {
  return {static_cast<const char*>(data), size};
}

TopicRecord record_of(const rd_kafka_message_t& message) {
  TopicRecord record{.partition = message.partition, .offset = message.offset};
  record.timestamp_ms = rd_kafka_message_timestamp(&message, nullptr);
  if (message.key != nullptr) record.key = bytes(message.key, message.key_len);
  if (message.payload != nullptr) record.value = bytes(message.payload, message.len);
  return record;
}

/// Handles one message; `position` becomes the next offset of its partition. Control records and
/// aborted ones are passed over unseen: only the end-of-partition mark tells the position behind
/// them.
Result<void> take(const rd_kafka_message_t& message, Offsets& position, const std::string& topic,
                  const TopicReader::Visit& visit) {
  if (is_authorization_error(message.err)) {
    return request_error(message.err, "Reading topic " + topic);
  }
  const auto partition = static_cast<size_t>(message.partition);
  if (message.err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
    position[partition] = std::max(position[partition], message.offset);
  } else if (message.err == RD_KAFKA_RESP_ERR_NO_ERROR) {
    position[partition] = message.offset + 1;
    return visit(record_of(message));
  }
  // Anything else is transient: librdkafka fetches again until the deadline.
  return {};
}

/// A partition that has not been read to its end, if there is one.
std::optional<size_t> unread(const Offsets& position, const Offsets& ends) {
  for (size_t i = 0; i < ends.size(); ++i) {
    if (position[i] < ends[i]) return i;
  }
  return std::nullopt;
}

}  // namespace

TopicReader::TopicReader(const KafkaSettings& settings, std::string topic,
                         std::vector<int64_t> ends)
    : settings_(settings), topic_(std::move(topic)), ends_(std::move(ends)) {}

Result<TopicReader> TopicReader::open(const KafkaSettings& settings, std::string topic,
                                      std::stop_token stop) {
  ROWMILL_ASSIGN(Offsets ends, read_uncommitted_ends(settings, topic, stop));
  return TopicReader(settings, std::move(topic), std::move(ends));
}

Result<void> TopicReader::read(const Visit& visit, std::stop_token stop) const {
  Offsets position(ends_.size(), 0);
  if (!unread(position, ends_)) return {};

  ClientEvents events(settings_.log);
  ROWMILL_ASSIGN(const ClientHandle client,
                 open_consumer(settings_, "read_committed", ends_.size(), events));
  TopicFetch fetch(client.get(), topic_);
  // Tells the client the leaders now; by itself it would look again only after a second.
  ROWMILL_TRY(count_partitions(client.get(), topic_, stop));
  for (size_t i = 0; i < ends_.size(); ++i) {
    if (ends_[i] > 0) ROWMILL_TRY(fetch.start(static_cast<int32_t>(i)));
  }
  auto deadline = steady_clock::now() + 2 * settings_.transaction_timeout;
  while (const auto partition = unread(position, ends_)) {
    if (stop.stop_requested()) return stopped();
    rd_kafka_poll(client.get(), 0);
    if (const MessageHandle message = fetch.next(static_cast<int32_t>(*partition))) {
      ROWMILL_TRY(take(*message, position, topic_, visit));
      deadline = steady_clock::now() + 2 * settings_.transaction_timeout;
    }
    if (steady_clock::now() >= deadline) {
      return events.no_answer(
          "Partition " + std::to_string(*partition) + " of topic " + topic_ +
          " cannot be read beyond offset " + std::to_string(position[*partition]) + " of " +
          std::to_string(ends_[*partition]) + "; another producer's transaction may be open there");
    }
  }
  return {};
}

std::string place_of(const std::string& topic, int32_t partition, int64_t offset) {
  return "topic " + topic + " partition " + std::to_string(partition) + " offset " +
         std::to_string(offset);
}

}  // namespace rowmill::kafka
