// SPDX-License-Identifier: Apache-2.0
#include "binlog/internal/temporal.h"

#include <array>
#include <string>

// MySQL manual, "Date and Time Data Type Representation"; server source, sql-common/my_time.cc,
// my_time_packed_from_binary and its neighbours.

namespace rowmill::binlog {
namespace {

constexpr uint16_t kMaxFractionDigits = 6;
constexpr uint32_t kMicrosecondsPerSecond = 1'000'000;
/// Microseconds in one unit of a fraction of 0 to 3 bytes: hundredths, ten-thousandths,
/// microseconds.
constexpr std::array<uint32_t, 4> kMicrosecondsPerUnit = {0, 10000, 100, 1};
constexpr unsigned kPackedFractionBits = 24;

base::Error corrupt(std::string_view what) {
  return base::Error(base::ErrorKind::kCorrupt, std::string(what));
}

base::Error out_of_range(std::string_view type) {
  return corrupt(std::string(type) + " with a field out of range");
}

base::Result<void> check_fraction_digits(uint16_t digits) {
  if (digits > kMaxFractionDigits) {
    return corrupt("a column with " + std::to_string(digits) + " fraction digits cannot be");
  }
  return {};
}

/// `digits` bits from bit `shift` of `bits`.
constexpr uint32_t field(uint64_t bits, unsigned shift, unsigned digits) {
  return static_cast<uint32_t>(bits >> shift & ((uint64_t{1} << digits) - 1));
}

/// Hour 10 (or more) bits, minute 6, second 6.
base::Result<model::Time> make_time(bool negative, uint64_t fields, uint32_t microsecond,
                                    uint8_t fraction_digits) {
  const uint64_t hour = fields >> 12;
  const uint32_t minute = field(fields, 6, 6);
  const uint32_t second = field(fields, 0, 6);
  if (hour > 838 || minute > 59 || second > 59 || microsecond >= kMicrosecondsPerSecond) {
    return out_of_range("TIME");
  }
  return model::Time{.negative = negative,
                     .minute = static_cast<uint8_t>(minute),
                     .second = static_cast<uint8_t>(second),
                     .fraction_digits = fraction_digits,
                     .hour = static_cast<uint16_t>(hour),
                     .microsecond = microsecond};
}

/// Year * 13 + month, day 5 bits, hour 5, minute 6, second 6.
base::Result<model::DateTime> make_datetime(uint64_t fields, uint32_t microsecond,
                                            uint8_t fraction_digits) {
  const uint64_t months = fields >> 22;
  const uint64_t year = months / 13;
  const uint32_t hour = field(fields, 12, 5);
  const uint32_t minute = field(fields, 6, 6);
  const uint32_t second = field(fields, 0, 6);
  if (year > 9999 || hour > 23 || minute > 59 || second > 59 ||
      microsecond >= kMicrosecondsPerSecond) {
    return out_of_range("DATETIME");
  }
  return model::DateTime{.date = {.year = static_cast<uint16_t>(year),
                                  .month = static_cast<uint8_t>(months % 13),
                                  .day = static_cast<uint8_t>(field(fields, 17, 5))},
                         .hour = static_cast<uint8_t>(hour),
                         .minute = static_cast<uint8_t>(minute),
                         .second = static_cast<uint8_t>(second),
                         .fraction_digits = fraction_digits,
                         .microsecond = microsecond};
}

}  // namespace

/// 3 bytes, least significant first: day 5 bits, month 4, year 15.
base::Result<model::Date> read_date(base::ByteReader& reader) {
  const uint32_t bits = reader.u24();
  const model::Date date{.year = static_cast<uint16_t>(bits >> 9),
                         .month = static_cast<uint8_t>(field(bits, 5, 4)),
                         .day = static_cast<uint8_t>(field(bits, 0, 5))};
  if (date.year > 9999 || date.month > 12) return out_of_range("DATE");
  return date;
}

/// 3 bytes and the fraction as one big-endian number around the middle of its range: the fraction
/// of a negative time borrows from its seconds, so the two cannot be read apart.
base::Result<model::Time> read_time(base::ByteReader& reader, uint16_t fraction_digits) {
  ROWMILL_TRY(check_fraction_digits(fraction_digits));
  const size_t fraction = fraction_bytes(fraction_digits);
  const unsigned fraction_bits = static_cast<unsigned>(fraction) * 8;
  const uint64_t biased = reader.big_endian(3 + fraction);
  if (reader.failed()) return model::Time{};
  const int64_t value = static_cast<int64_t>(biased) - (int64_t{0x800000} << fraction_bits);
  const auto magnitude = static_cast<uint64_t>(value < 0 ? -value : value);
  return make_time(value < 0, magnitude >> fraction_bits,
                   field(magnitude, 0, fraction_bits) * kMicrosecondsPerUnit[fraction],
                   static_cast<uint8_t>(fraction_digits));
}

/// 5 bytes, big endian, the top bit always set; then the fraction.
base::Result<model::DateTime> read_datetime(base::ByteReader& reader, uint16_t fraction_digits) {
  ROWMILL_TRY(check_fraction_digits(fraction_digits));
  constexpr uint64_t kSign = uint64_t{1} << 39;
  const size_t fraction = fraction_bytes(fraction_digits);
  const uint64_t bits = reader.big_endian(5);
  const auto units = static_cast<uint32_t>(reader.big_endian(fraction));
  if (reader.failed()) return model::DateTime{};
  if ((bits & kSign) == 0) return corrupt("DATETIME before the year 0");
  return make_datetime(bits & ~kSign, units * kMicrosecondsPerUnit[fraction],
                       static_cast<uint8_t>(fraction_digits));
}

/// 4 bytes of seconds, big endian and unsigned (MariaDB 11.5 counts to 2106); then the fraction.
base::Result<model::Timestamp> read_timestamp(base::ByteReader& reader, uint16_t fraction_digits) {
  ROWMILL_TRY(check_fraction_digits(fraction_digits));
  const size_t fraction = fraction_bytes(fraction_digits);
  const uint64_t seconds = reader.big_endian(4);
  const uint32_t microsecond =
      static_cast<uint32_t>(reader.big_endian(fraction)) * kMicrosecondsPerUnit[fraction];
  if (microsecond >= kMicrosecondsPerSecond) return out_of_range("TIMESTAMP");
  return model::Timestamp{.seconds = static_cast<int64_t>(seconds),
                          .microsecond = microsecond,
                          .fraction_digits = static_cast<uint8_t>(fraction_digits)};
}

/// 3 bytes, least significant first, signed: HHMMSS in decimal.
base::Result<model::Time> read_old_time(base::ByteReader& reader) {
  constexpr unsigned kUnused = 8;
  const int32_t decimal = static_cast<int32_t>(reader.u24() << kUnused) >> kUnused;
  const auto digits = static_cast<uint32_t>(decimal < 0 ? -decimal : decimal);
  const uint32_t hour = digits / 10000;
  const uint32_t minute = digits / 100 % 100;
  const uint32_t second = digits % 100;
  if (hour > 838 || minute > 59 || second > 59) return out_of_range("TIME");
  return model::Time{.negative = decimal < 0,
                     .minute = static_cast<uint8_t>(minute),
                     .second = static_cast<uint8_t>(second),
                     .hour = static_cast<uint16_t>(hour)};
}

/// 8 bytes, least significant first: YYYYMMDDHHMMSS in decimal.
base::Result<model::DateTime> read_old_datetime(base::ByteReader& reader) {
  uint64_t digits = reader.u64();
  const auto next_pair = [&digits] {
    const uint64_t pair = digits % 100;
    digits /= 100;
    return static_cast<uint8_t>(pair);
  };
  model::DateTime datetime;
  datetime.second = next_pair();
  datetime.minute = next_pair();
  datetime.hour = next_pair();
  datetime.date.day = next_pair();
  datetime.date.month = next_pair();
  if (digits > 9999 || datetime.date.month > 12 || datetime.date.day > 31 || datetime.hour > 23 ||
      datetime.minute > 59 || datetime.second > 59) {
    return out_of_range("DATETIME");
  }
  datetime.date.year = static_cast<uint16_t>(digits);
  return datetime;
}

/// 4 bytes of seconds, least significant first.
base::Result<model::Timestamp> read_old_timestamp(base::ByteReader& reader) {
  return model::Timestamp{.seconds = reader.u32()};
}

base::Result<model::Time> time_of_packed(int64_t packed) {
  const uint64_t magnitude =
      packed < 0 ? 0 - static_cast<uint64_t>(packed) : static_cast<uint64_t>(packed);
  return make_time(packed < 0, magnitude >> kPackedFractionBits,
                   field(magnitude, 0, kPackedFractionBits), kMaxFractionDigits);
}

base::Result<model::DateTime> datetime_of_packed(int64_t packed) {
  if (packed < 0) return corrupt("DATETIME before the year 0");
  const auto bits = static_cast<uint64_t>(packed);
  return make_datetime(bits >> kPackedFractionBits, field(bits, 0, kPackedFractionBits),
                       kMaxFractionDigits);
}

}  // namespace rowmill::binlog
