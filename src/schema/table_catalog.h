// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "binlog/event.h"
#include "schema/definition_tracker.h"
#include "schema/definitions.h"
#include "schema/table.h"
#include "schema/table_builder.h"

namespace rowmill::schema {

/// How the source says that a table is now, with DeclaredTable::as_of; nothing if it has none of
/// that name, or does not show it to our account. What it fails with is passed on.
using CatalogReader =
    std::function<base::Result<std::optional<model::DeclaredTable>>(const model::TableId&)>;

/// What resolve() found out about a definition.
struct FoundDefinition {
  enum class How : uint8_t {
    /// The map has names, and no definition was known for certain.
    kInMap,
    /// The map has names, and the definition in force was another one.
    kCorrected,
    /// There was none that fits; the catalog has one.
    kLookedUp,
    /// There was none that fits; the file of schema.recovery.file has one.
    kInFile,
    /// There is none that fits, and the table's rows are to be passed over.
    kNone,
  };
  How how = How::kInMap;
  model::DefinitionChange change;
  /// What was wrong with the one before, for people.
  std::string reason;
};

struct ResolvedTable {
  /// Null: its rows are passed over.
  const Table* table = nullptr;
  /// To be told before the rows.
  std::optional<FoundDefinition> found;
};

/// Gives the table for each table map. A map with names (binlog_row_metadata=FULL) is the truth,
/// and the definition in force is corrected by it; another one is read by the definition in force,
/// which must fit. When in doubt the catalog is asked how the table is now, and believed if that
/// fits. One thread. A Table has one address until it is forgotten, and an equal one has it again.
class TableCatalog {
 public:
  struct Settings {
    bool mariadb = false;
    /// schema.recovery=skip.
    bool pass_over_unknown = false;
  };

  /// `tracker` outlives it; `read` may be empty; `recovery` are definitions of a file, or null.
  TableCatalog(DefinitionTracker& tracker, Settings settings, CatalogReader read = {},
               std::unique_ptr<const Definitions> recovery = {});

  /// Errors: kConfig (no definition fits: with the statement at fault and the ways out),
  /// kUnsupported (a column type or character set that we do not decode, or a type that nobody
  /// knows any more); each names the table. What the catalog reader fails with is passed on.
  base::Result<ResolvedTable> resolve(const binlog::TableMap& map);

  /// As schema::silent_columns(). `table` must come from resolve(), with the same definition still
  /// in force; the answer lives as long as it.
  const std::vector<bool>& silent_columns(const Table& table);

  /// The definition in force is another one, or none, from here on.
  void on_change(const model::DefinitionChange& change);
  /// All definitions may be others.
  void on_restore();

  /// Hands over the tables of past definitions that were many: nobody may refer to them any more,
  /// and nobody may while this is called.
  void release_outdated(const std::function<void(const Table&)>& forget);

 private:
  /// What is kept of one table.
  struct Versions {
    /// Keys of by_body_.
    std::vector<std::string> bodies;
    /// The newest last.
    std::vector<std::unique_ptr<const Table>> tables;
  };
  base::Result<ResolvedTable> resolve_named(const binlog::TableMap& map);
  base::Result<ResolvedTable> resolve_unnamed(const binlog::TableMap& map);
  /// No definition fits, for that reason.
  base::Result<ResolvedTable> recover(const binlog::TableMap& map, std::string reason);
  std::optional<FoundDefinition> labels_of_file(const binlog::TableMap& map,
                                                const model::DeclaredTable& declared);
  base::Result<std::optional<FoundDefinition>> look(const binlog::TableMap& map,
                                                    std::string& reason);
  [[nodiscard]] std::optional<model::DeclaredTable> in_force(const model::TableId& id) const;
  std::optional<std::string> wrong(const binlog::TableMap& map,
                                   const std::optional<model::DeclaredTable>& declared) const;
  base::Result<const Table*> build(const binlog::TableMap& map,
                                   const model::DeclaredTable& declared);
  const Table* intern(Table table);

  DefinitionTracker& tracker_;
  const Settings settings_;
  const CatalogReader read_;
  const std::unique_ptr<const Definitions> recovery_;
  TableBuilder builder_;
  std::unordered_map<std::string, Versions> versions_;
  /// Keys are the maps' bytes after the map id.
  std::unordered_map<std::string, const Table*> by_body_;
  std::string lookup_key_;
  std::unordered_map<const Table*, std::vector<bool>> silent_columns_;
  std::vector<std::unique_ptr<const Table>> outdated_;
};

}  // namespace rowmill::schema
