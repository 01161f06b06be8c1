// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace rowmill::binlog {

// The server's mappings from bytes to Unicode, as charset_tables.cc spells them out. Everything is
// in the Basic Multilingual Plane but the upper half of gb18030, which is one FourByteRun.

/// Marks a code to which the server gives no character. The code that it writes for U+FFFD itself,
/// where there is one, stands beside the tables as `replacement`.
inline constexpr char16_t kNoCharacter = 0xfffd;

/// The 128 characters of the bytes below 0x80 (empty where that is ASCII) and the 128 of those
/// above.
struct SingleByteTable {
  std::string_view name;
  std::u16string_view lower;
  std::u16string_view upper;
  std::optional<uint8_t> replacement{};
};

/// Bytes `first` to `last`, both included.
struct ByteRange {
  uint8_t first;
  uint8_t last;
};

/// The characters of the codes from linear code `first` on; kNoCharacter leaves what was there.
struct CodeBlock {
  uint16_t first;
  std::u16string_view cells;
};

/// Linear codes `first` to `first + count - 1` are `character`, `character` + 1, and so on; all
/// kNoCharacter if `character` is.
struct CodeRun {
  uint16_t first;
  uint16_t count;
  char16_t character;
};

/// Two-byte codes. The linear code is (rank of lead among all leads) * (number of trails) + (rank
/// of trail). Filled in this order: the same codes of `base`, then blocks, then runs.
struct CodePlane {
  std::span<const ByteRange> leads;
  std::span<const ByteRange> trails;
  const CodePlane* base = nullptr;
  std::span<const CodeBlock> blocks{};
  std::span<const CodeRun> runs{};
};

/// Linear four-byte codes of gb18030, ((b1-81)*10 + b2-30)*1260 + (b3-81)*10 + b4-30, that map to
/// consecutive characters. Sorted by `first`.
struct FourByteRun {
  uint32_t first;
  uint32_t count;
  char32_t character;
};

/// How the bytes of a multi-byte character set make codes. All have ASCII below 0x80.
enum class MultibyteForm : uint8_t {
  /// Two bytes.
  kDoubleByte,
  /// One byte A1..DF for half-width katakana, or two bytes.
  kShiftJis,
  /// 8E and A1..DF for half-width katakana, 8F and two bytes of plane `three`, or two bytes.
  kEucJapanese,
  /// Four bytes where the second is 30..39, or two bytes.
  kGb18030,
};

struct MultibyteTable {
  std::string_view name;
  MultibyteForm form;
  CodePlane two;
  CodePlane three{};
  std::span<const FourByteRun> four{};
  /// Lead in the high byte.
  std::optional<uint16_t> replacement{};
};

std::span<const SingleByteTable> single_byte_tables();
std::span<const MultibyteTable> multibyte_tables();

}  // namespace rowmill::binlog
