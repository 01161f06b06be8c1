// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "base/result.h"
#include "model/catalog_column.h"
#include "model/table.h"
#include "mysql/connection.h"

namespace rowmill::mysql {

/// The columns of a table in order; none if there is no such table or the account has no right to
/// see it. MariaDB does not list the columns that WITH SYSTEM VERSIONING adds by itself.
base::Result<std::vector<model::CatalogColumn>> read_catalog_columns(Connection& connection,
                                                                     const model::TableId& table);

/// From the answer to that question. Errors: kFatal for a number that is none.
base::Result<std::vector<model::CatalogColumn>> parse_catalog_columns(const ResultSet& answer);

}  // namespace rowmill::mysql
