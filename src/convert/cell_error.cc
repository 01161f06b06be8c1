// SPDX-License-Identifier: Apache-2.0
#include "convert/cell_error.h"

#include <string>
#include <variant>

namespace rowmill::convert {
namespace {

using base::Error;
using base::ErrorKind;

std::string name_of(const model::TableDefinition& table, size_t column) {
  return "column " + table.columns[column].name + " of table " + to_string(table.id);
}

Error other_type(const std::string& name, const Form& form, const model::Value& cell) {
  if (std::holds_alternative<model::JsonDiffs>(cell)) {
    return Error(ErrorKind::kUnsupported,
                 name + " has only what an UPDATE changed in its JSON document, not the document")
        .with_remedy(
            "Set binlog_row_value_options='' or binlog_row_image=FULL at the source; for rows that "
            "are already in the binlog set partial.json.handling.mode=diff, which passes the "
            "changes on.");
  }
  return Error(ErrorKind::kFatal, name + " is " + std::string(form.sql_type) +
                                      ", but its cell holds alternative " +
                                      std::to_string(cell.index()) + " of model::Value");
}

Error beyond_form(const std::string& name, const Form& form, std::string_view what,
                  std::string_view remedy) {
  std::string message = name + " holds " + std::string(what) + ", which ";
  message += form.setting.empty() ? form.sql_type : form.setting;
  return Error(ErrorKind::kUnsupported, message + " as it is set cannot write")
      .with_remedy(std::string(remedy));
}

}  // namespace

Error absent_cell(const model::TableDefinition& table, size_t column, std::string_view why) {
  return Error(ErrorKind::kUnsupported,
               name_of(table, column) + " is not in the row image, but " + std::string(why))
      .with_remedy(
          "Set binlog_row_image=FULL at the source; rows already in the binlog stay as "
          "they are, so start after them or exclude the table.");
}

Error refused_cell(const model::TableDefinition& table, const ColumnPlan& plan,
                   const model::Value& cell, CellOutcome outcome) {
  const std::string name = name_of(table, plan.index);
  const Form& form = *plan.form;
  constexpr std::string_view kWkbRemedy =
      "Set geometry.handling.mode to wkb, which passes the bytes on, or correct the row at the "
      "source.";
  switch (outcome) {
    case CellOutcome::kNotFinite:
      return Error(ErrorKind::kUnsupported,
                   name + " holds NaN or infinity, which JSON cannot write")
          .with_remedy("Correct the row at the source or exclude the column.");
    case CellOutcome::kBeyondForm:
      return beyond_form(name, form, form.limit, form.remedy);
    case CellOutcome::kNoSuchDay:
      return beyond_form(name, form, "a date that no calendar has, such as February 31",
                         "Set time.precision.mode to iso, which keeps it, or correct the row at "
                         "the source.");
    case CellOutcome::kBadGeometry:
      return beyond_form(name, form, "a geometry whose WKB is damaged or not of the column's type",
                         kWkbRemedy);
    case CellOutcome::kTooDeep:
      return beyond_form(name, form, "geometry collections more than 64 deep", kWkbRemedy);
    case CellOutcome::kWritten:
    case CellOutcome::kOtherType:
      break;
  }
  return other_type(name, form, cell);
}

}  // namespace rowmill::convert
