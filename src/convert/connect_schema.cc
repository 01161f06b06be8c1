// SPDX-License-Identifier: Apache-2.0
#include "convert/connect_schema.h"

#include "convert/json_writer.h"
#include "convert/native_form.h"

namespace rowmill::convert {
namespace {

constexpr std::string_view kVersion = R"(,"version":1)";

void append_field_name(std::string& out, std::string_view field) {
  out += R"(,"field":)";
  append_string(out, field);
}

void append_optional(std::string& out, bool optional) {
  out += optional ? R"(,"optional":true)" : R"(,"optional":false)";
}

void append_name(std::string& out, std::string_view name) {
  out += R"(,"name":)";
  append_string(out, name);
}

/// Labels joined by commas; a comma within a label (only ENUM has such) is escaped as Debezium
/// does.
std::string allowed_labels(const model::Column& column) {
  std::string all;
  for (const std::string& label : column.labels) {
    if (&label != &column.labels.front()) all += ',';
    for (const char c : label) {
      if (c == ',') all += '\\';
      all += c;
    }
  }
  return all;
}

void add_column(StructSchema& schema, const model::Column& column) {
  const NativeForm& form = native_form(column);
  PrimitiveSchema text{
      .type = form.connect_type, .optional = column.nullable, .name = form.connect_name};
  std::string allowed;
  if (column.kind == model::ColumnKind::kEnum || column.kind == model::ColumnKind::kSet) {
    allowed = allowed_labels(column);
    text.allowed = allowed;
  }
  schema.add(column.name, text);
}

}  // namespace

void StructSchema::add(std::string_view field, const PrimitiveSchema& schema) {
  std::string text = R"({"type":)";
  append_string(text, schema.type);
  append_optional(text, schema.optional);
  if (!schema.name.empty()) {
    append_name(text, schema.name);
    text += kVersion;
  }
  if (schema.allowed) {
    text += R"(,"parameters":{"allowed":)";
    append_string(text, *schema.allowed);
    text += '}';
  }
  append_field_name(text, field);
  text += '}';
  add_text(text);
}

void StructSchema::add_text(std::string_view schema) {
  if (!fields_.empty()) fields_ += ',';
  fields_ += schema;
}

std::string StructSchema::text(const Attributes& attributes) && {
  std::string text = R"({"type":"struct","fields":[)" + fields_ + "]";
  append_optional(text, attributes.optional);
  append_name(text, attributes.name);
  if (attributes.versioned) text += kVersion;
  if (!attributes.field.empty()) append_field_name(text, attributes.field);
  text += '}';
  return text;
}

std::string key_schema(const model::TableDefinition& table, std::string_view topic) {
  StructSchema schema;
  for (const size_t index : table.key) add_column(schema, table.columns[index]);
  const std::string name = std::string(topic) + ".Key";
  return std::move(schema).text({.name = name});
}

std::string envelope_schema(const model::TableDefinition& table, std::string_view topic,
                            std::string_view source) {
  const std::string row_name = std::string(topic) + ".Value";
  StructSchema envelope;
  for (const std::string_view image : {"before", "after"}) {
    StructSchema row;
    for (const model::Column& column : table.columns) add_column(row, column);
    envelope.add_text(std::move(row).text({.name = row_name, .optional = true, .field = image}));
  }
  envelope.add_text(source);
  envelope.add("op", {.type = "string"});
  envelope.add("ts_ms", {.type = "int64", .optional = true});
  const std::string name = std::string(topic) + ".Envelope";
  return std::move(envelope).text({.name = name, .versioned = true});
}

}  // namespace rowmill::convert
