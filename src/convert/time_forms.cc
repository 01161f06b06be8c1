// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "convert/epoch_time.h"
#include "convert/form.h"
#include "convert/iso_time.h"
#include "convert/json_writer.h"

namespace rowmill::convert {
namespace {

using model::Column;
using model::ColumnKind;

constexpr std::string_view kSetting = "time.precision.mode";
constexpr std::string_view kToDuration =
    "Set time.precision.mode to iso, adaptive_time_microseconds or microseconds.";

void append_year(const model::Year& year, std::string& out) {
  append_number(out, uint64_t{year.value});
}

template <TimeMode... modes>
bool in(const Column&, const FormSettings& settings) {
  return ((settings.time == modes) || ...);
}
/// Debezium's adaptive types go by the column's fraction digits, up to three or more.
template <TimeMode... modes>
bool short_in(const Column& column, const FormSettings& settings) {
  return column.scale <= 3 && in<modes...>(column, settings);
}
template <TimeMode... modes>
bool long_in(const Column& column, const FormSettings& settings) {
  return column.scale > 3 && in<modes...>(column, settings);
}
bool not_iso(const Column&, const FormSettings& settings) {
  return settings.time != TimeMode::kIso;
}

template <CellWriter (*writer)()>
CellWriter plain(const Column&, bool) {
  return writer();
}
template <CellWriter (*writer)(const Column&)>
CellWriter of_column(const Column& column, bool) {
  return writer(column);
}
template <TimeUnit unit>
CellWriter epoch(const Column& column, bool) {
  return epoch_writer(column, unit);
}
template <TimeUnit unit>
CellWriter duration(const Column&, bool) {
  return duration_writer(unit);
}

// Which type a mode gives: Debezium's io.debezium.jdbc.TemporalPrecisionMode. Its semantic names
// stand only where both sides read the value alike: its ISO strings, for one, carry a zone that
// MySQL does not know.
constexpr auto kForms = std::to_array<Form>({
    {.kind = ColumnKind::kYear,
     .sql_type = "YEAR",
     .applies = any_column,
     .json = "number",
     .connect_type = "int32",
     .connect_name = "io.debezium.time.Year",
     .writer = always<write_held<model::Year, append_year>>},

    {.kind = ColumnKind::kDate,
     .sql_type = "DATE",
     .setting = kSetting,
     .modes = "iso",
     .applies = in<TimeMode::kIso>,
     .json = "string \"2024-02-29\"",
     .connect_type = "string",
     .writer = plain<date_writer>},
    {.kind = ColumnKind::kDate,
     .sql_type = "DATE",
     .setting = kSetting,
     .modes = "adaptive_time_microseconds, adaptive, microseconds, nanoseconds",
     .applies = in<TimeMode::kAdaptiveTimeMicroseconds, TimeMode::kAdaptive,
                   TimeMode::kMicroseconds, TimeMode::kNanoseconds>,
     .json = "number, days since 1970: 19782",
     .connect_type = "int32",
     .connect_name = "io.debezium.time.Date",
     .writer = of_column<epoch_day_writer>},
    {.kind = ColumnKind::kDate,
     .sql_type = "DATE",
     .setting = kSetting,
     .modes = "connect",
     .applies = in<TimeMode::kConnect>,
     .json = "number, days since 1970: 19782",
     .connect_type = "int32",
     .connect_name = "org.apache.kafka.connect.data.Date",
     .writer = of_column<epoch_day_writer>},
    {.kind = ColumnKind::kDate,
     .sql_type = "DATE",
     .setting = kSetting,
     .modes = "isostring",
     .applies = in<TimeMode::kIsoString>,
     .json = "string \"2024-02-29Z\"",
     .connect_type = "string",
     .connect_name = "io.debezium.time.IsoDate",
     .writer = of_column<iso_date_writer>},

    {.kind = ColumnKind::kTime,
     .sql_type = "TIME(f)",
     .setting = kSetting,
     .modes = "iso",
     .applies = in<TimeMode::kIso>,
     .json = "string \"-838:59:59.5\", f digits",
     .connect_type = "string",
     .writer = plain<time_writer>},
    {.kind = ColumnKind::kTime,
     .sql_type = "TIME(f)",
     .setting = kSetting,
     .modes = "adaptive_time_microseconds, microseconds",
     .applies = in<TimeMode::kAdaptiveTimeMicroseconds, TimeMode::kMicroseconds>,
     .json = "number, microseconds: -3020399500000",
     .connect_type = "int64",
     .connect_name = "io.debezium.time.MicroTime",
     .writer = duration<TimeUnit::kMicroseconds>},
    {.kind = ColumnKind::kTime,
     .sql_type = "TIME(0..3)",
     .setting = kSetting,
     .modes = "adaptive",
     .applies = short_in<TimeMode::kAdaptive>,
     .json = "number, milliseconds: 3723500",
     .connect_type = "int32",
     .connect_name = "io.debezium.time.Time",
     .writer = plain<short_duration_writer>,
     .limit = "a time beyond 596:31:23, which milliseconds in an int32 cannot count",
     .remedy = kToDuration},
    {.kind = ColumnKind::kTime,
     .sql_type = "TIME(4..6)",
     .setting = kSetting,
     .modes = "adaptive",
     .applies = long_in<TimeMode::kAdaptive>,
     .json = "number, microseconds: -3020399500000",
     .connect_type = "int64",
     .connect_name = "io.debezium.time.MicroTime",
     .writer = duration<TimeUnit::kMicroseconds>},
    {.kind = ColumnKind::kTime,
     .sql_type = "TIME(f)",
     .setting = kSetting,
     .modes = "connect",
     .applies = in<TimeMode::kConnect>,
     .json = "number, milliseconds since midnight: 3723500",
     .connect_type = "int32",
     .connect_name = "org.apache.kafka.connect.data.Time",
     .writer = plain<millisecond_of_day_writer>,
     .limit = "a time outside of 00:00:00 to 24:00:00",
     .remedy = kToDuration},
    {.kind = ColumnKind::kTime,
     .sql_type = "TIME(f)",
     .setting = kSetting,
     .modes = "isostring",
     .applies = in<TimeMode::kIsoString>,
     .json = "string \"01:02:03.5Z\", as many digits as needed",
     .connect_type = "string",
     .connect_name = "io.debezium.time.IsoTime",
     .writer = plain<iso_time_writer>,
     .limit = "a time outside of 00:00:00 to 23:59:59.999999",
     .remedy = kToDuration},
    {.kind = ColumnKind::kTime,
     .sql_type = "TIME(f)",
     .setting = kSetting,
     .modes = "nanoseconds",
     .applies = in<TimeMode::kNanoseconds>,
     .json = "number, nanoseconds: -3020399500000000",
     .connect_type = "int64",
     .connect_name = "io.debezium.time.NanoTime",
     .writer = duration<TimeUnit::kNanoseconds>},

    {.kind = ColumnKind::kDateTime,
     .sql_type = "DATETIME(f)",
     .setting = kSetting,
     .modes = "iso",
     .applies = in<TimeMode::kIso>,
     .json = "string \"2024-02-29T23:59:59.5\", f digits",
     .connect_type = "string",
     .writer = plain<date_time_writer>},
    {.kind = ColumnKind::kDateTime,
     .sql_type = "DATETIME(0..3)",
     .setting = kSetting,
     .modes = "adaptive_time_microseconds, adaptive",
     .applies = short_in<TimeMode::kAdaptiveTimeMicroseconds, TimeMode::kAdaptive>,
     .json = "number, milliseconds since 1970: 1709251199500",
     .connect_type = "int64",
     .connect_name = "io.debezium.time.Timestamp",
     .writer = epoch<TimeUnit::kMilliseconds>},
    {.kind = ColumnKind::kDateTime,
     .sql_type = "DATETIME(4..6)",
     .setting = kSetting,
     .modes = "adaptive_time_microseconds, adaptive",
     .applies = long_in<TimeMode::kAdaptiveTimeMicroseconds, TimeMode::kAdaptive>,
     .json = "number, microseconds since 1970: 1709251199500000",
     .connect_type = "int64",
     .connect_name = "io.debezium.time.MicroTimestamp",
     .writer = epoch<TimeUnit::kMicroseconds>},
    {.kind = ColumnKind::kDateTime,
     .sql_type = "DATETIME(f)",
     .setting = kSetting,
     .modes = "connect",
     .applies = in<TimeMode::kConnect>,
     .json = "number, milliseconds since 1970: 1709251199500",
     .connect_type = "int64",
     .connect_name = "org.apache.kafka.connect.data.Timestamp",
     .writer = epoch<TimeUnit::kMilliseconds>},
    {.kind = ColumnKind::kDateTime,
     .sql_type = "DATETIME(f)",
     .setting = kSetting,
     .modes = "isostring",
     .applies = in<TimeMode::kIsoString>,
     .json = "string \"2024-02-29T23:59:59.5Z\", as many digits as needed",
     .connect_type = "string",
     .connect_name = "io.debezium.time.IsoTimestamp",
     .writer = of_column<iso_timestamp_writer>},
    {.kind = ColumnKind::kDateTime,
     .sql_type = "DATETIME(f)",
     .setting = kSetting,
     .modes = "microseconds",
     .applies = in<TimeMode::kMicroseconds>,
     .json = "number, microseconds since 1970: 1709251199500000",
     .connect_type = "int64",
     .connect_name = "io.debezium.time.MicroTimestamp",
     .writer = epoch<TimeUnit::kMicroseconds>},
    {.kind = ColumnKind::kDateTime,
     .sql_type = "DATETIME(f)",
     .setting = kSetting,
     .modes = "nanoseconds",
     .applies = in<TimeMode::kNanoseconds>,
     .json = "number, nanoseconds since 1970: 1709251199500000000",
     .connect_type = "int64",
     .connect_name = "io.debezium.time.NanoTimestamp",
     .writer = epoch<TimeUnit::kNanoseconds>,
     .limit = "a date before 1677-09-22 or after 2262-04-10, which nanoseconds in an int64 cannot "
              "count",
     .remedy = "Set time.precision.mode to iso, microseconds or adaptive_time_microseconds."},

    {.kind = ColumnKind::kTimestamp,
     .sql_type = "TIMESTAMP(f)",
     .setting = kSetting,
     .modes = "iso",
     .applies = in<TimeMode::kIso>,
     .json = "string \"2024-02-29T23:59:59.5Z\", f digits, UTC",
     .connect_type = "string",
     .connect_name = "io.debezium.time.ZonedTimestamp",
     .writer = plain<timestamp_writer>},
    // Debezium has one form in all its modes: JdbcValueConverters, TIMESTAMP_WITH_TIMEZONE.
    {.kind = ColumnKind::kTimestamp,
     .sql_type = "TIMESTAMP(f)",
     .setting = kSetting,
     .modes = "adaptive_time_microseconds, adaptive, connect, isostring, microseconds, nanoseconds",
     .applies = not_iso,
     .json = "the same, but for a zero date",
     .connect_type = "string",
     .connect_name = "io.debezium.time.ZonedTimestamp",
     .writer = of_column<zoned_timestamp_writer>},
});

}  // namespace

std::span<const Form> time_forms() { return kForms; }

}  // namespace rowmill::convert
