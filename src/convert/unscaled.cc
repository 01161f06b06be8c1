// SPDX-License-Identifier: Apache-2.0
#include "convert/unscaled.h"

#include <cstddef>

#include "convert/json_writer.h"

namespace rowmill::convert {

Unscaled Unscaled::of(uint64_t value) {
  Unscaled result;
  result.limbs_[0] = static_cast<uint32_t>(value);
  result.limbs_[1] = static_cast<uint32_t>(value >> 32);
  return result;
}

std::optional<Unscaled> Unscaled::of(std::string_view decimal) {
  constexpr size_t kMostDigits = 76;
  const bool negative = decimal.starts_with('-');
  if (negative) decimal.remove_prefix(1);
  Unscaled result;
  size_t digits = 0;
  size_t points = 0;
  // Nine digits fit into 32 bits: one pass over the limbs for each nine.
  uint32_t group = 0;
  uint32_t power = 1;
  for (const char c : decimal) {
    if (c == '.') {
      ++points;
      continue;
    }
    if (c < '0' || c > '9' || ++digits > kMostDigits) return std::nullopt;
    group = group * 10 + static_cast<uint32_t>(c - '0');
    power *= 10;
    if (power == 1'000'000'000) {
      result.multiply_and_add(power, group);
      group = 0;
      power = 1;
    }
  }
  if (digits == 0 || points > 1) return std::nullopt;
  result.multiply_and_add(power, group);
  if (negative) result.negate();
  return result;
}

void Unscaled::multiply_and_add(uint32_t factor, uint32_t addend) {
  uint64_t carry = addend;
  for (uint32_t& limb : limbs_) {
    carry += uint64_t{limb} * factor;
    limb = static_cast<uint32_t>(carry);
    carry >>= 32;
  }
}

void Unscaled::negate() {
  uint64_t carry = 1;
  for (uint32_t& limb : limbs_) {
    carry += static_cast<uint32_t>(~limb);
    limb = static_cast<uint32_t>(carry);
    carry >>= 32;
  }
}

void Unscaled::append_base64(std::string& out) const {
  std::array<std::byte, kLimbs * 4> bytes;
  for (size_t i = 0; i < bytes.size(); ++i) {
    const uint32_t limb = limbs_[kLimbs - 1 - i / 4];
    bytes[i] = static_cast<std::byte>(limb >> (24 - i % 4 * 8));
  }
  // A first byte that only repeats the sign of the one after it says nothing.
  constexpr std::byte kSign{0x80};
  size_t first = 0;
  while (first + 1 < bytes.size()) {
    const std::byte filler =
        (bytes[first + 1] & kSign) != std::byte{0} ? std::byte{0xff} : std::byte{0};
    if (bytes[first] != filler) break;
    ++first;
  }
  convert::append_base64(out, std::span(bytes).subspan(first));
}

}  // namespace rowmill::convert
