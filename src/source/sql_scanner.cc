// SPDX-License-Identifier: Apache-2.0
#include "source/sql_scanner.h"

#include <algorithm>

namespace rowmill::source {

namespace {

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool is_identifier_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '$' || static_cast<unsigned char>(c) >= 0x80;
}

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

}  // namespace

QuoteRules QuoteRules::of_sql_mode(uint64_t sql_mode) {
  // MODE_ANSI_QUOTES and MODE_NO_BACKSLASH_ESCAPES of both servers' sql/sql_class.h, and MariaDB's
  // MODE_MSSQL.
  return {.ansi_quotes = (sql_mode & 0x4) != 0,
          .backslash_escapes = (sql_mode & 0x100000) == 0,
          .brackets = (sql_mode & 0x400) != 0};
}

void SqlScanner::skip_blanks() {
  while (!rest_.empty()) {
    if (is_blank(rest_.front())) {
      rest_.remove_prefix(1);
    } else if (rest_.starts_with("/*!") || rest_.starts_with("/*M!")) {
      rest_.remove_prefix(rest_.find('!') + 1);
      while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
        rest_.remove_prefix(1);
      }
    } else if (rest_.starts_with("*/")) {
      // Only the end of an executable one is met here.
      rest_.remove_prefix(2);
    } else if (rest_.starts_with("/*")) {
      const size_t end = rest_.find("*/", 2);
      rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 2);
    } else if (rest_.front() == '#' ||
               (rest_.starts_with("--") && (rest_.size() == 2 || is_blank(rest_[2])))) {
      rest_.remove_prefix(std::min(rest_.find('\n'), rest_.size()));
    } else {
      return;
    }
  }
}

std::optional<SqlScanner::Token> SqlScanner::next() {
  skip_blanks();
  if (rest_.empty()) return std::nullopt;
  const char first = rest_.front();
  if (first == '`' || first == '"' || first == '\'') return take_quoted(first);
  if (first == '[' && rules_.brackets) return take_quoted(']');
  size_t length = 1;
  if (is_identifier_char(first)) {
    const auto end = std::ranges::find_if_not(rest_, is_identifier_char);
    length = static_cast<size_t>(end - rest_.begin());
  }
  const Token token{is_identifier_char(first) ? Kind::kWord : Kind::kSymbol,
                    rest_.substr(0, length)};
  rest_.remove_prefix(length);
  return token;
}

SqlScanner::Token SqlScanner::take_quoted(char quote) {
  const bool name = quote == '`' || quote == ']' || (quote == '"' && rules_.ansi_quotes);
  const bool escapes = !name && rules_.backslash_escapes;
  const std::string twice(2, quote);
  size_t end = 1;
  while (end < rest_.size()) {
    const bool escaped = escapes && rest_[end] == '\\';
    const bool doubled = rest_.substr(end, 2) == twice;
    if (escaped || doubled) {
      end += 2;
    } else if (rest_[end] != quote) {
      ++end;
    } else {
      break;
    }
  }
  end = std::min(end, rest_.size());
  const Token token{name ? Kind::kQuotedName : Kind::kString, rest_.substr(1, end - 1)};
  rest_.remove_prefix(std::min(end + 1, rest_.size()));
  return token;
}

bool SqlScanner::take(std::string_view word) {
  SqlScanner ahead = *this;
  auto token = ahead.next();
  while (token && token->kind == Kind::kSymbol && token->text == "(") token = ahead.next();
  if (!token || !is_word(*token, word)) return false;
  *this = ahead;
  return true;
}

bool is_word(const SqlScanner::Token& token, std::string_view word) {
  return token.kind == SqlScanner::Kind::kWord && std::ranges::equal(token.text, word, {}, upper);
}

}  // namespace rowmill::source
