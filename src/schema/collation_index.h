// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "schema/ddl_statement.h"
#include "schema/statement_context.h"

namespace rowmill::schema {

/// The collations of a server by name, and what CHARACTER SET and COLLATE choose among them.
/// Immutable; the collations it gives out live as long as it does.
class CollationIndex {
 public:
  explicit CollationIndex(CollationTable table);
  CollationIndex(const CollationIndex&) = delete;
  CollationIndex& operator=(const CollationIndex&) = delete;

  [[nodiscard]] const CollationTable& table() const { return table_; }
  /// Null if there is none. "utf8_..." and "utf8mb3_..." are the same, as their charsets are.
  [[nodiscard]] const Collation* find(std::string_view name) const;
  [[nodiscard]] const Collation* find(uint32_t id) const;

  /// The collation that a clause chooses where `inherited` (empty: not known) would be without it.
  /// Errors: kUnsupported for what is not known.
  base::Result<const Collation*> choose(const CharsetClause& clause, std::string_view inherited,
                                        const StatementContext& context) const;
  /// CHARACTER SET without COLLATE.
  base::Result<const Collation*> default_of(std::string_view charset,
                                            const StatementContext& context) const;

 private:
  base::Result<const Collation*> named(std::string_view name, std::string_view charset) const;

  const CollationTable table_;
  std::map<std::string_view, const Collation*> by_name_;
  /// The charset's own default and its id.
  std::map<std::string_view, std::pair<uint32_t, const Collation*>> defaults_;
};

/// The charset and collation of bytes that are no text.
inline constexpr std::string_view kBinary = "binary";

}  // namespace rowmill::schema
