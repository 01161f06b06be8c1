// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.h"
#include "binlog/event.h"
#include "binlog/row_layout.h"
#include "model/table.h"

namespace rowmill::schema {

/// A table as it was when its rows were written: what the rest of the house sees, and how its cells
/// lie on the wire.
struct Table {
  model::TableDefinition definition;
  binlog::RowLayout layout;
};

/// Character set names by collation id, as read from this very server: ids differ between servers.
using Collations = std::map<uint32_t, std::string>;

/// Gives the definition in force for each table map. Names, keys, signedness and character sets
/// come from the map's own optional metadata (binlog_row_metadata=FULL), so nothing is remembered
/// from one run to the next and a DDL needs no attention: maps of equal bytes share one Table. Used
/// by one thread. Tables live, at a fixed address, as long as the catalog.
class TableCatalog {
 public:
  explicit TableCatalog(Collations collations) : collations_(std::move(collations)) {}

  /// Errors: kConfig (the source logs too little: names the statement that mends it), kUnsupported
  /// (a column type or character set that we do not decode); each names table and column.
  base::Result<const Table*> resolve(const binlog::TableMap& map);

 private:
  base::Result<Table> build(const binlog::TableMap& map) const;
  base::Result<void> add_column(const binlog::MapColumn& from, Table& table) const;
  base::Result<const binlog::Charset*> charset_of(const binlog::MapColumn& column) const;

  const Collations collations_;
  std::deque<Table> tables_;
  /// Keys are the maps' bytes after the map id.
  std::unordered_map<std::string, const Table*> by_body_;
  std::string lookup_key_;
};

}  // namespace rowmill::schema
