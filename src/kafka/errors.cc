// SPDX-License-Identifier: Apache-2.0
#include "kafka/errors.h"

#include <array>
#include <utility>

namespace rowmill::kafka {
namespace {

using base::Error;
using base::ErrorKind;

std::string message(std::string_view what, std::string_view detail, rd_kafka_resp_err_t error) {
  std::string text(what);
  text += ": ";
  text += detail.empty() ? rd_kafka_err2str(error) : detail;
  text += " (";
  text += rd_kafka_err2name(error);
  return text += ")";
}

bool is_fencing(rd_kafka_resp_err_t error) {
  return error == RD_KAFKA_RESP_ERR__FENCED || error == RD_KAFKA_RESP_ERR_PRODUCER_FENCED ||
         error == RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH;
}

Error missing_grant(std::string text) {
  return Error(ErrorKind::kConfig, std::move(text))
      .with_remedy(
          "Grant the Kafka user Write and Describe on the topics and on the "
          "transactional.id, Read on the offsets topic, and Create where topics are "
          "created");
}

/// Neither abortable nor retriable: the producer is of no use any more.
Error final_error(rd_kafka_resp_err_t error, std::string text) {
  if (is_fencing(error)) return {ErrorKind::kFenced, std::move(text)};
  if (is_authorization_error(error)) return missing_grant(std::move(text));
  return {ErrorKind::kUnclear, std::move(text)};
}

}  // namespace

bool is_authorization_error(rd_kafka_resp_err_t error) {
  return error == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED ||
         error == RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED ||
         error == RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED ||
         error == RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED;
}

Error producer_error(rd_kafka_t* client, rd_kafka_resp_err_t error, std::string_view what) {
  std::array<char, 512> detail{};
  if (const auto fatal = rd_kafka_fatal_error(client, detail.data(), detail.size());
      fatal != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return final_error(fatal, message(what, detail.data(), fatal));
  }
  return final_error(error, message(what, {}, error));
}

Error transaction_error(rd_kafka_t* client, const rd_kafka_error_t& error, std::string_view what) {
  const rd_kafka_resp_err_t code = rd_kafka_error_code(&error);
  std::string text = message(what, rd_kafka_error_string(&error), code);
  if (rd_kafka_error_txn_requires_abort(&error) != 0) {
    if (is_authorization_error(code)) return missing_grant(std::move(text));
    return {ErrorKind::kAbortTransaction, std::move(text)};
  }
  if (rd_kafka_error_is_retriable(&error) != 0) return {ErrorKind::kRetry, std::move(text)};
  if (rd_kafka_error_is_fatal(&error) != 0) return producer_error(client, code, what);
  return final_error(code, std::move(text));
}

Error delivery_error(rd_kafka_resp_err_t error, std::string_view topic, size_t record_bytes) {
  const std::string text =
      message("A record of " + std::to_string(record_bytes) + " bytes for topic " +
                  std::string(topic) + " was not accepted",
              {}, error);
  if (is_fencing(error)) return {ErrorKind::kFenced, text};
  if (is_authorization_error(error)) return missing_grant(text);
  if (error == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE ||
      error == RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE) {
    return Error(ErrorKind::kConfig, text)
        .with_remedy(
            "Raise max.message.bytes of the topic (or message.max.bytes of the brokers) "
            "and producer.max.request.size, and producer.buffer.memory if it is smaller, above the "
            "size of the record");
  }
  if (error == RD_KAFKA_RESP_ERR_INVALID_RECORD) {
    return Error(ErrorKind::kConfig, text)
        .with_remedy(
            "A compacted topic takes only records with a key: set message.key.columns for "
            "the table, or cleanup.policy=delete for the topic");
  }
  return {ErrorKind::kAbortTransaction, text};
}

Error request_error(rd_kafka_resp_err_t error, std::string_view what, std::string_view detail) {
  std::string text = message(what, detail, error);
  if (is_authorization_error(error)) return missing_grant(std::move(text));
  switch (error) {
    case RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION:
    case RD_KAFKA_RESP_ERR_INVALID_PARTITIONS:
    case RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR:
    case RD_KAFKA_RESP_ERR_INVALID_CONFIG:
    case RD_KAFKA_RESP_ERR_INVALID_REQUEST:
    case RD_KAFKA_RESP_ERR_POLICY_VIOLATION:
    case RD_KAFKA_RESP_ERR_UNSUPPORTED_VERSION:
    case RD_KAFKA_RESP_ERR__INVALID_ARG:
      return {ErrorKind::kConfig, std::move(text)};
    default:
      return {ErrorKind::kRetry, std::move(text)};
  }
}

}  // namespace rowmill::kafka
