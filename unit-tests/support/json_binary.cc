// SPDX-License-Identifier: Apache-2.0
#include "support/json_binary.h"

#include <rapidjson/document.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>
#include <stdexcept>
#include <vector>

namespace rowmill::test {
namespace {

using Node = rapidjson::Value;
using Member = const rapidjson::Value::Member*;

constexpr std::byte kSmallObject{0x00};
constexpr std::byte kSmallArray{0x02};
constexpr std::byte kLiteral{0x04};
constexpr std::byte kInt16{0x05};
constexpr std::byte kInt32{0x07};
constexpr std::byte kInt64{0x09};
constexpr std::byte kUint64{0x0a};
constexpr std::byte kDouble{0x0b};
constexpr std::byte kString{0x0c};

/// A value without its type byte.
struct Encoded {
  std::byte type;
  Bytes body;
};

std::string_view text_of(const Node& node) { return {node.GetString(), node.GetStringLength()}; }

/// Seven bits a byte, least significant first; the highest bit says that more follow.
Bytes variable_length(size_t length) {
  Bytes bytes;
  do {
    const bool more = length > 0x7f;
    bytes.push_back(static_cast<std::byte>((length & 0x7f) | (more ? 0x80U : 0U)));
    length >>= 7;
  } while (length > 0);
  return bytes;
}

Encoded encode_integer(int64_t value) {
  const auto bits = static_cast<uint64_t>(value);
  if (value == static_cast<int16_t>(value)) return {kInt16, little_endian(bits, 2)};
  if (value == static_cast<int32_t>(value)) return {kInt32, little_endian(bits, 4)};
  return {kInt64, little_endian(bits, 8)};
}

/// The object's members as the server sorts them: shorter keys first, then by bytes.
std::vector<Member> sorted_members(const Node& object) {
  std::vector<Member> members;
  for (const auto& member : object.GetObject()) members.push_back(&member);
  std::sort(members.begin(), members.end(), [](Member left, Member right) {
    const auto a = text_of(left->name);
    const auto b = text_of(right->name);
    return a.size() != b.size() ? a.size() < b.size() : a < b;
  });
  return members;
}

class Encoder {
 public:
  explicit Encoder(JsonContainers containers) : containers_(containers) {}

  Encoded encode(const Node& node) {
    if (node.IsNull()) return {kLiteral, little_endian(0, 1)};
    if (node.IsBool()) return {kLiteral, little_endian(node.GetBool() ? 1 : 2, 1)};
    if (node.IsString()) {
      return {kString, variable_length(node.GetStringLength()) + text(text_of(node))};
    }
    if (node.IsInt64()) return encode_integer(node.GetInt64());
    if (node.IsUint64()) return {kUint64, little_endian(node.GetUint64(), 8)};
    if (node.IsDouble()) {
      return {kDouble, little_endian(std::bit_cast<uint64_t>(node.GetDouble()), 8)};
    }
    return encode_container(node);
  }

 private:
  Encoded encode_container(const Node& node) {
    if (containers_ == JsonContainers::kSmallest) {
      if (auto small = lay_out(node, 2)) return std::move(*small);
    }
    auto large = lay_out(node, 4);
    if (!large) throw std::invalid_argument("JSON document of 4 GiB");
    return std::move(*large);
  }

  /// Count, size, key entries, value entries, keys, values; absent if `width` bytes are too few.
  std::optional<Encoded> lay_out(const Node& node, size_t width) {
    const auto members = node.IsObject() ? sorted_members(node) : std::vector<Member>{};
    const size_t count = node.IsObject() ? members.size() : node.Size();
    const size_t key_entries = members.size() * (width + 2);
    Bytes keys;
    Bytes key_heads;
    const size_t keys_at = 2 * width + key_entries + count * (width + 1);
    for (const Member member : members) {
      key_heads = key_heads + little_endian(keys_at + keys.size(), width) +
                  little_endian(member->name.GetStringLength(), 2);
      keys = keys + text(text_of(member->name));
    }
    Bytes values;
    Bytes value_heads;
    for (size_t i = 0; i < count; ++i) {
      const Encoded value =
          encode(node.IsObject() ? members[i]->value : node[static_cast<rapidjson::SizeType>(i)]);
      value_heads.push_back(value.type);
      if (is_inlined(value.type, width)) {
        Bytes inlined = value.body;
        inlined.resize(width);
        value_heads = value_heads + inlined;
      } else {
        value_heads = value_heads + little_endian(keys_at + keys.size() + values.size(), width);
        values = values + value.body;
      }
    }
    const size_t size = keys_at + keys.size() + values.size();
    if (width == 2 && size > 0xffff) return std::nullopt;
    const std::byte small = node.IsObject() ? kSmallObject : kSmallArray;
    return Encoded{width == 2 ? small : small | std::byte{1},
                   little_endian(count, width) + little_endian(size, width) + key_heads +
                       value_heads + keys + values};
  }

  static bool is_inlined(std::byte type, size_t width) {
    return type == kLiteral || type == kInt16 || (type == kInt32 && width == 4);
  }

  JsonContainers containers_;
};

}  // namespace

Bytes json_binary(std::string_view text, JsonContainers containers) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseFullPrecisionFlag>(text.data(), text.size());
  if (document.HasParseError()) throw std::invalid_argument("not JSON");
  const Encoded encoded = Encoder(containers).encode(document);
  return Bytes{encoded.type} + encoded.body;
}

}  // namespace rowmill::test
