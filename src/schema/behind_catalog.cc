// SPDX-License-Identifier: Apache-2.0
#include "schema/behind_catalog.h"

#include <algorithm>
#include <iterator>

#include "schema/names.h"

namespace rowmill::schema {

model::TableId id_of(const TableName& name, const StatementContext& context) {
  model::TableId id{name.database.value_or(std::string(context.default_database)), name.table};
  if (context.lower_case_table_names == 0) return id;
  return {lower_case(id.database), lower_case(id.table)};
}

bool BehindCatalog::is_ahead(const TableName& name) const {
  return overlap_.covers(id_of(name, context_), place_);
}

DefinitionChanges BehindCatalog::apply_to(const TableName& target, const DdlStatement& statement) {
  const model::TableId id = id_of(target, context_);
  if (!overlap_.covers(id, place_)) return apply(statement);
  auto ahead = definitions_.find(id);
  if (ahead) ahead->as_of = *overlap_.find(id);
  auto changes = apply(statement);
  const bool tells_nothing =
      std::ranges::any_of(changes.doubts, [&](const Doubt& doubt) { return doubt.id == id; });
  if (!tells_nothing || !ahead) {
    for (auto& change : changes.changed) {
      if (change.id == id && change.before) change.before = ahead;
    }
    overlap_.remove(id);
    return changes;
  }
  definitions_.put(*ahead);
  std::erase_if(changes.doubts, [&](const Doubt& doubt) { return doubt.id == id; });
  std::erase_if(changes.changed, [&](const auto& change) { return change.id == id; });
  return changes;
}

DefinitionChanges BehindCatalog::operator()(const CreateTable& statement) {
  const bool ahead = is_ahead(statement.table);
  if (ahead && statement.if_not_exists) return {};
  if (!statement.like || !is_ahead(*statement.like)) return apply_to(statement.table, statement);
  if (ahead) return {};
  const model::TableId id = id_of(statement.table, context_);
  if (!keeps_(id)) return {};
  DefinitionChanges changes;
  changes.doubts.push_back({.id = id,
                            .reason = "it is like " +
                                      model::to_string(id_of(*statement.like, context_)) +
                                      ", whose definition is known for a later place only"});
  return changes;
}

DefinitionChanges BehindCatalog::operator()(const CreateSequence& statement) {
  if (is_ahead(statement.table) && statement.if_not_exists) return {};
  return apply_to(statement.table, statement);
}

DefinitionChanges BehindCatalog::operator()(const AlterTable& statement) {
  if (is_ahead(statement.table)) return {};
  const TableName* target = &statement.table;
  for (const AlterClause& clause : statement.clauses) {
    if (const auto* rename = std::get_if<RenameTo>(&clause)) target = &rename->to;
  }
  return apply_to(*target, statement);
}

DefinitionChanges BehindCatalog::operator()(const RenameTables& statement) {
  DefinitionChanges all;
  for (const RenameTables::Pair& pair : statement.pairs) {
    if (is_ahead(pair.from)) continue;
    auto moved = apply_to(pair.to, RenameTables{.pairs = {pair}, .if_exists = statement.if_exists});
    std::ranges::move(moved.changed, std::back_inserter(all.changed));
    std::ranges::move(moved.doubts, std::back_inserter(all.doubts));
  }
  return all;
}

DefinitionChanges BehindCatalog::operator()(const DropTables& statement) {
  DropTables rest = statement;
  std::erase_if(rest.tables, [&](const TableName& name) { return is_ahead(name); });
  return apply(rest);
}

DefinitionChanges BehindCatalog::operator()(const CreateIndex& statement) {
  if (is_ahead(statement.table)) return {};
  return apply(statement);
}

DefinitionChanges BehindCatalog::operator()(const DropIndex& statement) {
  if (is_ahead(statement.table)) return {};
  return apply(statement);
}

}  // namespace rowmill::schema
