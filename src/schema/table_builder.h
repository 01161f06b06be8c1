// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "binlog/event.h"
#include "model/declared_table.h"
#include "schema/open_types.h"
#include "schema/statement_context.h"
#include "schema/table.h"

namespace rowmill::schema {

/// Makes Tables out of table maps and definitions. One thread.
class TableBuilder {
 public:
  /// `collations` outlives it.
  explicit TableBuilder(const CollationTable& collations);

  /// Of a map with names: all but the forms of its strings is in the map itself. Errors:
  /// kUnsupported (a column type or character set that is not decoded), kCorrupt (its key names a
  /// column that is not there); each names table and column.
  base::Result<Table> build(const binlog::TableMap& map, const StringForms& forms) const;
  /// Of a map without names, which fits the definition (mismatch()). Errors: the same.
  base::Result<Table> build(const binlog::TableMap& map, const model::DeclaredTable& declared,
                            const StringForms& forms) const;

 private:
  /// A column of the map with what the log may leave out, labels in UTF-8.
  struct Described {
    binlog::MapColumn column;
    std::vector<std::string> labels;
    binlog::StringForm form = binlog::StringForm::kPlain;
  };

  base::Result<Described> from_map(const binlog::MapColumn& column, binlog::StringForm form) const;
  Described from_declared(const binlog::MapColumn& column, const model::DeclaredColumn& declared,
                          binlog::StringForm form) const;
  base::Result<void> add_column(Described from, Table& table) const;
  base::Result<const binlog::Charset*> charset_of(const binlog::MapColumn& column) const;

  const CollationTable& collations_;
  std::unordered_map<std::string_view, uint32_t> ids_;
};

}  // namespace rowmill::schema
