// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "convert/cell_writer.h"
#include "convert/form_settings.h"
#include "model/table.h"

namespace rowmill::convert {

/// Parameters of a Connect schema, in the order in which they are written.
using SchemaParameters = std::vector<std::pair<std::string_view, std::string>>;

/// How the cells of one SQL type look in records: one row of the table in README.md. A column has
/// exactly one form, found once, when the plan of its table is made.
struct Form {
  model::ColumnKind kind;
  std::string_view sql_type;
  /// The setting that chooses this form and its words for it, with commas. Empty: there is no
  /// choice.
  std::string_view setting{};
  std::string_view modes{};
  /// Whether this is the form of a column of this kind.
  bool (*applies)(const model::Column& column, const FormSettings& settings);
  /// What JSON holds, in words and by example.
  std::string_view json;
  /// Type and semantic name (empty: none) in Connect's schema.
  std::string_view connect_type;
  std::string_view connect_name{};
  /// The "fields" of a struct or the "items" of an array, as JSON with their name; empty for
  /// others.
  std::string_view connect_content{};
  std::string_view connect_doc{};
  /// Null: there are none.
  SchemaParameters (*parameters)(const model::Column& column) = nullptr;
  /// The writer for a column, in records that carry their schema or do not.
  CellWriter (*writer)(const model::Column& column, bool with_schema);
  /// Writes no more characters than its limit says; null where column.truncate.to.* does not apply.
  CellWriter truncating = nullptr;
  /// Which values the form cannot hold, as the end of "holds ..."; empty: it holds all.
  std::string_view limit{};
  /// What to do about those, as a full sentence.
  std::string_view remedy{};
};

/// All forms, in the order of README.md.
[[nodiscard]] std::span<const Form* const> all_forms();

/// The form of the column's cells. Lives for ever.
[[nodiscard]] const Form& form_of(const model::Column& column, const FormSettings& settings);

// The table in parts, one file for each family of types.
[[nodiscard]] std::span<const Form> integer_forms();
[[nodiscard]] std::span<const Form> number_forms();
[[nodiscard]] std::span<const Form> time_forms();
[[nodiscard]] std::span<const Form> text_forms();
[[nodiscard]] std::span<const Form> geometry_forms();

/// For forms whose writer is the same for all columns.
template <CellWriter writer>
CellWriter always(const model::Column&, bool) {
  return writer;
}

/// For forms that there is no choice about.
inline bool any_column(const model::Column&, const FormSettings&) { return true; }

}  // namespace rowmill::convert
