// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace rowmill::model {

/// A column as the catalog of the source (information_schema.COLUMNS) describes it at the moment of
/// asking, which may be long after a row was logged.
struct CatalogColumn {
  std::string name;
  /// DATA_TYPE: the word alone, in lower case, such as "inet6".
  std::string type;
  /// DATETIME_PRECISION; absent for types without one.
  std::optional<uint8_t> fraction_digits;
  /// Computed when it is read: GENERATED ALWAYS ... VIRTUAL.
  bool is_virtual = false;
  bool operator==(const CatalogColumn&) const = default;
};

}  // namespace rowmill::model
