// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "base/arena.h"
#include "base/result.h"

namespace rowmill::binlog {

/// One of the server's character sets, by the name of SHOW CHARACTER SET, and how its bytes become
/// UTF-8 exactly as the server's own CONVERT(... USING utf8mb4) does it. Instances are static and
/// immutable; to_utf8 may be called from any thread.
class Charset {
 public:
  virtual ~Charset() = default;
  /// Null if the name is not known ("binary" is not a character set here).
  static const Charset* find(std::string_view name);

  [[nodiscard]] virtual std::string_view name() const = 0;
  /// The text in UTF-8: the input itself where that already is (utf8mb4, utf8mb3, ascii), else a
  /// view into `arena`. Bytes that are not valid in the charset are kCorrupt: never U+FFFD in
  /// silence.
  virtual base::Result<std::string_view> to_utf8(std::span<const std::byte> bytes,
                                                 base::Arena& arena) const = 0;
};

}  // namespace rowmill::binlog
