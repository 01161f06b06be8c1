// SPDX-License-Identifier: Apache-2.0
#include "convert/native_form.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <variant>

#include "convert/json_writer.h"

namespace rowmill::convert {
namespace {

using model::ColumnKind;
using model::Value;

/// Room for the longest of the texts below, quotes included: `"2155-12-31T23:59:59.999999Z"`.
using TimeText = std::array<char, 40>;

char digit(uint32_t value) { return static_cast<char>('0' + value % 10); }

char* put_two(char* to, uint32_t value) {
  *to++ = digit(value / 10);
  *to++ = digit(value);
  return to;
}

char* put_date(char* to, const model::Date& date) {
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

/// Exactly the column's digits, as SELECT prints them: ".5" of TIME(1), ".500" of TIME(3).
char* put_fraction(char* to, uint32_t microsecond, uint8_t digits) {
  if (digits == 0) return to;
  *to++ = '.';
  std::array<char, 6> all;
  for (size_t i = all.size(); i-- > 0; microsecond /= 10) all[i] = digit(microsecond);
  const size_t count = std::min<size_t>(digits, all.size());
  std::memcpy(to, all.data(), count);
  return to + count;
}

char* put_date_time(char* to, const model::DateTime& value) {
  to = put_date(to, value.date);
  *to++ = 'T';
  to = put_two(to, value.hour);
  to = put_minute_second(to, value.minute, value.second);
  return put_fraction(to, value.microsecond, value.fraction_digits);
}

void append_text(std::string& out, TimeText& text, char* end) {
  *end++ = '"';
  out.append(text.data(), static_cast<size_t>(end - text.data()));
}

void append(std::string& out, int64_t value) { append_number(out, value); }
void append(std::string& out, uint64_t value) { append_number(out, value); }
void append(std::string& out, const model::Bits& bits) { append_number(out, bits.value); }
void append(std::string& out, const model::Year& year) { append_number(out, uint64_t{year.value}); }
void append(std::string& out, const model::Decimal& value) { append_string(out, value.digits); }
void append(std::string& out, const model::Text& text) { append_string(out, text.utf8); }
void append(std::string& out, const model::EnumLabel& label) { append_string(out, label.utf8); }
void append(std::string& out, const model::SetLabels& labels) { append_string(out, labels.utf8); }
void append(std::string& out, const model::JsonText& json) { append_string(out, json.utf8); }
void append(std::string& out, const model::Bytes& bytes) { append_base64(out, bytes.data); }

void append(std::string& out, const model::Date& date) {
  TimeText text{'"'};
  append_text(out, text, put_date(text.data() + 1, date));
}

void append(std::string& out, const model::Time& time) {
  TimeText text{'"'};
  char* to = text.data() + 1;
  if (time.negative) *to++ = '-';
  if (time.hour >= 100) *to++ = digit(time.hour / 100U);
  to = put_two(to, time.hour % 100U);
  to = put_minute_second(to, time.minute, time.second);
  append_text(out, text, put_fraction(to, time.microsecond, time.fraction_digits));
}

void append(std::string& out, const model::DateTime& value) {
  TimeText text{'"'};
  append_text(out, text, put_date_time(text.data() + 1, value));
}

/// The date and time of day in UTC; MySQL's zero timestamp has a zero date.
model::DateTime to_date_time(const model::Timestamp& timestamp) {
  model::DateTime result;
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

void append(std::string& out, const model::Timestamp& timestamp) {
  TimeText text{'"'};
  char* to = put_date_time(text.data() + 1, to_date_time(timestamp));
  *to++ = 'Z';
  append_text(out, text, to);
}

template <typename T>
bool write(const Value& cell, std::string& out) {
  const T* held = std::get_if<T>(&cell);
  if (held == nullptr) return false;
  append(out, *held);
  return true;
}

template <typename T>
bool write_finite(const Value& cell, std::string& out) {
  const T* held = std::get_if<T>(&cell);
  if (held == nullptr || !std::isfinite(*held)) return false;
  append_number(out, *held);
  return true;
}

/// The exact digits as a string: Connect has no unsigned type of 64 bits.
template <typename T>
bool write_quoted(const Value& cell, std::string& out) {
  const size_t begin = out.size();
  out += '"';
  if (!write<T>(cell, out)) {
    out.resize(begin);
    return false;
  }
  out += '"';
  return true;
}

constexpr CellWriter kSigned = write<int64_t>;
constexpr CellWriter kUnsigned = write<uint64_t>;
constexpr std::string_view kUInt64 = "io.rowmill.data.UInt64";

template <typename T>
constexpr NativeForm form(ColumnKind kind, std::string_view sql_type, std::string_view json,
                          std::string_view connect_type, std::string_view connect_name = "") {
  return {kind, false, sql_type, json, connect_type, connect_name, write<T>, write<T>};
}
constexpr NativeForm integer(ColumnKind kind, std::string_view sql_type, std::string_view type) {
  return {kind, false, sql_type, "number", type, "", kSigned, kSigned};
}
constexpr NativeForm unsigned_integer(ColumnKind kind, std::string_view sql_type,
                                      std::string_view type) {
  return {kind, true, sql_type, "number", type, "", kUnsigned, kUnsigned};
}
template <typename T>
constexpr NativeForm real(ColumnKind kind, std::string_view sql_type, std::string_view json,
                          std::string_view connect_type) {
  return {kind, false, sql_type, json, connect_type, "", write_finite<T>, write_finite<T>};
}
template <typename T>
constexpr NativeForm unsigned_64_bits(ColumnKind kind, std::string_view sql_type) {
  return {kind,     true,    sql_type, "number; with schemas the digits in a string",
          "string", kUInt64, write<T>, write_quoted<T>};
}

// Connect types are those of Debezium where the JSON is the same; its semantic names only where
// both sides read the value alike (its ISO strings, for one, carry a zone that MySQL does not
// know).
constexpr auto kForms = std::to_array<NativeForm>({
    integer(ColumnKind::kTinyInt, "TINYINT", "int16"),
    unsigned_integer(ColumnKind::kTinyInt, "TINYINT UNSIGNED", "int16"),
    integer(ColumnKind::kSmallInt, "SMALLINT", "int16"),
    unsigned_integer(ColumnKind::kSmallInt, "SMALLINT UNSIGNED", "int32"),
    integer(ColumnKind::kMediumInt, "MEDIUMINT", "int32"),
    unsigned_integer(ColumnKind::kMediumInt, "MEDIUMINT UNSIGNED", "int32"),
    integer(ColumnKind::kInt, "INT", "int32"),
    unsigned_integer(ColumnKind::kInt, "INT UNSIGNED", "int64"),
    integer(ColumnKind::kBigInt, "BIGINT", "int64"),
    unsigned_64_bits<uint64_t>(ColumnKind::kBigInt, "BIGINT UNSIGNED"),
    form<model::Decimal>(ColumnKind::kDecimal, "DECIMAL", "string \"-0.50\"", "string"),
    real<float>(ColumnKind::kFloat, "FLOAT", "number, shortest digits of the float32", "float"),
    real<double>(ColumnKind::kDouble, "DOUBLE", "number, shortest digits of the float64", "double"),
    form<model::Bits>(ColumnKind::kBit, "BIT(1..63)", "number, unsigned", "int64"),
    unsigned_64_bits<model::Bits>(ColumnKind::kBit, "BIT(64)"),
    form<model::Year>(ColumnKind::kYear, "YEAR", "number", "int32", "io.debezium.time.Year"),
    form<model::Date>(ColumnKind::kDate, "DATE", "string \"2024-02-29\"", "string"),
    form<model::Time>(ColumnKind::kTime, "TIME(f)", "string \"-838:59:59.5\", f digits", "string"),
    form<model::DateTime>(ColumnKind::kDateTime, "DATETIME(f)",
                          "string \"2024-02-29T23:59:59.5\", f digits", "string"),
    form<model::Timestamp>(ColumnKind::kTimestamp, "TIMESTAMP(f)",
                           "string \"2024-02-29T23:59:59.5Z\", f digits, UTC", "string",
                           "io.debezium.time.ZonedTimestamp"),
    form<model::Text>(ColumnKind::kChar, "CHAR", "string", "string"),
    form<model::Text>(ColumnKind::kVarchar, "VARCHAR", "string", "string"),
    form<model::Text>(ColumnKind::kText, "TEXT", "string", "string"),
    form<model::Bytes>(ColumnKind::kBinary, "BINARY", "string, Base64", "bytes"),
    form<model::Bytes>(ColumnKind::kVarbinary, "VARBINARY", "string, Base64", "bytes"),
    form<model::Bytes>(ColumnKind::kBlob, "BLOB", "string, Base64", "bytes"),
    form<model::EnumLabel>(ColumnKind::kEnum, "ENUM", "string, the label", "string",
                           "io.debezium.data.Enum"),
    form<model::SetLabels>(ColumnKind::kSet, "SET", "string \"a,b\"", "string",
                           "io.debezium.data.EnumSet"),
    form<model::JsonText>(ColumnKind::kJson, "JSON", "string, the server's text", "string",
                          "io.debezium.data.Json"),
    form<model::Text>(ColumnKind::kUuid, "UUID", "string", "string"),
    form<model::Text>(ColumnKind::kInet4, "INET4", "string", "string"),
    form<model::Text>(ColumnKind::kInet6, "INET6", "string", "string"),
});

bool is_wide(const model::Column& column) {
  switch (column.kind) {
    case ColumnKind::kTinyInt:
    case ColumnKind::kSmallInt:
    case ColumnKind::kMediumInt:
    case ColumnKind::kInt:
    case ColumnKind::kBigInt:
      return column.is_unsigned;
    case ColumnKind::kBit:
      return column.length == 64;
    default:
      return false;
  }
}

}  // namespace

std::span<const NativeForm> native_forms() { return kForms; }

const NativeForm& native_form(const model::Column& column) {
  const bool wide = is_wide(column);
  const auto found = std::find_if(kForms.begin(), kForms.end(), [&](const NativeForm& form) {
    return form.kind == column.kind && form.wide == wide;
  });
  assert(found != kForms.end());
  return *found;
}

}  // namespace rowmill::convert
