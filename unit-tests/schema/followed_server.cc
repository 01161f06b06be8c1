// SPDX-License-Identifier: Apache-2.0
#include "schema/followed_server.h"

#include <array>
#include <fstream>

namespace rowmill::schema {

using model::DeclaredColumn;
using model::DeclaredKey;
using model::SqlType;

namespace {

constexpr auto kTypes = std::to_array<std::string_view>(
    {"tinyint",   "smallint", "mediumint", "int",        "bigint",     "decimal",  "float",
     "double",    "bit",      "year",      "date",       "time",       "datetime", "timestamp",
     "char",      "varchar",  "tinytext",  "text",       "mediumtext", "longtext", "binary",
     "varbinary", "tinyblob", "blob",      "mediumblob", "longblob",   "enum",     "set",
     "json",      "geometry", "vector",    "uuid",       "inet4",      "inet6"});
static_assert(kTypes.size() == static_cast<size_t>(SqlType::kInet6) + 1);

std::string size_text(const DeclaredColumn& column) {
  std::string text;
  for (const std::string& label : column.labels) text += (text.empty() ? "'" : ",'") + label + "'";
  if (!column.labels.empty()) return "(" + text + ")";
  const bool has_point = column.type == SqlType::kDecimal || column.type == SqlType::kFloat ||
                         column.type == SqlType::kDouble;
  if (column.length && has_point) {
    return "(" + std::to_string(*column.length) + "," + std::to_string(column.scale) + ")";
  }
  if (column.length) return "(" + std::to_string(*column.length) + ")";
  return column.scale == 0 ? "" : "(" + std::to_string(column.scale) + ")";
}

std::string to_text(const DeclaredColumn& column) {
  std::string text = column.name + " " + std::string(kTypes.at(static_cast<size_t>(column.type))) +
                     size_text(column);
  const auto add = [&](bool is, std::string_view word) {
    if (is) text += " " + std::string(word);
  };
  add(column.is_unsigned, "unsigned");
  add(column.zerofill, "zerofill");
  add(column.compressed, "compressed");
  add(!column.collation.empty(), column.collation);
  add(!column.nullable, "not null");
  add(column.auto_increment, "auto");
  add(column.generated == model::Generated::kVirtual, "virtual");
  add(column.generated == model::Generated::kStored, "stored");
  add(column.invisible, "invisible");
  return text;
}

std::string to_text(const DeclaredKey& key) {
  std::string text = key.name + "(";
  for (size_t i = 0; i < key.columns.size(); ++i) {
    text += (i == 0 ? "" : ",") + (key.columns[i].empty() ? "<>" : key.columns[i]);
  }
  return text + (key.partial ? ".." : "") + ")" + (key.hash ? "#" : "");
}

}  // namespace

CollationTable server_collations(std::string_view server) {
  CollationTable table;
  std::ifstream file(std::string(ROWMILL_TESTDATA "/collations/") + std::string(server) + ".txt");
  uint32_t id = 0;
  Collation collation;
  std::string is_default;
  while (file >> id >> collation.name >> collation.charset >> is_default >> collation.longest) {
    collation.is_default = is_default == "default";
    table.emplace(id, collation);
  }
  EXPECT_FALSE(table.empty()) << server;
  return table;
}

std::string to_text(const model::DeclaredTable& table) {
  std::string text;
  for (const DeclaredColumn& column : table.columns) {
    text += (text.empty() ? "" : "; ") + to_text(column);
  }
  if (!table.keys.empty()) text += " |";
  for (const DeclaredKey& key : table.keys) text += " " + to_text(key);
  if (table.hidden_versioning) text += " versioned";
  if (table.sequence) text += "sequence";
  return text;
}

FollowedServer::FollowedServer(Brand brand)
    : context_(brand == Brand::kMariadb ? mariadb() : mysql()),
      definitions_(server_collations(brand == Brand::kMariadb ? "mariadb" : "mysql")) {
  context_.default_database = "d";
  run("CREATE DATABASE d CHARACTER SET utf8mb4");
}

DefinitionChanges FollowedServer::run(std::string_view sql) {
  const auto statement = parse_ddl(sql, context_);
  if (!statement.ok()) {
    ADD_FAILURE() << sql << ": " << statement.error().text();
    return {};
  }
  auto changes =
      definitions_.apply(*statement, context_, [](const model::TableId&) { return true; });
  doubts_.insert(doubts_.end(), changes.doubts.begin(), changes.doubts.end());
  return changes;
}

std::string FollowedServer::table(std::string_view name) const {
  const model::TableId id{"d", std::string(name)};
  if (const auto known = definitions_.find(id)) return to_text(*known);
  for (auto doubt = doubts_.rbegin(); doubt != doubts_.rend(); ++doubt) {
    if (doubt->id == id) return "unknown: " + doubt->reason;
  }
  return "none";
}

std::string FollowedServer::collation_of(std::string_view name) const {
  const auto known = definitions_.find({"d", std::string(name)});
  return known ? known->collation : "none";
}

}  // namespace rowmill::schema
