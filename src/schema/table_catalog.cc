// SPDX-License-Identifier: Apache-2.0
#include "schema/table_catalog.h"

#include <algorithm>
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

/// What an open column may be.
std::string_view alternatives(const binlog::MapColumn& column) {
  if (column.type != binlog::FieldType::kString) return "with or without a fraction";
  return column.metadata == 4 ? "BINARY(4) or INET4" : "BINARY(16), UUID or INET6";
}

Error nobody_knows(const binlog::TableMap& map) {
  const auto open = std::ranges::find_if(map.columns, is_open);
  const std::string table = std::string(map.database) + "." + std::string(map.table);
  return Error(ErrorKind::kUnsupported,
               "MariaDB does not log the exact type of column " + std::string(open->name) +
                   " of table " + table + " (" + std::string(alternatives(*open)) +
                   "), and the source has no such table any more, or with other columns")
      .with_remedy("If the table is still there, GRANT SELECT ON " + table +
                   " TO the account of database.user. Else set the source offset behind the "
                   "statement that changed the table with `rowmill offsets set`, or leave the "
                   "table out with table.exclude.list.");
}

/// ASCII letters only; `word` is not empty.
bool contains_ignoring_case(std::string_view text, std::string_view word) {
  const auto lower = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  const auto same = [&](char left, char right) { return lower(left) == lower(right); };
  return std::search(text.begin(), text.end(), word.begin(), word.end(), same) != text.end();
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
  if (const auto found = by_body_.find(lookup_key_); found != by_body_.end()) {
    return found->second.doubtful ? renew(map, found->second) : found->second.table;
  }
  if (map.unreadable) return *map.unreadable;
  if (!map.has_names) return too_little_metadata(map, "column names");
  Known known{.asked = read_ && std::ranges::any_of(map.columns, is_open)};
  StringForms forms(map.columns.size(), binlog::StringForm::kPlain);
  if (known.asked) {
    ROWMILL_ASSIGN(auto settled, ask(map));
    if (!settled) return nobody_knows(map);
    forms = *std::move(settled);
  }
  ROWMILL_ASSIGN(Table table, build(map, forms));
  known.table = &tables_.emplace_back(std::move(table));
  by_body_.emplace(lookup_key_, known);
  return known.table;
}

Result<const Table*> TableCatalog::renew(const binlog::TableMap& map, Known& known) {
  ROWMILL_ASSIGN(const auto settled, ask(map));
  known.doubtful = false;
  const auto same = [](const binlog::CellFormat& cell, binlog::StringForm form) {
    return cell.string_form == form;
  };
  if (!settled || std::ranges::equal(known.table->layout.cells, *settled, same)) {
    return known.table;
  }
  ROWMILL_ASSIGN(Table table, build(map, *settled));
  known.table = &tables_.emplace_back(std::move(table));
  return known.table;
}

Result<std::optional<StringForms>> TableCatalog::ask(const binlog::TableMap& map) const {
  ROWMILL_ASSIGN(const auto now, read_({std::string(map.database), std::string(map.table)}));
  return settle_types(map, now);
}

Result<const std::vector<bool>*> TableCatalog::silent_columns(const Table& table) {
  const std::vector<bool>* answer = nullptr;
  if (!read_) return answer;
  auto known = silent_columns_.find(&table);
  if (known == silent_columns_.end()) {
    ROWMILL_ASSIGN(const auto now, read_(table.definition.id));
    known = silent_columns_.emplace(&table, schema::silent_columns(table.definition, now)).first;
  }
  answer = &known->second;
  return answer;
}

void TableCatalog::on_statement(std::string_view sql) {
  for (auto& [body, known] : by_body_) {
    if (known.asked && contains_ignoring_case(sql, known.table->definition.id.table)) {
      known.doubtful = true;
    }
  }
  std::erase_if(silent_columns_, [&](const auto& entry) {
    return contains_ignoring_case(sql, entry.first->definition.id.table);
  });
}

Result<Table> TableCatalog::build(const binlog::TableMap& map, const StringForms& forms) const {
  Table table;
  table.definition.id = {std::string(map.database), std::string(map.table)};
  for (size_t i = 0; i < map.columns.size(); ++i) {
    const binlog::MapColumn& column = map.columns[i];
    if (auto added = add_column(column, forms[i], table); !added.ok()) {
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

Result<void> TableCatalog::add_column(const binlog::MapColumn& from, binlog::StringForm form,
                                      Table& table) const {
  const auto kind = column_kind(from, form);
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
  cell.string_form = form;
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
  const binlog::Charset* charset = binlog::Charset::find(named->second.charset);
  if (charset == nullptr) {
    return Error(ErrorKind::kUnsupported,
                 "character set " + named->second.charset + " is not decoded")
        .with_remedy(
            "Convert the column to utf8mb4, or leave the table out with table.exclude.list.");
  }
  return charset;
}

}  // namespace rowmill::schema
