// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/arena.h"
#include "base/byte_reader.h"
#include "base/result.h"
#include "binlog/internal/json_binary.h"
#include "binlog/internal/json_output.h"

namespace rowmill::binlog {

/// Prints binary JSON as MySQL does, byte for byte. Whole values go to value(); a container whose
/// members are not all from one place is put together with enter(), members(), key(), element()
/// and leave(). Each of these is false after a failure, which finish() then reports: the caller
/// stops printing.
class JsonPrinter {
 public:
  /// `binary_bytes`: the size of all that may be printed. A hostile document costs no more than
  /// one of its size can: every byte is printed at most once.
  JsonPrinter(size_t binary_bytes, base::Arena& arena);

  bool value(const JsonPart& part);

  /// Begins a container with the brackets of `container`.
  bool enter(const JsonContainer& container);
  /// `count` of its members, from `first`.
  bool members(const JsonContainer& container, uint32_t first, uint32_t count);
  /// A member's key, or what stands before an element: value() or enter() has to follow.
  bool key(std::string_view utf8);
  void element() { separate(); }
  void leave(const JsonContainer& container);

  /// What stands around values; not checked.
  JsonOutput& output() { return output_; }

  bool fail(std::string_view problem);
  /// The text, in the arena; kCorrupt after a failure.
  base::Result<std::string_view> finish();

 private:
  bool spend(size_t count);
  void separate();
  bool string(std::string_view utf8);
  bool scalar(JsonType type, base::ByteReader& reader);
  bool literal(uint8_t which);
  bool number(double value);
  bool opaque(base::ByteReader& reader);
  bool decimal(std::span<const std::byte> data);
  bool temporal(uint8_t type, std::span<const std::byte> data);

  size_t unspent_;
  int depth_ = 0;
  /// The next member is not its container's first.
  bool follows_ = false;
  std::string problem_;
  JsonOutput output_;
};

}  // namespace rowmill::binlog
