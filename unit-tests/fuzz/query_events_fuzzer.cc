// SPDX-License-Identifier: Apache-2.0
//
// The body of a QUERY event with its status variables.

#include <cstdint>
#include <span>
#include <string_view>

#include "binlog/internal/event_bodies.h"
#include "fuzz/checks.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto body = std::as_bytes(std::span(data, size));
  const auto query = rowmill::binlog::decode_query(body, rowmill::binlog::Flavor::kMariadb);
  if (!query.ok()) return 0;
  const std::string_view whole(reinterpret_cast<const char*>(data), size);
  rowmill::test::require(whole.ends_with(query->sql), "the statement is the end of the event");
  rowmill::test::require(
      query->sql.empty() || query->sql.data() + query->sql.size() == whole.data() + whole.size(),
      "the statement is a view into the event");
  return 0;
}
