// SPDX-License-Identifier: Apache-2.0
#include "schema/map_check.h"

#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/arena.h"
#include "binlog/charset.h"
#include "schema/column_kind.h"
#include "schema/row_image.h"

namespace rowmill::schema {

using binlog::FieldType;
using binlog::MapColumn;
using model::DeclaredColumn;
using model::DeclaredTable;
using model::SqlType;

namespace {

using Mismatch = std::optional<std::string>;

std::string described(FieldType type, unsigned metadata) {
  const auto with = [&](std::string_view name) {
    return std::string(name) + "(" + std::to_string(metadata) + ")";
  };
  switch (type) {
    case FieldType::kTiny:
      return "TINYINT";
    case FieldType::kShort:
      return "SMALLINT";
    case FieldType::kInt24:
      return "MEDIUMINT";
    case FieldType::kLong:
      return "INT";
    case FieldType::kLongLong:
      return "BIGINT";
    case FieldType::kFloat:
      return "FLOAT";
    case FieldType::kDouble:
      return "DOUBLE";
    case FieldType::kYear:
      return "YEAR";
    case FieldType::kDate:
      return "DATE";
    case FieldType::kNewDecimal:
      return "DECIMAL(" + std::to_string(metadata >> 8) + "," + std::to_string(metadata & 0xff) +
             ")";
    case FieldType::kBit:
      return with("BIT");
    case FieldType::kTime:
      return "TIME of before 5.6";
    case FieldType::kDateTime:
      return "DATETIME of before 5.6";
    case FieldType::kTimestamp:
      return "TIMESTAMP of before 5.6";
    case FieldType::kTime2:
      return with("TIME");
    case FieldType::kDateTime2:
      return with("DATETIME");
    case FieldType::kTimestamp2:
      return with("TIMESTAMP");
    case FieldType::kString:
      return "CHAR or BINARY of " + std::to_string(metadata) + " bytes";
    case FieldType::kVarchar:
    case FieldType::kVarString:
      return "VARCHAR or VARBINARY of " + std::to_string(metadata) + " bytes";
    case FieldType::kMariadbVarcharCompressed:
      return "compressed VARCHAR or VARBINARY of " + std::to_string(metadata) + " bytes";
    case FieldType::kBlob:
      return "TEXT or BLOB with a length of " + std::to_string(metadata) + " bytes";
    case FieldType::kMariadbBlobCompressed:
      return "compressed TEXT or BLOB with a length of " + std::to_string(metadata) + " bytes";
    case FieldType::kEnum:
      return "ENUM of " + std::to_string(metadata) + " bytes";
    case FieldType::kSet:
      return "SET of " + std::to_string(metadata) + " bytes";
    case FieldType::kJson:
      return "JSON";
    case FieldType::kGeometry:
      return "GEOMETRY";
    case FieldType::kVector:
      return "VECTOR";
    case FieldType::kDecimalOld:
    case FieldType::kNull:
      break;
  }
  return "type " + std::to_string(static_cast<unsigned>(type));
}

/// Date and time types of before MySQL 5.6, which tables keep that were made then, or with
/// MariaDB's mysql56_temporal_format=OFF. The map does not tell their fraction digits.
bool is_older_form(FieldType older, FieldType type) {
  return (older == FieldType::kTime && type == FieldType::kTime2) ||
         (older == FieldType::kDateTime && type == FieldType::kDateTime2) ||
         (older == FieldType::kTimestamp && type == FieldType::kTimestamp2);
}

bool is_utf8(std::string_view charset) {
  return charset == "utf8mb4" || charset == "utf8mb3" || charset == "utf8";
}

bool is_numeric(SqlType type) { return type <= SqlType::kDouble; }

bool is_character(SqlType type) { return type >= SqlType::kChar && type <= SqlType::kLongBlob; }

bool is_bytes(SqlType type) { return type >= SqlType::kBinary && type <= SqlType::kLongBlob; }

/// Compares one map with one table.
class MapCheck {
 public:
  MapCheck(const binlog::TableMap& map, const DeclaredTable& table,
           const CollationTable& collations, bool mariadb)
      : map_(map), table_(table), collations_(collations), mariadb_(mariadb) {}

