// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <set>
#include <string>
#include <utility>
#include <variant>

#include "binlog/event_decoder.h"
#include "support/event_bytes.h"

namespace rowmill::test {

/// One event decoded after a format description; owns the bytes that the result points into.
class Decoded {
 public:
  Decoded(const Bytes& format, Bytes event)
      : event_bytes_(std::move(event)), decoder_(binlog::ChecksumAlgorithm::kNone) {
    EXPECT_TRUE(decoder_.decode(format).ok());
    result_ = decoder_.decode(event_bytes_);
  }

  [[nodiscard]] bool ok() const { return result_.ok(); }
  [[nodiscard]] base::ErrorKind error_kind() const { return result_.error().kind(); }
  [[nodiscard]] std::string error_text() const {
    return ok() ? "no error" : result_.error().text();
  }
  /// The body, which must be a T.
  template <typename T>
  [[nodiscard]] const T& as() const {
    if (!ok()) throw std::runtime_error(error_text());
    return std::get<T>(result_->body);
  }

 private:
  Bytes event_bytes_;
  binlog::EventDecoder decoder_;
  base::Result<binlog::Event> result_ = base::Error(base::ErrorKind::kFatal, "not decoded");
};

}  // namespace rowmill::test
