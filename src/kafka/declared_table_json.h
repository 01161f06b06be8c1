// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "kafka/json_members.h"
#include "model/declared_table.h"

namespace rowmill::kafka {

/// Writes the members of a definition, all but its id, into the object that is open:
/// "collation", "columns", "keys" and what is unusual about the table.
void write_declared_table(JsonWriter& writer, const model::DeclaredTable& table);

/// Reads the same from `members`, whose problem() tells what is wrong.
[[nodiscard]] model::DeclaredTable read_declared_table(const model::TableId& id,
                                                       MemberReader& members);

}  // namespace rowmill::kafka
