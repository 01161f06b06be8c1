// SPDX-License-Identifier: Apache-2.0
//
// A file of statements.
#include "schema/ddl_lexer.h"
#include "schema/ddl_parser.h"

namespace rowmill::schema {

std::vector<std::string_view> statements_in(std::string_view text,
                                            const StatementContext& context) {
  std::vector<std::string_view> statements;
  DdlLexer lexer(text, context);
  size_t begin = 0;
  bool empty = true;
  while (true) {
    const Token token = lexer.next();
    const bool end = token.kind == TokenKind::kEnd;
    const bool between = token.kind == TokenKind::kSymbol && token.text == ";";
    if (!end && !between) {
      empty = false;
      continue;
    }
    if (!empty) statements.push_back(text.substr(begin, token.offset - begin));
    if (end) return statements;
    begin = token.offset + 1;
    empty = true;
  }
}

}  // namespace rowmill::schema
