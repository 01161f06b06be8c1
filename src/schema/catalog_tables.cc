// SPDX-License-Identifier: Apache-2.0
#include "schema/catalog_tables.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "schema/ddl_parser.h"

namespace rowmill::schema {

using base::Error;
using base::ErrorKind;
using base::Result;
using model::SqlType;

namespace {

constexpr std::string_view kPrimary = "PRIMARY";
/// Characters beyond the BMP have four bytes in UTF-8, and so in every charset that holds them.
constexpr uint32_t kBytesBeyondBmp = 4;

bool is_time(SqlType type) {
  return type == SqlType::kTime || type == SqlType::kDateTime || type == SqlType::kTimestamp;
}

bool holds_all_of_unicode(std::string_view collation, const CollationTable& collations) {
  return std::ranges::any_of(collations, [&](const auto& each) {
    return each.second.name == collation && each.second.longest >= kBytesBeyondBmp;
  });
}

void set_type(const WrittenType& written, const model::CatalogColumn& from,
              const CollationTable& collations, model::DeclaredColumn& column) {
  column.type = written.type;
  if (is_time(written.type)) {
    column.scale = static_cast<uint8_t>(written.length.value_or(0));
  } else {
    column.length = written.length;
    column.scale = static_cast<uint8_t>(written.scale.value_or(0));
  }
  column.is_unsigned = written.is_unsigned;
  column.zerofill = written.zerofill;
  column.labels = written.labels;
  column.geometry_type = written.geometry_type;
  column.compressed = written.compressed;
  const bool has_labels = written.type == SqlType::kEnum || written.type == SqlType::kSet;
  column.collation = has_labels && from.collation.empty() ? "binary" : from.collation;
  const auto shows_a_stand_in = [](const std::string& label) {
    return label.find('?') != std::string::npos;
  };
  column.labels_doubtful = std::ranges::any_of(column.labels, shows_a_stand_in) &&
                           holds_all_of_unicode(column.collation, collations);
}

Result<model::DeclaredColumn> declared_column(const model::CatalogColumn& from,
                                              const CollationTable& collations,
                                              const StatementContext& context) {
  ROWMILL_ASSIGN(const WrittenType written, parse_column_type(from.type, context));
  model::DeclaredColumn column;
  column.name = from.name;
  set_type(written, from, collations, column);
  column.nullable = from.nullable;
  const auto says = [&](std::string_view words) {
    return from.extra.find(words) != std::string::npos;
  };
  if (says("VIRTUAL GENERATED")) column.generated = model::Generated::kVirtual;
  if (says("STORED GENERATED") && !from.row_start_or_end) {
    column.generated = model::Generated::kStored;
  }
  column.auto_increment = says("auto_increment");
  column.invisible = says("INVISIBLE");
  return column;
}

/// Whether the columns of the key are those that the catalog marks as what identifies a row.
bool is_row_key(const model::DeclaredKey& key, const model::CatalogTable& table) {
  if (key.partial || key.hash) return false;
  return std::ranges::all_of(table.columns, [&](const model::CatalogColumn& column) {
    const bool in_key = std::ranges::find(key.columns, column.name) != key.columns.end();
    return in_key == column.in_row_key;
  });
}

bool over_not_null(const model::DeclaredKey& key, const model::DeclaredTable& table) {
  return std::ranges::all_of(key.columns, [&](const std::string& name) {
    const auto column = std::ranges::find(table.columns, name, &model::DeclaredColumn::name);
    return column != table.columns.end() && !column->nullable;
  });
}

/// In the server's order, which the catalog tells in part.
void order_keys(const model::CatalogTable& from, model::DeclaredTable& table) {
  const auto rank = [&](const model::DeclaredKey& key) {
    if (key.name == kPrimary) return 0;
    if (!over_not_null(key, table)) return 3;
    return is_row_key(key, from) ? 1 : 2;
  };
  std::ranges::stable_sort(table.keys, {}, rank);
}

}  // namespace

Result<model::DeclaredTable> declared_table(const model::CatalogTable& table,
                                            const CollationTable& collations,
                                            const StatementContext& context) {
  model::DeclaredTable declared;
  declared.id = table.id;
  declared.collation = table.collation;
  declared.sequence = table.kind == "SEQUENCE";
  for (const model::CatalogColumn& from : table.columns) {
    auto column = declared_column(from, collations, context);
    if (!column.ok()) {
      return std::move(column).error().with_context("column " + from.name + " of table " +
                                                    model::to_string(table.id));
    }
    declared.columns.push_back(*std::move(column));
  }
  const bool shows_versions =
      std::ranges::any_of(table.columns, &model::CatalogColumn::row_start_or_end);
  declared.hidden_versioning = table.kind == "SYSTEM VERSIONED" && !shows_versions;
  for (const model::CatalogKey& key : table.keys) {
    // A key of the MEMORY engine may be a hash by itself.
    declared.keys.push_back({.name = key.name,
                             .columns = key.columns,
                             .partial = key.partial,
                             .hash = context.mariadb && key.hash && table.engine != "MEMORY"});
  }
  order_keys(table, declared);
  return declared;
}

model::DeclaredTable declared_database(const model::CatalogDatabase& database) {
  model::DeclaredTable declared;
  declared.id.database = database.name;
  declared.collation = database.collation;
  return declared;
}

}  // namespace rowmill::schema
