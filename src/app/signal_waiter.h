// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace rowmill::app {

/// Turns SIGTERM and SIGINT into something that one thread can wait for together with "all is
/// done". Create it before any other thread starts: threads inherit that the signals are blocked.
class SignalWaiter {
 public:
  SignalWaiter();
  ~SignalWaiter();
  SignalWaiter(const SignalWaiter&) = delete;
  SignalWaiter& operator=(const SignalWaiter&) = delete;

  enum class Woken : uint8_t { kSignal, kDone, kTimeout };
  /// Waits for a signal, for done(), or for `timeout`; absent: for ever.
  Woken wait(std::optional<std::chrono::milliseconds> timeout);
  /// Any thread: wait() returns kDone from now on.
  void done();

 private:
  int signals_ = -1;
  int done_ = -1;
};

}  // namespace rowmill::app
