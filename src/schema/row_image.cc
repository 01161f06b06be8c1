// SPDX-License-Identifier: Apache-2.0
#include "schema/row_image.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "schema/table_keys.h"

namespace rowmill::schema {

using model::DeclaredColumn;
using model::DeclaredKey;
using model::DeclaredTable;

namespace {

constexpr uint8_t kVersionDigits = 6;

DeclaredColumn version_column(std::string name) {
  DeclaredColumn column;
  column.name = std::move(name);
  column.type = model::SqlType::kTimestamp;
  column.scale = kVersionDigits;
  column.nullable = false;
  column.invisible = true;
  return column;
}

/// NULL if the columns of the key may be.
DeclaredColumn hash_column(size_t number, const DeclaredKey& key, const DeclaredTable& table) {
  DeclaredColumn column;
  column.nullable = std::ranges::any_of(key.columns, [&](const std::string& name) {
    const size_t index = find_column(table.columns, name);
    return index == table.columns.size() || table.columns[index].nullable;
  });
  column.name = "DB_ROW_HASH_" + std::to_string(number);
  column.type = model::SqlType::kBigInt;
  column.is_unsigned = true;
  column.generated = model::Generated::kVirtual;
  column.invisible = true;
  return column;
}

/// Indexes of the key's columns; empty if the key does not identify rows.
std::vector<size_t> places(const DeclaredKey& key, const DeclaredTable& table) {
  const bool primary = key.name == kPrimaryKey;
  if (!primary && (key.partial || key.hash)) return {};
  std::vector<size_t> places;
  for (const std::string& name : key.columns) {
    const size_t index = find_column(table.columns, name);
    if (index == table.columns.size()) return {};
    if (!primary && table.columns[index].nullable) return {};
    places.push_back(index);
  }
  // Behind row_start.
  if (table.hidden_versioning) places.push_back(table.columns.size() + 1);
  return places;
}

}  // namespace

std::vector<DeclaredColumn> hidden_columns(const DeclaredTable& table) {
  std::vector<DeclaredColumn> hidden;
  if (table.hidden_versioning) {
    hidden.push_back(version_column("row_start"));
    hidden.push_back(version_column("row_end"));
  }
  size_t number = 0;
  for (const DeclaredKey& key : table.keys) {
    // PRIMARY KEY USING HASH is hashed in the catalog alone.
    if (key.hash && key.name != kPrimaryKey) hidden.push_back(hash_column(++number, key, table));
  }
  return hidden;
}

/// MariaDB's sql/sql_sequence.cc, sequence_structure().
std::vector<DeclaredColumn> sequence_columns() {
  struct Field {
    const char* name;
    model::SqlType type;
    bool is_unsigned;
  };
  constexpr auto kFields = std::to_array<Field>({
      {"next_not_cached_value", model::SqlType::kBigInt, false},
      {"minimum_value", model::SqlType::kBigInt, false},
      {"maximum_value", model::SqlType::kBigInt, false},
      {"start_value", model::SqlType::kBigInt, false},
      {"increment", model::SqlType::kBigInt, false},
      {"cache_size", model::SqlType::kBigInt, true},
      {"cycle_option", model::SqlType::kTinyInt, true},
      {"cycle_count", model::SqlType::kBigInt, false},
  });
  std::vector<DeclaredColumn> columns;
  for (const Field& field : kFields) {
    DeclaredColumn& column = columns.emplace_back();
    column.name = field.name;
    column.type = field.type;
    column.is_unsigned = field.is_unsigned;
    column.nullable = false;
  }
  return columns;
}

std::vector<size_t> row_key(const DeclaredTable& table) {
  for (const DeclaredKey& key : table.keys) {
    if (auto found = places(key, table); !found.empty()) return found;
  }
  return {};
}

}  // namespace rowmill::schema
