// SPDX-License-Identifier: Apache-2.0
#include "schema/open_types.h"

#include <array>
#include <string>

#include "schema/column_kind.h"

namespace rowmill::schema {

using base::Error;
using base::ErrorKind;
using base::Result;
using binlog::FieldType;
using binlog::StringForm;

namespace {

/// The columns that WITH SYSTEM VERSIONING adds by itself are logged, but the catalog hides them.
constexpr std::array<std::string_view, 2> kHiddenVersionColumns = {"row_start", "row_end"};

/// `logged`: columns with a name, of a map or a definition.
template <typename Columns>
bool has_the_names(const Columns& logged, std::span<const model::CatalogColumn> now) {
  const bool hidden_versions = logged.size() == now.size() + kHiddenVersionColumns.size();
  if (logged.size() != now.size() && !hidden_versions) return false;
  for (size_t i = 0; i < logged.size(); ++i) {
    const std::string_view name =
        i < now.size() ? std::string_view(now[i].name) : kHiddenVersionColumns[i - now.size()];
    if (logged[i].name != name) return false;
  }
  return true;
}

/// Nothing if a column of this type is not logged in this way.
std::optional<StringForm> form_of(const binlog::MapColumn& logged, std::string_view type) {
  struct Spelling {
    FieldType logged;
    uint16_t bytes;
    std::string_view type;
    StringForm form;
  };
  constexpr auto kSpellings = std::to_array<Spelling>({
      {FieldType::kString, 16, "uuid", StringForm::kUuid},
      {FieldType::kString, 16, "inet6", StringForm::kInet6},
      {FieldType::kString, 16, "binary", StringForm::kPlain},
      {FieldType::kString, 4, "inet4", StringForm::kInet4},
      {FieldType::kString, 4, "binary", StringForm::kPlain},
      {FieldType::kTime, 0, "time", StringForm::kPlain},
      {FieldType::kDateTime, 0, "datetime", StringForm::kPlain},
      {FieldType::kTimestamp, 0, "timestamp", StringForm::kPlain},
  });
  for (const Spelling& known : kSpellings) {
    if (known.logged == logged.type && known.bytes == logged.metadata && known.type == type) {
      return known.form;
    }
  }
  return std::nullopt;
}

Error fraction_in_old_format(const binlog::TableMap& map, const model::CatalogColumn& column) {
  const std::string table = std::string(map.database) + "." + std::string(map.table);
  return Error(ErrorKind::kUnsupported,
               "column " + column.name + " of table " + table + ": " + column.type + "(" +
                   std::to_string(*column.fraction_digits) +
                   ") in the format of mysql56_temporal_format=OFF is not decoded")
      .with_remedy("Run SET GLOBAL mysql56_temporal_format = ON and ALTER TABLE " + table +
                   " FORCE on the source and set the source offset behind that with `rowmill "
                   "offsets set`, or leave the table out with table.exclude.list.");
}

}  // namespace

bool is_open(const binlog::MapColumn& column) {
  switch (column.type) {
    case FieldType::kString:
      return column.collation == kBinaryCollation &&
             (column.metadata == 16 || column.metadata == 4);
    case FieldType::kTime:
    case FieldType::kDateTime:
    case FieldType::kTimestamp:
      return true;
    default:
      return false;
  }
}

Result<std::optional<StringForms>> settle_types(const binlog::TableMap& map,
                                                std::span<const model::CatalogColumn> now) {
  if (!has_the_names(map.columns, now)) return std::optional<StringForms>{};
  StringForms forms(map.columns.size(), StringForm::kPlain);
  for (size_t i = 0; i < map.columns.size(); ++i) {
    if (!is_open(map.columns[i])) continue;
    // A hidden version column is a TIMESTAMP(6).
    if (i >= now.size()) {
      return fraction_in_old_format(map, {.name = std::string(map.columns[i].name),
                                          .type = "timestamp",
                                          .fraction_digits = uint8_t{6}});
    }
    const auto form = form_of(map.columns[i], now[i].type);
    if (!form) return std::optional<StringForms>{};
    if (now[i].fraction_digits.value_or(0) != 0) return fraction_in_old_format(map, now[i]);
    forms[i] = *form;
  }
  return std::optional(std::move(forms));
}

std::vector<bool> silent_columns(const model::TableDefinition& table,
                                 std::span<const model::CatalogColumn> now) {
  const bool known = has_the_names(table.columns, now);
  std::vector<bool> silent(table.columns.size(), !known);
  for (size_t i = 0; known && i < now.size(); ++i) silent[i] = now[i].is_virtual;
  for (const size_t index : table.key) silent[index] = false;
  return silent;
}

}  // namespace rowmill::schema
