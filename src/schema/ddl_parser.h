// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "schema/ddl_statement.h"
#include "schema/statement_context.h"

namespace rowmill::schema {

/// Reads one statement, in UTF-8, as the server that logged it does. Of the context only what
/// changes the reading counts: sql_mode, mariadb, version. Heads that cannot touch a column are
/// NoDefinition whatever follows. Errors: kUnsupported for a statement of table DDL that it does
/// not understand, naming the place in the text; never a guess; the caller says what to do about
/// it. Pure; any thread.
base::Result<DdlStatement> parse_ddl(std::string_view sql, const StatementContext& context);

/// COLUMN_TYPE of information_schema, such as "enum('a','b')" or "int(10) unsigned zerofill".
/// Errors: kUnsupported.
base::Result<WrittenType> parse_column_type(std::string_view text, const StatementContext& context);

/// The statements of a file, cut at the semicolons between them; views into the text. Pieces
/// without a token are left out. A statement that itself has semicolons, the body of a routine,
/// comes in pieces.
std::vector<std::string_view> statements_in(std::string_view text, const StatementContext& context);

/// Every name in the text that may be one of a table, for statements that parse_ddl() does not
/// understand. Errs on the side of too many.
std::vector<TableName> names_in(std::string_view sql, const StatementContext& context);

}  // namespace rowmill::schema
