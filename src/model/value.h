// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <variant>

namespace rowmill::model {

// One cell of a row. All alternatives are trivially copyable; those with text or bytes are views
// into the event or into the arena of the decoder, and live until that is reset.

/// SQL NULL.
struct Null {
  bool operator==(const Null&) const = default;
};
/// The column is not in the row image (binlog_row_image other than FULL). Never the same as NULL.
struct Absent {
  bool operator==(const Absent&) const = default;
};
/// DECIMAL as the server prints it, such as "-0.50".
struct Decimal {
  std::string_view digits;
  bool operator==(const Decimal&) const = default;
};
/// Character data, in UTF-8.
struct Text {
  std::string_view utf8;
  bool operator==(const Text&) const = default;
};
struct Bytes {
  std::span<const std::byte> data;
};
/// BIT(width), most significant bit first.
struct Bits {
  uint64_t value = 0;
  uint8_t width = 0;
  bool operator==(const Bits&) const = default;
};
/// 0 (printed 0000) or 1901..2155.
struct Year {
  uint16_t value = 0;
  bool operator==(const Year&) const = default;
};
/// Zero month or day are legal, as are all three zero.
struct Date {
  uint16_t year = 0;
  uint8_t month = 0;
  uint8_t day = 0;
  bool operator==(const Date&) const = default;
};
/// -838:59:59.999999 to 838:59:59.999999; `fraction_digits` is the column's 0..6.
struct Time {
  bool negative = false;
  uint8_t minute = 0;
  uint8_t second = 0;
  uint8_t fraction_digits = 0;
  uint16_t hour = 0;
  uint32_t microsecond = 0;
  bool operator==(const Time&) const = default;
};
/// A date and time of day without a zone.
struct DateTime {
  Date date;
  uint8_t hour = 0;
  uint8_t minute = 0;
  uint8_t second = 0;
  uint8_t fraction_digits = 0;
  uint32_t microsecond = 0;
  bool operator==(const DateTime&) const = default;
};
/// A moment in UTC; seconds 0 with microsecond 0 is MySQL's '0000-00-00 00:00:00', not 1970.
struct Timestamp {
  int64_t seconds = 0;
  uint32_t microsecond = 0;
  uint8_t fraction_digits = 0;
  [[nodiscard]] bool is_zero() const { return seconds == 0 && microsecond == 0; }
  bool operator==(const Timestamp&) const = default;
};
/// The label of an ENUM cell; empty for index 0, the server's error value.
struct EnumLabel {
  std::string_view utf8;
  bool operator==(const EnumLabel&) const = default;
};
/// The labels of a SET cell in definition order, joined by commas, as SELECT prints them.
struct SetLabels {
  std::string_view utf8;
  bool operator==(const SetLabels&) const = default;
};
/// A JSON document as the server prints it, byte for byte.
struct JsonText {
  std::string_view utf8;
  bool operator==(const JsonText&) const = default;
};

/// What an UPDATE changed in a JSON document whose old text is not in the row image, so that the
/// new one is not known (binlog_row_value_options=PARTIAL_JSON with a MINIMAL image): a JSON array
/// of
/// `{"op":"replace"|"insert"|"remove","path":"$.a","value":...}`, to be applied in order. The value
/// is left out for "remove"; values look as in JsonText. Only in `after`.
struct JsonDiffs {
  std::string_view json;
  bool operator==(const JsonDiffs&) const = default;
};
/// WKB with the coordinates in the order in which the server keeps them.
struct Geometry {
  uint32_t srid = 0;
  std::span<const std::byte> wkb;
};
/// float32 numbers, 4 bytes each, little endian, at no particular alignment.
struct Vector {
  std::span<const std::byte> floats;
};

using Value = std::variant<Null, Absent, int64_t, uint64_t, float, double, Decimal, Text, Bytes,
                           Bits, Year, Date, Time, DateTime, Timestamp, EnumLabel, SetLabels,
                           JsonText, JsonDiffs, Geometry, Vector>;

}  // namespace rowmill::model
