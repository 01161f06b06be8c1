// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <random>
#include <stop_token>

namespace rowmill::base {

/// Waits for `duration` or until a stop is requested; true if the time passed, false if stopped.
bool wait_for(std::chrono::milliseconds duration, std::stop_token stop);

/// Growing pauses between tries of one thing, each drawn between half and all of its step, so that
/// many workers do not come back at the same moment. Not thread-safe.
class Backoff {
 public:
  Backoff(std::chrono::milliseconds first, std::chrono::milliseconds longest,
          uint64_t seed = std::random_device{}());

  /// The next pause.
  std::chrono::milliseconds next();
  /// After a success: the next pause is a first one again.
  void reset() { step_ = first_; }

 private:
  std::chrono::milliseconds first_;
  std::chrono::milliseconds longest_;
  std::chrono::milliseconds step_;
  std::mt19937_64 random_;
};

}  // namespace rowmill::base
