// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace rowmill::model {

/// A place in a binlog: the file's base name and a byte offset. Offsets are 64 bits wide though the
/// wire often carries 32: one transaction may grow a file past 4 GiB.
struct Position {
  std::string file;
  uint64_t offset = 0;
  bool operator==(const Position&) const = default;
};

/// "binlog.000003:4711", for people.
[[nodiscard]] inline std::string to_string(const Position& position) {
  return position.file + ":" + std::to_string(position.offset);
}

}  // namespace rowmill::model
