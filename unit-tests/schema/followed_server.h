// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schema/ddl_case.h"
#include "schema/definitions.h"

namespace rowmill::schema {

/// Those of "mysql" (9.7), "mariadb" (10.11) or "mariadb118", from testdata/collations.
CollationTable server_collations(std::string_view server);

/// The columns and keys of a table on one line, such as
/// "id int not null auto; v varchar(9) latin1_bin | PRIMARY(id) u(v..)": two dots for a key that is
/// partial, # for a hashed one. The collation of the table is left out.
std::string to_text(const model::DeclaredTable& table);

/// Definitions that follow statements of one server, in database d, which has utf8mb4.
class FollowedServer {
 public:
  explicit FollowedServer(Brand brand);

  StatementContext& context() { return context_; }
  Definitions& definitions() { return definitions_; }

  /// What the statement did; a statement that cannot be read is a test failure.
  DefinitionChanges run(std::string_view sql);
  /// As to_text(), or "unknown" and the latest doubt, or "none".
  std::string table(std::string_view name) const;
  [[nodiscard]] std::string collation_of(std::string_view name) const;

 private:
  StatementContext context_;
  Definitions definitions_;
  std::vector<Doubt> doubts_;
};

}  // namespace rowmill::schema
