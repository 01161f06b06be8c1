// SPDX-License-Identifier: Apache-2.0
#include "mysql/socket_interrupter.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <thread>

namespace rowmill::mysql {
namespace {

struct SocketPair {
  SocketPair() {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) == 0) {
      ours = FileDescriptor(ends[0]);
      theirs = FileDescriptor(ends[1]);
    }
  }
  FileDescriptor ours;
  FileDescriptor theirs;
};

ssize_t read_one(const FileDescriptor& from) {
  char byte = 0;
  return ::read(from.value(), &byte, 1);
}

TEST(SocketInterrupter, EndsAReadThatBlocksInAnotherThread) {
  const SocketPair pair;
  SocketInterrupter interrupter;
  interrupter.adopt(pair.ours.value());
  ssize_t got = -1;
  std::jthread reader([&] { got = read_one(pair.ours); });
  interrupter.interrupt();
  reader.join();
  EXPECT_EQ(got, 0);
  EXPECT_TRUE(interrupter.interrupted());
}

TEST(SocketInterrupter, ShutsDownASocketThatItAdoptsLater) {
  const SocketPair pair;
  SocketInterrupter interrupter;
  interrupter.interrupt();
  interrupter.adopt(pair.ours.value());
  EXPECT_EQ(read_one(pair.ours), 0);
}

TEST(SocketInterrupter, LeavesAFileAloneThatGotTheNumberOfItsClosedSocket) {
  SocketInterrupter interrupter;
  SocketPair first;
  interrupter.adopt(first.ours.value());
  SocketPair second;
  ASSERT_GE(::dup2(second.ours.value(), first.ours.value()),
            0);  // closes the first, takes its number
  interrupter.interrupt();
  ASSERT_EQ(::write(second.theirs.value(), "x", 1), 1);
  EXPECT_EQ(read_one(first.ours), 1);
}

}  // namespace
}  // namespace rowmill::mysql
