// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/gtid.h"
#include "model/position.h"
#include "model/table.h"

namespace rowmill::model {

/// A type as SHOW CREATE TABLE would name it, synonyms resolved: INT4 is kInt, SERIAL is kBigInt,
/// MariaDB's JSON is kLongText. The geometry family is one type with a GeometryType beside it.
enum class SqlType : uint8_t {
  kTinyInt,
  kSmallInt,
  kMediumInt,
  kInt,
  kBigInt,
  kDecimal,
  kFloat,
  kDouble,
  kBit,
  kYear,
  kDate,
  kTime,
  kDateTime,
  kTimestamp,
  kChar,
  kVarchar,
  kTinyText,
  kText,
  kMediumText,
  kLongText,
  kBinary,
  kVarbinary,
  kTinyBlob,
  kBlob,
  kMediumBlob,
  kLongBlob,
  kEnum,
  kSet,
  kJson,
  kGeometry,
  kVector,
  kUuid,
  kInet4,
  kInet6,
};

enum class Generated : uint8_t { kNo, kVirtual, kStored };

/// A column as the statements that made it declared it, all defaults of the server filled in.
struct DeclaredColumn {
  std::string name;
  SqlType type = SqlType::kInt;
  /// CHAR, VARCHAR: characters; BINARY, VARBINARY: bytes; BIT: bits; DECIMAL and FLOAT(m,d),
  /// DOUBLE(m,d): digits; VECTOR: dimensions; integers and YEAR: the display width where the
  /// server shows one. Absent for the rest.
  std::optional<uint32_t> length = std::nullopt;
  /// Digits after the point of DECIMAL, FLOAT(m,d), DOUBLE(m,d); fraction digits of TIME, DATETIME,
  /// TIMESTAMP. 0 for the rest.
  uint8_t scale = 0;
  bool is_unsigned = false;
  bool zerofill = false;
  bool nullable = true;
  /// Collation name of text, ENUM and SET, such as "utf8mb4_0900_ai_ci"; empty for other types.
  /// ENUM and SET of bytes have "binary".
  std::string collation = {};
  /// Of ENUM and SET, UTF-8.
  std::vector<std::string> labels = {};
  GeometryType geometry_type = GeometryType::kAny;
  Generated generated = Generated::kNo;
  bool auto_increment = false;
  bool invisible = false;
  /// MariaDB's COMPRESSED.
  bool compressed = false;
  /// The catalog shows '?' for characters beyond the BMP (both servers), so these labels, read from
  /// it, may be other ones.
  bool labels_doubtful = false;
  bool operator==(const DeclaredColumn&) const = default;
};

/// PRIMARY KEY or a UNIQUE key. Other indexes change nothing that a record shows.
struct DeclaredKey {
  /// "PRIMARY", or the name of the index, given by the server where the statement gave none.
  std::string name;
  /// Names of columns in key order; a functional part is an empty name.
  std::vector<std::string> columns;
  /// A part is functional or a prefix of its column: no key for records.
  bool partial = false;
  /// MariaDB's USING HASH, said or implied: adds a hidden column to the row image.
  bool hash = false;
  bool operator==(const DeclaredKey&) const = default;
};

/// Where the binlog ended when the catalog was read, and what had been executed there; nothing
/// without GTIDs.
struct CatalogPlace {
  Position position;
  std::optional<GtidSet> gtids = std::nullopt;
  bool operator==(const CatalogPlace&) const = default;
};

/// A table as DDL or the catalog declares it, from one place of the binlog on. With an empty
/// `id.table` it stands for the database itself, of which only `collation` counts.
struct DeclaredTable {
  TableId id;
  /// Default collation for columns to come.
  std::string collation = {};
  std::vector<DeclaredColumn> columns = {};
  /// In the server's order, as SHOW CREATE TABLE lists them: the primary key, keys over NOT NULL
  /// columns, others; within these as they were added. The first fit one identifies the row.
  std::vector<DeclaredKey> keys = {};
  /// MariaDB's WITH SYSTEM VERSIONING without columns of its own: the row image has two more, which
  /// no catalog shows.
  bool hidden_versioning = false;
  /// MariaDB's sequence: a table in the log, whose columns may be left out here.
  bool sequence = false;
  /// It is from a reading of the catalog that lies ahead of the task: until there it may have been
  /// another one, and the statements up to there are in it already.
  std::optional<CatalogPlace> as_of = std::nullopt;
  bool operator==(const DeclaredTable&) const = default;
};

}  // namespace rowmill::model
