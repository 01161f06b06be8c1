// SPDX-License-Identifier: Apache-2.0
#include "convert/table_change_json.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "convert/connect_schema.h"
#include "convert/json_writer.h"

namespace rowmill::convert {
namespace {

using model::DeclaredColumn;
using model::SqlType;

/// java.sql.Types, as Debezium's MySqlAntlrDdlParser registers them; what it does not know is
/// OTHER.
struct TypeWord {
  SqlType type;
  std::string_view word;
  int32_t jdbc;
};
constexpr int32_t kOther = 1111;
constexpr std::array kTypes = {TypeWord{SqlType::kTinyInt, "TINYINT", 5},
                               TypeWord{SqlType::kSmallInt, "SMALLINT", 5},
                               TypeWord{SqlType::kMediumInt, "MEDIUMINT", 4},
                               TypeWord{SqlType::kInt, "INT", 4},
                               TypeWord{SqlType::kBigInt, "BIGINT", -5},
                               TypeWord{SqlType::kDecimal, "DECIMAL", 3},
                               TypeWord{SqlType::kFloat, "FLOAT", 6},
                               TypeWord{SqlType::kDouble, "DOUBLE", 8},
                               TypeWord{SqlType::kBit, "BIT", -7},
                               TypeWord{SqlType::kYear, "YEAR", 4},
                               TypeWord{SqlType::kDate, "DATE", 91},
                               TypeWord{SqlType::kTime, "TIME", 92},
                               TypeWord{SqlType::kDateTime, "DATETIME", 93},
                               TypeWord{SqlType::kTimestamp, "TIMESTAMP", 2014},
                               TypeWord{SqlType::kChar, "CHAR", 1},
                               TypeWord{SqlType::kVarchar, "VARCHAR", 12},
                               TypeWord{SqlType::kTinyText, "TINYTEXT", 12},
                               TypeWord{SqlType::kText, "TEXT", 12},
                               TypeWord{SqlType::kMediumText, "MEDIUMTEXT", 12},
                               TypeWord{SqlType::kLongText, "LONGTEXT", 12},
                               TypeWord{SqlType::kBinary, "BINARY", -2},
                               TypeWord{SqlType::kVarbinary, "VARBINARY", -3},
                               TypeWord{SqlType::kTinyBlob, "TINYBLOB", 2004},
                               TypeWord{SqlType::kBlob, "BLOB", 2004},
                               TypeWord{SqlType::kMediumBlob, "MEDIUMBLOB", 2004},
                               TypeWord{SqlType::kLongBlob, "LONGBLOB", 2004},
                               TypeWord{SqlType::kEnum, "ENUM", 1},
                               TypeWord{SqlType::kSet, "SET", 1},
                               TypeWord{SqlType::kJson, "JSON", kOther},
                               TypeWord{SqlType::kGeometry, "GEOMETRY", kOther},
                               TypeWord{SqlType::kVector, "VECTOR", kOther},
                               TypeWord{SqlType::kUuid, "UUID", kOther},
                               TypeWord{SqlType::kInet4, "INET4", kOther},
                               TypeWord{SqlType::kInet6, "INET6", kOther}};

constexpr std::array<std::string_view, 8> kGeometries = {
    "GEOMETRY",   "POINT",           "LINESTRING",   "POLYGON",
    "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON", "GEOMETRYCOLLECTION"};

const TypeWord& word_of(SqlType type) { return *std::ranges::find(kTypes, type, &TypeWord::type); }

std::string type_name(const DeclaredColumn& column) {
  std::string name(column.type == SqlType::kGeometry
                       ? kGeometries[static_cast<size_t>(column.geometry_type)]
                       : word_of(column.type).word);
  if (column.is_unsigned) name += " UNSIGNED";
  if (column.zerofill) name += " ZEROFILL";
  return name;
}

/// Where the type has none, Debezium's own: how long an ENUM or a SET can be with one character for
/// each label, and the digits of a fraction.
std::optional<uint64_t> length_of(const DeclaredColumn& column) {
  switch (column.type) {
    case SqlType::kEnum:
      return 1;
    case SqlType::kSet:
      return column.labels.empty() ? 0 : column.labels.size() * 2 - 1;
    case SqlType::kTime:
    case SqlType::kDateTime:
    case SqlType::kTimestamp:
      if (column.scale == 0) return std::nullopt;
      return column.scale;
    default:
      return column.length;
  }
}

std::optional<uint64_t> scale_of(const DeclaredColumn& column) {
  const bool has_one =
      column.type == SqlType::kDecimal || (column.length && (column.type == SqlType::kFloat ||  //
                                                             column.type == SqlType::kDouble));
  return has_one ? std::optional<uint64_t>(column.scale) : std::nullopt;
}

/// Names of collations begin with that of their character set.
std::string_view charset_of(std::string_view collation) {
  return collation.substr(0, collation.find('_'));
}

void append_name(std::string& out, std::string_view member) {
  if (out.back() != '{') out += ',';
  out += '"';
  out += member;
  out += "\":";
}

void append_text(std::string& out, std::string_view member, std::string_view text) {
  append_name(out, member);
  append_string(out, text);
}

void append_text_or_null(std::string& out, std::string_view member, std::string_view text) {
  append_name(out, member);
  if (text.empty()) {
    out += "null";
  } else {
    append_string(out, text);
  }
}

void append_number_or_null(std::string& out, std::string_view member,
                           std::optional<uint64_t> number) {
  append_name(out, member);
  if (number) {
    append_number(out, *number);
  } else {
    out += "null";
  }
}

void append_flag(std::string& out, std::string_view member, bool value) {
  append_name(out, member);
  out += value ? "true" : "false";
}

/// As they stand in a statement.
void append_labels(std::string& out, const std::vector<std::string>& labels) {
  append_name(out, "enumValues");
  if (labels.empty()) {
    out += "null";
    return;
  }
  char separator = '[';
  for (const std::string& label : labels) {
    std::string quoted = "'";
    for (const char c : label) quoted.append(c == '\'' ? 2 : 1, c);
    quoted += '\'';
    out += separator;
    append_string(out, quoted);
    separator = ',';
  }
  out += ']';
}

void append_column(std::string& out, const DeclaredColumn& column, size_t position) {
  const std::string type = type_name(column);
  out += '{';
  append_text(out, "name", column.name);
  append_name(out, "jdbcType");
  append_number(out, int64_t{word_of(column.type).jdbc});
  append_number_or_null(out, "nativeType", std::nullopt);
  append_text(out, "typeName", type);
  append_text(out, "typeExpression", type);
  append_text_or_null(out, "charsetName", charset_of(column.collation));
  append_number_or_null(out, "length", length_of(column));
  append_number_or_null(out, "scale", scale_of(column));
  append_number_or_null(out, "position", position);
  append_flag(out, "optional", column.nullable);
  append_flag(out, "autoIncremented", column.auto_increment);
  // Debezium counts a number that the server hands out as generated.
  append_flag(out, "generated", column.auto_increment || column.generated != model::Generated::kNo);
  append_text_or_null(out, "comment", "");
  append_text_or_null(out, "defaultValueExpression", "");
  append_labels(out, column.labels);
  out += '}';
}

void append_primary_key(std::string& out, const model::DeclaredTable& table) {
  append_name(out, "primaryKeyColumnNames");
  const auto key = std::ranges::find(table.keys, "PRIMARY", &model::DeclaredKey::name);
  out += '[';
  if (key != table.keys.end()) {
    for (const std::string& column : key->columns) {
      if (out.back() != '[') out += ',';
      append_string(out, column);
    }
  }
  out += ']';
}

std::string column_schema() {
  StructSchema column;
  column.add("name", {.type = "string"});
  column.add("jdbcType", {.type = "int32"});
  column.add("nativeType", {.type = "int32", .optional = true});
  column.add("typeName", {.type = "string"});
  column.add("typeExpression", {.type = "string", .optional = true});
  column.add("charsetName", {.type = "string", .optional = true});
  column.add("length", {.type = "int32", .optional = true});
  column.add("scale", {.type = "int32", .optional = true});
  column.add("position", {.type = "int32"});
  column.add("optional", {.type = "boolean", .optional = true});
  column.add("autoIncremented", {.type = "boolean", .optional = true});
  column.add("generated", {.type = "boolean", .optional = true});
  column.add("comment", {.type = "string", .optional = true});
  column.add("defaultValueExpression", {.type = "string", .optional = true});
  column.add("enumValues", {.type = "array",
                            .optional = true,
                            .content = R"("items":{"type":"string","optional":false})"});
  return std::move(column).text({.name = "io.debezium.connector.schema.Column", .versioned = true});
}

}  // namespace

void append_table(std::string& out, const model::DeclaredTable& table) {
  out += '{';
  append_text_or_null(out, "defaultCharsetName", charset_of(table.collation));
  append_primary_key(out, table);
  append_name(out, "columns");
  out += '[';
  for (size_t i = 0; i < table.columns.size(); ++i) {
    if (i != 0) out += ',';
    append_column(out, table.columns[i], i + 1);
  }
  out += ']';
  append_text_or_null(out, "comment", "");
  out += '}';
}

std::string table_change_schema() {
  StructSchema table;
  table.add("defaultCharsetName", {.type = "string", .optional = true});
  table.add("primaryKeyColumnNames", {.type = "array",
                                      .optional = true,
                                      .content = R"("items":{"type":"string","optional":false})"});
  const std::string columns = R"("items":)" + column_schema();
  table.add("columns", {.type = "array", .content = columns});
  table.add("comment", {.type = "string", .optional = true});
  StructSchema change;
  change.add("type", {.type = "string"});
  change.add("id", {.type = "string"});
  change.add_text(std::move(table).text({.name = "io.debezium.connector.schema.Table",
                                         .versioned = true,
                                         .optional = true,
                                         .field = "table"}));
  return std::move(change).text({.name = "io.debezium.connector.schema.Change", .versioned = true});
}

}  // namespace rowmill::convert
