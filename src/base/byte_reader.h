// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

#include "base/result.h"

namespace rowmill::base {

/// Reads little- and big-endian fields from a byte span that the caller owns and keeps alive.
/// The first read past the end latches a failure with its offset; that read and all later ones
/// yield zero or empty, so a decoder lists its fields in wire order and asks once, with finish().
/// Counts from the wire must be checked against remaining() before a loop or an allocation.
class ByteReader {
 public:
  explicit ByteReader(std::span<const std::byte> bytes)
      : begin_(bytes.data()), size_(bytes.size()) {}

  [[nodiscard]] size_t offset() const { return offset_; }
  [[nodiscard]] size_t remaining() const { return failed_ ? 0 : size_ - offset_; }
  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] bool at_end() const { return failed_ || offset_ == size_; }

  uint8_t u8() { return static_cast<uint8_t>(little_endian(1)); }
  uint16_t u16() { return static_cast<uint16_t>(little_endian(2)); }
  uint32_t u24() { return static_cast<uint32_t>(little_endian(3)); }
  uint32_t u32() { return static_cast<uint32_t>(little_endian(4)); }
  uint64_t u48() { return little_endian(6); }
  uint64_t u56() { return little_endian(7); }
  uint64_t u64() { return little_endian(8); }

  /// An unsigned integer of `width` bytes (0..8), least significant byte first.
  uint64_t little_endian(size_t width) {
    const std::byte* at = take(width);
    uint64_t value = 0;
    if (at != nullptr) {
      for (size_t i = width; i-- > 0;) value = value << 8 | static_cast<uint64_t>(at[i]);
    }
    return value;
  }
  /// An unsigned integer of `width` bytes (0..8), most significant byte first.
  uint64_t big_endian(size_t width) {
    const std::byte* at = take(width);
    uint64_t value = 0;
    if (at != nullptr) {
      for (size_t i = 0; i < width; ++i) value = value << 8 | static_cast<uint64_t>(at[i]);
    }
    return value;
  }

  /// Length-encoded integer: one byte below 251, or 0xfc, 0xfd, 0xfe and 2, 3, 8 bytes. 0xfb (NULL)
  /// and 0xff are no integers and latch a failure.
  /// MySQL Internals, Protocol::LengthEncodedInteger.
  uint64_t length_encoded();

  /// The next `count` bytes; empty after a failure. The view lives as long as the caller's bytes.
  std::span<const std::byte> bytes(size_t count) {
    const std::byte* at = take(count);
    return at == nullptr ? std::span<const std::byte>{} : std::span(at, count);
  }
  std::string_view text(size_t count) {
    const auto view = bytes(count);
    return {reinterpret_cast<const char*>(view.data()), view.size()};
  }
  std::span<const std::byte> rest() { return bytes(remaining()); }
  std::string_view rest_text() { return text(remaining()); }
  void skip(size_t count) { take(count); }

  /// Latches a failure for a reason that the decoder found, at the present offset.
  void fail() {
    if (!failed_) {
      failed_ = true;
      failed_at_ = offset_;
    }
  }

  /// The end of a decoder: an error of kind kCorrupt that names `what` and the place, if a read was
  /// short or bytes are left over.
  Result<void> finish(std::string_view what) const;
  /// As finish(), for structures that may carry more than we know.
  Result<void> finish_ignoring_rest(std::string_view what) const;

 private:
  const std::byte* take(size_t count) {
    if (failed_ || count > size_ - offset_) {
      fail();
      return nullptr;
    }
    const std::byte* at = begin_ + offset_;
    offset_ += count;
    return at;
  }

  const std::byte* begin_;
  size_t size_;
  size_t offset_ = 0;
  size_t failed_at_ = 0;
  bool failed_ = false;
};

}  // namespace rowmill::base
