// SPDX-License-Identifier: Apache-2.0
#include "kafka/transactional_producer.h"

#include <utility>

#include "kafka/client_properties.h"
#include "kafka/errors.h"

namespace rowmill::kafka {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using std::chrono::milliseconds;
using std::chrono::seconds;

/// A wait in librdkafka cannot be ended from outside, so it comes in slices.
constexpr milliseconds kSlice{500};
constexpr milliseconds kPoll{10};
constexpr milliseconds kLastAbort{200};
/// How long init_transactions may be without an answer before the caller backs off.
constexpr seconds kInitDeadline{30};
/// A commit under way when a stop is requested gets this long to end well.
constexpr seconds kStopGrace{2};
/// A transaction whose end takes longer has met something unusual, whatever its requests say.
constexpr seconds kSlowEnd{3};

int count(milliseconds time) { return static_cast<int>(time.count()); }

/// librdkafka tells absent from empty by the pointer.
const char* data_of(const std::optional<std::string_view>& bytes) {
  if (!bytes) return nullptr;
  return bytes->empty() ? "" : bytes->data();
}
size_t size_of(const std::optional<std::string_view>& bytes) { return bytes ? bytes->size() : 0; }

/// True once `stop` has been requested for longer than the grace; call it in every turn.
class StopGrace {
 public:
  bool over(const std::stop_token& stop) {
    if (!stop.stop_requested()) return false;
    const auto now = std::chrono::steady_clock::now();
    if (!since_) since_ = now;
    return now - *since_ >= kStopGrace;
  }

 private:
  std::optional<std::chrono::steady_clock::time_point> since_;
};

/// produce() with headers; the record's bytes are copied.
rd_kafka_resp_err_t enqueue_with_headers(rd_kafka_t* client, const OutgoingRecord& record) {
  HeadersHandle headers(rd_kafka_headers_new(record.headers.size()));
  for (const connect::Header& header : record.headers) {
    const auto added = rd_kafka_header_add(
        headers.get(), header.name.data(), static_cast<ssize_t>(header.name.size()),
        header.value.data(), static_cast<ssize_t>(header.value.size()));
    if (added != RD_KAFKA_RESP_ERR_NO_ERROR) return added;
  }
  rd_kafka_vu_t parts[6];
  parts[0].vtype = RD_KAFKA_VTYPE_RKT;
  parts[0].u.rkt = record.topic;
  parts[1].vtype = RD_KAFKA_VTYPE_PARTITION;
  parts[1].u.i32 = record.partition;
  parts[2].vtype = RD_KAFKA_VTYPE_MSGFLAGS;
  parts[2].u.i = RD_KAFKA_MSG_F_COPY;
  parts[3].vtype = RD_KAFKA_VTYPE_KEY;
  parts[3].u.mem = {const_cast<char*>(data_of(record.key)), size_of(record.key)};
  parts[4].vtype = RD_KAFKA_VTYPE_VALUE;
  parts[4].u.mem = {const_cast<char*>(data_of(record.value)), size_of(record.value)};
  parts[5].vtype = RD_KAFKA_VTYPE_HEADERS;
  parts[5].u.headers = headers.get();
  const ErrorHandle error(rd_kafka_produceva(client, parts, std::size(parts)));
  if (error) return rd_kafka_error_code(error.get());
  static_cast<void>(headers.release());  // The record has taken them over.
  return RD_KAFKA_RESP_ERR_NO_ERROR;
}

}  // namespace

TransactionalProducer::TransactionalProducer(const KafkaSettings& settings)
    : ClientEvents(settings.log), transaction_timeout_(settings.transaction_timeout) {}

