// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string_view>

#include "binlog/charset.h"
#include "binlog/internal/charset_tables.h"

namespace rowmill::binlog {

// The kinds of character sets behind Charset::find, one source file each.

/// utf8mb4 (`longest` = 4), utf8mb3 (3) and ascii (1): bytes that are UTF-8 already, only checked.
std::unique_ptr<const Charset> make_utf8_charset(std::string_view name, size_t longest);
/// ucs2, utf16, utf16le, utf32.
std::unique_ptr<const Charset> make_ucs2_charset();
std::unique_ptr<const Charset> make_utf16_charset();
std::unique_ptr<const Charset> make_utf16le_charset();
std::unique_ptr<const Charset> make_utf32_charset();
/// One byte, one character.
std::unique_ptr<const Charset> make_single_byte_charset(const SingleByteTable& table);
/// One to four bytes, one character.
std::unique_ptr<const Charset> make_multibyte_charset(const MultibyteTable& table);

/// The error for bytes that mean nothing in `charset`, at `offset` of the text.
base::Error invalid_text(std::string_view charset, std::span<const std::byte> text, size_t offset);

}  // namespace rowmill::binlog
