// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "base/result.h"

namespace rowmill::runtime {

/// Something that runs until told to stop. Two ways: `drain` asks it to finish what it has begun,
/// `stop` to end at once.
class Runnable {
 public:
  virtual ~Runnable() = default;
  virtual base::Result<void> run(std::stop_token drain, std::stop_token stop) = 0;
};

/// Runs each task of a process on a thread of its own. A task that fails ends alone: the others go
/// on.
class Worker {
 public:
  /// `on_all_ended` is called on the last task's thread.
  explicit Worker(std::function<void()> on_all_ended) : on_all_ended_(std::move(on_all_ended)) {}
  /// Stops at once what still runs.
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// Before start().
  void add(std::string connector, std::unique_ptr<Runnable> task);
  void start();
  /// Any thread, any number of times.
  void drain() { drain_.request_stop(); }
  void stop() { stop_.request_stop(); }
  /// Waits until every task has ended; how each of them did, in the order of add().
  std::vector<base::Result<void>> join();

 private:
  struct Slot {
    std::string connector;
    std::unique_ptr<Runnable> task;
    base::Result<void> result;
    std::jthread thread;
  };
  void run(Slot& slot);

  const std::function<void()> on_all_ended_;
  std::stop_source drain_;
  std::stop_source stop_;
  std::vector<std::unique_ptr<Slot>> slots_;
  std::atomic<size_t> running_{0};
};

}  // namespace rowmill::runtime
