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
  std::stable_sort(members.begin(), members.end(), [](Member left, Member right) {
    const auto a = text_of(left->name);
    const auto b = text_of(right->name);
    return a.size() != b.size() ? a.size() < b.size() : a < b;
  });
  return members;
}

bool is_inlined(std::byte type, size_t width) {
  return type == kLiteral || type == kInt16 || (type == kInt32 && width == 4);
}

/// The parts of an object or array, in the order in which they are written.
struct Container {
  bool is_object = false;
  std::vector<std::string_view> keys;
  std::vector<Encoded> values;
};

/// Count, size, key entries, value entries, keys, values; absent if `width` bytes are too few.
std::optional<Encoded> lay_out(const Container& container, size_t width) {
  Bytes keys;
  Bytes key_entries;
  const size_t keys_at =
      2 * width + container.keys.size() * (width + 2) + container.values.size() * (width + 1);
  for (const std::string_view key : container.keys) {
    key_entries = std::move(key_entries) + little_endian(keys_at + keys.size(), width) +
                  little_endian(key.size(), 2);
    keys = std::move(keys) + text(key);
  }
  Bytes values;
  Bytes value_entries;
  for (const Encoded& value : container.values) {
    value_entries.push_back(value.type);
    if (is_inlined(value.type, width)) {
      Bytes inlined = value.body;
      inlined.resize(width);
      value_entries = std::move(value_entries) + inlined;
    } else {
      const size_t offset = keys_at + keys.size() + values.size();
      value_entries = std::move(value_entries) + little_endian(offset, width);
      values = std::move(values) + value.body;
    }
  }
  const size_t size = keys_at + keys.size() + values.size();
  if (size >> (8 * width) != 0) return std::nullopt;
  const std::byte small = container.is_object ? kSmallObject : kSmallArray;
  return Encoded{width == 2 ? small : small | std::byte{1},
                 little_endian(container.values.size(), width) + little_endian(size, width) +
                     key_entries + value_entries + keys + values};
}

class Encoder {
 public:
  explicit Encoder(JsonContainers containers) : containers_(containers) {}

  Encoded encode(const Node& node) const {
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
  Encoded encode_container(const Node& node) const {
    Container container{.is_object = node.IsObject(), .keys = {}, .values = {}};
    if (node.IsObject()) {
      for (const Member member : sorted_members(node)) {
        container.keys.push_back(text_of(member->name));
        container.values.push_back(encode(member->value));
      }
    } else {
      for (const Node& element : node.GetArray()) container.values.push_back(encode(element));
    }
    if (containers_ == JsonContainers::kSmallest) {
      if (auto small = lay_out(container, 2)) return std::move(*small);
    }
    auto large = lay_out(container, 4);
    if (!large) throw std::invalid_argument("JSON document of 4 GiB");
    return std::move(*large);
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
