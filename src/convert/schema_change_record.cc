// SPDX-License-Identifier: Apache-2.0
#include "convert/schema_change_record.h"

#include <set>

#include "convert/connect_schema.h"
#include "convert/json_writer.h"
#include "convert/table_change_json.h"

namespace rowmill::convert {
namespace {

/// `"shop"."orders"`.
std::string quoted(const model::TableId& id) {
  return '"' + id.database + R"(".")" + id.table + '"';
}

/// Dropped, and made under another name by the same statement.
bool is_rename(const model::DefinitionChange& from, const model::DefinitionChange& to) {
  if (!from.before || from.after || from.unknown || to.before || !to.after) return false;
  model::DeclaredTable moved = *from.before;
  moved.id = to.id;
  return moved == *to.after;
}

std::string key_schema_text(const std::string& connector) {
  StructSchema key;
  key.add("databaseName", {.type = "string"});
  return std::move(key).text({.name = connector + ".SchemaChangeKey", .versioned = true});
}

std::string value_schema_text(const std::string& connector, const std::string& source) {
  const std::string changes = R"("items":)" + table_change_schema();
  StructSchema value;
  value.add_text(source);
  value.add("ts_ms", {.type = "int64"});
  value.add("databaseName", {.type = "string", .optional = true});
  value.add("schemaName", {.type = "string", .optional = true});
  value.add("ddl", {.type = "string", .optional = true});
  value.add("tableChanges", {.type = "array", .content = changes});
  return std::move(value).text({.name = connector + ".SchemaChangeValue", .versioned = true});
}

}  // namespace

SchemaChangeRecords::SchemaChangeRecords(const ConvertSettings& settings, const SourceBlock& source)
    : settings_(settings), source_(source), topic_(settings.topic_prefix) {}

void SchemaChangeRecords::append(const model::SchemaChange& change, connect::RecordBatch& batch) {
  const bool statement = !change.sql.empty();
  for (const auto& [database, tables] : by_database(change)) {
    if (statement) {
      append_record(change, database, tables, batch);
      continue;
    }
    for (const TableChange& table : tables) append_record(change, database, {&table, 1}, batch);
  }
}

std::map<std::string_view, std::vector<SchemaChangeRecords::TableChange>>
SchemaChangeRecords::by_database(const model::SchemaChange& change) {
  std::map<std::string_view, std::vector<TableChange>> databases;
  const auto& all = change.definitions;
  for (size_t i = 0; i < all.size(); ++i) {
    const model::DefinitionChange* of = &all[i];
    TableChange table{.type = "ALTER"};
    if (i + 1 < all.size() && is_rename(all[i], all[i + 1])) {
      table.renamed_from = &of->id;
      of = &all[++i];
    } else if (!of->after && !of->unknown) {
      table.type = "DROP";
    } else if (!of->before && of->after) {
      table.type = "CREATE";
    }
    table.id = &of->id;
    table.table = of->after ? &*of->after : nullptr;
    auto& tables = databases[of->id.database];
    // A statement about the database itself changes no table.
    if (!of->id.table.empty()) tables.push_back(table);
  }
  return databases;
}

void SchemaChangeRecords::append_source(std::string& out, const model::SchemaChange& change,
                                        std::string_view database,
                                        std::span<const TableChange> tables) const {
  std::set<std::string_view> names;
  std::string joined;
  for (const TableChange& table : tables) {
    if (!names.insert(table.id->table).second) continue;
    if (!joined.empty()) joined += ',';
    joined += table.id->table;
  }
  source_.append(out, change.origin, change.sql.empty(), source_.table_text(database, joined));
}

void SchemaChangeRecords::append_record(const model::SchemaChange& change,
                                        std::string_view database,
                                        std::span<const TableChange> tables,
                                        connect::RecordBatch& batch) {
  const Envelope& around = envelope(change.origin.mariadb);
  std::string& out = batch.bytes();
  batch.begin(topic_);
  out += around.key_head;
  out += R"({"databaseName":)";
  append_string(out, database);
  out += '}';
  if (settings_.key_schemas) out += '}';
  batch.end_key();
  batch.put_in_first_partition();

  out += around.value_head;
  out += R"({"source":)";
  append_source(out, change, database, tables);
  out += R"(,"ts_ms":)";
  append_number(out, settings_.clock_ms());
  out += R"(,"databaseName":)";
  append_string(out, database);
  out += R"(,"schemaName":null,"ddl":)";
  if (change.sql.empty()) {
    out += "null";
  } else {
    append_string(out, change.sql);
  }
  out += R"(,"tableChanges":[)";
  for (const TableChange& table : tables) {
    if (out.back() != '[') out += ',';
    out += R"({"type":")";
    out += table.type;
    out += R"(","id":)";
    append_string(out, (table.renamed_from == nullptr ? "" : quoted(*table.renamed_from) + ',') +
                           quoted(*table.id));
    out += R"(,"table":)";
    if (table.table == nullptr) {
      out += "null";
    } else {
      append_table(out, *table.table);
    }
    out += '}';
  }
  out += "]}";
  if (settings_.value_schemas) out += '}';
  batch.end_value();
  batch.end();
}

const SchemaChangeRecords::Envelope& SchemaChangeRecords::envelope(bool mariadb) {
  const auto [entry, missing] = envelopes_.try_emplace(mariadb);
  if (missing) {
    const std::string connector =
        mariadb ? "io.debezium.connector.mariadb" : "io.debezium.connector.mysql";
    if (settings_.key_schemas) {
      entry->second.key_head = R"({"schema":)" + key_schema_text(connector) + R"(,"payload":)";
    }
    if (settings_.value_schemas) {
      entry->second.value_head = R"({"schema":)" +
                                 value_schema_text(connector, source_.connect_schema()) +
                                 R"(,"payload":)";
    }
  }
  return entry->second;
}

}  // namespace rowmill::convert
