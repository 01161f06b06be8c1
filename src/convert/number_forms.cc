// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <charconv>
#include <cmath>

#include "convert/form.h"
#include "convert/json_writer.h"
#include "convert/unscaled.h"

namespace rowmill::convert {
namespace {

using model::Bits;
using model::Column;
using model::ColumnKind;
using model::Decimal;

constexpr std::string_view kDecimalSetting = "decimal.handling.mode";
constexpr std::string_view kBitSetting = "bit.handling.mode";

void append_digits(const Decimal& value, std::string& out) { append_string(out, value.digits); }

CellOutcome append_unscaled(const Decimal& value, std::string& out) {
  const auto unscaled = Unscaled::of(value.digits);
  if (!unscaled) return CellOutcome::kOtherType;
  unscaled->append_base64(out);
  return CellOutcome::kWritten;
}

CellOutcome append_nearest_double(const Decimal& value, std::string& out) {
  double nearest = 0;
  const char* end = value.digits.data() + value.digits.size();
  const auto read = std::from_chars(value.digits.data(), end, nearest);
  if (read.ec != std::errc() || read.ptr != end) return CellOutcome::kOtherType;
  append_number(out, nearest);
  return CellOutcome::kWritten;
}

template <typename T>
CellOutcome append_finite(const T& value, std::string& out) {
  if (!std::isfinite(value)) return CellOutcome::kNotFinite;
  append_number(out, value);
  return CellOutcome::kWritten;
}

void append_bits(const Bits& bits, std::string& out) { append_number(out, bits.value); }

void append_quoted_bits(const Bits& bits, std::string& out) {
  out += '"';
  append_number(out, bits.value);
  out += '"';
}

void append_boolean(const Bits& bits, std::string& out) {
  out += bits.value == 0 ? "false" : "true";
}

/// Least significant byte first, as many bytes as the width needs: Debezium's
/// JdbcValueConverters.convertBits with padLittleEndian.
void append_little_endian(const Bits& bits, std::string& out) {
  std::array<std::byte, 8> bytes;
  for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::byte>(bits.value >> 8 * i);
  append_base64(out, std::span(bytes).first(std::min<size_t>((bits.width + 7U) / 8, 8)));
}

template <DecimalMode mode>
bool decimal_as(const Column&, const FormSettings& settings) {
  return settings.decimal == mode;
}

SchemaParameters decimal_parameters(const Column& column) {
  return {{"scale", std::to_string(column.scale)},
          {"connect.decimal.precision", std::to_string(column.length)}};
}

SchemaParameters bit_parameters(const Column& column) {
  return {{"length", std::to_string(column.length)}};
}

CellWriter bit_64_writer(const Column&, bool with_schema) {
  return with_schema ? CellWriter{write_held<Bits, append_quoted_bits>}
                     : CellWriter{write_held<Bits, append_bits>};
}

constexpr auto kForms = std::to_array<Form>({
    {.kind = ColumnKind::kDecimal,
     .sql_type = "DECIMAL",
     .setting = kDecimalSetting,
     .modes = "string",
     .applies = decimal_as<DecimalMode::kString>,
     .json = "string \"-0.50\"",
     .connect_type = "string",
     .writer = always<write_held<Decimal, append_digits>>},
    // Debezium's SpecialValueDecimal.builder.
    {.kind = ColumnKind::kDecimal,
     .sql_type = "DECIMAL",
     .setting = kDecimalSetting,
     .modes = "precise",
     .applies = decimal_as<DecimalMode::kPrecise>,
     .json = "string, Base64 of the unscaled number in two's complement: \"zg==\" is -0.50",
     .connect_type = "bytes",
     .connect_name = "org.apache.kafka.connect.data.Decimal",
     .parameters = decimal_parameters,
     .writer = always<write_held<Decimal, append_unscaled>>},
    {.kind = ColumnKind::kDecimal,
     .sql_type = "DECIMAL",
     .setting = kDecimalSetting,
     .modes = "double",
     .applies = decimal_as<DecimalMode::kDouble>,
     .json = "number, the nearest float64: -0.5",
     .connect_type = "double",
     .writer = always<write_held<Decimal, append_nearest_double>>},
    {.kind = ColumnKind::kFloat,
     .sql_type = "FLOAT",
     .applies = any_column,
     .json = "number, shortest digits of the float32",
     .connect_type = "float",
     .writer = always<write_held<float, append_finite<float>>>},
    {.kind = ColumnKind::kDouble,
     .sql_type = "DOUBLE",
     .applies = any_column,
     .json = "number, shortest digits of the float64",
     .connect_type = "double",
     .writer = always<write_held<double, append_finite<double>>>},
    {.kind = ColumnKind::kBit,
     .sql_type = "BIT(1..63)",
     .setting = kBitSetting,
     .modes = "number",
     .applies =
         [](const Column& column, const FormSettings& settings) {
           return column.length != 64 && settings.bit == BitMode::kNumber;
         },
     .json = "number, unsigned",
     .connect_type = "int64",
     .writer = always<write_held<Bits, append_bits>>},
    {.kind = ColumnKind::kBit,
     .sql_type = "BIT(64)",
     .setting = kBitSetting,
     .modes = "number",
     .applies =
         [](const Column& column, const FormSettings& settings) {
           return column.length == 64 && settings.bit == BitMode::kNumber;
         },
     .json = "number; with schemas the digits in a string",
     .connect_type = "string",
     .connect_name = "io.rowmill.data.UInt64",
     .writer = bit_64_writer},
    // Debezium's JdbcValueConverters.schemaBuilder.
    {.kind = ColumnKind::kBit,
     .sql_type = "BIT(1)",
     .setting = kBitSetting,
     .modes = "bytes",
     .applies = [](const Column& column,
                   const FormSettings&
                       settings) { return column.length <= 1 && settings.bit == BitMode::kBytes; },
     .json = "true or false",
     .connect_type = "boolean",
     .writer = always<write_held<Bits, append_boolean>>},
    {.kind = ColumnKind::kBit,
     .sql_type = "BIT(2..64)",
     .setting = kBitSetting,
     .modes = "bytes",
     .applies =
         [](const Column& column, const FormSettings& settings) {
           return column.length > 1 && settings.bit == BitMode::kBytes;
         },
     .json = "string, Base64 of the bytes, least significant first: \"BQE=\" is b'100000101'",
     .connect_type = "bytes",
     .connect_name = "io.debezium.data.Bits",
     .parameters = bit_parameters,
     .writer = always<write_held<Bits, append_little_endian>>},
});

}  // namespace

std::span<const Form> number_forms() { return kForms; }

}  // namespace rowmill::convert
