// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"
#include "kafka/handles.h"

namespace rowmill::kafka {

/// True if a person must grant something.
[[nodiscard]] bool is_authorization_error(rd_kafka_resp_err_t error);

/// What a failed call of the transactional API means, in librdkafka's recommended order: must abort
/// -> kAbortTransaction; may be called again -> kRetry, which says: the same call again, at once;
/// fenced -> kFenced; anything else -> kUnclear. Missing grants are kConfig wherever they show.
/// `what` names the call.
base::Error transaction_error(rd_kafka_t* client, const rd_kafka_error_t& error,
                              std::string_view what);

/// The same for a code without flags that produce() or the client itself gave.
base::Error producer_error(rd_kafka_t* client, rd_kafka_resp_err_t error, std::string_view what);

/// What the loss of one record means: kConfig for what would fail again and again, with the topic,
/// the size and the remedy; kFenced; kAbortTransaction otherwise.
base::Error delivery_error(rd_kafka_resp_err_t error, std::string_view topic, size_t record_bytes);

/// What a failed request about topics or offsets means: kConfig or kRetry.
base::Error request_error(rd_kafka_resp_err_t error, std::string_view what,
                          std::string_view detail = {});

}  // namespace rowmill::kafka
