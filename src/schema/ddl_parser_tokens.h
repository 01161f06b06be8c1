// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "schema/ddl_lexer.h"
#include "schema/ddl_statement.h"
#include "schema/statement_context.h"

namespace rowmill::schema {

/// The tokens of one statement with a look ahead of two, for the rules of ddl_parser_rules.h. The
/// first failure latches, as base::ByteReader's: from then on the text is at its end, so a rule
/// reads in the order of the grammar and finish() is asked once. Nothing here recurses, however
/// deep the parentheses of the text.
class TokenReader {
 public:
  /// `sql` and `context` outlive the reader and what it hands out.
  TokenReader(std::string_view sql, const StatementContext& context);

  [[nodiscard]] const StatementContext& context() const { return *context_; }
  [[nodiscard]] const Token& peek() const { return current_; }
  [[nodiscard]] const Token& peek_second() const { return second_; }
  Token take();

  // A word is one of the grammar, in capitals; quoted it would be a name.
  [[nodiscard]] bool at_word(std::string_view word) const;
  [[nodiscard]] bool at_words(std::string_view first, std::string_view second) const;
  [[nodiscard]] bool at_one_of(std::initializer_list<std::string_view> words) const;
  [[nodiscard]] bool second_is_one_of(std::initializer_list<std::string_view> words) const;
  [[nodiscard]] bool at_symbol(char symbol) const;
  [[nodiscard]] bool second_is_symbol(char symbol) const;
  [[nodiscard]] bool at_name() const;
  [[nodiscard]] bool at(TokenKind kind) const { return current_.kind == kind; }
  [[nodiscard]] bool at_end() const { return at(TokenKind::kEnd); }

  bool accept(std::string_view word);
  bool accept(std::string_view first, std::string_view second);
  bool accept_one_of(std::initializer_list<std::string_view> words);
  bool accept_symbol(char symbol);
  bool accept_if_exists() { return accept("IF", "EXISTS"); }
  bool accept_if_not_exists();

  void expect(std::string_view word);
  void expect_symbol(char symbol);

  /// A bare or quoted name.
  std::string name();
  /// The last part of `column`, `table.column` or `database.table.column`.
  std::string column_name();
  /// `table`, `database.table` or `.table`.
  TableName table_name();
  /// Digits; a fraction is passed over.
  uint32_t number();
  /// A name or a string, in lower case: charsets and collations.
  std::string lower_case_word();

  /// From '(' to its ')'.
  void skip_parentheses();
  /// To ',' or ')' of this level, to one of the words, or to the end.
  void skip_to_comma(std::initializer_list<std::string_view> words = {});
  /// What is left does not matter.
  void skip_rest();

  /// Latches a failure at the token in front: `expected` says what should stand there.
  void fail(std::string_view expected);
  [[nodiscard]] bool failed() const { return error_.has_value(); }

  /// The failure, also that something is left over. Callers say what to do about it.
  base::Result<void> finish();

 private:
  std::string_view sql_;
  const StatementContext* context_;
  DdlLexer lexer_;
  Token current_;
  Token second_;
  std::optional<base::Error> error_;
};

}  // namespace rowmill::schema
