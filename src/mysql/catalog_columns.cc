// SPDX-License-Identifier: Apache-2.0
#include "mysql/catalog_columns.h"

#include <charconv>
#include <string>

namespace rowmill::mysql {

using base::Error;
using base::ErrorKind;
using base::Result;

Result<std::vector<model::CatalogColumn>> read_catalog_columns(Connection& connection,
                                                               const model::TableId& table) {
  ROWMILL_ASSIGN(
      const auto answer,
      connection.query("SELECT COLUMN_NAME AS name, LOWER(DATA_TYPE) AS type, DATETIME_PRECISION "
                       "AS digits, UPPER(EXTRA) AS extra FROM information_schema.COLUMNS WHERE "
                       "TABLE_SCHEMA = " +
                       connection.quote(table.database) + " AND TABLE_NAME = " +
                       connection.quote(table.table) + " ORDER BY ORDINAL_POSITION"));
  return parse_catalog_columns(answer);
}

Result<std::vector<model::CatalogColumn>> parse_catalog_columns(const ResultSet& answer) {
  std::vector<model::CatalogColumn> columns;
  for (size_t row = 0; row < answer.rows().size(); ++row) {
    model::CatalogColumn& column = columns.emplace_back();
    column.name = answer.get(row, "name").value_or("");
    column.type = answer.get(row, "type").value_or("");
    const std::string_view extra = answer.get(row, "extra").value_or("");
    column.is_virtual = extra.find("VIRTUAL GENERATED") != std::string_view::npos;
    const auto digits = answer.get(row, "digits");
    if (!digits) continue;
    uint8_t number = 0;
    const auto [end, status] =
        std::from_chars(digits->data(), digits->data() + digits->size(), number);
    if (status != std::errc{} || end != digits->data() + digits->size()) {
      return Error(ErrorKind::kFatal,
                   "DATETIME_PRECISION of column " + column.name + " is " + std::string(*digits));
    }
    column.fraction_digits = number;
  }
  return columns;
}

}  // namespace rowmill::mysql
