// SPDX-License-Identifier: Apache-2.0
#include "convert/json_writer.h"

#include <cassert>
#include <charconv>
#include <cmath>
#include <cstring>

namespace rowmill::convert {
namespace {

constexpr bool needs_escape(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

/// The same question for eight characters at once: true if any of them needs an escape.
constexpr bool any_needs_escape(uint64_t word) {
  constexpr uint64_t kOnes = 0x0101010101010101;
  constexpr uint64_t kHighBits = kOnes * 0x80;
  // x - kOnes borrows into the high bit of a byte that is zero; ~x drops bytes from 0x80 up.
  const uint64_t quote = word ^ (kOnes * '"');
  const uint64_t backslash = word ^ (kOnes * '\\');
  return ((((word - kOnes * 0x20) & ~word) | ((quote - kOnes) & ~quote) |
           ((backslash - kOnes) & ~backslash)) &
          kHighBits) != 0;
}

/// How many characters from the start can be copied as they are.
size_t plain_prefix(std::string_view text) {
  size_t at = 0;
  for (; text.size() - at >= sizeof(uint64_t); at += sizeof(uint64_t)) {
    uint64_t word;
    std::memcpy(&word, text.data() + at, sizeof word);
    if (any_needs_escape(word)) break;
  }
  while (at < text.size() && !needs_escape(text[at])) ++at;
  return at;
}

void append_escape(std::string& out, char c) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default: {
      const auto code = static_cast<unsigned char>(c);
      out += "\\u00";
      out += kHex[code >> 4];
      out += kHex[code & 0xf];
    }
  }
}

template <typename T>
void append_chars(std::string& out, T value) {
  // 24 characters hold the longest double, "-2.2250738585072014e-308".
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out.append(digits, static_cast<size_t>(end - digits));
}

void append_base64(std::string& out, std::span<const std::byte> data, std::string_view alphabet) {
  const size_t begin = out.size();
  // Room for all of it, quotes and padding included; the padding is what is not overwritten below.
  out.resize(begin + (data.size() + 2) / 3 * 4 + 2, '=');
  char* to = out.data() + begin;
  *to++ = '"';
  while (!data.empty()) {
    const size_t count = data.size() < 3 ? data.size() : 3;
    uint32_t group = 0;
    for (size_t i = 0; i < 3; ++i) {
      group = group << 8 | (i < count ? static_cast<uint32_t>(data[i]) : 0);
    }
    for (size_t i = 0; i <= count; ++i) to[i] = alphabet[group >> (18 - 6 * i) & 0x3f];
    to += 4;
    data = data.subspan(count);
  }
  *to = '"';
}

}  // namespace

void append_string(std::string& out, std::string_view utf8) {
  out += '"';
  while (true) {
    const size_t plain = plain_prefix(utf8);
    out.append(utf8.data(), plain);
    if (plain == utf8.size()) break;
    append_escape(out, utf8[plain]);
    utf8.remove_prefix(plain + 1);
  }
  out += '"';
}

void append_base64(std::string& out, std::span<const std::byte> data) {
  append_base64(out, data, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
}

void append_base64_url_safe(std::string& out, std::span<const std::byte> data) {
  append_base64(out, data, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
}

void append_hex(std::string& out, std::span<const std::byte> data) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  const size_t begin = out.size();
  out.resize(begin + data.size() * 2 + 2, '"');
  char* to = out.data() + begin + 1;
  for (const std::byte byte : data) {
    *to++ = kDigits[static_cast<uint8_t>(byte) >> 4];
    *to++ = kDigits[static_cast<uint8_t>(byte) & 0xf];
  }
}

void append_number(std::string& out, int64_t value) { append_chars(out, value); }
void append_number(std::string& out, uint64_t value) { append_chars(out, value); }
void append_number(std::string& out, float value) {
  assert(std::isfinite(value));
  append_chars(out, value);
}
void append_number(std::string& out, double value) {
  assert(std::isfinite(value));
  append_chars(out, value);
}

}  // namespace rowmill::convert
