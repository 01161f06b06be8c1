// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>

#include "kafka/handles.h"

namespace rowmill::kafka {

/// Follows the requests of one producer, below librdkafka's own retries. librdkafka repeats a lost
/// EndTxn without a word, and the lost one may still arrive and end a later transaction
/// (KAFKA-17754). Only who counts what went out and what came back can tell.
///
/// Counted are Produce, AddPartitionsToTxn, AddOffsetsToTxn, EndTxn and TxnOffsetCommit. Must
/// outlive the client. The counters are written by librdkafka's broker threads; an answer is
/// counted before the call that waits for it returns.
class RequestWatch {
 public:
  RequestWatch() = default;
  RequestWatch(const RequestWatch&) = delete;
  RequestWatch& operator=(const RequestWatch&) = delete;

  /// Before rd_kafka_new().
  void attach(rd_kafka_conf_t* config);

  /// A transaction begins; nothing may be under way.
  void start();
  /// True once an EndTxn of this transaction has been written to a socket.
  [[nodiscard]] bool end_requested() const { return end_requests_ > 0; }
  /// To ask at the end of a transaction: true if a request failed or has no answer, or if EndTxn
  /// was sent more than once.
  [[nodiscard]] bool disturbed() const {
    return failed_ > 0 || sent_ != answered_ || end_requests_ > 1;
  }

  void on_request(int16_t api_key);
  void on_answer(int16_t api_key, rd_kafka_resp_err_t error);

 private:
  std::atomic<uint32_t> sent_{0};
  std::atomic<uint32_t> answered_{0};
  std::atomic<uint32_t> failed_{0};
  std::atomic<uint32_t> end_requests_{0};
};

}  // namespace rowmill::kafka
