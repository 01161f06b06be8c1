// SPDX-License-Identifier: Apache-2.0
#include "binlog/internal/utf8.h"

#include <cstring>

namespace rowmill::binlog {
namespace {

uint8_t at(std::span<const std::byte> bytes, size_t index) {
  return std::to_integer<uint8_t>(bytes[index]);
}

bool is_continuation(uint8_t byte) { return (byte & 0xc0) == 0x80; }

/// Length of the well-formed sequence at the start of `bytes`, which is not ASCII; 0 if there is
/// none.
size_t sequence_length(std::span<const std::byte> bytes) {
  const uint8_t first = at(bytes, 0);
  const size_t length = first < 0xc2   ? 0
                        : first < 0xe0 ? 2
                        : first < 0xf0 ? 3
                        : first < 0xf5 ? 4
                                       : 0;
  if (length == 0 || bytes.size() < length) return 0;
  // The second byte carries the special cases: overlong forms, surrogates, beyond U+10FFFF.
  const uint8_t lowest = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
  const uint8_t highest = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
  if (at(bytes, 1) < lowest || at(bytes, 1) > highest) return 0;
  for (size_t i = 2; i < length; ++i) {
    if (!is_continuation(at(bytes, i))) return 0;
  }
  return length;
}

}  // namespace

size_t ascii_prefix(std::span<const std::byte> bytes) {
  constexpr uint64_t kHighBits = 0x8080808080808080;
  size_t count = 0;
  uint64_t word = 0;
  while (bytes.size() - count >= sizeof word) {
    std::memcpy(&word, bytes.data() + count, sizeof word);
    if ((word & kHighBits) != 0) break;
    count += sizeof word;
  }
  while (count < bytes.size() && at(bytes, count) < 0x80) ++count;
  return count;
}

size_t utf8_prefix(std::span<const std::byte> bytes, size_t longest) {
  size_t count = ascii_prefix(bytes);
  while (count < bytes.size()) {
    if (at(bytes, count) < 0x80) {
      count += ascii_prefix(bytes.subspan(count));
      continue;
    }
    const size_t length = sequence_length(bytes.subspan(count));
    if (length == 0 || length > longest) break;
    count += length;
  }
  return count;
}

}  // namespace rowmill::binlog
