// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <mutex>

#include "mysql/handles.h"

namespace rowmill::mysql {

/// Ends the blocking calls of a connection from another thread, for good. It holds a duplicate of
/// the socket's descriptor: the client library closes its own whenever it meets an error, and the
/// number may by then belong to another file. All functions may be called from any thread.
class SocketInterrupter {
 public:
  /// From now on `socket` is what interrupt() acts on; does nothing if it is so already. Shuts it
  /// down at once if interrupt() came first.
  void adopt(int socket);
  void interrupt();
  [[nodiscard]] bool interrupted() const { return interrupted_; }

 private:
  std::mutex mutex_;
  FileDescriptor duplicate_;
  int original_ = -1;
  std::atomic<bool> interrupted_ = false;
};

}  // namespace rowmill::mysql
