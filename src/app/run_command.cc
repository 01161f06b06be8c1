// SPDX-License-Identifier: Apache-2.0
#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <random>
#include <string>

#include "app/commands.h"
#include "app/connector_task.h"
#include "app/signal_waiter.h"
#include "app/version.h"
#include "base/log.h"
#include "config/load.h"
#include "runtime/worker.h"

namespace rowmill::app {

namespace {

/// "<host>:<pid>:<random>": one for each life of a process, also when a pid comes back.
std::string writer_name() {
  std::array<char, 256> host{};
  gethostname(host.data(), host.size() - 1);
  return std::string(host.data()) + ":" + std::to_string(getpid()) + ":" +
         std::to_string(std::random_device{}());
}

/// Lets the tasks run until all have ended, or until a signal and what it asks for.
void supervise(runtime::Worker& worker, SignalWaiter& signals, std::chrono::milliseconds grace) {
  if (signals.wait(std::nullopt) == SignalWaiter::Woken::kDone) return;
  base::log_info("stopping: finishing the open transactions", {{"within_ms", grace.count()}});
  worker.drain();
  switch (signals.wait(grace)) {
    case SignalWaiter::Woken::kDone:
      return;
    case SignalWaiter::Woken::kSignal:
      base::log_warn("stopping at once: the next start redoes what is not committed");
      break;
    case SignalWaiter::Woken::kTimeout:
      base::log_warn("not finished in time: the next start redoes what is not committed");
      break;
  }
  worker.stop();
}

}  // namespace

ExitCode run_command(const RunOptions& options) {
  auto loaded = config::load(options.worker, options.connectors);
  if (!loaded.ok()) {
    std::cerr << loaded.error().text() << '\n';
    return ExitCode::kConfig;
  }
  base::set_log_level(loaded->worker.log_level);
#ifdef __GLIBC__
  // One heap for each thread, as glibc does it, would keep several times what is in use: bytes are
  // made on one thread and freed on another.
  mallopt(M_ARENA_MAX, 2);
#endif
  for (const std::string& warning : loaded->warnings) base::log_warn(warning);

  SignalWaiter signals;
  runtime::Worker worker([&signals] { signals.done(); });
  const std::string writer = writer_name();
  for (const config::ConnectorConfig& connector : loaded->connectors) {
    auto task = ConnectorTask::create(loaded->worker, connector, writer);
    if (!task.ok()) {
      base::log_error("connector cannot be started",
                      {{"connector", connector.name}, {"error", task.error().text()}});
      return exit_code_of(task.error().kind());
    }
    worker.add(connector.name, *std::move(task));
  }
  base::log_info(
      "worker started",
      {{"version", kVersion}, {"writer", writer}, {"connectors", loaded->connectors.size()}});
  worker.start();
  supervise(worker, signals, loaded->worker.task_shutdown_graceful_timeout);

  ExitCode code = ExitCode::kSuccess;
  for (const auto& result : worker.join()) {
    if (!result.ok()) code = std::max(code, exit_code_of(result.error().kind()));
  }
  base::log_info("worker stopped", {{"exit_code", static_cast<int>(code)}});
  return code;
}

}  // namespace rowmill::app
