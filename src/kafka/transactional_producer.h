// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <librdkafka/rdkafka.h>

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/result.h"
#include "connect/record_batch.h"
#include "kafka/client.h"
#include "kafka/handles.h"
#include "kafka/kafka_settings.h"
#include "kafka/request_watch.h"

namespace rowmill::kafka {

/// One record on its way out; views for the call only.
struct OutgoingRecord {
  rd_kafka_topic_t* topic = nullptr;
  /// RD_KAFKA_PARTITION_UA: murmur2 of the key, as Java clients do it.
  int32_t partition = RD_KAFKA_PARTITION_UA;
  std::optional<std::string_view> key = std::nullopt;
  std::optional<std::string_view> value = std::nullopt;
  std::span<const connect::Header> headers = {};
};

/// One life of a transactional.id: from init(), which ends every earlier life, to destruction,
/// which waits for nothing in flight. All calls come from one thread, which also serves
/// librdkafka's callbacks inside of these calls; there is no thread of our own.
///
///     life := init (begin produce* (commit | abort))*
///
/// Every wait looks at its stop token at least once a second. Kinds of errors are those of
/// connect::RecordSink.
class TransactionalProducer final : private ClientEvents {
 public:
  /// Errors: kConfig.
  static base::Result<std::unique_ptr<TransactionalProducer>> open(const KafkaSettings& settings);
  ~TransactionalProducer() override;

  base::Result<void> init(std::stop_token stop);
  base::Result<void> begin();
  /// Copies the record into the queue and waits for room there. The topic must exist.
  base::Result<void> produce(const OutgoingRecord& record, std::stop_token stop);
  /// Hands callbacks over, without waiting. The first failed delivery of the transaction, if any.
  base::Result<void> poll();
  base::Result<void> commit(std::stop_token stop);
  base::Result<void> abort(std::stop_token stop);

  /// See connect::RecordSink::suspect().
  [[nodiscard]] bool suspect() const { return suspect_; }
  [[nodiscard]] rd_kafka_t* client() const { return client_.get(); }
  /// A handle by which records name their topic; must go before the producer.
  [[nodiscard]] TopicHandle topic(const std::string& name) const;

 private:
  using Clock = std::chrono::steady_clock;
  /// rd_kafka_commit_transaction or rd_kafka_abort_transaction, both of which may be resumed.
  using EndCall = rd_kafka_error_t* (*)(rd_kafka_t*, int);

  explicit TransactionalProducer(const KafkaSettings& settings);

  void on_delivery_failure(const rd_kafka_message_t& message) override;
  rd_kafka_resp_err_t enqueue(const OutgoingRecord& record);
  base::Error enqueue_error(rd_kafka_resp_err_t error, const OutgoingRecord& record);
  base::Result<void> flush(std::stop_token stop);
  base::Result<void> end(EndCall call, std::string_view what, std::stop_token stop);
  /// Why the open transaction has failed: the record that was refused, or what the client says.
  base::Error failure_reason();

  const std::chrono::milliseconds transaction_timeout_;
  RequestWatch watch_;
  std::optional<base::Error> first_failure_;
  bool first_failure_is_purge_ = false;
  bool suspect_ = false;
  /// Last: its threads use what is above.
  ClientHandle client_;
};

}  // namespace rowmill::kafka
