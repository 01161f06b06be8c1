// SPDX-License-Identifier: Apache-2.0
#include "binlog/cell.h"

#include <bit>
#include <cstring>
#include <string>

#include "binlog/internal/decimal.h"
#include "binlog/internal/json_text.h"
#include "binlog/internal/mariadb_cells.h"
#include "binlog/internal/temporal.h"

// MySQL manual, "Data Type Storage Requirements"; server source, libs/mysql/binlog/event/
// binary_log_funcs.cpp (calc_field_size) and the pack functions in sql/field.cc.

namespace rowmill::binlog {
namespace {

using base::ByteReader;
using base::Error;
using base::ErrorKind;
using base::Result;
using model::Value;

Error corrupt(std::string message) { return Error(ErrorKind::kCorrupt, std::move(message)); }

template <unsigned kWidth>
Value integer(ByteReader& reader, const CellFormat& format) {
  const uint64_t bits = reader.little_endian(kWidth);
  if (format.is_unsigned) return bits;
  constexpr unsigned kUnused = 64 - 8 * kWidth;
  return static_cast<int64_t>(bits << kUnused) >> kUnused;
}

/// VARCHAR and CHAR: the size of the length follows from the longest value, not from this one.
size_t read_string_length(ByteReader& reader, const CellFormat& format) {
  return format.metadata > 255 ? reader.u16() : reader.u8();
}

std::span<const std::byte> read_blob(ByteReader& reader, const CellFormat& format) {
  return reader.bytes(reader.little_endian(format.metadata));
}

/// CHAR, VARCHAR, TEXT; BINARY, VARBINARY, BLOB where there is no charset.
Result<Value> text_or_bytes(std::span<const std::byte> bytes, const CellFormat& format,
                            base::Arena& arena) {
  if (format.charset == nullptr) return Value(model::Bytes{bytes});
  ROWMILL_ASSIGN(const std::string_view utf8, format.charset->to_utf8(bytes, arena));
  return Value(model::Text{utf8});
}

/// The log leaves out the zero bytes at the end of a BINARY; SELECT shows them.
std::span<const std::byte> pad(std::span<const std::byte> bytes, size_t size, base::Arena& arena) {
  if (bytes.size() == size) return bytes;
  char* const padded = arena.allocate(size);
  if (!bytes.empty()) std::memcpy(padded, bytes.data(), bytes.size());
  std::memset(padded + bytes.size(), 0, size - bytes.size());
  return std::as_bytes(std::span(padded, size));
}

Result<Value> read_string(ByteReader& reader, const CellFormat& format, base::Arena& arena) {
  const size_t length = read_string_length(reader, format);
  if (length > format.metadata) {
    return corrupt("a value of " + std::to_string(length) + " bytes in a column of " +
                   std::to_string(format.metadata));
  }
  const std::span<const std::byte> bytes = reader.bytes(length);
  if (format.type != FieldType::kString || format.charset != nullptr || length == format.metadata) {
    return text_or_bytes(bytes, format, arena);
  }
  return Value(model::Bytes{pad(bytes, format.metadata, arena)});
}

/// MariaDB's UUID, INET4 and INET6: logged as BINARY of their size.
Result<Value> read_mariadb_text(ByteReader& reader, const CellFormat& format, base::Arena& arena) {
  const size_t size = string_form_bytes(format.string_form);
  const size_t length = reader.u8();
  if (length > size) {
    return corrupt("a value of " + std::to_string(length) + " bytes in a column of " +
                   std::to_string(size));
  }
  const std::span<const std::byte> bytes = reader.bytes(length);
  return Value(model::Text{mariadb_text(format.string_form, pad(bytes, size, arena), arena)});
}

/// The declared size of a column that MariaDB compresses; the metadata of VARCHAR counts the head.
size_t largest_unpacked(const CellFormat& format) {
  if (format.type == FieldType::kMariadbVarcharCompressed) {
    return format.metadata == 0 ? 0 : size_t{format.metadata} - 1;
  }
  return (uint64_t{1} << 8 * format.metadata) - 1;
}

Result<Value> read_compressed(ByteReader& reader, const CellFormat& format, base::Arena& arena) {
  const std::span<const std::byte> packed = format.type == FieldType::kMariadbVarcharCompressed
                                                ? reader.bytes(read_string_length(reader, format))
                                                : read_blob(reader, format);
  if (reader.failed()) return Value(model::Bytes{});
  ROWMILL_ASSIGN(const auto bytes, unpack_column(packed, largest_unpacked(format), arena));
  return text_or_bytes(bytes, format, arena);
}

/// SRID 4, least significant byte first, then WKB.
Result<Value> read_geometry(ByteReader& reader, const CellFormat& format) {
  const std::span<const std::byte> stored = read_blob(reader, format);
  if (stored.empty()) return Value(model::Geometry{});
  ByteReader body(stored);
  model::Geometry geometry;
  geometry.srid = body.u32();
  geometry.wkb = body.rest();
  ROWMILL_TRY(body.finish("GEOMETRY"));
  return Value(geometry);
}

Result<Value> read_vector(ByteReader& reader, const CellFormat& format) {
  const std::span<const std::byte> floats = read_blob(reader, format);
  if (floats.size() % sizeof(float) != 0) {
    return corrupt("a VECTOR of " + std::to_string(floats.size()) + " bytes");
  }
  return Value(model::Vector{floats});
}

Result<Value> read_decimal_cell(ByteReader& reader, const CellFormat& format, base::Arena& arena) {
  char* const buffer = arena.allocate(kMaxDecimalText);
  const DecimalFormat decimal{.precision = static_cast<uint8_t>(format.metadata >> 8),
                              .scale = static_cast<uint8_t>(format.metadata & 0xff)};
  ROWMILL_ASSIGN(
      const std::string_view digits,
      read_decimal(reader, decimal, std::span<char, kMaxDecimalText>(buffer, kMaxDecimalText)));
  if (!digits.empty()) {
    arena.shrink_last(buffer, static_cast<size_t>(digits.data() + digits.size() - buffer));
  }
  return Value(model::Decimal{digits});
}

/// Big endian, right-aligned.
Result<Value> read_bit(ByteReader& reader, const CellFormat& format) {
  const uint64_t bits = reader.big_endian((size_t{format.metadata} + 7) / 8);
  if (format.metadata < 64 && bits >> format.metadata != 0) {
    return corrupt("BIT(" + std::to_string(format.metadata) + ") with more bits than it has");
  }
  return Value(model::Bits{.value = bits, .width = static_cast<uint8_t>(format.metadata)});
}

/// 0, or years since 1900.
Value read_year(ByteReader& reader) {
  const uint8_t years = reader.u8();
  return model::Year{static_cast<uint16_t>(years == 0 ? 0 : 1900 + years)};
}

/// 1-based index, 1 or 2 bytes; 0 is the server's error value, which SELECT shows as ''.
Result<Value> read_enum(ByteReader& reader, const CellFormat& format) {
  const uint64_t index = reader.little_endian(format.metadata);
  if (index == 0) return Value(model::EnumLabel{});
  if (index > format.labels.size()) {
    return corrupt("ENUM value " + std::to_string(index) + " of " +
                   std::to_string(format.labels.size()) + " labels");
  }
  return Value(model::EnumLabel{format.labels[index - 1]});
}

/// Bit i stands for label i; 1, 2, 3, 4 or 8 bytes.
Result<Value> read_set(ByteReader& reader, const CellFormat& format, base::Arena& arena) {
  const uint64_t bits = reader.little_endian(format.metadata);
  if (bits == 0) return Value(model::SetLabels{});
  if (static_cast<size_t>(std::bit_width(bits)) > format.labels.size()) {
    return corrupt("SET with label " + std::to_string(std::bit_width(bits)) + " of " +
                   std::to_string(format.labels.size()));
  }
  if (std::has_single_bit(bits)) {
    return Value(model::SetLabels{format.labels[static_cast<size_t>(std::countr_zero(bits))]});
  }
  size_t size = static_cast<size_t>(std::popcount(bits)) - 1;  // the commas
  for (uint64_t left = bits; left != 0; left &= left - 1) {
    size += format.labels[static_cast<size_t>(std::countr_zero(left))].size();
  }
  char* const start = arena.allocate(size);
  char* out = start;
  for (uint64_t left = bits; left != 0; left &= left - 1) {
    if (out != start) *out++ = ',';  // None after an empty first label: as the server does it.
    const std::string& label = format.labels[static_cast<size_t>(std::countr_zero(left))];
    out += label.copy(out, label.size());
  }
  const auto used = static_cast<size_t>(out - start);
  arena.shrink_last(start, used);
  return Value(model::SetLabels{{start, used}});
}

Result<Value> read_json(ByteReader& reader, const CellFormat& format, base::Arena& arena) {
  const std::span<const std::byte> document = read_blob(reader, format);
  if (reader.failed()) return Value(model::JsonText{});
  ROWMILL_ASSIGN(const std::string_view text, json_to_text(document, arena));
  return Value(model::JsonText{text});
}

/// A Result<T> of one of the alternatives as a Result<Value>.
template <typename T>
Result<Value> as_value(Result<T> result) {
  if (!result.ok()) return std::move(result).error();
  return Value(*result);
}

Error unsupported(FieldType type) {
  if (type == FieldType::kDecimalOld) {
    return Error(ErrorKind::kUnsupported, "DECIMAL of before MySQL 5.0 is not decoded")
        .with_remedy("Rebuild the table with ALTER TABLE ... FORCE, then start after that");
  }
  return Error(ErrorKind::kUnsupported, "column type " +
                                            std::to_string(static_cast<unsigned>(type)) +
                                            " is not known to this version of Rowmill")
      .with_remedy("Leave the table out with table.exclude.list");
}

}  // namespace

Result<Value> read_cell(ByteReader& reader, const CellFormat& format, base::Arena& arena) {
  switch (format.type) {
    case FieldType::kTiny:
      return integer<1>(reader, format);
    case FieldType::kShort:
      return integer<2>(reader, format);
    case FieldType::kInt24:
      return integer<3>(reader, format);
    case FieldType::kLong:
      return integer<4>(reader, format);
    case FieldType::kLongLong:
      return integer<8>(reader, format);
    case FieldType::kFloat:
      return Value(std::bit_cast<float>(reader.u32()));
    case FieldType::kDouble:
      return Value(std::bit_cast<double>(reader.u64()));
    case FieldType::kNewDecimal:
      return read_decimal_cell(reader, format, arena);
    case FieldType::kVarchar:
    case FieldType::kVarString:
      return read_string(reader, format, arena);
    case FieldType::kString:
      if (format.string_form != StringForm::kPlain) return read_mariadb_text(reader, format, arena);
      return read_string(reader, format, arena);
    case FieldType::kBlob:
      return text_or_bytes(read_blob(reader, format), format, arena);
    case FieldType::kBit:
      return read_bit(reader, format);
    case FieldType::kYear:
      return read_year(reader);
    case FieldType::kDate:
      return as_value(read_date(reader));
    case FieldType::kTime2:
      return as_value(read_time(reader, format.metadata));
    case FieldType::kDateTime2:
      return as_value(read_datetime(reader, format.metadata));
    case FieldType::kTimestamp2:
      return as_value(read_timestamp(reader, format.metadata));
    case FieldType::kEnum:
      return read_enum(reader, format);
    case FieldType::kSet:
      return read_set(reader, format, arena);
    case FieldType::kJson:
      return read_json(reader, format, arena);
    case FieldType::kGeometry:
      return read_geometry(reader, format);
    case FieldType::kVector:
      return read_vector(reader, format);
    case FieldType::kMariadbBlobCompressed:
    case FieldType::kMariadbVarcharCompressed:
      return read_compressed(reader, format, arena);
    case FieldType::kTime:
      return as_value(read_old_time(reader));
    case FieldType::kDateTime:
      return as_value(read_old_datetime(reader));
    case FieldType::kTimestamp:
      return as_value(read_old_timestamp(reader));
    default:
      return unsupported(format.type);
  }
}

void skip_cell(ByteReader& reader, const CellFormat& format) {
  switch (format.type) {
    case FieldType::kTiny:
    case FieldType::kYear:
      return reader.skip(1);
    case FieldType::kShort:
      return reader.skip(2);
    case FieldType::kInt24:
    case FieldType::kDate:
    case FieldType::kTime:
      return reader.skip(3);
    case FieldType::kLong:
    case FieldType::kFloat:
    case FieldType::kTimestamp:
      return reader.skip(4);
    case FieldType::kLongLong:
    case FieldType::kDouble:
    case FieldType::kDateTime:
      return reader.skip(8);
    case FieldType::kNewDecimal:
      return reader.skip(decimal_bytes({.precision = static_cast<uint8_t>(format.metadata >> 8),
                                        .scale = static_cast<uint8_t>(format.metadata & 0xff)}));
    case FieldType::kVarchar:
    case FieldType::kVarString:
    case FieldType::kString:
    case FieldType::kMariadbVarcharCompressed:
      return reader.skip(read_string_length(reader, format));
    case FieldType::kBlob:
    case FieldType::kJson:
    case FieldType::kGeometry:
    case FieldType::kVector:
    case FieldType::kMariadbBlobCompressed:
      read_blob(reader, format);
      return;
    case FieldType::kBit:
      return reader.skip((size_t{format.metadata} + 7) / 8);
    case FieldType::kEnum:
    case FieldType::kSet:
      return reader.skip(format.metadata);
    case FieldType::kTime2:
      return reader.skip(3 + fraction_bytes(format.metadata));
    case FieldType::kDateTime2:
      return reader.skip(5 + fraction_bytes(format.metadata));
    case FieldType::kTimestamp2:
      return reader.skip(4 + fraction_bytes(format.metadata));
    default:
      // Nobody knows how long it is: the rest of the row cannot be read.
      return reader.fail();
  }
}

}  // namespace rowmill::binlog
