// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace rowmill::binlog {

/// How many bytes at the start of `bytes` are below 0x80.
size_t ascii_prefix(std::span<const std::byte> bytes);

/// How many bytes at the start of `bytes` are well-formed UTF-8 (Unicode, table 3-7: no overlong
/// forms, no surrogates, nothing above U+10FFFF) in sequences of at most `longest` bytes, 3 or 4.
size_t utf8_prefix(std::span<const std::byte> bytes, size_t longest);

/// Writes a character (no surrogate, at most U+10FFFF) in UTF-8; returns the place after it. `at`
/// has room for four bytes, or three when the character is below U+10000.
inline char* append_utf8(char* at, char32_t character) {
  if (character < 0x80) {
    *at++ = static_cast<char>(character);
  } else if (character < 0x800) {
    *at++ = static_cast<char>(0xc0 | character >> 6);
    *at++ = static_cast<char>(0x80 | (character & 0x3f));
  } else if (character < 0x10000) {
    *at++ = static_cast<char>(0xe0 | character >> 12);
    *at++ = static_cast<char>(0x80 | (character >> 6 & 0x3f));
    *at++ = static_cast<char>(0x80 | (character & 0x3f));
  } else {
    *at++ = static_cast<char>(0xf0 | character >> 18);
    *at++ = static_cast<char>(0x80 | (character >> 12 & 0x3f));
    *at++ = static_cast<char>(0x80 | (character >> 6 & 0x3f));
    *at++ = static_cast<char>(0x80 | (character & 0x3f));
  }
  return at;
}

}  // namespace rowmill::binlog
