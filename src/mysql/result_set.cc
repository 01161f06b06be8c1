// SPDX-License-Identifier: Apache-2.0
#include "mysql/result_set.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace rowmill::mysql {
namespace {

char to_lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

}  // namespace

bool equals_ignoring_case(std::string_view left, std::string_view right) {
  return std::ranges::equal(left, right, {}, to_lower, to_lower);
}

ResultSet::ResultSet(std::vector<std::string> columns, std::vector<Row> rows)
    : columns_(std::move(columns)), rows_(std::move(rows)) {
  assert(std::ranges::all_of(rows_, [&](const Row& row) { return row.size() == columns_.size(); }));
}

std::optional<size_t> ResultSet::column(std::string_view name) const {
  for (size_t i = 0; i < columns_.size(); ++i) {
    if (equals_ignoring_case(columns_[i], name)) return i;
  }
  return std::nullopt;
}

std::optional<std::string_view> ResultSet::get(size_t row, std::string_view name) const {
  const auto index = column(name);
  if (!index || !rows_[row][*index]) return std::nullopt;
  return *rows_[row][*index];
}

}  // namespace rowmill::mysql
