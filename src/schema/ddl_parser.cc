// SPDX-License-Identifier: Apache-2.0
//
// Statements by their heads. MySQL manual, "Data Definition Statements".
#include "schema/ddl_parser.h"

#include "schema/ddl_parser_rules.h"

namespace rowmill::schema {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

/// What has no definition may hold anything behind its head.
DdlStatement no_definition(TokenReader& in) {
  in.skip_rest();
  return NoDefinition{};
}

/// Options of a database, the first of which may stand where a name would.
bool accept_database_option(TokenReader& in, CharsetClause& charset) {
  in.accept("DEFAULT");
  if (accept_charset_clause(in, charset)) return true;
  if (!in.accept_one_of({"COMMENT", "ENCRYPTION"}) && !in.accept("READ", "ONLY")) return false;
  in.accept_symbol('=');
  if (!in.at_name() && !in.at(TokenKind::kString) && !in.at(TokenKind::kNumber)) {
    in.fail("the value of an option");
  }
  in.take();
  return true;
}

void read_database_options(TokenReader& in, CharsetClause& charset) {
  while (!in.at_end() && !in.at_symbol(';')) {
    if (!accept_database_option(in, charset)) in.fail("an option of a database");
  }
}

CreateDatabase read_create_database(TokenReader& in, bool or_replace) {
  CreateDatabase create;
  create.or_replace = or_replace;
  create.if_not_exists = in.accept_if_not_exists();
  create.name = in.name();
  read_database_options(in, create.charset);
  return create;
}

/// ALTER DATABASE may lack a name. Both servers take CHARSET and ENCRYPTION for one, and COMMENT
/// only before an option.
bool at_database_option(const TokenReader& in) {
  if (in.at_one_of({"DEFAULT", "CHARACTER", "CHAR", "COLLATE"})) return true;
  if (in.at_words("READ", "ONLY")) return true;
  return in.at_word("COMMENT") && in.peek_second().kind != TokenKind::kWord;
}

AlterDatabase read_alter_database(TokenReader& in) {
  AlterDatabase alter;
  if (!at_database_option(in)) alter.name = in.name();
  if (in.accept("UPGRADE", "DATA")) {
    in.expect("DIRECTORY");
    in.expect("NAME");
  }
  read_database_options(in, alter.charset);
  return alter;
}

DropDatabase read_drop_database(TokenReader& in) {
  in.accept_if_exists();
  return {in.name()};
}

DropTables read_drop_tables(TokenReader& in) {
  DropTables drop;
  // MariaDB logs it twice where the statement had it in an executable comment.
  while (in.accept_if_exists()) {
  }
  do {
    drop.tables.push_back(in.table_name());
  } while (in.accept_symbol(','));
  accept_wait(in);
  in.accept_one_of({"CASCADE", "RESTRICT"});
  return drop;
}

RenameTables read_rename_tables(TokenReader& in) {
  RenameTables rename;
  rename.if_exists = in.accept_if_exists();
  do {
    TableName from = in.table_name();
    accept_wait(in);
    in.expect("TO");
    rename.pairs.push_back({std::move(from), in.table_name()});
  } while (in.accept_symbol(','));
  return rename;
}

TruncateTable read_truncate(TokenReader& in) {
  in.accept("TABLE");
  TruncateTable truncate{in.table_name()};
  accept_wait(in);
  return truncate;
}

CreateSequence read_create_sequence(TokenReader& in, bool or_replace) {
  CreateSequence create;
  create.or_replace = or_replace;
  create.if_not_exists = in.accept_if_not_exists();
  create.table = in.table_name();
  in.skip_rest();
  return create;
}

/// Behind INDEX.
DdlStatement read_create_index(TokenReader& in, KeyKind kind, bool or_replace) {
  CreateIndex create;
  create.or_replace = or_replace;
  create.key.kind = kind;
  create.key.if_not_exists = in.accept_if_not_exists();
  create.key.name = in.name();
  accept_index_type(in, create.key);
  in.expect("ON");
  create.table = in.table_name();
  accept_wait(in);
  bool over_period = false;
  create.key.parts = read_key_parts(in, over_period);
  accept_wait(in);
  read_key_options(in, create.key);
  if (over_period) return AlterTable{create.table, false, {OpenClause{"a key WITHOUT OVERLAPS"}}};
  return create;
}

/// Behind INDEX.
DropIndex read_drop_index(TokenReader& in) {
  DropIndex drop;
  drop.key.if_exists = in.accept_if_exists();
  drop.key.name = in.name();
  in.expect("ON");
  drop.table = in.table_name();
  in.skip_rest();
  return drop;
}

DdlStatement read_create(TokenReader& in) {
  const bool or_replace = in.accept("OR", "REPLACE");
  if (in.accept("TABLE") || in.accept("EXTERNAL", "TABLE")) {
    return read_create_table(in, or_replace);
  }
  if (in.accept_one_of({"DATABASE", "SCHEMA"})) return read_create_database(in, or_replace);
  if (in.accept("SEQUENCE")) return read_create_sequence(in, or_replace);
  in.accept_one_of({"ONLINE", "OFFLINE"});
  const KeyKind kind = in.accept("UNIQUE") ? KeyKind::kUnique : KeyKind::kOther;
  in.accept_one_of({"FULLTEXT", "SPATIAL", "VECTOR"});
  if (in.accept("INDEX")) return read_create_index(in, kind, or_replace);
  return no_definition(in);
}

DdlStatement read_alter(TokenReader& in) {
  in.accept_one_of({"ONLINE", "OFFLINE"});
  in.accept("IGNORE");
  if (in.accept("TABLE")) return read_alter_table(in);
  if (in.accept_one_of({"DATABASE", "SCHEMA"})) return read_alter_database(in);
  return no_definition(in);
}

DdlStatement read_drop(TokenReader& in) {
  if (in.accept_one_of({"TABLE", "TABLES"})) return read_drop_tables(in);
  if (in.accept_one_of({"DATABASE", "SCHEMA"})) return read_drop_database(in);
  if (in.accept("SEQUENCE")) {
    DropTables drop = read_drop_tables(in);
    drop.only_sequences = true;
    return drop;
  }
  in.accept_one_of({"ONLINE", "OFFLINE"});
  if (in.accept("INDEX")) return read_drop_index(in);
  return no_definition(in);
}

DdlStatement read_statement(TokenReader& in) {
  if (in.accept("CREATE")) return read_create(in);
  if (in.accept("ALTER")) return read_alter(in);
  if (in.accept("DROP")) return read_drop(in);
  if (in.accept("RENAME", "TABLE") || in.accept("RENAME", "TABLES")) return read_rename_tables(in);
  if (in.accept("TRUNCATE")) return read_truncate(in);
  return no_definition(in);
}

/// Settings for this statement alone (MariaDB Knowledge Base, "SET STATEMENT"). True: sql_mode is
/// among them.
bool accept_settings(TokenReader& in) {
  bool sets_sql_mode = false;
  while (in.accept("SET", "STATEMENT")) {
    do {
      sets_sql_mode |= is_word(name_text(in.peek()), "SQL_MODE");
      in.name();
      in.skip_to_comma({"FOR"});
    } while (in.accept_symbol(','));
    in.expect("FOR");
  }
  return sets_sql_mode;
}

/// Whether a string says something else under another sql_mode.
bool has_mode_dependent_string(std::string_view sql, const StatementContext& context) {
  DdlLexer lexer(sql, context);
  for (Token token = lexer.next(); token.kind != TokenKind::kEnd; token = lexer.next()) {
    if (token.kind != TokenKind::kString) continue;
    if (token.text.front() == '"' || token.text.find('\\') != std::string_view::npos) return true;
  }
  return false;
}

/// MariaDB reads the text under the sql_mode of the session and logs the one that SET STATEMENT set
/// for its execution. What would depend on the former is refused.
Result<DdlStatement> parse_under_unknown_mode(std::string_view sql,
                                              const StatementContext& context) {
  StatementContext plain = context;
  plain.sql_mode = 0;
  TokenReader in(sql, plain);
  accept_settings(in);
  DdlStatement statement = read_statement(in);
  ROWMILL_TRY(in.finish());
  if (!std::holds_alternative<NoDefinition>(statement) && has_mode_dependent_string(sql, plain)) {
    return Error(ErrorKind::kUnsupported,
                 "the statement sets sql_mode for itself and has double quotes or backslashes: the "
                 "sql_mode under which the server read them is not logged");
  }
  return statement;
}

}  // namespace

void accept_wait(TokenReader& in) {
  if (in.accept("NOWAIT")) return;
  if (in.accept("WAIT")) in.number();
}

Result<DdlStatement> parse_ddl(std::string_view sql, const StatementContext& context) {
  TokenReader in(sql, context);
  if (accept_settings(in)) return parse_under_unknown_mode(sql, context);
  DdlStatement statement = read_statement(in);
  ROWMILL_TRY(in.finish());
  return statement;
}

Result<WrittenType> parse_column_type(std::string_view text, const StatementContext& context) {
  StatementContext plain = context;
  plain.sql_mode = 0;
  TokenReader in(text, plain);
  WrittenType type = read_type_words(in).type;
  while (accept_type_attribute(in, type)) {
  }
  ROWMILL_TRY(in.finish());
  return type;
}

}  // namespace rowmill::schema
