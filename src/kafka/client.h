// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/result.h"
#include "kafka/handles.h"
#include "kafka/kafka_settings.h"

namespace rowmill::kafka {

/// What a client tells outside of any call of ours. Must outlive its client.
class ClientEvents {
 public:
  explicit ClientEvents(LogSink log) : log_(std::move(log)) {}
  virtual ~ClientEvents() = default;
  ClientEvents(const ClientEvents&) = delete;
  ClientEvents& operator=(const ClientEvents&) = delete;

  /// A record was given up. Called on the thread that polls.
  virtual void on_delivery_failure(const rd_kafka_message_t& message);
  /// Called on the thread that polls.
  void on_error(rd_kafka_resp_err_t error, std::string_view reason);
  /// Called on any thread of librdkafka.
  void on_log(int level, std::string_view text) const;

  /// A failure for want of an answer, with what the client last said about its brokers: kConfig if
  /// they refused our credentials, kRetry otherwise. For the thread that polls.
  [[nodiscard]] base::Error no_answer(const std::string& what) const;

 private:
  LogSink log_;
  rd_kafka_resp_err_t last_error_ = RD_KAFKA_RESP_ERR_NO_ERROR;
  std::string last_reason_;
};

/// Starts a client; no broker needs to be there. Errors: kConfig.
base::Result<ClientHandle> open_client(ConfigHandle config, rd_kafka_type_t type,
                                       ClientEvents& events);

}  // namespace rowmill::kafka
