// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/declared_table.h"
#include "schema/ddl_statement.h"
#include "schema/declared_column.h"

namespace rowmill::schema {

/// Name of the primary key.
inline constexpr std::string_view kPrimaryKey = "PRIMARY";

/// Index of the column of that name, or of the number of columns if there is none.
[[nodiscard]] size_t find_column(std::span<const model::DeclaredColumn> columns,
                                 std::string_view name);

/// The key of that name, or null.
[[nodiscard]] const model::DeclaredKey* find_key(const model::DeclaredTable& table,
                                                 std::string_view name);

/// The keys that one statement or clause adds, in the order of its text: those of its columns among
/// those of their own. `if_not_there`: MariaDB's IF [NOT] EXISTS for a column counts for its key as
/// well.
[[nodiscard]] std::vector<WrittenKey> keys_in_order(std::span<const WrittenColumn> columns,
                                                    std::span<const WrittenKey> keys,
                                                    bool if_not_there,
                                                    const StatementContext& context);

/// Adds the keys of one statement to a table that has its columns already. Errors: kUnsupported
/// for a key that the server cannot have accepted.
class KeyBuilder {
 public:
  /// The table outlives this.
  KeyBuilder(const StatementScope& scope, model::DeclaredTable& table)
      : scope_(scope), table_(table) {}

  base::Result<void> add(const WrittenKey& key);
  /// The last step: MariaDB adds `row_end` (empty: none) to the keys and chooses those that it
  /// hashes, and the server sorts the keys.
  void finish(std::string_view row_end);

 private:
  base::Result<void> add_parts(const WrittenKey& from, model::DeclaredKey& key);
  [[nodiscard]] std::string given_name(const WrittenKey& key) const;
  [[nodiscard]] bool is_taken(std::string_view name) const;
  [[nodiscard]] bool is_hashable(const model::DeclaredKey& key) const;
  [[nodiscard]] bool may_have_whole_blob(const model::DeclaredKey& key) const;
  [[nodiscard]] bool must_be_hashed(const model::DeclaredKey& key) const;
  [[nodiscard]] bool has_nulls(const model::DeclaredKey& key) const;

  const StatementScope& scope_;
  model::DeclaredTable& table_;
  /// Names of ordinary indexes of the statement, which a definition does not keep.
  std::vector<std::string> ordinary_names_;
  /// Keys of the statement that MariaDB hashes though it need not.
  std::vector<std::string> hashed_for_now_;
};

}  // namespace rowmill::schema
