// SPDX-License-Identifier: Apache-2.0
//
// MySQL manual, "ALTER TABLE Statement"; the order in which clauses act is from MySQL 9.7 and
// MariaDB 10.11 and 11.8: first every old column is dropped, replaced or renamed where it stands,
// then columns are added and moved in the order of the clauses.

#include "schema/altered_table.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "schema/altered_keys.h"
#include "schema/names.h"
#include "schema/table_keys.h"

namespace rowmill::schema {

using base::Error;
using base::ErrorKind;
using base::Result;
using model::DeclaredColumn;
using model::DeclaredKey;
using model::DeclaredTable;

namespace {

Error not_there(std::string_view what, std::string_view name) {
  return {ErrorKind::kUnsupported, std::string(what) + " " + std::string(name) + " is not there"};
}

/// MariaDB leaves such a clause out if there is nothing to do; where that leaves none, the ALTER
/// does nothing at all.
bool is_conditional(const AlterClause& clause) {
  return std::visit(
      [](const auto& one) {
        if constexpr (requires { one.key.if_not_exists; }) {
          return one.key.if_not_exists;
        } else if constexpr (requires { one.if_not_exists; }) {
          return one.if_not_exists;
        } else if constexpr (requires { one.if_exists; }) {
          return one.if_exists;
        } else {
          return false;
        }
      },
      clause);
}

/// The same but for the hashes of keys, which every ALTER chooses anew.
bool are_alike(const DeclaredTable& left, const DeclaredTable& right) {
  const auto alike = [](const DeclaredKey& a, const DeclaredKey& b) {
    return a.name == b.name && a.columns == b.columns;
  };
  return left.columns == right.columns && std::ranges::equal(left.keys, right.keys, alike);
}

/// One ALTER TABLE at work.
class Alteration {
 public:
  Alteration(const DeclaredTable& before, const AlterTable& statement, const StatementScope& scope)
      : before_(before), statement_(statement), scope_(scope), after_(before) {}

  Result<DeclaredTable> run() {
    for (const AlterClause& clause : statement_.clauses) {
      if (const auto* open = std::get_if<OpenClause>(&clause)) {
        return Error(ErrorKind::kUnsupported, open->reason);
      }
    }
    ROWMILL_TRY(set_options());
    ROWMILL_TRY(find_old_columns());
    ROWMILL_TRY(replace_columns());
    ROWMILL_TRY(place_columns());
    convert_columns();
    after_.columns.clear();
    for (const Column& column : columns_) after_.columns.push_back(column.declared);
    if (after_.columns.empty()) return Error(ErrorKind::kUnsupported, "no column would be left");
    ROWMILL_TRY(alter_keys({before_, statement_, scope_, columns_, row_end_}, after_));
    const auto& clauses = statement_.clauses;
    const bool may_do_nothing = !clauses.empty() && std::ranges::all_of(clauses, is_conditional);
    if (may_do_nothing && are_alike(before_, after_)) return before_;
    if (clauses.empty() && after_ != before_) {
      return Error(
          ErrorKind::kUnsupported,
          "whether a key keeps its hash depends on options of the table, which are not kept");
    }
    return std::move(after_);
  }

 private:
  /// What becomes of a column that was there before.
  struct Fate {
    bool dropped = false;
    const ChangeColumn* change = nullptr;
    const RenameColumn* rename = nullptr;
    std::optional<bool> invisible;
  };
  using Column = AlteredColumn;

  template <typename Clause, typename Action>
  Result<void> for_each(Action action) {
    for (const AlterClause& clause : statement_.clauses) {
      if (const auto* wanted = std::get_if<Clause>(&clause)) ROWMILL_TRY(action(*wanted));
    }
    return {};
  }

  Result<void> set_options();
  Result<void> set_charsets_of_mysql();
  Result<void> set_charsets_of_mariadb();
  [[nodiscard]] Result<const Collation*> merged(const Collation* said,
                                                const CharsetClause& clause) const;
  Result<void> find_old_columns();
  Result<Fate*> fate_of(std::string_view name, bool may_be_missing);
  Result<void> replace_columns();
  Result<void> place_columns();
  Result<void> move_column(size_t old, const ColumnPlace& where);
  Result<void> replace_new(const ChangeColumn& change);
  Result<void> add_columns(const AddColumns& added);
  Result<void> place(const ColumnPlace& where, Column column);
  [[nodiscard]] bool begins_with_generated_key() const;
  Result<DeclaredColumn> declare(const WrittenColumn& written) const;
  void convert_columns();

