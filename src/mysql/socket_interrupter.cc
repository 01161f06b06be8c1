// SPDX-License-Identifier: Apache-2.0
#include "mysql/socket_interrupter.h"

#include <fcntl.h>
#include <sys/socket.h>

namespace rowmill::mysql {

void SocketInterrupter::adopt(int socket) {
  const std::scoped_lock lock(mutex_);
  if (socket != original_) {
    original_ = socket;
    duplicate_ = FileDescriptor(::fcntl(socket, F_DUPFD_CLOEXEC, 0));
  }
  if (interrupted_) ::shutdown(socket, SHUT_RDWR);
}

void SocketInterrupter::interrupt() {
  const std::scoped_lock lock(mutex_);
  interrupted_ = true;
  if (duplicate_.is_open()) ::shutdown(duplicate_.value(), SHUT_RDWR);
}

}  // namespace rowmill::mysql
