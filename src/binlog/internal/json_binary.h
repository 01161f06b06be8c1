// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/byte_reader.h"

namespace rowmill::binlog {

// The structure of MySQL's binary JSON: sql-common/json_binary.h, "JSON binary representation". A
// value is a type byte and a body. A container's body is: count, size, then for objects an entry
// for each key (offset, length) and for all an entry for each value (type, then offset or the value
// itself); then keys and values where the offsets say, with holes and stale bytes after an update
// in place. Nothing here is believed before it is compared with the bytes that are there.

enum class JsonType : uint8_t {
  kSmallObject = 0x00,
  kLargeObject = 0x01,
  kSmallArray = 0x02,
  kLargeArray = 0x03,
  kLiteral = 0x04,
  kInt16 = 0x05,
  kUint16 = 0x06,
  kInt32 = 0x07,
  kUint32 = 0x08,
  kInt64 = 0x09,
  kUint64 = 0x0a,
  kDouble = 0x0b,
  kString = 0x0c,
  kOpaque = 0x0f,
};

/// The server's JSON_DOCUMENT_MAX_DEPTH, in containers.
constexpr int kMaxJsonDepth = 100;

/// A value that nobody has looked into. A view.
struct JsonPart {
  JsonType type = JsonType::kLiteral;
  /// The value's body and whatever follows it; for an inlined value the slot of its entry.
  std::span<const std::byte> body;
  /// Lies in the entry of its container.
  bool inlined = false;
};

/// The value that a whole document is. No bytes, which INSERT IGNORE leaves in a NOT NULL column,
/// are the literal null, as the server reads them.
JsonPart json_root(std::span<const std::byte> document);

/// How the server sorts the keys of an object: by length, then by bytes.
bool json_key_less(std::string_view left, std::string_view right);

/// The head of an object or array. A view.
class JsonContainer {
 public:
  /// Nothing for a part that is no container, or whose entries do not fit into its bytes.
  static std::optional<JsonContainer> open(const JsonPart& part);

  [[nodiscard]] bool is_object() const { return is_object_; }
  [[nodiscard]] uint32_t count() const { return count_; }
  /// Bytes before the first key or value that is not in an entry.
  [[nodiscard]] size_t head_bytes() const { return entries_end_; }

  /// `index` < count(). Nothing where the entry points out of the container, or into its head.
  [[nodiscard]] std::optional<std::string_view> key(uint32_t index) const {
    base::ByteReader entry(body_.subspan(head_ + index * key_entry_bytes(), key_entry_bytes()));
    const uint64_t offset = entry.little_endian(offset_bytes());
    const size_t length = entry.u16();
    if (offset < entries_end_ || offset > body_.size() || length > body_.size() - offset) {
      return std::nullopt;
    }
    return std::string_view(reinterpret_cast<const char*>(body_.data()) + offset, length);
  }
  [[nodiscard]] std::optional<JsonPart> value(uint32_t index) const {
    const std::span<const std::byte> entry =
        body_.subspan(values_ + index * value_entry_bytes(), value_entry_bytes());
    const auto type = JsonType{std::to_integer<uint8_t>(entry[0])};
    const std::span<const std::byte> slot = entry.subspan(1);
    if (is_inlined(type)) return JsonPart{type, slot, /*inlined=*/true};
    const uint64_t offset = base::ByteReader(slot).little_endian(offset_bytes());
    if (offset < entries_end_ || offset > body_.size()) return std::nullopt;
    return JsonPart{type, body_.subspan(offset), /*inlined=*/false};
  }

 private:
  [[nodiscard]] size_t offset_bytes() const { return is_large_ ? 4 : 2; }
  [[nodiscard]] size_t key_entry_bytes() const { return is_object_ ? offset_bytes() + 2 : 0; }
  [[nodiscard]] size_t value_entry_bytes() const { return 1 + offset_bytes(); }
  [[nodiscard]] bool is_inlined(JsonType type) const;

  /// Cut at the size that the container gives.
  std::span<const std::byte> body_;
  size_t head_ = 0;
  size_t values_ = 0;
  size_t entries_end_ = 0;
  uint32_t count_ = 0;
  bool is_object_ = false;
  bool is_large_ = false;
};

}  // namespace rowmill::binlog
