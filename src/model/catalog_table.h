// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "model/table.h"

namespace rowmill::model {

// Tables as the catalog of the source (information_schema) describes them at the moment of asking,
// which may be long after a row was logged. Texts are the server's own.

struct CatalogColumn {
  std::string name;
  /// COLUMN_TYPE, such as "int(10) unsigned zerofill" or "enum('a','b')".
  std::string type;
  /// COLLATION_NAME; empty for NULL.
  std::string collation;
  /// EXTRA.
  std::string extra;
  bool nullable = true;
  /// COLUMN_KEY is PRI: part of what the server takes for the primary key.
  bool in_row_key = false;
  /// GENERATED ALWAYS AS ROW START or END.
  bool row_start_or_end = false;
  bool operator==(const CatalogColumn&) const = default;
};

/// An index of STATISTICS without duplicates.
struct CatalogKey {
  std::string name;
  /// In key order; a functional part is an empty name.
  std::vector<std::string> columns;
  /// A part is functional or a prefix of its column.
  bool partial = false;
  /// INDEX_TYPE is HASH.
  bool hash = false;
  bool operator==(const CatalogKey&) const = default;
};

struct CatalogTable {
  TableId id;
  /// TABLE_TYPE: "BASE TABLE", or MariaDB's "SYSTEM VERSIONED" and "SEQUENCE".
  std::string kind;
  std::string engine;
  /// TABLE_COLLATION; empty for NULL.
  std::string collation;
  std::vector<CatalogColumn> columns;
  std::vector<CatalogKey> keys;
  bool operator==(const CatalogTable&) const = default;
};

struct CatalogDatabase {
  std::string name;
  /// DEFAULT_COLLATION_NAME.
  std::string collation;
  bool operator==(const CatalogDatabase&) const = default;
};

}  // namespace rowmill::model
