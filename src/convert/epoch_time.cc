// SPDX-License-Identifier: Apache-2.0
#include "convert/epoch_time.h"

#include <chrono>
#include <limits>

#include "convert/calendar.h"
#include "convert/json_writer.h"

namespace rowmill::convert {
namespace {

using model::Date;
using model::DateTime;
using model::Time;
using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::nanoseconds;
using std::chrono::seconds;

template <bool nullable>
CellOutcome append_day(const Date& date, std::string& out) {
  if (has_zero(date)) return append_zero_date<nullable>("0", out);
  const auto day = calendar_day(date);
  if (!day.ok()) return CellOutcome::kNoSuchDay;
  append_number(out, int64_t{std::chrono::sys_days(day).time_since_epoch().count()});
  return CellOutcome::kWritten;
}

template <typename Unit, bool nullable>
CellOutcome append_since_epoch(const DateTime& value, std::string& out) {
  if (has_zero(value.date)) return append_zero_date<nullable>("0", out);
  const auto day = calendar_day(value.date);
  if (!day.ok()) return CellOutcome::kNoSuchDay;
  const microseconds moment = std::chrono::sys_days(day).time_since_epoch() + hours(value.hour) +
                              minutes(value.minute) + seconds(value.second) +
                              microseconds(value.microsecond);
  if constexpr (std::is_same_v<Unit, nanoseconds>) {
    constexpr auto kLast = std::chrono::floor<microseconds>(nanoseconds::max());
    constexpr auto kFirst = std::chrono::ceil<microseconds>(nanoseconds::min());
    if (moment > kLast || moment < kFirst) return CellOutcome::kBeyondForm;
  }
  append_number(out, int64_t{std::chrono::floor<Unit>(moment).count()});
  return CellOutcome::kWritten;
}

microseconds duration_of(const Time& time) {
  const microseconds size = hours(time.hour) + minutes(time.minute) + seconds(time.second) +
                            microseconds(time.microsecond);
  return time.negative ? -size : size;
}

template <typename Unit>
void append_duration(const Time& time, std::string& out) {
  append_number(out, int64_t{std::chrono::floor<Unit>(duration_of(time)).count()});
}

/// Debezium's Time.toMilliOfDay casts to int, so that longer times change their sign.
CellOutcome append_short_duration(const Time& time, std::string& out) {
  const auto count = std::chrono::floor<milliseconds>(duration_of(time)).count();
  if (count > std::numeric_limits<int32_t>::max() || count < std::numeric_limits<int32_t>::min()) {
    return CellOutcome::kBeyondForm;
  }
  append_number(out, int64_t{count});
  return CellOutcome::kWritten;
}

/// The bounds are those of Kafka's org.apache.kafka.connect.data.Time.fromLogical.
CellOutcome append_millisecond_of_day(const Time& time, std::string& out) {
  const auto since_midnight = duration_of(time);
  if (since_midnight < microseconds(0) || since_midnight > hours(24)) {
    return CellOutcome::kBeyondForm;
  }
  append_number(out, int64_t{std::chrono::floor<milliseconds>(since_midnight).count()});
  return CellOutcome::kWritten;
}

template <typename Unit>
CellWriter since_epoch_writer(bool nullable) {
  return nullable ? write_held<DateTime, append_since_epoch<Unit, true>>
                  : write_held<DateTime, append_since_epoch<Unit, false>>;
}

}  // namespace

CellWriter epoch_day_writer(const model::Column& column) {
  return column.nullable ? write_held<Date, append_day<true>> : write_held<Date, append_day<false>>;
}

CellWriter epoch_writer(const model::Column& column, TimeUnit unit) {
  switch (unit) {
    case TimeUnit::kMilliseconds:
      return since_epoch_writer<milliseconds>(column.nullable);
    case TimeUnit::kMicroseconds:
      return since_epoch_writer<microseconds>(column.nullable);
    case TimeUnit::kNanoseconds:
      break;
  }
  return since_epoch_writer<nanoseconds>(column.nullable);
}

CellWriter duration_writer(TimeUnit unit) {
  switch (unit) {
    case TimeUnit::kMilliseconds:
      return write_held<Time, append_duration<milliseconds>>;
    case TimeUnit::kMicroseconds:
      return write_held<Time, append_duration<microseconds>>;
    case TimeUnit::kNanoseconds:
      break;
  }
  return write_held<Time, append_duration<nanoseconds>>;
}

CellWriter short_duration_writer() { return write_held<Time, append_short_duration>; }
CellWriter millisecond_of_day_writer() { return write_held<Time, append_millisecond_of_day>; }

}  // namespace rowmill::convert