TransactionalProducer::~TransactionalProducer() {
  if (!client_) return;
  // Destroying a client of 2.0.2 in the moment in which it adds a partition to the transaction
  // trips an assertion there (txn_req_cnt > 0): the request fails before it is counted. This call
  // makes a round through the thread that adds them and stops it, whatever its result. That it may
  // also end an open transaction is welcome: nobody has to wait for its time-out.
  rd_kafka_purge(
      client(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT | RD_KAFKA_PURGE_F_NON_BLOCKING);
  const ErrorHandle ignored(rd_kafka_abort_transaction(client(), count(kLastAbort)));
}

Result<std::unique_ptr<TransactionalProducer>> TransactionalProducer::open(
    const KafkaSettings& settings) {
  ROWMILL_ASSIGN(ConfigHandle config, make_config(settings, ClientRole::kProducer));
  std::unique_ptr<TransactionalProducer> producer(new TransactionalProducer(settings));
  producer->watch_.attach(config.get());
  ROWMILL_ASSIGN(producer->client_, open_client(std::move(config), RD_KAFKA_PRODUCER, *producer));
  return producer;
}

TopicHandle TransactionalProducer::topic(const std::string& name) const {
  return TopicHandle(rd_kafka_topic_new(client(), name.c_str(), nullptr));
}

Result<void> TransactionalProducer::init(std::stop_token stop) {
  const auto deadline = Clock::now() + kInitDeadline;
  while (true) {
    const ErrorHandle error(rd_kafka_init_transactions(client(), count(kSlice)));
    if (!error) return {};
    Error failure = transaction_error(client(), *error, "init_transactions");
    if (failure.kind() == ErrorKind::kUnclear) return std::move(failure).as(ErrorKind::kRetry);
    if (failure.kind() != ErrorKind::kRetry) return failure;
    rd_kafka_poll(client(), count(kPoll));
    Error silence = no_answer("No answer to init_transactions");
    if (silence.kind() == ErrorKind::kConfig) return silence;
    if (stop.stop_requested()) return Error(ErrorKind::kStopped, "Stopped in init_transactions");
    if (Clock::now() >= deadline) return silence;
  }
}

Result<void> TransactionalProducer::begin() {
  rd_kafka_poll(client(), 0);
  first_failure_.reset();
  if (suspect_) return Error(ErrorKind::kUnclear, "The producer is suspect and must be replaced");
  watch_.start();
  const ErrorHandle error(rd_kafka_begin_transaction(client()));
  if (error) return transaction_error(client(), *error, "begin_transaction");
  return {};
}

void TransactionalProducer::on_delivery_failure(const rd_kafka_message_t& message) {
  // Once a transaction has failed, all its other records are purged; they are not the reason.
  const bool is_purge = message.err == RD_KAFKA_RESP_ERR__PURGE_QUEUE ||
                        message.err == RD_KAFKA_RESP_ERR__PURGE_INFLIGHT;
  if (first_failure_ && (is_purge || !first_failure_is_purge_)) return;
  first_failure_ =
      delivery_error(message.err, rd_kafka_topic_name(message.rkt), message.len + message.key_len);
  first_failure_is_purge_ = is_purge;
}

Result<void> TransactionalProducer::poll() {
  rd_kafka_poll(client(), 0);
  if (first_failure_) return failure_reason();
  return {};
}

rd_kafka_resp_err_t TransactionalProducer::enqueue(const OutgoingRecord& record) {
  if (!record.headers.empty()) return enqueue_with_headers(client(), record);
  const int failed = rd_kafka_produce(
      record.topic, record.partition, RD_KAFKA_MSG_F_COPY, const_cast<char*>(data_of(record.value)),
      size_of(record.value), data_of(record.key), size_of(record.key), nullptr);
  return failed == 0 ? RD_KAFKA_RESP_ERR_NO_ERROR : rd_kafka_last_error();
}

Result<void> TransactionalProducer::produce(const OutgoingRecord& record, std::stop_token stop) {
  bool was_empty = false;
  while (true) {
    const rd_kafka_resp_err_t error = enqueue(record);
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return {};
    if (error != RD_KAFKA_RESP_ERR__QUEUE_FULL) return enqueue_error(error, record);
    if (was_empty) return enqueue_error(RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, record);
    if (stop.stop_requested()) return Error(ErrorKind::kStopped, "Stopped while the queue is full");
    was_empty = rd_kafka_outq_len(client()) == 0;
    rd_kafka_poll(client(), count(kPoll));
    if (first_failure_) return failure_reason();
  }
}

Error TransactionalProducer::enqueue_error(rd_kafka_resp_err_t error,
                                           const OutgoingRecord& record) {
  const bool client_failed = error == RD_KAFKA_RESP_ERR__FATAL || error == RD_KAFKA_RESP_ERR__STATE;
  if (!client_failed) {
    return delivery_error(error, rd_kafka_topic_name(record.topic),
                          size_of(record.key) + size_of(record.value));
  }
  if (rd_kafka_fatal_error(client(), nullptr, 0) != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return producer_error(client(), error, "produce");
  }
  return failure_reason();
}

Error TransactionalProducer::failure_reason() {
  // Its records are being purged; the report of the one that caused it may be among them.
  const auto deadline = Clock::now() + seconds(1);
  while (rd_kafka_outq_len(client()) > 0 && Clock::now() < deadline) {
    rd_kafka_poll(client(), count(kPoll));
  }
  if (first_failure_ && !first_failure_is_purge_) return *first_failure_;
  // In a failed transaction this changes nothing and returns what it failed of.
  const ErrorHandle error(rd_kafka_begin_transaction(client()));
  if (error && rd_kafka_error_code(error.get()) != RD_KAFKA_RESP_ERR__STATE) {
    return transaction_error(client(), *error, "The Kafka transaction has failed");
  }
  return {ErrorKind::kAbortTransaction, "The Kafka transaction has failed"};
}

/// Waits until every record is delivered or given up, which librdkafka does when the transaction's
/// time is over.
Result<void> TransactionalProducer::flush(std::stop_token stop) {
  StopGrace grace;
  while (rd_kafka_flush(client(), count(kSlice)) != RD_KAFKA_RESP_ERR_NO_ERROR) {
    if (grace.over(stop)) return Error(ErrorKind::kUnclear, "Stopped while records are in flight");
  }
  return {};
}

Result<void> TransactionalProducer::commit(std::stop_token stop) {
  ROWMILL_TRY(flush(stop));
  if (const auto fatal = rd_kafka_fatal_error(client(), nullptr, 0);
      fatal != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return producer_error(client(), fatal, "commit_transaction");
  }
  if (first_failure_) return failure_reason();
  return end(rd_kafka_commit_transaction, "commit_transaction", stop);
}

Result<void> TransactionalProducer::abort(std::stop_token stop) {
  // The sequence numbers of refused records leave a gap that the broker would not accept.
  if (first_failure_) suspect_ = true;
  auto ended = end(rd_kafka_abort_transaction, "abort_transaction", stop);
  if (ended.ok() || ended.error().kind() != ErrorKind::kAbortTransaction) return ended;
  return std::move(ended).error().as(ErrorKind::kUnclear);
}

Result<void> TransactionalProducer::end(EndCall call, std::string_view what, std::stop_token stop) {
  StopGrace grace;
  const auto started = Clock::now();
  bool resumed = false;
  while (true) {
    const ErrorHandle error(call(client(), count(kSlice)));
    rd_kafka_poll(client(), 0);
    const auto elapsed = Clock::now() - started;
    suspect_ = suspect_ || watch_.disturbed() || elapsed > kSlowEnd;
    if (!error) return {};
    Error failure = transaction_error(client(), *error, what);
    switch (failure.kind()) {
      case ErrorKind::kRetry:
        resumed = true;
        if (grace.over(stop) || elapsed > 2 * transaction_timeout_) {
          return std::move(failure).as(ErrorKind::kUnclear);
        }
        rd_kafka_poll(client(), count(kPoll));
        break;
      case ErrorKind::kAbortTransaction:
        // After the first EndTxn is on its way, an error says nothing about what the coordinator
        // did: it may have committed before the answer was lost, and refused only the repetition.
        if (resumed || watch_.end_requested()) return std::move(failure).as(ErrorKind::kUnclear);
        return failure_reason();
      default:
        return failure;
    }
  }
}

}  // namespace rowmill::kafka
