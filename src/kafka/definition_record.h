// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "kafka/history_place.h"
#include "model/declared_table.h"

namespace rowmill::kafka {

// Records of the two topics of the schema history, JSON; schemas/schema-history.schema.json and
// schemas/schema-history-past.schema.json describe them. What has the usual value is left out.
// Stored for years: do not rename anything here. Values carry the version of their form, 1; a
// reader passes over names that it does not know.

/// Key of the first topic: {"connector":"orders","database":"shop","table":"customers"}.
struct HistoryKey {
  std::string connector;
  /// Whose definition it is; an empty table is the database itself. Absent: the connector's head.
  std::optional<model::TableId> id = std::nullopt;
  bool operator==(const HistoryKey&) const = default;
};
/// The same bytes for equal keys, so that compaction works.
[[nodiscard]] std::string encode_history_key(const HistoryKey& key);
/// Absent for what Rowmill did not write.
[[nodiscard]] std::optional<HistoryKey> decode_history_key(std::string_view bytes);

/// Value of a definition in force.
struct DefinitionRecord {
  model::DeclaredTable table;
  HistoryPlace at;
  bool operator==(const DefinitionRecord&) const = default;
};
[[nodiscard]] std::string encode_definition(const model::DeclaredTable& table,
                                            const HistoryPlace& at);
/// `id` is that of the key. Errors: kCorrupt, saying what is wrong; kConfig for a newer form.
base::Result<DefinitionRecord> decode_definition(const model::TableId& id, std::string_view bytes);

/// Value of a connector's head: what the definitions beside it amount to.
struct HistoryHead {
  /// The last change; what is in the second topic and not reached from there has been taken back.
  HistoryPlace at;
  /// Definitions in force.
  uint64_t definitions = 0;
  bool operator==(const HistoryHead&) const = default;
};
[[nodiscard]] std::string encode_head(const HistoryHead& head);
base::Result<HistoryHead> decode_head(std::string_view bytes);

/// What a change replaced; absent: there was no definition, or it was not known.
struct ReplacedDefinition {
  model::TableId id;
  std::optional<model::DeclaredTable> definition;
  bool operator==(const ReplacedDefinition&) const = default;
};

/// Value of the second topic, without key: what takes one change back. A large change has several.
struct PastRecord {
  std::string connector;
  HistoryPlace at;
  /// The change before it; absent: there was none.
  std::optional<HistoryPlace> previous = std::nullopt;
  /// For people: the begin of the statement, empty for what was read from the catalog.
  std::string sql = {};
  std::vector<ReplacedDefinition> replaced = {};
  bool operator==(const PastRecord&) const = default;
};
[[nodiscard]] std::string encode_past(const PastRecord& record);
base::Result<PastRecord> decode_past(std::string_view bytes);

}  // namespace rowmill::kafka
