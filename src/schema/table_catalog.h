// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "binlog/event.h"
#include "binlog/row_layout.h"
#include "model/table.h"
#include "schema/open_types.h"
#include "schema/statement_context.h"

namespace rowmill::schema {

/// A table as it was when its rows were written: what the rest of the house sees, and how its cells
/// lie on the wire.
struct Table {
  model::TableDefinition definition;
  binlog::RowLayout layout;
};

/// Gives the definition in force for each table map. Names, keys, signedness and character sets
/// come from the map's own optional metadata (binlog_row_metadata=FULL), so nothing is remembered
/// from one run to the next and a DDL needs no attention: maps of equal bytes share one Table. The
/// exception are the types that MariaDB leaves open (open_types.h): for these the source is asked.
/// Used by one thread. Tables live, at a fixed address, as long as the catalog.
class TableCatalog {
 public:
  /// `read` is for MariaDB alone; without it no type is open.
  explicit TableCatalog(CollationTable collations, CatalogReader read = {})
      : collations_(std::move(collations)), read_(std::move(read)) {}

  /// Errors: kConfig (the source logs too little: names the statement that mends it), kUnsupported
  /// (a column type or character set that we do not decode, or a type that nobody knows any more);
  /// each names table and column. What the catalog reader fails with is passed on.
  base::Result<const Table*> resolve(const binlog::TableMap& map);

  /// As schema::silent_columns(), by asking the source once for each table. Null without a catalog
  /// reader. `table` must come from resolve(); the answer lives until the next on_statement().
  base::Result<const std::vector<bool>*> silent_columns(const Table& table);

  /// A statement has run at this place of the log. If it names a table whose types the source was
  /// asked for, they may be others from here on, with maps of the same bytes.
  void on_statement(std::string_view sql);

 private:
  struct Known {
    const Table* table = nullptr;
    bool asked = false;
    /// The answer may be outdated; it holds until there is a new one.
    bool doubtful = false;
  };

  base::Result<const Table*> renew(const binlog::TableMap& map, Known& known);
  /// What the open columns of the map are; nothing if the source does not know any more.
  base::Result<std::optional<StringForms>> ask(const binlog::TableMap& map) const;
  base::Result<Table> build(const binlog::TableMap& map, const StringForms& forms) const;
  base::Result<void> add_column(const binlog::MapColumn& from, binlog::StringForm form,
                                Table& table) const;
  base::Result<const binlog::Charset*> charset_of(const binlog::MapColumn& column) const;

  const CollationTable collations_;
  const CatalogReader read_;
  std::deque<Table> tables_;
  /// Keys are the maps' bytes after the map id.
  std::unordered_map<std::string, Known> by_body_;
  std::string lookup_key_;
  std::unordered_map<const Table*, std::vector<bool>> silent_columns_;
};

}  // namespace rowmill::schema
