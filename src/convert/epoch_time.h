// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "convert/cell_writer.h"
#include "model/table.h"

namespace rowmill::convert {

// Writers of dates and times as numbers, as Debezium and Connect have them. A date with a zero
// month or day is null in a nullable column, else 0, as Debezium has it.

enum class TimeUnit : uint8_t { kMilliseconds, kMicroseconds, kNanoseconds };

/// Days since 1970-01-01: io.debezium.time.Date, org.apache.kafka.connect.data.Date.
[[nodiscard]] CellWriter epoch_day_writer(const model::Column& column);

/// DATETIME as if in UTC, since 1970; milliseconds drop the rest of the fraction. Nanoseconds hold
/// 1677-09-21 to 2262-04-11.
[[nodiscard]] CellWriter epoch_writer(const model::Column& column, TimeUnit unit);

/// TIME as what it is, a duration of either sign: microseconds and nanoseconds hold all of it.
[[nodiscard]] CellWriter duration_writer(TimeUnit unit);
/// Milliseconds in an int32, which ends at 596:31:23.647: io.debezium.time.Time.
[[nodiscard]] CellWriter short_duration_writer();
/// Milliseconds since midnight, 00:00:00 to 24:00:00: org.apache.kafka.connect.data.Time.
[[nodiscard]] CellWriter millisecond_of_day_writer();

}  // namespace rowmill::convert
