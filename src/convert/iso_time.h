// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "convert/cell_writer.h"
#include "model/table.h"

namespace rowmill::convert {

// Writers of dates and times as ISO 8601 texts.

// Ours: zeros stay zeros, the fraction has exactly the column's digits, as SELECT prints them.
[[nodiscard]] CellWriter date_writer();
[[nodiscard]] CellWriter time_writer();
[[nodiscard]] CellWriter date_time_writer();
[[nodiscard]] CellWriter timestamp_writer();

// Debezium's: a date with a zero month or day is null in a nullable column, else 1970-01-01.

/// io.debezium.time.ZonedTimestamp; the fraction has the column's digits.
[[nodiscard]] CellWriter zoned_timestamp_writer(const model::Column& column);
/// io.debezium.time.IsoDate: "2024-02-29Z".
[[nodiscard]] CellWriter iso_date_writer(const model::Column& column);
/// io.debezium.time.IsoTime: "23:59:59.5Z", the fraction without zeros at its end. Holds 00:00:00
/// to 23:59:59.999999.
[[nodiscard]] CellWriter iso_time_writer();
/// io.debezium.time.IsoTimestamp: "2024-02-29T23:59:59.5Z", the fraction without zeros at its end.
[[nodiscard]] CellWriter iso_timestamp_writer(const model::Column& column);

}  // namespace rowmill::convert
