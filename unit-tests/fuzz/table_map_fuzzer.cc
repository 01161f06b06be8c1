// SPDX-License-Identifier: Apache-2.0
//
// The body of a TABLE_MAP with its optional metadata, after a byte that is odd for MariaDB.

#include <cstdint>
#include <span>

#include "binlog/internal/event_bodies.h"
#include "fuzz/checks.h"

namespace rowmill::test {
namespace {

using binlog::MapColumn;
using binlog::TableMap;

void require_within(std::string_view part, std::span<const std::byte> body) {
  const auto* begin = reinterpret_cast<const char*>(body.data());
  require(
      part.empty() || (part.data() >= begin && part.data() + part.size() <= begin + body.size()),
      "names and labels are views into the event");
}

void check(const TableMap& map, std::span<const std::byte> body) {
  require_within(map.database, body);
  require_within(map.table, body);
  for (const size_t column : map.primary_key) {
    require(column < map.columns.size(), "key columns are columns");
  }
  for (const MapColumn& column : map.columns) {
    require_within(column.name, body);
    for (const std::string_view label : column.labels) require_within(label, body);
    const bool has_labels =
        column.type == binlog::FieldType::kEnum || column.type == binlog::FieldType::kSet;
    require(has_labels || column.labels.empty(), "only ENUM and SET have labels");
  }
}

}  // namespace
}  // namespace rowmill::test

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using rowmill::binlog::Flavor;
  if (size == 0) return 0;
  const auto flavor = (data[0] & 1) != 0 ? Flavor::kMariadb : Flavor::kMysql;
  const auto body = std::as_bytes(std::span(data + 1, size - 1));
  const auto map = rowmill::binlog::decode_table_map(body, flavor);
  if (map.ok()) rowmill::test::check(*map, body);
  return 0;
}
