// SPDX-License-Identifier: Apache-2.0
//
// Types and metadata of table maps: MySQL 9.7 libs/mysql/binlog/event/rows_event.h, Field::
// do_save_field_metadata() in sql/field.cc; MariaDB the same names in sql/field.cc.

#include <algorithm>

#include "schema/map_check.h"

namespace rowmill::schema {

using binlog::FieldType;
using model::DeclaredColumn;
using model::SqlType;

namespace {

constexpr uint16_t kUuidBytes = 16;
constexpr uint16_t kInet4Bytes = 4;
constexpr size_t kMostLabelsInOneByte = 255;
constexpr size_t kLongestSet = 4;

uint32_t longest_character(const DeclaredColumn& column, const CollationTable& collations) {
  const auto found = std::ranges::find_if(
      collations, [&](const auto& entry) { return entry.second.name == column.collation; });
  return found == collations.end() ? 1 : found->second.longest;
}

/// CHAR and VARCHAR: bytes of the longest value.
uint16_t text_bytes(const DeclaredColumn& column, const CollationTable& collations) {
  return static_cast<uint16_t>(column.length.value_or(0) * longest_character(column, collations));
}

/// TEXT, BLOB, JSON, GEOMETRY: bytes of the length before a value.
WireFormat blob(uint16_t length_bytes, bool compressed) {
  return {.type = compressed ? FieldType::kMariadbBlobCompressed : FieldType::kBlob,
          .metadata = length_bytes};
}

/// A compressed one has one byte more, for its head.
WireFormat varchar(uint16_t bytes, bool compressed) {
  if (!compressed) return {.type = FieldType::kVarchar, .metadata = bytes};
  return {.type = FieldType::kMariadbVarcharCompressed,
          .metadata = static_cast<uint16_t>(bytes + 1U)};
}

uint16_t set_bytes(size_t labels) {
  const size_t bytes = std::max<size_t>((labels + 7) / 8, 1);
  return static_cast<uint16_t>(bytes > kLongestSet ? 8 : bytes);
}

uint16_t decimal_digits(const DeclaredColumn& column) {
  return static_cast<uint16_t>(column.length.value_or(0) << 8U | column.scale);
}

}  // namespace

WireFormat wire_format(const DeclaredColumn& column, const CollationTable& collations,
                       bool mariadb) {
  switch (column.type) {
    case SqlType::kTinyInt:
      return {.type = FieldType::kTiny};
    case SqlType::kSmallInt:
      return {.type = FieldType::kShort};
    case SqlType::kMediumInt:
      return {.type = FieldType::kInt24};
    case SqlType::kInt:
      return {.type = FieldType::kLong};
    case SqlType::kBigInt:
      return {.type = FieldType::kLongLong};
    case SqlType::kDecimal:
      return {.type = FieldType::kNewDecimal, .metadata = decimal_digits(column)};
    case SqlType::kFloat:
      return {.type = FieldType::kFloat, .metadata = sizeof(float)};
    case SqlType::kDouble:
      return {.type = FieldType::kDouble, .metadata = sizeof(double)};
    case SqlType::kBit:
      return {.type = FieldType::kBit,
              .metadata = static_cast<uint16_t>(column.length.value_or(1))};
    case SqlType::kYear:
      return {.type = FieldType::kYear};
    case SqlType::kDate:
      return {.type = FieldType::kDate};
    case SqlType::kTime:
      return {.type = FieldType::kTime2, .metadata = column.scale};
    case SqlType::kDateTime:
      return {.type = FieldType::kDateTime2, .metadata = column.scale};
    case SqlType::kTimestamp:
      return {.type = FieldType::kTimestamp2, .metadata = column.scale};
    case SqlType::kChar:
    case SqlType::kBinary:
      return {.type = FieldType::kString, .metadata = text_bytes(column, collations)};
    case SqlType::kVarchar:
    case SqlType::kVarbinary:
      return varchar(text_bytes(column, collations), column.compressed);
    case SqlType::kTinyText:
    case SqlType::kTinyBlob:
      return blob(1, column.compressed);
    case SqlType::kText:
    case SqlType::kBlob:
      return blob(2, column.compressed);
    case SqlType::kMediumText:
    case SqlType::kMediumBlob:
      return blob(3, column.compressed);
    case SqlType::kLongText:
    case SqlType::kLongBlob:
      return blob(4, column.compressed);
    case SqlType::kEnum:
      return {
          .type = FieldType::kEnum,
          .metadata = static_cast<uint16_t>(column.labels.size() > kMostLabelsInOneByte ? 2 : 1)};
    case SqlType::kSet:
      return {.type = FieldType::kSet, .metadata = set_bytes(column.labels.size())};
    case SqlType::kJson:
      return {.type = FieldType::kJson, .metadata = 4};
    case SqlType::kGeometry:
      return {.type = FieldType::kGeometry, .metadata = 4};
    case SqlType::kVector:
      if (mariadb) return varchar(static_cast<uint16_t>(column.length.value_or(0) * 4), false);
      return {.type = FieldType::kVector, .metadata = 4};
    case SqlType::kUuid:
    case SqlType::kInet6:
      return {.type = FieldType::kString, .metadata = kUuidBytes};
    case SqlType::kInet4:
      return {.type = FieldType::kString, .metadata = kInet4Bytes};
  }
  return {};
}

}  // namespace rowmill::schema
