// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace rowmill::base {

/// error: a task stops. warn: an operator should act. info: a change of state, once.
/// debug: per transaction. trace: per event. Row values never appear.
enum class LogLevel { kError, kWarn, kInfo, kDebug, kTrace };
[[nodiscard]] std::optional<LogLevel> parse_log_level(std::string_view text);

/// One key=value of a log line.
struct LogField {
  LogField(std::string_view field_key, std::string_view field_value)
      : key(field_key), value(field_value) {}
  template <std::integral Number>
  LogField(std::string_view field_key, Number field_value)
      : key(field_key), value(std::to_string(field_value)) {}

  std::string_view key;
  std::string value;
};
using LogFields = std::initializer_list<LogField>;

/// One line on standard error: logfmt with the time in UTC, the level, `event` and the fields.
/// Any thread; lines never mix.
void log(LogLevel level, std::string_view event, LogFields fields = {});
inline void log_error(std::string_view event, LogFields fields = {}) {
  log(LogLevel::kError, event, fields);
}
inline void log_warn(std::string_view event, LogFields fields = {}) {
  log(LogLevel::kWarn, event, fields);
}
inline void log_info(std::string_view event, LogFields fields = {}) {
  log(LogLevel::kInfo, event, fields);
}
inline void log_debug(std::string_view event, LogFields fields = {}) {
  log(LogLevel::kDebug, event, fields);
}

/// Lines above this level are dropped. Any thread; kInfo at first.
void set_log_level(LogLevel level);

/// The line without its time, as log() would write it; for tests.
[[nodiscard]] std::string format_log_line(LogLevel level, std::string_view event, LogFields fields);

}  // namespace rowmill::base
