// SPDX-License-Identifier: Apache-2.0
#include "runtime/worker.h"

#include <utility>

#include "base/log.h"

namespace rowmill::runtime {

Worker::~Worker() {
  drain();
  stop();
}

void Worker::add(std::string connector, std::unique_ptr<Runnable> task) {
  auto slot = std::make_unique<Slot>();
  slot->connector = std::move(connector);
  slot->task = std::move(task);
  slots_.push_back(std::move(slot));
}

void Worker::start() {
  running_ = slots_.size();
  for (const auto& slot : slots_) {
    slot->thread = std::jthread([this, raw = slot.get()] { run(*raw); });
  }
}

void Worker::run(Slot& slot) {
  base::log_info("task started", {{"connector", slot.connector}});
  slot.result = slot.task->run(drain_.get_token(), stop_.get_token());
  if (slot.result.ok()) {
    base::log_info("task stopped", {{"connector", slot.connector}});
  } else {
    base::log_error("task stopped", {{"connector", slot.connector},
                                     {"kind", base::to_string(slot.result.error().kind())},
                                     {"error", slot.result.error().text()}});
  }
  if (--running_ == 0) on_all_ended_();
}

std::vector<base::Result<void>> Worker::join() {
  std::vector<base::Result<void>> results;
  for (const auto& slot : slots_) {
    if (slot->thread.joinable()) slot->thread.join();
    results.push_back(slot->result);
  }
  return results;
}

}  // namespace rowmill::runtime
