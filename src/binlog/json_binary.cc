// SPDX-License-Identifier: Apache-2.0
#include "binlog/internal/json_binary.h"

#include <array>

namespace rowmill::binlog {

JsonPart json_root(std::span<const std::byte> document) {
  static constexpr std::array kNull = {std::byte{0}};
  if (document.empty()) return {JsonType::kLiteral, kNull, /*inlined=*/true};
  return {JsonType{std::to_integer<uint8_t>(document.front())}, document.subspan(1)};
}

bool json_key_less(std::string_view left, std::string_view right) {
  if (left.size() != right.size()) return left.size() < right.size();
  return left < right;
}

/// Count and size, 2 or 4 bytes each, then the entries.
std::optional<JsonContainer> JsonContainer::open(const JsonPart& part) {
  if (part.type > JsonType::kLargeArray) return std::nullopt;
  JsonContainer container;
  container.is_object_ = part.type == JsonType::kSmallObject || part.type == JsonType::kLargeObject;
  container.is_large_ = part.type == JsonType::kLargeObject || part.type == JsonType::kLargeArray;
  base::ByteReader head(part.body);
  container.count_ = static_cast<uint32_t>(head.little_endian(container.offset_bytes()));
  const uint64_t size = head.little_endian(container.offset_bytes());
  container.head_ = head.offset();
  container.values_ = container.head_ + uint64_t{container.count_} * container.key_entry_bytes();
  container.entries_end_ =
      container.values_ + uint64_t{container.count_} * container.value_entry_bytes();
  if (head.failed() || size > part.body.size() || container.entries_end_ > size) {
    return std::nullopt;
  }
  container.body_ = part.body.first(size);
  return container;
}

bool JsonContainer::is_inlined(JsonType type) const {
  switch (type) {
    case JsonType::kLiteral:
    case JsonType::kInt16:
    case JsonType::kUint16:
      return true;
    case JsonType::kInt32:
    case JsonType::kUint32:
      return is_large_;
    default:
      return false;
  }
}

}  // namespace rowmill::binlog
