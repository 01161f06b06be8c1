// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "convert/form.h"
#include "convert/json_writer.h"

namespace rowmill::convert {
namespace {

using model::Bytes;
using model::Column;
using model::ColumnKind;
using model::Text;

constexpr std::string_view kBinarySetting = "binary.handling.mode";

/// The first `characters` of valid UTF-8. Debezium counts UTF-16 units and so can cut a character
/// above U+FFFF in half (TruncateColumn); we count characters.
std::string_view first_characters(std::string_view utf8, uint32_t characters) {
  if (utf8.size() <= characters) return utf8;
  size_t at = 0;
  for (; at < utf8.size(); ++at) {
    const bool starts_character = (static_cast<unsigned char>(utf8[at]) & 0xc0) != 0x80;
    if (starts_character && characters-- == 0) break;
  }
  return utf8.substr(0, at);
}

template <typename T>
void append_utf8(const T& text, std::string& out) {
  append_string(out, text.utf8);
}

void append_truncated(const Text& text, uint32_t limit, std::string& out) {
  append_string(out, first_characters(text.utf8, limit));
}

void append_bytes(const Bytes& bytes, std::string& out) { append_base64(out, bytes.data); }
void append_url_safe(const Bytes& bytes, std::string& out) {
  append_base64_url_safe(out, bytes.data);
}
void append_hex_digits(const Bytes& bytes, std::string& out) { append_hex(out, bytes.data); }

/// Debezium cuts bytes before they are encoded, but a text that stands for bytes as a text.
void append_truncated_bytes(const Bytes& bytes, uint32_t limit, std::string& out) {
  append_base64(out, bytes.data.first(std::min<size_t>(bytes.data.size(), limit)));
}

template <void (*append)(const Bytes&, std::string&)>
void append_truncated_text(const Bytes& bytes, uint32_t limit, std::string& out) {
  const size_t begin = out.size();
  append(bytes, out);
  if (out.size() - begin <= size_t{limit} + 2) return;
  out.resize(begin + 1 + limit);
  out += '"';
}

/// Labels joined by commas; a comma within a label (only ENUM has such) is escaped as Debezium
/// does (Enum.builder, Strings.join).
SchemaParameters label_parameters(const Column& column) {
  std::string all;
  for (const std::string& label : column.labels) {
    if (&label != &column.labels.front()) all += ',';
    for (const char c : label) {
      if (c == ',') all += '\\';
      all += c;
    }
  }
  return {{"allowed", std::move(all)}};
}

template <BinaryMode mode>
bool binary_as(const Column&, const FormSettings& settings) {
  return settings.binary == mode;
}

constexpr Form text(ColumnKind kind, std::string_view sql_type) {
  return {.kind = kind,
          .sql_type = sql_type,
          .applies = any_column,
          .json = "string",
          .connect_type = "string",
          .writer = always<write_held<Text, append_utf8<Text>>>,
          .truncating = write_truncated<Text, append_truncated>};
}

/// Of MariaDB alone; names are those of Debezium's MariaDbValueConverters.
constexpr Form printed(ColumnKind kind, std::string_view sql_type, std::string_view json,
                       std::string_view name = "") {
  return {.kind = kind,
          .sql_type = sql_type,
          .applies = any_column,
          .json = json,
          .connect_type = "string",
          .connect_name = name,
          .writer = always<write_held<Text, append_utf8<Text>>>};
}

// Debezium's CommonConnectorConfig.BinaryHandlingMode and JdbcValueConverters.convertBinary.
constexpr Form bytes(ColumnKind kind, std::string_view sql_type) {
  return {.kind = kind,
          .sql_type = sql_type,
          .setting = kBinarySetting,
          .modes = "bytes",
          .applies = binary_as<BinaryMode::kBytes>,
          .json = "string, Base64 \"+/8=\"",
          .connect_type = "bytes",
          .writer = always<write_held<Bytes, append_bytes>>,
          .truncating = write_truncated<Bytes, append_truncated_bytes>};
}
constexpr Form base64(ColumnKind kind, std::string_view sql_type) {
  return {.kind = kind,
          .sql_type = sql_type,
          .setting = kBinarySetting,
          .modes = "base64",
          .applies = binary_as<BinaryMode::kBase64>,
          .json = "string, Base64 \"+/8=\"",
          .connect_type = "string",
          .writer = always<write_held<Bytes, append_bytes>>,
          .truncating = write_truncated<Bytes, append_truncated_text<append_bytes>>};
}
constexpr Form url_safe(ColumnKind kind, std::string_view sql_type) {
  return {.kind = kind,
          .sql_type = sql_type,
          .setting = kBinarySetting,
          .modes = "base64-url-safe",
          .applies = binary_as<BinaryMode::kBase64UrlSafe>,
          .json = "string, Base64 for URLs \"-_8=\"",
          .connect_type = "string",
          .writer = always<write_held<Bytes, append_url_safe>>,
          .truncating = write_truncated<Bytes, append_truncated_text<append_url_safe>>};
}
constexpr Form hex(ColumnKind kind, std::string_view sql_type) {
  return {.kind = kind,
          .sql_type = sql_type,
          .setting = kBinarySetting,
          .modes = "hex",
          .applies = binary_as<BinaryMode::kHex>,
          .json = "string, two digits a byte \"fbff\"",
          .connect_type = "string",
          .writer = always<write_held<Bytes, append_hex_digits>>,
          .truncating = write_truncated<Bytes, append_truncated_text<append_hex_digits>>};
}

constexpr auto kForms = std::to_array<Form>({
    text(ColumnKind::kChar, "CHAR"),
    text(ColumnKind::kVarchar, "VARCHAR"),
    text(ColumnKind::kText, "TEXT"),
    bytes(ColumnKind::kBinary, "BINARY"),
    base64(ColumnKind::kBinary, "BINARY"),
    url_safe(ColumnKind::kBinary, "BINARY"),
    hex(ColumnKind::kBinary, "BINARY"),
    bytes(ColumnKind::kVarbinary, "VARBINARY"),
    base64(ColumnKind::kVarbinary, "VARBINARY"),
    url_safe(ColumnKind::kVarbinary, "VARBINARY"),
    hex(ColumnKind::kVarbinary, "VARBINARY"),
    bytes(ColumnKind::kBlob, "BLOB"),
    base64(ColumnKind::kBlob, "BLOB"),
    url_safe(ColumnKind::kBlob, "BLOB"),
    hex(ColumnKind::kBlob, "BLOB"),
    {.kind = ColumnKind::kEnum,
     .sql_type = "ENUM",
     .applies = any_column,
     .json = "string, the label",
     .connect_type = "string",
     .connect_name = "io.debezium.data.Enum",
     .parameters = label_parameters,
     .writer = always<write_held<model::EnumLabel, append_utf8<model::EnumLabel>>>},
    {.kind = ColumnKind::kSet,
     .sql_type = "SET",
     .applies = any_column,
     .json = "string \"a,b\"",
     .connect_type = "string",
     .connect_name = "io.debezium.data.EnumSet",
     .parameters = label_parameters,
     .writer = always<write_held<model::SetLabels, append_utf8<model::SetLabels>>>},
    {.kind = ColumnKind::kJson,
     .sql_type = "JSON",
     .applies = any_column,
     .json = "string, the server's text",
     .connect_type = "string",
     .connect_name = "io.debezium.data.Json",
     .writer = always<write_held<model::JsonText, append_utf8<model::JsonText>>>},
    printed(ColumnKind::kUuid, "UUID", "string \"123e4567-e89b-12d3-a456-426655440000\"",
            "io.debezium.data.Uuid"),
    printed(ColumnKind::kInet4, "INET4", "string \"192.0.2.1\""),
    printed(ColumnKind::kInet6, "INET6", "string \"2001:db8::1\""),
});

}  // namespace

std::span<const Form> text_forms() { return kForms; }

}  // namespace rowmill::convert
