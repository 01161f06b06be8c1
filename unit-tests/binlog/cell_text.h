// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

#include "binlog/cell_cases.h"
#include "model/value.h"

namespace rowmill::binlog {

inline std::string padded(int64_t value, size_t digits) {
  std::string text = std::to_string(value);
  return std::string(digits > text.size() ? digits - text.size() : 0, '0') + text;
}

inline std::string fraction(uint32_t microsecond, size_t digits) {
  return digits == 0 ? "" : "." + padded(microsecond, 6).substr(0, digits);
}

/// A value in the notation of the files in testdata/values.
struct ToText {
  std::string operator()(model::Null) const { return "NULL"; }
  std::string operator()(model::Absent) const { return "absent"; }
  std::string operator()(int64_t value) const { return std::to_string(value); }
  std::string operator()(uint64_t value) const { return std::to_string(value); }
  std::string operator()(float value) const { return std::to_string(static_cast<double>(value)); }
  std::string operator()(double value) const { return std::to_string(value); }
  std::string operator()(model::Decimal value) const { return std::string(value.digits); }
  std::string operator()(model::Text value) const { return to_hex(value.utf8); }
  std::string operator()(model::Bytes value) const {
    return to_hex({reinterpret_cast<const char*>(value.data.data()), value.data.size()});
  }
  std::string operator()(model::Bits value) const { return std::to_string(value.value); }
  std::string operator()(model::Year value) const { return padded(value.value, 4); }
  std::string operator()(model::Date value) const {
    return padded(value.year, 4) + "-" + padded(value.month, 2) + "-" + padded(value.day, 2);
  }
  std::string operator()(model::Time value) const {
    return std::string(value.negative ? "-" : "") + padded(value.hour, 2) + ":" +
           padded(value.minute, 2) + ":" + padded(value.second, 2) +
           fraction(value.microsecond, value.fraction_digits);
  }
  std::string operator()(model::DateTime value) const {
    return (*this)(value.date) + " " + padded(value.hour, 2) + ":" + padded(value.minute, 2) + ":" +
           padded(value.second, 2) + fraction(value.microsecond, value.fraction_digits);
  }
  std::string operator()(model::Timestamp value) const {
    if (value.is_zero()) return "0000-00-00 00:00:00" + fraction(0, value.fraction_digits);
    const std::chrono::sys_seconds moment{std::chrono::seconds(value.seconds)};
    const auto day = std::chrono::floor<std::chrono::days>(moment);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(moment - day);
    return padded(int{date.year()}, 4) + "-" + padded(unsigned{date.month()}, 2) + "-" +
           padded(unsigned{date.day()}, 2) + " " + padded(time.hours().count(), 2) + ":" +
           padded(time.minutes().count(), 2) + ":" + padded(time.seconds().count(), 2) +
           fraction(value.microsecond, value.fraction_digits);
  }
  std::string operator()(model::EnumLabel value) const { return to_hex(value.utf8); }
  std::string operator()(model::SetLabels value) const { return to_hex(value.utf8); }
  std::string operator()(model::JsonText value) const { return std::string(value.utf8); }
  std::string operator()(model::JsonDiffs value) const { return std::string(value.json); }
  std::string operator()(model::Geometry value) const {
    return std::to_string(value.srid) + " " + (*this)(model::Bytes{value.wkb});
  }
  std::string operator()(model::Vector value) const { return (*this)(model::Bytes{value.floats}); }
};

}  // namespace rowmill::binlog
