// SPDX-License-Identifier: Apache-2.0
#include "binlog/internal/json_path.h"

#include <algorithm>
#include <charconv>

#include "binlog/internal/utf8.h"

namespace rowmill::binlog {
namespace {

/// No name that the server leaves without quotes has one of these.
bool needs_quotes(char c) {
  return static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '\\' || c == '*' || c == ']';
}

/// The place of the quote that ends the string whose first character `text` begins with.
size_t end_of_string(std::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') return i;
    if (text[i] == '\\') ++i;
  }
  return std::string_view::npos;
}

}  // namespace

JsonPathReader::JsonPathReader(std::string_view path, base::Arena& arena)
    : rest_(path), arena_(arena) {
  failed_ = !take("$");
}

std::optional<JsonPathLeg> JsonPathReader::fail() {
  failed_ = true;
  return std::nullopt;
}

bool JsonPathReader::take(std::string_view expected) {
  if (!rest_.starts_with(expected)) return false;
  rest_.remove_prefix(expected.size());
  return true;
}

std::optional<JsonPathLeg> JsonPathReader::next() {
  if (failed_ || rest_.empty()) return std::nullopt;
  if (take(".\"")) return quoted_name();
  if (take(".")) return name();
  if (take("[")) return cell();
  return fail();
}

std::optional<JsonPathLeg> JsonPathReader::name() {
  const std::string_view key = rest_.substr(0, rest_.find_first_of(".["));
  if (key.empty() || std::ranges::any_of(key, needs_quotes)) return fail();
  rest_.remove_prefix(key.size());
  return JsonPathLeg{.key = key};
}

std::optional<JsonPathLeg> JsonPathReader::quoted_name() {
  const size_t end = end_of_string(rest_);
  if (end == std::string_view::npos) return fail();
  std::string_view key = rest_.substr(0, end);
  rest_.remove_prefix(end + 1);
  if (key.find('\\') != std::string_view::npos && !unescape(key, key)) return fail();
  return JsonPathLeg{.key = key};
}

std::optional<JsonPathLeg> JsonPathReader::cell() {
  JsonPathLeg leg;
  leg.from_end = take("last");
  if (!leg.from_end || take("-")) {
    const auto number = std::from_chars(rest_.data(), rest_.data() + rest_.size(), leg.index);
    if (number.ec != std::errc()) return fail();
    rest_.remove_prefix(static_cast<size_t>(number.ptr - rest_.data()));
  }
  if (!take("]")) return fail();
  return leg;
}

/// The escapes of JSON, but for the surrogates, which the server never writes.
bool JsonPathReader::unescape(std::string_view escaped, std::string_view& out) {
  constexpr std::string_view kNames = "\"\\/bfnrt";
  constexpr std::string_view kNamed = "\"\\/\b\f\n\r\t";
  char* const begin = arena_.allocate(escaped.size());
  char* at = begin;
  for (size_t i = 0; i < escaped.size(); ++i) {
    if (escaped[i] != '\\') {
      *at++ = escaped[i];
      continue;
    }
    const char escape = escaped[++i];  // end_of_string() saw that there is one.
    if (const size_t name = kNames.find(escape); name != std::string_view::npos) {
      *at++ = kNamed[name];
      continue;
    }
    const std::string_view digits = escaped.substr(std::min(i + 1, escaped.size()), 4);
    uint16_t character = 0;
    const auto number =
        std::from_chars(digits.data(), digits.data() + digits.size(), character, 16);
    const bool is_surrogate = character >= 0xd800 && character < 0xe000;
    if (escape != 'u' || digits.size() != 4 || number.ptr != digits.data() + 4 || is_surrogate) {
      return false;
    }
    at = append_utf8(at, character);
    i += 4;
  }
  out = {begin, static_cast<size_t>(at - begin)};
  return true;
}

}  // namespace rowmill::binlog
