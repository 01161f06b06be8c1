// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "binlog/charset.h"
#include "binlog/event.h"

namespace rowmill::binlog {

/// How the bytes of a STRING column without a charset become a value. MariaDB logs three of its
/// types as BINARY: what they are is known to its catalog only.
enum class StringForm : uint8_t {
  kPlain,
  /// 16 bytes in the order of their digits.
  kUuid,
  /// 4 bytes, most significant first.
  kInet4,
  /// 16 bytes, most significant first.
  kInet6,
};

/// How the cells of one column lie in a row image, and into which Value they turn. Owns its labels;
/// made once for each table definition by schema/.
struct CellFormat {
  FieldType type{};
  /// As MapColumn::metadata.
  uint16_t metadata = 0;
  bool is_unsigned = false;
  /// Null for bytes (collation 63) and for types without text; else how to turn the bytes into
  /// UTF-8.
  const Charset* charset = nullptr;
  StringForm string_form = StringForm::kPlain;
  /// Labels of ENUM and SET, in UTF-8.
  std::vector<std::string> labels{};
  bool operator==(const CellFormat&) const = default;
};

/// The cells of a row in column order.
struct RowLayout {
  std::vector<CellFormat> cells;
  bool operator==(const RowLayout&) const = default;
};

}  // namespace rowmill::binlog
