// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/ddl_parser_tokens.h"
#include "schema/ddl_statement.h"

namespace rowmill::schema {

// The rules of the grammar. Each begins at its first token, leaves the reader behind its last one
// and latches a failure there if the text is another one. accept_...() takes the tokens only if
// they are its own. MySQL: sql/sql_yacc.yy; MariaDB: the same file.

/// The words of a type with what stands in parentheses behind them, and whether it is SERIAL.
struct TypeWords {
  WrittenType type;
  bool serial = false;
};
TypeWords read_type_words(TokenReader& in);
/// Signs, charset and what else may follow the words of a type.
bool accept_type_attribute(TokenReader& in, WrittenType& type);

/// CHARACTER SET, CHARSET or COLLATE with or without "=".
bool accept_charset_clause(TokenReader& in, CharsetClause& charset);

/// What stands in the parentheses of CREATE TABLE or behind ADD, as read so far.
struct TableElements {
  std::vector<WrittenColumn> columns;
  std::vector<WrittenKey> keys;
  TableOptions options;
  /// Indexes of keys WITHOUT OVERLAPS (MariaDB), the last part of which still names the period.
  std::vector<size_t> keys_over_period;
};

/// Name, type and attributes, up to FIRST or AFTER. `options`: what the column says of its table.
WrittenColumn read_column(TokenReader& in, TableOptions& options);
/// The value behind DEFAULT or ON UPDATE.
DefaultKind read_default_value(TokenReader& in);

/// PRIMARY KEY, UNIQUE, INDEX, CONSTRAINT, FOREIGN KEY, CHECK or PERIOD.
[[nodiscard]] bool at_key_or_constraint(const TokenReader& in);
void read_key_or_constraint(TokenReader& in, TableElements& elements);
/// From '(' to ')': columns of a key, the last a period if it is WITHOUT OVERLAPS (MariaDB).
std::vector<WrittenKey::Part> read_key_parts(TokenReader& in, bool& over_period);
/// Puts the columns of the period into those keys, the end before the start as MariaDB does. False:
/// the text does not tell them.
[[nodiscard]] bool name_period_columns(TableElements& elements);
/// Behind CHECK.
void skip_check(TokenReader& in);
/// Behind REFERENCES.
void skip_reference(TokenReader& in);
/// USING or TYPE.
bool accept_index_type(TokenReader& in, WrittenKey& key);
/// What may follow the columns of a key.
void read_key_options(TokenReader& in, WrittenKey& key);

/// A list of columns and keys, from '(' to ')'.
void read_table_elements(TokenReader& in, TableElements& elements);

/// One table option, or a charset clause among them.
bool accept_table_option(TokenReader& in, TableOptions& options);

/// Behind CREATE TABLE and ALTER TABLE.
DdlStatement read_create_table(TokenReader& in, bool or_replace);
DdlStatement read_alter_table(TokenReader& in);

/// WAIT n or NOWAIT (MariaDB).
void accept_wait(TokenReader& in);

}  // namespace rowmill::schema
