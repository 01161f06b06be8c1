// SPDX-License-Identifier: Apache-2.0
//
// Table_map_event: libs/mysql/binlog/event/rows_event.h of MySQL 9.7 (whose comments are wrong in
// places) and sql/rpl_utility.cc; MariaDB 10.11 and 11.8 add types.

#include <string>

#include "binlog/internal/event_bodies.h"

namespace rowmill::binlog {

using base::ByteReader;
using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

constexpr unsigned kMaxFractionDigits = 6;
constexpr unsigned kMaxDecimalDigits = 65;
constexpr unsigned kMaxBits = 64;
constexpr unsigned kMaxSizeOfLength = 4;

/// ENUM, SET, CHAR and BINARY share wire type 254: the first byte is the real type, the second the
/// length. Lengths above 255 borrow bits 4 and 5 of the type, inverted; unborrowed they are set.
void read_string_metadata(ByteReader& reader, MapColumn& column) {
  constexpr unsigned kBorrowed = 0x30;
  const unsigned type = reader.u8();
  const unsigned length = reader.u8();
  column.type = static_cast<FieldType>(type | kBorrowed);
  column.metadata = static_cast<uint16_t>(length | (~type & kBorrowed) << 4);
  const unsigned bytes = column.metadata;
  switch (column.type) {
    case FieldType::kString:
      return;
    case FieldType::kEnum:
      if (bytes < 1 || bytes > 2) reader.fail();
      return;
    case FieldType::kSet:
      if (bytes < 1 || bytes > 8) reader.fail();
      return;
    default:
      reader.fail();
  }
}

/// Reads one byte that must be in a range.
uint16_t read_bounded(ByteReader& reader, unsigned least, unsigned most) {
  const uint8_t value = reader.u8();
  if (value < least || value > most) reader.fail();
  return value;
}

/// Bits modulo 8, bits divided by 8.
uint16_t read_bit_metadata(ByteReader& reader) {
  const unsigned odd_bits = reader.u8();
  const unsigned bits = reader.u8() * 8U + odd_bits;
  if (odd_bits > 7 || bits < 1 || bits > kMaxBits) reader.fail();
  return static_cast<uint16_t>(bits);
}

/// Precision 1, scale 1.
uint16_t read_decimal_metadata(ByteReader& reader) {
  const unsigned precision = read_bounded(reader, 1, kMaxDecimalDigits);
  const unsigned scale = read_bounded(reader, 0, precision);
  return static_cast<uint16_t>(precision << 8 | scale);
}

/// Reads what the metadata block holds for the column's type; false if the type is not known, so
/// that its size is not either.
bool read_metadata(ByteReader& reader, MapColumn& column) {
  switch (column.type) {
    case FieldType::kDecimalOld:
    case FieldType::kTiny:
    case FieldType::kShort:
    case FieldType::kLong:
    case FieldType::kNull:
    case FieldType::kTimestamp:
    case FieldType::kLongLong:
    case FieldType::kInt24:
    case FieldType::kDate:
    case FieldType::kTime:
    case FieldType::kDateTime:
    case FieldType::kYear:
      return true;
    case FieldType::kFloat:
      column.metadata = read_bounded(reader, sizeof(float), sizeof(float));
      return true;
    case FieldType::kDouble:
      column.metadata = read_bounded(reader, sizeof(double), sizeof(double));
      return true;
    case FieldType::kTimestamp2:
    case FieldType::kDateTime2:
    case FieldType::kTime2:
      column.metadata = read_bounded(reader, 0, kMaxFractionDigits);
      return true;
    case FieldType::kBlob:
    case FieldType::kMariadbBlobCompressed:
    case FieldType::kVector:
    case FieldType::kJson:
    case FieldType::kGeometry:
      column.metadata = read_bounded(reader, 1, kMaxSizeOfLength);
      return true;
    case FieldType::kVarchar:
    case FieldType::kVarString:
    case FieldType::kMariadbVarcharCompressed:
      column.metadata = reader.u16();
      return true;
    case FieldType::kBit:
      column.metadata = read_bit_metadata(reader);
      return true;
    case FieldType::kNewDecimal:
      column.metadata = read_decimal_metadata(reader);
      return true;
    case FieldType::kString:
      read_string_metadata(reader, column);
      return true;
    case FieldType::kEnum:
    case FieldType::kSet:
      break;  // Never on the wire themselves: they come as kString.
  }
  return false;
}

Result<void> read_columns(ByteReader& reader, TableMap& map) {
  const uint64_t count = reader.length_encoded();
  const auto types = reader.bytes(count);
  ByteReader metadata(reader.bytes(reader.length_encoded()));
  const auto nullable = reader.bytes((types.size() + 7) / 8);
  ROWMILL_TRY(reader.finish_ignoring_rest("body"));

  map.columns.resize(types.size());
  for (size_t i = 0; i < types.size(); ++i) {
    MapColumn& column = map.columns[i];
    column.type = static_cast<FieldType>(types[i]);
    column.nullable = (static_cast<unsigned>(nullable[i / 8]) >> (i % 8) & 1) != 0;
    if (!read_metadata(metadata, column)) {
      return Error(ErrorKind::kUnsupported, "column " + std::to_string(i) + " of " +
                                                std::string(map.database) + "." +
                                                std::string(map.table) + " has unknown type " +
                                                std::to_string(static_cast<unsigned>(types[i])))
          .with_remedy(
              "Use a version of Rowmill that knows this server version, or leave the table out "
              "with table.exclude.list.");
    }
  }
  return metadata.finish("column metadata");
}

/// Length 1, name, NUL.
std::string_view read_name(ByteReader& reader) {
  const uint8_t length = reader.u8();
  const std::string_view name = reader.text(length);
  if (reader.u8() != 0) reader.fail();
  return name;
}

}  // namespace

/// Table id 6, flags 2, database, table, number of columns as length-encoded integer, types,
/// metadata with its length before it, bits of nullable columns, optional metadata.
Result<TableMap> decode_table_map(Body body, Flavor flavor) {
  ByteReader reader(body);
  TableMap map;
  map.id = MapId{reader.u48()};
  map.body = body.subspan(reader.offset());
  map.flags = reader.u16();
  map.database = read_name(reader);
  map.table = read_name(reader);
  if (auto read = read_columns(reader, map); !read.ok()) {
    if (read.error().kind() != ErrorKind::kUnsupported) return std::move(read).error();
    map.columns.clear();
    map.unreadable = std::move(read).error();
    return map;
  }
  ROWMILL_TRY(decode_optional_metadata(reader.rest(), flavor, map));
  return map;
}

}  // namespace rowmill::binlog
