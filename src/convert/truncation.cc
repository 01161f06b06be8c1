// SPDX-License-Identifier: Apache-2.0
#include "convert/truncation.h"

#include "config/pattern.h"

namespace rowmill::convert {

base::Result<ColumnTruncation> ColumnTruncation::create(std::span<const Truncation> truncations) {
  ColumnTruncation result;
  for (const Truncation& truncation : truncations) {
    if (truncation.characters == 0) {
      return base::Error(base::ErrorKind::kConfig, "column.truncate.to.0.chars leaves nothing")
          .with_remedy("Name a length of at least 1.");
    }
    for (const std::string& pattern : truncation.patterns) {
      ROWMILL_ASSIGN(std::regex compiled, config::compile_pattern(pattern));
      result.rules_.push_back({truncation.characters, std::move(compiled)});
    }
  }
  return result;
}

uint32_t ColumnTruncation::limit_of(const model::TableId& table,
                                    const model::Column& column) const {
  if (rules_.empty()) return 0;
  const std::string name = to_string(table) + '.' + column.name;
  uint32_t limit = 0;
  for (const Rule& rule : rules_) {
    const bool shorter = limit == 0 || rule.characters < limit;
    if (shorter && std::regex_match(name, rule.pattern)) limit = rule.characters;
  }
  return limit;
}

}  // namespace rowmill::convert
