// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "support/event_bytes.h"
#include "support/json_binary.h"

namespace rowmill::test {

/// One JSON difference: operation (0 replace, 1 insert, 2 remove), path, and for the first two a
/// value, given as JSON text. Server source, sql-common/json_diff.cc, Json_diff::write_binary.
inline Bytes json_diff(unsigned operation, std::string_view path, std::string_view value = {}) {
  const auto with_length = [](const Bytes& bytes) {
    const bool is_short = bytes.size() < 251;
    return (is_short ? Bytes{} : hex("fd")) + little_endian(bytes.size(), is_short ? 1 : 3) + bytes;
  };
  Bytes diff = little_endian(operation, 1) + with_length(text(path));
  return operation == 2 ? diff : diff + with_length(json_binary(value));
}
inline Bytes json_replace(std::string_view path, std::string_view value) {
  return json_diff(0, path, value);
}
inline Bytes json_insert(std::string_view path, std::string_view value) {
  return json_diff(1, path, value);
}
inline Bytes json_remove(std::string_view path) { return json_diff(2, path); }

}  // namespace rowmill::test
