// SPDX-License-Identifier: Apache-2.0
#include "kafka/request_watch.h"

namespace rowmill::kafka {
namespace {

// API keys of the Kafka protocol, https://kafka.apache.org/protocol#protocol_api_keys
constexpr int16_t kProduce = 0;
constexpr int16_t kAddPartitionsToTxn = 24;
constexpr int16_t kAddOffsetsToTxn = 25;
constexpr int16_t kEndTxn = 26;
constexpr int16_t kTxnOffsetCommit = 28;

constexpr const char* kName = "rowmill";

/// True in threads that talk to brokers. An answer that librdkafka hands on to its main thread is
/// reported a second time there.
thread_local bool is_broker_thread = false;

bool is_watched(int16_t api_key) {
  return api_key == kProduce || api_key == kAddPartitionsToTxn || api_key == kAddOffsetsToTxn ||
         api_key == kEndTxn || api_key == kTxnOffsetCommit;
}

rd_kafka_resp_err_t request_sent(rd_kafka_t* /*client*/, int /*socket*/, const char* /*broker*/,
                                 int32_t /*broker_id*/, int16_t api_key, int16_t /*version*/,
                                 int32_t /*correlation*/, size_t /*size*/, void* opaque) {
  is_broker_thread = true;
  static_cast<RequestWatch*>(opaque)->on_request(api_key);
  return RD_KAFKA_RESP_ERR_NO_ERROR;
}

rd_kafka_resp_err_t response_received(rd_kafka_t* /*client*/, int /*socket*/,
                                      const char* /*broker*/, int32_t /*broker_id*/,
                                      int16_t api_key, int16_t /*version*/, int32_t /*correlation*/,
                                      size_t /*size*/, int64_t /*round_trip*/,
                                      rd_kafka_resp_err_t error, void* opaque) {
  if (is_broker_thread) static_cast<RequestWatch*>(opaque)->on_answer(api_key, error);
  return RD_KAFKA_RESP_ERR_NO_ERROR;
}

/// The per-client interceptors can only be added while the client is being made.
rd_kafka_resp_err_t client_made(rd_kafka_t* client, const rd_kafka_conf_t* /*config*/, void* opaque,
                                char* /*reason*/, size_t /*reason_size*/) {
  const auto added = rd_kafka_interceptor_add_on_request_sent(client, kName, request_sent, opaque);
  if (added != RD_KAFKA_RESP_ERR_NO_ERROR) return added;
  return rd_kafka_interceptor_add_on_response_received(client, kName, response_received, opaque);
}

}  // namespace

void RequestWatch::attach(rd_kafka_conf_t* config) {
  rd_kafka_conf_interceptor_add_on_new(config, kName, client_made, this);
}

void RequestWatch::start() {
  sent_ = 0;
  answered_ = 0;
  failed_ = 0;
  end_requests_ = 0;
}

void RequestWatch::on_request(int16_t api_key) {
  if (!is_watched(api_key)) return;
  ++sent_;
  if (api_key == kEndTxn) ++end_requests_;
}

void RequestWatch::on_answer(int16_t api_key, rd_kafka_resp_err_t error) {
  if (!is_watched(api_key)) return;
  ++(error == RD_KAFKA_RESP_ERR_NO_ERROR ? answered_ : failed_);
}

}  // namespace rowmill::kafka
