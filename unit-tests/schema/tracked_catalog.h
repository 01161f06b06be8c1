// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "schema/catalog_tables.h"
#include "schema/ddl_parser.h"
#include "schema/table_catalog.h"

namespace rowmill::schema {

/// Ids as on the servers.
inline CollationTable some_collations() {
  return {
      {8, {.name = "latin1_swedish_ci", .charset = "latin1", .is_default = true}},
      {45, {.name = "utf8mb4_general_ci", .charset = "utf8mb4", .longest = 4}},
      {63, {.name = "binary", .charset = "binary", .is_default = true}},
      {255, {.name = "utf8mb4_0900_ai_ci", .charset = "utf8mb4", .is_default = true, .longest = 4}},
      {300, {.name = "klingon_ci", .charset = "klingon", .is_default = true}}};
}

inline binlog::MapColumn map_column(std::string_view name, binlog::FieldType type,
                                    uint16_t metadata = 0, uint32_t collation = 0) {
  binlog::MapColumn made;
  made.type = type;
  made.metadata = metadata;
  made.collation = collation;
  made.name = name;
  return made;
}

/// Of shop.orders. `body` stands for the bytes: other ones for another map.
inline binlog::TableMap named_map(std::vector<binlog::MapColumn> columns,
                                  std::string_view body = "body") {
  binlog::TableMap map;
  map.database = "shop";
  map.table = "orders";
  map.columns = std::move(columns);
  map.has_names = map.has_signedness = map.has_charsets = true;
  map.body = std::as_bytes(std::span(body));
  return map;
}

/// As binlog_row_metadata=MINIMAL logs it.
inline binlog::TableMap unnamed_map(std::vector<binlog::MapColumn> columns,
                                    std::string_view body = "body") {
  auto map = named_map(std::move(columns), body);
  map.has_names = map.has_signedness = map.has_charsets = false;
  for (auto& column : map.columns) {
    column.name = {};
    column.collation = 0;
  }
  return map;
}

/// A catalog over definitions of database shop, all of whose tables are captured, with a source
/// whose answers the test sets.
struct TrackedCatalog {
  explicit TrackedCatalog(TableCatalog::Settings settings = {},
                          std::unique_ptr<const Definitions> recovery = {})
      : catalog(tracker, settings, reader(), std::move(recovery)) {
    context.mariadb = settings.mariadb;
    context.server_version = settings.mariadb ? 101119 : 90704;
    context.default_database = "shop";
    context.utf8mb4_collation = 255;
    tracker.put(declared_database({.name = "shop", .collation = "latin1_swedish_ci"}));
  }

  CatalogReader reader() {
    return [this](const model::TableId& table) {
      EXPECT_EQ(model::to_string(table), "shop.orders");
      ++questions;
      return answer;
    };
  }
  std::vector<model::DefinitionChange> run(std::string_view sql, uint64_t offset = 100) {
    auto changes = tracker.on_statement(
        sql, context, {.position = {"binlog.000001", offset}, .gtid = std::nullopt});
    for (const auto& change : changes) catalog.on_change(change);
    return changes;
  }
  /// What the source has now, if it is what the statement makes.
  void source_has(std::string_view create) {
    Definitions definitions(some_collations());
    const auto parsed = parse_ddl(create, context);
    ASSERT_TRUE(parsed.ok()) << parsed.error().text();
    definitions.apply(*parsed, context, [](const auto&) { return true; });
    answer = definitions.find({"shop", "orders"});
  }
  const Table* table_of(const binlog::TableMap& map) {
    const auto resolved = catalog.resolve(map);
    EXPECT_TRUE(resolved.ok()) << resolved.error().text();
    return resolved.ok() ? resolved->table : nullptr;
  }

  StatementContext context;
  DefinitionTracker tracker{
      some_collations(),
      {.captures = [](const model::TableId& id) { return id.database == "shop"; },
       .may_capture = [](const std::string& database) { return database == "shop"; }}};
  base::Result<std::optional<model::DeclaredTable>> answer = std::optional<model::DeclaredTable>();
  int questions = 0;
  TableCatalog catalog;
};

}  // namespace rowmill::schema
