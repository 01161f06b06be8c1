// SPDX-License-Identifier: Apache-2.0
#include "kafka/kafka_record_sink.h"

#include <utility>

#include "kafka/offset_record.h"
#include "kafka/topics.h"

namespace rowmill::kafka {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

/// Records without a key share one partition, so that their table stays in order.
constexpr int32_t kFirstPartition = 0;

Error not_leading() { return {ErrorKind::kFatal, "The record sink is used before lead()"}; }

}  // namespace

Result<void> KafkaRecordSink::lead(std::stop_token stop) {
  close();
  ROWMILL_ASSIGN(producer_, TransactionalProducer::open(settings_));
  ROWMILL_TRY(ensure_topic(producer_->client(), settings_, settings_.offsets_topic, stop));
  topics_.emplace(settings_.offsets_topic, producer_->topic(settings_.offsets_topic));
  return producer_->init(stop);
}

Result<void> KafkaRecordSink::begin() { return producer_ ? producer_->begin() : not_leading(); }

Result<rd_kafka_topic_t*> KafkaRecordSink::topic(std::string_view name, std::stop_token stop) {
  if (const auto found = topics_.find(name); found != topics_.end()) return found->second.get();
  const std::string text(name);
  ROWMILL_TRY(ensure_topic(producer_->client(), settings_, text, stop));
  return topics_.emplace(text, producer_->topic(text)).first->second.get();
}

Result<void> KafkaRecordSink::send(const connect::RecordBatch& batch, std::stop_token stop) {
  if (!producer_) return not_leading();
  std::string_view last_name;
  rd_kafka_topic_t* last_topic = nullptr;
  for (size_t i = 0; i < batch.size(); ++i) {
    const connect::RecordView record = batch.record(i);
    if (last_topic == nullptr || record.topic != last_name) {
      ROWMILL_ASSIGN(last_topic, topic(record.topic, stop));
      last_name = record.topic;
    }
    auto sent = producer_->produce(
        {.topic = last_topic,
         .partition =
             record.key && !record.in_first_partition ? RD_KAFKA_PARTITION_UA : kFirstPartition,
         .key = record.key,
         .value = record.value,
         .headers = record.headers},
        stop);
    if (!sent.ok()) {
      // The topic may be gone; if it is, the next try makes it anew.
      last_topic = nullptr;
      std::erase_if(topics_, [&](const auto& entry) { return entry.first == record.topic; });
      return sent;
    }
  }
  return producer_->poll();
}

Result<void> KafkaRecordSink::send_offset(const connect::StoredOffset& offset) {
  const OffsetKey key{settings_.connector, settings_.topic_prefix};
  return send_to_offsets_topic(RD_KAFKA_PARTITION_UA, encode_offset_key(key),
                               encode_offset_value(offset));
}

Result<void> KafkaRecordSink::send_to_offsets_topic(int32_t partition, std::string_view key,
                                                    std::optional<std::string_view> value) {
  if (!producer_) return not_leading();
  ROWMILL_ASSIGN(rd_kafka_topic_t * topic, topic(settings_.offsets_topic, {}));
  return producer_->produce({.topic = topic, .partition = partition, .key = key, .value = value},
                            {});
}

Result<void> KafkaRecordSink::commit(std::stop_token stop) {
  return producer_ ? producer_->commit(stop) : not_leading();
}

Result<void> KafkaRecordSink::abort(std::stop_token stop) {
  return producer_ ? producer_->abort(stop) : not_leading();
}

bool KafkaRecordSink::suspect() const { return producer_ && producer_->suspect(); }

void KafkaRecordSink::close() {
  topics_.clear();
  producer_.reset();
}

}  // namespace rowmill::kafka
