// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace rowmill::model {

struct Collation {
  std::string name = {};
  std::string charset = {};
  /// The charset's own default: what MariaDB shows with character_set_collations = ''.
  bool is_default = false;
  /// Bytes of the longest character.
  uint32_t longest = 1;
  bool operator==(const Collation&) const = default;
};

/// Those of the source by id: ids differ between servers.
using CollationTable = std::map<uint32_t, Collation>;

}  // namespace rowmill::model
