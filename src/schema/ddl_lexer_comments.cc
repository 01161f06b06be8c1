// SPDX-License-Identifier: Apache-2.0
//
// What stands between tokens. MySQL manual, "Comments"; MariaDB Knowledge Base, "Comment Syntax".
#include <algorithm>

#include "schema/ddl_lexer.h"

namespace rowmill::schema {

namespace {

constexpr size_t kNone = std::string_view::npos;

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Behind the end of a comment whose body begins there; within it one more may lie.
size_t end_with_one_nested(std::string_view sql, size_t body) {
  size_t at = body;
  while (true) {
    const size_t end = sql.find("*/", at);
    if (end == kNone) return kNone;
    const size_t nested = sql.substr(0, end).find("/*", at);
    if (nested == kNone) return end + 2;
    const size_t nested_end = sql.find("*/", nested + 2);
    if (nested_end == kNone) return kNone;
    at = nested_end + 2;
  }
}

}  // namespace

bool DdlLexer::skip_blanks() {
  while (at_ < sql_.size()) {
    const char c = sql_[at_];
    if (is_blank(c)) {
      ++at_;
    } else if (c == '#' || at_line_comment()) {
      skip_line();
    } else if (c == '/' && at(at_ + 1) == '*') {
      if (!skip_comment()) return false;
    } else if (in_executable_comment_ && c == '*' && at(at_ + 1) == '/') {
      in_executable_comment_ = false;
      at_ += 2;
    } else {
      return true;
    }
  }
  return true;
}

/// Two minus signs make a comment only before a blank, a control byte or the end.
bool DdlLexer::at_line_comment() const {
  if (sql_[at_] != '-' || at(at_ + 1) != '-') return false;
  const auto next = static_cast<unsigned char>(at(at_ + 2));
  return next <= ' ' || next == 0x7f;
}

/// A carriage return alone does not end the line.
void DdlLexer::skip_line() { at_ = std::min(sql_.find('\n', at_), sql_.size()); }

bool DdlLexer::skip_comment() {
  if (at(at_ + 2) == '!') return skip_executable_comment(at_ + 3, false);
  if (mariadb_ && at(at_ + 2) == 'M' && at(at_ + 3) == '!') {
    return skip_executable_comment(at_ + 4, true);
  }
  const size_t end = sql_.find("*/", at_ + 2);
  if (end == kNone) return false;
  at_ = end + 2;
  return true;
}

bool DdlLexer::skip_executable_comment(size_t body, bool mariadb_only) {
  constexpr size_t kShort = 5;
  size_t digits = 0;
  while (digits <= kShort && is_digit(at(body + digits))) ++digits;
  // Without a version all run it; fewer digits are code. MySQL takes a sixth only before a blank.
  if (digits < kShort) digits = 0;
  if (digits > kShort && !mariadb_ && !is_blank(at(body + digits))) digits = kShort;
  uint32_t version = 0;
  for (size_t i = 0; i < digits; ++i) {
    version = version * 10 + static_cast<uint32_t>(sql_[body + i] - '0');
  }
  if (digits == 0 || runs(version, mariadb_only)) {
    in_executable_comment_ = true;
    at_ = body + digits;
    return true;
  }
  const size_t end = end_with_one_nested(sql_, body);
  if (end == kNone) return false;
  at_ = end;
  return true;
}

/// A server takes the `!` out of what it did not run before it logs the statement, so this concerns
/// texts that come from elsewhere.
bool DdlLexer::runs(uint32_t version, bool mariadb_only) const {
  // MariaDB passes over what MySQL has had since it went its own way.
  constexpr uint32_t kMysqlsOwn = 50700;
  constexpr uint32_t kMysqlsLast = 99999;
  if (mariadb_ && !mariadb_only && version >= kMysqlsOwn && version <= kMysqlsLast) return false;
  return server_version_ == 0 || version <= server_version_;
}

}  // namespace rowmill::schema
