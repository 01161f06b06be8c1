// SPDX-License-Identifier: Apache-2.0
//
// A document in MySQL's binary JSON form, type byte first.

#include <cstdint>
#include <span>

#include "binlog/internal/json_text.h"
#include "fuzz/checks.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  rowmill::base::Arena arena;
  const auto text = rowmill::binlog::json_to_text(std::as_bytes(std::span(data, size)), arena);
  if (text.ok()) rowmill::test::require_stable_json(*text);
  return 0;
}
