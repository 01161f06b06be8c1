// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <regex>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/table.h"

namespace rowmill::convert {

/// One setting column.truncate.to.<characters>.chars.
struct Truncation {
  uint32_t characters = 0;
  /// Of whole names `database.table.column`; config/pattern.h says what they mean.
  std::vector<std::string> patterns;
};

/// Which columns are written with so many characters at most.
class ColumnTruncation {
 public:
  /// Errors: kConfig, for a pattern that is none and for a length of 0.
  static base::Result<ColumnTruncation> create(std::span<const Truncation> truncations);

  /// The smallest length that the settings have for the column; 0: none.
  [[nodiscard]] uint32_t limit_of(const model::TableId& table, const model::Column& column) const;

 private:
  struct Rule {
    uint32_t characters = 0;
    std::regex pattern;
  };
  std::vector<Rule> rules_;
};

}  // namespace rowmill::convert
