// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/byte_reader.h"
#include "base/result.h"

namespace rowmill::binlog {

/// DECIMAL(precision, scale); scale <= precision <= 65 in columns. JSON counts whole groups, up
/// to 81.
struct DecimalFormat {
  uint8_t precision = 0;
  uint8_t scale = 0;
};

/// How many bytes a cell of this format takes; 0 for a format that cannot be.
size_t decimal_bytes(DecimalFormat format);

/// The longest text: 81 digits, sign, leading zero, point.
inline constexpr size_t kMaxDecimalText = 84;

/// Reads a DECIMAL and writes the text that the server prints at the start of `out`: "-0.50", "0",
/// "12.00"; never "-0". Returns that part of `out`; empty after a short read. kCorrupt: an
/// impossible format, or a group with more digits than it has room for.
base::Result<std::string_view> read_decimal(base::ByteReader& reader, DecimalFormat format,
                                            std::span<char, kMaxDecimalText> out);

}  // namespace rowmill::binlog
