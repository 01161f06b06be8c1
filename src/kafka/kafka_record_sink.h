// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.h"
#include "connect/record_sink.h"
#include "kafka/handles.h"
#include "kafka/kafka_settings.h"
#include "kafka/transactional_producer.h"

namespace rowmill::kafka {

/// Writes records and source offsets to Kafka. Owned by the task's sink thread, like every
/// connect::RecordSink.
class KafkaRecordSink final : public connect::RecordSink {
 public:
  explicit KafkaRecordSink(KafkaSettings settings) : settings_(std::move(settings)) {}
  ~KafkaRecordSink() override { close(); }
  KafkaRecordSink(const KafkaRecordSink&) = delete;
  KafkaRecordSink& operator=(const KafkaRecordSink&) = delete;

  base::Result<void> lead(std::stop_token stop) override;
  base::Result<void> begin() override;
  base::Result<void> send(const connect::RecordBatch& batch, std::stop_token stop) override;
  base::Result<void> send_offset(const connect::StoredOffset& offset) override;
  base::Result<void> commit(std::stop_token stop) override;
  base::Result<void> abort(std::stop_token stop) override;
  [[nodiscard]] bool suspect() const override;
  void close() override;

  /// Puts any record into the offsets topic, in the open transaction; absent value: a tombstone.
  /// RD_KAFKA_PARTITION_UA as the partition: the one that the key belongs to.
  base::Result<void> send_to_offsets_topic(int32_t partition, std::string_view key,
                                           std::optional<std::string_view> value);

 private:
  struct TextHash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  using Topics = std::unordered_map<std::string, TopicHandle, TextHash, std::equal_to<>>;

  /// The handle of a topic that exists. Valid until close().
  base::Result<rd_kafka_topic_t*> topic(std::string_view name, std::stop_token stop);

  const KafkaSettings settings_;
  std::unique_ptr<TransactionalProducer> producer_;
  /// The topics that this producer has written to, each seen to exist. Gone before the producer.
  Topics topics_;
};

}  // namespace rowmill::kafka
