// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "convert/form_fixture.h"

namespace rowmill::convert {
namespace {

using enum model::ColumnKind;
using model::Date;
using model::DateTime;
using model::Time;
using model::Timestamp;

constexpr Date kLeap{2024, 2, 29};
constexpr Date kEpoch{1970, 1, 1};
const std::string kBeyond = refused(CellOutcome::kBeyondForm);
const std::string kNoSuchDay = refused(CellOutcome::kNoSuchDay);

FormSettings in(TimeMode mode) { return {.time = mode}; }

constexpr Time time_of(bool negative, uint16_t hour, uint32_t microsecond, uint8_t digits) {
  return Time{negative, 59, 58, digits, hour, microsecond};
}

TEST(YearForm, IsANumber) {
  EXPECT_EQ(written(typed(kYear), model::Year{2155}), "2155");
  EXPECT_EQ(written(typed(kYear), model::Year{0}), "0");
}

TEST(IsoForms, AreWhatTheServerPrintsWithZeros) {
  EXPECT_EQ(written(typed(kDate), kLeap), R"("2024-02-29")");
  EXPECT_EQ(written(typed(kDate), Date{}), R"("0000-00-00")");
  EXPECT_EQ(written(typed(kDate), Date{2024, 2, 0}), R"("2024-02-00")");
  EXPECT_EQ(written(typed(kDate), Date{2024, 2, 31}), R"("2024-02-31")");
  EXPECT_EQ(written(typed(kDate), Date{9999, 12, 31}), R"("9999-12-31")");
  EXPECT_EQ(written(typed(kTime), time_of(false, 1, 0, 0)), R"("01:59:58")");
  EXPECT_EQ(written(typed(kTime), time_of(true, 838, 999999, 6)), R"("-838:59:58.999999")");
  EXPECT_EQ(written(typed(kTime), time_of(false, 23, 50000, 3)), R"("23:59:58.050")");
  EXPECT_EQ(written(typed(kTime), Time{true, 0, 0, 1, 0, 500000}), R"("-00:00:00.5")");
  EXPECT_EQ(written(typed(kDateTime), DateTime{kLeap, 23, 59, 58, 0, 0}),
            R"("2024-02-29T23:59:58")");
  EXPECT_EQ(written(typed(kDateTime), DateTime{kLeap, 3, 4, 5, 6, 7}),
            R"("2024-02-29T03:04:05.000007")");
  EXPECT_EQ(written(typed(kDateTime), DateTime{{}, 0, 0, 0, 2, 0}), R"("0000-00-00T00:00:00.00")");
}

TEST(IsoForms, TimestampIsInUtc) {
  const auto column = typed(kTimestamp);
  EXPECT_EQ(written(column, Timestamp{1, 0, 0}), R"("1970-01-01T00:00:01Z")");
  EXPECT_EQ(written(column, Timestamp{0, 0, 0}), R"("0000-00-00T00:00:00Z")");
  EXPECT_EQ(written(column, Timestamp{0, 0, 3}), R"("0000-00-00T00:00:00.000Z")");
  EXPECT_EQ(written(column, Timestamp{0, 1, 6}), R"("1970-01-01T00:00:00.000001Z")");
  EXPECT_EQ(written(column, Timestamp{1709251199, 123456, 6}), R"("2024-02-29T23:59:59.123456Z")");
  EXPECT_EQ(written(column, Timestamp{2147483647, 0, 0}), R"("2038-01-19T03:14:07Z")");
  EXPECT_EQ(written(column, Timestamp{4294967295, 999999, 6}), R"("2106-02-07T06:28:15.999999Z")");
}

// Debezium: io.debezium.time.Date.toEpochDay.
TEST(DateForms, DaysSinceTheEpoch) {
  for (const TimeMode mode : {TimeMode::kAdaptive, TimeMode::kAdaptiveTimeMicroseconds,
                              TimeMode::kMicroseconds, TimeMode::kNanoseconds}) {
    EXPECT_EQ(written(typed(kDate), kLeap, in(mode)), "19782");
    EXPECT_EQ(schema_of(typed(kDate), in(mode)),
              R"({"type":"int32","optional":true,"name":"io.debezium.time.Date","version":1,)"
              R"("field":"c"})");
  }
  EXPECT_EQ(written(typed(kDate), Date{1969, 12, 31}, in(TimeMode::kConnect)), "-1");
  EXPECT_EQ(written(typed(kDate), Date{1000, 1, 1}, in(TimeMode::kConnect)), "-354285");
  EXPECT_EQ(written(typed(kDate), Date{9999, 12, 31}, in(TimeMode::kConnect)), "2932896");
  EXPECT_EQ(schema_of(typed(kDate), in(TimeMode::kConnect)),
            R"({"type":"int32","optional":true,"name":"org.apache.kafka.connect.data.Date",)"
            R"("version":1,"field":"c"})");
}

// Debezium: BinlogValueConverters.stringToLocalDate gives null, JdbcValueConverters.convertValue
// the fallback of a column without NULL.
TEST(DateForms, ZeroDatesAreNullOrTheEpoch) {
  for (const Date& zero : {Date{}, Date{2024, 0, 1}, Date{2024, 1, 0}}) {
    for (const TimeMode mode : {TimeMode::kAdaptive, TimeMode::kConnect}) {
      EXPECT_EQ(written(typed(kDate), zero, in(mode)), "null");
      EXPECT_EQ(written(not_null(typed(kDate)), zero, in(mode)), "0");
    }
    EXPECT_EQ(written(typed(kDate), zero, in(TimeMode::kIsoString)), "null");
    EXPECT_EQ(written(not_null(typed(kDate)), zero, in(TimeMode::kIsoString)), R"("1970-01-01Z")");
    const DateTime at{zero, 1, 2, 3, 0, 0};
    for (const TimeMode mode : {TimeMode::kAdaptive, TimeMode::kConnect, TimeMode::kMicroseconds,
                                TimeMode::kNanoseconds}) {
      EXPECT_EQ(written(typed(kDateTime), at, in(mode)), "null");
      EXPECT_EQ(written(not_null(typed(kDateTime)), at, in(mode)), "0");
    }
    EXPECT_EQ(written(typed(kDateTime), at, in(TimeMode::kIsoString)), "null");
    EXPECT_EQ(written(not_null(typed(kDateTime)), at, in(TimeMode::kIsoString)),
              R"("1970-01-01T00:00:00Z")");
  }
}

TEST(DateForms, AYearOfZeroAloneIsADate) {
  EXPECT_EQ(written(typed(kDate), Date{0, 3, 1}, in(TimeMode::kAdaptive)), "-719468");
}

TEST(DateForms, DaysThatNoCalendarHasAreRefused) {
  for (const TimeMode mode :
       {TimeMode::kAdaptive, TimeMode::kConnect, TimeMode::kIsoString, TimeMode::kNanoseconds}) {
    EXPECT_EQ(written(typed(kDate), Date{2023, 2, 29}, in(mode)), kNoSuchDay);
    EXPECT_EQ(written(typed(kDateTime), DateTime{{2023, 4, 31}, 0, 0, 0, 0, 0}, in(mode)),
              kNoSuchDay);
  }
}

// Debezium: BinlogValueConverters.convertDurationToMicroseconds, MicroTime.
TEST(TimeForms, MicrosecondsHoldEveryDuration) {
  for (const TimeMode mode : {TimeMode::kAdaptiveTimeMicroseconds, TimeMode::kMicroseconds}) {
    EXPECT_EQ(written(typed(kTime), time_of(true, 838, 999999, 6), in(mode)), "-3020398999999");
    EXPECT_EQ(written(typed(kTime), time_of(false, 0, 0, 0), in(mode)), "3598000000");
    EXPECT_EQ(schema_of(typed(kTime), in(mode)),
              R"({"type":"int64","optional":true,"name":"io.debezium.time.MicroTime","version":1,)"
              R"("field":"c"})");
  }
  EXPECT_EQ(written(typed(kTime), time_of(true, 838, 999999, 6), in(TimeMode::kNanoseconds)),
            "-3020398999999000");
  EXPECT_EQ(schema_of(typed(kTime), in(TimeMode::kNanoseconds)),
            R"({"type":"int64","optional":true,"name":"io.debezium.time.NanoTime","version":1,)"
            R"("field":"c"})");
}

// Debezium: JdbcValueConverters.schemaBuilder, Types.TIME.
TEST(TimeForms, AdaptiveGoesByTheFractionOfTheColumn) {
  const auto with = in(TimeMode::kAdaptive);
  EXPECT_EQ(written(typed(kTime, 0, 3), time_of(true, 1, 500000, 3), with), "-7198500");
  EXPECT_EQ(schema_of(typed(kTime, 0, 3), with),
            R"({"type":"int32","optional":true,"name":"io.debezium.time.Time","version":1,)"
            R"("field":"c"})");
  EXPECT_EQ(written(typed(kTime, 0, 4), time_of(false, 1, 500000, 4), with), "7198500000");
  EXPECT_EQ(schema_of(typed(kTime, 0, 4), with),
            R"({"type":"int64","optional":true,"name":"io.debezium.time.MicroTime","version":1,)"
            R"("field":"c"})");
}

TEST(TimeForms, AdaptiveMillisecondsEndWithTheInt32) {
  const auto with = in(TimeMode::kAdaptive);
  const auto column = typed(kTime, 0, 3);
  EXPECT_EQ(written(column, Time{false, 31, 23, 3, 596, 647000}, with), "2147483647");
  EXPECT_EQ(written(column, Time{false, 31, 23, 3, 596, 648000}, with), kBeyond);
  EXPECT_EQ(written(column, Time{true, 31, 23, 3, 596, 648000}, with), "-2147483648");
  EXPECT_EQ(written(column, Time{true, 31, 23, 3, 596, 649000}, with), kBeyond);
}

// Kafka: org.apache.kafka.connect.data.Time.fromLogical; Debezium: Time.toMilliOfDay.
TEST(TimeForms, ConnectHoldsADay) {
  const auto with = in(TimeMode::kConnect);
  const auto column = typed(kTime, 0, 6);
  EXPECT_EQ(written(column, time_of(false, 1, 500999, 6), with), "7198500");
  EXPECT_EQ(written(column, Time{false, 0, 0, 0, 24, 0}, with), "86400000");
  EXPECT_EQ(written(column, Time{false, 0, 0, 6, 24, 1}, with), kBeyond);
  EXPECT_EQ(written(column, Time{true, 0, 0, 6, 0, 1}, with), kBeyond);
  EXPECT_EQ(schema_of(column, with),
            R"({"type":"int32","optional":true,"name":"org.apache.kafka.connect.data.Time",)"
            R"("version":1,"field":"c"})");
}

// Debezium: IsoTime, IsoDate and IsoTimestamp format with Java's ISO_OFFSET_*, whose fraction has
// no zeros at its end.
TEST(IsoStringForms, HaveAZoneAndNoZerosAtTheEnd) {
  const auto with = in(TimeMode::kIsoString);
  EXPECT_EQ(written(typed(kDate), kLeap, with), R"("2024-02-29Z")");
  EXPECT_EQ(written(typed(kTime, 0, 6), Time{false, 5, 11, 6, 4, 789000}, with),
            R"("04:05:11.789Z")");
  EXPECT_EQ(written(typed(kTime, 0, 6), Time{false, 0, 0, 6, 0, 0}, with), R"("00:00:00Z")");
  EXPECT_EQ(written(typed(kDateTime, 0, 6), DateTime{kLeap, 3, 4, 5, 6, 7}, with),
            R"("2024-02-29T03:04:05.000007Z")");
  EXPECT_EQ(written(typed(kDateTime, 0, 6), DateTime{kLeap, 3, 4, 5, 6, 100000}, with),
            R"("2024-02-29T03:04:05.1Z")");
  const std::string tail = R"(","version":1,"field":"c"})";
  const std::string head = R"({"type":"string","optional":true,"name":"io.debezium.time.)";
  EXPECT_EQ(schema_of(typed(kDate), with), head + "IsoDate" + tail);
  EXPECT_EQ(schema_of(typed(kTime), with), head + "IsoTime" + tail);
  EXPECT_EQ(schema_of(typed(kDateTime), with), head + "IsoTimestamp" + tail);
}

