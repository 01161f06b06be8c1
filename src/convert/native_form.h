// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "model/table.h"
#include "model/value.h"

namespace rowmill::convert {

/// Appends one cell, neither NULL nor absent, as a JSON value. False, with nothing appended, if the
/// cell is not of the type that the column's kind promises, or has no JSON form (NaN, infinity).
using CellWriter = bool (*)(const model::Value& cell, std::string& out);

/// How the cells of one SQL type look in records: one row of the table in README.md.
struct NativeForm {
  model::ColumnKind kind;
  /// Tells the two rows of a kind apart: the unsigned integers, and BIT(64).
  bool wide = false;
  std::string_view sql_type;
  /// What JSON holds, in words and by example.
  std::string_view json;
  /// Type and semantic name (empty: none) in Connect's schema.
  std::string_view connect_type;
  std::string_view connect_name;
  CellWriter write = nullptr;
  /// The same cell in a record that carries its schema: other than `write` only where Connect has
  /// no type for the value.
  CellWriter write_with_schema = nullptr;
};

/// All forms, in the order of ColumnKind.
[[nodiscard]] std::span<const NativeForm> native_forms();

/// The form of the column's cells. Lives for ever.
[[nodiscard]] const NativeForm& native_form(const model::Column& column);

}  // namespace rowmill::convert
