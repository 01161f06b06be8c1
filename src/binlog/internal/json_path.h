// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/arena.h"

namespace rowmill::binlog {

/// One step of a path: to a member of an object, or to a cell of an array.
struct JsonPathLeg {
  /// Unescaped. Nothing for a cell.
  std::optional<std::string_view> key = std::nullopt;
  /// From the start, or with `from_end` from the last cell backwards.
  uint32_t index = 0;
  bool from_end = false;

  /// The cell's place in an array of `size`; nothing where it has no such cell.
  [[nodiscard]] std::optional<uint32_t> cell_of(uint32_t size) const {
    if (index >= size) return std::nullopt;
    return from_end ? size - 1 - index : index;
  }
};

/// Reads the legs of a path as JSON differences carry it, which is as the server prints one:
///
///     path := "$" leg*
///     leg  := "." name | "." string | "[" number "]" | "[last]" | "[last-" number "]"
///
/// A name holds no character of the syntax; a string is that of JSON. Server source,
/// sql-common/json_path.cc, Json_path_leg::to_string.
class JsonPathReader {
 public:
  /// Keys that have to be unescaped go into `arena`; others are views into `path`.
  JsonPathReader(std::string_view path, base::Arena& arena);

  /// The next leg; nothing at the end, and after a failure.
  std::optional<JsonPathLeg> next();
  [[nodiscard]] bool at_end() const { return !failed_ && rest_.empty(); }
  /// The path is not of this form.
  [[nodiscard]] bool failed() const { return failed_; }

 private:
  std::optional<JsonPathLeg> fail();
  bool take(std::string_view expected);
  std::optional<JsonPathLeg> name();
  std::optional<JsonPathLeg> quoted_name();
  std::optional<JsonPathLeg> cell();
  bool unescape(std::string_view escaped, std::string_view& out);

  std::string_view rest_;
  base::Arena& arena_;
  bool failed_ = false;
};

}  // namespace rowmill::binlog