  const DeclaredTable& before_;
  const AlterTable& statement_;
  const StatementScope& scope_;
  DeclaredTable after_;
  /// CONVERT TO CHARACTER SET; null without.
  const Collation* convert_ = nullptr;
  /// ROW END, if the statement adds it.
  std::string row_end_;
  std::vector<Fate> fates_;
  std::vector<Column> columns_;
};

/// Options count for the whole statement, wherever they stand.
Result<void> Alteration::set_options() {
  ROWMILL_TRY(scope_.context.mariadb ? set_charsets_of_mariadb() : set_charsets_of_mysql());
  ROWMILL_TRY(for_each<DropSystemVersioning>([&](const DropSystemVersioning&) -> Result<void> {
    after_.hidden_versioning = false;
    return {};
  }));
  return for_each<ChangeOptions>([&](const ChangeOptions& clause) -> Result<void> {
    const TableOptions& options = clause.options;
    if (options.system_versioning) after_.hidden_versioning = !options.system_period;
    return {};
  });
}

/// Clauses act in their order; CONVERT TO is one of them.
Result<void> Alteration::set_charsets_of_mysql() {
  const Collation* said = nullptr;
  for (const AlterClause& clause : statement_.clauses) {
    if (const auto* convert = std::get_if<ConvertTo>(&clause)) {
      ROWMILL_ASSIGN(convert_, merged(nullptr, convert->charset));
      said = convert_;
    } else if (const auto* change = std::get_if<ChangeOptions>(&clause)) {
      ROWMILL_ASSIGN(said, merged(said, change->options.charset));
    }
  }
  if (said != nullptr) after_.collation = said->name;
  return {};
}

/// Options are about the table and CONVERT TO about its columns, each merged from its clauses; the
/// table follows the columns where no option says more.
Result<void> Alteration::set_charsets_of_mariadb() {
  const Collation* said = nullptr;
  for (const AlterClause& clause : statement_.clauses) {
    if (const auto* convert = std::get_if<ConvertTo>(&clause)) {
      ROWMILL_ASSIGN(convert_, merged(convert_, convert->charset));
    } else if (const auto* change = std::get_if<ChangeOptions>(&clause)) {
      ROWMILL_ASSIGN(said, merged(said, change->options.charset));
    }
  }
  if (said == nullptr) said = convert_;
  if (said != nullptr) after_.collation = said->name;
  return {};
}

/// What is said after an earlier clause said `said` (or nothing: null): a charset that is repeated
/// keeps the collation that came with it.
Result<const Collation*> Alteration::merged(const Collation* said,
                                            const CharsetClause& clause) const {
  if (clause == CharsetClause{}) return said;
  const bool of_database = clause.charset == "default";
  const std::string_view inherited = of_database       ? scope_.database_collation
                                     : said != nullptr ? std::string_view(said->name)
                                                       : std::string_view(before_.collation);
  ROWMILL_ASSIGN(const Collation* const chosen,
                 scope_.collations.choose(clause, inherited, scope_.context));
  const bool repeats = said != nullptr && !clause.collation && chosen->charset == said->charset;
  return repeats ? said : chosen;
}

/// All clauses name old columns as they were before the statement. MariaDB also lets CHANGE, MODIFY
/// and ALTER name one that the statement has just added.
Result<void> Alteration::find_old_columns() {
  fates_.resize(before_.columns.size());
  const bool may_be_new = scope_.context.mariadb;
  for (const AlterClause& clause : statement_.clauses) {
    if (const auto* drop = std::get_if<DropColumn>(&clause)) {
      ROWMILL_ASSIGN(Fate* const fate, fate_of(drop->name, drop->if_exists));
      if (fate != nullptr) fate->dropped = true;
    } else if (const auto* change = std::get_if<ChangeColumn>(&clause)) {
      ROWMILL_ASSIGN(Fate* const fate, fate_of(change->old_name, change->if_exists || may_be_new));
      if (fate != nullptr) fate->change = change;
    } else if (const auto* rename = std::get_if<RenameColumn>(&clause)) {
      ROWMILL_ASSIGN(Fate* const fate, fate_of(rename->from, rename->if_exists));
      if (fate != nullptr) fate->rename = rename;
    } else if (const auto* alter = std::get_if<AlterColumn>(&clause)) {
      ROWMILL_ASSIGN(Fate* const fate, fate_of(alter->name, alter->if_exists || may_be_new));
      if (fate != nullptr) fate->invisible = alter->invisible;
    }
  }
  return {};
}

/// Null if there is no such column and need not be.
Result<Alteration::Fate*> Alteration::fate_of(std::string_view name, bool may_be_missing) {
  const size_t index = find_column(before_.columns, name);
  if (index < fates_.size()) return &fates_[index];
  if (may_be_missing) return static_cast<Fate*>(nullptr);
  return not_there("column", name);
}

Result<void> Alteration::replace_columns() {
  for (size_t i = 0; i < fates_.size(); ++i) {
    const Fate& fate = fates_[i];
    if (fate.dropped) continue;
    Column column{.declared = before_.columns[i], .old = i};
    if (fate.change != nullptr) {
      ROWMILL_ASSIGN(column.declared, declare(fate.change->column));
      if (convert_ != nullptr) {
        convert_changed_column(before_.columns[i], *convert_, scope_, column.declared);
      }
    }
    if (fate.rename != nullptr) column.declared.name = fate.rename->to;
    if (fate.invisible) column.declared.invisible = *fate.invisible;
    columns_.push_back(std::move(column));
  }
  return {};
}

Result<void> Alteration::place_columns() {
  for (const AlterClause& clause : statement_.clauses) {
    if (const auto* added = std::get_if<AddColumns>(&clause)) {
      ROWMILL_TRY(add_columns(*added));
    } else if (const auto* change = std::get_if<ChangeColumn>(&clause)) {
      const size_t old = find_column(before_.columns, change->old_name);
      const bool is_old = old < fates_.size() && !fates_[old].dropped;
      ROWMILL_TRY(is_old ? move_column(old, change->column.place) : replace_new(*change));
    }
  }
  return {};
}

Result<void> Alteration::move_column(size_t old, const ColumnPlace& where) {
  if (!where.first && where.after.empty()) return {};
  const auto found =
      std::ranges::find_if(columns_, [&](const Column& column) { return column.old == old; });
  Column column = std::move(*found);
  columns_.erase(found);
  return place(where, std::move(column));
}

/// MariaDB takes CHANGE and MODIFY for a column that the statement has just added, by its new name.
Result<void> Alteration::replace_new(const ChangeColumn& change) {
  const auto found = std::ranges::find_if(columns_, [&](const Column& column) {
    return !column.old && same_name(column.declared.name, change.column.name);
  });
  if (found == columns_.end() || !scope_.context.mariadb) {
    if (change.if_exists) return {};
    return not_there("column", change.old_name);
  }
  columns_.erase(found);
  ROWMILL_ASSIGN(DeclaredColumn declared, declare(change.column));
  return place(change.column.place, {.declared = std::move(declared), .old = std::nullopt});
}

Result<void> Alteration::add_columns(const AddColumns& added) {
  for (const WrittenColumn& written : added.columns) {
    // A column that the same statement drops counts as being there.
    const auto same = [&](const Column& c) { return same_name(c.declared.name, written.name); };
    if (added.if_not_exists &&
        (find_column(before_.columns, written.name) < before_.columns.size() ||
         std::ranges::any_of(columns_, same))) {
      continue;
    }
    if (std::ranges::any_of(columns_, same)) {
      return Error(ErrorKind::kUnsupported, "column " + written.name + " is there already");
    }
    ROWMILL_ASSIGN(DeclaredColumn declared, declare(written));
    ROWMILL_TRY(place(written.place, {.declared = std::move(declared), .old = std::nullopt}));
    if (written.row_end) row_end_ = written.name;
  }
  return {};
}

/// MySQL 8.0.30 and later keep the primary key that they generate in front of what is put FIRST.
/// They know it by its form; sql/sql_gipk.cc.
bool Alteration::begins_with_generated_key() const {
  if (scope_.context.mariadb || before_.columns.empty() || before_.keys.empty()) return false;
  const DeclaredColumn& column = before_.columns.front();
  const DeclaredKey& key = before_.keys.front();
  return same_name(column.name, "my_row_id") && column.type == model::SqlType::kBigInt &&
         column.is_unsigned && !column.nullable && column.auto_increment && column.invisible &&
         key.name == kPrimaryKey && key.columns == std::vector{column.name};
}

/// AFTER means the new list as built so far.
Result<void> Alteration::place(const ColumnPlace& where, Column column) {
  auto at = columns_.end();
  if (where.first) {
    at = columns_.begin();
    if (begins_with_generated_key() && !fates_.front().dropped) ++at;
  } else if (!where.after.empty()) {
    at = std::ranges::find_if(
        columns_, [&](const Column& c) { return same_name(c.declared.name, where.after); });
    if (at == columns_.end()) return not_there("column", where.after);
    ++at;
  }
  columns_.insert(at, std::move(column));
  return {};
}

/// With CONVERT TO in the statement, what a column says of its charset is passed over, but
/// for BINARY alone.
Result<DeclaredColumn> Alteration::declare(const WrittenColumn& written) const {
  ROWMILL_ASSIGN(DeclaredColumn declared, declare_column(written, after_.collation, scope_));
  if (convert_ == nullptr || declared.collation.empty() || declared.collation == kBinary) {
    return declared;
  }
  WrittenColumn plain = written;
  const bool bare_binary =
      written.type.charset.binary && !written.type.charset.charset && !written.type.national;
  plain.type.charset = {};
  plain.type.charset.binary = bare_binary;
  plain.type.national = false;
  plain.type.json_alias = false;
  return declare_column(plain, convert_->name, scope_);
}

void Alteration::convert_columns() {
  if (convert_ == nullptr) return;
  for (Column& column : columns_) {
    if (column.old && fates_[*column.old].change == nullptr) {
      convert_column(*convert_, scope_, column.declared);
    }
  }
}

}  // namespace

Result<DeclaredTable> altered_table(const DeclaredTable& before, const AlterTable& statement,
                                    const StatementScope& scope) {
  const auto renames = [](const AlterClause& c) { return std::holds_alternative<RenameTo>(c); };
  const bool only_renamed =
      !statement.clauses.empty() && std::ranges::all_of(statement.clauses, renames);
  if (only_renamed || before.sequence) return before;
  return Alteration(before, statement, scope).run();
}

}  // namespace rowmill::schema
