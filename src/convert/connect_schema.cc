// SPDX-License-Identifier: Apache-2.0
#include "convert/connect_schema.h"

#include "convert/json_writer.h"

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

void append_parameters(std::string& out, const SchemaParameters& parameters) {
  char separator = '{';
  out += R"(,"parameters":)";
  for (const auto& [key, value] : parameters) {
    out += separator;
    append_string(out, key);
    out += ':';
    append_string(out, value);
    separator = ',';
  }
  out += '}';
}

void add_column(StructSchema& schema, const model::Column& column, const ColumnPlan& plan) {
  const Form& form = *plan.form;
  FieldSchema field{.type = form.connect_type,
                    .optional = column.nullable,
                    .name = form.connect_name,
                    .content = form.connect_content,
                    .doc = form.connect_doc};
  if (form.parameters != nullptr) field.parameters = form.parameters(column);
  // Debezium's TruncateColumn.alterFieldSchema.
  if (plan.limit != 0) field.parameters.emplace_back("truncateLength", std::to_string(plan.limit));
  schema.add(column.name, field);
}

}  // namespace

void StructSchema::add(std::string_view field, const FieldSchema& schema) {
  std::string text = R"({"type":)";
  append_string(text, schema.type);
  if (!schema.content.empty()) {
    text += ',';
    text += schema.content;
  }
  append_optional(text, schema.optional);
  if (!schema.name.empty()) {
    append_name(text, schema.name);
    text += kVersion;
  }
  if (!schema.doc.empty()) {
    text += R"(,"doc":)";
    append_string(text, schema.doc);
  }
  if (!schema.parameters.empty()) append_parameters(text, schema.parameters);
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

std::string key_schema(const model::TableDefinition& table, std::string_view topic,
                       std::span<const ColumnPlan> key) {
  StructSchema schema;
  for (const ColumnPlan& plan : key) add_column(schema, table.columns[plan.index], plan);
  const std::string name = std::string(topic) + ".Key";
  return std::move(schema).text({.name = name});
}

std::string envelope_schema(const model::TableDefinition& table, std::string_view topic,
                            std::span<const ColumnPlan> columns, std::string_view source) {
  const std::string row_name = std::string(topic) + ".Value";
  StructSchema envelope;
  for (const std::string_view image : {"before", "after"}) {
    StructSchema row;
    for (const ColumnPlan& plan : columns) add_column(row, table.columns[plan.index], plan);
    envelope.add_text(std::move(row).text({.name = row_name, .optional = true, .field = image}));
  }
  envelope.add_text(source);
  envelope.add("op", {.type = "string"});
  envelope.add("ts_ms", {.type = "int64", .optional = true});
  const std::string name = std::string(topic) + ".Envelope";
  return std::move(envelope).text({.name = name, .versioned = true});
}

}  // namespace rowmill::convert
