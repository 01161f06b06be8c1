// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "base/arena.h"
#include "base/result.h"
#include "binlog/internal/json_document.h"

namespace rowmill::binlog {

// Differences of JSON documents in PARTIAL_UPDATE_ROWS: sql-common/json_diff.cc. One after the
// other, each to be applied to the result of the one before: operation 1 (0 replace, 1 insert,
// 2 remove), path as length-encoded text, and, but for remove, the value as length-encoded binary
// JSON. `diffs` is what lies behind their length of 4 bytes. Anything that does not fit is
// kCorrupt: the server's own replicas stop there too.

/// The text of `before`, a binary document, after `diffs`; in `arena`. Costs no more than the
/// printing of both and, for each difference, the logarithm of their number. `scratch` keeps its
/// memory from one call to the next.
base::Result<std::string_view> apply_json_diffs(std::span<const std::byte> before,
                                                std::span<const std::byte> diffs,
                                                JsonDocument& scratch, base::Arena& arena);

/// The text of model::JsonDiffs; in `arena`.
base::Result<std::string_view> json_diffs_to_text(std::span<const std::byte> diffs,
                                                  base::Arena& arena);

}  // namespace rowmill::binlog
