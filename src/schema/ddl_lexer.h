// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "schema/statement_context.h"

namespace rowmill::schema {

enum class TokenKind : uint8_t {
  kEnd,
  /// A bare name or a keyword: only the place tells which.
  kWord,
  kQuotedName,
  /// Also N'...'.
  kString,
  /// 0x41, X'41', 0b01, B'01'.
  kBytes,
  kNumber,
  /// One character.
  kSymbol,
  /// A quote or a comment without its end, and so the rest of the text.
  kBroken,
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  /// As written, quotes included; a view into the statement.
  std::string_view text;
  size_t offset = 0;
};

/// Cuts a statement in UTF-8 into tokens, as the server that logged it did: quotes and backslashes
/// by sql_mode, bodies of executable comments as code, other comments as blanks. Copies are cheap
/// and go on by themselves. MySQL: sql/sql_lex.cc, lex_one_token(); MariaDB: the same file.
class DdlLexer {
 public:
  /// `sql` outlives the lexer and its tokens. Zero bytes at its end are no part of it.
  DdlLexer(std::string_view sql, const StatementContext& context);

  /// kEnd, again and again, once the text is over.
  Token next();

  /// Goes on at that byte of the text.
  void restart_at(size_t offset);

 private:
  [[nodiscard]] char at(size_t offset) const { return offset < sql_.size() ? sql_[offset] : '\0'; }

  /// False: a comment without end begins here.
  bool skip_blanks();
  [[nodiscard]] bool at_line_comment() const;
  void skip_line();
  bool skip_comment();
  /// Enters the body of an executable comment, or passes over one that this server does not run.
  bool skip_executable_comment(size_t body, bool mariadb_only);
  [[nodiscard]] bool runs(uint32_t version, bool mariadb_only) const;

  [[nodiscard]] TokenKind read_token();
  [[nodiscard]] TokenKind read_word();
  [[nodiscard]] TokenKind read_digits();
  [[nodiscard]] TokenKind read_fraction();
  [[nodiscard]] TokenKind read_string(char quote);
  [[nodiscard]] TokenKind read_quoted_name(char quote);
  [[nodiscard]] TokenKind read_byte_string();

  std::string_view sql_;
  size_t at_ = 0;
  uint64_t sql_mode_;
  uint32_t server_version_;
  bool mariadb_;
  bool in_executable_comment_ = false;
  /// Ends of the last name and of the last dot behind a name: digits right behind are a name too.
  size_t name_end_ = std::string_view::npos;
  size_t dot_end_ = std::string_view::npos;
};

/// What a kWord or kQuotedName names.
std::string name_text(const Token& token);

/// What a kString says; escapes count unless sql_mode has NO_BACKSLASH_ESCAPES.
std::string string_text(const Token& token, uint64_t sql_mode);

/// The bytes of a kBytes; nothing if its digits are none.
std::optional<std::string> bytes_text(const Token& token);

/// ASCII letters without case; `upper` is in capitals.
bool is_word(std::string_view text, std::string_view upper);

}  // namespace rowmill::schema
