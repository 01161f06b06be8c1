// SPDX-License-Identifier: Apache-2.0
// MySQL manual, "INFORMATION_SCHEMA Tables"; MariaDB Knowledge Base, the same.
#include "mysql/catalog.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace rowmill::mysql {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

/// Its information_schema is views over tables of InnoDB, so a snapshot holds for it too.
constexpr ServerVersion kTransactionalCatalogSince{8, 0, 0};
constexpr ServerVersion kFunctionalKeysSince{8, 0, 13};
constexpr ServerVersion kHiddenPrimaryKeySince{8, 0, 30};

constexpr std::string_view kNotTheServersOwn =
    " NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema')";

using Cells = std::span<const Connection::Cell>;

std::string text_of(const Connection::Cell& cell) { return std::string(cell.value_or("")); }

bool is_mysql_since(const Connection& connection, ServerVersion version) {
  return !connection.is_mariadb() && connection.server_version() >= version;
}

std::string quoted_name(std::string_view name) {
  std::string quoted = "`";
  for (const char c : name) quoted.append(c == '`' ? 2 : 1, c);
  return quoted + '`';
}

/// Whether the order of its keys decides, or may one day, which of them identifies a row.
bool has_rival_keys(const model::CatalogTable& table) {
  const auto is_null = [&](const std::string& name) {
    const auto column = std::ranges::find(table.columns, name, &model::CatalogColumn::name);
    return column == table.columns.end() || column->nullable;
  };
  return std::ranges::count_if(table.keys, [&](const model::CatalogKey& key) {
           return key.name != "PRIMARY" && std::ranges::none_of(key.columns, is_null);
         }) > 1;
}

/// Puts the rows of the three tables together. TABLES and STATISTICS, a row or two for each table,
/// are kept; COLUMNS pass by.
class TableReader {
 public:
  /// `condition`: on TABLE_SCHEMA and TABLE_NAME.
  TableReader(Connection& connection, std::string condition, const CatalogVisitor& visit)
      : connection_(connection), condition_(std::move(condition)), visit_(visit) {}

  Result<void> read() {
    ROWMILL_TRY(read_heads());
    ROWMILL_TRY(read_keys());
    ROWMILL_TRY(read_columns());
    ROWMILL_TRY(finish_table());
    for (model::CatalogTable& table : unordered_) {
      ROWMILL_TRY(order_keys(table));
      ROWMILL_TRY(visit_(std::move(table)));
    }
    return {};
  }

 private:
  Result<void> read_heads() {
    return connection_.stream(
        "SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE, ENGINE, TABLE_COLLATION FROM "
        "information_schema.TABLES WHERE " +
            condition_ + " AND TABLE_TYPE NOT LIKE '%VIEW'",
        [&](Cells row) -> Result<void> {
          model::CatalogTable table{.id = {text_of(row[0]), text_of(row[1])},
                                    .kind = text_of(row[2]),
                                    .engine = text_of(row[3]),
                                    .collation = text_of(row[4]),
                                    .columns = {},
                                    .keys = {}};
          auto id = table.id;
          tables_.emplace(std::move(id), std::move(table));
          return {};
        });
  }

  Result<void> read_keys() {
    const bool functional = is_mysql_since(connection_, kFunctionalKeysSince);
    return connection_.stream(
        "SELECT TABLE_SCHEMA, TABLE_NAME, INDEX_NAME, COLUMN_NAME, SUB_PART, INDEX_TYPE FROM "
        "information_schema.STATISTICS WHERE " +
            condition_ + " AND NON_UNIQUE = 0" +
            (functional ? " ORDER BY TABLE_SCHEMA, TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX" : ""),
        [&](Cells row) -> Result<void> {
          const auto table = tables_.find({text_of(row[0]), text_of(row[1])});
          if (table == tables_.end()) return {};
          auto& keys = table->second.keys;
          if (keys.empty() || keys.back().name != row[2]) {
            keys.push_back({.name = text_of(row[2]), .columns = {}, .hash = row[5] == "HASH"});
          }
          keys.back().columns.push_back(text_of(row[3]));
          keys.back().partial |= row[4].has_value() || !row[3].has_value();
          return {};
        });
  }

