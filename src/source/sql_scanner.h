// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rowmill::source {

/// What decides where quotes end; by default the servers' defaults.
struct QuoteRules {
  bool ansi_quotes = false;
  bool backslash_escapes = true;
  /// [name]
  bool brackets = false;

  /// From sql_mode as QUERY events carry it.
  static QuoteRules of_sql_mode(uint64_t sql_mode);
};

/// The words of an SQL text, one after the other: past blanks and comments, the inside of
/// executable ones ("/*!80013 ... */") being text. The text must be in UTF-8 or another charset
/// without ASCII bytes inside of characters.
class SqlScanner {
 public:
  enum class Kind : uint8_t { kWord, kQuotedName, kString, kSymbol };
  struct Token {
    Kind kind = Kind::kSymbol;
    /// Without its quotes; doubled quotes and escapes are as written.
    std::string_view text;
  };

  explicit SqlScanner(std::string_view sql, QuoteRules rules = {}) : rest_(sql), rules_(rules) {}

  /// Absent at the end.
  std::optional<Token> next();
  /// Takes the next token if it is this word (upper case), past opening parentheses.
  bool take(std::string_view word);
  /// What has not been taken yet.
  [[nodiscard]] std::string_view rest() const { return rest_; }

 private:
  void skip_blanks();
  /// `quote`: the one at the end.
  Token take_quoted(char quote);

  std::string_view rest_;
  QuoteRules rules_;
};

/// `word` is upper case.
[[nodiscard]] bool is_word(const SqlScanner::Token& token, std::string_view word);

}  // namespace rowmill::source
