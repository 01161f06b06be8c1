// SPDX-License-Identifier: Apache-2.0
#include "source/recovery_file.h"

#include <fstream>
#include <sstream>
#include <utility>

#include "schema/ddl_parser.h"
#include "source/sql_scanner.h"

namespace rowmill::source {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

/// Bytes of a statement that an error shows.
constexpr size_t kShownText = 200;

Error not_whole(std::string_view statement, std::string_view why) {
  return Error(ErrorKind::kConfig, "schema.recovery.file: " + std::string(why) + ": " +
                                       std::string(statement.substr(0, kShownText)))
      .with_remedy(
          "Write what SHOW CREATE TABLE printed, with the name of the database before that of the "
          "table, or USE before the statement.");
}

/// The database of `USE name`.
std::optional<std::string> used_database(std::string_view statement) {
  SqlScanner scanner(statement);
  if (!scanner.take("USE")) return std::nullopt;
  const auto name = scanner.next();
  return name ? std::optional(std::string(name->text)) : std::nullopt;
}

}  // namespace

Result<schema::Definitions> parse_recovery_text(std::string_view text,
                                                const schema::StatementContext& context,
                                                const model::CollationTable& collations) {
  schema::Definitions definitions(collations);
  schema::StatementContext here = context;
  std::string database;
  for (const std::string_view statement : schema::statements_in(text, context)) {
    if (auto used = used_database(statement)) {
      database = *std::move(used);
      continue;
    }
    here.default_database = database;
    const auto parsed = schema::parse_ddl(statement, here);
    if (!parsed.ok()) return not_whole(statement, parsed.error().message());
    const auto* create = std::get_if<schema::CreateTable>(&*parsed);
    if (create == nullptr) return not_whole(statement, "not a CREATE TABLE");
    if (database.empty() && !create->table.database) return not_whole(statement, "no database");
    const auto changes =
        definitions.apply(*parsed, here, [](const model::TableId&) { return true; });
    if (!changes.doubts.empty()) return not_whole(statement, changes.doubts.front().reason);
  }
  return definitions;
}

Result<std::unique_ptr<const schema::Definitions>> read_recovery_file(
    const std::string& name, const schema::StatementContext& context,
    const model::CollationTable& collations) {
  if (name.empty()) return std::unique_ptr<const schema::Definitions>();
  std::ifstream file(name, std::ios::binary);
  std::ostringstream text;
  if (file) text << file.rdbuf();
  if (!file) {
    return Error(ErrorKind::kConfig, "schema.recovery.file: " + name + " cannot be read")
        .with_remedy("Give the path of a file that the worker may read.");
  }
  ROWMILL_ASSIGN(auto definitions, parse_recovery_text(text.view(), context, collations));
  return std::unique_ptr<const schema::Definitions>(
      std::make_unique<schema::Definitions>(std::move(definitions)));
}

}  // namespace rowmill::source
