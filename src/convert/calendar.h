// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

#include "convert/cell_writer.h"
#include "model/value.h"

namespace rowmill::convert {

/// The server keeps dates with a zero month or day, which no calendar has. Debezium takes them for
/// NULL (BinlogValueConverters.stringToLocalDate), a zero year alone is one.
[[nodiscard]] inline bool has_zero(const model::Date& date) {
  return date.month == 0 || date.day == 0;
}

[[nodiscard]] inline std::chrono::year_month_day calendar_day(const model::Date& date) {
  return {std::chrono::year(date.year), std::chrono::month(date.month), std::chrono::day(date.day)};
}

/// What Debezium has for a date without a day (JdbcValueConverters.convertValue): null where the
/// column allows it, else the epoch. `epoch` is that as JSON.
template <bool nullable>
CellOutcome append_zero_date(std::string_view epoch, std::string& out) {
  out += nullable ? std::string_view("null") : epoch;
  return CellOutcome::kWritten;
}

}  // namespace rowmill::convert
