// SPDX-License-Identifier: Apache-2.0
#include "schema/map_definition.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "base/arena.h"
#include "binlog/charset.h"
#include "schema/column_kind.h"
#include "schema/row_image.h"
#include "schema/table_keys.h"

namespace rowmill::schema {

using binlog::FieldType;
using model::DeclaredColumn;
using model::SqlType;

namespace {

constexpr std::string_view kHashColumn = "DB_ROW_HASH_";

SqlType blob_of(uint16_t size_of_length, bool bytes) {
  switch (size_of_length) {
    case 1:
      return bytes ? SqlType::kTinyBlob : SqlType::kTinyText;
    case 2:
      return bytes ? SqlType::kBlob : SqlType::kText;
    case 3:
      return bytes ? SqlType::kMediumBlob : SqlType::kMediumText;
    default:
      return bytes ? SqlType::kLongBlob : SqlType::kLongText;
  }
}

SqlType type_of(const binlog::MapColumn& column) {
  const bool bytes = column.collation == kBinaryCollation;
  switch (column.type) {
    case FieldType::kTiny:
      return SqlType::kTinyInt;
    case FieldType::kShort:
      return SqlType::kSmallInt;
    case FieldType::kInt24:
      return SqlType::kMediumInt;
    case FieldType::kLong:
      return SqlType::kInt;
    case FieldType::kLongLong:
      return SqlType::kBigInt;
    case FieldType::kDecimalOld:
    case FieldType::kNewDecimal:
      return SqlType::kDecimal;
    case FieldType::kFloat:
      return SqlType::kFloat;
    case FieldType::kDouble:
      return SqlType::kDouble;
    case FieldType::kBit:
      return SqlType::kBit;
    case FieldType::kYear:
      return SqlType::kYear;
    case FieldType::kDate:
      return SqlType::kDate;
    case FieldType::kTime:
    case FieldType::kTime2:
      return SqlType::kTime;
    case FieldType::kDateTime:
    case FieldType::kDateTime2:
      return SqlType::kDateTime;
    case FieldType::kTimestamp:
    case FieldType::kTimestamp2:
      return SqlType::kTimestamp;
    case FieldType::kVarchar:
    case FieldType::kVarString:
    case FieldType::kMariadbVarcharCompressed:
      return bytes ? SqlType::kVarbinary : SqlType::kVarchar;
    case FieldType::kBlob:
    case FieldType::kMariadbBlobCompressed:
      return blob_of(column.metadata, bytes);
    case FieldType::kEnum:
      return SqlType::kEnum;
    case FieldType::kSet:
      return SqlType::kSet;
    case FieldType::kJson:
      return SqlType::kJson;
    case FieldType::kGeometry:
      return SqlType::kGeometry;
    case FieldType::kVector:
      return SqlType::kVector;
    case FieldType::kString:
    case FieldType::kNull:
      break;
  }
  return bytes ? SqlType::kBinary : SqlType::kChar;
}

bool is_compressed(FieldType type) {
  return type == FieldType::kMariadbBlobCompressed || type == FieldType::kMariadbVarcharCompressed;
}

/// As DeclaredColumn::length and scale.
void set_length(const binlog::MapColumn& from, uint32_t longest, DeclaredColumn& column) {
  switch (column.type) {
    case SqlType::kChar:
    case SqlType::kVarchar:
    case SqlType::kBinary:
    case SqlType::kVarbinary:
      column.length = (from.metadata - (is_compressed(from.type) ? 1U : 0U)) / longest;
      break;
    case SqlType::kBit:
      column.length = from.metadata;
      break;
    case SqlType::kDecimal:
      column.length = uint32_t{from.metadata} >> 8;
      column.scale = static_cast<uint8_t>(from.metadata & 0xff);
      break;
    case SqlType::kTime:
    case SqlType::kDateTime:
    case SqlType::kTimestamp:
      column.scale = static_cast<uint8_t>(from.metadata);
      break;
    default:
      break;
  }
}

bool has_collation(const binlog::MapColumn& from, SqlType type) {
  if (type == SqlType::kEnum || type == SqlType::kSet) return true;
  return from.collation != 0 && from.collation != kBinaryCollation;
}

std::vector<std::string> labels_of(const binlog::MapColumn& from, const Collation* collation) {
  const binlog::Charset* charset =
      collation == nullptr ? nullptr : binlog::Charset::find(collation->charset);
  base::Arena arena;
  std::vector<std::string> labels;
  for (const std::string_view label : from.labels) {
    labels.emplace_back(label);
    if (charset == nullptr) continue;
    const auto utf8 = charset->to_utf8(std::as_bytes(std::span(label)), arena);
    if (utf8.ok()) labels.back() = *utf8;
  }
  return labels;
}

DeclaredColumn column_of(const binlog::MapColumn& from, const CollationTable& collations) {
  DeclaredColumn column;
  column.name = from.name;
  column.type = type_of(from);
  const auto found = collations.find(from.collation);
  const Collation* collation = found == collations.end() ? nullptr : &found->second;
  const bool collated = has_collation(from, column.type) && collation != nullptr;
  if (collated) column.collation = collation->name;
  set_length(from, collated ? collation->longest : 1, column);
  column.is_unsigned = from.is_unsigned;
  column.nullable = from.nullable;
  column.labels = labels_of(from, collation);
  column.geometry_type = static_cast<model::GeometryType>(from.geometry_type);
  column.invisible = !from.visible;
  column.compressed = is_compressed(from.type);
  return column;
}

/// What no map tells.
void take_over(const DeclaredColumn& before, bool mariadb, DeclaredColumn& column) {
  column.generated = before.generated;
  column.auto_increment = before.auto_increment;
  if (mariadb) column.invisible = before.invisible;
  if (before.type != column.type) return;
  column.zerofill = before.zerofill;
  if (!column.length) column.length = before.length;
}

/// The columns that MariaDB adds by itself stand at the end of its maps.
void hide_columns(const model::DeclaredTable* before, model::DeclaredTable& table) {
  auto& columns = table.columns;
  while (!columns.empty() && columns.back().name.starts_with(kHashColumn)) {
    columns.pop_back();
    table.keys.push_back({.name = "", .columns = {}, .partial = true, .hash = true});
  }
  const size_t count = columns.size();
  const bool versions = count >= 2 && columns[count - 2].name == "row_start" &&
                        columns[count - 1].name == "row_end" &&
                        columns[count - 1].type == SqlType::kTimestamp;
  const bool declared =
      before != nullptr && find_column(before->columns, "row_end") != before->columns.size();
  if (!versions || declared) return;
  columns.resize(count - 2);
  table.hidden_versioning = true;
}

std::optional<model::DeclaredKey> key_of(const binlog::TableMap& map,
                                         const model::DeclaredTable& table) {
  model::DeclaredKey key{.name = std::string(kPrimaryKey), .columns = {}};
  for (const size_t index : map.primary_key) {
    if (index < table.columns.size()) key.columns.push_back(table.columns[index].name);
  }
  if (key.columns.empty()) return std::nullopt;
  return key;
}

}  // namespace

model::DeclaredTable definition_of(const binlog::TableMap& map, const model::DeclaredTable* before,
                                   const CollationTable& collations, bool mariadb) {
  model::DeclaredTable table;
  table.id = {std::string(map.database), std::string(map.table)};
  if (before != nullptr) table.collation = before->collation;
  for (const binlog::MapColumn& from : map.columns) {
    DeclaredColumn column = column_of(from, collations);
    if (before != nullptr) {
      const size_t same = find_column(before->columns, column.name);
      if (same != before->columns.size()) take_over(before->columns[same], mariadb, column);
    }
    table.columns.push_back(std::move(column));
  }
  if (mariadb) hide_columns(before, table);
  if (before != nullptr) {
    // The other keys of before, if they still make sense.
    model::DeclaredTable same_keys = table;
    same_keys.keys = before->keys;
    const size_t logged = same_keys.columns.size() + hidden_columns(same_keys).size();
    if (logged == map.columns.size() && row_key(same_keys) == map.primary_key) return same_keys;
  }
  if (auto key = key_of(map, table)) table.keys.insert(table.keys.begin(), *std::move(key));
  return table;
}

}  // namespace rowmill::schema
