// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "model/declared_table.h"

namespace rowmill::schema {

// What a statement of table DDL says, as written: nothing is looked up and no default is filled in.
// MySQL manual, "CREATE TABLE Statement", "ALTER TABLE Statement" and their neighbours; MariaDB
// Knowledge Base, the same.

/// Names in UTF-8 without quotes. Absent database: the default one of the statement.
struct TableName {
  std::optional<std::string> database;
  std::string table;
  bool operator==(const TableName&) const = default;
};

/// CHARACTER SET and COLLATE of a column, a table or a database; lower case. ASCII, UNICODE and
/// BYTE are charset "latin1", "ucs2" and "binary". DEFAULT is the word "default".
struct CharsetClause {
  std::optional<std::string> charset;
  std::optional<std::string> collation;
  /// The attribute BINARY: the _bin collation of the charset in force.
  bool binary = false;
  bool operator==(const CharsetClause&) const = default;
};

struct WrittenType {
  /// Synonyms are resolved, also those that depend on sql_mode. TEXT(n), BLOB(n) and VARCHAR keep
  /// their word: the size class depends on the charset. CHAR BYTE stays kChar with charset binary.
  model::SqlType type = model::SqlType::kInt;
  /// In parentheses behind the word, fraction digits of times included: FLOAT(p) is a kFloat or
  /// kDouble without it.
  std::optional<uint32_t> length;
  std::optional<uint32_t> scale;
  bool is_unsigned = false;
  bool zerofill = false;
  CharsetClause charset;
  /// NCHAR and its like: utf8mb3.
  bool national = false;
  /// UTF-8, as written: the server cuts off trailing blanks unless the charset in force is binary.
  std::vector<std::string> labels;
  /// One of them is written in digits: bytes in the charset of the column, taken for ASCII.
  bool labels_in_digits = false;
  model::GeometryType geometry_type = model::GeometryType::kAny;
  /// MariaDB's JSON.
  bool json_alias = false;
  bool compressed = false;
};

/// kPrimaryAndUnique: both words, as SERIAL PRIMARY KEY says them.
enum class ColumnKeyWord : uint8_t { kNone, kPrimary, kUnique, kPrimaryAndUnique };

enum class DefaultKind : uint8_t { kNone, kNull, kValue };

/// Where ADD, CHANGE or MODIFY puts a column. Neither: at the end, or where it was.
struct ColumnPlace {
  bool first = false;
  std::string after;
};

struct WrittenColumn {
  std::string name;
  WrittenType type;
  /// The last of NULL and NOT NULL; SERIAL says NOT NULL.
  std::optional<bool> nullable;
  DefaultKind default_kind = DefaultKind::kNone;
  bool on_update_now = false;
  bool auto_increment = false;
  ColumnKeyWord key = ColumnKeyWord::kNone;
  model::Generated generated = model::Generated::kNo;
  bool invisible = false;
  /// GENERATED ALWAYS AS ROW START or END (MariaDB).
  bool row_start_or_end = false;
  /// It is ROW END, which MariaDB adds to the keys.
  bool row_end = false;
  ColumnPlace place;
};

enum class KeyKind : uint8_t { kPrimary, kUnique, kOther };

struct WrittenKey {
  KeyKind kind = KeyKind::kOther;
  /// Empty: the server chooses.
  std::string name;
  struct Part {
    /// Empty for an expression.
    std::string column;
    /// Characters or bytes of the column, as written: a(10) may well be all of it. 0: no prefix.
    uint32_t prefix = 0;
  };
  std::vector<Part> parts;
  /// Columns of the statement, or of the clause, that stand before the key. Keys of their own and
  /// keys of columns count in the order of the text: names and the choice of the row's key depend
  /// on it.
  size_t columns_before = std::numeric_limits<size_t>::max();
  bool using_hash = false;
  bool if_not_exists = false;
};

struct TableOptions {
  CharsetClause charset;
  /// WITH SYSTEM VERSIONING, of the table or of one of its columns.
  bool system_versioning = false;
  /// PERIOD FOR SYSTEM_TIME names columns of the statement's own.
  bool system_period = false;
  /// PERIOD FOR an application time: its two columns become NOT NULL.
  std::vector<std::string> period_columns;
};

struct CreateTable {
  TableName table;
  bool or_replace = false;
  bool if_not_exists = false;
  std::optional<TableName> like;
  std::vector<WrittenColumn> columns;
  std::vector<WrittenKey> keys;
  TableOptions options;
  /// CREATE TABLE ... SELECT as a statement whose columns the text does not tell.
  bool from_select = false;
};

struct AddColumns {
  std::vector<WrittenColumn> columns;
  std::vector<WrittenKey> keys;
  bool if_not_exists = false;
};
struct DropColumn {
  std::string name;
  bool if_exists = false;
};
/// CHANGE, and MODIFY with both names equal.
struct ChangeColumn {
  std::string old_name;
  WrittenColumn column;
  bool if_exists = false;
};
struct RenameColumn {
  std::string from;
  std::string to;
  bool if_exists = false;
};
/// ALTER COLUMN: only what a definition holds.
struct AlterColumn {
  std::string name;
  std::optional<bool> invisible;
  bool if_exists = false;
};
struct AddKey {
  WrittenKey key;
};
struct DropPrimaryKey {
  bool if_exists = false;
};
/// DROP INDEX, DROP KEY, and DROP CONSTRAINT, which may name one.
struct DropKey {
  std::string name;
  bool if_exists = false;
};
struct RenameKey {
  std::string from;
  std::string to;
};
struct RenameTo {
  TableName to;
};
/// CONVERT TO CHARACTER SET; charset "default" is the database's.
struct ConvertTo {
  CharsetClause charset;
};
struct ChangeOptions {
  TableOptions options;
};
struct DropSystemVersioning {};
/// CONVERT PARTITION ... TO TABLE (MariaDB): makes a table with this one's columns and keys.
struct PartitionToTable {
  TableName to;
};
/// CONVERT TABLE ... TO PARTITION (MariaDB): that table is gone.
struct TableToPartition {
  TableName from;
};
/// ADD PERIOD FOR SYSTEM_TIME, DROP PERIOD and what else changes columns in a way that only the
/// server knows.
struct OpenClause {
  std::string reason;
};
/// Clauses without effect on a definition are not listed: partitions, foreign keys, checks, ENGINE,
/// ALGORITHM, LOCK, ORDER BY ...
using AlterClause =
    std::variant<AddColumns, DropColumn, ChangeColumn, RenameColumn, AlterColumn, AddKey,
                 DropPrimaryKey, DropKey, RenameKey, RenameTo, ConvertTo, ChangeOptions,
                 DropSystemVersioning, PartitionToTable, TableToPartition, OpenClause>;

struct AlterTable {
  TableName table;
  bool if_exists = false;
  /// In text order.
  std::vector<AlterClause> clauses;
};
struct RenameTables {
  struct Pair {
    TableName from;
    TableName to;
  };
  /// Apply from left to right.
  std::vector<Pair> pairs;
  bool if_exists = false;
};
struct DropTables {
  std::vector<TableName> tables;
  /// DROP SEQUENCE: tables stay.
  bool only_sequences = false;
};
struct TruncateTable {
  TableName table;
};
struct CreateIndex {
  TableName table;
  WrittenKey key;
  bool or_replace = false;
};
struct DropIndex {
  TableName table;
  /// `PRIMARY` drops the primary key.
  DropKey key;
};
/// ALTER DATABASE without a name has an empty one: the default database.
struct CreateDatabase {
  std::string name;
  CharsetClause charset;
  bool or_replace = false;
  bool if_not_exists = false;
};
struct AlterDatabase {
  std::string name;
  CharsetClause charset;
};
struct DropDatabase {
  std::string name;
};
struct CreateSequence {
  TableName table;
  bool or_replace = false;
  bool if_not_exists = false;
};
/// No column of any table can be concerned: GRANT, CREATE VIEW, routines, temporary tables ...
struct NoDefinition {};

using DdlStatement = std::variant<NoDefinition, CreateTable, AlterTable, RenameTables, DropTables,
                                  TruncateTable, CreateIndex, DropIndex, CreateDatabase,
                                  AlterDatabase, DropDatabase, CreateSequence>;

}  // namespace rowmill::schema
