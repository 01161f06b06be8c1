// SPDX-License-Identifier: Apache-2.0
#include "source/statement.h"

#include <algorithm>
#include <array>
#include <optional>

namespace rowmill::source {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool is_identifier_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '$' || static_cast<unsigned char>(c) >= 0x80;
}

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

/// Moves past blanks, "-- " and "#" comments and "/* */" ones; the inside of an executable comment
/// ("/*!80013 ... */") is text.
void skip_blanks(std::string_view& sql) {
  while (!sql.empty()) {
    if (is_blank(sql.front()) || sql.front() == '(') {
      sql.remove_prefix(1);
    } else if (sql.starts_with("/*!") || sql.starts_with("/*M!")) {
      sql.remove_prefix(sql.find('!') + 1);
      while (!sql.empty() && sql.front() >= '0' && sql.front() <= '9') sql.remove_prefix(1);
    } else if (sql.starts_with("/*")) {
      const size_t end = sql.find("*/", 2);
      sql.remove_prefix(end == std::string_view::npos ? sql.size() : end + 2);
    } else if (sql.front() == '#' || sql.starts_with("-- ") || sql.starts_with("--\n")) {
      sql.remove_prefix(std::min(sql.find('\n'), sql.size()));
    } else {
      return;
    }
  }
}

/// Takes the next word if it is `word` (upper case).
bool take_word(std::string_view& sql, std::string_view word) {
  skip_blanks(sql);
  if (sql.size() < word.size()) return false;
  for (size_t i = 0; i < word.size(); ++i) {
    if (upper(sql[i]) != word[i]) return false;
  }
  if (sql.size() > word.size() && is_identifier_char(sql[word.size()])) return false;
  sql.remove_prefix(word.size());
  return true;
}

StatementKind classify_xa(std::string_view sql) {
  if (take_word(sql, "START") || take_word(sql, "BEGIN")) return StatementKind::kXaStart;
  if (take_word(sql, "END")) return StatementKind::kXaEnd;
  if (take_word(sql, "COMMIT")) return StatementKind::kXaCommit;
  if (take_word(sql, "ROLLBACK")) return StatementKind::kXaRollback;
  return StatementKind::kOther;
}

/// The next identifier, quoted or not, with `sql` moved behind it; absent at the end.
std::optional<std::string_view> next_identifier(std::string_view& sql) {
  while (!sql.empty()) {
    const char first = sql.front();
    if (first == '`' || first == '"') {
      const size_t end = std::min(sql.find(first, 1), sql.size() - 1);
      const std::string_view inside = sql.substr(1, end == 0 ? 0 : end - 1);
      sql.remove_prefix(end + 1);
      return inside;
    }
    if (is_identifier_char(first)) {
      const auto end = std::find_if_not(sql.begin(), sql.end(), is_identifier_char);
      const auto length = static_cast<size_t>(end - sql.begin());
      const std::string_view word = sql.substr(0, length);
      sql.remove_prefix(length);
      return word;
    }
    sql.remove_prefix(1);
  }
  return std::nullopt;
}

/// As both servers print it: XID::serialize_xid() in MySQL's sql/xa.h, xid_t in MariaDB's
/// sql/handler.h.
std::string quoted_hex(std::string_view bytes) {
  std::string text = "X'";
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += "0123456789abcdef"[byte >> 4];
    text += "0123456789abcdef"[byte & 0xf];
  }
  return text + '\'';
}

}  // namespace

StatementKind classify_statement(std::string_view sql) {
  if (take_word(sql, "BEGIN")) return StatementKind::kBegin;
  if (take_word(sql, "COMMIT")) return StatementKind::kCommit;
  if (take_word(sql, "SAVEPOINT")) return StatementKind::kSavepoint;
  if (take_word(sql, "XA")) return classify_xa(sql);
  if (take_word(sql, "ROLLBACK")) {
    return take_word(sql, "TO") ? StatementKind::kRollbackToSavepoint : StatementKind::kRollback;
  }
  constexpr std::array<std::string_view, 7> kRowChanges = {"INSERT", "UPDATE", "DELETE", "REPLACE",
                                                           "LOAD",   "WITH",   "CALL"};
  const bool changes_rows =
      std::any_of(kRowChanges.begin(), kRowChanges.end(),
                  [&](std::string_view verb) { return take_word(sql, verb); });
  return changes_rows ? StatementKind::kRowChange : StatementKind::kOther;
}

std::string_view xa_identity(std::string_view sql) {
  take_word(sql, "XA");
  for (const std::string_view verb : {"START", "BEGIN", "END", "COMMIT", "ROLLBACK"}) {
    if (take_word(sql, verb)) break;
  }
  skip_blanks(sql);
  return sql.substr(0, sql.find_last_not_of(" \n") + 1);
}

std::string xa_identity(const binlog::XaPrepare& prepare) {
  return quoted_hex(prepare.gtrid) + ',' + quoted_hex(prepare.bqual) + ',' +
         std::to_string(prepare.format_id);
}

bool mentions_captured_table(std::string_view sql, std::string_view default_database,
                             const TableFilter& filter) {
  std::string_view qualifier;
  while (const auto identifier = next_identifier(sql)) {
    if (!qualifier.empty() && filter.captures(qualifier, *identifier)) return true;
    if (!default_database.empty() && filter.captures(default_database, *identifier)) return true;
    qualifier = !sql.empty() && sql.front() == '.' ? *identifier : std::string_view{};
  }
  return false;
}

}  // namespace rowmill::source