TEST(IsoStringForms, TimesOutsideOfADayAreRefused) {
  const auto with = in(TimeMode::kIsoString);
  EXPECT_EQ(written(typed(kTime), time_of(false, 23, 999999, 6), with), R"("23:59:58.999999Z")");
  EXPECT_EQ(written(typed(kTime), Time{false, 0, 0, 0, 24, 0}, with), kBeyond);
  EXPECT_EQ(written(typed(kTime), Time{true, 0, 0, 6, 0, 1}, with), kBeyond);
}

// Debezium: Timestamp.toEpochMillis, MicroTimestamp.toEpochMicros, NanoTimestamp.toEpochNanos.
TEST(DateTimeForms, CountAsIfInUtc) {
  const DateTime at{kLeap, 23, 59, 59, 6, 500999};
  const DateTime before{{1969, 12, 31}, 23, 59, 59, 6, 999999};
  for (const TimeMode mode : {TimeMode::kAdaptive, TimeMode::kAdaptiveTimeMicroseconds}) {
    EXPECT_EQ(written(typed(kDateTime, 0, 3), DateTime{kLeap, 23, 59, 59, 3, 500000}, in(mode)),
              "1709251199500");
    EXPECT_EQ(written(typed(kDateTime, 0, 4), at, in(mode)), "1709251199500999");
  }
  EXPECT_EQ(written(typed(kDateTime, 0, 6), at, in(TimeMode::kConnect)), "1709251199500");
  EXPECT_EQ(written(typed(kDateTime, 0, 6), before, in(TimeMode::kConnect)), "-1");
  EXPECT_EQ(written(typed(kDateTime, 0, 0), at, in(TimeMode::kMicroseconds)), "1709251199500999");
  EXPECT_EQ(written(typed(kDateTime, 0, 6), before, in(TimeMode::kMicroseconds)), "-1");
  EXPECT_EQ(written(typed(kDateTime, 0, 6), at, in(TimeMode::kNanoseconds)), "1709251199500999000");
  EXPECT_EQ(written(typed(kDateTime), DateTime{kEpoch, 0, 0, 0, 0, 0}, in(TimeMode::kNanoseconds)),
            "0");
}

