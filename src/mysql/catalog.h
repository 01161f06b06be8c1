// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/catalog_table.h"
#include "mysql/connection.h"

namespace rowmill::mysql {

// information_schema shows what the account may see, and nothing of the rest without a word: SELECT
// on the whole database is needed. MariaDB does not list the columns that WITH SYSTEM VERSIONING
// adds by itself, nor those of hash keys; neither server lists functional index columns.

/// Prepares the session for the calls below: hidden primary keys are shown, and on MySQL 8.0 and
/// later all answers until the connection ends are of one moment. Blocks nobody.
base::Result<void> begin_catalog_reading(Connection& connection);

/// Every database but the server's own.
base::Result<std::vector<model::CatalogDatabase>> read_databases(Connection& connection);

/// The names of all tables, views left out, of every database but the server's own; without opening
/// them.
base::Result<std::vector<model::TableId>> read_table_names(Connection& connection);

using CatalogVisitor = std::function<base::Result<void>(model::CatalogTable&&)>;

/// Shows each table of the databases, views left out; three questions however many tables there
/// are, and on MySQL one more for each table with several keys to choose from. What is long comes
/// row by row. Errors of `visit` end the reading and are passed on; the
/// connection is of no more use then.
base::Result<void> read_tables(Connection& connection, std::span<const std::string> databases,
                               const CatalogVisitor& visit);

/// The same for one table; nothing is shown if it is not there.
base::Result<void> read_table(Connection& connection, const model::TableId& table,
                              const CatalogVisitor& visit);

}  // namespace rowmill::mysql
