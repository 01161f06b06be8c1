// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/declared_table.h"

namespace rowmill::schema {

/// Packs tables into a few bytes a column for as long as this process lives: names of collations
/// are numbers that only this packer knows. unpack(pack(table)) is the table, but for its id.
class TablePacker {
 public:
  std::string pack(const model::DeclaredTable& table);
  /// `packed` must come from pack() of this packer.
  [[nodiscard]] model::DeclaredTable unpack(model::TableId id, std::string_view packed) const;

 private:
  size_t number_of(const std::string& collation);

  std::vector<std::string> collations_;
  std::unordered_map<std::string, size_t> numbers_;
};

}  // namespace rowmill::schema
