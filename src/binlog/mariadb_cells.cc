// SPDX-License-Identifier: Apache-2.0
#include "binlog/internal/mariadb_cells.h"

#include <zlib.h>

#include <array>
#include <charconv>
#include <string>

#include "base/byte_reader.h"

// MariaDB 10.11: plugin/type_uuid/sql_type_uuid.h, plugin/type_inet/sql_type_inet.cc
// (Inet4::to_string, Inet6::to_string), Field_longstr::uncompress in sql/field.cc and
// sql/field_comp.cc.

namespace rowmill::binlog {

using base::ByteReader;
using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

constexpr size_t kInet4Text = 15;  // 255.255.255.255
constexpr size_t kInet6Text =
    46;  // Eight groups of four digits, or six of them and an IPv4 address.
constexpr size_t kUuidText = 36;

char* append_number(char* out, unsigned value, int base) {
  constexpr ptrdiff_t kMostDigits = 5;
  return std::to_chars(out, out + kMostDigits, value, base).ptr;
}

char* append_inet4(char* out, std::span<const std::byte> bytes) {
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (i != 0) *out++ = '.';
    out = append_number(out, static_cast<unsigned>(bytes[i]), 10);
  }
  return out;
}

/// Groups of zeros that are written as "::".
struct Gap {
  size_t begin = 0;
  size_t length = 0;
};

constexpr size_t kGroups = 8;
using Groups = std::array<unsigned, kGroups>;

/// The first of the longest runs of zeros; one zero is enough, other than in RFC 5952.
Gap longest_gap(const Groups& groups) {
  Gap longest;
  for (size_t begin = 0; begin < kGroups; ++begin) {
    size_t end = begin;
    while (end < kGroups && groups[end] == 0) ++end;
    if (end - begin > longest.length) longest = {.begin = begin, .length = end - begin};
  }
  return longest;
}

char* append_inet6(char* out, std::span<const std::byte> bytes) {
  Groups groups{};
  ByteReader reader(bytes);
  for (unsigned& group : groups) group = static_cast<unsigned>(reader.big_endian(2));
  const Gap gap = longest_gap(groups);
  // ::1.2.3.4 and ::ffff:1.2.3.4
  const bool ends_as_inet4 =
      gap.begin == 0 && (gap.length == 6 || (gap.length == 5 && groups[5] == 0xffff));
  for (size_t i = 0; i < kGroups; ++i) {
    if (gap.length != 0 && i == gap.begin) {
      if (i == 0) *out++ = ':';
      *out++ = ':';
      i += gap.length - 1;
    } else if (ends_as_inet4 && i == 6) {
      return append_inet4(out, bytes.last(4));
    } else {
      out = append_number(out, groups[i], 16);
      if (i + 1 != kGroups) *out++ = ':';
    }
  }
  return out;
}

/// Groups of 8, 4, 4, 4 and 12 digits.
char* append_uuid(char* out, std::span<const std::byte> bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) *out++ = '-';
    *out++ = kDigits[static_cast<unsigned>(bytes[i]) >> 4];
    *out++ = kDigits[static_cast<unsigned>(bytes[i]) & 0x0f];
  }
  return out;
}

Error damaged(int status) {
  return Error(ErrorKind::kCorrupt,
               "compressed column is damaged (zlib: " + std::to_string(status) + ")");
}

Error too_long(uint64_t length, size_t packed_bytes) {
  return Error(ErrorKind::kCorrupt, "compressed column says to have " + std::to_string(length) +
                                        " bytes in " + std::to_string(packed_bytes));
}

/// `stream` must inflate to exactly `size` bytes.
Result<std::span<const std::byte>> inflate_column(std::span<const std::byte> stream, size_t size,
                                                  bool zlib_header, base::Arena& arena) {
  z_stream state{};
  const int opened = inflateInit2(&state, zlib_header ? MAX_WBITS : -MAX_WBITS);
  if (opened != Z_OK) {
    return Error(ErrorKind::kFatal, "zlib does not start: " + std::to_string(opened));
  }
  char* const unpacked = arena.allocate(size);
  state.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(stream.data()));
  state.avail_in = static_cast<uInt>(stream.size());
  state.next_out = reinterpret_cast<Bytef*>(unpacked);
  state.avail_out = static_cast<uInt>(size);
  const int status = inflate(&state, Z_FINISH);
  inflateEnd(&state);
  if (status != Z_STREAM_END || state.avail_in != 0 || state.avail_out != 0) {
    return damaged(status);
  }
  return std::as_bytes(std::span(unpacked, size));
}

}  // namespace

std::string_view mariadb_text(StringForm form, std::span<const std::byte> bytes,
                              base::Arena& arena) {
  char* const text = arena.allocate(kInet6Text);
  static_assert(kInet4Text < kInet6Text && kUuidText < kInet6Text);
  char* end = text;
  switch (form) {
    case StringForm::kUuid:
      end = append_uuid(text, bytes);
      break;
    case StringForm::kInet4:
      end = append_inet4(text, bytes);
      break;
    case StringForm::kInet6:
      end = append_inet6(text, bytes);
      break;
    case StringForm::kPlain:
      break;
  }
  const auto used = static_cast<size_t>(end - text);
  arena.shrink_last(text, used);
  return {text, used};
}

/// Nothing for an empty value; else head 1 (method << 4, 8 for a stream without zlib's header, size
/// of the length), length of the original, most significant byte first, deflate stream. Method 0:
/// the value itself follows.
Result<std::span<const std::byte>> unpack_column(std::span<const std::byte> packed, size_t most,
                                                 base::Arena& arena) {
  constexpr unsigned kPlain = 0;
  constexpr unsigned kZlib = 8;
  constexpr uint8_t kWithoutHeader = 0x08;
  /// Deflate packs no better.
  constexpr size_t kMaxDeflateRatio = 1032;
  if (packed.empty()) return packed;
  ByteReader reader(packed);
  const uint8_t head = reader.u8();
  const unsigned method = head >> 4;
  if (method == kPlain) {
    const auto plain = reader.rest();
    if (plain.size() > most) return too_long(plain.size(), packed.size());
    return plain;
  }
  if (method != kZlib) {
    return Error(ErrorKind::kUnsupported,
                 "method " + std::to_string(method) + " of a compressed column is not known");
  }
  const uint64_t length = reader.big_endian(head & 0x07);
  const auto stream = reader.rest();
  if (reader.failed() || length > most || length > stream.size() * kMaxDeflateRatio) {
    return too_long(length, packed.size());
  }
  return inflate_column(stream, length, (head & kWithoutHeader) == 0, arena);
}

}  // namespace rowmill::binlog
