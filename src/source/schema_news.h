// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <span>
#include <string>
#include <utility>

#include "model/schema_change.h"
#include "schema/table_catalog.h"

namespace rowmill::source {

/// What became of definitions, for people: counted, and logged where nobody asked for it. Used by
/// the task's source thread; the counts are read by any.
class SchemaNews {
 public:
  explicit SchemaNews(std::string connector) : connector_(std::move(connector)) {}

  /// Definitions that a statement changed. Those that it left unknown are logged.
  void on_changes(std::span<const model::DefinitionChange> changes, const model::Position& place);
  void on_found(const schema::FoundDefinition& found, const model::Position& place);

  /// Definitions that statements changed since the task began.
  [[nodiscard]] uint64_t changes() const { return changes_; }
  /// Definitions that were taken from the catalog, or from the file of schema.recovery.file, when
  /// in doubt.
  [[nodiscard]] uint64_t lookups() const { return lookups_; }
  /// Definitions that were corrected by a table map.
  [[nodiscard]] uint64_t corrections() const { return corrections_; }

 private:
  const std::string connector_;
  std::atomic<uint64_t> changes_{0};
  std::atomic<uint64_t> lookups_{0};
  std::atomic<uint64_t> corrections_{0};
};

}  // namespace rowmill::source
