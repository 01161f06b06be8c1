// SPDX-License-Identifier: Apache-2.0
#include "support/cell_bytes.h"

#include <array>
#include <string>

namespace rowmill::test {
namespace {

/// Microseconds in units of the stored fraction: hundredths, ten-thousandths or microseconds.
uint64_t stored_fraction(uint32_t microsecond, size_t bytes) {
  constexpr std::array<uint32_t, 4> kUnit = {1'000'000, 10'000, 100, 1};
  return microsecond / kUnit.at(bytes);
}

size_t fraction_bytes(uint8_t digits) { return (digits + 1U) / 2; }

/// Nine digits in four bytes, fewer in as many as they need.
Bytes digit_group(std::string_view digits) {
  constexpr std::array<size_t, 10> kBytes = {0, 1, 1, 2, 2, 3, 3, 4, 4, 4};
  if (digits.empty()) return {};
  return big_endian(std::stoul(std::string(digits)), kBytes.at(digits.size()));
}

}  // namespace

Bytes big_endian(uint64_t value, size_t width) {
  Bytes bytes(width);
  for (size_t i = width; i-- > 0; value >>= 8) bytes[i] = static_cast<std::byte>(value);
  return bytes;
}

Bytes counted(std::span<const std::byte> data, size_t width) {
  return little_endian(data.size(), width) + Bytes(data.begin(), data.end());
}

Bytes counted(std::string_view data, size_t width) {
  return counted(std::as_bytes(std::span(data)), width);
}

Bytes decimal_cell(std::string_view digits, size_t precision, size_t scale) {
  constexpr size_t kGroup = 9;
  const bool negative = digits.starts_with('-');
  const std::string_view unsigned_digits = digits.substr(negative ? 1 : 0);
  const size_t point = unsigned_digits.find('.');
  std::string integer(unsigned_digits.substr(0, point));
  std::string_view fraction;
  if (point != std::string_view::npos) fraction = unsigned_digits.substr(point + 1);
  if (integer == "0") integer.clear();
  integer.insert(0, precision - scale - integer.size(), '0');

  const std::string_view left = integer;
  Bytes cell = digit_group(left.substr(0, left.size() % kGroup));
  for (size_t i = left.size() % kGroup; i < left.size(); i += kGroup) {
    cell = cell + digit_group(left.substr(i, kGroup));
  }
  for (size_t i = 0; i < fraction.size(); i += kGroup) {
    cell = cell + digit_group(fraction.substr(i, kGroup));
  }
  if (negative) {
    for (std::byte& byte : cell) byte = ~byte;
  }
  cell.front() ^= std::byte{0x80};
  return cell;
}

Bytes date_cell(const model::Date& date) {
  return little_endian((date.year * 16U + date.month) * 32U + date.day, 3);
}

Bytes time_cell(const model::Time& time) {
  const size_t bytes = fraction_bytes(time.fraction_digits);
  const auto clock = (uint64_t{time.hour} << 12) | (uint64_t{time.minute} << 6) | time.second;
  const uint64_t magnitude = (clock << (8 * bytes)) | stored_fraction(time.microsecond, bytes);
  const uint64_t zero = uint64_t{0x800000} << (8 * bytes);
  return big_endian(time.negative ? zero - magnitude : zero + magnitude, 3 + bytes);
}

Bytes datetime_cell(const model::DateTime& datetime) {
  const size_t bytes = fraction_bytes(datetime.fraction_digits);
  const uint64_t months = uint64_t{datetime.date.year} * 13 + datetime.date.month;
  const uint64_t packed = (uint64_t{1} << 39) | (months << 22) |
                          (uint64_t{datetime.date.day} << 17) | (uint64_t{datetime.hour} << 12) |
                          (uint64_t{datetime.minute} << 6) | datetime.second;
  return big_endian(packed, 5) + big_endian(stored_fraction(datetime.microsecond, bytes), bytes);
}

Bytes timestamp_cell(const model::Timestamp& timestamp) {
  const size_t bytes = fraction_bytes(timestamp.fraction_digits);
  return big_endian(static_cast<uint64_t>(timestamp.seconds), 4) +
         big_endian(stored_fraction(timestamp.microsecond, bytes), bytes);
}

}  // namespace rowmill::test
