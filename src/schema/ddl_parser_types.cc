// SPDX-License-Identifier: Apache-2.0
//
// Data types. MySQL manual, "Data Types"; MariaDB Knowledge Base, "Data Types" and
// "sql_mode=ORACLE".
#include <algorithm>
#include <array>
#include <span>

#include "schema/ddl_parser_rules.h"

namespace rowmill::schema {

using model::GeometryType;
using model::SqlType;

namespace {

/// What may stand in parentheses behind a type's word.
enum class Behind : uint8_t { kNothing, kNumber, kTwoNumbers, kPrecision, kLabels };

struct TypeWord {
  std::string_view word;
  SqlType type;
  Behind behind = Behind::kNothing;
};

constexpr auto kTypeWords = std::to_array<TypeWord>({
    {"TINYINT", SqlType::kTinyInt, Behind::kNumber},
    {"INT1", SqlType::kTinyInt, Behind::kNumber},
    {"SMALLINT", SqlType::kSmallInt, Behind::kNumber},
    {"INT2", SqlType::kSmallInt, Behind::kNumber},
    {"MEDIUMINT", SqlType::kMediumInt, Behind::kNumber},
    {"MIDDLEINT", SqlType::kMediumInt, Behind::kNumber},
    {"INT3", SqlType::kMediumInt, Behind::kNumber},
    {"INT", SqlType::kInt, Behind::kNumber},
    {"INTEGER", SqlType::kInt, Behind::kNumber},
    {"INT4", SqlType::kInt, Behind::kNumber},
    {"BIGINT", SqlType::kBigInt, Behind::kNumber},
    {"INT8", SqlType::kBigInt, Behind::kNumber},
    {"DECIMAL", SqlType::kDecimal, Behind::kTwoNumbers},
    {"DEC", SqlType::kDecimal, Behind::kTwoNumbers},
    {"NUMERIC", SqlType::kDecimal, Behind::kTwoNumbers},
    {"FIXED", SqlType::kDecimal, Behind::kTwoNumbers},
    {"FLOAT", SqlType::kFloat, Behind::kPrecision},
    {"FLOAT4", SqlType::kFloat, Behind::kPrecision},
    {"DOUBLE", SqlType::kDouble, Behind::kTwoNumbers},
    {"FLOAT8", SqlType::kDouble, Behind::kTwoNumbers},
    {"BIT", SqlType::kBit, Behind::kNumber},
    {"YEAR", SqlType::kYear, Behind::kNumber},
    {"TIME", SqlType::kTime, Behind::kNumber},
    {"DATETIME", SqlType::kDateTime, Behind::kNumber},
    {"VARCHAR", SqlType::kVarchar, Behind::kNumber},
    {"VARCHARACTER", SqlType::kVarchar, Behind::kNumber},
    {"TINYTEXT", SqlType::kTinyText},
    {"TEXT", SqlType::kText, Behind::kNumber},
    {"MEDIUMTEXT", SqlType::kMediumText},
    {"LONGTEXT", SqlType::kLongText},
    {"BINARY", SqlType::kBinary, Behind::kNumber},
    {"VARBINARY", SqlType::kVarbinary, Behind::kNumber},
    {"TINYBLOB", SqlType::kTinyBlob},
    {"MEDIUMBLOB", SqlType::kMediumBlob},
    {"LONGBLOB", SqlType::kLongBlob},
    {"ENUM", SqlType::kEnum, Behind::kLabels},
    {"SET", SqlType::kSet, Behind::kLabels},
    {"VECTOR", SqlType::kVector, Behind::kNumber},
    {"UUID", SqlType::kUuid},
    {"INET4", SqlType::kInet4},
    {"INET6", SqlType::kInet6},
});

/// Only under sql_mode=ORACLE (MariaDB).
constexpr auto kOracleWords = std::to_array<TypeWord>({
    {"VARCHAR2", SqlType::kVarchar, Behind::kNumber},
    {"RAW", SqlType::kVarbinary, Behind::kNumber},
    {"CLOB", SqlType::kLongText},
    {"DATE", SqlType::kDateTime},
});

struct GeometryWord {
  std::string_view word;
  GeometryType type;
};

constexpr auto kGeometryWords = std::to_array<GeometryWord>({
    {"GEOMETRY", GeometryType::kAny},
    {"POINT", GeometryType::kPoint},
    {"LINESTRING", GeometryType::kLineString},
    {"POLYGON", GeometryType::kPolygon},
    {"MULTIPOINT", GeometryType::kMultiPoint},
    {"MULTILINESTRING", GeometryType::kMultiLineString},
    {"MULTIPOLYGON", GeometryType::kMultiPolygon},
    {"GEOMETRYCOLLECTION", GeometryType::kCollection},
    {"GEOMCOLLECTION", GeometryType::kCollection},
});

/// Whose meaning of a word counts: sql_mode's, or that of a prefix such as `mariadb_schema.`
/// (MariaDB Knowledge Base, "mariadb_schema").
struct Dialect {
  bool oracle = false;
  bool maxdb = false;
};

Dialect read_dialect(TokenReader& in) {
  const uint64_t mode = in.context().mariadb ? in.context().sql_mode : 0;
  const bool oracle = (mode & sql_mode::kMariadbOracle) != 0;
  const Dialect dialect{oracle, !oracle && (mode & sql_mode::kMariadbMaxdb) != 0};
  if (!in.second_is_symbol('.')) return dialect;
  const std::string schema = in.lower_case_word();
  in.expect_symbol('.');
  if (schema != "mariadb_schema" && schema != "oracle_schema" && schema != "maxdb_schema") {
    in.fail("a data type behind the name of its schema");
  }
  return {schema == "oracle_schema", schema == "maxdb_schema"};
}

/// A label of ENUM or SET. Digits are bytes in the charset of the column, which only the
/// definition knows: nearly always one that extends ASCII.
std::string read_label(TokenReader& in, bool& in_digits) {
  const bool national = in.peek().text.starts_with('N') || in.peek().text.starts_with('n');
  if (in.at(TokenKind::kString) && !national) {
    return string_text(in.take(), in.context().sql_mode);
  }
  auto bytes = in.at(TokenKind::kBytes) ? bytes_text(in.peek()) : std::nullopt;
  const bool ascii = bytes && std::all_of(bytes->begin(), bytes->end(),
                                          [](char c) { return static_cast<signed char>(c) >= 0; });
  if (!ascii) {
    in.fail("a label as text");
    return {};
  }
  in.take();
  in_digits = true;
  return *std::move(bytes);
}

void read_labels(TokenReader& in, WrittenType& type) {
  in.expect_symbol('(');
  do {
    type.labels.push_back(read_label(in, type.labels_in_digits));
  } while (in.accept_symbol(','));
  in.expect_symbol(')');
}

/// FLOAT(p) is a choice of type; MySQL manual, "Floating-Point Types".
void settle_precision(WrittenType& type) {
  constexpr uint32_t kLastOfFloat = 24;
  if (!type.length || type.scale) return;
  if (*type.length > kLastOfFloat) type.type = SqlType::kDouble;
  type.length.reset();
}

void read_behind(TokenReader& in, Behind behind, WrittenType& type) {
  if (behind == Behind::kLabels) return read_labels(in, type);
  if (behind == Behind::kNothing || !in.accept_symbol('(')) return;
  type.length = in.number();
  if (behind != Behind::kNumber && in.accept_symbol(',')) type.scale = in.number();
  in.expect_symbol(')');
  if (behind == Behind::kPrecision) settle_precision(type);
}

TypeWords numbered(TokenReader& in, SqlType type, Behind behind = Behind::kNumber) {
  TypeWords words;
  words.type.type = type;
  read_behind(in, behind, words.type);
  return words;
}

bool accept_varying(TokenReader& in) { return in.accept("VARYING"); }

bool accept_char(TokenReader& in) { return in.accept_one_of({"CHAR", "CHARACTER"}); }

bool accept_varchar(TokenReader& in) { return in.accept_one_of({"VARCHAR", "VARCHARACTER"}); }

/// Behind NATIONAL.
TypeWords read_national(TokenReader& in) {
  SqlType type = SqlType::kVarchar;
  if (!accept_varchar(in)) {
    if (!accept_char(in)) in.fail("CHAR or VARCHAR");
    if (!accept_varying(in)) type = SqlType::kChar;
  }
  TypeWords words = numbered(in, type);
  words.type.national = true;
  return words;
}

/// Behind NCHAR.
TypeWords read_nchar(TokenReader& in) {
  const bool varying = accept_varying(in) || accept_varchar(in);
  TypeWords words = numbered(in, varying ? SqlType::kVarchar : SqlType::kChar);
  words.type.national = true;
  return words;
}

/// Behind LONG. CHARACTER may also begin CHARACTER SET.
TypeWords read_long(TokenReader& in) {
  TypeWords words;
  words.type.type = in.accept("VARBINARY") ? SqlType::kMediumBlob : SqlType::kMediumText;
  if (in.at_one_of({"CHAR", "CHARACTER"}) && in.second_is_one_of({"VARYING"})) {
    accept_char(in);
    accept_varying(in);
  } else {
    accept_varchar(in);
  }
  return words;
}

TypeWords bool_type() {
  TypeWords words;
  words.type.type = SqlType::kTinyInt;
  words.type.length = 1;
  return words;
}

TypeWords serial_type() {
  TypeWords words;
  words.type.type = SqlType::kBigInt;
  words.type.is_unsigned = true;
  words.serial = true;
  return words;
}

TypeWords json_type(const TokenReader& in) {
  TypeWords words;
  words.type.json_alias = in.context().mariadb;
  words.type.type = words.type.json_alias ? SqlType::kLongText : SqlType::kJson;
  return words;
}

/// NUMBER of sql_mode=ORACLE.
TypeWords read_oracle_number(TokenReader& in) {
  const bool exact = in.at_symbol('(');
  return numbered(in, exact ? SqlType::kDecimal : SqlType::kDouble, Behind::kTwoNumbers);
}

std::optional<TypeWords> accept_word_of(TokenReader& in, std::span<const TypeWord> known) {
  for (const TypeWord& word : known) {
    if (in.accept(word.word)) return numbered(in, word.type, word.behind);
  }
  return std::nullopt;
}

std::optional<TypeWords> accept_oracle_type(TokenReader& in) {
  if (in.accept("NUMBER")) return read_oracle_number(in);
  if (in.accept("BLOB")) {
    return numbered(in, in.at_symbol('(') ? SqlType::kBlob : SqlType::kLongBlob);
  }
  return accept_word_of(in, kOracleWords);
}

std::optional<TypeWords> accept_geometry(TokenReader& in) {
  for (const GeometryWord& known : kGeometryWords) {
    if (!in.accept(known.word)) continue;
    TypeWords words;
    words.type.type = SqlType::kGeometry;
    words.type.geometry_type = known.type;
    return words;
  }
  return std::nullopt;
}

/// Types of more than one word, and those whose word is not the whole truth.
std::optional<TypeWords> accept_special_type(TokenReader& in, Dialect dialect) {
  if (accept_char(in)) {
    return numbered(in, accept_varying(in) ? SqlType::kVarchar : SqlType::kChar);
  }
  if (in.accept("NATIONAL")) return read_national(in);
  if (in.accept("NCHAR")) return read_nchar(in);
  if (in.accept("NVARCHAR")) {
    TypeWords words = numbered(in, SqlType::kVarchar);
    words.type.national = true;
    return words;
  }
  if (in.accept("LONG")) return read_long(in);
  if (in.accept("DOUBLE", "PRECISION")) return numbered(in, SqlType::kDouble, Behind::kTwoNumbers);
  if (in.accept("REAL")) {
    const bool is_float = (in.context().sql_mode & sql_mode::kRealAsFloat) != 0;
    return numbered(in, is_float ? SqlType::kFloat : SqlType::kDouble, Behind::kTwoNumbers);
  }
  if (in.accept_one_of({"BOOL", "BOOLEAN"})) return bool_type();
  if (in.accept("SERIAL")) return serial_type();
  if (in.accept("JSON")) return json_type(in);
  if (in.accept("DATE")) return numbered(in, SqlType::kDate, Behind::kNothing);
  if (in.accept("BLOB")) return numbered(in, SqlType::kBlob);
  if (in.accept("TIMESTAMP")) {
    return numbered(in, dialect.maxdb ? SqlType::kDateTime : SqlType::kTimestamp);
  }
  return std::nullopt;
}

}  // namespace

TypeWords read_type_words(TokenReader& in) {
  const Dialect dialect = read_dialect(in);
  if (dialect.oracle) {
    if (auto type = accept_oracle_type(in)) return *std::move(type);
  }
  if (auto type = accept_special_type(in, dialect)) return *std::move(type);
  if (auto type = accept_geometry(in)) return *std::move(type);
  if (auto type = accept_word_of(in, kTypeWords)) return *std::move(type);
  in.fail("a data type");
  return {};
}

bool accept_type_attribute(TokenReader& in, WrittenType& type) {
  // MySQL takes any mix of signs, and UNSIGNED wins.
  if (in.accept("UNSIGNED")) {
    type.is_unsigned = true;
  } else if (in.accept("ZEROFILL")) {
    type.is_unsigned = type.zerofill = true;
  } else if (in.accept("ASCII")) {
    type.charset.charset = "latin1";
  } else if (in.accept("UNICODE")) {
    type.charset.charset = "ucs2";
  } else if (in.accept("BYTE")) {
    type.charset.charset = "binary";
  } else if (in.accept("BINARY")) {
    type.charset.binary = true;
  } else if (in.accept("COMPRESSED")) {
    type.compressed = true;
    if (in.accept_symbol('=')) in.lower_case_word();
  } else if (!in.accept("SIGNED") && !accept_charset_clause(in, type.charset)) {
    return false;
  }
  return true;
}

bool accept_charset_clause(TokenReader& in, CharsetClause& charset) {
  if (in.accept("CHARSET") || in.accept("CHARACTER", "SET") || in.accept("CHAR", "SET")) {
    in.accept_symbol('=');
    charset.charset = in.lower_case_word();
    return true;
  }
  if (in.accept("COLLATE")) {
    in.accept_symbol('=');
    charset.collation = in.lower_case_word();
    return true;
  }
  return false;
}

}  // namespace rowmill::schema