TEST(DateTimeForms, SchemasNameTheUnit) {
  const auto name = [](uint8_t digits, TimeMode mode) {
    const std::string schema = schema_of(typed(kDateTime, 0, digits), in(mode));
    EXPECT_TRUE(schema.starts_with(R"({"type":"int64","optional":true,"name":")")) << schema;
    EXPECT_TRUE(schema.ends_with(R"(","version":1,"field":"c"})")) << schema;
    return schema.substr(40, schema.size() - 40 - 26);
  };
  EXPECT_EQ(name(3, TimeMode::kAdaptive), "io.debezium.time.Timestamp");
  EXPECT_EQ(name(4, TimeMode::kAdaptive), "io.debezium.time.MicroTimestamp");
  EXPECT_EQ(name(0, TimeMode::kAdaptiveTimeMicroseconds), "io.debezium.time.Timestamp");
  EXPECT_EQ(name(6, TimeMode::kAdaptiveTimeMicroseconds), "io.debezium.time.MicroTimestamp");
  EXPECT_EQ(name(0, TimeMode::kMicroseconds), "io.debezium.time.MicroTimestamp");
  EXPECT_EQ(name(0, TimeMode::kNanoseconds), "io.debezium.time.NanoTimestamp");
  EXPECT_EQ(name(6, TimeMode::kConnect), "org.apache.kafka.connect.data.Timestamp");
}

// 2^63 nanoseconds are 292 years, 100 days and 23:47:16.854775808.
TEST(DateTimeForms, NanosecondsEndWithTheInt64) {
  const auto with = in(TimeMode::kNanoseconds);
  const auto column = typed(kDateTime, 0, 6);
  EXPECT_EQ(written(column, DateTime{{2262, 4, 11}, 23, 47, 16, 6, 854775}, with),
            "9223372036854775000");
  EXPECT_EQ(written(column, DateTime{{2262, 4, 11}, 23, 47, 16, 6, 854776}, with), kBeyond);
  EXPECT_EQ(written(column, DateTime{{1677, 9, 21}, 0, 12, 43, 6, 145225}, with),
            "-9223372036854775000");
  EXPECT_EQ(written(column, DateTime{{1677, 9, 21}, 0, 12, 43, 6, 145224}, with), kBeyond);
  EXPECT_EQ(written(column, DateTime{{9999, 12, 31}, 23, 59, 59, 0, 0}, with), kBeyond);
}

// Debezium: ZonedTimestamp.toIsoString with the column's length as fractional width;
// JdbcValueConverters' fallbackTimestampWithTimeZone has no fraction.
TEST(TimestampForms, ZeroIsNullOrTheEpochOutsideOfIso) {
  for (const TimeMode mode :
       {TimeMode::kAdaptiveTimeMicroseconds, TimeMode::kAdaptive, TimeMode::kConnect,
        TimeMode::kIsoString, TimeMode::kMicroseconds, TimeMode::kNanoseconds}) {
    const auto column = typed(kTimestamp, 0, 3);
    EXPECT_EQ(written(column, Timestamp{1709251199, 500000, 3}, in(mode)),
              R"("2024-02-29T23:59:59.500Z")");
    EXPECT_EQ(written(column, Timestamp{0, 0, 3}, in(mode)), "null");
    EXPECT_EQ(written(not_null(column), Timestamp{0, 0, 3}, in(mode)), R"("1970-01-01T00:00:00Z")");
    EXPECT_EQ(schema_of(column, in(mode)),
              R"({"type":"string","optional":true,"name":"io.debezium.time.ZonedTimestamp",)"
              R"("version":1,"field":"c"})");
  }
}

}  // namespace
}  // namespace rowmill::convert