  Mismatch run() const {
    const auto hidden = hidden_columns(table_);
    if (auto wrong = check_count(hidden.size())) return wrong;
    for (size_t i = 0; i < map_.columns.size(); ++i) {
      const DeclaredColumn& declared =
          i < table_.columns.size() ? table_.columns[i] : hidden[i - table_.columns.size()];
      if (auto wrong = check_column(map_.columns[i], declared)) {
        return "column " + std::to_string(i + 1) + " (" + declared.name + "): " + *wrong;
      }
    }
    return check_key();
  }

 private:
  [[nodiscard]] Mismatch check_count(size_t hidden) const;
  [[nodiscard]] Mismatch check_column(const MapColumn& column,
                                      const DeclaredColumn& declared) const;
  [[nodiscard]] Mismatch check_type(const MapColumn& column, const DeclaredColumn& declared) const;
  [[nodiscard]] bool fits(const MapColumn& column, const DeclaredColumn& declared) const;
  [[nodiscard]] Mismatch check_charset(const MapColumn& column,
                                       const DeclaredColumn& declared) const;
  [[nodiscard]] Mismatch check_labels(const MapColumn& column,
                                      const DeclaredColumn& declared) const;
  [[nodiscard]] Mismatch check_key() const;
  [[nodiscard]] const Collation* find(std::string_view name) const;

