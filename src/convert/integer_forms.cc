// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <limits>

#include "convert/form.h"
#include "convert/json_writer.h"
#include "convert/unscaled.h"

namespace rowmill::convert {
namespace {

using model::Column;
using model::ColumnKind;

constexpr std::string_view kUnsignedSetting = "bigint.unsigned.handling.mode";

void append_signed(const int64_t& value, std::string& out) { append_number(out, value); }
void append_unsigned(const uint64_t& value, std::string& out) { append_number(out, value); }

/// The exact digits as a string: Connect has no unsigned type of 64 bits.
void append_quoted(const uint64_t& value, std::string& out) {
  out += '"';
  append_number(out, value);
  out += '"';
}

/// Debezium wraps what is above into negative numbers (JdbcValueConverters.convertBigInt).
CellOutcome append_long(const uint64_t& value, std::string& out) {
  if (value > static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) {
    return CellOutcome::kBeyondForm;
  }
  append_number(out, value);
  return CellOutcome::kWritten;
}

void append_precise(const uint64_t& value, std::string& out) {
  Unscaled::of(value).append_base64(out);
}

constexpr CellWriter kSigned = write_held<int64_t, append_signed>;
constexpr CellWriter kUnsigned = write_held<uint64_t, append_unsigned>;
constexpr CellWriter kQuoted = write_held<uint64_t, append_quoted>;
constexpr CellWriter kLong = write_held<uint64_t, append_long>;
constexpr CellWriter kPrecise = write_held<uint64_t, append_precise>;

bool is_signed(const Column& column, const FormSettings&) { return !column.is_unsigned; }
bool is_unsigned(const Column& column, const FormSettings&) { return column.is_unsigned; }
template <BigintUnsignedMode mode>
bool is_unsigned_as(const Column& column, const FormSettings& settings) {
  return column.is_unsigned && settings.bigint_unsigned == mode;
}

CellWriter exact_writer(const Column&, bool with_schema) {
  return with_schema ? kQuoted : kUnsigned;
}

/// Debezium's BinlogValueConverters.schemaBuilder: SpecialValueDecimal of 20 digits without scale.
SchemaParameters precise_parameters(const Column&) {
  return {{"scale", "0"}, {"connect.decimal.precision", "20"}};
}

constexpr Form integer(ColumnKind kind, std::string_view sql_type, std::string_view type) {
  return {.kind = kind,
          .sql_type = sql_type,
          .applies = is_signed,
          .json = "number",
          .connect_type = type,
          .writer = always<kSigned>};
}
constexpr Form unsigned_integer(ColumnKind kind, std::string_view sql_type, std::string_view type) {
  return {.kind = kind,
          .sql_type = sql_type,
          .applies = is_unsigned,
          .json = "number",
          .connect_type = type,
          .writer = always<kUnsigned>};
}

// Connect types are those of Debezium 3.6 (BinlogValueConverters.schemaBuilder).
constexpr auto kForms = std::to_array<Form>({
    integer(ColumnKind::kTinyInt, "TINYINT", "int16"),
    unsigned_integer(ColumnKind::kTinyInt, "TINYINT UNSIGNED", "int16"),
    integer(ColumnKind::kSmallInt, "SMALLINT", "int16"),
    unsigned_integer(ColumnKind::kSmallInt, "SMALLINT UNSIGNED", "int32"),
    integer(ColumnKind::kMediumInt, "MEDIUMINT", "int32"),
    unsigned_integer(ColumnKind::kMediumInt, "MEDIUMINT UNSIGNED", "int32"),
    integer(ColumnKind::kInt, "INT", "int32"),
    unsigned_integer(ColumnKind::kInt, "INT UNSIGNED", "int64"),
    integer(ColumnKind::kBigInt, "BIGINT", "int64"),
    {.kind = ColumnKind::kBigInt,
     .sql_type = "BIGINT UNSIGNED",
     .setting = kUnsignedSetting,
     .modes = "exact",
     .applies = is_unsigned_as<BigintUnsignedMode::kExact>,
     .json = "number; with schemas the digits in a string",
     .connect_type = "string",
     .connect_name = "io.rowmill.data.UInt64",
     .writer = exact_writer},
    {.kind = ColumnKind::kBigInt,
     .sql_type = "BIGINT UNSIGNED",
     .setting = kUnsignedSetting,
     .modes = "long",
     .applies = is_unsigned_as<BigintUnsignedMode::kLong>,
     .json = "number",
     .connect_type = "int64",
     .writer = always<kLong>,
     .limit = "a number above 9223372036854775807",
     .remedy = "Set bigint.unsigned.handling.mode to exact or precise."},
    {.kind = ColumnKind::kBigInt,
     .sql_type = "BIGINT UNSIGNED",
     .setting = kUnsignedSetting,
     .modes = "precise",
     .applies = is_unsigned_as<BigintUnsignedMode::kPrecise>,
     .json = "string, Base64 of the number in two's complement: \"AP8=\" is 255",
     .connect_type = "bytes",
     .connect_name = "org.apache.kafka.connect.data.Decimal",
     .parameters = precise_parameters,
     .writer = always<kPrecise>},
});

}  // namespace

std::span<const Form> integer_forms() { return kForms; }

}  // namespace rowmill::convert
