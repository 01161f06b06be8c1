// SPDX-License-Identifier: Apache-2.0
#include "schema/open_types.h"

#include <string>

#include "schema/column_kind.h"
#include "schema/row_image.h"

namespace rowmill::schema {

using base::Error;
using base::ErrorKind;
using base::Result;
using binlog::FieldType;
using binlog::StringForm;
using model::SqlType;

namespace {

StringForm form_of(SqlType type) {
  switch (type) {
    case SqlType::kUuid:
      return StringForm::kUuid;
    case SqlType::kInet4:
      return StringForm::kInet4;
    case SqlType::kInet6:
      return StringForm::kInet6;
    default:
      return StringForm::kPlain;
  }
}

bool is_old_time(FieldType type) {
  return type == FieldType::kTime || type == FieldType::kDateTime || type == FieldType::kTimestamp;
}

std::string_view word_of(FieldType type) {
  if (type == FieldType::kTime) return "time";
  return type == FieldType::kDateTime ? "datetime" : "timestamp";
}

Error fraction_in_old_format(const binlog::TableMap& map, FieldType type,
                             const model::DeclaredColumn& column) {
  const std::string table = std::string(map.database) + "." + std::string(map.table);
  return Error(ErrorKind::kUnsupported,
               "column " + column.name + " of table " + table + ": " + std::string(word_of(type)) +
                   "(" + std::to_string(column.scale) +
                   ") in the format of mysql56_temporal_format=OFF is not decoded")
      .with_remedy("Run SET GLOBAL mysql56_temporal_format = ON and ALTER TABLE " + table +
                   " FORCE on the source and set the source offset behind that with `rowmill "
                   "offsets set`, or leave the table out with table.exclude.list.");
}

std::vector<model::DeclaredColumn> logged_columns(const model::DeclaredTable& declared) {
  auto columns = declared.columns;
  for (auto& hidden : hidden_columns(declared)) columns.push_back(std::move(hidden));
  return columns;
}

}  // namespace

bool is_open(const binlog::MapColumn& column) {
  if (is_old_time(column.type)) return true;
  return column.type == FieldType::kString && column.collation == kBinaryCollation &&
         (column.metadata == 16 || column.metadata == 4);
}

Result<StringForms> settle_types(const binlog::TableMap& map,
                                 const model::DeclaredTable& declared) {
  const auto columns = logged_columns(declared);
  StringForms forms(map.columns.size(), StringForm::kPlain);
  for (size_t i = 0; i < map.columns.size(); ++i) {
    forms[i] = form_of(columns[i].type);
    if (is_old_time(map.columns[i].type) && columns[i].scale != 0) {
      return fraction_in_old_format(map, map.columns[i].type, columns[i]);
    }
  }
  return forms;
}

std::vector<bool> silent_columns(const model::TableDefinition& table,
                                 const model::DeclaredTable* declared) {
  std::vector<bool> silent(table.columns.size(), declared == nullptr);
  if (declared != nullptr) {
    const auto columns = logged_columns(*declared);
    for (size_t i = 0; i < silent.size() && i < columns.size(); ++i) {
      silent[i] = columns[i].generated == model::Generated::kVirtual;
    }
  }
  for (const size_t index : table.key) silent[index] = false;
  return silent;
}

}  // namespace rowmill::schema
