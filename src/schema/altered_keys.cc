// SPDX-License-Identifier: Apache-2.0
#include "schema/altered_keys.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "schema/created_table.h"
#include "schema/names.h"
#include "schema/row_image.h"
#include "schema/table_keys.h"

namespace rowmill::schema {

using base::Error;
using base::ErrorKind;
using base::Result;
using model::DeclaredColumn;
using model::DeclaredKey;
using model::DeclaredTable;

namespace {

class KeyAlteration {
 public:
  KeyAlteration(const AlteredColumns& altered, DeclaredTable& after)
      : altered_(altered), after_(after) {}

  Result<void> run() {
    keep_keys();
    ROWMILL_TRY(drop_keys());
    KeyBuilder keys(altered_.scope, after_);
    ROWMILL_TRY(add_keys(keys));
    ROWMILL_TRY(fix_nullability());
    keys.finish(altered_.row_end);
    return check_prefixes();
  }

 private:
  void keep_keys();
  Result<void> drop_keys();
  Result<void> drop_key(std::string_view name, bool if_exists, bool may_be_other);
  Result<void> add_keys(KeyBuilder& keys);
  Result<void> fix_nullability();
  [[nodiscard]] Result<void> check_prefixes() const;

  const AlteredColumns& altered_;
  DeclaredTable& after_;
};

/// Columns of periods and of the primary key are NOT NULL, also where a clause declares them anew.
Result<void> KeyAlteration::fix_nullability() {
  for (const AlterClause& clause : altered_.statement.clauses) {
    const auto* change = std::get_if<ChangeOptions>(&clause);
    if (change != nullptr) ROWMILL_TRY(fix_period(change->options, after_));
  }
  const DeclaredKey* const primary = find_key(after_, kPrimaryKey);
  if (primary == nullptr) return {};
  for (DeclaredColumn& column : after_.columns) {
    const bool in_key = std::ranges::find(primary->columns, column.name) != primary->columns.end();
    if (in_key) column.nullable = false;
  }
  return {};
}

/// How long a prefix is, a definition does not keep; a column that is cut down to that length is
/// whole in the key from then on. That matters if the key then identifies rows.
Result<void> KeyAlteration::check_prefixes() const {
  const auto is_shorter = [&](const std::string& name) {
    const auto column = std::ranges::find(
        altered_.columns, name,
        [](const AlteredColumn& c) -> const auto& { return c.declared.name; });
    if (column == altered_.columns.end() || !column->old || is_blob(column->declared.type))
      return false;
    const DeclaredColumn& old = altered_.before.columns[*column->old];
    return is_blob(old.type) || column->declared.length < old.length;
  };
  DeclaredTable whole = after_;
  for (DeclaredKey& key : whole.keys) {
    if (key.partial && std::ranges::any_of(key.columns, is_shorter)) key.partial = false;
  }
  if (row_key(whole) == row_key(after_)) return {};
  return Error(ErrorKind::kUnsupported,
               "whether a unique key over the beginning of a column covers all of it, now that the "
               "column is shorter, is not known");
}

/// Keys keep their columns under the new names, or take one that is added under the old name and
/// stands before it: so a column that is dropped and added again stays in its keys. A key without
/// columns is gone.
void KeyAlteration::keep_keys() {
  std::vector<DeclaredKey> kept;
  for (DeclaredKey key : altered_.before.keys) {
    std::vector<std::string> parts;
    for (const std::string& name : key.columns) {
      const size_t old = name.empty() ? altered_.before.columns.size()
                                      : find_column(altered_.before.columns, name);
      const auto same = [&](const AlteredColumn& column) {
        return column.old ? column.old == old : same_name(column.declared.name, name);
      };
      const auto found = std::ranges::find_if(altered_.columns, same);
      if (found != altered_.columns.end()) parts.push_back(found->declared.name);
      if (name.empty()) parts.emplace_back();
    }
    if (parts.empty()) continue;
    key.columns = std::move(parts);
    kept.push_back(std::move(key));
  }
  after_.keys = std::move(kept);
}

Result<void> KeyAlteration::drop_keys() {
  for (const AlterClause& clause : altered_.statement.clauses) {
    if (const auto* primary = std::get_if<DropPrimaryKey>(&clause)) {
      ROWMILL_TRY(drop_key(kPrimaryKey, primary->if_exists, /*may_be_other=*/false));
    } else if (const auto* drop = std::get_if<DropKey>(&clause)) {
      ROWMILL_TRY(drop_key(drop->name, drop->if_exists, /*may_be_other=*/true));
    } else if (const auto* rename = std::get_if<RenameKey>(&clause)) {
      for (DeclaredKey& key : after_.keys) {
        if (same_name(key.name, rename->from)) key.name = rename->to;
      }
    }
  }
  return {};
}

/// `may_be_other`: a key that is not there may be an ordinary index, which a definition does not
/// keep.
Result<void> KeyAlteration::drop_key(std::string_view name, bool if_exists, bool may_be_other) {
  const auto gone =
      std::erase_if(after_.keys, [&](const DeclaredKey& key) { return same_name(key.name, name); });
  // The key went with the last of its columns.
  const bool went = find_key(altered_.before, name) != nullptr;
  if (gone > 0 || went || if_exists || may_be_other) return {};
  return Error(ErrorKind::kUnsupported, "key " + std::string(name) + " is not there");
}

Result<void> KeyAlteration::add_keys(KeyBuilder& keys) {
  for (const AlterClause& clause : altered_.statement.clauses) {
    std::vector<WrittenKey> written;
    if (const auto* added = std::get_if<AddColumns>(&clause)) {
      written =
          keys_in_order(added->columns, added->keys, added->if_not_exists, altered_.scope.context);
    } else if (const auto* change = std::get_if<ChangeColumn>(&clause)) {
      written = keys_in_order({&change->column, 1}, {}, change->if_exists, altered_.scope.context);
    } else if (const auto* key = std::get_if<AddKey>(&clause)) {
      written.push_back(key->key);
    }
    for (const WrittenKey& key : written) ROWMILL_TRY(keys.add(key));
  }
  return {};
}

}  // namespace

Result<void> alter_keys(const AlteredColumns& altered, DeclaredTable& after) {
  return KeyAlteration(altered, after).run();
}

}  // namespace rowmill::schema
