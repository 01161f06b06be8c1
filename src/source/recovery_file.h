// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "model/collation.h"
#include "schema/definitions.h"
#include "schema/statement_context.h"

namespace rowmill::source {

/// The definitions of a file of statements, CREATE TABLE with the database's name, or USE before
/// it; null for an empty name. Errors: kConfig for a file that cannot be read, and for a statement
/// that does not declare a table wholly.
base::Result<std::unique_ptr<const schema::Definitions>> read_recovery_file(
    const std::string& name, const schema::StatementContext& context,
    const model::CollationTable& collations);

/// The same from its text.
base::Result<schema::Definitions> parse_recovery_text(std::string_view text,
                                                      const schema::StatementContext& context,
                                                      const model::CollationTable& collations);

}  // namespace rowmill::source
