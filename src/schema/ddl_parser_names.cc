// SPDX-License-Identifier: Apache-2.0
//
// Names in a text that may be anything.
#include <set>

#include "schema/ddl_lexer.h"
#include "schema/ddl_parser.h"

namespace rowmill::schema {

namespace {

/// Collects each name once.
class NameCollector {
 public:
  void add(TableName name) {
    auto key = std::pair(name.database.value_or(""), name.table);
    if (seen_.insert(std::move(key)).second) names_.push_back(std::move(name));
  }
  std::vector<TableName> take() { return std::move(names_); }

 private:
  std::set<std::pair<std::string, std::string>> seen_;
  std::vector<TableName> names_;
};

/// Under another sql_mode than the event's a string in double quotes would be a name.
std::optional<std::string> name_of(const Token& token, uint64_t sql_mode) {
  if (token.kind == TokenKind::kWord || token.kind == TokenKind::kQuotedName) {
    return name_text(token);
  }
  if (token.kind == TokenKind::kString && token.text.front() == '"') {
    return string_text(token, sql_mode);
  }
  return std::nullopt;
}

bool is_symbol(const Token& token, char symbol) {
  return token.kind == TokenKind::kSymbol && token.text[0] == symbol;
}

}  // namespace

std::vector<TableName> names_in(std::string_view sql, const StatementContext& context) {
  // Behind a quote without end the text goes on; each try costs a pass over the rest.
  constexpr size_t kMostTries = 16;
  NameCollector names;
  DdlLexer lexer(sql, context);
  std::optional<std::string> before_dot;
  std::optional<std::string> last;
  size_t tries = 0;
  for (Token token = lexer.next(); token.kind != TokenKind::kEnd; token = lexer.next()) {
    if (token.kind == TokenKind::kBroken && ++tries <= kMostTries) {
      lexer.restart_at(token.offset + 1);
    }
    auto name = name_of(token, context.sql_mode);
    if (name && !name->empty()) {
      // A word of the grammar may stand before the dot.
      if (before_dot) names.add({before_dot, *name});
      names.add({std::nullopt, *name});
    }
    before_dot = is_symbol(token, '.') ? std::move(last) : std::nullopt;
    last = std::move(name);
  }
  return names.take();
}

}  // namespace rowmill::schema
