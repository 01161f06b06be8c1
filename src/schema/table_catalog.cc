// SPDX-License-Identifier: Apache-2.0
#include "schema/table_catalog.h"

#include <span>
#include <utility>

#include "base/arena.h"
#include "schema/column_kind.h"

namespace rowmill::schema {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

Error too_little_metadata(const binlog::TableMap& map, std::string_view missing) {
  return Error(ErrorKind::kConfig, "the binlog does not tell the " + std::string(missing) +
                                       " of table " + std::string(map.database) + "." +
                                       std::string(map.table))
      .with_remedy(
          "Run SET PERSIST binlog_row_metadata = FULL on the source (MariaDB: SET GLOBAL and "
          "my.cnf) "
          "and start after the statements that were logged before it.");
}

/// As model::Column::length.
uint32_t declared_length(const binlog::MapColumn& column) {
  switch (column.type) {
    case binlog::FieldType::kNewDecimal:
      return uint32_t{column.metadata} >> 8;
    case binlog::FieldType::kMariadbVarcharCompressed:
      return column.metadata == 0 ? 0U : column.metadata - 1U;  // Without the byte for its head.
    default:
      return column.metadata;
  }
}

bool has_text(const binlog::MapColumn& column) {
  using binlog::FieldType;
  switch (column.type) {
    case FieldType::kString:
    case FieldType::kVarchar:
    case FieldType::kVarString:
    case FieldType::kBlob:
    case FieldType::kMariadbBlobCompressed:
    case FieldType::kMariadbVarcharCompressed:
      return column.collation != kBinaryCollation;
    case FieldType::kEnum:
    case FieldType::kSet:
      return true;
    default:
      return false;
  }
}

}  // namespace

Result<const Table*> TableCatalog::resolve(const binlog::TableMap& map) {
  lookup_key_.assign(reinterpret_cast<const char*>(map.body.data()), map.body.size());
  if (const auto found = by_body_.find(lookup_key_); found != by_body_.end()) return found->second;
  ROWMILL_ASSIGN(Table table, build(map));
  const Table* stored = &tables_.emplace_back(std::move(table));
  by_body_.emplace(lookup_key_, stored);
  return stored;
}

Result<Table> TableCatalog::build(const binlog::TableMap& map) const {
  if (map.unreadable) return *map.unreadable;
  if (!map.has_names) return too_little_metadata(map, "column names");
  Table table;
  table.definition.id = {std::string(map.database), std::string(map.table)};
  for (const binlog::MapColumn& column : map.columns) {
    if (auto added = add_column(column, table); !added.ok()) {
      return std::move(added).error().with_context("column " + std::string(column.name) +
                                                   " of table " +
                                                   model::to_string(table.definition.id));
    }
  }
  for (const size_t index : map.primary_key) {
    if (index >= map.columns.size()) {
      return Error(ErrorKind::kCorrupt, "the primary key of table " +
                                            model::to_string(table.definition.id) +
                                            " names a column that is not there");
    }
    table.definition.key.push_back(index);
  }
  return table;
}

Result<void> TableCatalog::add_column(const binlog::MapColumn& from, Table& table) const {
  const auto kind = column_kind(from);
  if (!kind) {
    return Error(ErrorKind::kUnsupported,
                 "DECIMAL in the format of before MySQL 5.0 is not decoded")
        .with_remedy(
            "Run ALTER TABLE ... FORCE on the source and set the source offset behind it with "
            "`rowmill offsets set`, or leave the table out with table.exclude.list.");
  }
  binlog::CellFormat cell;
  cell.type = from.type;
  cell.metadata = from.metadata;
  cell.is_unsigned = from.is_unsigned;
  if (has_text(from)) {
    ROWMILL_ASSIGN(cell.charset, charset_of(from));
    base::Arena arena;
    for (const std::string_view label : from.labels) {
      ROWMILL_ASSIGN(const auto utf8,
                     cell.charset->to_utf8(std::as_bytes(std::span(label)), arena));
      cell.labels.emplace_back(utf8);
    }
  }

  table.definition.columns.push_back(model::Column{
      .name = std::string(from.name),
      .kind = *kind,
      .is_unsigned = from.is_unsigned,
      .nullable = from.nullable,
      .length = declared_length(from),
      .scale = static_cast<uint8_t>(from.metadata & 0xff),
      .labels = cell.labels,
      .geometry_type = static_cast<model::GeometryType>(from.geometry_type),
  });
  table.layout.cells.push_back(std::move(cell));
  return {};
}

Result<const binlog::Charset*> TableCatalog::charset_of(const binlog::MapColumn& column) const {
  const auto named = collations_.find(column.collation);
  if (named == collations_.end()) {
    return Error(ErrorKind::kUnsupported,
                 "collation " + std::to_string(column.collation) + " is not known to the source")
        .with_remedy("Restart the task so that it reads the collations of the server anew.");
  }
  const binlog::Charset* charset = binlog::Charset::find(named->second);
  if (charset == nullptr) {
    return Error(ErrorKind::kUnsupported, "character set " + named->second + " is not decoded")
        .with_remedy(
            "Convert the column to utf8mb4, or leave the table out with table.exclude.list.");
  }
  return charset;
}

}  // namespace rowmill::schema
