// SPDX-License-Identifier: Apache-2.0
// The table of forms as a whole; the values that each form writes are in *_forms_test.cc.
#include "convert/form.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <map>

#include "convert/form_fixture.h"

namespace rowmill::convert {
namespace {

using model::Column;
using model::ColumnKind;

constexpr auto kLastKind = ColumnKind::kVector;

/// What each word of a setting means, as the definition table of config/ has them.
using Choose = std::function<void(FormSettings&)>;
const std::map<std::string, std::map<std::string, Choose>>& words() {
  static const std::map<std::string, std::map<std::string, Choose>> kWords = {
      {"decimal.handling.mode",
       {{"string", [](auto& s) { s.decimal = DecimalMode::kString; }},
        {"precise", [](auto& s) { s.decimal = DecimalMode::kPrecise; }},
        {"double", [](auto& s) { s.decimal = DecimalMode::kDouble; }}}},
      {"time.precision.mode",
       {{"iso", [](auto& s) { s.time = TimeMode::kIso; }},
        {"adaptive_time_microseconds",
         [](auto& s) { s.time = TimeMode::kAdaptiveTimeMicroseconds; }},
        {"adaptive", [](auto& s) { s.time = TimeMode::kAdaptive; }},
        {"connect", [](auto& s) { s.time = TimeMode::kConnect; }},
        {"isostring", [](auto& s) { s.time = TimeMode::kIsoString; }},
        {"microseconds", [](auto& s) { s.time = TimeMode::kMicroseconds; }},
        {"nanoseconds", [](auto& s) { s.time = TimeMode::kNanoseconds; }}}},
      {"bigint.unsigned.handling.mode",
       {{"exact", [](auto& s) { s.bigint_unsigned = BigintUnsignedMode::kExact; }},
        {"long", [](auto& s) { s.bigint_unsigned = BigintUnsignedMode::kLong; }},
        {"precise", [](auto& s) { s.bigint_unsigned = BigintUnsignedMode::kPrecise; }}}},
      {"binary.handling.mode",
       {{"bytes", [](auto& s) { s.binary = BinaryMode::kBytes; }},
        {"base64", [](auto& s) { s.binary = BinaryMode::kBase64; }},
        {"base64-url-safe", [](auto& s) { s.binary = BinaryMode::kBase64UrlSafe; }},
        {"hex", [](auto& s) { s.binary = BinaryMode::kHex; }}}},
      {"bit.handling.mode",
       {{"number", [](auto& s) { s.bit = BitMode::kNumber; }},
        {"bytes", [](auto& s) { s.bit = BitMode::kBytes; }}}},
      {"geometry.handling.mode",
       {{"wkb", [](auto& s) { s.geometry = GeometryMode::kWkb; }},
        {"debezium", [](auto& s) { s.geometry = GeometryMode::kDebezium; }},
        {"geojson", [](auto& s) { s.geometry = GeometryMode::kGeoJson; }}}},
  };
  return kWords;
}

/// Columns that tell the forms of a kind apart.
std::vector<Column> shapes(ColumnKind kind) {
  switch (kind) {
    case ColumnKind::kBit:
      return {typed(kind, 1), typed(kind, 2), typed(kind, 63), typed(kind, 64)};
    case ColumnKind::kTime:
    case ColumnKind::kDateTime:
    case ColumnKind::kTimestamp:
      return {typed(kind), typed(kind, 0, 3), typed(kind, 0, 4), typed(kind, 0, 6)};
    case ColumnKind::kGeometry: {
      Column point = typed(kind);
      point.geometry_type = model::GeometryType::kPoint;
      Column polygon = typed(kind);
      polygon.geometry_type = model::GeometryType::kPolygon;
      return {typed(kind), point, polygon};
    }
    default:
      return {typed(kind), unsigned_column(kind)};
  }
}

/// Calls `visit` with every column of shapes() and each word of every setting.
void for_each_choice(
    const std::function<void(const Column&, const FormSettings&, const std::string& setting,
                             const std::string& word)>& visit) {
  for (int kind = 0; kind <= static_cast<int>(kLastKind); ++kind) {
    for (const Column& column : shapes(static_cast<ColumnKind>(kind))) {
      for (const auto& [setting, choices] : words()) {
        for (const auto& [word, choose] : choices) {
          FormSettings settings;
          choose(settings);
          visit(column, settings, setting, word);
        }
      }
    }
  }
}

TEST(Forms, EveryColumnHasExactlyOneFormInEveryMode) {
  for_each_choice([](const Column& column, const FormSettings& settings, const std::string& setting,
                     const std::string& word) {
    int found = 0;
    for (const Form* form : all_forms()) {
      if (form->kind == column.kind && form->applies(column, settings)) ++found;
    }
    EXPECT_EQ(found, 1) << "kind " << static_cast<int>(column.kind) << ", " << setting << "="
                        << word;
  });
}

TEST(Forms, WordsOfAFormAreThoseThatChooseIt) {
  std::set<const Form*> seen;
  for_each_choice([&](const Column& column, const FormSettings& settings,
                      const std::string& setting, const std::string& word) {
    const Form& form = form_of(column, settings);
    if (form.setting != setting) return;
    seen.insert(&form);
    EXPECT_THAT(", " + std::string(form.modes) + ",", testing::HasSubstr(", " + word + ","))
        << form.sql_type;
  });
  for (const Form* form : all_forms()) {
    EXPECT_EQ(seen.contains(form), !form->setting.empty()) << form->sql_type << " " << form->modes;
  }
}

TEST(Forms, EveryFormThatRefusesValuesHasARemedy) {
  for (const Form* form : all_forms()) {
    EXPECT_EQ(form->limit.empty(), form->remedy.empty()) << form->sql_type;
    EXPECT_TRUE(form->remedy.empty() || form->remedy.ends_with('.')) << form->sql_type;
  }
}

TEST(Forms, RefuseCellsOfAnotherTypeAndWriteNothing) {
  // An alternative that no column holds.
  for_each_choice([](const Column& column, const FormSettings& settings, const std::string&,
                     const std::string&) {
    for (const bool with_schema : {false, true}) {
      for (const model::Value& cell :
           {model::Value{model::Absent{}}, model::Value{model::JsonDiffs{"[]"}}}) {
        EXPECT_EQ(written(column, cell, settings, with_schema), refused(CellOutcome::kOtherType));
      }
    }
    const Form& form = form_of(column, settings);
    if (form.truncating == nullptr) return;
    std::string out;
    EXPECT_EQ(form.truncating(model::Absent{}, 1, out), CellOutcome::kOtherType);
    EXPECT_EQ(out, "");
  });
}

std::string readme_line(const Form& form) {
  std::string setting(form.setting);
  if (!setting.empty()) setting += "=" + std::string(form.modes);
  std::string parameters;
  if (form.parameters != nullptr) {
    for (const auto& [key, value] : form.parameters(Column{})) {
      parameters += (parameters.empty() ? "" : ", ") + std::string(key);
    }
  }
  std::string line = "|";
  for (const std::string_view cell :
       {form.sql_type, std::string_view(setting), form.json, form.connect_type, form.connect_name,
        std::string_view(parameters)}) {
    line += ' ';
    line += cell;
    line += cell.empty() ? "|" : " |";
  }
  return line;
}

TEST(Forms, ReadmeListsTheFormsOfTheCode) {
  std::vector<std::string> from_code;
  for (const Form* form : all_forms()) from_code.push_back(readme_line(*form));

  std::ifstream readme(ROWMILL_SOURCE_ROOT "/src/convert/README.md");
  ASSERT_TRUE(readme.is_open());
  std::vector<std::string> from_readme;
  bool in_table = false;
  for (std::string line; std::getline(readme, line);) {
    if (in_table && line.starts_with('|')) from_readme.push_back(line);
    if (line == "|---|---|---|---|---|---|") in_table = true;
  }
  EXPECT_THAT(from_readme, testing::ElementsAreArray(from_code));
}

}  // namespace
}  // namespace rowmill::convert
