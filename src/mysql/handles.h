// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <utility>

// Of <mysql.h>, so that no other folder sees it.
struct st_mysql;
struct st_mysql_res;

namespace rowmill::mysql {

/// Says good-bye to the server (a few bytes, no answer awaited) and frees the handle.
struct MysqlCloser {
  void operator()(st_mysql* handle) const;
};
using MysqlHandle = std::unique_ptr<st_mysql, MysqlCloser>;

struct ResultFreer {
  void operator()(st_mysql_res* result) const;
};
using ResultHandle = std::unique_ptr<st_mysql_res, ResultFreer>;

/// Owns a file descriptor; -1 is none.
class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int value) : value_(value) {}
  FileDescriptor(FileDescriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    std::swap(value_, other.value_);
    return *this;
  }
  ~FileDescriptor();

  [[nodiscard]] int value() const { return value_; }
  [[nodiscard]] bool is_open() const { return value_ >= 0; }

 private:
  int value_ = -1;
};

}  // namespace rowmill::mysql
