// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rowmill::mysql {

/// The whole answer to a query, as text; a cell without value is NULL.
class ResultSet {
 public:
  using Row = std::vector<std::optional<std::string>>;

  ResultSet() = default;
  /// Every row has as many cells as there are columns (asserted).
  ResultSet(std::vector<std::string> columns, std::vector<Row> rows);

  [[nodiscard]] const std::vector<std::string>& columns() const { return columns_; }
  [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }
  [[nodiscard]] bool empty() const { return rows_.empty(); }

  /// The index of a column; its name is compared without regard to ASCII case, as the server does.
  [[nodiscard]] std::optional<size_t> column(std::string_view name) const;
  /// The value at a row (which must exist) and a column; nothing for NULL and for a column that
  /// this server's answer does not have. The view lives as long as the result set.
  [[nodiscard]] std::optional<std::string_view> get(size_t row, std::string_view column) const;

 private:
  std::vector<std::string> columns_;
  std::vector<Row> rows_;
};

/// ASCII letters only, as in the names of columns, variables and their values.
[[nodiscard]] bool equals_ignoring_case(std::string_view left, std::string_view right);

}  // namespace rowmill::mysql
