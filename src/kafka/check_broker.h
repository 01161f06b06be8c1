// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <vector>

#include "base/error.h"
#include "kafka/kafka_settings.h"

namespace rowmill::kafka {

/// For `rowmill check`: whether all three clients accept their settings, a broker answers within
/// `timeout`, and the offsets topic is there or could be created. Changes nothing. Empty: all is
/// well.
std::vector<base::Error> check_broker(const KafkaSettings& settings,
                                      std::chrono::milliseconds timeout);

}  // namespace rowmill::kafka
