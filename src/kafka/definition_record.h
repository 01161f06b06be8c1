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

/// How far a history has come.
struct HistoryEnd {
  /// The last change.
  HistoryPlace at;
  /// The farthest place at which the catalog was read, if that lies ahead of `at`: a task that is
  /// behind finds definitions there.
  std::optional<HistoryPlace> ahead = std::nullopt;
  bool operator==(const HistoryEnd&) const = default;
};
/// Whether all changes up to there are in force at `offset`.
[[nodiscard]] bool is_in_force(const HistoryEnd& end, const model::SourceOffset& offset);

/// Value of a connector's head: what the definitions beside it amount to.
struct HistoryHead {
  /// What is in the second topic and not reached from here has been taken back.
  HistoryEnd end;
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
  /// How far the history had come before it; absent: this is its first change.
  std::optional<HistoryEnd> previous = std::nullopt;
  /// For people: the begin of the statement, empty for what was read from the catalog.
  std::string sql = {};
  std::vector<ReplacedDefinition> replaced = {};
  bool operator==(const PastRecord&) const = default;
};
[[nodiscard]] std::string encode_past(const PastRecord& record);
base::Result<PastRecord> decode_past(std::string_view bytes);

}  // namespace rowmill::kafka
