// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "connect/record_batch.h"
#include "convert/debezium_json.h"
#include "model/change.h"
#include "model/table.h"

namespace rowmill::convert {

inline ConvertSettings settings() {
  ConvertSettings result;
  result.topic_prefix = "shop";
  result.version = "1.2.3";
  result.clock_ms = [] { return int64_t{1700000001234}; };
  return result;
}

inline std::unique_ptr<DebeziumJsonConverter> converter(ConvertSettings with = settings()) {
  return DebeziumJsonConverter::create(std::move(with)).value();
}

inline model::Column column(std::string name, model::ColumnKind kind, bool nullable = true) {
  model::Column result;
  result.name = std::move(name);
  result.kind = kind;
  result.nullable = nullable;
  return result;
}

/// CREATE TABLE sales.orders (id INT PRIMARY KEY, note VARCHAR(20))
inline model::TableDefinition orders() {
  return {.id = {"sales", "orders"},
          .columns = {column("id", model::ColumnKind::kInt, false),
                      column("note", model::ColumnKind::kVarchar)},
          .key = {0}};
}

using Cells = std::vector<model::Value>;

inline Cells order(int64_t id, std::string_view note) { return {id, model::Text{note}}; }

/// A change that views its arguments.
inline model::Change change(model::Operation operation, const model::TableDefinition& table,
                            const Cells& before, const Cells& after) {
  model::Change result;
  result.operation = operation;
  result.table = &table;
  result.before = before;
  result.after = after;
  result.origin.timestamp = std::chrono::microseconds(1700000000123456);
  result.origin.server_id = 11;
  result.origin.file = "binlog.000003";
  result.origin.offset = 4711;
  result.origin.row = 2;
  return result;
}

/// The `source` of change() in records of table orders().
inline const std::string kOrderSource =
    R"({"connector":"mysql","name":"shop","ts_ms":1700000000123,"snapshot":"false",)"
    R"("db":"sales","table":"orders","server_id":11,"file":"binlog.000003","pos":4711,"row":2})";

/// An envelope with kOrderSource.
inline std::string envelope(std::string_view before, std::string_view after, char operation) {
  return R"({"before":)" + std::string(before) + R"(,"after":)" + std::string(after) +
         R"(,"source":)" + kOrderSource + R"(,"op":")" + operation + R"(","ts_ms":1700000001234})";
}

}  // namespace rowmill::convert
