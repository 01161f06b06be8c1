// SPDX-License-Identifier: Apache-2.0
//
// A statement of DDL behind a byte of settings: bit 0 MariaDB, the others sql_mode.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

#include "fuzz/checks.h"
#include "schema/ddl_lexer.h"
#include "schema/ddl_parser.h"
#include "schema/ddl_text.h"

namespace rowmill::schema {
namespace {

using test::require;

StatementContext context_of(uint8_t settings) {
  StatementContext context;
  context.mariadb = (settings & 1) != 0;
  context.server_version = context.mariadb ? 110806 : 90704;
  const auto set = [&](int bit, uint64_t mode) {
    if ((settings >> bit & 1) != 0) context.sql_mode |= mode;
  };
  set(1, sql_mode::kAnsiQuotes);
  set(2, sql_mode::kNoBackslashEscapes);
  set(3, sql_mode::kMariadbOracle);
  set(4, sql_mode::kMariadbMaxdb);
  set(5, sql_mode::kMariadbMssql);
  set(6, sql_mode::kRealAsFloat);
  return context;
}

/// Tokens lie in the text one behind the other.
void check_tokens(std::string_view sql, const StatementContext& context) {
  DdlLexer lexer(sql, context);
  size_t end = 0;
  for (Token token = lexer.next(); token.kind != TokenKind::kEnd; token = lexer.next()) {
    require(token.offset >= end, "tokens do not overlap");
    require(token.text == sql.substr(token.offset, token.text.size()), "a token is a view");
    require(!token.text.empty() || token.kind == TokenKind::kBroken, "a token has a text");
    end = token.offset + token.text.size();
  }
  require(lexer.next().kind == TokenKind::kEnd, "the end stays the end");
}

std::optional<TableName> table_of(const DdlStatement& statement) {
  if (const auto* create = std::get_if<CreateTable>(&statement)) return create->table;
  if (const auto* alter = std::get_if<AlterTable>(&statement)) return alter->table;
  if (const auto* truncate = std::get_if<TruncateTable>(&statement)) return truncate->table;
  if (const auto* rename = std::get_if<RenameTables>(&statement)) return rename->pairs.back().to;
  if (const auto* drop = std::get_if<DropTables>(&statement)) return drop->tables.back();
  return std::nullopt;
}

bool names(std::string_view sql, const StatementContext& context, const TableName& table) {
  const auto all = names_in(sql, context);
  return std::find(all.begin(), all.end(), table) != all.end();
}

void check_statement(std::string_view sql, const StatementContext& context) {
  const auto statement = parse_ddl(sql, context);
  if (!statement.ok()) {
    require(statement.error().kind() == base::ErrorKind::kUnsupported, "errors have one kind");
    return;
  }
  const auto with_blanks = parse_ddl(" /* x */ " + std::string(sql) + "\n ; ", context);
  if (with_blanks.ok()) {
    require(to_text(*with_blanks) == to_text(*statement), "blanks around change nothing");
  }
  const auto table = table_of(*statement);
  if (!table || table->table.empty()) return;
  // What stands behind SET STATEMENT may have been read without a mode.
  StatementContext plain = context;
  plain.sql_mode = 0;
  require(names(sql, context, *table) || names(sql, plain, *table), "names_in() finds all");
}

}  // namespace
}  // namespace rowmill::schema

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace rowmill::schema;
  if (size == 0) return 0;
  const StatementContext context = context_of(data[0]);
  const std::string_view sql(reinterpret_cast<const char*>(data) + 1, size - 1);
  check_tokens(sql, context);
  check_statement(sql, context);
  const auto names = names_in(sql, context);
  rowmill::test::require(names.size() <= 2 * size, "names are no more than words");
  const auto type = parse_column_type(sql, context);
  if (type.ok()) {
    rowmill::test::require(!to_text(*type).empty(), "a type has a form");
  }
  return 0;
}
