// SPDX-License-Identifier: Apache-2.0
#include "binlog/internal/json_text.h"

#include <array>
#include <bit>
#include <cmath>
#include <string>

#include "base/byte_reader.h"
#include "binlog/internal/decimal.h"
#include "binlog/internal/json_output.h"
#include "binlog/internal/temporal.h"
#include "binlog/internal/utf8.h"

// Server source, sql-common/json_binary.h, "JSON binary representation". A value is a type byte and
// a body. A container's body is: count, size, then for objects an entry for each key (offset,
// length) and for all an entry for each value (type, then offset or the value itself); then keys
// and values where the offsets say, with holes and stale bytes after an update in place.

namespace rowmill::binlog {
namespace {

using Bytes = std::span<const std::byte>;

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

/// enum_field_types of opaque values that have a text of their own.
enum class OpaqueType : uint8_t {
  kTimestamp = 0x07,
  kDate = 0x0a,
  kTime = 0x0b,
  kDateTime = 0x0c,
  kNewDecimal = 0xf6,
};

/// The server's JSON_DOCUMENT_MAX_DEPTH, in containers.
constexpr int kMaxDepth = 100;

std::string_view as_text(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

class Printer {
 public:
  Printer(Bytes document, base::Arena& arena)
      : document_(document), unspent_(document.size()), output_(arena, document.size() * 2 + 32) {}

  base::Result<std::string_view> print() {
    base::ByteReader reader(document_);
    const auto type = JsonType{reader.u8()};
    if (spend(1)) value(type, reader.rest());
    const std::string_view text = output_.finish();
    if (problem_.empty()) return text;
    return base::Error(base::ErrorKind::kCorrupt, "JSON document: " + std::string(problem_));
  }

 private:
  bool fail(std::string_view problem) {
    if (problem_.empty()) problem_ = problem;
    return false;
  }

  /// Counts bytes as printed. Parts of a sound document do not overlap, so its size is never
  /// exceeded; one whose offsets point at the same bytes again and again ends here.
  bool spend(size_t count) {
    if (count > unspent_) return fail("parts overlap");
    unspent_ -= count;
    return true;
  }

  /// Ends the reading of a scalar or head: all its bytes were there, and nobody has printed them.
  bool complete(const base::ByteReader& reader) {
    return reader.failed() ? fail("a part is cut short") : spend(reader.offset());
  }

  /// The value whose body starts `body`; more may follow.
  bool value(JsonType type, Bytes body) {
    switch (type) {
      case JsonType::kSmallObject:
        return container({.is_object = true, .is_large = false}, body);
      case JsonType::kLargeObject:
        return container({.is_object = true, .is_large = true}, body);
      case JsonType::kSmallArray:
        return container({.is_object = false, .is_large = false}, body);
      case JsonType::kLargeArray:
        return container({.is_object = false, .is_large = true}, body);
      default: {
        base::ByteReader reader(body);
        return scalar(type, reader) && complete(reader);
      }
    }
  }

  struct Form {
    bool is_object;
    bool is_large;
    [[nodiscard]] size_t offset_bytes() const { return is_large ? 4 : 2; }
    [[nodiscard]] size_t key_entry_bytes() const { return is_object ? offset_bytes() + 2 : 0; }
    [[nodiscard]] size_t value_entry_bytes() const { return 1 + offset_bytes(); }
  };

  bool container(Form form, Bytes body) {
    if (depth_ == kMaxDepth) return fail("nested too deeply");
    base::ByteReader head(body);
    const uint64_t count = head.little_endian(form.offset_bytes());
    const uint64_t size = head.little_endian(form.offset_bytes());
    const uint64_t entries_end =
        head.offset() + count * (form.key_entry_bytes() + form.value_entry_bytes());
    if (head.failed() || size > body.size() || entries_end > size)
      return fail("a container is cut short");
    if (!spend(entries_end)) return false;

    body = body.first(size);
    base::ByteReader keys(body.subspan(head.offset(), count * form.key_entry_bytes()));
    base::ByteReader values(body.subspan(head.offset() + count * form.key_entry_bytes(),
                                         count * form.value_entry_bytes()));
    ++depth_;
    output_.character(form.is_object ? '{' : '[');
    for (uint64_t i = 0; i < count; ++i) {
      if (i > 0) output_.text(", ");
      if (form.is_object && !key(form, keys, body, entries_end)) return false;
      if (!element(form, values, body, entries_end)) return false;
    }
    output_.character(form.is_object ? '}' : ']');
    --depth_;
    return true;
  }

  /// Key entry: offset, length 2.
  bool key(Form form, base::ByteReader& entries, Bytes body, uint64_t entries_end) {
    const uint64_t offset = entries.little_endian(form.offset_bytes());
    const size_t length = entries.u16();
    if (offset < entries_end || offset > body.size() || length > body.size() - offset) {
      return fail("a key lies outside of its object");
    }
    if (!spend(length) || !string(body.subspan(offset, length))) return false;
    output_.text(": ");
    return true;
  }

  /// Value entry: type 1, then the value itself if it fits, else its offset.
  bool element(Form form, base::ByteReader& entries, Bytes body, uint64_t entries_end) {
    const auto type = JsonType{entries.u8()};
    const Bytes slot = entries.bytes(form.offset_bytes());
    base::ByteReader reader(slot);
    if (is_inlined(type, form)) return scalar(type, reader);
    const uint64_t offset = reader.little_endian(form.offset_bytes());
    if (offset < entries_end || offset > body.size())
      return fail("a value lies outside of its container");
    return value(type, body.subspan(offset));
  }

  static bool is_inlined(JsonType type, Form form) {
    switch (type) {
      case JsonType::kLiteral:
      case JsonType::kInt16:
      case JsonType::kUint16:
        return true;
      case JsonType::kInt32:
      case JsonType::kUint32:
        return form.is_large;
      default:
        return false;
    }
  }

  /// Prints a value that is no container. A short read is left to the caller.
  bool scalar(JsonType type, base::ByteReader& reader) {
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
        return string(reader.bytes(variable_length(reader)));
      case JsonType::kOpaque:
        return opaque(reader);
      default:
        return fail("unknown value type " + std::to_string(static_cast<unsigned>(type)));
    }
  }

  bool literal(uint8_t which) {
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

  bool number(double value) {
    if (!std::isfinite(value)) return fail("a double is not finite");
    output_.number(value);
    return true;
  }

  bool string(Bytes utf8) {
    if (utf8_prefix(utf8, 4) != utf8.size()) return fail("a string is not valid UTF-8");
    output_.quoted(as_text(utf8));
    return true;
  }

  /// 7 bits a byte, least significant first, the top bit set while more follow; at most 5 bytes.
  static size_t variable_length(base::ByteReader& reader) {
    uint64_t length = 0;
    for (unsigned shift = 0; shift < 35; shift += 7) {
      const uint8_t byte = reader.u8();
      length |= uint64_t{byte & 0x7fU} << shift;
      if ((byte & 0x80) == 0) return length;
    }
    reader.fail();
    return 0;
  }

  /// Type 1 (enum_field_types), length, data.
  bool opaque(base::ByteReader& reader) {
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
        return temporal(OpaqueType{type}, data);
      default:
        output_.opaque(type, data);
        return true;
    }
  }

  /// Precision 1, scale 1, then as in a DECIMAL column.
  bool decimal(Bytes data) {
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

  bool temporal(OpaqueType type, Bytes data) {
    base::ByteReader reader(data);
    const auto packed = static_cast<int64_t>(reader.u64());
    if (!reader.finish("").ok()) return fail("a date or time is damaged");
    output_.character('"');
    if (type == OpaqueType::kTime) {
      const auto time = time_of_packed(packed);
      if (!time.ok()) return fail("a TIME is out of range");
      output_.time(*time);
    } else {
      const auto datetime = datetime_of_packed(packed);
      if (!datetime.ok()) return fail("a date is out of range");
      if (type == OpaqueType::kDate) {
        output_.date(datetime->date);
      } else {
        output_.datetime(*datetime);
      }
    }
    output_.character('"');
    return true;
  }

  Bytes document_;
  size_t unspent_;
  int depth_ = 0;
  std::string problem_;
  JsonOutput output_;
};

}  // namespace

base::Result<std::string_view> json_to_text(Bytes document, base::Arena& arena) {
  // What INSERT IGNORE leaves in a NOT NULL column; the server reads it as the literal null.
  if (document.empty()) return std::string_view("null");
  return Printer(document, arena).print();
}

}  // namespace rowmill::binlog
