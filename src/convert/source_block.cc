// SPDX-License-Identifier: Apache-2.0
#include "convert/source_block.h"

#include <chrono>

#include "convert/connect_schema.h"
#include "convert/json_writer.h"

namespace rowmill::convert {

SourceBlock::SourceBlock(const ConvertSettings& settings)
    : version_(settings.source_fields.contains("version")),
      sequence_(settings.source_fields.contains("sequence")),
      ts_us_(settings.source_fields.contains("ts_us")),
      ts_ns_(settings.source_fields.contains("ts_ns")),
      query_(settings.source_fields.contains("query")) {
  head_ = "{";
  if (version_) {
    head_ += R"("version":)";
    append_string(head_, settings.version);
    head_ += ',';
  }
  head_ += R"("connector":)";
  name_ = R"(,"name":)";
  append_string(name_, settings.topic_prefix);
  name_ += R"(,"ts_ms":)";
}

SourceBlock::TableText SourceBlock::table_text(const model::TableId& table) const {
  return table_text(table.database, table.table);
}

SourceBlock::TableText SourceBlock::table_text(std::string_view database,
                                               std::string_view table) const {
  TableText text;
  text.database = R"(,"db":)";
  append_string(text.database, database);
  if (sequence_) text.database += R"(,"sequence":null)";
  if (!table.empty()) {
    text.table = R"(,"table":)";
    append_string(text.table, table);
  }
  text.table += R"(,"server_id":)";
  return text;
}

void SourceBlock::append(std::string& out, const model::ChangeOrigin& origin, bool read,
                         const TableText& text) const {
  const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(origin.timestamp);
  out += head_;
  out += origin.mariadb ? R"("mariadb")" : R"("mysql")";
  out += name_;
  append_number(out, int64_t{milliseconds.count()});
  out += read ? R"(,"snapshot":"true")" : R"(,"snapshot":"false")";
  out += text.database;
  if (ts_us_) {
    out += R"(,"ts_us":)";
    append_number(out, int64_t{origin.timestamp.count()});
  }
  if (ts_ns_) {
    out += R"(,"ts_ns":)";
    append_number(out, int64_t{std::chrono::nanoseconds(origin.timestamp).count()});
  }
  out += text.table;
  append_number(out, uint64_t{origin.server_id});
  if (!origin.gtid.empty()) {
    out += R"(,"gtid":)";
    append_string(out, origin.gtid);
  }
  out += R"(,"file":)";
  append_string(out, origin.file);
  out += R"(,"pos":)";
  append_number(out, origin.offset);
  out += R"(,"row":)";
  append_number(out, uint64_t{origin.row});
  if (origin.thread_id) {
    out += R"(,"thread":)";
    append_number(out, uint64_t{*origin.thread_id});
  }
  if (query_) {
    out += R"(,"query":)";
    if (origin.query.empty()) {
      out += "null";
    } else {
      append_string(out, origin.query);
    }
  }
  out += '}';
}

std::string SourceBlock::connect_schema() const {
  StructSchema schema;
  if (version_) schema.add("version", {.type = "string"});
  schema.add("connector", {.type = "string"});
  schema.add("name", {.type = "string"});
  schema.add("ts_ms", {.type = "int64"});
  schema.add("snapshot",
             {.type = "string",
              .optional = true,
              .name = "io.debezium.data.Enum",
              .parameters = {{"allowed",
                              "true,first,first_in_data_collection,last_in_data_collection,last,"
                              "false,incremental"}}});
  schema.add("db", {.type = "string"});
  if (sequence_) schema.add("sequence", {.type = "string", .optional = true});
  if (ts_us_) schema.add("ts_us", {.type = "int64", .optional = true});
  if (ts_ns_) schema.add("ts_ns", {.type = "int64", .optional = true});
  schema.add("table", {.type = "string", .optional = true});
  schema.add("server_id", {.type = "int64"});
  schema.add("gtid", {.type = "string", .optional = true});
  schema.add("file", {.type = "string"});
  schema.add("pos", {.type = "int64"});
  schema.add("row", {.type = "int32"});
  schema.add("thread", {.type = "int64", .optional = true});
  if (query_) schema.add("query", {.type = "string", .optional = true});
  return std::move(schema).text(
      {.name = "io.rowmill.data.Source", .versioned = true, .field = "source"});
}

}  // namespace rowmill::convert
