// SPDX-License-Identifier: Apache-2.0
#include "binlog/internal/json_printer.h"

#include <array>
#include <bit>
#include <cmath>

#include "binlog/internal/decimal.h"
#include "binlog/internal/temporal.h"
#include "binlog/internal/utf8.h"

namespace rowmill::binlog {
namespace {

using Bytes = std::span<const std::byte>;

/// enum_field_types of opaque values that have a text of their own.
enum class OpaqueType : uint8_t {
  kTimestamp = 0x07,
  kDate = 0x0a,
  kTime = 0x0b,
  kDateTime = 0x0c,
  kNewDecimal = 0xf6,
};

/// 7 bits a byte, least significant first, the top bit set while more follow; at most 5 bytes.
size_t variable_length(base::ByteReader& reader) {
  uint64_t length = 0;
  for (unsigned shift = 0; shift < 35; shift += 7) {
    const uint8_t byte = reader.u8();
    length |= uint64_t{byte & 0x7fU} << shift;
    if ((byte & 0x80) == 0) return length;
  }
  reader.fail();
  return 0;
}

}  // namespace

JsonPrinter::JsonPrinter(size_t binary_bytes, base::Arena& arena)
    : unspent_(binary_bytes), output_(arena, binary_bytes * 2 + 32) {}

base::Result<std::string_view> JsonPrinter::finish() {
  const std::string_view text = output_.finish();
  if (problem_.empty()) return text;
  return base::Error(base::ErrorKind::kCorrupt, "JSON document: " + problem_);
}

bool JsonPrinter::fail(std::string_view problem) {
  if (problem_.empty()) problem_ = problem;
  return false;
}

/// Counts bytes as printed. Parts of a sound document do not overlap, so its size is never
/// exceeded; one whose offsets point at the same bytes again and again ends here.
bool JsonPrinter::spend(size_t count) {
  if (count > unspent_) return fail("parts overlap");
  unspent_ -= count;
  return true;
}

void JsonPrinter::separate() {
  if (follows_) output_.text(", ");
  follows_ = true;
}

bool JsonPrinter::value(const JsonPart& part) {
  if (part.type <= JsonType::kLargeArray) {
    const auto container = JsonContainer::open(part);
    if (!container) return fail("a container is cut short");
    if (!enter(*container) || !members(*container, 0, container->count())) return false;
    leave(*container);
    return true;
  }
  base::ByteReader reader(part.body);
  if (!scalar(part.type, reader)) return false;
  if (reader.failed()) return fail("a part is cut short");
  return part.inlined || spend(reader.offset());
}

bool JsonPrinter::enter(const JsonContainer& container) {
  if (depth_ == kMaxJsonDepth) return fail("nested too deeply");
  if (!spend(container.head_bytes())) return false;
  ++depth_;
  follows_ = false;
  output_.character(container.is_object() ? '{' : '[');
  return true;
}

bool JsonPrinter::members(const JsonContainer& container, uint32_t first, uint32_t count) {
  for (uint32_t i = first; i < first + count; ++i) {
    if (container.is_object()) {
      const auto name = container.key(i);
      if (!name) return fail("a key lies outside of its object");
      if (!spend(name->size()) || !key(*name)) return false;
    } else {
      element();
    }
    const auto part = container.value(i);
    if (!part) return fail("a value lies outside of its container");
    if (!value(*part)) return false;
  }
  return true;
}

bool JsonPrinter::key(std::string_view utf8) {
  separate();
  if (!string(utf8)) return false;
  output_.text(": ");
  return true;
}

void JsonPrinter::leave(const JsonContainer& container) {
  --depth_;
  follows_ = true;
  output_.character(container.is_object() ? '}' : ']');
}

/// Prints a value that is no container. A short read is left to the caller.
bool JsonPrinter::scalar(JsonType type, base::ByteReader& reader) {
  switch (type) {
    case JsonType::kLiteral:
      return literal(reader.u8());
    case JsonType::kInt16:
      output_.integer(static_cast<int16_t>(reader.u16()));
      return true;
    case JsonType::kUint16:
      output_.integer(reader.u16());
      return true;
    case JsonType::kInt32:
      output_.integer(static_cast<int32_t>(reader.u32()));
      return true;
    case JsonType::kUint32:
      output_.integer(reader.u32());
      return true;
    case JsonType::kInt64:
      output_.integer(static_cast<int64_t>(reader.u64()));
      return true;
    case JsonType::kUint64:
      output_.unsigned_integer(reader.u64());
      return true;
    case JsonType::kDouble:
      return number(std::bit_cast<double>(reader.u64()));
    case JsonType::kString:
      return string(reader.text(variable_length(reader)));
    case JsonType::kOpaque:
      return opaque(reader);
    default:
      return fail("unknown value type " + std::to_string(static_cast<unsigned>(type)));
  }
}

bool JsonPrinter::literal(uint8_t which) {
  switch (which) {
    case 0:
      output_.text("null");
      return true;
    case 1:
      output_.text("true");
      return true;
    case 2:
      output_.text("false");
      return true;
    default:
      return fail("unknown literal");
  }
}

bool JsonPrinter::number(double value) {
  if (!std::isfinite(value)) return fail("a double is not finite");
  output_.number(value);
  return true;
}

bool JsonPrinter::string(std::string_view utf8) {
  if (utf8_prefix(std::as_bytes(std::span(utf8)), 4) != utf8.size()) {
    return fail("a string is not valid UTF-8");
  }
  output_.quoted(utf8);
  return true;
}

/// Type 1 (enum_field_types), length, data.
bool JsonPrinter::opaque(base::ByteReader& reader) {
  const uint8_t type = reader.u8();
  const Bytes data = reader.bytes(variable_length(reader));
  if (reader.failed()) return true;
  switch (OpaqueType{type}) {
    case OpaqueType::kNewDecimal:
      return decimal(data);
    case OpaqueType::kDate:
    case OpaqueType::kDateTime:
    case OpaqueType::kTimestamp:
    case OpaqueType::kTime:
      return temporal(type, data);
    default:
      output_.opaque(type, data);
      return true;
  }
}

/// Precision 1, scale 1, then as in a DECIMAL column.
bool JsonPrinter::decimal(Bytes data) {
  base::ByteReader reader(data);
  DecimalFormat format;
  format.precision = reader.u8();
  format.scale = reader.u8();
  std::array<char, kMaxDecimalText> buffer;
  const auto digits = read_decimal(reader, format, buffer);
  if (!digits.ok() || !reader.finish("").ok()) return fail("a DECIMAL is damaged");
  output_.text(*digits);
  return true;
}

bool JsonPrinter::temporal(uint8_t type, Bytes data) {
  base::ByteReader reader(data);
  const auto packed = static_cast<int64_t>(reader.u64());
  if (!reader.finish("").ok()) return fail("a date or time is damaged");
  output_.character('"');
  if (OpaqueType{type} == OpaqueType::kTime) {
    const auto time = time_of_packed(packed);
    if (!time.ok()) return fail("a TIME is out of range");
    output_.time(*time);
  } else {
    const auto datetime = datetime_of_packed(packed);
    if (!datetime.ok()) return fail("a date is out of range");
    if (OpaqueType{type} == OpaqueType::kDate) {
      output_.date(datetime->date);
    } else {
      output_.datetime(*datetime);
    }
  }
  output_.character('"');
  return true;
}

}  // namespace rowmill::binlog