  const binlog::TableMap& map_;
  const DeclaredTable& table_;
  const CollationTable& collations_;
  const bool mariadb_;
};

Mismatch says(const std::string& map, const std::string& definition) {
  return "the log has " + map + ", the definition says " + definition;
}

Mismatch MapCheck::check_count(size_t hidden) const {
  const size_t declared = table_.columns.size() + hidden;
  if (map_.columns.size() == declared) return std::nullopt;
  return says(std::to_string(map_.columns.size()) + " columns",
              std::to_string(declared) + (hidden == 0 ? "" : " with the hidden ones"));
}

Mismatch MapCheck::check_column(const MapColumn& column, const DeclaredColumn& declared) const {
  if (map_.has_names && column.name != declared.name) {
    return says("the name " + std::string(column.name), declared.name);
  }
  if (auto wrong = check_type(column, declared)) return wrong;
  if (column.nullable != declared.nullable) {
    return says(column.nullable ? "NULL" : "NOT NULL", declared.nullable ? "NULL" : "NOT NULL");
  }
  if (map_.has_signedness && is_numeric(declared.type) &&
      column.is_unsigned != declared.is_unsigned) {
    return says(column.is_unsigned ? "UNSIGNED" : "SIGNED",
                declared.is_unsigned ? "UNSIGNED" : "SIGNED");
  }
  if (auto wrong = check_charset(column, declared)) return wrong;
  return column.labels.empty() ? std::nullopt : check_labels(column, declared);
}

Mismatch MapCheck::check_type(const MapColumn& column, const DeclaredColumn& declared) const {
  if (fits(column, declared)) return std::nullopt;
  const WireFormat expected = wire_format(declared, collations_, mariadb_);
  return says(described(column.type, column.metadata), described(expected.type, expected.metadata));
}

bool MapCheck::fits(const MapColumn& column, const DeclaredColumn& declared) const {
  const WireFormat expected = wire_format(declared, collations_, mariadb_);
  if (is_older_form(column.type, expected.type)) return true;
  const bool old_varchar =
      column.type == FieldType::kVarString && expected.type == FieldType::kVarchar;
  if (column.type != expected.type && !old_varchar) return false;
  if (column.metadata == expected.metadata) return true;
  // CHARACTER SET utf8 is utf8mb3 or utf8mb4 on MariaDB, by a setting that is not logged. The bytes
  // decode alike.
  const bool has_length = declared.type == SqlType::kChar || declared.type == SqlType::kVarchar;
  if (!mariadb_ || !has_length || !declared.length) return false;
  const Collation* const collation = find(declared.collation);
  if (collation == nullptr || !is_utf8(collation->charset)) return false;
  const uint32_t extra = declared.compressed ? 1 : 0;
  return column.metadata == *declared.length * 3 + extra ||
         column.metadata == *declared.length * 4 + extra;
}

const Collation* MapCheck::find(std::string_view name) const {
  const auto found = std::ranges::find_if(
      collations_, [&](const auto& entry) { return entry.second.name == name; });
  return found == collations_.end() ? nullptr : &found->second;
}

/// Collations of one charset decode alike.
Mismatch MapCheck::check_charset(const MapColumn& column, const DeclaredColumn& declared) const {
  if (!map_.has_charsets || !is_character(declared.type)) return std::nullopt;
  const auto logged = collations_.find(column.collation);
  const std::string map_charset = logged == collations_.end()
                                      ? "collation " + std::to_string(column.collation)
                                      : logged->second.charset;
  const Collation* const collation = find(declared.collation);
  const std::string charset = is_bytes(declared.type) ? "binary"
                              : collation == nullptr  ? declared.collation
                                                      : collation->charset;
  if (map_charset == charset) return std::nullopt;
  if (is_utf8(map_charset) && is_utf8(charset)) return std::nullopt;
  return says("character set " + map_charset, charset);
}

/// '?' in a label that the catalog gave stands for any character.
bool same_label(std::string_view logged, std::string_view declared, bool doubtful) {
  if (logged == declared) return true;
  if (!doubtful) return false;
  size_t i = 0;
  for (const char wanted : declared) {
    if (i == logged.size()) return false;
    const auto first = static_cast<unsigned char>(logged[i]);
    if (wanted == '?' && first >= 0xf0) {
      i += 4;
    } else if (wanted != logged[i++]) {
      return false;
    }
  }
  return i == logged.size();
}

Mismatch MapCheck::check_labels(const MapColumn& column, const DeclaredColumn& declared) const {
  const auto logged = collations_.find(column.collation);
  const binlog::Charset* const charset =
      logged == collations_.end() ? nullptr : binlog::Charset::find(logged->second.charset);
  base::Arena arena;
  const auto same = [&](std::string_view label, std::string_view wanted) {
    if (charset == nullptr) return label == wanted;
    const auto utf8 = charset->to_utf8(std::as_bytes(std::span(label)), arena);
    return utf8.ok() && same_label(*utf8, wanted, declared.labels_doubtful);
  };
  if (std::ranges::equal(column.labels, declared.labels, same)) return std::nullopt;
  return "the log and the definition have different labels";
}

/// Without a name in the map nothing is known of its key.
Mismatch MapCheck::check_key() const {
  if (!map_.has_names || map_.columns.empty()) return std::nullopt;
  const auto key = row_key(table_);
  if (key == map_.primary_key) return std::nullopt;
  const auto listed = [&](const std::vector<size_t>& places) {
    std::string text = places.empty() ? "no key" : "the key (";
    for (size_t i = 0; i < places.size(); ++i) {
      if (i > 0) text += ", ";
      text += places[i] < map_.columns.size() ? map_.columns[places[i]].name : "?";
    }
    return places.empty() ? text : text + ")";
  };
  return says(listed(map_.primary_key), listed(key));
}

}  // namespace

std::optional<std::string> mismatch(const binlog::TableMap& map, const DeclaredTable& table,
                                    const CollationTable& collations, bool mariadb) {
  if (map.unreadable || table.sequence) return std::nullopt;
  return MapCheck(map, table, collations, mariadb).run();
}

}  // namespace rowmill::schema
