// SPDX-License-Identifier: Apache-2.0
//
// What tokens say.
#include "schema/ddl_lexer.h"

namespace rowmill::schema {

namespace {

/// MySQL manual, "Special Character Escape Sequences". `\%` and `\_` stay two characters.
void append_escape(char c, std::string& text) {
  switch (c) {
    case '0':
      text += '\0';
      break;
    case 'b':
      text += '\b';
      break;
    case 'n':
      text += '\n';
      break;
    case 'r':
      text += '\r';
      break;
    case 't':
      text += '\t';
      break;
    case 'Z':
      text += '\x1a';
      break;
    case '%':
    case '_':
      text += '\\';
      text += c;
      break;
    default:
      text += c;
      break;
  }
}

std::optional<unsigned> digit_value(char c, unsigned base) {
  unsigned value = base;
  if (c >= '0' && c <= '9') value = static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') value = static_cast<unsigned>(c - 'a') + 10;
  if (c >= 'A' && c <= 'F') value = static_cast<unsigned>(c - 'A') + 10;
  if (value >= base) return std::nullopt;
  return value;
}

}  // namespace

std::string name_text(const Token& token) {
  if (token.kind != TokenKind::kQuotedName) return std::string(token.text);
  const char quote = token.text.back();
  const std::string_view inner = token.text.substr(1, token.text.size() - 2);
  std::string name;
  name.reserve(inner.size());
  for (size_t i = 0; i < inner.size(); ++i) {
    name += inner[i];
    if (inner[i] == quote) ++i;
  }
  return name;
}

std::string string_text(const Token& token, uint64_t sql_mode) {
  const bool escapes = (sql_mode & sql_mode::kNoBackslashEscapes) == 0;
  const char quote = token.text.back();
  const size_t open = token.text.find(quote);
  const std::string_view inner = token.text.substr(open + 1, token.text.size() - open - 2);
  std::string text;
  text.reserve(inner.size());
  for (size_t i = 0; i < inner.size(); ++i) {
    if (escapes && inner[i] == '\\' && i + 1 < inner.size()) {
      append_escape(inner[++i], text);
    } else {
      text += inner[i];
      if (inner[i] == quote) ++i;
    }
  }
  return text;
}

std::optional<std::string> bytes_text(const Token& token) {
  std::string_view digits = token.text.substr(2);
  if (!digits.empty() && digits.back() == '\'') digits.remove_suffix(1);
  const bool hex = token.text.find_first_of("xX") < 2;
  const unsigned base = hex ? 16 : 2;
  const size_t in_a_byte = hex ? 2 : 8;
  std::string bytes;
  unsigned value = 0;
  // The first byte may lack leading zeros.
  size_t missing = (in_a_byte - digits.size() % in_a_byte) % in_a_byte;
  for (const char c : digits) {
    const auto digit = digit_value(c, base);
    if (!digit) return std::nullopt;
    value = value * base + *digit;
    if (++missing == in_a_byte) {
      bytes += static_cast<char>(value);
      value = 0;
      missing = 0;
    }
  }
  return bytes;
}

bool is_word(std::string_view text, std::string_view upper) {
  if (text.size() != upper.size()) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i] >= 'a' && text[i] <= 'z' ? static_cast<char>(text[i] - 32) : text[i];
    if (c != upper[i]) return false;
  }
  return true;
}

}  // namespace rowmill::schema
