// SPDX-License-Identifier: Apache-2.0
#include "binlog/internal/decimal.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

// Server source, strings/decimal.c, "bin2decimal": nine digits in four bytes, most significant
// first; the digits left over at either end in fewer bytes. The first bit is inverted, so that the
// bytes sort; in a negative number all bits are inverted after that.

namespace rowmill::binlog {
namespace {

constexpr size_t kGroupDigits = 9;
constexpr size_t kGroupBytes = 4;
constexpr std::array<uint8_t, kGroupDigits + 1> kBytesOfDigits = {0, 1, 1, 2, 2, 3, 3, 4, 4, 4};
constexpr std::array<uint32_t, kGroupDigits + 1> kPowersOfTen = {
    1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000};
/// DECIMAL_MAX_POSSIBLE_PRECISION.
constexpr size_t kMaxPrecision = 81;
constexpr size_t kMaxBytes = 40;

size_t bytes_of(size_t digits) {
  return digits / kGroupDigits * kGroupBytes + kBytesOfDigits[digits % kGroupDigits];
}

/// Turns the groups of one number into digits, in order.
class GroupReader {
 public:
  explicit GroupReader(std::span<const std::byte> bytes) : reader_(bytes) {}

  /// Appends `count` (at most nine) digits at `out`; returns the place after them.
  char* digits(size_t count, char* out) {
    auto value = static_cast<uint32_t>(reader_.big_endian(kBytesOfDigits[count]));
    fits_ = fits_ && value < kPowersOfTen[count];
    any_ |= value;
    for (size_t i = count; i-- > 0; value /= 10) out[i] = static_cast<char>('0' + value % 10);
    return out + count;
  }

  [[nodiscard]] bool fits() const { return fits_; }
  [[nodiscard]] bool is_zero() const { return any_ == 0; }

 private:
  base::ByteReader reader_;
  bool fits_ = true;
  uint32_t any_ = 0;
};

base::Error corrupt(std::string_view what) {
  return base::Error(base::ErrorKind::kCorrupt, std::string(what));
}

}  // namespace

size_t decimal_bytes(DecimalFormat format) {
  if (format.precision > kMaxPrecision || format.scale > format.precision) return 0;
  return bytes_of(static_cast<size_t>(format.precision - format.scale)) + bytes_of(format.scale);
}

base::Result<std::string_view> read_decimal(base::ByteReader& reader, DecimalFormat format,
                                            std::span<char, kMaxDecimalText> out) {
  const size_t size = decimal_bytes(format);
  if (size == 0) {
    return corrupt("DECIMAL(" + std::to_string(format.precision) + "," +
                   std::to_string(format.scale) + ") cannot be");
  }
  const std::span<const std::byte> logged = reader.bytes(size);
  if (logged.empty()) return std::string_view();

  const bool negative = (logged[0] & std::byte{0x80}) == std::byte{0};
  std::array<std::byte, kMaxBytes> plain;
  for (size_t i = 0; i < size; ++i) plain[i] = negative ? ~logged[i] : logged[i];
  plain[0] ^= std::byte{0x80};
  GroupReader groups(std::span<const std::byte>(plain).first(size));

  // Digits go where they belong; then the sign and the zero before the point take the place of the
  // leading zeros, for which two bytes are left in front.
  char* const integer = out.data() + 2;
  const size_t integer_digits = static_cast<size_t>(format.precision - format.scale);
  char* end = groups.digits(integer_digits % kGroupDigits, integer);
  for (size_t i = integer_digits / kGroupDigits; i > 0; --i) end = groups.digits(kGroupDigits, end);
  char* start = std::find_if(integer, end, [](char digit) { return digit != '0'; });
  if (start == end) *--start = '0';
  if (format.scale > 0) *end++ = '.';
  for (size_t i = format.scale / kGroupDigits; i > 0; --i) end = groups.digits(kGroupDigits, end);
  end = groups.digits(format.scale % kGroupDigits, end);
  if (!groups.fits()) return corrupt("a DECIMAL has a group with too many digits");
  if (negative && !groups.is_zero()) *--start = '-';
  return std::string_view(start, static_cast<size_t>(end - start));
}

}  // namespace rowmill::binlog
