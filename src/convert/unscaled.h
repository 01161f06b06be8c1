// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rowmill::convert {

/// An integer of up to 76 digits, which holds those of any DECIMAL: what Connect's Decimal keeps of
/// a number, its scale being part of the schema. A value; allocates nothing.
class Unscaled {
 public:
  [[nodiscard]] static Unscaled of(uint64_t value);
  /// The digits of a DECIMAL as the server prints it, such as "-0.50"; absent if it is none.
  [[nodiscard]] static std::optional<Unscaled> of(std::string_view decimal);

  /// Appends the shortest two's complement, big endian, as a Base64 string: what Connect's
  /// JsonConverter writes for org.apache.kafka.connect.data.Decimal (BigInteger.toByteArray).
  void append_base64(std::string& out) const;

 private:
  static constexpr size_t kLimbs = 8;

  void multiply_and_add(uint32_t factor, uint32_t addend);
  void negate();

  /// Two's complement, least significant first.
  std::array<uint32_t, kLimbs> limbs_{};
};

}  // namespace rowmill::convert
