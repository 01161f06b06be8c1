// SPDX-License-Identifier: Apache-2.0
#include "schema/ddl_parser_tokens.h"

#include <algorithm>
#include <charconv>

namespace rowmill::schema {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

/// Some of the text from that place on, on one line.
std::string excerpt(std::string_view sql, size_t offset) {
  constexpr size_t kLongest = 60;
  std::string_view rest = sql.substr(std::min(offset, sql.size()));
  const bool cut = rest.size() > kLongest;
  if (cut) {
    size_t end = kLongest;
    while (end > 0 && (static_cast<unsigned char>(rest[end]) & 0xc0) == 0x80) --end;
    rest = rest.substr(0, end);
  }
  std::string text(rest);
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < ' ' || c == 0x7f; }, ' ');
  return text + (cut ? "..." : "");
}

}  // namespace

TokenReader::TokenReader(std::string_view sql, const StatementContext& context)
    : sql_(sql), context_(&context), lexer_(sql, context) {
  current_ = lexer_.next();
  second_ = lexer_.next();
}

Token TokenReader::take() {
  const Token taken = current_;
  current_ = second_;
  if (!failed()) second_ = lexer_.next();
  return taken;
}

bool TokenReader::at_word(std::string_view word) const {
  return current_.kind == TokenKind::kWord && is_word(current_.text, word);
}

bool TokenReader::at_words(std::string_view first, std::string_view second) const {
  return at_word(first) && second_is_one_of({second});
}

bool TokenReader::at_one_of(std::initializer_list<std::string_view> words) const {
  return std::any_of(words.begin(), words.end(), [this](auto word) { return at_word(word); });
}

bool TokenReader::second_is_one_of(std::initializer_list<std::string_view> words) const {
  return second_.kind == TokenKind::kWord &&
         std::any_of(words.begin(), words.end(),
                     [this](auto word) { return is_word(second_.text, word); });
}

bool TokenReader::at_symbol(char symbol) const {
  return current_.kind == TokenKind::kSymbol && current_.text[0] == symbol;
}

bool TokenReader::second_is_symbol(char symbol) const {
  return second_.kind == TokenKind::kSymbol && second_.text[0] == symbol;
}

bool TokenReader::at_name() const {
  return current_.kind == TokenKind::kWord || current_.kind == TokenKind::kQuotedName;
}

bool TokenReader::accept(std::string_view word) {
  if (!at_word(word)) return false;
  take();
  return true;
}

bool TokenReader::accept(std::string_view first, std::string_view second) {
  if (!at_words(first, second)) return false;
  take();
  take();
  return true;
}

bool TokenReader::accept_one_of(std::initializer_list<std::string_view> words) {
  if (!at_one_of(words)) return false;
  take();
  return true;
}

bool TokenReader::accept_symbol(char symbol) {
  if (!at_symbol(symbol)) return false;
  take();
  return true;
}

bool TokenReader::accept_if_not_exists() {
  if (!accept("IF", "NOT")) return false;
  expect("EXISTS");
  return true;
}

void TokenReader::expect(std::string_view word) {
  if (!accept(word)) fail(word);
}

void TokenReader::expect_symbol(char symbol) {
  if (!accept_symbol(symbol)) fail(std::string("\"") + symbol + '"');
}

std::string TokenReader::name() {
  if (!at_name()) {
    fail("a name");
    return {};
  }
  return name_text(take());
}

std::string TokenReader::column_name() {
  accept_symbol('.');
  std::string last = name();
  while (accept_symbol('.')) last = name();
  return last;
}

TableName TokenReader::table_name() {
  if (accept_symbol('.')) return {std::nullopt, name()};
  std::string first = name();
  if (!accept_symbol('.')) return {std::nullopt, std::move(first)};
  return {std::move(first), name()};
}

uint32_t TokenReader::number() {
  uint32_t value = 0;
  const char* const end = current_.text.data() + current_.text.size();
  const auto parsed = std::from_chars(current_.text.data(), end, value);
  const bool whole = parsed.ptr == end || *parsed.ptr == '.';
  if (!at(TokenKind::kNumber) || parsed.ec != std::errc() || !whole) {
    fail("a number below 4294967296");
    return 0;
  }
  take();
  return value;
}

std::string TokenReader::lower_case_word() {
  std::string word = at(TokenKind::kString) ? string_text(take(), context_->sql_mode) : name();
  for (char& c : word) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return word;
}

void TokenReader::skip_parentheses() {
  expect_symbol('(');
  for (size_t depth = 1; depth > 0 && !failed();) {
    if (at_end() || at(TokenKind::kBroken)) fail("\")\"");
    if (at_symbol('(')) ++depth;
    if (at_symbol(')')) --depth;
    take();
  }
}

void TokenReader::skip_to_comma(std::initializer_list<std::string_view> words) {
  while (!at_end() && !at(TokenKind::kBroken) && !at_symbol(',') && !at_symbol(')') &&
         !at_symbol(';') && !at_one_of(words)) {
    if (at_symbol('(')) {
      skip_parentheses();
    } else {
      take();
    }
  }
}

void TokenReader::skip_rest() { current_ = second_ = Token{TokenKind::kEnd, {}, sql_.size()}; }

void TokenReader::fail(std::string_view expected) {
  if (failed()) return;
  std::string message = "expected " + std::string(expected);
  if (at_end()) {
    message += " at the end of the statement";
  } else {
    message += " at byte " + std::to_string(current_.offset) +
               " of the statement, near: " + excerpt(sql_, current_.offset);
  }
  error_.emplace(ErrorKind::kUnsupported, std::move(message));
  skip_rest();
}

Result<void> TokenReader::finish() {
  while (accept_symbol(';')) {
  }
  if (!at_end()) fail("the end of the statement");
  if (failed()) return *error_;
  return {};
}

}  // namespace rowmill::schema