  /// Without ORDER BY MariaDB puts a column of a long type behind the next one. All of
  /// GENERATION_EXPRESSION, a TEXT, would make the sorting twice as slow.
  Result<void> read_columns() {
    return connection_.stream(
        "SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, COLLATION_NAME, EXTRA, "
        "IS_NULLABLE, COLUMN_KEY, LEFT(GENERATION_EXPRESSION, 10) FROM "
        "information_schema.COLUMNS WHERE " +
            condition_ + " ORDER BY TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION",
        [&](Cells row) -> Result<void> {
          ROWMILL_TRY(begin_table({text_of(row[0]), text_of(row[1])}));
          if (current_ == tables_.end()) return {};
          current_->second.columns.push_back(
              {.name = text_of(row[2]),
               .type = text_of(row[3]),
               .collation = text_of(row[4]),
               .extra = text_of(row[5]),
               .nullable = row[6] == "YES",
               .in_row_key = row[7] == "PRI",
               .row_start_or_end = row[8] == "ROW START" || row[8] == "ROW END"});
          return {};
        });
  }

  Result<void> begin_table(model::TableId id) {
    if (current_id_ == id) return {};
    ROWMILL_TRY(finish_table());
    current_ = tables_.find(id);
    current_id_ = std::move(id);
    return {};
  }

  Result<void> finish_table() {
    if (current_ == tables_.end()) return {};
    auto done = tables_.extract(current_);
    current_ = tables_.end();
    if (!connection_.is_mariadb() && has_rival_keys(done.mapped())) {
      unordered_.push_back(std::move(done.mapped()));
      return {};
    }
    return visit_(std::move(done.mapped()));
  }

  /// STATISTICS of MySQL has no order of keys, SHOW INDEX has that of the table.
  Result<void> order_keys(model::CatalogTable& table) {
    std::vector<std::string> names;
    ROWMILL_TRY(connection_.stream("SHOW INDEX FROM " + quoted_name(table.id.table) + " FROM " +
                                       quoted_name(table.id.database),
                                   [&](Cells row) -> Result<void> {
                                     constexpr size_t kKeyName = 2;
                                     names.push_back(text_of(row[kKeyName]));
                                     return {};
                                   }));
    const auto place = [&](const model::CatalogKey& key) {
      return std::ranges::find(names, key.name);
    };
    std::ranges::sort(table.keys, {}, place);
    return {};
  }

  Connection& connection_;
  const std::string condition_;
  const CatalogVisitor& visit_;
  std::map<model::TableId, model::CatalogTable> tables_;
  /// Held back until the connection is free to ask for the order of their keys.
  std::vector<model::CatalogTable> unordered_;
  std::optional<model::TableId> current_id_;
  std::map<model::TableId, model::CatalogTable>::iterator current_ = tables_.end();
};

}  // namespace

Result<void> begin_catalog_reading(Connection& connection) {
  if (is_mysql_since(connection, kHiddenPrimaryKeySince)) {
    ROWMILL_TRY(
        connection.execute("SET SESSION show_gipk_in_create_table_and_information_schema = ON"));
  }
  if (!is_mysql_since(connection, kTransactionalCatalogSince)) return {};
  ROWMILL_TRY(connection.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ"));
  return connection.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
}

Result<std::vector<model::CatalogDatabase>> read_databases(Connection& connection) {
  std::vector<model::CatalogDatabase> databases;
  ROWMILL_TRY(connection.stream(
      "SELECT SCHEMA_NAME, DEFAULT_COLLATION_NAME FROM information_schema.SCHEMATA WHERE "
      "SCHEMA_NAME" +
          std::string(kNotTheServersOwn),
      [&](Cells row) -> Result<void> {
        databases.push_back({.name = text_of(row[0]), .collation = text_of(row[1])});
        return {};
      }));
  return databases;
}

Result<std::vector<model::TableId>> read_table_names(Connection& connection) {
  std::vector<model::TableId> names;
  ROWMILL_TRY(
      connection.stream("SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES WHERE "
                        "TABLE_SCHEMA" +
                            std::string(kNotTheServersOwn) + " AND TABLE_TYPE NOT LIKE '%VIEW'",
                        [&](Cells row) -> Result<void> {
                          names.push_back({text_of(row[0]), text_of(row[1])});
                          return {};
                        }));
  return names;
}

Result<void> read_tables(Connection& connection, std::span<const std::string> databases,
                         const CatalogVisitor& visit) {
  if (databases.empty()) return {};
  std::string condition = "TABLE_SCHEMA IN (";
  for (const std::string& database : databases) condition += connection.quote(database) + ", ";
  condition.resize(condition.size() - 2);
  return TableReader(connection, condition + ")", visit).read();
}

Result<void> read_table(Connection& connection, const model::TableId& table,
                        const CatalogVisitor& visit) {
  return TableReader(connection,
                     "TABLE_SCHEMA = " + connection.quote(table.database) +
                         " AND TABLE_NAME = " + connection.quote(table.table),
                     visit)
      .read();
}

}  // namespace rowmill::mysql
