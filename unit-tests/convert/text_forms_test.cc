// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "convert/form_fixture.h"

namespace rowmill::convert {
namespace {

using enum model::ColumnKind;

FormSettings in(BinaryMode mode) { return {.binary = mode}; }

std::string truncated(const model::Column& of, const model::Value& cell, uint32_t limit,
                      const FormSettings& with = {}) {
  std::string out;
  EXPECT_EQ(form_of(of, with).truncating(cell, limit, out), CellOutcome::kWritten);
  return out;
}

TEST(TextForms, AreJsonStrings) {
  EXPECT_EQ(written(typed(kChar), model::Text{"ä\"\n"}), R"("ä\"\n")");
  EXPECT_EQ(written(typed(kVarchar), model::Text{""}), R"("")");
  EXPECT_EQ(written(typed(kText), model::Text{"🐬"}), R"("🐬")");
  EXPECT_EQ(written(typed(kEnum), model::EnumLabel{"red"}), R"("red")");
  EXPECT_EQ(written(typed(kEnum), model::EnumLabel{""}), R"("")") << "the error value";
  EXPECT_EQ(written(typed(kSet), model::SetLabels{"a,b"}), R"("a,b")");
  EXPECT_EQ(written(typed(kJson), model::JsonText{R"({"a": [1, 2.50], "b": "x\ny"})"}),
            R"("{\"a\": [1, 2.50], \"b\": \"x\\ny\"}")");
}

// Debezium: MariaDbValueConverters.
TEST(TextForms, MariaDbsOwnTypesAreTheirTexts) {
  EXPECT_EQ(written(typed(kUuid), model::Text{"123e4567-e89b-12d3-a456-426655440000"}),
            R"("123e4567-e89b-12d3-a456-426655440000")");
  EXPECT_EQ(schema_of(typed(kUuid)),
            R"({"type":"string","optional":true,"name":"io.debezium.data.Uuid","version":1,)"
            R"("field":"c"})");
  EXPECT_EQ(written(typed(kInet4), model::Text{"1.0.0.0"}), R"("1.0.0.0")");
  EXPECT_EQ(written(typed(kInet6), model::Text{"2001::"}), R"("2001::")");
  EXPECT_EQ(schema_of(typed(kInet6)), R"({"type":"string","optional":true,"field":"c"})");
}

// Debezium: JdbcValueConverters.convertBinary, BinaryHandlingMode.getSchema, HexConverter.
TEST(BinaryForms, EachModeWritesTheSameBytes) {
  for (const auto kind : {kBinary, kVarbinary, kBlob}) {
    const model::Column column = typed(kind);
    const model::Value cell = bytes("\xfb\xff");
    EXPECT_EQ(written(column, cell, in(BinaryMode::kBytes)), R"("+/8=")");
    EXPECT_EQ(written(column, cell, in(BinaryMode::kBase64)), R"("+/8=")");
    EXPECT_EQ(written(column, cell, in(BinaryMode::kBase64UrlSafe)), R"("-_8=")");
    EXPECT_EQ(written(column, cell, in(BinaryMode::kHex)), R"("fbff")");
    EXPECT_EQ(written(column, bytes(std::string_view("a\0\0", 3))), R"("YQAA")");
    for (const auto mode :
         {BinaryMode::kBytes, BinaryMode::kBase64, BinaryMode::kBase64UrlSafe, BinaryMode::kHex}) {
      EXPECT_EQ(written(column, bytes(""), in(mode)), R"("")");
    }
    EXPECT_EQ(schema_of(column), R"({"type":"bytes","optional":true,"field":"c"})");
    EXPECT_EQ(schema_of(column, in(BinaryMode::kHex)),
              R"({"type":"string","optional":true,"field":"c"})");
  }
}

TEST(Truncation, CountsCharactersNotBytes) {
  const auto column = typed(kVarchar);
  EXPECT_EQ(truncated(column, model::Text{"äöü"}, 2), R"("äö")");
  EXPECT_EQ(truncated(column, model::Text{"äöü"}, 3), R"("äöü")");
  EXPECT_EQ(truncated(column, model::Text{"a🐬b"}, 2), R"("a🐬")") << "never half a character";
  EXPECT_EQ(truncated(column, model::Text{"a🐬b"}, 1), R"("a")");
  EXPECT_EQ(truncated(column, model::Text{""}, 1), R"("")");
  EXPECT_EQ(truncated(column, model::Text{"abc"}, 4294967295), R"("abc")");
}

// Debezium: TruncateColumn cuts a ByteBuffer by bytes, and a string, which base64 and hex are.
TEST(Truncation, CutsBytesOrTheTextThatStandsForThem) {
  const auto column = typed(kBlob);
  const model::Value cell = bytes("abc");
  EXPECT_EQ(truncated(column, cell, 1), R"("YQ==")");
  EXPECT_EQ(truncated(column, cell, 9), R"("YWJj")");
  EXPECT_EQ(truncated(column, cell, 3, in(BinaryMode::kBase64)), R"("YWJ")");
  EXPECT_EQ(truncated(column, cell, 3, in(BinaryMode::kBase64UrlSafe)), R"("YWJ")");
  EXPECT_EQ(truncated(column, cell, 3, in(BinaryMode::kHex)), R"("616")");
  EXPECT_EQ(truncated(column, cell, 6, in(BinaryMode::kHex)), R"("616263")");
}

}  // namespace
}  // namespace rowmill::convert
