// SPDX-License-Identifier: Apache-2.0
#include "source/statement.h"

#include <algorithm>
#include <array>
#include <optional>

namespace rowmill::source {

namespace {

using Token = SqlScanner::Token;
using Kind = SqlScanner::Kind;

StatementKind classify_xa(SqlScanner scanner) {
  if (scanner.take("START") || scanner.take("BEGIN")) return StatementKind::kXaStart;
  if (scanner.take("END")) return StatementKind::kXaEnd;
  if (scanner.take("COMMIT")) return StatementKind::kXaCommit;
  if (scanner.take("ROLLBACK")) return StatementKind::kXaRollback;
  return StatementKind::kOther;
}

/// After CREATE: whether it is a table that is filled by the same text. Where rows are logged as
/// rows, MySQL ends the text with START TRANSACTION and MariaDB leaves the query out.
bool creates_filled_table(SqlScanner scanner) {
  if (scanner.take("OR")) scanner.take("REPLACE");
  if (!scanner.take("TABLE")) return false;
  bool after_values = false;
  bool after_dot = false;
  while (const auto token = scanner.next()) {
    // Behind a dot every word is a name.
    const bool is_name = after_dot;
    after_dot = token->kind == Kind::kSymbol && token->text == ".";
    if (is_name) continue;
    // Otherwise VALUES describes a partition: VALUES LESS THAN, VALUES IN.
    if (after_values && !is_word(*token, "LESS") && !is_word(*token, "IN")) return true;
    after_values = is_word(*token, "VALUES");
    if (is_word(*token, "SELECT") || is_word(*token, "TABLE")) return true;
  }
  return false;
}

StatementKind classify_set(SqlScanner scanner, QuoteRules rules) {
  // MariaDB: SET STATEMENT max_statement_time=1 FOR INSERT ...
  if (scanner.take("STATEMENT")) {
    while (const auto token = scanner.next()) {
      if (is_word(*token, "FOR")) return classify_statement(scanner.rest(), rules);
    }
    return StatementKind::kOther;
  }
  const bool account = scanner.take("PASSWORD") || scanner.take("DEFAULT");
  return account ? StatementKind::kOther : StatementKind::kHiddenRowChange;
}

std::string without_doubled(std::string_view text, char quote) {
  std::string plain;
  for (size_t i = 0; i < text.size(); ++i) {
    plain += text[i];
    if (text[i] == quote && i + 1 < text.size() && text[i + 1] == quote) ++i;
  }
  return plain;
}

std::string plain_name(const Token& token) {
  if (token.kind != Kind::kQuotedName) return std::string(token.text);
  const char opening = token.text.data()[-1];
  return without_doubled(token.text, opening == '[' ? ']' : opening);
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

StatementKind classify_statement(std::string_view sql, QuoteRules rules) {
  SqlScanner scanner(sql, rules);
  if (scanner.take("BEGIN")) return StatementKind::kBegin;
  if (scanner.take("COMMIT")) return StatementKind::kCommit;
  if (scanner.take("SAVEPOINT")) return StatementKind::kSavepoint;
  if (scanner.take("XA")) return classify_xa(scanner);
  if (scanner.take("ROLLBACK")) {
    scanner.take("WORK");
    return scanner.take("TO") ? StatementKind::kRollbackToSavepoint : StatementKind::kRollback;
  }
  if (scanner.take("CREATE")) {
    return creates_filled_table(scanner) ? StatementKind::kRowChange : StatementKind::kOther;
  }
  if (scanner.take("SET")) return classify_set(scanner, rules);
  if (scanner.take("SELECT") || scanner.take("DO")) return StatementKind::kHiddenRowChange;
  constexpr std::array<std::string_view, 7> kRowChanges = {"INSERT", "UPDATE", "DELETE", "REPLACE",
                                                           "LOAD",   "WITH",   "CALL"};
  const bool changes_rows =
      std::ranges::any_of(kRowChanges, [&](std::string_view verb) { return scanner.take(verb); });
  return changes_rows ? StatementKind::kRowChange : StatementKind::kOther;
}

std::string_view xa_identity(std::string_view sql) {
  SqlScanner scanner(sql);
  scanner.take("XA");
  for (const std::string_view verb : {"START", "BEGIN", "END", "COMMIT", "ROLLBACK"}) {
    if (scanner.take(verb)) break;
  }
  std::string_view identity = scanner.rest();
  identity.remove_prefix(std::min(identity.find_first_not_of(" \n"), identity.size()));
  return identity.substr(0, identity.find_last_not_of(" \n") + 1);
}

std::string xa_identity(const binlog::XaPrepare& prepare) {
  return quoted_hex(prepare.gtrid) + ',' + quoted_hex(prepare.bqual) + ',' +
         std::to_string(prepare.format_id);
}

std::string savepoint_name(std::string_view sql, QuoteRules rules) {
  SqlScanner scanner(sql, rules);
  if (scanner.take("ROLLBACK")) {
    scanner.take("WORK");
    scanner.take("TO");
  }
  scanner.take("SAVEPOINT");
  const auto name = scanner.next();
  return name ? plain_name(*name) : std::string();
}

bool mentions_captured_table(std::string_view sql, std::string_view default_database,
                             const TableFilter& filter, QuoteRules rules) {
  SqlScanner scanner(sql, rules);
  std::string qualifier;
  std::string last;
  while (const auto token = scanner.next()) {
    if (token->kind == Kind::kSymbol) {
      qualifier = token->text == "." ? last : std::string();
      continue;
    }
    // In double quotes it may be a name after all, where the sql_mode is not known.
    if (token->kind == Kind::kString && token->text.data()[-1] == '\'') continue;
    last = plain_name(*token);
    if (!qualifier.empty() && filter.captures(qualifier, last)) return true;
    if (!default_database.empty() && filter.captures(default_database, last)) return true;
    qualifier.clear();
  }
  return false;
}

}  // namespace rowmill::source
