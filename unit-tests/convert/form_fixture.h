// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "convert/connect_schema.h"
#include "convert/fixture.h"
#include "convert/form.h"

namespace rowmill::convert {

inline model::Bytes bytes(std::string_view data) { return {std::as_bytes(std::span(data))}; }

/// A column named c; `length` and `scale` as in model::Column.
inline model::Column typed(model::ColumnKind kind, uint32_t length = 0, uint8_t scale = 0) {
  model::Column result = column("c", kind);
  result.length = length;
  result.scale = scale;
  return result;
}
inline model::Column unsigned_column(model::ColumnKind kind) {
  model::Column result = column("c", kind);
  result.is_unsigned = true;
  return result;
}
inline model::Column not_null(model::Column of) {
  of.nullable = false;
  return of;
}

/// What the column's form writes; "refused N" with the number of the outcome, nothing then having
/// been appended.
inline std::string written(const model::Column& of, const model::Value& cell,
                           const FormSettings& with = {}, bool with_schema = false) {
  std::string out = "before";
  const CellOutcome outcome = form_of(of, with).writer(of, with_schema)(cell, 0, out);
  if (outcome == CellOutcome::kWritten) return out.substr(6);
  EXPECT_EQ(out, "before");
  return "refused " + std::to_string(static_cast<int>(outcome));
}
inline std::string refused(CellOutcome outcome) {
  return "refused " + std::to_string(static_cast<int>(outcome));
}

/// The column's schema as a field of the key, where nothing stands around it but the struct.
inline std::string schema_of(const model::Column& of, const FormSettings& with = {}) {
  const model::TableDefinition table{.id = {"d", "t"}, .columns = {of}, .key = {0}};
  const std::vector<ColumnPlan> key = {{.index = 0, .form = &form_of(of, with), .label = ""}};
  const std::string all = key_schema(table, "p", key);
  constexpr std::string_view kHead = R"({"type":"struct","fields":[)";
  constexpr std::string_view kTail = R"(],"optional":false,"name":"p.Key"})";
  EXPECT_TRUE(all.starts_with(kHead) && all.ends_with(kTail)) << all;
  return all.substr(kHead.size(), all.size() - kHead.size() - kTail.size());
}

}  // namespace rowmill::convert
