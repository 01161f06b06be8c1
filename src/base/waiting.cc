// SPDX-License-Identifier: Apache-2.0
#include "base/waiting.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace rowmill::base {

bool wait_for(std::chrono::milliseconds duration, std::stop_token stop) {
  std::mutex mutex;
  std::condition_variable_any stopped;
  std::unique_lock lock(mutex);
  stopped.wait_for(lock, stop, duration, [] { return false; });
  return !stop.stop_requested();
}

Backoff::Backoff(std::chrono::milliseconds first, std::chrono::milliseconds longest, uint64_t seed)
    : first_(first), longest_(longest), step_(first), random_(seed) {}

std::chrono::milliseconds Backoff::next() {
  std::uniform_int_distribution<int64_t> pause(step_.count() / 2, step_.count());
  step_ = std::min(step_ * 2, longest_);
  return std::chrono::milliseconds(pause(random_));
}

}  // namespace rowmill::base
