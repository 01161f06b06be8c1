// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "base/arena.h"
#include "base/result.h"

namespace rowmill::binlog {

/// The text that MySQL prints for a document of its binary JSON format, byte for byte; in `arena`.
/// A hostile document costs no more than one of its size can: every byte of it is printed at most
/// once, and nesting ends at the server's own limit. Broken documents are kCorrupt.
base::Result<std::string_view> json_to_text(std::span<const std::byte> document,
                                            base::Arena& arena);

}  // namespace rowmill::binlog
