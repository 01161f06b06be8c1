// SPDX-License-Identifier: Apache-2.0
//
// What MySQL 9.7 and MariaDB 10.11 and 11.8 make of keys, seen in SHOW CREATE TABLE and
// information_schema.STATISTICS.

#include "schema/table_keys.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "schema/names.h"

namespace rowmill::schema {

using base::Error;
using base::ErrorKind;
using base::Result;
using model::DeclaredColumn;
using model::DeclaredKey;
using model::DeclaredTable;
using model::SqlType;

namespace {

/// What MySQL calls an index that begins with an expression.
constexpr std::string_view kFunctionalIndex = "functional_index";
/// InnoDB's longest key, with its usual pages and row formats: MariaDB hashes longer unique keys.
constexpr uint64_t kMostKeyBytes = 3072;
/// TIMESTAMP(6), which MariaDB adds to the keys of a versioned table.
constexpr uint64_t kRowEndBytes = 7;

bool takes_prefix(SqlType type) {
  return is_text(type) || is_blob(type) || type == SqlType::kBinary ||
         type == SqlType::kVarbinary || type == SqlType::kGeometry;
}

/// a(10) is all of a VARCHAR(10). Of a geometry an index holds the beginning.
bool is_partial(const WrittenKey::Part& part, const DeclaredColumn& column) {
  if (column.type == SqlType::kGeometry) return true;
  if (part.prefix == 0) return false;
  return is_blob(column.type) || part.prefix < column.length.value_or(0);
}

/// Bytes of a whole column in a key.
uint64_t key_bytes(const DeclaredColumn& column, const CollationIndex& collations) {
  switch (column.type) {
    case SqlType::kChar:
    case SqlType::kVarchar: {
      const Collation* const collation = collations.find(column.collation);
      return uint64_t{column.length.value_or(0)} * (collation == nullptr ? 1 : collation->longest);
    }
    case SqlType::kBinary:
    case SqlType::kVarbinary:
      return column.length.value_or(0);
    case SqlType::kTinyInt:
    case SqlType::kYear:
      return 1;
    case SqlType::kSmallInt:
      return 2;
    case SqlType::kMediumInt:
    case SqlType::kDate:
      return 3;
    case SqlType::kInt:
    case SqlType::kFloat:
    case SqlType::kInet4:
      return 4;
    case SqlType::kUuid:
    case SqlType::kInet6:
      return 16;
    case SqlType::kTime:
      return 3U + (column.scale + 1U) / 2;
    case SqlType::kTimestamp:
      return 4U + (column.scale + 1U) / 2;
    case SqlType::kDateTime:
      return 5U + (column.scale + 1U) / 2;
    case SqlType::kDecimal:
      return column.length.value_or(0) / 2 + 1;
    case SqlType::kEnum:
      return column.labels.size() < 256 ? 1 : 2;
    default:
      return 8;
  }
}

WrittenKey key_of_column(const WrittenColumn& column, KeyKind kind, bool if_not_there) {
  WrittenKey key;
  key.if_not_exists = if_not_there;
  key.kind = kind;
  key.parts.push_back({.column = column.name});
  return key;
}

}  // namespace

size_t find_column(std::span<const DeclaredColumn> columns, std::string_view name) {
  const auto found = std::ranges::find_if(
      columns, [&](const DeclaredColumn& column) { return same_name(column.name, name); });
  return static_cast<size_t>(found - columns.begin());
}

const DeclaredKey* find_key(const DeclaredTable& table, std::string_view name) {
  const auto found = std::ranges::find_if(
      table.keys, [&](const DeclaredKey& key) { return same_name(key.name, name); });
  return found == table.keys.end() ? nullptr : &*found;
}

std::vector<WrittenKey> keys_in_order(std::span<const WrittenColumn> columns,
                                      std::span<const WrittenKey> keys, bool if_not_there,
                                      const StatementContext& context) {
  std::vector<WrittenKey> ordered;
  auto key = keys.begin();
  for (size_t i = 0; i < columns.size(); ++i) {
    for (; key != keys.end() && key->columns_before <= i; ++key) ordered.push_back(*key);
    const ColumnKeyWord word = columns[i].key;
    const bool both = word == ColumnKeyWord::kPrimaryAndUnique;
    if (both || word == ColumnKeyWord::kPrimary) {
      ordered.push_back(key_of_column(columns[i], KeyKind::kPrimary, if_not_there));
    }
    // MariaDB forgets the second key.
    if ((both && !context.mariadb) || word == ColumnKeyWord::kUnique) {
      ordered.push_back(key_of_column(columns[i], KeyKind::kUnique, if_not_there));
    }
  }
  ordered.insert(ordered.end(), key, keys.end());
  return ordered;
}

Result<void> KeyBuilder::add(const WrittenKey& from) {
  const std::string name = from.kind == KeyKind::kPrimary ? std::string(kPrimaryKey)
                           : from.name.empty()            ? given_name(from)
                                                          : from.name;
  if (from.if_not_exists) {
    // MariaDB looks for the name that the statement gives, or for that of the first column.
    const bool unnamed = from.kind != KeyKind::kPrimary && from.name.empty() && !from.parts.empty();
    if (is_taken(unnamed ? from.parts.front().column : name)) return {};
  }
  if (is_taken(name)) {
    return Error(ErrorKind::kUnsupported, "key " + name + " is there already");
  }
  if (from.kind == KeyKind::kOther) {
    ordinary_names_.push_back(name);
    return {};
  }
  DeclaredKey key;
  key.name = name;
  ROWMILL_TRY(add_parts(from, key));
  if (from.using_hash) hashed_for_now_.push_back(name);
  key.hash = must_be_hashed(key);
  table_.keys.push_back(std::move(key));
  return {};
}

Result<void> KeyBuilder::add_parts(const WrittenKey& from, DeclaredKey& key) {
  for (const WrittenKey::Part& part : from.parts) {
    if (part.column.empty()) {
      key.columns.emplace_back();
      key.partial = true;
      continue;
    }
    const size_t index = find_column(table_.columns, part.column);
    if (index == table_.columns.size()) {
      return Error(ErrorKind::kUnsupported,
                   "key " + key.name + " names column " + part.column + ", which is not there");
    }
    DeclaredColumn& column = table_.columns[index];
    key.columns.push_back(column.name);
    key.partial = key.partial || is_partial(part, column);
    key.hash = key.hash || (part.prefix == 0 && is_blob(column.type));
    const bool shape =
        column.type == SqlType::kGeometry && column.geometry_type != model::GeometryType::kPoint;
    if (shape && part.prefix == 0) hashed_for_now_.push_back(key.name);
    if (from.kind == KeyKind::kPrimary) column.nullable = false;
  }
  return {};
}

/// Named after its first column, or functional_index if a part is an expression, with _2, _3 ... if
/// that name is taken or PRIMARY.
std::string KeyBuilder::given_name(const WrittenKey& key) const {
  std::string name(kFunctionalIndex);
  const auto is_expression = [](const WrittenKey::Part& part) { return part.column.empty(); };
  if (!key.parts.empty() && std::ranges::none_of(key.parts, is_expression)) {
    const size_t index = find_column(table_.columns, key.parts.front().column);
    name = index < table_.columns.size() ? table_.columns[index].name : key.parts.front().column;
  }
  if (!is_taken(name) && !same_name(name, kPrimaryKey)) return name;
  size_t number = 2;
  while (is_taken(name + "_" + std::to_string(number))) ++number;
  return name + "_" + std::to_string(number);
}

bool KeyBuilder::is_taken(std::string_view name) const {
  const auto same = [&](const std::string& other) { return same_name(other, name); };
  return find_key(table_, name) != nullptr || std::ranges::any_of(ordinary_names_, same);
}

/// MariaDB's unique keys over whole TEXT and BLOB columns and those that are too long for an index.
/// Which columns have a prefix is not kept: a partial key stays as it was, unless it was hashed for
/// another reason.
bool KeyBuilder::must_be_hashed(const DeclaredKey& key) const {
  if (!is_hashable(key)) return false;
  if (key.partial) return key.hash && may_have_whole_blob(key);
  uint64_t bytes = table_.hidden_versioning ? kRowEndBytes : 0;
  for (const std::string& name : key.columns) {
    const DeclaredColumn& column = table_.columns[find_column(table_.columns, name)];
    if (is_blob(column.type)) return true;
    bytes += key_bytes(column, scope_.collations);
  }
  return bytes > kMostKeyBytes;
}

/// Besides the column that has the prefix. A shape gets one by the next ALTER.
bool KeyBuilder::may_have_whole_blob(const DeclaredKey& key) const {
  size_t texts = 0;
  bool blob = false;
  for (const std::string& name : key.columns) {
    if (name.empty()) continue;
    const SqlType type = table_.columns[find_column(table_.columns, name)].type;
    if (type == SqlType::kGeometry) return false;
    texts += takes_prefix(type) ? 1U : 0U;
    blob = blob || is_blob(type);
  }
  return blob && texts > 1;
}

bool KeyBuilder::is_hashable(const DeclaredKey& key) const {
  return scope_.context.mariadb && key.name != kPrimaryKey;
}

bool KeyBuilder::has_nulls(const DeclaredKey& key) const {
  return std::ranges::any_of(key.columns, [&](const std::string& name) {
    return name.empty() || table_.columns[find_column(table_.columns, name)].nullable;
  });
}

void KeyBuilder::finish(std::string_view row_end) {
  for (DeclaredKey& key : table_.keys) {
    if (!row_end.empty() && std::ranges::find(key.columns, row_end) == key.columns.end()) {
      key.columns.emplace_back(row_end);
    }
    // USING HASH, and that of a shape, which then gets a prefix, hold until the next ALTER.
    const auto& for_now = hashed_for_now_;
    const bool hashed_for_now = std::ranges::find(for_now, key.name) != for_now.end();
    key.hash = must_be_hashed(key) || (hashed_for_now && is_hashable(key));
    const bool has_prefix = std::ranges::any_of(key.columns, [&](const std::string& name) {
      return name.empty() || takes_prefix(table_.columns[find_column(table_.columns, name)].type);
    });
    key.partial = key.partial && has_prefix;
  }
  // MySQL: sort_keys() in sql/sql_table.cc; MariaDB: the same name in the same file.
  std::ranges::stable_sort(table_.keys, {}, [&](const DeclaredKey& key) {
    // Hashed keys stay in the order in which they came.
    if (key.hash) return std::tuple(true, true, false, false, false);
    const bool functional = std::ranges::find(key.columns, "") != key.columns.end();
    return std::tuple(key.name != kPrimaryKey, false, has_nulls(key), key.partial, functional);
  });
}

}  // namespace rowmill::schema
