// SPDX-License-Identifier: Apache-2.0
#include "convert/iso_time.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstring>

#include "convert/calendar.h"

namespace rowmill::convert {
namespace {

using model::Date;
using model::DateTime;
using model::Time;
using model::Timestamp;

/// Room for the longest of the texts below, quotes included: `"2155-12-31T23:59:59.999999Z"`.
using TimeText = std::array<char, 40>;

char digit(uint32_t value) { return static_cast<char>('0' + value % 10); }

char* put_two(char* to, uint32_t value) {
  *to++ = digit(value / 10);
  *to++ = digit(value);
  return to;
}

char* put_date(char* to, const Date& date) {
  to = put_two(to, date.year / 100U);
  to = put_two(to, date.year % 100U);
  *to++ = '-';
  to = put_two(to, date.month);
  *to++ = '-';
  return put_two(to, date.day);
}

char* put_minute_second(char* to, uint32_t minute, uint32_t second) {
  *to++ = ':';
  to = put_two(to, minute);
  *to++ = ':';
  return put_two(to, second);
}

/// The first `digits` of the microseconds' six: ".5" of TIME(1), ".500" of TIME(3).
char* put_fraction(char* to, uint32_t microsecond, uint8_t digits) {
  if (digits == 0) return to;
  *to++ = '.';
  std::array<char, 6> all;
  for (size_t i = all.size(); i-- > 0; microsecond /= 10) all[i] = digit(microsecond);
  const size_t count = std::min<size_t>(digits, all.size());
  std::memcpy(to, all.data(), count);
  return to + count;
}

/// How many digits a fraction has without the zeros at its end.
uint8_t needed_digits(uint32_t microsecond) {
  uint8_t digits = microsecond == 0 ? 0 : 6;
  for (; digits > 0 && microsecond % 10 == 0; microsecond /= 10) --digits;
  return digits;
}

char* put_date_time(char* to, const DateTime& value, uint8_t digits) {
  to = put_date(to, value.date);
  *to++ = 'T';
  to = put_two(to, value.hour);
  to = put_minute_second(to, value.minute, value.second);
  return put_fraction(to, value.microsecond, digits);
}

void append_text(std::string& out, TimeText& text, char* end) {
  *end++ = '"';
  out.append(text.data(), static_cast<size_t>(end - text.data()));
}

void append_date(const Date& date, std::string& out) {
  TimeText text{'"'};
  append_text(out, text, put_date(text.data() + 1, date));
}

void append_time(const Time& time, std::string& out) {
  TimeText text{'"'};
  char* to = text.data() + 1;
  if (time.negative) *to++ = '-';
  if (time.hour >= 100) *to++ = digit(time.hour / 100U);
  to = put_two(to, time.hour % 100U);
  to = put_minute_second(to, time.minute, time.second);
  append_text(out, text, put_fraction(to, time.microsecond, time.fraction_digits));
}

void append_date_time(const DateTime& value, std::string& out) {
  TimeText text{'"'};
  append_text(out, text, put_date_time(text.data() + 1, value, value.fraction_digits));
}

/// The date and time of day in UTC; MySQL's zero timestamp has a zero date.
DateTime to_date_time(const Timestamp& timestamp) {
  DateTime result;
  result.fraction_digits = timestamp.fraction_digits;
  if (timestamp.is_zero()) return result;
  const std::chrono::sys_seconds moment{std::chrono::seconds(timestamp.seconds)};
  const auto midnight = std::chrono::floor<std::chrono::days>(moment);
  const std::chrono::year_month_day date(midnight);
  const std::chrono::hh_mm_ss time(moment - midnight);
  result.date.year = static_cast<uint16_t>(static_cast<int>(date.year()));
  result.date.month = static_cast<uint8_t>(static_cast<unsigned>(date.month()));
  result.date.day = static_cast<uint8_t>(static_cast<unsigned>(date.day()));
  result.hour = static_cast<uint8_t>(time.hours().count());
  result.minute = static_cast<uint8_t>(time.minutes().count());
  result.second = static_cast<uint8_t>(time.seconds().count());
  result.microsecond = timestamp.microsecond;
  return result;
}

void append_timestamp(const Timestamp& timestamp, std::string& out) {
  TimeText text{'"'};
  char* to = put_date_time(text.data() + 1, to_date_time(timestamp), timestamp.fraction_digits);
  *to++ = 'Z';
  append_text(out, text, to);
}

template <bool nullable>
CellOutcome append_zoned_timestamp(const Timestamp& timestamp, std::string& out) {
  // Debezium's fallback has no fraction, whatever the column has.
  if (timestamp.is_zero()) return append_zero_date<nullable>(R"("1970-01-01T00:00:00Z")", out);
  append_timestamp(timestamp, out);
  return CellOutcome::kWritten;
}

template <bool nullable>
CellOutcome append_iso_date(const Date& date, std::string& out) {
  if (has_zero(date)) return append_zero_date<nullable>(R"("1970-01-01Z")", out);
  if (!calendar_day(date).ok()) return CellOutcome::kNoSuchDay;
  TimeText text{'"'};
  char* to = put_date(text.data() + 1, date);
  *to++ = 'Z';
  append_text(out, text, to);
  return CellOutcome::kWritten;
}

CellOutcome append_iso_time(const Time& time, std::string& out) {
  // Debezium wraps 24:00:00 around to 00:00:00 (IsoTime.toIsoString).
  if (time.hour >= 24 ||
      (time.negative && time != Time{.negative = true, .fraction_digits = time.fraction_digits})) {
    return CellOutcome::kBeyondForm;
  }
  TimeText text{'"'};
  char* to = put_two(text.data() + 1, time.hour);
  to = put_minute_second(to, time.minute, time.second);
  to = put_fraction(to, time.microsecond, needed_digits(time.microsecond));
  *to++ = 'Z';
  append_text(out, text, to);
  return CellOutcome::kWritten;
}

template <bool nullable>
CellOutcome append_iso_timestamp(const DateTime& value, std::string& out) {
  if (has_zero(value.date)) return append_zero_date<nullable>(R"("1970-01-01T00:00:00Z")", out);
  if (!calendar_day(value.date).ok()) return CellOutcome::kNoSuchDay;
  TimeText text{'"'};
  char* to = put_date_time(text.data() + 1, value, needed_digits(value.microsecond));
  *to++ = 'Z';
  append_text(out, text, to);
  return CellOutcome::kWritten;
}

}  // namespace

CellWriter date_writer() { return write_held<Date, append_date>; }
CellWriter time_writer() { return write_held<Time, append_time>; }
CellWriter date_time_writer() { return write_held<DateTime, append_date_time>; }
CellWriter timestamp_writer() { return write_held<Timestamp, append_timestamp>; }

CellWriter zoned_timestamp_writer(const model::Column& column) {
  return column.nullable ? write_held<Timestamp, append_zoned_timestamp<true>>
                         : write_held<Timestamp, append_zoned_timestamp<false>>;
}

CellWriter iso_date_writer(const model::Column& column) {
  return column.nullable ? write_held<Date, append_iso_date<true>>
                         : write_held<Date, append_iso_date<false>>;
}

CellWriter iso_time_writer() { return write_held<Time, append_iso_time>; }

CellWriter iso_timestamp_writer(const model::Column& column) {
  return column.nullable ? write_held<DateTime, append_iso_timestamp<true>>
                         : write_held<DateTime, append_iso_timestamp<false>>;
}

}  // namespace rowmill::convert
