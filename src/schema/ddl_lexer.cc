// SPDX-License-Identifier: Apache-2.0
#include "schema/ddl_lexer.h"

#include <algorithm>

namespace rowmill::schema {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_hex_digit(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// MySQL manual, "Schema Object Names"; characters beyond ASCII are all taken.
bool is_name_char(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

std::string_view without_zeros_at_end(std::string_view sql) {
  const size_t last = sql.find_last_not_of('\0');
  return sql.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

}  // namespace

DdlLexer::DdlLexer(std::string_view sql, const StatementContext& context)
    : sql_(without_zeros_at_end(sql)),
      sql_mode_(context.sql_mode),
      server_version_(context.server_version),
      mariadb_(context.mariadb) {}

void DdlLexer::restart_at(size_t offset) { at_ = std::min(offset, sql_.size()); }

Token DdlLexer::next() {
  const bool sound = skip_blanks();
  const size_t start = at_;
  TokenKind kind = TokenKind::kBroken;
  if (sound && at_ < sql_.size()) {
    kind = read_token();
  } else if (sound && !in_executable_comment_) {
    kind = TokenKind::kEnd;
  }
  if (kind == TokenKind::kBroken) {
    at_ = sql_.size();
    in_executable_comment_ = false;
  }
  return {kind, sql_.substr(start, at_ - start), start};
}

TokenKind DdlLexer::read_token() {
  const char c = sql_[at_];
  const size_t start = at_;
  if (c == '\'') return read_string(c);
  if (c == '"') {
    return (sql_mode_ & sql_mode::kAnsiQuotes) != 0 ? read_quoted_name(c) : read_string(c);
  }
  if (c == '`') return read_quoted_name(c);
  if (c == '[' && mariadb_ && (sql_mode_ & sql_mode::kMariadbMssql) != 0) {
    return read_quoted_name(']');
  }
  if (is_digit(c)) return start == dot_end_ ? read_word() : read_digits();
  if (is_name_char(c)) {
    const bool prefix = at(at_ + 1) == '\'';
    if (prefix && (c == 'n' || c == 'N')) {
      ++at_;
      return read_string('\'');
    }
    if (prefix && (c == 'x' || c == 'X' || c == 'b' || c == 'B')) return read_byte_string();
    return read_word();
  }
  if (c == '.' && is_digit(at(at_ + 1)) && start != name_end_) return read_fraction();
  ++at_;
  if (c == '.' && start == name_end_) dot_end_ = at_;
  return TokenKind::kSymbol;
}

TokenKind DdlLexer::read_word() {
  while (at_ < sql_.size() && is_name_char(sql_[at_])) ++at_;
  name_end_ = at_;
  return TokenKind::kWord;
}

/// A number, or a name that begins with a digit: `1e`, `0x` and `1a` are names, 1e5 and 0x1 are
/// none.
TokenKind DdlLexer::read_digits() {
  const size_t start = at_;
  if (sql_[start] == '0' && (at(start + 1) == 'x' || at(start + 1) == 'b')) {
    const bool hex = sql_[start + 1] == 'x';
    size_t end = start + 2;
    while (hex ? is_hex_digit(at(end)) : at(end) == '0' || at(end) == '1') ++end;
    if (end == start + 2 || is_name_char(at(end))) return read_word();
    at_ = end;
    return TokenKind::kBytes;
  }
  while (is_digit(at(at_))) ++at_;
  if (at(at_) == '.') return read_fraction();
  if (!is_name_char(at(at_))) return TokenKind::kNumber;
  if (at(at_) == 'e' || at(at_) == 'E') {
    const bool sign = at(at_ + 1) == '+' || at(at_ + 1) == '-';
    const size_t digits = at_ + (sign ? 2 : 1);
    if (is_digit(at(digits))) {
      at_ = digits;
      while (is_digit(at(at_))) ++at_;
      return TokenKind::kNumber;
    }
  }
  return read_word();
}

/// From the point on.
TokenKind DdlLexer::read_fraction() {
  ++at_;
  while (is_digit(at(at_))) ++at_;
  if (at(at_) == 'e' || at(at_) == 'E') {
    const bool sign = at(at_ + 1) == '+' || at(at_ + 1) == '-';
    if (is_digit(at(at_ + (sign ? 2 : 1)))) {
      at_ += sign ? 2 : 1;
      while (is_digit(at(at_))) ++at_;
    }
  }
  return TokenKind::kNumber;
}

TokenKind DdlLexer::read_string(char quote) {
  const bool escapes = (sql_mode_ & sql_mode::kNoBackslashEscapes) == 0;
  for (++at_; at_ < sql_.size(); ++at_) {
    if (escapes && sql_[at_] == '\\') {
      ++at_;
    } else if (sql_[at_] == quote) {
      ++at_;
      if (at(at_) != quote) return TokenKind::kString;
    }
  }
  return TokenKind::kBroken;
}

TokenKind DdlLexer::read_quoted_name(char quote) {
  for (++at_; at_ < sql_.size(); ++at_) {
    if (sql_[at_] != quote) continue;
    ++at_;
    if (at(at_) != quote) {
      name_end_ = at_;
      return TokenKind::kQuotedName;
    }
  }
  return TokenKind::kBroken;
}

/// X'41', B'01'.
TokenKind DdlLexer::read_byte_string() {
  const size_t end = sql_.find('\'', at_ + 2);
  if (end == std::string_view::npos) return TokenKind::kBroken;
  at_ = end + 1;
  return TokenKind::kBytes;
}

}  // namespace rowmill::schema
