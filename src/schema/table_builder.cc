// SPDX-License-Identifier: Apache-2.0
#include "schema/table_builder.h"

#include <span>
#include <utility>

#include "base/arena.h"
#include "schema/column_kind.h"
#include "schema/row_image.h"

namespace rowmill::schema {

using base::Error;
using base::ErrorKind;
using base::Result;
using binlog::FieldType;

namespace {

/// As model::Column::length.
uint32_t declared_length(const binlog::MapColumn& column) {
  switch (column.type) {
    case FieldType::kNewDecimal:
      return uint32_t{column.metadata} >> 8;
    case FieldType::kMariadbVarcharCompressed:
      return column.metadata == 0 ? 0U : column.metadata - 1U;  // Without the byte for its head.
    default:
      return column.metadata;
  }
}

bool has_text(const binlog::MapColumn& column) {
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

Error in_column(Error error, std::string_view column, const model::TableId& table) {
  return std::move(error).with_context("column " + std::string(column) + " of table " +
                                       model::to_string(table));
}

}  // namespace

TableBuilder::TableBuilder(const CollationTable& collations) : collations_(collations) {
  for (const auto& [id, collation] : collations_) ids_.emplace(collation.name, id);
}

Result<Table> TableBuilder::build(const binlog::TableMap& map, const StringForms& forms) const {
  Table table;
  table.definition.id = {std::string(map.database), std::string(map.table)};
  for (size_t i = 0; i < map.columns.size(); ++i) {
    auto added = [&]() -> Result<void> {
      ROWMILL_ASSIGN(auto described, from_map(map.columns[i], forms[i]));
      return add_column(std::move(described), table);
    }();
    if (!added.ok()) {
      return in_column(std::move(added).error(), map.columns[i].name, table.definition.id);
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

Result<Table> TableBuilder::build(const binlog::TableMap& map, const model::DeclaredTable& declared,
                                  const StringForms& forms) const {
  Table table;
  table.definition.id = {std::string(map.database), std::string(map.table)};
  const auto hidden = hidden_columns(declared);
  for (size_t i = 0; i < map.columns.size(); ++i) {
    const model::DeclaredColumn& column =
        i < declared.columns.size() ? declared.columns[i] : hidden[i - declared.columns.size()];
    if (column.labels_doubtful) table.doubtful_labels.push_back(i);
    if (auto added = add_column(from_declared(map.columns[i], column, forms[i]), table);
        !added.ok()) {
      return in_column(std::move(added).error(), column.name, table.definition.id);
    }
  }
  table.definition.key = row_key(declared);
  return table;
}

Result<TableBuilder::Described> TableBuilder::from_map(const binlog::MapColumn& column,
                                                       binlog::StringForm form) const {
  Described described{.column = column, .labels = {}, .form = form};
  if (column.labels.empty()) return described;
  ROWMILL_ASSIGN(const auto* charset, charset_of(column));
  base::Arena arena;
  for (const std::string_view label : column.labels) {
    ROWMILL_ASSIGN(const auto utf8, charset->to_utf8(std::as_bytes(std::span(label)), arena));
    described.labels.emplace_back(utf8);
  }
  return described;
}

TableBuilder::Described TableBuilder::from_declared(const binlog::MapColumn& column,
                                                    const model::DeclaredColumn& declared,
                                                    binlog::StringForm form) const {
  Described described{.column = column, .labels = declared.labels, .form = form};
  described.column.name = declared.name;
  described.column.is_unsigned = declared.is_unsigned;
  described.column.geometry_type = static_cast<uint8_t>(declared.geometry_type);
  const auto id = ids_.find(declared.collation);
  described.column.collation = id == ids_.end() ? kBinaryCollation : id->second;
  return described;
}

Result<void> TableBuilder::add_column(Described from, Table& table) const {
  const auto kind = column_kind(from.column, from.form);
  if (!kind) {
    return Error(ErrorKind::kUnsupported,
                 "DECIMAL in the format of before MySQL 5.0 is not decoded")
        .with_remedy(
            "Run ALTER TABLE ... FORCE on the source and set the source offset behind it with "
            "`rowmill offsets set`, or leave the table out with table.exclude.list.");
  }
  binlog::CellFormat cell;
  cell.type = from.column.type;
  cell.metadata = from.column.metadata;
  cell.is_unsigned = from.column.is_unsigned;
  cell.string_form = from.form;
  cell.labels = from.labels;
  if (has_text(from.column)) {
    ROWMILL_ASSIGN(cell.charset, charset_of(from.column));
  }
  table.definition.columns.push_back(model::Column{
      .name = std::string(from.column.name),
      .kind = *kind,
      .is_unsigned = from.column.is_unsigned,
      .nullable = from.column.nullable,
      .length = declared_length(from.column),
      .scale = static_cast<uint8_t>(from.column.metadata & 0xff),
      .labels = std::move(from.labels),
      .geometry_type = static_cast<model::GeometryType>(from.column.geometry_type),
  });
  table.layout.cells.push_back(std::move(cell));
  return {};
}

Result<const binlog::Charset*> TableBuilder::charset_of(const binlog::MapColumn& column) const {
  const auto named = collations_.find(column.collation);
  if (named == collations_.end()) {
    return Error(ErrorKind::kUnsupported,
                 "collation " + std::to_string(column.collation) + " is not known to the source")
        .with_remedy("Restart the task so that it reads the collations of the server anew.");
  }
  const std::string& name = named->second.charset;
  // Labels of ENUM and SET alone: clients show those of bytes as they are, nearly always UTF-8.
  const bool of_bytes = name == "binary";
  const binlog::Charset* charset = binlog::Charset::find(of_bytes ? "utf8mb4" : name);
  if (charset == nullptr) {
    return Error(ErrorKind::kUnsupported, "character set " + name + " is not decoded")
        .with_remedy(
            "Convert the column to utf8mb4, or leave the table out with table.exclude.list.");
  }
  return charset;
}

}  // namespace rowmill::schema
