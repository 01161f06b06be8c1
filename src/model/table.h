// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace rowmill::model {

/// Database and table name, as the source spells them, in UTF-8.
struct TableId {
  std::string database;
  std::string table;
  auto operator<=>(const TableId&) const = default;
};
[[nodiscard]] inline std::string to_string(const TableId& id) {
  return id.database + "." + id.table;
}

/// The SQL type family of a column: decides which alternative of Value its cells hold.
enum class ColumnKind : uint8_t {
  kTinyInt,    // int64_t, or uint64_t when unsigned
  kSmallInt,   // the same
  kMediumInt,  // the same
  kInt,        // the same
  kBigInt,     // the same
  kDecimal,    // Decimal
  kFloat,      // float
  kDouble,     // double
  kBit,        // Bits
  kYear,       // Year
  kDate,       // Date
  kTime,       // Time
  kDateTime,   // DateTime
  kTimestamp,  // Timestamp
  kChar,       // Text
  kVarchar,    // Text
  kText,       // Text: TINYTEXT to LONGTEXT
  kBinary,     // Bytes, padded to the declared length as SELECT shows them
  kVarbinary,  // Bytes
  kBlob,       // Bytes: TINYBLOB to LONGBLOB
  kEnum,       // EnumLabel
  kSet,        // SetLabels
  kJson,       // JsonText; JsonDiffs where only those are known
  kUuid,       // Text, as MariaDB prints it
  kInet4,      // Text, as MariaDB prints it
  kInet6,      // Text, as MariaDB prints it
  kGeometry,   // Geometry
  kVector,     // Vector
};

/// What a kGeometry column may hold: MySQL's Field::geometry_type. kAny where the server does not
/// log it.
enum class GeometryType : uint8_t {
  kAny = 0,
  kPoint = 1,
  kLineString = 2,
  kPolygon = 3,
  kMultiPoint = 4,
  kMultiLineString = 5,
  kMultiPolygon = 6,
  kCollection = 7,
};

struct Column {
  std::string name;
  ColumnKind kind = ColumnKind::kInt;
  bool is_unsigned = false;
  bool nullable = true;
  /// Declared length: bytes of BINARY, CHAR and the like (wire maximum), bits of BIT, digits of
  /// DECIMAL.
  uint32_t length = 0;
  /// Digits after the point of DECIMAL; fraction digits 0..6 of TIME, DATETIME, TIMESTAMP.
  uint8_t scale = 0;
  /// Labels of ENUM and SET in definition order, in UTF-8.
  std::vector<std::string> labels;
  GeometryType geometry_type = GeometryType::kAny;
  bool operator==(const Column&) const = default;
};

/// A table as it was when a row was written. Immutable once built; shared by all rows that have it.
struct TableDefinition {
  TableId id;
  std::vector<Column> columns;
  /// Indexes into columns of the primary key, in key order; empty when there is none.
  std::vector<size_t> key;
  bool operator==(const TableDefinition&) const = default;
};

}  // namespace rowmill::model
