// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "base/arena.h"
#include "base/result.h"
#include "binlog/row_layout.h"

namespace rowmill::binlog {

/// Bytes of a UUID, INET4 or INET6; 0 for kPlain.
constexpr size_t string_form_bytes(StringForm form) {
  switch (form) {
    case StringForm::kUuid:
    case StringForm::kInet6:
      return 16;
    case StringForm::kInet4:
      return 4;
    case StringForm::kPlain:
      break;
  }
  return 0;
}

/// The text that MariaDB's SELECT prints for a UUID, INET4 or INET6; in `arena`. `bytes` has as
/// many as the form asks for.
std::string_view mariadb_text(StringForm form, std::span<const std::byte> bytes,
                              base::Arena& arena);

/// What a column declared COMPRESSED holds: `packed` itself without its head, or unpacked into
/// `arena`. `most` is the column's declared size in bytes. kCorrupt where it is more or the packed
/// bytes are damaged; kUnsupported for a method other than zlib's.
base::Result<std::span<const std::byte>> unpack_column(std::span<const std::byte> packed,
                                                       size_t most, base::Arena& arena);

}  // namespace rowmill::binlog
