// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "convert/column_plan.h"
#include "model/table.h"

namespace rowmill::convert {

// Schemas as Kafka Connect's JsonConverter writes them (schemas.enable=true): attributes in the
// order type, fields or items, optional, name, version, doc, parameters, field. Source: Apache
// Kafka 3.x, org.apache.kafka.connect.json.JsonConverter.asJsonSchema.

/// The schema of one field.
struct FieldSchema {
  std::string_view type;
  bool optional = false;
  /// Semantic name, with version 1; empty: none.
  std::string_view name{};
  SchemaParameters parameters{};
  /// `"fields":[...]` or `"items":{...}`; empty for types without parts.
  std::string_view content{};
  std::string_view doc{};
};

/// Builds the text of a struct schema field by field.
class StructSchema {
 public:
  struct Attributes {
    std::string_view name;
    /// Writes version 1, as Debezium does for its envelope and source but not for keys and rows.
    bool versioned = false;
    bool optional = false;
    /// The name of the field that the struct itself is; empty at the top.
    std::string_view field{};
  };

  void add(std::string_view field, const FieldSchema& schema);
  /// A field whose schema, its name included, has been written before.
  void add_text(std::string_view schema);
  /// The whole schema.
  [[nodiscard]] std::string text(const Attributes& attributes) &&;

 private:
  std::string fields_;
};

/// Schema `<topic>.Key` of the key's columns, in key order.
[[nodiscard]] std::string key_schema(const model::TableDefinition& table, std::string_view topic,
                                     std::span<const ColumnPlan> key);

/// Schema `<topic>.Envelope`; `source` is the schema of its source block.
[[nodiscard]] std::string envelope_schema(const model::TableDefinition& table,
                                          std::string_view topic,
                                          std::span<const ColumnPlan> columns,
                                          std::string_view source);

}  // namespace rowmill::convert
