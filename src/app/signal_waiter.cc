// SPDX-License-Identifier: Apache-2.0
#include "app/signal_waiter.h"

#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

namespace rowmill::app {

SignalWaiter::SignalWaiter() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  // A peer that hangs up is an error of the call, not the end of the process.
  std::signal(SIGPIPE, SIG_IGN);
  signals_ = signalfd(-1, &set, SFD_CLOEXEC);
  done_ = eventfd(0, EFD_CLOEXEC);
}

SignalWaiter::~SignalWaiter() {
  close(signals_);
  close(done_);
}

SignalWaiter::Woken SignalWaiter::wait(std::optional<std::chrono::milliseconds> timeout) {
  const auto deadline = std::chrono::steady_clock::now() + timeout.value_or(std::chrono::hours(1));
  while (true) {
    std::array<pollfd, 2> watched = {{{done_, POLLIN, 0}, {signals_, POLLIN, 0}}};
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    const int milliseconds = !timeout ? -1 : left.count() > 0 ? static_cast<int>(left.count()) : 0;
    const int ready = poll(watched.data(), watched.size(), milliseconds);
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return Woken::kTimeout;
    if (watched[0].revents != 0) return Woken::kDone;
    signalfd_siginfo info;
    if (read(signals_, &info, sizeof info) == sizeof info) return Woken::kSignal;
  }
}

void SignalWaiter::done() {
  const uint64_t one = 1;
  // Cannot fail: the counter is far from full.
  [[maybe_unused]] const ssize_t written = write(done_, &one, sizeof one);
}

}  // namespace rowmill::app
