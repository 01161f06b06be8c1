// SPDX-License-Identifier: Apache-2.0
#include "schema/applied_statement.h"

#include <algorithm>
#include <optional>

#include "schema/altered_table.h"
#include "schema/created_table.h"
#include "schema/names.h"
#include "schema/table_keys.h"

namespace rowmill::schema {

using base::Error;
using base::ErrorKind;
using base::Result;
using model::DeclaredTable;
using model::TableId;

namespace {

constexpr std::string_view kNotKnown = "its definition before this statement is not known";

std::string folded(std::string_view name, const StatementContext& context) {
  return context.lower_case_table_names == 0 ? std::string(name) : lower_case(name);
}

}  // namespace

TableId AppliedStatement::id_of(const TableName& name) const {
  const std::string_view database =
      name.database ? std::string_view(*name.database) : context_.default_database;
  return {folded(database, context_), folded(name.table, context_)};
}

TableId AppliedStatement::id_of_database(const std::string& name) const {
  return {folded(name.empty() ? context_.default_database : std::string_view(name), context_), {}};
}

bool AppliedStatement::is_absent(const TableId& id) const {
  return !store_.is_known(id) && !store_.is_in_doubt(id);
}

StatementScope AppliedStatement::scope_of(const TableId& id,
                                          std::string& database_collation) const {
  const auto database = store_.find({id.database, {}});
  database_collation = database ? database->collation : std::string();
  return {context_, collations_, database_collation};
}

void AppliedStatement::touch(const TableId& id) {
  if (!touched_ids_.insert(id).second) return;
  touched_.push_back({.id = id, .before = store_.find(id), .after = std::nullopt});
}

void AppliedStatement::set(TableId id, Result<DeclaredTable> table) {
  if (!table.ok()) return doubt(id, table.error().text());
  touch(id);
  table->id = std::move(id);
  store_.put(*table);
}

void AppliedStatement::erase(const TableId& id) {
  touch(id);
  store_.erase(id);
}

void AppliedStatement::doubt(const TableId& id, std::string reason) {
  touch(id);
  store_.erase_in_doubt(id);
  doubts_.push_back({.id = id, .reason = std::move(reason)});
}

DefinitionChanges AppliedStatement::changes() && {
  for (model::DefinitionChange& change : touched_) change.after = store_.find(change.id);
  std::erase_if(touched_, [](const auto& change) { return change.before == change.after; });
  // A table that the statement put right again, or dropped, after it was in doubt.
  std::erase_if(doubts_, [&](const Doubt& doubt) { return !store_.is_in_doubt(doubt.id); });
  return {.changed = std::move(touched_), .doubts = std::move(doubts_)};
}

void AppliedStatement::operator()(const CreateTable& statement) {
  const TableId id = id_of(statement.table);
  if (!keeps_(id) || (statement.if_not_exists && !is_absent(id))) return;
  if (context_.failed) {
    if (statement.or_replace) erase(id);
    return;
  }
  set(id, created(statement, id));
}

Result<DeclaredTable> AppliedStatement::created(const CreateTable& statement,
                                                const TableId& id) const {
  std::string database_collation;
  const StatementScope scope = scope_of(id, database_collation);
  if (statement.like) {
    const TableId source = id_of(*statement.like);
    auto known = store_.find(source);
    if (known) return table_like(*std::move(known), id, scope);
    return Error(ErrorKind::kUnsupported,
                 "it is like " + to_string(source) + ", whose definition is not known");
  }
  if (statement.from_select || statement.columns.empty()) {
    return Error(ErrorKind::kUnsupported, "its columns are those of a SELECT");
  }
  return created_table(statement, id, scope);
}

void AppliedStatement::operator()(const AlterTable& statement) {
  const TableId id = id_of(statement.table);
  TableId target = id;
  for (const AlterClause& clause : statement.clauses) {
    if (const auto* rename = std::get_if<RenameTo>(&clause)) target = id_of(rename->to);
  }
  if (!keeps_(id) && !keeps_(target)) return;
  if (keeps_(id) && statement.if_exists && is_absent(id)) return;
  if (const auto before = store_.find(id)) {
    std::string database_collation;
    const AlterTable resolved = with_session_charset(statement);
    set(id, altered_table(*before, resolved, scope_of(id, database_collation)));
  } else if (keeps_(id)) {
    doubt(id, std::string(kNotKnown));
  }
  copy_to_new_tables(statement, id);
  if (target != id) move(id, target);
}

/// MySQL: CONVERT TO CHARACTER SET DEFAULT means the session's database, not that of the table.
/// Without one it is what the server was started with, which is not logged.
AlterTable AppliedStatement::with_session_charset(AlterTable statement) const {
  if (context_.mariadb) return statement;
  for (AlterClause& clause : statement.clauses) {
    auto* const convert = std::get_if<ConvertTo>(&clause);
    if (convert == nullptr || convert->charset.charset != "default") continue;
    const auto database = store_.find(id_of_database({}));
    const Collation* const chosen = database ? collations_.find(database->collation) : nullptr;
    if (chosen == nullptr) {
      clause = OpenClause{"the default character set of the session's database is not known"};
    } else {
      convert->charset = {.charset = chosen->charset, .collation = chosen->name};
    }
  }
  return statement;
}

/// Tables that partitions become and come from.
void AppliedStatement::copy_to_new_tables(const AlterTable& statement, const TableId& from) {
  for (const AlterClause& clause : statement.clauses) {
    if (const auto* made = std::get_if<PartitionToTable>(&clause)) {
      const TableId id = id_of(made->to);
      if (!keeps_(id)) continue;
      if (auto known = store_.find(from)) {
        set(id, *std::move(known));
      } else {
        doubt(id, "it was a partition of " + to_string(from) + ", whose definition is not known");
      }
    } else if (const auto* gone = std::get_if<TableToPartition>(&clause)) {
      erase(id_of(gone->from));
    }
  }
}

void AppliedStatement::move(const TableId& from, const TableId& to) {
  auto known = store_.find(from);
  erase(from);
  if (!keeps_(to)) return;
  if (known) return set(to, *std::move(known));
  doubt(to, "it was " + to_string(from) + ", whose definition is not known");
}

void AppliedStatement::operator()(const RenameTables& statement) {
  for (const RenameTables::Pair& pair : statement.pairs) {
    const TableId from = id_of(pair.from);
    if (statement.if_exists && keeps_(from) && is_absent(from)) continue;
    move(from, id_of(pair.to));
  }
}

void AppliedStatement::operator()(const DropTables& statement) {
  for (const TableName& name : statement.tables) {
    const TableId id = id_of(name);
    const auto known = store_.find(id);
    if (statement.only_sequences && known && !known->sequence) continue;
    erase(id);
  }
}

/// CREATE INDEX and DROP INDEX are clauses of an ALTER TABLE of their own.
void AppliedStatement::operator()(const CreateIndex& statement) {
  AlterTable alter;
  alter.table = statement.table;
  if (statement.or_replace) {
    alter.clauses.emplace_back(DropKey{.name = statement.key.name, .if_exists = true});
  }
  alter.clauses.emplace_back(AddKey{.key = statement.key});
  (*this)(alter);
}

void AppliedStatement::operator()(const DropIndex& statement) {
  AlterTable alter;
  alter.table = statement.table;
  alter.clauses.emplace_back(statement.key);
  (*this)(alter);
}

/// `inherited`: what holds for what the clause leaves open; empty if that is not known.
Result<DeclaredTable> AppliedStatement::database(const CharsetClause& charset, TableId id,
                                                 const std::string& inherited) const {
  DeclaredTable database{.id = std::move(id), .collation = inherited};
  if (charset == CharsetClause{}) return database;
  ROWMILL_ASSIGN(const Collation* const chosen, collations_.choose(charset, inherited, context_));
  database.collation = chosen->name;
  return database;
}

void AppliedStatement::operator()(const CreateDatabase& statement) {
  const TableId id = id_of_database(statement.name);
  if (!keeps_(id) || (statement.if_not_exists && !is_absent(id))) return;
  if (statement.or_replace) (*this)(DropDatabase{.name = statement.name});
  const Collation* const servers = collations_.find(context_.server_collation);
  set(id, database(statement.charset, id, servers == nullptr ? "" : servers->name));
}

void AppliedStatement::operator()(const AlterDatabase& statement) {
  const TableId id = id_of_database(statement.name);
  if (!keeps_(id)) return;
  // DEFAULT is the server's, and what is not said stays.
  const Collation* const servers = collations_.find(context_.server_collation);
  const bool is_default = statement.charset.charset == "default";
  const auto before = store_.find(id);
  const std::string inherited = is_default ? (servers == nullptr ? "" : servers->name)
                                : before   ? before->collation
                                           : std::string();
  set(id, database(statement.charset, id, inherited));
}

void AppliedStatement::operator()(const DropDatabase& statement) {
  for (const TableId& id : store_.all_of(id_of_database(statement.name).database)) erase(id);
}

void AppliedStatement::operator()(const CreateSequence& statement) {
  const TableId id = id_of(statement.table);
  if (!keeps_(id) || (statement.if_not_exists && !is_absent(id))) return;
  set(id, DeclaredTable{.id = id, .sequence = true});
}

}  // namespace rowmill::schema
